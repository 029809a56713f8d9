"""What a release says that the one before did not: figures that appeared, changed or vanished, and why."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import duckdb

from civic_etl.warehouse.query import plain_number

LISTED = 200
"""Rows listed of each kind; the counts are always whole."""

_FIGURES = """
create view {name}_figure as
select ref_area, ref_area_name, indicator, breakdown, year, value_kind, obs_value, unit_measure,
    winning_observation_id, correction_id
from {name}.mart.ward_year
union all by name
select ref_area, ref_area_name, indicator, breakdown, year, value_kind, reported_value as obs_value, unit_measure,
    winning_observation_id, null as correction_id
from (from {name}.mart.district_year union all by name from {name}.mart.province_year)
where reported_value is not null
"""

_COMPARED = """
create table difference as
select
    case
        when o.ref_area is null then 'appeared'
        when n.ref_area is null then 'vanished'
        else 'changed'
    end as kind,
    coalesce(n.ref_area_name, o.ref_area_name) as place,
    indicator, breakdown, year, value_kind,
    o.obs_value as old_value,
    n.obs_value as new_value,
    coalesce(n.unit_measure, o.unit_measure) as unit_measure,
    case
        when n.ref_area is null and kept.observation_id is not null then 'its claim may no longer stand for the year'
        when n.ref_area is null and still.article_id is null then 'its article is gone'
        when n.ref_area is null and still.revision_id <> was.revision_id then 'its article was edited'
        when n.ref_area is null then 'its article was read anew'
        when n.correction_id is not null then 'a correction'
        when known.article_id is null then 'a new article'
        when known.revision_id <> source_article.revision_id then 'its article was edited'
        when o.winning_observation_id = n.winning_observation_id then 'a correction withdrawn or the catalogue changed'
        else 'an article was read anew, or another claim won'
    end as why,
    -- an article that is gone may be one that must not be named any more
    coalesce(source_article.url, still.url) as url
from old_figure as o
full outer join new_figure as n using (ref_area, indicator, breakdown, year, value_kind)
left join new.core.fct_observation as kept on o.winning_observation_id = kept.observation_id
left join old.core.fct_observation as said on o.winning_observation_id = said.observation_id
left join old.core.fct_article as was on said.article_id = was.article_id
left join new.core.fct_article as still on said.article_id = still.article_id
left join new.core.fct_observation as claim on n.winning_observation_id = claim.observation_id
left join old.core.fct_article as known on claim.article_id = known.article_id
left join new.core.fct_article as source_article on claim.article_id = source_article.article_id
where o.ref_area is null or n.ref_area is null or o.obs_value <> n.obs_value
"""


def diff(old: Path | None, new: Path) -> str:
    """The differences between two releases' database files as Markdown; `old` is None for the first release."""
    if old is None:
        return "# What changed\n\nThis is the first release.\n"
    with duckdb.connect() as con:
        for name, path in (("old", old), ("new", new)):
            con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
            con.execute(_FIGURES.format(name=name))
        con.execute(_COMPARED)
        counts = dict(con.execute("select kind, count(*) from difference group by kind").fetchall())
        parts = [f"# What changed since {old.parent.name}", ""]
        parts += [f"{counts.get(kind, 0)} figures {kind}." for kind in ("appeared", "changed", "vanished")]
        for kind in ("changed", "vanished", "appeared"):
            parts += _section(con, kind, counts.get(kind, 0))
    return "\n".join(parts) + "\n"


def _section(con: duckdb.DuckDBPyConnection, kind: str, count: int) -> list[str]:
    if not count:
        return []
    rows = con.execute(
        "select place, indicator, breakdown, year, value_kind, old_value, new_value, unit_measure, why, url "
        "from difference where kind = ? order by all limit ?",
        [kind, LISTED],
    ).fetchall()
    head = ["", f"## {kind.capitalize()}", ""]
    if count > LISTED:
        head += [f"The first {LISTED} of {count}.", ""]
    head += [_row(("place", "indicator", "breakdown", "year", "kind", "before", "now", "unit", "why", "article"))]
    head += ["|" + " --- |" * 10]
    return head + [_row(row) for row in rows]


def _row(values: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(value) for value in values) + " |"


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return plain_number(value)
    return "" if value is None else str(value).replace("|", "\\|")
