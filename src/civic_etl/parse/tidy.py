"""Text as it is kept: Unicode in NFC, one kind of space, no invisible characters, đ instead of its look-alikes."""

import re

from civic_etl.parse.legacy import repair
from civic_etl.vietnamese.fold import nfc

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_LOOK_ALIKES = {ord("\u00d0"): "Đ", ord("\u0189"): "Đ", ord("\u00f0"): "đ", ord("\u0256"): "đ"}
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), " ")
_TABLE = _INVISIBLE | _LOOK_ALIKES | _CONTROLS
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")
_SPACES = re.compile(r"\s+")


def characters(text: str) -> str:
    """NFC without invisible and control characters, old fonts undone; line breaks and spaces stay as they are."""
    text, _ = repair(text)
    return nfc(text.translate(_TABLE) if _ODD.search(text) else text)


def tidy(text: str) -> str:
    """`characters` on one line, with single spaces."""
    return _SPACES.sub(" ", characters(text)).strip()
