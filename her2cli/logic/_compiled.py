"""Rules as Python functions on planes of lanes, for the engines in pure Python.

They are compiled from text that is written here from numbers alone; no name or word of a file comes into it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from her2cli.logic._programs import OR, Program

Plane = Callable[[Sequence[int]], int]  # the value of a rule, from the planes of all literals and, last, the one of 1
Update = Callable[[], None]

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
            lines += [f"def f{index}(s):", *body, f"  return {value}"]
    found = _compiled(lines)
    return tuple(found.get(f"f{index}") for index in range(len(made.rules)))


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves of one stage, as functions that share the planes of the state as variables: quicker than in a list.

    `updates` has a function for each species that moves, None for others. It gives the species its rule's value in the
    lanes that are free, takes the function off the list of those that wait, and puts there those of the species that
    read it, if that changed anything. `load` takes a state as `Maker.state` makes it, `save` gives the planes of the
    species that vary, `count` those of the species that are counted.
    """

    updates: tuple[Update | None, ...]
    load: Callable[[Sequence[int]], None]
    save: Callable[[], tuple[int, ...]]
    count: Callable[[], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes the moves of a stage for planes of any width. It is compiled once."""

    variables: tuple[tuple[int, bool], ...]  # a literal, and whether only the lanes count in which its species is free
    make: Callable[..., Any]

    def moves(
        self,
        planes: Sequence[int],
        free: Sequence[int],
        ones: int,
        *,
        waiting: list[Update | None],
        random: Callable[[], float],
    ) -> Moves:
        """The moves. *planes* are those of all literals, of which only the ones that never change are taken.

        *free* has for each species the lanes in which it may move; *random* decides which rings of slow species count.
        """
        return Moves(*self.make(planes, free, ones, waiting, random))

    def state(self, planes: Sequence[int], free: Sequence[int]) -> tuple[int, ...]:
        """The state in which the literals have these *planes*, for `load`."""
        return tuple(
            planes[each] & free[each >> 1] if where_free else planes[each] for each, where_free in self.variables
        )


@lru_cache(maxsize=16)
def maker(
    made: Program,
    *,
    moving: tuple[int, ...],
    varying: tuple[int, ...],
    counted: tuple[int, ...],
    slow: frozenset[int],
    slow_rate: float,
) -> Maker:
    """The moves of the *moving* species. Those *varying*, which these are among, begin in any way; others never change.

    What rules say of species that never change is computed once. A species that keeps itself on, or off, can change
    only once: it is asked for the lanes alone in which it has not, and waits only where one of those may be concerned.
    """
    folded, parts = _folded(made, frozenset(varying))
    once = {species: literal for species in moving if (literal := _once(folded, species)) is not None}
    words = _Words(2 * len(made.species) + len(made.nodes))
    bodies = {
        species: _body(folded, _root(folded, species), words, without=2 * species if species in once else None)
        for species in moving
    }
    shared: list[str] = []
    whole = Program(made.species, made.nodes | parts, (), ())
    for number in parts:
        *body, value = _body(whole, number, words)
        shared += [line[1:] for line in (*body, f"  k{number} = {value}")]

    # The variables: of each species that varies its planes, the negated one where it is read, and the open lanes.
    variables = {
        species: [
            (f"l{2 * species}", 2 * species, False),
            *[(f"l{2 * species + 1}", 2 * species + 1, False)] * (2 * species + 1 in words.literals),
            *[(f"o{species}", literal, True) for literal in [once.get(species)] if literal is not None],
        ]
        for species in varying
    }
    named = [name for names in variables.values() for name, *_ in names]
    lines = ["def make(planes, free, ones, waiting, random):"]
    lines += [f" l{each} = planes[{each}]" for each in sorted(words.literals) if each >> 1 not in variables]
    lines += [f" f{species} = free[{species}]" for species in moving if species not in once]
    lines += [*shared, *(f" {name} = 0" for name in named)]
    for species in moving:
        *body, value = bodies[species]
        names = [name for name, *_ in variables[species]]
        lines += [f" def u{species}():", f"  nonlocal {', '.join(names)}"]
        if species in slow:
            lines.append(f"  if random() >= {slow_rate!r}: return")
        lines += [
            f"  waiting[{species}] = None",
            *body,
            f"  c = {_change(species, value, once.get(species))}",
            "  if c:",
        ]
        lines += [f"   {name} ^= c" for name in names]
        for reader in made.dependents[species]:
            if reader in bodies:
                concerned = f"if c & o{reader}: " if reader in once else ""
                lines.append(f"   {concerned}waiting[{reader}] = u{reader}")
    lines += [
        " def load(state):",
        *([f"  nonlocal {', '.join(named)}", f"  {', '.join(named)}, = state"] if named else ["  pass"]),
    ]
    for name, chosen in (("save", varying), ("count", counted)):
        lines.append(f" def {name}(): return ({''.join(f'l{2 * species}, ' for species in chosen)})")
    updates = "".join(f"u{species}, " if species in bodies else "None, " for species in range(len(made.species)))
    lines.append(f" return ({updates}), load, save, count")
    return Maker(
        tuple((literal, where_free) for names in variables.values() for _, literal, where_free in names),
        _compiled(lines)["make"],
    )


class _Words:
    """What a literal is called in the text of `make`, and which of them are read."""

    def __init__(self, first_part: int) -> None:
        self.first_part = first_part
        self.literals: set[int] = set()

    def __call__(self, number: int) -> str:
        if number >= self.first_part:
            return f"k{number}"
        self.literals.add(number)
        return f"l{number}"


def _root(made: Program, species: int) -> int | bool:
    root = made.rules[species]
    assert root is not None, "an input never moves"
    return root


def _once(made: Program, species: int) -> int | None:
    """The literal that says that *species* is still to switch, where its rule keeps it on or off for good."""
    kind, operands = made.nodes.get(_root(made, species), (OR, ()))
    return 2 * species + (kind == OR) if 2 * species in operands else None


def _change(species: int, value: str, once: int | None) -> str:
    """The lanes in which a rule's *value* changes a species. Of one that switches once it is the rest of the rule."""
    if once is None:
        return f"({value} ^ l{2 * species}) & f{species}"
    return f"{value} & o{species}" if once % 2 else f"o{species} ^ o{species} & {value}"


def _folded(made: Program, varying: frozenset[int]) -> tuple[Program, dict[int, tuple[int, tuple[int, ...]]]]:
    """*made* with what only species tell that do not vary taken out: each such part is a literal with a new number."""
    literals = 2 * len(made.species)
    constant: set[int] = {each for each in range(literals) if each >> 1 not in varying}
    nodes: dict[int, tuple[int, tuple[int, ...]]] = {}
    parts: dict[tuple[int, tuple[int, ...]], int] = {}

    def part(kind: int, operands: Sequence[int]) -> int:
        return parts.setdefault((kind, tuple(operands)), literals + len(made.nodes) + len(parts))

    for number in sorted(made.nodes):
        kind, operands = made.nodes[number]
        still = [each for each in operands if each in constant]
        if len(still) == len(operands):
            constant.add(number)
        elif len(still) > 1 or (still and still[0] >= literals):
            nodes[number] = kind, (*(each for each in operands if each not in constant), part(kind, still))
        else:
            nodes[number] = kind, operands
    rules = tuple(
        part(*made.nodes[root]) if root in made.nodes and root in constant and not isinstance(root, bool) else root
        for root in made.rules
    )
    return Program(made.species, nodes, rules, made.dependents), {number: key for key, number in parts.items()}


def _compiled(lines: list[str]) -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    exec(compile("\n".join(lines), "<rules>", "exec"), namespace)
    return namespace


def _body(made: Program, root: int | bool, literal: Callable[[int], str], *, without: int | None = None) -> list[str]:
    """The lines that compute a rule, and last the expression of its value, *without* one operand of the whole."""
    if isinstance(root, bool):
        return ["ones" if root else "0"]
    parts = made.parts(root)
    if not parts:
        return [literal(root)]
    uses = Counter(operand for number in parts for operand in made.nodes[number][1])
    written: dict[int, str] = {}
    depths: dict[int, int] = {}
    lines = []
    for number in parts:
        kind, operands = made.nodes[number]
        if number == root:
            operands = tuple(each for each in operands if each != without)
        sign = "&|"[kind]
        texts = [written.get(operand) or literal(operand) for operand in operands]
        depth = 1 + max(depths.get(operand, 0) for operand in operands)
        for start in range(_LINE_LIMIT, len(texts), _LINE_LIMIT):
            lines.append(f"  t{number} = {sign.join([f't{number}'] * (start > _LINE_LIMIT) + texts[:_LINE_LIMIT])}")
            texts = texts[_LINE_LIMIT:]
        if len(operands) > _LINE_LIMIT:
            texts.insert(0, f"t{number}")
        joined = f"({sign.join(texts)})"
        if uses[number] > 1 or depth > _LINE_LIMIT or len(operands) > _LINE_LIMIT:
            lines.append(f"  t{number} = {joined}")
            joined, depth = f"t{number}", 0
        written[number], depths[number] = joined, depth
    return [*lines, written[root]]
