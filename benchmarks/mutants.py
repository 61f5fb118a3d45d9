"""Do the tests bite? A seeded sample of small bugs, each against the tests that run its line.

    pip install cosmic-ray coverage
    python -m pytest --junitxml times.xml                           # once; then, once: which tests run which lines
    PYTHONPATH=benchmarks COVERING=covering TIMES=times.xml python -m pytest -p covering
    python benchmarks/mutants.py covering [--mutants 416] [--seed 1] [--room graph] [--limit 20]

A mutant is one change that cosmic-ray makes to one module: a comparison turned, `and` for `or`, a `not` more, a number
one more or less, a loop that does not run. pyproject's [tool.mutants] says which operators, and which rooms.

Each mutant is tried in a copy of the project, in a fork of a session of pytest that has collected all tests: the
functions of the mutated module are given their new code there, and what her2 keeps is forgotten. A change outside of
functions (or of what Numba compiles) is tried in a fresh session, in a process forked from one that has read nothing
of her2. Only tests that run the mutated line are asked, the quickest first (those of the module's own file and folder
count as quicker than they are), a few of each parametrized one before the rest, until one fails (killed) or the
processor time that is likely to be needed passes --limit (survived). A line that runs when its module is imported is
asked of all tests that run anything of that module, and so is one that no test runs: it may run in a process of its
own. A mutant that takes --limit seconds longer than its tests, or for ever, is too slow; one that ends the process
itself (memory, the stack) is a crash. A person would notice both.

Results are added to `covering/results.jsonl`, one mutant a line; who was asked before is not asked again. At the end
every test that killed a mutant is run without one, in both ways: it must pass. One that fails, since it needs its
neighbours, is asked no more, and the next run asks its mutants anew. A survivor is printed as a diff: it is
equivalent, or a claim is missing; `--again` asks the survivors anew, after a covering run of the files with new claims.
Tests that read the source (of dataclasses, of imports) run no line of it: ask them of such survivors by hand.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import gc
import hashlib
import importlib
import json
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from coverage import CoverageData

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"]
LIBRARIES = ("pytest", "hypothesis", "yaml", "typer", "rich.console", "clingo", "networkx", "numpy", "openpyxl")
_ALONE = "without a mutant "
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

    def leave_out(self, tests: set[str]) -> None:
        """Ask these of nothing."""
        for lines in self._lines.values():
            for some in lines.values():
                some -= tests

    def tests(self, module: str, line: int, source: str) -> list[str]:
        """The tests that run *line* of *module* (its path), in the order in which to ask them."""
        lines = self._lines[module]
        inside = [node for node in ast.walk(ast.parse(source)) if _holds(node, line)]
        asked: set[str] = set()
        if _in_function(source, line):
            first = max(node.lineno for node in inside if isinstance(node, ast.stmt))
            asked = next((found for at in range(line, first - 1, -1) if (found := lines.get(at))), set())
        asked = asked or set().union(*lines.values())
        ranked = sorted(asked, key=lambda test: (self.seconds[test] * _far(test, module), test))
        met: Counter[str] = Counter()
        early, late = [], []
        for test in ranked:
            met[test.split("[")[0]] += 1
            (early if met[test.split("[")[0]] <= FEW else late).append(test)
        return early + late


def _far(test: str, module: str) -> float:
    """How much later *test* is asked than its time alone says; the tests mirror the house."""
    path = module.removeprefix("her2cli/").removesuffix(".py").removesuffix("/__init__").split("/")
    room, file = path[0], path[-1]
    own, name = test.startswith(f"tests/{room}/"), f"/test_{file.strip('_')}"
    return (0.05 if name in test else 0.3) if own else (0.1 if name in test else 1)


def forget(room: str) -> None:
    """Empty every cache of her2 that a change in *room* may reach: what is below `loading` knows no room."""
    below = ("her2cli.model", "her2cli.expression", *(["her2cli.loading"] if room != "loading" else []))
    for name, module in list(sys.modules.items()):
        if name.startswith("her2cli") and not name.startswith(below):
            for each in list(vars(module).values()):
                if hasattr(each, "cache_clear"):
                    each.cache_clear()


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


class Collected:
    """A plugin for pytest: instead of running what was collected it does *work*, which may ask some of it in forks."""

    def __init__(self, copy: Path, work: Callable[[Collected], None]) -> None:
        self.copy, self.work = copy, work

    def pytest_runtestloop(self, session: Any) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        for path in sorted((self.copy / "her2cli").rglob("*.py")):  # what is first read in a fork is not among them
            importlib.import_module(
                ".".join(path.relative_to(self.copy).with_suffix("").parts).removesuffix(".__init__")
            )
        self.functions = functions_of(self.copy)
        gc.freeze()  # a fork need not copy what is there already
        self.work(self)
        return True

    def read_shipped_files(self) -> None:
        """Have the shipped files, which a session's fixture keeps, read here once and not in each fork."""
        from _pytest.runner import runtestprotocol

        first, *_, last = self.items.values()  # of two folders: only what all tests have in common is kept
        runtestprotocol(first, log=False, nextitem=last)
        loading = importlib.import_module("her2cli.loading")
        for name in ("her2", "erbb"):
            loading.load(name)

    def run(self, place: Path, source: str, tests: list[str], seconds: float) -> tuple[str, list[str]]:
        """How *tests* end where the functions of the module at *place* have the code of *source*."""

        def asked() -> list[str]:
            from _pytest.runner import runtestprotocol

            change(place, source, self.functions)
            forget(place.relative_to(self.copy / "her2cli").parts[0])
            items = [self.items[test] for test in tests if test in self.items]
            for item, following in zip(items, [*items[1:], None], strict=False):
                if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                    return [item.nodeid]
            return []

        failed = in_fork(asked, seconds)
        return (failed, []) if isinstance(failed, str) else ("killed" if failed else "survived", failed)


def functions_of(copy: Path) -> dict[str, list[FunctionType]]:
    """The functions of each file of her2 in *copy*, those inside of others too where they are kept."""
    found: dict[str, list[FunctionType]] = defaultdict(list)
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(str(copy / "her2cli")):
            found[each.__code__.co_filename].append(each)
    return found


def change(place: Path, source: str, functions: dict[str, list[FunctionType]]) -> None:
    """Give each function of the module at *place* the code that it has in *source*."""
    made: dict[tuple[str, int], CodeType] = {}
    left = [compile(source, str(place), "exec", dont_inherit=True)]
    while left:
        code = left.pop()
        made[code.co_qualname, code.co_firstlineno] = code
        left += [each for each in code.co_consts if isinstance(each, CodeType)]
    for each in functions[str(place)]:
        each.__code__ = made[each.__code__.co_qualname, each.__code__.co_firstlineno]


def in_fork(work: Callable[[], Any], seconds: float) -> Any:
    """What *work* gives in a process of its own, "too slow" (it took more *seconds* of processor time) or "crash"."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()  # what a test starts ends with it
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 3))
        try:
            os.write(told, json.dumps(work()).encode())
        except BaseException as error:  # what pytest lets pass, or a fault of this tool
            os.write(told, json.dumps(f"crash: {error!r}").encode())
        os._exit(0)
    os.close(told)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    if seconds < 10**5:
        signal.alarm(int(8 * seconds) + 60)  # a test that waits for ever takes no processor time
    with os.fdopen(heard, "rb") as stream:
        ended = os.waitpid(child, 0)[1]
        signal.alarm(0)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
        if ended == 0:
            return json.loads(stream.read())
    slow = os.WIFSIGNALED(ended) and os.WTERMSIG(ended) in (signal.SIGXCPU, signal.SIGKILL)
    return "too slow" if slow else "crash"


def session(copy: Path, plugin: object, *words: str) -> int:
    """A session of pytest in *copy*, in this process, which has read nothing of her2 yet."""
    os.chdir(copy)
    sys.path.insert(0, str(copy))
    os.environ["PYTHONPATH"] = str(copy)
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    import pytest

    options = ["-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=--import-mode=importlib"]
    return int(pytest.main([*options, *words], plugins=[plugin]))


def fresh(copy: Path, tests: list[str], seconds: float, *, first: bool = True) -> tuple[str, list[str]]:
    """How *tests* end in *copy* in a session of their own; with *first* it ends with the first that fails."""

    def asked() -> tuple[int, list[str]]:
        files = list(dict.fromkeys(test.split("::")[0] for test in tests))
        plugin = Asked(tests)
        code = session(copy, plugin, *(["-x"] if first else []), *files)
        return code, plugin.failed

    found = in_fork(asked, seconds)
    return (found, []) if isinstance(found, str) else ("survived" if found[0] in (0, 5) else "killed", found[1])


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One change: its name, the module (in the project), both texts, the line, and the tests to ask of it."""

    name: str
    room: str
    module: Path
    before: str
    after: str
    line: int
    tests: list[str]
    of: int
    seconds: float

    @property
    def within(self) -> bool:
        """Whether it is a change of what a function does."""
        compiled = re.search(r"^\s*(import|from) (numba|llvmlite)", self.before, re.MULTILINE)
        return compiled is None and _in_function(self.before, self.line)

    def tried(self, copy: Path, run: Callable[[Path], tuple[str, list[str]]]) -> dict[str, Any]:
        """Its result by *run*, while it stands in *copy*."""
        place = copy / self.module.relative_to(ROOT)
        was = place.stat()
        ended, failed = "survived", []
        if self.tests:
            try:
                place.write_text(self.after, encoding="utf-8")
                os.utime(place, (was.st_atime, was.st_mtime + 1000))  # no compiled form is that of this text
                ended, failed = run(place)
            finally:
                place.write_text(self.before, encoding="utf-8")
                os.utime(place, (was.st_atime, was.st_mtime))
        diff = difflib.unified_diff(self.before.splitlines(), self.after.splitlines(), lineterm="", n=1)
        told = {"id": self.name, "room": self.room, "ended": ended, "by": failed, "line": self.line}
        return told | {"asked": len(self.tests), "of": self.of, "diff": list(diff)[2:]}


def mutant(covering: Covering, room: str, module: Path, operator: str, at: int, limit: float) -> Mutant | None:
    """One of the sample; None if the change is none."""
    before = module.read_text(encoding="utf-8")
    after = mutate_code(before, get_operator(operator)(), at)
    if after is None or after == before:
        return None
    lines = after.splitlines()
    pairs = zip(before.splitlines(), lines, strict=False)
    line = next(number for number, (old, new) in enumerate(pairs, 1) if old != new)
    lines[line:line] = [""] * (len(before.splitlines()) - len(lines))  # what is further down stands where it stood
    after = "\n".join([*lines, ""])
    every = covering.tests(module.relative_to(ROOT).as_posix(), line, before)
    chosen: list[str] = []
    needed = 0.0
    for test in every:
        if needed > limit:
            break
        chosen.append(test)
        needed += covering.seconds[test]
    return Mutant(
        name=_name(room, module, operator, at),
        room=room,
        module=module,
        before=before,
        after=after,
        line=line,
        tests=chosen,
        of=len(every),
        seconds=needed + limit,
    )


def _name(_: str, module: Path, operator: str, at: int) -> str:
    text = hashlib.sha256(module.read_bytes()).hexdigest()[:12]
    return f"{module.relative_to(ROOT)} {text} {operator.removeprefix('core/')} {at}"


def _in_function(source: str, line: int) -> bool:
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return any(node.body[0].lineno <= line <= (node.end_lineno or line) for node in functions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("covering", type=Path)
    parser.add_argument("--mutants", type=int, default=416)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", action="append", choices=sorted(SETTINGS["rooms"]))
    parser.add_argument("--limit", type=float, default=20)
    parser.add_argument("--again", action="store_true", help="ask the survivors again: claims were written")
    asked = parser.parse_args()
    covering = Covering(asked.covering)
    results = (asked.covering / "results.jsonl").resolve()
    results.touch()
    drawn = {_name(*one): one for one in sample(asked.room or SETTINGS["rooms"], asked.mutants, asked.seed)}
    known = _known(results)
    alone = {name.removeprefix(_ALONE) for name in known if name.startswith(_ALONE)}
    covering.leave_out(alone)
    anew = {name for name, each in known.items() if alone & {*each["by"]} and name in drawn}
    anew |= {name for name, each in known.items() if asked.again and each["ended"] == "survived"}
    done = known.keys() - anew
    left = [one for name, one in drawn.items() if name not in done]
    for library in LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(library)

    def note(result: dict[str, Any]) -> None:
        with results.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(result) + "\n")

    with tempfile.TemporaryDirectory() as folder:
        copy = _copied(Path(folder))

        def inside(collected: Collected) -> None:
            read = False
            for one in sorted(left, key=lambda one: one[0] != "loading"):
                if one[0] != "loading" and not read:
                    read = True
                    collected.read_shipped_files()
                each = mutant(covering, *one, asked.limit)
                if each is None:
                    note({"id": _name(*one), "room": one[0], "ended": "none", "by": []})
                elif each.within:
                    note(each.tried(copy, lambda place, m=each: collected.run(place, m.after, m.tests, m.seconds)))
            place = copy / "her2cli" / "graph.py"
            killers = _killers(results, drawn)
            while killers and (failed := collected.run(place, place.read_text("utf-8"), killers, 10**4)[1]):
                note({"id": _ALONE + failed[0], "ended": "none", "by": failed})
                killers = killers[killers.index(failed[0]) + 1 :]

        files = sorted({test.split("::")[0] for test in covering.seconds})
        in_fork(lambda: session(copy, Collected(copy, inside), *files), 10**6)
        for one in left:
            each = mutant(covering, *one, asked.limit)
            if each and not each.within:
                note(each.tried(copy, lambda _, m=each: fresh(copy, m.tests, m.seconds)))
        killers = _killers(results, drawn)
        for test in fresh(copy, killers, 10**4, first=False)[1] if killers else ():
            note({"id": _ALONE + test, "ended": "none", "by": [test]})
    known = _known(results)
    failing = {name.removeprefix(_ALONE) for name in known if name.startswith(_ALONE)}
    found = [known[name] for name in drawn if name in known and known[name]["ended"] != "none"]
    _report([each | {"ended": "invalid"} if failing & set(each["by"]) else each for each in found])


def _known(results: Path) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in map(json.loads, results.read_text(encoding="utf-8").splitlines())}


def _killers(results: Path, drawn: Iterable[str]) -> list[str]:
    """The tests that killed a mutant: each has to pass without one, in a fork of the session and in one of its own."""
    known = _known(results)
    return sorted({test for name in drawn if name in known for test in known[name]["by"] if "::" in test})


def _copied(folder: Path) -> Path:
    """A copy of the project with `../shared` beside it."""
    copy = folder / "her2"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".hypothesis", "site", "dist"))
    if (shared := ROOT.parent / "shared").is_dir():
        (folder / "shared").symlink_to(shared)
    return copy


def _report(found: list[dict[str, Any]]) -> None:
    counts = Counter((each["room"], each["ended"].split(":")[0]) for each in found)
    for each in found:
        if each["ended"] in ("survived", "invalid"):
            print(f"{each['id']}: {each['ended']}, line {each['line']}, {each['asked']} of {each['of']} tests asked")
            print("\n".join(each["diff"]))
    ends = ("killed", "too slow", "crash", "survived", "invalid")
    print(f"{'room':10}" + "".join(f"{each:>10}" for each in ends))
    for room in SETTINGS["rooms"]:
        print(f"{room:10}" + "".join(f"{counts[room, each]:10}" for each in ends))
    tried = len(found)
    dead = sum(1 for each in found if each["ended"] not in ("survived", "invalid"))
    print(f"{dead} of {tried} killed" + (f", {dead / tried:.0%}" if tried else ""))


if __name__ == "__main__":
    main()
