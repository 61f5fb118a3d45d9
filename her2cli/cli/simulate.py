"""`her2 simulate`."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _names, _options
from her2cli.cli._errors import remark
from her2cli.cli._output import Answer, interruptible, show
from her2cli.cli._parameters import Option
from her2cli.cli._progress import progress
from her2cli.errors import ScenarioError, shown

if TYPE_CHECKING:
    from her2cli.model import Pathway, Scenario


def simulate(
    scenario: _options.ScenarioOptions,
    semantics: _options.Semantics = "synchronous",
    time: Annotated[
        list[float] | None, Option("--time", metavar="T", help="Stochastic: a time to report. Repeatable.")
    ] = None,
    replicates: Annotated[
        int | None, Option("--replicates", metavar="N", min=1, help="Stochastic: how many cells; 1000.")
    ] = None,
    start: Annotated[
        str | None, Option("--start", metavar="STATE", help="Stochastic: untreated, zero or random.")
    ] = None,
    seed: _options.Seed = None,
    engine: _options.Engine = None,
    pathway: _options.Network = None,
    *,
    output: _options.OutputOptions,
) -> None:
    """What a tumour does, and what a drug does to it.

    The untreated tumour settles first; then the treatment is added and followed, step by step, each with its reason.
    Readouts are given before, early (what is slow, transcription and translation, has not moved yet) and late. With
    --time or --start, --csv and --tsv give the probability of every species at these times instead.

    her2 simulate --drug trastuzumab
    """
    if semantics not in _names.SEMANTICS:
        raise ScenarioError(f"No semantics {shown(semantics)!r}; there are {', '.join(_names.SEMANTICS)}.")
    _only_stochastic(
        semantics, {"--time": time, "--replicates": replicates, "--start": start, "--engine": engine}, seed
    )
    drawn = {"seed": seed or 0, "replicates": replicates or 1000, "engine": _options.engine(engine)}
    for each in time or ():
        if not (isfinite(each) and each >= 0):
            raise ScenarioError(f"--time {each:g}: a time is a number from 0 on.")
    options = {**drawn, "semantics": semantics, "times": time or (), "start": start or "untreated"}
    with _options.asked(pathway, scenario) as asked:
        if semantics == "all":
            answer = _all(asked.pathway, asked.scenario, drawn)
        else:
            answer = _one(asked.pathway, asked.scenario, options, over_time=bool(time or start))
    show(answer, output)


def _one(path: Pathway, chosen: Scenario, options: Mapping[str, Any], *, over_time: bool) -> Answer:
    from her2cli.logic.questions.simulation import simulate as run
    from her2cli.render import runs

    if options["semantics"] == "synchronous":
        result = run(path, chosen, **options)
    else:
        with progress(f"drawing {options['replicates']:,} cells") as told:
            result = run(path, chosen, **options, progress=told)
    return Answer(
        command="simulate",
        pathway=path,
        look=lambda: runs.simulation(result, path),
        table=lambda: runs.probabilities(result) if over_time else runs.readouts(result),
        data=lambda: {"seed": options["seed"], **runs.simulation_data(result)},
        notes=lambda: result.notes,
    )


def _all(path: Pathway, chosen: Scenario, drawn: Mapping[str, Any]) -> Answer:
    from her2cli.logic.questions.semantics import verdicts
    from her2cli.render import runs

    with interruptible(), progress("comparing four semantics") as told:
        result = verdicts(path, chosen, **drawn, progress=told)
    return Answer(
        command="simulate",
        pathway=path,
        look=lambda: runs.verdicts(result, path),
        table=lambda: runs.verdicts_table(result),
        data=lambda: {"seed": drawn["seed"], **runs.verdicts_data(result)},
        notes=lambda: result.notes,
    )


def _only_stochastic(semantics: str, options: Mapping[str, object], seed: int | None) -> None:
    """Refuse what would be ignored: the synchronous semantics draws no cells."""
    useless = {"synchronous": options, "all": {name: options[name] for name in ("--time", "--start")}}
    for name, value in useless.get(semantics, {}).items():
        if value:
            raise ScenarioError(f"{name} is for cells that are drawn: add --semantics stochastic.")
    if semantics == "synchronous" and seed is not None:
        remark("her2: note: the synchronous semantics draws no random numbers; --seed changes nothing.")
