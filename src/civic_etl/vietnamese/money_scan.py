"""Amounts of money in running text."""

import re

from civic_etl.vietnamese.fold import fold_same_length
from civic_etl.vietnamese.money import Money, parse_money
from civic_etl.vietnamese.money_patterns import (
    CENT_AFTER,
    COMPARATOR_AFTER,
    COMPARE_BEFORE,
    CURRENCY_AFTER,
    CURRENCY_BEFORE,
    PER,
    either,
)
from civic_etl.vietnamese.numbers import NumberSpan, scan_numbers

_LOOK_BACK = 48
_COIN_SIGN_LEAST = 100
_TAIL = re.compile(rf" ?{CURRENCY_AFTER}(?P<half> rưỡi)?{PER}(?: {COMPARATOR_AFTER})?")
_CENTS = re.compile(rf" ?{CENT_AFTER}")
_LEAD = re.compile(rf"{CURRENCY_BEFORE} ?$")
_COMPARATORS = re.compile(rf"(?<![^\W_])(?:(?:{either(COMPARE_BEFORE)}|từ|giữa) ?)+$")
_GAP = re.compile(rf" ?[-–—] ?| (?:cho đến|đến|tới|và) (?:(?:{either(COMPARE_BEFORE)}) )?")
_LEVELS = re.compile(r" (?:lên|xuống|còn|đến|tới)(?![^\W_])")


def scan_money(text: str) -> list[tuple[int, int, Money]]:
    """Amounts of a running text as (start, end, money), left to right, not overlapping; linear in the text.

    `text[start:end]` has the comparator, the amount or range, the currency and what it is per; `parse_money` of it is
    the money. Only amounts with a written currency count (`2 triệu lượt khách` is none), and a bare `đ` only from 100
    on, since it is also short for points. The text is taken to be composed (NFC).
    """
    folded = fold_same_length(text)
    numbers = scan_numbers(text)
    found: list[tuple[int, int, Money]] = []
    index = 0
    while index < len(numbers):
        floor = found[-1][1] if found else 0
        if numbers[index].start < floor:
            # the amount before took the number as what it is per
            index += 1
            continue
        used, span = _locate(folded, numbers, index, floor)
        money = parse_money(text[slice(*span)]) if span else None
        if span is not None and money is not None:
            found.append((*span, money))
        index += used if money is not None else 1
    return found


def _locate(folded: str, numbers: list[NumberSpan], index: int, floor: int) -> tuple[int, tuple[int, int] | None]:
    """How many numbers from `index` on make an amount, and its span; None where none begins."""
    first = numbers[index]
    alone = _with_currency(folded, first, floor)
    second = numbers[index + 1] if index + 1 < len(numbers) else None
    if alone and second and second.start < alone[1] and _TAIL.match(folded, second.end):
        # "20 đồng/hai mươi đồng": the next amount is no noun that this one is per
        alone = _with_currency(folded, first, floor, second.start)
    end = alone[1] if alone else first.end
    if second is not None:
        both = _with_currency(folded, second, end)
        start = alone[0] if alone else first.start
        if both is not None and _GAP.fullmatch(folded, end, both[0]):
            span = _opened(folded, start, both[1], floor, ranged=True)
            money = parse_money(folded[slice(*span)])
            if money is not None and money.upper is not None:
                return 2, span
        cents = _CENTS.match(folded, second.end)
        if alone and cents and folded[end : second.start] in {" ", " và "}:
            return 2, _opened(folded, alone[0], cents.end(), floor, ranged=False)
    return 1, _opened(folded, *alone, floor, ranged=False) if alone else None


def _with_currency(folded: str, number: NumberSpan, floor: int, limit: int | None = None) -> tuple[int, int] | None:
    """The span of a number with the currency before or after it, up to `limit`; None without one."""
    lead = _LEAD.search(folded, max(floor, number.start - _LOOK_BACK), number.start)
    tail = _TAIL.match(folded, number.end, len(folded) if limit is None else limit)
    if lead is None and tail is None:
        return None
    if tail is not None and tail["after"] == "đ" and number.value < _COIN_SIGN_LEAST:
        return None
    return lead.start() if lead else number.start, tail.end() if tail else number.end


def _opened(folded: str, start: int, end: int, floor: int, *, ranged: bool) -> tuple[int, int]:
    """The span with the comparators before it; `từ` of `từ A lên B` states a level and no bound."""
    window = max(floor, start - _LOOK_BACK)
    before = _COMPARATORS.search(folded, window, start)
    if before is None or (before.group().endswith("từ ") and not ranged and _LEVELS.match(folded, end)):
        return start, end
    return before.start(), end
