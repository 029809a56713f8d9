"""What dbt keeps of its parsing is SQL that the next night would run: a damaged one is parsed again."""

from pathlib import Path

import pytest

from civic_etl.warehouse import project

pytestmark = pytest.mark.slow


def models(work_dir: Path) -> dict[str, str]:
    """The SQL of each model, as a process that has parsed nothing yet has it."""
    project._PARSED.clear()
    with project._environment(work_dir / "civic.duckdb"):
        return {name: node.raw_code for name, node in project._manifest(work_dir.resolve()).nodes.items()}


def test_a_damaged_parse_is_not_believed(tmp_path: Path) -> None:
    before = models(tmp_path)
    kept = tmp_path / "target" / "partial_parse.msgpack"
    text = kept.read_bytes()
    assert text.count(b"'target'") > 5
    kept.write_bytes(text.replace(b"'target'", b"'tarjet'"))
    assert models(tmp_path) == before
    parsed = kept.stat().st_mtime_ns
    assert models(tmp_path) == before and kept.stat().st_mtime_ns == parsed, "a whole one is used"
