"""GML, the graph format of Cytoscape, igraph and networkx: nodes and edges in nested lists. Read only, as edges.

Specification: Himsolt 1997, "GML: A portable graph file format". Keys of nodes and edges are attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from her2cli.errors import DataError, shown
from her2cli.formats.graphs import Graph
from her2cli.formats.guard import Allowance, problem
from her2cli.model import Pathway

_TOKEN = re.compile(r'"(?P<text>[^"]*)"|(?P<mark>[\[\]])|#[^\n]*|(?P<word>[^\s\[\]"]+)')
_DEEPEST = 20


def read(content: str, *, name: str, source: str) -> Pathway:
    """The pathway that a GML text writes. Raises `DataError`."""
    top = _parsed(content, source)
    graphs = [value for key, value in top if key == "graph" and isinstance(value, list)]
    if not graphs:
        raise DataError([problem(source, "has no graph: GML begins with 'graph ['.")])
    if len(graphs) > 1:
        raise DataError([problem(source, f"has {len(graphs)} graphs; keep one of them.")])
    entries = graphs[0]
    plain = {key: value for key, value in entries if isinstance(value, str)}
    graph = Graph(source, title=plain.get("label", "") or plain.get("name", ""), directed=plain.get("directed") != "0")
    for key, value in entries:
        if key == "node" and isinstance(value, list):
            own = _attributes(value)
            graph.node(own.pop("id", ""), own)
    for key, value in entries:
        if key == "edge" and isinstance(value, list):
            own = _attributes(value)
            graph.edge(own.pop("source", ""), own.pop("target", ""), own)
    return graph.pathway(name)


def _attributes(entries: list[tuple[str, Any]]) -> dict[str, str]:
    return {key.lower(): value for key, value in entries if isinstance(value, str)}


def _parsed(content: str, source: str) -> list[tuple[str, Any]]:
    """Keys and values in order; a value is text or such a list. Raises `DataError`."""
    allowance = Allowance(source, 400_000, "words")
    stack: list[list[tuple[str, Any]]] = [[]]
    key: str | None = None
    for kind, word, at in _tokens(content):
        allowance.take(1)
        if kind == "mark" and word == "[":
            if key is None or len(stack) > _DEEPEST:
                line = content.count("\n", 0, at) + 1
                what = "a '[' has no key before it." if key is None else f"is nested more than {_DEEPEST} levels deep."
                raise DataError([problem(source, what, line)])
            inner: list[tuple[str, Any]] = []
            stack[-1].append((key, inner))
            stack.append(inner)
            key = None
        elif kind == "mark":
            if key is not None or len(stack) == 1:
                what = f"{shown(key, 30)!r} has no value." if key is not None else "a ']' was never opened."
                raise DataError([problem(source, what, content.count("\n", 0, at) + 1)])
            stack.pop()
        elif key is None:
            if kind == "text" or not re.match(r"[A-Za-z_]", word):
                what = f"a key is expected, not {shown(word, 30)!r}."
                raise DataError([problem(source, what, content.count("\n", 0, at) + 1)])
            key = word
        else:
            stack[-1].append((key, unescape(word) if kind == "text" else word))
            key = None
    if len(stack) > 1 or key is not None:
        raise DataError([problem(source, "ends within a list: a ']' is missing.")])
    return stack[0]


def _tokens(content: str) -> Iterator[tuple[str, str, int]]:
    for found in _TOKEN.finditer(content):
        if found.lastgroup is not None:
            yield found.lastgroup, found[found.lastgroup], found.start()
