"""How the name of an office's organisation goes on at a token."""

from civic_etl.extract.persons import begins_name
from civic_etl.extract.title_lexicon import lexicon
from civic_etl.extract.token_view import TokenView

_NAME_TOKENS = 4
_TERM_TOKENS = 8
_SHORTEST_PERSON = 3


class TitleWords:
    """Looks at the words of one document."""

    def __init__(self, view: TokenView) -> None:
        self._view = view

    def term_follows(self, position: int, stop: int) -> bool:
        words = self._view.words
        if position >= len(words) or not self._view.same_line(position):
            return False
        hit = lexicon().words.longest_at(words, position, min(stop, len(words)))
        head = lexicon().heads.longest_at(words, position, min(stop, len(words)))
        return hit is not None and hit[1].kind != "organ" and (head is None or head[0] < hit[0])

    def named(self, position: int) -> bool:
        """Whether a name follows that tells which committee is meant ("Ủy ban Đối ngoại")."""
        if self.term_follows(position, position + _TERM_TOKENS):
            return True
        names = self._view.capitals(position, _NAME_TOKENS)
        level = lexicon().levels.longest_at(self._view.words, position, position + _NAME_TOKENS)
        return bool(names) and level is None and not begins_name(names)

    def proper(self, position: int, *, known: bool) -> bool:
        """A capitalised word or a number of an organisation's own name, no person's; `known`: a whole body before."""
        if not self._view.adjacent(position):
            return False
        if self._view.words[position].isdigit():
            return True
        names = self._view.capitals(position, _NAME_TOKENS)
        return len(names) > (1 if known else 0) and not begins_name(names)

    def begins_clause(self, position: int, after: int, *, begun: bool) -> bool:
        """Whether a verb that is also a term, or begins with one, stands in small letters ("do Phòng Y tế tổ chức").

        A verb that is a term whole is one only behind a whole name; `begun`: some of a name stands before it.
        """
        words, verbs = self._view.words, lexicon().verbs
        if self._view.capital(position):
            return False
        if " ".join(words[position : after + 1]) in verbs:
            return True
        if not begun or " ".join(words[position:after]) not in verbs:
            return False
        kind = lexicon().words.longest_at(words, position - 1, position)
        return kind is None or kind[1].kind != "kind"

    def proper_behind(self, position: int) -> bool:
        """Whether the name of its seat follows the number of a body ("khu vực 1 - Long Bình")."""
        names = self._view.capitals(position, _NAME_TOKENS) if position < len(self._view.words) else []
        person = len(names) >= _SHORTEST_PERSON and begins_name(names)
        return bool(names) and not person and self._view.same_line(position)
