"""`status` and `doctor` as a monitor runs them."""

import json
from hashlib import sha256
from pathlib import Path

from .conftest import Cli


def test_doctor_on_a_new_machine(cli: Cli, workplace: Path) -> None:
    result = cli("doctor")
    assert result.returncode == 0 and "python" in result.stdout and "-> civic-etl run nightly" in result.stdout
    assert list(workplace.iterdir()) == [], "it changes nothing"
    findings = json.loads(cli("doctor", "--json").stdout)
    assert all({"name", "state", "detail", "fix"} <= finding.keys() for finding in findings)


def test_doctor_says_what_must_be_mended(cli: Cli, workplace: Path) -> None:
    (workplace / "removals.yaml").write_text("- url: x\n", encoding="utf-8")
    result = cli("doctor", CIVIC_ETL_REMOVALS="removals.yaml")
    assert result.returncode == 1 and "fail  removals:" in result.stdout and "row 1" in result.stdout


def test_verify_names_what_is_not_as_published(cli: Cli, workplace: Path) -> None:
    assert cli("verify").returncode == 8, "no release"
    folder = workplace / "warehouse" / "releases" / "2026.01.01-1"
    folder.mkdir(parents=True)
    (folder / "civic.duckdb").write_bytes(b"a")
    (folder / "SHA256SUMS").write_text(f"{sha256(b'a').hexdigest()}  civic.duckdb\n", encoding="ascii")
    result = cli("verify")
    assert (result.returncode, result.stdout) == (0, "2026.01.01-1: whole\n")
    (folder / "civic.duckdb").write_bytes(b"b")
    result = cli("verify", "2026.01.01-1")
    assert result.returncode == 8 and result.stdout.rstrip().endswith("civic.duckdb")
    assert "no such release" in cli("verify", "2026.01.01-2").stderr


def test_status_names_what_fails_and_since_when(cli: Cli, workplace: Path) -> None:
    state = workplace / "warehouse" / "state"
    state.mkdir(parents=True)
    run = {"run_id": "nightly-1", "kind": "nightly", "started": "2026-01-01T00:00:00+00:00", "failed_sources": []}
    run |= {"ended": "2026-01-01T01:00:00+00:00", "error": "no disk", "failed_checks": [], "warned_checks": []}
    (state / "runs.jsonl").write_text(json.dumps(run) + "\n", encoding="utf-8")
    result = cli("status")
    assert result.returncode == 8
    assert "run nightly, since 2026-01-01T01:00:00+00:00: no disk" in result.stdout
    found = json.loads(cli("status", "--json").stdout)
    assert found["exit_code"] == 8 and found["failing"][0]["name"] == "nightly"
