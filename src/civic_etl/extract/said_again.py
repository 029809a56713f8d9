"""Amounts that brackets right behind them only say again, in words ("21.000.000đ (hai mươi mốt triệu đồng)")."""

from itertools import pairwise

from civic_etl.extract.quantity import Quantity


def without_said_again(quantities: list[Quantity], folded: str) -> list[Quantity]:
    """The figures of a text in order, without those in words that repeat the one before the brackets they stand in."""
    again = {
        id(other)
        for one, other in pairwise(quantities)
        if (one.value, one.unit) == (other.value, other.unit)
        and folded[one.end : other.start].strip() == "("
        and not any(letter.isdigit() for letter in folded[other.start : other.end])
    }
    return [each for each in quantities if id(each) not in again] if again else quantities
