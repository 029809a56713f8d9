"""Spelling made comparable: composition, case, tone placement, i/y, look-alike letters and odd spaces.

One canonical spelling per syllable: `hoà`, `Hòa` and `HOÀ` fold to `hòa`; `tỉ` to `tỷ`; `kĩ` to `kỹ`; `quí` to `quý`;
the misplaced `tòan`, `cuả`, `qúy` to `toàn`, `của`, `quý`. Both sides of a comparison must be folded.
"""

import re
import unicodedata
from functools import lru_cache

from civic_etl.vietnamese.lexicon import read_data

_DATA = read_data("letters.yaml")
_TONES = 6
# the readers of numbers, places and phrases each fold the text they share
_TEXTS_KEPT = 16
# letter -> (letter without tone, index of the tone)
_TONE_OF: dict[str, tuple[str, int]] = {
    letter: (row[0], tone) for row in _DATA["vowels"] for tone, letter in enumerate(row)
}
_ROW: dict[str, str] = {row[0]: row for row in _DATA["vowels"]}


def _letter_tables() -> tuple[dict[int, str], dict[int, str], dict[int, None], dict[int, str]]:
    common = {ord(c): "đ" for c in _DATA["d_lookalikes"]} | {ord(c): "'" for c in _DATA["apostrophes"]}
    common |= {ord(c): " " for c in _DATA["spaces"]}
    # the only letter whose lower case is longer than itself
    common[0x130] = "i"
    blanks = {ord(c): " " for c in _DATA["zero_width"]}
    dropped = dict.fromkeys(map(ord, _DATA["zero_width"]))
    bare = {ord(letter): unicodedata.normalize("NFD", base)[0] for letter, (base, _) in _TONE_OF.items()}
    bare[ord("đ")] = "d"
    return common, common | blanks, dropped, bare


_COMMON, _SAME_LENGTH, _DROPPED, _BARE = _letter_tables()
_DROP = re.compile(f"[{_DATA['zero_width']}]")
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _SAME_LENGTH)))}]")


def _respellings() -> tuple[re.Pattern[str], dict[str, str]]:
    """Misplaced two-vowel endings and i endings with their canonical spelling, and the pattern that finds them."""
    table: dict[str, str] = {}
    final: list[str] = []
    inner: list[str] = []
    for first, second in _DATA["tone_on_first"]:
        for tone in range(1, _TONES):
            final.append(first + _ROW[second][tone])
            table[final[-1]] = _ROW[first][tone] + second
    for first, second in _DATA["tone_on_second_before_letter"]:
        for tone in range(1, _TONES):
            inner.append(_ROW[first][tone] + second)
            table[inner[-1]] = first + _ROW[second][tone]
    # "qu" and "gi" are consonants: the tone of "quà", "quỳ", "già" is where it must be; "qúy" has it on the consonant
    glide = [f"q{_ROW['u'][tone]}{vowel}" for tone in range(1, _TONES) for vowel in _ROW]
    table |= {syllable: "qu" + _ROW[syllable[2]][_TONE_OF[syllable[1]][1]] for syllable in glide}
    onsets = _DATA["final_i_is_y_after"]
    table |= {onset + i: onset + y for onset in onsets for i, y in zip(_ROW["i"], _ROW["y"], strict=True)}
    table |= {"q" + u + "i": table["qu" + _ROW["i"][tone]] for tone, u in enumerate(_ROW["u"]) if tone}
    return _spelling_pattern(final, inner, [s[1:] for s in glide], onsets), table


def _spelling_pattern(final: list[str], inner: list[str], glide: list[str], onsets: list[str]) -> re.Pattern[str]:
    """One pattern over all misspellings; a plain character class leads it, so that the search skips most characters."""
    letter = r"[^\W\d_]"
    leads = {pair[0] for pair in final + inner} | {onset[0] for onset in onsets}
    singles = "".join(onset for onset in onsets if len(onset) == 1)
    return re.compile(
        f"[{''.join(sorted(leads))}](?:"
        f"(?:{_tails(final)})(?!{letter})(?<!q..)(?<!gi.)"
        f"|(?:{_tails(inner)})(?={letter})(?<!q..)"
        f"|(?<=[{singles}])[{_ROW['i']}](?!{letter})(?<!{letter}..)"
        f"|(?<=q)(?:u[{_ROW['i']}](?!{letter})|{'|'.join(glide)})"
        ")"
    )


def _tails(pairs: list[str]) -> str:
    """Alternatives for the second letter of each pair, guarded by a look behind at the first."""
    firsts: dict[str, str] = {}
    for pair in pairs:
        firsts[pair[0]] = firsts.get(pair[0], "") + pair[1]
    return "|".join(f"(?<={first})[{seconds}]" for first, seconds in firsts.items())


_RESPELL, _SPELLINGS = _respellings()


def _respell(match: re.Match[str]) -> str:
    return _SPELLINGS[match.group()]


def nfc(text: str) -> str:
    """The text with letters and marks composed (NFC); nothing else changes."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=_TEXTS_KEPT)
def fold_same_length(text: str) -> str:
    """Fold character by character: `len(result) == len(text)`, whatever the text.

    For an NFC text every character of the result stands for the character at the same index. The one exception keeps
    to its syllable: where a tone mark is moved (`hoà` -> `hòa`) two neighbouring vowels exchange it. So a span that
    covers whole syllables of the result covers the same syllables of the text. Odd spaces and zero-width characters
    become plain spaces. A text that is not NFC keeps its length too, but its loose marks are not composed.
    """
    # translate is the slowest step, and most texts have nothing for it
    plain = text.translate(_SAME_LENGTH) if _ODD.search(text) else text
    return _RESPELL.sub(_respell, plain.lower())


def fold(text: str) -> str:
    """Fold for comparison: NFC, lower case, canonical spelling, plain spaces and apostrophes, no zero-width characters.

    Diacritics stay, and `đ` stays apart from `d`. Equal to `fold_same_length` for an NFC text without zero-width
    characters.
    """
    if _DROP.search(text):
        text = text.translate(_DROPPED)
    folded = nfc(nfc(text).translate(_COMMON).lower())
    return _RESPELL.sub(_respell, folded)


def fold_ascii(text: str) -> str:
    """Fold and drop every mark: `Đức Xuân` -> `duc xuan`. Letters of other scripts stay as they are."""
    bare = fold(text).translate(_BARE)
    if bare.isascii():
        return bare
    # letters that Vietnamese lacks ("î") are plain only now, and may be the i of an i/y pair
    return fold("".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c)))


def tone_of(letter: str) -> tuple[str, int] | None:
    """The lower-case vowel without its tone and the tone's index (0 none to 5 nặng); None for other characters."""
    return _TONE_OF.get(letter)
