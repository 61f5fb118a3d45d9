"""What a treatment does, on small networks drawn in the docstrings."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.errors import ScenarioError
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions.shares import Readout
from her2cli.logic.questions.simulation import in_steps, over_time, readout_names, stepped
from her2cli.logic.runs.synchronous import unpacked
from her2cli.model import Drug, Edge, Effect, Pathway, Rule, Scenario, Species, Speed

EFFECTS = {"->": Effect.activates, "-|": Effect.inhibits}


def edge(line: str, **options) -> Edge:
    source, arrow, target = line.split()
    return Edge(source=source, target=target, effect=EFFECTS[arrow], **options)


def made(lines, *, on=(), slow=(), drugs=None, rules=None, readouts=()) -> Pathway:
    edges = tuple(edge(line) for line in lines)
    names = dict.fromkeys(name for e in edges for name in (e.source, e.target))
    return Pathway(
        name="letters",
        species={n: Species(id=n, initial=int(n in on), speed=Speed.slow if n in slow else Speed.fast) for n in names},
        edges=edges,
        rules={name: Rule(target=name, text=rule) for name, rule in (rules or {}).items()},
        readouts=readouts,
        drugs={name: Drug(id=name, edges=tuple(edge(line) for line in acts)) for name, acts in (drugs or {}).items()},
    )


@pytest.fixture
def rebound() -> Pathway:
    """L -> R -> K -> P, K -| F, F -> R2 (slow), R2 -> K2 -> P; the drug X -| K. P falls, then returns."""
    lines = ["L -> R", "R -> K", "K -> P", "K -| F", "F -> R2", "R2 -> K2", "K2 -> P"]
    return made(lines, on="L", slow=["R2"], drugs={"X": ["X -| K"]}, readouts=("P", "K2"))


X = (("X", 1.0),)


def test_a_rebound_falls_early_and_returns_late(rebound):
    found = in_steps(rebound, Scenario(drugs=X))
    assert found.readouts == {"P": Readout(1, 0, 1), "K2": Readout(0, 0, 1)}
    assert (found.gained, found.lost) == (("K2",), ())
    assert found.values["X"] == Readout(0, 1, 1)
    assert found.notes == ()


def test_each_step_says_what_changed_and_by_which_edges(rebound):
    found = in_steps(rebound, Scenario(drugs=X))
    told = [(s.number, s.phase, [(c.species, c.value, c.reason) for c in s.changed]) for s in found.steps]
    assert told == [
        (0, "untreated", []),
        (1, "untreated", [("R", 1, "L on"), ("F", 1, "K off")]),
        (2, "untreated", [("K", 1, "R on")]),
        (3, "untreated", [("P", 1, "K on"), ("F", 0, "K on")]),
        (4, "early", [("X", 1, "treatment")]),
        (5, "early", [("K", 0, "X on")]),
        (6, "early", [("P", 0, "K off, K2 off"), ("F", 1, "K off")]),
        (7, "late", [("R2", 1, "F on")]),
        (8, "late", [("K2", 1, "R2 on")]),
        (9, "late", [("P", 1, "K2 on")]),
    ]
    (change,) = found.steps[5].changed
    assert [(e.source, e.target) for e in change.because] == [("X", "K")]
    assert found.steps[4].on == ("L", "R", "K", "P", "X")


def test_without_a_treatment_there_is_one_phase(rebound):
    found = in_steps(rebound, Scenario())
    assert {step.phase for step in found.steps} == {"untreated"}
    assert found.readouts["P"] == Readout(1, 1, 1)


def test_a_clamp_is_set_with_the_treatment(rebound):
    found = in_steps(rebound, Scenario(clamps=(("R", 0),)))
    first = next(step for step in found.steps if step.phase == "early")
    assert [(c.species, c.value, c.reason) for c in first.changed] == [("R", 0, "treatment")]
    assert found.values["R"] == Readout(1, 0, 0)


def test_a_cycle_is_averaged_and_said():
    """A -| B -> A turns for ever; P follows B."""
    loop = made(["A -| B", "B -> A", "B -> P"], readouts=("P",))
    found = in_steps(loop, Scenario())
    assert found.readouts["P"] == Readout(0.5, 0.5, 0.5)
    assert found.notes == (
        "before: no fixed point but a cycle of 4 states, over which readouts are averaged; changing: A, B, P",
    )


@pytest.fixture
def turning() -> Pathway:
    """T (slow) -| T turns for ever, and T -> S -> L, both fast; the drug X -| L."""
    return made(["T -| T", "T -> S", "S -> L"], slow=["T"], drugs={"X": ["X -| L"]}, readouts=("S", "L"))


def test_of_a_slow_cycle_only_the_states_at_rest_count(turning):
    found = in_steps(turning, Scenario())
    assert found.readouts == {"S": Readout(0.5, 0.5, 0.5), "L": Readout(0.5, 0.5, 0.5)}
    assert found.notes == (
        "before: no fixed point but a cycle of 6 states; readouts are averaged over the 2 in which fast species have "
        "come to rest; changing: T, S, L",
    )


def test_a_treatment_comes_at_any_moment_of_the_cycle(turning):
    """Early T stays as the treatment finds it: on half of the times."""
    found = in_steps(turning, Scenario(drugs=X))
    assert found.readouts == {"S": Readout(0.5, 0.5, 0.5), "L": Readout(0.5, 0, 0)}
    cycle = (
        "no fixed point but a cycle of {} states; readouts are averaged over the 2 in which fast species have "
        "come to rest"
    )
    assert found.notes == (
        f"before: {cycle.format(6)}; changing: T, S, L",
        "early: the end depends on the moment of the treatment; differing: T, S",
        f"late: {cycle.format(4)}; changing: T, S",
        "the treatment comes at any of 2 moments of the cycle before; early and late are averages over these, and the "
        "steps follow the first",
    )


def test_where_a_treatment_freezes_a_fast_cycle_depends_on_the_moment():
    """A -| A turns for ever; while X keeps it from turning, M remembers how it was found: X -| A, A and not X -> M."""
    letters = made(
        ["A -| A", "A -> M", "M -> M"],
        drugs={"X": ["X -| A"]},
        rules={"M": "(A and not X) or (M and X)"},
    )
    found = in_steps(letters, Scenario(drugs=X))
    assert found.values["M"] == Readout(0.5, 0.5, 0.5)
    assert found.notes[1] == "early and late: the end depends on the moment of the treatment; differing: M"


@st.composite
def ruled(draw: st.DrawFn) -> tuple[Pathway, dict[str, dict[tuple[int, ...], int]]]:
    """A random pathway of up to five species by truth tables, some slow, with a drug X that holds A off; the tables."""
    names = "ABCDE"[: draw(st.integers(1, 5))]
    rules, tables = {}, {}
    for name in names:
        sources = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
        values = draw(st.lists(st.integers(0, 1), min_size=2 ** len(sources), max_size=2 ** len(sources)))
        rows = {tuple(j >> i & 1 for i in range(len(sources))): value for j, value in enumerate(values)}
        terms = (
            " and ".join(["1", *(s if on else f"not {s}" for s, on in zip(sources, row, strict=True))])
            for row, value in rows.items()
            if value
        )
        rules[name] = Rule(target=name, text=" or ".join(f"({term})" for term in terms) or "0")
        tables[name] = {"sources": sources, "rows": rows}
    slow, on = draw(st.sets(st.sampled_from(names))), draw(st.sets(st.sampled_from(names)))
    letters = Pathway(
        name="letters",
        species={n: Species(id=n, initial=int(n in on), speed=Speed.slow if n in slow else Speed.fast) for n in names},
        rules=rules,
        drugs={"X": Drug(id="X", edges=(edge("X -| A"),))},
    )
    return letters, tables


class ByHand:
    """The protocol written down plainly, on truth tables; *held* are values that rules cannot change."""

    def __init__(self, tables, slow, held):
        self.tables, self.slow, self.held = tables, slow, held

    def image(self, state):
        found = {n: t["rows"][tuple(state[s] for s in t["sources"])] for n, t in self.tables.items()}
        return found | self.held

    def rest(self, state):
        """The states that the fast species come to, in the order in which they are passed."""
        run = [state]
        while True:
            image = self.image(run[-1])
            following = {n: run[-1][n] if n in self.slow else image[n] for n in image}
            if following in run:
                return run[run.index(following) :]
            run.append(following)

    def ends(self, state):
        """What lasts in the end: a list of what the fast species come to."""
        path = []
        while state not in [start for start, _ in path]:
            rest = self.rest(state)
            path.append((state, rest))
            images = [self.image(each) for each in rest]
            agreed = {n: images[0][n] for n in self.slow if all(image[n] == images[0][n] for image in images)}
            if all(rest[0][name] == value for name, value in agreed.items()):
                return [rest]
            state = rest[0] | agreed
        return [rest for _, rest in path[[start for start, _ in path].index(state) :]]


def mean(parts, name):
    return sum(Fraction(sum(state[name] for state in part), len(part)) for part in parts) / len(parts)


@given(ruled(), st.sampled_from(["X", "X=0", "A=0", "A=1"]))
def test_readouts_are_what_the_protocol_gives_when_written_down_plainly(drawn, treatment):
    letters, tables = drawn
    slow = {name for name, species in letters.species.items() if species.speed is Speed.slow}
    scenario = {
        "X": Scenario(drugs=X),
        "X=0": Scenario(drugs=(("X", 0.0),)),
        "A=0": Scenario(clamps=(("A", 0),)),
        "A=1": Scenario(clamps=(("A", 1),)),
    }[treatment]
    before = ByHand(tables, slow, {}).ends({name: species.initial for name, species in letters.species.items()})
    starts = before[0] if len(before) == 1 else [rest[0] for rest in before]
    under = ByHand(tables, slow, {"X": {"A": 0}, "X=0": {}, "A=0": {"A": 0}, "A=1": {"A": 1}}[treatment])
    added = dict(scenario.clamps)
    early = [under.rest(start | added) for start in starts]
    late = [under.ends(rest[0]) for rest in early]
    found = in_steps(letters, scenario)
    for name in letters.species:
        lasting = sum(mean(parts, name) for parts in late) / len(late)
        assert found.values[name] == Readout(float(mean(before, name)), float(mean(early, name)), float(lasting))


@given(ruled())
def test_a_treatment_that_does_nothing_changes_nothing(drawn):
    """A dose of 0, and a species held at the value that it has all the time, cycle or not."""
    letters, _ = drawn
    states = stepped(prepare(letters, Scenario())).before.cycle
    still = [(n, states[0] >> i & 1) for i, n in enumerate(letters.species) if len({s >> i & 1 for s in states}) == 1]
    for scenario in [Scenario(drugs=(("X", 0.0),)), *(Scenario(clamps=(each,)) for each in still)]:
        for value in in_steps(letters, scenario).values.values():
            assert value.before == value.early == value.late


def test_what_is_read_out_where_the_pathway_does_not_say():
    letters = made(["A -> B", "B -> C", "B -> D"])
    assert readout_names(letters) == ("C", "D")
    assert readout_names(made(["A -> B", "B -> A"])) == ("A", "B")


def test_actions_without_a_target_are_remarked_on(rebound):
    edges = (*rebound.drugs["X"].edges, edge("X -| SRC"), edge("X -| K", blocks=("P", "R")))
    letters = replace(rebound, drugs={"X": Drug(id="X", edges=edges)})
    (note,) = in_steps(letters, Scenario(drugs=X)).notes
    assert note == "X also acts on P -> R, SRC; this pathway does not have that"


@given(st.lists(st.tuples(*[st.sampled_from(s) for s in ("ABCDE", ("->", "-|"), "ABCDE")]), min_size=1, max_size=9))
def test_steps_add_up_to_the_states_of_the_course(drawn):
    lines = [" ".join(line) for line in drawn]
    names = {line[i] for line in drawn for i in (0, 2)}
    letters = made(lines, on="AB", slow="BD", drugs={"X": [f"X -| {min(names)}"]})
    scenario = Scenario(drugs=X)
    found = in_steps(letters, scenario)
    on = set(found.steps[0].on)
    for step in found.steps:
        for change in step.changed:
            assert (change.species in on) != bool(change.value)
            (on.add if change.value else on.remove)(change.species)
        assert on == set(step.on)
    prepared = prepare(letters, scenario)
    ends = [{n for n, v in unpacked(prepared.treated, s).items() if v} for s in stepped(prepared).late.cycle]
    assert on in ends


def test_probabilities_agree_with_the_steps_where_nothing_is_random_in_the_end(rebound):
    exact = in_steps(rebound, Scenario(drugs=X))
    drawn = over_time(rebound, Scenario(drugs=X), sampling=Sampling(replicates=500))
    for name, value in exact.values.items():
        share = drawn.values[name]
        assert (share.before, share.early, share.late) == pytest.approx(
            (value.before, value.early, value.late), abs=0.02
        )
    assert drawn.probabilities[0.0]["P"] == pytest.approx(1, abs=0.02)
    assert list(drawn.probabilities) == sorted(drawn.probabilities)
    assert drawn.steps == ()


def test_a_dose_is_the_share_of_cells_that_lose_the_readout(rebound):
    drawn = over_time(rebound, Scenario(drugs=(("X", 0.3),)), sampling=Sampling(replicates=4000))
    share = drawn.values["P"].early
    assert abs(share - 0.7) < 4.5 * drawn.error(0.7)
    assert drawn.error(0.7) == pytest.approx((0.7 * 0.3 / 4000) ** 0.5)


def test_an_input_differs_between_cells_until_something_acts_on_it(rebound):
    species = rebound.species | {"L": replace(rebound.species["L"], share=0.25)}
    mixed = replace(rebound, species=species, drugs=rebound.drugs | {"Y": Drug(id="Y", edges=(edge("Y -| L"),))})
    free = over_time(mixed, Scenario(drugs=X), sampling=Sampling(replicates=2000))
    assert abs(free.values["L"].late - 0.25) < 4.5 * free.error(0.25)
    assert free.notes == ()
    acted = over_time(mixed, Scenario(drugs=(("Y", 1.0),)), sampling=Sampling(replicates=2000))
    assert abs(acted.values["L"].before - 0.25) < 4.5 * acted.error(0.25)
    assert (acted.values["L"].early, acted.values["L"].late) == (0, 0)
    assert acted.notes == ()


def test_late_times_change_no_readout_and_no_engine(rebound):
    usual = {"sampling": Sampling(replicates=50)}
    late = over_time(rebound, Scenario(drugs=X), times=[1.0, 500.0], **usual)
    plain = over_time(rebound, Scenario(drugs=X), times=[1.0], **usual)
    assert (late.values, late.engine) == (plain.values, "python")
    assert late.probabilities[1.0] == plain.probabilities[1.0]


@pytest.mark.parametrize("start", ["untreated", "zero"])
def test_the_seed_decides_the_numbers(rebound, start):
    options = {"times": (3.0, 1.0), "start": start}
    samplings = [Sampling(replicates=300, seed=seed) for seed in (1, 1, 2)]
    scenario = Scenario(drugs=(("X", 0.5),))
    one, two, other = (over_time(rebound, scenario, sampling=each, **options) for each in samplings)
    assert one == two
    assert one.values != other.values
    assert one.probabilities != other.probabilities
    assert list(one.probabilities) == [1.0, 3.0]


def test_cells_may_start_from_zero(rebound):
    drawn = over_time(rebound, Scenario(), start="zero", times=(0.0, 30.0), sampling=Sampling(replicates=200))
    assert drawn.probabilities[0.0]["K"] == 0
    assert drawn.probabilities[0.0]["L"] == 1
    assert drawn.probabilities[30.0]["K"] == 1


@pytest.mark.parametrize("start", ["zero", "random", "untreated"])
def test_a_clamp_holds_from_the_first_moment(rebound, start):
    options = {"start": start, "times": (0.0, 1.0), "sampling": Sampling(replicates=100)}
    drawn = over_time(rebound, Scenario(clamps=(("K", 1), ("R", 0))), **options)
    assert [(shares["K"], shares["R"]) for shares in drawn.probabilities.values()] == [(1, 0), (1, 0)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"start": "one"}, "Cells cannot start 'one'; they start untreated, file, zero, random."),
        ({"sampling": Sampling(replicates=0)}, "--replicates 0: from 1 to"),
        ({"times": (-1.0,)}, "times must be rising numbers from 0 on"),
        ({"times": (float("nan"),)}, "times must be rising numbers from 0 on"),
    ],
)
def test_options_that_make_no_sense_are_refused(rebound, options, message):
    with pytest.raises(ScenarioError, match=message):
        over_time(rebound, Scenario(), **options)
