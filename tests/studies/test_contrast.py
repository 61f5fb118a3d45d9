"""Scenarios side by side: where they part, and where they end apart."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.errors import ScenarioError
from her2cli.logic.questions.shares import Readout
from her2cli.logic.questions.simulation import in_steps
from her2cli.model import Alteration, Drug, Edge, Effect, Pathway, Rule, Scenario, Species, Speed
from her2cli.studies import contrast
from her2cli.studies.contrast import Alike, compare

ON, OFF = Effect.activates, Effect.inhibits


@pytest.fixture
def letters() -> Pathway:
    """L -> R -> K -> P, and K2 -> P; the alteration M -> K2; the drugs X -| R and Y -| K."""
    edges = (("L", "R"), ("R", "K"), ("K", "P"), ("K2", "P"))
    return Pathway(
        name="letters",
        species={name: Species(id=name, initial=int(name == "L")) for name in ("L", "R", "K", "K2", "P")},
        edges=tuple(Edge(source=source, target=target, effect=ON) for source, target in edges),
        readouts=("P",),
        drugs={
            "X": Drug(id="X", edges=(Edge(source="X", target="R", effect=OFF, evidence=("Paper",)),)),
            "Y": Drug(id="Y", edges=(Edge(source="Y", target="K", effect=OFF),)),
        },
        alterations={"M": Alteration(id="M", edges=(Edge(source="M", target="K2", effect=ON),))},
    )


X, Y = (("X", 1.0),), (("Y", 1.0),)


def test_treated_and_untreated_part_at_the_drugs_own_target(letters):
    found = compare(letters, [Scenario(), Scenario(drugs=X)])
    (parting,) = found.partings
    assert (parting.other, parting.phase, parting.step, parting.given) == (1, "early", 1, ("X",))
    assert parting.in_first == ()
    (change,) = parting.in_other
    assert (change.species, change.value, change.reason) == ("R", 0, "X on")
    assert [edge.evidence for edge in change.because] == [("Paper",)]
    assert [(d.species, d.late) for d in found.differences] == [("R", (1, 0)), ("K", (1, 0)), ("P", (1, 0))]
    assert [[b.species for b in reason.because] for reason in found.differences[-1].reasons] == [["K"], ["K", "K2"]]
    assert found.readouts == (("P", (Readout(1, 1, 1), Readout(1, 0, 0))),)


def test_a_mutated_tumour_parts_before_the_treatment(letters):
    found = compare(letters, [Scenario(drugs=X), Scenario(drugs=X, alterations=("M",))])
    (parting,) = found.partings
    assert (parting.phase, parting.step, parting.given) == ("untreated", 1, ("M",))
    assert [change.species for change in parting.in_other] == ["K2"]
    assert [d.species for d in found.differences] == ["K2", "P"]


def test_two_drugs_part_where_they_act(letters):
    found = compare(letters, [Scenario(drugs=X), Scenario(drugs=Y), Scenario(drugs=X)])
    (parting,) = found.partings
    assert (parting.other, parting.step, parting.given) == (1, 1, ("X", "Y"))
    assert ([c.species for c in parting.in_first], [c.species for c in parting.in_other]) == (["R"], ["K"])
    assert [(d.species, d.late) for d in found.differences] == [("R", (0, 1, 0))]


def test_scenarios_that_never_differ_have_no_parting(letters):
    found = compare(letters, [Scenario(ligands=("L",)), Scenario(inputs=None)])
    assert found.partings == ()
    assert found.differences == ()


def test_what_is_given_is_a_difference_but_no_parting(letters):
    """With M the readout stays on through K2, so holding K itself off is all that differs."""
    found = compare(letters, [Scenario(alterations=("M",)), Scenario(alterations=("M",), clamps=(("K", 0),))])
    assert found.partings == ()
    assert [d.species for d in found.differences] == ["K"]


def test_each_simulation_is_the_one_asked_for(letters):
    scenarios = [Scenario(), Scenario(drugs=X)]
    assert compare(letters, scenarios).simulations == tuple(in_steps(letters, scenario) for scenario in scenarios)


def test_one_scenario_is_no_comparison(letters):
    with pytest.raises(ScenarioError, match="two scenarios or more"):
        compare(letters, [Scenario()])


# --- tumours that cycle ----------------------------------------------------------------------------------------------


def ruled(rules: dict[str, str], *, on: str = "", slow: str = "", **options) -> Pathway:
    """Species with rules; what has no other rule than itself is an input."""
    return Pathway(
        name="letters",
        species={
            name: Species(id=name, initial=int(name in on), speed=Speed.slow if name in slow else Speed.fast)
            for name in rules
        },
        rules={name: Rule(target=name, text=rule) for name, rule in rules.items() if rule != name},
        readouts=tuple(rules),
        **options,
    )


def drug(name: str, effect: Effect, target: str) -> Drug:
    return Drug(id=name, edges=(Edge(source=name, target=target, effect=effect),))


def told(changes) -> list[tuple[str, int, str]]:
    return [(change.species, change.value, change.reason) for change in changes]


def test_what_the_untreated_tumour_does_by_itself_is_no_parting():
    """C turns for ever, whatever A does; B follows A."""
    (parting,) = compare(ruled({"A": "A", "B": "A", "C": "not C"}), [Scenario(), Scenario(clamps=(("A", 1),))]).partings
    assert (parting.phase, parting.step, told(parting.in_first), told(parting.in_other)) == (
        "early",
        1,
        [],
        [("B", 1, "A on")],
    )


def test_a_drug_that_does_nothing_to_a_tumour_that_cycles_leaves_it_alike():
    """T (slow) turns for ever and S follows it; X holds off L, which is off."""
    letters = ruled({"T": "not T", "S": "T", "L": "L"}, slow="T", drugs={"X": drug("X", OFF, "L")})
    found = compare(letters, [Scenario(), Scenario(drugs=X)])
    assert found.partings == ()
    assert found.alike == (Alike(other=1, given=("X",), moments=2, of=2),)
    assert found.ends_alike


def test_a_run_that_waits_makes_no_change_of_its_own():
    """L -> S (slow), M -> F (fast): S would move in either tumour as soon as F has."""
    letters = ruled(
        {"L": "L", "S": "L", "F": "F"},
        on="L",
        slow="S",
        alterations={"M": Alteration(id="M", edges=(Edge(source="M", target="F", effect=ON),))},
    )
    (parting,) = compare(letters, [Scenario(), Scenario(alterations=("M",))]).partings
    assert (told(parting.in_first), told(parting.in_other)) == ([], [("F", 1, "M on")])


def test_what_a_drug_keeps_from_happening_is_told_with_the_drug():
    """C turns for ever; X holds it off. Untreated, C goes on because C is off: the edge in charge is that of X."""
    letters = ruled({"C": "not C"}, drugs={"X": drug("X", OFF, "C")})
    (parting,) = compare(letters, [Scenario(drugs=X), Scenario()]).partings
    assert (told(parting.in_first), told(parting.in_other)) == ([], [("C", 1, "C off")])
    assert (told(parting.kept_in_first), parting.kept_in_other) == ([("C", 0, "X on")], ())
    assert [edge.source for edge in parting.kept_in_first[0].because] == ["X"]
    assert parting.numbers == (None, None)  # the steps of `simulate` end where a tumour without a treatment cycles


def test_a_run_that_parts_by_closing_its_cycle_does_so_at_the_step_at_which_its_simulation_does():
    """C turns on and off by itself; with M it stays on."""
    clock = ruled(
        {"C": "not C"}, alterations={"M": Alteration(id="M", edges=(Edge(source="M", target="C", effect=ON),))}
    )
    found = compare(clock, [TREATMENTS["M"], TREATMENTS["none"]])
    (parting,) = found.partings
    assert (parting.phase, parting.step, parting.numbers) == ("untreated", 2, (None, 2))
    assert [(c.species, c.value) for c in found.simulations[1].steps[2].changed] == [("C", 0)]


def test_runs_may_part_from_another_moment_alone():
    """X and Y both stop A, which turns for ever; only X leaves P on for good, and only if it finds A on."""
    letters = ruled({"A": "not A", "P": "P or (X and A)"}, drugs={name: drug(name, OFF, "A") for name in ("X", "Y")})
    (parting,) = compare(letters, [Scenario(drugs=Y), Scenario(drugs=X)]).partings
    assert (parting.moment, parting.phase, parting.step, parting.numbers) == (1, "early", 1, (None, None))
    assert (parting.in_first, told(parting.in_other)) == ((), [("P", 1, "X on, A on")])


def test_where_moments_are_too_many_it_says_how_many_were_followed(monkeypatch):
    """A ring of five in which one light runs round; X holds off L, which is off."""
    monkeypatch.setattr(contrast, "STATE_LIMIT", 50)
    letters = ruled(
        {"A": "E", "B": "A", "C": "B", "D": "C", "E": "D", "L": "L"}, on="A", drugs={"X": drug("X", OFF, "L")}
    )
    assert compare(letters, [Scenario(), Scenario(drugs=X)]).alike == (Alike(other=1, given=("X",), moments=3, of=5),)


def test_notes_are_told_once_with_their_scenarios(letters):
    half, most = Scenario(drugs=(("X", 0.5),)), Scenario(drugs=(("X", 0.9),))
    assert compare(letters, [Scenario(), half, most, half]).notes == (
        ("X 0.5: on and off knows no shares of cells, so the dose acts in all of them here", (1, 3)),
        ("X 0.9: on and off knows no shares of cells, so the dose acts in all of them here", (2,)),
    )


NAMES = "ABCD"
TREATMENTS = {
    "none": Scenario(),
    "X": Scenario(drugs=X),
    "Y": Scenario(drugs=Y),
    "B=1": Scenario(clamps=(("B", 1),)),
    "M": Scenario(alterations=("M",)),
    "M+X": Scenario(alterations=("M",), drugs=X),
}


@st.composite
def tumours(draw: st.DrawFn):
    """Four species by truth tables of all four, some slow; X -| A, Y -> B, and the alteration M -> C."""
    tables = [draw(st.integers(0, 2**16 - 1)) for _ in NAMES]
    if draw(st.booleans()):  # simpler rules, which come to rest more often
        sources = [draw(st.lists(st.integers(0, 3), min_size=1, max_size=2)) for _ in NAMES]
        tables = [
            sum(1 << row for row in range(16) if t >> sum((row >> s & 1) << i for i, s in enumerate(chosen)) & 1)
            for t, chosen in zip(tables, sources, strict=True)
        ]
    slow = "".join(draw(st.sets(st.sampled_from(NAMES))))
    on = "".join(draw(st.sets(st.sampled_from(NAMES))))
    rules = {}
    for name, table in zip(NAMES, tables, strict=True):
        rows = [row for row in range(16) if table >> row & 1]
        terms = [" and ".join(n if row >> i & 1 else f"not {n}" for i, n in enumerate(NAMES)) for row in rows]
        rules[name] = " or ".join(f"({term})" for term in terms) or "0"
    letters = ruled(
        rules,
        on=on,
        slow=slow,
        drugs={"X": drug("X", OFF, "A"), "Y": drug("Y", ON, "B")},
        alterations={"M": Alteration(id="M", edges=(Edge(source="M", target="C", effect=ON),))},
    )
    return letters, tables, slow, tuple(int(name in on) for name in NAMES)


class ByHand:
    """One scenario on truth tables, written down plainly; a state is the values of A, B, C and D."""

    def __init__(self, tables, slow, scenario, *, treated):
        self.tables, self.slow = tables, [i for i, name in enumerate(NAMES) if name in slow]
        self.gains = {2} if scenario.alterations else set()
        self.losses = set()
        self.clamps = {}
        if treated:
            drugs = dict(scenario.drugs)
            self.losses |= {0} if "X" in drugs else set()
            self.gains |= {1} if "Y" in drugs else set()
            self.clamps = {NAMES.index(name): value for name, value in scenario.clamps}

    def image(self, state):
        row = sum(value << i for i, value in enumerate(state))
        found = [table >> row & 1 for table in self.tables]
        found = [int((v or i in self.gains) and i not in self.losses) for i, v in enumerate(found)]
        return tuple(self.clamps.get(i, v) for i, v in enumerate(found))

    def fast(self, state):
        image = self.image(state)
        return tuple(v if i in self.slow else image[i] for i, v in enumerate(state))

    def rest(self, state):
        run = [state]
        while (following := self.fast(run[-1])) not in run:
            run.append(following)
        return run[run.index(following) :]

    def moved(self, state):
        """The state after one move of the slow species, from what the fast ones come to."""
        rest = self.rest(state)
        agreed = {i: {self.image(each)[i] for each in rest} for i in self.slow}
        return tuple(min(agreed[i]) if len(agreed.get(i, ())) == 1 else v for i, v in enumerate(rest[0]))

    def moments(self, state):
        path = [state]
        while (following := self.moved(path[-1])) not in (self.rest(path[-1])[0], *path):
            path.append(following)
        if following == self.rest(path[-1])[0]:
            return self.rest(path[-1])
        return [self.rest(each)[0] for each in path[path.index(following) :]]


def first_difference(sides, states, seen, *, frozen):
    """The number of the first step at which the two differ in the species *seen*, or None; and where they settle."""
    step, rounds = 0, []
    while states not in rounds:
        rounds.append(states)
        now, pairs = states, []
        while now not in pairs:
            if any(now[0][i] != now[1][i] for i in seen):
                return step + len(pairs), None
            pairs.append(now)
            now = tuple(side.fast(state) for side, state in zip(sides, now, strict=True))
        runs = [run_of(side, state) for side, state in zip(sides, states, strict=True)]
        at = pairs[max(run.index(side.fast(run[-1])) for side, run in zip(sides, runs, strict=True))]
        moved = tuple(side.moved(state) for side, state in zip(sides, at, strict=True))
        if frozen or moved == at:
            return None, at
        step += max(map(len, runs))
        states = moved
    return None, at


def run_of(side, state):
    run = [state]
    while (following := side.fast(run[-1])) not in run:
        run.append(following)
    return run


@given(tumours(), *[st.sampled_from(sorted(TREATMENTS))] * 2)
def test_runs_part_where_they_do_when_followed_by_hand(drawn, first, second):
    letters, tables, slow, initial = drawn
    scenarios = [TREATMENTS[first], TREATMENTS[second]]
    clamped = {name for name, _ in set(scenarios[0].clamps) ^ set(scenarios[1].clamps)}
    seen = [i for i, name in enumerate(NAMES) if name not in clamped]
    found = compare(letters, scenarios)
    plain = [ByHand(tables, slow, scenario, treated=False) for scenario in scenarios]
    under = [ByHand(tables, slow, scenario, treated=True) for scenario in scenarios]
    expected = None
    step, _ = first_difference(plain, (initial, initial), seen, frozen=False)
    if step is not None:
        expected = ("untreated", step, 0)
    elif any(scenario.drugs or scenario.clamps for scenario in scenarios):
        for index, moment in enumerate(plain[0].moments(initial)):
            starts = tuple(tuple(side.clamps.get(i, v) for i, v in enumerate(moment)) for side in under)
            early, at = first_difference(under, starts, seen, frozen=True)
            late = None if at is None else first_difference(under, at, seen, frozen=False)[0]
            if early is not None or late is not None:
                expected = ("early", early, index) if early is not None else ("late", late - 1, index)
                break
    got = [(parting.phase, parting.step, parting.moment) for parting in found.partings]
    assert got == ([expected] if expected else [])
    assert len(found.alike) == (0 if expected else 1)
    for parting in found.partings:
        named = {*parting.given}
        changed = {c.species for c in (*parting.in_first, *parting.in_other)}
        assert changed
        assert not changed & named
        in_charge = (*parting.in_first, *parting.in_other, *parting.kept_in_first, *parting.kept_in_other)
        assert any(name in change.reason.replace(",", " ").split() for change in in_charge for name in named)


@given(tumours(), *[st.sampled_from(sorted(TREATMENTS))] * 2)
def test_a_parting_has_the_step_number_of_the_simulations(drawn, first, second):
    letters, _, slow, _ = drawn
    found = compare(letters, [TREATMENTS[first], TREATMENTS[second]])
    for parting in found.partings:
        numbered = zip(parting.numbers, (parting.in_first, parting.in_other), found.simulations, strict=True)
        for number, changes, simulation in numbered:
            if number is not None:
                step = simulation.steps[number]
                assert (step.number, step.phase) == (number, parting.phase)
                assert {(c.species, c.value) for c in changes} <= {(c.species, c.value) for c in step.changed}
        treated = parting.moment == 0 and not {first, second} & {"none", "M"}
        if not slow and (parting.phase == "untreated" or treated):
            assert parting.numbers != (None, None)


def test_all_pairs_of_scenarios_can_be_compared(letters):
    scenarios = [Scenario(), Scenario(drugs=X), Scenario(alterations=("M",)), Scenario(clamps=(("K", 0),))]
    for first, second in product(scenarios, repeat=2):
        found = compare(letters, [first, second])
        assert len(found.partings) + len(found.alike) == 1
