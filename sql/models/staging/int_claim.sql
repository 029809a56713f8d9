-- Every first mention that states a level or a share, and why it may not stand for a year where it may not.
{{ config(materialized='table') }}

with corrected as (
    select
        observation_id,
        min(correction_id) as correction_id
    from {{ ref('int_correction_match') }}
    where action = 'drop'
    group by observation_id
),

claims as (
    select
        observation.observation_id,
        observation.article_id,
        observation.ref_area,
        unit.level,
        observation.indicator,
        observation.breakdown,
        observation.year,
        observation.period_kind,
        observation.time_period,
        observation.time_start,
        observation.time_end,
        observation.value_kind,
        if(observation.value_kind = 'target', 'target', 'result') as value_class,
        observation.comparator,
        observation.numerator,
        observation.denominator,
        observation.confidence,
        article.published_date,
        article.source,
        -- the place's own site speaks before that of the unit above it, and that before strangers
        case
            when lower(article.site_area) = lower(unit.full_name) then 0
            when ends_with(lower(unit.full_name), ', ' || lower(article.site_area)) then 1
            else 2
        end as site_distance,
        case
            when observation.unit_measure = indicator.unit_measure then observation.obs_value
            when observation.unit_measure = 'permille' and indicator.unit_measure = 'percent'
                then (observation.obs_value / 10)::decimal(38, 6)
            when observation.unit_measure = 'percent' and indicator.unit_measure = 'permille'
                then (observation.obs_value * 10)::decimal(38, 6)
        end as obs_value,
        indicator.unit_measure,
        indicator.indicator is not null and observation.indicator <> 'other' as is_in_catalogue,
        observation.sub_area <> '' as is_below_commune,
        corrected.correction_id
    from {{ ref('fct_observation') }} as observation
    inner join {{ ref('fct_article') }} as article on observation.article_id = article.article_id
    left join {{ ref('dim_admin_unit') }} as unit on observation.ref_area = unit.unit_id
    left join {{ ref('dim_indicator') }} as indicator on observation.indicator = indicator.indicator
    left join corrected on observation.observation_id = corrected.observation_id
    where observation.mention_no = 1 and observation.measure in ('level', 'share')
),

limits as (
    select
        claims.observation_id,
        bool_or(claims.obs_value < allowed.least or claims.obs_value > allowed.greatest) as is_out_of_range
    from claims
    inner join {{ ref('allowed_range') }} as allowed
        on claims.unit_measure = allowed.unit_measure
        and (allowed.indicator is null or allowed.indicator = claims.indicator)
        and (allowed.level is null or allowed.level = claims.level)
    where
        allowed.indicator is not null
        or claims.indicator not in (
            select own.indicator from {{ ref('allowed_range') }} as own
            where own.indicator is not null and own.level is null
        )
    group by claims.observation_id
)

select
    claims.* exclude (is_in_catalogue, is_below_commune),
    case
        when claims.ref_area is null or claims.level is null then 'place not resolved'
        when claims.is_below_commune then 'below the commune'
        when not claims.is_in_catalogue then 'not in the catalogue'
        when claims.obs_value is null then 'other unit of measure'
        when claims.year is null then 'longer than a year'
        when claims.correction_id is not null then 'dropped by a correction'
        when limits.is_out_of_range then 'out of range'
    end as excluded_because
from claims
left join limits on claims.observation_id = limits.observation_id
