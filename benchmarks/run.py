"""Run parts of the benchmark and write what they measured to RESULTS.md beside this file.

    python benchmarks/run.py [PART ...] [--tiny] [--aeb DIR] [--results FILE]

Each part is its own script in its own process, whose markdown becomes a section, with the day, the machine and the
versions it ran with. Sections of parts that did not run stay as they are. `make bench PARTS="extract parse"` calls this
with the peers beside the product. A part that fails leaves its old section and makes this end with 1.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from parts import HERE, PARTS, Part

# A part takes up to three minutes on a machine of its own; one that others use may be several times as slow.
LIMIT_SECONDS = 1_800
_HEAD = """# Benchmarks

Written by `make bench`; no figure here was typed by hand. Each section measures this project and its peers or floors in
one run, so ratios within a section are what counts; seconds depend on the machine and on what else it did, which the
load average at the start and the end of each section tells. Folders below this one hold detail on larger runs.
"""
_SECTION = re.compile(r"^<!-- part: (\w+) -->\n(.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Run what was chosen; gives the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all without any")
    options.add_argument("--tiny", action="store_true", help="only show that the parts run")
    options.add_argument("--aeb", help="checkout of article-extraction-benchmark, for the F1 of parse")
    options.add_argument("--results", type=Path, default=HERE / "RESULTS.md")
    given = options.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        options.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    failed = []
    for name in given.parts or PARTS:
        extra = ("--aeb", given.aeb) if given.aeb and name == "parse" else ()
        section = measured(name, PARTS[name], given.tiny, extra)
        if section is None:
            failed.append(name)
            continue
        put(given.results, name, section)
        print(section, flush=True)
    if failed:
        print(f"failed: {', '.join(failed)}; their sections are the old ones", file=sys.stderr)
    return 1 if failed else 0


def measured(name: str, part: Part, tiny: bool, extra: tuple[str, ...]) -> str | None:
    """The part's section, or None where its script failed; what it said of that is on standard error."""
    before = os.getloadavg()[0]
    command = [sys.executable, str(HERE / part.script), *(part.tiny if tiny else part.arguments), *extra]
    try:
        ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=LIMIT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        print(f"{name}: not done after {LIMIT_SECONDS} s", file=sys.stderr)
        return None
    if ran.returncode:
        return None
    about = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC. {machine(before)} {versions(part.peers)}"
    return f"## {name}\n\n{about}\n\n{deeper(ran.stdout).strip()}\n"


def machine(before: float) -> str:
    """Processor, cores and load, in words."""
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8") if info.exists() else ""
    model = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    cores = os.cpu_count() or 1
    after = os.getloadavg()[0]
    shared = ", shared with other work" if before > 1 else ""
    chip = model[1].strip() if model else platform.machine()
    return f"{chip}, {cores} cores{shared} (load average {before:.1f} before, {after:.1f} after)."


def versions(peers: tuple[str, ...]) -> str:
    """Python, this project and the peers; a peer that is not there is named so."""
    named = [f"Python {platform.python_version()}"]
    for package in ("civic-etl", *peers):
        try:
            named.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            named.append(f"{package} not installed")
    return ", ".join(named) + "."


def deeper(markdown: str) -> str:
    """The same with every heading two levels further down."""
    return re.sub(r"^(#+ )", r"##\1", markdown, flags=re.MULTILINE)


def put(results: Path, name: str, section: str) -> None:
    """Replace the part's section, in the order of the parts."""
    old = results.read_text(encoding="utf-8") if results.exists() else ""
    sections = dict(_SECTION.findall(old)) | {name: section}
    kept = [f"<!-- part: {part} -->\n{sections[part]}<!-- end -->\n" for part in PARTS if part in sections]
    results.write_text("\n".join([_HEAD, *kept]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
