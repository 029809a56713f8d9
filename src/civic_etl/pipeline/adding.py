"""Add a site: look at one of its pages, describe it, keep the page as a golden test that a person has to confirm."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from civic_etl.archive import Archive, Page, body_digest
from civic_etl.errors import ArchiveError, FetchError, SourceError
from civic_etl.parse.article import Article
from civic_etl.pipeline.discover import described_sources
from civic_etl.pipeline.fetch_urls import fetch_urls, one_off_source, source_of
from civic_etl.pipeline.look import Sight, look
from civic_etl.settings import Settings
from civic_etl.sources.load import SITES
from civic_etl.sources.propose import Proposal, propose


@dataclass(frozen=True, slots=True)
class Addition:
    """What was seen and what is proposed; nothing is written yet."""

    proposal: Proposal
    sight: Sight
    page: Page
    article: Article | None


def consider(
    url: str,
    settings: Settings,
    *,
    from_file: Path | None = None,
    name: str | None = None,
    area: str | None = None,
    level: str | None = None,
    local: bool = False,
) -> Addition:
    """Read the page at `url`, from a file if one is given, and propose a description of its site.

    Raises SourceError for a host that is described already, FetchError where no page comes, ArchiveError for a file
    that cannot be read.
    """
    known = source_of(url, described_sources(settings))
    if known is not None:
        raise SourceError(f"the host is described already, as {known.name!r}", url=url, source=known.name)
    page = _from_file(url, from_file) if from_file is not None else _fetched(url, settings, local)
    html = page.body.decode("utf-8", "replace")
    proposal = propose(url, html, name=name, area=area, level=level, local=local)
    sight, article = look(page, proposal.source)
    return Addition(proposal, sight, page, article)


def sites_dir(settings: Settings) -> Path:
    """Where a description goes: the folder of the settings, else that of the checkout this code runs from.

    Raises SourceError for an installed package without `sources_dir`.
    """
    if settings.sources_dir is not None:
        return settings.sources_dir
    if (_checkout() / "pyproject.toml").is_file():
        return SITES
    raise SourceError("where to? set `sources_dir`, or give --to", field="sources_dir")


def golden_dir(settings: Settings) -> Path | None:
    """Where the golden pages of a checkout are; None for a folder of one's own, which has no tests beside it."""
    folder = _checkout() / "tests" / "sources" / "golden"
    return folder if settings.sources_dir is None and folder.parent.is_dir() else None


def write_description(addition: Addition, folder: Path) -> Path:
    """Write the YAML file. Raises SourceError where there is one of that name."""
    path = folder / f"{addition.proposal.source.name}.yaml"
    if path.exists():
        raise SourceError("there is a description of that name: edit it, or give --name", file=str(path), field="name")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(addition.proposal.text, encoding="utf-8")
    return path


def write_golden(addition: Addition, folder: Path) -> Path:
    """Keep the page and what was read of it, unreviewed: its test fails until a person has looked."""
    place = folder / addition.proposal.source.name
    place.mkdir(parents=True, exist_ok=True)
    (place / "page.html").write_bytes(addition.page.body)
    expected = golden_fields(addition.page, addition.article)
    expected["reviewed"] = False
    text = json.dumps(expected, ensure_ascii=False, indent=2) + "\n"
    (place / "expected.json").write_text(text, encoding="utf-8")
    return place


def golden_fields(page: Page, article: Article | None) -> dict[str, Any]:
    """What a golden test compares: the address, the family, and every field a person can check by eye."""
    found: dict[str, Any] = {"url": page.url, "fetched_at": page.fetched_at.isoformat(timespec="seconds")}
    if article is None:
        return {**found, "article": None}
    return {
        **found,
        "article": {
            "family": article.family,
            "quality": article.quality,
            "title": article.title,
            "published": article.published.isoformat() if article.published else None,
            "author": article.author,
            "lead": article.lead,
            "text": article.text.splitlines(),
        },
    }


def _from_file(url: str, path: Path) -> Page:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ArchiveError(f"the page cannot be read: {error.strerror}", file=str(path)) from error
    return Page(url, 200, (), body, datetime.now(UTC), body_digest(body))


def _fetched(url: str, settings: Settings, local: bool) -> Page:
    source = one_off_source(url, local=local)
    crawl, records = fetch_urls(source, [url], settings)
    if not records:
        last = crawl.outcomes[-1]
        raise FetchError(last.reason or last.outcome, url=url, source=source.name)
    return Archive.of(settings).read(records[-1].warc_path, records[-1].offset)


def _checkout() -> Path:
    return SITES.parents[3]
