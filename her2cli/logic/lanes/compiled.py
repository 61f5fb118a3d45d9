"""Rules as Python functions on planes of lanes, for the shared clock in pure Python.

They are compiled from text that is written here from numbers alone; no name or word of a file comes into it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from her2cli.logic.network.programs import Program

Plane = Callable[[Sequence[int]], int]  # the value of a rule, from the planes of all literals and, last, the one of 1

_LINE_LIMIT = 24  # operands on a generated line, and their nesting: CPython's own parser recurses


@lru_cache(maxsize=16)
def functions(made: Program) -> tuple[Plane | None, ...]:
    """A Python function for each rule, None for an input."""
    lines: list[str] = []
    for index, root in enumerate(made.rules):
        if isinstance(root, bool):
            lines += [f"def f{index}(s):", f"  return {'s[-1]' if root else 0}"]
        elif root is not None:
            *body, value = _body(made, root, "s[{}]".format)
            lines += [f"def f{index}(s):", *(f"  {line}" for line in body), f"  return {value}"]
    found = _compiled(lines)
    return tuple(found.get(f"f{index}") for index in range(len(made.rules)))


def _compiled(lines: list[str]) -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    exec(compile("\n".join(lines), "<rules>", "exec"), namespace)
    return namespace


def _body(made: Program, root: int, literal: Callable[[int], str]) -> list[str]:
    """The lines that compute a rule, and last the expression of its value."""
    parts = made.parts(root)
    if not parts:
        return [literal(root)]
    uses = Counter(operand for number in parts for operand in made.nodes[number][1])
    written: dict[int, str] = {}
    depths: dict[int, int] = {}
    lines = []
    for number in parts:
        kind, operands = made.nodes[number]
        sign = "&|"[kind]
        texts = [written.get(operand) or literal(operand) for operand in operands]
        depth = 1 + max(depths.get(operand, 0) for operand in operands)
        for start in range(_LINE_LIMIT, len(texts), _LINE_LIMIT):
            lines.append(f"t{number} = {sign.join([f't{number}'] * (start > _LINE_LIMIT) + texts[:_LINE_LIMIT])}")
            texts = texts[_LINE_LIMIT:]
        if len(operands) > _LINE_LIMIT:
            texts.insert(0, f"t{number}")
        joined = f"({sign.join(texts)})"
        if uses[number] > 1 or depth > _LINE_LIMIT or len(operands) > _LINE_LIMIT:
            lines.append(f"t{number} = {joined}")
            joined, depth = f"t{number}", 0
        written[number], depths[number] = joined, depth
    return [*lines, written[root]]
