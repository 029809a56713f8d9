"""The report of a run as one HTML file that needs nothing else: no script, no style or picture from elsewhere."""

from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources

from civic_etl.pipeline.report import CRAWL_COUNTS, RunReport

_MOST = 500

Cell = object
Row = Sequence[Cell]


def report_page(report: RunReport, error: str = "") -> str:
    """The page. Everything that a site said is text in it, never markup."""
    style = resources.files("civic_etl.pipeline").joinpath("report.css").read_text(encoding="utf-8")
    state = "is new" if report.fresh else "stays in force"
    release = f"Release {report.release} {state}." if report.release else "No release was made."
    parts = [
        f"<h1>{escape(report.kind)} <small>{escape(report.run_id)}</small></h1>",
        f'<p class="error">{escape(error)}</p>' if error else "",
        f"<p>{escape(report.summary())}</p><p>{escape(release)}</p>",
        _counts(report),
        _sources(report),
        _section(
            "Sources to look at", ("source", "kind", "what"), [(a.source, a.kind, a.detail) for a in report.drift]
        ),
        _months(report),
        _section("What was not understood", ("reason", "how often"), report.unresolved.most_common(), number=1),
        _checks(report),
        _section(
            "Pages that gave nothing",
            ("page", "outcome", "reason"),
            [(failure.url, failure.outcome, failure.reason) for failure in report.failures],
        ),
        _section("Trouble with indexes", ("source", "address", "reason"), _troubles(report)),
    ]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.kind)} {escape(report.run_id)}</title>\n<style>\n{style}</style>\n"
        f"<body>\n<main>\n{chr(10).join(part for part in parts if part)}\n</main>\n</body>\n</html>\n"
    )


def _counts(report: RunReport) -> str:
    """What the run found, fetched and made of it, in one row of numbers."""
    load = report.load
    numbers = {
        "found": sum(crawl.found for crawl in report.crawls),
        "fetched": report.fetched(),
        "new": load.new,
        "changed": load.replaced,
        "failed": sum(crawl.failed for crawl in report.crawls) + len(report.failures),
        "observations": load.observations,
        "unresolved": report.unresolved.total(),
        "checks passed": f"{sum(check.passed for check in report.checks)} of {len(report.checks)}",
        "seconds": f"{report.seconds():.0f}",
    }
    cells = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(_text(n))}</dd></div>" for name, n in numbers.items())
    return f"<dl>{cells}</dl>"


def _sources(report: RunReport) -> str:
    rows = []
    for crawl in report.crawls:
        counts = crawl.summary()
        rows.append((crawl.source, *(counts[name] for name in CRAWL_COUNTS), crawl.error or crawl.paused or ""))
    words = (name.replace("_", " ") for name in CRAWL_COUNTS)
    return _section("Sources", ("source", *words, "trouble"), rows, number=len(CRAWL_COUNTS))


def _months(report: RunReport) -> str:
    heads = ("month", "found", "fetched", "parsed", "with observations", "failed", "")
    return "".join(
        _section(
            f"Months of {source}",
            heads,
            [
                (m.month, m.found, m.fetched, m.parsed, m.with_observations, m.failed, "gap" if m.is_gap else "")
                for m in months
            ],
            number=5,
        )
        for source, months in report.months.items()
    )


def _checks(report: RunReport) -> str:
    bad = [(c.severity, c.name, c.failures, c.detail) for c in report.checks if not c.passed]
    return _section("Checks that did not pass", ("severity", "check", "rows", "detail"), bad)


def _troubles(report: RunReport) -> Iterable[Row]:
    return ((crawl.source, trouble.url, trouble.reason) for crawl in report.crawls for trouble in crawl.troubles)


def _section(title: str, heads: Sequence[str], rows: Iterable[Row], number: int = 0) -> str:
    """A table under its title, `number` columns after the first being numbers; nothing where there is no row."""
    shown = list(rows)
    if not shown:
        return ""
    more = f"<p>The first {_MOST} of {len(shown)}.</p>" if len(shown) > _MOST else ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "\n".join(_row(row, number) for row in shown[:_MOST])
    table = f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
    return f"<h2>{escape(title)}</h2>{more}<div>{table}</div>"


def _row(row: Row, number: int) -> str:
    cells = (
        f"<td{' class=n' if 0 < place <= number else ''}>{escape(_text(value))}</td>" for place, value in enumerate(row)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _text(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
