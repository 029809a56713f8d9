-- Every version of every unit, for names, search and the way to its file; a list row is found by its number.
with types as (
    select list(distinct type order by type) as names from unit
)

select
    'units' as key,
    json_object(
        'types', to_json(any_value(types.names)),
        'rows', to_json(list(json_array(
            unit.unit_id,
            list_position(types.names, unit.type) - 1,
            unit.core_name,
            above.no,
            if(unit.valid_to = date '9999-12-31', 0, strftime(unit.valid_to, '%Y%m%d')::integer),
            coalesce(unit_file.file, -1),
            coalesce(unit_file.n_figures, 0),
            unit.old_code,
            unit.new_code,
            if(unit.full_name = unit.composed_name, null, unit.full_name)
        ) order by unit.no))
    )::varchar as payload
from unit
cross join types
left join unit as above on unit.parent_id = above.unit_id
left join unit_file on unit.unit_id = unit_file.ref_area;
