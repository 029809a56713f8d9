"""The Vietnamese words of units of measure and categories, from the catalogue that reads them in articles."""

import json
from importlib import resources
from typing import Any

import yaml

_INDICATORS = resources.files("civic_etl.indicators")


def words() -> str:
    """JSON: `units` by base unit, `categories` by key and value of a breakdown; a name each, else the first form."""
    units: dict[str, list[str]] = _read("catalogue.yaml")["units"]
    lexicon = _read("data/breakdowns.yaml")
    categories: dict[str, dict[str, str]] = {}
    for keys in (*lexicon["of"].values(), lexicon["any"]):
        for key, values in keys.items():
            known = categories.setdefault(key, {})
            for value, phrases in values.items():
                if phrases:
                    known[str(value)] = str(phrases[0])
    for key, names in lexicon["names"].items():
        categories[key] |= {str(value): name for value, name in names.items()}
    found = {"units": {unit: forms[0] for unit, forms in units.items() if forms}, "categories": categories}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _read(name: str) -> Any:
    return yaml.safe_load(_INDICATORS.joinpath(name).read_text(encoding="utf-8"))


def examples() -> str:
    """JSON: the queries that the SQL page offers, each with its Vietnamese and English title."""
    text = resources.files("civic_etl.explorer").joinpath("examples.yaml").read_text(encoding="utf-8")
    return json.dumps(yaml.safe_load(text), ensure_ascii=False, separators=(",", ":"))
