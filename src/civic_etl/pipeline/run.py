"""One run: its name, its settings, the warehouse it writes and the report it fills."""

import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from civic_etl.errors import LockedError
from civic_etl.pipeline.progress import say
from civic_etl.pipeline.report import RunReport
from civic_etl.settings import Settings
from civic_etl.warehouse.lock import exclusive
from civic_etl.warehouse.warehouse import Warehouse

# A backfill's load or an analyst's ingest takes seconds to minutes; a night should not be lost to it.
PATIENCE_SECONDS = 600.0
_POLL_SECONDS = 2.0


class Run:
    """What the steps of one run share. Not a record: it is handed around, never compared or copied."""

    def __init__(self, kind: str, settings: Settings) -> None:
        self.started = datetime.now(UTC)
        self.run_id = f"{kind}-{self.started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
        self.settings = settings
        self.warehouse = Warehouse(settings)
        self.report = RunReport(kind=kind, run_id=self.run_id, started=self.started)

    @contextmanager
    def writing(self, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
        """Hold the warehouse, waiting up to `patience` seconds for another writer. Raises LockedError after that."""
        give_up = time.monotonic() + patience
        told = False
        with ExitStack() as held:
            while True:
                try:
                    held.enter_context(self.warehouse.writing())
                    break
                except LockedError as error:
                    if time.monotonic() >= give_up:
                        raise
                    if not told:
                        say(f"waiting: {error.message}")
                        told = True
                    time.sleep(_POLL_SECONDS)
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only run of this kind in this home. Raises LockedError at once where there is another."""
        with exclusive(self.settings.state_dir / f"{self.report.kind}.lock"):
            yield


def begin(kind: str, settings: Settings) -> Run:
    """Start a run of a kind: `nightly`, `backfill`, `reparse`, `ingest`, `release`."""
    return Run(kind, settings)
