"""The shipped YAML in a form that is read at once: validated when the wheel is built, so that a command need not.

Beside `pathways/x.yaml` a wheel holds `pathways/compiled/x.json`: the length and checksum of the YAML that it was made
from, a line feed, and its plain content. YAML that was changed since has another checksum and is read
itself; a checkout has none.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from her2cli.loading.folder import Shipped

FOLDER = "compiled"


def compiled(shipped: Shipped, name: str, path: Shipped) -> dict[str, Any] | None:
    """The plain content of a shipped YAML file, or None where there is none that was made from it as it is now."""
    made = shipped.joinpath(FOLDER, _made_name(name))
    if not made.is_file():
        return None
    head, _, content = made.read_bytes().partition(b"\n")
    if head != _hash(path.read_bytes()):
        return None
    raw: dict[str, Any] = json.loads(content)
    return raw


def compile_all(folder: Path, target: Path) -> None:
    """Write the compiled form of every YAML file below *folder* into *target*. Raises `DataError` if one is broken."""
    from her2cli.files import decode
    from her2cli.loading.entries import read_file
    from her2cli.loading.source import plain

    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.rglob("*.yaml")):
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        content = json.dumps(plain(read_file(decode(data, name), name).top), ensure_ascii=False, separators=(",", ":"))
        (target / _made_name(name)).write_bytes(_hash(data) + b"\n" + content.encode())


def _made_name(name: str) -> str:
    return name.removesuffix(".yaml").replace("/", ".") + ".json"


def _hash(data: bytes) -> bytes:
    return f"{len(data)} {zlib.crc32(data):08x}".encode()  # tells versions apart, and is imported at once
