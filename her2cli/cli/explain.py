"""`her2 explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from her2cli.cli import _elsewhere, _names, _options, _scenario
from her2cli.cli._look import share_and_cell
from her2cli.cli._output import Answer, show, width
from her2cli.cli._parameters import Argument
from her2cli.cli._progress import progress
from her2cli.errors import ScenarioError, UnknownName, shown
from her2cli.model import check_time

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.logic.network.sampling import Sampling
    from her2cli.logic.questions.reasons import Explanation
    from her2cli.logic.questions.responses import Response
    from her2cli.logic.questions.semantics import Verdict
    from her2cli.model import Pathway, Scenario


def explain(
    name: Annotated[str, Argument(metavar="NAME", help="The species to explain.", autocompletion=_names.species)],
    scenario: _options.ScenarioOptions,
    cells: _options.CellOptions,
    semantics: _options.SemanticsOptions,
    time: _options.When = "late",
    pathway: _options.Network = None,
    verbose: _options.Verbose = False,
    *,
    output: _options.BriefOptions,
) -> None:
    """Why a species is on or off, and what would flip it.

    First the share of the cells in which it is on, and the chain of edges that moved it. Then the reasons, in the most
    frequent kind of cell in which it is as in most cells: each is the smallest set of regulators that forces the value,
    down to inputs, drugs and alterations; what sustains itself is named as a loop. What would flip it is every smallest
    set of species that does so when they are held at another value from then on.

    --semantics synchronous, or --steps for short, explains one cell in on and off; all also tells what four semantics
    say of the species.

    her2 explain AKT --drug trastuzumab
    her2 explain AKT -d trastuzumab -a ERBB2_amp -a PTEN_loss
    """
    check_time(time)
    asked_for = semantics.chosen(cells)
    if asked_for == "all" and time != "late":
        raise ScenarioError("--semantics all is of where the cells end: leave out --time.")
    from her2cli.render import reasons
    from her2cli.render.console import SCREEN

    sampling = cells.sampling
    with _scenario.asked(pathway, scenario) as asked:
        chosen = asked.checked(lambda: _known(asked.pathway, name))
        with progress(f"drawing {sampling.replicates:,} cells, and trying what would flip it"):
            told = _explained(asked.pathway, chosen, name, time, sampling, asked_for)
        if told.response is None:
            asked.remarks += _scenario.left_out(asked.pathway, chosen)
        room = SCREEN - sum(_lines(f"her2: note: {each}") for each in asked.remarks)
    answer = Answer(
        command="explain",
        pathway=asked.pathway,
        look=lambda: _look(told, room, verbose=verbose),
        table=lambda: reasons.explanation_table(told.result),
        data=lambda: {"seed": sampling.seed, "semantics": asked_for, **_data(told, sampling)},
        notes=lambda: told.response.simulation.notes if told.response else (),
        brief=lambda: reasons.brief(told.result, told.response, asked.pathway, told.kind),
    )
    show(answer, output)


class _Explained(NamedTuple):
    """All that is told: the reasons, the shares of the cells unless one is followed, and what others say of it."""

    path: Pathway
    result: Explanation
    response: Response | None
    kind: dict[str, int] | None
    verdict: Verdict | None
    article: tuple[tuple[str, str], ...]


def _explained(path: Pathway, chosen: Scenario, name: str, time: str, sampling: Sampling, asked_for: str) -> _Explained:
    from her2cli.logic.questions.reasons import explain_scenario

    in_steps = asked_for == "synchronous"
    response, kind = (None, None) if in_steps else share_and_cell(path, chosen, name, time, sampling)
    result = explain_scenario(path, chosen, name, time=time, cell=kind)
    verdict = _verdict(path, chosen, name, sampling) if asked_for == "all" else None
    return _Explained(path, result, response, kind, verdict, _elsewhere.contrary(path, response) if response else ())


def _look(told: _Explained, room: int, *, verbose: bool) -> RenderableType:
    from her2cli.render import reasons

    path, result, response, kind, verdict, article = told
    if verbose:
        return reasons.whole(result, path, response, kind, verdict=verdict, width=width())
    return reasons.answered(result, path, response, kind, verdict=verdict, contrary=article, width=width(), lines=room)


def _data(told: _Explained, sampling: Sampling) -> dict[str, Any]:
    from her2cli.render import reasons
    from her2cli.render.responses import how_sure_of
    from her2cli.render.runs import verdict_data

    response, verdict = told.response, told.verdict
    return {
        **({} if verdict is None else {"verdict": verdict_data(verdict, sampling.replicates)}),
        "article": dict(told.article),
        **({} if response is None else {"how_sure": how_sure_of(response, told.path)}),
        **reasons.explanation_data(told.result, response, told.kind),
    }


def _verdict(path: Pathway, chosen: Scenario, name: str, sampling: Sampling) -> Verdict:
    """What the four semantics say of *name*. Raises `ScenarioError` for what is no species."""
    from her2cli.cli._stoppable import within_reason
    from her2cli.logic.questions.semantics import verdicts

    try:
        species = path.find_species(name)
    except UnknownName:
        raise ScenarioError(f"--semantics all is of a species; {shown(name, 60)} is given.") from None
    found = verdicts(path, chosen, sampling=sampling, bounded=within_reason)
    return next(each for each in found.verdicts if each.species == species)


def _lines(remark: str) -> int:
    """How many lines of the screen a remark takes."""
    return -(-len(remark) // width())


def _known(path: Pathway, name: str) -> None:
    """Raise `UnknownName` where *name* is no species, drug or alteration."""
    from her2cli.graph import find_start

    try:
        find_start(path, name)
    except UnknownName:
        path.find_species(name)
