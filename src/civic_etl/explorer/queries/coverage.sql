-- One file a province and map: what is known of each commune and year; units without a row are known nothing of.
with known as (
    select
        ref_area,
        year,
        count(distinct indicator) filter (where class = 'r' and period_kind <> 'part_year') as n_results,
        count(distinct indicator) filter (where class = 't') as n_targets,
        count(*) filter (where conflict) as n_conflicts
    from figure
    where level = 3
    group by ref_area, year
),

placed as (
    select
        if(unit.valid_from < date '2025-07-01', 'o', 'n') as map,
        if(unit.valid_from < date '2025-07-01', unit.old_code, unit.new_code) as code,
        json_array(unit.no, known.year, known.n_results, known.n_targets, known.n_conflicts) as line,
        unit.no,
        known.year
    from known
    inner join unit on known.ref_area = unit.unit_id
)

select
    'coverage/' || map || code as key,
    to_json(list(line order by no, year))::varchar as payload
from placed
where code is not null
group by map, code;
