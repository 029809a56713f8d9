"""The list as people write it: what is wrong is named with its file and line."""

import os
from datetime import date
from pathlib import Path

import pytest

from civic_etl.errors import SettingsError
from civic_etl.removals import Removals, read_removals, removals_of
from civic_etl.settings import Settings

GOOD = """\
# asked for by letter
- url: https://xaha.example.vn/tin-1.html
  reason: names a child
  date: 2026-11-01

- person: Nguyễn Văn Hoà
  reason: asked by the
    person
  date: 2026-11-02
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "removals.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_entries_are_read_as_written(tmp_path: Path) -> None:
    first, second = read_removals(written(tmp_path, GOOD))
    assert (first.line, first.url, first.person) == (2, "https://xaha.example.vn/tin-1.html", None)
    assert (second.line, second.person, second.reason) == (6, "Nguyễn Văn Hoà", "asked by the person")
    assert second.date == date(2026, 11, 2)
    assert read_removals(written(tmp_path, "")) == []


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("  date: 2026-11-02\n", ""), 6, "'date' is missing"),
        (("2026-11-01", "2026-13-01"), 4, "date"),
        (("  reason: names a child\n", ""), 2, "'reason' is missing"),
        (("reason: names a child", "reason: ''"), 3, "at least 1 character"),
        (("reason: names a child", "reason: x\n  why: y"), 4, "unknown key 'why'"),
        (("- person: Nguyễn Văn Hoà\n ", "-"), 6, "either 'url' or 'person'"),
        (("- person: Nguyễn Văn Hoà", "- person: Nguyễn Văn Hoà\n  url: https://x.vn/"), 6, "either 'url' or 'person'"),
        (("Nguyễn Văn Hoà", "Hoà"), 6, "no full name"),
        (("https://xaha.example.vn/tin-1.html", "xaha.example.vn/tin-1.html"), 2, "no http"),
        (("https://xaha.example.vn/tin-1.html", "ftp://xaha.example.vn/"), 2, "no http"),
        (("- person", "person"), 6, "no YAML"),
        (("reason: asked by the\n    person", "reason: x\n  reason: y"), 8, "twice"),
    ],
)
def test_a_bad_entry_names_file_and_line(tmp_path: Path, change: tuple[str, str], line: int, message: str) -> None:
    path = written(tmp_path, GOOD.replace(*change))
    with pytest.raises(SettingsError, match=message) as caught:
        read_removals(path)
    assert (caught.value.file, caught.value.row) == (str(path), line)


def test_the_same_person_twice_is_told(tmp_path: Path) -> None:
    again = GOOD + "- person: NGUYỄN VĂN HÒA\n  reason: x\n  date: 2026-11-03\n"
    with pytest.raises(SettingsError, match="given twice, first on line 6") as caught:
        read_removals(written(tmp_path, again))
    assert caught.value.row == 10


def test_a_list_that_is_none_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="a list of entries"):
        read_removals(written(tmp_path, "url: https://x.vn/\n"))
    with pytest.raises(SettingsError, match="cannot be read"):
        removals_of(Settings(removals=tmp_path / "nowhere.yaml"))


def test_an_edit_of_the_list_is_seen(tmp_path: Path) -> None:
    settings = Settings(removals=written(tmp_path, GOOD))
    assert removals_of(settings).covers("https://xaha.example.vn/tin-1.html")
    assert removals_of(settings) is removals_of(settings)
    path = written(tmp_path, "[]")
    os.utime(path, ns=(1, 1))
    assert not removals_of(settings).covers("https://xaha.example.vn/tin-1.html")
    assert not removals_of(Settings()) and not Removals().covers("https://x.vn/")
