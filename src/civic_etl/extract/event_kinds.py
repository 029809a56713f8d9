"""What kind of occasion a text speaks of, and whether it is held or only mentioned."""

import re
from dataclasses import dataclass
from functools import lru_cache

from civic_etl.extract.context import Context
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.phrases import PhraseTable

_BEFORE = 60
_WORD = 12
_AROUND = 160
_SESSION, _CONGRESS, _MEETING = "kỳ họp HĐND", "đại hội", "hội nghị"
_HANDED_OVER = "bàn giao"
_BEGUN = ("lễ khởi công", "lễ khánh thành", "lễ bàn giao")
_RANKS = {"strong": 0, "weak": 1, "implied": 2, "visit": 3}


@dataclass(frozen=True, slots=True)
class Cue:
    """An occasion named in the text.

    `rank`: 0 names its kind, 1 says only that people met, 2 and 3 are told by what they are for.
    """

    start: int
    end: int
    kind: str
    rank: int


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of the data file, on folded text."""

    spoken_of: re.Pattern[str]
    only_asked: re.Pattern[str]
    background: re.Pattern[str]
    planned: re.Pattern[str]
    just_held: re.Pattern[str]
    just_done: re.Pattern[str]
    before_day: re.Pattern[str]
    met_again: re.Pattern[str]
    before_at_day: re.Pattern[str]
    as_of: re.Pattern[str]
    lasts: re.Pattern[str]
    attended: re.Pattern[str]
    at_it: re.Pattern[str]
    took_place: re.Pattern[str]
    counted: re.Pattern[str]
    arranged: re.Pattern[str]
    body: re.Pattern[str]
    leads: re.Pattern[str]
    several: re.Pattern[str]
    in_turn: re.Pattern[str]
    of_a_document: re.Pattern[str]
    not_the_host: re.Pattern[str]
    at_place: re.Pattern[str]
    between_hosts: re.Pattern[str]
    venue: re.Pattern[str]
    together: re.Pattern[str]
    holds: re.Pattern[str]
    held: re.Pattern[str]
    about: re.Pattern[str]
    at_venue: re.Pattern[str]
    held_on: re.Pattern[str]
    cell: re.Pattern[str]
    preface: re.Pattern[str]
    handed_over: re.Pattern[str]
    national: re.Pattern[str]
    assembly: re.Pattern[str]
    parliament: re.Pattern[str]
    party: re.Pattern[str]
    government: re.Pattern[str]


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """Compiled once; CatalogueError names the file where it is malformed."""
    data = read_data("events.yaml")
    named = {name: re.compile(data[name]) for name in Patterns.__dataclass_fields__ if name != "spoken_of"}
    heads, between = ("|".join(map(re.escape, data[name])) for name in ("spoken_of", "spoken_of_by"))
    spoken_of = re.compile(rf"(?<!\w)(?:{heads})(?: (?:{between}))*\s*$|\(\s*$")
    return Patterns(spoken_of=spoken_of, **named)


@lru_cache(maxsize=1)
def on_site() -> frozenset[str]:
    """Kinds that happen where something stands."""
    return frozenset(read_data("events.yaml")["on_site"])


@lru_cache(maxsize=1)
def visiting() -> frozenset[str]:
    """Kinds for which somebody comes from elsewhere."""
    return frozenset(read_data("events.yaml")["visiting"])


@lru_cache(maxsize=1)
def _table() -> PhraseTable[tuple[str, int]]:
    data = read_data("events.yaml")
    return PhraseTable(
        (phrase, (kind, rank))
        for name, rank in _RANKS.items()
        for kind, phrases in data[name].items()
        for phrase in phrases
    )


@dataclass(frozen=True, slots=True)
class EventCues:
    """What an article speaks of: the kind that its title names ("" for none), and the cues of its text in order."""

    titled: str
    cues: list[Cue]


def find_cues(context: Context) -> EventCues:
    """The occasions that are held."""
    in_title = _titled(context)
    found: list[Cue] = []
    for hit in _table().find(context.line):
        before = context.folded[max(0, hit.start - _BEFORE) : hit.start].split("\n")[-1]
        kind, rank = hit.payload
        if _spoken_of(context, hit.start, before) or (rank == _RANKS["visit"] and _only_asked(context, hit.start)):
            continue
        said = _kind(context.folded, hit.start, hit.end, kind, in_title)
        if said is not None:
            found.append(Cue(hit.start, hit.end, said, rank))
    return EventCues(in_title, found)


def _spoken_of(context: Context, start: int, before: str) -> bool:
    """Whether the words right before an occasion say that it is only spoken of."""
    told = patterns().spoken_of.search(before)
    if told is None or patterns().held_on.search(before):
        return False
    # "xã Định Lập tổ chức đại hội": the end of a name
    head = start - len(before) + told.start()
    *_, last = ["", *context.text[max(0, head - _WORD) : head].split()]
    return not (last[:1].isupper() and context.text[head].isupper())


def _only_asked(context: Context, start: int) -> bool:
    """Whether a visit is one that somebody is told to pay."""
    return patterns().only_asked.search(context.folded, max(0, start - _AROUND), start) is not None


def _titled(context: Context) -> str:
    """The kind that the title names, "" for none."""
    folded = context.title.folded
    for hit in _table().find(context.title_line):
        kind, rank = hit.payload
        if rank == _RANKS["weak"] and patterns().about.match(folded, hit.end):
            return ""
        if patterns().planned.search(folded, hit.end):
            continue
        if rank == 0 and not patterns().spoken_of.search(folded[: hit.start]):
            return _kind(folded, hit.start, hit.end, kind, "") or ""
    return ""


def _kind(folded: str, start: int, end: int, kind: str, titled: str) -> str | None:
    """The kind as who holds it makes it; None for what is no matter of a place."""
    near = re.split(r"[\n;]", folded[max(0, start - _AROUND) : start])[-1]
    after = re.split(r"[\n;.]", folded[end : end + _AROUND // 2])[0]
    known = patterns()
    if folded[start:end] == _HANDED_OVER and known.handed_over.match(folded, end) is None:
        return None
    if kind == _SESSION:
        if known.assembly.search(near + after) or known.assembly.search(folded[:600]):
            return kind if not known.parliament.match(after.lstrip(" ,")) else None
        return None
    if kind.startswith(_CONGRESS) and known.national.match(after):
        return None
    if known.counted.match(folded, end) and kind.startswith(_BEGUN):
        return None
    if kind == _CONGRESS:
        if known.cell.search(near[-60:]) and not known.party.search(near[-60:]):
            return "đại hội chi bộ"
        if known.party.search(near[-80:] + " " + after[:60]):
            return "đại hội Đảng bộ"
        return titled if titled.startswith(_CONGRESS) else kind
    if kind == _MEETING:
        if (known.government.search(near[-50:]) and not known.assembly.search(near[-50:])) or known.government.search(
            after[:50]
        ):
            word = folded[start:end]
            if word.startswith(("họp", "phiên họp", "cuộc họp")):
                return "họp UBND"
        return titled or kind
    return kind
