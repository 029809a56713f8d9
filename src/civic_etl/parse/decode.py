"""Bytes of a page as text, whatever encoding they came in."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from civic_etl.vietnamese.fold import nfc
from civic_etl.vietnamese.syllables import looks_vietnamese

_META = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""")
_HEADER = re.compile(r"(?i)charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{2,40})")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 4096
_SAMPLE = 40_000
# A damaged byte here and there is a torn page; more of them is another encoding.
_DAMAGE = 0.002
_TAGS = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, content_type: str | None = None) -> Decoded:
    """The text of a page: by its byte order mark, as UTF-8 where it is that, else as what reads like Vietnamese."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name.removesuffix("-le").removesuffix("-be"))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    high = sum(1 for letter in text if letter > "\x7f")
    if text.count("\ufffd") <= max(2, high * _DAMAGE):
        return Decoded(text.replace("\ufffd", ""), "utf-8")
    return _other(data, _declared(data, content_type))


def _declared(data: bytes, content_type: str | None) -> str | None:
    header = _HEADER.search(content_type or "")
    meta = _META.search(data[:_HEAD])
    for name in (header[1] if header else None, meta[1].decode("ascii") if meta else None):
        try:
            if name and codecs.lookup(name).name != "utf-8":
                return codecs.lookup(name).name
        except LookupError:
            continue
    return None


def _other(data: bytes, declared: str | None) -> Decoded:
    """Not UTF-8: the declared encoding if it reads like Vietnamese, else the likeliest of the others."""
    names = dict.fromkeys(name for name in (declared, "cp1258") if name)
    tried = [(looks_vietnamese(_sample(data, name)), name) for name in names]
    best = max(tried, key=lambda pair: pair[0])
    if best[0] >= 0.5:
        return Decoded(nfc(data.decode(best[1], "replace")), _plain_name(best[1]))
    if declared is None or declared in ("iso8859-1", "cp1252", "ascii"):
        # fonts of the time before Unicode keep their letters in the places of these
        text = data.decode("cp1252", "replace") if declared else _guessed(data)
        return Decoded(text, _plain_name(declared or "cp1252"))
    return Decoded(data.decode(declared, "replace"), _plain_name(declared))


def _guessed(data: bytes) -> str:
    found = from_bytes(data[:_SAMPLE]).best()
    name = found.encoding if found is not None else "cp1252"
    return data.decode(name if not name.startswith("utf_8") else "cp1252", "replace")


def _sample(data: bytes, name: str) -> str:
    return _TAGS.sub(" ", data[: _SAMPLE * 5].decode(name, "replace"))[:_SAMPLE]


def _plain_name(name: str) -> str:
    return {"cp1258": "windows-1258", "cp1252": "windows-1252", "iso8859-1": "windows-1252"}.get(name, name)
