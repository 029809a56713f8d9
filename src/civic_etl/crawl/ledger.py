"""What the crawler knows of each address: one SQLite file, safe to kill at any moment."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import fields
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from civic_etl.archive.exchange import Exchange, WarcRef
from civic_etl.crawl.health import Health
from civic_etl.crawl.known import Known, iso
from civic_etl.crawl.ledger_file import opened, unusable
from civic_etl.crawl.ledger_seal import break_seal

# A failing address is tried again after 1, 2, 4 ... days, at most this many.
_LONGEST_REST_DAYS = 32


_SELECT = f"select {', '.join(field.name for field in fields(Known))} from url"  # noqa: S608 - our own column names


class Ledger:
    """The crawl ledger at `path`, created or migrated on opening. Raises FetchError for a file that does not fit."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        try:
            with ExitStack() as opening:
                lock = break_seal(path)
                opening.callback(os.close, lock)
                self._db = opened(path)
                opening.pop_all()
            self._lock: int | None = lock
        except sqlite3.DatabaseError as error:
            raise unusable(path, error) from error
        # From here on every statement says so itself.
        self._db.path = path

    def close(self) -> None:
        """Close the file."""
        self._db.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, source: str, key: str) -> Known | None:
        """The row of one address, or None."""
        row = self._db.execute(f"{_SELECT} where source = ? and key = ?", (source, key)).fetchone()
        return Known(*row) if row else None

    def rows(self, source: str, role: str = "article") -> Iterator[Known]:
        """All rows of a source as they are read, millions perhaps: take what is needed, and write after the last."""
        for row in self._db.execute(f"{_SELECT} where source = ? and role = ? order by key", (source, role)):
            yield Known(*row)

    def without_page(self, source: str, outcomes: Iterable[str], before: datetime) -> list[Known]:
        """The articles whose last outcome is one of `outcomes` and was met before a time."""
        query = f"""{_SELECT} where source = ? and role = 'article' and last_tried < ?
                    and outcome in (select value from json_each(?)) order by key"""  # noqa: S608 - as above
        rows = self._db.execute(query, (source, iso(before), json.dumps(list(outcomes)))).fetchall()
        return [Known(*row) for row in rows]

    def forget(self, source: str, keys: Iterable[str]) -> None:
        """Delete the rows of addresses, as if they had never been met."""
        self._db.executemany("delete from url where source = ? and key = ?", [(source, key) for key in keys])

    def list_many(
        self, source: str, rows: Iterable[tuple[str, str, str | None, str | None, str | None]], now: str, via: str
    ) -> None:
        """Note that an index lists addresses: (key, url, lastmod, published, title); known ones keep what is known."""
        self._db.execute("begin immediate")
        try:
            self._db.executemany(
                """insert into url (source, key, url, listed_lastmod, published, title, first_seen, last_listed, via)
                   values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)
                   on conflict (source, key) do update set
                       last_listed = excluded.last_listed,
                       listed_lastmod = coalesce(excluded.listed_lastmod, listed_lastmod),
                       published = coalesce(excluded.published, published),
                       title = coalesce(excluded.title, title)""",
                [
                    (source, key, url, lastmod, published, title, now, via)
                    for key, url, lastmod, published, title in rows
                ],
            )
            self._db.execute("commit")
        except BaseException:
            # A full disk has rolled it back already.
            if self._db.in_transaction:
                self._db.execute("rollback")
            raise

    def held(self, source: str, key: str, exchange: Exchange, ref: WarcRef, *, outcome: str, now: str) -> None:
        """A new body is in the archive."""
        self._put(
            source,
            key,
            url=exchange.url,
            role=exchange.role,
            now=now,
            last_fetched=iso(exchange.fetched_at),
            last_tried=now,
            last_status=exchange.status,
            outcome=outcome,
            reason=None,
            failures=0,
            next_try=None,
            etag=exchange.header("ETag"),
            last_modified=exchange.header("Last-Modified"),
            digest=exchange.digest,
            moved_to=None,
            warc_path=ref.path,
            warc_offset=ref.offset,
            record_id=ref.record_id,
            body_url=exchange.url,
            body_fetched=iso(exchange.fetched_at),
        )

    def confirmed(self, source: str, key: str, exchange: Exchange, now: str) -> None:
        """The body we hold is still what the site has."""
        values: dict[str, Any] = {
            "last_fetched": iso(exchange.fetched_at),
            "last_tried": now,
            "last_status": exchange.status,
            "outcome": "unchanged",
            "reason": None,
            "failures": 0,
            "next_try": None,
        }
        for column, header in (("etag", "ETag"), ("last_modified", "Last-Modified")):
            if exchange.header(header):
                values[column] = exchange.header(header)
        self._put(source, key, url=None, role=None, now=now, **values)

    def moved(self, source: str, key: str, status: int, target: str, now: str) -> None:
        """The address leads to another one for good."""
        self._put(
            source, key, url=None, role=None, now=now, last_tried=now, last_status=status, outcome="moved",
            moved_to=target, reason=f"moved to {target}", failures=0, next_try=None,
        )  # fmt: skip

    def failed(self, source: str, key: str, *, outcome: str, status: int | None, reason: str, now: datetime) -> None:
        """No page came: `outcome` is failed, gone or skipped. Failing addresses rest 1, 2, 4 ... days."""
        known = self.get(source, key)
        failures = (known.failures if known else 0) + 1
        rest = timedelta(days=min(2 ** (failures - 1), _LONGEST_REST_DAYS))
        self._put(
            source, key, url=None, role=None, now=str(iso(now)), last_tried=iso(now), last_status=status,
            outcome=outcome, reason=reason, failures=failures, next_try=iso(now + rest),
        )  # fmt: skip

    def _put(self, source: str, key: str, *, url: str | None, role: str | None, now: str, **values: Any) -> None:
        """Write `values` over a row, which is made if need be; `url` and `role` stay as they are where None."""
        columns = {**values, **{name: value for name, value in (("url", url), ("role", role)) if value is not None}}
        fresh = {"source": source, "key": key, "url": url or key, "first_seen": now, **columns}
        sets = ", ".join(f"{name} = excluded.{name}" for name in columns)
        query = f"""insert into url ({", ".join(fresh)}) values ({", ".join("?" for _ in fresh)})
                    on conflict (source, key) do update set {sets}, noted_lastmod = listed_lastmod"""  # noqa: S608 - as above
        self._db.execute(query, list(fresh.values()))

    def spend(self, source: str, day: date, budget: int) -> bool:
        """Count one request of the day; False, and nothing counted, when the budget is spent."""
        row = self._db.execute(
            """insert into request_count values (?, ?, 1)
               on conflict (source, day) do update set requests = requests + 1 where requests < ?
               returning requests""",
            (source, day.isoformat(), budget),
        ).fetchone()
        return row is not None

    def begin_run(self, source: str, now: datetime, since: date | None, until: date | None) -> int:
        """Note that a run starts; returns its number."""
        cursor = self._db.execute(
            "insert into run (source, started, since, until) values (?, ?, ?, ?)",
            (source, iso(now), since.isoformat() if since else None, until.isoformat() if until else None),
        )
        return int(cursor.lastrowid or 0)

    def end_run(self, run: int, now: datetime, *, discovered: bool, report: dict[str, Any]) -> None:
        """Note how a run ended."""
        self._db.execute(
            "update run set finished = ?, discovered = ?, report = ? where id = ?",
            (iso(now), int(discovered), json.dumps(report, ensure_ascii=False), run),
        )

    def note_health(self, row: Health) -> None:
        """Keep what a night saw of a source."""
        values = {item.name: getattr(row, item.name) for item in fields(Health)}
        query = f"""insert or replace into health ({", ".join(values)}) values ({", ".join("?" for _ in values)})"""  # noqa: S608 - our own column names
        self._db.execute(query, list(values.values()))

    def health(self, source: str, nights: int) -> list[Health]:
        """The last nights of a source, newest first."""
        names = ", ".join(item.name for item in fields(Health))
        query = f"select {names} from health where source = ? order by at desc limit ?"  # noqa: S608 - as above
        return [Health(*row) for row in self._db.execute(query, (source, nights)).fetchall()]

    def newest_article(self, source: str) -> date | None:
        """The day (UTC) of the newest article held: its publication by the index, else when it was first seen."""
        row = self._db.execute(
            """select max(coalesce(published, listed_lastmod, first_seen)) from url
               where source = ? and role = 'article' and digest is not null""",
            (source,),
        ).fetchone()
        return datetime.fromisoformat(row[0]).date() if row and row[0] else None

    def articles_between(self, source: str, since: datetime, until: datetime) -> int:
        """How many articles are held that were published (or, undated, first seen) in a span of time."""
        row = self._db.execute(
            """select count(*) from url where source = ? and role = 'article' and digest is not null
               and coalesce(published, listed_lastmod, first_seen) >= ?
               and coalesce(published, listed_lastmod, first_seen) < ?""",
            (source, iso(since), iso(until)),
        ).fetchone()
        return int(row[0])

    def first_run(self, source: str) -> datetime | None:
        """When the source was first crawled without a span."""
        query = "select min(started) from run where source = ? and since is null and until is null"
        row = self._db.execute(query, (source,)).fetchone()
        return datetime.fromisoformat(row[0]) if row and row[0] else None

    def is_listed(self, source: str, since: date, until: date) -> bool:
        """Whether a run walked every index to its end for the whole of a span."""
        row = self._db.execute(
            """select 1 from run where source = ? and discovered = 1
               and coalesce(since, '') <= ? and coalesce(until, '9999') >= ? limit 1""",
            (source, since.isoformat(), until.isoformat()),
        ).fetchone()
        return row is not None

    def last_discovery(self, source: str, now: datetime) -> datetime | None:
        """When the last open-ended run began that walked every index to its end.

        One that begins after `now` was noted by a clock that went wrong, and is no measure of what was seen.
        """
        row = self._db.execute(
            """select max(started) from run
               where source = ? and discovered = 1 and since is null and until is null and started <= ?""",
            (source, iso(now)),
        ).fetchone()
        return datetime.fromisoformat(row[0]) if row and row[0] else None
