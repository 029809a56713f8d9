"""`make bench` writes what a part measured, tells what failed and hides nothing; the real driver and parts, tiny."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OLD = "<!-- part: {0} -->\n## {0}\n\nmeasured before\n<!-- end -->\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder of peers none of which can be imported."""
    folder = tmp_path / "peers"
    folder.mkdir()
    for name in ("underthesea", "scrapy"):
        (folder / f"{name}.py").write_text("raise RuntimeError('broken on purpose')\n")
    return folder


def run(script: str, *arguments: str, before: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A script of the benchmarks in its own process; what lies in the folder `before` is imported first."""
    paths = [str(path) for path in (before, ROOT / "src") if path is not None]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, str(ROOT / "benchmarks" / script), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_a_part_is_measured_beside_its_floors_and_a_peer_that_fails_is_told(tmp_path: Path, broken: Path) -> None:
    results = tmp_path / "RESULTS.md"
    results.write_text(OLD.format("extract") + OLD.format("crawl"), encoding="utf-8")
    ran = run("run.py", "extract", "--tiny", "--results", str(results), before=broken)
    assert ran.returncode == 0, ran.stderr
    text = results.read_text(encoding="utf-8")
    section = text.split("<!-- part: extract -->")[1].split("<!-- end -->")[0]
    rows = dict(re.findall(r"^\| (civic-etl extract|floor: [^|]+) \| 1 \| (\d+) \|", section, re.MULTILINE))
    assert set(rows) == {"civic-etl extract", "floor: regex for numbers", "floor: scan_numbers"}
    assert int(rows["floor: regex for numbers"]) > int(rows["civic-etl extract"]) > 0
    assert "underthesea's NER was left out: RuntimeError" in section
    assert re.search(r"^20\d\d-\d\d-\d\d \d\d:\d\d UTC\. .*\d cores.*Python 3.*civic-etl \d", section, re.MULTILINE)
    assert "measured before" not in section and text.count("measured before") == 1, "the other part's section stays"


def test_a_contender_that_fails_has_a_row_that_says_so(broken: Path) -> None:
    arguments = ("--hosts", "1", "--pages", "1", "--rounds", "1", "--contenders", "httpx", "scrapy")
    ran = run("crawl/compare.py", *arguments, before=broken)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("| scrapy: failed in 1 of 1 rounds") == 2
    assert ran.stdout.count("| httpx | ") == 2 and "| scrapy | " not in ran.stdout
    assert "broken on purpose" in ran.stderr


def test_a_part_that_fails_keeps_its_old_section_and_ends_with_1(tmp_path: Path) -> None:
    results, package = tmp_path / "RESULTS.md", tmp_path / "peers" / "civic_etl"
    results.write_text(OLD.format("extract"), encoding="utf-8")
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('broken on purpose')\n")
    ran = run("run.py", "extract", "--tiny", "--results", str(results), before=package.parent)
    assert ran.returncode == 1
    assert "failed: extract; their sections are the old ones" in ran.stderr and "broken on purpose" in ran.stderr
    assert results.read_text(encoding="utf-8") == OLD.format("extract")


def test_an_unknown_part_is_named_beside_those_there_are(tmp_path: Path) -> None:
    results = tmp_path / "RESULTS.md"
    ran = run("run.py", "extract", "sleep", "--results", str(results))
    assert ran.returncode == 2
    assert "no such part: sleep; there are parse, extract, crawl, warehouse, nightly, storage, lists" in ran.stderr
    assert not results.exists()
