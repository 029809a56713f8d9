-- The communes of a district cannot count more than the district says it has.
{{ config(severity='warn', store_failures=true, schema='checks') }}

select
    ref_area_name,
    indicator,
    breakdown,
    year,
    reported_value,
    rollup_partial_value,
    n_reporting,
    n_units
from {{ ref('district_year') }}
where
    rollup_method = 'sum'
    and reported_comparator = 'eq'
    and reported_period_kind <> 'part_year'
    and value_kind <> 'target'
    and rollup_partial_value > 1.02 * reported_value
    and unit_measure <> 'VND'
