-- A warehouse without a single article is an explicit failure, not an empty release.
{{ config(severity='error') }}

select 'no article was ever loaded' as problem
from (select count(*) as n_articles from {{ ref('fct_article') }})
where n_articles = 0
