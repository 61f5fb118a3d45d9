"""Which edges carry a signal, and that paths along them come first."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from functools import partial
from itertools import combinations, pairwise, product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

import her2cli
from her2cli import graph
from her2cli.expression import Const, Expression, evaluate, parse, substitute, variables
from her2cli.loading import load_text
from her2cli.logic.network.meaning import effects
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.questions.responses import SEVERAL, respond
from her2cli.logic.questions.shares import shares
from her2cli.logic.questions.signal import _reasons, carrying, carrying_in_cells, kept_from_acting, used
from her2cli.model import Pathway, Scenario

NAMES = ("a", "b", "c", "d")
RULES = st.recursive(
    st.sampled_from(NAMES),
    lambda terms: st.one_of(
        st.tuples(terms, terms).map(lambda pair: f"({pair[0]} and {pair[1]})"),
        st.tuples(terms, terms).map(lambda pair: f"({pair[0]} or {pair[1]})"),
        terms.map(lambda term: f"(not {term})"),
    ),
    max_leaves=6,
)


def smallest_sets(rule: Expression, state: dict[str, int]) -> list[frozenset[str]]:
    """Every set of variables that forces the value of *rule* and of which no part does, by trying all."""
    names = variables(rule)
    value = evaluate(rule, state)
    found: list[frozenset[str]] = []
    for size in range(len(names) + 1):
        for chosen in map(frozenset, combinations(names, size)):
            if any(each <= chosen for each in found):
                continue
            free = [name for name in names if name not in chosen]
            others = (dict(zip(free, bits, strict=True)) for bits in product((0, 1), repeat=len(free)))
            if all(evaluate(rule, state | other) == value for other in others):
                found.append(chosen)
    return found


@given(RULES, st.tuples(*[st.integers(0, 1)] * 4), st.sets(st.sampled_from(NAMES)))
def test_a_reason_is_what_belongs_to_a_smallest_set_that_forces_the_value(text, bits, missing):
    """Compared with all sets; for rules in which no variable both helps and hinders, which all of biology's are.

    What is missing stays off in all of them, and belongs to none.
    """
    rule, state = parse(text), dict(zip(NAMES, bits, strict=True))
    if None in effects(rule).values():
        return
    absent = {name for name in missing if not state[name]}
    without = substitute(rule, dict.fromkeys(absent, Const(0)))
    expected = {name for each in smallest_sets(without, state) for name in each}
    values = {name: frozenset({value}) for name, value in state.items()}
    assert _reasons(rule, effects(rule), evaluate(rule, state), values, absent) == expected


@pytest.fixture
def fork() -> Pathway:
    """S -> A -> G, S -> K -> L -> G, S -| B -| G, S -> M -> G where M needs an alteration that nobody named.

    The shortest path is silent: A acts on G with the alteration alone.
    """
    return load_text(
        """
schema: 1
name: fork
species: {S: {kind: ligand, location: extracellular}, KINASES}
edges:
  - {source: S, target: A, effect: activates}
  - {source: A, target: G, effect: activates}
  - {source: S, target: B, effect: inhibits}
  - {source: B, target: G, effect: inhibits}
  - {source: S, target: K, effect: activates}
  - {source: K, target: L, effect: activates}
  - {source: L, target: G, effect: activates}
  - {source: S, target: M, effect: activates}
  - {source: M, target: G, effect: activates}
rules:
  G: L or not B or (A and MUTANT)
  M: S and MUTANT
alterations:
  MUTANT: {name: mutant, evidence: [X], edges: [{target: A, effect: activates, evidence: [X]}]}
references: {X: {citation: x}}
""".replace("KINASES", ", ".join(f"{name}: {{kind: kinase, location: cytosol}}" for name in "AKLBMG"))
    )


def test_an_edge_for_which_an_alteration_is_wanting_is_silent(fork: Pathway):
    pairs = {(edge.source, edge.target) for edge in fork.edges}
    assert pairs - carrying(fork, "S") == {("A", "G"), ("S", "M"), ("M", "G")}
    assert ("A", "G") in carrying(fork, "MUTANT", "alteration")


def test_an_edge_that_matters_only_in_a_context_that_is_absent_is_silent():
    """A spares G where C is there; with C it carries. Nothing in the pathway brings C about."""
    kinase = "{kind: kinase, location: cytosol}"
    text = f"""
schema: 1
name: sparing
species: {{S: {{kind: ligand, location: extracellular}}, C: {{kind: context, location: cytosol}}, A: {kinase},
  K: {kinase}, G: {kinase}}}
edges:
  - {{source: S, target: A, effect: activates}}
  - {{source: S, target: K, effect: activates}}
  - {{source: C, target: G, effect: inhibits}}
  - {{source: A, target: G, effect: activates}}
  - {{source: K, target: G, effect: activates}}
rules:
  G: K and not (C and not A)
"""
    assert carrying(load_text(text), "S") == {("S", "A"), ("S", "K"), ("K", "G")}
    present = text.replace("C: {kind: context, ", "C: {kind: context, initial: 1, ")
    assert {("A", "G"), ("K", "G")} <= carrying(load_text(present), "S")


def test_a_path_carries_a_signal_where_it_does_so_in_one_cell_and_not_by_steps_of_different_cells():
    """S -> A where C is off, A -> G where C is on, S -> B -> G where C is on: half of the cells have C."""
    kinase = "{kind: kinase, location: cytosol}"
    half = load_text(f"""
schema: 1
name: halves
species: {{S: {{kind: ligand, location: extracellular}}, C: {{kind: context, location: cytosol, share: 0.5}},
  A: {kinase}, B: {kinase}, G: {kinase}}}
edges:
  - {{source: S, target: A, effect: activates}}
  - {{source: C, target: A, effect: inhibits}}
  - {{source: S, target: B, effect: activates}}
  - {{source: C, target: B, effect: activates}}
  - {{source: A, target: G, effect: activates}}
  - {{source: B, target: G, effect: activates}}
  - {{source: C, target: G, effect: activates}}
rules:
  A: S and not C
  B: S and C
  G: (A or B) and C
""")
    cells = carrying_in_cells(half, "S")
    assert {frozenset(each & {("S", "A"), ("S", "B")}) for each in cells} == {
        frozenset({("S", "A")}),
        frozenset({("S", "B")}),
    }
    found = graph.trace(half, "S", to="G", carrying=carrying(half, "S"), cells=lambda: cells)
    judged = dict(zip(found.paths, found.silent, strict=True))
    assert judged["S", "B", "G"] is None
    assert judged["S", "A", "G"] is not None


def conditional(pathway: Pathway) -> list[tuple[str, str]]:
    """The agents with an action that something can keep off, each with its kind."""
    kinds = dict.fromkeys(pathway.alterations, "alteration") | dict.fromkeys(pathway.drugs, "drug")
    return [(a, kind) for a, kind in kinds.items() if any(e.requires or e.unless for e in pathway.actions(a))]


def test_what_keeps_an_action_off_in_a_trace_is_there_in_all_drawn_cells_or_in_none():
    """The cells of a trace go step by step; those that are drawn here know nothing of them."""
    erbb = her2cli.load("erbb")
    agents = conditional(erbb)[::3]
    tumour = Scenario(alterations=erbb.default_alterations, context=erbb.context)

    def given_to_it(agent: str, kind: str) -> Scenario:
        added = {"drugs": ((agent, 1.0),)} if kind == "drug" else {"alterations": (*tumour.alterations, agent)}
        return replace(tumour, **added)

    scenarios = {agent: given_to_it(agent, kind) for agent, kind in agents}
    found = shares(erbb, list(scenarios.values()), sampling=Sampling(replicates=100)).values
    told = 0
    for agent, kind in agents:
        late = {name: each.late for name, each in found[scenarios[agent]].items()}
        for action, obstacle in kept_from_acting(erbb, agent, kind).items():
            share = late.get(obstacle, float(obstacle in scenarios[agent].alterations))
            assert share > 0.9 if obstacle in action.unless else share < 0.1, (agent, action.target, obstacle)
            told += 1
    assert told > 10


def test_a_trace_says_which_step_of_an_alteration_does_not_happen(said):
    """RAS_mut brings DRIVER_SWITCH, which keeps its action on normal RAS off; the article knows no such switch."""
    told = " ".join(said("trace", "RAS_mut", "--depth", "1", "-p", "erbb")[1].replace("│", "").split())
    assert "(unless DRIVER_SWITCH; Pratilas2010) does not happen here, because of DRIVER_SWITCH" in told
    rows = list(csv.DictReader(said("trace", "RAS_mut", "-p", "erbb", "--depth", "1", "--csv")[1].splitlines()))
    assert {row["target"]: row["idle"] for row in rows} == {
        "RAS": "DRIVER_SWITCH",
        "RAS_MUTANT": "",
        "DRIVER_SWITCH": "",
    }
    told = said("trace", "RAS_mut", "--to", "ERK", "-p", "her2")[1]
    assert "DRIVER_SWITCH" not in told
    assert "does not happen" not in told


def test_cells_that_are_all_alike_are_looked_into_once(fork: Pathway):
    assert carrying_in_cells(fork, "S") == ()


@pytest.mark.parametrize(
    ("start", "goal", "given"),
    [
        ("trastuzumab", "CELL_DEATH", "--drug"),
        ("PTEN_loss", "AKT", "--alteration"),
        ("RAS_mut", "ERK", "--alteration"),
        ("RAS_other", "ERK", "--alteration"),
    ],
)
def test_trace_does_not_deny_the_chain_that_simulate_gives(said, start, goal, given):
    import json

    told = said("simulate", given, start, "-p", "erbb")[1]
    (chain,) = re.findall(rf"^{goal} .*\s+({start} .*)$", told, re.MULTILINE)
    found = json.loads(said("trace", start, "--to", goal, "-p", "erbb", "--json")[1])
    judged = {tuple(path): silent for path, silent in zip(found["paths"], found["silent"], strict=True)}
    assert judged[tuple(re.split(" -> | -\\| ", chain))] is None


def test_all_that_leads_from_one_to_the_next_on_a_path_is_told_step_by_step():
    erbb = her2cli.load("erbb")
    found = graph.trace(erbb, "trastuzumab", to="ADCC")
    acting = [edge for edge in erbb.actions("trastuzumab") if edge.target == "ADCC"]
    assert len(acting) == 5
    assert [
        step.edge for step in found.steps if step.edge.source == "trastuzumab" and step.edge.target == "ADCC"
    ] == acting
    assert found.paths[0] == ("trastuzumab", "ADCC")


def test_paths_that_carry_a_signal_come_first_and_activation_before_lifted_inhibition(fork: Pathway):
    found = graph.trace(fork, "S", to="G", carrying=carrying(fork, "S"))
    assert found.paths == (("S", "K", "L", "G"), ("S", "B", "G"), ("S", "A", "G"), ("S", "M", "G"))
    assert found.silent == (None, None, ("A", "G"), ("S", "M"))
    upstream = graph.trace(fork, "G", to="S", upstream=True, carrying=carrying(fork, "S"))
    assert (upstream.paths, upstream.silent) == (found.paths, found.silent)


def test_only_what_leads_to_the_goal_is_looked_into_and_the_answer_is_the_same():
    erbb = her2cli.load("erbb")
    whole, toward = carrying(erbb, "ERBB2"), carrying(erbb, "ERBB2", to="ERK")
    assert {target for _, target in whole} - {target for _, target in toward} > {"PROLIFERATION", "APOPTOSIS"}
    cells = [partial(carrying_in_cells, erbb, "ERBB2", to=goal) for goal in ("", "ERK")]
    both = [
        graph.trace(erbb, "ERBB2", to="ERK", limit=60, carrying=pairs, cells=drawn)
        for pairs, drawn in zip((whole, toward), cells, strict=True)
    ]
    assert both[0] == both[1]


def test_cells_are_asked_only_where_paths_are_left_to_look_for(fork: Pathway):
    def asked():
        raise AssertionError

    found = graph.trace(fork, "S", to="G", carrying=carrying(fork, "S"), cells=asked, limit=1)
    assert len(found.paths) == 1
    with pytest.raises(AssertionError):
        graph.trace(fork, "S", to="G", carrying=carrying(fork, "S"), cells=asked, limit=3)


def test_the_order_leaves_out_no_path_and_adds_none(fork: Pathway):
    plain = graph.trace(fork, "S", to="G")
    ranked = graph.trace(fork, "S", to="G", carrying=carrying(fork, "S"))
    assert set(plain.paths) == set(ranked.paths)
    assert plain.silent == ()
    assert graph.trace(fork, "S", to="G", carrying=carrying(fork, "S"), limit=2).paths == ranked.paths[:2]


def test_her2_reaches_myc_by_ras_raf_mek_and_erk_first():
    erbb = her2cli.load("erbb")
    first = graph.trace(erbb, "HER2", to="MYC", carrying=carrying(erbb, "ERBB2")).paths[0]
    assert first[-5:] == ("RAS", "RAF", "MEK", "ERK", "MYC")


def test_a_trace_of_a_drug_shows_no_block_of_an_edge_that_is_not_there():
    her2, erbb = her2cli.load(), her2cli.load("erbb")
    for pathway in (her2, erbb):
        edges = {(edge.source, edge.target) for edge in pathway.edges}
        for name in pathway.drugs:
            steps = graph.trace(pathway, name).steps
            assert {step.edge.blocks for step in steps if step.edge.blocks} <= edges
            assert len({step.edge for step in steps if step.depth == 1}) == sum(
                (edge.blocks in edges) if edge.blocks else edge.target in pathway.species
                for edge in set(pathway.actions(name))
            )


# --- long answers --------------------------------------------------------------------------------------------------


def test_a_long_trace_stops_where_it_fills_some_screens_and_says_what_it_leaves_out(said):
    full = her2cli.load("erbb")
    steps = graph.trace(full, "HER2").steps
    deepest = max(step.depth for step in steps)
    out = said("trace", "HER2", "-p", "erbb")[1]
    assert len(out.splitlines()) < 120
    depth, left = 2, 0
    (told,) = re.findall(r"As far as depth (\d+); (\d+) more steps with --depth (\d+)\.", out)
    depth, left, all_of_it = map(int, told)
    assert all_of_it == deepest
    assert left == len(steps) - len(graph.trace(full, "HER2", depth=depth).steps)
    assert "more steps" not in said("trace", "HER2", "-p", "erbb", "--depth", str(deepest))[1]
    assert "more steps" not in said("trace", "HER2")[1]


def test_programs_get_the_whole_trace(said):
    import json

    assert len(json.loads(said("trace", "HER2", "-p", "erbb", "--json")[1])["steps"]) == len(
        graph.trace(her2cli.load("erbb"), "HER2").steps
    )


@pytest.mark.parametrize(
    "line", ["trace HER2 -p erbb", "trace HER2 --to MYC -p erbb", "trace HER2 -d trastuzumab", "trace AKT -u"]
)
def test_the_short_form_of_a_trace_is_less_than_4_kb_and_says_what_the_long_one_does(said, line):
    import json

    out = said(*line.split(), "--brief")[1]
    assert len(out.encode()) < 4_000
    brief, full = json.loads(out), json.loads(said(*line.split(), "--json")[1])
    assert (brief["schema"], brief["start"], brief["pathway"]) == (full["schema"], full["start"], full["pathway"])
    if "to" in full:
        assert brief["paths_in_all"] == len(full["paths"])
        assert brief["carrying"] == full["silent"].count(None)
        for written, path in zip(brief["paths"], full["paths"], strict=False):
            assert written.replace("-|", "->").split(" -> ") == path
    else:
        assert brief["steps_in_all"] == len(full["steps"])
        signs = {"activates": "->", "inhibits": "-|"}
        every = {f"{s['source']} {signs[s['effect']]} {s['target']}" for s in full["steps"]}
        assert brief["steps"]
        assert set(brief["steps"]) <= every
    assert brief.get("lost") == (full["lost"][:30] if "lost" in full else None)


def test_the_short_form_stays_short_whatever_the_names_are_like(said, tmp_path):
    names = [f"{'N' * 300}{number}" for number in range(60)]
    file = tmp_path / "long.sif"
    file.write_text("".join(f"{names[0]} 1 {name}\n" for name in names[1:]))
    assert len(said("trace", names[0], "-p", str(file), "--brief")[1]) < 4_000


def test_a_trace_counts_what_is_near_and_what_follows_in_all(said):
    assert "AKT acts on 2 species directly and leads to 3 in all." in said("trace", "AKT")[1]
    up = graph.trace(her2cli.load(), "AKT", upstream=True)
    near = {step.edge.source for step in up.steps if step.depth == 1}
    every = {step.edge.source for step in up.steps} - {"AKT"}
    assert f"{len(near)} species act on AKT directly, {len(every)} in all." in said("trace", "AKT", "-u")[1]


@pytest.mark.parametrize("limit", ["20000", "100000000"])
def test_very_many_paths_are_written_as_they_are_found(said, tmp_path, limit, monkeypatch):
    """A ladder of 12 rungs has 2^12 paths; more than are kept are asked for, and all of them come."""
    lines = []
    for rung in range(12):
        for side in "LR":
            lines += [f"N{rung} 1 {side}{rung}", f"{side}{rung} 1 N{rung + 1}"]
    file = tmp_path / "ladder.sif"
    file.write_text("\n".join(lines) + "\n")
    code, out, err = said("trace", "N0", "--to", "N12", "-p", str(file), "--limit", limit)
    assert code == 0
    assert len(set(out.splitlines())) == len(out.splitlines()) == 2**12
    assert out.startswith("N0 -> ")
    assert err == "her2: 4,096 paths, shortest first; there are no more.\n"
    from her2cli.cli import trace

    monkeypatch.setattr(trace, "STREAMED", 10)
    code, out, err = said("trace", "N12", "--to", "N0", "-u", "-p", str(file), "--limit", "1500")
    assert (code, len(out.splitlines())) == (0, 1500)
    assert err == "her2: 1,500 paths, shortest first; that was the limit.\n"


def test_programs_are_told_how_many_paths_they_can_have(said):
    code, out, err = said("trace", "HER2", "--to", "AKT", "--limit", "20000", "--json")
    assert (code, out) == (2, "")
    assert "More than 10,000 paths" in err


@pytest.mark.parametrize("drug", ["lapatinib", "tucatinib", "trametinib", "alpelisib", "palbociclib"])
def test_the_first_path_of_a_drug_runs_along_what_it_changes_in_the_cells(drug):
    """Held against shares of cells that are simulated by themselves: what is off before is not what the drug stops."""
    erbb, to = her2cli.load("erbb"), "PROLIFERATION"
    pairs = used(erbb, drug, "drug", to=to)
    found = graph.trace(erbb, drug, to=to, carrying=carrying(erbb, drug, "drug", to=to), used=pairs, limit=3)
    scenario = Scenario(alterations=erbb.default_alterations, drugs=((drug, 1.0),), context=erbb.context)
    names = tuple(dict.fromkeys(name for path in found.paths for name in path[1:]))
    found_in = respond(erbb, scenario, readouts=names, sampling=Sampling(replicates=200)).simulation.readouts
    for name in names:
        each = found_in[name]
        assert max(abs(each.early - each.before), abs(each.late - each.before)) > 0.03, name
    assert used(erbb, "AKT", "species", to=to) == frozenset()


@pytest.mark.parametrize(
    ("drug", "to"),
    [
        ("lapatinib", "AKT"),
        ("lapatinib", "ERK"),
        ("trastuzumab", "AKT"),
        ("trastuzumab", "CELL_DEATH"),
        ("alpelisib", "PROLIFERATION"),
        ("trametinib", "PROLIFERATION"),
    ],
)
def test_the_first_path_is_the_chain_that_simulate_tells_and_is_marked(said, drug, to):
    code, out, _ = said("simulate", "-d", drug, "--readout", to, "--json")
    assert code == 0
    edges = json.loads(out)["outcomes"][to]["edges"]
    code, out, _ = said("trace", drug, "--to", to, "-p", "erbb", "--json")
    assert code == 0
    found = json.loads(out)
    first, *others = found["paths"]
    assert first not in others
    named = [edge["source"] for edge in edges] + [to]
    assert [name for name in first if name in named] == named
    gaps = {edge["source"] for edge in edges if edge["mechanism"] == SEVERAL}
    assert gaps or first == named
    signs = {(step["source"], step["target"]): 1 if step["effect"] == "activates" else -1 for step in found["steps"]}
    told = [1 if edge["effect"] == "activates" else -1 for edge in edges]
    assert prod(signs[pair] for pair in pairwise(first)) == prod(told)
    out = said("trace", drug, "--to", to, "-p", "erbb")[1]
    assert "the first is the one that simulate tells" in " ".join(out.split())


@pytest.mark.parametrize(("start", "more"), [("AKT", ()), ("PTEN_loss", ()), ("lapatinib", ("--depth", "3"))])
def test_of_what_is_no_drug_or_of_paths_too_short_for_the_chain_no_path_is_marked(said, start, more):
    code, out, _ = said("trace", start, "--to", "MYC" if start == "AKT" else "AKT", "-p", "erbb", *more)
    assert code == 0
    assert "the first is the one that simulate tells" not in " ".join(out.split())
