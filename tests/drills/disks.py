"""A disk of a few megabytes: a tmpfs where this machine lets us mount one, else a limit on the length of files."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTE = 1 << 20


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[bool]:
    """Mount a file system of `size` bytes at `folder` for the length of the block; False where that is forbidden."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def make_room(folder: Path) -> None:
    """Give the small disk a gigabyte."""
    _resize(folder, 1 << 30)


def leave_room(folder: Path, spare: int) -> None:
    """Make the small disk full but for `spare` bytes."""
    disk = os.statvfs(folder)
    _resize(folder, (disk.f_blocks - disk.f_bfree) * disk.f_frsize + spare)


def _resize(folder: Path, size: int) -> None:
    # Who writes meanwhile may have taken more than is left to them: then a little later.
    for _ in range(20):
        size = size if size % 4096 == 0 else (size // 4096 + 1) * 4096
        command = ["mount", "-o", f"remount,size={size}", str(folder)]
        if subprocess.run(command, check=False, capture_output=True).returncode == 0:
            return
        size += 1 << 16
    raise AssertionError(f"{folder} cannot be given {size} bytes")
