"""`her2 simulate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from her2cli.cli import _options
from her2cli.cli._errors import remark
from her2cli.cli._output import Answer, show
from her2cli.errors import ScenarioError

if TYPE_CHECKING:
    from her2cli.logic.simulation import Simulation


def simulate(
    drug: _options.Drugs = None,
    alteration: _options.Alterations = None,
    ligand: _options.Ligands = None,
    clamp: _options.Clamps = None,
    cell_line: _options.CellLine = None,
    inputs: _options.Inputs = None,
    semantics: _options.Semantics = "synchronous",
    time: Annotated[
        list[float] | None, typer.Option("--time", metavar="T", help="Stochastic: a time to report. Repeatable.")
    ] = None,
    replicates: Annotated[
        int | None, typer.Option("--replicates", metavar="N", min=1, help="Stochastic: how many cells; 1000.")
    ] = None,
    start: Annotated[
        str | None, typer.Option("--start", metavar="STATE", help="Stochastic: untreated, zero or random.")
    ] = None,
    seed: _options.Seed = None,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """What a tumour does, and what a drug does to it.

    The untreated tumour settles first; then the treatment is added and followed, step by step, each with its reason.
    Readouts are given before, early (what is slow, transcription and translation, has not moved yet) and late.

    her2 simulate --drug trastuzumab
    """
    _only_stochastic(semantics, {"--time": time, "--replicates": replicates, "--start": start}, seed)
    from her2cli import formats
    from her2cli.logic.simulation import simulate as run
    from her2cli.render import runs

    path = formats.load(pathway)
    chosen = _options.scenario(
        path,
        drugs=drug,
        alterations=alteration,
        ligands=ligand,
        clamps=clamp,
        cell_line=cell_line,
        inputs=inputs,
    )
    with _options.better_pathway(path):
        results = [
            run(
                path,
                chosen,
                semantics=name,
                seed=seed or 0,
                replicates=replicates or 1000,
                times=time or (),
                start=start or "untreated",
            )
            for name in (("synchronous", "stochastic") if semantics == "all" else (semantics,))
        ]
    answer = Answer(
        command="simulate",
        pathway=path,
        look=lambda: runs.side_by_side(results, path) if len(results) > 1 else runs.simulation(results[0], path),
        table=lambda: runs.agreement(results) if len(results) > 1 else runs.readouts(results[0]),
        data=lambda: {"seed": seed or 0, **_data(results)},
    )
    show(answer, json=json, csv=csv, tsv=tsv)


def _data(results: Sequence[Simulation]) -> dict[str, Any]:
    """One simulation, or under `semantics` those of all."""
    from her2cli.render import runs

    if len(results) == 1:
        return runs.simulation_data(results[0])
    return {
        "scenario": runs.scenario_data(results[0].scenario),
        "semantics": {each.semantics: runs.simulation_data(each) for each in results},
        "agreement": runs.agreement(results).records(),
    }


def _only_stochastic(semantics: str, options: Mapping[str, object], seed: int | None) -> None:
    """Refuse what would be ignored: the synchronous semantics draws no cells."""
    if semantics != "synchronous":
        return
    for name, value in options.items():
        if value:
            raise ScenarioError(f"{name} is for cells that are drawn: add --semantics stochastic.")
    if seed is not None:
        remark("her2: note: the synchronous semantics draws no random numbers; --seed changes nothing.")
