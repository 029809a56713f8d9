"""A file far away, read by ranges of bytes."""

import io
from collections.abc import Callable
from typing import Any


class Ranges(io.RawIOBase):
    """A file whose every read is one call of `read_range`: name, first byte, and the most bytes to give."""

    def __init__(self, read_range: Callable[[str, int, int], bytes], name: str) -> None:
        super().__init__()
        self._read_range = read_range
        self._name = name
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            raise io.UnsupportedOperation("the end of an object is not looked up")
        self._at = offset if whence == io.SEEK_SET else self._at + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        data = self._read_range(self._name, self._at, len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
