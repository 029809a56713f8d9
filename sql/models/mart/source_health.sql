-- What each source gave, and whether it has been silent for longer than it should. Ages are counted to the newest fetch
-- of any source, not to the clock, so that the same data give the same table.
with today as (
    select max(fetched_at)::date as newest_fetch
    from (
        select fetched_at from {{ ref('fct_page') }}
        union all
        select fetched_at from {{ ref('fct_article') }}
    )
),

articles as (
    select
        source,
        count(*) as n_articles,
        max(published_date) as last_published_date,
        max(fetched_at)::date as last_new_article_date,
        count(*) filter (where quality <> 'family') as n_fallback_articles,
        count(*) filter (where published_date is null) as n_undated_articles
    from {{ ref('fct_article') }}
    group by source
),

observations as (
    select
        article.source,
        count(*) as n_observations
    from {{ ref('fct_observation') }} as observation
    inner join {{ ref('fct_article') }} as article on observation.article_id = article.article_id
    group by article.source
),

pages as (
    select
        source,
        count(*) as n_pages,
        count(*) filter (where ends_with(outcome, '_failed')) as n_failed_pages,
        count(*) filter (where outcome = 'gone') as n_gone_pages
    from {{ ref('fct_page') }}
    group by source
)

select
    source.source,
    source.name,
    coalesce(articles.n_articles, 0) as n_articles,
    coalesce(observations.n_observations, 0) as n_observations,
    coalesce(pages.n_pages, 0) as n_pages,
    coalesce(pages.n_failed_pages, 0) as n_failed_pages,
    coalesce(pages.n_gone_pages, 0) as n_gone_pages,
    coalesce(articles.n_fallback_articles, 0) as n_fallback_articles,
    coalesce(articles.n_undated_articles, 0) as n_undated_articles,
    articles.last_published_date,
    articles.last_new_article_date,
    source.cadence_days,
    today.newest_fetch - articles.last_published_date as days_silent,
    coalesce(today.newest_fetch - articles.last_published_date > source.cadence_days, false) as is_beyond_cadence
from {{ ref('dim_source') }} as source
cross join today
left join articles on source.source = articles.source
left join observations on source.source = observations.source
left join pages on source.source = pages.source
order by source.source
