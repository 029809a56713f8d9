"""The kinds of time expressions, by what they can do; the data file says what each group is."""

from civic_etl.extract.lexicon import read_data

_DATA = read_data("cue_kinds.yaml")


def _kinds(key: str) -> frozenset[str]:
    return frozenset(_DATA[key])


SPANS = _kinds("spans")
SCOPES = SPANS | _kinds("scopes")
AS_OF = _kinds("as_of")
NEVER_RUN = _kinds("never_run")
RUNNING = SCOPES - NEVER_RUN
UP_TO_A_DAY = _kinds("up_to_a_day")
RUNS_OF_DAYS = _kinds("runs_of_days")
OF_ONE_FIGURE = _kinds("of_one_figure")
TERMS = _kinds("terms")
COUNTED = _kinds("counted")
RANGES = _kinds("ranges")
BOUND = _kinds("bound")
REPORTED = _kinds("reported")
DAY_FORMS = _kinds("day_forms")
PARTS_OF_A_YEAR = _kinds("parts_of_a_year")
OF_A_YEAR = _kinds("of_a_year")
SCHOOL_YEARS = _kinds("school_years")
ENDS_OF_YEARS = _kinds("ends_of_years")
