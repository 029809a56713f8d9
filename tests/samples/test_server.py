"""The HTTP of the sample sites, asked over real sockets."""

import gzip
import re
import socket
from pathlib import Path
from urllib.robotparser import RobotFileParser

import httpx
import pytest

from civic_etl.errors import CivicEtlError
from civic_etl.samples import SampleServer, serve
from civic_etl.samples.__main__ import main
from civic_etl.samples.programme import sites
from civic_etl.samples.stories import EDITED, stories
from civic_etl.samples.wordpress import DELETED, WordPressApp
from civic_etl.sources.load import load_sources


def test_each_site_has_its_own_port(samples: SampleServer) -> None:
    assert set(samples.bases) == {"tuyen-quang", "dong-thap"}
    assert len(set(samples.bases.values())) == 2


@pytest.mark.parametrize("validator", ["ETag", "Last-Modified"])
def test_a_known_page_is_not_sent_again(samples: SampleServer, client: httpx.Client, validator: str) -> None:
    url = samples.expected_observations()[0]["url"]
    first = client.get(url)
    request = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[validator]
    second = client.get(url, headers={request: first.headers[validator]})
    assert (first.status_code, second.status_code) == (200, 304)
    assert second.content == b""
    assert second.headers["ETag"] == first.headers["ETag"]


def test_a_stale_validator_gets_the_page(samples: SampleServer, client: httpx.Client) -> None:
    url = samples.expected_observations()[0]["url"]
    date = client.get(url).headers["Last-Modified"]
    # A tag that does not match decides alone, even beside a date that would.
    assert client.get(url, headers={"If-None-Match": '"else"', "If-Modified-Since": date}).status_code == 200
    assert client.get(url, headers={"If-Modified-Since": "Tue, 02 Jan 2001 00:00:00 GMT"}).status_code == 200
    assert client.get(url, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_gzip_only_where_it_is_accepted(samples: SampleServer, client: httpx.Client) -> None:
    url = samples.bases["dong-thap"] + "/"
    with client.stream("GET", url, headers={"Accept-Encoding": "br;q=1, gzip"}) as squeezed:
        raw = b"".join(squeezed.iter_raw())
    plain = client.get(url, headers={"Accept-Encoding": "identity"})
    refused = client.get(url, headers={"Accept-Encoding": "gzip;q=0"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in refused.headers
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] == squeezed.headers["ETag"]


def test_head_is_get_without_a_body(samples: SampleServer, client: httpx.Client) -> None:
    url = samples.bases["tuyen-quang"] + "/"
    head, get = client.head(url), client.get(url)
    assert head.content == b""
    assert {name: head.headers[name] for name in ("ETag", "Content-Length", "Content-Type")} == {
        name: get.headers[name] for name in ("ETag", "Content-Length", "Content-Type")
    }


def test_other_methods_are_refused(samples: SampleServer, client: httpx.Client) -> None:
    assert client.post(samples.bases["tuyen-quang"] + "/", content=b"x").status_code == 501


@pytest.mark.parametrize("key", ["tuyen-quang", "dong-thap"])
def test_robots_closes_a_folder_that_is_linked_and_served(
    samples: SampleServer, client: httpx.Client, key: str
) -> None:
    base, site = samples.bases[key], sites()[key]
    answer = client.get(f"{base}/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert not rules.can_fetch("civic-etl", base + site.secret)
    assert rules.can_fetch("civic-etl", base + "/")
    assert f"Crawl-delay: {site.crawl_delay}" in answer.text
    assert site.secret in client.get(base + "/").text
    assert client.get(base + site.secret).status_code == 200


@pytest.mark.parametrize("path", [DELETED, "/2017/", "/page/99/", "/category/khong-co/", "/..%2f..%2fetc/passwd"])
def test_what_is_not_there_is_404(samples: SampleServer, client: httpx.Client, path: str) -> None:
    answer = client.get(samples.bases["tuyen-quang"] + path)
    assert answer.status_code == 404
    assert "ETag" not in answer.headers


def test_moved_pages_lead_to_the_article(samples: SampleServer, client: httpx.Client) -> None:
    portal, paper = samples.bases["tuyen-quang"], samples.bases["dong-thap"]
    story = stories("tuyen-quang")[3]
    for old in (f"{portal}/tin-tuc/{story.slug}/", f"{portal}/?p={story.entry.number}"):
        answer = client.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{portal}/{story.slug}/")
    story = stories("dong-thap")[0]
    answer = client.get(f"{paper}/post-{story.entry.number}.html", follow_redirects=True)
    assert [step.status_code for step in answer.history] == [301]
    assert story.title in answer.text


def test_attachments_and_pictures_are_there(samples: SampleServer, client: httpx.Client) -> None:
    uploads = WordPressApp(sites()["tuyen-quang"], samples.bases["tuyen-quang"], 1).uploads
    assert any(path.endswith(".pdf") for path in uploads)
    for path in uploads:
        body = client.get(samples.bases["tuyen-quang"] + path).content
        assert body.startswith(b"%PDF-" if path.endswith(".pdf") else b"\x89PNG")


def test_style_sheets_are_there(samples: SampleServer, client: httpx.Client) -> None:
    for base in samples.bases.values():
        sheet = re.search(r'rel="stylesheet" href="([^"]+)"', client.get(base + "/").text)
        assert sheet is not None
        assert client.get(sheet[1]).headers["Content-Type"].startswith("text/css")


def test_second_edition_changes_one_article(client: httpx.Client) -> None:
    def fetch(server: SampleServer) -> dict[str, tuple[str, str, str]]:
        urls = sorted({row["url"] for row in server.expected_observations()})
        answers = {url: client.get(url) for url in urls}
        return {url: (got.headers["ETag"], got.headers["Last-Modified"], got.text) for url, got in answers.items()}

    with serve() as server:
        before, truth = fetch(server), server.expected_observations()
        server.edition = 2
        after, corrected = fetch(server), server.expected_observations()
    changed = [url for url in before if before[url] != after[url]]
    assert len(changed) == 1
    old, new = before[changed[0]], after[changed[0]]
    assert old[0] != new[0]
    assert old[1] != new[1]
    differing = [(a, b) for a, b in zip(truth, corrected, strict=True) if a["obs_value"] != b["obs_value"]]
    assert {row["url"] for pair in differing for row in pair} == set(changed)
    assert {pair[0]["indicator"] for pair in differing} == {"budget_revenue"}
    for was, now in differing:
        assert was["quote"] in old[2]
        assert now["quote"] in new[2]
        assert was["quote"] not in new[2]


def test_the_edited_article_is_the_newest_of_its_site() -> None:
    site, number = EDITED
    assert stories(site)[-1].entry.number == number


def test_requests_are_recorded(client: httpx.Client) -> None:
    with serve() as server:
        client.get(server.bases["dong-thap"] + "/?page=2")
        client.head(server.bases["tuyen-quang"] + "/khong-co")
        assert [(hit.site, hit.method, hit.target, hit.status) for hit in server.hits] == [
            ("dong-thap", "GET", "/?page=2", 200),
            ("tuyen-quang", "HEAD", "/khong-co", 404),
        ]
        server.forget_hits()
        assert server.hits == []


def test_sources_are_valid_descriptions(samples: SampleServer, tmp_path: Path) -> None:
    files = samples.write_sources(tmp_path / "sources")
    loaded = load_sources([tmp_path / "sources"], packaged=False)
    assert len(files) == len(loaded) == 2
    for source in loaded.values():
        assert source.local
        assert source.politeness.min_delay_seconds == 0.01
    urls = {row["url"] for row in samples.expected_observations()}
    assert all(any(source.allows(url) for source in loaded.values()) for url in urls)


def test_unknown_edition_and_taken_port_are_errors() -> None:
    with pytest.raises(CivicEtlError, match="editions 1 and 2"), serve(edition=3):
        pass
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CivicEtlError, match="cannot listen"), serve(port=port):
            pass
        assert main(["--port-base", str(port)]) == CivicEtlError.exit_code


def test_the_ports_are_free_again_after_closing() -> None:
    with serve() as server:
        base = server.bases["tuyen-quang"]
    with pytest.raises(httpx.ConnectError):
        httpx.get(base, trust_env=False)
