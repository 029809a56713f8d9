"""Nothing of this machine or its settings is in a release; rules of the linter are broken knowingly."""

import getpass
import json
import re
import socket
from pathlib import Path

from pydantic import SecretStr

from civic_etl.settings import Settings
from warehouse.conftest import Built

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_a_release_does_not_say_where_it_was_made(released: Built) -> None:
    release = released.finished.release.path
    told = [str(release.parent), str(ROOT), str(Path.home())]
    # a host may be called "default", which other things are too
    if re.search(r"[\d.-]", socket.gethostname()):
        told.append(socket.gethostname())
    if len(getpass.getuser()) > 4:
        told.append(f"/{getpass.getuser()}/")
    words = [word.encode() for word in told if len(word) > 6]
    for path in release.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert [word for word in words if word in data] == [], path


def test_files_of_a_release_are_those_that_are_meant(released: Built) -> None:
    """No log, no manifest with paths, no environment."""
    names = {path.name for path in released.finished.release.path.iterdir()}
    assert names == {
        "SHA256SUMS",
        "checks.json",
        "civic.duckdb",
        "datapackage.json",
        "dcat.jsonld",
        "dictionary.md",
        "diff.md",
        "parquet",
        "sdmx",
        "site",
    }


def test_secret_settings_do_not_print_themselves() -> None:
    settings = Settings(alert_webhook=SecretStr("https://hooks.example.vn/T0KEN"), _env_file=None)  # type: ignore[call-arg]
    dumped = [repr(settings), str(settings), json.dumps(settings.model_dump(mode="json"))]
    assert all("T0KEN" not in text for text in dumped)


def test_no_key_stands_in_the_repository() -> None:
    """Private keys and tokens have shapes of their own."""
    shapes = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/]{40}|gh[pousr]_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}"
    )
    folders = [ROOT / name for name in ("src/civic_etl", "flows", "sql", "docs", ".ci")]
    kinds = (".py", ".yaml", ".yml", ".toml", ".md", ".sql", ".sh", "")
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in kinds and path.is_file()]
    found = [
        path for path in files if "node_modules" not in path.parts and shapes.search(path.read_text("utf-8", "ignore"))
    ]
    assert len(files) > 300 and found == []


def test_every_rule_of_security_that_code_breaks_is_accounted_for() -> None:
    """Bandit's rules (ruff's S) are on; where a line breaks one, SECURITY.md says why that kind of line may."""
    broken = set()
    for folder in ("src", "flows", "docs"):
        for path in (ROOT / folder).rglob("*.py"):
            for codes in re.findall(r"# noqa: ([A-Z0-9, ]+)", path.read_text(encoding="utf-8")):
                broken |= {code for code in re.split("[, ]+", codes) if re.fullmatch(r"S\d+", code)}
    told = set(re.findall(r"^\| (S\d+) \|", SECURITY, re.MULTILINE))
    assert broken and broken == told


def test_rules_are_on_for_all_that_is_shipped() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(r'select = \[.*"S".*\]', text)
    ignored = re.findall(r'^"([^"]+)" = \[(.*)\]', text, re.MULTILINE)
    assert [
        place for place, rules in ignored if re.search(r'"S\d*"', rules) and place.startswith(("src", "flows"))
    ] == []


def test_every_test_that_the_threat_model_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[a-z_/]+\.py)(?:::([a-z_]+))?`", SECURITY))
    assert len(named) > 15
    for file, test in named:
        assert (ROOT / file).is_file(), file
        assert not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"
