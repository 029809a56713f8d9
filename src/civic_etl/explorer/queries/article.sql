-- Files of some articles each: where a page is and when it was kept, its sentences that hold numbers, and the numbers.
-- The whole text stays in the database.
with sentences as (
    select
        article_id,
        evidence_start,
        any_value(evidence) as evidence,
        to_json(list(json_array(
            observation_id,
            char_start - evidence_start,
            char_end - evidence_start,
            indicator,
            if(indicator = 'other', indicator_text, null),
            ref_area,
            if(ref_area is null, ref_area_name, null),
            nullif(sub_area, ''),
            nullif(breakdown, '{}'),
            measure,
            obs_value::double,
            obs_value_upper::double,
            unit_measure,
            nullif(comparator, 'eq'),
            time_period,
            left(value_kind, 1)
        ) order by char_start, observation_id)) as numbers
    from core.fct_observation
    group by article_id, evidence_start
),

told as (
    select
        article_id,
        to_json(list(json_array(evidence_start, evidence, numbers) order by evidence_start)) as list
    from sentences
    group by article_id
)

select
    'article/' || article_file.file as key,
    json_group_object(article.article_id, json_object(
        'title', article.title,
        'url', article.url,
        'published', strftime(article.published_date, '%Y-%m-%d'),
        'fetched', strftime(article.fetched_at, '%Y-%m-%dT%H:%M:%SZ'),
        'warc', article.warc_path,
        'offset', article.warc_offset,
        'source', article.source,
        'area', article.site_area,
        'sentences', coalesce(told.list, '[]'::json)
    ))::varchar as payload
from core.fct_article as article
inner join article_file on article.article_id = article_file.article_id
left join told on article.article_id = told.article_id
group by article_file.file;
