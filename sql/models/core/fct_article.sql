-- Articles as they are now.
select * exclude (is_current)
from {{ ref('stg_article') }}
where is_current
order by article_id
