-- Every correction still finds the claims it is about, with the value it expects.
{{ config(severity='error', store_failures=true, schema='checks') }}

with matched as (
    select
        correction_id,
        bool_or(is_expected) as is_expected
    from {{ ref('int_correction_match') }}
    group by correction_id
)

select
    correction.line,
    correction.ref_area,
    correction.indicator,
    correction.time_period,
    correction.value_kind,
    correction.action,
    correction.expect,
    if(matched.is_expected is null, 'no claim matches', 'no claim has the expected value') as problem
from {{ source('raw', 'correction') }} as correction
left join matched on correction.correction_id = matched.correction_id
where not coalesce(matched.is_expected, false)
