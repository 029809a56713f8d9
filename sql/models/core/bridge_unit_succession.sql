-- Which unit became which, on which day, and how much of its population went along.
select
    from_unit_id,
    to_unit_id,
    effective_date,
    relation,
    -- the territory goes over whole and alone: the same place under another name, type, parent or code
    relation in ('rename', 'retype', 'reparent', 'province_change')
    or regexp_full_match(
        relation, '(rename|retype|reparent|province_change)(\+(rename|retype|reparent|province_change))*'
    )
        as is_same_territory,
    share_lo,
    share_hi,
    share_est,
    est_method,
    decree
from {{ source('raw', 'unit_bridge') }}
order by from_unit_id, to_unit_id
