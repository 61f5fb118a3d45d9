"""What a command asks several times is worked out once: rules read, cases prepared and followed, trap spaces found."""

from __future__ import annotations

import gc
from collections import Counter
from functools import reduce
from operator import and_, or_
from pathlib import Path
from random import Random
from typing import Any

import pytest

import her2cli
from her2cli import expression, loading
from her2cli.loading import entries
from her2cli.logic.ends import answer_sets
from her2cli.logic.network import pathway_rules, programs, scenario
from her2cli.logic.questions import reasons, simulation
from her2cli.recent import recent

LINES = {
    "simulate": ((), {"drugs": ["lapatinib", "pertuzumab"], "replicates": 2}),
    "explain": (("AKT",), {"drugs": ["lapatinib", "trastuzumab"], "replicates": 2}),
    "compare": ((["lapatinib", "lapatinib+pertuzumab"],), {"alterations": ["PIK3CA_H1047R"], "replicates": 2}),
    "compare of six": (
        (["untreated", "lapatinib", "trastuzumab", "pertuzumab", "neratinib", "tucatinib"],),
        {"alterations": ["RAS_mut"], "replicates": 2},
    ),
    "compare --steps": ((["lapatinib", "pertuzumab"],), {"alterations": ["PIK3CA_H1047R"], "steps": True}),
    "attractors": ((), {"drugs": ["lapatinib", "pertuzumab"]}),
    "resist": ((), {"drugs": ["lapatinib"], "alterations": ["PIK3CA_H1047R"], "replicates": 2}),
    "simulate all": (
        (),
        {"drugs": ["pertuzumab"], "semantics": "all", "replicates": 2},
    ),
}


@pytest.mark.parametrize("line", LINES)
def test_a_command_prepares_no_case_twice(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: Counter[object] = Counter()
    whole = scenario._begin_in

    def counting(pathway: Any, case: Any, given: Any) -> Any:
        prepared[case] += 1
        return whole(pathway, case, given)

    monkeypatch.setattr(scenario, "_begin_in", counting)
    arguments, options = LINES[line]
    her2cli.ask(line.split()[0], *arguments, **{"pathway": "article"} | options)
    assert prepared
    assert max(prepared.values()) == 1, prepared


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What has come to rest, one entry for each time that something was followed."""
    found: list[object] = []
    whole = simulation.settle

    def counting(*arguments: Any, **options: Any) -> Any:
        found.append(arguments)
        return whole(*arguments, **options)

    monkeypatch.setattr(simulation, "settle", counting)
    return found


def test_steps_are_followed_once_for_each_scenario(settled: list[object]) -> None:
    her2cli.ask("compare", ["cetuximab", "pertuzumab"], alterations=["PTEN_loss"], steps=True, pathway="erbb")
    assert len(settled) == 6  # before, early and late of two


def test_kinds_of_cell_are_followed_once_however_many_species_are_asked_about(settled: list[object]) -> None:
    pathway = loading.load("erbb")
    prepared = scenario.prepare(pathway, entries.treated(["ERBB2_amp"], [], ["lapatinib"]))
    kind = reasons.usual_cell(prepared, "PROLIFERATION", 0)
    assert reasons.usual_cell(prepared, "AKT", 1) is None
    assert len(settled) == 3 * reasons.KINDS_TRIED  # before, early and late; the first readout's kind is among them
    for name in ("FOXO3", "PROLIFERATION", "ERK"):
        reasons.usual_cell(prepared, name, 1)
        reasons.explain_scenario(pathway, prepared.scenario, name, cell=kind)
    assert len(settled) == 3 * reasons.KINDS_TRIED


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each rule was read."""
    found: Counter[str] = Counter()
    whole = expression._parsed

    def counting(text: str, *limits: Any) -> Any:
        found[text] += 1
        return whole(text, *limits)

    monkeypatch.setattr(expression, "_read", {})
    monkeypatch.setattr(expression, "_parsed", counting)
    return found


def test_a_rule_is_read_once_from_its_file_to_its_network(read: Counter[str]) -> None:
    species = "".join(f"  S{n}: {{name: s, kind: kinase, location: cytosol}}\n" for n in range(9))
    rules = "".join(f"  S{n}: {{rule: S{n - 1} and not S{(n + 3) % 9}, note: why}}\n" for n in range(1, 9))
    pathway = loading.load_text(f"schema: 1\nname: t\ntitle: t\nspecies:\n{species}rules:\n{rules}")
    pathway_rules(pathway)
    her2cli.ask("attractors", pathway=pathway)
    assert len(read) == 8
    assert set(read.values()) == {1}


def test_a_rule_of_another_format_is_read_once(read: Counter[str], tmp_path: Path) -> None:
    file = tmp_path / "ring.bnet"
    file.write_text("".join(f"S{n}, S{n - 1} & !S{(n + 3) % 30}\n" for n in range(1, 30)) + "S0, S0 | S5\n")
    her2cli.ask("attractors", pathway=str(file))
    assert set(read.values()) == {1}
    assert "S1 and not S5" not in read  # as the file's S1 & !S5 is written, to be read by the network


@pytest.mark.parametrize("text", ["a and (b or not c)", '"a b" or 1', "not not a", "(a & b) | !(c | d)"])
def test_what_was_read_or_written_before_is_the_same_expression(text: str, read: Counter[str]) -> None:
    first = expression.parse(text)
    again = expression.parse(expression.text(first))
    assert expression.parse(text) is first
    expression._read.clear()
    assert again == expression.parse(expression.text(first))  # as it is read when nothing is remembered


def test_trap_spaces_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    whole = answer_sets.rows

    def counting(rules: Any, parts: Any, values: str, *more: Any) -> Any:
        asked[values] += 1
        return whole(rules, parts, values, *more)

    monkeypatch.setattr(answer_sets, "rows", counting)
    her2cli.ask("attractors", pathway="article", drugs=["cetuximab"], inputs="usual")
    assert asked["01*"] == 1


def test_a_question_keeps_its_last_answers_by_what_was_asked() -> None:
    asked = []

    @recent(2)
    def question(first: list[int], more: int = 0, *, other: int = 0) -> int:
        asked.append((more, other))
        return len(first) + more + other

    one, alike = [1], [1]
    assert [question(one), question(one), question(alike), question(one, 2)] == [1, 1, 1, 3]
    assert asked == [(0, 0), (0, 0), (2, 0)]  # another list that is equal is another pathway
    question(one)
    assert len(asked) == 4  # of three, the first is forgotten


def test_a_network_that_follows_another_of_the_same_species_has_its_own_rules() -> None:
    """Of its program only what is another rule is built: each rule is evaluated in 500 states, and read by its own."""
    lanes, draw = (1 << 500) - 1, Random(0)
    rules = dict(pathway_rules(loading.load("erbb")))
    species = (*rules, f"of its own {draw.random()}")  # so that no test before has had them
    for built in range(4):
        own = rules | {species[-1]: expression.parse("AKT or ERK and not SRC" if built % 2 else "ERK and SRC")}
        for name in draw.sample(list(rules), 12 if built else 0):
            own[name] = draw.choice(
                [expression.negation(own[name]), expression.Const(built % 2), expression.Var(name), own["AKT"]]
            )
        made = programs.program(species, own)
        state = {name: draw.getrandbits(500) for name in species}
        values = [state[name] ^ off for name in species for off in (0, lanes)]
        values += [0] * (1 + max(made.nodes) - len(values))
        for number, (kind, operands) in sorted(made.nodes.items()):
            join = and_ if kind == programs.AND else or_
            values[number] = reduce(join, (values[each] for each in operands))
        for place, (name, root) in enumerate(zip(species, made.rules, strict=True)):
            if root is None:
                assert own[name] == expression.Var(name)
                continue
            wanted = expression.evaluate(own[name], state, lanes)
            assert wanted == (lanes * root if isinstance(root, bool) else values[root]), name
            for source in expression.variables(own[name]):
                turned = expression.evaluate(own[name], state | {source: state[source] ^ lanes}, lanes)
                assert turned == wanted or source == name or place in made.dependents[species.index(source)]


def test_a_rule_never_has_the_program_of_one_that_is_gone() -> None:
    """What is thrown away leaves its place in memory to the next."""
    inputs = {name: expression.Var(name) for name in "AB"}
    gc.freeze()  # what was there before is not looked through
    for number in range(20):
        gc.collect(0)  # a rule knows its own parts, itself among them
        kind, node = ((expression.And, programs.AND), (expression.Or, programs.OR))[number % 2]
        made = programs.program(("A", "B", "T"), inputs | {"T": kind(tuple(inputs.values()))})
        assert [each for each, _ in made.nodes.values()] == [node]
