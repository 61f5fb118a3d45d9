"""What alterations, drugs, ligands and clamps make of a pathway, against the definition written down plainly."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from her2cli.errors import ScenarioError, UnknownName
from her2cli.expression import evaluate, text
from her2cli.logic.network.scenario import NoTarget, prepare
from her2cli.model import Alteration, Drug, Edge, Effect, Pathway, Rule, Scenario, Species

ON, OFF = Effect.activates, Effect.inhibits


def act(source: str, target: str, effect: Effect = OFF, **options) -> Edge:
    return Edge(source=source, target=target, effect=effect, **options)


def block(agent: str, source: str, target: str, **options) -> Edge:
    return Edge(source=agent, target=target, effect=OFF, blocks=(source, target), **options)


def pathway(*, drugs=(), alterations=(), edges=(), rules=None, initial=()) -> Pathway:
    """A -> B -> C -| D and A -> E, E -> D; the actions given are sorted to their owners."""
    lines = ("AB", "BC", "AE", "ED")
    chain = (*(act(*line, ON) for line in lines), act("C", "D"))
    return Pathway(
        name="letters",
        species={name: Species(id=name, initial=int(name in initial)) for name in "ABCDE"},
        edges=(*chain, *edges),
        rules={name: Rule(target=name, text=rule) for name, rule in (rules or {}).items()},
        drugs={name: Drug(id=name, **options) for name, options in dict(drugs).items()},
        alterations={name: Alteration(id=name, **options) for name, options in dict(alterations).items()},
    )


def rule(prepared, name: str) -> str:
    return text(prepared.treated.rules[name])


def dosed(*names: str) -> tuple[tuple[str, float], ...]:
    return tuple((name, 1.0) for name in names)


def test_a_drug_is_a_species_that_is_off_then_on():
    prepared = prepare(pathway(drugs={"D1": {"edges": (act("D1", "B"),)}}), Scenario(drugs=dosed("D1")))
    assert prepared.untreated.species == prepared.treated.species == (*"ABCDE", "D1")
    assert (prepared.untreated.initial["D1"], prepared.treated.initial["D1"]) == (0, 1)
    assert rule(prepared, "B") == "A and not D1"
    assert text(prepared.untreated.rules["B"]) == "A"


def test_a_gain_survives_an_upstream_block_and_yields_to_a_drug_on_the_species():
    letters = pathway(
        alterations={"M": {"edges": (act("M", "C", ON),)}},
        drugs={"UP": {"edges": (act("UP", "B"),)}, "ON_C": {"edges": (act("ON_C", "C"),)}},
    )
    upstream = prepare(letters, Scenario(alterations=("M",), drugs=dosed("UP")))
    assert rule(upstream, "C") == "B or M"
    assert rule(prepare(letters, Scenario(alterations=("M",), drugs=dosed("ON_C"))), "C") == "(B or M) and not ON_C"


def test_a_loss_beats_a_gain():
    letters = pathway(alterations={"G": {"edges": (act("G", "B", ON),)}, "L": {"edges": (act("L", "B"),)}})
    assert rule(prepare(letters, Scenario(alterations=("G", "L"))), "B") == "(A or G) and not L"


@pytest.mark.parametrize(("own_rule", "expected"), [(None, "A and not X"), ("A or (C and A)", None)])
def test_a_block_silences_one_edge_only(own_rule, expected):
    letters = pathway(drugs={"X": {"edges": (block("X", "A", "B"),)}}, rules={"B": own_rule} if own_rule else None)
    prepared = prepare(letters, Scenario(drugs=dosed("X")))
    assert rule(prepared, "B") == (expected or "(A and not X) or (C and A and not X)")
    assert rule(prepared, "E") == "A"


def test_a_blocked_inhibition_no_longer_inhibits():
    prepared = prepare(pathway(drugs={"X": {"edges": (block("X", "C", "D"),)}}), Scenario(drugs=dosed("X")))
    assert rule(prepared, "D") == "E and not (C and not X)"


def test_a_block_can_silence_what_an_alteration_does():
    letters = pathway(
        alterations={"M": {"edges": (act("M", "B", ON),)}}, drugs={"X": {"edges": (block("X", "M", "B"),)}}
    )
    assert rule(prepare(letters, Scenario(alterations=("M",), drugs=dosed("X"))), "B") == "A or (M and not X)"


def test_conditions_guard_an_action_and_absent_agents_are_off():
    letters = pathway(
        alterations={"MUC4": {}, "M": {"edges": (act("M", "A", ON),)}},
        drugs={
            "X": {"edges": (act("X", "B", unless=("MUC4", "C")), act("X", "E", requires=("M", "D")))},
        },
    )
    alone = prepare(letters, Scenario(drugs=dosed("X")))
    assert (rule(alone, "B"), rule(alone, "E")) == ("A and not (X and not C)", "A")
    together = prepare(letters, Scenario(alterations=("MUC4", "M"), drugs=dosed("X")))
    assert rule(together, "B") == "A and not (X and not MUC4 and not C)"
    assert rule(together, "E") == "A and not (X and M and D)"


def test_an_input_under_an_action_keeps_no_memory_of_it():
    letters = pathway(drugs={"X": {"edges": (act("X", "A", unless=("D",)),)}}, initial="A")
    prepared = prepare(letters, Scenario(drugs=dosed("X")))
    assert rule(prepared, "A") == "not (X and not D)"
    assert prepared.untreated.inputs == ("A", "X")


def test_a_species_with_an_edge_onto_itself_is_a_loop_and_no_input():
    """B -> B holds what B has; a drug that blocks the edge ends it, and --inputs leaves it alone."""
    loop = {name: Species(id=name, initial=int(name == "B")) for name in "AB"}
    edges = (block("X", "B", "B"),)
    letters = Pathway(name="loop", species=loop, edges=(act("B", "B", ON),), drugs={"X": Drug(id="X", edges=edges)})
    prepared = prepare(letters, Scenario(drugs=dosed("X"), inputs=0))
    assert (text(prepared.untreated.rules["B"]), rule(prepared, "B")) == ("B", "B and not X")
    assert prepared.untreated.initial == {"A": 0, "B": 1, "X": 0}
    assert prepared.untreated.inputs == ("A", "X")
    on = prepare(letters, Scenario(drugs=dosed("X"), inputs=1)).treated
    assert (on.initial["A"], evaluate(on.rules["B"], dict(on.initial))) == (1, 0)


def test_a_loop_remembers_a_gain_and_a_loss_that_end():
    """A loop under an action keeps its last value, where an input would keep its first."""
    loop = {"B": Species(id="B")}
    drugs = {"X": Drug(id="X", edges=(act("X", "B", ON),))}
    letters = Pathway(name="loop", species=loop, edges=(act("B", "B", ON),), drugs=drugs)
    assert rule(prepare(letters, Scenario(drugs=dosed("X"))), "B") == "B or X"


def test_what_blocks_the_rule_of_an_input_blocks_no_edge():
    letters = pathway(drugs={"X": {"edges": (act("X", "B"), block("X", "A", "A"))}}, initial="A")
    prepared = prepare(letters, Scenario(drugs=dosed("X")))
    assert prepared.left_out == (block("X", "A", "A"),)
    assert rule(prepared, "A") == "A"


def test_a_ligand_is_on_in_both_phases_and_an_inner_one_is_a_gain():
    letters = pathway(drugs={"X": {"edges": (act("X", "B"),)}})
    letters.species["B"] = Species(id="B", kind="ligand")
    prepared = prepare(letters, Scenario(ligands=("A", "B"), drugs=dosed("X")))
    assert prepared.untreated.initial["A"] == prepared.treated.initial["A"] == 1
    assert (text(prepared.untreated.rules["B"]), rule(prepared, "B")) == ("1", "not X")


@pytest.mark.parametrize(
    ("species", "message"),
    [
        (Species(id="B"), "B is no ligand; to hold it on or off, write B=1 or B=0 (as an option, --set B=1)."),
        (Species(id="B", location="extracellular"), "B is no ligand; to hold"),
        (Species(id="A", kind="kinase"), "A is no ligand (kinase); to hold it on or off, write A=1 or A=0"),
        (Species(id="A", kind="cell", location="extracellular"), ""),
        (Species(id="A", kind="ligand"), ""),
        (Species(id="A"), ""),
    ],
)
def test_the_medium_holds_ligands_and_inputs_from_outside(species, message):
    """A is an input and B is not."""
    letters = pathway()
    letters.species[species.id] = species
    if not message:
        assert prepare(letters, Scenario(ligands=(species.id,))).untreated.initial[species.id] == 1
        return
    with pytest.raises(ScenarioError) as caught:
        prepare(letters, Scenario(ligands=(species.id,)))
    assert str(caught.value).startswith(message)


def test_a_clamp_holds_in_the_treatment_alone_and_beats_everything():
    letters = pathway(alterations={"M": {"edges": (act("M", "B", ON),)}})
    prepared = prepare(letters, Scenario(alterations=("M",), clamps=(("B", 0), ("A", 1))))
    assert text(prepared.untreated.rules["B"]) == "A or M"
    assert (rule(prepared, "B"), rule(prepared, "A"), prepared.treated.initial["A"]) == ("0", "1", 1)


def test_unset_inputs_can_all_be_set():
    letters = pathway(drugs={"X": {"edges": (act("X", "B"),)}}, edges=(act("D", "A", ON),))
    prepared = prepare(pathway(drugs={"X": {"edges": (act("X", "B"),)}}), Scenario(inputs=1, drugs=dosed("X")))
    assert (prepared.untreated.initial["A"], prepared.untreated.initial["X"]) == (1, 0)
    assert prepare(letters, Scenario(inputs=1)).untreated.initial["A"] == 0


def test_a_rule_may_name_an_agent():
    letters = pathway(alterations={"AMP": {}}, rules={"B": "A and AMP"})
    assert rule(prepare(letters, Scenario()), "B") == "0"
    assert rule(prepare(letters, Scenario(alterations=("AMP",))), "B") == "A and AMP"


def test_dose_and_efficacy_are_the_share_of_the_cells():
    edges = (act("X", "B"), act("X", "C", efficacy=0.2), act("X", "E", efficacy=0.9), act("X", "D", efficacy=0.0))
    letters = pathway(drugs={"X": {"edges": edges, "efficacy": 0.5}})
    prepared = prepare(letters, Scenario(drugs=(("X", 0.6),)))
    network = prepared.treated
    share = {"B": 0.0, "C": 0.0, "E": 0.0, "D": 0.0}
    names = [name for name in network.inputs if name in network.chances]
    together = 0.0  # C happens only where B does, and B only where E does
    for bits in product((0, 1), repeat=len(names)):
        state = {**dict.fromkeys(network.species, 0), **network.initial, **dict(zip(names, bits, strict=True))}
        chance = 1.0
        for name, bit in zip(names, bits, strict=True):
            chance *= network.chances[name] if bit else 1 - network.chances[name]
        acts = {name: evaluate(network.rules[name], {**state, "A": 1, "B": 1, "C": 0, "E": 1}) == 0 for name in share}
        for name in share:
            share[name] += chance * acts[name]
        together += chance * (acts["C"] <= acts["B"] <= acts["E"])
    assert share == pytest.approx({"B": 0.3, "C": 0.12, "E": 0.54, "D": 0.0})
    assert together == pytest.approx(1)
    assert prepared.untreated.chances == {}
    assert set(network.hidden.values()) == {"X"}


def test_a_dose_of_zero_is_no_drug_and_an_alteration_can_be_in_a_share_of_the_cells():
    letters = pathway(
        drugs={"X": {"edges": (act("X", "B"),)}}, alterations={"M": {"edges": (act("M", "B", ON),), "efficacy": 0.3}}
    )
    prepared = prepare(letters, Scenario(alterations=("M",), drugs=(("X", 0.0),)))
    assert (prepared.treated.initial["X"], prepared.treated.chances) == (0, {"M": 0.3})
    assert prepared.untreated.chances == {"M": 0.3}
    assert prepared.untreated.initial["M"] == 1


@pytest.mark.parametrize(
    ("scenario", "error", "message"),
    [
        (
            Scenario(drugs=(("X", 1.5),)),
            ScenarioError,
            "The dose of X is 1.5; it is a share of the cells, from 0 to 1.",
        ),
        (Scenario(drugs=(("X", float("nan")),)), ScenarioError, "The dose of X is nan"),
        (Scenario(drugs=(("X", -0.1),)), ScenarioError, "The dose of X is -0.1"),
        (Scenario(drugs=(("X", 1.0), ("x", 0.5))), ScenarioError, "X is given with two doses, 1 and 0.5."),
        (Scenario(clamps=(("B", 0), ("b", 1))), ScenarioError, "B is held at 0 and at 1."),
        (Scenario(clamps=(("B", 2),)), ScenarioError, "B cannot be held at 2; only 0 and 1 are values."),
        (Scenario(inputs=3), ScenarioError, "Inputs cannot be set to 3"),
        (Scenario(clamps=(("Z", 1),)), UnknownName, "No species 'Z'."),
        (Scenario(ligands=("X",)), UnknownName, "No species 'X'. It is a drug."),
        (Scenario(drugs=dosed("M")), UnknownName, "No drug 'M'. It is an alteration."),
        (Scenario(alterations=("A",)), UnknownName, "No alteration 'A'. It is a species."),
        (Scenario(drugs=dosed("ELSEWHERE")), NoTarget, "The drug ELSEWHERE has no target in the pathway letters."),
        (Scenario(alterations=("IDLE",)), NoTarget, "The alteration IDLE has no target in the pathway letters."),
    ],
)
def test_an_impossible_scenario_is_refused_in_one_line(scenario, error, message):
    letters = pathway(
        drugs={"X": {"edges": (act("X", "B"),)}, "ELSEWHERE": {"edges": (act("ELSEWHERE", "SRC"),)}},
        alterations={"M": {"edges": (act("M", "B", ON),)}, "IDLE": {}},
    )
    with pytest.raises(error) as caught:
        prepare(letters, scenario)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_actions_without_a_place_in_the_pathway_are_left_out_and_listed():
    edges = (act("X", "B"), act("X", "SRC"), block("X", "D", "B"), act("X", "C", requires=("SRC",)))
    prepared = prepare(pathway(drugs={"X": {"edges": edges}}), Scenario(drugs=dosed("X")))
    assert prepared.left_out == edges[1:]
    assert rule(prepared, "C") == "B"


def test_an_alteration_that_only_gates_another_agents_action_has_a_place():
    letters = pathway(alterations={"MUC4": {}}, drugs={"X": {"edges": (act("X", "B", unless=("MUC4",)),)}})
    assert "MUC4" in prepare(letters, Scenario(alterations=("MUC4",))).treated.species


AGENTS = {"M": "alteration", "N": "alteration", "X": "drug", "Y": "drug"}


@st.composite
def actions(draw: st.DrawFn) -> Edge:
    agent = draw(st.sampled_from(sorted(AGENTS)))
    target = draw(st.sampled_from("ABCDE"))
    guards = st.sampled_from([(), ("A",), ("M",), ("X",), ("D", "N")])
    options = {"requires": draw(guards), "unless": draw(guards)}
    if draw(st.booleans()):
        return act(agent, target, draw(st.sampled_from([ON, OFF])), **options)
    return block(agent, draw(st.sampled_from("ABCDE")), target, **options)


@given(st.lists(actions(), min_size=1, max_size=6), st.sets(st.sampled_from(sorted(AGENTS))), st.data())
def test_every_rule_is_what_the_definition_says(edges, named, data):
    """f' = ((f or gains) and not (losses or drug inhibition)), then clamps; in every state."""
    clamps = data.draw(st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 1), max_size=2))
    initial = data.draw(st.sets(st.sampled_from("ABCDE")))
    plain = pathway(initial=initial)
    kinds = {
        kind: {a: {"edges": tuple(e for e in edges if e.source == a)} for a in AGENTS if AGENTS[a] == kind}
        for kind in ("drug", "alteration")
    }
    letters = pathway(drugs=kinds["drug"], alterations=kinds["alteration"], initial=initial)
    drugs = sorted(a for a in named if AGENTS[a] == "drug")
    alterations = tuple(sorted(named - set(drugs)))
    try:
        prepared = prepare(
            letters, Scenario(alterations=alterations, drugs=dosed(*drugs), clamps=tuple(clamps.items()))
        )
    except NoTarget:
        assume(False)

    def reference(name, state):
        if name in clamps:
            return clamps[name]
        on = {a: state.get(a, 0) for a in (*"ABCDE", *AGENTS)}

        def acting(edge):
            return on[edge.source] and all(on[r] for r in edge.requires) and not any(on[u] for u in edge.unless)

        blocked = {e.blocks[0] for e in edges if e.blocks and e.blocks[1] == name and acting(e)}
        into = [e for e in plain.edges if e.target == name]
        activators = [on[e.source] and e.source not in blocked for e in into if e.sign > 0]
        inhibitors = [on[e.source] and e.source not in blocked for e in into if e.sign < 0]
        f = (any(activators) and not any(inhibitors)) if into else name in initial
        mine = [e for e in edges if not e.blocks and e.target == name]
        gains = any(acting(e) for e in mine if e.effect is ON)
        losses = any(acting(e) for e in mine if e.effect is OFF)
        return int((f or gains) and not losses)

    for phase, network in (("untreated", prepared.untreated), ("treated", prepared.treated)):
        for bits in product((0, 1), repeat=5):
            state = dict(zip("ABCDE", bits, strict=True))
            state |= dict.fromkeys(alterations, 1) | dict.fromkeys(drugs, int(phase == "treated"))
            for name in "ABCDE":
                if phase == "untreated" and name in clamps:
                    continue
                value = evaluate(network.rules[name], state)
                if name in network.inputs:
                    assert network.initial[name] == reference(name, state)
                else:
                    assert value == reference(name, state), (phase, name, state)
