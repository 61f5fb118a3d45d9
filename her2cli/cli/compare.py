"""`her2 compare`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _names, _options
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.studies.contrast import Alike, Parting


def compare(
    scenarios: Annotated[
        list[str],
        Argument(
            metavar="SCENARIO...",
            help=(
                "Drugs, alterations, ligands and clamps joined by '+'; 'untreated' adds nothing. 'none', a normal "
                "cell, or a cell line stands in place of the default tumour."
            ),
            autocompletion=_names.scenarios,
        ),
    ],
    drug: _options.Drugs = None,
    alteration: _options.Alterations = None,
    ligand: _options.Ligands = None,
    clamp: _options.Clamps = None,
    cell_line: _options.CellLine = None,
    inputs: _options.Inputs = None,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """Two or more scenarios side by side: readouts, where they first part, and why they end apart.

    The options give what all scenarios share; what a scenario names is added to it. All are followed step by step,
    under the synchronous semantics of simulate.

    her2 compare untreated trastuzumab trastuzumab+MUC4_high
    """
    from her2cli import formats
    from her2cli.render import contrasts
    from her2cli.render.console import stacked, text
    from her2cli.studies.contrast import compare as contrast

    path = formats.load(pathway)
    with _options.better_pathway(path) as remarks:
        shared = _options.scenario(
            path,
            drugs=drug,
            alterations=alteration,
            ligands=ligand,
            clamps=clamp,
            cell_line=cell_line,
            inputs=inputs,
            remarks=remarks,
        )
        default = not cell_line and set(alteration or ()) <= {"none"}
        result = contrast(path, [_options.joined(path, shared, words, default=default) for words in scenarios])
    apart = [(each.species, each.late, each.reasons) for each in result.differences]
    answer = Answer(
        command="compare",
        pathway=path,
        look=lambda: stacked(
            contrasts.scenarios(result.simulations),
            contrasts.readouts(result.simulations, title="Readouts"),
            *(_parting(each) for each in result.partings),
            *(contrasts.alike(each.other, each.given, each.moments, each.of) for each in result.alike),
            contrasts.differences(apart, exactly=result.ends_alike),
            *(text(f"Note ({which}): {note}", "quiet") for which, note in contrasts.notes(result.notes)),
        ),
        table=lambda: contrasts.readouts(result.simulations),
        data=lambda: contrasts.data(
            result.simulations, _fields(result.partings), _fields(result.alike), apart, result.notes
        ),
        notes=lambda: [f"{which}: {note}" for which, note in contrasts.notes(result.notes)],
    )
    show(answer, json=json, csv=csv, tsv=tsv)


def _parting(found: Parting) -> RenderableType:
    from her2cli.render import contrasts

    when = contrasts.moment(found.phase, found.step, found.numbers, found.moment)
    changes, kept = (found.in_first, found.in_other), (found.kept_in_first, found.kept_in_other)
    return contrasts.parting(found.other, when, changes, kept)


def _fields(found: Iterable[Parting | Alike]) -> list[dict[str, Any]]:
    """The fields of each, by name."""
    from dataclasses import fields

    return [{field.name: getattr(each, field.name) for field in fields(each)} for each in found]
