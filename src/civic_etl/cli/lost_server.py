"""Tell that it was Prefect's server that did not answer, from whatever its client raised."""

import os
import re

import httpx

from civic_etl.errors import PrefectLostError

# what Prefect's client raises where the server of a run does not start in time
_NOT_STARTED = "ephemeral Prefect API server"
_OWN = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+/api(?=/)")


def lost_server(error: BaseException) -> PrefectLostError | None:
    """What to tell of an error that is, or comes from, a request which Prefect's server did not answer.

    Sites are asked by the crawler, which has its own words for those that do not answer.
    """
    reason: BaseException | None = error
    while reason is not None:
        if isinstance(reason, RuntimeError) and _NOT_STARTED in str(reason):
            return PrefectLostError(
                "the small server that Prefect starts with a run did not come up; what is loaded stays. Run again; if "
                "it fails again, move this folder away: it holds Prefect's record of old runs and nothing else",
                file=os.environ.get("PREFECT_HOME"),
            )
        if (address := _unanswered(reason)) is not None:
            return PrefectLostError(
                "Prefect's server does not answer; what is loaded stays, run again once it is up", url=address
            )
        reason = reason.__cause__ or reason.__context__
    return None


def _unanswered(error: BaseException) -> str | None:
    """The address of a Prefect server that was asked in vain."""
    if not isinstance(error, httpx.TransportError):
        return None
    try:
        asked = str(error.request.url)
    except RuntimeError:
        # httpx has no request to tell of
        return None
    known = os.environ.get("PREFECT_API_URL")
    if known:
        return known if asked.startswith(known.rstrip("/")) else None
    # the small server of a run listens on loopback, at a port of its own
    own = _OWN.match(asked)
    return own[0] if own else None
