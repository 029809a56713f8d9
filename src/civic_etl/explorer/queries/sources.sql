-- The health of every source.
select
    'sources' as key,
    coalesce(to_json(list(json_object(
        'source', health.source,
        'name', health.name,
        'url', source.url,
        'family', source.family,
        'successor', source.successor,
        'articles', health.n_articles,
        'observations', health.n_observations,
        'pages', health.n_pages,
        'failed', health.n_failed_pages,
        'gone', health.n_gone_pages,
        'fallback', health.n_fallback_articles,
        'undated', health.n_undated_articles,
        'last', strftime(health.last_published_date, '%Y-%m-%d'),
        'cadence', health.cadence_days,
        'silent', health.days_silent,
        'late', health.is_beyond_cadence
    ) order by health.n_observations desc, health.source)), '[]'::json)::varchar as payload
from mart.source_health as health
inner join core.dim_source as source on health.source = source.source;
