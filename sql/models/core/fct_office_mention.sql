-- People named in a public office, on the article's date.
select
    mention.office_mention_id,
    mention.article_id,
    mention.revision_id,
    mention.mention_no,
    mention.person,
    mention.office,
    mention.unit,
    article.published_date as mentioned_on,
    mention.char_start,
    mention.char_end,
    mention.evidence
from {{ source('raw', 'office_mention') }} as mention
inner join {{ ref('fct_article') }} as article on mention.revision_id = article.revision_id
order by mention.office_mention_id
