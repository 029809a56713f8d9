-- Which unit became which: numbers of units, the day, the act, the relation and the share of the population.
with acts as (
    select list(distinct decree order by decree) as names
    from core.bridge_unit_succession
    where decree is not null
),

relations as (
    select list(distinct relation order by relation) as names from core.bridge_unit_succession
)

select
    'succession' as key,
    json_object(
        'acts', to_json(coalesce(any_value(acts.names), [])),
        'relations', to_json(coalesce(any_value(relations.names), [])),
        'rows', coalesce(to_json(list(json_array(
            earlier.no,
            later.no,
            strftime(edge.effective_date, '%Y%m%d')::integer,
            coalesce(list_position(acts.names, edge.decree) - 1, -1),
            list_position(relations.names, edge.relation) - 1,
            edge.is_same_territory,
            round(edge.share_est, 3)
        ) order by earlier.no, later.no) filter (where edge.from_unit_id is not null)), '[]'::json)
    )::varchar as payload
from acts
cross join relations
left join core.bridge_unit_succession as edge on true
left join unit as earlier on edge.from_unit_id = earlier.unit_id
left join unit as later on edge.to_unit_id = later.unit_id;
