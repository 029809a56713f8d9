"""Numbered migrations of the crawl ledger: each in one transaction, with a checksum of what was applied."""

import hashlib
import sqlite3
from importlib.resources import files
from pathlib import Path

from civic_etl.errors import FetchError


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Apply what `db` (the file at `path`) lacks. Raises FetchError when an applied script was altered since."""
    db.execute("create table if not exists migration (number integer primary key, name text, sha256 text)")
    done = dict(db.execute("select number, sha256 from migration").fetchall())
    scripts = [item for item in files("civic_etl.crawl").joinpath("migrations").iterdir() if item.name.endswith(".sql")]
    for script in sorted(scripts, key=lambda item: item.name):
        text = script.read_text(encoding="utf-8")
        number, digest = int(script.name[:4]), hashlib.sha256(text.encode()).hexdigest()
        if number in done:
            if done[number] != digest:
                raise FetchError(f"migration {script.name} is not the one that was applied", file=str(path))
            continue
        # Should a second process apply it at the same moment, its row is refused and its script rolled back.
        note = f"insert into migration values ({number}, '{script.name}', '{digest}');"  # noqa: S608 - our own file names
        try:
            db.executescript(f"begin immediate;\n{note}\n{text}\ncommit;")
        except sqlite3.IntegrityError:
            db.execute("rollback")
