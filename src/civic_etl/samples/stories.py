"""Tell the articles: programme, figures and templates become stories, each with the list of what it claims."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from html import unescape
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from civic_etl.errors import CivicEtlError
from civic_etl.samples.figures import Figures, load_corrections, load_figures
from civic_etl.samples.places import Place
from civic_etl.samples.programme import Entry, programme, sites
from civic_etl.samples.teller import Claim, Ledger, Teller

# The one article that is edited, and when, from the second edition on.
EDITED = ("tuyen-quang", 2134)
EDITED_AFTER = timedelta(days=2, hours=3, minutes=17)


@dataclass(frozen=True, slots=True)
class Story:
    """One told article. `lead` and `body` are HTML in neutral marks: `figure.photo` and `a.attachment` are for the
    CMS to dress. `claims` come in the order of the text."""

    entry: Entry
    title: str
    lead: str
    body: str
    author: str
    slug: str
    updated: datetime
    claims: tuple[Claim, ...]


@cache
def environment() -> Environment:
    """The template engine; templates lie under `data/`."""
    loader = PackageLoader("civic_etl.samples", "data")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def stories(site: str, edition: int = 1) -> tuple[Story, ...]:
    """All stories of a site, oldest first."""
    if edition not in (1, 2):
        raise CivicEtlError(f"the sample sites have editions 1 and 2, not {edition}")
    return tuple(_tell(entry, edition) for entry in programme() if entry.site == site)


def slugify(text: str) -> str:
    """`Phường Ỷ La: kết quả` as `phuong-y-la-ket-qua`."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    ascii_only = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")


def _tell(entry: Entry, edition: int) -> Story:
    edited = edition == 2 and (entry.site, entry.number) == EDITED
    figures = load_figures().corrected(load_corrections()) if edited else load_figures()
    ledger = Ledger()
    template = environment().get_template(f"{entry.template}.html.j2")
    context = template.new_context(_vocabulary(entry, figures, ledger))
    parts = {name: "".join(block(context)).strip() for name, block in template.blocks.items()}
    title = unescape(parts["title"])
    return Story(
        entry=entry,
        title=title,
        lead=parts["lead"],
        body=parts["body"],
        author=_choose(entry, sites()[entry.site].authors, "author"),
        slug=slugify(title),
        updated=entry.published + EDITED_AFTER if edited else entry.published,
        claims=tuple(ledger.claims),
    )


def _vocabulary(entry: Entry, figures: Figures, ledger: Ledger) -> dict[str, Any]:
    """What a template may say: the voices of its place(s), dates, and a few turns that vary from article to article."""
    asked = iter(range(1000))
    words: dict[str, Any] = _voices(entry, entry.place, figures, ledger)
    if entry.other is not None:
        words["other"] = _voices(entry, entry.other, figures, ledger)
    return words | {
        "place": entry.place.full,
        "session": entry.session,
        "day": _day(entry, 0),
        "day_before": _day(entry, 1),
        "ordinal": entry.ordinal,
        "council_term": entry.council_term,
        "odd": _draw(entry, "odd") % 2 == 1,
        "honorific": lambda name: "bà" if " Thị " in name else "ông",
        "pick": lambda *choices: _choose(entry, choices, f"pick{next(asked)}"),
        "photo": lambda caption: _photo(entry, caption),
        "attachment": lambda label, name: _attachment(entry, label, name),
    }


def _voices(entry: Entry, place: Place, figures: Figures, ledger: Ledger) -> dict[str, Any]:
    year = entry.year

    def voice(period: str, kind: str = "actual") -> Teller:
        return Teller(ledger, figures, place, period, kind)

    return {
        "u": place,
        "y": year,
        "now": voice(str(year)),
        "est": voice(str(year), "estimate"),
        "plan": voice(str(year), "target"),
        "goal": voice(str(year + 1), "target"),
        "half": voice(f"{year}-S1"),
        "part": voice(str(year)).of_part(place.part),
        "at": voice(entry.published.date().isoformat()),
        "desk": voice(f"{year}-12-10"),
        "term": voice(f"{year - 5}-01-01/P5Y"),
        "ahead": voice(f"{year}-01-01/P5Y", "target"),
        "y2015": voice("2015"),
        "y2019": voice("2019"),
        "y2024": voice("2024"),
        "y2025": voice("2025", "target"),
        "y2030": voice("2030", "target"),
    }


def _photo(entry: Entry, caption: str) -> Markup:
    source = f"/media/{entry.published:%Y/%m}/{entry.number}.png"
    return Markup('<figure class="photo"><img src="{0}" alt="{1}"><figcaption>{1}</figcaption></figure>').format(
        source, caption
    )


def _attachment(entry: Entry, label: str, name: str) -> Markup:
    target = f"/media/{entry.published:%Y/%m}/{name}-{entry.number}.pdf"
    return Markup('<a class="attachment" href="{}">{} (tệp PDF)</a>').format(target, label)


def _day(entry: Entry, before: int) -> str:
    day = entry.event - timedelta(days=before)
    forms = (f"{day:%d/%m}", f"{day.day}/{day.month}", f"{day:%d/%m/%Y}")
    return forms[_draw(entry, "day") % len(forms)]


def _choose(entry: Entry, choices: tuple[str, ...], salt: str) -> str:
    return choices[_draw(entry, salt) % len(choices)]


def _draw(entry: Entry, salt: str) -> int:
    """A number that is the same for an article on every machine, and different from article to article."""
    return sha256(f"{entry.site}/{entry.number}/{salt}".encode()).digest()[0]
