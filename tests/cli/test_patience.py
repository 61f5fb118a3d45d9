"""Four semantics, of which one may take hours: the others answer, and who waits hears that they do."""

from __future__ import annotations

import json
import time

import pytest

from her2cli.cli import _stoppable
from her2cli.logic.questions import semantics
from her2cli.logic.questions.semantics import Verdict

ASKED = {
    "simulate": ("simulate", "-p", "article", "-d", "lapatinib", "--semantics", "all"),
    "compare": ("compare", "-p", "article", "untreated", "lapatinib", "--semantics", "all"),
    "explain": ("explain", "AKT", "-p", "article", "-d", "lapatinib", "--semantics", "all"),
}


def never(*given):
    time.sleep(600)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_stoppable, "PATIENCE", 0.3)
    monkeypatch.setattr(semantics, "_reached", never)


@pytest.mark.parametrize("command", ASKED)
def test_where_one_of_four_semantics_takes_too_long_the_others_answer(said, impatient, command):
    begin = time.monotonic()
    code, out, _ = said(*ASKED[command])
    assert code == 0
    assert time.monotonic() - begin < 60
    assert "unknown" in out


def test_what_took_too_long_is_said_with_what_to_do_and_is_null_for_a_script(said, impatient):
    told = " ".join(said(*ASKED["simulate"])[1].split())
    assert "asynchronous: not found within 0.3 s; her2 attractors --only attractors looks for longer" in told
    data = json.loads(said(*ASKED["simulate"], "--json")[1])
    assert data["attractors"]["asynchronous"] is None
    for each in data["readouts"].values():
        assert each["asynchronous"] is None
        assert each["most_permissive"] is not None
        assert each["agree"] is not True


@pytest.mark.parametrize(
    ("asynchronous", "permissive", "agree"),
    [(None, (1,), None), (None, (0,), False), ((1,), (1,), True), ((1,), None, None), (None, None, None)],
)
def test_what_is_not_known_neither_agrees_nor_contradicts(asynchronous, permissive, agree):
    found = Verdict(
        species="A",
        synchronous=1.0,
        stochastic=0.9,
        asynchronous=asynchronous,
        most_permissive=permissive,
        reachable=None,
    )
    assert found.agree is agree
