"""The finder against vietnamadminunits' parser, and against names that several units share.

Run `python benchmarks/gazetteer/run.py`; it prints markdown. Everything is measured in one run, so that the ratios mean
something whatever the machine. Needs the extra `data` (the wheel). The prose cases are those of the tests, the address
cases those that the wheel's own page gives.
"""

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from importlib.metadata import metadata
from pathlib import Path
from statistics import median
from typing import TypeVar

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from vietnamadminunits import parse_address  # noqa: E402

from civic_etl.gazetteer.gazetteer import Gazetteer, shipped_gazetteer  # noqa: E402
from civic_etl.gazetteer.units import COMMUNE, REFORM, Unit  # noqa: E402
from gazetteer.prose import Case, read_cases, written  # noqa: E402

T = TypeVar("T")
EVE = REFORM - timedelta(days=1)
_REPEATS = 5
_ARTICLE_WORDS = 400
_ADDRESS = re.compile(r"^\s*(?:address = )?'([^']*,[^']*)',?(?:\s*#.*)?$", re.MULTILINE)


def main() -> None:
    """Run all parts."""
    begun = time.perf_counter()
    gazetteer = shipped_gazetteer()
    gazetteer.find("Phường Đức Xuân, thành phố Bắc Kạn", EVE)
    print(f"Load and first search: {time.perf_counter() - begun:.2f} s\n")
    cases = read_cases()
    prose(gazetteer, cases)
    addresses(gazetteer)
    shared_names(gazetteer)
    article_speed(gazetteer, cases)


# prose ---------------------------------------------------------------------------------------------------------------


def prose(gazetteer: Gazetteer, cases: Sequence[Case]) -> None:
    """The tests' prose cases: what each tool makes of a sentence."""
    single = [case for case in cases if _only_unit(gazetteer, case) is not None]
    none = [case for case in cases if not case.places]
    ours = _share(single, lambda case: _unit_found(gazetteer, case) == _only_unit(gazetteer, case))
    theirs = _share(single, lambda case: _parsed(case.text, case.day) == _code(_only_unit(gazetteer, case)))
    our_traps = _share(none, lambda case: not gazetteer.find(case.text, case.day, case.near, case.site))
    their_traps = _share(none, lambda case: _parsed(case.text, case.day) is None)
    our_time = _seconds(lambda case: gazetteer.find(case.text, case.day, case.near, case.site), cases)
    their_time = _seconds(lambda case: _parsed(case.text, case.day), cases)
    print("| prose | cases | civic-etl | vietnamadminunits |\n| --- | --- | --- | --- |")
    print(f"| the one unit named is found | {len(single)} | {ours:.0%} | {theirs:.0%} |")
    print(f"| no place is found where none is named | {len(none)} | {our_traps:.0%} | {their_traps:.0%} |")
    print(f"| time per sentence, relative | {len(cases)} | 1 | {their_time / our_time:.1f} |\n")


def _only_unit(gazetteer: Gazetteer, case: Case) -> Unit | None:
    """The unit of a case that names just one, by its full name."""
    if len(case.places) != 1 or "[" in case.places[0]:
        return None
    name = case.places[0].split(" => ")[1]
    units = [unit for unit in gazetteer.matching(name) if unit.on(case.day)]
    return units[0] if len(units) == 1 else None


def _unit_found(gazetteer: Gazetteer, case: Case) -> Unit | None:
    spans = gazetteer.find(case.text, case.day, case.near, case.site)
    return spans[0].unit if [written(span) for span in spans] == list(case.places) else None


def _code(unit: Unit | None) -> tuple[int, str] | None:
    return None if unit is None else (unit.level, unit.code)


def _parsed(text: str, day: date) -> tuple[int, str] | None:
    """Level and code of the unit that the wheel's parser reads in a text; None where it reads none."""
    try:
        parsed = parse_address(text, mode="LEGACY" if day < REFORM else "FROM_2025")
    except (ValueError, KeyError, AttributeError, TypeError, IndexError):
        return None
    if parsed is None:
        return None
    for level, name in ((3, "ward_code"), (2, "district_code"), (1, "province_code")):
        if code := getattr(parsed, name, None):
            return level, code
    return None


# addresses -----------------------------------------------------------------------------------------------------------


def addresses(gazetteer: Gazetteer) -> None:
    """The addresses that the wheel's page gives as examples; right is what its own parser makes of them."""
    found = list(dict.fromkeys(_published_addresses()))
    agree = written_out = 0
    for address in found:
        right = [_parsed(address, EVE), _parsed(address, REFORM)]
        ours = {_code(span.unit) for day in (EVE, REFORM) for span in gazetteer.find(address, day) if span.unit}
        agree += bool(ours & {code for code in right if code})
        written_out += any(character.isupper() for character in address.split(",", 1)[1])
    our_time = _seconds(lambda address: gazetteer.find(address, EVE), found)
    their_time = _seconds(lambda address: _parsed(address, EVE), found)
    print("| addresses of the wheel's page | cases | civic-etl | vietnamadminunits |\n| --- | --- | --- | --- |")
    print(f"| read as its parser reads them | {len(found)} | {agree / len(found):.0%} | 100% |")
    print(f"| time per address, relative | {len(found)} | 1 | {their_time / our_time:.1f} |")
    print(f"\n{len(found) - written_out} of them have no capitals: typed by hand, not prose.\n")


def _published_addresses() -> Iterator[str]:
    page = str(metadata("vietnamadminunits").json["description"])
    for match in _ADDRESS.finditer(page):
        yield match.group(1)


# names that several units share --------------------------------------------------------------------------------------


def shared_names(gazetteer: Gazetteer) -> None:
    """Every commune of a day, named in a sentence with more and more beside it."""
    print(
        "| communes, named with their type | day | share a name | found | ambiguous | wrong |\n"
        "| --- | --- | --- | --- | --- | --- |"
    )
    for day in (EVE, REFORM):
        communes = gazetteer.units_on(day, COMMUNE)
        shared = _share_of_shared_names(communes)
        for label, text, site in _settings(gazetteer, day):
            results = [_outcome(gazetteer, unit, text(unit), site(unit), day) for unit in communes]
            rates = [f"{results.count(kind) / len(results):.1%}" for kind in ("found", "ambiguous", "wrong")]
            print(f"| {label} | {day} | {shared:.1%} | {' | '.join(rates)} |")
    print()


def _share_of_shared_names(communes: Sequence[Unit]) -> float:
    names: dict[str, int] = {}
    for unit in communes:
        names[unit.core_name] = names.get(unit.core_name, 0) + 1
    return sum(count for count in names.values() if count > 1) / len(communes)


def _settings(
    gazetteer: Gazetteer, day: date
) -> Iterator[tuple[str, Callable[[Unit], str], Callable[[Unit], str | None]]]:
    def alone(unit: Unit) -> str:
        return f"Hội nghị tại {unit.type.lower()} {unit.core_name} bắt đầu."

    def province(unit: Unit) -> str:
        return gazetteer.full_name(gazetteer.ancestors(unit, day)[-1], day)

    def parent(unit: Unit) -> str:
        return gazetteer.full_name(gazetteer.ancestors(unit, day)[0], day)

    yield "nothing beside it", alone, lambda _: None
    yield "the province's site", alone, province
    if day < REFORM:
        yield "the district's site", alone, parent
    yield "its parent named after it", lambda unit: f"Hội nghị tại {gazetteer.full_name(unit, day)}.", lambda _: None


def _outcome(gazetteer: Gazetteer, unit: Unit, text: str, site: str | None, day: date) -> str:
    spans = gazetteer.find(text, day, site_area=site)
    if not spans or spans[0].status in {"ambiguous", "unlisted"}:
        return "ambiguous"
    return "found" if spans[0].unit == unit else "wrong"


# speed ---------------------------------------------------------------------------------------------------------------


def article_speed(gazetteer: Gazetteer, cases: Sequence[Case]) -> None:
    """An article of about 400 words, sewn together from the cases of one day's era."""
    sentences = [case.text for case in cases if case.day < REFORM and case.group != "spelling"]
    words = " ".join(sentences).split()
    texts = [
        " ".join(words[at : at + _ARTICLE_WORDS]) for at in range(0, len(words) - _ARTICLE_WORDS, _ARTICLE_WORDS // 4)
    ]
    plain = f"{' '.join(words[:40])} " + "nhân dân phấn khởi thi đua lao động sản xuất đạt kết quả cao " * 30
    dense = median(_seconds(lambda text: gazetteer.find(text, EVE), [text]) for text in texts)
    thin = _seconds(lambda text: gazetteer.find(text, EVE), [" ".join(plain.split()[:_ARTICLE_WORDS])])
    theirs = _seconds(lambda text: _parsed(text, EVE), texts[:1])
    print("| an article of 400 words | milliseconds |\n| --- | --- |")
    print(f"| dense: a place in every sentence | {dense * 1000:.2f} |")
    print(f"| like a report: places in its first tenth | {thin * 1000:.2f} |")
    print(f"| vietnamadminunits' parser, once on the whole text | {theirs * 1000:.2f} |")


def _seconds(work: Callable[[T], object], items: Sequence[T]) -> float:
    """Seconds per item, best of several rounds."""
    return min(_round(work, items) for _ in range(_REPEATS)) / len(items)


def _round(work: Callable[[T], object], items: Sequence[T]) -> float:
    begun = time.perf_counter()
    for item in items:
        work(item)
    return time.perf_counter() - begun


def _share(items: Sequence[T], holds: Callable[[T], bool]) -> float:
    return sum(map(holds, items)) / len(items)


if __name__ == "__main__":
    main()
