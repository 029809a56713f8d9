"""Keys are hashes of content: the same page twice is the same rows, on every machine."""

import json
from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256

from civic_etl.extract.records import Observation, RefArea
from civic_etl.parse.article import Article

_SEPARATOR = "\x1f"


def digest(*parts: str) -> str:
    """First 16 hex digits of the SHA-256 of the parts, kept apart by a character that no text holds."""
    return sha256(_SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def article_id(canonical_url: str) -> str:
    """The key of an article through all its revisions."""
    return digest(canonical_url)


def revision_id(article: Article) -> str:
    """The key of what an article said at one time."""
    published = article.published.isoformat() if article.published else ""
    return digest(article.canonical_url, article.title, article.text, published)


def plain(value: Decimal | None) -> str:
    """A number as text, the same for 9130 and 9.13E+3; empty for None."""
    return "" if value is None else format(value.normalize(), "f")


def breakdown_json(breakdown: Iterable[tuple[str, str]]) -> str:
    """The breakdown as JSON text with sorted keys, so that equal breakdowns are equal strings."""
    return json.dumps(dict(breakdown), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def area_key(area: RefArea) -> str:
    """What identifies a place: its id, else the name that the text gives it."""
    return area.area_id or area.name


def observation_facts(article: str, observation: Observation) -> tuple[str, ...]:
    """The fields that make an observation what it is; offsets are left out, so an edit elsewhere keeps its key."""
    return (
        article,
        area_key(observation.ref_area),
        observation.sub_area,
        observation.indicator,
        observation.indicator_text if observation.indicator == "other" else "",
        breakdown_json(observation.breakdown),
        observation.measure,
        plain(observation.obs_value),
        plain(observation.obs_value_upper),
        plain(observation.numerator),
        plain(observation.denominator),
        observation.unit_measure,
        observation.comparator,
        observation.time_period,
        observation.value_kind,
    )
