"""Whether a text can be read at all: letters that were lost before the page was saved do not come back."""

import re

from civic_etl.vietnamese.syllables import looks_vietnamese

_LOST = re.compile(r"[^\W\d_]\?(?=[^\W\d_])|[^\W\d_]\?(?=\s[a-zà-ỹđ])")
_REPLACED = "\ufffd"
_ODD = re.compile(r"[¡¢¤¥¦¨ª¬¯´µ¶¸¹º¼¾¿ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ]")
_LEAST = 6
# shares of words
_MOST_LOST = 0.03
_MOST_ODD = 0.3


def unreadable(text: str) -> str | None:
    """Why the text cannot be read, or None. English and unaccented Vietnamese are readable."""
    words = max(len(text.split()), 1)
    lost = len(_LOST.findall(text))
    if lost >= _LEAST and lost > words * _MOST_LOST:
        return "letters of the text were lost and replaced by question marks"
    if text.count(_REPLACED) >= _LEAST and text.count(_REPLACED) > words * _MOST_LOST:
        return "letters of the text are damaged"
    odd = len(_ODD.findall(text))
    if odd >= _LEAST and odd > words * _MOST_ODD and looks_vietnamese(text[:3_000]) < 0.3:
        return "the text is in an encoding that is not known"
    return None
