-- The figure of record of each unit, indicator, breakdown and year: one for the result, one for the target.
--
-- The rule, over the claims that may stand for the year:
--   1. the whole year before a state within the year, and that before a part of the year
--   2. actual before estimate
--   3. later publication before earlier
--   4. the place's own site before that of the unit above, and that before others
--   5. higher confidence, then the key, so that the choice is always the same
{{ config(materialized='table') }}

with ranked as (
    select
        *,
        row_number() over (
            partition by ref_area, indicator, breakdown, year, value_class
            order by
                case period_kind when 'annual' then 0 when 'as_of' then 1 else 2 end,
                if(value_kind = 'estimate', 1, 0),
                published_date desc nulls last,
                site_distance,
                confidence desc,
                observation_id
        ) as claim_rank
    from {{ ref('int_claim') }}
    where excluded_because is null
),

winners as (
    select * exclude (claim_rank)
    from ranked
    where claim_rank = 1
),

-- what may be held against the winner: the same days, the same kind; for targets set in the same year, since
-- a later plan replaces an earlier one without contradicting it
compared as (
    select
        ranked.*,
        ranked.time_start = winners.time_start
        and ranked.time_end = winners.time_end
        and ranked.value_kind = winners.value_kind
        and ranked.comparator in ('eq', 'approx')
        and winners.comparator in ('eq', 'approx')
        and (
            ranked.value_class = 'result'
            or year(ranked.published_date) is not distinct from year(winners.published_date)
        ) as is_comparable
    from ranked
    inner join winners using (ref_area, indicator, breakdown, year, value_class)
),

contests as (
    select
        ref_area,
        indicator,
        breakdown,
        year,
        value_class,
        count(*) as n_claims,
        count(distinct coalesce(source, '')) as n_sources,
        min(obs_value) filter (where is_comparable) as least_value,
        max(obs_value) filter (where is_comparable) as greatest_value,
        coalesce(list(observation_id order by claim_rank) filter (where claim_rank > 1), []) as losing_observation_ids
    from compared
    group by ref_area, indicator, breakdown, year, value_class
),

overridden as (
    select
        correction.ref_area,
        correction.indicator,
        correction.breakdown,
        period.year,
        if(correction.value_kind = 'target', 'target', 'result') as value_class,
        max(correction.correction_id) as correction_id,
        max(correction.value) filter (where correction.action = 'override') as override_value,
        string_agg(correction.reason, '; ' order by correction.correction_id) as note
    from {{ source('raw', 'correction') }} as correction
    inner join {{ ref('stg_period') }} as period on correction.time_period = period.time_period
    where correction.action in ('override', 'flag')
    group by all
)

select
    winners.ref_area,
    winners.level,
    winners.indicator,
    winners.breakdown,
    winners.year,
    winners.value_class,
    winners.value_kind,
    coalesce(overridden.override_value, winners.obs_value) as obs_value,
    winners.unit_measure,
    winners.comparator,
    winners.numerator,
    winners.denominator,
    winners.time_period,
    winners.period_kind,
    winners.published_date,
    winners.source,
    winners.article_id,
    winners.confidence,
    contests.n_claims,
    contests.n_sources,
    contests.least_value,
    contests.greatest_value,
    coalesce(contests.greatest_value - contests.least_value, 0) as spread,
    coalesce(
        contests.greatest_value - contests.least_value
        > {{ var('conflict_tolerance') }} * greatest(abs(contests.greatest_value), abs(contests.least_value)),
        false
    ) as conflict,
    winners.observation_id,
    contests.losing_observation_ids,
    overridden.correction_id,
    overridden.note
from winners
inner join contests using (ref_area, indicator, breakdown, year, value_class)
left join overridden using (ref_area, indicator, breakdown, year, value_class)
