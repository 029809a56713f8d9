"""Brackets of a folded text: which one stands open at a position, and whether it closes."""


def opening(folded: str, at: int, start: int) -> int:
    """Where the bracket that stands open at a position opens, at or after `start`; -1 for none."""
    opened = folded.rfind("(", start, at)
    return opened if opened >= 0 and folded.find(")", opened, at) < 0 else -1


def closed_opening(folded: str, at: int, start: int, end: int) -> int:
    """Where the bracket that stands open at a position opens, if it closes before `end`; -1 for none."""
    opened = opening(folded, at, start)
    return opened if opened >= 0 and folded.find(")", at, end) >= 0 else -1
