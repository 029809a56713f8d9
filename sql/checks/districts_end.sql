-- There are no districts after 2025-06-30, and no figure of one that reaches beyond that day.
{{ config(severity='error', store_failures=true, schema='checks') }}

select
    district.ref_area,
    district.indicator,
    district.breakdown,
    district.year,
    district.reported_time_period,
    district.n_reporting
from {{ ref('district_year') }} as district
left join {{ ref('stg_period') }} as period on district.reported_time_period = period.time_period
where period.time_end > date '2025-06-30' or (district.n_reporting is not null and district.year > 2024)
