"""Files that people write: each value as written, each problem with its line."""

import pytest
from pydantic import BaseModel, ConfigDict

from civic_etl.errors import SettingsError
from civic_etl.lined_yaml import read_lined

TEXT = """\
# hand-made
name: no
since: 2020-01-01
parts:
  - &first {code: 007, share: 1.50}
  - *first
  -
    code: ~
    words: [a, "b"]
"""


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    share: float = 0


def read(tmp_path, text):
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return read_lined(path, SettingsError)


def test_values_are_as_written_and_know_their_line(tmp_path):
    found = read(tmp_path, TEXT)
    assert found.content["name"] == "no"
    assert found.content["since"] == "2020-01-01"
    assert found.content["parts"][1] == {"code": "007", "share": "1.50"}
    assert found.content["parts"][2] == {"code": None, "words": ["a", "b"]}
    lines = {("since",): 3, ("parts",): 4, ("parts", 0, "share"): 5, ("parts", 2): 8, ("parts", 2, "words", 1): 9}
    assert {place: found.line(*place) for place in lines} == lines


def test_what_is_not_there_has_the_line_around_it(tmp_path):
    found = read(tmp_path, TEXT)
    assert found.line("parts", 2, "share") == 8
    assert found.line("parts", 9) == 4
    assert found.line("nothing") == 2
    assert read(tmp_path, "").line("nothing") == 1
    assert read(tmp_path, "").content is None


def test_a_record_that_does_not_fit_is_named_with_its_line(tmp_path):
    found = read(tmp_path, TEXT)
    assert found.fit(Part, found.content["parts"][0], "parts", 0).share == 1.5
    with pytest.raises(SettingsError, match="unknown key 'words', known are code, share") as caught:
        found.fit(Part, {"code": "x", "words": []}, "parts", 2)
    assert (caught.value.row, caught.value.field) == (9, "parts.words")
    assert str(caught.value).endswith("file.yaml, row 9, field parts.words)")


@pytest.mark.parametrize(
    ("text", "row", "message"),
    [
        ("a: [\n", 2, "no YAML"),
        ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", 5, "'c' is given twice"),
        ("- {a: 1}\n- {? [x] : 1}\n", 2, "unhashable key"),
        ("a: !!python/name:os.system x\n", 1, "could not determine a constructor"),
        ("a: \x00\n", None, "cannot be read"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused(tmp_path, text, row, message):
    with pytest.raises(SettingsError, match=message) as caught:
        read(tmp_path, text)
    assert caught.value.row == row


def test_a_file_that_is_not_there_or_is_no_text_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        read_lined(tmp_path / "none.yaml", SettingsError)
    (tmp_path / "latin.yaml").write_bytes(b"a: \xff\xfe\xfa")
    with pytest.raises(SettingsError, match="cannot be read"):
        read_lined(tmp_path / "latin.yaml", SettingsError)
