"""Word of a run that failed or met trouble, by POST to an address of the settings."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from civic_etl.errors import CivicEtlError
from civic_etl.pipeline.journal import RunNote
from civic_etl.pipeline.report import RunReport
from civic_etl.settings import Settings

_SECONDS = 15.0


class AlertError(CivicEtlError):
    """Nobody could be told."""


def alert(settings: Settings, report: RunReport, note: RunNote) -> bool:
    """POST what went wrong as JSON, if anything did and an address is set; returns whether it was told.

    `text` is a line for people, so that chat tools take it as it is. Raises AlertError where the address does not
    answer or refuses, without the address, which is a secret: httpx would tell it.
    """
    if settings.alert_webhook is None or not is_trouble(report, note):
        return False
    try:
        with _without_its_log():
            address = settings.alert_webhook.get_secret_value()
            response = httpx.post(address, json=message(report, note), timeout=_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise AlertError(f"the address of alert_webhook: {type(error).__name__}") from None
    if not response.is_success:
        raise AlertError(f"the address of alert_webhook answered with status {response.status_code}")
    return True


@contextmanager
def _without_its_log() -> Iterator[None]:
    """httpx writes every address it asks into its log; this one is a secret."""
    logger = logging.getLogger("httpx")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def is_trouble(report: RunReport, note: RunNote) -> bool:
    """Whether somebody should look: the run failed, or a source could not be read or is not what it was."""
    return bool(note.error or note.failed_checks or note.failed_sources or report.drift)


def message(report: RunReport, note: RunNote) -> dict[str, Any]:
    """What is sent."""
    state = "failed" if note.error else "met trouble"
    return {
        "text": f"civic-etl {note.kind} {state}: {note.error or note.summary}",
        "run_id": note.run_id,
        "kind": note.kind,
        "failed": bool(note.error),
        "error": note.error,
        "failed_checks": list(note.failed_checks),
        "failed_sources": list(note.failed_sources),
        "drift": [alarm.as_dict() for alarm in report.drift],
        "release": note.release,
        "ended": note.ended.isoformat(timespec="seconds"),
    }
