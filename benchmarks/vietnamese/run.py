"""The readers of numbers and dates against those of `vietnam-number` and `dateparser`, and their speed on prose.

Run `python benchmarks/vietnamese/run.py`; it prints markdown. What is read is made here, from a fixed seed, so that the
right answer is known. A peer that is not installed is left out: `pip install vietnam-number dateparser` brings them.
"""

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from statistics import median

from civic_etl.vietnamese import (
    format_number,
    parse_date,
    parse_number,
    scan_dates,
    scan_money,
    scan_numbers,
    spell,
    split_sentences,
)

Case = tuple[str, object]
Reader = Callable[[str], object]
REFERENCE = date(2021, 1, 25)
CASES = 400
REPEATS = 5
ARTICLE_WORDS = 400
SENTENCE = (
    "Năm 2020, thu ngân sách trên địa bàn đạt 9 tỷ 130 triệu đồng, bằng 104,3% kế hoạch thành phố giao; "
    "tỷ lệ hộ nghèo còn 0,07%, thu nhập bình quân 45 triệu đồng/người/năm. Ngày 22/01, phường tổ chức hội nghị.\n"
)


def number_cases(dice: random.Random) -> dict[str, list[Case]]:
    """Numbers in the forms of speech and of the press, by form."""
    numbers = [dice.randrange(10 ** dice.randint(1, 12)) for _ in range(CASES)]
    hundredths = [Decimal(dice.randrange(1, 10**6)) / 100 for _ in range(CASES)]
    millions = [(dice.randint(1, 99), dice.randint(1, 999)) for _ in range(CASES)]
    return {
        "words, north": [(spell(number), Decimal(number)) for number in numbers],
        "words, south": [(spell(number, "south"), Decimal(number)) for number in numbers],
        "words with decimals": [(spell(value), value) for value in hundredths],
        "digits": [(format_number(Decimal(number)), Decimal(number)) for number in numbers],
        "digits and words": [(f"{a} tỷ {b} triệu", Decimal(a * 10**9 + b * 10**6)) for a, b in millions],
        "a half left over": [(f"{spell(a)} triệu rưỡi", Decimal(a * 10**6 + 500_000)) for a, _ in millions],
    }


def date_cases(dice: random.Random) -> dict[str, list[Case]]:
    """Days with their year, near the reference without it, and by their distance, by form."""
    days = [REFERENCE - timedelta(days=dice.randrange(4000)) for _ in range(CASES)]
    near = [REFERENCE - timedelta(days=dice.randrange(200)) for _ in range(CASES)]
    counts = [dice.randint(1, 30) for _ in range(CASES)]
    return {
        "22/01/2021": [(f"{day:%d/%m/%Y}", day) for day in days],
        "ngày 22 tháng 1 năm 2021": [(f"ngày {d.day} tháng {d.month} năm {d.year}", d) for d in days],
        "ngày 22/1": [(f"ngày {day.day}/{day.month}", day) for day in near],
        "chiều 22-1": [(f"chiều {day.day}-{day.month}", day) for day in near],
        "3 ngày trước": [(f"{count} ngày trước", REFERENCE - timedelta(days=count)) for count in counts],
    }


def number_readers() -> dict[str, Reader]:
    """Ours and the peer's."""
    readers: dict[str, Reader] = {"civic-etl": parse_number}
    try:
        peer = import_module("vietnam_number")
    except ImportError:
        return readers
    return readers | {"vietnam-number": lambda text: Decimal(peer.w2n(text))}


def date_readers() -> dict[str, Reader]:
    """Ours and the peer's, which is told the language and the reference day."""
    readers: dict[str, Reader] = {"civic-etl": lambda text: getattr(parse_date(text, REFERENCE), "start", None)}
    try:
        peer = import_module("dateparser")
    except ImportError:
        return readers
    settings = {
        "RELATIVE_BASE": datetime(2021, 1, 25, 12, tzinfo=UTC).replace(tzinfo=None),
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "past",
    }

    def read(text: str) -> object:
        found = peer.parse(text, languages=["vi"], settings=settings)
        return found.date() if found else None

    return readers | {"dateparser": read}


def share(reader: Reader, cases: list[Case]) -> float:
    """How many of the cases are read right; an exception is a wrong reading."""
    right = 0
    for text, wanted in cases:
        try:
            right += reader(text) == wanted
        except Exception:  # a peer may fail in its own way
            continue
    return right / len(cases)


def table(title: str, readers: dict[str, Reader], cases: dict[str, list[Case]]) -> None:
    """One row a form, one column a reader."""
    print(f"\n| {title} | {' | '.join(readers)} |\n| --- |{' --- |' * len(readers)}")
    for form, rows in cases.items():
        print(f"| {form} | {' | '.join(f'{share(reader, rows):.1%}' for reader in readers.values())} |")


def speed() -> None:
    """Milliseconds of processor time an article of 400 words, the median of several runs."""
    text = SENTENCE * (20 * ARTICLE_WORDS // len(SENTENCE.split()))
    articles = len(text.split()) / ARTICLE_WORDS
    print("\n| on running text | ms an article |\n| --- | --- |")
    for reader in (scan_numbers, lambda text: scan_dates(text, REFERENCE), scan_money, split_sentences):
        times = []
        for _ in range(REPEATS):
            start = time.process_time()
            reader(text)
            times.append(time.process_time() - start)
        name = getattr(reader, "__name__", "")
        print(f"| {'scan_dates' if name == '<lambda>' else name} | {median(times) / articles * 1000:.2f} |")


def main() -> None:
    """Print the tables."""
    dice = random.Random(2021)
    table("numbers read right", number_readers(), number_cases(dice))
    table("dates read right", date_readers(), date_cases(dice))
    speed()


if __name__ == "__main__":
    main()
