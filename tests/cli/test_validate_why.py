"""her2 validate --why: where two arms differ, each is explained in a cell that is as the answer says."""

from __future__ import annotations

import her2cli
from her2cli.cli.validate import _arms
from her2cli.logic.network.sampling import Sampling
from her2cli.studies.experiments import validate as run_experiments


def test_a_change_is_explained_in_a_cell_that_has_it() -> None:
    """Of the shipped experiments every sixth, and one whose readout is off in most cells of both arms."""
    path = her2cli.load("erbb")
    every = [*path.experiments.values()]
    asked = [*every[::6], path.experiments["H130"]]
    report = run_experiments(path, asked, sampling=Sampling(replicates=200))
    changed = [row for row in report.rows if row.got != "unchanged"]
    assert len(changed) > 8
    for row in changed:
        (_, here, _), (_, there, _) = _arms(path, row, "stochastic")
        assert (here.value > there.value) == (row.got == "up"), row.experiment.id
        assert here.value != there.value, row.experiment.id
