"""Where the dbt project lies, and running it in this process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from civic_etl.errors import WarehouseError
from civic_etl.garbage import uncollected
from civic_etl.warehouse.database import IF_BUILD_DAMAGED, speaks_of_damage
from civic_etl.warehouse.parsed import manifest
from civic_etl.whole_files import digest, sealed_digest, write_seal

Severity = Literal["fail", "warn"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of the tables. `failures` counts offending rows, `detail` shows the first of them.

    `relation` is the table of the build file that holds all of them, where the check stores them.
    """

    name: str
    severity: Severity
    passed: bool
    failures: int = 0
    detail: str = ""
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What one dbt build did: models built, and the result of each test."""

    models: int
    checks: tuple[CheckResult, ...]


def project_dir() -> Path:
    """The dbt project: of the checkout this code runs from, else of the installed package.

    Raises WarehouseError where neither has one.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package.parent.parent / "sql", package / "sql"):
        if (folder / "dbt_project.yml").is_file():
            return folder
    raise WarehouseError("the dbt project is missing from this installation: install civic-etl again", file="sql")


def build(build_file: Path, work_dir: Path) -> BuildResult:
    """Build every model of the project in `build_file`, then test all of them; logs and compiled SQL go to `work_dir`.

    Tests come after the last model, not between them: one that fails must not hide what the others would have found.
    The models' unit tests are about the code, not the night's data, and run with the tests of the code.

    No other connection to the build file may be open in this process. Raises WarehouseError where a model cannot be
    built; tests that do not pass are results, not errors.
    """
    models = _nodes(["build", "--exclude-resource-type", "test", "unit_test"], build_file, work_dir)
    # The build has just written the manifest.
    tests = _nodes(["test", "--no-write-json", "--exclude-resource-type", "unit_test"], build_file, work_dir)
    return BuildResult(models=len(models), checks=tuple(_check(node) for node in tests))


def _nodes(command: list[str], build_file: Path, work_dir: Path) -> list[Any]:
    """What one dbt command did, node by node. Raises WarehouseError where it did nothing or a node could not be run."""
    outcome = run(command, build_file, work_dir)
    nodes = list(getattr(outcome.result, "results", None) or [])
    if not nodes:
        raise WarehouseError(f"dbt did nothing: {outcome.exception or 'see its log'}", file=str(work_dir / "dbt.log"))
    broken = [node for node in nodes if _is_broken(node)]
    if broken:
        node = broken[0]
        words = f"dbt could not build {node.node.name}: {node.message}"
        if speaks_of_damage(str(node.message)):
            raise WarehouseError(f"{words}; {IF_BUILD_DAMAGED}", file=str(build_file))
        raise WarehouseError(words, file=node.node.original_file_path)
    return nodes


def run(arguments: list[str], build_file: Path, work_dir: Path) -> Any:
    """Run one dbt command in this process and give dbt's own result.

    Raises WarehouseError where the project cannot be read.
    """
    from dbt.cli.main import dbtRunner

    # dbt takes a relative path for one below the project
    work_dir = work_dir.resolve()
    work_dir.mkdir(parents=True, exist_ok=True)
    # dbt's part grows with the project and not with the rows
    with _environment(build_file), uncollected():
        try:
            return dbtRunner(manifest=parsed(work_dir)).invoke([*_options(work_dir), *arguments, *_places(work_dir)])
        finally:
            _let_go()


def parsed(work_dir: Path) -> Any:
    """The parsed project, as dbt takes it. Raises WarehouseError where the project cannot be read."""
    return manifest(project_dir(), lambda: _parse(work_dir))


def _parse(work_dir: Path) -> bytes:
    """What dbt keeps of the parsed project, which it makes from what it kept there the last time."""
    from dbt.cli.main import dbtRunner

    kept = work_dir / "target" / "partial_parse.msgpack"
    # It has the SQL of every model, which dbt runs as it finds it there.
    if kept.exists() and sealed_digest(kept) != digest(kept):
        kept.unlink()
    outcome = dbtRunner().invoke([*_options(work_dir), "parse", *_places(work_dir)])
    if not outcome.success:
        raise WarehouseError(f"the dbt project cannot be read: {outcome.exception}", file=str(project_dir()))
    write_seal(kept)
    return kept.read_bytes()


def _options(work_dir: Path) -> list[str]:
    levels = ["--log-level", "none", "--log-level-file", "info"]
    return ["--quiet", "--log-path", str(work_dir), *levels, "--no-use-colors"]


def _places(work_dir: Path) -> list[str]:
    project = str(project_dir())
    return ["--project-dir", project, "--profiles-dir", project, "--target-path", str(work_dir / "target")]


def _let_go() -> None:
    """Close dbt's connection, which would otherwise keep the build file open for as long as this process lives."""
    connections: Any = import_module("dbt.adapters.duckdb.connections")
    factory: Any = import_module("dbt.adapters.factory")
    manager = connections.DuckDBConnectionManager
    factory.cleanup_connections()
    if manager._ENV is not None:
        manager._ENV.close()
    manager.close_all_connections()


@contextmanager
def _environment(build_file: Path) -> Iterator[None]:
    """The variables that the profile reads, for the length of the run."""
    wanted = {
        "CIVIC_ETL_BUILD_FILE": str(build_file),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _is_broken(node: Any) -> bool:
    """A model that failed, or a test that could not be run at all."""
    return str(node.status) in ("error", "runtime error")


def _check(node: Any) -> CheckResult:
    severity: Severity = "warn" if str(getattr(node.node.config, "severity", "error")).lower() == "warn" else "fail"
    return CheckResult(
        name=node.node.name,
        severity=severity,
        passed=str(node.status) == "pass",
        failures=int(node.failures or 0),
        detail="" if str(node.status) == "pass" else str(node.message or ""),
        relation=node.node.relation_name if getattr(node.node.config, "store_failures", None) else None,
    )
