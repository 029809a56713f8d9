-- Everything that did not become a fact, and why: candidates, unreadable pages, documents kept out.
with candidates as (
    select
        candidate.unresolved_id,
        'extract' as stage,
        candidate.article_id,
        article.url,
        article.source,
        candidate.reason,
        candidate.detail,
        candidate.char_start,
        candidate.char_end,
        candidate.evidence
    from {{ source('raw', 'unresolved') }} as candidate
    inner join {{ ref('fct_article') }} as article on candidate.revision_id = article.revision_id
),

failed_pages as (
    select
        left(sha256(url), 16) as unresolved_id,
        replace(outcome, '_failed', '') as stage,
        null as article_id,
        url,
        source,
        outcome as reason,
        reason as detail,
        null as char_start,
        null as char_end,
        null as evidence
    from {{ ref('fct_page') }}
    where outcome in ('fetch_failed', 'parse_failed', 'extract_failed')
),

kept_out as (
    select
        left(sha256('refused' || article_id), 16) as unresolved_id,
        'load' as stage,
        article_id,
        url,
        source,
        'refused_record' as reason,
        field || ': ' || detail as detail,
        null as char_start,
        null as char_end,
        null as evidence
    from {{ source('raw', 'refusal') }}
)

select * from candidates
union all by name
select * from failed_pages
union all by name
select * from kept_out
order by unresolved_id
