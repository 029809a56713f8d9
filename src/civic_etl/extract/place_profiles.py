"""What a place is described by: how large it is, who lives there, what it consists of."""

from civic_etl.extract.calendar_period import year
from civic_etl.extract.figure import Figure
from civic_etl.extract.patterns import compiled
from civic_etl.extract.timeline import Timeline

_DESCRIBES = frozenset(
    {
        "natural_area",
        "population",
        "households",
        "communes",
        "residential_groups",
        "ethnic_minority_share",
        "population_density",
    }
)
_BEGINNING_BEHIND = compiled("timeline.yaml", "beginning_behind")
_EXTENT, _INHABITANTS, _BEGINNING, _CONSISTS = (
    compiled("timeline.yaml", key) for key in ("extent", "inhabitants", "beginning", "consists")
)
# what such a sentence tells beside, that no indicator is for ("23 dân tộc")
_BESIDE = _DESCRIBES | {"other"}


def date_beginning(figure: Figure, timeline: Timeline) -> None:
    """Dates what there was when a place began, by the day or year of that which the text has told.

    ("Phường được thành lập năm 2006. Khi mới thành lập, phường có 18.920 người")
    """
    behind = _BEGINNING_BEHIND.match(figure.folded, figure.q.end)
    if behind is not None:
        told = year(int(behind["year"])) if behind["year"] else timeline.founded_before(figure.q.start)
        figure.period = told or figure.period
        return
    if figure.cue is not None:
        return
    begun = _BEGINNING.search(figure.folded, figure.spot.sentence.start, figure.q.start)
    if begun is not None and timeline.is_undated(begun.end(), figure.q.start):
        figure.period = timeline.founded_before(begun.start()) or figure.period


def date_profile(figure: Figure, timeline: Timeline) -> bool:
    """Dates what describes a place and has no time of its own: it is so by the day of the article.

    Whatever the article reports on ("Xã có diện tích tự nhiên 43 km2, dân số 9.200 người với 16 thôn"). Or by the day
    from which on there is such a place ("từ ngày 1/1/2025, quận có 6 phường"); returns whether that is told.
    """
    if figure.code not in _BESIDE or figure.cue is not None:
        return False
    sentence = figure.spot.sentence
    scope = timeline.scope
    if scope is not None and scope.is_run_of_years and timeline.is_day_known:
        # what a place is like is none of what years that went by have brought
        if _CONSISTS.match(figure.folded, sentence.start, sentence.end) is not None:
            figure.period = timeline.today or figure.period
        return False
    if figure.code not in _DESCRIBES:
        return False
    founded = timeline.since_day(sentence, figure.q.start)
    if founded is not None:
        figure.period = founded
        return True
    if timeline.scope is not None or not timeline.is_day_known:
        return False
    if all(words.search(figure.folded, sentence.start, sentence.end) for words in (_EXTENT, _INHABITANTS)):
        figure.period = timeline.today or figure.period
    return False
