"""Draft observations become observations with place, evidence and confidence."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from civic_etl.confidence import confidences
from civic_etl.extract.assertion import Assertion
from civic_etl.extract.context import Context
from civic_etl.extract.named_counts import is_made_of
from civic_etl.extract.phrase_text import Phrases
from civic_etl.extract.place_spot import COMMUNE_TYPES
from civic_etl.extract.places import Places
from civic_etl.extract.plausible_sums import plausible
from civic_etl.extract.quantity import is_whole
from civic_etl.extract.reading import Draft
from civic_etl.extract.records import Extraction, Observation, RefArea, Unresolved
from civic_etl.extract.small_sums import is_of_unknown_scale
from civic_etl.extract.stories import Stories
from civic_etl.extract.timeline import Timeline
from civic_etl.extract.unexpressed import ALONE, SUM
from civic_etl.extract.wholes import are_members, tells_of_all, whole_of
from civic_etl.indicators.lexicon import load_variants

_NO_ONE_PLACE = "the figure is of several places together, of the country, or of a unit that is not named"
_PARTY = "party_cells"
_COMMUNES = "communes"
_MADE_OF = "the figure counts what a new unit was made of"
_STORY = "the figure belongs to a person, a firm, a meeting or a rule"
_NO_SCALE = "the sum is too small for one of a place: its unit is not told with it"
_MENTIONED = "the words around the figure tell of an event, a story, a notice or a rule, not of the place"


def assemble(context: Context, places: Places, drafts: list[Draft], timeline: Timeline) -> Extraction:
    """Give the drafts of one document their places and turn them into records."""
    observations: list[Observation] = []
    unresolved: list[Unresolved] = []
    drafts = sorted(drafts, key=lambda d: d.quantity.start)
    stories, assertion = Stories(context, drafts), Assertion(context, drafts)
    phrases = Phrases(context)
    for each in drafts:
        draft = _expressed(each)
        phrases.take_up(draft)
        if stories.is_story(draft):
            unresolved.append(_open(context, draft, "story", _STORY))
            continue
        if not assertion.is_asserted(each):
            unresolved.append(_open(context, draft, "story", _MENTIONED))
            continue
        if is_of_unknown_scale(context, draft):
            unresolved.append(_open(context, draft, "unit", _NO_SCALE))
            continue
        found = places.of(draft)
        tells, members = tells_of_all(context, draft), are_members(context, draft)
        if not found:
            unresolved.append(_open(context, draft, "place", _NO_ONE_PLACE))
        made_of = draft.code == _COMMUNES and any(map(_is_commune, found))
        if (made_of or draft.code == _PARTY) and is_made_of(context, draft):
            unresolved.append(_open(context, draft, "story", _MADE_OF))
            continue
        for place in dict.fromkeys(places.holder(each, draft) for each in found):
            observation = _observation(context, plausible(draft, place[0], context.folded), place, phrases.of(draft))
            observations.append(observation)
            whole = whole_of(observation, each, tells=tells, members=members)
            if whole is not None:
                observations.append(whole)
            unresolved.extend(_unsettled(context, draft, observation))
    sure = confidences(context.document, observations)
    told = tuple(replace(each, confidence=how) for each, how in zip(observations, sure, strict=True))
    return Extraction(context.document, told, unresolved=tuple(unresolved))


def _expressed(draft: Draft) -> Draft:
    """A draft as the catalogue can tell it."""
    if SUM in draft.rules:
        return replace(draft, code="other", breakdown={})
    if ALONE in draft.rules:
        unknown = load_variants()["rate_only"][draft.code]
        return replace(draft, breakdown={key: value for key, value in draft.breakdown.items() if key not in unknown})
    return draft


def _is_commune(place: tuple[RefArea, str]) -> bool:
    return place[0].name.startswith(COMMUNE_TYPES)


def _unsettled(context: Context, draft: Draft, observation: Observation) -> Iterator[Unresolved]:
    """What an observation leaves open: its indicator, its place, its period."""
    area = observation.ref_area
    if observation.indicator == "other":
        yield _open(context, draft, "indicator", observation.indicator_text)
    if area.status in {"ambiguous", "unknown"}:
        yield _open(context, draft, "place", area.name or "no place named")
    if draft.period is None:
        yield _open(context, draft, "period", "no time cue and no publication date")


def _observation(context: Context, draft: Draft, place: tuple[RefArea, str], phrase: str) -> Observation:
    quantity = draft.quantity
    area, sub_area = place
    start, end = context.normal.stored(quantity.start, quantity.end)
    evidence_start, evidence_end = context.normal.stored(draft.sentence.start, draft.sentence.end)
    text = context.document.text
    setter = draft.breakdown.get("plan")
    breakdown = dict(draft.breakdown)
    if setter is not None:
        level = _setter_level(setter, area)
        if level:
            breakdown["plan"] = level
        else:
            del breakdown["plan"]
    return Observation(
        doc_id=context.document.doc_id,
        ref_area=area,
        sub_area=sub_area,
        indicator=draft.code,
        indicator_text=phrase,
        breakdown=tuple(sorted(breakdown.items())),
        measure=draft.measure,
        obs_value=_tidy(draft.value),
        obs_value_upper=_tidy(draft.upper) if draft.upper is not None else None,
        numerator=_tidy(quantity.numerator) if quantity.numerator is not None else None,
        denominator=_tidy(quantity.denominator) if quantity.denominator is not None else None,
        unit_measure=draft.unit or "unit",
        comparator=quantity.comparator,
        time_period=draft.period.code if draft.period else "",
        value_kind=draft.kind,
        char_start=start,
        char_end=end,
        quote=text[start:end],
        evidence_start=evidence_start,
        evidence_end=evidence_end,
        evidence=text[evidence_start:evidence_end],
        rules=draft.rules,
        number_ambiguous=quantity.ambiguous,
    )


def _setter_level(setter: str, area: RefArea) -> str:
    """The level of who set a plan; a city is a province or a district by where the place lies."""
    if setter == "city":
        parents = area.name.split(", ")
        last = parents[-1]
        if last.startswith("thành phố"):
            return "province"
        return "district"
    if setter == "local":
        kind = area.name.split(" ")[0]
        if area.name.startswith(("xã", "phường", "thị trấn")):
            return "commune"
        if kind == "tỉnh" or (area.name.startswith("thành phố") and ", " not in area.name):
            return "province"
        return "district"
    return setter


def _open(context: Context, draft: Draft, reason: str, detail: str) -> Unresolved:
    start, end = context.normal.stored(draft.quantity.start, draft.quantity.end)
    a, b = context.normal.stored(draft.sentence.start, draft.sentence.end)
    return Unresolved(context.document.doc_id, reason, detail, start, end, context.document.text[a:b])


def _tidy(value: Decimal) -> Decimal:
    """Without trailing zeros and exponent."""
    return Decimal(int(value)) if is_whole(value) else value.normalize()
