-- Communes summed up to district, province and country, with how many of them there are and how many report.
{{ config(materialized='table') }}

with ward_figures as (
    select
        figure.*,
        bridge.district_id,
        bridge.province_id,
        indicator.aggregation,
        case
            when indicator.aggregation = 'sum' then 'sum'
            when indicator.aggregation = 'weighted_mean' then 'rate'
            when indicator.unit_measure in ('percent', 'permille', 'percentage_point') then 'rate'
        end as rollup_kind,
        case indicator.unit_measure when 'permille' then 1000 else 100 end as scale,
        indicator.unit_measure in ('percent', 'permille')
        and figure.numerator is not null
        and figure.denominator > 0 as has_fraction,
        weight.obs_value as weight_value
    from {{ ref('int_figure') }} as figure
    inner join {{ ref('bridge_unit_year') }} as bridge
        on figure.ref_area = bridge.unit_id and figure.year = bridge.year
    inner join {{ ref('dim_indicator') }} as indicator on figure.indicator = indicator.indicator
    left join {{ ref('int_figure') }} as weight
        on indicator.weight = weight.indicator
        and figure.ref_area = weight.ref_area
        and figure.year = weight.year
        and weight.breakdown = '{}'
        and weight.value_class = 'result'
        and weight.period_kind <> 'part_year'
    -- a part of a year must not be added to whole ones
    where figure.period_kind <> 'part_year'
),

rolled as (
    select
        case
            when grouping(district_id) = 0 then 2
            when grouping(province_id) = 0 then 1
            else 0
        end as level,
        case
            when grouping(district_id) = 0 then district_id
            when grouping(province_id) = 0 then province_id
            else 'VN'
        end as ref_area,
        indicator,
        breakdown,
        year,
        value_class,
        rollup_kind,
        any_value(unit_measure) as unit_measure,
        count(*) as n_reporting,
        count(*) filter (where value_kind = 'estimate') as n_estimates,
        count(*) filter (where comparator not in ('eq', 'approx')) as n_bounds,
        count(*) filter (where conflict) as n_conflicts,
        case
            when rollup_kind = 'sum' then 'sum'
            when bool_and(has_fraction) then 'numerator over denominator'
            when bool_and(coalesce(weight_value > 0, false)) then 'weighted mean'
            else 'median'
        end as method,
        case
            when rollup_kind = 'sum' then sum(obs_value)::decimal(38, 6)
            when bool_and(has_fraction)
                then (any_value(scale) * sum(numerator)::double / sum(denominator)::double)::decimal(38, 6)
            when bool_and(coalesce(weight_value > 0, false))
                then (sum(obs_value::double * weight_value::double) / sum(weight_value)::double)::decimal(38, 6)
            else median(obs_value::double)::decimal(38, 6)
        end as partial_value
    from ward_figures
    where rollup_kind is not null
    group by grouping sets (
        (indicator, breakdown, year, value_class, rollup_kind, province_id, district_id),
        (indicator, breakdown, year, value_class, rollup_kind, province_id),
        (indicator, breakdown, year, value_class, rollup_kind)
    )
),

units_per_parent as (
    select
        case
            when grouping(district_id) = 0 then district_id
            when grouping(province_id) = 0 then province_id
            else 'VN'
        end as ref_area,
        year,
        count(*) as n_units
    from {{ ref('bridge_unit_year') }}
    group by grouping sets ((year, province_id, district_id), (year, province_id), (year))
)

select
    rolled.level,
    rolled.ref_area,
    rolled.indicator,
    rolled.breakdown,
    rolled.year,
    rolled.value_class,
    if(rolled.value_class = 'target', 'target', if(rolled.n_estimates > 0, 'estimate', 'actual')) as value_kind,
    rolled.unit_measure,
    rolled.method,
    rolled.n_reporting,
    units.n_units,
    rolled.n_estimates,
    rolled.n_bounds,
    rolled.n_conflicts,
    rolled.partial_value,
    if(rolled.n_reporting = units.n_units, rolled.partial_value, null) as total_value
from rolled
inner join units_per_parent as units on rolled.ref_area = units.ref_area and rolled.year = units.year
where rolled.ref_area is not null
