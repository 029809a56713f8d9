"""Names of people in running text, found by what stands before them or by their family name."""

from dataclasses import dataclass

from civic_etl.extract.person_words import person_words, written_name
from civic_etl.extract.tokens import TokenLine
from civic_etl.vietnamese.fold import fold

_MOST_SYLLABLES = 5
# the most tokens of an honorific or a rank
_LONGEST_CALL = 5
# no credit is announced in more characters
_LONGEST_CREDIT = 40
_APOSTROPHES = frozenset("'’‘`ʼ")
_DOT_AFTER_INITIAL = 2


@dataclass(frozen=True, slots=True)
class Person:
    """A name: `start`/`end` its characters, `outer` where the honorific or rank before it begins.

    `called`: an honorific or a rank says that it is a person. `last` is the index of its last token.
    """

    start: int
    end: int
    outer: int
    last: int
    name: str
    called: bool


class Persons:
    """The names of one document; `text` is NFC, `line` the tokens of its folded twin."""

    def __init__(self, text: str, line: TokenLine, stops: frozenset[int], places: list[tuple[int, int]]) -> None:
        """`stops` are tokens at which an office begins; `places` the spans of place names, in order."""
        self._text = text
        self._line = line
        self._stops = stops
        self._places = dict(places)
        self._inside = _covered(line, places)

    def in_span(self, start: int, end: int) -> list[Person]:
        """Names inside a sentence, left to right."""
        tokens = self._line.between(start, end)
        if self._credits(start, tokens):
            return []
        found: list[Person] = []
        index = tokens.start
        while index < tokens.stop:
            # a name begins with a capital
            begins = self._capital(index) or self._small(index, tokens.start, tokens.stop)
            person = self._at(index, tokens.start, tokens.stop) if begins else None
            if person is None:
                index += 1
                continue
            found.append(person)
            index = person.last + 1
        return found

    def _credits(self, start: int, tokens: range) -> bool:
        """Whether a line tells who wrote it or took its picture, and not who is seen there ("Ảnh: Đồng chí A ...")."""
        credit = person_words().credit.match(self._text[start : start + _LONGEST_CREDIT].lower())
        if credit is None:
            return False
        behind = self._line.at_or_after(start + credit.end())
        return behind not in self._stops and not self._calls(behind, tokens.stop)

    def in_line(self, start: int, end: int) -> Person | None:
        """The name that is all of a line; None for anything else."""
        tokens = self._line.between(start, end)
        if not _DOT_AFTER_INITIAL <= len(tokens) <= _MOST_SYLLABLES + 2:
            return None
        found = self.in_span(start, end)
        return found[0] if len(found) == 1 and found[0].outer == start and found[0].end >= end - 1 else None

    def _at(self, index: int, first: int, stop: int) -> Person | None:
        if index in self._stops or self._calls(index, stop):
            return None
        if index > first and self._glued(index) and self._capital(index - 1):
            return None
        outer = self._called_from(index, first)
        words = person_words()
        surname = self._syllable(index, stop)[0]
        listed = outer is None and index > first and self._line.words[index - 1] in {";", ":"}
        if outer is None and not listed and (surname not in words.surnames or self._unlikely(index, first)):
            return None
        last = self._extent(index, stop, outer is not None)
        if last is None:
            return None
        # whoever stands in a list with an office behind is a person, whatever the family name
        held = last + 2 in self._stops and self._line.words[last + 1] in {"-", ","}
        if listed and not held and (surname not in words.surnames or self._unlikely(index, first)):
            return None
        begin, end = self._line.starts[index], self._line.ends[last]
        name = written_name(self._text[begin:end])
        if fold(name) in words.history or (name.count(" ") == 0 and (outer is None or "'" not in name)):
            return None
        return Person(begin, end, begin if outer is None else outer, last, name, outer is not None)

    def _small(self, index: int, first: int, stop: int) -> bool:
        """Whether a family name was written small behind an honorific ("ông giáp Văn Bằng")."""
        if index + 2 >= stop or self._line.words[index] not in person_words().surnames:
            return False
        behind = all(self._follows(at) and self._capital(at) for at in (index + 1, index + 2))
        return behind and self._called_from(index, first) is not None

    def _calls(self, index: int, stop: int) -> bool:
        """Whether a capitalised word is the honorific or rank of a name that follows ("Ông", "Đại tá")."""
        hit = person_words().before.longest_at(self._line.words, index, stop)
        return hit is not None and hit[0] < stop and (self._capital(hit[0]) or self._line.words[hit[0]] in {",", ":"})

    def _extent(self, index: int, stop: int, called: bool) -> int | None:
        """The last token of the name that begins at a token; None where it is none."""
        syllables, position, last = 0, index, index
        upper = self._all_upper(index)
        while position < stop and syllables < _MOST_SYLLABLES:
            if position > index and (position in self._stops or not self._follows(position)):
                break
            if position > index and self._begins_place(position, called):
                break
            word, after = self._syllable(position, stop)
            small = position > index and not self._capital(position)
            if small and not (
                called and syllables == 1 and after < stop and self._capital(after) and self._follows(after)
            ):
                break
            if small and position in self._stops:
                break
            if not word.replace("'", "").isalpha() or (syllables == 0 and word in person_words().never):
                break
            if upper and len(word) > 1 and not self._all_upper(position):
                break
            syllables += 1
            last = after - 1
            position = after
        joined = index + 1 < stop and self._glued(index + 1)
        return last if syllables >= _DOT_AFTER_INITIAL or (joined and called) else None

    def _begins_place(self, position: int, called: bool) -> bool:
        return self._line.starts[position] in self._places and not called

    def _unlikely(self, index: int, first: int) -> bool:
        """Whether a run of capitals without an honorific is a street, a school or a place, and no person."""
        if index - 1 in self._stops:
            return False
        if index in self._inside:
            return True
        words = self._line.words
        for size in (3, 2, 1):
            if index - size >= first and tuple(words[index - size : index]) in person_words().not_a_person:
                return True
        return index > first and self._follows(index) and self._capital(index - 1) and (index - 1) not in self._inside

    def _called_from(self, index: int, first: int) -> int | None:
        """Where the honorifics and ranks right before a token begin."""
        table, words = person_words().before, self._line.words
        begin: int | None = None
        position = index
        while position > first:
            for start, _ in table.ending_at(words, position, max(first, position - _LONGEST_CALL)):
                if self._close(start, index):
                    begin = position = start
                    break
            else:
                if begin is not None and words[position - 1] in {",", ":", "-"}:
                    position -= 1
                    continue
                if begin is None and words[position - 1] == ":" and self._list_before(position - 1, first):
                    return self._line.starts[index]
                break
        return None if begin is None else self._line.starts[begin]

    def _list_before(self, colon: int, first: int) -> bool:
        """Whether the word before a colon calls up people ("các đồng chí: ")."""
        words = self._line.words
        return any(
            colon - size >= first and person_words().before.longest_at(words, colon - size, colon) is not None
            for size in (1, 2, 3, 4)
        )

    def _close(self, start: int, index: int) -> bool:
        starts = self._line.starts
        return "\n" not in self._text[starts[start] : starts[index]]

    def _syllable(self, index: int, stop: int) -> tuple[str, int]:
        """A syllable with the parts that an apostrophe joins ("K'Rinh"), and the token after it."""
        words = self._line.words
        word, after = words[index], index + 1
        while after < stop and self._glued(after):
            word += "'" + words[after]
            after += 1
        return word, after

    def _glued(self, index: int) -> bool:
        before, word = self._line.words[index - 1], self._line.words[index]
        gap = self._text[self._line.ends[index - 1] : self._line.starts[index]]
        # "H' Hoa", with a blank behind the apostrophe, where a single letter stands before it
        apart = len(before) == 1 and gap[1:] == " "
        return gap[:1] in _APOSTROPHES and (len(gap) == 1 or apart) and word.isalpha()

    def _follows(self, index: int) -> bool:
        """Whether only blanks stand between a token and the one before it."""
        gap = self._text[self._line.ends[index - 1] : self._line.starts[index]]
        return (gap.strip() == "" and "\n" not in gap and gap != "") or gap in _APOSTROPHES

    def _capital(self, index: int) -> bool:
        return self._text[self._line.starts[index]].isupper()

    def _all_upper(self, index: int) -> bool:
        line = self._line
        return len(line.words[index]) > 1 and self._text[line.starts[index] : line.ends[index]].isupper()


def _covered(line: TokenLine, places: list[tuple[int, int]]) -> frozenset[int]:
    return frozenset(index for start, end in places for index in line.between(start, end))


def begins_name(words: list[str]) -> bool:
    """Whether capitalised words read as a person's name: a family name and at least one syllable more."""
    return len(words) >= _DOT_AFTER_INITIAL and fold(words[0]) in person_words().surnames
