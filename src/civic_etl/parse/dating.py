"""When an article was published: every witness is checked, and no date is better than a wrong one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from selectolax.lexbor import LexborHTMLParser

from civic_etl.parse.anchors import Anchor, anchor_of
from civic_etl.parse.metadata import Metadata
from civic_etl.parse.rules import Clock, Form
from civic_etl.parse.stamps import VIETNAM, read_epoch, read_month_first, read_stamp
from civic_etl.parse.visible import read_visible

# The first Vietnamese sites went up in that year.
_EARLIEST = datetime(1997, 1, 1, tzinfo=UTC)
_CLOCK_SLIP = timedelta(days=1)
# A time so close to the fetch is the server's clock, not the article's.
_NOW = timedelta(minutes=10)
_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "publication_date",
)
_UPDATED_META = ("article:modified_time", "og:updated_time", "datemodified", "lastmod")


@dataclass(frozen=True, slots=True)
class Witness:
    """One statement of a time, and where it stands."""

    moment: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Dates:
    """What was found; None where nothing could be trusted."""

    published: datetime | None = None
    updated: datetime | None = None
    source: str | None = None


def date_article(
    machine: Metadata | None,
    visible: list[Witness],
    edits: list[Witness],
    *,
    url: str,
    fetched_at: datetime,
) -> Dates:
    """Choose among witnesses in order: the page's machine-readable ones (if `machine` is given), then `visible` ones.

    A witness counts if it lies between 1997 and the fetch and in the month that the address names. The time of the
    fetch itself is never taken for the article's.
    """
    anchor = anchor_of(url)
    witnesses = [*(_machine(machine, _PUBLISHED_META, "datePublished") if machine else ()), *visible]
    sound = [witness for witness in witnesses if _is_sound(witness.moment, anchor, fetched_at)]
    chosen = next((witness for witness in sound if not _is_now(witness.moment, fetched_at)), None)
    chosen = chosen or _confirmed(sound)
    if chosen is None and anchor is not None and anchor.day is not None:
        chosen = _of_address(anchor)
    if chosen is None:
        return Dates()
    chosen = _with_time(chosen, sound)
    edited = [*(_machine(machine, _UPDATED_META, "dateModified") if machine else ()), *edits]
    later = (witness.moment for witness in edited if chosen.moment <= witness.moment <= fetched_at + _CLOCK_SLIP)
    return Dates(
        chosen.moment.astimezone(VIETNAM), next((moment.astimezone(VIETNAM) for moment in later), None), chosen.source
    )


def witnesses_of(tree: LexborHTMLParser, clocks: tuple[Clock, ...]) -> list[Witness]:
    """What the clocks of a theme say, in their order."""
    found = []
    for clock in clocks:
        for node in tree.css(clock.css)[:3]:
            text = node.attributes.get(clock.attr) if clock.attr else node.text(separator=" ")
            moment = _READERS[clock.form]((text or "").strip())
            if moment is not None:
                found.append(Witness(moment, clock.name))
                break
    return found


def _machine(machine: Metadata, names: tuple[str, ...], ld_name: str) -> Iterator[Witness]:
    if moment := read_stamp(machine.ld_text(ld_name)):
        yield Witness(moment, "json-ld")
    for name in names:
        if moment := read_stamp(machine.meta.get(name, "")):
            yield Witness(moment, f"meta:{name}")


def _is_sound(moment: datetime, anchor: Anchor | None, fetched_at: datetime) -> bool:
    if not _EARLIEST <= moment <= fetched_at + _CLOCK_SLIP:
        return False
    return anchor is None or anchor.allows(moment)


def _is_now(moment: datetime, fetched_at: datetime) -> bool:
    timed = moment.astimezone(VIETNAM).time() != time()
    return timed and abs(fetched_at - moment) < _NOW


def _confirmed(sound: list[Witness]) -> Witness | None:
    """A time close to the fetch counts where a second witness elsewhere in the page says the same."""
    for witness in sound:
        others = [other for other in sound if other.source != witness.source]
        if any(abs(other.moment - witness.moment) < _NOW for other in others):
            return witness
    return None


def _with_time(chosen: Witness, sound: list[Witness]) -> Witness:
    """A bare day gets its time of day from another witness of that day."""
    day = chosen.moment.astimezone(VIETNAM)
    if day.time() != time():
        return chosen
    same = (other for other in sound if other.moment.astimezone(VIETNAM).date() == day.date())
    return next((other for other in same if other.moment.astimezone(VIETNAM).time() != time()), chosen)


def _of_address(anchor: Anchor) -> Witness:
    if anchor.moment is not None:
        return Witness(anchor.moment, "url-epoch")
    assert anchor.day is not None  # noqa: S101 - the caller has looked
    return Witness(datetime(anchor.day.year, anchor.day.month, anchor.day.day, tzinfo=VIETNAM), "url-day")


_READERS: dict[Form, Callable[[str], datetime | None]] = {
    "stamp": read_stamp,
    "month-first": read_month_first,
    "epoch": read_epoch,
    "visible": read_visible,
}
