-- Meetings and other dated occasions.
select event.*
from {{ source('raw', 'event') }} as event
inner join {{ ref('fct_article') }} as article on event.revision_id = article.revision_id
order by event.event_id
