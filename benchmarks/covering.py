"""A plugin for pytest: which tests run which lines, and what each takes. `mutants.py` chooses a mutant's tests by it.

    python -m pytest --junitxml times.xml
    PYTHONPATH=benchmarks COVERING=folder TIMES=times.xml python -m pytest -p covering

Each process writes into the folder: `lines.*` (coverage's own data) and `tests.*.json`. A line's contexts are the
tests that run it, and the fixtures of files and sessions, which run for several tests; of each test that passed there
is its processor time in seconds, that of processes that it started too, and which such fixtures it uses. What her2
keeps is forgotten before each file of tests, so that a line is not only that of the first file that needs it (before
each test would take twice as long). A test that took longer than LONGEST in TIMES is left out: for asking hundreds of
mutants it is too slow.
"""

from __future__ import annotations

import json
import os
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

FOLDER = Path(os.environ["COVERING"])
LONGEST = float(os.environ.get("LONGEST", "1.5"))
seen = coverage.Coverage(data_file=FOLDER / "lines", data_suffix=True, source_pkgs=["her2cli"], config_file=False)
tests: dict[str, tuple[float, list[str]]] = {}
passed: set[str] = set()
last: list[str] = [""]  # the file of tests that ran last


def pytest_configure(config: pytest.Config) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    seen.start()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "TIMES" in os.environ:
        cases = ElementTree.parse(os.environ["TIMES"]).iter("testcase")
        slow = {(c.get("classname"), c.get("name")) for c in cases if float(c.get("time", 0)) > LONGEST}
        items[:] = [item for item in items if (_dotted(item), item.name) not in slow]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Function) -> Iterator[None]:
    file = item.nodeid.split("::")[0]
    if file != last[0]:
        _forget()
        last[0] = file
    seen.switch_context(item.nodeid)
    start = sum(os.times()[:4])
    try:
        return (yield)
    finally:
        fixtures = [each[-1] for each in item._fixtureinfo.name2fixturedefs.values() if each]
        if item.nodeid in passed:
            shared = [_name(each) for each in fixtures if each.scope != "function"]
            tests[item.nodeid] = (round(sum(os.times()[:4]) - start, 2), shared)
        seen.switch_context("")


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> Iterator[Any]:
    if fixturedef.scope == "function":
        return (yield)
    before = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
    seen.switch_context(_name(fixturedef))
    try:
        return (yield)
    finally:
        seen.switch_context(before)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        passed.add(report.nodeid)


def pytest_unconfigure(config: pytest.Config) -> None:
    seen.stop()
    seen.save()
    (FOLDER / f"tests.{os.getpid()}.json").write_text(json.dumps(tests), encoding="utf-8")


def _name(fixture: pytest.FixtureDef[Any]) -> str:
    return f"fixture {fixture.argname} of {fixture.baseid}"


def _dotted(item: pytest.Item) -> str:
    return item.nodeid.split("::")[0].removesuffix(".py").replace("/", ".")


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("her2cli"):
            for each in list(vars(module).values()):
                if hasattr(each, "cache_clear"):
                    each.cache_clear()
