"""The dbt project by hand, the way an analyst's engineer runs it, and what it promises of its models."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from civic_etl.warehouse.project import project_dir
from warehouse.conftest import a_warehouse, documents, pages

PLAIN = (
    {"core.dim_indicator", "core.fct_article", "core.fct_article_revision", "core.fct_distinction"}
    | {
        f"core.{name}"
        for name in ("fct_event", "fct_observation", "fct_observation_superseded", "fct_office_mention", "fct_outcome")
    }
    | {"core.fct_page"}
)
"""Models that select or join and decide nothing; every other one has a unit test."""


class Project:
    """One build file, and dbt as a command of its own beside it, without a way to the network."""

    def __init__(self, folder: Path) -> None:
        self.target = folder / "target"
        self.build_file = folder / "home" / "build" / "civic.duckdb"
        warehouse = a_warehouse(folder / "home")
        warehouse.load(documents(), pages(), run_id="r")
        warehouse.roll_up()
        nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
        self.environment = os.environ | nowhere | {"CIVIC_ETL_BUILD_FILE": str(self.build_file), "DO_NOT_TRACK": "1"}
        self.log = folder / "log"

    def dbt(self, *command: str) -> str:
        sql = str(project_dir())
        done = subprocess.run(
            [
                Path(sys.executable).parent / "dbt",
                *("--no-use-colors", "--log-path", self.log),
                *command,
                *("--project-dir", sql, "--profiles-dir", sql, "--target-path", self.target),
            ],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def read(self, name: str) -> dict:
        return json.loads((self.target / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    return Project(tmp_path_factory.mktemp("project"))


@pytest.mark.slow
def test_it_builds_by_hand_with_all_its_tests(project):
    said = project.dbt("build")
    assert "ERROR=0" in said
    assert "Nothing to do" not in said
    nodes = project.read("run_results.json")["results"]
    kinds = {node["unique_id"].split(".")[0] for node in nodes}
    assert kinds == {"model", "seed", "test", "unit_test"}


@pytest.mark.slow
def test_docs_are_generated_offline(project):
    project.dbt("docs", "generate")
    assert (project.target / "index.html").exists()
    catalog = project.read("catalog.json")
    manifest = project.read("manifest.json")
    bare = []
    for name, node in manifest["nodes"].items():
        if node["resource_type"] not in ("model", "seed"):
            continue
        assert node["description"], name
        described = {column for column, about in node["columns"].items() if about["description"]}
        bare += [f"{name}.{column}" for column in catalog["nodes"][name]["columns"] if column not in described]
        assert set(node["columns"]) <= set(catalog["nodes"][name]["columns"]), name
    assert bare == []


def test_every_model_is_tested(project):
    with duckdb.connect(str(project.build_file), read_only=True) as con:
        rows = con.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('core', 'mart')"
        ).fetchall()
    manifest = json.loads(next(project.build_file.parents[1].rglob("manifest.json")).read_text(encoding="utf-8"))
    models = {
        f"{n['schema']}.{n['name']}": key for key, n in manifest["nodes"].items() if n["resource_type"] == "model"
    }
    assert {name for (name,) in rows} <= set(models)
    tested = {node.get("attached_node") for node in manifest["nodes"].values()}
    assert [name for name, key in models.items() if key not in tested] == []
    with_unit_test = {model for test in manifest["unit_tests"].values() for model in test["depends_on"]["nodes"][:1]}
    assert {name for name, key in models.items() if key not in with_unit_test} == PLAIN
