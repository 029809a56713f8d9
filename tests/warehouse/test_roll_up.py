from decimal import Decimal

from .conftest import Built


def rows(built: Built, sql: str) -> list[tuple]:
    return [tuple(row.values()) for row in built.warehouse.query(sql).to_pylist()]


def test_every_check_passes_or_warns_by_name(built):
    assert [c.name for c in built.finished.checks if not c.passed and c.severity == "fail"] == []
    warned = {c.name for c in built.finished.checks if not c.passed}
    assert warned == {"sources_within_cadence"}
    assert len(built.finished.checks) > 100


def test_the_figure_of_record_and_its_losers(built):
    (figure,) = built.warehouse.query(
        "select * from mart.ward_year where ref_area = '3-01840-20040831' and indicator = 'budget_revenue' "
        "and year = 2021 and value_kind = 'actual'"
    ).to_pylist()
    assert figure["obs_value"] == Decimal("9500000000")
    assert (figure["n_claims"], figure["n_sources"], figure["conflict"]) == (2, 2, True)
    assert figure["spread"] == Decimal("400000000")
    losers = rows(
        built,
        f"select obs_value from core.fct_observation where observation_id in {(*figure['losing_observation_ids'], '')}",
    )
    assert losers == [(Decimal("9900000000"),)]
    assert rows(built, "select indicator, year from mart.conflicts") == [("budget_revenue", 2021)]


def test_targets_stand_apart_and_are_measured(built):
    assert rows(
        built,
        "select indicator, year, target_value, actual_value, is_attained, actual_of_target_pct "
        "from mart.target_attainment",
    ) == [("budget_revenue", 2021, Decimal("9130000000"), Decimal("9500000000"), True, Decimal("104.0526"))]


def test_a_total_needs_every_commune(built):
    found = rows(
        built,
        "select indicator, year, value_origin, reported_value, rollup_value, rollup_partial_value, n_reporting, "
        "n_units from mart.district_year where value_kind = 'actual' and indicator in ('households', 'budget_revenue') "
        "order by 1, 2",
    )
    assert found == [
        ("budget_revenue", 2021, "reported", Decimal(25000000000), Decimal(21500000000), Decimal(21500000000), 3, 3),
        ("households", 2020, "incomplete", None, None, Decimal(1000), 1, 3),
        ("households", 2021, "rolled up", None, Decimal(2500), Decimal(2500), 3, 3),
    ]
    assert rows(
        built, "select obs_value, n_units from mart.province_year where indicator = 'households' and year = 2021"
    ) == [(Decimal(2500), 3)]


def test_history_is_carried_to_todays_communes(built):
    found = rows(
        built,
        "select ref_area, obs_value, obs_value_low, obs_value_high, method, is_break, break_decree "
        "from mart.ward_year_today where indicator = 'households' and year = 2021 order by 1",
    )
    assert found == [
        ("3-01840-20250701", Decimal(1520), Decimal(1520), Decimal(1520), "exact", True, "1683/NQ-UBTVQH15"),
        ("3-01843-20250701", None, Decimal(392), Decimal(686), "bounds", True, "1683/NQ-UBTVQH15"),
    ]


def test_edited_articles_keep_their_history(built):
    assert rows(built, "select obs_value from core.fct_observation where indicator = 'schools'") == [(Decimal(5),)]
    assert rows(built, "select obs_value from core.fct_observation_superseded") == [(Decimal(4),)]
    assert rows(built, "select count(*), count(*) filter (where is_current) from core.fct_article_revision") == [(5, 4)]


def test_the_other_facts(built):
    assert rows(built, "select person, office, mentioned_on::varchar from core.fct_office_mention") == [
        ("Nguyễn Văn A", "Chủ tịch UBND", "2021-01-22")
    ]
    assert rows(built, "select kind, event_date::varchar from core.fct_event") == [("tổng kết", "2021-01-22")]
    assert rows(built, "select title, year from core.fct_distinction") == [("Trong sạch", 2020)]
    assert rows(built, "select outcome, year from core.fct_outcome") == [("exceeded", 2020)]


def test_failures_are_rows(built):
    assert rows(built, "select stage, reason, detail from core.fct_unresolved order by 1") == [
        ("extract", "no period", ""),
        ("parse", "parse_failed", "no readable text"),
    ]
    assert rows(built, "select outcome from core.fct_page order by 1") == [("gone",), ("parse_failed",)]


def test_growth_and_coverage(built):
    assert rows(built, "select indicator, year, change, change_pct from mart.yoy") == [
        ("households", 2021, Decimal(20), Decimal(2))
    ]
    missing = rows(built, "select indicator, year from mart.coverage where status = 'missing' order by all")
    assert ("poor_household_rate", 2021) in missing


def test_source_health(built):
    found = rows(
        built, "select source, n_articles, n_failed_pages, days_silent, is_beyond_cadence from mart.source_health"
    )
    assert found == [("backan", 3, 1, 57, True), ("bao", 1, 0, 63, False)]


def test_terms_and_silent_units(built):
    terms = rows(
        built,
        "select term, n_years_reporting, n_years, total_value, partial_value from mart.unit_term "
        "where indicator = 'budget_revenue' and level = 3 and value_kind = 'actual' "
        "and ref_area = '3-01840-20040831' order by 1",
    )
    assert terms == [
        ("2021-2025", 1, 4, None, Decimal(9500000000)),
        ("all", 1, 1, Decimal(9500000000), Decimal(9500000000)),
    ]
    silent = rows(built, "select ref_area_name, year from mart.unit_coverage where status = 'nothing' and level = 3")
    assert ("phường Sông Cầu, thành phố Bắc Kạn, tỉnh Bắc Kạn", 2020) in silent


def test_districts_have_no_figure_after_their_end(built):
    """A district that was abolished on 1 July 2025 has no roll-up of 2025, and the check on it passes."""
    assert rows(built, "select count(*) from mart.district_year where year > 2024") == [(0,)]
    assert "districts_end" in {check.name for check in built.finished.checks if check.passed}
