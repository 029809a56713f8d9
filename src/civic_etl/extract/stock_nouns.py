"""Bare counted nouns: a stock of the place, or only some of it."""

from functools import lru_cache

from civic_etl.extract.context import Context
from civic_etl.extract.patterns import compiled
from civic_etl.extract.phrases import Hit, PhraseTable
from civic_etl.extract.tokens import TokenLine
from civic_etl.indicators.lexicon import load_stocks
from civic_etl.pattern import Pattern

OF_BODIES = frozenset({"party_members", "party_cells", "union_members"})
"""Stocks that a body consists of, which began with so many."""

_BEGINNING_BEHIND = compiled("timeline.yaml", "beginning_behind")
_SCHOOL_OPENS = compiled("link_words.yaml", "school_opens")
_AT_SCHOOL = frozenset({"schools", "classes", "students"})
_MEMBERS, _LONGEST_UNION = "union_members", 40
_REACH = 5
_STOPS = frozenset(";.:(")
# "tại 3 xã": the noun of a part
_OF = frozenset({"tại", "của", "ở"})
# between joined counts
_JOINTS = frozenset({",", "và", "với", "cùng", "/", "gồm", "-", "="})
# those whose members may be counted right behind them ("812 hộ 3.965 khẩu")
_MEMBERED, _WITH = "hộ", "với"
# ... "mới", "được", "thêm"
_FOUNDED = ("thành", "lập")
_ABOUT = frozenset({"hơn", "gần", "trên", "khoảng"})
_LONGEST_NOUN = 8
# units whose power is a word of its own
_SQUARED = frozenset({"km", "m"})
_MONEY = frozenset({"đồng", "usd"})
# more counts are not joined in any sentence that is written
_LONGEST_CHAIN = 16
# stocks whose label may name some of them; words behind their noun that leave it as it is
_LABELLED = frozenset({"households", "communes", "residential_groups"})
_SAYS_NO_MORE = frozenset({":", "dân", "gia", "trong", "trên", "của", "toàn", "hiện", "là", "và", ",", "(", "phố"})
_LONGEST_LABEL = 10
# what a label of all communes there are names
_COMMUNES = "communes"
_UNITS = frozenset({"xã", "phường", "huyện", "thị", "quận", "tỉnh", "thành", "chính", "số", "tổng", "gồm", "có", "đơn"})
# behind which a sentence opens
_OPENINGS = frozenset(".!?:;-+*•")

# right before a count of those who got something
_GIVEN = frozenset({"cho", "tặng", "giúp", "thăm", "trao", "mời", "vay"})


def is_given_to(line: TokenLine, start: int) -> bool:
    """Whether a counted noun tells who got something, by the word right before its number at `start`.

    Or before the first of several joined counts ("cấp gạo cho 42 hộ nghèo, 25 hộ cận nghèo").
    """
    index: int | None = line.at_or_after(start)
    for _ in range(_LONGEST_CHAIN):
        if not index:
            return False
        if line.words[index - 1] in _GIVEN:
            return True
        index = _joined_to(line.words, index)
    return False


def is_where(code: str, line: TokenLine, start: int) -> bool:
    """Whether a count of the place's own parts tells where others are ("640 hộ thuộc 7 tổ dân phố đạt danh hiệu")."""
    index = line.at_or_after(start)
    return code in load_stocks().parts and index > 0 and line.words[index - 1] == "thuộc"


@lru_cache(maxsize=1)
def _words() -> PhraseTable[bool]:
    """Words before a bare counted noun: True where they make it a stock of the place."""
    stocks = load_stocks()
    return PhraseTable([*((word, True) for word in stocks.stock), *((word, False) for word in stocks.other)])


def is_stock(code: str, context: Context, start: int) -> bool:
    """Whether a counted noun is a stock of the place, by the nearest telling word before the number at `start`.

    What stands before the first of several joined counts tells of all ("có 14 thôn, 4.216 hộ với 16.870 nhân khẩu");
    a count that opens its clause or stands right behind a name ("xã Châu Đức 619 đảng viên") is a stock, one behind
    words that tell nothing of it is none.
    """
    line = context.line
    index = line.at_or_after(start)
    if code in OF_BODIES and _is_followed(context, start, _BEGINNING_BEHIND):
        return True
    if code in _AT_SCHOOL and _is_followed(context, start, _SCHOOL_OPENS):
        return True
    if code == _MEMBERS and _is_behind_union(context, start):
        return True
    # "với" says that it is one, too, unless what was said of the households says otherwise
    joint = False
    for _ in range(_LONGEST_CHAIN):
        first = _clause_start(line.words, index)
        hits = list(_words().find(line, first, index))
        before = _joined_to(line.words, index)
        of_households = before is not None and _MEMBERED in line.words[before:index]
        if hits and of_households and line.words[hits[-1].first] == _WITH:
            # "di dời 210 hộ với 890 khẩu"
            joint, hits = True, []
        if hits:
            if _is_with_doing(hits, line.words, index) or (code in OF_BODIES and _are_founded(hits[-1], line.words)):
                return False
            # "của 210 hộ, 35 thôn": parts of the place are told with what happened in them, none of all it has
            part = code in load_stocks().parts and line.words[index + 1] != _MEMBERED
            return hits[-1].payload or (part and line.words[hits[-1].first] in _OF)
        if before is None:
            opens = index == first and not _is_labelled_as_some(code, line.words, index)
            return joint or opens or _is_name(context, index - 1)
        index = before
    return joint


def _is_with_doing(hits: list[Hit[bool]], words: list[str], index: int) -> bool:
    """Whether "với" right before the number at `index` only tells to whom was done what stands before it.

    ("giải phóng mặt bằng với 104 hộ")
    """
    if len(hits) < 2 or hits[-1].last != index - 1 or words[index - 1] != _WITH:
        return False
    return not hits[-2].payload and hits[-2].last == index - 2


def _are_founded(hit: Hit[bool], words: list[str]) -> bool:
    """Whether the words before a count say that so many were founded: a body had others before ("thành lập mới 2")."""
    return tuple(words[hit.first : hit.last]) == _FOUNDED


def _is_followed(context: Context, start: int, behind: Pattern) -> bool:
    """Whether some words stand right behind a count.

    (all that there were when the place began: "từ 60 đảng viên ban đầu, đến nay ...")
    """
    figures = context.quantities
    index = figures.first_from(start)
    if index >= len(figures) or figures[index].start != start:
        return False
    return behind.match(context.folded, figures[index].end) is not None


def _is_behind_union(context: Context, start: int) -> bool:
    """Whether a count stands right behind the name of a union, which ends in a small letter ("Hội Nông dân 620")."""
    named = context.categories.within(max(0, start - _LONGEST_UNION), start)
    return any(
        not context.folded[hit.end : start].strip() and any(key == "org" for _, key, _ in hit.payload) for hit in named
    )


def _is_labelled_as_some(code: str, words: list[str], index: int) -> bool:
    """Whether the label before a count names some of its noun only ("hộ có hoàn cảnh khó khăn: 278 hộ").

    Or what so many communes have reached, and no unit that they lie in ("Thu nhập: 63 xã").
    """
    if code not in _LABELLED or index + 1 >= len(words) or words[index - 1 : index] != [":"]:
        return False
    label: list[str] = []
    for position in range(index - 2, max(index - _LONGEST_LABEL, 0) - 1, -1):
        if words[position] in _STOPS:
            break
        if words[position] == words[index + 1]:
            return words[position + 1] not in _SAYS_NO_MORE
        label.append(words[position])
    return code == _COMMUNES and _UNITS.isdisjoint(label)


def _clause_start(words: list[str], index: int) -> int:
    """Where the words right before a number begin, behind a mark or another number."""
    first = max(index - _REACH, 0)
    for position in range(index - 1, first - 1, -1):
        if words[position] in _STOPS or words[position][0].isdigit():
            return position + 1
    return first


def _is_name(context: Context, index: int) -> bool:
    """Whether a word is capitalised, and not because it opens a sentence."""
    start, before = context.line.starts[index], context.line.words[index - 1 : index]
    return context.text[start].isupper() and before != [] and before[0] not in _OPENINGS


def _joined_to(words: list[str], index: int) -> int | None:
    """The number of the count that a count is joined to ("14 thôn, 4.216 hộ"): nothing but its noun stands between."""
    position = index - 1
    while position >= 0 and words[position] in _ABOUT:
        position -= 1
    joint = position
    while position >= 0 and words[position] in _JOINTS:
        position -= 1
    if position == joint and words[position] != _MEMBERED:
        return None
    if words[position] == "2" and words[position - 1] in _SQUARED:
        # "diện tích 98 km2, 3.120 hộ"
        position -= 1
    for at in range(position, max(position - _LONGEST_NOUN, -1) - 1, -1):
        if words[at] in _MONEY:
            # "dư nợ 770 tỷ đồng/29.100 hộ": who has the money
            return None
        if words[at][0].isdigit():
            return at
        if not words[at][0].isalpha() and words[at] != ",":
            return None
    return None
