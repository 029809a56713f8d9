"""A command in a process of its own that did not have to start: forked from one that has read the lexicons."""

import os
import sys
from functools import cache
from multiprocessing import forkserver, get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired

import pytest

_TESTS = Path(__file__).parents[1]


@cache
def _forks() -> BaseContext:
    """The server is begun where it finds what it shall import: it does not look where its parent does."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["cli.ready"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(_TESTS), prepend=os.pathsep)
        forkserver.ensure_running()
    return context


def run(arguments: list[str], folder: Path, env: dict[str, str], stdin: str, seconds: float) -> "CompletedProcess[str]":
    """Run `civic-etl` in `folder`. Raises TimeoutExpired."""
    streams = [folder.with_name(f"{folder.name}-{name}") for name in ("in", "out", "err")]
    streams[0].write_text(stdin, encoding="utf-8")
    process = _forks().Process(target=_command, args=(arguments, folder, env, streams))
    process.start()
    process.join(seconds)
    if process.exitcode is None:
        process.kill()
        raise TimeoutExpired(arguments, seconds)
    out, err = (path.read_text(encoding="utf-8") for path in streams[1:])
    return CompletedProcess(arguments, process.exitcode, out, err)


def _command(arguments: list[str], folder: Path, env: dict[str, str], streams: list[Path]) -> None:
    """What the process does: what the installed script does, with streams that are files."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["civic-etl", *arguments]
    sys.stdin = streams[0].open(encoding="utf-8")
    for number, path in enumerate(streams[1:], 1):
        file = path.open("w", encoding="utf-8")
        os.dup2(file.fileno(), number)
    sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115

    from civic_etl.cli import main

    main()
