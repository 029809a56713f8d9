"""What a nightly run saw of a source, in numbers that can be compared from night to night."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Health:
    """Counts of one night, or sums over several. `at` is ISO text in UTC.

    `found`: addresses listed. `pages`: pages that came. Of them `failed` gave no article and `refused` were captchas or
    error pages; of the articles `fallback` were not read by the site's family, `titled`, `dated` and `bodied` had what
    an article has, and `chars` and `observations` are summed.
    """

    source: str
    run_id: str
    at: str
    found: int = 0
    pages: int = 0
    failed: int = 0
    refused: int = 0
    fallback: int = 0
    titled: int = 0
    dated: int = 0
    bodied: int = 0
    chars: int = 0
    observations: int = 0

    @property
    def articles(self) -> int:
        """Pages that gave an article."""
        return self.pages - self.failed - self.refused

    def share(self, name: str) -> float:
        """A count as a share of the articles (of the pages for `failed` and `refused`); 0 without any."""
        whole = self.pages if name in ("failed", "refused") else self.articles
        return float(getattr(self, name)) / whole if whole > 0 else 0.0

    @classmethod
    def total(cls, rows: Iterable[Self]) -> Self | None:
        """The sum of several nights, under the name of the first; None of none."""
        parts = list(rows)
        if not parts:
            return None
        sums = {f.name: sum(getattr(part, f.name) for part in parts) for f in fields(cls) if f.name not in _NAMES}
        return cls(parts[0].source, parts[0].run_id, parts[0].at, **sums)


_NAMES = frozenset({"source", "run_id", "at"})
