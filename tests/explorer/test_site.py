"""The data files of a site: what they hold, and that they hold what the database holds."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from civic_etl.errors import WarehouseError
from civic_etl.explorer.data_files import DataFiles
from civic_etl.explorer.site import SITE_FORMAT, write_data
from civic_etl.warehouse.release import Release

Ask = Callable[[str], list[Any]]
_CALL = re.compile(r'civicData\("(?P<version>[^"]+)","(?P<key>[^"]+)",(?P<payload>.*)\);\n', re.DOTALL)


def read(release: Release, key: str) -> Any:
    """The value of a data file."""
    text = (release.path / "site" / "data" / f"{key}.js").read_text(encoding="utf-8")
    match = _CALL.fullmatch(text)
    assert match, text[:80]
    assert (match["version"], match["key"]) == (release.version, key)
    return json.loads(match["payload"])


def test_every_file_is_one_call_of_this_release(release: Release) -> None:
    data = release.path / "site" / "data"
    keys = [path.relative_to(data).with_suffix("").as_posix() for path in data.rglob("*.js")]
    assert len(keys) > 10
    for key in keys:
        read(release, key)


def test_the_start_page_needs_less_than_a_megabyte(release: Release) -> None:
    site = release.path / "site"
    first = read(release, "release")["indicators"][0]["code"]
    names = [
        "index.html",
        "app.js",
        "app.css",
        "map.js",
        "data/release.js",
        "data/words.js",
        f"data/indicator/{first}.js",
    ]
    assert sum((site / name).stat().st_size for name in names) < 1_000_000


def test_the_release_is_described(release: Release, ask: Ask) -> None:
    found = read(release, "release")
    assert found["format"] == SITE_FORMAT
    assert found["counts"]["observations"] == ask("select count(*) from core.fct_observation")[0][0]
    assert found["counts"]["conflicts"] == ask("select count(*) from mart.conflicts")[0][0] == 1
    maps = [entry[1] for entry in found["provinces"]]
    assert len({entry[2] for entry in found["provinces"] if entry[1] == "n"}) == 34
    assert len({entry[2] for entry in found["provinces"] if entry[1] == "o"}) == 63
    assert set(maps) == {"o", "n"}


def test_units_have_the_names_of_the_database(release: Release, ask: Ask) -> None:
    units = read(release, "units")
    rows, types = units["rows"], [name.lower() for name in units["types"]]

    def full(row: list[Any]) -> str:
        name = f"{types[row[1]]} {row[2]}"
        return name if row[3] is None else f"{name}, {full(rows[row[3]])}"

    assert {row[0]: full(row) for row in rows} == dict(ask("select unit_id, full_name from core.dim_admin_unit"))


def test_figures_of_a_year_are_those_of_the_mart(release: Release, ask: Ask) -> None:
    rows = read(release, "indicator/poor_household_rate/2021")
    units = [row[0] for row in read(release, "units")["rows"]]
    wanted = "select ref_area, obs_value::double, winning_observation_id from mart.ward_year "
    wanted += "where indicator = 'poor_household_rate' and year = 2021 order by obs_value desc"
    assert [(units[row[0]], row[3], row[6]) for row in rows] == ask(wanted)


def test_a_province_has_the_median_of_its_wards_on_both_maps(release: Release) -> None:
    rows = read(release, "indicator/households")["provinces"]
    found = {(row[0], row[1], row[3]): (row[5], row[7]) for row in rows if row[4] == "r"}
    assert found["o", "06", 2021] == (2, (1020 + 920) / 2)
    # Bắc Kạn is a part of Thái Nguyên since 1 July 2025
    assert found["n", "19", 2021] == (2, (1020 + 920) / 2)
    assert found["n", "19", 2025] == (1, 4200)
    assert ("o", "06", 2025) not in found


def test_every_claim_leads_to_its_sentence(release: Release, ask: Ask) -> None:
    files = read(release, "release")["articleFiles"]
    sentences = {}
    for number in range(files):
        for article, told in read(release, f"article/{number}").items():
            assert int(article[:7], 16) % files == number
            for _, text, numbers in told["sentences"]:
                sentences |= {one[0]: text[one[1] : one[2]] for one in numbers}
    quotes = dict(ask("select observation_id, quote from core.fct_observation"))
    assert sentences == quotes
    figures = ask("select winning_observation_id, losing_observation_ids from mart.ward_year")
    assert {one for winner, losers in figures for one in [winner, *losers]} <= set(sentences)


def test_only_sentences_with_numbers_leave_the_database(release: Release) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (release.path / "site" / "data" / "article").glob("*.js")]
    assert not any("Mở đầu" in text for text in texts)


def test_a_newer_schema_is_refused(release: Release, tmp_path: Path) -> None:
    newer = tmp_path / "civic.duckdb"
    newer.write_bytes((release.path / "civic.duckdb").read_bytes())
    with duckdb.connect(str(newer)) as con:
        con.execute("update main.release set schema_version = schema_version + 1")
    with pytest.raises(WarehouseError, match="update civic-etl"):
        write_data(newer, tmp_path / "data")


@pytest.mark.parametrize("key", ["../x", "a/../b", "/etc", "A", "a//b", "a.b", ""])
def test_keys_cannot_leave_the_folder(tmp_path: Path, key: str) -> None:
    with pytest.raises(WarehouseError):
        DataFiles(tmp_path, "1").write(key, "[]")


def test_the_site_is_sealed_with_the_release(release: Release) -> None:
    sums = (release.path / "SHA256SUMS").read_text(encoding="utf-8")
    assert " site/index.html\n" in sums and " site/data/release.js\n" in sums
    same = (release.path / "site" / "data" / "civic.duckdb").stat(), (release.path / "civic.duckdb").stat()
    assert same[0].st_ino == same[1].st_ino
