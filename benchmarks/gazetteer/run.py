"""The finder against vietnamadminunits' parser, against names that several units share, and against annotated articles.

`python benchmarks/gazetteer/run.py [ADDRESSES.csv ...]` measures all in one run, so that the ratios mean something
whatever the machine, prints markdown and writes it to RESULTS.md beside this file. Needs the extra `data` (the wheel).
The prose cases are those of the tests; the address cases those that the wheel's own page gives, and any CSV files with
the columns ward, district, province.
"""

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

from addresses import listed_addresses, page_addresses
from ambiguity import shared_names
from prose import gold, mentions, prose
from speed import speed

from civic_etl.gazetteer.gazetteer import shipped_gazetteer
from gazetteer.prose import read_cases

_RESULTS = Path(__file__).with_name("RESULTS.md")
_HEAD = """# One run of the gazetteer's benchmark

`python benchmarks/gazetteer/run.py [ADDRESSES.csv ...]` wrote this file on {today}, with vietnamadminunits {version}.
The finder was written against these prose cases, so its share there shows that nothing broke, not how it does on text
it never saw; the parser was written for addresses, not for prose. `s_legacy` and `t_legacy` are the lists of addresses
that the parser's own repository tests it with (`scripts/testing_package/data/input`, MIT). Times are of the processor.
"""


def main() -> None:
    """Run all parts, print them and write them down."""
    gazetteer, cases = shipped_gazetteer(), read_cases()
    parts = [
        _HEAD.format(today=date.today(), version=version("vietnamadminunits")),  # noqa: DTZ011
        prose(gazetteer, cases),
        mentions(gazetteer, cases),
        gold(gazetteer),
        page_addresses(gazetteer),
        *(listed_addresses(gazetteer, Path(path)) for path in sys.argv[1:]),
        shared_names(gazetteer),
        speed(gazetteer, cases),
    ]
    text = "\n".join(parts)
    print(text)
    _RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
