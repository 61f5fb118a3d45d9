"""A folder and its files, as `pathlib` has them, whose import takes longer than to read a pathway."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


class Folder:
    """A file or a folder by its path; a `Traversable`, as the inside of a zipped wheel is one."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = os.fspath(path)

    def __fspath__(self) -> str:
        return self._path

    __str__ = __fspath__

    @property
    def name(self) -> str:
        return os.path.basename(self._path)

    def joinpath(self, *names: str) -> Folder:
        return Folder(os.path.join(self._path, *names))

    def iterdir(self) -> Iterator[Folder]:
        return (self.joinpath(name) for name in os.listdir(self._path))

    def is_dir(self) -> bool:
        return os.path.isdir(self._path)

    def is_file(self) -> bool:
        return os.path.isfile(self._path)

    def read_bytes(self) -> bytes:
        with open(self._path, "rb") as stream:
            return stream.read()


if TYPE_CHECKING:
    Shipped = Folder | Traversable  # a file or a folder of what is installed, which may lie in a zipped wheel
