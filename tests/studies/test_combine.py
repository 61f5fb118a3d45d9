"""Two drugs: signs and scales as `synfit` has them, cases by hand, errors that cover, verdicts.

Letters: P follows A or B, and both are on; `a` and `b` inhibit one each, so only both end P (*logical*). Q follows C,
which `c1` and `c2` end in half of the cells each, independently of each other.
"""

from __future__ import annotations

from math import sqrt
from statistics import covariance, mean

import pytest

from her2cli.errors import ScenarioError, UnknownName
from her2cli.formats import load
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import NoTarget
from her2cli.logic.questions.shares import tallied
from her2cli.model import Scenario
from her2cli.studies.combine import DOSES, Surface, _surface, combine
from her2cli.studies.screen import Goal

pytestmark = pytest.mark.usefixtures("quick_lanes")

TEXT = """
schema: 1
name: letters
readouts: [P, Q]
species:
  ON: {initial: 1}
  A: {}
  B: {}
  C: {}
  P: {kind: phenotype, goal: 0}
  Q: {kind: phenotype, goal: 0}
edges:
  - {source: ON, target: A, effect: activates}
  - {source: ON, target: B, effect: activates}
  - {source: ON, target: C, effect: activates}
  - {source: A, target: P, effect: activates}
  - {source: B, target: P, effect: activates}
  - {source: C, target: Q, effect: activates}
drugs:
  a: {edges: [{target: A, effect: inhibits}]}
  b: {edges: [{target: B, effect: inhibits}]}
  c1: {efficacy: 0.5, edges: [{target: C, effect: inhibits}]}
  c2: {efficacy: 0.5, edges: [{target: C, effect: inhibits}]}
  idle: {edges: [{target: NOWHERE, effect: inhibits}]}
"""
CELLS = Scenario()


@pytest.fixture
def letters(tmp_path):
    path = tmp_path / "letters.yaml"
    path.write_text(TEXT)
    return load(str(path))


def surface(shares, replicates: int = 1000) -> Surface:
    """A surface of four shares that were drawn apart."""
    variances = [share * (1 - share) / replicates for share in shares]
    covariance = tuple(tuple(variances[a] if a == b else 0.0 for b in range(4)) for a in range(4))
    return Surface(goal=Goal(species="P", value=0), shares=shares, covariance=covariance, replicates=replicates)


@pytest.mark.parametrize(
    "shares", [(1.0, 0.6, 0.5, 0.2), (0.9, 0.4, 0.7, 0.35), (0.8, 0.8, 0.5, 0.6), (1.0, 1.0, 1.0, 0.0)]
)
def test_excess_has_the_sign_and_scale_of_synfit(shares):
    """synfit predicts the response; what is expected less what is seen is the excess."""
    synfit = pytest.importorskip("synfit")
    numpy = pytest.importorskip("numpy")
    made = surface(shares)
    seen = numpy.array([[made.at(first, second).response for second in DOSES] for first in DOSES])
    across, down = seen[0, :], seen[:, 0]  # the second drug alone, and the first alone
    bliss = synfit.bliss_reference(across, down, effect_0=shares[0], effect_inf=0.0) - seen
    hsa = synfit.hsa_reference(across, down, effect_0=shares[0], effect_inf=0.0) - seen
    for row, first in enumerate(DOSES):
        for column, second in enumerate(DOSES):
            assert made.at(first, second).bliss == pytest.approx(bliss[row, column], abs=1e-12)
            assert made.at(first, second).hsa == pytest.approx(hsa[row, column], abs=1e-12)


def test_by_hand():
    """Of 90 % each drug leaves two thirds and a half: Bliss expects 30 %, HSA 45 %; 20 % are seen."""
    point = surface((0.9, 0.6, 0.45, 0.2)).full
    assert point.response == 0.2
    assert point.bliss == pytest.approx(0.1)
    assert point.hsa == pytest.approx(0.25)
    assert point.hsa_error == pytest.approx(sqrt((0.45 * 0.55 + 0.2 * 0.8) / 1000))
    half = surface((0.9, 0.6, 0.45, 0.2)).at(0.5, 0.5)
    assert half.bliss == pytest.approx(0.25 * 0.1)
    assert half.response == pytest.approx((0.9 + 0.6 + 0.45 + 0.2) / 4)


def test_where_no_cell_misses_the_goal_untreated_bliss_expects_nothing_and_errs_in_nothing():
    point = surface((0.0, 0.2, 0.3, 0.4)).full
    assert (point.bliss, point.bliss_error) == (0, 0)


@pytest.mark.parametrize(
    ("shares", "verdict"),
    [
        ((1.0, 1.0, 1.0, 0.0), "logical"),
        ((1.0, 0.95, 1.0, 0.3), "logical"),  # one alone does no more than is worth noticing
        ((1.0, 0.6, 0.5, 0.1), "synergistic"),
        ((1.0, 0.6, 0.5, 0.3), "independent"),  # what Bliss expects
        ((1.0, 0.6, 0.5, 0.32), "independent"),  # within two errors of it
        ((1.0, 0.6, 0.5, 0.26), "independent"),  # beyond them, and less than a readout moves by that moves a little
        ((1.0, 0.6, 0.5, 0.34), "independent"),
        ((1.0, 0.6, 0.5, 0.24), "synergistic"),
        ((1.0, 0.6, 0.5, 0.5), "antagonistic"),  # no better than one alone
        ((0.93, 0.99, 0.84, 0.81), "opposed"),  # the first alone makes it worse, both little better than the second
        ((0.5, 0.9, 0.3, 0.1), "opposed"),
        ((0.93, 0.97, 0.8, 0.77), "independent"),  # so little worse does not count, and no more does the gain
        ((1.0, 1.0, 0.97, 0.95), "none"),
        ((0.0, 0.0, 0.0, 0.0), "none"),
    ],
)
def test_verdicts(shares, verdict):
    assert surface(shares).verdict == verdict


def test_a_pair_is_synergistic_only_where_both_leave_a_fraction_and_it_beats_the_better_drug():
    """All pairs of a grid: by Bliss's own condition, that what a drug leaves is a fraction of the untreated response,
    and by the better drug alone, from the four shares."""
    grid = [number / 20 for number in range(21)]
    seen = set()
    for none in (0.4, 0.75, 0.95):
        for one in grid:
            for other in grid:
                for both in grid:
                    verdict = surface((none, one, other, both), replicates=20_000).verdict
                    seen.add(verdict)
                    if verdict in ("synergistic", "antagonistic"):
                        assert max(one, other) / none <= 1 + 0.06 / none
                    if verdict == "synergistic":
                        assert both < min(one, other) - 0.049
    assert seen == {"none", "logical", "opposed", "independent", "synergistic", "antagonistic"}


def test_redundant_branches_are_logical_and_what_is_not_touched_is_none(letters):
    found = {
        each.goal.species: each
        for each in combine(letters, CELLS, "a", "b", sampling=Sampling(replicates=100)).surfaces
    }
    assert found["P"].shares == (1, 1, 1, 0)
    assert found["P"].verdict == "logical"
    assert found["Q"].verdict == "none"


def test_independent_drugs_have_no_excess_beyond_error(letters):
    found = {
        each.goal.species: each
        for each in combine(letters, CELLS, "c1", "c2", sampling=Sampling(replicates=2000)).surfaces
    }
    none, one, other, both = found["Q"].shares
    assert none == 1
    assert (one, other) == (pytest.approx(0.5, abs=0.06), pytest.approx(0.5, abs=0.06))
    assert both == pytest.approx(0.25, abs=0.05)
    assert abs(found["Q"].full.bliss) < 4 * found["Q"].full.bliss_error
    assert found["Q"].full.hsa == pytest.approx(0.25, abs=0.06)


def test_errors_are_those_of_repetition(letters):
    """Forty seeds: the excess scatters as the errors say, a half more or less."""
    found = [
        combine(letters, CELLS, "c1", "c2", readouts=["Q"], sampling=Sampling(replicates=40, seed=seed))
        for seed in range(40)
    ]
    points = [each.surfaces[0].full for each in found]
    for value, error in (("bliss", "bliss_error"), ("hsa", "hsa_error"), ("response", "error")):
        values = [getattr(point, value) for point in points]
        mean = sum(values) / len(values)
        scatter = sqrt(sum((each - mean) ** 2 for each in values) / (len(values) - 1))
        told = sqrt(sum(getattr(point, error) ** 2 for point in points) / len(points))
        assert told == pytest.approx(scatter, rel=0.5)


def test_the_surface_is_what_doses_do(letters):
    """A mixture of four shares is the share under doses, as `tallied` has it for the scenario itself."""
    made = combine(letters, CELLS, "a", "c1", sampling=Sampling(replicates=2000))
    for first, second in ((0.3, 0.8), (1.0, 0.5), (0.0, 1.0)):
        doses = tuple((name, dose) for name, dose in (("a", first), ("c1", second)))
        (row,), _ = tallied(letters, [Scenario(drugs=doses)], ["P", "Q"], sampling=Sampling(replicates=2000, seed=9))
        for each, late in zip(made.surfaces, row[4:], strict=True):
            assert each.at(first, second).response == pytest.approx(late, abs=0.06)


def test_rows_are_records_and_arrow(letters):
    pyarrow = pytest.importorskip("pyarrow")
    found = combine(letters, CELLS, "a", "b", sampling=Sampling(replicates=40))
    records = found.records((0.0, 1.0))
    assert [(each["readout"], each["first"], each["second"]) for each in records[:4]] == [
        ("P", 0.0, 0.0),
        ("P", 0.0, 1.0),
        ("P", 1.0, 0.0),
        ("P", 1.0, 1.0),
    ]
    assert pyarrow.RecordBatchReader.from_stream(found).read_all().num_rows == 2 * len(DOSES) ** 2


@pytest.mark.parametrize(
    ("pair", "options", "error", "said"),
    [
        (("a", "A"), {}, ScenarioError, "a stands twice; name two drugs."),
        (("a", "nothing"), {}, UnknownName, "No drug 'nothing'"),
        (("a", "idle"), {}, NoTarget, "The drug idle has no target"),
        (("a", "b"), {"time": "before"}, ScenarioError, "there are early, late"),
        (("a", "b"), {"sampling": Sampling(replicates=10)}, ScenarioError, "at least 40 cells"),
    ],
)
def test_what_cannot_be_combined_is_said(letters, pair, options, error, said):
    with pytest.raises(error, match=said):
        combine(letters, CELLS, *pair, **options)
    with pytest.raises(ScenarioError, match="in the scenario already"):
        combine(letters, Scenario(drugs=(("a", 1.0),)), "a", "b")


def test_the_covariance_is_that_of_the_mean_of_the_batches():
    """By hand, from the definition: that of the samples, divided by their number."""
    samples = [(1.0, 0.5, 0.25, 0.0), (0.5, 0.5, 0.5, 0.25), (0.75, 0.25, 0.5, 0.5)]
    found = _surface(Goal(species="P", value=0), samples, 300)
    columns = list(zip(*samples, strict=True))
    assert found.shares == pytest.approx([mean(column) for column in columns])
    for a, one in enumerate(columns):
        for b, other in enumerate(columns):
            assert found.covariance[a][b] == pytest.approx(covariance(one, other) / len(samples))
