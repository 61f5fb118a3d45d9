"""What stands between a file and its reader: kind of file, size, encoding, XML and JSON that cannot do harm.

Native libraries end the process on input that is nested too deep, so nothing reaches them before it passed here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from her2cli.errors import DataError, Problem, shown
from her2cli.files import LIMIT_VARIABLE, MAX_COUNTED, MAX_MEGABYTES, decode, file_limit, read_bytes

MAX_XML_DEPTH = 200  # published SBML reaches 22; libsbml dies at some 10,000
MAX_XML_ELEMENTS = 80_000  # published SBML reaches 13,000
MAX_XML_CHILDREN = 1000  # of an operator, where it reaches 78: libsbml takes the square of the time
MAX_XML_FAULTS = 1000  # missing and unknown attributes, which it notes in as slow a way
MAX_JSON_DIGITS = 400
MAX_JSON_DEPTH = 100  # Python's own reader recurses in C: where its limit was raised, deep nesting ends the process
_JSON_MARK = r'(?s:"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}])'


class Problems(list[Problem]):
    """What is wrong with a file; past a thousand problems its reader gives up. Raises `DataError` then."""

    def append(self, item: Problem) -> None:
        super().append(item)
        if len(self) >= MAX_COUNTED:
            raise DataError(self)

    def extend(self, items: Iterable[Problem]) -> None:
        for item in items:
            self.append(item)


class Allowance:
    """How much of something a file may hold, so that reading takes seconds; `HER2_MAX_FILE_MB` raises it, too."""

    def __init__(self, file: str, number: int, what: str) -> None:
        self.file, self.what = file, what
        self.limit = self.left = int(number * max(1.0, file_limit() / (MAX_MEGABYTES * 1_000_000)))

    def take(self, number: int) -> None:
        """Take *number* of it. Raises `DataError` where there is no more."""
        self.left -= number
        if self.left < 0:
            more = f"Set {LIMIT_VARIABLE} above {MAX_MEGABYTES:g} to read more."
            raise DataError([problem(self.file, f"has more than {self.limit} {self.what}. {more}")])


def rule_allowance(file: str) -> Allowance:
    """The names, operators and lines that the rules of a file may have together."""
    return Allowance(file, 120_000, "names and operators in its rules")


def read_text(path: str | os.PathLike[str], megabytes: float | None) -> str:
    """The text of a regular file of at most *megabytes*, which `HER2_MAX_FILE_MB` raises. Raises `DataError`."""
    return decode(read_bytes(path, limit=file_limit(*([] if megabytes is None else [megabytes]))), os.fspath(path))


def problem(file: str, message: str, line: int = 0, column: int = 0) -> Problem:
    """*message* with where it belongs; a line or column of 0 is unknown."""
    return Problem(shown(file, 200) + "".join(f":{number}" for number in (line, column) if number), message)


class _Refused(Exception):
    pass


class Attributes(NamedTuple):
    """Those that an XML element must have, and those that it may have."""

    required: frozenset[str]
    optional: frozenset[str]


def check_xml(text: str, file: str, *, attributes: Mapping[str, Attributes]) -> tuple[str, str]:
    """The namespace and the name of the root element of harmless, well-formed XML. Raises `DataError`.

    Refused: document types and entities (they read other files, or grow without end), nesting over 200, very many
    elements, operands, or attributes other than in *attributes*, and encodings other than UTF-8. Only Python's own
    expat sees the text.
    """
    from xml.parsers import expat

    parser = expat.ParserCreate(encoding="utf-8", namespace_separator="\n")
    depth = faults = 0
    elements = Allowance(file, MAX_XML_ELEMENTS, "elements")
    parents, children = [""], [0]
    root: list[str] = []

    def refuse(*_: object) -> None:
        raise _Refused("has a document type (<!DOCTYPE>), which can read other files; take it out.")

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        known = (encoding or "utf-8").lower() in {"utf-8", "utf8", "us-ascii"}
        if not known and not (encoding == "ISO-8859-1" and text.isascii()):
            raise _Refused(f"declares the encoding {shown(encoding or '')!r}; save it as UTF-8.")

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal depth, faults
        depth += 1
        children[-1] += 1
        if depth > 1 and parents[-1].endswith("\napply") and children[-1] > MAX_XML_CHILDREN:
            raise _Refused(f"has an operator with more than {MAX_XML_CHILDREN} operands.")
        parents.append(name)
        children.append(0)
        wanted = attributes.get(name)
        elements.take(1 if wanted is None else 2)  # these become objects of ours
        if wanted is not None:
            named = {attribute.rpartition("\n")[2] for attribute in given}
            faults += len(wanted.required - named) + len(named - wanted.required - wanted.optional)
            if faults > MAX_XML_FAULTS:
                raise _Refused(f"has more than {MAX_XML_FAULTS} attributes that are missing or unknown.")
        if not root:
            root.append(name)
        if depth > MAX_XML_DEPTH:
            raise _Refused(f"is nested more than {MAX_XML_DEPTH} elements deep.")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1
        parents.pop()
        children.pop()

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.XmlDeclHandler = declaration
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if not text.strip():
        raise DataError([problem(file, "is empty.")])
    try:
        parser.Parse(text.encode("utf-8"), True)
    except _Refused as refused:
        raise DataError([problem(file, str(refused), parser.CurrentLineNumber)]) from None
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise DataError([problem(file, f"is not XML: {what}.", error.lineno, error.offset + 1)]) from None
    namespace, _, name = root[0].rpartition("\n")
    return namespace, name


def read_json(text: str, file: str) -> Any:
    """The value of JSON text. Raises `DataError`.

    Refused: a key twice, numbers of more than 400 digits, `NaN` and `Infinity`, and nesting over 100.
    """
    import json

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            keys = [key for key, _ in items]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise _Refused(f"has the key {shown(twice)!r} twice in one object; keep one of them.")
        return found

    def integer(digits: str) -> int:
        if len(digits) > MAX_JSON_DIGITS:
            raise _Refused(f"has a number of {len(digits)} digits.")
        return int(digits)

    def constant(name: str) -> None:
        raise _Refused(f"has {name}, which is not JSON.")

    if not text.strip():
        raise DataError([problem(file, "is empty.")])
    depth = 0
    for mark in re.finditer(_JSON_MARK, text):
        depth += (mark[0] in "[{") - (mark[0] in "]}")
        if depth > MAX_JSON_DEPTH:
            raise DataError([problem(file, f"is nested more than {MAX_JSON_DEPTH} levels deep.")])
    try:
        return json.loads(text, object_pairs_hook=pairs, parse_int=integer, parse_constant=constant)
    except _Refused as refused:
        raise DataError([problem(file, str(refused))]) from None
    except json.JSONDecodeError as error:
        raise DataError([problem(file, f"is not JSON: {error.msg}.", error.lineno, error.colno)]) from None


def looks_like(text: str) -> str:
    """The name of the format whose mark *text* bears beyond doubt, or nothing."""
    head = text.lstrip()[:2000]
    if head.startswith("<"):
        return "sbml" if "<sbml" in head else "graphml" if "<graphml" in head else "sbml" if "<?xml" in head else ""
    if head.startswith(("{", "[")):
        return "cx2" if "CXVersion" in head else "json"
    if head.startswith("schema:") or "\nschema:" in head:
        return "yaml"
    return ""
