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
    scenario: _options.ScenarioOptions,
    pathway: _options.Network = None,
    *,
    output: _options.OutputOptions,
) -> None:
    """Two or more scenarios side by side: readouts, where they first part, and why they end apart.

    The options give what all scenarios share; what a scenario names is added to it. All are followed step by step,
    under the synchronous semantics of simulate.

    her2 compare untreated trastuzumab trastuzumab+MUC4_high
    """
    from her2cli.render import contrasts
    from her2cli.render.console import stacked, text
    from her2cli.studies.contrast import compare as contrast

    with _options.asked(pathway, scenario) as asked:
        result = contrast(asked.pathway, [asked.joined(words) for words in scenarios])
    apart = [(each.species, each.late, each.reasons) for each in result.differences]
    answer = Answer(
        command="compare",
        pathway=asked.pathway,
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
    show(answer, output)


def _parting(found: Parting) -> RenderableType:
    from her2cli.render import contrasts

    when = contrasts.moment(found.phase, found.step, found.numbers, found.moment)
    changes, kept = (found.in_first, found.in_other), (found.kept_in_first, found.kept_in_other)
    return contrasts.parting(found.other, when, changes, kept)


def _fields(found: Iterable[Parting | Alike]) -> list[dict[str, Any]]:
    """The fields of each, by name."""
    from dataclasses import fields

    return [{field.name: getattr(each, field.name) for field in fields(each)} for each in found]
