"""Which tests one worker runs after another, where several share them (`--dist loadgroup`, as CI does)."""

import pytest

# Each takes many seconds to make, which every worker would spend that runs a single test of it.
_MADE_ONCE = ("nursery", "release", "nights", "built")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of what is made once stay together, all others with their file.

    The large groups come first: at the end the workers wait for one file at the most.
    """
    first, rest = [], []
    for item in items:
        names = getattr(item, "fixturenames", ())
        made = next((name for name in _MADE_ONCE if name in names), None)
        item.add_marker(pytest.mark.xdist_group(made or item.nodeid.split("::", 1)[0]))
        (rest if made is None else first).append(item)
    items[:] = first + rest
