"""The options that commands share, each named once, and how they become a `Scenario`.

A command that answers for a scenario takes a `ScenarioOptions` and asks with `asked`: there the pathway is loaded, the
scenario is put together, and a mistake is told with what to do next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING, Annotated, ClassVar

from her2cli.cli import _names
from her2cli.cli._errors import remark
from her2cli.cli._parameters import Argument, Option, Options, Parameter
from her2cli.cli._reading import Reading, load
from her2cli.errors import (
    AmbiguousName,
    Her2Error,
    Mistakes,
    ScenarioError,
    Several,
    UnknownName,
    a_or_an,
    each_of,
    shown,
)
from her2cli.model import NAMED, answers, closest, find

if TYPE_CHECKING:
    from her2cli.logic.network.sampling import Engine as EngineName
    from her2cli.logic.network.sampling import Sampling
    from her2cli.logic.questions.responses import Response
    from her2cli.model import Pathway, Scenario

LARGE, FEWER = 1000, 200  # species, past which so many cells are drawn where none are asked for: seconds
LITERATURE = "erbb"  # the network that look-ups point to; they read the article's own


def named(names: Callable[..., list[str]]) -> Parameter:
    """The thing that a look-up is asked of, one of these *names*."""
    return Argument(metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=names)


def pathway_option(help: str) -> Parameter:
    """`--pathway`, of which a command's *help* says what is asked without it."""
    return Option("--pathway", "-p", metavar="NAME|FILE", help=help, autocompletion=_names.pathways, brings=Reading)


Source = Annotated[str, pathway_option("Pathway to ask: her2 (the article's), erbb (the literature's), or a file.")]
Looked = Annotated[
    str | None,
    pathway_option(
        "Pathway to ask: her2 (the article's) where it knows the name, else erbb (the literature's); or a file."
    ),
]
Network = Annotated[
    str | None, pathway_option("Pathway to ask: erbb (the literature's, if not given), article, or a file.")
]
Drugs = Annotated[
    list[str] | None,
    Option(
        "--drug",
        "-d",
        metavar="NAME[=DOSE]",
        help="Drug to add; the dose is the share of cells it reaches, 0 to 1, or 50%. Repeatable, or joined by +.",
        autocompletion=_names.drugs,
    ),
]
Alterations = Annotated[
    list[str] | None,
    Option(
        "--alteration",
        "-a",
        metavar="NAME",
        help="What the tumour has changed, instead of the pathway's default; +NAME adds to the default, or to a cell "
        "line; 'none' is a normal cell. Repeatable.",
        autocompletion=_names.alterations,
    ),
]
Ligands = Annotated[
    list[str] | None,
    Option("--ligand", "-l", metavar="NAME", help="Ligand in the medium. Repeatable.", autocompletion=_names.species),
]
Clamps = Annotated[
    list[str] | None,
    Option(
        "--set",
        "-s",
        metavar="NODE=0|1",
        help="Hold a species off (knock-down) or on. Repeatable.",
        autocompletion=_names.species,
    ),
]
CellLine = Annotated[
    str | None,
    Option(
        "--cell-line",
        "-c",
        metavar="NAME",
        help="The alterations of this cell line, instead of the pathway's default; -a adds to them.",
        autocompletion=_names.cell_lines,
    ),
]
Inputs = Annotated[
    int | None,
    Option("--inputs", metavar="0|1", help="Set every input that is not named otherwise."),
]
Context = Annotated[
    str | None,
    Option(
        "--context",
        metavar="NAME",
        help="What surrounds the cells: body (immune cells, heregulin in a share of the cells) or culture.",
        autocompletion=_names.contexts,
    ),
]
Semantics = Annotated[
    str | None,
    Option(
        "--semantics",
        metavar="NAME",
        help="How time goes: in shares of cells (stochastic), in one cell step by step (synchronous), or "
        "in all four ways side by side (all); stochastic.",
        autocompletion=_names.semantics,
    ),
]
Steps = Annotated[bool, Option("--steps", help="Short for --semantics synchronous: one cell, step by step.")]
Seed = Annotated[int | None, Option("--seed", metavar="N", help="Seed of the random numbers; 0, if not given.")]
Engine = Annotated[
    str | None,
    Option(
        "--engine",
        metavar="NAME",
        help="What draws the cells: python, numba (extra 'fast'), or auto, which takes numba for large work; auto.",
        autocompletion=_names.engines,
    ),
]
Readouts = Annotated[
    list[str] | None,
    Option(
        "--readout",
        "-r",
        metavar="NAME[=0|1]",
        help="Species to read out, and whether it is to be off (0) or on (1). Repeatable.",
        autocompletion=_names.species,
    ),
]
Claims = Annotated[bool, Option("--claims", help="What the article states of this, beside the literature.")]
Shown = Annotated[
    list[str] | None,
    Option(
        "--readout",
        "-r",
        metavar="NAME",
        help="Read out this species, instead of the pathway's readouts. Repeatable.",
        autocompletion=_names.species,
    ),
]
Replicates = Annotated[
    int | None,
    Option(
        "--replicates",
        metavar="N",
        min=1,
        help="How many cells to draw: 500, or 200 in a network of over 1,000 species.",
    ),
]
Verbose = Annotated[bool, Option("--verbose", "-v", help="Say more: rules, mechanisms, every reference.")]
Brief = Annotated[bool, Option("--brief", help="Answer as JSON of less than 4 kB.")]
Json = Annotated[bool, Option("--json", help="Answer as JSON.")]
Csv = Annotated[bool, Option("--csv", help="Answer as CSV.")]
Tsv = Annotated[bool, Option("--tsv", help="Answer as TSV.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TumourOptions(Options):
    """The options that describe a scenario, as they were typed, but for its inputs, which may be free somewhere."""

    drug: Drugs = None
    alteration: Alterations = None
    ligand: Ligands = None
    clamp: Clamps = None
    cell_line: CellLine = None
    context: Context = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioOptions(TumourOptions):
    """All options that describe a scenario, as they were typed."""

    inputs: Inputs = None

    @property
    def any(self) -> bool:
        """Whether any of them was given."""
        return self != ScenarioOptions()


def as_options(chosen: Scenario) -> ScenarioOptions:
    """The options that describe *chosen*."""
    return ScenarioOptions(
        drug=[name if dose == 1 else f"{name}={dose:g}" for name, dose in chosen.drugs] or None,
        alteration=list(chosen.alterations) or ["none"],
        ligand=list(chosen.ligands) or None,
        clamp=[f"{name}={value}" for name, value in chosen.clamps] or None,
        inputs=chosen.inputs,
        context=chosen.context or None,
    )


def as_words(options: ScenarioOptions) -> list[str]:
    """*options* as they are typed."""
    from shlex import quote

    lists = {"-a": options.alteration, "-l": options.ligand, "-d": options.drug, "-s": options.clamp}
    words = [word for name, values in lists.items() for value in values or () for word in (name, quote(value))]
    words += ["-c", quote(options.cell_line)] if options.cell_line else []
    words += ["--inputs", str(options.inputs)] if options.inputs is not None else []
    return words + (["--context", options.context] if options.context else [])


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputOptions(Options):
    """In which form an answer is written."""

    json: Json = False
    csv: Csv = False
    tsv: Tsv = False

    def __post_init__(self) -> None:
        """Two forms are refused before anything is computed."""
        brief = bool(getattr(self, "brief", False))
        if self.json + self.csv + self.tsv + brief > 1:
            raise Her2Error(f"Choose one of --json, --csv{', --tsv and --brief' if brief else ' and --tsv'}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefOptions(OutputOptions):
    """The same, for an answer that also has a short JSON form."""

    brief: Brief = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CellOptions(Options):
    """How cells are drawn."""

    replicates: Replicates = None
    seed: Seed = None
    engine: Engine = None

    usual: ClassVar[int] = 500  # cells, where none are asked for

    @property
    def sampling(self) -> Sampling:
        """The same for the question that draws them. Raises `ScenarioError`."""
        from her2cli.logic.network.sampling import Sampling

        return Sampling(
            replicates=self.replicates or self.usual, seed=self.seed or 0, engine=_engine_named(self.engine)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SemanticsOptions(Options):
    """How time goes in an answer, alike in all commands that follow a scenario."""

    semantics: Semantics = None
    steps: Steps = False

    def chosen(self, cells: CellOptions, **only_of_shares: object) -> str:
        """The semantics that is asked for.

        Refused with `ScenarioError` is what would be ignored: how *cells* are drawn by the synchronous semantics, which
        draws none, and options that have a value and are *only_of_shares*, by any but the stochastic one.
        """
        name = self.semantics or ("synchronous" if self.steps else "stochastic")
        if name not in _names.SEMANTICS:
            raise ScenarioError(f"No semantics {shown(name)!r}; there are {', '.join(_names.SEMANTICS)}.")
        if self.steps and name != "synchronous":
            raise ScenarioError(f"--steps is short for --semantics synchronous, not {name}; choose one.")
        drawn = {"replicates": cells.replicates, "engine": cells.engine}
        useless = {"stochastic": {}, "all": only_of_shares, "synchronous": {**only_of_shares, **drawn}}
        for option, value in useless[name].items():
            if value:
                raise ScenarioError(f"--{option} is for shares of cells: leave out --steps and --semantics.")
        if name == "synchronous" and cells.seed is not None:
            remark("her2: note: the synchronous semantics draws no random numbers; --seed changes nothing.")
        return name


class Asked:
    """What a line asks about: a pathway, and the scenario in it that the options describe.

    `remarks` are what the user may not expect; they are written once there was no mistake.
    """

    def __init__(self, pathway: Pathway, options: TumourOptions, remarks: list[str], context: str) -> None:
        self.pathway, self.options, self.remarks = pathway, options, remarks
        self.inputs = options.inputs if isinstance(options, ScenarioOptions) else None
        self._context = context

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, every name in it an id; its context is the pathway's own where none is asked for."""
        options, mistakes = self.options, Mistakes()
        with mistakes:
            chosen = scenario(
                self.pathway,
                drugs=options.drug,
                alterations=options.alteration,
                ligands=options.ligand,
                clamps=options.clamp,
                cell_line=options.cell_line,
                inputs=self.inputs,
                remarks=self.remarks,
            )
        with mistakes:
            context = self.context
        mistakes.tell()
        if chosen.inputs is not None and not _left_open(self.pathway, chosen):
            self.remarks.append("--inputs sets nothing: the network has no input that is not named otherwise.")
            chosen = replace(chosen, inputs=None)
        line = find(self.pathway.cell_lines, options.cell_line, "cell line") if options.cell_line else ""
        return replace(chosen, context=context, name=line)

    def checked(self, *others: Callable[[], object]) -> Scenario:
        """The scenario, once *others* that the line names are there, too: all mistakes are told together."""
        mistakes = Mistakes()
        for each in (lambda: self.scenario, *others):
            with mistakes:
                each()
        mistakes.tell()
        return self.scenario

    def and_species(self, names: Iterable[str]) -> tuple[Scenario, tuple[str, ...]]:
        """The scenario, and the ids of the species that *names* name, each once."""
        found: list[str] = []
        chosen = self.checked(lambda: found.extend(each_of(self.pathway.find_species, names)))
        return chosen, _unique(found)

    @property
    def context(self) -> str:
        """The id of the context that is asked for, or of the one where none is; empty for none."""
        asked = self.options.context
        return find(self.pathway.contexts, asked, "context") if asked is not None else self._context

    def joined(self, words: str) -> Scenario:
        """The scenario with what *words* add to it: drugs, alterations, ligands and clamps, joined by `+`."""
        _, added = _apart(self.pathway, self.options.alteration or ())
        also = each_of(self.pathway.find_alteration, added)
        given = bool(self.tumour)
        return joined(self.pathway, self.scenario, words, default=not given, added=also, remarks=self.remarks)

    @property
    def tumour(self) -> tuple[str, ...]:
        """The words that name the tumour of the options in a row of its own; none where they do not say which it is."""
        named, added = _apart(self.pathway, self.options.alteration or ())
        if self.options.cell_line:
            return (self.options.cell_line, *named, *added)
        return ("none", *named, *added) if not set(named) <= {"none"} else ()

    def own_tumour(self, words: str) -> str:
        """The word of a row that stands in place of the tumour of the options: none or a cell line; or empty."""
        parts = (word.strip() for word in words.split("+"))
        return next((word for word in parts if word.casefold() == "none" or _is_line(self.pathway, word)), "")

    def line_of(self, scenario: Scenario) -> str:
        """The cell line that the tumour of *scenario*, the asked one or one joined to it, is or began as; or empty."""
        words = (word.strip() for word in scenario.name.split("+"))
        lines = (find(self.pathway.cell_lines, word, "cell line") for word in words if _is_line(self.pathway, word))
        return self.scenario.name or next(lines, "")


def usual_cells(pathway: Pathway) -> int:
    """How many cells are drawn where nobody says so."""
    return FEWER if len(pathway.species) > LARGE else CellOptions.usual


def _left_open(pathway: Pathway, chosen: Scenario) -> bool:
    """Whether there is an input that *chosen* does not set by name."""
    from her2cli.logic.network import is_input, pathway_rules

    named = {*chosen.ligands, *(name for name, _ in chosen.clamps)}
    rules = pathway_rules(pathway).items()
    return any(name not in named and is_input(name, rule, pathway.edges_into(name)) for name, rule in rules)


@contextmanager
def asked(pathway: str | None, options: TumourOptions, *, surrounded: bool = True) -> Iterator[Asked]:
    """What a line asks, for as long as its answer is computed; a mistake in it is told with what to do next.

    Without a *pathway* it is the network that was judged against experiments, or that of `HER2_PATHWAY`; where no
    context is asked for, it is the pathway's own if it is to be *surrounded*, else the one that adds nothing, if any.
    """
    from her2cli.loading import NETWORK, default_pathway

    path = load(pathway or default_pathway(NETWORK))
    with better_pathway(path) as remarks:
        bare = (
            next((name for name, context in path.contexts.items() if not context.species), "") if path.context else ""
        )
        yield Asked(path, options, remarks, path.context if surrounded else bare)


def _engine_named(name: str | None) -> EngineName | None:
    """The engine of that name; None for auto. Raises `ScenarioError` with all engines."""
    engines: dict[str, EngineName | None] = {"auto": None, "python": "python", "numba": "numba"}
    if name is not None and name not in engines:
        raise ScenarioError(f"No engine {shown(name)!r}; there are {', '.join(engines)}.")
    return engines[name or "auto"]


def scenario(
    pathway: Pathway,
    *,
    drugs: Iterable[str] | None = None,
    alterations: Iterable[str] | None = None,
    ligands: Iterable[str] | None = None,
    clamps: Iterable[str] | None = None,
    cell_line: str | None = None,
    inputs: int | None = None,
    remarks: list[str],
) -> Scenario:
    """The scenario that the options describe. Without alteration or cell line it is the pathway's default tumour.

    An alteration with a plus before it is added to that, or to the cell line. Drugs and alterations may be joined by +.

    What the user may not expect of it is added to *remarks*.

    Raises `UnknownName` with the closest names, `ScenarioError` where options contradict each other; `Several` of them.
    """
    from her2cli.logic.network.scenario import find_ligand
    from her2cli.model import Scenario, check_amounts

    if inputs not in (None, 0, 1):
        raise ScenarioError(f"--inputs {inputs}: inputs are 0 or 1.")
    mistakes, line = Mistakes(), None
    own, added = _apart(pathway, alterations or ())
    asked = [*own, *added]
    with mistakes:
        line = pathway.cell_lines[find(pathway.cell_lines, cell_line, "cell line")] if cell_line is not None else None
    with mistakes:
        tumour = each_of(pathway.find_alteration, [name for name in asked if name != "none"])
    with mistakes:
        media = each_of(lambda name: find_ligand(pathway, name), ligands or ())
    with mistakes:
        doses = _doses(pathway, drugs or ())
    with mistakes:
        held = _clamps(pathway, clamps or ())
    mistakes.tell()
    if "none" in asked and (line or len(asked) > 1):
        other = f"--cell-line {line.id}" if line else f"--alteration {next(name for name in asked if name != 'none')}"
        raise ScenarioError(f"--alteration none is a cell without alterations; it cannot stand with {other}.")
    if line:
        tumour = [*each_of(pathway.find_alteration, line.alterations), *tumour]
    elif not own:
        tumour = [*pathway.default_alterations, *tumour]
    check_amounts(pathway, tumour)
    chosen = Scenario(
        alterations=_unique(tumour),
        ligands=_unique([*(line.ligands if line else ()), *media]),
        drugs=doses,
        clamps=held,
        inputs=inputs,
    )
    remarks += _remarks(pathway, asked, chosen)
    return chosen


def _apart(pathway: Pathway, alterations: Iterable[str]) -> tuple[list[str], list[str]]:
    """The alterations that say what the tumour is, and those that a plus before them adds to another, each once."""
    own: list[str] = []
    added: list[str] = []
    for text in alterations:
        names = _split(text.removeprefix("+"), pathway.alterations, "alteration")
        (added if text.startswith("+") else own).extend(names)
    return list(dict.fromkeys(own)), [name for name in dict.fromkeys(added) if name not in own]


def _split(text: str, things: Mapping[str, object], kind: str = "") -> list[str]:
    """*text* at each plus, unless it is a name of one of *things* as it stands. Raises `ScenarioError`."""
    return [text] if (text and "+" not in text) or answers(things, text, kind) else _named(text)


def _named(text: str) -> list[str]:
    """The names that *text* joins by pluses. Raises `ScenarioError` where one is empty."""
    names = [each.strip() for each in text.split("+")]
    if "" in names:
        raise ScenarioError(f"{shown(text or '+')!r}: write names, such as trastuzumab, or several joined by '+'.")
    return names


def _remarks(pathway: Pathway, asked: list[str], chosen: Scenario) -> Iterator[str]:
    """Where --alteration has left out the default tumour, and where the treatment withdraws a ligand."""
    from her2cli.model import markers

    gone = [name for name in pathway.default_alterations if name not in chosen.alterations]
    if asked and asked != ["none"] and gone:
        from shlex import quote

        left, first = ", ".join(gone), pathway.find_alteration(asked[0])
        if markers(pathway, gone) & markers(pathway, [first]):
            yield f"this tumour is without the default {left}, of which {first} is another amount."
        else:
            yield f"this tumour is without the default {left}; -a {quote('+' + asked[0])} adds to it instead."
    for name in chosen.ligands:
        if (name, 0) in chosen.clamps:
            yield f"{name} is in the medium of the untreated tumour, and the treatment withdraws it."


def left_out(pathway: Pathway, chosen: Scenario) -> list[str]:
    """Remarks on what an answer in on and off leaves out of the scenario, for answers that have no place for notes."""
    from her2cli.logic.network.scenario import prepare
    from her2cli.logic.questions.simulation import scenario_notes

    return [f"{note}." for note in scenario_notes(prepare(pathway, chosen))]


def article_beside(pathway: Pathway) -> Pathway | None:
    """The article's pathway, where an answer is that of the literature's network and may say another thing."""
    from her2cli import loading

    return loading.load(loading.ARTICLE, beside=pathway) if pathway.name == loading.NETWORK else None


def contrary(pathway: Pathway, result: Response) -> tuple[tuple[str, str], ...]:
    """What the article says to the contrary of *result*."""
    from her2cli.studies.article import contrary as told

    article = article_beside(pathway)
    return told(article, result) if article else ()


def contrary_of(
    told: Callable[..., tuple[tuple[str, str, str], ...]], pathway: Pathway, *found: object
) -> tuple[tuple[str, str, str], ...]:
    """What the article says otherwise of an answer of many rows, by *told*, one of `studies.article`."""
    article = article_beside(pathway)
    return told(article, *found) if article else ()


TAKEN = ("drug", "alteration", "cell line", "species")  # what the options of a scenario name


@contextmanager
def better_pathway(pathway: Pathway, takes: Collection[str] = TAKEN) -> Iterator[list[str]]:
    """A name that is not here: say what else it is, or why there can be none, or which shipped pathway has it.

    The target of a drug or an alteration that is not here is looked for in the shipped pathways, too. *takes* are the
    kinds of things for which the command has an option. Yields a list for remarks, which are written once there was no
    mistake.
    """
    remarks: list[str] = []
    try:
        yield remarks
    except Several as several:
        raise Several(_better(pathway, each, takes) for each in several.errors) from None
    except (ScenarioError, UnknownName) as error:
        raise _better(pathway, error, takes) from None
    for each in remarks:
        remark(f"her2: note: {each}")


def _better(pathway: Pathway, error: Her2Error, takes: Collection[str]) -> Her2Error:
    """*error* with what is known of the name elsewhere."""
    from her2cli.logic.network.scenario import NoTarget

    if isinstance(error, NoTarget):
        agent = error.agent
        able = _others(pathway, lambda other: _has_target(other, agent))
        hint = f" It has one in {' and '.join(able)}: --pathway {able[0]}." if able else ""
        return ScenarioError(f"{error}{hint}")
    if isinstance(error, AmbiguousName) or not isinstance(error, UnknownName):
        return error
    name = error.name
    hint = _respelled(pathway, error.kind, name) or _misplaced(pathway, error.kind, name, takes)
    if hint := hint or _not_carried(pathway, error.kind):
        return UnknownName(error.kind, name, (), hint)
    able = _others(pathway, lambda other: _has_species(other, name))
    if able and "species" not in error.kind:
        meant, able = _elsewhere(able[0], error.kind, name), []
        if meant:
            return UnknownName(error.kind, name, (), meant)
    if not able:
        if lists := lists_of(pathway, error):
            return UnknownName(error.kind, name, error.close, lists)
        if error.close and error.kind in ("drug", "alteration", "cell line"):  # without, `complain` says it
            return UnknownName(
                error.kind, name, error.close, f"'her2 new --{error.kind.replace(' ', '-')} NAME' begins one."
            )
        return error
    shared = _sharing(able[0], name)
    if shared:
        return AmbiguousName(error.kind, name, shared, f"They are in {able[0]}: --pathway {able[0]}.")
    return UnknownName(error.kind, name, (), f"It is in {' and '.join(able)}: --pathway {able[0]}.")


def lists_of(pathway: Pathway, error: UnknownName) -> str:
    """Where the species of *pathway* are listed, for a name that none of them is like; empty for other names.

    Look-ups read the article's pathway unless they are told which: of that, `complain` says it.
    """
    from shlex import quote

    from her2cli import loading

    if error.close or not error.name.strip() or pathway.name == loading.ARTICLE:
        return ""
    option = _listing(pathway)
    search = f"'her2 search {quote(shown(error.name, 40))}{option}' looks into all names and notes"
    lists = {
        "species": f"'her2 species{option}' lists all; {search}.",
        "species, drug or alteration": f"{search}; 'her2 new' adds it.",
    }
    return lists.get(error.kind, "")


def _elsewhere(network: str, kind: str, name: str) -> str:
    """The alterations or the drugs of what is a species of another *network* only."""
    from her2cli import loading

    other = loading.load(network)
    try:
        found = acting_on(other, kind, other.find_species(name))
    except UnknownName:  # or several share the name
        return ""
    return f"{found}{shown(name)} is in {network}: --pathway {network}." if found else ""


def _respelled(pathway: Pathway, kind: str, name: str) -> str:
    """How *name* is written where it is several that are known, or one with a dose."""
    things = {"drug": pathway.drugs, "alteration": pathway.alterations, "species": pathway.species}.get(kind, {})
    words = re.split(r"[\s,;+]+", name.strip())
    known = [answers(things, word.partition("=")[0], kind) for word in words]
    if kind == "drug" and known == [True, False] and re.fullmatch(r"[0-9.]+%?", words[1]):
        return f"A dose is written {words[0]}={words[1]}."
    if not all(known):
        return ""
    if len(words) == 1:
        return f"It is named without a dose here: {words[0].partition('=')[0]}." if kind == "drug" else ""
    if kind == "species":
        return f"These are {len(words)} species, which are named one by one; an option is given once for each."
    return f"Several are joined by a plus: {shown('+'.join(words))}."


def _misplaced(pathway: Pathway, kind: str, name: str, takes: Collection[str]) -> str:
    """What *name* is, if it is no *kind* but something else here, and the option that takes it, if one does."""
    options = {
        "drug": (pathway.drugs, "It is a drug: --drug {0}."),
        "alteration": (pathway.alterations, "It is an alteration: --alteration {0}."),
        "cell line": (pathway.cell_lines, "It is a cell line: --cell-line {0}."),
        "species": (pathway.species, "It is a species: --set {0}=0 or {0}=1 holds it{1}."),
    }
    for other, (things, told) in options.items():
        if other not in kind:
            try:
                found = pathway.find_species(name) if other == "species" else find(things, name, other)
                acting = acting_on(pathway, kind, found) if other == "species" else ""
                if other not in takes:
                    return f"{acting}It is {a_or_an(other)}: 'her2 show {found}' tells of it."
                return acting + told.format(found, f", --ligand {found} adds it" if _is_ligand(pathway, found) else "")
            except UnknownName:
                continue
    return ""


def _listing(pathway: Pathway) -> str:
    """The option with which a look-up lists what is in *pathway*; none for the article's, which it reads by itself."""
    from shlex import quote

    from her2cli import loading

    return "" if pathway.name == loading.ARTICLE else f" -p {quote(pathway.source if pathway.digest else pathway.name)}"


def acting_on(pathway: Pathway, kind: str, species: str) -> str:
    """The alterations or the drugs, by the *kind* that is asked for, of a *species*; empty where there are none."""
    from her2cli.lookup import targeting

    what, lists = "", ""
    names: tuple[str, ...] = ()
    if kind == "alteration":
        what, names, lists = "Alterations of", pathway.alterations_of(species, alone=True), "alterations"
    elif kind == "drug":
        against = tuple(each.drug for each in targeting(pathway, species) if each.direct)
        what, names, lists = "Drugs against", against, f"drugs --target {species}{_listing(pathway)}"
    more = f" and {len(names) - NAMED} more ('her2 {lists}')" if len(names) > NAMED else ""
    return f"{what} {species}: {', '.join(names[:NAMED])}{more}. " if names else ""


def _is_ligand(pathway: Pathway, name: str) -> bool:
    from her2cli.logic.network.scenario import find_ligand

    try:
        find_ligand(pathway, name)
    except (ScenarioError, UnknownName):
        return False
    return True


def _not_carried(pathway: Pathway, kind: str) -> str:
    """That there can be none of this *kind* in a file of this format, and what to do instead."""
    shelves = {"drug": pathway.drugs, "alteration": pathway.alterations, "cell line": pathway.cell_lines}
    if shelves.get(kind, True):
        return ""
    return f"{none_of(pathway, kind)} --set NODE=0 holds a species off, NODE=1 on."


def none_of(pathway: Pathway, kind: str) -> str:
    """That a file has no things of a *kind*, and whether its format could carry them."""
    from her2cli.formats import find_format

    format = find_format("", pathway.source).name.upper()
    why = "" if format in ("YAML", "JSON") else f": {format} carries none, YAML and JSON do"
    return f"{shown(pathway.source, 200)} has no {kind}s{why}."


def _others(pathway: Pathway, able: Callable[[Pathway], bool]) -> list[str]:
    """The names of the other pathways of the library for which *able* holds."""
    from her2cli import loading

    return [name for name in loading.pathway_names() if name != pathway.name and able(loading.load(name))]


def _sharing(pathway: str, name: str) -> tuple[str, ...]:
    """The species of another pathway that share *name*, where there are several."""
    from her2cli import loading

    try:
        loading.load(pathway).find_species(name)
    except AmbiguousName as error:
        return error.close
    return ()


def pathway_with(*names: str | None) -> str:
    """The pathway to look into where none is named: the article's, or the one that alone knows all *names*, told.

    A name that is a species, a drug or an alteration counts as known. Where no pathway knows all, it is the article's.
    """
    from her2cli import loading

    chosen = loading.default_pathway(loading.ARTICLE)
    wanted = [name for name in names if name]
    if chosen != loading.ARTICLE or all(_knows(loading.load(chosen), name) for name in wanted):
        return chosen
    if not all(_knows(loading.load(loading.NETWORK), name, several=False) for name in wanted):
        return chosen
    only = next(name for name in wanted if not _knows(loading.load(chosen), name))
    remark(f"her2: note: {shown(only, 60)} is only in {loading.NETWORK}, which this is from (--pathway names another).")
    return loading.NETWORK


def _knows(pathway: Pathway, name: str, *, several: bool = True) -> bool:
    """Whether something is called so; or, with *several*, more than one thing is."""
    for found in (pathway.find_species, pathway.find_drug, pathway.find_alteration):
        try:
            found(name)
        except AmbiguousName:
            return several
        except UnknownName:
            continue
        return True
    return False


def _has_species(pathway: Pathway, name: str) -> bool:
    try:
        pathway.find_species(name)
    except AmbiguousName:
        return True
    except UnknownName:
        return False
    return True


def _has_target(pathway: Pathway, agent: str) -> bool:
    return any(edge.target in pathway.species for edge in pathway.actions(agent))


def _doses(pathway: Pathway, texts: Iterable[str], option: str = "--drug ") -> tuple[tuple[str, float], ...]:
    """The drugs that *texts* name, with their doses; *option* is what was typed before each."""
    doses: dict[str, float] = {}
    mistakes = Mistakes()
    for text in chain.from_iterable(_split(each, pathway.drugs) for each in texts):
        name, given, amount = text.partition("=")
        with mistakes:
            drug, dose = pathway.find_drug(name), _dose(f"{option}{shown(name)}", amount) if given else 1.0
            if doses.setdefault(drug, dose) != dose:
                raise ScenarioError(f"--drug {drug} is given with two doses, {doses[drug]:g} and {dose:g}.")
    mistakes.tell()
    return tuple(doses.items())


def dose_range(text: str) -> tuple[float, ...]:
    """Eleven doses from one to another, both included: `0..1`, `0..100%`. Raises `ScenarioError`."""
    first, last = ends_of(text)
    if not (first and last):
        raise ScenarioError(
            f"--dose {shown(text, 20)}: write two doses with two dots between, such as 0..1; for one, --drug NAME=50%."
        )
    low, high = (_dose("--dose ", f"{each}%" if "%" in last and "%" not in each else each) for each in (first, last))
    if low == high:
        raise ScenarioError(f"--dose {shown(text, 20)}: the two doses are the same; --drug NAME={low:g} asks for one.")
    if low > high:
        turned = f"{100 * high:g}..{100 * low:g}%" if "%" in text else f"{high:g}..{low:g}"
        raise backwards("--dose", text, "doses go from the lower to the higher", turned)
    return tuple(round(low + (high - low) * step / 10, 6) for step in range(11))


def ends_of(text: str) -> tuple[str, str]:
    """What stands before and behind the two dots of a range; two empty texts of what is none."""
    first, dots, last = text.partition("..")
    return (first.strip(), last.strip()) if dots and not last.startswith(".") and ".." not in last else ("", "")


def backwards(option: str, text: str, order: str, turned: str) -> ScenarioError:
    """That a range runs from its higher end to its lower, and how it is written in the *order* that there is."""
    return ScenarioError(f"{option} {shown(text, 20)} runs backwards; {order}: write {option} {shown(turned, 20)}.")


def _dose(typed: str, text: str) -> float:
    text = text.strip()
    try:
        dose = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        dose = -1.0
    if not (isfinite(dose) and 0 <= dose <= 1):
        joint = "" if typed.endswith(" ") else "="
        told = "a dose is the share of cells the drug reaches, from 0 to 1, or from 0% to 100%."
        raise ScenarioError(f"{typed}{joint}{shown(text, 20)}: {told}")
    return abs(dose)  # -0 is 0


def _clamps(pathway: Pathway, texts: Iterable[str], option: str = "--set ") -> tuple[tuple[str, int], ...]:
    """The species that *texts* hold, with their values; *option* is what was typed before each."""
    clamps: dict[str, int] = {}
    mistakes = Mistakes()
    for text in texts:
        name, _, value = text.rpartition("=")
        with mistakes:
            if not name or value not in ("0", "1"):
                raise ScenarioError(f"{option}{shown(text)}: write NODE=0 to hold a species off, NODE=1 to hold it on.")
            species = pathway.find_species(name)
            if clamps.setdefault(species, int(value)) != int(value):
                raise ScenarioError(f"--set holds {species} both off and on.")
    mistakes.tell()
    return tuple(clamps.items())


def joined(
    pathway: Pathway,
    shared: Scenario,
    words: str,
    *,
    default: bool = True,
    added: Sequence[str] = (),
    remarks: list[str],
) -> Scenario:
    """*shared* with what *words* add: drugs (with doses), alterations, ligands and clamps, joined by `+`.

    `none`, a normal cell, or the name of a cell line stands in place of the tumour of *shared*, as long as that is the
    *default* one; what was *added* to that is added to it, too. An amount of what that tumour has another amount of
    (ERBB2_low, of HER2) stands in place of that, which is told in *remarks*.
    """
    from her2cli.model import Scenario, check_amounts, markers

    named = [word for word in _named(words) if word.casefold() != "untreated"]
    tumours = [word for word in named if word.casefold() == "none" or _is_line(pathway, word)]
    if len(tumours) > 1:
        raise ScenarioError(f"A scenario has one tumour; {shown(tumours[0])} cannot stand with {shown(tumours[1])}.")
    if tumours and not default:
        raise ScenarioError(f"{shown(tumours[0])} is a tumour; it cannot stand with --alteration or --cell-line.")
    contexts = {word: find(pathway.contexts, word, "") for word in named if _is_context(pathway, word)}
    if len(set(contexts.values())) > 1:
        raise ScenarioError(f"A scenario has one context; {shown(' and '.join(contexts))} are two.")
    parts = [Scenario(alterations=tuple(added) if tumours else shared.alterations, ligands=shared.ligands)]
    words_left = [word for word in named if word.casefold() != "none" and word not in contexts]
    parts += each_of(lambda word: _part(pathway, word), words_left)
    own = [name for part in parts[1:] for name in part.alterations]
    amounts = markers(pathway, set(own).difference(added)) if default and not tumours else set()
    gone = [
        name
        for name in shared.alterations
        if name not in (*own, *added) and not amounts.isdisjoint(markers(pathway, [name]))
    ]
    if gone:
        remarks.append(f"{words} is without the default {', '.join(gone)}, of which it is another amount.")
    tumour = _unique(name for name in (*parts[0].alterations, *own) if name not in gone)
    check_amounts(pathway, tumour)
    return Scenario(
        alterations=tumour,
        ligands=_unique(name for part in parts for name in part.ligands),
        drugs=(*shared.drugs, *(drug for part in parts for drug in part.drugs)),
        clamps=(*shared.clamps, *(clamp for part in parts for clamp in part.clamps)),
        inputs=shared.inputs,
        context=next(iter(contexts.values()), shared.context),
        name=words if named else "",
    )


def added_to(pathway: Pathway, rows: Sequence[Scenario], tumour: Scenario) -> str:
    """The *tumour*, in words, that some of the *rows* are in and do not name; empty where none is, or all are."""
    from her2cli.model import Scenario
    from her2cli.render.runs import scenario_words

    def unsaid(row: Scenario) -> bool:
        said = {word.strip().casefold() for word in row.name.split("+")}
        every = {name.casefold() for name in tumour.alterations}
        return not (_tumours(pathway, row) or every <= said) and set(tumour.alterations) <= set(row.alterations)

    alike = len({row.alterations for row in rows}) == 1
    if tumour.alterations and not alike and any(map(unsaid, rows)):
        words = scenario_words(Scenario(alterations=tumour.alterations, name=tumour.name), pathway)[0]
        normal = next((row for row in rows if "none" in map(str.casefold, _tumours(pathway, row))), None)
        alone = normal is not None and normal.name.strip().casefold() == "none"
        own = f" with {' + '.join(normal.alterations)}" if normal and alone and normal.alterations else ""
        return f"{words}, and what a row adds{f'; none is a normal cell{own}' if normal else ''}"
    return ""


def _tumours(pathway: Pathway, row: Scenario) -> list[str]:
    """The words of a row that say what its tumour is: a cell line, or none."""
    words = [word.strip() for word in row.name.split("+")]
    return [word for word in words if word.casefold() == "none" or _is_line(pathway, word)]


def tumours_apart(pathway: Pathway, rows: Iterable[Scenario], tumour: Scenario, *, named: bool = False) -> list[str]:
    """That some of the *rows* name a cell line and others no tumour, so that these are in the shared one; or nothing.

    That is the *tumour* of the options, which have *named* none, or which is the default one. A row without part of
    it, or with an alteration in a normal cell, says itself what it is.
    """
    from shlex import quote

    lines: dict[str, None] = {}
    others: list[str] = []
    for row in rows:
        own = _tumours(pathway, row)
        lines |= dict.fromkeys(word for word in own if word.casefold() != "none")
        shared = set(tumour.alterations) <= set(row.alterations) if tumour.alterations else not row.alterations
        if not own and shared:
            others.append(row.name or "untreated")
    if not lines or not others:
        return []
    line, where = next(iter(lines)), " + ".join(tumour.alterations) or "a normal cell"
    with_line = quote(line if others[0] == "untreated" else f"{line}+{others[0]}")
    why, instead = ("as -a none says", " instead of it") if named else ("the tumour where none is named", "")
    return [
        f"{', '.join(others)}: not in {' or '.join(lines)} but in {where}, {why}; "
        f"write {with_line}, or -c {quote(line)}{instead} for all."
    ]


def _part(pathway: Pathway, text: str) -> Scenario:
    """One word of a scenario."""
    from her2cli.logic.network.scenario import find_ligand
    from her2cli.model import Scenario

    name, equals, _ = text.partition("=")
    if answers(pathway.drugs, name):
        return Scenario(drugs=_doses(pathway, [text], option=""))
    if equals:
        return Scenario(clamps=_clamps(pathway, [text], option=""))
    if answers(pathway.alterations, name, "alteration"):
        return Scenario(alterations=(pathway.find_alteration(name),))
    try:
        return Scenario(ligands=(find_ligand(pathway, name),))
    except AmbiguousName:
        raise
    except UnknownName:
        pass
    except ScenarioError as error:  # a species that no medium holds
        species = pathway.find_species(name)
        acting = [acting_on(pathway, kind, species) for kind in ("alteration", "drug")]
        raise ScenarioError(" ".join(filter(None, (str(error), *map(str.strip, acting))))) from None
    try:
        line = pathway.cell_lines[find(pathway.cell_lines, name, "cell line")]
    except UnknownName:
        close = closest(name, pathway.drugs, pathway.alterations, pathway.species, pathway.cell_lines)
        raise UnknownName("drug, alteration, ligand or cell line", name, close) from None
    return Scenario(alterations=tuple(each_of(pathway.find_alteration, line.alterations)), ligands=line.ligands)


def _is_line(pathway: Pathway, name: str) -> bool:
    """Whether *name* is that of a cell line, and of nothing else."""
    return answers(pathway.cell_lines, name) and not _is_more(pathway, name)


def _is_context(pathway: Pathway, name: str) -> bool:
    """Whether *name* is that of a context, and of nothing else."""
    return answers(pathway.contexts, name) and not _is_more(pathway, name)


def _is_more(pathway: Pathway, name: str) -> bool:
    """Whether a drug, an alteration or a species is called so, too."""
    others = ((pathway.drugs, ""), (pathway.alterations, "alteration"), (pathway.species, ""))
    return any(answers(things, name, kind) for things, kind in others)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
