-- The figure of record of each unit, indicator, breakdown and year: one for the result, one for the target.
--
-- Only claims that speak for the year compete: of the whole year, or a state in its last quarter. Where there is none,
-- those about less of it stand in, the longest part first, and period_kind says so. Among those that compete:
--   1. actual before estimate
--   2. later publication before earlier
--   3. the place's own site before that of the unit above, and that before others
--   4. the whole year before a state in it, and a later day before an earlier
--   5. higher confidence, then the key, so that the choice is always the same
{{ config(materialized='table') }}

with candidates as (
    select
        *,
        period_kind = 'annual'
        or (period_kind = 'as_of' and month(time_end) >= {{ var('last_quarter_month') }}) as speaks_for_year,
        -- what is told up to a day reaches back to the beginning of the year
        if(time_start = time_end, dayofyear(time_end), time_end - time_start + 1) as days_covered
    from {{ ref('int_claim') }}
    where excluded_because is null
),

ranked as (
    select
        *,
        row_number() over record as claim_rank,
        first_value(time_start) over record as winner_start,
        first_value(time_end) over record as winner_end,
        first_value(value_kind) over record as winner_kind,
        first_value(comparator) over record as winner_comparator,
        first_value(year(published_date)) over record as winner_published_year
    from candidates
    window record as (
        partition by ref_area, indicator, breakdown, year, value_class
        order by
            speaks_for_year desc,
            if(speaks_for_year, 0, days_covered) desc,
            if(value_kind = 'estimate', 1, 0),
            published_date desc nulls last,
            site_distance,
            if(period_kind = 'annual', 0, 1),
            time_end desc,
            confidence desc,
            observation_id
    )
),

-- what may be held against the winner: the same days, the same kind; for targets set in the same year, since
-- a later plan replaces an earlier one without contradicting it
compared as (
    select
        *,
        time_start = winner_start
        and time_end = winner_end
        and value_kind = winner_kind
        and comparator in ('eq', 'approx')
        and winner_comparator in ('eq', 'approx')
        and (value_class = 'result' or year(published_date) is not distinct from winner_published_year)
            as is_comparable
    from ranked
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
        list(observation_id order by claim_rank) filter (where claim_rank > 1) as losing_observation_ids
    from compared
    group by ref_area, indicator, breakdown, year, value_class
)

select
    winner.ref_area,
    winner.level,
    winner.indicator,
    winner.breakdown,
    winner.year,
    winner.value_class,
    winner.value_kind,
    winner.obs_value,
    winner.stated_value,
    winner.unit_measure,
    winner.comparator,
    winner.numerator,
    winner.denominator,
    winner.time_period,
    winner.time_end,
    winner.period_kind,
    winner.published_date,
    winner.source,
    winner.article_id,
    winner.confidence,
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
    winner.observation_id,
    coalesce(contests.losing_observation_ids, []) as losing_observation_ids,
    winner.correction_id,
    winner.note
from ranked as winner
inner join contests using (ref_area, indicator, breakdown, year, value_class)
where winner.claim_rank = 1
