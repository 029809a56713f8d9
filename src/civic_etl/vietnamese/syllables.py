"""Which letter sequences are Vietnamese syllables, and how Vietnamese a text looks."""

import re
from functools import lru_cache

from civic_etl.vietnamese.fold import nfc, tone_of
from civic_etl.vietnamese.lexicon import read_data

_DATA = read_data("syllables.yaml")
_ONSETS = frozenset(_DATA["onsets"]) | {""}
_RIMES = frozenset(rime for row in _DATA["rimes"] for rime in row)
_STOPS = tuple(_DATA["stop_codas"])
_STOP_TONES = {4, 5}
_LONGEST = 7
# signs that wrongly decoded bytes leave inside words or in a row behind them (`tá»•`, `chá»©c`)
_DEBRIS = "[\x80-\x9f\xa1-\xac\xae-\xbf€‚ƒ„†‡ˆ‰‹•™›]"
_WORD = re.compile(rf"[^\W\d_]+(?:{_DEBRIS}+[^\W\d_]+)*(?:{_DEBRIS}{{2,}})?")
# share of words with a mark in ordinary prose; above it a text is as Vietnamese as can be
_MARKED_SHARE = 0.5


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Whether an NFC word, in any case, has the form of a Vietnamese syllable (`nghiêng`, `Ba`; not `nh`, `Ã¡`)."""
    if not word or len(word) > _LONGEST:
        return False
    tone = 0
    letters = []
    for letter in word.lower():
        plain = tone_of(letter)
        if plain is not None and plain[1]:
            if tone:
                return False
            tone = plain[1]
        letters.append(plain[0] if plain else letter)
    base = "".join(letters)
    if not any(base[:size] in _ONSETS and _rime_fits(base[:size], base[size:]) for size in range(4)):
        return False
    return not (tone and base.endswith(_STOPS)) or tone in _STOP_TONES


def ends_in_syllable(word: str) -> bool:
    """Whether a word is a syllable, or two that lost the blank between them (`sáchđạt`); no single letter is."""
    if len(word) > 2 * _LONGEST:
        return False
    cuts = (cut for cut in range(len(word) - 1) if is_syllable(word[cut:]))
    return any(cut == 0 or (cut > 1 and is_syllable(word[:cut])) for cut in cuts)


def _rime_fits(onset: str, rime: str) -> bool:
    # "gì", "giếng": the i of the onset doubles as the vowel
    return rime in _RIMES or (onset == "g" and rime in {"i", "iêng", "in", "im", "iêt", "iên"})


def looks_vietnamese(text: str) -> float:
    """How Vietnamese a text looks, 0 to 1: the share of well-formed words with diacritics, against ordinary prose.

    Prose in Unicode scores above 0.8; English, unaccented Vietnamese and mojibake below 0.2; an empty text 0.
    """
    words = _WORD.findall(nfc(text))
    if not words:
        return 0.0
    marked = [word for word in words if not word.isascii()]
    if not marked:
        return 0.0
    formed = sum(map(is_syllable, marked))
    return min(1.0, formed / len(words) / _MARKED_SHARE) * formed / len(marked)
