"""Titles of public offices in running text: head, organisation, and the unit they belong to."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from civic_etl.extract.context import Context
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.persons import begins_name
from civic_etl.extract.phrases import PhraseTable
from civic_etl.extract.tokens import tokenise
from civic_etl.gazetteer import PlaceSpan
from civic_etl.vietnamese.fold import fold

_MOST_TOKENS = 24
_NAME_TOKENS = 4
_LONGEST_RUN = 7
# a unit's name has one or two syllables as a rule, a person's three or more
_SHORTEST_PERSON = 3


@dataclass(frozen=True, slots=True)
class Organ:
    """An organisation an office belongs to: where it lies by itself, and whether the unit is the committee."""

    name: str
    level: str
    party: bool


@dataclass(slots=True)
class Title:
    """One office as written: characters, tokens, and what was read of it.

    `organ` is the organisation in words, `level` the type of unit named after it, `unit` that unit's full name where
    the text gives it, `stands_for` what a bare type was taken for. `whole`: nothing need follow the head; `own`: the
    head names its organisation. `private`: no public office.
    """

    start: int
    end: int
    first: int
    last: int
    head: str
    organ: str = ""
    organs: list[Organ] = field(default_factory=list)
    level: str = ""
    part: str = ""
    unit: str = ""
    stands_for: str = ""
    whole: bool = False
    own: bool = False
    private: bool = False

    @property
    def party(self) -> Organ | None:
        """The Party committee that is the unit itself, where one is named."""
        return next((organ for organ in reversed(self.organs) if organ.party), None)

    @property
    def complete(self) -> bool:
        """Whether it says by itself what it is an office of."""
        return self.whole or self.own or bool(self.organ or self.part)

    def wording(self) -> str:
        """The office in words, without the name of the unit."""
        return " ".join(word for word in (self.head, self.organ, self.level, self.part) if word)


@dataclass(frozen=True, slots=True)
class Head:
    """What an office begins with, and how it goes on (a section of the data file)."""

    name: str
    kind: str
    organ: Organ | None = None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    heads: PhraseTable[Head]
    words: PhraseTable[tuple[str, Any]]
    private: PhraseTable[bool]
    levels: PhraseTable[str]
    parts: PhraseTable[str]
    prefixes: frozenset[str]
    dropped: frozenset[str]
    joins: frozenset[str]
    types: tuple[str, ...]
    openers: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> _Lexicon:
    """The lexicon of offices; CatalogueError names the file where it is malformed."""
    data = read_data("offices.yaml")
    heads: list[tuple[str, Head]] = [
        (phrase, Head(name, kind))
        for kind in ("own", "heads", "local_heads")
        for name, phrases in data[kind].items()
        for phrase in phrases
    ]
    for row in data["complete"]:
        committee = row.get("committee", "")
        organ = Organ(committee, row["level"], bool(committee))
        heads += [(phrase, Head(row["name"], "complete", organ)) for phrase in row["phrases"]]
    words: list[tuple[str, tuple[str, Any]]] = [
        (phrase, ("organ", Organ(row["name"], row["level"], bool(row.get("party")))))
        for row in data["organs"]
        for phrase in row["phrases"]
    ]
    words += [(phrase, ("kind", None)) for phrase in data["kinds"]]
    words += [(phrase, ("term", None)) for phrase in data["terms"]]
    return _Lexicon(
        heads=PhraseTable(heads),
        words=PhraseTable(words),
        private=PhraseTable((phrase, True) for phrase in data["private"]),
        levels=PhraseTable((phrase, level) for level, phrases in data["levels"].items() for phrase in phrases),
        parts=PhraseTable((phrase, phrase) for phrase in data["parts"]),
        prefixes=frozenset(data["prefixes"]),
        dropped=frozenset(data["dropped_prefixes"]),
        joins=frozenset(data["joins"]),
        types=tuple(data["levels"]),
        openers=frozenset(
            data["prefixes"] + data["dropped_prefixes"] + [tokenise(fold(phrase))[0] for phrase, _ in heads]
        ),
    )


def _takes_a_name(span: PlaceSpan) -> bool:
    """Whether what was found as an unknown unit is a type and a person ("Chủ tịch UBND huyện Danh Hoàng Vũ")."""
    if span.status != "unlisted" or span.candidates or span.anaphor:
        return False
    names = [word for word in span.text.split() if word[:1].isupper() or word[:1].isdigit()]
    if len(names) == 1:
        # "Chủ tịch UBND phường Báo cáo": a word that merely follows
        return names[0].isalpha()
    return len(names) >= _SHORTEST_PERSON and begins_name(names)


def levels() -> tuple[str, ...]:
    """The types of units."""
    return lexicon().types


def _core_names(places: list[PlaceSpan]) -> frozenset[tuple[str, ...]]:
    """The names, without their types, of all units that a text names and of those they lie in."""
    full = {name for span in places for name in span.full_name.split(", ")}
    kinds = tuple(f"{level} " for level in levels())
    return frozenset(
        tuple(fold(name.removeprefix(kind)).split()) for name in full for kind in kinds if name.startswith(kind)
    )


class TitleReader:
    """Reads the offices of one document."""

    def __init__(self, context: Context, places: list[PlaceSpan]) -> None:
        self._line = context.line
        self._text = context.text
        self._places = {self._line.at_or_after(span.start): span for span in places if not _takes_a_name(span)}
        self._known = _core_names(places)
        self.titles = self._read_all()

    def _read_all(self) -> list[Title]:
        found: list[Title] = []
        index, stop = 0, len(self._line.words)
        openers = lexicon().openers
        while index < stop:
            title = self._at(index, stop) if self._line.words[index] in openers else None
            if title is None:
                index += 1
                continue
            found.append(title)
            index = max(title.last, index) + 1
        return found

    def _at(self, index: int, stop: int) -> Title | None:
        table, words = lexicon(), self._line.words
        first, prefix = index, ""
        if index + 1 < stop and words[index] in table.prefixes | table.dropped:
            prefix = words[index] if words[index] in table.prefixes else ""
            index += 1
        hit = table.heads.longest_at(words, index, stop)
        if hit is None or words[index - 1 : index + 1] == ["chức", "vụ"]:
            return None
        after, known = hit
        kind = known.kind
        if len(words[index]) <= 2 and after == index + 1 and not self._text[self._line.tokens[index].start].isupper():
            return None
        head = known.name if kind != "local_heads" else self._verbatim(index, after).capitalize()
        title = Title(
            start=self._line.tokens[first].start,
            end=self._line.tokens[after - 1].end,
            first=first,
            last=after - 1,
            head=f"{prefix} {head}".strip(),
            organs=[known.organ] if known.organ is not None else [],
            whole=kind == "complete",
        )
        if kind == "local_heads":
            self._local(title, after, stop)
        elif kind in {"heads", "own"}:
            title.own = kind == "own"
            self._organisation(title, after, stop)
        return title

    def _local(self, title: Title, position: int, stop: int) -> None:
        """The name of the part of a commune right after "Trưởng thôn"."""
        title.whole = True
        for back in (1, 2, 3):
            span = self._places.get(position - back)
            if span is not None and span.status == "part":
                self._part(title, span, position)
                return
        self._name(title, position, stop)

    def _part(self, title: Title, span: PlaceSpan, position: int) -> None:
        after = self._line.at_or_after(span.end)
        if after > position:
            title.part = self._verbatim(position, after)
            self._close(title, after - 1)
        title.unit = span.full_name if span.unit is not None else ""

    def _close(self, title: Title, last: int) -> None:
        title.last = last
        title.end = self._line.tokens[last].end

    def _organisation(self, title: Title, position: int, stop: int) -> None:
        """Everything that belongs to the organisation, up to the unit it is of."""
        table, words = lexicon(), self._line.words
        pieces: list[tuple[int, int] | str] = []
        limit = min(stop, position + _MOST_TOKENS)
        joined = False
        while position < limit and self._near(position):
            if table.private.longest_at(words, position, limit) is not None:
                title.private = True
                break
            if self._unit(title, position, pieces):
                break
            hit = table.words.longest_at(words, position, limit)
            head = table.heads.longest_at(words, position, limit)
            if head is not None and (hit is None or head[0] >= hit[0]) and (joined or not pieces or hit is None):
                break
            if hit is not None and not (joined and hit[1][0] == "organ"):
                position = self._word(title, position, hit, pieces)
                joined = False
                if title.party is not None:
                    self._committee_name(title, position, limit)
                    break
                continue
            if joined:
                break
            if words[position] in table.joins and pieces and self._term_follows(position + 1, limit):
                pieces.append((position, position + 1))
                position += 1
                joined = True
                continue
            if pieces and self._proper(position, limit):
                pieces.append((position, position + 1))
                position += 1
                self._close(title, position - 1)
                continue
            break
        title.organ = self._written(pieces)

    def _word(
        self, title: Title, position: int, hit: tuple[int, tuple[str, Any]], pieces: list[tuple[int, int] | str]
    ) -> int:
        after, (kind, organ) = hit
        if kind == "organ":
            title.organs.append(organ)
            pieces.append(organ.name)
        elif self._line.words[position:after] == ["ủy", "ban"] and not self._term_follows(after, after + 8):
            pieces.append("UBND")
        else:
            pieces.append((position, after))
        self._close(title, after - 1)
        return after

    def _unit(self, title: Title, position: int, pieces: list[tuple[int, int] | str]) -> bool:
        """The unit named at a token, which ends the office."""
        table, line = lexicon(), self._line
        span = self._places.get(position)
        if span is not None and span.status == "part":
            self._part(title, span, position)
            return True
        if span is not None and (span.anaphor or span.level) and span.status != "part":
            committee = table.words.longest_at(line.words, position, position + 2)
            if committee is not None and committee[1][0] == "organ" and committee[1][1].party:
                title.organs.append(committee[1][1])
                pieces.append(committee[1][1].name)
            else:
                level = table.levels.longest_at(line.words, position, position + 3)
                if level is None and not pieces:
                    return False
                title.level = level[1] if level else ""
            title.unit = "" if span.anaphor else span.full_name
            title.stands_for = span.full_name if span.anaphor else ""
            self._close(title, line.at_or_after(span.end) - 1)
            self._located(title)
            return True
        level = table.levels.longest_at(line.words, position, position + 3)
        word = table.words.longest_at(line.words, position, position + 8)
        if level is not None and (word is None or word[0] <= level[0]):
            title.level = level[1]
            self._close(title, level[0] - 1)
            self._unlisted(title, level[0])
            return True
        part = table.parts.longest_at(line.words, position, position + 3)
        if part is not None and pieces and line.words[position] not in {"tổ", "khu", "khối"}:
            title.part = part[1]
            self._close(title, part[0] - 1)
            self._name(title, part[0], part[0] + _NAME_TOKENS)
            return True
        return False

    def _located(self, title: Title) -> None:
        """Units that only say where the office's unit lies ("UBND phường X, thành phố Y") belong to it."""
        words, following = self._line.words, title.last + 1
        opened = following < len(words) and words[following] == "("
        if following < len(words) and words[following] in {",", "(", "-"}:
            following += 1
        span = self._places.get(following)
        if span is None or span.anaphor or not (span.locates or opened):
            return
        self._close(title, self._line.at_or_after(span.end) - 1)
        if title.last + 1 < len(words) and words[title.last + 1] == ")":
            self._close(title, title.last + 1)

    def _unlisted(self, title: Title, position: int) -> None:
        """Capitals after a type of unit are its name, unless they begin as a person's does."""
        names: list[str] = []
        while len(names) < _NAME_TOKENS and self._adjacent(position) and self._capital(position):
            names.append(self._verbatim(position, position + 1))
            position += 1
        if len(names) > 1 and not begins_name(names):
            title.unit = f"{title.level} {' '.join(names)}"
            self._close(title, position - 1)

    def _committee_name(self, title: Title, position: int, limit: int) -> None:
        """The bare name of a unit after its committee ("Thành ủy Bắc Kạn")."""
        span = self._places.get(position)
        if span is not None and position < limit and self._adjacent(position) and not span.anaphor:
            title.unit = span.full_name
            self._close(title, self._line.at_or_after(span.end) - 1)
            return
        names: list[str] = []
        while (
            len(names) <= _LONGEST_RUN
            and self._adjacent(position + len(names))
            and self._capital(position + len(names))
        ):
            names.append(self._verbatim(position + len(names), position + len(names) + 1))
        size = self._unit_size(names)
        if size and title.party is not None:
            title.unit = f"{title.party.level} {' '.join(names[:size])}"
            self._close(title, position + size - 1)

    def _unit_size(self, names: list[str]) -> int:
        """How many of the capitals after a committee name its unit, where a person's name follows or none does."""
        words = tuple(fold(name) for name in names)
        for size in (3, 2, 1):
            if words[:size] in self._known and len(words) >= size:
                return size
        if begins_name(names):
            return 0
        return next((size for size in (2, 1, 3) if begins_name(names[size:])), 0)

    def _name(self, title: Title, position: int, stop: int) -> None:
        """A number or capitals that name a part of a commune."""
        begin = position
        while position < min(stop, begin + _NAME_TOKENS) and self._adjacent(position):
            if not (self._capital(position) or self._line.words[position][0].isdigit()):
                break
            position += 1
        names = self._verbatim(begin, position).split() if position > begin else []
        if names and not begins_name(names):
            title.part = f"{title.part} {' '.join(names)}".strip()
            self._close(title, position - 1)

    def _term_follows(self, position: int, limit: int) -> bool:
        if position >= len(self._line.words) or not self._near(position):
            return False
        hit = lexicon().words.longest_at(self._line.words, position, min(limit, len(self._line.words)))
        head = lexicon().heads.longest_at(self._line.words, position, min(limit, len(self._line.words)))
        return hit is not None and hit[1][0] != "organ" and (head is None or head[0] < hit[0])

    def _proper(self, position: int, limit: int) -> bool:
        """A capitalised word of an organisation's own name, and no person's."""
        if not (self._adjacent(position) and (self._capital(position) or self._line.words[position].isdigit())):
            return False
        names: list[str] = []
        at = position
        while at < limit and len(names) < _NAME_TOKENS and self._capital(at) and (at == position or self._adjacent(at)):
            names.append(self._verbatim(at, at + 1))
            at += 1
        return not begins_name(names)

    def _near(self, position: int) -> bool:
        """No line break between a token and the one before it."""
        tokens = self._line.tokens
        return "\n" not in self._text[tokens[position - 1].end : tokens[position].start]

    def _adjacent(self, position: int) -> bool:
        tokens = self._line.tokens
        if position >= len(tokens):
            return False
        gap = self._text[tokens[position - 1].end : tokens[position].start]
        return gap.strip() == "" and "\n" not in gap

    def _capital(self, position: int) -> bool:
        return self._text[self._line.tokens[position].start].isupper()

    def _verbatim(self, first: int, after: int) -> str:
        tokens = self._line.tokens
        return " ".join(self._text[tokens[first].start : tokens[after - 1].end].split())

    def _written(self, pieces: list[tuple[int, int] | str]) -> str:
        """The organisation's words as they stand in the text, known ones under their own name."""
        while pieces and isinstance(pieces[-1], tuple) and self._line.words[pieces[-1][0]] in lexicon().joins:
            pieces.pop()
        words: list[str] = []
        run: list[int] = []
        for piece in [*pieces, ""]:
            if isinstance(piece, tuple):
                run = [run[0], piece[1]] if run else list(piece)
                continue
            if run:
                words.append(self._verbatim(run[0], run[1]))
                run = []
            if piece:
                words.append(piece)
        return " ".join(words)
