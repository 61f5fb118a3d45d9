"""One file a format: how a pathway is read from it and written to it. A new format is a file here and a line below."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

from her2cli.errors import DataError, Her2Error, Problem, a_or_an, shown
from her2cli.files import looks_like_file

if TYPE_CHECKING:
    from her2cli.formats.losses import Written
    from her2cli.formats.places import Drawing
    from her2cli.logic.network import BooleanNetwork
    from her2cli.model import Pathway


class Format(NamedTuple):
    """A file format: its extensions, what it is for, and whether it is read and written here."""

    name: str
    extensions: tuple[str, ...]
    description: str
    module: str  # in this package; imported when it is needed
    reads: bool = True
    writes: bool = True
    megabytes: float = 2.0  # the largest file that is read within a few seconds


SHEETS = (".xlsx", ".xls", ".xlsb", ".ods")
FORMATS: tuple[Format, ...] = (
    Format(name="yaml", extensions=(".yaml", ".yml"), module="yaml", description="our own, for people"),
    Format(name="json", extensions=(".json",), module="json", description="our own, everything in one file"),
    Format(name="bnet", extensions=(".bnet",), module="bnet", description="BoolNet, PyBoolNet, mpbn"),
    Format(name="aeon", extensions=(".aeon",), module="aeon", description="AEON, biodivine"),
    Format(name="sbml", extensions=(".sbml", ".xml"), module="sbml_qual", description="GINsim, CaSQ", megabytes=5),
    Format(name="maboss", extensions=(".bnd", ".cfg"), module="maboss", description="MaBoSS, a .cfg file beside it"),
    Format(name="sif", extensions=(".sif",), module="sif", description="Cytoscape, CellNOpt", megabytes=5),
    Format(name="csv", extensions=(".csv",), module="tables", description="a table of species and edges", megabytes=5),
    Format(name="tsv", extensions=(".tsv",), module="tables", description="the same, between tabs", megabytes=5),
    Format(
        name="rules", extensions=(".txt", ".bn"), module="rule_texts", description="BooleanNet, texts", writes=False
    ),
    Format(name="ginml", extensions=(".ginml",), module="ginml", description="GINsim", writes=False, megabytes=5),
    Format(name="zginml", extensions=(".zginml",), module="ginml", description="the same, zipped", writes=False),
    Format(name="excel", extensions=SHEETS, module="excel", description="a spreadsheet's first sheet", writes=False),
    Format(name="cx2", extensions=(".cx2",), module="cx2", description="Cytoscape Web, NDEx", megabytes=5),
    Format(name="graphml", extensions=(".graphml",), module="graphml", description="Gephi, yEd, igraph", megabytes=5),
    Format(name="gml", extensions=(".gml",), module="gml", description="Cytoscape, igraph", writes=False, megabytes=5),
    Format(name="dot", extensions=(".dot", ".gv"), module="dot", description="Graphviz", reads=False),
    Format(name="mermaid", extensions=(".mmd", ".mermaid"), module="mermaid", description="Markdown", reads=False),
)
_MARK = b"\xef\xbb\xbf"  # the byte order mark of UTF-8
BINARY = frozenset({"excel", "zginml"})
LOOSE = frozenset({"rules"})  # their extensions say little: what is in the file decides
# Other words for a format: the program that reads it, or its long name. An extension is understood as well.
ALIASES = {
    "boolnet": "bnet",
    "pyboolnet": "bnet",
    "mpbn": "bnet",
    "biodivine": "aeon",
    "sbml-qual": "sbml",
    "sbml_qual": "sbml",
    "cellnopt": "sif",
    "cytoscape": "cx2",
    "ndex": "cx2",
    "gephi": "graphml",
    "yed": "graphml",
    "networkx": "graphml",
    "graphviz": "dot",
    "markdown": "mermaid",
}
WRITTEN = tuple(each.name for each in FORMATS if each.writes)
DRAWN = frozenset({"cx2", "graphml", "sbml"})  # they carry where species stand
# Rules can name nothing else there: the drugs and alterations that they name are written as inputs.
ONLY_SPECIES = frozenset({"bnet", "aeon", "sbml", "maboss"})


def find_format(name: str, path: str | os.PathLike[str] = "", *, to: Literal["read", "write", ""] = "") -> Format:
    """The format of that name, or without one the format of the file *path*.

    Raises `Her2Error` with all formats for an unknown one: with those that can be read or written, where it is *to* be.
    """
    able = [each for each in FORMATS if {"read": each.reads, "write": each.writes}.get(to, True)]
    if name:
        asked = ALIASES.get(name.lower(), name.lower().removeprefix("."))
        found = next((each for each in FORMATS if asked == each.name or f".{asked}" in each.extensions), None)
        if found is None:
            raise Her2Error(f"No format {shown(name)!r}. There are {', '.join(each.name for each in able)}.")
        return found
    suffix = os.path.splitext(path)[1].lower()
    found = next((each for each in FORMATS if suffix in each.extensions), None)
    if found is None:
        known = ", ".join(each.extensions[0] for each in able)
        what = f"{suffix} is no extension that is known here" if suffix else "the name has no extension"
        raise Her2Error(f"{shown(os.fspath(path), 200)}: {shown(what, 100)}; use one of {known}.")
    return found


_GIVEN: ContextVar[Pathway | None] = ContextVar("given", default=None)
_GIVEN_NAME = "<given>"


@contextmanager
def given_as(pathway: str | os.PathLike[str] | Pathway | None) -> Iterator[str | None]:
    """The word by which `load` finds *pathway* meanwhile: a name or a file as it is, None for none.

    A `Pathway` that was made or changed in Python has a word of its own, so that it can be asked like any other. Raises
    `TypeError` for anything else.
    """
    from her2cli.model import Pathway

    if pathway is None or isinstance(pathway, str | os.PathLike):
        yield None if pathway is None else os.fspath(pathway)
        return
    if not isinstance(pathway, Pathway):
        raise TypeError(f"pathway: a name, a file or a Pathway is expected, not {type(pathway).__name__}.")
    token = _GIVEN.set(pathway)
    try:
        yield _GIVEN_NAME
    finally:
        _GIVEN.reset(token)


def load(name: str = "her2", format: str = "", settings: str = "") -> Pathway:
    """The pathway of that name in the library, or in a file of any readable format.

    *settings* is the cfg file of a MaBoSS network that is called otherwise than the network.
    Raises `UnknownName` for a name that nothing has, `Her2Error` where it is of the library and is to be read in some
    way, and as `read_file` does.
    """
    if (given := _GIVEN.get()) is not None and name == _GIVEN_NAME:
        return given
    if is_file(name):
        return read_file(name, format, settings)
    from her2cli import loading

    found = loading.load(name)
    if settings:
        option = f"--settings {shown(settings, 100)}"
        raise Her2Error(f"{option} is for MaBoSS (.bnd), and {shown(name, 60)} is of the library; {_LEAVE}")
    if format:
        option = f"--from {shown(format, 40)}"
        raise Her2Error(f"{option} says how a file is read, and {shown(name, 60)} is of the library; {_LEAVE}")
    return found


_LEAVE = "leave it out, or name a file."


def is_file(name: str) -> bool:
    """Whether *name* means a file, and no pathway of the library: it looks so, or is one that has no other meaning."""
    if looks_like_file(name):
        return True
    from her2cli import loading

    return loading.is_file_name(name)


def read_file(path: str | os.PathLike[str], format: str = "", settings: str = "") -> Pathway:
    """The pathway in a file, in the format of its extension or in that *format*. *settings* as for `load`.

    Raises `DataError` with all problems of the file, `Her2Error` for an unknown format, `MissingExtra`.
    """
    from her2cli.files import decode, file_limit, read_bytes

    file = os.fspath(path)
    suffix = os.path.splitext(file)[1].lower()
    by_name = (
        find_format(format, to="read")
        if format
        else next((each for each in FORMATS if suffix in each.extensions), None)
    )
    if by_name is None and not os.path.exists(file):
        by_name = find_format("", file, to="read")  # which says what extensions there are
    megabytes = [] if by_name is None or by_name.name == "yaml" else [by_name.megabytes]
    data = read_bytes(path, limit=file_limit(*megabytes))
    if data[:200].removeprefix(_MARK).lstrip()[:1] == b"<":  # tools paste texts with a mark of their own into notes
        data = data.replace(_MARK, b"")
    chosen = _recognised(data, file, by_name, suffix, sure=bool(format))
    try:
        text = "" if chosen.name in BINARY else decode(data, file)
        found = _read(chosen, data, text, file, settings)
    except DataError as error:
        if chosen.name in ("yaml", "json"):  # which tells its problems in order already
            raise
        from her2cli.loading.entries import tidy

        raise DataError(tidy(list(error.problems), shown(file, 200))) from None
    from dataclasses import replace

    from her2cli.loading import digest

    return found if found.digest else replace(found, digest=digest(data))


def _recognised(data: bytes, file: str, by_name: Format | None, suffix: str, *, sure: bool) -> Format:
    """The format of a file by its name and by what is in it; where these differ, or nothing reads it, it is told."""
    from her2cli.files import decode
    from her2cli.formats import sniff

    if by_name is not None and sure and by_name.reads:
        return by_name
    kind = sniff.of_bytes(data)
    if by_name is None and sniff.of_extension(suffix).other and not kind.name:
        kind = sniff.of_extension(suffix)
    text = ""
    if not kind.name and not kind.other and (by_name is None or by_name.name not in BINARY):
        text = decode(data, file)
        kind = sniff.of_text(text)
    kind = kind if kind.name or kind.other else sniff.of_extension(suffix)
    where = shown(file, 200)
    if kind.other:
        raise DataError([Problem(where, f"is {kind.other}, which is not read: {kind.advice}.")])
    if by_name is not None and by_name.name in LOOSE:  # an extension of many formats
        kind = kind if kind.name else sniff.of_rules(text)
        return find_format(kind.name) if kind.name else by_name
    if by_name is None:
        kind = kind if kind.name else sniff.of_rules(text)
        return find_format(kind.name) if kind.name else find_format("", file, to="read")
    if kind.name and suffix in (".xml", ".json"):  # which say as little
        return find_format(kind.name)
    alike = kind.name in ("", by_name.name) or {kind.name, by_name.name} <= {"yaml", "json"}
    if not alike:
        message = (
            f"looks like {kind.name.upper()}, not like {by_name.name.upper()}; "
            f"give it {a_or_an(kind.name)} extension, or read it with --from {kind.name}."
        )
        raise DataError([Problem(where, message)])
    if not by_name.reads:
        readable = ", ".join(each.name.upper() for each in FORMATS if each.reads)
        message = f"{by_name.name.upper()} is written, but not read; readable are {readable}."
        raise DataError([Problem(where, message)])
    return by_name


def _read(chosen: Format, data: bytes, text: str, file: str, settings: str) -> Pathway:
    name = _name(file)
    if settings and chosen.name != "maboss":
        raise no_settings(chosen.name, file, settings)
    if chosen.name == "yaml":
        from her2cli.loading import load_text

        return load_text(text, file)
    module = import_module(f"her2cli.formats.{chosen.module}")
    if chosen.name == "excel":
        sheet: Pathway = module.read(data, name=name, source=shown(file, 200))
        return sheet
    if chosen.name == "zginml":
        text = module.unzipped(data, shown(file, 200))
    if chosen.name == "maboss":
        return _read_maboss(text, file, chosen.megabytes, settings)
    read = getattr(module, f"read_{chosen.name}" if chosen.module == "tables" else "read")
    found: Pathway = read(text, name=name, source=shown(file, 200))
    return found


def no_settings(format: str, file: str, settings: str) -> DataError:
    """That a *file* of this *format* has no second one."""
    told = f"is {format.upper()}; --settings is for MaBoSS (.bnd): leave --settings {shown(settings, 100)} out."
    return DataError([Problem(shown(file, 200), told)])


def _read_maboss(text: str, file: str, megabytes: float, settings: str) -> Pathway:
    """A bnd file with its cfg file, whichever of the two was named."""
    from dataclasses import replace

    from her2cli.formats import maboss
    from her2cli.formats.guard import read_text
    from her2cli.loading import digest

    if not file.lower().endswith(".cfg"):
        cfg, tried = (settings, ()) if settings else _cfg_of(file)
        own = read_text(cfg, megabytes) if cfg else None
        found = maboss.read(
            text,
            name=_name(file),
            source=shown(file, 200),
            settings=own,
            settings_source=shown(cfg, 200),
            tried=tried,
        )
        return replace(found, digest=digest(text, own or ""))
    stem = os.path.splitext(file)[0]
    network = stem if stem.lower().endswith(".bnd") else f"{stem}.bnd"
    if settings:
        told = f"holds settings, as --settings {shown(settings, 100)} does; name the network (.bnd) and one of them."
        raise DataError([Problem(shown(file, 200), told)])
    if not os.path.isfile(network):
        maboss.read_settings(text, source=shown(file, 200))
    rules = read_text(network, megabytes)
    found = maboss.read(
        rules,
        name=_name(network),
        source=shown(network, 200),
        settings=text,
        settings_source=shown(file, 200),
    )
    return replace(found, digest=digest(rules, text))


def _cfg_of(file: str) -> tuple[str, tuple[str, ...]]:
    """The cfg file of a bnd file and nothing, or nothing and the names that were tried and what else lies there.

    Tools write `x.cfg` or `x.bnd.cfg`; the only one whose name begins as that of the network is taken, too.
    """
    stem = os.path.splitext(file)[0]
    names = [f"{stem}.cfg", f"{file}.cfg"]
    for name in names:
        if os.path.isfile(name):
            return name, ()
    folder, own = os.path.split(stem)
    try:
        others = sorted(name for name in os.listdir(folder or ".") if name.lower().endswith(".cfg"))
    except OSError:
        others = []
    alike = [name for name in others if name.startswith(own)]
    if len(alike) == 1:
        return os.path.join(folder, alike[0]), ()
    tried = tuple(shown(os.path.basename(name), 100) for name in names)
    beside = [shown(name, 100) for name in (alike or others)[:3]]
    return "", (*tried, *([f"--settings names one, such as {beside[0]}"] if beside else ()))


def _name(file: str) -> str:
    """What the pathway of a file is called: as the file, without folder and extension."""
    return shown(os.path.splitext(os.path.basename(file))[0], 60)


def write(
    pathway: Pathway, format: str, network: BooleanNetwork | None = None, *, drawing: Drawing | None = None
) -> Written:
    """*pathway* in that *format*, and what the format cannot carry. *network* is its logic where that is already known.

    Without a *network*, a format that knows only species gets the drugs and alterations that rules name as inputs that
    are 0. The formats of `DRAWN` carry a *drawing*, too. Raises `Her2Error` for an unknown format, `RuleError` for a
    rule that cannot be parsed, `MissingExtra`.
    """
    chosen = find_format(format, to="write")
    if not chosen.writes:
        writable = ", ".join(WRITTEN)
        raise Her2Error(f"{chosen.name} is read, but not written; written are {writable}.")
    module = import_module(f"her2cli.formats.{chosen.module}")
    writer = getattr(module, f"write_{chosen.name}" if chosen.module == "tables" else "write")
    if network is None:
        from her2cli.formats.agents import with_agents
        from her2cli.logic.network import build

        pathway = with_agents(pathway) if chosen.name in ONLY_SPECIES else pathway
        network = build(pathway)
    written: Written = writer(pathway, network, drawing) if chosen.name in DRAWN else writer(pathway, network)
    return written
