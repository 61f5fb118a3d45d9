"""`her2 simulate`."""

from __future__ import annotations

from typing import Annotated

import typer

from her2cli.cli import _options
from her2cli.cli._output import Answer, show


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
        int, typer.Option("--replicates", metavar="N", min=1, help="Stochastic: how many cells.")
    ] = 1000,
    start: Annotated[
        str, typer.Option("--start", metavar="STATE", help="Stochastic: untreated, zero or random.")
    ] = "untreated",
    seed: _options.Seed = 0,
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
        result = run(path, chosen, semantics=semantics, seed=seed, replicates=replicates, times=time or (), start=start)
    answer = Answer(
        command="simulate",
        pathway=path,
        look=lambda: runs.simulation(result, path),
        table=lambda: runs.readouts(result),
        data=lambda: {"seed": seed, **runs.simulation_data(result)},
    )
    show(answer, json=json, csv=csv, tsv=tsv)
