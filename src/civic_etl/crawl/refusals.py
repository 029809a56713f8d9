"""Pages that answer 200 and are no article: captchas, firewalls, maintenance."""

from functools import lru_cache
from importlib.resources import files

import yaml

_READ = 20_000
_SHORT = 8_000


@lru_cache(maxsize=1)
def _marks() -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = yaml.safe_load(files("civic_etl.crawl").joinpath("refusal_marks.yaml").read_text(encoding="utf-8"))
    return tuple(data["always"]), tuple(data["short"])


def refusal_mark(html: str) -> str | None:
    """The words that give a refusal page away, or None for any other page."""
    head = html[:_READ].lower()
    always, short = _marks()
    marks = always + short if len(html) < _SHORT else always
    return next((mark for mark in marks if mark.lower() in head), None)
