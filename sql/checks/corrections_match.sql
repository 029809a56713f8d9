-- Every correction still finds the claims it is about, with the value it expects.
{{ config(severity='error', store_failures=true, schema='checks') }}

with matched as (
    select
        correction_id,
        count(*) as n_claims,
        bool_or(expect is null or obs_value = expect) as is_expected
    from {{ ref('int_correction_match') }}
    group by correction_id
)

select
    correction.line,
    correction.ref_area,
    correction.indicator,
    correction.time_period,
    correction.action,
    if(matched.n_claims is null, 'no claim matches', 'no claim has the expected value') as problem
from {{ source('raw', 'correction') }} as correction
left join matched on correction.correction_id = matched.correction_id
where matched.n_claims is null or not matched.is_expected
