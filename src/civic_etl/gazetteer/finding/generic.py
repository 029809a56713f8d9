"""Telling `xã` that stands for a commune named before from `cấp xã`, `các xã`, `hợp tác xã`, `xã hội`."""

from civic_etl.gazetteer.finding.lexicon import Lexicon, TypeForm
from civic_etl.gazetteer.finding.tokens import Tokens

_SHORT_TOWN = "thị"
_LISTING = frozenset({",", "/", "-", "–", ""})


def is_generic(tokens: Tokens, lexicon: Lexicon, form: TypeForm, at: int, after: int) -> bool:
    """Whether a type word without a name (tokens `at` up to `after`) stands for no unit in particular."""
    if _counted_or_quantified(tokens, lexicon, at) or _in_compound(tokens, lexicon, form, after):
        return True
    return _lists_types(tokens, lexicon, at, after)


def _counted_or_quantified(tokens: Tokens, lexicon: Lexicon, at: int) -> bool:
    if tokens.gap(at).endswith("/"):
        return True
    if not tokens.blank_before(at):
        return False
    before = tokens.keys[at - 1]
    if before.isdigit():
        # "năm 2020 xã đã": a year counts nothing
        return len(before) < 4
    return before in lexicon.words["generic_before"]


def _in_compound(tokens: Tokens, lexicon: Lexicon, form: TypeForm, after: int) -> bool:
    if after >= tokens.size or not tokens.blank_before(after):
        return False
    # a capital begins a name: "xã Nông Văn Hiếu" is no "xã nông thôn mới"
    small = not tokens.capital(after) or tokens.shouted(after)
    return small and tokens.keys[after] in lexicon.compounds.get(form.word, ())


def _lists_types(tokens: Tokens, lexicon: Lexicon, at: int, after: int) -> bool:
    """`xã, phường, thị trấn`: types side by side, none with a name."""
    if after < tokens.size and _side_by_side(tokens.gap(after)) and _bare_type(tokens, lexicon, after):
        return True
    return at > 0 and _side_by_side(tokens.gap(at)) and _ends_type(tokens, lexicon, at)


def _side_by_side(gap: str) -> bool:
    return "\n" not in gap and gap.strip() in _LISTING


def _bare_type(tokens: Tokens, lexicon: Lexicon, at: int) -> bool:
    for rest, form in lexicon.types.get(tokens.keys[at], ()):
        end = at + 1 + len(rest)
        if not form.letters and tuple(tokens.keys[at + 1 : end]) == rest:
            return end >= tokens.size or not (tokens.blank_before(end) and tokens.capital(end))
    return False


def _ends_type(tokens: Tokens, lexicon: Lexicon, at: int) -> bool:
    """Whether a type word stands right before token `at`, or one with the short form of another ("huyện thị")."""
    if tokens.keys[at - 1] == _SHORT_TOWN and at > 1 and _ends_type(tokens, lexicon, at - 1):
        return True
    for first in (at - 1, at - 2):
        for rest, form in lexicon.types.get(tokens.keys[first], ()) if first >= 0 else ():
            if not form.letters and first + 1 + len(rest) == at and tuple(tokens.keys[first + 1 : at]) == rest:
                return True
    return False
