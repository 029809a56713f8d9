"""The figures of record as SDMX-CSV, and the SDMX-ML structure that says what its columns and codes mean."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import duckdb
import yaml

AGENCY, FLOW, VERSION = "CIVIC_ETL", "FIGURES", "1.0"
_SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"
_SPACES = {"mes": f"{_SCHEMAS}message", "str": f"{_SCHEMAS}structure", "com": f"{_SCHEMAS}common"}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

Code = tuple[str, str, str]
"""Id, English name, Vietnamese name; the latter may be empty."""

_AREAS = "select unit_id, full_name, full_name from core.dim_admin_unit where unit_id in (from area) order by 1"
_INDICATORS = "select indicator, coalesce(name_en, name_vi), name_vi from core.dim_indicator order by 1"


def write_sdmx(database: Path, folder: Path, created: str) -> None:
    """Write figures.csv and structure.xml into the new `folder`, from a release's database file made at `created`."""
    folder.mkdir()
    select = _shipped("sdmx.sql")
    with duckdb.connect() as con:
        con.execute(f"attach '{_quoted(database)}' as release (read_only)")
        con.execute("use release")
        con.execute(f"create temp table figure as {select}")
        con.execute(f"copy temp.figure to '{_quoted(folder / 'figures.csv')}' (format csv, header)")
        con.execute('create temp table area as select distinct "REF_AREA" from temp.figure')
        codes: dict[str, Iterable[Code]] = {
            "REF_AREA": con.execute(_AREAS).fetchall(),
            "INDICATOR": con.execute(_INDICATORS).fetchall(),
            "BREAKDOWN": _used(con, "BREAKDOWN"),
            "UNIT_MEASURE": _used(con, "UNIT_MEASURE"),
        }
    message = ET.ElementTree(structure(codes, created))
    message.write(folder / "structure.xml", encoding="utf-8", xml_declaration=True)


def structure(codes: Mapping[str, Iterable[Code]], created: str) -> ET.Element:
    """The dataflow, its data structure, concepts and code lists as one SDMX-ML 2.1 structure message.

    `codes` are the lists that the release gives; those that never change are of sdmx.yaml.
    """
    for prefix, space in _SPACES.items():
        ET.register_namespace(prefix, space)
    words = _words()
    fixed = {name: [(code, *names) for code, names in found.items()] for name, found in words["codes"].items()}
    root = ET.Element(f"{{{_SPACES['mes']}}}Structure")
    header = _add(root, "mes:Header")
    for name, text in (("ID", FLOW), ("Test", "false"), ("Prepared", created)):
        _add(header, f"mes:{name}").text = text
    _add(header, "mes:Sender", id=AGENCY)
    body = _add(root, "mes:Structures")
    flow = _item(_add(body, "str:Dataflows"), "Dataflow", FLOW, "Figures of record")
    _refer(_add(flow, "str:Structure"), "DataStructure", "datastructure", FLOW)
    lists = _add(body, "str:Codelists")
    for name, found in (fixed | dict(codes)).items():
        code_list = _item(lists, "Codelist", f"CL_{name}", name)
        for code, english, vietnamese in found:
            _name(_add(code_list, "str:Code", id=code), english, vietnamese)
    concepts = _item(_add(body, "str:Concepts"), "ConceptScheme", "CONCEPTS", "Concepts")
    named = words["dimensions"] | {"TIME_PERIOD": "Year", "OBS_VALUE": "Value"} | words["attributes"]
    for name, meaning in named.items():
        _name(_add(concepts, "str:Concept", id=name), meaning)
    _components(_item(_add(body, "str:DataStructures"), "DataStructure", FLOW, "Figures of record"), words)
    return root


def _components(parent: ET.Element, words: Mapping[str, Any]) -> None:
    components = _add(parent, "str:DataStructureComponents")
    dimensions = _add(components, "str:DimensionList", id="DimensionDescriptor")
    for position, name in enumerate(words["dimensions"], 1):
        _represent(_add(dimensions, "str:Dimension", id=name, position=str(position)), name)
    last = str(len(words["dimensions"]) + 1)
    _represent(_add(dimensions, "str:TimeDimension", id="TIME_PERIOD", position=last), "TIME_PERIOD", "GregorianYear")
    attributes = _add(components, "str:AttributeList", id="AttributeDescriptor")
    for name in words["attributes"]:
        attribute = _add(attributes, "str:Attribute", id=name, assignmentStatus="Conditional")
        _represent(attribute, name, words["text_types"].get(name))
        measure = _add(_add(attribute, "str:AttributeRelationship"), "str:PrimaryMeasure")
        ET.SubElement(measure, "Ref", id="OBS_VALUE")
    measures = _add(components, "str:MeasureList", id="MeasureDescriptor")
    _represent(_add(measures, "str:PrimaryMeasure", id="OBS_VALUE"), "OBS_VALUE", "Decimal")


def _represent(parent: ET.Element, name: str, text_type: str | None = None) -> None:
    """The concept of a component, and its code list, or the type of its text where it has none."""
    scheme = {"maintainableParentID": "CONCEPTS", "maintainableParentVersion": VERSION, "agencyID": AGENCY}
    named = {"id": name, "package": "conceptscheme", "class": "Concept"}
    ET.SubElement(_add(parent, "str:ConceptIdentity"), "Ref", scheme | named)
    representation = _add(parent, "str:LocalRepresentation")
    if text_type is not None:
        _add(representation, "str:TextFormat", textType=text_type)
    else:
        _refer(_add(representation, "str:Enumeration"), "Codelist", "codelist", f"CL_{name}")


def _add(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    prefix, name = tag.split(":")
    return ET.SubElement(parent, f"{{{_SPACES[prefix]}}}{name}", attributes)


def _item(parent: ET.Element, kind: str, name: str, words: str) -> ET.Element:
    found = _add(parent, f"str:{kind}", id=name, agencyID=AGENCY, version=VERSION, isFinal="true")
    _name(found, words)
    return found


def _name(parent: ET.Element, english: str, vietnamese: str = "") -> None:
    for language, text in (("en", english), ("vi", vietnamese)):
        if text:
            ET.SubElement(parent, f"{{{_SPACES['com']}}}Name", {_LANGUAGE: language}).text = text


def _refer(parent: ET.Element, kind: str, package: str, name: str) -> None:
    ET.SubElement(
        parent, "Ref", {"id": name, "version": VERSION, "agencyID": AGENCY, "package": package, "class": kind}
    )


def _used(con: duckdb.DuckDBPyConnection, column: str) -> list[Code]:
    rows = con.execute(f'select distinct "{column}" from temp.figure order by 1').fetchall()  # noqa: S608
    return [(code, code, "") for (code,) in rows]


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_shipped("sdmx.yaml"))
    return found


def _shipped(name: str) -> str:
    return (resources.files("civic_etl.warehouse") / name).read_text(encoding="utf-8")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
