"""The level that a change is said to be of behind it ("tăng 3,1% về số doanh nghiệp")."""

from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import MOVES, Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.quantities import Quantity
from civic_etl.indicators.lexicon import load_variants

# what persons counted came to
_HARMS = ("chết", "bị thương", "tử vong", "mất tích")
_HARM_REACH = 14
# what is put up for projects and firms
_CAPITAL = frozenset({"fdi_registered", "investment_registered", "enterprise_capital"})


def of_aspect(figure: Figure, frame: Frame) -> Draft | None:
    """The level that a change is said to be of behind it ("tăng 3,1% về số doanh nghiệp nhưng giảm 8,4% về vốn").

    Or the capital told last, where its words name no more than capital.
    """
    if not (figure.q.unit == "times" or (figure.is_rate and _is_related(figure))):
        return None
    if WORDS["capital_moves"].fullmatch(figure.gap) is not None:
        return next((d for d in frame.backwards() if d.code in _CAPITAL and d.measure == "level"), None)
    said = WORDS["aspect"].match(figure.folded, figure.q.end, figure.spot.ceiling)
    if said is None and figure.spot.floor > figure.spot.sentence.start:
        said = WORDS["aspect_beside"].match(figure.folded, figure.q.end, figure.spot.ceiling)
    if said is None:
        return None
    words, units = said[1].split(), load_variants()["aspects"]
    known = next((found for size in range(len(words), 0, -1) if (found := units.get(" ".join(words[:size])))), ())
    harm = next((word for word in _HARMS if word in said[1]), "")
    # in its sentence, else in those before it ("... có 120 doanh nghiệp. So với cùng kỳ, tăng 4% về số doanh nghiệp")
    levels = (d for d in frame.backwards() if d.measure == "level" and d.quantity.unit in known)
    return next((d for d in levels if harm in _harm_of(figure.folded, d.quantity)), None)


def _is_related(figure: Figure) -> bool:
    """Whether a percentage is a change, is held against something, or comes to so much of it."""
    listed = WORDS["same_verb"].fullmatch(figure.gap) is not None
    return listed or figure.around.before in MOVES | {"equal"} or bool(figure.around.against)


def _harm_of(folded: str, persons: Quantity) -> str:
    """The words that tell what persons counted came to: before their count, else behind it."""
    before = folded[max(0, persons.start - _HARM_REACH) : persons.start].rpartition(",")[2]
    return before if any(word in before for word in _HARMS) else folded[persons.end : persons.end + _HARM_REACH]
