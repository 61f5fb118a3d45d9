"""Do the tests bite? A seeded sample of small bugs, each against the tests that run its line.

    pip install cosmic-ray coverage
    python -m pytest --junitxml times.xml                           # once; then, once: which tests run which lines
    PYTHONPATH=benchmarks COVERING=covering TIMES=times.xml python -m pytest -p covering
    python benchmarks/mutants.py covering [--mutants 416] [--seed 1] [--room graph] [--jobs 1] [--limit 30]

A mutant is one change that cosmic-ray makes to one module: a comparison turned, `and` for `or`, a `not` more, a number
one more or less, a loop that does not run. pyproject's [tool.mutants] says which operators, and which rooms.

Each mutant is tried in a copy of the project, in a process forked from one that has read the libraries but nothing of
her2. Only tests that run the mutated line are asked, the quickest first, a few of each parametrized one before the
rest, until one fails (killed) or the processor time that is likely to be needed passes --limit (survived). A line that
runs when its module is imported is asked of all tests that run anything of that module; one that no test runs survives.
A mutant that takes --limit seconds longer than its tests is too slow, which a person would notice, too.

Results are added to `covering/results.jsonl`, one mutant a line; who was asked before is not asked again. At the end
every test that killed a mutant is run without one: it must pass. A survivor is printed as a diff: it is equivalent, or
a claim is missing.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import hashlib
import importlib
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from coverage import CoverageData

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"]
LIBRARIES = ("pytest", "hypothesis", "yaml", "typer", "rich.console", "clingo", "networkx", "numpy", "openpyxl")
FEW = 3  # tests of one function that are asked before others


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


class Covering:
    """Which tests run which lines (the plugin `covering`), and what each takes."""

    def __init__(self, folder: Path) -> None:
        self.seconds: dict[str, float] = {}
        of_context: dict[str, set[str]] = defaultdict(set)
        for file in folder.glob("tests.*.json"):
            for test, (took, fixtures) in json.loads(file.read_text(encoding="utf-8")).items():
                self.seconds[test] = took
                for context in (test, *fixtures):
                    of_context[context].add(test)
        self._lines: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for file in folder.glob("lines.*"):
            data = CoverageData(str(file))
            data.read()
            for name in data.measured_files():
                lines = self._lines[name[name.rindex("/her2cli/") + 1 :]]
                for line, contexts in data.contexts_by_lineno(name).items():
                    lines[line].update(*(of_context[context] for context in contexts))

    def tests(self, module: str, line: int, source: str) -> list[str]:
        """The tests that run *line* of *module* (its path), in the order in which to ask them."""
        lines = self._lines[module]
        inside = [node for node in ast.walk(ast.parse(source)) if _holds(node, line)]
        if not any(isinstance(node, ast.FunctionDef) and node.body[0].lineno <= line for node in inside):
            asked = set().union(*lines.values())
        else:
            first = max(node.lineno for node in inside if isinstance(node, ast.stmt))
            asked = next((found for at in range(line, first - 1, -1) if (found := lines.get(at))), set())
        ranked = sorted(asked, key=lambda test: (self.seconds[test], test))
        met: Counter[str] = Counter()
        early, late = [], []
        for test in ranked:
            met[test.split("[")[0]] += 1
            (early if met[test.split("[")[0]] <= FEW else late).append(test)
        return early + late


def _holds(node: ast.AST, line: int) -> bool:
    return hasattr(node, "lineno") and node.lineno <= line <= (node.end_lineno or node.lineno)


class Asked:
    """A plugin for pytest: only these tests, in this order; says which failed."""

    def __init__(self, tests: list[str]) -> None:
        self.rank = {test: at for at, test in enumerate(tests)}
        self.failed: list[str] = []

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self.rank), key=lambda item: self.rank[item.nodeid])

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.failed.append(f"{report.nodeid} (import)")


def run(copy: Path, tests: list[str], seconds: float, *, first: bool = True) -> tuple[str, list[str]]:
    """How *tests* end in *copy*, run in a fork: `killed`, `survived` or `too slow`; and which failed."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()  # what a test starts ends with it
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 3))
        os.chdir(copy)
        sys.path.insert(0, str(copy))
        os.environ["PYTHONPATH"] = str(copy)
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        import pytest

        asked = Asked(tests)
        files = list(dict.fromkeys(test.split("::")[0] for test in tests))
        options = ["-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=--import-mode=importlib"]
        code = pytest.main([*(["-x"] if first else []), *options, *files], plugins=[asked])
        os.write(told, json.dumps([int(code), asked.failed]).encode())
        os._exit(0)
    os.close(told)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    signal.alarm(int(20 * seconds) + 120)  # a test that waits for ever takes no processor time
    with os.fdopen(heard, "rb") as stream:
        words = stream.read() if os.waitpid(child, 0)[1] == 0 else b""
    signal.alarm(0)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    if not words:
        return "too slow", []
    code, failed = json.loads(words)
    return ("survived" if code in (0, 5) else "killed"), failed


def try_one(
    copy: Path, covering: Covering, module: Path, operator: str, at: int, limit: float
) -> dict[str, Any] | None:
    """One mutant's result; None if the change is none."""
    before = module.read_text(encoding="utf-8")
    after = mutate_code(before, get_operator(operator)(), at)
    if after is None or after == before:
        return {"ended": "none"}  # the change is none
    diff = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1))[2:]
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    line = next(number for number, (old, new) in enumerate(pairs, 1) if old != new)
    every = covering.tests(module.relative_to(ROOT).as_posix(), line, before)
    chosen: list[str] = []
    needed = 0.0
    for test in every:
        if needed > limit:
            break
        chosen.append(test)
        needed += covering.seconds[test]
    place = copy / module.relative_to(ROOT)
    was = place.stat()
    ended, failed = "survived", []
    if chosen:
        try:
            place.write_text(after, encoding="utf-8")
            os.utime(place, (was.st_atime, was.st_mtime + 1000))  # no compiled form is that of this text
            ended, failed = run(copy, chosen, needed + limit)
        finally:
            place.write_text(before, encoding="utf-8")
            os.utime(place, (was.st_atime, was.st_mtime))
    return {"ended": ended, "by": failed, "line": line, "asked": len(chosen), "of": len(every), "diff": diff}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("covering", type=Path)
    parser.add_argument("--mutants", type=int, default=416)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", action="append", choices=sorted(SETTINGS["rooms"]))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--limit", type=float, default=30)
    asked = parser.parse_args()
    covering = Covering(asked.covering)
    results = (asked.covering / "results.jsonl").resolve()
    results.touch()
    known = {each["id"]: each for each in map(json.loads, results.read_text(encoding="utf-8").splitlines())}
    wanted = {}
    for room, module, operator, at in sample(asked.room or list(SETTINGS["rooms"]), asked.mutants, asked.seed):
        text = hashlib.sha256(module.read_bytes()).hexdigest()[:12]
        wanted[f"{module.relative_to(ROOT)} {text} {operator.removeprefix('core/')} {at}"] = (
            room,
            module,
            operator,
            at,
        )
    for library in LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(library)
    with tempfile.TemporaryDirectory() as folder:
        copies = [_copied(Path(folder) / str(job)) for job in range(asked.jobs)]
        left = [(name, mutant) for name, mutant in wanted.items() if name not in known]
        workers = []
        for job, copy in enumerate(copies):
            if (worker := os.fork()) == 0:
                for name, (room, *mutant) in left[job :: asked.jobs]:
                    found = try_one(copy, covering, *mutant, asked.limit)
                    with results.open("a", encoding="utf-8") as stream:
                        stream.write(json.dumps({"id": name, "room": room, **found}) + "\n")
                os._exit(0)
            workers.append(worker)
        for worker in workers:
            os.waitpid(worker, 0)
        known = {each["id"]: each for each in map(json.loads, results.read_text(encoding="utf-8").splitlines())}
        found = [known[name] for name in wanted if name in known]
        killers = sorted({test for each in found if each["ended"] == "killed" for test in each["by"] if "::" in test})
        if killers:
            _, failing = run(copies[0], killers, 20 * asked.limit, first=False)
            found = [each | {"ended": "invalid"} if set(each["by"]) & set(failing) else each for each in found]
    _report(found)


def _copied(folder: Path) -> Path:
    """A copy of the project with `../shared` beside it."""
    folder.mkdir()
    copy = folder / "her2"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".hypothesis", "site", "dist"))
    if (shared := ROOT.parent / "shared").is_dir():
        (folder / "shared").symlink_to(shared)
    return copy


def _report(found: list[dict[str, Any]]) -> None:
    counts = Counter((each["room"], each["ended"]) for each in found)
    for each in found:
        if each["ended"] in ("survived", "invalid"):
            print(f"{each['id']}: {each['ended']}, line {each['line']}, {each['asked']} of {each['of']} tests asked")
            print("\n".join(each["diff"]))
    print(f"{'room':10}{'killed':>8}{'slow':>8}{'survived':>10}{'invalid':>9}")
    for room in SETTINGS["rooms"]:
        killed, slow, left, invalid = (counts[room, each] for each in ("killed", "too slow", "survived", "invalid"))
        print(f"{room:10}{killed:8}{slow:8}{left:10}{invalid:9}")
    tried = sum(1 for each in found if each["ended"] != "none")
    dead = sum(1 for each in found if each["ended"] in ("killed", "too slow"))
    print(f"{dead} of {tried} killed" + (f", {dead / tried:.0%}" if tried else ""))


if __name__ == "__main__":
    main()
