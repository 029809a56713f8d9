"""What disks and crashes do to files: a flipped bit, a lost end, a sector of zeros, half a write."""

import random
import struct
from collections.abc import Callable
from pathlib import Path

Harm = Callable[[bytes, random.Random], bytes]
_SECTOR = 512
# what DuckDB multiplies each word with before it adds it
_FACTOR, _MASK = 0xBF58476D1CE4E5B9, (1 << 64) - 1


def flip(data: bytes, rng: random.Random) -> bytes:
    """One bit the other way round."""
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def cut(data: bytes, rng: random.Random) -> bytes:
    """The end is missing; nothing may be left."""
    return data[: rng.randrange(len(data))]


def blank(data: bytes, rng: random.Random) -> bytes:
    """A sector that was never written."""
    at = rng.randrange(len(data)) // _SECTOR * _SECTOR
    end = min(len(data), at + _SECTOR)
    return data[:at] + bytes(end - at) + data[end:]


def tear(data: bytes, rng: random.Random) -> bytes:
    """From somewhere on the bytes of something else, the length as it was."""
    at = rng.randrange(len(data))
    return data[:at] + rng.randbytes(len(data) - at)


HARMS: dict[str, Harm] = {"flip": flip, "cut": cut, "blank": blank, "tear": tear}


def cancels_out(before: bytes, after: bytes) -> bool:
    """Whether a change leaves the sums of DuckDB's blocks as they were: each adds its words of eight bytes up by XOR.

    So what repeats an even number of times is not missed where zeros take its place (DuckDB 2.0, `checksum.cpp`).
    """
    if len(before) != len(after) or before == after:
        return False
    total = 0
    for at in range(0, len(before), _SECTOR):
        one, other = before[at : at + _SECTOR], after[at : at + _SECTOR]
        if one != other:
            for word in (*_words(one), *_words(other)):
                total ^= word * _FACTOR & _MASK
    return total == 0


def _words(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 8}Q", sector[: len(sector) // 8 * 8])


def harm(path: Path, how: str, rng: random.Random) -> bool:
    """Damage a file; False where that left it as it was (a blank sector that was blank)."""
    before = path.read_bytes()
    after = HARMS[how](before, rng)
    mode = path.stat().st_mode
    path.chmod(0o644)
    path.write_bytes(after)
    path.chmod(mode)
    return after != before
