"""Saved pages and what is to be read from them.

Each `pages/<family>/<name>.html` is written in the markup of a real system, with invented content; `<name>.json` beside
it says where the page came from and what its article is. After a change that is meant to read them otherwise:

    python -m tests.parse.golden

writes the golden files anew; review the diff.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from civic_etl.archive import Page, body_digest
from civic_etl.parse import Article, parse_page

PAGES = Path(__file__).parent / "pages"
FIELDS = (
    *("title", "lead", "text", "author", "published", "updated", "date_source"),
    *("captions", "breadcrumbs", "family", "quality"),
)


@dataclass(frozen=True, slots=True)
class Golden:
    """One saved page: its bytes with their address, the family its source declares, and the expected fields."""

    path: Path
    page: Page
    family: str
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        """`<family>/<name>`."""
        return f"{self.path.parent.name}/{self.path.stem}"

    def parsed(self) -> Article:
        """What the parser makes of it."""
        return parse_page(self.page, family=self.family)


def goldens() -> list[Golden]:
    """All saved pages, by family and name."""
    return [_read(path) for path in sorted(PAGES.glob("*/*.html"))]


def fields(article: Article) -> dict[str, Any]:
    """The fields of an article that golden files hold, as JSON has them."""
    row = {name: value for name, value in asdict(article).items() if name in FIELDS}
    return {name: _plain(row[name]) for name in FIELDS}


def _read(path: Path) -> Golden:
    row = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    body = path.read_bytes()
    known = row["page"]
    page = Page(known["url"], 200, (), body, datetime.fromisoformat(known["fetched_at"]), body_digest(body))
    return Golden(path, page, known["family"], row["article"])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def write() -> None:
    """Write every golden file anew."""
    for golden in goldens():
        row = json.loads(golden.path.with_suffix(".json").read_text(encoding="utf-8"))
        row["article"] = fields(golden.parsed())
        text = json.dumps(row, ensure_ascii=False, indent=2) + "\n"
        golden.path.with_suffix(".json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
