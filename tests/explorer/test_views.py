"""Each view draws what SQL says: as many marks, the same values."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Reader

Ask = Callable[[str], list[Any]]
WARD = "3-01840-20040831"


def test_the_map_shades_the_provinces_that_have_figures(reader: Reader, ask: Ask) -> None:
    main = reader.open("?ind=households&year=2021&map=o")
    assert main.locator(".provinces a").count() == 63
    shaded = main.locator('.provinces path[fill^="var(--q"]').count()
    provinces = """
        select count(distinct unit.province_code) from mart.ward_year as figure
        join core.dim_admin_unit as unit on figure.ref_area = unit.unit_id
        where indicator = 'households' and year = 2021
    """
    assert shaded == ask(provinces)[0][0] == 2
    assert main.locator(".provinces path", has_text="Bắc Kạn: 970 hộ").count() == 1


def test_both_maps_and_the_archipelagos_are_there(reader: Reader) -> None:
    main = reader.open("?ind=households&year=2021&map=n")
    assert main.locator(".provinces a").count() == 34
    shaded = main.locator('.provinces path[fill^="var(--q"]').all_text_contents()
    assert any("Thái Nguyên" in text for text in shaded)
    text = " ".join(main.locator("svg.plot text").all_text_contents())
    assert "Hoàng Sa" in text and "Trường Sa" in text


def test_a_choice_on_the_map_is_in_the_address(reader: Reader) -> None:
    main = reader.open("")
    main.get_by_label("Chỉ tiêu", exact=True).select_option("households")
    reader.drawn()
    main.get_by_label("Năm", exact=True).focus()
    main.get_by_label("Năm", exact=True).select_option("2020")
    reader.drawn()
    assert "ind=households" in reader.page.url and "year=2020" in reader.page.url
    assert main.locator("figcaption h2").first.text_content() == "Số hộ, 2020"
    # the keyboard stays where it was
    assert reader.page.evaluate("document.activeElement.id") == "choice-Năm"


def test_a_province_shows_its_wards(reader: Reader, ask: Ask) -> None:
    main = reader.open("province/1-06-20040831?ind=households&year=2021")
    assert main.locator(".wards circle").count() == 2
    in_force = """
        select count(*) from core.dim_admin_unit
        where level = 3 and province_code = '06' and valid_from <= date '2021-12-31' and valid_to > date '2021-12-31'
    """
    assert f"2 / {ask(in_force)[0][0]}" in main.locator(".life").text_content()
    assert main.locator("td a.figure").all_text_contents() == ["1.020", "920"]


def test_a_ward_shows_results_targets_and_estimates(reader: Reader, ask: Ask) -> None:
    main = reader.open(f"unit/{WARD}?ind=budget_revenue%7C%7B%7D")
    counts = f"""
        select count(*) filter (where value_kind <> 'target'), count(*) filter (where value_kind = 'target'),
            count(*) filter (where value_kind = 'estimate'), count(*) filter (where conflict)
        from mart.ward_year
        where ref_area = '{WARD}' and indicator = 'budget_revenue' and period_kind <> 'part_year'
    """
    results, targets, estimates, conflicts = ask(counts)[0]
    assert (results, targets, estimates, conflicts) == (4, 4, 1, 1)
    assert main.locator(".results circle").count() == results
    assert main.locator(".targets path, .targets line").count() == targets
    assert main.locator('.results circle[fill="var(--ground)"]').count() == estimates
    assert main.locator(".conflicts circle").count() == conflicts
    # what came in by the middle of the year is not drawn as if it were the year's
    assert main.locator(".parts path").count() == 1
    assert "5,1 tỷ6 tháng đầu năm 2023" in main.locator("table.matrix").text_content()
    assert "~9,13 tỷ" in main.locator("table.matrix").text_content()


def test_a_merged_ward_names_its_predecessors_and_the_act(reader: Reader) -> None:
    main = reader.open("unit/3-01840-20250701")
    text = main.locator("details.kin").first.text_content()
    assert "phường Đức Xuân" in text and "1/7/2025" in text and "NQ-UBTVQH15" in text
    assert "1/7/2025" in main.locator("figure .plot").first.text_content()


def test_an_indicator_ranks_its_wards(reader: Reader, ask: Ask) -> None:
    main = reader.open("indicator/poor_household_rate?year=2021")
    wanted = "select obs_value::double from mart.ward_year "
    wanted += "where indicator = 'poor_household_rate' and year = 2021 order by 1"
    # the lower the better: the least is first
    shown = main.locator(".ranking tbody tr td:last-child").all_text_contents()
    assert shown == [f"{value:g}%".replace(".", ",") for (value,) in ask(wanted)]
    assert main.locator(".bars rect").count() >= 1
    assert main.locator(".years circle").count() == 4
    assert main.locator(".medians circle").count() == 8


def test_wards_are_compared(reader: Reader) -> None:
    main = reader.open(f"compare?u={WARD},3-02212-20040831&ind=households%7C%7B%7D")
    assert main.locator(".results path, .results circle").count() == 8
    assert main.locator("tbody tr").count() == 2
    main.get_by_label("Bỏ: phường Nông Tiến").click()
    reader.drawn()
    assert reader.page.locator("ul.chosen-units li").count() == 1


def test_coverage_tells_what_there_is_and_what_is_missing(reader: Reader, ask: Ask) -> None:
    main = reader.open("coverage?p=1-06-20040831")
    conflicts = ask("select count(distinct (ref_area, year)) from mart.conflicts where level = 3")[0][0]
    assert main.locator("td .is-conflict").count() == conflicts == 1
    assert main.locator("td .is-have").count() == 7
    assert main.locator("td .is-target").count() == 1
    assert main.locator("tbody tr").count() == 2


def test_sources_tell_their_health(reader: Reader) -> None:
    rows = reader.open("sources").locator("tbody tr").all_text_contents()
    assert any("backan" in row and "quá hạn" in row for row in rows)
    assert any("silent" in row and "chưa đọc" in row for row in rows)


def test_what_is_shown_can_be_downloaded(reader: Reader, ask: Ask) -> None:
    main = reader.open("indicator/households?year=2021")
    with reader.page.expect_download() as started:
        main.locator(".ranking").get_by_role("button", name="Tải CSV").click()
    text = started.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    wanted = "select ref_area, obs_value::bigint::varchar from mart.ward_year "
    wanted += "where indicator = 'households' and year = 2021 order by obs_value desc"
    assert [(row["unit_id"], row["obs_value"]) for row in rows] == ask(wanted)


@pytest.mark.parametrize(("button", "beginning"), [("Tải SVG", b"<svg"), ("Tải PNG", b"\x89PNG")])
def test_charts_can_be_downloaded(reader: Reader, button: str, beginning: bytes) -> None:
    main = reader.open(f"unit/{WARD}")
    with reader.page.expect_download() as started:
        main.locator("figure").get_by_role("button", name=button).click()
    content = started.value.path().read_bytes()
    assert content.startswith(beginning)
    assert len(content) > 3000


def test_an_unknown_place_says_so(reader: Reader) -> None:
    for where in ("unit/3-99999-20040831", "indicator/nothing", "article/0000000000000000", "nowhere", "province/x"):
        assert "Không có trang này" in reader.open(where).text_content()
