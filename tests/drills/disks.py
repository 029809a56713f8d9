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
    assert _resize(folder, 1 << 30)


def leave_room(folder: Path, spare: int) -> None:
    """Make the small disk full but for `spare` bytes."""
    for _ in range(100):
        disk = os.statvfs(folder)
        if _resize(folder, (disk.f_blocks - disk.f_bfree) * disk.f_frsize + spare):
            return
        # Who writes meanwhile has taken more than that by now.
    raise AssertionError(f"{folder} cannot be made full")


def _resize(folder: Path, size: int) -> bool:
    command = ["mount", "-o", f"remount,size={size}", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
