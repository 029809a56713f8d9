"""Whether a title is that of a plan."""

from civic_etl.extract.patterns import patterns

_WORDS = patterns("kind_words.yaml")


def is_plan_title(title: str) -> bool:
    """Whether a folded title is that of a plan ("Nghị quyết của HĐND huyện về nhiệm vụ năm 2012")."""
    return _WORDS["plan_title"].search(title) is not None and _WORDS["heading_result"].search(title) is None
