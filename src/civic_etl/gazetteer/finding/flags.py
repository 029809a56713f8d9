"""What a mention does beside naming a place: somebody's office, the giver of a plan, a unit that is no more."""

import re
from collections.abc import Sequence

from civic_etl.gazetteer.finding.lexicon import Lexicon
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.tokens import Tokens

_OFFICE_REACH = 110
_PLAN_REACH = 60
_BESIDE_REACH = 40
_ACTS_REACH = 16
_LIST_ENDS = re.compile(r"\s*(?:[,;.)(/–-]|\n|$|và\b)")
_JOINS = frozenset({",", "và", ", và", "cùng", "và các"})
_NEIGHBOUR_JOINS = _JOINS | {"-", "–", ";", "/"}


def mark_all(mentions: Sequence[Mention], tokens: Tokens, lexicon: Lexicon) -> None:
    """Set the flags of all mentions of a text, given in order of their start."""
    for at, mention in enumerate(mentions):
        mention.shouted = tokens.shouted(mention.last - 1)
        _mark(mention, tokens, lexicon)
        if at and mentions[at - 1].office and _joined(mentions[at - 1], mention, tokens):
            # "lãnh đạo tỉnh và thành phố": the title is said of both
            mention.office = True
        mention.beside = mention.beside or (
            mention.kind != "anaphor"
            and (
                _is_beside(mention, tokens, lexicon)
                or (at > 0 and _is_listed_beside(mentions[at - 1], mention, tokens))
            )
        )
        if mention.inside is not None:
            mention.inside.office = mention.inside.office or mention.office
            # the list goes on behind what the unit lies in: "giáp xã A huyện X và xã B huyện Y"
            mention.inside.beside = mention.beside


def has_office(tokens: Tokens, lexicon: Lexicon, token: int) -> bool:
    """Whether the words right before a token say who somebody is."""
    start = tokens.starts[token]
    begin = max(0, start - _OFFICE_REACH, tokens.folded.rfind("\n", 0, start) + 1)
    return lexicon.office_before.search(tokens.folded, begin, start) is not None


def _joined(one: Mention, other: Mention, tokens: Tokens, joins: frozenset[str] = _JOINS) -> bool:
    gap = tokens.folded[tokens.ends[one.last - 1] : tokens.starts[other.first]]
    return other.kind != "part" and gap.strip() in joins


def _is_beside(mention: Mention, tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether the words right before a mention say that another unit lies beside it ("phía đông giáp xã A")."""
    start = tokens.starts[mention.first]
    return lexicon.beside_before.search(tokens.folded, max(0, start - _BESIDE_REACH), start) is not None


def _is_listed_beside(one: Mention, other: Mention, tokens: Tokens) -> bool:
    """Whether a mention is the next of a list of such ("giáp xã A, xã B"); a subject is none ("giáp A, B có ...")."""
    last = (other.inside or other).last
    ends = _LIST_ENDS.match(tokens.folded, tokens.ends[last - 1]) is not None
    return one.beside and ends and _joined(one, other, tokens, _NEIGHBOUR_JOINS)


def _acts(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> bool:
    """Whether a place that opens its clause is itself what gives or sets something ("Huyện A giao 180 công dân")."""
    if lexicon.acts.match(tokens.folded, end) is None:
        return False
    return lexicon.acts_from.search(tokens.folded, max(0, start - _ACTS_REACH), start) is not None


def _mark(mention: Mention, tokens: Tokens, lexicon: Lexicon) -> None:
    """Set `office`, `giver` and `former` from the words around a mention."""
    start, end = tokens.starts[mention.first], tokens.ends[mention.last - 1]
    folded = tokens.folded
    if mention.kind != "part":
        begin = max(0, start - _OFFICE_REACH, folded.rfind("\n", 0, start) + 1)
        mention.office = has_office(tokens, lexicon, mention.first)
        mention.giver = (
            lexicon.gives_after.match(folded, end) is not None and not _acts(tokens, lexicon, start, end)
        ) or lexicon.measures_before.search(folded, max(begin, start - _PLAN_REACH), start) is not None
    if mention.key and not mention.former:
        after = lexicon.former_after.match(folded, end)
        before = lexicon.former_before.search(folded, max(0, start - 16), start)
        mention.former = after is not None or before is not None
    mention.marked = mention.former
    mention.origin = bool(mention.key) and lexicon.origin_before.search(folded, max(0, start - 24), start) is not None
