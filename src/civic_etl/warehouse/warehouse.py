"""The warehouse as the flows see it: load, roll up, check, release, and read."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pyarrow as pa

from civic_etl.errors import CivicEtlError
from civic_etl.gazetteer.pack import pack_in_use
from civic_etl.indicators.catalogue import load_catalogue
from civic_etl.removals import removals_of
from civic_etl.settings import Settings
from civic_etl.warehouse import checks, project, publish, tables
from civic_etl.warehouse.bulk import Incoming
from civic_etl.warehouse.corrections import Correction, read_corrections
from civic_etl.warehouse.database import IF_BUILD_DAMAGED, opened
from civic_etl.warehouse.gazetteer_tables import gazetteer_tables
from civic_etl.warehouse.items import LoadItem, LoadReport, PageOutcome, SourceInfo, Versions
from civic_etl.warehouse.load import load_batch, load_parquet, load_parts
from civic_etl.warehouse.lock import exclusive
from civic_etl.warehouse.mirror import mirror
from civic_etl.warehouse.parts import Part
from civic_etl.warehouse.project import BuildResult, CheckResult
from civic_etl.warehouse.query import query
from civic_etl.warehouse.reference import Gazetteer, load_reference
from civic_etl.warehouse.release import Release, ReleasePlaces, make_release
from civic_etl.warehouse.scratch import materialise
from civic_etl.warehouse.sources import known_sources
from civic_etl.warehouse.status import LastRun, Status, status, write_record
from civic_etl.warehouse.taking_out import kept_items, kept_outcomes, take_out
from civic_etl.warehouse.versions import current_versions

_NEWEST_FIGURES = """
select ref_area_name, indicator, breakdown, year, value_kind, obs_value, unit_measure, n_claims, conflict
from mart.ward_year
order by year desc, ref_area_name, indicator, breakdown, value_kind
"""
# where a part has the addresses of what it tells of
_ADDRESSES = (("article", "url"), ("article", "canonical_url"), ("page_outcome", "url"), ("refusal", "url"))


@dataclass(frozen=True, slots=True)
class Finished:
    """What a release run gave: every check, worst first, and the release in force after it."""

    checks: tuple[CheckResult, ...]
    release: Release


class Warehouse:
    """One writer's warehouse in `settings.home`.

    Writing methods take the lock of the warehouse for their own length; `writing()` holds it over several of them. They
    raise LockedError where another process holds it.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        gazetteer: Gazetteer | None = None,
        sources: Sequence[SourceInfo] | None = None,
        versions: Versions | None = None,
    ) -> None:
        self.settings = settings
        self._gazetteer = gazetteer
        self._sources = sources
        self._versions = versions
        self._guard = threading.RLock()
        self._held = ExitStack()
        self._depth = 0
        self._checks: tuple[CheckResult, ...] | None = None

    @property
    def work_dir(self) -> Path:
        """Where dbt writes its log, its compiled SQL and its manifest."""
        return self.settings.state_dir / "dbt"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the warehouse's lock; may be nested."""
        with self._guard:
            if self._depth == 0:
                self._held.enter_context(exclusive(self._lock_file))
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._held.close()

    def load(
        self,
        items: Iterable[LoadItem],
        outcomes: Iterable[PageOutcome] = (),
        *,
        run_id: str,
        on_batch: Callable[[LoadReport], None] | None = None,
    ) -> LoadReport:
        """Load documents in batches of `settings.batch_size`, then page outcomes, each batch in its own transaction.

        Raises WarehouseError where a batch is refused whole; the batches before it stay.
        """
        versions = self._versions or current_versions(pack_in_use(self.settings))
        total = LoadReport()
        with self.writing(), self._failure_told(run_id), tables.writing(self.settings) as con:
            self._checks = None
            removals = removals_of(self.settings)
            for number, batch in enumerate(_batches(kept_items(items, removals), self.settings.batch_size)):
                load_it = partial(load_batch, con, batch, run_id=run_id, versions=versions, batch_no=number)
                urls = [url for item in batch for url in (item.article.url, item.article.canonical_url)]
                report = tables.in_turn(self.settings, _hosts(urls), load_it)
                total += report
                if on_batch is not None:
                    on_batch(report)
            total += self._load_outcomes(con, outcomes, run_id, versions)
        return total

    def load_parts(self, parts: Iterable[Part], outcomes: Iterable[PageOutcome] = (), *, run_id: str) -> LoadReport:
        """Load what pages gave as it arrives, so many parts in one transaction that they hold `batch_size` pages.

        `outcomes` of other pages come last. Raises WarehouseError where a batch is refused whole, or was read by other
        versions; the batches before it stay.
        """
        versions = self._versions or current_versions(pack_in_use(self.settings))
        total = LoadReport()
        with self.writing(), self._failure_told(run_id), tables.writing(self.settings) as con:
            self._checks = None
            removals = removals_of(self.settings)
            for number, batch in enumerate(_part_batches(parts, self.settings.batch_size)):
                kept = [part.without(removals) for part in batch]
                load_it = partial(load_parts, con, kept, run_id=run_id, versions=versions, batch_no=number)
                total += tables.in_turn(self.settings, _part_hosts(kept), load_it)
            total += self._load_outcomes(con, outcomes, run_id, versions)
        return total

    def load_parquet(self, batches: Iterable[Mapping[str, Incoming]], *, run_id: str) -> LoadReport:
        """Load tables that already have the layout of the raw ones, each batch in its own transaction.

        A batch names the Parquet file of each raw table that it holds rows of. Raises WarehouseError where one is
        refused whole; those before it stay.
        """
        versions = self._versions or current_versions(pack_in_use(self.settings))
        total = LoadReport()
        with self.writing(), self._failure_told(run_id), tables.writing(self.settings) as con:
            self._checks = None
            for number, batch in enumerate(batches):
                load_it = partial(load_parquet, con, dict(batch), run_id=run_id, versions=versions, batch_no=number)
                # Nobody looked which hosts these rows are of.
                total += tables.in_turn(self.settings, None, load_it)
        return total

    def roll_up(self, *, run_id: str = "by-hand") -> BuildResult:
        """Take out what is on the removal list, write the reference tables and build every model and its tests.

        Raises WarehouseError where a model cannot be built or a correction names what does not exist, SettingsError
        where an entry of the removal list does not fit.
        """
        with self.writing(), self._failure_told(run_id):
            gazetteer = self._gazetteer or gazetteer_tables(pack_in_use(self.settings))
            sources = known_sources(self.settings) if self._sources is None else self._sources
            corrections = self._corrections(gazetteer)
            with tables.writing(self.settings) as con:
                tables.in_turn(self.settings, None, lambda: take_out(con, removals_of(self.settings)))
            if self.settings.warehouse is not None:
                materialise(self.settings)
            with self._build_file() as con:
                load_reference(con, gazetteer, sources, corrections)
            result = project.build(self.settings.build_file, self.work_dir)
        self._checks = result.checks
        return result

    def check(self) -> tuple[CheckResult, ...]:
        """All checks of the tables as they are, worst first; rolls up first where this object has not yet."""
        with self.writing():
            found = self._checks if self._checks is not None else self.roll_up().checks
            with self._build_file() as con:
                quoted = checks.with_rows(con, found)
                shrunk = checks.shrinking_tables(con, publish.current_release(self.settings.current_release))
            return tuple(checks.sort_worst_first([*quoted, *shrunk]))

    def release(
        self,
        *,
        run_id: str = "by-hand",
        summary: str = "",
        now: datetime | None = None,
        decorate: Callable[[Path], None] | None = None,
    ) -> Release:
        """Check, then publish a release unless nothing changed, and keep how it ended for `status`.

        Rolls up first where this object has not done so since its last load. `decorate` may add files to the release.
        Raises CheckFailedError where a check of severity `fail` did not pass; the release before stays in force.
        """
        return self.finish(run_id=run_id, summary=summary, now=now, decorate=decorate).release

    def finish(
        self,
        *,
        run_id: str,
        summary: str = "",
        now: datetime | None = None,
        decorate: Callable[[Path], None] | None = None,
    ) -> Finished:
        """The same as `release`, with what the checks found."""
        results: tuple[CheckResult, ...] = ()
        with self.writing():
            try:
                results = self.check()
                made = make_release(self._places, results, now or datetime.now(UTC), decorate)
                if self.settings.release_store is not None:
                    mirror(made.path, self.settings.release_store)
            except CivicEtlError as error:
                self._record(run_id, summary, results, str(error))
                raise
            self._record(run_id, summary, results)
        return Finished(results, made)

    def status(self) -> Status:
        """What is in force and how the last run ended; needs no lock."""
        return status(self.settings.home, self.settings.current_release, self._lock_file, self._record_file)

    def query(self, sql: str) -> pa.Table:
        """Rows of the current release; needs no lock."""
        return query(self.settings.current_release, sql)

    def ward_year_rows(self, limit: int = 20) -> list[dict[str, Any]]:
        """Figures of record of communes in the current release, newest years first."""
        rows: list[dict[str, Any]] = self.query(_NEWEST_FIGURES).slice(0, limit).to_pylist()
        return rows

    @property
    def _lock_file(self) -> Path:
        return self.settings.state_dir / "warehouse.lock"

    @property
    def _record_file(self) -> Path:
        return self.settings.state_dir / "last_run.json"

    @property
    def _places(self) -> ReleasePlaces:
        return ReleasePlaces(
            build_file=self.settings.build_file,
            manifest=self.work_dir / "target" / "manifest.json",
            releases=self.settings.releases_dir,
            current=self.settings.current_release,
            keep=self.settings.keep_releases,
        )

    def _load_outcomes(
        self, con: duckdb.DuckDBPyConnection, outcomes: Iterable[PageOutcome], run_id: str, versions: Versions
    ) -> LoadReport:
        states = list(kept_outcomes(outcomes, removals_of(self.settings)))
        if not states:
            return LoadReport()
        tell = partial(load_batch, con, (), run_id=run_id, versions=versions, outcomes=states, batch_no=-1)
        return tables.in_turn(self.settings, _hosts(state.url for state in states), tell)

    @contextmanager
    def _build_file(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The build file as the last roll-up left it."""
        with opened(self.settings.build_file, hint=IF_BUILD_DAMAGED) as con:
            yield con

    @contextmanager
    def _failure_told(self, run_id: str) -> Iterator[None]:
        """Keep an error that ends the run before its release for `status`, as one that comes with the release is."""
        try:
            yield
        except CivicEtlError as error:
            self._record(run_id, "", (), str(error))
            raise

    def _corrections(self, gazetteer: Gazetteer) -> list[Correction]:
        if self.settings.corrections is None:
            return []
        ids = gazetteer.units.column("unit_id").to_pylist()
        names: dict[str, list[str]] = {}
        for unit_id, name in zip(ids, gazetteer.units.column("full_name").to_pylist(), strict=True):
            names.setdefault(name.lower(), []).append(unit_id)
        catalogue = load_catalogue()
        codes = {code: {*entry.breakdowns, *catalogue.qualifiers} for code, entry in catalogue.indicators.items()}
        return read_corrections(self.settings.corrections, set(ids), codes, names)

    def _record(self, run_id: str, summary: str, results: Sequence[CheckResult], error: str = "") -> None:
        failed = [result for result in results if not result.passed]
        run = LastRun(
            run_id=run_id,
            ended_at=datetime.now(UTC),
            summary=summary,
            error=error,
            failed_checks=tuple(result.name for result in failed if result.severity == "fail"),
            warned_checks=tuple(result.name for result in failed if result.severity == "warn"),
        )
        write_record(self._record_file, run)


def _batches(items: Iterable[LoadItem], size: int) -> Iterator[list[LoadItem]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _part_batches(parts: Iterable[Part], size: int) -> Iterator[list[Part]]:
    batch: list[Part] = []
    for part in parts:
        batch.append(part)
        if sum(one.pages for one in batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def _hosts(urls: Iterable[str]) -> frozenset[str]:
    """What keeps the loaders of a lake apart: every key of a document is made of its address."""
    return frozenset(urlsplit(url).netloc for url in urls)


def _part_hosts(parts: Sequence[Part]) -> frozenset[str]:
    """The hosts of all that some parts tell of."""
    named = [part.tables[table].column(name) for part in parts for table, name in _ADDRESSES]
    return _hosts(url for column in named for url in column.to_pylist() if url)
