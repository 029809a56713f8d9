-- Every unit in force in every year with figures: how much is known of it, and the units of which nothing is.
with years as (
    select distinct year
    from {{ ref('int_figure') }}
    where value_class = 'result'
),

claims as (
    select
        ref_area,
        year,
        count(*) as n_claims,
        count(distinct article_id) as n_articles
    from {{ ref('int_claim') }}
    where ref_area is not null and year is not null
    group by ref_area, year
),

figures as (
    select
        ref_area,
        year,
        count(distinct indicator) filter (where value_class = 'result' and period_kind <> 'part_year') as n_results,
        count(distinct indicator) filter (where value_class = 'target') as n_targets
    from {{ ref('int_figure') }}
    group by ref_area, year
)

select
    unit.unit_id as ref_area,
    unit.full_name as ref_area_name,
    unit.level,
    years.year,
    coalesce(claims.n_articles, 0) as n_articles,
    coalesce(claims.n_claims, 0) as n_claims,
    coalesce(figures.n_results, 0) as n_results,
    coalesce(figures.n_targets, 0) as n_targets,
    case
        when figures.n_results > 0 then 'results'
        when figures.n_targets > 0 then 'targets only'
        when claims.n_claims > 0 then 'claims only'
        else 'nothing'
    end as status
from {{ ref('dim_admin_unit') }} as unit
inner join years
    on unit.valid_from <= make_date(years.year, 12, 31) and unit.valid_to > make_date(years.year, 12, 31)
left join claims on unit.unit_id = claims.ref_area and years.year = claims.year
left join figures on unit.unit_id = figures.ref_area and years.year = figures.year
order by ref_area, years.year
