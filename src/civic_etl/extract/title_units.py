"""The unit that an office is of, right behind its organisation."""

from civic_etl.extract.persons import begins_name
from civic_etl.extract.title_lexicon import lexicon
from civic_etl.extract.titles import Title
from civic_etl.extract.token_view import TokenView
from civic_etl.gazetteer import PlaceSpan
from civic_etl.gazetteer.units import PROVINCE
from civic_etl.vietnamese.fold import fold

_NAME_TOKENS = 4
_LONGEST_RUN = 8
# a unit's name has one or two syllables as a rule, a person's three or more
_SHORTEST_PERSON = 3
# these also begin the names of organisations
_UNCLEAR_PARTS = frozenset({"tổ", "khu", "khối"})


class UnitReader:
    """Reads units at tokens; `spans` are the places that the gazetteer found."""

    def __init__(self, view: TokenView, spans: list[PlaceSpan], site: str | None) -> None:
        self._view = view
        units = (span for span in spans if not takes_a_name(span) and not self._begins_person(span))
        self._spans = {view.line.at_or_after(span.start): span for span in units}
        self._known = _core_names([*(span.full_name for span in spans), site or ""])

    def _begins_person(self, span: PlaceSpan) -> bool:
        """Whether the one syllable of a unit's name goes on as a person's ("Bí thư Đảng ủy phường Hồ Thị Lan")."""
        names = [word for word in span.text.split() if word[:1].isupper()]
        after = self._view.line.at_or_after(span.end)
        behind = self._view.capitals(after, _NAME_TOKENS) if after < len(self._view.words) else []
        return len(names) == 1 and len(behind) + 1 >= _SHORTEST_PERSON and begins_name([*names, *behind])

    def read(self, title: Title, position: int, *, begun: bool) -> bool:
        """Give an office the unit named at a token, which ends it; `begun`: its organisation stands before."""
        table, words = lexicon(), self._view.words
        span = self._spans.get(position)
        if span is not None and not self._begins_body(position):
            return self._named(title, span, position, begun=begun)
        level = table.levels.longest_at(words, position, min(position + 3, len(words)))
        word = table.words.longest_at(words, position, min(position + 8, len(words)))
        if level is not None and (word is None or word[0] <= level[0]):
            title.level = level[1]
            self._close(title, level[0] - 1)
            self._unlisted(title, level[0])
            return True
        part = table.parts.longest_at(words, position, min(position + 3, len(words)))
        if part is not None and begun and words[position] not in _UNCLEAR_PARTS:
            title.part = part[1]
            self._close(title, part[0] - 1)
            self.part_name(title, part[0])
            return True
        return begun and bool(title.organs) and self._bare(title, position)

    def _bare(self, title: Title, position: int) -> bool:
        """A unit called by its name alone ("Chủ tịch UBND Long An", "Giám đốc Sở Y tế Hà Tĩnh Lê Văn Tám")."""
        names = self._view.capitals(position, _LONGEST_RUN) if self._view.adjacent(position) else []
        size = self._known_size(names)
        if size == 0 or len(names) - size == 1:
            # with one syllable more it is somebody's name
            return False
        title.unit = self._known[tuple(fold(name) for name in names[:size])]
        self._close(title, position + size - 1)
        return True

    def _begins_body(self, position: int) -> bool:
        """Whether a type of unit begins the name of a body ("Xã đoàn")."""
        words = self._view.words
        hit = lexicon().words.longest_at(words, position, min(position + 3, len(words)))
        level = lexicon().levels.longest_at(words, position, min(position + 3, len(words)))
        return hit is not None and level is not None and hit[0] > level[0] and hit[1].kind == "organ"

    def council_follows(self, position: int) -> bool:
        """Whether a board's council or committee stands behind a comma ("Trưởng Ban Pháp chế, HĐND tỉnh")."""
        words = self._view.words
        hit = lexicon().words.longest_at(words, position, min(position + 4, len(words)))
        organ = hit[1].organ if hit is not None else None
        return organ is not None and (organ.party or organ.name in {"HĐND", "UBND"}) and self._view.same_line(position)

    def begins(self, position: int) -> bool:
        """Whether a unit or a type of one stands at a token."""
        if position in self._spans:
            return not self._begins_body(position)
        table, words = lexicon(), self._view.words
        level = table.levels.longest_at(words, position, min(position + 3, len(words)))
        word = table.words.longest_at(words, position, min(position + 8, len(words)))
        return level is not None and (word is None or word[0] <= level[0])

    def part_behind(self, title: Title, position: int) -> None:
        """The part of a commune that a head such as "Trưởng thôn" is of."""
        for back in (1, 2, 3):
            span = self._spans.get(position - back)
            if span is not None and span.status == "part":
                self._part(title, span, position)
                return
        self.part_name(title, position)

    def committee_name(self, title: Title, position: int) -> None:
        """The bare name of a unit after its committee ("Thành ủy Bắc Kạn")."""
        party = title.party or next((organ for organ in title.organs if organ.name in lexicon().named_unions), None)
        if party is None:
            return
        span = self._spans.get(position) or self._over(position)
        if span is not None and self._view.adjacent(position) and not span.anaphor:
            title.unit = span.full_name
            after = self._view.line.at_or_after(span.end)
        else:
            names = self._view.capitals(position, _LONGEST_RUN)
            size = self._unit_size(names)
            if size == 0:
                return
            level = lexicon().named_unions.get(party.name, party.level)
            title.unit = f"{level} {' '.join(names[:size])}"
            after = position + size
        self._close(title, after - 1)

    def _over(self, position: int) -> PlaceSpan | None:
        """The place that begins with the body just before a token and goes on there ("Tỉnh đoàn Bình Dương")."""
        starts = self._view.line.starts
        for back in (1, 2):
            span = self._spans.get(position - back)
            if span is not None and position < len(starts) and span.end > starts[position]:
                return span
        return None

    def part_name(self, title: Title, position: int) -> None:
        """A number or capitals that name a part of a commune."""
        view, after = self._view, position
        while after < position + _NAME_TOKENS and view.adjacent(after):
            if not (view.capital(after) or view.words[after][0].isdigit()):
                break
            after += 1
        names = view.verbatim(position, after).split() if after > position else []
        if names and not begins_name(names):
            title.part = f"{title.part} {' '.join(names)}".strip()
            self._close(title, after - 1)

    def _named(self, title: Title, span: PlaceSpan, position: int, *, begun: bool) -> bool:
        table, line = lexicon(), self._view.line
        if span.status == "part":
            self._part(title, span, position)
            return True
        after = line.at_or_after(span.end)
        word = table.words.longest_at(line.words, position, min(position + 2, len(line.words)))
        organ = word[1].organ if word is not None else None
        if word is not None and organ is not None and organ.party:
            title.organs.append(organ)
            title.organ = f"{title.organ} {organ.name}".strip()
        else:
            level = table.levels.longest_at(line.words, position, min(position + 3, len(line.words)))
            if level is None and not begun:
                return False
            title.level = level[1] if level is not None else ""
            # an abbreviated type is not read without its name
            spelled = level is not None and line.words[position] == title.level.split(" ")[0]
            union = bool(title.organs) and title.organs[-1].name in table.named_unions
            title.written = "" if spelled or span.anaphor or union else self._view.verbatim(position, after)
            if level is None and span.level == PROVINCE and span.unit is not None:
                # "UBND Quảng Ninh" is that of the province
                title.level, title.written = span.unit.type.lower(), ""
        # which of several of a name is meant need not be known to record it
        title.unit = "" if span.anaphor else span.full_name or span.text
        title.stands_for = span.full_name if span.anaphor else ""
        self._close(title, after - 1)
        self._located(title)
        return True

    def _part(self, title: Title, span: PlaceSpan, position: int) -> None:
        after = self._view.line.at_or_after(span.end)
        if after > position:
            title.part = self._view.verbatim(position, after)
            self._close(title, after - 1)
        title.unit = span.full_name if span.unit is not None else ""

    def _located(self, title: Title) -> None:
        """Units that only say where the office's unit lies ("UBND phường X, thành phố Y") belong to it."""
        words, following = self._view.words, title.last + 1
        opened = following < len(words) and words[following] == "("
        if following < len(words) and words[following] in {",", "(", "-"}:
            following += 1
        span = self._spans.get(following)
        if span is None or span.anaphor or not (span.locates or opened):
            return
        self._close(title, self._view.line.at_or_after(span.end) - 1)
        if title.last + 1 < len(words) and words[title.last + 1] == ")":
            self._close(title, title.last + 1)

    def _unlisted(self, title: Title, position: int) -> None:
        """Capitals after a type of unit are its name, unless they begin as a person's does."""
        names = self._view.capitals(position, _NAME_TOKENS)
        if len(names) > 1 and not begins_name(names):
            title.unit = f"{title.level} {' '.join(names)}"
            self._close(title, position + len(names) - 1)

    def _unit_size(self, names: list[str]) -> int:
        """How many of the capitals after a committee name its unit, where a person's name follows or none does."""
        known = self._known_size(names)
        if known or begins_name(names):
            return known
        return next((size for size in (2, 1, 3) if begins_name(names[size:])), 0)

    def _known_size(self, names: list[str]) -> int:
        """How many of some capitals are the name of a unit that the text or its site names."""
        words = tuple(fold(name) for name in names)
        return next((size for size in (3, 2, 1) if len(words) >= size and words[:size] in self._known), 0)

    def _close(self, title: Title, last: int) -> None:
        title.last = last
        title.end = self._view.line.ends[last]


def takes_a_name(span: PlaceSpan) -> bool:
    """Whether what was found as an unknown unit is a type and a person ("Chủ tịch UBND huyện Danh Hoàng Vũ")."""
    if span.status != "unlisted" or span.candidates or span.anaphor:
        return False
    names = [word for word in span.text.split() if word[:1].isupper() or word[:1].isdigit()]
    if len(names) == 1:
        # "Chủ tịch UBND phường Báo cáo": a word that merely follows
        return names[0].isalpha()
    return len(names) >= _SHORTEST_PERSON and begins_name(names)


def _core_names(named: list[str]) -> dict[tuple[str, ...], str]:
    """The bare names of some units and of those they lie in, with the full names; of two alike the larger unit's."""
    kinds = tuple(f"{level} " for level in lexicon().types)
    known: dict[tuple[str, ...], str] = {}
    for name in named:
        parts = name.split(", ")
        for index, part in enumerate(parts):
            kind = next((kind for kind in kinds if part.startswith(kind)), "")
            core = tuple(fold(part.removeprefix(kind)).split())
            full = ", ".join(parts[index:])
            if kind and len(full) < len(known.get(core, f"{full} ")):
                known[core] = full
    return known
