-- What the other queries share: units with their place on both maps, figures of record, and which file holds what.

-- The provinces of before 1 July 2025 are one geography ('o'), those since are the other ('n'). A province that was
-- merged earlier has the place of its successor.
create or replace temp table province as
with recursive onward as (
    select
        unit_id,
        code,
        valid_from < date '2025-07-01' as is_old,
        unit_id as later_id
    from core.dim_admin_unit
    where level = 1

    union

    select
        onward.unit_id,
        onward.code,
        onward.is_old,
        edge.to_unit_id as later_id
    from onward
    inner join core.bridge_unit_succession as edge on onward.later_id = edge.from_unit_id
),

reached as (
    select
        onward.unit_id,
        onward.code,
        later.code as later_code,
        later.valid_from < date '2025-07-01' as later_is_old,
        later.valid_to
    from onward
    inner join core.dim_admin_unit as later on onward.later_id = later.unit_id
)

select
    unit_id,
    code,
    arg_max(later_code, valid_to) filter (where later_is_old) as old_code,
    arg_max(later_code, valid_to) filter (where not later_is_old) as new_code
from reached
group by unit_id, code;

create or replace temp table unit as
with placed as (
    select
        unit.unit_id,
        unit.level,
        unit.code,
        unit.type,
        unit.core_name,
        unit.full_name,
        unit.valid_from,
        unit.valid_to,
        above.unit_id as parent_id,
        above.full_name as parent_name,
        province.old_code,
        province.new_code
    from core.dim_admin_unit as unit
    left join core.dim_admin_unit as above
        on unit.parent_code = above.code
        and above.level < unit.level
        and above.valid_from < unit.valid_to
        and above.valid_to > unit.valid_from
    left join core.dim_admin_unit as top
        on unit.province_code = top.code
        and top.level = 1
        and top.valid_from < unit.valid_to
        and top.valid_to > unit.valid_from
    left join province on top.unit_id = province.unit_id
    qualify
        row_number() over (
            partition by unit.unit_id order by above.valid_from desc nulls last, top.valid_from desc nulls last
        ) = 1
)

select
    *,
    (row_number() over (order by unit_id) - 1)::integer as no,
    if(parent_name is null, lower(type) || ' ' || core_name, lower(type) || ' ' || core_name || ', ' || parent_name)
        as composed_name
from placed;

create or replace temp table figure as
select
    ref_area,
    3 as level,
    indicator,
    breakdown,
    year,
    value_kind,
    if(value_kind = 'target', 't', 'r') as class,
    obs_value::double as value,
    unit_measure,
    comparator,
    time_period,
    period_kind,
    conflict,
    n_claims,
    n_sources,
    winning_observation_id as winner,
    losing_observation_ids as losers,
    uncorrected_value::double as uncorrected,
    note,
    'reported' as origin,
    null::bigint as n_reporting,
    null::bigint as n_units,
    null::double as partial,
    null::varchar as method
from mart.ward_year
union all
select
    ref_area,
    level,
    indicator,
    breakdown,
    year,
    value_kind,
    if(value_kind = 'target', 't', 'r') as class,
    obs_value::double as value,
    unit_measure,
    coalesce(reported_comparator, 'eq') as comparator,
    coalesce(reported_time_period, year::varchar) as time_period,
    coalesce(reported_period_kind, 'annual') as period_kind,
    coalesce(conflict, false) as conflict,
    coalesce(n_claims, 0) as n_claims,
    coalesce(n_sources, 0) as n_sources,
    winning_observation_id as winner,
    losing_observation_ids as losers,
    null as uncorrected,
    null as note,
    value_origin as origin,
    n_reporting,
    n_units,
    rollup_partial_value::double as partial,
    rollup_method as method
from (
    select
        1 as level,
        *
    from mart.province_year
    union all by name
    select
        2 as level,
        *
    from mart.district_year
) as above;

create or replace temp table unit_size as
select
    ref_area,
    count(*) filter (where is_own) as n_figures,
    sum(weight) as weight
from (
    select
        ref_area,
        true as is_own,
        greatest(n_claims, 1) as weight
    from figure
    union all
    -- a unit of today may have nothing but what its predecessors said
    select
        ref_area,
        false as is_own,
        1 as weight
    from mart.ward_year_today
    where is_break and obs_value_low is not null
) as sized
group by ref_area;

-- Units side by side in files of some hundred kilobytes.
create or replace temp table unit_file as
select
    ref_area,
    n_figures,
    (sum(weight) over (order by ref_area) // 1500)::integer as file
from unit_size;

-- Articles by the first characters of their key, which the page can compute.
create or replace temp table article_files as
select greatest(count(*) // 150, 1)::integer as n from core.fct_article;

create or replace temp table article_file as
select
    article.article_id,
    (coalesce(try_cast('0x' || left(article.article_id, 7) as bigint), 0) % article_files.n)::integer as file
from core.fct_article as article
cross join article_files;
