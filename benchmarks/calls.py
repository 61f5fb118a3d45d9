"""How deep a command's call goes: the files of her2cli that one call passes through, from the command to what answers.

    python benchmarks/calls.py ["simulate --drug lapatinib" ...]

A call from a file to itself does not count, nor what a file does while it is imported, nor the reading of the library.
The deepest call is told file by file, and how many files take part. For another checkout, run it with PYTHONPATH there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import her2cli
from her2cli.cli.app import run

HOUSE = str(Path(her2cli.__file__).parent) + os.sep
READING = tuple(HOUSE + each for each in ("loading", "files.py", "errors.py"))
LINES = ["trace HER2", "simulate --drug lapatinib --replicates 5", "explain AKT --drug lapatinib --replicates 5"]


def calls(line: list[str]) -> tuple[list[str], int]:
    """The files of the deepest call of a *line*, in the order of the call, and how many files take part."""
    path: list[str] = []  # of the frames that run, where the file changes
    entered: list[bool] = []
    deepest: list[str] = []
    seen: set[str] = set()

    def watch(frame: Any, event: str, _: object) -> None:
        nonlocal deepest
        if event == "call":
            name = frame.f_code.co_filename
            ours = name.startswith(HOUSE) and not name.startswith(READING) and frame.f_code.co_name != "<module>"
            new = ours and path[-1:] != [name]
            entered.append(new)
            if new:
                path.append(name)
                seen.add(name)
                if len(set(path)) > len(set(deepest)):
                    deepest = list(path)
        elif event == "return" and entered and entered.pop():
            path.pop()

    shown, sys.stdout = sys.stdout, open(os.devnull, "w")  # noqa: SIM115
    sys.setprofile(watch)
    try:
        run(line)
    finally:
        sys.setprofile(None)
        sys.stdout = shown
    return list(dict.fromkeys(each.removeprefix(HOUSE) for each in deepest)), len(seen)


def main(lines: list[str]) -> int:
    for line in lines or LINES:
        files, many = calls(line.split())
        print(f"her2 {line}: {len(files)} files deep, {many} take part\n    {' > '.join(files)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
