"""The selectors of a CMS family, read from `families/<name>.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from civic_etl.data_files import read_yaml_file

_FOLDER = Path(__file__).parent / "families"

Form = Literal["stamp", "month-first", "epoch", "visible"]
Selectors = Annotated[tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]


class Clock(BaseModel):
    """Where a family states a time. `form` is `stamp` (ISO), `month-first` (US), `epoch` or `visible` (Vietnamese)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    css: str
    attr: str | None = None
    form: Form = "visible"
    label: str | None = None

    @property
    def name(self) -> str:
        """What `date_source` says where this clock gave the time."""
        return self.label or self.form


class Variant(BaseModel):
    """One theme of a family: CSS selectors, the first that finds something wins.

    `body` may find several elements only where `join` is set. `drop` is taken out of the body before it is read.
    `signature_first`: what signs the text names the writer, and the byline only the account that posted it.
    `since` and `until` (a day, exclusive) say when the theme was in use, by the day a page was fetched.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    since: date | None = None
    until: date | None = None
    title: Selectors = ()
    lead: Selectors = ()
    marks: Selectors = ()
    body: Selectors
    join: bool = False
    drop: Selectors = ()
    author: Selectors = ()
    byline: Selectors = ()
    captions: Selectors = ()
    breadcrumbs: Selectors = ()
    published: tuple[Clock, ...] = ()
    updated: tuple[Clock, ...] = ()
    trust_machine_dates: bool = True
    signature_first: bool = False

    def in_use(self, day: date) -> bool:
        """Whether pages fetched on that day may have this theme."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Rules:
    """All themes of a family, the present one first.

    `generator` is what the meta tag of that name holds, in lower case; `unique_marks`: no other system has the marks.
    """

    family: str
    variants: tuple[Variant, ...]
    generator: str = ""
    unique_marks: bool = False

    def ordered(self, day: date) -> tuple[Variant, ...]:
        """The themes, those in use on that day first: a page may be a memento of an older one."""
        return tuple(sorted(self.variants, key=lambda variant: not variant.in_use(day)))


@cache
def rules_of(family: str) -> Rules | None:
    """The rules of a family, or None where it has none (`generic`)."""
    path = _FOLDER / f"{family}.yaml"
    if not path.is_file():
        return None
    content = read_yaml_file(path)
    shared = content.get("shared", {})
    variants = tuple(Variant.model_validate(_merged(shared, row)) for row in content["variants"])
    return Rules(family, variants, content.get("generator", ""), content.get("unique_marks", False))


def _merged(shared: dict[str, object], row: dict[str, object]) -> dict[str, object]:
    """A theme's row over what all themes of the family share; what is taken out adds up."""
    merged = {**shared, **row}
    for field in ("drop", "captions", "byline"):
        both = [*_listed(row.get(field)), *_listed(shared.get(field))]
        if both:
            merged[field] = both
    return merged


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
