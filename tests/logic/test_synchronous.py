"""Synchronous runs, against enumeration by hand and the answers of independent engines."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.errors import LimitError
from her2cli.expression import Const
from her2cli.logic.network import BooleanNetwork, from_rules
from her2cli.logic.runs import synchronous
from her2cli.logic.runs.synchronous import fates, packed, settle, shares_of_time, unpacked

NAMES = "ABCDE"


@st.composite
def networks(draw: st.DrawFn) -> tuple[BooleanNetwork, dict[str, dict[tuple[int, ...], int]]]:
    """A random network of up to five species by truth tables, and the tables."""
    names = NAMES[: draw(st.integers(1, 5))]
    rules, tables = {}, {}
    for name in names:
        sources = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
        values = draw(st.lists(st.integers(0, 1), min_size=2 ** len(sources), max_size=2 ** len(sources)))
        rows = {tuple(j >> i & 1 for i in range(len(sources))): value for j, value in enumerate(values)}
        minterms = [
            " and ".join(["1", *(s if on else f"not {s}" for s, on in zip(sources, row, strict=True))])
            for row, value in rows.items()
            if value
        ]
        rules[name] = " or ".join(f"({m})" for m in minterms) or "0"
        tables[name] = {"sources": sources, "rows": rows}
    slow = draw(st.sets(st.sampled_from(names)))
    initial = {name: draw(st.integers(0, 1)) for name in names}
    return from_rules(rules, slow=slow, initial=initial), tables


def looked_up(tables, state):
    """The synchronous image of *state*, read from the tables."""
    return {n: t["rows"][tuple(state[s] for s in t["sources"])] for n, t in tables.items()}


@given(networks())
def test_a_run_visits_the_states_that_the_truth_tables_give(drawn):
    network, tables = drawn
    state = dict(network.initial)
    seen = [state]
    while (state := looked_up(tables, state)) not in seen:
        seen.append(state)
    run = settle(replace(network, slow=frozenset()), network.initial)
    assert [unpacked(network, key) for key in run.states] == seen
    assert run.entry == seen.index(state)
    assert set(run.cycle) == {packed(network, s) for s in seen[seen.index(state) :]}


def settled_by_hand(tables, state, fast, slow):
    """Priority classes written down plainly: the set of states of the final cycle."""
    rounds, path = {}, [state]
    while True:
        if str(path[-1]) in rounds:
            return path[rounds[str(path[-1])] : -1]
        rounds[str(path[-1])] = len(path) - 1
        run = [path[-1]]
        while True:
            image = looked_up(tables, run[-1])
            following = {n: image[n] if n in fast else run[-1][n] for n in image}
            if following in run:
                break
            run.append(following)
        cycle = run[run.index(following) :]
        moved = dict(cycle[0])
        for name in slow:
            values = {looked_up(tables, s)[name] for s in cycle}
            if len(values) == 1:
                moved[name] = values.pop()
        if moved == cycle[0]:
            return cycle
        path += [*run[1 : run.index(following) + len(cycle)], *([cycle[0]] if len(cycle) > 1 else []), moved]


@given(networks())
def test_fast_species_settle_before_slow_ones_move(drawn):
    network, tables = drawn
    fast = set(network.species) - network.slow
    settled = settle(network, network.initial)
    by_hand = settled_by_hand(tables, dict(network.initial), fast, network.slow)
    assert {packed(network, s) for s in by_hand} == set(settled.cycle)
    assert settled.states[0] == packed(network, network.initial)


def fast_run(tables, state, fast):
    """The states from *state* on while slow species stay, and which of them the cycle begins with."""
    run = [state]
    while True:
        image = looked_up(tables, run[-1])
        following = {n: image[n] if n in fast else run[-1][n] for n in image}
        if following in run:
            return run, run.index(following)
        run.append(following)


@given(networks())
def test_of_a_cycle_that_slow_species_drive_only_what_fast_ones_come_to_lasts(drawn):
    network, tables = drawn
    fast = set(network.species) - network.slow
    settled = settle(network, network.initial)
    ends = []
    for state in (unpacked(network, key) for key in settled.cycle):
        run, entry = fast_run(tables, state, fast)
        ends.append({packed(network, each) for each in run[entry:]})
    assert all(set(part) in ends for part in settled.lasting)
    assert {key for part in settled.lasting for key in part} == set().union(*ends)
    assert settled.moments[0] == settled.end == settled.states[settled.entry]
    assert settled.end in settled.lasting[0]


@given(networks())
def test_a_run_from_any_moment_of_a_cycle_stays_in_that_cycle(drawn):
    network, _ = drawn
    settled = settle(network, network.initial)
    for moment in settled.moments:
        again = settle(network, unpacked(network, moment))
        assert set(again.cycle) == set(settled.cycle)
        assert shares_of_time(network, [again.lasting]) == shares_of_time(network, [settled.lasting])


@given(networks(), st.randoms())
def test_runs_that_are_followed_together_end_where_each_does_alone(drawn, random):
    network, _ = drawn
    states = [unpacked(network, key) for key in range(2 ** len(network.species))]
    random.shuffle(states)
    for state, (early, late) in zip(states, fates(network, states), strict=True):
        first = settle(network, state, frozen_slow=True)
        assert set(early[0]) == set(first.cycle)
        assert sorted(map(sorted, late)) == sorted(map(sorted, settle(network, state).lasting))


def test_each_part_of_a_cycle_lasts_as_long_as_any_other():
    """T (slow) -| T; while T is on, A turns in a cycle of two states, and B rests; while it is off, both rest."""
    network = from_rules({"T": "not T", "A": "T and not A", "B": "not T"}, slow=["T"])
    settled = settle(network, network.initial)
    assert sorted(map(len, settled.lasting)) == [1, 2]
    assert shares_of_time(network, [settled.lasting]) == {"T": 0.5, "A": 0.25, "B": 0.5}
    assert len(settled.moments) == 2


def test_many_runs_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(synchronous, "ALL_LIMIT", 16)  # twice around a cycle of four states, from each
    network = from_rules({"A": "not B", "B": "A", "I": "I"})
    starts = [{"A": 0, "B": 0, "I": 0}, {"A": 1, "B": 0, "I": 0}]
    assert len(fates(network, starts)) == 2
    with pytest.raises(LimitError, match="from all moments of the untreated cycle pass more than 16"):
        fates(network, [*starts, {"A": 0, "B": 0, "I": 1}])


@given(networks())
def test_frozen_slow_species_keep_their_value(drawn):
    network, _ = drawn
    for key in settle(network, network.initial, frozen_slow=True).states:
        state = unpacked(network, key)
        assert all(state[name] == network.initial[name] for name in network.slow)


def test_a_rebound_comes_after_the_fall():
    """DRUG -| K -> S -> T(slow) -| R -> K2 -> S: the slow repressor T keeps R off until it has decayed."""
    network = from_rules(
        {"K": "not DRUG", "S": "K or R", "T": "K", "R": "not T"},
        initial={"DRUG": 1, "K": 1, "S": 1, "T": 1, "R": 0},
        slow=["T"],
    )
    early = unpacked(network, settle(network, network.initial, frozen_slow=True).end)
    late = unpacked(network, settle(network, network.initial).end)
    assert (early["S"], late["S"]) == (0, 1)


def test_a_negative_loop_is_read_out_as_its_average():
    network = from_rules({"A": "not B", "B": "A"})
    settled = settle(network, network.initial)
    assert len(settled.cycle) == 4
    assert shares_of_time(network, [settled.lasting]) == {"A": 0.5, "B": 0.5}


@pytest.mark.parametrize("begin", [0, 1])
def test_a_slow_species_does_not_follow_a_fast_oscillation(begin):
    """Whichever state of the cycle comes first."""
    network = from_rules({"A": "not A", "B": "A", "C": "A or not A"}, initial={"A": begin}, slow=["B", "C"])
    final = unpacked(network, settle(network, network.initial).end)
    assert (final["B"], final["C"]) == (0, 1)


def test_a_run_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(synchronous, "STATE_LIMIT", 10)
    counter = {f"B{i}": f"B{i} and not ({' and '.join(['1', *[f'B{j}' for j in range(i)]])})" for i in range(6)}
    for i in range(6):
        low = " and ".join(["1", *[f"B{j}" for j in range(i)]])
        counter[f"B{i}"] = f"(B{i} and not ({low})) or (not B{i} and {low})"
    network = from_rules(counter)
    with pytest.raises(LimitError, match="more than 10 states"):
        settle(network, network.initial)


def read(path: Path) -> BooleanNetwork:
    lines = [line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
    rules = dict(line.split(",", 1) for line in lines if not line.startswith("targets"))
    return from_rules({name.strip(): rule.strip() for name, rule in rules.items()})


def test_published_networks_run_as_two_other_engines_say(shared):
    models = shared / "interop"
    with open(models / "expected.tsv") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if row["sync0_transient"]]
    assert len(rows) > 60
    known: dict[str, BooleanNetwork] = {}
    for row in rows:
        network = known.get(row["file"]) or known.setdefault(row["file"], read(models / "models" / row["file"]))
        places = [network.species.index(name) for name in sorted(network.species)]
        for start in (0, 1):
            state = dict.fromkeys(network.species, start)
            state |= {name: int(row["input_value"]) for name in network.inputs}
            state |= {name: rule.value for name, rule in network.rules.items() if isinstance(rule, Const)}
            run = settle(network, state)
            bits = sorted("".join(str(key >> place & 1) for place in places) for key in run.cycle)
            digest = hashlib.sha256("".join(line + "\n" for line in bits).encode()).hexdigest()[:16]
            expected = [row[f"sync{start}_{column}"] for column in ("transient", "period", "cycle_sha16")]
            assert [str(run.entry), str(len(run.cycle)), digest] == expected, (row["name"], start)
