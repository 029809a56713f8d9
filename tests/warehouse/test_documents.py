"""What the documents show is run as it stands."""

import ast
import json
import re
import sys
from pathlib import Path

import pytest

from civic_etl.warehouse.corrections import read_corrections

ROOT = Path(__file__).parents[2]


def blocks(document: str, language: str) -> list[str]:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


QUESTIONS = blocks("queries.md", "sql")


def test_there_are_ten_questions():
    assert len(QUESTIONS) >= 10


@pytest.mark.parametrize("sql", QUESTIONS)
def test_every_question_has_an_answer(built, sql):
    assert built.warehouse.query(sql).num_rows > 0


def test_the_python_example_runs(built, monkeypatch, capsys):
    (example,) = blocks("warehouse.md", "python")
    (built.warehouse.settings.home.parent / "warehouse").symlink_to(built.warehouse.settings.home)
    monkeypatch.chdir(built.warehouse.settings.home.parent)
    exec(example, {})  # noqa: S102
    assert "phường" in capsys.readouterr().out


def run_cell(source: str, names: dict[str, object]) -> None:
    """The way a notebook does: what the last line gives is shown."""
    *body, last = ast.parse(source).body
    if isinstance(last, ast.Expr):
        exec(compile(ast.Module(body, []), "cell", "exec"), names)  # noqa: S102
        sys.stdout.write(f"{eval(compile(ast.Expression(last.value), 'cell', 'eval'), names)}\n")  # noqa: S307
    else:
        exec(compile(source, "cell", "exec"), names)  # noqa: S102


def test_the_notebook_runs(built, monkeypatch, capsys):
    monkeypatch.setenv("CIVIC_ETL_HOME", str(built.warehouse.settings.home))
    notebook = json.loads((ROOT / "notebooks" / "wards.ipynb").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            run_cell("".join(cell["source"]), names)
    assert "phường Đức Xuân" in capsys.readouterr().out


def test_the_example_of_a_correction_is_read(tmp_path):
    (example,) = blocks("warehouse.md", "yaml")
    path = tmp_path / "corrections.yaml"
    path.write_text(example, encoding="utf-8")
    (entry,) = read_corrections(path, {"3-01840-20040831"}, {"budget_revenue": {"plan"}})
    assert (entry.action, entry.time_period) == ("override", "2021")
