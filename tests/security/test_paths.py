"""No address, no name in an archive and no description of a site chooses where a file is read or written."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from civic_etl.archive import Archive, read_warc
from civic_etl.crawl import crawl_source
from civic_etl.errors import ArchiveError, SourceError, WarehouseError
from civic_etl.explorer.data_files import DataFiles
from civic_etl.pipeline.files import file_url, read_file
from civic_etl.settings import Settings
from civic_etl.sources import Source
from civic_etl.sources.propose import propose
from civic_etl.warehouse import keys

from .conftest import FakeClock, Site
from .test_bombs import HTTP, record

Describe = Callable[..., Source]


def tree(folder: Path) -> set[str]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_addresses_that_climb_make_no_other_file(site: Site, settings: Settings, describe: Describe) -> None:
    """Pages lie in files named for the source and the month, whatever they are called."""
    paths = [
        "/../../../etc/x-post1.html",
        "/%2e%2e/%2e%2e/x-post2.html",
        "/..%2f..%2fx-post3.html",
        "/a%00b-post4.html",
    ]
    for path in paths:
        site.article(path)
    site.sitemap(dict.fromkeys(paths))
    before = tree(settings.home.parent)
    crawl_source(describe(site), settings, clock=FakeClock())
    made = tree(settings.home.parent) - before
    assert {Path(name).parts[:3] for name in made if name.endswith((".gz", ".cdxj"))} == {
        ("warehouse", "archive", "site")
    }
    assert all(name.startswith(("warehouse/archive/site/", "warehouse/state/")) for name in made), made


@pytest.mark.parametrize("name", ["../evil", "/etc", "a/b", "..", ".hidden", "a\\b", "a\n", "", "A", "a\0b"])
def test_a_source_has_no_name_that_leads_elsewhere(name: str) -> None:
    with pytest.raises(ValidationError):
        Source.model_validate(
            {"name": name, "title": "x", "hosts": ["x.vn"], "level": "ward", "periods": [{"family": "generic"}]}
        )


@pytest.mark.parametrize("url", ["https://..%2f..%2fx/tin", "https://../tin", "https://x.vn%2f..%2f/tin", "file:///x"])
def test_a_site_is_not_described_under_a_name_that_climbs(url: str) -> None:
    try:
        name = propose(url, "<html></html>").source.name
    except (SourceError, ValueError):
        return
    assert "/" not in name and ".." not in name and not name.startswith(".")


@pytest.mark.parametrize("name", ["../../secret.warc.gz", "/etc/passwd", "site/../../secret.warc.gz"])
def test_an_index_that_points_outside_is_not_followed(tmp_path: Path, name: str) -> None:
    """An archive may come from somebody else, its index with it."""
    (tmp_path / "secret.warc.gz").write_bytes(gzip.compress(record("response", HTTP + b"\r\n<p>secret")))
    archive = Archive(tmp_path / "home" / "archive")
    with pytest.raises(ArchiveError, match="out of the archive"):
        archive.read(name, 0)
    folder = archive.root / "site"
    folder.mkdir(parents=True)
    (folder / "2021-01-0001.warc.gz").write_bytes(gzip.compress(record("response", HTTP + b"\r\n<p>x")))
    archive.rebuild_index("site")
    line = (folder / "index.cdxj").read_text(encoding="utf-8")
    (folder / "index.cdxj").write_text(line.replace("site/2021-01-0001.warc.gz", name), encoding="utf-8")
    with pytest.raises(ArchiveError, match="out of the archive"):
        archive.export("site", None, None, tmp_path / "out.warc.gz")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "http://x.example.vn/../../../etc/passwd", "../../etc/passwd", "warcinfo:x"]
)
def test_a_record_s_address_opens_no_file(tmp_path: Path, target: str) -> None:
    data = record("response", HTTP + b"\r\n<html><body><p>x</p></body></html>")
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(gzip.compress(data.replace(b"http://x.example.vn/tin-post1.html", target.encode())))
    assert all(b"root:" not in page.body for page in read_warc(path))
    said = list(read_file(path, {}))
    assert "root:" not in str(said)


def test_a_file_given_by_hand_is_known_by_its_name_alone(tmp_path: Path) -> None:
    assert file_url(tmp_path / "ghi chú.txt") == "file:ghi chú.txt"


@pytest.mark.parametrize("key", ["../x", "/x", "a/../b", "a b", "A", "", "a//b", ".x", "a/.b"])
def test_the_explorer_writes_no_file_of_such_a_name(tmp_path: Path, key: str) -> None:
    with pytest.raises(WarehouseError):
        DataFiles(tmp_path, "v").write(key, json.dumps(1))
    assert tree(tmp_path) == set()


def test_keys_are_digests() -> None:
    assert keys.article_id("https://x.vn/../../etc").isalnum() and len(keys.article_id("x")) == 16
