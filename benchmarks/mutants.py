"""Do the tests bite? A seeded sample of small bugs, each against the tests of its room.

    pip install cosmic-ray
    python benchmarks/mutants.py [--mutants 400] [--seed 1] [--room graph] [--limit 60]

A mutant is one change that cosmic-ray makes to one module: a comparison turned, `and` for `or`, a `not` more, a number
one more or less, a loop that does not run. pyproject's [tool.mutants] says which operators, and which tests belong to
which room. Each is tried in a copy of the project, test files of the module's own name first; it is killed when a test
fails (none does without it: that is tried first), or when the tests take more than --limit seconds of processor time. A
survivor is printed as a diff: it is equivalent, or a claim is missing.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"]


def modules(room: str) -> list[Path]:
    """The modules of a room: `graph` is a file, `formats` a folder."""
    alone = ROOT / "her2cli" / f"{room}.py"
    return [alone] if alone.is_file() else sorted((ROOT / "her2cli" / room).rglob("*.py"))


def mutants(module: Path) -> Iterator[tuple[str, int]]:
    """Each change that can be made to *module*: an operator, and at which of its places."""
    tree = get_ast(module.read_text(encoding="utf-8"))
    nodes = list(ast_nodes(tree))
    for name in SETTINGS["operators"]:
        operator = get_operator(name)()
        yield from ((name, at) for at in range(sum(len(list(operator.mutation_positions(node))) for node in nodes)))


def sample(rooms: list[str], number: int, seed: int) -> list[tuple[str, Path, str, int]]:
    """As many mutants from each room; within a room, each is as likely as another."""
    rng = random.Random(seed)
    found = []
    for at, room in enumerate(rooms):
        every = [(room, module, *mutant) for module in modules(room) for mutant in mutants(module)]
        share = number // len(rooms) + (at < number % len(rooms))
        found += rng.sample(every, min(share, len(every)))
    rng.shuffle(found)  # a run that is cut short is a sample, too
    return found


def tests_of(room: str, module: Path, copy: Path) -> list[str]:
    """The test files of a room, those first whose name holds the module's."""
    given = [copy / each for each in SETTINGS["rooms"][room]]
    files = [file for each in given for file in (sorted(each.rglob("test_*.py")) if each.is_dir() else [each])]
    near = module.stem.strip("_").rstrip("s")
    return [str(file.relative_to(copy)) for file in sorted(files, key=lambda file: near not in file.stem)]


def outcome(copy: Path, tests: list[str], seconds: int) -> str:
    """`killed`, `survived` or `too slow`, by the tests in *copy*."""
    options = [
        "-x",
        "-q",
        "--no-header",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-o",
        "addopts=--import-mode=importlib",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5)),
    )
    if done.returncode < 0:
        return "too slow"
    return "survived" if done.returncode == 0 else "killed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", action="append", choices=sorted(SETTINGS["rooms"]))
    parser.add_argument("--limit", type=int, default=60)
    asked = parser.parse_args()
    rooms = asked.room or list(SETTINGS["rooms"])
    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "her2"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".hypothesis"))
        shared = ROOT.parent / "shared"
        if shared.is_dir():
            (Path(folder) / "shared").symlink_to(shared)
        for room in rooms:
            if (ended := outcome(copy, tests_of(room, modules(room)[0], copy), 60 * asked.limit)) != "survived":
                sys.exit(f"{room}: its tests are {ended} without a mutant; they must pass first.")
        for number, (room, module, operator, at) in enumerate(sample(rooms, asked.mutants, asked.seed), 1):
            before = module.read_text(encoding="utf-8")
            after = mutate_code(before, get_operator(operator)(), at)
            if after is None or after == before:
                continue
            place = copy / module.relative_to(ROOT)
            place.write_text(after, encoding="utf-8")
            ended = outcome(copy, tests_of(room, module, copy), asked.limit)
            place.write_text(before, encoding="utf-8")
            counts[room, ended] += 1
            print(
                f"{number} {room} {module.relative_to(ROOT)} {operator.removeprefix('core/')} {at}: {ended}", flush=True
            )
            if ended == "survived":
                lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
                print("\n".join(list(lines)[2:]), flush=True)
    print(f"{'room':10}{'killed':>8}{'slow':>8}{'survived':>10}")
    for room in rooms:
        killed, slow, left = (counts[room, each] for each in ("killed", "too slow", "survived"))
        print(f"{room:10}{killed:8}{slow:8}{left:10}")
    total = sum(counts.values())
    left = sum(number for (_, ended), number in counts.items() if ended == "survived")
    print(f"{total - left} of {total} killed" + (f", {(total - left) / total:.0%}" if total else ""))


if __name__ == "__main__":
    main()
