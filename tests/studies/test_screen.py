"""Screens: what is enumerated, that shares are those a scenario has alone, scores and ranks by hand, parts.

The network of letters: the inputs G and H (H in half of the cells), A = G or mut, B = A and not HB (blocked by the drug
`ab`), P = B or H, a phenotype to be off, and D = not P, a phenotype to be on. The drug `cut` inhibits P itself; `idle`
acts on a species that is not there. The lines `plain` and `mutant` differ in `mut`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

import her2cli
from her2cli.errors import Her2Error, ScenarioError, UnknownName
from her2cli.formats import load
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.questions.shares import batches, shares, tallied
from her2cli.model import Scenario
from her2cli.studies.product import Axis, Level, Scenarios
from her2cli.studies.room import How
from her2cli.studies.screen import NOTHING, Goal, _ranked, axes, chosen_engine, read_out, screen

pytestmark = pytest.mark.usefixtures("quick_lanes")

TEXT = """
schema: 1
name: letters
species:
  G: {initial: 0}
  H: {share: 0.5}
  A: {}
  B: {}
  P: {kind: phenotype, goal: 0}
  D: {kind: phenotype, goal: 1}
  Q: {kind: phenotype}
edges:
  - {source: G, target: A, effect: activates}
  - {source: A, target: B, effect: activates}
  - {source: B, target: P, effect: activates}
  - {source: H, target: P, effect: activates}
  - {source: P, target: D, effect: inhibits}
  - {source: D, target: Q, effect: activates}
drugs:
  ab: {edges: [{target: B, effect: inhibits}]}
  ab2: {edges: [{target: B, effect: inhibits}]}
  cut: {edges: [{target: P, effect: inhibits}]}
  idle: {edges: [{target: NOWHERE, effect: inhibits}]}
alterations:
  mut: {edges: [{target: A, effect: activates}]}
  gain: {edges: [{target: B, effect: activates}]}
cell_lines:
  plain: {}
  mutant: {alterations: [mut]}
"""
MUTANT = Scenario(alterations=("mut",))


@pytest.fixture
def letters(tmp_path):
    path = tmp_path / "letters.yaml"
    path.write_text(TEXT)
    found = load(str(path))
    return replace(found, cell_lines={name: found.cell_lines[name] for name in ("plain", "mutant")})


def test_cell_lines_of_which_nothing_is_known_here_are_left_out(tmp_path):
    """The shipped ones have alterations that the letters do not have."""
    path = tmp_path / "letters.yaml"
    path.write_text(TEXT)
    axis = axes(load(str(path)), MUTANT, ["cell-lines"])[0]
    assert {"plain", "mutant"} <= set(names(axis))
    assert "BT474" in axis.idle


def names(axis) -> list[str]:
    return [level.name for level in axis.levels]


def test_each_kind_enumerates_what_it_says(letters):
    def of(kind, base=MUTANT):
        return names(axes(letters, base, [kind])[0])

    assert of("drugs") == [NOTHING, "ab", "ab2", "cut"]
    assert of("pairs") == [NOTHING, *(" + ".join(pair) for pair in combinations(["ab", "ab2", "cut"], 2))]
    assert of("alterations") == [NOTHING, "gain"]  # the tumour has the other one
    assert of("alteration-pairs", Scenario()) == [NOTHING, "mut + gain"]
    assert of("cell-lines") == ["plain", "mutant"]
    assert of("knockouts") == [NOTHING, "G=0", "H=0", "A=0", "B=0"]  # phenotypes are read out, not held
    assert of("activations") == [NOTHING, "G=1", "H=1", "A=1", "B=1"]
    assert of("drugs", replace(MUTANT, drugs=(("ab", 1.0),))) == [NOTHING, "ab2", "cut"]
    assert of("drugs=cut,ab") == [NOTHING, "cut", "ab"]


def test_drugs_without_a_target_are_left_out_and_named(letters):
    idle = axes(letters, MUTANT, ["drugs"])[0].idle
    assert "idle" in idle
    assert "trastuzumab" in idle  # a file sees the shipped drugs, too
    assert not {"ab", "ab2", "cut"} & set(idle)


@pytest.mark.parametrize(
    ("along", "error", "said"),
    [
        ([], ScenarioError, "Name what to screen: drugs, pairs"),
        (["medicines"], UnknownName, "No kind of screen 'medicines'. There are drugs, pairs"),
        (["drugs", "drugs"], ScenarioError, "drugs stands twice"),
        (["drugs=abb"], UnknownName, "Close: ab"),
        (["drugs=idle"], ScenarioError, "None of idle adds anything"),
        (["alteration-pairs"], ScenarioError, "no alteration-pairs to screen"),
    ],
)
def test_what_cannot_be_screened_is_said(letters, along, error, said):
    with pytest.raises(error, match=said):
        screen(letters, MUTANT, along)


def test_scores_are_the_mean_share_at_the_goals_and_ranks_count_who_is_better(letters):
    """Without a drug P is on in all cells; `ab` leaves it to H, half of the cells; `cut` ends it."""
    found = screen(letters, MUTANT, ["drugs"], sampling=Sampling(replicates=400))
    rows = {row["drug"]: row for row in found.records()}
    assert found.heading == "mean share of cells, late, with P off, D on"
    assert rows["none"]["score"] == 0
    assert rows["none"]["rank"] is None  # the reference is not ranked
    assert rows["cut"]["score"] == 1
    assert rows["cut"]["rank"] == 1
    assert rows["ab"]["score"] == pytest.approx((1 - rows["ab"]["P"] + rows["ab"]["D"]) / 2)
    assert rows["ab"]["score"] == pytest.approx(0.5, abs=0.1)
    assert (rows["ab"]["rank"], rows["ab2"]["rank"]) == (2, 2)
    assert rows["ab"]["P_error"] == pytest.approx((rows["ab"]["P"] * (1 - rows["ab"]["P"]) / 400) ** 0.5)
    assert rows["ab"]["score_error"] == pytest.approx((rows["ab"]["P_error"] + rows["ab"]["D_error"]) / 2)
    assert [row["score"] for row in found.records()] == sorted((row["score"] for row in rows.values()), reverse=True)


@pytest.mark.parametrize(("on", "rank"), [(43, 1), (44, 2)])
def test_two_scenarios_have_one_rank_within_two_standard_errors_of_their_difference(on: int, rank: int):
    """Of 100 cells P is on in 30 and in 43: 0.13 apart, and twice the error 0.067; in 44 it is 0.14, and 0.135."""
    drugs = Axis(kind="drugs", levels=(Level(name=NOTHING), *(Level(name=name, drugs=(name,)) for name in "ab")))
    late = [(0, 0, 90), (0, 0, 30), (0, 0, on)]  # before, early and late; without a drug first
    goals = [Goal(species="P", value=0)]
    _, ranks = _ranked(Scenarios(base=Scenario(), axes=(drugs,)), late, ["P"], goals, "late", 100)
    assert list(ranks) == [1, rank, 0]


def test_goals_can_be_asked_otherwise(letters):
    found = screen(letters, MUTANT, ["drugs"], readouts=["P=1", "A"], sampling=Sampling(replicates=50))
    assert found.heading == "mean share of cells, late, with P on, A off"
    best = next(found.hits())
    assert best.names == ("none",)
    assert best.score == 0.5  # P is on and A is not off, in all cells
    with pytest.raises(ScenarioError, match=r"P=2: a readout's goal is 0"):
        screen(letters, MUTANT, ["drugs"], readouts=["P=2"])
    with pytest.raises(ScenarioError, match="both off and on"):
        screen(letters, MUTANT, ["drugs"], readouts=["P=1", "P=0"])


def test_where_no_species_has_a_goal_all_readouts_are_to_be_off(letters):
    bare = replace(letters, species={name: replace(each, goal=None) for name, each in letters.species.items()})
    found = screen(bare, MUTANT, ["drugs"], sampling=Sampling(replicates=20))
    assert found.heading == "mean share of cells, late, with P off, D off, Q off"


def test_a_product_has_every_combination_once_and_cell_lines_replace_the_tumour(letters):
    found = screen(letters, MUTANT, ["drugs", "x", "cell-lines"], sampling=Sampling(replicates=50))
    rows = found.records()
    assert len({(row["drug"], row["cell_line"]) for row in rows}) == len(rows) == 4 * 2
    untreated = {row["cell_line"]: row for row in rows if row["drug"] == "none"}
    assert untreated["mutant"]["P"] == 1
    assert untreated["plain"]["P"] < 1
    assert all(row["rank"] is None for row in untreated.values())


def test_every_scenario_has_the_shares_that_it_has_alone(letters):
    """Up to five standard errors of two samples, for all kinds of scenario at once: drugs, doses, clamps, inputs."""
    scenarios = [
        Scenario(alterations=alterations, drugs=drugs, clamps=clamps, inputs=inputs)
        for alterations in ((), ("mut",))
        for drugs in ((), (("ab", 1.0),), (("ab", 0.3),), (("ab", 0.5), ("cut", 0.4)))
        for clamps in ((), (("P", 1),))
        for inputs in (None, 1)
    ]
    rows, _ = tallied(letters, scenarios, ["B", "P", "D"], sampling=Sampling(replicates=2000, engine="python"))
    for scenario, row in zip(scenarios, rows, strict=True):
        for place, share in enumerate(row):
            readout, time = ("B", "P", "D")[place % 3], ("before", "early", "late")[place // 3]
            assert share == pytest.approx(exact(scenario, readout, time), abs=5 * 0.5 / 2000**0.5), scenario


def exact(scenario: Scenario, readout: str, time: str) -> float:
    """The share by hand: cells differ in H and in the drugs that reach them. All species are fast and come to rest."""
    doses = {} if time == "before" else dict(scenario.drugs)
    clamps = {} if time == "before" else dict(scenario.clamps)
    total = 0.0
    for h in (0, 1):
        for ab in (0, 1):
            for cut in (0, 1):
                weight = 0.5 if scenario.inputs is None else float(h == scenario.inputs)
                weight *= doses.get("ab", 0) if ab else 1 - doses.get("ab", 0)
                weight *= doses.get("cut", 0) if cut else 1 - doses.get("cut", 0)
                a = int(bool(scenario.inputs) or "mut" in scenario.alterations)
                b = a and not ab
                p = clamps.get("P", int((b or h) and not cut))
                total += weight * {"B": b, "P": p, "D": 1 - p}[readout]
    return total


def test_doses_mix_as_single_simulations_do(letters):
    """`shares` refuses doses below 1 in company; one scenario alone is simulated with them."""
    from her2cli.logic.questions.simulation import over_time

    scenario = replace(MUTANT, drugs=(("ab", 0.3),))
    (row,), _ = tallied(letters, [scenario], ["P"], sampling=Sampling(replicates=4000))
    alone = over_time(letters, scenario, (0.0,), sampling=Sampling(replicates=4000)).values["P"]
    assert row[2] == pytest.approx(alone.late, abs=0.05)


def test_shares_are_those_of_the_experiments_engine(letters):
    scenarios = [replace(MUTANT, drugs=((drug, 1.0),)) for drug in ("ab", "cut")]
    both = shares(letters, scenarios, sampling=Sampling(replicates=1000)).values
    rows, _ = tallied(letters, scenarios, ["P", "D"], sampling=Sampling(replicates=1000))
    for scenario, row in zip(scenarios, rows, strict=True):
        assert row[4] == pytest.approx(both[scenario]["P"].late, abs=0.08)


def test_a_screen_in_parts_is_the_same_screen(letters, tmp_path, monkeypatch):
    from her2cli.studies import screen as module

    monkeypatch.setattr(module, "PART", 3)
    along, options = ["drugs", "cell-lines"], {"sampling": Sampling(replicates=40, seed=5)}
    plain = screen(letters, MUTANT, along, **options).records()
    folder = str(tmp_path / "run")
    assert screen(letters, MUTANT, along, **options, how=How(folder=folder, share=(1, 2))) is None
    done = screen(letters, MUTANT, along, **options, how=How(folder=folder, share=(2, 2), jobs=2))
    assert done.records() == plain
    assert screen(letters, MUTANT, along, **options, how=How(folder=folder, merge=True)).records() == plain
    with pytest.raises(Her2Error, match="another study: it differs in seed"):
        screen(letters, MUTANT, along, sampling=Sampling(replicates=40, seed=6), how=How(folder=folder, resume=True))


@pytest.mark.parametrize(("there", "engine"), [(True, "numba"), (False, "python")])
def test_a_large_study_is_numbas_where_that_is_installed_and_a_small_one_is_pythons(monkeypatch, there, engine):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object() if there and name == "numba" else None)
    assert [chosen_engine(None, cells) for cells in (1000, 10**9)] == ["python", engine]
    assert chosen_engine("python", 10**9) == "python"


def test_engines_agree_within_error(letters):
    pytest.importorskip("numba")
    found = [
        screen(letters, MUTANT, ["drugs", "cell-lines"], sampling=Sampling(replicates=600, engine=engine)).records()
        for engine in ("python", "numba")
    ]
    for one, other in zip(
        *(sorted(rows, key=lambda row: (row["drug"], row["cell_line"])) for rows in found), strict=True
    ):
        assert one["P"] == pytest.approx(other["P"], abs=0.15)


def test_rows_are_read_by_arrow_readers(letters):
    pyarrow = pytest.importorskip("pyarrow")
    found = screen(letters, MUTANT, ["drugs", "cell-lines"], sampling=Sampling(replicates=20))
    table = pyarrow.RecordBatchReader.from_stream(found).read_all()
    assert table.column_names == list(found.header)
    assert table.to_pylist() == found.records()
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(found).height == len(found)


def test_a_network_of_rules_alone_is_screened_for_all_its_species(tmp_path):
    """It names no readouts: its end is read out, and all species are held in turn."""
    path = tmp_path / "rules.bnet"
    path.write_text("targets,factors\nI,I\nA,I\nB,!A\n")
    found = screen(load(str(path)), Scenario(inputs=1), ["knockouts"], sampling=Sampling(replicates=10))
    rows = {row["knockout"]: row for row in found.records()}
    assert set(rows) == {NOTHING, "I=0", "A=0", "B=0"}
    assert [rows[name]["B"] for name in (NOTHING, "I=0", "A=0", "B=0")] == [0, 1, 1, 0]


def test_a_readout_is_asked_off_or_on_and_not_both():
    network = her2cli.load()
    names, goals = read_out(network, ["AKT=1", "ERBB3", "AKT=1"])
    assert names == ("AKT", "ERBB3")
    assert [(goal.species, goal.value) for goal in goals] == [("AKT", 1), ("ERBB3", 0)]
    with pytest.raises(ScenarioError, match="AKT is to be read out both off and on"):
        read_out(network, ["AKT=1", "AKT=0"])


@pytest.mark.parametrize("base", [MUTANT, replace(MUTANT, drugs=(("ab", 0.4),)), replace(MUTANT, clamps=(("P", 1),))])
@pytest.mark.parametrize("along", [["drugs", "knockouts"], ["knockouts", "activations", "cell-lines"], ["alterations"]])
def test_a_product_is_counted_as_its_scenarios_are_one_by_one(letters, base, along):
    """In any company and order, in which a later axis may hold what an earlier one held off; lines bring ligands."""
    ligand = {"mutant": replace(letters.cell_lines["mutant"], ligands=("G",)), "plain": letters.cell_lines["plain"]}
    pathway = replace(letters, cell_lines=ligand)
    every = Scenarios(base=base, axes=axes(pathway, base, along))
    sampling, species = Sampling(replicates=40, seed=3, engine="python"), ("B", "P", "D")
    (whole,), _ = batches(pathway, every, species, (sampling,))
    some = [place for place in (7, 2, 5, 2, len(every) - 1, 0) if place < len(every)]
    (part,), _ = batches(pathway, [every[place] for place in some], species, (sampling,))
    for own, place in zip(part, some, strict=True):
        assert own == whole[place]
        (alone,), _ = tallied(pathway, [every[place]], species, sampling=sampling)
        assert own == pytest.approx([40 * share for share in alone])


def test_an_answer_that_memory_does_not_hold_lies_in_a_file_and_is_the_same(letters, monkeypatch):
    from her2cli.studies import screen as module

    options = {"sampling": Sampling(replicates=30, seed=1)}
    plain = screen(letters, MUTANT, ["drugs", "knockouts"], **options).records()
    monkeypatch.setattr(module, "_IN_MEMORY", 100)
    assert screen(letters, MUTANT, ["drugs", "knockouts"], **options).records() == plain


def test_a_disk_that_is_full_for_the_answer_is_told_in_one_line(monkeypatch):
    from her2cli.studies import screen as module

    class Full:
        def seek(self, *_):
            return 0

        def write(self, _):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.tempfile, "SpooledTemporaryFile", lambda **_: Full())
    with pytest.raises(Her2Error, match="cannot take the answer: No space left on device"):
        module.Rows(typecode="H", width=3).extend(bytes(6))


def test_each_scenario_has_all_that_the_base_has():
    """A dose of the base's own is kept, where an axis names the same drug."""
    base = Scenario(
        alterations=("mut",), ligands=("L",), drugs=(("ab", 0.3),), clamps=(("P", 1),), inputs=1, context="gel"
    )
    drugs = Axis(kind="drugs", levels=(Level(name="none"), Level(name="ab", drugs=("ab",))))
    line = Axis(kind="cell-lines", levels=(Level(name="HCC", alterations=("own",), ligands=("M",), line=True),))
    assert list(Scenarios(base=base, axes=(drugs,))) == [base, base]
    in_line = replace(base, alterations=("own",), ligands=("M", "L"))
    assert list(Scenarios(base=base, axes=(drugs, line))) == [in_line, in_line]


def test_no_tumour_is_screened_that_has_two_amounts_of_the_same():
    """HER2-positive, low and ultralow are told by one marker; HER2 that was lost stands beside the amplification."""
    erbb = load("erbb")
    amplified, *others = (axes(erbb, Scenario(alterations=had), ["alterations"])[0] for had in (("ERBB2_amp",), ()))
    assert amplified.contrary == ("ERBB2_low", "ERBB2_ultralow")
    assert not {*amplified.contrary} & {*names(amplified)}
    assert "ERBB2_loss" in names(amplified)
    assert not others[0].contrary
    assert {"ERBB2_amp", "ERBB2_low", "ERBB2_ultralow"} <= {*names(others[0])}
    pairs = names(axes(erbb, Scenario(), ["alteration-pairs"])[0])
    assert "ERBB2_low + PTEN_loss" in pairs
    assert not {"ERBB2_amp + ERBB2_low", "ERBB2_low + ERBB2_ultralow"} & {*pairs}
    with pytest.raises(ScenarioError, match="ERBB2_low: ERBB2_amp has another amount of the same; -a none"):
        axes(erbb, Scenario(alterations=("ERBB2_amp",)), ["alterations=ERBB2_low"])


@pytest.mark.parametrize("dose", [0.25, 0.5, 0.75])
def test_a_dose_of_the_base_acts_in_its_share_of_the_cells(letters, dose):
    base, cells = replace(MUTANT, drugs=(("ab", dose),)), Sampling(replicates=2000)
    found = screen(letters, base, ["drugs=cut"], readouts=["B"], sampling=cells)
    assert [found.share(place, "B") for place in range(2)] == pytest.approx([1 - dose] * 2, abs=0.06)
