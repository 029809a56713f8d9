-- Years added up to five-year plan terms and to the whole span known, at every level.
--
-- Only what happens within a year adds up over years (the seed flow_indicator lists it): revenue does, households do
-- not. There is no total where a year is missing, or where a figure is of a year in which the unit was not there.
-- Everything else has its first, last and median figure.
with yearly as (
    select
        ref_area,
        level,
        indicator,
        breakdown,
        year,
        value_class,
        value_kind,
        unit_measure,
        obs_value
    from {{ ref('int_figure') }}
    where level = 3 and period_kind <> 'part_year'

    union all

    select
        ref_area,
        level,
        indicator,
        breakdown,
        year,
        if(value_kind = 'target', 'target', 'result') as value_class,
        value_kind,
        unit_measure,
        obs_value
    from (
        select
            2 as level,
            *
        from {{ ref('district_year') }}
        union all by name
        select
            1 as level,
            *
        from {{ ref('province_year') }}
        union all by name
        select
            0 as level,
            *
        from {{ ref('country_year') }}
    ) as above
    where obs_value is not null and coalesce(reported_period_kind, 'annual') <> 'part_year'
),

termed as (
    select
        yearly.*,
        unit.valid_from,
        unit.valid_to,
        -- plan terms are 2016-2020, 2021-2025 ...
        yearly.year - (yearly.year - 1) % 5 as term_start,
        coalesce(
            unit.valid_from <= make_date(yearly.year, 12, 31) and unit.valid_to > make_date(yearly.year, 12, 31), true
        ) as is_in_force
    from yearly
    left join {{ ref('dim_admin_unit') }} as unit on yearly.ref_area = unit.unit_id
),

rolled as (
    select
        ref_area,
        level,
        indicator,
        breakdown,
        value_class,
        any_value(unit_measure) as unit_measure,
        any_value(valid_from) as valid_from,
        any_value(valid_to) as valid_to,
        grouping(term_start) = 1 as is_whole_span,
        coalesce(term_start, min(year)) as first_year,
        coalesce(term_start + 4, max(year)) as last_year,
        min(year) as first_reported_year,
        max(year) as last_reported_year,
        count(*) as n_years_reporting,
        bool_and(is_in_force) as is_in_force,
        count(*) filter (where value_kind = 'estimate') as n_estimates,
        arg_min(obs_value, year) as first_value,
        arg_max(obs_value, year) as last_value,
        median(obs_value::double)::decimal(38, 6) as median_value,
        sum(obs_value)::decimal(38, 6) as sum_value
    from termed
    group by ref_area, level, indicator, breakdown, value_class, rollup (term_start)
),

-- a unit owes no year at whose end it was not there
owed as (
    select
        rolled.*,
        greatest(
            coalesce(
                least(rolled.last_year, year(rolled.valid_to) - 1)
                - greatest(rolled.first_year, year(rolled.valid_from)) + 1,
                rolled.last_year - rolled.first_year + 1
            ),
            0
        )::integer as n_years,
        flow.indicator is not null as is_flow
    from rolled
    left join {{ ref('flow_indicator') }} as flow on rolled.indicator = flow.indicator
)

select
    owed.ref_area,
    coalesce(unit.full_name, 'Việt Nam') as ref_area_name,
    owed.level,
    owed.indicator,
    owed.breakdown,
    if(owed.is_whole_span, 'all', owed.first_year || '-' || owed.last_year) as term,
    owed.first_year,
    owed.last_year,
    if(owed.value_class = 'target', 'target', if(owed.n_estimates > 0, 'estimate', 'actual')) as value_kind,
    owed.unit_measure,
    owed.n_years_reporting,
    owed.n_years,
    if(owed.is_flow and owed.is_in_force and owed.n_years_reporting = owed.n_years, owed.sum_value, null)
        as total_value,
    if(owed.is_flow, owed.sum_value, null) as partial_value,
    owed.first_reported_year,
    owed.first_value,
    owed.last_reported_year,
    owed.last_value,
    owed.median_value
from owed
left join {{ ref('dim_admin_unit') }} as unit on owed.ref_area = unit.unit_id
order by owed.ref_area, owed.indicator, owed.breakdown, owed.is_whole_span, owed.first_year, value_kind
