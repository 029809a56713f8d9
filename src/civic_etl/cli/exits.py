"""Exit codes, and errors as one clear line on stderr."""

import errno
import traceback
from collections.abc import Callable

from rich.console import Console
from rich.markup import escape

from civic_etl.errors import PARTLY_FAILED, STALE, CivicEtlError, ClusterError, PrefectLostError

CLUSTER_LOST = ClusterError.exit_code

PREFECT_LOST = PrefectLostError.exit_code

INTERRUPTED = 130

_INTERRUPTED = "interrupted; what was done stays, and the next run goes on from there"
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

EXIT_CODES = {
    0: "done",
    1: "an error that none of the others describes",
    2: "wrong arguments or settings",
    3: "a source description is wrong, unknown, or does not allow the address",
    4: "a page could not be fetched",
    5: "the archive is damaged or cannot be written",
    6: "a page or file holds no readable article",
    7: "the gazetteer or the indicator catalogue is wrong, or knows no such place",
    8: "the warehouse, a query or a release failed",
    9: "a check failed: the release before stays current",
    10: "another process is writing the warehouse",
    PARTLY_FAILED: "some files, pages or sources failed; the rest is done",
    STALE: "no run came to its end for longer than the settings allow (status)",
    CLUSTER_LOST: "the Dask cluster was lost while it read: what is loaded stays, the next run goes on",
    PREFECT_LOST: "the Prefect server does not answer: what is loaded stays, the next run goes on",
    INTERRUPTED: "interrupted",
}

EPILOG = "[bold]Exit codes[/bold]\n\n" + "\n\n".join(f"{code:>3}  {meaning}" for code, meaning in EXIT_CODES.items())


def guarded(command: Callable[[], None], *, debug: Callable[[], bool]) -> int:
    """Run a command and return its exit code; errors are told on stderr, tracebacks only if `debug`.

    Wrong arguments, `typer.Exit` and Ctrl-C are Typer's, which leaves by SystemExit and says nothing of the last.
    """
    try:
        command()
    except SystemExit as leave:
        if _is_interrupt(leave):
            _line(_INTERRUPTED)
        return leave.code if isinstance(leave.code, int) else int(leave.code is not None)
    except CivicEtlError as error:
        _trace(debug)
        tell(error)
        return error.exit_code
    except KeyboardInterrupt:
        _line(_INTERRUPTED)
        return INTERRUPTED
    except OSError as error:
        _trace(debug)
        if error.errno in _NO_SPACE:
            tell(CivicEtlError(f"{error.strerror}: make room and run again; what was done stays", file=error.filename))
        else:
            _unexpected(error)
        return 1
    except Exception as error:
        _trace(debug)
        from civic_etl.cli.lost_server import lost_server

        if (lost := lost_server(error)) is not None:
            tell(lost)
            return lost.exit_code
        _unexpected(error)
        return 1
    return 0


def _is_interrupt(leave: SystemExit) -> bool:
    """Whether it was Ctrl-C that Typer left for."""
    reason: BaseException | None = leave
    while reason is not None and not isinstance(reason, KeyboardInterrupt):
        reason = reason.__cause__ or reason.__context__
    return reason is not None


def _unexpected(error: Exception) -> None:
    _line(f"[bold red]unexpected error:[/bold red] {escape(repr(error))}; run again with --debug to see where")


def tell(error: CivicEtlError) -> None:
    """One line on stderr, with file, row, field, source and url where they are known."""
    _line(f"[bold red]error:[/bold red] {escape(' '.join(str(error).split()))}")


def _line(markup: str) -> None:
    Console(stderr=True, soft_wrap=True, highlight=False).print(markup)


def _trace(debug: Callable[[], bool]) -> None:
    if debug():
        traceback.print_exc()
