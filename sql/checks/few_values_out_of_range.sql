-- One absurd number is a slip of its author; many are a fault of ours, and stop the release.
{{ config(severity='error', store_failures=true, schema='checks') }}

select
    indicator,
    count(*) as n_claims,
    count(*) filter (where excluded_because = 'out of range') as n_out_of_range
from {{ ref('int_claim') }}
where excluded_because is null or excluded_because = 'out of range'
group by indicator
having count(*) >= 20 and count(*) filter (where excluded_because = 'out of range') > 0.2 * count(*)
