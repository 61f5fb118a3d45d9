"""From a file to text, and from YAML text to nodes that know their place. What the nodes mean is in `shape`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from her2cli.errors import DataError, Problem, shown

if TYPE_CHECKING:
    import yaml

MAX_NESTING = 50

# What no value may hold, not even through an escape: control characters, and what reorders or hides text.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def read_nodes(text: str, file: str) -> tuple[yaml.MappingNode, list[Problem]]:
    """The top mapping of one YAML document, all scalars as text, and what in it YAML allows and we refuse.

    Refused: tags, merge keys, duplicate and blank keys, hidden characters. Raises `DataError` where reading cannot go
    on: no YAML, no mapping, several documents, anchors used as aliases, nesting over 50.
    """
    import yaml

    if text.lstrip()[:5] in ("<?xml", "<sbml"):
        raise DataError([Problem(shown(file, 200), "looks like XML, not YAML; give it the ending .sbml or .graphml.")])
    parser = _parser_class()(text)
    too_deep = Problem(shown(file, 200), f"is nested more than {MAX_NESTING} levels deep.")
    try:
        node = parser.get_single_node()
    except yaml.YAMLError as error:
        # The libyaml of newer wheels has a limit of its own, 1000, and meets it first: it reads ahead.
        deep = "maximum nesting depth" in str(error)
        raise DataError([too_deep if deep else _syntax_problem(error, file, text)]) from None
    except _TooDeep:
        raise DataError([too_deep]) from None
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
    pairs: dict[str, tuple[yaml.Node, yaml.Node]] | None = vars(node).get("pairs")
    if pairs is None:  # once for each node: a file of many problems asks for many places
        # Of a key that stands twice, the last: as `plain` has it.
        pairs = {pair[0].value: pair for pair in node.value if isinstance(pair, tuple)}
        vars(node)["pairs"] = pairs
    return pairs.get(key)


def place(node: yaml.Node | yaml.Event, file: str) -> str:
    """`file:line:col` of a node or an event, counted from 1."""
    mark: Any = node.start_mark
    return f"{shown(file, 200)}:{mark.line + 1}:{mark.column + 1}"


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
            if not node.value.isprintable() and (found := UNPRINTABLE.search(node.value)):
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
