-- Results stated without a number.
select
    outcome.*,
    period.year
from {{ source('raw', 'outcome') }} as outcome
inner join {{ ref('fct_article') }} as article on outcome.revision_id = article.revision_id
left join {{ ref('stg_period') }} as period on outcome.time_period = period.time_period
order by outcome.outcome_id
