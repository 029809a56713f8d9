"""An explanation for a terminal: the article with its numbers in colour, and a table of what became of them."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from civic_etl.explain.explanation import Explanation
from civic_etl.explain.wording import COLUMNS, row

_READ, _ASIDE = "bold green", "yellow"


def shown(explanation: Explanation) -> RenderableType:
    """What rich prints. Nothing of the article is taken for markup."""
    document = explanation.document
    read, aside = len(explanation.read), len(explanation.set_aside)
    parts: list[RenderableType] = [
        Text(document.title or document.doc_id, style="bold"),
        Text(f"{read} numbers read as {len(explanation.extraction.observations)} observations, {aside} set aside"),
        Text(),
        _article(explanation),
        Text(),
    ]
    if explanation.read:
        parts.append(_read(explanation))
    if explanation.set_aside:
        parts.append(_set_aside(explanation))
    return Group(*parts)


def _article(explanation: Explanation) -> Text:
    article = Text()
    for text, mark in explanation.pieces():
        if mark is None:
            article.append(text)
            continue
        style = _READ if mark.readings else _ASIDE
        article.append(text, style=style)
        article.append(f"[{mark.number}]", style=f"dim {style}")
    return article


def _read(explanation: Explanation) -> Table:
    table = Table("#", "text", *COLUMNS, title="read", title_style=_READ, title_justify="left")
    for mark in explanation.read:
        for number, reading in enumerate(mark.readings):
            lead = (str(mark.number), _quote(explanation, mark.start, mark.end)) if number == 0 else ("", "")
            table.add_row(*(Text(cell) for cell in (*lead, *row(reading))))
        for note in mark.notes:
            table.add_row("", Text(note, style=_ASIDE))
    return table


def _set_aside(explanation: Explanation) -> Table:
    table = Table("#", "text", "why", title="set aside", title_style=_ASIDE, title_justify="left")
    for mark in explanation.set_aside:
        cells = (str(mark.number), _quote(explanation, mark.start, mark.end), mark.why)
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _quote(explanation: Explanation, start: int, end: int) -> str:
    return " ".join(explanation.document.text[start:end].split())
