"""Fixtures that several test files share."""

# ruff: noqa: E402  what comes before her2 is imported has to
from __future__ import annotations

import ast
import atexit
import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Processes that tests start, and the next run, read bytecode: collecting takes 2 s a process then, and 7 without.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# In a fresh tree the first worker of pytest-xdist writes it, and the others wait for that until they collect.
_turn = None
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["HER2_FRESH"] = "" if (Path(__file__).parent / "cli" / "__pycache__").is_dir() else "yes"
elif os.environ.get("HER2_FRESH") and os.name != "nt":
    import fcntl

    _turn = os.open(__file__, os.O_RDONLY)
    fcntl.flock(_turn, fcntl.LOCK_EX if os.environ["PYTEST_XDIST_WORKER"] == "gw0" else fcntl.LOCK_SH)

import pytest
from hypothesis import settings

from her2cli.loading.entries import File
from her2cli.loading.folder import Folder
from her2cli.loading.library import Library
from her2cli.logic import lanes
from her2cli.logic.lanes import shared as shared_clock
from her2cli.logic.network import BooleanNetwork, from_rules, settled
from her2cli.logic.network.phases import Phase
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.questions.sweeps import CELLS, EVERY, swept
from her2cli.logic.runs import stochastic
from her2cli.model import Pathway, Scenario

if TYPE_CHECKING:
    from her2cli.logic.network.scenario import Prepared

settings.register_profile("her2", deadline=None, max_examples=30)  # a slow machine is no failure
settings.register_profile("thorough", deadline=None, max_examples=1000)  # pytest --hypothesis-profile thorough
settings.load_profile("her2")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
HAS_NUMBA = lanes.has_numba()
_tallies = shared_clock.tallies


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of models and answers that are not licensed to ship; a test that needs it skips without it."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not part of the project")
    return SHARED


@pytest.fixture(scope="session")
def tree() -> Callable[[Path], ast.Module]:
    """A function: what a file of the package says, as Python reads it; each is parsed once."""
    return cache(lambda path: ast.parse(path.read_text("utf-8")))


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """A function that runs a command in this process, uncoloured and 80 wide: its exit code, stdout and stderr."""
    from her2cli.cli.app import run

    monkeypatch.setenv("COLUMNS", "80")
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def say(*words: str) -> tuple[int, str, str]:
        code = run(words)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return say


@pytest.fixture(scope="session", autouse=True)
def _shipped_files_are_read_once() -> Iterator[None]:
    """A session reads each shipped file once. Whoever asks gets a file of his own, with the same entries in it."""
    library = import_module("her2cli.loading.library")
    listed, read, kept, ours = library._yaml_below, Library.shipped_file, {}, str(ROOT / "pathways")
    names = [*listed(Folder(ours))]

    def shipped_file(shelves: Library, name: str) -> File:
        if name not in shelves.read:
            if str(shelves.shipped) != ours:
                return read(shelves, name)
            if name not in kept:
                kept[name] = read(shelves, name)
            file = kept[name]
            shelves.read[name] = replace(file, problems=list(file.problems), broken=set(file.broken))
        return shelves.read[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Library, "shipped_file", shipped_file)
        patch.setattr(library, "_yaml_below", lambda folder: names if str(folder) == ours else listed(folder))
        yield


@pytest.fixture(scope="module")
def drawn_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For files that look at answers and not at how they come about: a session works the same one out once.

    What is asked is told by the shipped pathway, which they then share, the scenario, the sampling and the engine.
    A tumour settles once, whatever treats it then, and lanes run under Numba: to the bit the same (tests of logic).
    """
    from her2cli import loading
    from her2cli.logic.network.scenario import prepare
    from her2cli.logic.questions import semantics, settling, shares, sweeps

    assemble, cells_of = loading._assemble, semantics.cells_of

    def assembled(file: File, shelves: Library) -> Pathway:
        if shelves.user or shelves.with_places or str(shelves.shipped) != str(ROOT / "pathways"):
            return assemble(file, shelves)
        if not any(file is each for each in shelves.read.values()):  # a file of the user's
            return assemble(file, shelves)
        if file.name not in _assembled:
            _assembled[file.name] = assemble(file, shelves)
        return _assembled[file.name]

    def prepared(pathway: Pathway, scenario: Scenario) -> Prepared:
        found = prepare(pathway, scenario)
        vars(found)["of"] = pathway
        return found

    def cells(case: Prepared, *, sampling: Sampling) -> Any:
        def drawn(pathway: Pathway, scenario: Scenario) -> Any:
            return cells_of(case, sampling=sampling)

        return once(drawn, sampling)(vars(case)["of"], replace(case.scenario, name=""))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "_assemble", assembled)
        patch.setattr(shares, "prepare", prepared)
        patch.setattr(shares, "cells_of", cells)
        patch.setattr(stochastic, "follow", _settled_before(_of_all_workers(tmp_path_factory) / "settled"))
        for module in (sweeps, settling):
            patch.setattr(module, "swept", _swept_before)
        if HAS_NUMBA:
            patch.setattr(shared_clock, "tallies", _tallies_of_numba)
        for module, name in ANSWERS:
            there = import_module(f"her2cli.{module}")
            patch.setattr(there, name, once(getattr(there, name)))
        yield


def once(question: Callable[..., Any], *known: object) -> Callable[..., Any]:
    """*question*, which answers once where it is asked the same of a shipped pathway; and of what else is *known*."""

    def answered(pathway: Pathway, *asked: Any, **named: Any) -> Any:
        given = [tuple(each) if isinstance(each, list | Iterator) else each for each in asked]
        if _assembled.get(f"pathways/{pathway.name}.yaml") is not pathway:
            return question(pathway, *given, **named)
        more = {name: each for name, each in sorted(named.items()) if name not in ("told", "progress")}
        key = question.__name__, pathway.name, lanes.has_numba(), *known, *given, repr(more)
        if key not in _answers:
            _answers[key] = question(pathway, *given, **named)
        return _answers[key]

    return answered


def _of_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the workers of pytest-xdist share, in this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _settled_before(folder: Path) -> Callable[..., Any]:
    """`follow`, for which tumours settle once, by Python's engine: all workers find them as a wheel has the default."""
    from her2cli.logic.questions import settling, shares

    follow, large = stochastic.follow, 1000  # many cells settle under Numba, each with numbers of its own

    def followed(phases: Sequence[Phase], *, sampling: Sampling = Sampling(), **named: Any) -> Any:
        own = folder / f"{sampling.replicates}-{sampling.seed}"

        def known(network: BooleanNetwork) -> settled.SettledCells | None:
            name = settled._name(settled._told(network))
            if not (own / name).exists():
                now = settling._settled(network, sampling)
                own.mkdir(parents=True, exist_ok=True)
                half = own / f"{name}.{os.getpid()}"
                half.write_text(settled.written(network, now, CELLS)[1], encoding="utf-8")
                half.replace(own / name)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(settled, "FOLDER", str(own))
                read: Callable[[BooleanNetwork], settled.SettledCells | None] = vars(settled.settled)["__wrapped__"]
                return read(network)

        with pytest.MonkeyPatch.context() as patch:
            if sampling.replicates <= large and phases[0].times == (shares.SETTLED,):
                patch.setattr(stochastic, "settled", known)
            return follow(phases, sampling=sampling, **named)

    return followed


def _swept_before(network: BooleanNetwork) -> dict[str, int]:
    told = settled._told(network)
    if told not in _sweeps:
        _sweeps[told] = swept(network)
    return {name: _sweeps[told].get(name, EVERY * network.initial[name]) for name in network.species}


def _tallies_by_default(*asked: Any, sampling: Sampling, **named: Any) -> Any:
    """Python's where a test asks for it by name, for it may be what the test is about."""
    tallies = _tallies if sampling.engine == "python" else _tallies_of_numba
    return tallies(*asked, sampling=sampling, **named)


def _tallies_of_numba(*asked: Any, sampling: Sampling, **named: Any) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lanes, "has_numba", lambda: True)
        lanes.need_numba()
    from her2cli.logic.lanes import machine_words

    return machine_words.tallies(*asked, sampling=sampling, **named)


ANSWERS = (
    ("loading", "pathway_hash"),
    ("logic.questions.responses", "respond"),
    ("logic.questions.reasons", "explain_scenario"),
    ("render.placing", "placed"),
    ("studies.matrix", "matrix"),
    ("studies.combine", "combine"),
    ("studies.resist", "resist"),
    ("studies.screen", "batches"),
)
_assembled: dict[str, Pathway] = {}  # a session's shipped pathways, and what was worked out of them
_answers: dict[object, Any] = {}
_sweeps: dict[str, Mapping[str, int]] = {}


@pytest.fixture(scope="module")
def quick_lanes() -> Iterator[None]:
    """For files of many small screens: their lanes run under Numba, which comes to the same bit (tests of logic)."""
    with pytest.MonkeyPatch.context() as patch:
        if HAS_NUMBA:
            patch.setattr(shared_clock, "tallies", _tallies_by_default)
        yield


@pytest.fixture
def few_cells(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty cells where a line asks for no number, which is enough for what an answer looks like; or a file's own."""
    from her2cli.cli import _cells, _options

    for kind in (_options.CellOptions, _cells.FewerCells, _cells.MoreCells):
        monkeypatch.setattr(kind, "usual", getattr(request.module, "CELLS_ENOUGH", 40))


@pytest.fixture(scope="session", autouse=True)
def _kernels_are_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Numba compiles, 6 s, in the first worker of pytest-xdist that needs it; the others wait and read its cache."""
    try:
        import fcntl
    except ImportError:  # Windows
        fcntl = None
    need, ready = lanes.need_numba, fcntl is None or "PYTEST_XDIST_WORKER" not in os.environ

    def need_numba() -> None:
        nonlocal ready
        need()
        if not ready:
            ready = True
            with (tmp_path_factory.getbasetemp().parent / "numba.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                network, few = from_rules({"a": "b"}), Sampling(replicates=2, engine="numba")
                stochastic.probabilities(network, times=[1.0], sampling=few)
                stochastic.screen(network, [{}, {}], times=[1.0], sampling=few)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lanes, "need_numba", need_numba)
        yield


@pytest.hookimpl(optionalhook=True)  # pytest-xdist may not be there
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """`pytest -n auto` keeps the tests of a file together, so that what they share is worked out in one worker."""
    from xdist.scheduler import LoadFileScheduling

    return LoadFileScheduling(config, log) if config.getoption("dist") == "load" else None


def pytest_sessionstart(session: pytest.Session) -> None:
    """A worker of pytest-xdist tells how a test went, and little else: of six messages for each test the controller,
    which reads them in Python, needs two. And what a worker has made goes with it, without being taken apart.
    """
    config = session.config
    if not hasattr(config, "workerinput"):
        return
    atexit.register(os._exit, 0)
    worker = next(each for each in config.pluginmanager.get_plugins() if type(each).__name__ == "WorkerInteractor")
    send = worker.sendevent

    def sendevent(name: str, **told: Any) -> None:
        if name == "testreport":
            report = told["data"]
            report["keywords"] = {}
            short = report["outcome"] == "passed" and report["duration"] < 0.01 and not report["sections"]
            if short and report["when"] != "call":
                return
        if name not in ("logstart", "logfinish"):
            send(name, **told)

    if config.option.verbose <= 0 and not config.option.xmlpath:
        worker.sendevent = sendevent


gc.disable()  # one second in twenty went into looking for cycles, which take half a gigabyte in a whole run


def pytest_collection_finish() -> None:
    if _turn is not None:
        os.close(_turn)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Nor are they looked for in the end, where pytest would five times."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow; benchmarks/slow.py makes the list. `pytest -m "not slow"` leaves it out."""
    slow = set((ROOT / "tests" / "slow.txt").read_text("utf-8").split())
    for item in items:
        if item.nodeid.split("[")[0] in slow:
            item.add_marker("slow")
