"""The page stands alone and takes no word of the article for markup; the terminal shows the same numbers."""

import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from lxml import html
from rich.console import Console
from typer.testing import CliRunner

from civic_etl.cli.app import app
from civic_etl.explain import explain, page, shown
from civic_etl.extract.records import Document

TEXT = """Năm 2020, xã Hồng Thái thu ngân sách <b>9,13 tỷ đồng</b> & đạt 112% kế hoạch [bold]giao[/bold].

<script>alert("9")</script> Ngày 12/1, ông Nguyễn Văn A, Chủ tịch UBND xã "Hồng Thái" dự kỳ họp thứ 3."""
URL = 'https://xa.example/?a=1&b="2"'


@pytest.fixture(scope="module")
def written() -> str:
    area = "huyện Na Hang, tỉnh Tuyên Quang"
    return page(explain(Document("one", TEXT, 'Xã "Hồng Thái" <năm 2020>', URL, date(2021, 1, 13), area)))


def test_the_article_stands_in_the_page_word_for_word(written: str) -> None:
    article = html.fromstring(written).find(".//article")
    assert article is not None
    for number in article.findall(".//sup"):
        number.drop_tree()
    assert article.text_content() == TEXT
    assert article.find(".//b") is None


def test_nothing_is_fetched_and_nothing_runs(written: str) -> None:
    tree = html.fromstring(written)
    assert tree.xpath("//script | //link | //img | //iframe | //@src | //@onclick") == []
    assert all(target.startswith("#") for target in tree.xpath("//@href"))
    assert not re.search(r"url\(|@import", written)
    assert len(written.encode()) < 200_000


def test_every_mark_leads_to_its_row_and_back(written: str) -> None:
    tree = html.fromstring(written)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {target.removeprefix("#") for target in tree.xpath("//@href")}
    assert targets <= set(ids)
    assert set(ids) <= targets


def test_the_rows_say_what_was_read_and_why_the_rest_was_not(written: str) -> None:
    text = html.fromstring(written).text_content()
    for words in ("budget_revenue", "9.130.000.000 VND", "plan_ratio", "date or period", "Nguyễn Văn A"):
        assert words in text


def test_the_terminal_shows_the_text_as_it_is() -> None:
    explanation = explain(Document("one", TEXT, "[red]Xã[/red]", "", date(2021, 1, 13)))
    out = StringIO()
    Console(file=out, width=160).print(shown(explanation))
    printed = out.getvalue()
    assert "[red]Xã[/red]" in printed
    assert "[bold]giao[/bold]" in printed
    assert "9,13 tỷ đồng" in printed
    assert "set aside" in printed


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["explain", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text("Xã Hồng Thái tổng kết năm 2020\n\n" + TEXT, encoding="utf-8")
    return path


def test_the_command_prints_for_a_terminal(article: Path) -> None:
    out = run(article, "--published", "2021-01-13", "--site-area", "huyện Na Hang, tỉnh Tuyên Quang")
    assert "budget_revenue" in out
    assert "<html" not in out


def test_the_form_follows_the_name_of_the_output(article: Path, tmp_path: Path) -> None:
    assert run(article, "--published", "2021-01-13", "--output", tmp_path / "a.html") == ""
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    run(article, "--published", "2021-01-13", "--output", tmp_path / "a.txt")
    assert "set aside" in (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert run(article, "--published", "2021-01-13", "--format", "html").startswith("<!doctype html>")
