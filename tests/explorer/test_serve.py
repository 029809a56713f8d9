"""The loopback server: files and ranges, nothing outside the site, the next release, what to do without one."""

from pathlib import Path

import httpx
import pytest

from civic_etl.errors import SettingsError
from civic_etl.explorer.serve import site_server

from .conftest import served


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one small site in force."""
    _publish(tmp_path, "1", "mot")
    return tmp_path


def _publish(home: Path, version: str, text: str) -> None:
    site = home / "releases" / version / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text(text, encoding="utf-8")
    (site / "numbers.bin").write_bytes(bytes(range(100)))
    (site.parent / "secret.txt").write_text("secret", encoding="utf-8")
    fresh = home / ".current"
    fresh.symlink_to(site.parent)
    fresh.replace(home / "current")


def test_the_next_release_is_served_as_soon_as_it_is_current(home: Path) -> None:
    with served(home / "current") as address:
        assert httpx.get(address).text == "mot"
        _publish(home, "2", "hai")
        assert httpx.get(address).text == "hai"


@pytest.mark.parametrize(
    ("asked", "given", "start"),
    [("bytes=10-19", 10, 10), ("bytes=90-", 10, 90), ("bytes=-5", 5, 95), ("bytes=95-300", 5, 95)],
)
def test_a_range_is_answered_with_that_part(home: Path, asked: str, given: int, start: int) -> None:
    with served(home / "current") as address:
        answer = httpx.get(f"{address}numbers.bin", headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == bytes(range(start, start + given))
    assert answer.headers["content-range"] == f"bytes {start}-{start + given - 1}/100"


def test_a_range_beyond_the_end_is_refused(home: Path) -> None:
    with served(home / "current") as address:
        assert httpx.get(f"{address}numbers.bin", headers={"Range": "bytes=100-"}).status_code == 416


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=-", "bytes=1-2,5-6", "bytes=x"])
def test_what_is_no_range_gives_the_whole(home: Path, asked: str) -> None:
    with served(home / "current") as address:
        answer = httpx.get(f"{address}numbers.bin", headers={"Range": asked})
    assert (answer.status_code, len(answer.content)) == (200, 100)


def test_parts_of_another_release_s_database_are_not_mixed_with_this_one_s(home: Path) -> None:
    (home / "current" / "site" / "civic.duckdb").write_bytes(b"one")
    with served(home / "current") as address:
        assert httpx.get(f"{address}civic.duckdb?1").content == b"one"
        assert httpx.get(f"{address}civic.duckdb").content == b"one"
        assert httpx.get(f"{address}civic.duckdb?2").status_code == 404


def test_head_tells_the_size(home: Path) -> None:
    with served(home / "current") as address:
        answer = httpx.head(f"{address}numbers.bin")
    assert (answer.status_code, answer.headers["content-length"], answer.content) == (200, "100", b"")


@pytest.mark.parametrize(
    "path", ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "nothing.js", "//etc/passwd", "%00"]
)
def test_nothing_outside_the_site_is_served(home: Path, path: str) -> None:
    with served(home / "current") as address, httpx.Client() as client:
        url = httpx.URL(address).copy_with(raw_path=f"/{path}".encode())
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "TRACE", "CONNECT"])
def test_files_can_be_had_and_nothing_else(home: Path, verb: str) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    with served(home / "current") as address:
        assert httpx.request(verb, f"{address}index.html", content=b"x").status_code == 501
        assert httpx.request(verb, f"{address}new.html", content=b"x").status_code == 501
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_without_a_release_the_page_says_what_to_do(tmp_path: Path) -> None:
    with served(tmp_path / "current") as address:
        answer = httpx.get(address)
        assert answer.status_code == 503
        assert "civic-etl run nightly" in answer.text
        _publish(tmp_path, "1", "mot")
        assert httpx.get(address).text == "mot"


def test_a_release_without_a_site_says_so(tmp_path: Path) -> None:
    (tmp_path / "releases" / "1").mkdir(parents=True)
    (tmp_path / "current").symlink_to(tmp_path / "releases" / "1")
    with served(tmp_path / "current") as address:
        assert "civic-etl query" in httpx.get(address).text


def test_it_listens_on_loopback_only_and_a_taken_port_is_an_error(tmp_path: Path) -> None:
    with site_server(tmp_path, 0) as server:
        assert server.server_address[0] == "127.0.0.1"
        with pytest.raises(SettingsError, match="give another"):
            site_server(tmp_path, server.server_port)
