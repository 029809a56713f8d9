"""The word lists of the finder, shaped for looking up by first token."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import yaml

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer.keys import TOKEN, token_keys
from civic_etl.gazetteer.tables import DATA
from civic_etl.vietnamese.fold import fold

T = TypeVar("T")
# phrases by their first token: the remaining tokens and the value, longest first
Phrases = dict[str, list[tuple[tuple[str, ...], T]]]


@dataclass(frozen=True, slots=True)
class TypeForm:
    """A type as written: its word in full, the unit types and levels it may stand for, and how it was shortened."""

    word: str
    types: tuple[str, ...]
    levels: tuple[int, ...]
    letters: int  # of an abbreviation, 0 for a full word
    committee: bool = False


@dataclass(frozen=True, slots=True)
class PartForm:
    """A kind of place below the commune, and whether a number or a name may follow."""

    word: str
    number: bool
    name: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists, folded."""

    types: Phrases[TypeForm]
    levels: dict[str, int]
    parts: Phrases[PartForm]
    openers: frozenset[str]
    qualifiers: Phrases[str]
    qualifier_names: frozenset[str]
    names: dict[str, str]
    whole_names: dict[str, tuple[str, str]]
    numbered: frozenset[str]
    words: dict[str, frozenset[str]]
    compounds: dict[str, frozenset[str]]
    part_before: dict[str, frozenset[str]]
    former_after: re.Pattern[str]
    former_before: re.Pattern[str]
    origin_before: re.Pattern[str]
    beside_before: re.Pattern[str]
    office_before: re.Pattern[str]
    ranks: Phrases[str]
    shouts: Phrases[str]
    list_opens: Phrases[str]
    not_counted: Phrases[str]
    gives_after: re.Pattern[str]
    acts_from: re.Pattern[str]
    acts: re.Pattern[str]
    is_called: re.Pattern[str]
    measures_before: re.Pattern[str]
    goes_on: re.Pattern[str]
    not_a_place_before: frozenset[str]
    place_before: frozenset[str]


_WORD_LISTS = (
    "plural",
    "generic_before",
    "local_before",
    "within",
    "and",
    "part_not_named",
    "part_not_named_on",
    "routes",
    "family_names",
    "openers",
    "counted",
    "school_kinds",
    "contrast",
    "of_places",
    "figure_before",
    "surely_before",
    "several",
    "highlands",
    "made",
    "kind_before",
    "committee_letters",
    "predicates",
    "with",
    "body_before",
)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lists of `data/finding.yaml`; GazetteerError names the file where it is malformed."""
    path = DATA / "finding.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
        return _shape(data)
    except (yaml.YAMLError, KeyError) as error:
        raise GazetteerError(f"malformed word list: {error}", file=str(path)) from error


def _shape(data: dict[str, Any]) -> Lexicon:
    types = _phrases(_type_forms(data))
    parts = _phrases((word, PartForm(word, "number" in may, "name" in may)) for word, may in data["parts"].items())
    return Lexicon(
        types=types,
        levels=data["levels"],
        parts=parts,
        # first words of all that a mention may begin with
        openers=frozenset({*types, *parts, *data["whole_names"], key_of(data["local"]).split()[0]}),
        qualifiers=_phrases((phrase, phrase) for phrase in data["qualifiers"]),
        qualifier_names=frozenset(map(key_of, data["qualifiers"])),
        names=data["names"],
        whole_names={word: (kind, name) for word, (kind, name) in data["whole_names"].items()},
        numbered=frozenset(data["numbered"]),
        words={name: frozenset(map(key_of, data[name])) for name in _WORD_LISTS},
        compounds={word: frozenset(map(key_of, after)) for word, after in data["compounds"].items()},
        part_before={word: frozenset(before) for word, before in data["part_before"].items()},
        former_after=re.compile(rf"\s*[(,]?\s*(?:{_any(data['former_after'])})(?!\w)\s*\)?"),
        origin_before=re.compile(rf"(?<!\w)(?:{_any(data['origin_before'])})\s*$"),
        beside_before=re.compile(
            rf"(?<!\w)(?:{_any(data['beside_before'])})(?: (?:{_any(data['beside_links'])}))*\s*$"
        ),
        former_before=re.compile(rf"(?<!\w)(?:{_any(data['former_before'])})(?: là)?\s*$"),
        office_before=_office_before(data),
        ranks=_phrases((phrase, phrase) for phrase in [*data["ranks"], *data["titles"]]),
        shouts=_phrases((phrase, phrase) for phrase in data["shouts"]),
        list_opens=_phrases((phrase, phrase) for phrase in data["list_opens"]),
        not_counted=_phrases((phrase, phrase) for phrase in data["not_counted"]),
        measures_before=re.compile(
            rf"(?:{_any(data['measured_by'])})(?: (?:với|chỉ tiêu))? (?:{_any(data['plans'])})"
            rf"(?: (?:{_any(data['plan_makers'])}))*\s+$"
        ),
        goes_on=_goes_on(data),
        gives_after=re.compile(rf"\s+(?:{_any(data['gives'])})(?!\w)"),
        acts_from=re.compile(data["acts_from"]),
        acts=re.compile(data["acts"]),
        is_called=re.compile(data["is_called"]),
        not_a_place_before=frozenset(map(key_of, data["not_a_place_before"])),
        place_before=frozenset(map(key_of, data["place_before"])),
    )


def _type_forms(data: dict[str, Any]) -> Iterable[tuple[str, TypeForm]]:
    for word, types in data["types"].items():
        yield word, _type_form(data, word, types, 0)
    for short, word in data["abbreviations"].items():
        yield short, _type_form(data, word, data["types"][word], len(short))
    for committee, word in data["committees"].items():
        form = _type_form(data, word, data["types"][word], 0)
        yield committee, TypeForm(form.word, form.types, form.levels, 0, committee=True)


def _type_form(data: dict[str, Any], word: str, types: list[str], letters: int) -> TypeForm:
    # a city is a province or a district
    levels = {data["levels"][kind] for kind in types} | ({2} if "Thành phố" in types else set())
    # "huyện đảo", "thủ đô" are written with the type they stand for
    full = word if word.capitalize() in types else types[0].lower()
    return TypeForm(full, tuple(types), tuple(sorted(levels)), letters)


def key_of(phrase: str) -> str:
    """A phrase as joined token keys."""
    return " ".join(token_keys(TOKEN.findall(fold(phrase))))


def _phrases(pairs: Iterable[tuple[str, T]]) -> Phrases[T]:
    table: Phrases[T] = {}
    for phrase, value in pairs:
        first, *rest = key_of(phrase).split()
        table.setdefault(first, []).append((tuple(rest), value))
    for found in table.values():
        found.sort(key=lambda item: -len(item[0]))
    return table


def _office_before(data: dict[str, Any]) -> re.Pattern[str]:
    """A title, with more titles and bodies behind it, at the end of what stands before a place."""
    none_before = "".join(rf"(?<!{re.escape(fold(word))} )" for word in data["no_office_after"])
    titles, more = _any(data["titles"]), _any([*data["titles"], *data["bodies"]])
    # "Xã hội" is in the names of many offices
    ends = _any(data["department_ends"]).replace("xã", r"xã(?! hội)")
    own_name = rf"(?:(?: [-–] | ?& ?| |-)(?!(?:{ends})(?!\w))[^\W\d_]+){{0,9}}"
    department = rf"(?:[\s,]+(?:{_any(data['departments'])})(?!\w){own_name})?"
    heads = _any(title for title in data["titles"] if title.split()[-1] in data["departments"])
    return re.compile(
        rf"(?<!\w){none_before}(?:(?:{titles})(?:[\s,]+(?:{more}))*{department}|(?:{heads}){own_name})\s+$"
    )


def _goes_on(data: dict[str, Any]) -> re.Pattern[str]:
    """What may stand between two names of a list: a bracket or a figure of the first, then a comma or "and"."""
    figure = rf"(?:(?:{_any(data['figure_before'])}) )*[\d.,/]+ ?(?:{_any(data['figure_units'])})?"
    figure += rf"(?: ?(?:so (?:với )?)?(?:{_any(data['plans'])}))?"
    figures = rf"(?:{figure}(?:[,;] (?={figure}))?){{0,3}}"
    return re.compile(rf"\s*{figures}\s*(?:\([^()\n]*\))?\s*(?:[,;]|(?:[,;] )?(?:{_any(data['and'])}))\s*")


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True))
