"""The bill of materials that `make sbom` writes has what the locks have, and nothing of this machine."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BILLS = {"requirements.lock": "civic-etl.cdx.json", "requirements-ducklake.lock": "civic-etl-ducklake.cdx.json"}
_PINNED = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


@pytest.mark.parametrize("lock", BILLS)
def test_every_locked_package_is_in_it_with_its_hashes(lock: str) -> None:
    path = ROOT / "dist" / BILLS[lock]
    if not path.exists():
        pytest.skip("make sbom writes it")
    bill = json.loads(path.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["name"] == "civic-etl"
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8"))
    locked = {
        (pin[1], pin[2], frozenset(re.findall(r"sha256:(\w+)", entry)))
        for entry in entries
        if (pin := _PINNED.match(entry)) is not None
    }
    assert len(locked) > 200 and all(hashes for *_, hashes in locked)
    told = {
        (
            part["name"],
            part["version"],
            frozenset(each["content"] for where in part["externalReferences"] for each in where["hashes"]),
        )
        for part in bill["components"]
    }
    assert told == locked
    assert {part["purl"].partition("@")[0] for part in bill["components"]} == {
        f"pkg:pypi/{name}" for name, *_ in locked
    }
    assert not {"timestamp", "serialNumber"} & {*bill, *bill["metadata"]}, "two runs give the same file"
    assert str(ROOT) not in path.read_text(encoding="utf-8")
