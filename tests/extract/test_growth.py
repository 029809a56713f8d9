"""Texts made to cost time: eight times as long, they take about eight times as long, and not its square."""

from time import process_time

import pytest

from .articles import read

UNITS = [
    "1,234,567,89,0,",
    "17 4028 365 ",
    "12 hộ, ",
    "3% - ",
    "1",
    "1.",
    "a.",
    "1-",
    "(2 hộ) ",
    "xã Tân Hòa ",
]
SHORT = 800
TIMES = 8
# of a square it would be eight times as much
SLACK = 5


def seconds(text: str) -> float:
    start = process_time()
    read(text)
    return process_time() - start


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length(unit: str) -> None:
    text = unit * (SHORT * TIMES // len(unit))
    read(text[:SHORT])
    short = max(min(seconds(text[:SHORT]) for _ in range(3)), 0.004)
    # once in two is enough, since others may share the core
    assert any(seconds(text) < short * TIMES * SLACK for _ in range(2))


@pytest.mark.parametrize("item", ["thôn 5 có 12 hộ nghèo; ", "vụ xuân 5 ha, vụ mùa 4 ha ngô; "])
def test_a_sentence_of_thousands_of_items_is_read_in_a_pass(item: str) -> None:
    """What looks back over the whole sentence for each figure costs little as long as a sentence has only hundreds."""
    short = seconds(item * 600)
    assert any(seconds(item * 2_400) < short * 4 * 2 for _ in range(2))


def test_lines_of_nothing_but_wide_blanks_are_passed_over() -> None:
    """Blanks that are not made one by reading a text ("\\u2003"), in lines that each are looked through once."""
    line = "\u2003" * 2_000
    short = max(min(seconds("\n".join([line] * 5)) for _ in range(2)), 0.004)
    assert seconds("\n".join([line * TIMES] * 5)) < short * TIMES * SLACK


def test_a_run_of_signs_is_read_once_where_a_text_names_a_file() -> None:
    run = "aZ3/Kd9+q"
    short = max(min(seconds(f"Tải về a.pdf\n{run * 300}") for _ in range(2)), 0.004)
    assert seconds(f"Tải về a.pdf\n{run * 300 * TIMES}") < short * TIMES * SLACK


@pytest.mark.parametrize("mark", [" (5%)", ' "5%"'])
def test_letters_without_a_blank_are_one_word_of_what_moved_most(mark: str) -> None:
    """Cut into words in every way, forty of them took seconds."""
    # the first text that a process reads pays for the tables
    assert min(seconds(f"Giá cả tăng cao nhất là {'a' * 40}{mark}.") for _ in range(2)) < 1
