"""Which numbers name, order or date things and are therefore no facts."""

import re
from collections.abc import Iterable

from civic_etl.extract.inline_lists import list_markers
from civic_etl.extract.lexicon import read_data, unit_words
from civic_etl.extract.lost_blanks import lost_blank
from civic_etl.extract.no_figures import no_figures
from civic_etl.extract.patterns import compiled
from civic_etl.extract.phrases import PhraseTable
from civic_etl.extract.quantity import is_whole
from civic_etl.extract.spots import Stretches
from civic_etl.extract.tokens import TokenLine
from civic_etl.vietnamese.numbers import NumberSpan

_DOCUMENT = re.compile(r"\s*[-/]\s*(?:\d{4}\s*/\s*)?[A-ZĐ][A-ZĐa-z]*\b(?:\s*[-/]\s*[A-ZĐ]+)*")
_CALL = re.compile(r"(?:điện thoại|đường dây nóng|hotline|tổng đài|gọi|liên hệ)[^.;\n]*$")
_AGE_RANGE = re.compile(r"\s*(?:-|–|đến)\s*(?:dưới )?\d{1,2} (?:tháng )?tuổi")
_VICTIM = compiled("exclusions.yaml", "victim")
# a school or a cooperative of several with one name ("Trường THCS Phước Cát 1", "HTX nông nghiệp Phước Cát 2")
_SCHOOL = re.compile(
    r"(?:[Tt]iểu học|\bTH|THCS|THPT|[Mm]ầm non|[Mm]ẫu giáo"
    r"|(?:\bHTX|[Hh]ợp tác xã)(?: (?:nông nghiệp|dịch vụ|sản xuất))*+)"
    r"(?P<name>(?: [^\W\d_]+){1,3}) $"
)
_SEVERAL = 9
_NAME_REACH = 40
# "cấp 3" is a level, "cấp 356 thẻ" no more
_LEVELS = 12
_DOSES = 4
_CALL_REACH = 60
_BASES = frozenset({"ha", "hộ", "người", "héc ta", "hecta"})
# so many people, by which doctors, beds and the sick are told
_PEOPLE, _ROUND = frozenset({"dân", "người dân", "người"}), frozenset({1_000, 10_000, 100_000, 1_000_000})
_BY_PEOPLE = compiled("exclusions.yaml", "by_people")
_BY_REACH = 40
_FIRM, _OWNED, _FIRM_REACH = *(compiled("exclusions.yaml", key) for key in ("firm", "owned")), 40
_ALL = 100
# what cashew is measured by ("điều 690 ha" is no article of a law)
_CROPPED = frozenset({"ha", "héc ta", "hecta", "tấn", "tạ", "tạ / ha", "tấn / ha"})
# nouns that only carry what is counted ("02 bản kế hoạch")
_VEHICLES = frozenset({"bản", "cái", "tập", "lượt", "lần", "bộ"})
_PRIZE, _WON, _HELD = (compiled("exclusions.yaml", key) for key in ("prize", "won", "held"))
_WON_REACH = 60
_VOTED, _VOTED_REACH = compiled("exclusions.yaml", "voted"), 40
# places where the ground slid ("sạt lở 63 vị trí") are none of an office
_SLID, _SLID_REACH = compiled("quantities.yaml", "slid"), 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINAL_LETTER = re.compile(r"[A-Za-zĐđ](?![^\W\d_])")


class Exclusions:
    """The spans and neighbours that keep a number from being a fact, for one text.

    `named` are spans whose digits belong to a date, a place or a document.
    """

    def __init__(self, text: str, folded: str, line: TokenLine, named: Iterable[tuple[int, int]]) -> None:
        self._text = text
        self._folded = folded
        self._line = line
        data = read_data("exclusions.yaml")
        self._strong = _tables("strong", data)
        self._weak = _tables("weak", data)
        self._after = _tables("after", data)
        self._duration = _tables("duration", data)
        self._procedure = _tables("procedure", data)
        self._done = _tables("done", data)
        spans = sorted({*named, *no_figures(text, folded), *list_markers(text)})
        self._spans = Stretches(_merge(spans))

    def may_count(self, number: NumberSpan) -> bool:
        """Whether a number is not part of a name, a date, a code or a word."""
        if self._spans.cover(number.start) or self._glued(number):
            return False
        return not number.in_words or number.value >= 10 or self._counted_word(number)

    def _counted_word(self, number: NumberSpan) -> bool:
        """A small number in words counts before a unit or in a range; "một" ("một cửa", "một trong") of victims."""
        if number.value == 1 and _VICTIM.match(self._folded, number.end) is not None:
            return True
        if number.value <= 1 or (
            self._text[number.start : number.end].lower() in {"năm", "ba", "tư"} and not self._unit_after(number.end)
        ):
            return False
        return (
            self._unit_after(number.end)
            or re.match(r"\s*(?:đến|-|–)\s", self._folded[number.end : number.end + 6]) is not None
        )

    def _unit_after(self, end: int) -> bool:
        index = self._line.at_or_after(end)
        words = self._line.words
        return index < len(words) and unit_words().longest_at(words, index, min(index + 4, len(words))) is not None

    def _glued(self, number: NumberSpan) -> bool:
        """Letters or a hyphenated code right before or after the digits ("F0", "Covid-19", "27/NQ-HĐND")."""
        before = self._text[max(0, number.start - 2) : number.start]
        if before and (before[-1].isalpha() or before[-1] == "%") and not number.in_words:
            return not lost_blank(self._text, number.start)
        if len(before) == 2 and before[1] in "-–" and before[0].isalpha():
            return True
        if number.in_words:
            return False
        after = self._text[number.end : number.end + 12]
        if _DOCUMENT.match(after) and not re.match(r"\s*[-/]\s*[A-ZĐ][a-zà-ỹ]+\s", after):
            return True
        return bool(_ORDINAL_LETTER.match(after)) and after[0].isupper()

    def excludes(self, number: NumberSpan, end: int, has_unit: bool, noun: str, fraction: bool) -> bool:
        """Whether what stands around a number keeps it from being asserted; `end` is past its unit."""
        first, after = self._line.at_or_after(number.start), self._word_behind(number.end)
        counted_part = noun and number.start and fraction
        is_crop = noun in _CROPPED and first > 0 and self._line.words[first - 1] == "điều"
        if self._ends_before(self._strong, first) and not counted_part and not is_crop:
            return True
        if self._is_of_procedure(number, end, has_unit, fraction) or self._is_age_or_dose(number):
            return True
        if self._is_base(number, noun, first) or self._tells_owner(number, end):
            return True
        return not has_unit and self._is_bare_name(number, first, after, fraction)

    def _word_behind(self, end: int) -> int:
        """The index of the word behind a number; that behind the last one where its line or table cell ends with it."""
        after, words = self._line.at_or_after(end), len(self._line.words)
        between = self._text[end : self._line.starts[after]] if after < words else ""
        return words if "\n" in between or "\t" in between else after

    def _is_of_procedure(self, number: NumberSpan, end: int, has_unit: bool, fraction: bool) -> bool:
        """Whether a number counts what a meeting or an office deals with ("02 bản kế hoạch")."""
        unit = self._text[number.end : end].strip()
        if not is_whole(number.value) or (fraction and self._is_of_done(number, end)) or self._is_won(number):
            return False
        if _SLID.search(self._folded, max(0, number.start - _SLID_REACH), number.start) is not None:
            return False
        counts = not has_unit or (end > number.end and unit not in {"%", "‰"})
        # "7/7 phiếu", but "5/8 khoản thu"
        counted = end if fraction and not has_unit and self._text[end : end + 6] != " khoản" else number.end
        if counts and self._starts_at(self._procedure, self._word_behind(counted)):
            return True
        return unit.lower() in _VEHICLES and self._starts_at(self._procedure, self._word_behind(end))

    def _is_won(self, number: NumberSpan) -> bool:
        """Whether so many prizes were won, or contests held, and none handed out ("giành 9 huy chương vàng")."""
        prize = _PRIZE.match(self._folded, number.end)
        if prize is None:
            return False
        clause = self._folded[max(0, number.start - _WON_REACH) : number.start]
        return (_HELD if prize["contest"] else _WON).search(clause) is not None

    def _is_of_done(self, number: NumberSpan, end: int) -> bool:
        """Whether so many of all that was to be done were ("15/17 nhiệm vụ"), and not so many put to the vote."""
        if _VOTED.search(self._folded, max(0, number.start - _VOTED_REACH), number.start) is not None:
            return False
        return any(self._starts_at(self._done, self._line.at_or_after(at)) for at in (number.end, end))

    def _is_base(self, number: NumberSpan, noun: str, first: int) -> bool:
        """Whether a number is the one that a rate is by ("trên 1 ha", "bác sĩ trên 10.000 dân")."""
        if noun in _PEOPLE and number.value in _ROUND:
            return _BY_PEOPLE.search(self._folded, max(0, number.start - _BY_REACH), number.start) is not None
        if number.value != 1 or number.in_words or noun not in _BASES:
            return False
        return first > 0 and self._line.words[first - 1] == "trên"

    def _tells_owner(self, number: NumberSpan, end: int) -> bool:
        """Whether a percentage only says whose firms are ("doanh nghiệp 100% vốn nước ngoài")."""
        if number.value != _ALL or _OWNED.match(self._folded, end) is None:
            return False
        return _FIRM.search(self._folded, max(0, number.start - _FIRM_REACH), number.start) is not None

    def _is_bare_name(self, number: NumberSpan, first: int, after: int, fraction: bool) -> bool:
        """Whether a number without a unit is a telephone's, an ordinal, a length of time or a year."""
        if _CALL.search(self._folded, max(0, number.start - _CALL_REACH), number.start):
            return True
        if number.value <= _SEVERAL and not fraction and self._is_of_several(number):
            return True
        grouped = "." in self._text[number.start : number.end] and number.value >= 1000
        issued = number.value > _LEVELS and first > 0 and self._line.words[first - 1] == "cấp"
        if self._ends_before(self._weak, first) and not grouped and not issued:
            return True
        if self._starts_at(self._after, after) or self._starts_at(self._duration, after):
            return True
        return not fraction and _YEAR.fullmatch(self._text[number.start : number.end]) is not None

    def _is_of_several(self, number: NumberSpan) -> bool:
        """Whether a number ends the name of a school or a cooperative, all of whose words are written large."""
        named = _SCHOOL.search(self._text, max(0, number.start - _NAME_REACH), number.start)
        if named is None:
            return False
        return all(word[0].isupper() for word in named["name"].split())

    def _is_age_or_dose(self, number: NumberSpan) -> bool:
        """Whether a number is a bound of an age or tells which dose ("12 - 17 tuổi", "ít nhất 01 mũi")."""
        if _AGE_RANGE.match(self._folded, number.end) is not None:
            return True
        return number.value <= _DOSES and self._folded.startswith("mũi", number.end + 1)

    def could_be_noun(self, word: str) -> bool:
        """Whether a word after a bare number may be what it counts."""
        return word not in _FUNCTION_WORDS

    def _ends_before(self, table: PhraseTable[str], index: int) -> bool:
        if index and self._spans.cover(self._line.starts[index - 1]):
            # "xã Vũ Quý 14 hộ": the word is of a name
            return False
        starts = self._line.starts
        if index and index < len(starts) and "\t" in self._text[starts[index - 1] : starts[index]]:
            # the cell before it ends there
            return False
        return bool(table.ending_at(self._line.words, index, max(index - 5, 0)))

    def _starts_at(self, table: PhraseTable[str], index: int) -> bool:
        words = self._line.words
        found = table.longest_at(words, index, min(index + 6, len(words))) if index < len(words) else None
        return found is not None and bool(found[1])


_CACHE: dict[str, PhraseTable[str]] = {}
_FUNCTION_WORDS = frozenset(read_data("function_words.yaml"))


def _tables(key: str, data: dict[str, list[str]]) -> PhraseTable[str]:
    """The phrases of a key, and, without a payload, longer words that only begin like one of them."""
    if key not in _CACHE:
        longer = data["not_procedure"] if key == "procedure" else []
        _CACHE[key] = PhraseTable([*((phrase, key) for phrase in data[key]), *((phrase, "") for phrase in longer)])
    return _CACHE[key]


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
