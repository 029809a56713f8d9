"""What a figure measures, from the words right before and right after it."""

import re
from dataclasses import dataclass

from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.lexicon import label_table
from civic_etl.extract.patterns import compiled
from civic_etl.extract.plan_setters import setter_in, setter_of_paper, setters_named
from civic_etl.extract.quantities import Quantity

_REACH = 5
_SIGN_REACH = 24
_STOPS = frozenset([*",;.:!?()", "cho"])
# ... and what tells why something moved, or what came of it ("giảm do 14 dự án chậm", "giảm sâu khiến 90 con chết")
_STOPS_BEFORE = _STOPS | {"do", "vì", "khiến"}
# ... and an amount that something else came to although it moved ("giá tăng cao nhưng 16/21 chỉ tiêu đã đạt")
_BUT = frozenset({"nhưng", "song"})
_WITH = "với"
_COLON = ":"
_TRANSPARENT = frozenset({":"})
# what no comparison behind a figure reaches over
_ENDS = (_STOPS - {"("}) | _BUT
_SETTER_REACH = 8
# what opens a comparison before a figure
_COMPARES = "so"
# a year without its noun is compared with right behind one of these ("tăng 3% so với 2015")
_OPENS_COMPARISON = frozenset({".", ";", ":", "và", "nhưng"})
_LEADS_TO_TIME = frozenset({_COMPARES, "với"})
_DAY_OR_YEAR = re.compile(r"(?:19|20)\d\d\b|\d{1,2}[/.-]\d{1,2}(?:[/.-](?:19|20)\d\d)?(?![\d%])")
# what joins the comparison of another figure
_AND = "và"
_OTHER_COMPARISON = [_AND, _COMPARES]
# "giá so sánh năm 2010" compares nothing, nor does "kỳ hạn 6 tháng"
_COMPARED_PRICES, _FOR_HOW_LONG = ["so", "sánh"], ["kỳ", "hạn"]
_VERB_FIRST, _MOST, _OF_PLAN, _ASPECT, _PLAN_BESIDE, _AGAIN, _PAST_BRACKETS, _THEN_MOVED = (
    compiled("figure_words.yaml", key)
    for key in ("verb_first", "most", "of_plan", "aspect_beside", "plan_beside", "again", "past_brackets", "then_moved")
)
_EQUAL = "bằng "
# behind a percentage that something is equal to: the sum that it is a part of
_OF_SUM = compiled("figure_words.yaml", "of_sum")

_VERB_REACH = 70
# a sign right before a number, a minus only where a bracket opens before it: another dash opens an item
_SIGNED, _SIGNED_REACH = re.compile(r"[+]\s?$|\(\s?[-–]\s?$"), 4
# "gieo 33.412 ha, -0,86% so với cùng kỳ": glued to a percentage behind the comma of a figure
_GLUED, _GLUED_REACH, _PERCENT = re.compile(r"\w[,;] [-–]$"), 4, re.compile(r"\d[\d.,]*\s?%")
# "so với cùng kỳ -6 vụ, -4 người chết": glued to what fell, not a dash before it
_MINUS, _MINUS_REACH = re.compile(r"\b(?:so với|so|sv|svck) [^.;:\n]*[\s,(][-–]$"), 90
# "bằng 109,4% năm 2024", "bằng 94,7% tháng trước"
_DATED = re.compile(
    r"(?:thực hiện (?:của )?)?(?:(?:năm )?(?:19|20)\d\d\b|năm (?:trước|ngoái)|(?:tháng|quý|kỳ|vụ) trước)"
)
# no ratio to a plan that is gone beyond is less than all of it
_BEYOND, _ALL = re.compile(r" (?:đã )?vượt(?: mức| so với| xa)? "), 100
_MORE_THAN, _LESS = compiled("figure_words.yaml", "more_than"), ("ít", "thấp", "nhỏ")
# capital that may be a plan, and the words of a part of it ("chiếm 57% tổng vốn FDI")
_CAPITAL = frozenset({"tổng", "số"})
_THEN_MOVES = re.compile(r"(?: năm (?:trước|ngoái|\d{4}))?,? (?:tăng|giảm)(?: (?:khoảng|trên|hơn|gần))?\s*")
_PART_OF, _SHARE_OF = "chiếm", "share_of"
_WITHIN, _OF_TIME = "trong", frozenset({"đầu", "cuối", "năm", "tháng", "quý"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The cues round a figure. `before` is the nearest measure cue, `against` what it is measured against.

    `setters` are who set the plan, none where the text does not say; `against_end` is where the comparison's words
    end; `prior_text` the words of a comparison with another time.
    """

    before: str
    before_start: int
    against: str
    against_start: int
    against_end: int
    setters: tuple[str, ...]
    prior_text: str


def surroundings(context: Context, quantity: Quantity, floor: int, ceiling: int) -> Surroundings:
    """The cues round a quantity, not looking before `floor` (the quantity before) or past `ceiling` (the next one)."""
    before, before_start = _before(context, quantity, floor)
    sign = None if before else _sign(context.folded, quantity.start, floor)
    if sign is not None:
        before, before_start = sign
    if not before and context.folded.startswith("vượt", quantity.start):
        # "vượt trên 6%": the comparator has the verb
        before = "exceed"
    against, start, end, setters, prior = _after(context, quantity, ceiling)
    if against == "plan" and _is_beyond(context.folded, quantity):
        against, start, end, setters = "", quantity.end, quantity.end, ()
    of_sum = before == "equal" and not against and _is_of_sum(context.folded, quantity, before_start)
    before = _SHARE_OF if of_sum else before
    of_whole = of_sum or (before == _SHARE_OF and context.folded.startswith(_PART_OF, before_start))
    if against == "prior" and of_whole and _THEN_MOVES.fullmatch(context.folded, end, ceiling) is not None:
        # "chiếm 27% so cùng kỳ tăng 8%": what is held against that time is the change behind it
        against, start, end, prior = "", quantity.end, quantity.end, ""
    if not against and not of_whole:
        # "các chỉ tiêu vượt so với kế hoạch như: công nghiệp chiếm 62%": a part of its whole is held against no plan
        lead = _comparison_before(context, quantity, floor)
        if lead and _OF_PLAN.search(lead):
            # "so với dự toán tỉnh giao, thu ngân sách đạt 121%"
            opens = quantity.start - len(lead)
            setter = setter_in(context, opens, opens + len(lead.partition(",")[0])) if ":" not in lead else ""
            against, setters = "plan", setters or ((setter,) if setter else ())
        elif lead:
            against, prior = "prior", lead
    if not against:
        more = _MORE_THAN.search(context.folded, max(floor, quantity.start - _VERB_REACH), quantity.start)
        if more is not None:
            against, prior = "prior", more[1]
            if not before:
                before, before_start = "fall" if more[1].startswith(_LESS) else "rise", more.start(1)
    told = None
    if not of_whole:
        told = _VERB_FIRST.search(context.folded, max(floor, quantity.start - _VERB_REACH), quantity.start)
    if not before and quantity.unit in RATES:
        most = _MOST.search(context.folded, max(floor, quantity.start - _VERB_REACH), quantity.start)
        if most is not None:
            before, before_start = _verb(most[most.lastindex or 0]), most.start()
    if told is not None and not context.indicators.within(told.start(2), quantity.start):
        if not before:
            before, before_start = _verb(told[1]), told.start(1)
        if not against and _OF_PLAN.search(told[2]):
            against = "plan"
            setter = setter_in(context, told.start(2), told.end(2))
            setters = setters or ((setter,) if setter else ())
    return Surroundings(before, before_start, against, start, end, setters, prior)


def _is_beyond(folded: str, quantity: Quantity) -> bool:
    """Whether a percentage is only said to be more than was planned ("tỷ lệ bao phủ đạt 93% vượt chỉ tiêu").

    More than all is that of the plan itself ("thu đạt 112% vượt dự toán").
    """
    return quantity.unit in RATES and quantity.value <= _ALL and _BEYOND.match(folded, quantity.end) is not None


def _is_of_sum(folded: str, quantity: Quantity, verb_start: int) -> bool:
    """Whether a percentage tells how much of a sum named behind it something is ("bằng 67% doanh số cho vay")."""
    return folded.startswith(_EQUAL, verb_start) and _OF_SUM.match(folded, quantity.end) is not None


def _sign(folded: str, start: int, floor: int) -> tuple[str, int] | None:
    """The measure cue of a sign right before a number, and where it stands."""
    sign = _SIGNED.search(folded, max(floor, start - _SIGNED_REACH), start)
    if sign is not None:
        return "rise" if "+" in sign[0] else "fall", sign.start()
    # most numbers have no dash before them, and need no search
    if not folded.endswith(("-", "–"), 0, start):
        return None
    glued = _GLUED.search(folded, max(0, start - _GLUED_REACH), start) and _PERCENT.match(folded, start)
    if glued or _MINUS.search(folded, max(0, start - _MINUS_REACH), start):
        return "fall", start - 1
    return None


def _verb(text: str) -> str:
    """The measure cue of a verb that stands before its comparison."""
    found = label_table("measures.yaml").longest_at(text.split(), 0, len(text.split()))
    return found[1] if found is not None else ""


def _before(context: Context, quantity: Quantity, floor: int) -> tuple[str, int]:
    line = context.line
    last = line.at_or_after(quantity.start) - 1
    table = label_table("measures.yaml")
    words = line.words
    for index in range(last, max(last - _REACH, -1), -1):
        if line.starts[index] < floor:
            break
        if words[index] in _STOPS_BEFORE and words[index] not in _TRANSPARENT:
            break
        if quantity.unit not in RATES and (words[index] in _BUT or (words[index] == _COLON and index < last)):
            # "các sản phẩm tăng: xi măng 90 nghìn tấn"
            break
        if words[index] == _WITH and quantity.unit not in RATES and table.longest_at(words, index - 1, index):
            # "đàn vật nuôi tăng với 340 con bò"
            break
        for first, label in table.ending_at(words, index + 1, max(index - 4, 0)):
            if line.starts[first] >= floor and not context.in_names.cover(line.starts[first]):
                # not the end of "Cao Bằng" (7,5%)
                return label, line.starts[first]
    # "vượt 12%": the comparator table may have eaten the cue ("tăng trên", "vượt hơn")
    return "", quantity.start


def _after(context: Context, quantity: Quantity, ceiling: int) -> tuple[str, int, int, tuple[str, ...], str]:
    line = context.line
    words = line.words
    first, ceiling = _past_brackets(context, quantity, ceiling)
    table = label_table("comparisons.yaml")
    index = _first_word(context, quantity, first, ceiling)
    linked = within = False
    start = quantity.end
    # the noun right behind a percentage is none of what that is held against ("giảm 5% hộ nghèo so với năm trước")
    compared = line.starts[index] if index < len(words) else start
    for steps in range(_REACH):
        position = index + steps
        if position >= len(words) or line.starts[position] >= ceiling or words[position] in _ENDS:
            break
        if words[position] == "(" and ")" not in context.folded[line.starts[position] : ceiling]:
            # what the bracket holds is told of its own figure ("tăng 7,4% (vượt mục tiêu 0,4%)")
            break
        if not linked and words[position : position + 2] == _OTHER_COMPARISON:
            # "tăng 0,2% và so với tháng 12 tăng 3,4%": that of the next figure
            break
        found = table.longest_at(words, position, min(position + 6, len(words)))
        if found is None or words[position : position + 2] == _FOR_HOW_LONG:
            if linked and words[position - 1] in _LEADS_TO_TIME:
                told = _DAY_OR_YEAR.match(context.folded, line.starts[position], ceiling)
                if told is not None:
                    return "prior", compared, told.end(), (), told[0]
            if not linked and steps > 1:
                break
            continue
        after, label = found
        if label == "link":
            linked, within = True, words[position] == _WITHIN
            continue
        if label == "prior" and within and words[position] in _OF_TIME:
            # "tăng 12% trong nửa đầu năm": the time that is told of
            break
        if label == "plan" and position > 0 and words[position - 1] == "về":
            # "tăng 72% về số vốn đăng ký": what rose
            continue
        if label == "plan" and words[position] in _CAPITAL and (steps or _is_part(context, quantity)):
            # "tăng 5 dự án nhưng số vốn đăng ký ...", "chiếm 57% tổng vốn FDI"
            if steps and not linked:
                break
            continue
        if label == "prior" and not linked and words[position] != "cùng" and quantity.unit != "times":
            dated = context.folded[max(0, quantity.start - 5) : quantity.start] == "bằng " and _DATED.match(
                context.folded, line.starts[position]
            )
            if not dated:
                break
        end = line.ends[after - 1]
        if label == "plan" and _PLAN_BESIDE.fullmatch(context.folded, quantity.end, ceiling) is not None:
            # "đạt 8,74%/KH 6,17%": the plan itself follows
            break
        if label == "prior":
            return label, compared, end, (), _clause(context, position, ceiling)
        stop = _clause_stop(context, after, ceiling)
        inside = position if words[after - 1] == "giao" else after
        setters = setters_named(context, position, inside, stop) or setter_of_paper(context, end, ceiling)
        return label, start, max(end, stop), setters, ""
    return "", start, start, (), ""


def _first_word(context: Context, quantity: Quantity, first: int, ceiling: int) -> int:
    """The index of the first word behind a figure that may open what it is held against: `first` is where to look."""
    line = context.line
    words, index = line.words, line.at_or_after(first)
    opens = label_table("comparisons.yaml").longest_at(words, index, min(index + 6, len(words))) is not None
    if quantity.unit in RATES and not opens:
        # "giảm 2,24% tỷ lệ hộ nghèo so với năm 2015"
        named = [hit.last for hit in context.indicators.within(quantity.end, quantity.end + 2)]
        index = max(named, default=index - 1) + 1
        aspect = _ASPECT.match(context.folded, quantity.end, ceiling)
        # "bằng 67% vốn đầu tư so với cùng kỳ"
        index = index if aspect is None else max(index, line.at_or_after(aspect.end()))
    # "tăng 129 tỷ đồng (+5,02%) so với đầu năm"
    closes = quantity.unit in RATES and words[index : index + 1] == [")"] and _opens(context, quantity)
    return index + 1 if closes else index


def _past_brackets(context: Context, quantity: Quantity, ceiling: int) -> tuple[int, int]:
    """Where what a ratio is held against may stand, past brackets too ("bằng 98% (giảm 12 ha) so với năm trước")."""
    folded = context.folded
    equals = quantity.unit in RATES and folded.startswith(_EQUAL, max(0, quantity.start - len(_EQUAL)))
    past = _PAST_BRACKETS.match(folded, quantity.end) if equals else None
    return (quantity.end, ceiling) if past is None else past.span(1)


def _opens(context: Context, quantity: Quantity) -> bool:
    """Whether brackets hold a ratio and no more than it."""
    opening = context.folded.rfind("(", max(0, quantity.start - _SIGN_REACH), quantity.number_start)
    return opening >= 0 and _AGAIN.fullmatch(context.folded, opening, quantity.number_start) is not None


def _is_part(context: Context, quantity: Quantity) -> bool:
    """Whether a figure is said to be part of a whole."""
    return context.folded[max(0, quantity.start - len(_PART_OF) - 1) : quantity.start].strip() == _PART_OF


def _clause(context: Context, first: int, ceiling: int) -> str:
    stop = _clause_stop(context, first, ceiling)
    return context.folded[context.line.starts[first] : stop]


def _clause_stop(context: Context, index: int, ceiling: int) -> int:
    """Where the words of a comparison end: at a mark, the next figure or the sentence's end."""
    line = context.line
    end = line.ends[index - 1] if index else 0
    for position in range(index, min(index + _SETTER_REACH, len(line.words))):
        word = line.words[position]
        if line.starts[position] >= ceiling or word in _STOPS or word in {"và", "trong", "nhưng", "riêng"}:
            break
        end = line.ends[position]
    return end


def _comparison_before(context: Context, quantity: Quantity, floor: int) -> str:
    """A comparison that opens the clause of a change ("so với cùng kỳ tăng 01 vụ")."""
    line = context.line
    words = line.words
    index = line.at_or_after(quantity.start) - 1
    low = line.at_or_after(floor)
    commas = 0
    for position in range(index, max(index - 14, low - 1), -1):
        commas += words[position] == ","
        if words[position] in {";", ".", "(", ")"} or commas > 1:
            break
        if words[position : position + 2] == _COMPARED_PRICES and words[position - 1 : position] == ["giá"]:
            continue
        if words[position] == _COMPARES and (
            not commas or position == 0 or words[position - 1] in _OPENS_COMPARISON or line.starts[position] == floor
        ):
            told = context.folded[line.starts[position] : quantity.start]
            # "vượt 2,9% (23 ha) so với kế hoạch và tăng 0,8%": that of the figure before
            behind = not context.folded[floor : line.starts[position]].strip(" )")
            return "" if behind and floor and _THEN_MOVED.search(told) is not None else told
    return ""
