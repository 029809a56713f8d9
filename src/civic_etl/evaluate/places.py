"""Whether two written names mean the same unit."""

from functools import lru_cache

from civic_etl.gazetteer.keys import name_key

_TYPES = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
_SHORT = {"tp": "thành phố", "tt": "thị trấn", "tx": "thị xã", "p": "phường", "h": "huyện", "q": "quận", "x": "xã"}


def same_place(gold: str, found: str) -> bool:
    """Whether a found name is that of the gold unit: its name, its type where given, a parent where both name some.

    "P. 11, TP Đà Lạt" is "phường 11, thành phố Đà Lạt"; a name alone is enough, a wrong type or another parent is not.
    """
    wanted, got = _parts(gold), _parts(found)
    if not wanted or not got:
        return wanted == got
    (kind, name), (got_kind, got_name) = wanted[0], got[0]
    if name != got_name or got_kind not in {"", kind}:
        return False
    parents = {parent for _, parent in wanted[1:]}
    return not parents or len(got) == 1 or any(parent in parents for _, parent in got[1:])


@lru_cache(maxsize=8192)
def _parts(full_name: str) -> tuple[tuple[str, str], ...]:
    """(type, key) of each unit of a comma-separated name; the type is "" where none is written."""
    keys = [name_key(part.replace("(cũ)", " ").replace("(mới)", " ")) for part in full_name.split(",")]
    return tuple(_typed(key) for key in keys if key)


def _typed(key: str) -> tuple[str, str]:
    for kind in _TYPES:
        if key.startswith(f"{kind} "):
            return kind, key.removeprefix(f"{kind} ")
    first, _, rest = key.partition(" ")
    if first in _SHORT and rest:
        return _SHORT[first], rest
    return "", key
