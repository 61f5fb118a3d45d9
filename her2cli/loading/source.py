"""From a file to text, and from YAML text to nodes that know their place. What the nodes mean is in `shape`."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from her2cli.errors import DataError, Problem, shown

if TYPE_CHECKING:
    import yaml

MAX_MEGABYTES = 2.0
MAX_NESTING = 50
LIMIT_VARIABLE = "HER2_MAX_FILE_MB"

# What no text file of ours may hold: control characters but tab and line ends, byte order marks inside, non-characters.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
# What no value may hold, not even through an escape: the above, and what reorders or hides text.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def file_limit(default_megabytes: float = MAX_MEGABYTES) -> int:
    """The largest file that is read, in bytes; `HER2_MAX_FILE_MB` sets it. Raises `DataError` if that is no number."""
    text = os.environ.get(LIMIT_VARIABLE, "")
    if not text:
        return int(default_megabytes * 1_000_000)
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", text):
        raise DataError([Problem("", f"{LIMIT_VARIABLE}='{shown(text)}' is not a number of megabytes, such as 20.")])
    return int(float(text) * 1_000_000)


def read_bytes(path: str | os.PathLike[str], *, limit: int | None = None) -> bytes:
    """The content of a regular file of at most *limit* bytes. Raises `DataError` with one problem otherwise.

    The kind of file is looked at before it is opened, so that a pipe does not hang and a device does not flood.
    """
    limit = file_limit() if limit is None else limit
    size = check_regular(path)
    if size > limit:
        raise _wrong(path, _too_large(size, limit))
    try:
        with open(path, "rb") as stream:
            data = stream.read(limit + 1)  # the file may have grown since it was looked at
    except OSError as error:
        raise _wrong(path, f"cannot be read: {_reason(error)}.") from None
    if len(data) > limit:
        raise _wrong(path, _too_large(len(data), limit))
    return data


def check_regular(path: str | os.PathLike[str]) -> int:
    """The size in bytes of a regular file. Raises `DataError` where it is none: missing, a folder, a pipe, a device."""
    if os.fspath(path) == "-":
        raise _wrong(path, "standard input is not read; name a file.")
    try:
        status = os.stat(path)
    except FileNotFoundError:
        broken = os.path.islink(path)
        raise _wrong(path, "a link to a file that is not there." if broken else "no such file.") from None
    except (OSError, ValueError) as error:
        raise _wrong(path, f"cannot be read: {_reason(error)}.") from None
    if stat.S_ISDIR(status.st_mode):
        raise _wrong(path, "is a directory; name a file in it.")
    if not stat.S_ISREG(status.st_mode):
        if _is_null(path):
            raise _wrong(path, "is empty.")
        raise _wrong(path, "is not a regular file.")
    return status.st_size


def decode(data: bytes, file: str) -> str:
    """*data* as UTF-8 text, a byte order mark taken off. Raises `DataError` with the line and column of what is not."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DataError([Problem(shown(file, 200), "is UTF-16; save it as UTF-8.")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        raise DataError(
            [_problem_at(file, before, f"byte 0x{data[error.start]:02x} is not UTF-8; save it so.")]
        ) from None
    found = _UNREADABLE.search(text)
    if found:
        what = f"character U+{ord(found[0]):04X} has no place in a text file; take it out."
        raise DataError([_problem_at(file, text[: found.start()], what)])
    return text


def read_text(path: str | os.PathLike[str], *, limit: int | None = None) -> str:
    """The text of a file, checked by `read_bytes` and `decode`. Raises `DataError`."""
    return decode(read_bytes(path, limit=limit), os.fspath(path))


def read_nodes(text: str, file: str) -> tuple[yaml.MappingNode, list[Problem]]:
    """The top mapping of one YAML document, all scalars as text, and what in it YAML allows and we refuse.

    Refused: tags, merge keys, duplicate and blank keys, hidden characters. Raises `DataError` where reading cannot go
    on: no YAML, no mapping, several documents, anchors used as aliases, nesting over 50.
    """
    import yaml

    if text.lstrip()[:5] in ("<?xml", "<sbml"):
        raise DataError([Problem(shown(file, 200), "looks like XML, not YAML; give it the ending .sbml or .graphml.")])
    parser = _parser_class()(text)
    try:
        node = parser.get_single_node()
    except yaml.YAMLError as error:
        raise DataError([_syntax_problem(error, file, text)]) from None
    except _TooDeep:
        raise DataError([Problem(shown(file, 200), f"is nested more than {MAX_NESTING} levels deep.")]) from None
    if node is None or node.value == "":
        raise DataError([Problem(shown(file, 200), "is empty; `her2 new` writes a file to start from.")])
    if not isinstance(node, yaml.MappingNode):
        what = "a list" if isinstance(node, yaml.SequenceNode) else "text"
        raise DataError([Problem(place(node, file), f"a mapping such as 'schema: 1' is expected, not {what}.")])
    problems = list(_node_problems(node, file, parser.nodes, text))
    if any(problem.message.startswith(("the alias", "a key must be text")) for problem in problems):
        raise DataError(problems)
    return node, problems


def plain(node: yaml.Node) -> Any:
    """A node as dicts, lists and text. It must have passed `read_nodes`."""
    kind = type(node).__name__
    if kind == "ScalarNode":
        return node.value
    if kind == "SequenceNode":
        return [plain(item) for item in node.value]
    return {key.value: plain(value) for key, value in node.value}


def child(node: yaml.Node, key: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The key node and the value node of *key* in a mapping; for an item of a list, the item twice."""
    if isinstance(node.value, str):
        return None
    if isinstance(key, int):
        return (node.value[key], node.value[key]) if key < len(node.value) else None
    for pair in node.value:
        if isinstance(pair, tuple) and pair[0].value == key:
            return pair
    return None


def place(node: yaml.Node | yaml.Event, file: str) -> str:
    """`file:line:col` of a node or an event, counted from 1."""
    mark: Any = node.start_mark
    return f"{shown(file, 200)}:{mark.line + 1}:{mark.column + 1}"


def closest(name: str, names: list[str] | tuple[str, ...]) -> str:
    """` (did you mean 'x'?)` for the nearest of *names*, or nothing."""
    found = get_close_matches(name[:60], names, n=1, cutoff=0.6)
    return f" (did you mean {found[0]!r}?)" if found else ""


class _TooDeep(Exception):
    pass


def _parser_class() -> Any:
    """A composer that resolves no types, counts nodes and bounds depth; in C where PyYAML was built with libyaml."""
    import yaml

    class Counting:
        depth = 0
        nodes = 0

        # PyYAML calls these two around every node it composes, and `resolve` for every node without a tag.
        def descend_resolver(self, parent: object, index: object) -> None:
            self.depth += 1
            self.nodes += 1
            if self.depth > MAX_NESTING:
                raise _TooDeep

        def ascend_resolver(self) -> None:
            self.depth -= 1

        def resolve(self, kind: object, value: object, implicit: object) -> str:
            return ""

    try:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:  # a PyYAML without libyaml: the same methods in Python, ten times slower

        class Slow(Counting, yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser, yaml.composer.Composer):
            def __init__(self, text: str) -> None:
                yaml.reader.Reader.__init__(self, text)
                yaml.scanner.Scanner.__init__(self)
                yaml.parser.Parser.__init__(self)
                yaml.composer.Composer.__init__(self)

        return Slow

    class Fast(Counting, CParser):
        pass

    return Fast


def _node_problems(top: yaml.Node, file: str, composed: int, text: str) -> Iterator[Problem]:
    """What YAML allows and we refuse. More nodes met than were composed means that an alias repeats one."""
    import yaml

    met = 0
    stack: list[Any] = [top]
    while stack:
        node = stack.pop()
        met += 1
        if met > composed:
            alias = next(event for event in yaml.parse(text) if isinstance(event, yaml.AliasEvent))
            yield Problem(place(alias, file), f"the alias '*{shown(str(alias.anchor))}' is not allowed; write it out.")
            return
        if node.tag:
            yield Problem(place(node, file), f"the tag '{shown(node.tag)}' is not allowed; every value is text.")
        if isinstance(node, yaml.ScalarNode):
            if not node.value.isprintable() and (found := _UNPRINTABLE.search(node.value)):
                what = f"character U+{ord(found[0]):04X} is not allowed in a value."
                yield Problem(place(node, file), what)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend(reversed(node.value))
        else:
            keys: set[str] = set()
            for key, value in node.value:
                stack.append(value)
                if not isinstance(key, yaml.ScalarNode):
                    met += 1
                    yield Problem(place(key, file), "a key must be text, not a list or a mapping.")
                    continue
                met += 1
                if key.value == "<<" and key.style not in ("'", '"'):
                    yield Problem(place(key, file), "a merge key (<<) is not allowed; write the values out.")
                elif key.tag:
                    yield Problem(place(key, file), f"the tag '{shown(key.tag)}' is not allowed; every key is text.")
                elif key.value in keys:
                    yield Problem(place(key, file), f"duplicate key '{shown(key.value)}'; keep one of them.")
                elif not key.value.strip() or not key.value.isprintable():
                    what = "is blank" if not key.value.strip() else f"'{shown(key.value)}' has hidden characters"
                    yield Problem(place(key, file), f"a key {what}.")
                keys.add(key.value)


def _syntax_problem(error: yaml.YAMLError, file: str, text: str) -> Problem:
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = str(getattr(error, "problem", None) or "this is not YAML")
    if "found character" in what and "token" in what and mark is not None:
        line = text.splitlines()[mark.line] if mark.line < len(text.splitlines()) else ""
        if "\t" in line[: mark.column + 1]:
            what = "a tab indents this line; YAML wants blanks"
    elif "expected a single document" in str(getattr(error, "context", "")):
        what = "a second document begins here; keep one per file"
    context = getattr(error, "context", None)
    if what == "could not find expected ':'":  # noticed on the line after the key
        what, mark, context = "a ':' is missing after this key", getattr(error, "context_mark", mark), None
    if context and "document" not in context and context != what:
        what = f"{what} ({context})"
    where = f"{shown(file, 200)}:{mark.line + 1}:{mark.column + 1}" if mark is not None else shown(file, 200)
    return Problem(where, f"{shown(what, 200)}.")


def _problem_at(file: str, before: str, message: str) -> Problem:
    lines = before.split("\n")
    return Problem(f"{shown(file, 200)}:{len(lines)}:{len(lines[-1]) + 1}", message)


def _wrong(path: str | os.PathLike[str], message: str) -> DataError:
    return DataError([Problem(shown(os.fspath(path), 200), message)])


def _too_large(size: int, limit: int) -> str:
    return (
        f"is {size / 1e6:.1f} MB; at most {limit / 1e6:g} MB are read. Set {LIMIT_VARIABLE} to read more, "
        "or bring a large network as BNET, SIF or tables."
    )


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _is_null(path: str | os.PathLike[str]) -> bool:
    return Path(path).resolve() == Path(os.devnull)
