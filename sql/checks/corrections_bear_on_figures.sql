-- Corrections of claims that another claim has since replaced as the figure of record: they may have had their day.
{{ config(severity='warn', store_failures=true, schema='checks') }}

select
    correction.line,
    correction.ref_area,
    correction.indicator,
    correction.time_period,
    correction.value_kind,
    correction.action
from {{ source('raw', 'correction') }} as correction
where
    correction.action in ('override', 'flag')
    and correction.correction_id in (
        select matched.correction_id from {{ ref('int_correction_match') }} as matched
        where matched.is_expected
    )
    and correction.correction_id not in (
        select matched.correction_id from {{ ref('int_correction_match') }} as matched
        inner join {{ ref('int_figure') }} as figure on matched.observation_id = figure.observation_id
        where matched.is_expected
    )
