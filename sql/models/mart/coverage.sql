-- For every unit that has figures: each year between its first and last, and each indicator it ever reported. Names are
-- left out: this is the longest table of all.
with results as (
    select
        ref_area,
        indicator,
        year,
        bool_or(value_class = 'result' and period_kind <> 'part_year') as has_result,
        bool_or(value_class = 'result' and period_kind = 'part_year') as has_part_year,
        bool_or(value_class = 'target') as has_target,
        sum(n_claims)::bigint as n_claims
    from {{ ref('int_figure') }}
    group by ref_area, indicator, year
),

spans as (
    select
        ref_area,
        min(year) as first_year,
        max(year) as last_year
    from results
    group by ref_area
),

expected as (
    select
        spans.ref_area,
        reported.indicator,
        unnest(generate_series(spans.first_year, spans.last_year))::integer as year
    from spans
    inner join (select distinct
        ref_area,
        indicator
    from results) as reported on spans.ref_area = reported.ref_area
)

select
    expected.ref_area,
    unit.level,
    expected.indicator,
    expected.year,
    coalesce(results.has_target, false) as has_target,
    coalesce(results.n_claims, 0) as n_claims,
    case
        when results.has_result then 'result'
        when results.has_part_year then 'part of the year only'
        when results.has_target then 'target only'
        else 'missing'
    end as status
from expected
inner join {{ ref('dim_admin_unit') }} as unit on expected.ref_area = unit.unit_id
left join results
    on expected.ref_area = results.ref_area and expected.indicator = results.indicator and expected.year = results.year
-- a unit owes nothing for years in which it did not exist
where
    results.ref_area is not null
    or (unit.valid_from <= make_date(expected.year, 12, 31) and unit.valid_to > make_date(expected.year, 1, 1))
order by expected.ref_area, expected.indicator, expected.year
