"""What a mention does beside naming a place: somebody's office, the giver of a plan, a unit that is no more."""

from civic_etl.gazetteer.finding.lexicon import Lexicon
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.tokens import Tokens

_OFFICE_REACH = 110


def mark(mention: Mention, tokens: Tokens, lexicon: Lexicon) -> None:
    """Set `office`, `giver` and `former` from the words around a mention."""
    start, end = tokens.starts[mention.first], tokens.ends[mention.last - 1]
    folded = tokens.folded
    if mention.kind != "part":
        begin = max(0, start - _OFFICE_REACH, folded.rfind("\n", 0, start) + 1)
        mention.office = lexicon.office_before.search(folded, begin, start) is not None
        mention.giver = lexicon.gives_after.match(folded, end) is not None
    if mention.key and not mention.former:
        after = lexicon.former_after.match(folded, end)
        before = lexicon.former_before.search(folded, max(0, start - 16), start)
        mention.former = after is not None or before is not None
    mention.marked = mention.former
