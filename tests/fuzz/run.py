"""Fuzz targets until each has had its time: `python tests/fuzz/run.py [--until SECONDS] [--slice SECONDS] [TARGET ..]`.

Needs Atheris (`make fuzz` installs it into .venv-fuzz). Goes round in slices, always to the target that has had the
least, and adds each slice to the totals in the folder `--keep` (.fuzz): a run that was interrupted, even killed, goes
on from there when it is started again, and loses the slices under way. Started twice at a time, it uses two cores. All
seconds are those of the fuzzing process on the processor, its start with them: on a busy machine the clock on the wall
says nothing.

In the folder lie rows.json and table.md, a corpus for each target, which every slice begins with, logs, and findings
with the inputs that gave them. A folder without rows.json goes on from those of `--record`, with a corpus of its own:
so a run that is recorded in the repository goes on at another machine.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

# This file is run as a script.
sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.slices import SliceError, fuzzed, reread
from fuzz.targets import TARGETS
from fuzz.totals import Totals, add_slice, go_on_from, held, inputs_in, table, totals_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz what was chosen; gives 1 where a finding stands."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; all without any")
    options.add_argument("--until", type=float, default=3600, help="seconds each is to have, earlier ones too")
    options.add_argument("--slice", type=float, default=300, help="what an interruption loses at most")
    options.add_argument("--keep", type=Path, default=Path(__file__).parents[2] / ".fuzz")
    options.add_argument("--record", type=Path, help="the rows.json that a folder without one goes on from")
    given = options.parse_args(arguments)
    if unknown := set(given.targets) - set(TARGETS):
        options.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    keep, chosen = given.keep, given.targets or list(TARGETS)
    keep.mkdir(parents=True, exist_ok=True)
    if given.record is not None:
        try:
            go_on_from(given.record, keep)
        except (OSError, ValueError, TypeError) as error:
            options.error(f"{given.record} is no record of a run: {error}")
    for target in chosen:
        # The code may be another than the findings were made with; one that is being fuzzed has been read again.
        with held(keep / f"{target}.lock", wait=False) as free:
            if free:
                reread(target, keep)
    try:
        while row := next_slice(chosen, given.until, given.slice, keep):
            say(
                f"{row.target}: {row.seconds:,.0f} of {given.until:,.0f} s, {row.executions:,} executions, "
                f"{row.branches:,} branches, {row.inputs:,} inputs kept, {row.peak_mb} MB at the peak, "
                f"{len(row.findings)} findings"
            )
    except SliceError as error:
        options.exit(2, f"{error}\n")
    say(f"\n{table(keep)}")
    say(f"No target is left to begin. A larger --until goes on; without {keep}/rows.json it begins anew.")
    return 1 if any(inputs_in(keep / "findings" / target) for target in chosen) else 0


def next_slice(chosen: Sequence[str], until: float, longest: float, keep: Path) -> Totals | None:
    """Fuzz the target that has had the least of those that no other process is at; None where each has had its time."""
    for target in sorted(chosen, key=lambda name: had(name, keep)):
        with held(keep / f"{target}.lock", wait=False) as free:
            # Another process may have been at it since the targets were put in order.
            if free and (left := until - had(target, keep)) > 0:
                return add_slice(keep, fuzzed(target, min(longest, left), keep))
    return None


def had(target: str, keep: Path) -> float:
    """The seconds that a target has had."""
    return totals_of(keep).get(target, Totals(target)).seconds


def say(line: str) -> None:
    """A line, at once even into a file."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        raise SystemExit(main())
    raise SystemExit(130)
