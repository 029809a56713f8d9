"""Synthetic documents in the layout of the raw tables: what the communes of Viet Nam would have said in twenty winters.

Everything follows from the number of the article, so the same size gives the same files. Ten observations an article:
eight results of the year before, two targets for the year to come. Claims about one figure mostly agree; one in fifty
is off by a tenth, so that there are conflicts to find.
"""

from pathlib import Path

import duckdb

from civic_etl.warehouse.gazetteer_tables import gazetteer_tables
from civic_etl.warehouse.reference import indicator_rows

PER_ARTICLE = 10
FIRST_YEAR, YEARS = 2006, 20
_SENTENCE = 140
_INDICATORS = 60

_ARTICLES = f"""
create or replace temp table article as
with counted as (select year, count(*) as n_units from unit_year group by year),
dated as (
    select n, {FIRST_YEAR} + (hash(n, 'year') % {YEARS})::integer as year from range({{first}}, {{last}}) as t (n)
),
drawn as (select n, year, hash(n, 'unit') % n_units as number from dated join counted using (year))
select
    n, year, u.unit_id, u.code, u.full_name,
    format('{{{{:016x}}}}', hash(n, 'article')) as article_id,
    format('{{{{:016x}}}}', hash(n, 'revision')) as revision_id,
    make_date(year + 1, 1, 5 + (hash(n, 'day') % 20)::integer) as published
from drawn as d join unit_year as u using (year, number)
"""

_OBSERVATIONS = f"""
create or replace temp table observation as
with said as (
    select
        a.*, k, k >= 8 as is_target,
        if(k >= 8, a.year + 1, a.year) as about,
        (hash(a.n, k, 'indicator') % {_INDICATORS})::integer as number
    from article as a, range({PER_ARTICLE}) as t (k)
),
valued as (
    select
        said.*, i.indicator, i.unit_measure, i.name_vi,
        round(
            if(i.unit_measure in ('percent', 'permille'), 60, i.size)
            * (0.5 + (hash(unit_id, i.indicator, about) % 1000) / 1000)
            * if(hash(n, k, 'slip') % 50 = 0, 1.1, 1)
        )::decimal(38, 6) as obs_value
    from said join indicator as i using (number)
),
written as (
    select
        *, obs_value::bigint::varchar as quote,
        name_vi || ' năm ' || about || if(is_target, ' phấn đấu đạt ', ' đạt ') as words
    from valued
)
select
    *, rpad(words || quote || ' theo báo cáo.', {_SENTENCE}, ' ') as sentence,
    k * {_SENTENCE} + length(words) as char_start
from written
"""


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """The communes in force at the end of each year, and the indicators that are drawn from."""
    units = gazetteer_tables().units
    con.register("gazetteer_unit", units)
    con.execute(
        f"create temp table unit_year as select y as year, unit_id, code, full_name, "
        f"row_number() over (partition by y order by unit_id) - 1 as number "
        f"from gazetteer_unit, range({FIRST_YEAR}, {FIRST_YEAR + YEARS}) as t (y) "
        f"where level = 3 and valid_from <= make_date(y, 12, 31) and valid_to > make_date(y, 12, 31)"
    )
    con.execute(
        "create temp table indicator "
        "(number integer, indicator varchar, unit_measure varchar, name_vi varchar, size double)"
    )
    sizes = {"VND": 9e9, "household": 2000, "person": 5000, "ha": 300, "case": 40, "percent": 60}
    drawn = [row for row in indicator_rows() if row["unit_measure"] in sizes]
    con.executemany(
        "insert into indicator values (?, ?, ?, ?, ?)",
        [
            (number, row["indicator"], row["unit_measure"], row["name_vi"][:60], sizes[row["unit_measure"]])
            for number, row in enumerate(drawn[:_INDICATORS])
        ],
    )


def write(con: duckdb.DuckDBPyConnection, first: int, last: int, folder: Path) -> dict[str, Path]:
    """Articles `first` to `last` as Parquet files of the raw tables; gives their paths by table."""
    folder.mkdir(parents=True)
    con.execute(_ARTICLES.format(first=first, last=last))
    con.execute(_OBSERVATIONS)
    selects = {"article": _ARTICLE_ROWS, "sighting": _SIGHTING_ROWS, "observation": _OBSERVATION_ROWS}
    for name, select in selects.items():
        con.execute(f"copy ({select}) to '{folder / name}.parquet' (format parquet, compression zstd)")
    return {name: folder / f"{name}.parquet" for name in selects}


_ARTICLE_ROWS = """
select
    article_id, revision_id, revision_id as payload_hash, published::timestamp + interval 1 day as payload_seen_at,
    'https://ward.example/' || n as url, 'https://ward.example/' || n as canonical_url,
    'Tổng kết công tác năm ' || year as title, null::varchar as lead, text, null::varchar as author,
    published::timestamp as published_at, published as published_date, null::timestamp as updated_at,
    'page' as date_source, []::varchar[] as captions, []::varchar[] as breadcrumbs, 'vi' as language,
    'wordpress' as family, 'family' as quality, 'utf-8' as encoding,
    if(n % 3 = 0, 'tỉnh ' || split_part(full_name, ', tỉnh ', 2), full_name) as site_area,
    'source' || (n % 200) as source, 'p1' as parser_version, 'e1' as extractor_version,
    'c1' as catalogue_version, 'g1' as gazetteer_version
from article join (select n, string_agg(sentence, '' order by k) as text from observation group by n) using (n)
"""
_SIGHTING_ROWS = """
select
    article_id, published::timestamp + interval 1 day as seen_at, revision_id, 'https://ward.example/' || n as url,
    200 as status, revision_id as digest, 'urn:uuid:' || revision_id as record_id,
    'source' || (n % 200) || '/' || strftime(published, '%Y-%m') || '-0000.warc.gz' as warc_path,
    n::bigint * 9000 as warc_offset
from article
"""
_OBSERVATION_ROWS = """
select
    format('{:016x}', hash(n, k, 'observation')) as observation_id, article_id, revision_id, 1 as mention_no,
    unit_id as ref_area, code as ref_area_code, full_name as ref_area_name, 'resolved' as ref_area_status,
    '' as sub_area, indicator, name_vi as indicator_text, '{}' as breakdown,
    if(unit_measure = 'percent', 'share', 'level') as measure, obs_value, null::decimal(38, 6) as obs_value_upper,
    null::decimal(38, 6) as numerator, null::decimal(38, 6) as denominator, unit_measure, 'eq' as comparator,
    about::varchar as time_period, if(is_target, 'target', if(n % 7 = 0, 'estimate', 'actual')) as value_kind,
    char_start::integer as char_start, (char_start + length(quote))::integer as char_end, quote,
    (k * 140)::integer as evidence_start, (k * 140 + length(rtrim(sentence)))::integer as evidence_end,
    rtrim(sentence) as evidence, ['phrase', 'period'] as rules, 0.9 as confidence, false as number_ambiguous
from observation
"""
