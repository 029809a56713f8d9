"""What the sites of the soak do from night to night: one grows, one is edited, one breaks and comes back."""

import hashlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

from .site import Answer, Fault, NightSite

_HTML = {"Content-Type": "text/html; charset=utf-8"}
_CAPTCHA = b"<html><title>Just a moment...</title><body>Checking your browser before accessing</body></html>"


def answers(status: int, body: bytes = b"loi") -> Fault:
    """The same answer to everything."""
    return lambda _: (status, _HTML, body)


def hangs_up(request: BaseHTTPRequestHandler) -> Answer | None:
    """No answer at all."""
    request.connection.close()
    return None


# First and last night of each spell of bad weather, where it lies, and what it is.
SPELLS: tuple[tuple[int, int, str, Fault], ...] = (
    (4, 5, "/sitemap.xml", answers(500)),
    (9, 11, "/robots.txt", answers(503)),
    (15, 15, "/sitemap.xml", answers(200, _CAPTCHA)),
    (18, 20, "/sitemap.xml", hangs_up),
    (24, 25, "/sitemap.xml", answers(403)),
)


class Sites:
    """Three sites of a night, and the last body that they served of each address."""

    def __init__(self, new_site: Callable[[str], NightSite]) -> None:
        self.grows, self.edited, self.breaks = (new_site(name) for name in ("lon-len", "sua-bai", "hong-hoc"))
        self._last: dict[tuple[str, str], str] = {}
        self._counted: dict[str, int] = {}

    @property
    def all(self) -> tuple[NightSite, ...]:
        """All of them."""
        return self.grows, self.edited, self.breaks

    def set(self, night: int) -> None:
        """Make the sites what they are in a night, counted from 0."""
        first = night == 0
        for number in range(12) if first else range(11 + night, 12 + night):
            self.grows.article(number)
        for number in range(8) if first else range(7 + night, 8 + night) if night % 3 == 0 else ():
            self.edited.article(number)
        if night % 3 in (1, 2):
            # The article of a night or two ago, which is still young, says another figure.
            self.edited.article(7 + night - night % 3, edition=night)
        for number in range(6) if first else range(5 + night, 6 + night) if night % 2 else ():
            self.breaks.article(number)
        self.breaks.faults = {path: fault for begin, end, path, fault in SPELLS if begin <= night <= end}
        for site in self.all:
            site.publish()

    def is_bad(self, night: int) -> bool:
        """Whether one of them is broken in a night."""
        return any(begin <= night <= end for begin, end, _, _ in SPELLS)

    def new_bodies(self) -> int:
        """How many article bodies were served, since this was last asked, that differ from their address's one before.

        One that goes back to what it was is a change too.
        """
        found = 0
        for site in self.all:
            for path in site.bodies[self._counted.get(site.name, 0) :]:
                digest = hashlib.sha256(site.pages[path][2]).hexdigest()
                if "-post" in path and self._last.get((site.name, path)) != digest:
                    self._last[site.name, path] = digest
                    found += 1
            self._counted[site.name] = len(site.bodies)
        return found
