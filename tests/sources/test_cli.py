"""`civic-etl sources` as a person uses it, against a real site on loopback."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from civic_etl.samples import SampleServer
from civic_etl.sources import load_source

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    """The sample sites over real HTTP."""
    with SampleServer() as sites:
        yield sites


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Run `civic-etl sources` in a home of its own."""
    (tmp_path / "sites").mkdir()
    own = {"CIVIC_ETL_SOURCES_DIR": str(tmp_path / "sites"), "CIVIC_ETL_MIN_DELAY_SECONDS": "0"}
    own |= {"CIVIC_ETL_JITTER_SECONDS": "0", "CIVIC_ETL_HOME": str(tmp_path / "warehouse")}
    env = {name: value for name, value in os.environ.items() if not name.startswith("CIVIC_ETL_")} | own

    def run(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-c", "from civic_etl.cli import main; main()", "sources", *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False)

    return run


def article(server: SampleServer, key: int = 0) -> str:
    """The address of a page that the sample site of that number holds."""
    base = list(server.bases.values())[key]
    return next(row["url"] for row in server.expected_observations() if row["url"].startswith(base))


def test_add_then_check_a_site(cli: Cli, server: SampleServer, tmp_path: Path) -> None:
    url = article(server)
    added = cli(
        "add", url, "--local", "--area", "thành phố Tuyên Quang, tỉnh Tuyên Quang", "--golden", tmp_path / "golden"
    )
    assert added.returncode == 0, added.stderr + added.stdout
    (path,) = (tmp_path / "sites").glob("*.yaml")
    source = load_source(path)
    assert source.allows(url) and source.local and source.periods[0].family in ("wordpress", "epi")
    expected = json.loads((tmp_path / "golden" / source.name / "expected.json").read_text(encoding="utf-8"))
    assert expected["reviewed"] is False and expected["article"]["title"] in added.stdout
    assert "characters, read by" in added.stdout
    checked = cli("check", source.name, "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    (health,) = json.loads(checked.stdout)
    assert health["ok"] and len(health["sights"]) == 3 and all(sight["title"] for sight in health["sights"])
    assert health["requests"] <= 8, "one listing and three articles"
    again = cli("add", url, "--local")
    assert again.returncode == 3 and "described already" in again.stderr


def test_add_from_a_file_asks_nobody(cli: Cli, server: SampleServer, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<title>Tin - Báo Hạ</title><h1>Tin</h1><p>Thu ngân sách đạt 9 tỷ đồng.</p>", encoding="utf-8")
    result = cli("add", "https://bao.example.vn/mot-tin-a130145.html", "--from-file", page, "--dry-run")
    assert result.returncode == 0 and "family: a_id" in result.stdout and "level: newspaper" in result.stdout
    assert list((tmp_path / "sites").iterdir()) == []
    written = cli("add", "https://bao.example.vn/mot-tin-a130145.html", "--from-file", page)
    assert written.returncode == 11, "the page bears no mark of the family that its address has"
    assert "problem" in written.stdout and (tmp_path / "sites" / "bao.example.vn.yaml").is_file()
    assert cli("add", "https://bao.example.vn/a", "--from-file", tmp_path / "none.html").returncode == 3


def test_a_private_address_is_not_asked_unless_declared(cli: Cli, server: SampleServer) -> None:
    result = cli("add", article(server))
    assert result.returncode == 4 and "not a public address" in result.stderr


def test_check_says_what_is_wrong_and_goes_on(cli: Cli, server: SampleServer, tmp_path: Path) -> None:
    server.write_sources(tmp_path / "sites")
    good, other = sorted(path.stem for path in (tmp_path / "sites").glob("*.yaml"))
    broken = (tmp_path / "sites" / f"{other}.yaml").read_text(encoding="utf-8")
    (tmp_path / "sites" / f"{other}.yaml").write_text(
        broken.replace(".xml", ".lmx").replace("/wp-json", "/no-json"), "utf-8"
    )
    result = cli("check", other, good)
    assert result.returncode == 11, result.stdout + result.stderr
    assert f"{good}: well" in result.stdout and f"{other}: NOT WELL" in result.stdout


def test_a_malformed_file_names_file_line_and_key(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "sites" / "bad.yaml").write_text("name: bad\ntitle: X\nhosts: [x.example.vn]\nlevel: hamlet\n", "utf-8")
    result = cli("list")
    assert result.returncode == 3 and "row 4" in result.stderr and "field level" in result.stderr
    assert "bad.yaml" in result.stderr and "Traceback" not in result.stderr


def test_detect_prints_one_family_a_line(cli: Cli) -> None:
    result = cli(
        "detect", "https://a.example.vn/x-post1.html", "https://a.example.vn/x-a123.html", "https://a.example.vn/"
    )
    assert result.returncode == 0 and result.stdout.split() == ["epi", "a_id", "generic"]


@pytest.mark.parametrize("url", ["not-a-url", "ftp://a.example.vn/x", "https://"])
def test_what_is_no_address(cli: Cli, url: str) -> None:
    result = cli("add", url)
    assert result.returncode == 3 and "not an http(s) address" in result.stderr


def test_names_or_all(cli: Cli) -> None:
    assert cli("check").returncode == 3 and cli("check", "nowhere").returncode == 3
