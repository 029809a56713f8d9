-- Values that cannot be true; they are no figure of record, and wait for a correction or a better reading.
{{ config(severity='warn', store_failures=true, schema='checks') }}

select
    observation_id,
    ref_area,
    indicator,
    time_period,
    obs_value,
    unit_measure
from {{ ref('int_claim') }}
where excluded_because = 'out of range'
