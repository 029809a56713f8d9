"""`ingest`: files of all sorts through to a release, and files that are none."""

import csv
import io
import json
from pathlib import Path

import pytest

from civic_etl.samples import SampleServer

from .conftest import Cli

AREA = "thành phố Bắc Kạn, tỉnh Bắc Kạn"
TEXT = """Tổng kết công tác năm 2020, triển khai nhiệm vụ năm 2021

Năm 2020, thu ngân sách trên địa bàn phường Đức Xuân đạt 8 tỷ 642 triệu đồng.

Năm 2021, phường Đức Xuân phấn đấu thu ngân sách 9 tỷ 130 triệu đồng.
"""


def rows(cli: Cli, sql: str) -> list[list[str]]:
    """The rows of a query on the current release."""
    result = cli("query", sql, "--format", "csv")
    assert result.returncode == 0, result.stderr
    return list(csv.reader(io.StringIO(result.stdout)))[1:]


def test_a_text_becomes_a_release_once(cli: Cli, workplace: Path) -> None:
    (workplace / "bai.txt").write_text(TEXT, "utf-8")
    first = cli("ingest", "bai.txt", "--published", "2021-01-22", "--site-area", AREA)
    assert first.returncode == 0, first.stderr
    figures = rows(cli, "select indicator, year, value_kind, obs_value from mart.ward_year order by year")
    assert figures == [
        ["budget_revenue", "2020", "actual", "8642000000"],
        ["budget_revenue", "2021", "target", "9130000000"],
    ]
    again = cli("ingest", "bai.txt", "--published", "2021-01-22", "--site-area", AREA, "--json")
    report = json.loads(again.stdout)
    assert again.returncode == 0 and not report["changed"] and not report["fresh"]
    assert len(list((workplace / "warehouse" / "releases").iterdir())) == 1


def test_bad_input_is_named_kept_and_does_not_stop_the_rest(cli: Cli, workplace: Path) -> None:
    (workplace / "empty.html").write_bytes(b"")
    (workplace / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (workplace / "undated.txt").write_text(TEXT, "utf-8")
    (workplace / "listing.html").write_text("<html><head><title>x</title></head><body></body></html>", "utf-8")
    (workplace / "good.html").write_text(_page(TEXT), "utf-8")
    names = ["empty.html", "picture.html", "undated.txt", "listing.html", "nowhere.html", "good.html"]
    result = cli("ingest", *names, "--site-area", AREA)
    assert result.returncode == 11, result.stderr
    assert "Traceback" not in result.stderr
    for name in names[:-1]:
        assert sum(name in line for line in result.stderr.splitlines() if "error" in line) == 1, name
    kept = dict(rows(cli, "select url, detail from core.fct_unresolved where stage = 'parse'"))
    assert kept.keys() == {"file:empty.html", "file:picture.html", "file:undated.txt", "file:listing.html"}
    assert "--published" in kept["file:undated.txt"]
    assert rows(cli, "select count(*) from core.fct_article") == [["1"]]


def test_one_bad_file_alone_leaves_with_its_own_code(cli: Cli, workplace: Path) -> None:
    (workplace / "empty.txt").write_bytes(b"  \n")
    assert cli("ingest", "empty.txt", "--no-release").returncode == 6
    assert cli("ingest", "nowhere.txt", "--no-release").returncode == 5


@pytest.mark.parametrize("form", ["windows-1258", "NFD"])
def test_other_encodings_give_the_same_figures(cli: Cli, workplace: Path, form: str) -> None:
    (workplace / "bai.txt").write_bytes(_encoded(TEXT, form))
    result = cli("extract", "bai.txt", "--published", "2021-01-22", "--site-area", AREA)
    assert result.returncode == 0, result.stderr
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["obs_value"] for row in found] == [8642000000, 9130000000]
    assert {row["ref_area_name"].split(",")[0] for row in found} == {"phường Đức Xuân"}


def test_addresses_outside_the_allow_list_are_refused(cli: Cli) -> None:
    result = cli("ingest", "https://nobody-described.example/a-post1.html", "--no-release")
    assert result.returncode == 3 and "nobody-described.example" in result.stderr


def test_an_address_of_a_described_site(cli: Cli, workplace: Path) -> None:
    with SampleServer() as server:
        server.write_sources(workplace / "sources")
        expected = server.expected_observations()
        url = max({row["url"] for row in expected}, key=lambda u: sum(row["url"] == u for row in expected))
        options = {"CIVIC_ETL_SOURCES_DIR": "sources", "CIVIC_ETL_JITTER_SECONDS": "0"}
        result = cli("ingest", url, "--no-release", "--json", **options)
        assert result.returncode == 0, result.stderr
        report = json.loads(result.stdout)
        assert report["load"]["new"] == 1 and report["load"]["observations"] > 0
        again = json.loads(cli("ingest", url, "--no-release", "--json", **options).stdout)
        assert not again["changed"] and [site["fetched"] for site in again["sources"].values()] == [0]
        missing = "/".join(url.split("/")[:3]) + "/khong-co-trang-nay-post999999.html"
        gone = cli("ingest", missing, "--no-release", **options)
        assert gone.returncode == 4 and "404" in gone.stderr and missing in gone.stderr


def test_a_warc_made_elsewhere(cli: Cli, workplace: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    pages = {
        "https://phuong.example/2021/01/tong-ket/": (_page(TEXT).encode(), "text/html; charset=utf-8"),
        "https://phuong.example/anh.png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    }
    with (workplace / "crawl.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, (body, media) in pages.items():
            headers = StatusAndHeaders("200 OK", [("Content-Type", media)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=headers))
    result = cli("ingest", "crawl.warc.gz", "--site-area", AREA, "--no-release", "--json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["load"] | {"unchanged": 0} == {
        "documents": 1,
        "new": 1,
        "replaced": 0,
        "unchanged": 0,
        "refused": 0,
        "observations": 2,
        "outcomes_changed": 1,
    }
    whole = (workplace / "crawl.warc.gz").read_bytes()
    (workplace / "cut.warc.gz").write_bytes(whole[: len(whole) // 3])
    torn = cli("ingest", "cut.warc.gz", "--no-release")
    assert torn.returncode == 5 and "cut.warc.gz" in torn.stderr


def _page(text: str) -> str:
    title, *paragraphs = [line for line in text.splitlines() if line]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='vi'><head><meta charset='utf-8'><title>{title}</title>"
        '<meta property="article:published_time" content="2021-01-22T08:00:00+07:00">'
        f'</head><body><article><h1 class="entry-title">{title}</h1><div class="entry-content">{body}</div>'
        "</article></body></html>"
    )


def _encoded(text: str, form: str) -> bytes:
    import unicodedata

    if form == "NFD":
        return unicodedata.normalize("NFD", text).encode()
    # windows-1258 writes tones as marks of their own after the letter, and knows some letters only so.
    out = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, tone = _without_tone(letter)
            out += base.encode("cp1258") + tone.encode("cp1258")
    return bytes(out)


def _without_tone(letter: str) -> tuple[str, str]:
    import unicodedata

    marks = unicodedata.normalize("NFD", letter)
    tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", marks.replace(tone, "")), tone
