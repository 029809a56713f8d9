-- Every revision of every article, with the first fetch that showed it and whether it is the one in force.
with shown as (
    select
        revision_id,
        arg_min(struct_pack(seen_at, warc_path, warc_offset), coalesce(seen_at, timestamp '-infinity')) as first_shown
    from {{ source('raw', 'sighting') }}
    group by revision_id
),

in_force as (
    select
        article_id,
        arg_max(revision_id, coalesce(seen_at, timestamp '-infinity')) as revision_id
    from {{ source('raw', 'sighting') }}
    group by article_id
)

select
    article.article_id,
    article.revision_id,
    article.url,
    article.canonical_url,
    article.source,
    article.site_area,
    article.title,
    article.lead,
    article.text,
    article.published_date,
    article.published_at,
    article.updated_at,
    article.date_source,
    article.captions,
    article.breadcrumbs,
    article.language,
    article.family,
    article.quality,
    article.encoding,
    coalesce(shown.first_shown.seen_at, article.payload_seen_at) as fetched_at,
    shown.first_shown.warc_path as warc_path,
    shown.first_shown.warc_offset as warc_offset,
    article.parser_version,
    article.extractor_version,
    article.catalogue_version,
    article.gazetteer_version,
    coalesce(article.revision_id = in_force.revision_id, false) as is_current
from {{ source('raw', 'article') }} as article
left join shown on article.revision_id = shown.revision_id
left join in_force on article.article_id = in_force.article_id
