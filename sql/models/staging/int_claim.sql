-- Every first mention that states a level or a share, as corrected, and why it may not stand for a year, if it may not.
{{ config(materialized='table') }}

with corrected as (
    select
        observation_id,
        max(correction_id) as correction_id,
        bool_or(action = 'drop') as is_dropped,
        max(value) filter (where action = 'override') as override_value,
        string_agg(reason, '; ' order by correction_id) as note
    from {{ ref('int_correction_match') }}
    where is_expected
    group by observation_id
),

-- a row for an indicator replaces the row for its unit of measure; a row for a level holds at that level only
limits as (
    select
        indicator.indicator,
        levels.level,
        max(allowed.least) as least,
        min(allowed.greatest) as greatest
    from {{ ref('dim_indicator') }} as indicator
    cross join (values (1), (2), (3)) as levels (level)
    inner join {{ ref('allowed_range') }} as allowed
        on indicator.unit_measure = allowed.unit_measure
        and (allowed.indicator is null or allowed.indicator = indicator.indicator)
        and (allowed.level is null or allowed.level = levels.level)
    where
        allowed.indicator is not null
        or indicator.indicator not in (
            select own.indicator from {{ ref('allowed_range') }} as own
            where own.indicator is not null and own.level is null
        )
    group by indicator.indicator, levels.level
),

claims as (
    select
        mention.*,
        unit.level,
        if(mention.value_kind = 'target', 'target', 'result') as value_class,
        article.published_date,
        article.source,
        -- the place's own site speaks before that of the unit above it, and that before strangers
        case
            when lower(article.site_area) = lower(unit.full_name) then 0
            when ends_with(lower(unit.full_name), ', ' || lower(article.site_area)) then 1
            else 2
        end as site_distance,
        coalesce(corrected.override_value, mention.stated_value) as obs_value,
        coalesce(corrected.is_dropped, false) as is_dropped,
        corrected.correction_id,
        corrected.note
    from {{ ref('int_mention') }} as mention
    inner join {{ ref('fct_article') }} as article on mention.article_id = article.article_id
    left join {{ ref('dim_admin_unit') }} as unit on mention.ref_area = unit.unit_id
    left join corrected on mention.observation_id = corrected.observation_id
)

select
    claims.* exclude (is_in_catalogue, is_below_commune, is_dropped),
    case
        when claims.ref_area is null or claims.level is null then 'place not resolved'
        when claims.is_below_commune then 'below the commune'
        when not claims.is_in_catalogue then 'not in the catalogue'
        when claims.obs_value is null then 'other unit of measure'
        when claims.year is null then 'longer than a year'
        when claims.is_dropped then 'dropped by a correction'
        when claims.obs_value < limits.least or claims.obs_value > limits.greatest then 'out of range'
    end as excluded_because
from claims
left join limits on claims.indicator = limits.indicator and claims.level = limits.level
