"""Offices under a document: a title on a line of its own, the name on one of the next."""

import re
from collections.abc import Iterator
from functools import lru_cache

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.office_chain import complete_chain
from civic_etl.extract.persons import Person, Persons
from civic_etl.extract.title_lexicon import Organ
from civic_etl.extract.titles import Title

_REACH = 4
_MARKS = re.compile(r"[\s/(),.:;–—-]*(?:kt|tm|t/m|tl|k/t|q)?[\s/(),.:;–—-]*")


@lru_cache(maxsize=1)
def _bodies() -> re.Pattern[str]:
    """Who issues documents: the committee, the council, the Party committee."""
    names = sorted(read_data("offices.yaml")["issuers"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


def signatures(context: Context, titles: list[Title], persons: Persons) -> Iterator[tuple[Block, Person, Title]]:
    """Signers with the office they sign in."""
    lines = {title.start: title for title in titles if not title.private}
    blocks = context.blocks
    for index, block in enumerate(blocks):
        title = next((lines[p] for p in range(block.start, min(block.end, block.start + 12)) if p in lines), None)
        if title is None or not _alone(context, block, title):
            continue
        for below in blocks[index + 1 : index + 1 + _REACH]:
            deputy = next((lines[p] for p in range(below.start, min(below.end, below.start + 12)) if p in lines), None)
            if deputy is not None and _alone(context, below, deputy):
                # "KT. CHỦ TỊCH", and below it who signs in that place
                break
            named = persons.in_line(below.start, below.end)
            if named is not None:
                if title.complete or _issued(context, title, index):
                    yield from ((block, named, each) for each in complete_chain([title]))
                break


def _alone(context: Context, block: Block, title: Title) -> bool:
    """Whether a line holds an office in capitals and nothing else."""
    before = context.folded[block.start : title.start]
    after = context.folded[title.end : block.end]
    letters = context.text[title.start : title.end]
    return _MARKS.fullmatch(before) is not None and not after.strip(" .:") and letters == letters.upper()


def _issued(context: Context, title: Title, index: int) -> bool:
    """Give a bare title the body that issues the document: named right above, else in the first lines."""
    names = read_data_issuers()
    above = [context.blocks[i] for i in range(max(0, index - 2), index)]
    for block in [*reversed(above), *context.blocks[:3]]:
        match = _bodies().search(context.folded, block.start, block.end)
        if match is None:
            continue
        name = names[match.group()]
        title.organ, title.organs = name, [Organ(name, "near", False)]
        level = _level_after(context, match.end())
        title.level = level
        return True
    return False


def _level_after(context: Context, position: int) -> str:
    word = re.match(
        r"\s*(phường|xã|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)(?!\w)",
        context.folded[position : position + 14],
    )
    return word.group(1) if word else ""


@lru_cache(maxsize=1)
def read_data_issuers() -> dict[str, str]:
    """Written forms of issuing bodies with their short names."""
    return dict(read_data("offices.yaml")["issuers"])
