-- A share that comes with its numerator and denominator is their quotient.
{{ config(severity='warn', store_failures=true, schema='checks') }}

select
    observation_id,
    indicator,
    numerator,
    denominator,
    obs_value
from {{ ref('fct_observation') }}
where
    measure = 'share'
    and unit_measure = 'percent'
    and numerator is not null
    and denominator > 0
    and abs(100 * numerator::double / denominator::double - obs_value::double) > {{ var('ratio_tolerance') }}
