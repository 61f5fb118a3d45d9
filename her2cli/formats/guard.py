"""What stands between a file and its reader: size, encoding, XML and JSON that cannot do harm.

Native libraries end the process on input that is nested too deep, so nothing reaches them before it passed here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from her2cli.errors import DataError, Problem, shown
from her2cli.files import LIMIT_VARIABLE, MAX_COUNTED, MAX_MEGABYTES, decode, file_limit, read_bytes

MAX_XML_DEPTH = 400  # libsbml recurses in C, and the stack of a program may be small
MAX_XML_CHAIN = 8000  # of operators within each other that are one chain: these are made flat first
MAX_XML_ELEMENTS = 80_000  # published SBML reaches 13,000
MAX_XML_CHILDREN = 4000  # of an operator: libsbml takes the square of the time
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


def member(data: bytes, file: str, wanted: Callable[[str], bool], what: str) -> str:
    """The text of the member of a zip file whose name is *wanted*. Raises `DataError` where there is none, or too much.

    How much a member unpacks to is looked at before it is unpacked, and held to while it is.
    """
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    limit = file_limit()
    try:
        with ZipFile(BytesIO(data)) as archive:
            found = next((each for each in archive.infolist() if wanted(each.filename)), None)
            if found is None:
                raise DataError([problem(file, f"is a zip file without {what} in it.")])
            if found.file_size > limit:
                raise DataError([problem(file, f"unpacks to more than {limit // 1_000_000} MB.")])
            with archive.open(found) as stream:
                content = stream.read(limit + 1)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise DataError([problem(file, f"is no zip file that can be read: {shown(str(error), 100)}.")]) from None
    if len(content) > limit:
        raise DataError([problem(file, f"unpacks to more than {limit // 1_000_000} MB.")])
    return decode(content, file)


def problem(file: str, message: str, line: int = 0, column: int = 0) -> Problem:
    """*message* with where it belongs; a line or column of 0 is unknown."""
    return Problem(shown(file, 200) + "".join(f":{number}" for number in (line, column) if number), message)


class _Refused(Exception):
    pass


class _TooDeep(DataError):
    """XML that is nested too deep, if not made flat."""


class Attributes(NamedTuple):
    """Those that an XML element must have, and those that it may have."""

    required: frozenset[str]
    optional: frozenset[str]


def check_xml(text: str, file: str, *, attributes: Mapping[str, Attributes]) -> tuple[str, str]:
    """The namespace and the name of the root element of harmless, well-formed XML. Raises `DataError`.

    Refused: document types and entities (they read other files, or grow without end), nesting over 400, very many
    elements, operands, or attributes other than in *attributes*, and encodings other than UTF-8. Only Python's own
    expat sees the text.
    """
    from xml.parsers import expat

    parser = expat.ParserCreate(encoding="utf-8", namespace_separator="\n")

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        known = (encoding or "utf-8").lower() in {"utf-8", "utf8", "us-ascii"}
        if not known and not (encoding == "ISO-8859-1" and text.isascii()):
            raise _Refused(f"declares the encoding {shown(encoding or '')!r}; save it as UTF-8.")

    elements = _Elements(file, attributes, line=lambda: parser.CurrentLineNumber)
    parser.StartDoctypeDeclHandler = _no_document_type
    parser.EntityDeclHandler = _no_document_type
    parser.XmlDeclHandler = declaration
    parser.StartElementHandler = elements.start
    parser.EndElementHandler = elements.end
    if not text.strip():
        raise DataError([problem(file, "is empty.")])
    try:
        parser.Parse(text.encode("utf-8"), True)
    except _Refused as refused:
        raise DataError([problem(file, str(refused), parser.CurrentLineNumber)]) from None
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise DataError([problem(file, f"is not XML: {what}.", error.lineno, error.offset + 1)]) from None
    namespace, _, name = elements.root.rpartition("\n")
    return namespace, name


def _no_document_type(*_: object) -> None:
    raise _Refused("has a document type (<!DOCTYPE>), which can read other files; take it out.")


class _Elements:
    """The elements of an XML text, as the parser meets them: how deep they are, how many, and with what attributes."""

    def __init__(self, file: str, attributes: Mapping[str, Attributes], *, line: Callable[[], int]) -> None:
        self.file, self.attributes, self.line = file, attributes, line
        self.root = ""
        self.faults = 0
        self.allowance = Allowance(file, MAX_XML_ELEMENTS, "elements")
        self.parents, self.children = [""], [0]  # of the element that is open, and of those around it

    def start(self, name: str, given: dict[str, str]) -> None:
        depth = len(self.parents)
        self.children[-1] += 1
        if self.parents[-1].endswith("\napply") and self.children[-1] > MAX_XML_CHILDREN:
            raise _Refused(f"has an operator with more than {MAX_XML_CHILDREN} operands.")
        self.parents.append(name)
        self.children.append(0)
        wanted = self.attributes.get(name)
        self.allowance.take(1 if wanted is None else 2)  # these become objects of ours
        if wanted is not None:
            named = {attribute.rpartition("\n")[2] for attribute in given}
            self.faults += len(wanted.required - named) + len(named - wanted.required - wanted.optional)
            if self.faults > MAX_XML_FAULTS:
                raise _Refused(f"has more than {MAX_XML_FAULTS} attributes that are missing or unknown.")
        self.root = self.root or name
        if depth > MAX_XML_DEPTH:
            raise _TooDeep([problem(self.file, f"is nested more than {MAX_XML_DEPTH} elements deep.", self.line())])

    def end(self, _name: str) -> None:
        self.parents.pop()
        self.children.pop()


def checked_xml(text: str, file: str, *, attributes: Mapping[str, Attributes]) -> tuple[str, str, str]:
    """*text* with chains of operators made flat where it is too deep else, and what `check_xml` says of it."""
    try:
        return text, *check_xml(text, file, attributes=attributes)
    except _TooDeep:
        text = _flattened(text)
        return text, *check_xml(text, file, attributes=attributes)


def _flattened(text: str) -> str:
    """*text* without each `<apply><and/>` that is an operand of another, and the same for `<or/>`: they are one chain.

    Rules that were written with parentheses around every pair are nested thousands of elements deep.
    """
    from xml.parsers import expat

    data = text.encode("utf-8")
    parser = expat.ParserCreate(encoding="utf-8")
    open_elements: list[list[Any]] = []  # of each: its begin, its operator, the spans to cut out with it
    cut: list[tuple[int, int]] = []

    def closed(begin: int) -> int:
        return data.index(b">", begin) + 1

    def start(name: str, given: dict[str, str]) -> None:
        if len(open_elements) > MAX_XML_CHAIN:
            raise _Refused
        begin = parser.CurrentByteIndex
        outer = open_elements[-1] if open_elements else None
        if outer is not None and outer[0] == "apply" and outer[2] == "":
            outer[2] = name if name in ("and", "or") and not given else "?"
            above = open_elements[-2] if len(open_elements) > 1 else None
            if above is not None and above[0] == "apply" and above[2] == outer[2] != "?":
                outer[3] = [(outer[1], closed(outer[1])), (begin, begin)]
        open_elements.append([name, begin, "", None])

    def end(name: str) -> None:
        _, begin, _, spans = open_elements.pop()
        here = parser.CurrentByteIndex
        outer = open_elements[-1] if open_elements else None
        if outer is not None and outer[3] is not None and outer[3][1] == (begin, begin):
            empty = data[closed(begin) - 2 : closed(begin)] == b"/>"
            outer[3][1] = (begin, closed(begin if empty else here))
        if spans is not None:
            cut.extend([*spans, (here, closed(here))])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except (_Refused, expat.ExpatError):
        return text  # what is wrong with it is told when it is checked
    parts, at = [], 0
    for begin, stop in sorted(cut):
        parts.append(data[at:begin])
        at = stop
    return b"".join([*parts, data[at:]]).decode("utf-8")


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
