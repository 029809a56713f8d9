"""What tells facts from mentions is learnt from annotated articles, and from stories and reports mixed."""

from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

from civic_etl.cli.app import app
from civic_etl.confidence import read_weights
from civic_etl.evaluate import read_gold
from civic_etl.evaluate.fit_assertion import assertion_examples, fit_assertion
from civic_etl.extract.records import Document


def test_examples_are_the_figures_of_articles(write_set: Callable[..., Path]) -> None:
    found = assertion_examples([read_gold(write_set())])
    assert any(example.right for example in found)
    assert all(example.shown for example in found)


def test_stories_are_read_with_parts_of_reports(write_set: Callable[..., Path]) -> None:
    gold = read_gold(write_set())
    story = "Lúc 6 giờ, thuyền dài 7 m chở 9 thùng hàng rời bến.\nThuyền chạy 12 km thì gặp 3 chiếc khác.\n"
    with_story = type(gold)(
        gold.name,
        gold.title,
        gold.role,
        (*gold.documents, Document("story", story)),
        gold.observations,
        gold.offices,
        gold.events,
    )
    apart, mixed = assertion_examples([gold]), assertion_examples([with_story])
    assert sum(example.doc_id != "story" for example in mixed) > len(apart)
    assert not all(example.right for example in mixed)
    assert fit_assertion(mixed) == fit_assertion(mixed)


def test_what_a_rule_tells_to_be_a_story_shows_what_stories_are_like(write_set: Callable[..., Path]) -> None:
    gold = read_gold(write_set())
    farmer = Document("farmer", "Ông Páo nuôi 40 con dê.\nAnh Tài trồng 3 ha cam, thu 9 tấn quả.\n")
    with_farmer = type(gold)(
        gold.name,
        gold.title,
        gold.role,
        (*gold.documents, farmer),
        gold.observations,
        gold.offices,
        gold.events,
    )
    assert sum(example.doc_id == "farmer" for example in assertion_examples([with_farmer])) >= 3


def test_the_command_fits_on_the_sets_to_develop(write_set: Callable[..., Path], tmp_path: Path) -> None:
    folder = write_set(name="half_a").parent
    write_set(name="half_b", role="check")
    result = CliRunner().invoke(app, ["evaluate", str(folder), "--fit-assertion", str(tmp_path / "weights.yaml")])
    assert result.exit_code == 0, result.output
    assert "of half_a." in (tmp_path / "weights.yaml").read_text(encoding="utf-8")
    assert read_weights(tmp_path / "weights.yaml").of
