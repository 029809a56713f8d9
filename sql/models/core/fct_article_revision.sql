-- Articles as they ever were, the revision in force among them.
select *
from {{ ref('stg_article') }}
order by article_id, revision_id
