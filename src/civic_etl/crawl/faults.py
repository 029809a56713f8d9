"""Why a fetch did not happen, as kinds that the crawl treats differently."""

from civic_etl.errors import FetchError


class RefusedError(FetchError):
    """Our own rules forbid the request: host, address, robots.txt, size. Trying again changes nothing."""


class TransientError(FetchError):
    """The network or the server failed; a later try may work."""


class PausedError(FetchError):
    """No more requests to this source now: budget spent, window closed, or the site asked for quiet."""
