"""A malformed description names file, line and key; a good one is read as it stands."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_etl.errors import SourceError
from civic_etl.sources import load_source, load_sources, parse_source

GOOD = """\
name: phuongabc.example.gov.vn
title: Cổng thông tin phường ABC
hosts: [phuongabc.example.gov.vn]
area: phường ABC, tỉnh XYZ
level: ward
periods:
  - until: 2022-01-01
    family: nukeviet
  - from: 2022-01-01
    family: wordpress
    index:
      - {kind: wp-json, url: /wp-json/wp/v2/posts}
      - {kind: feed, url: /feed/}
cadence_days: 14
"""


def test_good_description(tmp_path: Path) -> None:
    path = tmp_path / "phuongabc.yaml"
    path.write_text(GOOD, encoding="utf-8")
    source = load_source(path)
    assert source.title == "Cổng thông tin phường ABC" and source.cadence_days == 14
    assert [period.family for period in source.periods] == ["nukeviet", "wordpress"]
    today = source.period_on(date(2026, 1, 1))
    assert today is not None and [index.kind for index in today.index] == ["wp-json", "feed"]
    assert source.home_url == "https://phuongabc.example.gov.vn/"


def test_one_index_may_stand_without_a_list() -> None:
    several = GOOD[GOOD.index("index:") : GOOD.index("cadence")]
    text = GOOD.replace(several, "index: {kind: sitemap, url: /sitemap.xml}\n")
    assert [index.kind for index in parse_source(text).periods[1].index] == ["sitemap"]


@pytest.mark.parametrize(
    ("change", "field", "row", "words"),
    [
        (("level: ward", "level: hamlet"), "level", 5, "Input should be"),
        (("family: nukeviet", "family: joomla"), "periods.0.family", 8, "unknown family 'joomla'"),
        (("kind: feed", "kind: rss"), "periods.1.index.1.kind", 13, "Input should be"),
        (("cadence_days: 14", "cadence_days: often"), "cadence_days", 14, "integer"),
        (("cadence_days: 14", "cadence: 14"), "cadence", 14, "not permitted"),
        (("hosts: [phuongabc.example.gov.vn]", "hosts: ['https://x/']"), "hosts", 3, "not a host name"),
        (("until: 2022-01-01\n", "until: 2022-13-01\n"), "periods.0.until", 7, "date"),
        (("title: Cổng thông tin phường ABC\n", ""), "title", 1, "required"),
        (("  - from: 2022-01-01", "  - from: 2021-01-01"), "periods.1", 9, "periods overlap"),
        (("url: /feed/", "url: 'https://other.example/feed/'"), "periods.1.index.1.url", 13, "not on an allowed host"),
        (("kind: feed", "kind: date-archive"), "periods.1.index.1.url", 13, "{year} and {month}"),
        (("level: ward", "level: ward\nhome: http://b.example/"), "home", 6, "not on an allowed host"),
        (("level: ward", "level: ward\nlevel: district"), "level", 6, "twice"),
    ],
)
def test_fault_names_file_line_and_key(
    tmp_path: Path, change: tuple[str, str], field: str, row: int, words: str
) -> None:
    assert change[0] in GOOD
    path = tmp_path / "bad.yaml"
    path.write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(SourceError, match=words) as caught:
        load_source(path)
    assert (caught.value.file, caught.value.row, caught.value.field) == (str(path), row, field)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n"])
def test_what_is_no_mapping(text: str) -> None:
    with pytest.raises(SourceError, match="mapping") as caught:
        parse_source(text, file="x.yaml")
    assert (caught.value.file, caught.value.row) == ("x.yaml", 1)


@pytest.mark.parametrize(("text", "row"), [("name: a\nhosts: [a\ntitle: b\n", 3), ("name: a\n\ttitle: b\n", 2)])
def test_broken_yaml_names_the_line(text: str, row: int) -> None:
    with pytest.raises(SourceError, match="not YAML") as caught:
        parse_source(text, file="x.yaml")
    assert caught.value.row == row


def test_yaml_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(b"name: \xff\xfe\n")
    with pytest.raises(SourceError, match="cannot be read") as caught:
        load_source(path)
    assert caught.value.file == str(path)


def test_a_tag_that_builds_objects_is_refused() -> None:
    with pytest.raises(SourceError, match="not YAML"):
        parse_source("name: !!python/object/apply:os.getcwd []\n")


def test_later_folders_replace_and_twins_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    assert list(load_sources([tmp_path], packaged=False)) == ["phuongabc.example.gov.vn"]
    assert len(load_sources([tmp_path])) == len(load_sources()) + 1
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(SourceError, match="described twice") as caught:
        load_sources([tmp_path], packaged=False)
    assert caught.value.file == str(tmp_path / "b.yaml")


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist") as caught:
        load_sources([tmp_path / "nowhere"])
    assert caught.value.field == "sources_dir"


LINES = GOOD.splitlines()
ODD = [
    "",
    "  x",
    "- y",
    "name: [",
    "hosts: 5",
    "level: {a: b}",
    "? [1, 2]\n: z",
    "periods:",
    "1: 2",
    "tls: {pin_sha256: 1}",
]
ODD += [
    "~: ~",
    "&a b: *a",
    "!!binary x: y",
    "\tq",
    "from: 99999-01-01",
    "cadence_days: 1e400",
    "<<: {a: 1}",
    "{[1]: 2}: 3",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.sampled_from([*ODD, None])), min_size=1, max_size=4))
def test_whatever_is_wrong_it_is_a_source_error_with_its_file(changes: list[tuple[int, str | None]]) -> None:
    lines: list[str | None] = list(LINES)
    for place, line in changes:
        lines[place] = line
    try:
        parse_source("\n".join(line for line in lines if line is not None), file="x.yaml")
    except SourceError as error:
        assert error.file == "x.yaml" and error.row is not None and error.row >= 1
