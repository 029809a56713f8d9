"""The release as DCAT, the W3C's vocabulary for data catalogues, in JSON-LD."""

import json
from pathlib import Path
from typing import Any

_MEDIA = {
    ".parquet": "application/vnd.apache.parquet",
    ".csv": "text/csv",
    ".duckdb": "application/vnd.duckdb",
    ".json": "application/json",
    ".xml": "application/xml",
}


def dcat(folder: Path, version: str, created: str) -> dict[str, Any]:
    """The description of every data file that lies in `folder` now; paths are relative to it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in _MEDIA)
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": "",
        "@type": "dcat:Dataset",
        "dct:title": {"@value": "Results of Viet Nam's wards, communes, districts and provinces", "@language": "en"},
        "dct:description": {
            "@value": "Figures that official sites assert in prose, each with the sentence it was read from.",
            "@language": "en",
        },
        "dct:issued": {"@value": created, "@type": "xsd:dateTime"},
        "dct:language": ["vi", "en"],
        "dct:spatial": {"@id": "http://publications.europa.eu/resource/authority/country/VNM"},
        "dcat:version": version,
        "dcat:keyword": ["Viet Nam", "wards", "communes", "public finance", "poverty"],
        "dcat:distribution": [_distribution(path, folder) for path in files],
    }


def write_dcat(folder: Path, version: str, created: str) -> None:
    """Write it as dcat.jsonld."""
    text = json.dumps(dcat(folder, version, created), ensure_ascii=False, indent=2) + "\n"
    (folder / "dcat.jsonld").write_text(text, encoding="utf-8")


def _distribution(path: Path, folder: Path) -> dict[str, Any]:
    name = path.relative_to(folder).as_posix()
    return {
        "@id": name,
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:downloadURL": {"@id": name},
        "dcat:mediaType": _MEDIA[path.suffix],
        "dcat:byteSize": {"@value": str(path.stat().st_size), "@type": "xsd:nonNegativeInteger"},
    }
