"""Parts of a commune: `Tổ 8B`, `tổ dân phố số 5`, `thôn Nà Thí`, `KP3`."""

from typing import TYPE_CHECKING

from civic_etl.gazetteer.finding.called import is_called_unit
from civic_etl.gazetteer.finding.lexicon import PartForm
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.names import begins_type, phrase_end

if TYPE_CHECKING:
    from civic_etl.gazetteer.finding.scan import Scanner

_NAME_TOKENS = 4
# what a road or a field is measured by
_MEASURES = frozenset({"m", "km", "ha", "m2", "km2"})
# kinds of part that begin other words, too ("bản Kế hoạch")
_HALVES = frozenset({"bản", "làng"})


class PartReader:
    """Reads the kinds of part and the number or name behind them."""

    def __init__(self, scanner: "Scanner") -> None:
        self._scanner = scanner

    def read(self, at: int) -> int:
        """Append the part that begins at a token, with the list it opens; one past its end, or `at` for none."""
        form, first = self._form(at)
        if form is None or first >= self._scanner.tokens.size or self._barred(form, at):
            return at
        tokens, named = self._scanner.tokens, self._past_qualifier(first)
        end = self._label(form, named)
        if end == named:
            return at
        kind = tokens.slice(at, first)
        part = self._part(
            form, at, end, f"{kind} {tokens.slice(named, end)}" if named > first else tokens.slice(at, end)
        )
        after = self._scanner.chain_inside(part)
        return self._more(form, at, part) if after == part.last and self._plural(at) else after

    def _form(self, at: int) -> tuple[PartForm | None, int]:
        tokens = self._scanner.tokens
        for rest, form in self._scanner.lexicon.parts.get(tokens.keys[at], ()):
            end = at + 1 + len(rest)
            if tuple(tokens.keys[at + 1 : end]) == rest and all(tokens.blank_before(i) for i in range(at + 1, end)):
                return form, end
        return None, at

    def _past_qualifier(self, first: int) -> int:
        """One past the words between kind and name (`ấp biên giới Bắc Đai`), if a capital follows them."""
        tokens = self._scanner.tokens
        end = phrase_end(tokens, self._scanner.lexicon.qualifiers, first)
        return end if first < end < tokens.size and tokens.capital(end) and not tokens.capital(first) else first

    def _barred(self, form: PartForm, at: int) -> bool:
        """`nông thôn`, `văn bản`: the word ends another word; `Buôn Đôn`: it begins the name of a unit."""
        tokens = self._scanner.tokens
        if tokens.capital(at) and self._begins_unit(at):
            return True
        before = self._scanner.lexicon.part_before.get(form.word, frozenset())
        return tokens.blank_before(at) and tokens.keys[at - 1] in before

    def _begins_unit(self, at: int) -> bool:
        """A capital that opens no sentence begins a name; where it does, only a district's name is taken for one.

        Or that of a commune which the sentence says to be one (`Bản Díu là xã khó khăn của huyện`).
        """
        tokens = self._scanner.tokens
        inside = tokens.gap(at).strip() in {"", ","} and not tokens.line_start(at) and not tokens.shouted(at)
        known = self._scanner.names.known(at, (1, 2, 3))
        if not known or known[0][0] <= at + 1:
            return False
        if inside or is_called_unit(tokens, self._scanner.lexicon, known[0][0]):
            return True
        of_district = self._scanner.names.known(at, (1, 2))
        return bool(of_district) and of_district[0][0] > at + 1

    def _label(self, form: PartForm, first: int, *, listed: bool = False) -> int:
        """One past the number or name of a part that begins at a token; `first` where none does."""
        tokens = self._scanner.tokens
        at = first
        sign = tokens.keys[at] == "số" and tokens.blank_before(at)
        if sign:
            at += 1
        near = at < tokens.size and (listed or tokens.blank_before(at) or tokens.gap(at) in {"", "."})
        if not near or (tokens.gap(at).startswith(".") and len(form.word) > 3):
            return first
        if form.number and tokens.keys[at].isdigit():
            end = self._number_end(at, first)
            return self._named_beside(end) if form.name and end == at + 1 else end
        if (
            sign
            or not form.name
            or not tokens.capital(at)
            or self._scanner.names.acronym(at)
            or self._is_other_name(form, at)
            or (tokens.shouted(at) and tokens.keys[at] in self._scanner.lexicon.compounds.get(form.word, ()))
        ):
            return first
        end = self._scanner.names.run_end(at)
        if end > at + 1 and tokens.keys[end - 1].isdigit() and not self._scanner.names.is_number(end - 1):
            # "thôn Nam 98 hộ": the number is not the name's
            end -= 1
        return min(end, at + _NAME_TOKENS) if not tokens.shouted(at) else min(end, at + 2)

    def _is_other_name(self, form: PartForm, at: int) -> bool:
        """`bản Tuyên ngôn`, `làng Việt Nam`: the word opens another name; with a second word a hamlet may have it.

        So may one of a kind that is no half of another word (`xóm Kế`), but for `thôn Văn hóa`.
        """
        tokens, words = self._scanner.tokens, self._scanner.lexicon.words
        if tokens.keys[at] not in words["part_not_named"]:
            return False
        second = at + 1
        if second >= tokens.size or not (tokens.capital(second) and tokens.blank_before(second)):
            return form.word in _HALVES or (second < tokens.size and tokens.keys[second] in words["part_not_named_on"])
        return tokens.shouted(at) or tokens.keys[second] in words["part_not_named_on"]

    def _number_end(self, at: int, first: int) -> int:
        """The end of `8`, `8B`; a decimal, a fraction, a count or a long number is no label."""
        tokens = self._scanner.tokens
        glued = at + 1 < tokens.size and tokens.gap(at + 1) == ""
        if len(tokens.keys[at]) > 3 or (glued and tokens.keys[at + 1] in _MEASURES and not tokens.capital(at + 1)):
            # "đường trục thôn 130m", "diện tích của thôn 150ha"
            return first
        if glued and tokens.ends[at + 1] - tokens.starts[at + 1] == 1:
            return at + 2
        return at + 1 if self._scanner.names.is_number(at) else first

    def _named_beside(self, at: int) -> int:
        """One past the name behind the number of a part, where its commune follows (`thôn 3 Đại Phú, xã ...`)."""
        scanner, tokens = self._scanner, self._scanner.tokens
        if at >= tokens.size or tokens.gap(at) != " " or not tokens.capital(at) or tokens.shouted(at):
            return at
        end = scanner.names.run_end(at)
        if not 1 < end - at < _NAME_TOKENS or end >= tokens.size or tokens.gap(end).strip() not in {"", ",", "(", "-"}:
            return at
        return end if begins_type(tokens, scanner.lexicon, end) else at

    def _plural(self, at: int) -> bool:
        tokens = self._scanner.tokens
        return tokens.blank_before(at) and tokens.keys[at - 1] in self._scanner.lexicon.words["plural"]

    def _more(self, form: PartForm, at: int, last: Mention) -> int:
        """Further labels of a list: `các thôn Nà Thí, Khuổi Dủm và Bản Vẻn`."""
        scanner, tokens = self._scanner, self._scanner.tokens
        kind = tokens.slice(at, at + len(form.word.split()))
        while last.last < tokens.size:
            first = last.last
            joined = tokens.keys[first] in scanner.lexicon.words["and"] and tokens.blank_before(first)
            if joined:
                first += 1
            elif tokens.gap(first).strip() != "," or "\n" in tokens.gap(first):
                break
            if first >= tokens.size or begins_type(tokens, scanner.lexicon, first):
                break
            end = self._label_of_list(form, first)
            if end == first:
                break
            last = self._part(form, first, end, f"{kind} {tokens.slice(first, end)}")
        return last.last

    def _label_of_list(self, form: PartForm, first: int) -> int:
        tokens = self._scanner.tokens
        if tokens.keys[first].isdigit():
            return self._number_end(first, first) if self._scanner.names.is_number(first) else first
        return self._label(form, first, listed=True)

    def _part(self, form: PartForm, first: int, end: int, sub_area: str) -> Mention:
        part = Mention("part", first, end, form.word, (), (3,), name=self._scanner.tokens.slice(first, end))
        part.sub_area = " ".join(sub_area.split())
        self._scanner.mentions.append(part)
        return part
