-- The state each url is in, and the first fetch that found it so: a page that stays as it is keeps its row.
with states as (
    select
        *,
        concat_ws(' ', coalesce(status, 0), outcome, reason) as page_state
    from {{ source('raw', 'page_outcome') }}
),

ordered as (
    select
        *,
        lag(page_state, 1, '') over (
            partition by url
            order by fetched_at asc nulls first
        ) as previous_state
    from states
)

select
    url,
    source,
    status,
    outcome,
    reason,
    fetched_at,
    warc_path,
    warc_offset
from ordered
where page_state <> previous_state
qualify row_number() over (
    partition by url
    order by fetched_at desc nulls last
) = 1
