"""A process that has everything imported and forks a night of its own whenever it is asked: each night is a real
process that can be killed, without the ten seconds that every start of Python, Prefect and dbt would cost a drill.

Commands come as JSON lines on stdin, answers go to stdout: {"run": job} gives the child's process id, {"wait": pid} its
exit code. A job names `home`, `sources`, `log` (the child's stderr), `kind` (nightly, backfill with a `span`, reparse,
release) and `by`: the `flow`, or its `steps` one after the other without Prefect.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from civic_etl.archive.page import Page

# This file is run as a script.
sys.path.insert(0, str(Path(__file__).parents[1]))

from drills.clocks import wear
from drills.site import AREA, NightSite

# dbt's static parser keeps a pool of threads, which a fork does not copy.
os.environ["DBT_STATIC_PARSER"] = "false"
_DIE_WITH_PARENT = 1


def warm(server: str | None) -> None:
    """Import, read and parse what every night needs."""
    from civic_etl.pipeline.reading import Hints, read_page
    from civic_etl.pipeline.sources import described_sources
    from civic_etl.settings import Settings
    from civic_etl.warehouse import project
    from civic_etl.warehouse.gazetteer_tables import gazetteer_tables
    from civic_etl.warehouse.versions import current_versions

    with tempfile.TemporaryDirectory() as folder:
        if server:
            from civic_etl.pipeline.prefect_home import settle

            os.environ["PREFECT_API_URL"] = server
            settle(Settings(home=Path(folder)))
            import prefect  # noqa: F401

            import civic_etl.pipeline.tasks  # noqa: F401
        for number in range(6):
            read_page(_page(number), hints=Hints(site_area=AREA))
        current_versions(None)
        described_sources(Settings(home=Path(folder)))
        gazetteer_tables(None)
        # under the environment of a night, which is part of what it is parsed for
        with project._environment(Path(folder) / "civic.duckdb"):
            project.parsed(Path(folder))


def _page(number: int) -> "Page":
    from civic_etl.archive.page import Page

    site = NightSite("dien-tap")
    body = site.pages[site.article(number)][2]
    return Page(f"http://127.0.0.1/{number}", 200, (), body, datetime(2021, 1, 1, tzinfo=UTC), "-")


def night(job: dict[str, Any]) -> int:
    """Run one night in this process and give its exit code."""
    from civic_etl.cli.exits import guarded
    from civic_etl.settings import get_settings

    if job.get("file_limit"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["file_limit"], resource.RLIM_INFINITY))
    os.environ |= {
        "CIVIC_ETL_HOME": job["home"],
        "CIVIC_ETL_SOURCES_DIR": job["sources_dir"],
        "CIVIC_ETL_JITTER_SECONDS": "0",
        "CIVIC_ETL_WORKERS": "1",
        "CIVIC_ETL_KEEP_RELEASES": "5",
    }
    get_settings.cache_clear()
    if job.get("clock"):
        wear(Path(job["clock"]))
    runner = by_flow if job["by"] == "flow" else by_steps
    return guarded(lambda: runner(job), debug=lambda: True)


def by_flow(job: dict[str, Any]) -> None:
    """The flow itself, as `civic-etl run` calls it."""
    from civic_etl.cli.flows import load_flow
    from civic_etl.cli.show import shown
    from civic_etl.settings import get_settings

    settings = get_settings()
    with shown():
        if job["kind"] == "backfill":
            since, until = (date.fromisoformat(day) for day in job["span"])
            load_flow("backfill", settings)(source=job["sources"][0], since=since, until=until)
        else:
            load_flow(job["kind"], settings)(**({"sources": job["sources"]} if job["kind"] == "nightly" else {}))


def by_steps(job: dict[str, Any]) -> None:
    """The same steps in the same order, called one after the other."""
    from civic_etl.cli.show import shown
    from civic_etl.pipeline import steps
    from civic_etl.pipeline.concluding import conclude
    from civic_etl.settings import get_settings

    settings, kind = get_settings(), job["kind"]
    since, until = (date.fromisoformat(day) for day in job["span"]) if kind == "backfill" else (None, None)
    with shown(), ExitStack() as alone:
        run = steps.begin(kind, settings)
        if kind == "nightly":
            alone.enter_context(run.alone())
        if kind in ("nightly", "backfill"):
            run.report.crawls = [
                steps.discover_and_fetch(name, settings, since=since, until=until) for name in job["sources"]
            ]
        with run.writing():
            if kind != "release":
                choose = steps.all_shards if kind == "reparse" else steps.pending_shards
                readings = (steps.read_shard(shard, settings) for shard in choose(settings))
                if kind == "reparse":
                    steps.reload(run, readings)
                else:
                    steps.load_and_watch(run, readings, run.report.crawls)
            steps.roll_up(run)
            steps.check(run)
            steps.publish(run)
        conclude(run)


def fork(job: dict[str, Any]) -> int:
    """Start the night of a job; gives its process id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(log, 1)
        os.dup2(log, 2)
        code = night(job)
    finally:
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Serve commands until stdin ends."""
    warm(sys.argv[1] if len(sys.argv) > 1 else None)
    answers = os.fdopen(os.dup(1), "w")
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        if "run" in command:
            answer = fork(command["run"])
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(command["wait"], 0)[1])
        print(answer, file=answers, flush=True)


if __name__ == "__main__":
    main()
