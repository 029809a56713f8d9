-- The offsets of every observation point at its number in the stored text.
{{ config(severity='error', store_failures=true, schema='checks') }}

select
    observation.observation_id,
    observation.quote,
    substring(article.text, observation.char_start + 1, observation.char_end - observation.char_start) as found
from {{ ref('fct_observation') }} as observation
inner join {{ ref('fct_article') }} as article on observation.article_id = article.article_id
where
    observation.quote
    <> substring(article.text, observation.char_start + 1, observation.char_end - observation.char_start)
