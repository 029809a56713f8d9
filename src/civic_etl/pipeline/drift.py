"""Name the sources that are not what they were: changed layout, error pages with status 200, unusual silence."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from statistics import median

from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.health import Health
from civic_etl.crawl.ledger import Ledger
from civic_etl.data_files import read_yaml_file
from civic_etl.pipeline.alarms import Alarm
from civic_etl.pipeline.sources import described_sources
from civic_etl.settings import Settings
from civic_etl.sources import Source

_RULES = Path(__file__).with_name("drift.yaml")
_MONTH = timedelta(days=30)
_REMEMBERED_NIGHTS = 400


@lru_cache(maxsize=1)
def rules() -> dict[str, float]:
    """The numbers of the rule."""
    return {name: float(value) for name, value in read_yaml_file(_RULES).items()}


def check_drift(settings: Settings, tonight: Iterable[Health], now: datetime) -> list[Alarm]:
    """Compare tonight with what was said and seen before, then keep tonight for the nights to come."""
    sources = described_sources(settings)
    alarms: list[Alarm] = []
    with Ledger(settings.state_dir / LEDGER_NAME) as ledger:
        for night in tonight:
            before = ledger.health(night.source, _REMEMBERED_NIGHTS)
            found = [*judge_night(night, before)]
            source = sources.get(night.source)
            if source is not None:
                found += [*_assertions(source, night, before), *_silence(source, ledger, now)]
            alarms += found
            # A night that was called out is no measure for the next: what is broken must not become what is usual.
            if not found:
                ledger.note_health(night)
            else:
                ledger.note_health(_without_pages(night))
    return alarms


def judge_night(night: Health, before: Sequence[Health]) -> Iterator[Alarm]:
    """What the counts alone say; `before` are the nights before, newest first."""
    yield from _broken(night)
    yield from _shrunk_listing(night, before)
    recent, baseline = _samples(night, before)
    if recent is not None and baseline is not None:
        yield from _against_baseline(recent, baseline)


def _broken(night: Health) -> Iterator[Alarm]:
    limit, least = rules()["failed_share"], rules()["least_failed"]
    for name, kind, words in (
        ("refused", "refusal", "pages answer 200 with a captcha or an error page"),
        ("failed", "layout", "pages gave no article"),
        ("fallback", "layout", "articles were not read by the family of the site"),
    ):
        count = getattr(night, name)
        if count >= least and night.share(name) >= limit:
            whole = night.articles if name == "fallback" else night.pages
            yield Alarm(night.source, kind, f"{count} of {whole} {words}")


def _shrunk_listing(night: Health, before: Sequence[Health]) -> Iterator[Alarm]:
    nights, least = int(rules()["listing_nights"]), int(rules()["listing_baseline"])
    late, early = [night, *before][:nights], [*before][nights - 1 :]
    if len(late) < nights or len(early) < least:
        return
    usual, now = median(row.found for row in early), max(row.found for row in late)
    if usual > 0 and now < usual * rules()["listing_ratio"]:
        yield Alarm(night.source, "listing", f"its indexes list at most {now} addresses a night, usually {usual:g}")


def _samples(night: Health, before: Sequence[Health]) -> tuple[Health | None, Health | None]:
    """As many nights as make a sample, and the baseline before them; None where either is too small."""
    recent = [night]
    # Nights that were called out are kept without pages: they are no measure, however many there are.
    rest = [row for row in before if row.articles > 0]
    while rest and sum(row.articles for row in recent) < rules()["least_pages"]:
        recent.append(rest.pop(0))
    late = Health.total(recent)
    early = Health.total(rest[: int(rules()["baseline_nights"])])
    enough = late is not None and late.articles >= rules()["least_pages"] and night.articles > 0
    usual = early is not None and early.articles >= rules()["baseline_pages"]
    return (late if enough else None), (early if usual else None)


def _against_baseline(recent: Health, usual: Health) -> Iterator[Alarm]:
    if recent.share("dated") < usual.share("dated") - rules()["dated_fall"]:
        detail = f"{recent.share('dated'):.0%} of articles have a date, usually {usual.share('dated'):.0%}"
        yield Alarm(recent.source, "baseline", detail)
    if recent.share("chars") < usual.share("chars") * rules()["chars_ratio"]:
        detail = f"articles have {recent.share('chars'):.0f} characters, usually {usual.share('chars'):.0f}"
        yield Alarm(recent.source, "baseline", detail)
    often = usual.share("observations")
    if often >= rules()["least_observations"] and recent.share("observations") < often * rules()["observations_ratio"]:
        detail = f"{recent.share('observations'):.1f} observations an article, usually {often:.1f}"
        yield Alarm(recent.source, "baseline", detail)


def _assertions(source: Source, night: Health, before: Sequence[Health]) -> Iterator[Alarm]:
    """What the description says a healthy site gives."""
    recent, _ = _samples(night, before)
    if recent is None:
        return
    said = source.assertions
    for count, name, least in (
        ("titled", "share_with_title", said.share_with_title),
        ("dated", "share_with_date", said.share_with_date),
        ("bodied", "share_with_body", said.share_with_body),
    ):
        if least is not None and recent.share(count) < least:
            detail = (
                f"{name} is {recent.share(count):.2f}, asserted at least {least:.2f}, over {recent.articles} articles"
            )
            yield Alarm(source.name, "assertion", detail)


def _silence(source: Source, ledger: Ledger, now: datetime) -> Iterator[Alarm]:
    newest = ledger.newest_article(source.name)
    if source.cadence_days is not None and newest is not None:
        quiet = (now.date() - newest).days
        if quiet > source.cadence_days:
            yield Alarm(source.name, "quiet", f"no article for {quiet} days, usually one in {source.cadence_days}")
    span, begun = source.assertions.articles_per_month, ledger.first_run(source.name)
    if span is not None and begun is not None and now - begun >= _MONTH:
        count = ledger.articles_between(source.name, now - _MONTH, now)
        if not span[0] <= count <= span[1]:
            detail = f"{count} articles in 30 days, asserted {span[0]} to {span[1]}"
            yield Alarm(source.name, "assertion", detail)


def _without_pages(night: Health) -> Health:
    """The night for the record of listings only."""
    return Health(night.source, night.run_id, night.at, found=night.found)
