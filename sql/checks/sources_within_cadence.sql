-- Sources that have been silent for longer than they should.
{{ config(severity='warn', store_failures=true, schema='checks') }}

select
    source,
    days_silent,
    cadence_days
from {{ ref('source_health') }}
where is_beyond_cadence
