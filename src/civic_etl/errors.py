"""The errors of the house: few, named, and carrying where they happened; and the exit codes of what is no error."""

PARTLY_FAILED = 11
"""Some of what was asked failed, the rest is done."""

STALE = 12
"""The warehouse is older than it should be."""


class CivicEtlError(Exception):
    """Base of all errors that a user of civic-etl can meet.

    `url`, `source`, `file`, `row` and `field` say where; each may be None. `exit_code` is what the
    command line leaves with.
    """

    exit_code = 1

    def __init__(
        self,
        message: str,
        *,
        url: str | None = None,
        source: str | None = None,
        file: str | None = None,
        row: int | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.url = url
        self.source = source
        self.file = file
        self.row = row
        self.field = field

    def __str__(self) -> str:
        places = [
            ("source", self.source),
            ("file", self.file),
            ("row", self.row),
            ("field", self.field),
            ("url", self.url),
        ]
        where = ", ".join(f"{name} {value}" for name, value in places if value is not None)
        return f"{self.message} ({where})" if where else self.message


class SettingsError(CivicEtlError):
    """A setting is missing or malformed."""

    exit_code = 2


class SourceError(CivicEtlError):
    """A source description is malformed, unknown, or outside the allow-list."""

    exit_code = 3


class FetchError(CivicEtlError):
    """A page could not be fetched."""

    exit_code = 4


class ArchiveError(CivicEtlError):
    """The WARC archive or its index is damaged or cannot be written."""

    exit_code = 5


class ParseError(CivicEtlError):
    """A page holds no readable article."""

    exit_code = 6


class GazetteerError(CivicEtlError):
    """A table of administrative units is inconsistent or cannot be read."""

    exit_code = 7


class CatalogueError(CivicEtlError):
    """The indicator catalogue or its lexicon is malformed."""

    exit_code = 7


class WarehouseError(CivicEtlError):
    """The build file, a load, a roll-up or a release failed."""

    exit_code = 8


class CheckFailedError(WarehouseError):
    """A check of severity `fail` did not pass: the release does not become current."""

    exit_code = 9


class LockedError(WarehouseError):
    """Another process is writing the warehouse."""

    exit_code = 10


class ClusterError(CivicEtlError):
    """The Dask cluster that reads pages was lost in the middle of a run; what is loaded stays."""

    exit_code = 13


class PrefectLostError(CivicEtlError):
    """The Prefect server that a run reports to does not answer; what is loaded stays."""

    exit_code = 14
