-- The page ledger: every url in the state it is in now.
select *
from {{ ref('stg_page') }}
order by url
