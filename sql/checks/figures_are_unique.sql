-- One figure of record for each unit, indicator, breakdown, year and kind, at every level.
{{ config(severity='error', store_failures=true, schema='checks') }}

with figures as (
    select
        ref_area,
        indicator,
        breakdown,
        year,
        value_kind
    from {{ ref('ward_year') }}
    union all
    select
        ref_area,
        indicator,
        breakdown,
        year,
        value_kind
    from {{ ref('district_year') }}
    union all
    select
        ref_area,
        indicator,
        breakdown,
        year,
        value_kind
    from {{ ref('province_year') }}
    union all
    select
        ref_area,
        indicator,
        breakdown,
        year,
        value_kind
    from {{ ref('country_year') }}
)

select
    *,
    count(*) as n_rows
from figures
group by all
having count(*) > 1
