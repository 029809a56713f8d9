"""What an official asks for: all that the sentence tells of a time that is not over is aimed at."""

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.phrases import Hit

_WORDS = patterns("kind_words.yaml")
_NOUN_REACH = 24


def is_requested(context: Context, sentence: Sentence, hit: Hit[str], start: int) -> bool:
    """Whether a figure at `start` is of what an official is told to ask for at the beginning of its sentence.

    ("Đồng chí đề nghị bắt tay ngay vào việc; giao quân đạt 100% chỉ tiêu; ..."; "đạt yêu cầu đề ra" asks for nothing)
    """
    folded = context.folded
    if _WORDS["asks_for"].match(folded, hit.start) is None or context.quantities.any_within(sentence.start, hit.start):
        return False
    if _WORDS["asked_for"].search(folded, max(sentence.start, hit.start - _NOUN_REACH), hit.start) is not None:
        return False
    if _WORDS["official"].search(folded, sentence.start, hit.start) is None:
        return False
    return not any(_WORDS[key].search(folded, hit.end, start) for key in ("done", "told_aside"))
