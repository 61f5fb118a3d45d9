"""MaBoSS files mean here what they mean to MaBoSS: its grammar, its beginnings, its rates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product
from math import exp, sqrt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from her2cli.errors import DataError
from her2cli.expression import evaluate, parse
from her2cli.formats import maboss, read_file, write
from her2cli.formats.treated import treated
from her2cli.loading import load_text
from her2cli.logic.network import build
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions.simulation import over_time
from her2cli.model import Edge, Effect, JointStart, Pathway, Rule, Scenario, Species, Speed, StateRate

INPUTS = "node A { rate_up = 0; rate_down = 0; } node B { rate_up = 0; rate_down = 0; } "


def read(bnd: str, cfg: str | None = "A.istate = 0; B.istate = 0; C.istate = 0;") -> Pathway:
    return maboss.read(bnd, name="m", source="m.bnd", settings=cfg)


def node(body: str, parameters: str = "") -> tuple[Pathway, list[int], Species]:
    """A network in which C has that *body*; C's next value by A, B and C; and C itself."""
    pathway = read(f"{INPUTS} node C {{ {body} }}", f"{parameters} A.istate = 0; B.istate = 0; C.istate = 0;")
    rule = build(pathway).rules["C"]
    states = [dict(zip("ABC", bits, strict=True)) for bits in product((0, 1), repeat=3)]
    return pathway, [evaluate(rule, state) for state in states], pathway.species["C"]


# --- the grammar ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("logic", "meaning"),
    [
        ("A && !B", lambda a, b: a and not b),
        ("A || B", lambda a, b: a or b),
        ("not A and B or A", lambda a, b: (not a and b) or a),
        ("A ^ A | B", lambda a, b: a != (a or b)),  # XOR is looser than OR
        ("A xor B & A", lambda a, b: a != (b and a)),
        ("(A + B) >= 1", lambda a, b: a + b >= 1),
        ("A + B == 1", lambda a, b: a + b == 1),
        ("A - B", lambda a, b: a != b),  # any number but 0 is true
        ("A ? B : 1", lambda a, b: b if a else 1),
        ("A ? B ? 0 : 1 : B ? 1 : 0", lambda a, b: (not b) if a else b),
        ("A & $f", lambda a, b: 0),
        ("A & $t | $f", lambda a, b: a),
        ("!A == 0", lambda a, b: a),
        ("0.5", lambda a, b: 1),
        ("2*A - 1 > 0", lambda a, b: a),
    ],
)
def test_logic_has_the_meaning_and_the_precedence_that_maboss_gives_it(logic: str, meaning: object):
    _, values, _ = node(f"logic = {logic};", "$f = 0; $t = TRUE;")
    expected = [int(bool(meaning(a, b))) for a, b, _ in product((0, 1), repeat=3)]  # type: ignore[operator]
    assert values == expected


@pytest.mark.parametrize(
    ("body", "rates"),
    [
        ("logic = A;", (None, None)),  # 1 and 1: those of a fast species
        ("logic = A; rate_up = (@logic ? 1 : 0)/$t; rate_down = (@logic) ? 0 : 1/24;", (0.25, 1 / 24)),
        ("logic = A; rate_up = @logic*3; rate_down = (NOT @logic) ? 2*$t : 0;", (3, 8)),
        ("rate_up = A ? 1e-3 : 0; rate_down = !A ? .5 : 0;", (0.001, 0.5)),
        ("logic = A; rate_up = @logic ? (B ? 2 : 2) : 0; rate_down = @logic ? 0 : $t/2 + 1;", (2, 3)),
        ("speed = 5; logic = A; rate_up = @logic ? @speed : 0; rate_down = @logic ? 0 : @speed;", (5, 5)),
        ('description = "a // b; {x} /* "; logic = A; rate_up = (@logic == 1) ? 2 : 0; max_rate = 9;', (2, 1)),
        ("rate_down = @logic ? 0 : 7; /* a } comment */ logic = A; // another {\n", (1, 7)),
    ],
)
def test_rates_are_read_as_arithmetic(body: str, rates: tuple[float | None, float | None]):
    _, values, species = node(body, "$t = 4;")
    assert values == [0, 0, 0, 0, 1, 1, 1, 1]
    assert (species.rate_up, species.rate_down) == pytest.approx(rates)
    # A species is slow, and waits early under a treatment, where neither rate is above two of the usual slow ones.
    assert species.speed is (Speed.slow if (max(rates, key=lambda rate: rate or 1) or 1) <= 0.1 else Speed.fast)


@pytest.mark.parametrize(
    ("body", "expected", "rates"),
    [
        ("rate_up = A ? 2 : 0;", lambda a, b, c: c or a, (2, None)),  # once up it has no way down
        ("logic = A; rate_up = @logic & B ? 1 : 0;", lambda a, b, c: (c and a) or (a and b), (None, None)),
        ("rate_up = 1; rate_down = 1;", lambda a, b, c: not c, (None, None)),  # it flips for ever
        ("rate_up = 0; rate_down = 3;", lambda a, b, c: 0, (None, 3)),
        ("rate_up = A; rate_down = 0;", lambda a, b, c: c or a, (None, None)),
        ("rate_up = C ? 5 : 2; rate_down = C ? 3 : 9;", lambda a, b, c: not c, (2, 3)),  # it rises from 0, falls from 1
    ],
)
def test_a_node_goes_up_where_it_may_and_down_where_it_may_and_else_stays(body: str, expected: object, rates: object):
    _, values, species = node(body)
    assert values == [int(bool(expected(*bits))) for bits in product((0, 1), repeat=3)]  # type: ignore[operator]
    assert (species.rate_up, species.rate_down) == rates


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("logic = A; rate_up = log(2);", r"the function log\(...\) is not read"),
        ("logic = A; rate_up = @nothing;", "@nothing is used, but the node has no nothing"),
        ("a = @b; b = @a; logic = @a;", "leads back to itself"),
        ("logic = A; rate_up = 1/(A - A*1);", "divided by 0"),
        ("logic = A; rate_up = @logic ? -1 : 0;", "rate_up is negative"),
        ("logic = A; rate_up = $nothing;", r"the parameter \$nothing has no value"),
        ("logic = A B;", "expected"),
        ("logic = A ? B;", "has no ':'"),
        ("logic = A : B;", "no '\\?' before"),
        ("logic = A ? (B : 1);", "no '\\?' before"),
        ("logic = (A;", "never closed"),
        ("logic = ;", "the logic is empty"),
        ('logic = "A";', "quoted text"),
    ],
)
def test_what_has_no_boolean_meaning_is_refused_by_its_name(body: str, what: str):
    with pytest.raises(DataError, match=what):
        node(body)


def test_an_attribute_that_nothing_uses_is_told():
    pathway, _, _ = node("LOGIC = A; logic = B;")
    assert pathway.remarks == ("attributes that nothing uses: LOGIC of C.",)


def test_a_network_may_stand_in_short_lines():
    pathway = read("targets, factors\nA, A\nB: A & !C;\nC, B", None)
    assert {name: rule.text for name, rule in pathway.rules.items()} == {"B": "A and not C", "C": "B"}


# --- the beginning -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cfg", "share"),
    [
        ("", 0.5),
        ("C.istate = 1;", 1),
        ("C.istate = 1.0;", 1),
        ("C.istate = 0;", 0),
        ("C.istate = -1;", 0.5),
        ("C.istate = TRUE;", 1),
        ("$x = 1; C.istate = $x;", 1),
        ("C.istate = 0.3;", 1),  # any number but 0 is on, in MaBoSS
        ("[C].istate = 0.3 [1], 0.7 [0];", 0.3),
        ("[C].istate = 3 [1] , 1 [0];", 0.75),
        ("[C].istate = 0.3 [1];", 1),
        ("[C].istate = 0.3 [1], 0.3 [1], 0.4 [0];", 0.6),  # a state that stands twice has both chances
        ("[C].istate = 1 [0], 0 [1];", 0),
    ],
)
@pytest.mark.parametrize("body", ["rate_up = 0; rate_down = 0;", "logic = A;"])
def test_a_node_begins_as_in_maboss(cfg: str, share: float, body: str):
    species = read(f"{INPUTS} node C {{ {body} }}", cfg).species["C"]
    assert (species.share if species.share is not None else species.initial) == share
    assert species.initial == (share > 0.5)


def test_a_joint_beginning_is_kept_as_it_is():
    pathway = read(f"{INPUTS} node C {{ logic = A; }}", "[A, B].istate = 1 [0, 0], 3 [1, 1]; C.istate = 0;")
    assert pathway.joint_starts == (JointStart(species=("A", "B"), weights={(0, 0): 0.25, (1, 1): 0.75}),)
    assert [pathway.species[name].initial for name in "ABC"] == [1, 1, 0]
    assert not pathway.remarks


@pytest.mark.parametrize(
    ("cfg", "what"),
    [
        ("A.istate = 1; A.istate = 0;", "istate of A stands twice"),
        ("[A].istate = 1 [1]; [A, B].istate = 1 [0, 0];", "istate of A stands twice"),
        ("[A, B].istate = 0.4 [0, 0], 0.6 [1];", r"\[A, B\].istate = .*write 0.3 \[1, 1\], 0.7 \[0, 0\]"),
        ("[A, A].istate = 1 [0, 0];", "different nodes"),
        ("[A].istate = 0 [1], 0 [0];", "write 0, 1, -1"),
        ("A.istate = B;", "a number is expected"),
        ("A.speed = 1;", "'speed' is not a setting of a node"),
        ("sample_counts = 10;", "'sample_counts' is not a setting of MaBoSS"),
        ("Z.istate = 1;", "Z is not a node"),
        ("time_tick = 0;", "above 0"),
        ("statdist_traj_count = -1;", "from 0 on"),
    ],
)
def test_a_wrong_setting_is_told(cfg: str, what: str):
    with pytest.raises(DataError, match=what):
        read(INPUTS, cfg)


def test_a_setting_of_what_is_no_node_is_told_at_its_first_line():
    with pytest.raises(DataError, match=r"m\.cfg:3: Z is not a node of m\.bnd\.$"):
        read(INPUTS, "A.istate = 1;\nB.istate = 1;\nZ.istate = 1;\nZ.is_internal = 1;\n")


def test_every_setting_of_the_manual_is_known_and_0_where_0_makes_sense():
    cfg = """thread_count = 0; statdist_traj_count = 0; statdist_cluster_threshold = 0; use_physrandgen = 0;
    statdist_similarity_cache_max_size = 0; use_glibcrandgen = 0; use_mtrandgen = 0; seed_pseudorandom = 0;
    display_traj = 0; init_pop = 0; discrete_time = 0;"""
    more = "max_time = 1/2; time_tick = 0.1; sample_count = 10; A.is_internal = 1; A.refstate = -1; A.in_graph = 0;"
    assert not read(INPUTS, f"{cfg}\n{more}\nA.istate = 0; B.istate = 1; // told\n/* A.istate = 1; */").remarks


def test_what_is_assumed_of_a_beginning_is_said():
    assert read(INPUTS, "").remarks == ("no istate, so they begin at random, as MaBoSS has it: A, B.",)
    for more, told in (("C", "A, B, C."), ("CD", "A, B, C and 1 more.")):
        nodes = INPUTS + "".join(f"node {name} {{ rate_up = 0; rate_down = 0; }} " for name in more)
        assert read(nodes, "").remarks == (f"no istate, so they begin at random, as MaBoSS has it: {told}",)
    assert read(INPUTS, "A.istate = 0; B.istate = 0; discrete_time = 1;").remarks[0].startswith("discrete_time = 1")
    alone = read("node A { logic = A; rate_up = @logic ? $u : 0; }", None)
    assert alone.remarks == (
        "no .cfg file was found: every species begins at random, as MaBoSS has it.",
        "without a .cfg file these are taken as 1: $u.",
    )
    assert alone.species["A"].share == 0.5


def test_the_cfg_file_is_found_under_the_names_that_tools_give_it(tmp_path: Path):
    network, beginning = "node A { rate_up = 0; rate_down = 0; }", "A.istate = 1;"
    (tmp_path / "m.bnd").write_text(network)
    (told,) = read_file(tmp_path / "m.bnd").remarks
    assert "(tried m.cfg, m.bnd.cfg)" in told
    (tmp_path / "other.cfg").write_text(beginning)
    (told,) = read_file(tmp_path / "m.bnd").remarks
    assert "--settings names one, such as other.cfg" in told
    assert read_file(tmp_path / "m.bnd", settings=str(tmp_path / "other.cfg")).species["A"].initial == 1
    for name in ("m_wild.cfg", "m.bnd.cfg"):
        (tmp_path / name).write_text(beginning)
        assert read_file(tmp_path / "m.bnd").species["A"].initial == 1
    assert read_file(tmp_path / "m.bnd.cfg").species["A"].initial == 1
    (tmp_path / "m.bnd.cfg").unlink()
    (tmp_path / "m_other.cfg").write_text("A.istate = 0;")  # now there are two that may be meant
    (told,) = read_file(tmp_path / "m.bnd").remarks
    assert "such as m_other.cfg" in told


@pytest.mark.parametrize("name", ["rates", "no_istate", "biolqm_style"])
def test_the_given_files_are_read_as_their_readme_has_them(shared: Path, name: str):
    pathway = read_file(shared / "foreign" / f"{name}.bnd")
    if name == "rates":
        assert {(each.rate_up, each.rate_down) for each in pathway.species.values()} == {(20, 20), (0.5, 0.5)}
    elif name == "no_istate":
        assert {each.share for each in pathway.species.values()} == {0.5}
    else:
        assert [each.initial for each in pathway.species.values()] == [0, 0]
        assert not pathway.remarks


def test_a_share_is_written_as_the_chance_of_being_on():
    """`[A].istate = 0.3 [1], 0.7 [0]` of MaBoSS: three in ten begin on."""
    pathway = Pathway(name="m", species={"A": Species(id="A", share=0.3)}, rules={"A": maboss_rule("A", "not A")})
    settings = write(pathway, "maboss").beside.splitlines()[0]
    weights = dict(re.findall(r"([0-9.]+) \[([01])\]", settings))
    assert settings.startswith("[A].istate = ")
    assert weights == {"0.3": "1", "0.7": "0"}


# --- back and forth ------------------------------------------------------------------------------------------------

shares = st.none() | st.sampled_from([0.5, 0.3, 1 / 3, 1e-9])
speeds = st.none() | st.sampled_from([20.0, 0.5, 1 / 3, 1e-7, 1e20])


@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_beginnings_and_rates_survive_a_round_trip(data: st.DataObject):
    names = ("A", "B-1", "C", "D")
    species = {
        name: Species(id=name, share=data.draw(shares), rate_up=data.draw(speeds), rate_down=data.draw(speeds))
        for name in names[:2]
    } | {name: Species(id=name) for name in names[2:]}
    weights = {(0, 1): 0.1, (1, 0): 0.9}
    joint = (JointStart(species=("C", "D"), weights=weights),) if data.draw(st.booleans()) else ()
    rules = {name: maboss_rule(name, rule) for name, rule in {"A": "not C", "B-1": 'A and "B-1"'}.items()}
    pathway = Pathway(name="m", species=species, rules=rules, joint_starts=joint)
    written = write(pathway, "maboss")
    assert not written.losses
    again = maboss.read(written.text, name="m", source="m.bnd", settings=written.beside)
    assert again.joint_starts == joint
    assert not again.remarks
    for name in names[:2]:
        before, after = species[name], again.species[name]
        assert after.share == before.share
        usual = 0.05 if after.speed is Speed.slow else 1.0
        assert (after.rate_up or usual, after.rate_down or usual) == (before.rate_up or 1.0, before.rate_down or 1.0)


def maboss_rule(name: str, rule: str) -> object:
    from her2cli.model import Rule

    return Rule(target=name, text=rule)


def test_a_share_of_an_input_is_written_as_a_share():
    pathway = Pathway(name="m", species={"A": Species(id="A", share=0.3)})
    written = write(pathway, "maboss")
    assert "[A].istate = 0.3 [1], 0.7 [0];" in written.beside
    assert not written.losses


# --- MaBoSS itself -------------------------------------------------------------------------------------------------

NAMES = "ABC"
TIMES = (0.5, 2.0)


@st.composite
def logics(draw: st.DrawFn, depth: int = 2) -> str:
    if not depth or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from([*NAMES, "$t", "1", "0"]))
    parts = [draw(logics(depth=depth - 1)) for _ in range(2)]
    shape = draw(
        st.sampled_from(
            [
                "({0} & {1})",
                "{0} | {1}",
                "({0}) XOR {1}",
                "!({0})",
                "{0} && NOT {1}",
                "({0} ? {1} : 0)",
                "({0} + {1} > 1)",
            ]
        )
    )
    return shape.format(*parts)


@st.composite
def networks(draw: st.DrawFn) -> tuple[str, str]:
    number = st.sampled_from(["1", "2", "$t", "1/3", "$t/2"])
    nodes, cfg = [], ["$t = 1.5;"]
    for name in NAMES:
        shape = draw(
            st.sampled_from(
                [
                    "logic = {0};",
                    "logic = {0}; rate_up = @logic ? {1} : 0; rate_down = @logic ? 0 : {2};",
                    "logic = {0}; rate_up = (@logic ? 1 : 0)*{1};",
                    "rate_up = {0} ? {1} : 0; rate_down = NOT {3} ? {2} : 0;",
                    "logic = {0}; rate_up = @logic ? ({3} ? {1} : {2}) : 0; rate_down = @logic ? 0 : (B ? 2 : $t);",
                    "rate_up = (({0}) ? {1} : 0) + (({3}) ? {2} : 0); rate_down = (A & B ? 0.3 : 0) + (C ? 1 : 0);",
                    "rate_up = 0; rate_down = 0;",
                ]
            )
        )
        nodes.append(f"node {name} {{ {shape.format(draw(logics()), draw(number), draw(number), draw(logics()))} }}")
    begins = draw(st.sampled_from(["", "A.istate = 1;", "[A, B].istate = 0.2 [1, 0], 0.8 [0, 1];"]))
    cfg += [begins, draw(st.sampled_from(["", "[C].istate = 0.25 [1], 0.75 [0];", "C.istate = -1;"]))]
    return "\n".join(nodes), "\n".join(cfg)


def exact(pathway: Pathway, time: float) -> dict[str, float]:
    """The chance of each species to be on at *time*, by uniformisation of the chain over all states."""
    rules = build(pathway).rules
    states = list(product((0, 1), repeat=len(NAMES)))
    chances = dict.fromkeys(states, 0.0)
    joint = pathway.joint_starts[0] if pathway.joint_starts else JointStart(species=(), weights={(): 1.0})
    for state in states:
        at = dict(zip(NAMES, state, strict=True))
        chance = joint.weights.get(tuple(at[name] for name in joint.species), 0.0)
        for name in NAMES:
            if name not in joint.species:
                species = pathway.species[name]
                share = species.share if species.share is not None else species.initial
                chance *= share if at[name] else 1 - share
        chances[state] = chance
    moves: dict[tuple[int, ...], list[tuple[tuple[int, ...], float]]] = {}
    for state in states:
        at = dict(zip(NAMES, state, strict=True))
        moves[state] = []
        for place, name in enumerate(NAMES):
            if evaluate(rules[name], at) != at[name]:
                species = pathway.species[name]
                usual = 0.05 if species.speed is Speed.slow else 1.0
                rate = species.rate_down if at[name] else species.rate_up
                for own in pathway.state_rates:
                    toward = (own.species, own.direction) == (name, "down" if at[name] else "up")
                    if toward and evaluate(parse(own.where), at):
                        rate = own.rate
                        break
                other = (*state[:place], 1 - at[name], *state[place + 1 :])
                moves[state].append((other, usual if rate is None else rate))
    clock = 12.0
    found = dict.fromkeys(states, 0.0)
    weight = exp(-clock * time)
    for tick in range(1, 120):
        for state in states:
            found[state] += weight * chances[state]
        after = dict.fromkeys(states, 0.0)
        for state in states:
            after[state] += chances[state] * (1 - sum(rate for _, rate in moves[state]) / clock)
            for other, rate in moves[state]:
                after[other] += chances[state] * rate / clock
        chances, weight = after, weight * clock * time / tick
    return {name: sum(chance for state, chance in found.items() if state[place]) for place, name in enumerate(NAMES)}


@given(network=networks(), rewritten=st.booleans())
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_what_is_read_or_written_has_the_probabilities_that_maboss_draws(
    network: tuple[str, str], rewritten: bool, tmp_path_factory: pytest.TempPathFactory
):
    cmaboss = pytest.importorskip("cmaboss")
    bnd, cfg = network
    pathway = read(bnd, cfg)
    cells, tick = 4000, 0.01
    folder = tmp_path_factory.mktemp("maboss")
    written = write(pathway, "maboss")  # which MaBoSS has to read as it reads the original
    (folder / "m.bnd").write_text(bnd if not rewritten else written.text)
    (folder / "m.cfg").write_text(
        f"{cfg if not rewritten else written.beside.partition('max_time')[0]}\nmax_time = {TIMES[-1] + tick}; "
        f"time_tick = {tick}; sample_count = {cells}; discrete_time = 0;"
    )
    simulation = cmaboss.MaBoSSSim(network=str(folder / "m.bnd"), config=str(folder / "m.cfg"))
    drawn, times, names, *_ = simulation.run().get_nodes_probtraj()
    for time in TIMES:
        row = min(range(len(times)), key=lambda place: abs(times[place] - time))
        expected: Mapping[str, float] = exact(pathway, float(times[row]) + tick / 2)
        for place, name in enumerate(names):
            chance = min(1.0, max(0.0, expected[name]))
            error = sqrt(chance * (1 - chance) / cells) + 1e-3
            assert abs(drawn[row][place] - chance) < 4.5 * error, (name, time, bnd, cfg)


def test_maboss_reads_what_is_written_with_shares_rates_and_joint_beginnings(tmp_path: Path):
    cmaboss = pytest.importorskip("cmaboss")
    pathway = read(
        "node A { logic = !B; rate_up = @logic ? 20 : 0; rate_down = @logic ? 0 : 20; }"
        "node B { logic = !A; rate_up = @logic ? 0.5 : 0; rate_down = @logic ? 0 : 0.5; } node C { logic = C; }",
        "[A, B].istate = 0.7 [0, 0], 0.3 [0, 1]; [C].istate = 0.2 [1], 0.8 [0];",
    )
    written = write(pathway, "maboss")
    (tmp_path / "p.bnd").write_text(written.text)
    (tmp_path / "p.cfg").write_text(written.beside)
    simulation = cmaboss.MaBoSSSim(network=str(tmp_path / "p.bnd"), config=str(tmp_path / "p.cfg"))
    drawn, _, names, *_ = simulation.run().get_nodes_probtraj()
    late = dict(zip(names, map(float, drawn[-1]), strict=True))
    assert late["A"] == pytest.approx(0.7 * 20 / 20.5, abs=0.025)  # of the 10,000 cells that a cfg asks for
    assert late["C"] == pytest.approx(0.2, abs=0.02)
    assert parse(pathway.rules["A"].text) == parse("not B")


def test_a_rate_that_differs_between_states_is_kept_state_by_state():
    """The highest stands with the species, the others with the states in which they hold; a file of ours keeps them."""
    network = "node A { logic = B; rate_up = @logic ? (C ? 1 : 4) : 0; } node B { logic = B; } node C { logic = C; }"
    pathway = read(network, "A.istate = 0; B.istate = 1; C.istate = 0;")
    assert parse(pathway.rules["A"].text) == parse("B")
    assert pathway.species["A"].rate_up == 4
    (own,) = pathway.state_rates
    assert (own.species, own.direction, own.rate) == ("A", "up", 1)
    assert [evaluate(parse(own.where), {"A": 0, "B": 1, "C": c}) for c in (0, 1)] == [0, 1]
    assert load_text(write(pathway, "yaml").text).state_rates == pathway.state_rates
    assert "1 rates of some states only" in write(pathway, "bnet").losses


def test_of_several_rates_that_hold_in_a_state_the_first_is_written():
    rates = [StateRate(species="B", direction="up", rate=rate, where=where) for rate, where in ((5, "C"), (7, "D"))]
    pathway = Pathway(
        name="m",
        species={name: Species(id=name) for name in "ABCD"},
        rules={"B": Rule(target="B", text="A")},
        state_rates=tuple(rates),
    )
    written = write(pathway, "maboss")
    again = read(written.text, written.beside)
    for c, d in product((0, 1), repeat=2):
        state = {"A": 1, "B": 0, "C": c, "D": d}
        expected = 5 if c else 7 if d else 1
        held = [each.rate for each in again.state_rates if evaluate(parse(each.where), state)]
        assert [*held, again.species["B"].rate_up][0] == expected


def test_a_rate_of_some_states_is_written_where_its_species_moves_its_way_and_nowhere_else():
    own = StateRate(species="A", direction="up", rate=4, where="B")
    edges = tuple(Edge(source=source, target=target, effect=Effect.activates) for source, target in ("AB", "BA"))
    pathway = Pathway(name="m", species={key: Species(id=key) for key in "AB"}, edges=edges, state_rates=(own,))
    rates = re.findall(r"(rate_(?:up|down)) = (.+?);", write(pathway, "maboss").text)
    assert [(side, "4" in rate) for side, rate in rates] == [
        ("rate_up", True),
        ("rate_down", False),
        ("rate_up", False),
        ("rate_down", False),
    ]


STATES_RATES = """
node A { logic = !B; rate_up = @logic ? (C ? 2 : 0.25) : 0; rate_down = (B & C ? 3 : 0) + (B & !C ? 1 : 0); }
node B { rate_up = (A ? 0.7 : 0.2)/2; rate_down = (A & C ? 0 : 1)/(2 - C); }
node C { logic = A | !B; rate_up = @logic ? (A & B ? 1 : A ? 0.5 : 0.1) : 0; rate_down = @logic ? 0 : (B ? 1 : 2); }
"""


@pytest.mark.parametrize("engine", ["python", "numba"])
def test_rates_that_differ_between_states_have_the_chances_of_the_exact_chain_and_of_maboss(
    engine: str, tmp_path: Path
):
    """B turns on and off in the same states, which no rule with one rate says."""
    if engine == "numba":
        pytest.importorskip("numba")
    pathway = read(STATES_RATES, "A.istate = 0; [B].istate = 0.5 [1], 0.5 [0]; C.istate = 1;")
    assert len(pathway.state_rates) > 4
    cells = 10_000 if engine == "numba" else 1_500
    found = over_time(
        pathway,
        Scenario(),
        times=[0.0, *TIMES],
        start="file",
        sampling=Sampling(replicates=cells, engine=engine),
    ).probabilities
    for time in [0.0, *TIMES]:
        expected = exact(pathway, time)
        for name in NAMES:
            chance = expected[name]
            error = sqrt(chance * (1 - chance) / cells) + 1e-9
            assert abs(found[time][name] - chance) < 4.5 * error, (time, name)


@pytest.mark.parametrize("engine", ["python", "numba"])
def test_what_is_read_is_simulated_with_the_chances_of_the_exact_chain(engine: str):
    """Rates, a share and a joint beginning at once: a fast switch against a slow one, and a third that follows."""
    if engine == "numba":
        pytest.importorskip("numba")
    pathway = read(
        "node A { logic = !B; rate_up = @logic ? 2 : 0; rate_down = @logic ? 0 : 1/3; }"
        "node B { logic = !A & C; rate_up = @logic ? 0.5 : 0; rate_down = @logic ? 0 : 3; }"
        "node C { logic = A | C; rate_up = @logic ? 0.25 : 0; }",
        "[A, B].istate = 0.6 [0, 1], 0.4 [0, 0]; [C].istate = 0.3 [1], 0.7 [0];",
    )
    cells = 20_000
    times = [0.0, *TIMES]
    found = over_time(
        pathway,
        Scenario(),
        times=times,
        start="file",
        sampling=Sampling(replicates=cells, engine=engine),
    ).probabilities
    for time in times:
        expected = exact(pathway, time)
        for name in NAMES:
            chance = expected[name]
            error = sqrt(chance * (1 - chance) / cells) + 1e-9
            assert abs(found[time][name] - chance) < 4.5 * error, (time, name)


def test_a_network_that_nobody_gave_a_beginning_ends_as_maboss_has_it(shared: Path):
    """Two that hold each other up, and an input: each is on in half of the cells at time 28, by cmaboss."""
    pathway = read_file(shared / "foreign" / "no_istate.bnd")
    found = over_time(pathway, Scenario(), times=[28.0], start="file", sampling=Sampling(replicates=4000))
    assert all(abs(share - 0.5) < 4.5 * sqrt(0.25 / 4000) for share in found.probabilities[28.0].values())
    rates = read_file(shared / "foreign" / "rates.bnd")
    late = over_time(rates, Scenario(), times=[40.0], start="file", sampling=Sampling(replicates=4000))
    chance = 20 / 20.5
    assert abs(late.probabilities[40.0]["PRO"] - chance) < 4.5 * sqrt(chance * (1 - chance) / 4000)


def test_a_scenario_is_written_with_the_rates_shares_and_joint_beginnings_that_it_leaves():
    pathway = read(
        "node A { logic = B; rate_up = @logic ? 20 : 0; } node B { logic = A; } node C { logic = !A; }",
        "[A, B].istate = 0.6 [0, 1], 0.4 [1, 0]; [C].istate = 0.3 [1], 0.7 [0];",
    )
    prepared = prepare(pathway, Scenario())
    written = write(treated(pathway, prepared), "maboss", prepared.treated)
    again = maboss.read(written.text, name="m", source="m.bnd", settings=written.beside)
    assert again.joint_starts == pathway.joint_starts
    assert {key: (each.share, each.rate_up) for key, each in again.species.items()} == {
        "A": (None, 20),
        "B": (None, None),
        "C": (0.3, None),
    }
    held = prepare(pathway, Scenario(clamps=(("A", 1),)))
    assert "A.istate = 1;" in write(treated(pathway, held), "maboss", held.treated).beside


@pytest.mark.parametrize(
    ("setting", "what"),
    [
        ("A.schedule = 20:0.1, 40:0.9;", "schedule of A: a schedule changes a node in the course of time"),
        ("[A, B].pop_istate = 1.0 [{[1,0]:18} , {[0,1]:2}];", "pop_istate of A: a population of cells"),
        ("custom_pop_output = #cell(A) > 0 ? 1 : 0;", "custom_pop_output: a population of cells"),
    ],
)
def test_what_changes_the_model_and_has_no_boolean_meaning_is_refused_by_its_name(setting: str, what: str):
    with pytest.raises(DataError, match=re.escape(what)) as caught:
        read("node A { logic = B; } node B { logic = A; }", f"A.istate = 1;\n{setting}\nmax_time = 5;")
    assert len(caught.value.problems) == 1
