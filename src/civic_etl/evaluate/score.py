"""Precision, recall and their mean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """`hits` of what was `found` and of what is in `gold`. With nothing found or nothing to find, a share is 0."""

    hits: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Hits over found, 0 to 1."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Hits over gold, 0 to 1."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.hits / (self.found + self.gold) if self.found + self.gold else 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.hits + other.hits, self.found + other.found, self.gold + other.gold)

    def as_dict(self) -> dict[str, float]:
        """For JSON."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "hits": self.hits,
            "found": self.found,
            "gold": self.gold,
        }
