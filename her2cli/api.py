"""The commands as Python functions: the same words, the same answers, as tables, as plain data and as text.

Each function asks what the command of its name asks, and takes its options under their names, with underscores, a
repeatable one as a list: `simulate(drugs=["lapatinib"], cell_line="BT474")` is `her2 simulate -d lapatinib -c BT474`.
What it gives back is a `Result`. The engines below, with their own dataclasses, are in `graph`, `logic` and `studies`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from inspect import Parameter as Place
from inspect import Signature, signature
from types import NoneType
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack, get_args, get_origin

from her2cli.errors import nearest, shown

if TYPE_CHECKING:
    from her2cli.cli.asking import Answer, Parameter
    from her2cli.model import Pathway

Names = str | Sequence[str]  # one name, or several
Doses = Names | Mapping[str, float]  # drugs, each with the share of cells that it reaches, 0 to 1
Clamps = Names | Mapping[str, int]  # species with the value at which each is held, 0 or 1


class Scene(TypedDict, total=False):
    """A tumour, its treatment, and the pathway that it is asked in: keywords of each function that takes a scenario.

    Without *alterations* or *cell_line* it is the pathway's default tumour; `alterations=["none"]` is a normal cell.
    """

    drugs: Doses | None
    alterations: Names | None
    ligands: Names | None
    cell_line: str | None
    clamps: Clamps | None
    context: str | None
    pathway: str | Pathway | None


class Options(Scene, total=False):
    """The same, and the other options of these commands, as `her2 COMMAND --help` tells them.

    A function raises `TypeError` for one that its command does not have.
    """

    inputs: int | None  # of all inputs that are not named, 0 or 1
    readouts: Names | None
    replicates: int | None  # cells
    seed: int | None
    engine: str | None  # python, numba, auto
    semantics: str
    steps: bool
    time: str | float | Sequence[str | float] | None  # simulate takes times, the others a name: early, late
    start: str | None
    dose: str | None  # "0..1"
    over: str
    size: int
    counter: bool
    limit: int
    worst: bool
    best: bool
    why: int | None
    verbose: bool
    plot: str | None
    output: str | None
    force: bool
    jobs: int | None
    folder: str | None
    resume: bool
    part: str | None
    merge: bool
    dask: str | None
    settings: str


_OF_THE_SHELL = {"json", "csv", "tsv", "brief"}  # forms of an answer, all of which a `Result` has
WIDTH = 100  # columns of the text in a notebook


class Result:
    """An answer: rows, plain data, text.

    `rows` is the table of `--csv` as a list of dicts, `data` what `--json` prints, `str()` and a notebook show what a
    terminal shows, `notes` are the remarks. pandas, polars and DuckDB read it as a table (`polars.DataFrame(result)`)
    where pyarrow is installed.
    """

    def __init__(self, answer: Answer, notes: Sequence[str]) -> None:
        self.answer = answer
        self.notes = tuple(notes)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The table as a list of dicts, one a row; a cell is text, a number, True or False, None, or a list of text."""
        records = self._table.records()
        return [{key: list(v) if isinstance(v, tuple) else v for key, v in row.items()} for row in records]

    @cached_property
    def data(self) -> dict[str, Any]:
        """The whole answer as `--json` has it (docs/json.md), with schema, version, and the pathway and its hash."""
        import json

        from her2cli.cli.asking import envelope

        found: dict[str, Any] = json.loads(envelope(self.answer.command, self.answer.pathway, self.answer.data()))
        return found

    @cached_property
    def _table(self) -> Any:
        return self.answer.table()

    def __getitem__(self, key: str) -> Any:
        """One part of `data`."""
        return self.data[key]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def text(self, width: int = 80) -> str:
        """What a terminal of that many columns shows, without colour."""
        from her2cli.cli.asking import of_width
        from her2cli.render.console import rendered

        with of_width(width):
            return rendered(self.answer.look(), width=width)

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The same for a notebook, with colour."""
        from io import StringIO

        from rich.console import Console

        from her2cli.cli.asking import of_width

        console = Console(file=StringIO(), record=True, width=WIDTH, force_jupyter=False, markup=False, emoji=False)
        with of_width(WIDTH):
            console.print(self.answer.look())
        return console.export_html(inline_styles=True, code_format='<pre style="line-height:1.2">{code}</pre>')

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows as an Arrow stream, by the Arrow PyCapsule interface. Raises `MissingExtra` without pyarrow."""
        from her2cli.columns import stream

        return stream(self._table.columns, self._table.rows, requested_schema)


def ask(
    command: str, *arguments: Any, pathway: str | os.PathLike[str] | Pathway | None = None, **options: Any
) -> Result:
    """The answer of any command that has one in JSON, by its name: `ask("resist", drugs=["trastuzumab"])`.

    *arguments* are what stands without an option name, *options* the others; *pathway* is a name, a file in any
    readable format, or a `Pathway`. Raises `TypeError` for an option that the command does not have and for a value of
    the wrong type, and `Her2Error` with what to do next for everything that the command line complains of.
    """
    from her2cli.cli.asking import COMMANDS, SPELLINGS, Exit, filled, function, heard, kept, parameters
    from her2cli.formats import given_as

    name = SPELLINGS.get(command, (command,))[0].replace("_", "-")
    if not any(name in group for group in COMMANDS.values()):
        raise TypeError(f"{command!r} is no command; 'her2 --help' lists them.")
    called = function(name)
    every = {key: _typed(taken.hint) for key, taken in parameters(called).items()}
    values = _placed(name, arguments, every) | _named(name, options, every)
    with given_as(pathway) as word, kept() as answers, heard() as notes:
        if word is not None:
            values["pathway"] = word
        with suppress(Exit), filled(called, values) as taken:  # an exit of 1: the answer is no, which stands in it
            called(**taken)
    if not answers:
        raise TypeError(f"'her2 {name}' has no answer to give back; run it at the command line.")
    return Result(answers[0], notes)


Asking = TypeVar("Asking", bound=Callable[..., Result])


def _of_a_scenario(function: Asking) -> Asking:
    """*function* with the keywords of a `Scene` in its signature, where notebooks look for what to complete."""
    *own, options = signature(function).parameters.values()
    kinds = {name: each.__forward_arg__ for name, each in Scene.__annotations__.items()}
    scene = [Place(name, Place.KEYWORD_ONLY, default=None, annotation=kind) for name, kind in kinds.items()]
    function.__signature__ = Signature([*own, *scene, options], return_annotation="Result")  # type: ignore[attr-defined]
    return function


def load(name: str | os.PathLike[str] = "her2") -> Pathway:
    """The pathway of that name (`her2`, `erbb`, one of your own in `HER2_PATHWAYS`), or in a file of a readable format.

    Raises `UnknownName` for a name that nothing has, `DataError` with all problems of a file.
    """
    from her2cli.formats import load

    if not isinstance(name, str | os.PathLike):
        raise TypeError(f"name: the name of a pathway or a file is expected, not {name!r} ({type(name).__name__}).")
    return load(os.fspath(name))


def trace(
    start: str,
    *,
    to: str | None = None,
    upstream: bool = False,
    depth: int | None = None,
    drug: str | None = None,
    alterations: Names | None = None,
    limit: int | None = None,
    pathway: str | Pathway | None = None,
) -> Result:
    """The cascade from *start*, step by step, or the paths *to* another species; rows are its edges.

    In the article's pathway unless another is named. *drug* marks what it cuts in a tumour with *alterations*.
    """
    options = {"to": to, "upstream": upstream, "depth": depth, "drug": drug, "alterations": alterations, "limit": limit}
    return ask("trace", start, pathway=pathway, **options)


@_of_a_scenario
def simulate(**options: Unpack[Options]) -> Result:
    """What a treatment does to a tumour, in shares of its cells, 0 to 1; rows are readouts before, early and late.

    The keywords are those of `Scene` and of `Options`, such as `seed`, `replicates` (cells), `semantics`, `time`.
    """
    return ask("simulate", **options)


@_of_a_scenario
def explain(species: str, **options: Unpack[Options]) -> Result:
    """Why *species* is on or off in a scenario, and what would flip it; rows are the reasons, down to their causes."""
    return ask("explain", species, **options)


@_of_a_scenario
def compare(*scenarios: str | Sequence[str], **options: Unpack[Options]) -> Result:
    """Scenarios side by side: `compare("untreated", "trastuzumab", "BT474+lapatinib")`, or a list of them; the options
    give what all share.

    Rows are scenarios, with the late share of each readout.
    """
    listed = [word for each in scenarios for word in (each if isinstance(each, list | tuple) else [each])]
    return ask("compare", listed, **options)


@_of_a_scenario
def screen(along: Names, **options: Unpack[Options]) -> Result:
    """All drugs, pairs, alterations, cell lines or knock-outs, ranked; rows are scenarios, the best first."""
    return ask("screen", along, **options)


def cohort(path: str, *, pathway: str | Pathway | None = None, **options: Any) -> Result:
    """The tumours of a study (a folder of cBioPortal, a table) with alterations and best drugs; rows are tumours."""
    return ask("cohort", path, pathway=pathway, **options)


@_of_a_scenario
def resist(**options: Unpack[Options]) -> Result:
    """What makes a treatment fail: the smallest sets of alterations; rows are sets, with chain, share and evidence."""
    return ask("resist", **options)


@_of_a_scenario
def combine(first: str, second: str, **options: Unpack[Options]) -> Result:
    """Two drugs together at all doses; rows are readouts and pairs of doses, with the excess over Bliss and HSA."""
    return ask("combine", first, second, **options)


def attractors(*, pathway: str | Pathway | None = None, **options: Any) -> Result:
    """Where a network ends: fixed points, minimal trap spaces, attractors; rows are these, a column a species."""
    return ask("attractors", pathway=pathway, **options)


def validate(file: str | None = None, *, pathway: str | Pathway | None = None, **options: Any) -> Result:
    """The published experiments, run again; rows are experiments with what was expected and what came."""
    return ask("validate", *([file] if file else []), pathway=pathway, **options)


def show(name: str, *, pathway: str | Pathway | None = None) -> Result:
    """Anything by any of its names: species, drug, alteration, cell line, reference, claim ...; rows are its facts."""
    return ask("show", name, pathway=pathway)


def search(text: str, *, pathway: str | Pathway | None = None) -> Result:
    """Every place that holds the words of *text*, the best first; rows are places."""
    return ask("search", [text], pathway=pathway)


def drugs(*, target: str | None = None, pathway: str | Pathway | None = None) -> Result:
    """All drugs, or those against the species *target*; rows are drugs."""
    return ask("drug", target=target, pathway=pathway)


def alterations(*, pathway: str | Pathway | None = None) -> Result:
    """All alterations; rows are alterations."""
    return ask("alteration", pathway=pathway)


def cell_lines(*, pathway: str | Pathway | None = None) -> Result:
    """All cell lines with the alterations that are cited for them; rows are cell lines."""
    return ask("cell-line", pathway=pathway)


# --- from Python's values to those of a command -------------------------------------------------------------------


def _typed(hint: Any) -> tuple[Any, Parameter]:
    """The type that a parameter takes, without None, and what it says of itself."""
    kind, parameter = get_args(hint)
    some = [each for each in get_args(kind) if each is not NoneType]
    return (some[0] if NoneType in get_args(kind) else kind), parameter


def _placed(command: str, arguments: Sequence[Any], every: Mapping[str, tuple[Any, Parameter]]) -> dict[str, Any]:
    places = [name for name, (_, parameter) in every.items() if not parameter.names]
    if len(arguments) > len(places):
        raise TypeError(f"{command}: {len(places)} argument{'s' if len(places) != 1 else ''} stand without a name.")
    return {name: _value(name, value, *every[name]) for name, value in zip(places, arguments, strict=False)}


def _named(command: str, options: Mapping[str, Any], every: Mapping[str, tuple[Any, Parameter]]) -> dict[str, Any]:
    """The options by the names of the command's parameters; each may be given as it is typed, too, or in the plural."""
    called: dict[str, str] = {}
    for name, (_, parameter) in every.items():
        if name not in {*_OF_THE_SHELL, "pathway"}:
            words = [word.lstrip("-").replace("-", "_") for word in parameter.names if word.startswith("--")]
            for word in (name, *words):
                called |= {word: name, f"{word}s": name}
    values: dict[str, Any] = {}
    for word, value in options.items():
        if word.rstrip("_") not in called:
            raise TypeError(_unknown(command, word, list(called)))
        name = called[word.rstrip("_")]
        if value is None:
            continue
        if name in values:
            raise TypeError(f"{command}: {word} is given twice.")
        values[name] = _value(word, value, *every[name])
    return values


TIME = "T"  # what help calls an option for times


def _unknown(command: str, word: str, known: Sequence[str]) -> str:
    close = nearest(word, known, 2)
    hint = f" Did you mean {' or '.join(close)}?" if close else f" There are {', '.join(known[::2])}."
    return f"{command}: no option {shown(word)!r}.{hint}"


def _value(word: str, value: Any, kind: Any, parameter: Parameter) -> Any:
    """*value* as the command takes it. Raises `TypeError` for one of another type, `ValueError` for one too small."""
    if get_origin(kind) is list:
        if parameter.settings.get("metavar") == TIME:  # a number, or a course of them as text
            given = [value] if isinstance(value, str | int | float) else value
            value = [f"{each:g}" if type(each) in (int, float) else each for each in given]
        return _list(word, value, get_args(kind)[0])
    wanted = {bool: "True or False", int: "a whole number", float: "a number"}.get(kind, "text")
    fits = {bool: (bool,), int: (int,), float: (int, float)}.get(kind, (str, os.PathLike))
    if not isinstance(value, fits) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"{word}: {wanted} is expected, not {_told(value)}.")
    least = parameter.settings.get("min")
    if least is not None and value < least:
        raise ValueError(f"{word}: {value} is less than {least}, the least that is possible.")
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    return value if kind in (bool, int, float, str) else kind(value)


def _list(word: str, value: Any, kind: Any) -> list[Any]:
    if isinstance(value, Mapping):
        for each in value.values():
            if isinstance(each, bool) or not isinstance(each, int | float):
                raise TypeError(f"{word}: a number for each name is expected, not {_told(each)}.")
        value = [f"{name}={each:g}" for name, each in value.items()]
    items = [value] if isinstance(value, str | int | float) else value
    types, wanted = ((str,), "names") if kind is str else ((int, float), "numbers")
    example = "['lapatinib']" if kind is str else "[1, 10]"
    if not isinstance(items, Iterable):
        raise TypeError(f"{word}: a list of {wanted} is expected, such as {example}, not {_told(value)}.")
    found = list(items)
    for each in found:
        if not isinstance(each, types) or isinstance(each, bool):
            raise TypeError(f"{word}: a list of {wanted} is expected, such as {example}; {_told(each)} is none.")
    return found


def _told(value: object) -> str:
    return f"{shown(repr(value), 40)} ({type(value).__name__})"
