-- The communes in force at the end of each year, with the district and province above them.
-- There are no districts after 2025-06-30, so the last year of a district is 2024.
with years as (
    select distinct year
    from {{ ref('stg_period') }}
    where year is not null
),

in_force as (
    select
        years.year,
        unit.unit_id,
        unit.level,
        unit.code,
        unit.parent_code
    from {{ ref('dim_admin_unit') }} as unit
    inner join years
        on unit.valid_from <= make_date(years.year, 12, 31) and unit.valid_to > make_date(years.year, 12, 31)
)

select
    ward.unit_id,
    ward.year,
    district.unit_id as district_id,
    coalesce(above_district.unit_id, province.unit_id) as province_id
from in_force as ward
left join in_force as district
    on ward.year = district.year and district.level = 2 and ward.parent_code = district.code
left join in_force as above_district
    on district.year = above_district.year and above_district.level = 1 and district.parent_code = above_district.code
left join in_force as province
    on ward.year = province.year and province.level = 1 and ward.parent_code = province.code
where ward.level = 3
order by ward.unit_id, ward.year
