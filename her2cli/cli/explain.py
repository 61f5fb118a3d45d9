"""`her2 explain`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._progress import progress
from her2cli.errors import ScenarioError, shown

TIMES = ("before", "early", "late")


def explain(
    name: Annotated[str, Argument(metavar="NAME", help="The species to explain.", autocompletion=_names.species)],
    drug: _options.Drugs = None,
    alteration: _options.Alterations = None,
    ligand: _options.Ligands = None,
    clamp: _options.Clamps = None,
    cell_line: _options.CellLine = None,
    inputs: _options.Inputs = None,
    time: Annotated[str, Option("--time", metavar="WHEN", help="before, early or late.")] = "late",
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """Why a species is on or off, and what would flip it.

    Each reason is the smallest set of regulators that forces the value, down to inputs, drugs and alterations, with
    rule, edge and evidence. What sustains itself is named as a loop. What would flip it is every smallest set of
    species that does so when they are held at another value from then on.

    her2 explain AKT --drug trastuzumab
    """
    if time not in TIMES:
        raise ScenarioError(f"No time {shown(time)!r}; there are {', '.join(TIMES)}.")
    from her2cli import formats
    from her2cli.logic.questions.reasons import explain_scenario
    from her2cli.render import reasons

    path = formats.load(pathway)
    with _options.better_pathway(path) as remarks:
        chosen = _options.scenario(
            path,
            drugs=drug,
            alterations=alteration,
            ligands=ligand,
            clamps=clamp,
            cell_line=cell_line,
            inputs=inputs,
            remarks=remarks,
        )
        with progress("trying what would flip it"):
            result = explain_scenario(path, chosen, name, time=time)
        remarks += _options.left_out(path, chosen)
    answer = Answer(
        command="explain",
        pathway=path,
        look=lambda: reasons.explanation(result),
        table=lambda: reasons.explanation_table(result),
        data=lambda: reasons.explanation_data(result),
    )
    show(answer, json=json, csv=csv, tsv=tsv)
