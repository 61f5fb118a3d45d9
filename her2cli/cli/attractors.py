"""`her2 attractors`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

from her2cli.cli import _elsewhere, _names, _options, _scenario
from her2cli.cli._errors import Exit, remark
from her2cli.cli._output import Answer, interruptible, look, show, streams, write
from her2cli.cli._parameters import Option
from her2cli.cli._stoppable import Stopped, stoppable
from her2cli.errors import LimitError, ScenarioError, shown

if TYPE_CHECKING:
    from her2cli.logic.ends.attractors import Found, Inputs
    from her2cli.logic.network import BooleanNetwork
    from her2cli.model import Pathway, Scenario

LISTED = 20  # states of a kind that a person is shown,
FIRST = 3  # and so many of those that are more
OPEN_INPUTS = 4  # inputs that differ between cells, beyond which it is said that they are free
LARGE, OPEN = 50, 16  # species, and those open in one trap space, beyond which attractors may take minutes
WITHOUT_BEGINNINGS = (".bnet", ".aeon", ".txt", ".bn", ".ginml", ".zginml", ".sif")  # they cannot say it
WRITTEN = 10_000  # states of a kind that a script is given


Kept = Annotated[
    str | None,
    Option(
        "--inputs",
        metavar="WHAT",
        help="What inputs are: 0, 1, free, given (free where a share of the cells has them on), or usual (as in "
        "most cells). given; free in formats without initial values.",
        autocompletion=_names.inputs,
    ),
]
Only = Annotated[
    str | None,
    Option(
        "--only", metavar="KIND", help="One kind: fixed-points, trap-spaces or attractors.", autocompletion=_names.ends
    ),
]
Seconds = Annotated[
    int | None, Option("--seconds", metavar="N", min=1, help="Stop after so long, with what was found by then.")
]
Limit = Annotated[
    int | None,
    Option(
        "--limit",
        "-n",
        metavar="N",
        min=1,
        help="States of a kind to list; all are counted, past 2,000 species only so many looked for.",
    ),
]


def attractors(
    tumour: _options.TumourOptions,
    inputs: Kept = None,
    only: Only = None,
    seconds: Seconds = None,
    synchronous: Annotated[bool, Option("--synchronous", help="Also the cycles of updating all at once.")] = False,
    limit: Limit = None,
    pathway: _options.Network = None,
    verbose: Annotated[bool, Option("--verbose", "-v", help="Name the inputs that are free.")] = False,
    *,
    output: _options.OutputOptions,
) -> None:
    """Fixed points, minimal trap spaces and asynchronous attractors of a tumour, treated or not.

    Each kind is shown as soon as it is found; Ctrl-C ends the search and keeps what is there.

    her2 attractors --drug trastuzumab
    her2 attractors -p model.bnet --inputs free
    """
    from her2cli.logic.network.bare import in_the_usual_cell, of_species
    from her2cli.logic.network.scenario import prepare
    from her2cli.render import ends, runs

    kinds = _kinds(only, synchronous=synchronous)
    with _scenario.asked(pathway, tumour) as asked:
        kept = _kept(asked.pathway, inputs)
        asked.inputs = int(kept) if kept in ("0", "1") else None
        path, chosen = asked.pathway, asked.scenario
        treated = prepare(path, chosen).treated
        network = of_species(in_the_usual_cell(treated) if kept == "usual" else treated)
        asked.remarks += [*_scenario.left_out(path, chosen), *_free(network, kept, verbose=verbose)]
    person = output == _options.OutputOptions()
    most, first = limit or (LISTED if person else WRITTEN), FIRST if person and limit is None else None
    asking = _Asking(network, "free" if kept == "free" else "initial", most, seconds, first=first)
    streamed = streams(output)
    for kind in kinds:
        found = asking.answer(kind)
        if streamed and found is not None:
            write(look(ends.part(chosen, asking.answers, kind, head=runs.where(path, chosen))))
    answers = asking.answers
    other, asked_too = _article(path, chosen, answers, kept) if not asking.interrupted else ({}, "")
    if streamed and asked_too:
        write(look(ends.beside(asked_too)))
    _tell(asking, tables=output.csv or output.tsv)
    if answers and not streamed:
        data = {"scenario": runs.scenario_data(chosen), "inputs": kept, **ends.ends_data(answers, asking.missing)}
        answer = Answer(
            command="attractors",
            pathway=path,
            look=lambda: ends.ends(chosen, answers, head=runs.where(path, chosen), beside=asked_too),
            table=lambda: ends.ends_table(answers),
            data=lambda: data | {"article": other},
        )
        show(answer, output)
    if asking.interrupted:
        raise Exit(130)


def _tell(asking: _Asking, *, tables: bool) -> None:
    """Say which kinds have no answer, and why; and of *tables*, which are cut off. Raises `LimitError` if none has."""
    answers, missing = asking.answers, asking.missing
    if not answers and not asking.interrupted:
        raise LimitError(next(iter(missing.values())))
    for kind, why in missing.items():
        remark(f"her2: {_in_words(kind)}: {why}.")
    for kind, found in answers.items() if tables else ():
        if not found.complete:
            listed = f"the first {len(found.states):,} of {found.count:,}"
            remark(f"her2: note: {_in_words(kind)}: {listed} are in the table; --limit N lists more.")


def _article(path: Pathway, chosen: Scenario, answers: Mapping[str, Found], kept: str) -> tuple[Mapping[str, str], str]:
    """What the article's pathway says to the contrary, readout by readout, and a line that says it.

    Where not all states are listed, nobody knows whether it is the contrary: the line is the question to ask.
    """
    from her2cli.studies.article import contrary_ends, knows

    article = _elsewhere.article_beside(path)
    if article is None or not answers or not knows(article, chosen):
        return {}, ""
    of = answers.get("minimal_trap_spaces") or next(iter(answers.values()))
    if not of.complete:
        words = _options.as_words(replace(_options.as_options(chosen), context=None))
        line = " ".join(["her2 attractors -p article", *words])
        return {}, f"Not all are listed. What the article's pathway says of it: {line}"
    found = contrary_ends(article, chosen, of, "free" if kept == "free" else "initial")
    told = ", ".join(f"{name} {state}" for name, state in found)
    return dict(found), f"The article's pathway says the contrary: {told} (-p article)." if told else ""


def _kinds(only: str | None, *, synchronous: bool) -> list[str]:
    """What is asked for, the quickest first."""
    if only is not None and only not in _names.ENDS:
        raise ScenarioError(f"--only {shown(only)}: there are {', '.join(_names.ENDS)}.")
    kinds = [_names.ENDS[only]] if only is not None else list(_names.ENDS.values())
    return [*kinds, "synchronous_attractors"] if synchronous else kinds


def _kept(path: Pathway, inputs: str | None) -> str:
    """What the inputs are: as asked, or as given where the format can give it."""
    if inputs is None:
        return "free" if Path(path.source).suffix.lower() in WITHOUT_BEGINNINGS else "given"
    if inputs not in _names.INPUTS:
        raise ScenarioError(f"--inputs {shown(inputs)}: inputs are {', '.join(_names.INPUTS[:-1])} or usual.")
    return inputs


def _free(network: BooleanNetwork, kept: str, *, verbose: bool) -> list[str]:
    """That many inputs are free for what differs between cells, and how to fix them; nothing where they are few."""
    open_ = [name for name in network.inputs if 0 < network.chances.get(name, 0) < 1]
    if kept == "free" or len(open_) <= OPEN_INPUTS:
        return []
    named = f": {', '.join(open_)}." if verbose else " (-v names them)."
    return [
        f"{len(open_)} inputs are on in a share of the cells, so all settings count{named} "
        "--inputs usual is as most cells are; -s NAME=0|1 fixes one."
    ]


def _in_words(kind: str) -> str:
    return kind.replace("_", " ")


def _may_take_long(network: BooleanNetwork, inputs: Inputs, spaces: Found | None) -> bool:
    """Whether many states, or many settings of inputs, are left for asynchronous attractors to be looked for in."""
    if len(network.species) <= LARGE:
        return False
    from her2cli.logic.ends.attractors import FREE_INPUT_LIMIT

    open_ = [name for name in network.inputs if inputs == "free" or 0 < network.chances.get(name, 0) < 1]
    read = [name for name in open_ if set(network.dependents[name]) - {name}]
    if len(read) > 2 * FREE_INPUT_LIMIT:  # settings by far too many to try, some inert ones apart: that is soon said
        return False
    return spaces is None or bool(read) or any(state.count("*") > OPEN for state in spaces.states)


class _Asking:
    """The answers by kind as they are found, and for each that is not there the reason."""

    def __init__(
        self, network: BooleanNetwork, inputs: Inputs, limit: int, seconds: int | None, *, first: int | None
    ) -> None:
        self.network, self.inputs, self.limit, self.seconds = network, inputs, limit, seconds
        self.first = first  # states to list where there are more than the limit
        self.end = monotonic() + seconds if seconds is not None else None
        self.answers: dict[str, Found] = {}
        self.missing: dict[str, str] = {}
        self.interrupted = False

    def answer(self, kind: str) -> Found | None:
        """The answer of that *kind*, if it is found before time is up or an interrupt comes."""
        if self.interrupted:
            self.missing[kind] = "not looked for"
            return None
        long = kind == "attractors" and _may_take_long(
            self.network, self.inputs, self.answers.get("minimal_trap_spaces")
        )
        if long:
            what = f"attractors of {len(self.network.species):,} species"
            remark(f"her2: looking for {what}, which may take minutes; Ctrl-C keeps what is there.")
        try:
            if long or self.end is not None:
                left = None if self.end is None else max(0.0, self.end - monotonic())
                self.answers[kind] = stoppable(_found, kind, self.network, self.inputs, self.limit, seconds=left)
            else:
                with interruptible():
                    self.answers[kind] = _found(kind, self.network, self.inputs, self.limit)
        except Stopped:
            self.missing[kind] = f"not found within {self.seconds} s (--seconds)"
        except LimitError as error:
            self.missing[kind] = str(error)
        except KeyboardInterrupt:
            self.interrupted = True
            self.missing[kind] = "stopped"
        found = self.answers.get(kind)
        if found is not None and self.first is not None and not found.complete:
            self.answers[kind] = found = found.first(self.first)
        return found


def _found(kind: str, network: BooleanNetwork, inputs: Inputs, limit: int) -> Found:
    from her2cli.logic.ends import attractors as logic

    question: Callable[..., Found] = getattr(logic, kind)
    return question(network, inputs=inputs, limit=limit)
