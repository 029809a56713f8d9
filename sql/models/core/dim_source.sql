-- The sites that are read; also those that articles name and no description covers.
with named as (
    select source from {{ source('raw', 'article') }}
    union
    select source from {{ source('raw', 'page_outcome') }}
),

undescribed as (
    select
        source,
        source as name,
        false as is_described
    from named
    where source is not null and source not in (select described.source from {{ source('raw', 'source') }} as described)
)

select
    *,
    true as is_described
from {{ source('raw', 'source') }}
union all by name
select * from undescribed
order by source
