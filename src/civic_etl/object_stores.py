"""Object stores (S3, GCS, Azure, a mounted disk): how they are opened, and how their errors are told."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from civic_etl.errors import ArchiveError, SettingsError


def connect(url: str, field: str) -> Any:
    """The store at an address that the setting `field` gives; nothing is asked of it yet.

    Raises SettingsError where the package for it is missing or the address names no store.
    """
    try:
        from obstore.exceptions import BaseError
        from obstore.store import from_url
    except ImportError as error:
        raise SettingsError(
            "an object store needs the package obstore: pip install 'civic-etl[s3]'", field=field
        ) from error
    # The time limit holds for a whole file. Options given here hide those of the environment: that one is looked up.
    client: dict[str, Any] = {"timeout": "10m", "connect_timeout": "10s"}
    client["allow_http"] = os.environ.get("AWS_ALLOW_HTTP", "").lower() in ("1", "true")
    options: dict[str, Any] = {"client_options": client}
    if url.startswith("s3:"):
        # The store compares what came with what was sent.
        options["checksum_algorithm"] = "SHA256"
    elif url.startswith("file:"):
        options = {"mkdir": True}
    try:
        return from_url(url, **options)
    except (BaseError, ValueError, OSError) as error:
        raise SettingsError(f"not a store: {_line(error)}", field=field) from error


@contextmanager
def told(name: str) -> Iterator[None]:
    """Raise ArchiveError naming the object for what a store says; NotImplementedError goes through."""
    from obstore.exceptions import BaseError

    try:
        yield
    except NotImplementedError:
        raise
    except FileNotFoundError as error:
        raise ArchiveError("the store has no such object", file=name) from error
    except (BaseError, OSError) as error:
        raise ArchiveError(f"the store does not do it: {_line(error)}", file=name) from error


def _line(error: Exception) -> str:
    """The first line of an error; some stores sign in the query of an address, which is nobody's to read."""
    line = (str(error).splitlines() or [""])[0]
    return f"{type(error).__name__}: " + re.sub(r"\?\S+", "?...", line)
