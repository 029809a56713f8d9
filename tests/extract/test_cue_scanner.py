"""The scanner of time expressions leaves out none that its cues match."""

import json
import re
from pathlib import Path

from civic_etl.extract.cue_scanner import _CUES, alternatives, scan_cues
from civic_etl.extract.normal import normalise

GOLD = Path(__file__).parents[1] / "gold"
EVERYWHERE = re.compile(rf"(?<![\w/])(?:{alternatives(range(len(_CUES)))})")


def test_passing_over_words_that_open_no_cue_loses_none() -> None:
    texts = [json.loads(line)["text"] for path in GOLD.glob("*/docs.jsonl") for line in path.open(encoding="utf-8")]
    texts += ["nk2015-2020", "(2019)", "quý i/2020; 6 tháng còn lại", "tính đến15/3/2020", "(từ 1/1 - 31/3)"]
    found = 0
    for text in texts:
        folded = normalise(text).folded
        spans = [(start, end) for start, end, _, _ in scan_cues(folded)]
        assert spans == [match.span() for match in EVERYWHERE.finditer(folded)]
        found += len(spans)
    assert found > 400


def test_a_task_of_collecting_is_no_season() -> None:
    read = {text: [kind for _, _, kind, _ in scan_cues(text)] for text in ("nhiệm vụ thu năm 2020", "vụ thu năm 2020")}
    assert read == {"nhiệm vụ thu năm 2020": ["year"], "vụ thu năm 2020": ["season"]}
