"""What was raised is of a programme where the lines above speak of one."""

from dataclasses import replace

from civic_etl.extract.context import Context
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.link import Link
from civic_etl.indicators.lexicon import load_variants

_RAISED = "infrastructure_mobilised"
_SCORE = 6.0


def of_programme(context: Context, figure: Figure, link: Link | None) -> Link | None:
    """The link of a figure, to the indicator of the programme that its paragraph, a heading or the title speaks of.

    ("Xã về đích nông thôn mới năm 2019. Tổng nguồn lực huy động đạt 87 tỷ đồng"); not where its own words say what the
    money is for. A sum that was only raised, for nothing that is named, is of the programme, too, and so is the money
    of what is only called the programme.
    """
    bare = link is None and figure.q.unit == "VND"
    raised = bare and any(WORDS[key].search(figure.gap) is not None for key in ("raised", "for_programme"))
    found = Link(_RAISED, None, _SCORE, "pattern") if raised else link
    programme = load_variants()["of_programme"].get(found.code) if found is not None else None
    if found is None or programme is None:
        return link
    folded, spot = figure.folded, figure.spot
    own = folded[spot.floor : spot.ceiling]
    if any(word in own for word in programme["unless"]):
        return link
    above = "\n".join(folded[start:end] for start, end in spot.block.headings)
    told = f"{context.title.folded}\n{above}\n{folded[spot.block.start : figure.q.start]}"
    spoken = any(word in told for word in programme["words"])
    return replace(found, code=programme["code"]) if spoken else link
