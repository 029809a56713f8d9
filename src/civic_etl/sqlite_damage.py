"""Whether what SQLite says of a file is that it was damaged, or only that it cannot be asked now."""

import sqlite3
from contextlib import closing

# The low byte of SQLite's codes is the kind of error, the rest its variant.
KIND = 0xFF
# `ERROR` comes of a header with an unknown format and of a schema that is not the one that was made. All others (busy,
# locked, full, not to be opened, no memory) say nothing of what is in the file.
_OF_DAMAGE = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_UNREADABLE = frozenset({sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS})


def speaks_of_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file is not what it was. A mere lock does not."""
    # What Python itself raises (a text that is none) has no code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & KIND in _OF_DAMAGE or code in _UNREADABLE


def damage_of(uri: str) -> str | None:
    """What SQLite finds wrong with the structure of a file; None where nothing, or where it cannot be asked now."""
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=1)) as db:
            ((found,),) = db.execute("pragma quick_check(1)").fetchall()
    except sqlite3.DatabaseError as error:
        return str(error) if speaks_of_damage(error) else None
    return None if found == "ok" else str(found)
