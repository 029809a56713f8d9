"""What stands around a bare name and says that it is a place, or that it is none."""

import re
from bisect import bisect_left
from collections.abc import Container

from civic_etl.gazetteer.finding.called import is_called_unit
from civic_etl.gazetteer.finding.scan import Scanner

_DATELINE = ("-", "–", ":", ",", ")")
_DASHES = frozenset({" - ", " – ", "-", "–"})
_LOOK_BACK = 3
_LONGEST_ASIDE = 60
# so many names before one tell what a list is of
_LONGEST_LIST = 4
_SENTENCE_ENDS = frozenset(".;!?…")
_BEFORE_FIGURES = frozenset({" ", " (", "(", ": ", " : "})
_YEARS_OLD = re.compile(r"\s*\(?\s*(?:\d+ tuổi|sinh năm|sn)")


class Evidence:
    """Judges the surroundings of bare names in one text."""

    def __init__(self, scanner: Scanner) -> None:
        self._lexicon = scanner.lexicon
        self._tokens = scanner.tokens
        self._names = scanner.names

    def opens_run(self, at: int, taken: Container[int]) -> bool:
        """Whether a token begins a run of capitals, words that only open a sentence left aside."""
        tokens = self._tokens
        if not tokens.blank_before(at) or at - 1 in taken or not tokens.capital(at - 1) or self._of_body(at):
            return True
        return tokens.keys[at - 1] in self._lexicon.words["openers"] and (
            at < 2 or not tokens.blank_before(at - 1) or not tokens.capital(at - 2)
        )

    def _of_body(self, at: int) -> bool:
        """Whether a name stands right behind a body that is named after its place: `BHXH Nghệ An`."""
        tokens = self._tokens
        return (
            tokens.blank_before(at)
            and tokens.capital(at - 1)
            and not tokens.shouted(at)
            and tokens.keys[at - 1] in self._lexicon.words["body_before"]
        )

    def barred(self, at: int, ends: Container[int] = ()) -> bool:
        """Whether what stands before says that it is a person, a street, a school, a river, or one of such a list.

        ("các khu du lịch Hồ Tràm, Bình Châu"; "cao tốc Nội Bài - Lào Cai"); `ends` close the places before it.
        """
        tokens, routes = self._tokens, self._lexicon.words["routes"]
        first = at
        for _ in range(_LONGEST_LIST):
            called = self._called_otherwise(at)
            if called is not None:
                runs = tokens.gap(first) in _DASHES and " ".join(tokens.keys[called:at]) in routes
                return at == first or runs or self._tells_several(called)
            if at < 1 or not tokens.capital(at - 1):
                return False
            if tokens.gap(at) not in _DASHES and (at in ends or tokens.gap(at) != ", "):
                return False
            at -= 1
            while tokens.blank_before(at) and tokens.capital(at - 1):
                at -= 1
        return False

    def _tells_several(self, at: int) -> bool:
        """Whether the words before a token say that several are named from it on ("các", "3")."""
        before = self._tokens.keys[at - 1] if self._tokens.blank_before(at) else ""
        return before in self._lexicon.words["several"] or before.isdigit()

    def _called_otherwise(self, at: int) -> int | None:
        """Where the words begin that say right before a name that it is no place; None where there are none."""
        tokens = self._tokens
        for count in range(1, min(_LOOK_BACK, at) + 1):
            gap = tokens.gap(at - count + 1)
            if "\n" in gap or gap.strip() not in ("", ".", "/"):
                return None
            before = " ".join(tokens.keys[at - count : at])
            if before in self._lexicon.not_a_place_before:
                # "Huyện miền núi Quảng Nam": no mountain
                qualifies = count < at and f"{tokens.keys[at - count - 1]} {before}" in self._lexicon.qualifier_names
                return None if qualifies else at - count
        return None

    def dateline(self, at: int, last: int) -> bool:
        """Whether a name opens a line and is set off: `Chợ Gạo - `, `(Ba Tri) `, `Bắc Kạn, ngày`."""
        tokens = self._tokens
        if not tokens.line_start(at) or last >= tokens.size:
            return False
        after = tokens.gap_after(last - 1).strip()
        return after.startswith(_DATELINE) and not (after == "," and tokens.keys[last] not in {"ngày", "sáng", "chiều"})

    def placed(self, at: int, last: int, ends: Container[int]) -> bool:
        """Whether a name of the site's area is a place by what stands around it; `ends` close the places before it."""
        tokens = self._tokens
        if tokens.shouted(at) or self._one_of_two(last) or _YEARS_OLD.match(tokens.folded, tokens.ends[last - 1]):
            return False
        if self.measured(last) or self.listed(at, ends) or is_called_unit(tokens, self._lexicon, last):
            return True
        before = tokens.keys[at - 1] if tokens.blank_before(at) else ""
        told = (
            last < tokens.size and tokens.blank_before(last) and tokens.keys[last] in self._lexicon.words["predicates"]
        )
        # an item of a list: "A thực hiện 1.000 ha, bằng 99%; B thực hiện 2.500 ha"
        if (
            before in self._lexicon.words["surely_before"]
            or self._of_body(at)
            or (told and tokens.gap(at).rstrip().endswith(";"))
            or (self._tells_figure(last) and tokens.gap(at).rstrip().endswith((":", ";")))
        ):
            return True
        if told and before in self._lexicon.words["of_places"] and self._tells_figure(last):
            return True
        # from here on it may be a person just as well, if it begins like one
        if tokens.keys[at] in self._lexicon.words["family_names"]:
            return False
        if tokens.line_start(at) or before in self._lexicon.place_before:
            return True
        if tokens.gap(at).strip() in {"(", ":"}:
            return True
        return told and (self._opens_sentence(at) or before in self._lexicon.words["contrast"])

    def leads_list(self, at: int, last: int, keys: Container[str]) -> bool:
        """Whether another of some names goes on a list that a name opens: `Luận Thành, Vạn Xuân 8/19 tiêu chí`.

        Names that persons may have are enough only where a figure follows.
        """
        tokens = self._tokens
        place = bisect_left(tokens.capitals, last)
        following = tokens.capitals[place] if place < len(tokens.capitals) else tokens.size
        if following >= tokens.size or tokens.shouted(at):
            return False
        if not self.goes_on(last, following):
            return False
        names = self._lexicon.words["family_names"]
        after = self._names.run_end(following)
        # "Vạn Xuân 8/19": the number is not the name's
        after -= tokens.keys[after - 1].isdigit()
        key = " ".join(tokens.keys[following:after])
        if key not in keys or " " not in key:
            return False
        return self.measured(after) or (tokens.keys[at] not in names and tokens.keys[following] not in names)

    def measured(self, last: int) -> bool:
        """Whether a number follows at once: `Sơn Động 47,5%`, `Lâm Ca (486 ha)`, `Thái Thụy với 900 ha`."""
        tokens = self._tokens
        if last + 1 < tokens.size and tokens.keys[last] in self._lexicon.words["with"] and tokens.gap(last) == " ":
            last += 1
        return last < tokens.size and tokens.keys[last].isdigit() and tokens.gap(last) in _BEFORE_FIGURES

    def _tells_figure(self, last: int) -> bool:
        """Whether a verb and a number follow: `thu ngân sách: Mai Sơn đạt 210 tỷ đồng`, `Mai Sơn (thấp hơn 2%)`."""
        tokens, words = self._tokens, self._lexicon.words["figure_before"]
        told = 0
        while last < tokens.size and told < _LOOK_BACK and tokens.keys[last] in words:
            if not (tokens.blank_before(last) or (not told and tokens.gap(last) == " (")):
                return False
            last, told = last + 1, told + 1
        return told > 0 and last < tokens.size and tokens.blank_before(last) and tokens.keys[last].isdigit()

    def goes_on(self, last: int, first: int) -> bool:
        """Whether a list goes on from a name that ends at a token to one that begins at another."""
        start, end = self._tokens.ends[last - 1], self._tokens.starts[first]
        return (
            end - start < _LONGEST_ASIDE
            and self._lexicon.goes_on.fullmatch(self._tokens.folded, start, end) is not None
        )

    def ends_alone(self, last: int) -> bool:
        """Whether a name ends before a token as one of a list does: with a mark, a figure or what is said of it."""
        tokens = self._tokens
        if last >= tokens.size or not tokens.blank_before(last):
            return True
        words = self._lexicon.words
        return tokens.keys[last].isdigit() or tokens.keys[last] in words["predicates"] | words["with"] | words["and"]

    def listed(self, at: int, ends: Container[int]) -> bool:
        """Whether a list goes on from the place before it."""
        return next((self.goes_on(before, at) for before in range(at, max(0, at - 8), -1) if before in ends), False)

    def _opens_sentence(self, at: int) -> bool:
        tokens = self._tokens
        gap = tokens.gap(at)
        # "Ths. Lâm Hà": a full stop behind a short capitalised word only shortens it
        shortened = at and tokens.capital(at - 1) and tokens.ends[at - 1] - tokens.starts[at - 1] < 4
        return bool(gap) and gap[0] in _SENTENCE_ENDS and gap[-1].isspace() and not shortened

    def _one_of_two(self, last: int) -> bool:
        """Whether a dash joins the name to another: a road from one to the other."""
        return last < self._tokens.size and self._tokens.gap(last).strip() in {"-", "–"}
