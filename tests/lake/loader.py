"""One loader of several: loads documents `first` to `last`, a transaction of ten each, and says each that is in."""

import sys
from datetime import UTC, datetime

from civic_etl.settings import get_settings
from civic_etl.warehouse.items import LoadItem
from civic_etl.warehouse.warehouse import Warehouse
from warehouse.makers import VERSIONS, Draft

HOSTS = 3


def documents(first: int, last: int) -> list[LoadItem]:
    """Documents with two observations each; ten of a host, then ten of the next."""
    seen = datetime(2022, 3, 1, tzinfo=UTC)
    drafts = [
        Draft(f"https://site-{number // 10 % HOSTS}.vn/{number}", fetched_at=seen) for number in range(first, last)
    ]
    for number, draft in enumerate(drafts, first):
        draft.says("schools", str(number + 1), "2021", unit_measure="school")
        draft.says("households", str(number + 2), "2021", unit_measure="household")
    return [draft.item() for draft in drafts]


def say(*words: object) -> None:
    """A line on stdout, at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main() -> None:
    name, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    say("ready")
    sys.stdin.readline()
    warehouse = Warehouse(get_settings(), versions=VERSIONS)
    total = warehouse.load(documents(first, last), run_id=name, on_batch=lambda report: say(report.new))
    say("done", total.new)


if __name__ == "__main__":
    main()
