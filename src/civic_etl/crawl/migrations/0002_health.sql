-- One row a source and nightly run that read the site: what later nights are compared with.
create table health (
    source text not null,
    run_id text not null,
    at text not null,
    found integer not null,
    pages integer not null,
    failed integer not null,
    refused integer not null,
    fallback integer not null,
    titled integer not null,
    dated integer not null,
    bodied integer not null,
    -- characters of the text, summed over the articles
    chars integer not null,
    observations integer not null,
    primary key (source, run_id)
) without rowid;
