"""How a mistake is told: on stderr, one line a problem, with what to do next."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from her2cli.errors import DataError, Her2Error, Several, UnknownName, nearest, shown

if TYPE_CHECKING:
    from her2cli.model import Absent

LONGEST = 600  # characters of one line; an argument may be 200 kB long

# Where the names of a kind are listed, for a name that resembles none of them.
LISTS = {
    "drug": "'her2 drugs' lists all; 'her2 new --drug {0}' starts a file that adds it.",
    "alteration": "'her2 alterations' lists all; 'her2 new --alteration {0}' starts a file that adds it.",
    "cell line": "'her2 cell-lines' lists all; 'her2 new --cell-line {0}' starts a file that adds it.",
    "context": "'her2 contexts' lists all.",
    "receptor": "'her2 receptors' lists all four.",
    "domain": "'her2 domains' lists all domains.",
    "function": "'her2 functions' lists all functions.",
    "species": "'her2 species' lists all; 'her2 search {0}' looks into all names and notes.",
    "experiment": "'her2 validate -v' lists them.",
    "tumour": "The same line with --csv instead of --tumour lists all.",
    "drug, alteration, ligand or cell line": "'her2 drugs', 'alterations', 'ligands' and 'cell-lines' list them.",
    "species, drug or alteration": "'her2 search {0}' looks into all names and notes; 'her2 new' adds it.",
}

# What an option is called, where it is often called something else; that of another command, too.
MEANT = {
    "--semantics": "--synchronous",
    "--knockdown": "--set",
    "--knockout": "--set",
    "--mutation": "--alteration",
    **dict.fromkeys(("--over-time", "--timecourse", "--time-course", "--times", "--until"), "--time"),
    **dict.fromkeys(("--doses", "--dose-response"), "--dose"),
}
# What is asked by another command than is often typed.
ASKED_BY = {
    **dict.fromkeys(("path", "paths"), "'her2 trace A --to B' gives the paths from A to B."),
    **dict.fromkeys(("dose", "doses", "dose-response"), "'her2 simulate -d lapatinib --dose 0..1' gives a curve."),
    **dict.fromkeys(
        ("time", "timecourse", "time-course", "course", "over-time"),
        "'her2 simulate -d lapatinib --time 0..100' gives a time course.",
    ),
    **dict.fromkeys(("why",), "'her2 explain AKT -d lapatinib' says why a species is on or off."),
    **dict.fromkeys(("inputs", "input"), "'her2 ligands' lists what a scenario can put into the medium."),
    **dict.fromkeys(
        ("readouts", "readout", "phenotypes", "outputs"),
        "'her2 simulate' tells those of its network; 'her2 simulate --readout AKT' reads out any species.",
    ),
    **dict.fromkeys(("list", "lists", "ls"), "'her2 drugs', 'her2 alterations' and every plural list what there is."),
    **dict.fromkeys(("rank", "best", "treat"), "'her2 screen drugs -c HCC1954' ranks all drugs for a tumour."),
    **dict.fromkeys(("plot", "picture", "figure", "image"), "'her2 draw' draws the network; see 'her2 draw --help'."),
    **dict.fromkeys(("knockdown", "knockout"), "'her2 simulate --set ERBB3=0' holds a species off."),
}
# A value for each option, told where it is left out: by its name, or else by what stands for the value in the help.
EXAMPLES = dict(
    line.split(maxsplit=1)
    for line in (  # lines, so that each shows what is typed
        "--alteration PIK3CA_H1047R",
        "--cell-line BT474",
        "--compare trastuzumab",
        "--context culture",
        "--drug lapatinib",
        "--engine python",
        "--format json",
        "--ligand EGF",
        "--over species",
        "--readout AKT",
        "--replicates 1000",
        "--semantics synchronous",
        "--settings model.cfg",
        "--table groups",
        "--target ERBB3",
        "--theme dark",
        "--tumour MB-0002",
        "--junit report.xml",
        "--agreement agreement.yaml",
        "--plot curve.svg",
        "0|1 0",
        "ADDRESS|local local",
        "DIR parts",
        "DRUG lapatinib",
        "FILE answer.csv",
        "FORMAT bnet",
        "FROM..TO 0..1",
        "I/N 1/4",
        "ID F001",
        "KIND fixed-points",
        "LINE 'explain AKT -d lapatinib'",
        "N 3",
        "NAME AKT",
        "NAME|FILE article",
        "NODE=0|1 ERBB3=0",
        "STATE zero",
        "T 0..100",
        "WHAT free",
        "WHEN early",
    )
)


class Exit(Exception):
    """The end of a command with another exit code than 0, when all is said: 1 where the answer is no."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


def complain(problem: Exception | str) -> None:
    """Write *problem* to stderr. Problems of a file begin with their place, all others with `her2:`."""
    if isinstance(problem, Several):
        for each in problem.errors:
            complain(each)
    elif isinstance(problem, DataError):
        remark("\n".join(_line(str(each) if each.where else f"her2: {each}") for each in problem.problems))
    else:
        remark(f"her2: {_line(with_list(problem))}")


def with_list(problem: Exception | str) -> str:
    """*problem* in words: why what it asks for is left out, where that is said, or where its kind of name is listed."""
    if isinstance(problem, UnknownName) and (reason := _left_out(problem)):
        return reason
    if not isinstance(problem, UnknownName) or not str(problem).endswith("'.") or problem.kind not in LISTS:
        return str(problem)
    lists = LISTS[problem.kind].format(shlex.quote(shown(problem.name, 40)))
    if not problem.name.strip():  # of which no file can be started
        lists = lists.partition(";")[0].rstrip(".") + "."
    return f"{problem} {lists}"


def _left_out(problem: UnknownName) -> str:
    """Why the library leaves out what has that name, in a line; empty where it does not say so."""
    found = absent(problem.kind, problem.name)
    return f"No {found.kind} '{shown(problem.name)}': {found.why}." if found else ""


def absent(kinds: str, name: str) -> Absent | None:
    """What the library leaves out under that *name*, of these *kinds*, where it says so."""
    from her2cli.loading import NETWORK, load
    from her2cli.loading.library import Shelf, library
    from her2cli.lookup import absence
    from her2cli.model import symbol_of

    def symbol(gene: str) -> str:
        return symbol_of(load(NETWORK).species, gene)

    return absence(Shelf(library(), "absent"), kinds, name, symbol)


_HEARD: ContextVar[list[str] | None] = ContextVar("heard", default=None)


@contextmanager
def heard() -> Iterator[list[str]]:
    """Keep remarks in the list that is yielded instead of writing them, for whoever asks from Python."""
    notes: list[str] = []
    token = _HEARD.set(notes)
    try:
        yield notes
    finally:
        _HEARD.reset(token)


_INSTALL = re.compile(r"(?:python3 -m )?pip install 'her2cli\[(\w+)\]'")


def _installable(text: str) -> str:
    """*text* in which the command that installs an extra works here: in this environment, from this source."""
    if "her2cli[" not in text:
        return text
    return _INSTALL.sub(lambda found: install_command(found[1]), text)


def install_command(extra: str) -> str:
    """The command that installs *extra* into the running environment, from the folder that her2 came from if it did."""
    import os

    folder, here = _source_folder(), os.getcwd()
    target = "her2cli" if folder is None else "." if folder == here else folder
    environment = "" if sys.prefix == sys.base_prefix else f" --python {_below(sys.prefix, here)}"
    return f"{_python_with_pip()} -m pip{environment} install '{target}[{extra}]'"


def _python_with_pip() -> str:
    """`python3`, or the Python that this environment was made from: README makes one without pip, and an activated one
    comes first on the path.
    """
    import os
    import shutil
    from importlib.util import find_spec

    first = shutil.which("python3") or ""
    inside = sys.prefix != sys.base_prefix and os.path.dirname(first) == os.path.join(sys.prefix, "bin")
    base = getattr(sys, "_base_executable", "")
    return shlex.quote(base) if inside and base and find_spec("pip") is None else "python3"


def _below(path: str, folder: str) -> str:
    """*path* as seen from *folder*, where it lies below it."""
    import os

    return os.path.relpath(path, folder) if path.startswith(folder + os.sep) else path


def _source_folder() -> str | None:
    """The checkout that this package runs from or was installed from; None for a package of a registry."""
    import json
    from importlib.metadata import PackageNotFoundError, distribution
    from pathlib import Path
    from urllib.parse import unquote, urlsplit

    root = Path(__file__).resolve().parents[2]
    if (root / "pyproject.toml").is_file():
        return str(root)
    try:
        origin = json.loads(distribution("her2cli").read_text("direct_url.json") or "{}").get("url", "")
    except (PackageNotFoundError, ValueError, AttributeError):
        return None
    path = unquote(urlsplit(origin).path) if origin.startswith("file:") else ""
    return path if path and Path(path, "pyproject.toml").is_file() else None


def remark(text: str) -> None:
    """Write *text* to stderr, if there is one; what it cannot encode is escaped."""
    if (notes := _HEARD.get()) is not None:
        notes.append(text.removeprefix("her2: ").removeprefix("note: "))
        return
    if sys.stderr is None:
        return
    text = _installable(text)
    encoding = getattr(sys.stderr, "encoding", None) or "ascii"
    try:
        sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        sys.stderr.flush()
    except OSError:  # a closed or full stderr: there is no one left to tell
        pass


def explained(error: Exception) -> str:
    """One line for a wrong option or argument, in our words where typer's are rough, and where to read more."""
    message = str(error.format_message()) if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "her2"
    name = getattr(error, "option_name", "")
    if name and "requires an argument" in message:
        message = _wants_value(context, name)
    elif message.startswith("Missing argument"):
        message = message.rstrip(".") + _line_with_it(context)
    elif name and message.startswith("No such option"):
        if _of_commands(context, name):
            message = f"'{name}' stands after the command: her2 COMMAND {name}."
        else:
            message = f"No option '{name}'." + _close_options(context, name)
    message = " ".join(message.split()).replace("Input should be", "it should be").replace(" (env var: 'None')", "")
    message = message.replace("Value error, ", "")
    message = re.sub(r", unable to parse string as an? (integer|number)", "", message)
    message = message.replace("Unable to parse input string as an integer, exceeded maximum size", "it is too large")
    message = re.sub(r"^Got unexpected extra arguments?(?:\(s\))? \((.*)\)$", r"Too many arguments: \1", message)
    if message.startswith("Too many arguments: "):
        message += _options_for_names(context, message.partition(": ")[2].split())
    message = message if message.endswith((".", "?")) else message + "."
    return message if "--help" in message or path == "her2" else f"{message} See '{path} --help'."


def empty(context: Any, param: Any) -> str:
    """That an option or an argument was given an empty value."""
    if param.opts[0].startswith("-"):
        return "An empty value: " + _wants_value(context, param.opts[0])
    return f"An empty {param.metavar.strip('[].')}: " + ("name it." if param.required else "name it or leave it out.")


def _wants_value(context: Any, name: str) -> str:
    """That the option *name* stands without its value, and one that it takes."""
    params = getattr(getattr(context, "command", None), "params", ())
    option = next((param for param in params if name in param.opts), None)
    if option is None:
        return f"{name} wants a value."
    return (
        f"{name} wants a value, such as {name} {EXAMPLES.get(max(option.opts, key=len)) or EXAMPLES[option.metavar]}."
    )


def _line_with_it(context: Any) -> str:
    """The first example in the help of a command."""
    lines = (getattr(getattr(context, "command", None), "help", None) or "").splitlines()
    return next((f", as in: {line.strip()}" for line in lines if line.strip().startswith("her2 ")), "")


def _options_for_names(context: Any, words: Sequence[str]) -> str:
    """What names were perhaps meant for that are arguments too many, written as it is typed where they are known."""
    params = getattr(getattr(context, "command", None), "params", ())
    options = {option for param in params for option in param.opts}
    name = getattr(getattr(context, "command", None), "name", "")
    if name in ("draw", "export"):
        return f". A file is named with -o: -o {words[0]}"
    if "--to" in options:
        return f". The paths to a species are asked with --to: --to {words[0]}"
    if name == "show":
        return (
            ". One thing is shown, a name with a blank in quotes, as in: her2 show 'KRAS G12D'; "
            "'her2 search' finds what has several words, 'her2 --help' lists the questions"
        )
    if name in ("ligands", "pathways"):
        return ". 'her2 show NAME' tells of one"
    if name == "explain" and not _as_options(words):
        return ". One species is explained at a time; a drug is named with --drug, an alteration with --alteration"
    if "--drug" in options:
        known = _as_options(words)
        return f". A drug is named with --drug, an alteration with --alteration{f': {known}' if known else ''}"
    if any("NAME" in str(param.metavar) for param in params if not param.opts[0].startswith("-")):
        return ". One thing is told at a time, a name with a blank in quotes"
    return ""


def _as_options(words: Sequence[str]) -> str:
    """*words* with the options that take them, where each is a drug, an alteration or a cell line of the library."""
    from her2cli import loading
    from her2cli.model import find

    found = []
    try:
        path = loading.load(loading.NETWORK)
    except Her2Error:  # a library of the user's own, with mistakes of its own
        return ""
    for word in words[:9]:
        for things, kind, option in (
            (path.drugs, "drug", "--drug"),
            (path.alterations, "alteration", "--alteration"),
            (path.cell_lines, "cell line", "--cell-line"),
        ):
            try:
                find(things, word, kind)
            except Her2Error:
                continue
            found.append(f"{option} {word}")
            break
        else:
            return ""
    return " ".join(found)


def _of_commands(context: Any, name: str) -> bool:
    """Whether the option was given before the command, and is one of some command."""
    group: Any = getattr(context, "command", None)
    names = group.list_commands(context) if hasattr(group, "list_commands") else ()
    return any(name in param.opts for each in names for param in group.get_command(context, each).params)


def _close_options(context: object, name: str) -> str:
    command = getattr(context, "command", None)
    known = [option for param in getattr(command, "params", ()) for option in param.opts if option.startswith("--")]
    known.append("--help")
    meant = tuple(option for option in known if option == MEANT.get(name))
    if name == "--semantics" and not meant:
        return " It is of simulate, explain, compare and validate."
    if name == "--only" and getattr(command, "name", "") == "screen":
        return " Some of a kind are named with it: 'her2 screen drugs=lapatinib,tucatinib'."
    if name == "-n" and "--depth" in known:  # it was short for that, and is for --limit elsewhere
        return " How far to follow is --depth N, how many paths to show with --to is --limit N."
    bare = {option.lstrip("-"): option for option in known}  # two dashes are alike in all
    close = tuple(option for option in known if option.startswith(name)) or meant
    close = close or tuple(bare[each] for each in nearest(name.lstrip("-"), bare))
    with_value = f" {EXAMPLES['T']}" if close == ("--time",) and name in MEANT else ""
    return f" Did you mean {' or '.join(close)}{with_value}?" if close else ""


def _line(text: str) -> str:
    """*text* on one line: control and bidirectional characters escaped, very long words and lines shortened."""
    text = re.sub(r"\S{121,}", lambda word: f"{word[0][:60]}…{word[0][-20:]}", text)
    text = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
