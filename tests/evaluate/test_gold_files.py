"""A gold set that is damaged is refused with its file, row and field."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from civic_etl.errors import ParseError
from civic_etl.evaluate import evaluate_folder, read_gold

from .makers import ROWS, gold_row


def test_a_set_without_observations_is_refused(write_set: Callable[..., Path]) -> None:
    with pytest.raises(ParseError, match="annotates no observation"):
        read_gold(write_set([]))


def test_a_quote_must_stand_at_its_offsets(write_set: Callable[..., Path]) -> None:
    with pytest.raises(ParseError) as caught:
        read_gold(write_set([ROWS[0], ROWS[1] | {"char_start": 3}]))
    assert (caught.value.row, caught.value.field) == (2, "quote")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"measure": "amount"}, "measure"),
        ({"value_kind": "plan"}, "value_kind"),
        ({"obs_value": "nine"}, "obs_value"),
        ({"unknown": 1}, "unknown"),
        ({"ref_area": ""}, "ref_area"),
    ],
)
def test_a_row_that_does_not_fit_is_named(
    write_set: Callable[..., Path], change: dict[str, object], field: str
) -> None:
    with pytest.raises(ParseError) as caught:
        read_gold(write_set([gold_row("9 tỷ đồng", "budget_revenue", 9e9, "VND", **change)]))
    assert (caught.value.row, caught.value.field) == (1, field)


def test_an_unknown_article_is_named(write_set: Callable[..., Path]) -> None:
    with pytest.raises(ParseError, match="no article 'two'"):
        read_gold(write_set([ROWS[0] | {"doc_id": "two"}]))


def test_an_article_twice_is_refused(write_set: Callable[..., Path]) -> None:
    folder = write_set()
    docs = folder / "docs.jsonl"
    docs.write_text(docs.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(ParseError, match="twice"):
        read_gold(folder)


def test_a_missing_file_is_named(write_set: Callable[..., Path]) -> None:
    folder = write_set()
    (folder / "gold_events.jsonl").unlink()
    with pytest.raises(ParseError, match="gold_events"):
        read_gold(folder)


def test_an_event_may_have_no_date(write_set: Callable[..., Path]) -> None:
    folder = write_set()
    row = {"doc_id": "one", "kind": "hội nghị", "date": None, "place": "xã A"}
    (folder / "gold_events.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert [event.parts for event in read_gold(folder).events] == [("hội nghị", "", "xã A")]


def test_a_line_that_is_no_json_is_named(write_set: Callable[..., Path]) -> None:
    folder = write_set()
    with (folder / "gold.jsonl").open("a", encoding="utf-8") as lines:
        lines.write("{\n")
    with pytest.raises(ParseError) as caught:
        read_gold(folder)
    assert caught.value.row == len(ROWS) + 1


def test_a_folder_without_sets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="no gold set"):
        evaluate_folder(tmp_path)


def test_codes_beside_the_sets_are_those_annotators_chose_from(write_set: Callable[..., Path]) -> None:
    folder = write_set()
    (folder.parent / "codes.txt").write_text("households\n", encoding="utf-8")
    assert evaluate_folder(folder)[0].judge.codes == {"households"}
    assert json.loads((folder / "docs.jsonl").read_text(encoding="utf-8"))["doc_id"] == "one"
