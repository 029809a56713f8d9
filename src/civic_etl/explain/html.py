"""An explanation as one HTML file: no script, nothing from elsewhere, every word of the article escaped."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from civic_etl.explain.explanation import Explanation, Mark
from civic_etl.explain.wording import COLUMNS, row


def page(explanation: Explanation) -> str:
    """The page: the article with its numbers marked, each leading to the row that explains it."""
    document = explanation.document
    template = Template((files("civic_etl.explain") / "data" / "page.html").read_text(encoding="utf-8"))
    about = (document.published.isoformat() if document.published else "", document.site_area or "", document.url)
    return template.substitute(
        title=escape(document.title or document.doc_id),
        about=" · ".join(escape(part) for part in about if part),
        summary=_summary(explanation),
        article="".join(_piece(text, mark) for text, mark in explanation.pieces()),
        sections="\n".join(_sections(explanation)),
    )


def _summary(explanation: Explanation) -> str:
    read, aside = len(explanation.read), len(explanation.set_aside)
    made = len(explanation.extraction.observations)
    return (
        f'<span class="n read">{read} numbers</span> were read as {made} observations, '
        f'<span class="n aside">{aside}</span> were set aside.'
    )


def _piece(text: str, mark: Mark | None) -> str:
    if mark is None:
        return escape(text)
    kind = "read" if mark.readings else "aside"
    title = "; ".join(" · ".join(row(reading)[:4]) for reading in mark.readings) or mark.why
    return (
        f'<a id="n{mark.number}" class="n {kind}" href="#r{mark.number}" title="{escape(title)}">'
        f"{escape(text)}<sup>{mark.number}</sup></a>"
    )


def _sections(explanation: Explanation) -> Iterable[str]:
    text = explanation.document.text
    rows = [
        (f'<tr id="r{mark.number}">' if first else "<tr>") + _cells(mark, text, row(reading), first)
        for mark in explanation.read
        for first, reading in zip((True, *[False] * len(mark.readings)), mark.readings, strict=False)
    ]
    yield _table("Read", ("#", "text", *COLUMNS), rows)
    rows = [f'<tr id="r{m.number}">' + _cells(m, text, (m.reason, m.why), True) for m in explanation.set_aside]
    yield _table("Set aside", ("#", "text", "reason", "why"), rows)
    yield from _others(explanation)


def _cells(mark: Mark, text: str, cells: tuple[str, ...], first: bool) -> str:
    link = f'<a href="#n{mark.number}">{mark.number}</a>' if first else ""
    quote = escape(text[mark.start : mark.end]) if first else ""
    notes = "".join(f'<br><span class="note">{escape(note)}</span>' for note in mark.notes) if first else ""
    body = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<td>{link}</td><td>{quote}{notes}</td>{body}</tr>"


def _others(explanation: Explanation) -> Iterable[str]:
    found = explanation.extraction
    offices = [(o.person, o.office, o.unit, o.evidence) for o in found.offices]
    events = [(e.kind, e.event_date.isoformat() if e.event_date else "?", e.place, e.evidence) for e in found.events]
    distinctions = [(d.title, d.holder, str(d.year or "?"), d.evidence) for d in found.distinctions]
    outcomes = [(o.indicator, o.outcome, o.time_period or "?", o.evidence) for o in found.outcomes]
    for title, heads, facts in (
        ("Offices", ("person", "office", "unit", "sentence"), offices),
        ("Events", ("kind", "date", "place", "sentence"), events),
        ("Distinctions", ("title", "holder", "year", "sentence"), distinctions),
        ("Results without a number", ("indicator", "outcome", "period", "sentence"), outcomes),
    ):
        if facts:
            yield _table(title, heads, ["<tr>" + "".join(f"<td>{escape(c)}</td>" for c in f) + "</tr>" for f in facts])


def _table(title: str, heads: Iterable[str], rows: list[str]) -> str:
    if not rows:
        return f"<h2>{title}</h2>\n<p>Nothing.</p>"
    head = "".join(f"<th>{name}</th>" for name in heads)
    return (
        f'<h2>{title}</h2>\n<div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
