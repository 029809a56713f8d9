-- What the communes of the whole country add up to.
select
    ref_area,
    indicator,
    breakdown,
    year,
    value_kind,
    unit_measure,
    total_value as obs_value,
    partial_value as rollup_partial_value,
    method as rollup_method,
    n_reporting,
    n_units,
    n_estimates,
    n_bounds
from {{ ref('int_rollup') }}
where level = 0
order by indicator, breakdown, year, value_kind
