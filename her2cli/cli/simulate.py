"""`her2 simulate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _elsewhere, _options, _scenario
from her2cli.cli._errors import remark
from her2cli.cli._output import Answer, show, width
from her2cli.cli._parameters import Option
from her2cli.cli._progress import progress
from her2cli.errors import ScenarioError, each_of, shown

if TYPE_CHECKING:
    from her2cli.logic.network.sampling import Sampling
    from her2cli.model import Pathway, Scenario

Dose = Annotated[
    str | None,
    Option(
        "--dose",
        metavar="FROM..TO",
        help="The readouts over doses of the drugs that have none of their own, such as 0..1 or 0..100%.",
    ),
]
Plot = Annotated[
    str | None, Option("--plot", metavar="FILE", help="Also draw the curve of --dose or --time: svg, png or pdf.")
]


def simulate(
    scenario: _options.ScenarioOptions,
    cells: _options.CellOptions,
    semantics: _options.SemanticsOptions,
    readout: _options.Shown = None,
    dose: Dose = None,
    time: Annotated[
        list[str] | None,
        Option(
            "--time",
            metavar="T",
            help="A time after the treatment to report, or a course such as 0..100; a fast species moves after 1 on "
            "average, a slow one after 20. Repeatable.",
        ),
    ] = None,
    start: Annotated[
        str | None,
        Option("--start", metavar="STATE", help="Where cells start: untreated, file (as it says), zero, random."),
    ] = None,
    plot: Plot = None,
    force: Annotated[bool, Option("--force", "-f", help="Replace a file that --plot names.")] = False,
    pathway: _options.Network = None,
    verbose: _options.Verbose = False,
    *,
    output: _options.BriefOptions,
) -> None:
    """What a tumour does, and what a drug does to it, in shares of its cells.

    The untreated tumour settles first; then the treatment is added. Readouts are given before, early (what is slow,
    transcription and translation, has not moved yet) and late, each that moves with the chain of edges behind it. A
    tumour that is not treated is set beside a normal cell. "Give or take 4" says by how many of 100 cells
    chance may move a share (two standard errors). A share has a decimal where without it its row would seem wrong.

    --semantics synchronous, or --steps for short, follows one cell in on and off, step by step; all sets four semantics
    side by side. --time gives a time course, --dose a dose curve.

    her2 simulate --drug trastuzumab
    her2 simulate -d lapatinib -c HCC1954
    her2 simulate -d trastuzumab -a ERBB2_amp -a PTEN_loss
    her2 simulate -d lapatinib --dose 0..1 --plot curve.svg
    """
    asked_for, times = semantics.chosen(cells, time=time, start=start, dose=dose), _times(time or ())
    _check_plotted(plot, force=force, curve=bool(dose or time))
    doses = _doses(dose, {"--time": time, "--start": start})
    sampling = cells.sampling
    with _scenario.asked(pathway, scenario) as asked:
        path, (chosen, names) = asked.pathway, asked.and_species(readout or ())
        if cells.replicates is None:
            sampling = replace(sampling, replicates=_scenario.usual_cells(path))
        if asked_for == "synchronous":
            answer = _stepped(path, chosen, names, verbose=verbose)
        elif asked_for == "all":
            answer = _all(path, chosen, names, sampling)
        elif doses:
            answer = _over_doses(path, chosen, names, doses, _varied(path, scenario.drug or ()), sampling, plot)
        elif time or start:
            answer = _over_time(path, chosen, names, times, start or "untreated", sampling, plot)
        else:
            answer = _shares(path, chosen, names, sampling, verbose=verbose)
    show(answer, output)


def _check_plotted(plot: str | None, *, force: bool, curve: bool) -> None:
    """Refuse a plot of what is no curve, or that cannot be written, before anything is computed."""
    if plot and not curve:
        raise ScenarioError("--plot draws a curve: add --dose 0..1, or --time 0..100.")
    if force and not plot:
        raise ScenarioError("--force replaces a file that --plot names: add --plot FILE.")
    if plot:
        from her2cli.cli._picture import check_plot

        check_plot(plot, force=force)


def _times(typed: Sequence[object]) -> tuple[float, ...]:
    """The times of numbers and of courses, eleven times from one to another: `0..100`. Raises `ScenarioError`."""
    return tuple(chain.from_iterable(each_of(_one_time, map(str, typed))))


def _one_time(typed: str) -> list[float]:
    """The time that one option gives, or those of its course."""
    first, last = _scenario.ends_of(typed)
    if ".." in typed and not (first and last):
        raise ScenarioError(
            f"--time {shown(typed, 20)}: write two times with two dots between, such as 0..100; for one, --time 5."
        )
    try:
        low, high = (float(end) for end in ((first, last) if first else (typed, typed)))
    except ValueError:
        raise ScenarioError(
            f"--time {shown(typed, 20)}: a time has no hours or days; it is a number, in units of the mean delay of "
            "a fast species (a slow one has 20), such as 5, or 0..100 for a course."
        ) from None
    if not all(isfinite(end) and end >= 0 for end in (low, high)):
        raise ScenarioError(f"--time {shown(typed, 20)}: a time is a number from 0 on.")
    if not first:
        return [low]
    if low == high:
        raise ScenarioError(f"--time {shown(typed, 20)}: the two times are the same; --time {low:g} asks for one.")
    if low > high:
        order = "a course goes from the earlier time to the later"
        raise _scenario.backwards("--time", typed, order, f"{last}..{first}")
    return [round(low + (high - low) * step / 10, 6) for step in range(11)]


def _shares(path: Pathway, chosen: Scenario, names: Sequence[str], sampling: Sampling, *, verbose: bool) -> Answer:
    from her2cli.logic.questions.responses import respond
    from her2cli.render import responses

    with progress(f"drawing {sampling.replicates:,} cells"):
        result = respond(path, chosen, readouts=names, sampling=sampling)
    other = _elsewhere.contrary(path, result)
    return Answer(
        command="simulate",
        pathway=path,
        look=lambda: responses.response(result, path, verbose=verbose, contrary=other, width=width()),
        table=lambda: responses.response_table(result),
        data=lambda: {"seed": sampling.seed, **responses.response_data(result, path, other)},
        notes=lambda: responses.remarks(result, path),
        brief=lambda: responses.response_brief(result, path, other),
    )


def _stepped(path: Pathway, chosen: Scenario, names: Sequence[str], *, verbose: bool) -> Answer:
    from her2cli.logic.questions.simulation import in_steps
    from her2cli.render import runs

    result = in_steps(path, chosen)
    if names:
        result = result._replace(readouts={name: result.values[name] for name in names})
    return Answer(
        command="simulate",
        pathway=path,
        look=lambda: runs.simulation(result, path, verbose=verbose),
        table=lambda: runs.readouts(result),
        data=lambda: {"seed": 0, **runs.simulation_data(result)},
        notes=lambda: result.notes,
    )


def _over_time(
    path: Pathway,
    chosen: Scenario,
    names: Sequence[str],
    times: Sequence[float],
    start: str,
    sampling: Sampling,
    plot: str | None,
) -> Answer:
    from her2cli.logic.questions.simulation import COURSE, over_time
    from her2cli.render import courses, runs

    with progress(f"drawing {sampling.replicates:,} cells") as told:
        result = over_time(path, chosen, times or COURSE, start=start, sampling=sampling, progress=told)
    if names:
        result = result._replace(readouts={name: result.values[name] for name in names})
    curves = courses.over_time(result)
    _plotted(plot, curves, path, result.scenario)
    return Answer(
        command="simulate",
        pathway=path,
        look=lambda: courses.course(result, path, curves, width=width()),
        table=lambda: runs.probabilities(result),
        data=lambda: {"seed": sampling.seed, **runs.simulation_data(result)},
        notes=lambda: result.notes,
        brief=lambda: courses.brief(result.scenario, curves),
    )


def _over_doses(
    path: Pathway,
    chosen: Scenario,
    names: Sequence[str],
    doses: Sequence[float],
    varied: Sequence[str],
    sampling: Sampling,
    plot: str | None,
) -> Answer:
    from her2cli.logic.questions.shares import along_doses
    from her2cli.logic.questions.simulation import readout_names
    from her2cli.render import courses

    with progress(f"{len(doses)} doses") as told:
        curve, found = along_doses(path, chosen, varied, doses, sampling=sampling, progress=told)
    asked = names or readout_names(path)
    values = {name: [each[name].late for each in curve] for name in asked}
    curves = courses.over_doses(doses, values, found.replicates)
    _plotted(plot, curves, path, chosen)
    return Answer(
        command="simulate",
        pathway=path,
        look=lambda: courses.doses(chosen, path, curves, found.replicates, varied, width=width()),
        table=lambda: courses.curve_table(curves),
        data=lambda: {"seed": sampling.seed, **courses.curve_data(chosen, curves, found)},
        brief=lambda: courses.brief(chosen, curves),
    )


def _varied(path: Pathway, typed: Sequence[str]) -> list[str]:
    """The drugs whose doses a curve runs over: those that have no dose of their own. Raises `ScenarioError`."""
    if not typed:
        raise ScenarioError("--dose is the dose of a drug: add --drug NAME.")
    drugs = [path.find_drug(each) for each in typed if "=" not in each]
    if not drugs:
        name = shown(typed[0].partition("=")[0], 40)
        raise ScenarioError(f"--dose runs over the dose of a drug that has none of its own: write --drug {name}.")
    return list(dict.fromkeys(drugs))


def _plotted(plot: str | None, curves: Any, path: Pathway, scenario: Scenario) -> None:
    if plot:
        from her2cli.cli._picture import save_plot
        from her2cli.render.runs import about

        curves = replace(curves, about=about(scenario, path))
        save_plot(plot, curves, force=True)  # whether it may be replaced was asked at the beginning
        remark(f"her2: wrote {shown(plot, 200)}.")


def _all(path: Pathway, chosen: Scenario, names: Sequence[str], sampling: Sampling) -> Answer:
    from her2cli.cli._stoppable import within_reason
    from her2cli.logic.questions.semantics import verdicts
    from her2cli.render import runs

    with progress("comparing four semantics") as told:
        result = verdicts(path, chosen, sampling=sampling, progress=told, bounded=within_reason)
    if names:
        result = replace(result, readouts=tuple(names))
    return Answer(
        command="simulate",
        pathway=path,
        look=lambda: runs.verdicts(result, path),
        table=lambda: runs.verdicts_table(result),
        data=lambda: {"seed": sampling.seed, **runs.verdicts_data(result)},
        notes=lambda: result.notes,
    )


def _doses(dose: str | None, others: Mapping[str, object]) -> tuple[float, ...]:
    """The doses of a curve; refused is what it, which is of late shares at its own doses, would ignore."""
    doses = _scenario.dose_range(dose) if dose is not None else ()
    for name, value in others.items():
        if doses and value:
            raise ScenarioError(f"--dose gives late shares over doses, {name} what happens at one dose; choose one.")
    return doses
