"""Sample sites in a process of their own, so that what they cost is not counted with the night's.

    python benchmarks/nightly/sites.py SERVERS FOLDER

Every server has two sites of 87 articles in all; the same words stand on all servers, under other addresses. It writes
a description of each site into FOLDER, prints their names as one JSON line and serves until its standard input closes.
"""

import json
import sys
from contextlib import ExitStack
from pathlib import Path

import yaml

from civic_etl.samples import SampleServer


def main() -> None:
    """Serve until standard input closes."""
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    with ExitStack() as stack:
        for number in range(count):
            server = stack.enter_context(SampleServer())
            for source in server.sources:
                source |= {"name": f"{source['name']}-{number}", "politeness": {"min_delay_seconds": 0}}
                names.append(source["name"])
                text = yaml.safe_dump(source, allow_unicode=True, sort_keys=False)
                (folder / f"{source['name']}.yaml").write_text(text, encoding="utf-8")
        print(json.dumps(names), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
