"""The removal list at work: which addresses it covers, and texts without what is on it."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from civic_etl.removals.entries import Removal, read_removals
from civic_etl.removals.names import NameFinder, black_out
from civic_etl.settings import Settings
from civic_etl.sources.load import load_sources
from civic_etl.sources.model import Source
from civic_etl.sources.urls import url_key

ON_THE_LIST = "on the removal list"


class Removals:
    """What some entries take out; with none, nothing.

    `sources` say which parameters of a listed address name the page, and which only say how it was come by.
    """

    def __init__(self, entries: Iterable[Removal] = (), sources: Iterable[Source] = ()) -> None:
        self.entries = tuple(entries)
        known = tuple(sources)
        self._keys = frozenset(key for entry in self.entries if entry.url for key in _keys(entry.url, known))
        self._hosts = frozenset(_host(entry.url) for entry in self.entries if entry.url)
        self._names = tuple(NameFinder(entry.person) for entry in self.entries if entry.person)
        addresses = (_AddressFinder(entry.url) for entry in self.entries if entry.url)
        self._finders: tuple[NameFinder | _AddressFinder, ...] = (*self._names, *addresses)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def covers(self, *urls: str | None) -> bool:
        """Whether one of these spellings of an address is on the list, or spells a person who is."""
        if not self.entries:
            return False
        return any(self._is_listed(url) or (self._names and self.is_named(unquote(url))) for url in urls if url)

    def _is_listed(self, url: str) -> bool:
        # Making a key takes long beside a look at the host, and most addresses are of another one.
        host = _host(url)
        return (host in self._hosts or not host.isascii()) and _key(url) in self._keys

    def is_named(self, text: str) -> bool:
        """Whether the text names a person on the list."""
        return any(True for finder in self._names for _ in finder.spans(text))

    def mask(self, text: str) -> str:
        """The text with persons and addresses of the list blacked out, as long as it was."""
        spans = [span for finder in self._finders for span in finder.spans(text)]
        return black_out(text, spans) if spans else text

    @property
    def sieve(self) -> str:
        """A regular expression for RE2, case aside, that finds whatever `mask` may change."""
        return "|".join(finder.sieve for finder in self._finders)


class _AddressFinder:
    """Finds an address that is written out in a text."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url.strip())
        bare = (parts.netloc.removeprefix("www.") + parts.path + (f"?{parts.query}" if parts.query else "")).rstrip("/")
        body = re.escape(bare.lower() or parts.path)
        self._pattern = re.compile(rf"(?:https?://)?(?:www\.)?{body}(?![\w%-]|/\w)", re.IGNORECASE)
        self.sieve = body

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the address stands, in characters."""
        return [match.span() for match in self._pattern.finditer(text)]


def _keys(url: str, sources: Iterable[Source]) -> set[str]:
    """The address as tables may have it: in any spelling, and with the parameters that its site's systems keep."""
    families = {"generic"}
    for source in sources:
        if source.allows(url):
            families |= {period.family for period in source.periods}
    return {_key(url, family) for family in families}


def _host(url: str) -> str:
    """The host in lower case without `www.`; empty for what has none."""
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _key(url: str, family: str = "generic") -> str:
    try:
        return url_key(url, family)
    except ValueError:
        return url


def removals_of(settings: Settings) -> Removals:
    """The list that the settings name, read again when its file changes. Raises SettingsError, SourceError."""
    path = settings.removals
    if path is None:
        return _NONE
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    return _read(path, stamp, settings.sources_dir)


@lru_cache(maxsize=4)
def _read(path: Path, stamp: int, sources_dir: Path | None) -> Removals:
    """`stamp` tells one state of the file from another."""
    entries = read_removals(path)
    needs_sources = any(entry.url for entry in entries)
    sources = load_sources([sources_dir] if sources_dir else []).values() if needs_sources else ()
    return Removals(entries, sources)


_NONE = Removals()
