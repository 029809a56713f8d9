"""What a site is: hosts, area, dated periods of a CMS family, and the care it asks for."""

import re
from datetime import date, time
from itertools import pairwise
from typing import Annotated, Any, Literal, Self
from urllib.parse import urljoin, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from civic_etl.sources.families import FAMILIES

IndexKind = Literal["sitemap", "feed", "listing", "wp-json", "date-archive"]
Level = Literal["ward", "district", "province", "province-dept", "party", "newspaper", "broadcaster", "ministry"]

_HOST = re.compile(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$")
_WINDOW = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$")


class MisplacedError(ValueError):
    """A value that is wrong only beside another one; `loc` is where it stands in the description."""

    def __init__(self, message: str, *loc: str | int) -> None:
        super().__init__(message)
        self.loc = loc


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Index(_Strict):
    """Where a site lists its articles."""

    kind: IndexKind
    url: str = Field(
        min_length=1,
        description="Absolute, or relative to the source's start page; of a date-archive with {year} and {month}.",
    )
    pages: int = Field(default=50, ge=1, description="Most listing, feed or API pages read in one run.")
    paging: str | None = Field(
        default=None, description="Address of further pages with {n}, e.g. '?page={n}'; else the family's."
    )
    links: str | None = Field(
        default=None, description="CSS selector of article links on a listing page; else all links."
    )

    @model_validator(mode="after")
    def _templated(self) -> Self:
        if self.kind == "date-archive" and not ("{year}" in self.url and "{month}" in self.url):
            raise MisplacedError("the address of a date-archive holds {year} and {month}", "url")
        return self


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Period(_Strict):
    """A stretch of time in which the site ran on one system. `from` is inclusive, `until` exclusive."""

    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    family: str
    index: Annotated[tuple[Index, ...], BeforeValidator(_as_list)] = ()
    articles: tuple[str, ...] = Field(
        default=(), description="Regular expressions of article addresses beside the family's."
    )

    @field_validator("family")
    @classmethod
    def _known_family(cls, value: str) -> str:
        if value not in FAMILIES:
            raise ValueError(f"unknown family {value!r}; one of {', '.join(FAMILIES)}")
        return value

    @field_validator("articles")
    @classmethod
    def _compiles(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"not a regular expression: {pattern!r}: {error}") from error
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.from_ and self.until and self.from_ >= self.until:
            raise ValueError("'from' must lie before 'until'")
        return self

    def covers(self, day: date) -> bool:
        """Whether the period is in force on `day`."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day < self.until)


class Politeness(_Strict):
    """Overrides of the settings; a delay can only be made longer than the site's own Crawl-delay asks."""

    min_delay_seconds: float | None = Field(default=None, ge=0)
    daily_page_budget: int | None = Field(default=None, ge=1)
    window: str | None = Field(
        default=None, description="Local hours in which to crawl, 'HH:MM-HH:MM', may pass midnight."
    )

    @field_validator("window")
    @classmethod
    def _hours(cls, value: str | None) -> str | None:
        if value is not None and not _WINDOW.match(value):
            raise ValueError("a window looks like '21:00-05:00'")
        return value

    def open_at(self, now: time) -> bool:
        """Whether local time `now` lies in the window; always where there is none."""
        if self.window is None:
            return True
        start, end = (time.fromisoformat(part) for part in self.window.split("-"))
        return start <= now < end if start <= end else now >= start or now < end


class Tls(_Strict):
    """How to meet a broken certificate chain. Verification is never switched off without something in its place."""

    extra_ca_pem: str | None = Field(
        default=None, description="PEM of the intermediate or root that the server fails to send."
    )
    pin_sha256: str | None = Field(
        default=None, pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the server's certificate (DER)."
    )
    weak_keys: bool = Field(default=False, description="Allow keys and hashes below today's security level.")
    reason: str | None = None

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        if (self.extra_ca_pem or self.pin_sha256 or self.weak_keys) and not (self.reason or "").strip():
            raise ValueError("an exception from TLS verification needs a 'reason'")
        return self


class Robots(_Strict):
    """What is known of the site's rules; robots.txt itself is read every night all the same."""

    note: str | None = None
    crawl_delay_seconds: float | None = Field(
        default=None, ge=0, description="A delay asked for elsewhere than in robots.txt."
    )


class Assertions(_Strict):
    """What a healthy site gives; checked after each run."""

    articles_per_month: tuple[int, int] | None = None
    share_with_title: float | None = Field(default=None, ge=0, le=1)
    share_with_date: float | None = Field(default=None, ge=0, le=1)
    share_with_body: float | None = Field(default=None, ge=0, le=1)

    @field_validator("articles_per_month")
    @classmethod
    def _range(cls, value: tuple[int, int] | None) -> tuple[int, int] | None:
        if value and not 0 <= value[0] <= value[1]:
            raise ValueError("articles_per_month is [least, most]")
        return value


class Source(_Strict):
    """One site. Fetching for it goes to `hosts` and nowhere else."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", description="Usually the host; names the archive folder.")
    title: str = Field(min_length=1)
    hosts: tuple[str, ...] = Field(min_length=1, description="Allow-list; host or host:port, lower case.")
    area: str | None = Field(default=None, description="Place as written out: 'thành phố Bắc Kạn, tỉnh Bắc Kạn'.")
    level: Level
    home: str | None = Field(default=None, description="Start page; else https:// and the first host.")
    periods: tuple[Period, ...] = Field(min_length=1)
    cadence_days: int | None = Field(default=None, ge=1, description="Longest usual silence between two articles.")
    start: date | None = Field(default=None, description="Earliest day worth asking for.")
    politeness: Politeness = Politeness()
    tls: Tls = Tls()
    robots: Robots = Robots()
    local: bool = Field(
        default=False, description="A declared local source: loopback and private addresses are allowed."
    )
    successor: str | None = Field(default=None, description="Host that carries this one's work on.")
    assertions: Assertions = Assertions()
    basis: str | None = Field(default=None, description="How what stands here is known.")

    @field_validator("hosts")
    @classmethod
    def _hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            if not _HOST.match(host) or ".." in host:
                raise ValueError(f"not a host name: {host!r}")
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ordered = sorted(enumerate(self.periods), key=lambda item: item[1].from_ or date.min)
        for (_, earlier), (number, later) in pairwise(ordered):
            if earlier.until is None or (later.from_ is None or earlier.until > later.from_):
                reason = "periods overlap: each but the last needs 'until', not after the next one's 'from'"
                raise MisplacedError(reason, "periods", number)
        if not self.allows(self.home_url):
            raise MisplacedError(f"home {self.home_url} is not on an allowed host", "home")
        for number, period in enumerate(self.periods):
            for place, index in enumerate(period.index):
                if not self.allows(self.absolute(index.url)):
                    reason = f"index {index.url} is not on an allowed host"
                    raise MisplacedError(reason, "periods", number, "index", place, "url")
        return self

    @property
    def home_url(self) -> str:
        """The start page."""
        return self.home or f"https://{self.hosts[0]}/"

    def absolute(self, url: str) -> str:
        """`url` against the start page."""
        return urljoin(self.home_url, url)

    def allows(self, url: str) -> bool:
        """Whether `url` is http(s) on one of the hosts (an entry without a port means the scheme's own port)."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        host = (parts.hostname or "").lower()
        if parts.scheme not in ("http", "https") or parts.username is not None or parts.password is not None:
            return False
        usual = {"http": 80, "https": 443}[parts.scheme]
        return f"{host}:{port or usual}" in self.hosts or (port in (None, usual) and host in self.hosts)

    def period_on(self, day: date) -> Period | None:
        """The period in force on `day`, or None when the site was not (or no longer) there."""
        return next((period for period in self.periods if period.covers(day)), None)
