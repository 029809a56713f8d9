"""The Vietnamese language primitives: spelling, numbers, money, dates and sentences; they know nothing of the stages.

`parse_*` read one whole text, `scan_*` find all in a running text with their offsets.
"""

from civic_etl.vietnamese.dates import DateSpan, parse_date, scan_dates
from civic_etl.vietnamese.fold import fold, fold_ascii, fold_same_length
from civic_etl.vietnamese.money import Money, parse_money
from civic_etl.vietnamese.money_scan import scan_money
from civic_etl.vietnamese.numbers import NumberSpan, format_number, parse_number, scan_numbers, spell
from civic_etl.vietnamese.sentences import split_sentences

__all__ = [
    "DateSpan",
    "Money",
    "NumberSpan",
    "fold",
    "fold_ascii",
    "fold_same_length",
    "format_number",
    "parse_date",
    "parse_money",
    "parse_number",
    "scan_dates",
    "scan_money",
    "scan_numbers",
    "spell",
    "split_sentences",
]
