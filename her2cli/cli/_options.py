"""The options that commands share: each is named once, and those that go together are a group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from her2cli.cli import _names
from her2cli.cli._errors import remark
from her2cli.cli._parameters import Argument, Option, Options, Parameter
from her2cli.cli._reading import Reading
from her2cli.errors import Her2Error, ScenarioError, shown

if TYPE_CHECKING:
    from her2cli.logic.network.sampling import Engine as EngineName
    from her2cli.logic.network.sampling import Sampling
    from her2cli.model import Scenario


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
When = Annotated[str, Option("--time", metavar="WHEN", help="When: before, early or late.")]
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


def _engine_named(name: str | None) -> EngineName | None:
    """The engine of that name; None for auto. Raises `ScenarioError` with all engines."""
    engines: dict[str, EngineName | None] = {"auto": None, "python": "python", "numba": "numba"}
    if name is not None and name not in engines:
        raise ScenarioError(f"No engine {shown(name)!r}; there are {', '.join(engines)}.")
    return engines[name or "auto"]
