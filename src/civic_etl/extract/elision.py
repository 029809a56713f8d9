"""Figures whose words are left out: they go on from the figure before."""

import re
from bisect import bisect_left
from collections.abc import Iterable

from civic_etl.extract.brackets import opening
from civic_etl.extract.context import Context
from civic_etl.extract.layout import Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.numbered_places import lists_places
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.quantity import is_whole

_DATA = read_data("elision.yaml")
_JOINTS = re.compile(rf"(?:[\s,;–-]|\b(?:{'|'.join(_DATA['joints'])})\b)*")
_TIMED_JOINTS = re.compile(rf"(?:[\s,;:(–-]|\b(?:{'|'.join([*_DATA['joints'], *_DATA['timed_joints']])})\b)*")
_RATIO_OPENING = re.compile(rf"(?:[\s,]|\b(?:{'|'.join(_DATA['ratio_openings'])})\b)+")
_SUMMED_UP = re.compile(rf"\s*(?:{'|'.join(_DATA['summed_up'])})\b")
_STATE = re.compile(rf"\s*(?:{'|'.join(_DATA['states'])})\b")
_BESIDE_NAMES = re.compile(rf"(?:[\s,;:.()–-]|\b(?:{'|'.join(_DATA['beside_names'])})\b)*")
_BESIDE_TIMES = re.compile(rf"(?:[\s,;:.()–-]|\b(?:{'|'.join(_DATA['beside_times'])})\b)*")
_MOVED, _MOVED_REACH = re.compile(r"\b(?:tăng|giảm) (?:thêm )?$"), 12
_CLASS = re.compile(_DATA["class"])
_IN_PERCENT = re.compile(r"\s*\(\s*[\d.,]+\s*%")
_WHOLE = re.compile(r"\(\s*(?:toàn|cả) (?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)\b")
_NO_NAMES = frozenset(_DATA["no_names"])
_WORD = re.compile(r"[^\W\d_]+")
# around a place and its bare number, in a list of them
_OPENS_ITEM = re.compile(
    r"(?:[(,;:]|\bvà|\bcùng|\b(?:tại|ở|là|đó|gồm)) *(?:(?:xã|phường|thị trấn|huyện|tỉnh|tp|thành phố) )?$"
)
_BEHIND_NAME = re.compile(r"[ :]*(?:\([ :]*[+–-]?[ :]*)?")
_CLOSES_ITEM = re.compile(r"\s*\)?\s*(?:[,;).…]|và\b|$)")
_LONGEST_OPENING = 60
_BRACKET_REACH = 120
# what opens a list of the parts of a count, what stands before the first number of it, and what behind that
_LIST_LEAD, _LISTED = re.compile(_DATA["list_lead"]), re.compile(_DATA["listed"])
_ENDS_LISTED = re.compile(r"\s*(?:[,;)]|\.(?!\d)|và\b|$)")
# units of what is measured, and may be no whole number
_MEASURED = frozenset({"ha", "tonne", "km", "m3"})
_COUNTED = frozenset(_DATA["counted_units"])


class Elision:
    """Reads what is left out in one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._cues = sorted((cue.start, cue.end) for cue in context.periods)
        self._names = sorted(context.names)

    def continues(self, quantity: Quantity, before: Quantity) -> bool:
        """Whether nothing but joints, times and the bounds of a class stand between two figures of one unit.

        ("67,1% năm 2021, 62,4% năm 2022", "thiệt hại trên 70% là 17 ha, từ 30 - 70% là 9 ha")
        """
        if quantity.unit != before.unit or quantity.parallel is not None or not 0 < quantity.start - before.end <= 60:
            return False
        rest = self._without_times(before.end, quantity.start)
        if quantity.unit != "percent":
            rest = _CLASS.sub("", rest, 1)
        timed = len(rest) < quantity.start - before.end
        return (_TIMED_JOINTS if timed else _JOINTS).fullmatch(rest) is not None

    def only_place(self, start: int, end: int) -> bool:
        """Whether a gap names a place, or when, too, and says nothing else ("..., ngược lại xã Tự Cường chỉ 2,1%")."""
        if end - start > 110:
            return False
        listed = [span for span in self._names[bisect_left(self._names, (start, 0)) :] if span[0] < end]
        text = self._context.text
        # names that no table lists
        written = [
            match.span()
            for match in _WORD.finditer(text, start, end)
            if match[0][0].isupper()
            and match[0].lower() not in _NO_NAMES
            and self._is_named(match.start(), match.end())
        ]
        named = [*listed, *written]
        inside = sorted([*named, *self._cues_within(start, end)])
        # "(toàn huyện là 3%)"
        told = bool(named) or _WHOLE.search(self._context.folded, start, end) is not None
        return told and _BESIDE_NAMES.fullmatch(self._without(inside, start, end)) is not None

    def only_time(self, start: int, end: int) -> bool:
        """Whether a gap names a time and says nothing else ("Lũy kế quý I đạt 12 tỷ đồng")."""
        rest = self._without_times(start, end)
        return len(rest) < end - start and len(rest) < 40 and _BESIDE_TIMES.fullmatch(rest) is not None

    def opens_with_ratio(self, quantity: Quantity, sentence: Sentence) -> bool:
        """Whether a sentence has no subject before its first figure ("Đạt 99,13% so với kế hoạch").

        Nor one that sums up ("Cộng dồn 8 tháng bằng 108,62% so với cùng kỳ").
        """
        opening = self._context.folded[sentence.start : quantity.start]
        if _SUMMED_UP.match(opening) is not None:
            opening = _SUMMED_UP.sub("", self._without_times(sentence.start, quantity.start))
        return 0 < len(opening) <= 60 and _RATIO_OPENING.fullmatch(opening) is not None

    def counted_unit(self, quantity: Quantity, before: Quantity, floor: int) -> str:
        """The unit that a bare number takes over from the count before it; "" where it does not.

        ("1.031 hoàn thành tốt nhiệm vụ, 28 hoàn thành nhiệm vụ")
        """
        if self.of_place(quantity, before, floor) or self._moved(quantity, before):
            return before.unit
        if quantity.unit not in {"", "unit"} or before.unit not in _COUNTED or quantity.noun:
            return ""
        if not is_whole(quantity.value) and not quantity.ambiguous:
            return ""
        folded = self._context.folded
        if quantity.unit == "unit" and not self.tells_state(quantity):
            return ""
        gap = folded[max(before.end, floor) : quantity.start]
        if (
            len(gap) > 70
            or any(c.isdigit() or c in ".\n" for c in gap)
            or folded[quantity.number_end : quantity.number_end + 1] in {"-", "/"}
            or (folded.startswith(")", quantity.number_end) and not _ends_list(folded, quantity.start, gap))
        ):
            return ""
        if before.unit == "party_cell" and "đảng viên" in gap:
            # "45 chi bộ; trong đó đảng viên chính thức 380"
            return "party_member"
        return (
            before.unit
            if re.search(r"[,;(:]|\bvà\b|\bcó\b|\blà\b|\bhình thức\b", gap) and not gap.rstrip().endswith(("-", "/"))
            else ""
        )

    def listed_unit(self, quantity: Quantity, sentence: Sentence, counts: Iterable[Quantity]) -> str:
        """The unit of a bare number in a sentence that only lists the parts of what was counted before it.

        ("lập biên bản 64 trường hợp. Phân tích lỗi: quá tốc độ 41, nồng độ cồn 12")
        """
        if quantity.unit or quantity.noun or not is_whole(quantity.value) or quantity.denominator is not None:
            return ""
        folded = self._context.folded
        lead = _LIST_LEAD.match(folded, sentence.start, quantity.start)
        if lead is None or quantity.start - lead.end() > _LONGEST_OPENING:
            return ""
        if _LISTED.fullmatch(folded, lead.end(), quantity.start) is None:
            return ""
        if _ENDS_LISTED.match(folded, quantity.end) is None:
            return ""
        return next((q.unit for q in counts if q.unit in _COUNTED and q.value >= quantity.value), "")

    def lists_places(self, quantity: Quantity, sentence: Sentence) -> bool:
        """Whether a figure is the first of a sentence that only lists places, each with its number in brackets."""
        return lists_places(self._context, self._names, quantity, sentence)

    def placed_unit(self, quantity: Quantity, sentence: Sentence, counts: Iterable[Quantity]) -> str:
        """The unit of the first number of such a list, from the last count before it that it may be a part of."""
        if not self.lists_places(quantity, sentence):
            return ""
        return next((q.unit for q in counts if q.unit in _COUNTED and q.value >= quantity.value), "")

    def of_place(self, quantity: Quantity, before: Quantity, floor: int) -> bool:
        """Whether a bare number right behind a name goes on with a count, one place after the other.

        ("6 tàu bị chìm (Cà Mau 2, Bình Định 1)", "221 ca, nhiều nhất ở Hồng Dân (50), Vĩnh Lợi (18)")
        """
        if quantity.unit or quantity.noun or before.unit in {"", "percent", "VND"}:
            return False
        if not is_whole(quantity.value) and before.unit not in _MEASURED:
            return False
        start = max(before.end, floor)
        index = bisect_left(self._names, (quantity.start, 0)) - 1
        name = self._names[index] if index >= 0 else (0, 0)
        folded = self._context.folded
        if name[0] < start or _BEHIND_NAME.fullmatch(folded, name[1], quantity.start) is None:
            return False
        if _CLOSES_ITEM.match(folded, quantity.end) is None:
            return False
        opening = folded[start : name[0]]
        return _OPENS_ITEM.search(opening) is not None and len(opening) < _LONGEST_OPENING and "." not in opening

    def _moved(self, quantity: Quantity, before: Quantity) -> bool:
        """Whether a bare number is by how many a count moved, told again in percent ("tăng 4.150 (7%)")."""
        if quantity.unit or quantity.noun or before.unit not in _COUNTED:
            return False
        folded = self._context.folded
        moved = _MOVED.search(folded, max(0, quantity.start - _MOVED_REACH), quantity.start) is not None
        return moved and _IN_PERCENT.match(folded, quantity.end) is not None

    def tells_state(self, quantity: Quantity) -> bool:
        """Whether what became of so many is told right behind their number."""
        return _STATE.match(self._context.folded, quantity.end) is not None

    def _is_named(self, start: int, end: int) -> bool:
        """Whether a capitalised word is of a name: no sentence begins with it, or the next word has a capital, too."""
        follows = self._context.text[end : end + 2]
        return not self._opens(start) or (follows[:1] == " " and follows[1:].isupper())

    def _opens(self, position: int) -> bool:
        """Whether a word is capitalised because a sentence begins."""
        before = self._context.text[max(0, position - 4) : position].rstrip(' "“-+*')
        return not before or before[-1] in ".!?\n"

    def _cues_within(self, start: int, end: int) -> list[tuple[int, int]]:
        return self._cues[bisect_left(self._cues, (start, 0)) : bisect_left(self._cues, (end, 0))]

    def _without_times(self, start: int, end: int) -> str:
        return self._without(self._cues_within(start, end), start, end)

    def _without(self, spans: list[tuple[int, int]], start: int, end: int) -> str:
        pieces: list[str] = []
        position = start
        for a, b in spans:
            if a >= end:
                break
            pieces.append(self._context.folded[position:a])
            position = max(position, b)
        pieces.append(self._context.folded[min(position, end) : end])
        return "".join(pieces)


def _ends_list(folded: str, start: int, gap: str) -> bool:
    """Whether a number in front of a closing bracket ends a list in brackets ("(khiển trách 6, cảnh cáo 3)")."""
    return _WORD.search(gap) is not None and opening(folded, start, max(0, start - _BRACKET_REACH)) >= 0
