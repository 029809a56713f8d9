"""Which tests one worker runs after another, where several share them (`--dist loadfile`, as CI does); no deadlines."""

from typing import Any

import pytest
from hypothesis import settings

# how long an example takes says more of what else the machine does
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# What their tests have in common takes many seconds to make, which every worker would spend that runs one of the files.
_MADE_ONCE = ("drills", "explorer", "security")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Folders of tests that share what is made once go to one worker whole, all other tests with their file."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class ByFolder(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return folder if (folder := _folder(nodeid)) in _MADE_ONCE else super()._split_scope(nodeid)

    return ByFolder(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole folders come first: at the end the workers wait for one file at the most."""
    items.sort(key=lambda item: _folder(item.nodeid) not in _MADE_ONCE)


def _folder(nodeid: str) -> str:
    """The folder below `tests`, or the file that lies there."""
    return nodeid.removeprefix("tests/").split("/", 1)[0]
