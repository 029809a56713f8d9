"""Schools named after a commune of the site: parts of that commune (`Trường PTDTBT THCS Nấm Lư`)."""

from collections.abc import Iterator

from civic_etl.gazetteer.finding.lexicon import Lexicon
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.names import NameReader
from civic_etl.gazetteer.finding.tokens import Tokens
from civic_etl.gazetteer.units import COMMUNE

_SCHOOL = "trường"


def schools(lexicon: Lexicon, tokens: Tokens, names: NameReader, communes: frozenset[str]) -> Iterator[Mention]:
    """Schools whose name ends in one of `communes` (name keys) and is not like a person's, as parts of that commune."""
    if not communes or _SCHOOL not in tokens.keys:
        return
    for at, key in enumerate(tokens.keys):
        if key != _SCHOOL or not tokens.capital(at) or _ends_name(tokens, at):
            continue
        # "Trường Tiểu học Tân Lập": the kind need not be written in capitals
        first = _past_kind(lexicon, tokens, at + 1, tokens.size)
        if first >= tokens.size or not tokens.capital(first):
            continue
        end = names.run_end(first)
        if end - first < 2 or tokens.keys[first] in lexicon.words["family_names"]:
            continue
        name = " ".join(tokens.keys[first:end])
        if name in communes:
            commune = Mention("bare", first, end, "", (), (COMMUNE,), key=name, name=tokens.slice(first, end))
            text = " ".join(tokens.slice(at, end).split())
            yield Mention("part", at, end, _SCHOOL, (), (COMMUNE,), name=text, inside=commune, sub_area=text)


def _ends_name(tokens: Tokens, at: int) -> bool:
    """Whether the word is the last of a name in a list ("các xã Xuân Trường, Hưng Đạo")."""
    named = tokens.blank_before(at) and tokens.capital(at - 1)
    return named and not tokens.blank_before(at + 1)


def _past_kind(lexicon: Lexicon, tokens: Tokens, at: int, end: int) -> int:
    """One past the words that say what kind of school it is."""
    while at < end and tokens.keys[at] in lexicon.words["school_kinds"]:
        at += 1
    return at
