"""Prefect's own files in a home are damaged: the night sets its database aside, or says which folder to move away."""

import random
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from .commands import nightly
from .conftest import NewHome, Report
from .nights import Home, exports
from .site import first_edition, second_edition
from .test_kill import require_made

pytestmark = pytest.mark.long


def run_nightly(home: Home) -> tuple[int, str]:
    """`civic-etl run nightly`, with the small server that Prefect starts over the home's own database."""
    night = nightly(home)
    try:
        return night.end(), night.said()
    finally:
        night.close()


def harms(folder: Path, rng: random.Random) -> list[tuple[str, Path, bytes]]:
    """What is done to each file of the folder: its name, where it lies, what is in it then."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        name = str(path.relative_to(folder))
        found.append((f"{name} of random bytes", path, rng.randbytes(max(len(whole), 100))))
        found.append((f"{name} torn", path, whole[: len(whole) // 2]))
        found.append((f"{name} empty", path, b""))
        page = bytearray(whole)
        for _ in range(20 if page else 0):
            page[rng.randrange(len(page))] ^= 1 << rng.randrange(8)
        found.append((f"{name} with flipped bits", path, bytes(page)))
    return found


def test_damaged_files_of_prefect(new_home: NewHome, seed: int, report: Report, tmp_path: Path) -> None:
    rng, began = random.Random(seed), time.monotonic()  # noqa: S311 - damage, not secrets
    home = new_home()
    first_edition(home.site, 12)
    code, said = run_nightly(home)
    assert code == 0, said
    before = shutil.copytree(home.settings.home, tmp_path / "before", symlinks=True)
    second_edition(home.site, 12)
    code, said = run_nightly(home)
    assert code == 0, said
    assert home.current is not None
    expected = exports(home.current)
    prefect = home.settings.state_dir / "prefect"
    outcomes: Counter[str] = Counter()
    for how, path, content in harms(prefect, rng):
        shutil.rmtree(home.settings.home)
        shutil.copytree(before, home.settings.home, symlinks=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        code, said = run_nightly(home)
        home.require_whole()
        if code == 0:
            aside = (prefect / "prefect.db.damaged").exists()
            assert aside is ("prefect.db is damaged" in said), (how, said)
            outcomes["moved away" if aside else "harmless"] += 1
        else:
            assert str(prefect) in said, (how, code, said)
            outcomes[f"named, code {code}"] += 1
            shutil.rmtree(prefect)
            code, said = run_nightly(home)
            assert code == 0, (how, said)
        require_made(home, expected)
    told = ", ".join(f"{count} {what}" for what, count in sorted(outcomes.items()))
    report(f"seed {seed}: Prefect's files damaged {outcomes.total()} times: {told}; {time.monotonic() - began:.0f} s")
