-- One row an address and source. Times are ISO 8601 UTC.
create table url (
    source text not null,
    key text not null,
    url text not null,
    role text not null default 'article',
    title text,
    first_seen text not null,
    last_listed text,
    listed_lastmod text,
    -- listed_lastmod as it was when the page was last fetched or confirmed
    noted_lastmod text,
    published text,
    via text not null default 'nightly',
    last_tried text,
    last_fetched text,
    last_status integer,
    outcome text,
    reason text,
    failures integer not null default 0,
    next_try text,
    etag text,
    last_modified text,
    digest text,
    moved_to text,
    -- the record that holds the body we have
    warc_path text,
    warc_offset integer,
    record_id text,
    body_url text,
    body_fetched text,
    primary key (source, key)
) without rowid;

create index url_open on url (source, outcome, next_try);

create table request_count (
    source text not null,
    day text not null,
    requests integer not null,
    primary key (source, day)
) without rowid;

create table run (
    id integer primary key,
    source text not null,
    started text not null,
    finished text,
    since text,
    until text,
    -- whether discovery walked every index to its end
    discovered integer not null default 0,
    report text
);
