-- Every version of every unit. Codes are used again for other territories, so the key is (level, code, valid_from).
with recursive same_place as (
    select
        unit.unit_id,
        unit.unit_id as territory_id
    from {{ source('raw', 'admin_unit') }} as unit
    anti join {{ ref('bridge_unit_succession') }} as edge
        on unit.unit_id = edge.to_unit_id and edge.is_same_territory

    union

    select
        edge.to_unit_id as unit_id,
        earlier.territory_id
    from same_place as earlier
    inner join {{ ref('bridge_unit_succession') }} as edge
        on earlier.unit_id = edge.from_unit_id and edge.is_same_territory
),

territories as (
    select
        unit_id,
        min(territory_id) as territory_id
    from same_place
    group by unit_id
)

select
    unit.*,
    coalesce(territories.territory_id, unit.unit_id) as territory_id,
    unit.valid_to = date '9999-12-31' as is_current,
    -- `đ` is a letter of its own, which strip_accents leaves alone
    replace(lower(strip_accents(unit.full_name)), 'đ', 'd') as search_name
from {{ source('raw', 'admin_unit') }} as unit
left join territories on unit.unit_id = territories.unit_id
order by unit.unit_id
