"""Reading a name: which tokens from a given one on belong to it."""

from typing import TypeVar

from civic_etl.gazetteer.finding.lexicon import Lexicon, Phrases
from civic_etl.gazetteer.finding.loose import loose_key, loose_names
from civic_etl.gazetteer.finding.tokens import Tokens
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.vietnamese.syllables import is_syllable

T = TypeVar("T")
_MARKS = frozenset("'’‘`´-–")
_INSIDE_NAMES = frozenset({"", *_MARKS})
_SHORTEST_LOOSE = 4
_LONGEST_UNKNOWN = 4
_SHOUTED_UNKNOWN = 2


class NameReader:
    """Reads names against the table, in one text."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon, tokens: Tokens) -> None:
        self._gazetteer = gazetteer
        self._names = gazetteer.names
        self._longest = gazetteer.longest
        self._small = gazetteer.small_names
        self._lexicon = lexicon
        self._tokens = tokens

    def run_end(self, first: int) -> int:
        """One past the last token of the capitalised words that begin at `first`; a type word ends them."""
        tokens = self._tokens
        at = first
        while at < tokens.size and (tokens.capital(at) or self._after_apostrophe(at) or self._number(at, first)):
            if at > first and (not self._joined(at) or self._is_type(at) or self._opens(at, first)):
                break
            at += 1
        return at

    def known(self, first: int, levels: tuple[int, ...]) -> list[tuple[int, str]]:
        """Ends and keys of all table names of some levels that begin at a token, longest first.

        Capitals are asked for, but for what the table itself writes small ("Nông trường"), and a number may end a name.
        """
        tokens = self._tokens
        keys = tokens.keys
        short = self._lexicon.names.get(keys[first])
        if short is not None:
            return [(first + 1, short)] if any(unit.level in levels for unit in self._names.get(short, ())) else []
        capitals = max(self.capitals_end(first), first + 1)
        found = []
        for count in range(min(self._longest.get(keys[first], 0), tokens.size - first), 0, -1):
            end = first + count
            key = " ".join(keys[first:end])
            units = self._names.get(key)
            if not units or not any(unit.level in levels for unit in units):
                continue
            if end <= capitals or key in self._small or (end == capitals + 1 and self._ends_in_number(end - 1)):
                found.append((end, key))
        return found

    def loosely(self, first: int, levels: tuple[int, ...]) -> tuple[int, str] | None:
        """End and key of a table name of some levels that capitals from a token on spell in another way.

        A single capital may lead a whole name too, the rest of it written small (`thị trấn Gio linh`).
        """
        tokens, end = self._tokens, self.capitals_end(first)
        written = "".join(tokens.keys[first:end])
        if len(written) > _SHORTEST_LOOSE:
            loose, names = loose_key(written), loose_names(self._gazetteer)
            for level in levels:
                if (key := names.get((level, loose))) is not None:
                    return end, key
        if end > first + 1 or tokens.shouted(first):
            return None
        for count in range(min(self._longest.get(tokens.keys[first], 0), tokens.size - first), 1, -1):
            end = first + count
            key = " ".join(tokens.keys[first:end])
            near = all(tokens.blank_before(at) for at in range(first + 1, end))
            if near and any(unit.level in levels for unit in self._names.get(key, ())):
                return end, key
        return None

    def glued(self, first: int, levels: tuple[int, ...]) -> tuple[int, str] | None:
        """End and key of a table name of some levels that lost the blank behind it (`xã Hòa Tiếnđoàn kết`)."""
        tokens, end = self._tokens, self.capitals_end(first)
        before, last = tokens.keys[first : end - 1], tokens.keys[end - 1] if end > first else ""
        for size in range(len(last) - 2, 1, -1) if not is_syllable(last) else ():
            key = " ".join([*before, last[:size]])
            if is_syllable(last[size:]) and any(unit.level in levels for unit in self._names.get(key, ())):
                return end, key
        return None

    def acronym(self, token: int) -> bool:
        """`xóm ĐBKK`, `xã NTM`: capitals alone among small words are no name."""
        tokens = self._tokens
        word = tokens.text[tokens.starts[token] : tokens.ends[token]]
        return len(word) > 1 and word.isupper() and not tokens.shouted(token)

    def is_number(self, token: int) -> bool:
        """Whether a number may belong to a name: not a decimal, a fraction or a count of something."""
        tokens = self._tokens
        after = tokens.gap_after(token)
        follower = token + 1
        if follower >= tokens.size or "\n" in after:
            return not after.startswith("%")
        if after[:1] == "%" or (after in {".", ",", "/"} and tokens.keys[follower].isdigit()):
            return False
        counts = tokens.keys[follower] in self._lexicon.words["counted"] and not tokens.capital(follower)
        if counts and phrase_end(tokens, self._lexicon.not_counted, follower) > follower:
            return True
        return not (after.isspace() and counts) or self._is_type(follower)

    def _ends_in_number(self, token: int) -> bool:
        tokens = self._tokens
        near = tokens.blank_before(token) or tokens.gap(token) == ""
        return tokens.keys[token].isdigit() and near and self.is_number(token)

    def capitals_end(self, first: int) -> int:
        """Like `run_end`, for a name of the table: hyphens between its words and an "Ea H'leo" count as joined."""
        tokens = self._tokens
        at = first
        while at < tokens.size and (
            tokens.capital(at) or self._after_apostrophe(at) or (at == first and self._digits(at))
        ):
            if at > first and (not self._joined_in_name(at) or self._opens(at, first)):
                break
            at += 1
        return at

    def _opens(self, token: int, first: int) -> bool:
        """Whether something else begins behind a name: what is done there, or a credit in capitals.

        (`Đảng bộ xã Hòa Sơn Đại hội`, `huyện Chư Sê Khai mạc kỳ họp`, `phường Tân Hiệp ẢNH: ...`)
        """
        tokens = self._tokens
        if tokens.capitals_alone(token) and not tokens.capitals_alone(first) and ":" in tokens.gap_after(token):
            return True
        after = phrase_end(tokens, self._lexicon.shouts, token)
        return after > token + 1 and not any(tokens.capital(at) for at in range(token + 1, after))

    def unknown_end(self, first: int) -> int:
        """Where a name that the table lacks ends: with its capitalised words, at most four; in a shout, two."""
        most = _SHOUTED_UNKNOWN if self._tokens.shouted(first) else _LONGEST_UNKNOWN
        end = self.run_end(first)
        if end > first + 1 and self._tokens.keys[end - 1].isdigit() and not self.is_number(end - 1):
            # "xã Triệu Phú 16 ca": the number is not the name's
            end -= 1
        return min(end, first + most)

    def _joined(self, token: int) -> bool:
        gap = self._tokens.gap(token)
        return gap in _MARKS or (gap.isspace() and "\n" not in gap)

    def _joined_in_name(self, token: int) -> bool:
        gap = self._tokens.gap(token)
        return "\n" not in gap and gap != "" and gap.strip() in _INSIDE_NAMES

    def _after_apostrophe(self, token: int) -> bool:
        return token > 0 and self._tokens.gap(token).strip() in {"'", "’", "‘", "`", "´"}

    def _number(self, token: int, first: int) -> bool:
        return token > first and self._tokens.keys[token].isdigit() and len(self._tokens.keys[token]) < 3

    def _digits(self, token: int) -> bool:
        return self._tokens.keys[token].isdigit()

    def _is_type(self, token: int) -> bool:
        return begins_type(self._tokens, self._lexicon, token)


def phrase_end(tokens: Tokens, phrases: Phrases[T], at: int) -> int:
    """One past the longest of some phrases that begins at a token, its words parted by blanks; `at` for none."""
    for rest, _ in phrases.get(tokens.keys[at], ()) if at < tokens.size else ():
        end = at + 1 + len(rest)
        if tuple(tokens.keys[at + 1 : end]) == rest and all(tokens.blank_before(i) for i in range(at + 1, end)):
            return end
    return at


def begins_type(tokens: Tokens, lexicon: Lexicon, token: int) -> bool:
    """Whether a type word, or a kind of part, begins at a token and leads a name or number."""
    keys = tokens.keys
    for table in (lexicon.types, lexicon.parts):
        for rest, form in table.get(keys[token], ()):
            if getattr(form, "letters", 0) == 1:
                continue
            end = token + 1 + len(rest)
            if tuple(keys[token + 1 : end]) == rest and end < tokens.size:
                return tokens.capital(end) or keys[end].isdigit() or tokens.shouted(token)
    return False
