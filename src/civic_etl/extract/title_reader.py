"""Finding public offices in running text: a head, its organisation, the unit."""

import re
import unicodedata
from functools import lru_cache

from civic_etl.extract.context import Context
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.title_lexicon import Word, lexicon, short_name
from civic_etl.extract.title_units import UnitReader
from civic_etl.extract.title_words import TitleWords
from civic_etl.extract.titles import Title
from civic_etl.extract.token_view import TokenView
from civic_etl.gazetteer import PlaceSpan

_MOST_TOKENS = 24
_NAME_TOKENS = 4
_LONG_NAME = 30
_ABBREVIATION = 2
# the word before and the one that a head begins with, which are something else together
_NO_OFFICE = frozenset({"chức vụ", "đoàn chủ", "bộ tư"})
# how many mentions of an association are looked at for its full name
_MENTIONS = 12
_MOVED_BACK = 160
_BARE_KINDS = frozenset({"sở", "phòng", "ban", "cục"})
_Pieces = list[tuple[int, int] | str]


@lru_cache(maxsize=1)
def _moved() -> re.Pattern[str]:
    """Where somebody is sent, up to the office that they are given there."""
    return re.compile(rf"{read_data('offices.yaml')['moved']}$")


class TitleReader:
    """Reads the offices of one document."""

    def __init__(self, context: Context, spans: list[PlaceSpan]) -> None:
        self._context = context
        self._view = TokenView(context.text, context.line)
        self._folded = context.folded
        self._is = TitleWords(self._view)
        self._units = UnitReader(self._view, spans, context.site_area)
        self._fuller: dict[str, Title | None] = {}

    def read(self) -> list[Title]:
        """Offices in text order, not overlapping."""
        found: list[Title] = []
        words, openers, after = self._view.words, lexicon().openers, 0
        for index in [at for at, word in enumerate(words) if word in openers]:
            title = self._at(index, len(words)) if index >= after else None
            if title is not None:
                self._complete(title)
                self._moved_to(title)
                found.append(title)
                after = title.last + 1
        return found

    def _at(self, index: int, stop: int) -> Title | None:
        table, words, line = lexicon(), self._view.words, self._view.line
        first, prefix = index, ""
        if index + 1 < stop and words[index] in table.prefixes | table.dropped:
            prefix = words[index] if words[index] in table.prefixes else ""
            index += 1
        hit = table.heads.longest_at(words, index, stop)
        if hit is None or " ".join(words[max(0, index - 1) : index + 1]) in _NO_OFFICE:
            return None
        after, head = hit
        if tuple(words[index:after]) in table.behind_a_mark and (index == 0 or words[index - 1] not in {",", "-"}):
            return None
        if after == index + 1 and len(words[index]) <= _ABBREVIATION and not self._view.capital(index):
            return None
        name = self._view.verbatim(index, after).capitalize() if head.kind == "local_heads" else head.name
        title = Title(
            start=line.starts[first],
            end=line.ends[after - 1],
            first=first,
            last=after - 1,
            head=f"{prefix} {name}".strip(),
            organs=[head.organ] if head.organ is not None else [],
            whole=head.kind in {"complete", "local_heads"},
            own=head.kind == "own",
        )
        if head.kind == "local_heads":
            self._units.part_behind(title, after)
        elif head.kind != "complete":
            self._organisation(title, after, min(stop, after + _MOST_TOKENS))
        return title

    def _organisation(self, title: Title, position: int, stop: int) -> None:
        """Everything that belongs to the organisation, up to the unit it is of."""
        table, words = lexicon(), self._view.words
        pieces: _Pieces = []
        joined = False
        while position < stop and self._view.same_line(position):
            if table.private.longest_at(words, position, stop) is not None and not self._branch(position, pieces):
                title.private = True
                break
            if self._view.abbreviates(position):
                position += 3
                continue
            title.organ = self._written(pieces)
            if self._units.read(title, position, begun=bool(pieces)):
                return
            hit = table.words.longest_at(words, position, stop)
            head = table.heads.longest_at(words, position, stop)
            if head is not None and (hit is None or head[0] >= hit[0]) and (joined or not pieces or hit is None):
                break
            if hit is not None and self._is.begins_clause(position, hit[0], begun=bool(pieces)):
                break
            if hit is not None and not (joined and hit[1].kind == "organ"):
                position = self._word(title, position, hit, pieces)
                joined = False
                if title.party is not None or (hit[1].organ is not None and hit[1].organ.name in table.named_unions):
                    title.organ = self._written(pieces)
                    self._units.committee_name(title, position)
                    return
                if tuple(words[hit[0] - 3 : hit[0]]) in table.at_length:
                    position = self._named_at_length(title, position, pieces)
                continue
            if joined or not pieces:
                break
            if words[position] == ",":
                if isinstance(pieces[-1], str):
                    break
                if not title.organs and self._units.council_follows(position + 1):
                    position += 1
                    continue
            if words[position] == "-" and words[position - 1].isdigit() and self._is.proper_behind(position + 1):
                after = position + 1 + len(self._view.capitals(position + 1, _NAME_TOKENS))
                pieces += [(position, position + 1), (position + 1, after)]
                position = after
                self._close(title, position - 1)
                continue
            joined = words[position] in table.joins and self._is.term_follows(position + 1, stop)
            if not joined and not self._is.proper(position, known=isinstance(pieces[-1], str)):
                break
            pieces.append((position, position + 1))
            position += 1
            if not joined:
                self._close(title, position - 1)
        title.organ = self._written(pieces)

    def _branch(self, position: int, pieces: _Pieces) -> bool:
        """Whether a word that names firms is of a public body ("NHCSXH chi nhánh tỉnh", "Chi nhánh NHCSXH tỉnh")."""
        table, words = lexicon(), self._view.words
        hit = table.words.longest_at(words, position, position + _ABBREVIATION)
        if hit is None or hit[1].kind != "term":
            return False
        behind = min(hit[0] + _ABBREVIATION, len(words))
        return bool(pieces) or (
            table.words.longest_at(words, hit[0], behind) is not None
            and table.private.longest_at(words, hit[0], behind) is None
        )

    def _word(self, title: Title, position: int, hit: tuple[int, Word], pieces: _Pieces) -> int:
        after, word = hit
        if word.organ is not None:
            title.organs.append(word.organ)
            pieces.append(word.organ.name)
        elif self._view.words[position:after] == ["ủy", "ban"] and not self._is.named(after):
            pieces.append("UBND")
        else:
            pieces.append((position, after))
        self._close(title, after - 1)
        return after

    def _complete(self, title: Title) -> None:
        """A bare organisation named in full earlier on ("Giám đốc Phòng giao dịch") is that one."""
        if not title.organ or title.level or title.unit or title.part or title.whole or title.party is not None:
            return
        if title.organs and title.organ == title.organs[-1].name:
            # a council or a committee is that of its unit
            return
        if title.organ not in self._fuller:
            self._fuller[title.organ] = self._named_before(title)
        fuller = self._fuller[title.organ]
        if fuller is None and title.organ.lower() in lexicon().bare_bodies:
            title.organ = ""
        if fuller is not None:
            title.organ, title.organs, title.level = fuller.organ, list(fuller.organs), fuller.level
            title.unit, title.stands_for, title.written = fuller.unit, fuller.stands_for, fuller.written

    def _moved_to(self, title: Title) -> None:
        """A bare head is of where its holder goes ("đến công tác tại Sở Tư pháp và giữ chức Phó Giám đốc")."""
        if title.complete and title.organ.lower() not in _BARE_KINDS:
            return
        begin = max(0, title.start - _MOVED_BACK)
        told = _moved().search(self._folded, begin, title.start)
        if told is None:
            return
        index = self._view.line.at_or_after(told.start("body"))
        body = Title(told.start(), told.end(), index, index, "")
        self._organisation(body, index, min(len(self._view.words), index + _MOST_TOKENS))
        if body.organ and not body.private:
            title.organ, title.organs, title.level = body.organ, list(body.organs), body.level
            title.unit, title.stands_for, title.written = body.unit, body.stands_for, body.written

    def _named_before(self, title: Title) -> Title | None:
        """The first mention of a title's organisation, where it says more."""
        bare = title.organ.lower() in lexicon().bare_bodies
        if len(title.organ.split()) < _ABBREVIATION and not bare:
            return None
        at = -1
        for _ in range(_MENTIONS if bare else 1):
            at = self._folded.find(title.organ.lower(), at + 1, title.start)
            fuller = self._fuller_at(title, at) if at >= 0 else None
            if at < 0 or fuller is not None:
                return fuller
        return None

    def _fuller_at(self, title: Title, at: int) -> Title | None:
        index = self._view.line.at_or_after(at)
        fuller = Title(at, at, index, index, "")
        self._organisation(fuller, index, min(len(self._view.words), index + _MOST_TOKENS))
        longer = len(fuller.organ) > len(title.organ) and fuller.organ.lower().startswith(title.organ.lower())
        return fuller if longer and not fuller.private else None

    def _named_at_length(self, title: Title, position: int, pieces: _Pieces) -> int:
        """Take all words up to the unit of a board that is named by what it is for; none where no unit follows."""
        table, words = lexicon(), self._view.words
        for after in range(position, min(position + _LONG_NAME, len(words))):
            if not self._view.same_line(after) or words[after] in table.ends_the_name:
                break
            hit = table.words.longest_at(words, after, len(words))
            if self._units.begins(after) or (hit is not None and hit[1].organ is not None and hit[1].organ.party):
                if after > position:
                    pieces.append((position, after))
                    self._close(title, after - 1)
                return after
            if table.heads.longest_at(words, after, len(words)) is not None:
                break
        return position

    def _close(self, title: Title, last: int) -> None:
        title.last = last
        title.end = self._view.line.ends[last]

    def _as_stored(self, first: int, after: int) -> str:
        """Tokens [first, after) as the page writes them, abbreviations too ("Sở KH-CN")."""
        line, context = self._view.line, self._context
        start, end = context.normal.stored(line.starts[first], line.ends[after - 1])
        return " ".join(unicodedata.normalize("NFC", context.document.text[start:end]).split())

    def _written(self, pieces: _Pieces) -> str:
        """The organisation's words as they stand in the text, known ones under their own name."""
        words: list[str] = []
        run: list[int] = []
        joins = lexicon().joins
        while pieces and isinstance(pieces[-1], tuple) and self._view.words[pieces[-1][0]] in joins:
            pieces.pop()
        for piece in [*pieces, ""]:
            if isinstance(piece, tuple):
                run = [run[0], piece[1]] if run else list(piece)
                continue
            if run:
                words.append(self._as_stored(run[0], run[1]))
                run = []
            if piece:
                words.append(piece)
        return short_name(" ".join(words))
