-- The tables of documents as today's code writes them. All of it can be read again from the archive, so a build file with
-- another layout is rebuilt from its own rows and the archive, and never patched column by column.

create table raw.article (
    article_id varchar,
    revision_id varchar,
    payload_hash varchar,
    payload_seen_at timestamp,
    url varchar,
    canonical_url varchar,
    title varchar,
    lead varchar,
    text varchar,
    author varchar,
    published_at timestamp,
    published_date date,
    updated_at timestamp,
    date_source varchar,
    captions varchar[],
    breadcrumbs varchar[],
    language varchar,
    family varchar,
    quality varchar,
    encoding varchar,
    site_area varchar,
    source varchar,
    parser_version varchar,
    extractor_version varchar,
    catalogue_version varchar,
    gazetteer_version varchar
);

create table raw.sighting (
    article_id varchar,
    seen_at timestamp,
    revision_id varchar,
    url varchar,
    status integer,
    digest varchar,
    record_id varchar,
    warc_path varchar,
    warc_offset bigint
);

create table raw.observation (
    observation_id varchar,
    article_id varchar,
    revision_id varchar,
    mention_no integer,
    ref_area varchar,
    ref_area_code varchar,
    ref_area_name varchar,
    ref_area_status varchar,
    sub_area varchar,
    indicator varchar,
    indicator_text varchar,
    breakdown varchar,
    measure varchar,
    obs_value decimal(38, 6),
    obs_value_upper decimal(38, 6),
    numerator decimal(38, 6),
    denominator decimal(38, 6),
    unit_measure varchar,
    comparator varchar,
    time_period varchar,
    value_kind varchar,
    char_start integer,
    char_end integer,
    quote varchar,
    evidence_start integer,
    evidence_end integer,
    evidence varchar,
    rules varchar[],
    confidence double,
    number_ambiguous boolean
);

create table raw.office_mention (
    office_mention_id varchar,
    article_id varchar,
    revision_id varchar,
    mention_no integer,
    person varchar,
    office varchar,
    unit varchar,
    char_start integer,
    char_end integer,
    evidence varchar
);

create table raw.event (
    event_id varchar,
    article_id varchar,
    revision_id varchar,
    mention_no integer,
    kind varchar,
    event_date date,
    place varchar,
    ref_area varchar,
    ref_area_code varchar,
    ref_area_name varchar,
    ref_area_status varchar,
    char_start integer,
    char_end integer,
    evidence varchar
);

create table raw.distinction (
    distinction_id varchar,
    article_id varchar,
    revision_id varchar,
    mention_no integer,
    title varchar,
    holder varchar,
    ref_area varchar,
    ref_area_code varchar,
    ref_area_name varchar,
    ref_area_status varchar,
    year integer,
    char_start integer,
    char_end integer,
    evidence varchar
);

create table raw.outcome (
    outcome_id varchar,
    article_id varchar,
    revision_id varchar,
    mention_no integer,
    indicator varchar,
    indicator_text varchar,
    outcome varchar,
    ref_area varchar,
    ref_area_code varchar,
    ref_area_name varchar,
    ref_area_status varchar,
    time_period varchar,
    char_start integer,
    char_end integer,
    evidence varchar
);

create table raw.unresolved (
    unresolved_id varchar,
    article_id varchar,
    revision_id varchar,
    mention_no integer,
    reason varchar,
    detail varchar,
    char_start integer,
    char_end integer,
    evidence varchar
);
