"""What fuzzing begins with: the sample sites' own articles and indexes, in pieces, and WARC files that we write."""

import gzip
import re
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from html import unescape
from pathlib import Path

from civic_etl.archive import Archive, Exchange
from civic_etl.samples.epi import EpiApp
from civic_etl.samples.programme import sites
from civic_etl.samples.stories import Story, stories
from civic_etl.samples.wordpress import WordPressApp
from civic_etl.sources.families import FAMILIES

HOST = "xaha.example.vn"
BASE = f"https://{HOST}"
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\s<>\"'=&;,.()/]{1,20}")
_MOST_WORDS = 400


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    """The first inputs of a target."""
    return tuple(_MAKERS[target]())


@cache
def dictionary(target: str) -> list[bytes]:
    """Words of a target's seeds, the most frequent first, for the fuzzer to put in."""
    count: dict[bytes, int] = {}
    for seed in seeds(target):
        for word in _WORD.findall(seed.decode("utf-8", "ignore")):
            count[word.encode()] = count.get(word.encode(), 0) + 1
    return sorted(count, key=lambda word: (-count[word], word))[:_MOST_WORDS]


@cache
def _apps() -> tuple[WordPressApp, EpiApp]:
    wordpress, epi = sites().values()
    if wordpress.family != "wordpress":
        wordpress, epi = epi, wordpress
    return WordPressApp(wordpress, BASE, 1), EpiApp(epi, BASE, 1)


@cache
def _told() -> tuple[Story, ...]:
    """A third of the samples' articles."""
    return tuple(story for key in sites() for story in stories(key))[::3]


def _prose(story: Story) -> Iterator[str]:
    """The paragraphs of an article, without its markup."""
    for block in re.split(r"</p>|</li>|</h\d>|</tr>", f"{story.lead}\n{story.body}"):
        text = " ".join(unescape(_TAG.sub(" ", block)).split())
        if text:
            yield text


def _html() -> Iterator[bytes]:
    """Small pages: the head and one paragraph of the samples' pages, under every family's name."""
    for app in _apps():
        for story in app.stories[::8]:
            answer = app.get(app.address(story), {})
            text = re.sub(r"\s+", " ", answer.body.decode())
            number = FAMILIES.index(app.site.family)
            yield bytes([number]) + text[:15_000].encode()
    for number in range(len(FAMILIES) + 1):
        paragraph = " ".join(_prose(_told()[number]))
        page = (
            f"<html><head><title>{_told()[number].title}</title>"
            '<meta property="article:published_time" content="2021-01-25T08:00:00+07:00"></head><body>'
            f"<h1>{_told()[number].title}</h1><time>25/01/2021 08:00</time>"
            f'<div class="cms-body entry-content" itemprop="articleBody"><p>{paragraph[:1500]}</p>'
            "<table><tr><th>Chỉ tiêu</th><th>2020</th></tr><tr><td>Hộ nghèo</td><td>2,4%</td></tr></table>"
            "</div></body></html>"
        )
        yield bytes([number]) + page.encode()


_DATES = (
    "ngày 25/01/2021", "sáng 22-1", "quý I/2020", "từ ngày 10 đến ngày 12/3/2020", "cuối tháng trước", "thứ hai tới",
    "nhiệm kỳ 2020-2025", "năm học 2022-2023", "6 tháng đầu năm", "đến hết năm 2021", "ngày 29/2", "tháng 12/9999",
    "8 giờ 30 phút ngày 1 tháng 1 năm 1", "ngay 25 thang 1 nam 2021", "tuần trước", "ba ngày sau", "năm 2020",
)  # fmt: skip
_NUMBERS = (
    "9 tỷ 130 triệu đồng", "8.642.000.000 đ", "33,5%", "hai mươi mốt", "một trăm linh năm", "từ 6-9 tỷ đồng", "$1,42",
    "hơn 2,5 triệu USD", "45 triệu đồng/người/năm", "1/3", "12,5 nghìn", "âm 5", "2 đô 23 xu", "1.250", "1,250", "QL1A",
    "gần 7 nghìn tỷ đồng", "một triệu rưỡi", "10 000 000 đồng", "không phẩy bảy", "2 trieu dong", "0,30%0", "x2 lần",
)  # fmt: skip


_QUANTITIES = (
    "hơn 12 hộ nghèo/350 hộ", "đạt 185 trong tổng số 220 xã", "68% - 31,2% - 0,8%", "từ 40 đến 45 triệu đồng/người/năm",
    "giảm còn 0,07%", "14 tiêu chí/1 xã", "8,6/10.000 dân", "xếp thứ 3 của tỉnh", "OCOP hạng 3 sao", "tăng gấp đôi",
    "hơn nửa dân số", "6.500 tr.đồng", "35 triệu tấn.km", "95,% KH", "mức độ 3, 4", "25 triệu viên gạch", "1/500",
    "khai trừ 1 đảng viên", "trên 2/3 số hộ", "143, 6 tấn", "từ 4,7% đến cuối năm còn 3%", "5 thôn = 100%", "2 - 3 con",
    "không dưới 15 ha", "Tổng số lớp học: 25 trở lên", "1.250 m2", "ba mươi lăm hộ", "1 tỷ 200 triệu đồng",
    "3.000 đ/kg", "50/0 hộ",
)  # fmt: skip


def _quantities() -> Iterator[bytes]:
    for number, text in enumerate(_QUANTITIES):
        yield bytes([number % 2]) + text.encode()
    for number, story in enumerate(_told()[:12]):
        yield bytes([number % 2]) + "\n".join(_prose(story))[:400].encode()


def _dates() -> Iterator[bytes]:
    for number, text in enumerate(_DATES):
        yield bytes([number % 4]) + text.encode()
    for story in _told()[:6]:
        yield b"\0" + " ".join(_prose(story))[:400].encode()


def _numbers() -> Iterator[bytes]:
    yield from (text.encode() for text in _NUMBERS)
    for story in _told()[:6]:
        yield " ".join(_prose(story))[:400].encode()


def _extract() -> Iterator[bytes]:
    for story in _told():
        paragraphs = list(_prose(story))
        yield f"{story.title}\n\n\n{paragraphs[min(2, len(paragraphs) - 1)][:500]}".encode()
    yield "Hộ nghèo\n\n\nĐơn vị | Năm 2019 | Năm 2020\nXã Hà | 120 | 98\nXã Đà Vị | 2,5% | 1,9%".encode()


def _places() -> Iterator[bytes]:
    for number, story in enumerate(_told()):
        yield bytes([number % 3 + 128 * (number % 2)]) + "\n".join(_prose(story))[:800].encode()


def _feed() -> Iterator[bytes]:
    wordpress, epi = _apps()
    for answer in (wordpress.get("/feed/", {}), epi.get("/rss/home.rss", {})):
        body = answer.body.decode()
        items = re.findall(r"<item>.*?</item>", body, re.DOTALL)
        head, tail = body[: body.index("<item>")], body[body.rindex("</item>") + 7 :]
        yield (head + items[0] + tail).encode()
        yield re.sub(r"<content:encoded>.*?</content:encoded>", "", head + "".join(items[:3]) + tail).encode()
    yield (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Xã Hà</title><entry><id>{BASE}/a.html</id><title>Tổng kết'
        f'</title><link href="{BASE}/a.html"/><updated>2021-01-25T08:00:00+07:00</updated><published>2021-01-24'
        "</published></entry></feed>"
    ).encode()


def _sitemap() -> Iterator[bytes]:
    wordpress, epi = _apps()
    by_month = epi.get("/sitemap.xml", {})
    answers = (
        wordpress.get("/wp-sitemap.xml", {}),
        wordpress.get("/wp-sitemap-posts-post-1.xml", {}),
        by_month,
        *(epi.get(path, {}) for path in re.findall(r"/sitemaps/[\w-]+\.xml", by_month.body.decode())[:3]),
    )
    for answer in answers:
        yield answer.body[:4000]
        yield re.sub(rb"(</url>|</sitemap>).*(</urlset>|</sitemapindex>)", rb"\1\2", answer.body, flags=re.DOTALL)
    yield f"{BASE}/a.html\n{BASE}/b.html\n".encode()
    yield gzip.compress(answers[1].body, mtime=0)


def _listing() -> Iterator[bytes]:
    for app in _apps():
        body = re.sub(rb"\s+", b" ", app.get("/", {}).body)
        yield body[:4000]
        yield body[-4000:]
    yield f'<base href="{BASE}/"><a href="tin-post1.html">Tin</a><a rel=next href="?trang=2">›</a>'.encode()


def _wp_json() -> Iterator[bytes]:
    posts = (
        f'{{"id":{number},"link":"{BASE}/{story.slug}/","date_gmt":"2021-01-25T01:00:00",'
        f'"modified_gmt":"2021-01-26T01:00:00","title":{{"rendered":"{story.title}"}}}}'
        for number, story in enumerate(_told()[:3])
    )
    yield f"2\n[{','.join(posts)}]".encode()
    yield b'1\n[{"id":1,"link":"/a/","date_gmt":null,"title":"a"}]'
    yield b'\n{"code":"rest_no_route","message":"none","data":{"status":404}}'


def _robots() -> Iterator[bytes]:
    for number, app in enumerate(_apps()):
        yield bytes([number]) + app.get("/robots.txt", {}).body
    yield (
        b"\0User-agent: civic-etl\nUser-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 1.5\nRequest-rate: 1/5s 0800-"
        b"1700\nVisit-time: 0600-0845\nHost: xaha.example.vn\nSitemap: https://xaha.example.vn/sitemap.xml\n"
    )
    yield b"\0<!doctype html><html><title>Just a moment...</title>"


def _warc() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        whole, index = _archived(Path(folder))
    assert index
    yield whole
    yield gzip.decompress(whole)
    body = b"<html><body><p>9 t\xe1\xbb\xb7</p></body></html>"
    for headers, raw in (
        (b"Transfer-Encoding: chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)),
        (b"Content-Encoding: gzip", gzip.compress(body, mtime=0)),
        (b"Content-Type: text/html", body),
    ):
        block = b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n\r\n" + raw
        yield (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://xaha.example.vn/1>\r\nWARC-Date: "
            b"2021-01-25T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:1b671a64-40d5-491e-99b0-da01ff1f3341>\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
            % (len(block), block)
        )


def _cdxj() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        yield _archived(Path(folder))[1]


def _archived(folder: Path) -> tuple[bytes, bytes]:
    """A WARC file and the index of an archive with two short pages."""
    archive = Archive(folder)
    with archive.writer("xa-ha") as writer:
        for number in (1, 2):
            body = f"<html><body><p>Thu ngân sách đạt {number} tỷ đồng</p></body></html>".encode()
            raw = gzip.compress(body, mtime=0) if number == 2 else body
            headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(raw)))]
            writer.response(
                Exchange(
                    url=f"{BASE}/tin-{number}.html",
                    request_headers=(("Host", HOST),),
                    status=200,
                    reason="OK",
                    headers=(*headers, *((("Content-Encoding", "gzip"),) if number == 2 else ())),
                    raw=raw,
                    body=body,
                    fetched_at=datetime(2026, 3, 2, 15, number, tzinfo=UTC),
                    ip="203.0.113.7",
                ),
                {"civic-outcome": "new"},
            )
    index = next(folder.rglob("index.cdxj")).read_bytes()
    return archive.files("xa-ha")[0].read_bytes(), index


_MAKERS: dict[str, Callable[[], Iterator[bytes]]] = {
    "html": _html,
    "dates": _dates,
    "numbers": _numbers,
    "quantities": _quantities,
    "extract": _extract,
    "places": _places,
    "feed": _feed,
    "sitemap": _sitemap,
    "listing": _listing,
    "wp_json": _wp_json,
    "robots": _robots,
    "warc": _warc,
    "cdxj": _cdxj,
}
