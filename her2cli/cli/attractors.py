"""`her2 attractors`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from her2cli.cli import _options
from her2cli.cli._errors import remark
from her2cli.cli._output import Answer, interruptible, show
from her2cli.cli._parameters import Option
from her2cli.errors import LimitError, ScenarioError, shown

if TYPE_CHECKING:
    from her2cli.logic.ends.attractors import Found, Inputs
    from her2cli.logic.network import BooleanNetwork
    from her2cli.model import Pathway

LISTED = 20  # states of a kind that a person is shown
LARGE, OPEN = 50, 16  # species, and those open in one trap space, beyond which attractors may take minutes
WRITTEN = 10_000  # states of a kind that a script is given


def attractors(
    tumour: _options.TumourOptions,
    inputs: Annotated[
        str | None,
        Option(
            "--inputs",
            metavar="0|1|free|given",
            help="What inputs are; as given in YAML, free in formats without initial values.",
        ),
    ] = None,
    synchronous: Annotated[bool, Option("--synchronous", help="Also the cycles of updating all at once.")] = False,
    limit: Annotated[
        int | None, Option("--limit", metavar="N", min=1, help="States of a kind to list; all are counted.")
    ] = None,
    pathway: _options.Network = None,
    *,
    output: _options.OutputOptions,
) -> None:
    """Fixed points, minimal trap spaces and asynchronous attractors of a tumour, treated or not.

    her2 attractors --drug trastuzumab
    """
    from her2cli.logic.network.scenario import prepare
    from her2cli.render import ends, runs

    with _options.asked(pathway, tumour) as asked:
        kept = _kept(asked.pathway, inputs)
        asked.inputs = int(kept) if kept in ("0", "1") else None
        path, chosen = asked.pathway, asked.scenario
        network = _alone(prepare(path, chosen).treated)
        asked.remarks += _options.left_out(path, chosen)
    most = limit or (LISTED if output == _options.OutputOptions() else WRITTEN)
    with interruptible():
        answers, missing = _ask(network, "free" if kept == "free" else "initial", most, synchronous=synchronous)
    for kind, why in missing.items():
        remark(f"her2: {_in_words(kind)}: {why}.")
    if output.csv or output.tsv:
        for kind, found in answers.items():
            if not found.complete:
                listed = f"the first {len(found.states):,} of {found.count:,}"
                remark(f"her2: note: {_in_words(kind)}: {listed} are in the table; --limit N lists more.")
    answer = Answer(
        command="attractors",
        pathway=path,
        look=lambda: ends.ends(chosen, answers),
        table=lambda: ends.ends_table(answers),
        data=lambda: {"scenario": runs.scenario_data(chosen), "inputs": kept, **ends.ends_data(answers, missing)},
    )
    show(answer, output)


def _kept(path: Pathway, inputs: str | None) -> str:
    """What the inputs are: as asked, or as given where the format can give it."""
    if inputs is None:
        return "free" if Path(path.source).suffix.lower() in (".bnet", ".aeon") else "given"
    if inputs not in ("0", "1", "free", "given"):
        raise ScenarioError(f"--inputs {shown(inputs)}: inputs are 0, 1, free or given.")
    return inputs


def _alone(network: BooleanNetwork) -> BooleanNetwork:
    """*network* with its drugs, alterations and ligands worked into the rules, so that only species are left."""
    from dataclasses import replace

    from her2cli.expression import Const, Expression, Var, substitute

    given: dict[str, Expression] = {name: Const(network.initial[name]) for name in (*network.held, *network.hidden)}
    for name, species in network.hidden.items():
        if species not in network.held and 0 < network.chances.get(name, 0) < 1:
            given[name] = Var(species)  # what differs between cells is an input, and free
    agents = {
        name for name in (*network.hidden, *network.held) if network.held.get(name, "") not in ("ligand", "clamp")
    }
    rules = {
        name: given.get(name, substitute(rule, given)) for name, rule in network.rules.items() if name not in agents
    }
    return replace(
        network,
        species=tuple(name for name in network.species if name not in agents),
        rules=rules,
        initial={name: value for name, value in network.initial.items() if name not in agents},
        held={},
        hidden={},
        chances={name: chance for name, chance in network.chances.items() if name not in agents},
        begins_with={},
        together=(),
    )


def _in_words(kind: str) -> str:
    return kind.replace("_", " ")


def _may_take_long(network: BooleanNetwork, inputs: Inputs, spaces: Found | None) -> bool:
    """Whether many states, or many settings of inputs, are left for asynchronous attractors to be looked for in."""
    if len(network.species) <= LARGE:
        return False
    from her2cli.logic.ends.attractors import FREE_INPUT_LIMIT

    read = [name for name in network.inputs if set(network.dependents[name]) - {name}] if inputs == "free" else []
    if len(read) > 2 * FREE_INPUT_LIMIT:  # settings by far too many to try, some inert ones apart: that is soon said
        return False
    return spaces is None or bool(read) or any(state.count("*") > OPEN for state in spaces.states)


def _ask(
    network: BooleanNetwork, inputs: Inputs, limit: int, *, synchronous: bool
) -> tuple[dict[str, Found], dict[str, str]]:
    """The answers by kind, and for each that is beyond a limit the reason. Raises `LimitError` where all are."""
    from her2cli.logic.ends import attractors as logic

    questions = [logic.fixed_points, logic.minimal_trap_spaces, logic.attractors]
    if synchronous:
        questions.append(logic.synchronous_attractors)
    answers: dict[str, Found] = {}
    missing: dict[str, str] = {}
    for question in questions:
        if question is logic.attractors and _may_take_long(network, inputs, answers.get("minimal_trap_spaces")):
            what = f"attractors of {len(network.species):,} species"
            remark(f"her2: looking for {what}, which may take minutes; Ctrl-C stops it.")
        try:
            answers[question.__name__] = question(network, inputs=inputs, limit=limit)
        except LimitError as error:
            missing[question.__name__] = str(error)
    if not answers:
        raise LimitError(next(iter(missing.values())))
    return answers, missing
