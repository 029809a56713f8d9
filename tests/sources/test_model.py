"""The allow-list, dated periods, windows, and exceptions that need a reason."""

from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from civic_etl.sources import Politeness, Source, Tls


def source(**more: Any) -> Source:
    """A description of one site."""
    return Source.model_validate(
        {
            "name": "xa-ha",
            "title": "Xã Hạ",
            "hosts": ["xaha.example.vn", "10.0.0.1:8080"],
            "level": "ward",
            "periods": [{"family": "wordpress"}],
            **more,
        }
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://xaha.example.vn/tin",
        "http://XAHA.example.vn/tin",
        "https://xaha.example.vn:443/",
        "http://10.0.0.1:8080/x",
    ],
)
def test_allowed(url: str) -> None:
    assert source().allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.vn/",
        "https://evil-xaha.example.vn/",
        "https://xaha.example.vn.evil.example/",
        "https://xaha.example.vn:8443/",
        "http://10.0.0.1/",
        "ftp://xaha.example.vn/",
        "file:///etc/passwd",
        "https://user:pw@xaha.example.vn/",
        "https://xaha.example.vn@evil.example/",
        "https://xaha.example.vn:port/",
        "//xaha.example.vn/",
        "https://[xaha.example.vn/",
    ],
)
def test_not_allowed(url: str) -> None:
    assert not source().allows(url)


def test_periods_meet_but_do_not_overlap() -> None:
    two = source(periods=[{"until": "2021-05-01", "family": "epi"}, {"from": "2021-05-01", "family": "onecms"}])
    families = [two.period_on(day) for day in (date(2021, 4, 30), date(2021, 5, 1))]
    assert [period.family for period in families if period] == ["epi", "onecms"]
    with pytest.raises(ValidationError, match="overlap"):
        source(periods=[{"family": "epi"}, {"from": "2021-05-01", "family": "onecms"}])
    with pytest.raises(ValidationError, match="before"):
        source(periods=[{"from": "2021-05-01", "until": "2021-05-01", "family": "epi"}])


def test_a_site_that_is_gone_has_no_period_today() -> None:
    assert source(periods=[{"until": "2025-07-01", "family": "epi"}]).period_on(date(2025, 7, 1)) is None


@pytest.mark.parametrize(
    ("window", "now", "is_open"),
    [
        ("21:00-05:00", "23:30", True),
        ("21:00-05:00", "04:59", True),
        ("21:00-05:00", "05:00", False),
        ("21:00-05:00", "12:00", False),
        ("01:00-05:00", "03:00", True),
        ("01:00-05:00", "22:00", False),
        (None, "12:00", True),
    ],
)
def test_window(window: str | None, now: str, is_open: bool) -> None:
    assert Politeness(window=window).open_at(time.fromisoformat(now)) is is_open


@pytest.mark.parametrize("window", ["9-17", "25:00-05:00", "21:00 - 05:00", "21:00"])
def test_window_that_is_none(window: str) -> None:
    with pytest.raises(ValidationError, match="window looks like"):
        Politeness(window=window)


@pytest.mark.parametrize("exception", [{"weak_keys": True}, {"pin_sha256": "0" * 64}, {"extra_ca_pem": "PEM"}])
def test_an_exception_from_tls_needs_a_reason(exception: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="reason"):
        Tls(**exception)
    assert Tls(**exception, reason="the server sends no intermediate").reason


def test_articles_per_month_is_a_range() -> None:
    with pytest.raises(ValidationError, match="least, most"):
        source(assertions={"articles_per_month": [9, 3]})
    with pytest.raises(ValidationError):
        source(assertions={"share_with_date": 1.2})
