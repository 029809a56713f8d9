"""Which of the dates of a page is its own: empty rather than wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from civic_etl.errors import ParseError
from civic_etl.parse import Article, parse_page

from .pages_of import epi, onecms, page_of, unknown

FETCHED = datetime(2026, 10, 2, 11, 45, tzinfo=UTC)


def published(article: Article) -> str | None:
    """The publication time as text."""
    return article.published.isoformat() if article.published else None


def test_onecms_prints_the_month_first_in_one_meta_and_nowhere_else() -> None:
    meta = '<meta name="article:published_time" content="9/5/2026 10:17:01 PM">'
    both = parse_page(page_of(onecms(meta, "05/09/2026 22:17")))
    assert (published(both), both.date_source) == ("2026-09-05T22:17:00+07:00", "visible")
    alone = parse_page(page_of(onecms(meta, "")))
    assert (published(alone), alone.date_source) == ("2026-09-05T22:17:01+07:00", "meta:article:published_time")


def test_the_us_form_is_not_believed_of_another_system() -> None:
    meta = '<meta property="article:published_time" content="9/5/2026 10:17:01 PM">'
    assert parse_page(page_of(epi(head=meta))).published is None
    assert parse_page(page_of(unknown(head=meta))).published is None


def test_time_of_the_fetch_is_never_the_date() -> None:
    for content in ("2026-10-02T18:45:12+07:00", "2026-10-02T18:40:00+07:00"):
        meta = f'<meta property="article:published_time" content="{content}"><meta property="datetimenow" content="x">'
        assert parse_page(page_of(epi(head=meta), fetched_at=FETCHED)).published is None
    stated = '<meta property="article:published_time" content="2026-10-02T18:40:00+07:00">'
    visible = '<time class="time" datetime="2026-10-02T18:40:00+0700">x</time>'
    both = parse_page(page_of(epi(head=stated, meta=visible), fetched_at=FETCHED))
    assert published(both) == "2026-10-02T18:40:00+07:00", "two witnesses: it was published minutes before the fetch"


def test_no_date_comes_from_a_header_or_from_now() -> None:
    page = page_of(
        epi(),
        fetched_at=FETCHED,
        headers=(("Date", "Fri, 02 Oct 2026 11:45:12 GMT"), ("Last-Modified", "Fri, 02 Oct 2026 11:45:12 GMT")),
    )
    article = parse_page(page)
    assert (article.published, article.updated, article.date_source) == (None, None, None)


@pytest.mark.parametrize("content", ["1970-01-01T00:00:00Z", "2031-01-01T00:00:00Z", "0001-01-01T00:00:00"])
def test_times_outside_the_life_of_the_web_are_refused(content: str) -> None:
    meta = f'<meta property="article:published_time" content="{content}">'
    assert parse_page(page_of(epi(head=meta), fetched_at=FETCHED)).published is None


CHANNEL = """<html><head><link href="/common/v1/css/x.css"></head><body><div class="today">Thứ Hai, 06/01/2020</div>
<div class="article_content"><h1 class="media-heading">Thu ngân sách vượt kế hoạch năm</h1>
<div class="date">{date}</div>
<div id="content"><p><strong>Năm 2020, thu ngân sách trên địa bàn phường đạt 8 tỷ 642 triệu đồng.</strong></p>
<p>Số hộ nghèo của phường giảm còn 12 hộ.</p></div></div></body></html>"""


def test_month_in_the_address_checks_the_printed_date() -> None:
    address = "http://baovidu.com.vn/channel/5399/202012/thu-ngan-sach-3412848/"
    right = parse_page(page_of(CHANNEL.format(date="Cập nhật lúc19:52, Thứ Năm, 31/12/2020"), address))
    assert (published(right), right.date_source) == ("2020-12-31T19:52:00+07:00", "visible")
    wrong = parse_page(page_of(CHANNEL.format(date="Cập nhật lúc 19:52, 31/10/2020"), address))
    assert (wrong.published, wrong.date_source) == (None, None)
    none = parse_page(page_of(CHANNEL.format(date=""), address))
    assert none.published is None, "the month alone is no date, and the calendar in the header is not the article's"


def test_day_in_the_address_is_a_date_of_its_own() -> None:
    body = (
        "<body>Skip Ribbon Commands<h1>Thu ngân sách vượt kế hoạch</h1><div class='ms-rtestate-field'><p>{}</p></div>"
    )
    page = page_of(
        body.format("Thu ngân sách của xã đạt 9 tỷ đồng, vượt kế hoạch năm. " * 3),
        "https://x.gov.vn/Pages/2024-5-17/thu-x0yt4r.aspx",
    )
    article = parse_page(page)
    assert (published(article), article.date_source) == ("2024-05-17T00:00:00+07:00", "url-day")


def test_seconds_in_the_address_are_a_date_of_their_own() -> None:
    article = parse_page(page_of(unknown(), "http://xa.hatinh.example/tin/thu-ngan-sach-1720413480.html"))
    assert (published(article), article.date_source) == ("2024-07-08T11:38:00+07:00", "url-epoch")


def test_unknown_page_takes_the_labelled_date_not_the_calendar() -> None:
    header = "<div class='top'>Thứ 3, Ngày 16/07/2024</div>"
    page = page_of(
        unknown(before=header, under="<p>Ngày đăng: 08/07/2024 11:38</p>"),
        fetched_at=datetime(2024, 7, 16, 3, tzinfo=UTC),
    )
    article = parse_page(page)
    assert (published(article), article.date_source, article.quality) == (
        "2024-07-08T11:38:00+07:00",
        "visible",
        "fallback",
    )
    calendar = parse_page(page_of(unknown(before=header), fetched_at=datetime(2024, 7, 16, 3, tzinfo=UTC)))
    assert calendar.published is None


def test_unknown_page_takes_no_date_from_its_prose_or_its_lists() -> None:
    lists = (
        "<ul>"
        + "".join(f"<li><a href='/{n}'>Bài khác số {n} của trang</a> ({n:02d}/03/2020)</li>" for n in range(1, 20))
        + "</ul>"
    )
    article = parse_page(
        page_of(unknown(after="<p>Sáng 12/12/2019, tại hội trường xã, HĐND xã khai mạc kỳ họp.</p>" + lists))
    )
    assert article.published is None


def test_bare_day_takes_its_hour_from_a_witness_of_the_same_day() -> None:
    ld = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2021-01-22"}</script>'
    article = parse_page(page_of(epi(head=ld, meta='<time class="time" datetime="2021-01-22T08:15:00+0700">x</time>')))
    assert published(article) == "2021-01-22T08:15:00+07:00"


def test_updated_is_never_before_published() -> None:
    head = (
        '<meta property="article:published_time" content="2021-01-22T08:00:00+07:00">'
        '<meta property="article:modified_time" content="2021-01-20T08:00:00+07:00">'
    )
    assert parse_page(page_of(epi(head=head))).updated is None


def test_a_time_in_another_zone_is_given_in_vietnam() -> None:
    head = '<meta property="article:published_time" content="2021-01-21T18:30:00+00:00">'
    article = parse_page(page_of(epi(head=head)))
    assert published(article) == "2021-01-22T01:30:00+07:00"
    assert article.published is not None and article.published.utcoffset() == timedelta(hours=7)


def test_an_undated_page_is_an_article_all_the_same() -> None:
    try:
        article = parse_page(page_of(epi()))
    except ParseError as error:  # pragma: no cover - the message is for whoever breaks it
        pytest.fail(f"refused: {error}")
    assert article.text and article.published is None
