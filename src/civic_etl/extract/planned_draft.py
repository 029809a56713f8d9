"""Which of the figures before a ratio of a plan is of."""

from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import CHANGES
from civic_etl.indicators.lexicon import load_variants

__all__ = ["planned"]


def planned(frame: Frame, before: Draft) -> Draft:
    """The figure that a plan is of: what was added to a total, or what changed; else the one whose indicator goes on.

    ("dư nợ 276 tỷ đồng/98.000 hộ, tăng 13 tỷ đồng so với đầu năm, đạt 99% kế hoạch")
    """
    added = _added(frame, before)
    if added is not None:
        return added
    last = frame.last
    changes = last is not None and last.measure in CHANGES and last.code not in {before.code, "other"}
    return last if last is not None and changes else before


def _added(frame: Frame, total: Draft) -> Draft | None:
    """What was added right before to a total.

    ("kết nạp 12 đảng viên, nâng tổng số đảng viên lên 310 đồng chí, đạt 120% kế hoạch")
    """
    last = frame.seen[-2] if len(frame.seen) > 1 and frame.seen[-1] is total else None
    return last if last is not None and load_variants()["total_of"].get(last.code) == total.code else None
