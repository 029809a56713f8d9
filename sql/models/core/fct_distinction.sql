-- Named titles and ratings given to units.
select distinction.*
from {{ source('raw', 'distinction') }} as distinction
inner join {{ ref('fct_article') }} as article on distinction.revision_id = article.revision_id
order by distinction.distinction_id
