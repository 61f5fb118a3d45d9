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
    scenario: _options.ScenarioOptions,
    time: Annotated[str, Option("--time", metavar="WHEN", help="before, early or late.")] = "late",
    pathway: _options.Network = None,
    *,
    output: _options.OutputOptions,
) -> None:
    """Why a species is on or off, and what would flip it.

    Each reason is the smallest set of regulators that forces the value, down to inputs, drugs and alterations, with
    rule, edge and evidence. What sustains itself is named as a loop. What would flip it is every smallest set of
    species that does so when they are held at another value from then on.

    her2 explain AKT --drug trastuzumab
    """
    if time not in TIMES:
        raise ScenarioError(f"No time {shown(time)!r}; there are {', '.join(TIMES)}.")
    from her2cli.logic.questions.reasons import explain_scenario
    from her2cli.render import reasons

    with _options.asked(pathway, scenario) as asked:
        with progress("trying what would flip it"):
            result = explain_scenario(asked.pathway, asked.scenario, name, time=time)
        asked.remarks += _options.left_out(asked.pathway, asked.scenario)
    answer = Answer(
        command="explain",
        pathway=asked.pathway,
        look=lambda: reasons.explanation(result),
        table=lambda: reasons.explanation_table(result),
        data=lambda: reasons.explanation_data(result),
    )
    show(answer, output)
