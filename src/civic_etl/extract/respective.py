"""Figures told in the order of what was listed before them ("lúa, ngô lần lượt là 120 ha, 45 ha")."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from civic_etl.extract.calendar_period import year
from civic_etl.extract.categories import Categories
from civic_etl.extract.code_units import fits_for
from civic_etl.extract.context import Category, Context, category_table, indicator_table
from civic_etl.extract.drafts import Draft, Order
from civic_etl.extract.figure import CHANGES
from civic_etl.extract.joined import Item, joined_back
from civic_etl.extract.known_categories import known_categories
from civic_etl.extract.numbered_sectors import dealt_by_number
from civic_etl.extract.patterns import patterns
from civic_etl.extract.phrases import Hit, Payload, PhraseTable
from civic_etl.extract.qualifiers import base_of
from civic_etl.indicators import load_catalogue

_WORDS = patterns("respective.yaml")
_MARKS = frozenset({",", "và", ";", "-"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_CUE_REACH = 40
# characters between the end of a list and the cue
_LIST_REACH = 70


class Respective:
    """Deals the things listed in a sentence out to the figures that follow them."""

    def __init__(self, context: Context, categories: Categories) -> None:
        self._context = context
        self._categories = categories

    def dealt(self, drafts: list[Draft]) -> list[Draft]:
        """The drafts of a sentence, those behind "lần lượt" with what they are of; their twins, told as one, go."""
        drafts = dealt_by_number(self._context, drafts)
        result = [draft for draft in drafts if draft.rules[-1] != "twin"]
        dealt: set[int] = set()
        index = 0
        while index < len(result):
            cue = self._cue(result[index])
            stop = self._group(result, index) if cue is not None else index + 1
            if cue is not None and stop - index > 1:
                start = result[index].quantity.start
                joined = [d.code for d in drafts if d.quantity.start == start and d.rules[-1] == "twin"]
                group = self._like_before(result, index, stop) or self._by_base(result[index:stop], cue)
                group = group or _in_order(_told_together(self._deal(result[index:stop], cue, joined)), cue)
                result[index:stop] = group
                dealt.update(draft.quantity.start for draft in result[index:stop])
            index = stop
        if not dealt:
            return drafts
        twins = [draft for draft in drafts if draft.rules[-1] == "twin" and draft.quantity.start not in dealt]
        return [*result, *twins]

    def _cue(self, draft: Draft) -> int | None:
        """Where the cue right before a figure begins."""
        start = draft.quantity.start
        low = max(draft.sentence.start, start - _CUE_REACH)
        match = _WORDS["cue"].first_in(self._context.folded, low, start)
        return match.start() if match is not None else None

    def _group(self, drafts: list[Draft], first: int) -> int:
        """The end of the run of figures that starts at one: of its unit, with only joints between."""
        stop = first + 1
        while (
            stop < len(drafts)
            and drafts[stop].quantity.unit == drafts[first].quantity.unit
            and _WORDS["joint"].fullmatch(
                self._context.folded, drafts[stop - 1].quantity.end, drafts[stop].quantity.start
            )
        ):
            stop += 1
        return stop

    def _like_before(self, drafts: list[Draft], first: int, stop: int) -> list[Draft]:
        """The figures with the categories of as many figures told right before them.

        ("công nghiệp đạt 72% kế hoạch; dịch vụ đạt 70% kế hoạch; tăng so với cùng kỳ lần lượt là 12% và 14%")
        """
        group, count = drafts[first:stop], stop - first
        before = [d for d in drafts[:first] if d.sentence == group[0].sentence][-count:]
        told = {tuple(sorted(draft.breakdown.items())) for draft in before}
        alike = {(draft.code, draft.measure) for draft in before}
        if len(before) < count or len(told) < count or len(alike) > 1 or group[0].measure == before[0].measure:
            return []
        if any(draft.rules[-1] != "inherit" or draft.code != before[0].code for draft in group):
            return []
        return [
            replace(draft, code=each.code, link=each.link, breakdown=each.breakdown)
            for draft, each in zip(group, before, strict=True)
        ]

    def _by_base(self, group: list[Draft], cue: int) -> list[Draft]:
        """Changes each against one of the times listed before them.

        ("so với tháng trước và cùng kỳ tăng lần lượt 5% và 17%")
        """
        named = _WORDS["times"].search(self._context.folded, group[0].sentence.start, cue)
        times = _WORDS["joint"].split(named[1]) if named is not None else []
        if len(times) != len(group) or any(draft.measure not in CHANGES for draft in group):
            return []
        bases = [base_of(text, draft.period) for text, draft in zip(times, group, strict=True)]
        kept = ({k: v for k, v in draft.breakdown.items() if k != "base"} for draft in group)
        return [
            replace(draft, breakdown=own | ({"base": base} if base else {}))
            for draft, own, base in zip(group, kept, bases, strict=True)
        ]

    def _deal(self, group: list[Draft], cue: int, joined: list[str]) -> list[Draft]:
        first, count = group[0], len(group)
        start = first.sentence.start
        codes = [item[2] for item in self._last_run(self._indicators(first, cue), cue, count)]
        if not codes and len(joined) == count - 1 and first.code not in joined:
            # one noun for all ("thu, chi ngân sách")
            codes = [*reversed(joined), first.code]
        if codes:
            return [
                replace(draft, code=code, breakdown={} if code != draft.code else draft.breakdown)
                for draft, code in zip(group, codes, strict=True)
            ]
        shared = [replace(draft, code=first.code, link=first.link, breakdown=first.breakdown) for draft in group]
        indicator = load_catalogue().get(first.code)
        for key in indicator.breakdowns if indicator is not None else ():
            named = self._categories.named(first.code, key, start, cue)
            told = [(hit.start, hit.end, value) for hit, value in named]
            apart = (item for hit, value in named for item in self._apart(first.code, key, hit, value))
            values = self._last_run(told, cue, count) or self._last_run(apart, cue, count)
            if values:
                return [
                    replace(draft, breakdown=draft.breakdown | {key: value})
                    for draft, (_, _, value) in zip(shared, values, strict=True)
                ]
        return self._by_year(group, start, cue)

    def _by_year(self, group: list[Draft], start: int, cue: int) -> list[Draft]:
        for match in _WORDS["years"].finditer(self._context.folded, start, cue):
            years = _YEAR.findall(match.group())
            if len(years) == len(group):
                return [replace(draft, period=year(int(each))) for draft, each in zip(group, years, strict=True)]
        return group

    def _indicators(self, draft: Draft, cue: int) -> Iterable[Item[str]]:
        """The phrases before the cue with the code each has for a figure in the unit."""
        for hit in self._context.indicators.within(draft.sentence.start, cue):
            for start, end, codes in self._pieces(hit, indicator_table()):
                fits = fits_for(codes, draft.quantity.unit)
                if fits:
                    yield start, end, max(fits, key=lambda fit: fit[1])[0]

    def _apart(self, code: str, key: str, hit: Hit[Category], whole: str) -> Iterable[Item[str]]:
        """The categories that one phrase joins ("trồng trọt, chăn nuôi"), one by one."""
        for low, high, named in self._pieces(hit, category_table()):
            told = (value for known, value in known_categories(code, named) if known == key)
            yield low, high, next(told, whole)

    def _pieces(self, hit: Hit[Payload], table: PhraseTable[Payload]) -> list[tuple[int, int, Payload]]:
        """A phrase, or those that it joins ("tỷ lệ hộ nghèo, hộ cận nghèo")."""
        line = self._context.line
        marks = [at for at in range(hit.first, hit.last) if line.words[at] in _MARKS]
        pieces: list[tuple[int, int, Payload]] = []
        for first, stop in pairwise([hit.first - 1, *marks, hit.last + 1]):
            found = table.longest_at(line.words, first + 1, stop)
            if found is None or found[0] != stop:
                return [(hit.start, hit.end, hit.payload)]
            pieces.append((line.starts[first + 1], line.ends[stop - 1], found[1]))
        return pieces

    def _last_run(self, items: Iterable[Item[str]], cue: int, count: int) -> list[Item[str]]:
        """The last `count` things, where only joints stand between them and more were not listed."""
        nearest_first = sorted(items, key=lambda item: item[0], reverse=True)
        run = joined_back(self._context.folded, nearest_first, _WORDS["listed"])[::-1]
        told = {item[2] for item in run}
        return run if len(run) == len(told) == count and cue - run[-1][1] <= _LIST_REACH else []


def _told_together(group: list[Draft]) -> list[Draft]:
    """The figures with what the last one counts, where only that one has a noun ("lần lượt có 12 và 7 nhà bị sập")."""
    last = group[-1]
    if not last.quantity.noun or any(draft.quantity.noun or draft.breakdown for draft in group[:-1]):
        return group
    return [*(replace(draft, code=last.code, breakdown=last.breakdown) for draft in group[:-1]), last]


def _in_order(group: list[Draft], cue: int) -> list[Draft]:
    """The figures with their rank, where nothing but the place of each may tell them apart."""
    if len({(draft.code, tuple(sorted(draft.breakdown.items())), draft.period) for draft in group}) > 1:
        return group
    return [replace(draft, order=Order(rank, len(group), cue)) for rank, draft in enumerate(group)]
