"""Rules as Python functions on planes of lanes, for the engines in pure Python.

They are compiled from text that is written here from numbers alone; no name or word of a file comes into it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from her2cli.logic.network.programs import OR, Program

Plane = Callable[[Sequence[int]], int]  # the value of a rule, from the planes of all literals and, last, the one of 1
Planes = tuple[int, ...]
# How many rings it has, and what is told the planes of the species that are counted at its end.
Span = tuple[int, Callable[[Planes], None]]
Follow = Callable[[Planes, list[bool], Iterator[Sequence[int]], Iterable[Span]], Planes]

_TREE = 32  # moves among which questions find one sooner than a function is called
_NEAR = 4  # moves that fit between a question and its answer
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
            lines += [f"def f{index}(s):", *_indented(2, body), f"  return {value}"]
    found = _compiled(lines)
    return tuple(found.get(f"f{index}") for index in range(len(made.rules)))


# A species, a literal, and one that counts only in lanes where the species is free, or None; of two the difference.
_Variable = tuple[int, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Replicate:
    """One replicate of a stage on the shared clock, as a function. It is compiled once."""

    variables: tuple[_Variable, ...]
    make: Callable[..., Any]

    def run(self, planes: Sequence[int], free: Sequence[int], ones: int, *, random: Callable[[], float]) -> Follow:
        """The function for planes of one width.

        *planes* are those of all literals, of which only the ones that never change are taken. *free* has for each
        species the lanes in which it may move; *random* decides which rings of slow species count.

        The function takes a state as `state` makes it, for each moving species whether it waits, the rings some at a
        time, and the spans of time. A ring, the place of a species among those that move, gives it its rule's value in
        the lanes that are free, if it waits, and lets those wait that read it, if that changed anything. The function
        returns the planes of the species that vary.
        """
        follow: Follow = self.make(planes, free, ones, random)
        return follow

    def state(self, planes: Sequence[int], free: Sequence[int]) -> Planes:
        """The state in which the literals have these *planes*."""
        return tuple(
            (0 if whole is None else planes[whole]) ^ (0 if where_free is None else planes[where_free] & free[species])
            for species, whole, where_free in self.variables
        )


@lru_cache(maxsize=16)
def replicate(
    made: Program,
    *,
    moving: tuple[int, ...],
    varying: tuple[int, ...],
    counted: tuple[int, ...],
    held: frozenset[int],
    slow: frozenset[int],
    slow_rate: float,
) -> Replicate:
    """The function for the *moving* species. Those *varying*, which these are among, begin in any way; others stay.

    All but those *held* are free in every lane.

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
    constants: list[str] = []
    whole = Program(made.species, made.nodes | parts, (), ())
    for number in parts:
        *body, value = _body(whole, number, words)
        constants += [*body, f"k{number} = {value}"]

    # What changes with a species: its planes, the negated one where it is read, and the lanes in which it is to switch.
    # A plane that is only counted, of a species that switches once, differs from these lanes always in the same way.
    variables: dict[str, _Variable] = {}
    changing: dict[int, list[str]] = {}
    on: dict[int, str] = {}
    for species in varying:
        literal, still_to = 2 * species, once.get(species)
        on[species] = f"l{literal}"
        found: dict[str, _Variable] = {}
        if literal in words.literals or still_to is None:
            found[on[species]] = species, literal, None
        else:
            on[species] = f"s{species} ^ o{species}"
            variables[f"s{species}"] = species, literal, still_to
        if literal + 1 in words.literals:
            found[f"l{literal + 1}"] = species, literal + 1, None
        if still_to is not None:
            found[f"o{species}"] = species, None, still_to
        variables |= found
        changing[species] = list(found)
    constants = [
        *(f"l{each} = planes[{each}]" for each in sorted(words.literals) if each >> 1 not in changing),
        *(f"f{species} = free[{species}]" for species in held if species not in once),
        *constants,
        f"still = {[False] * (len(moving) + 1)}",
    ]
    place = {species: number for number, species in enumerate(moving)}
    tree = len(moving) <= _TREE
    moves = []
    for species in moving:
        *body, value = bodies[species]
        readers = [reader for reader in made.dependents[species] if reader in place]
        move = [
            *([f"if random() >= {slow_rate!r}:"] if species in slow else ()),
            *([f" waiting[{place[species]}] = True", " continue" if tree else " return"] if species in slow else ()),
            *body,
            f"c = {_change(species, value, once.get(species), held=species in held)}",
            "if c:",
            *(f" {name} ^= c" for name in changing[species]),
        ]
        for reader in readers:
            waits = f"waiting[{place[reader]}]"
            concerned = f"if not {waits} and c & o{reader}: " if reader in once else ""
            move.append(f" {concerned}{waits} = True")
        moves.append(move)
    shared = f"nonlocal {', '.join(['waiting', *variables])}"  # by the functions
    if tree:
        later: list[set[int]] = []
        chosen = _chosen(moves, range(len(moving)), later)
        constants += [f"h{depth} = {[each in those for each in place.values()]}" for depth, those in enumerate(later)]
    else:
        chosen = ["moves[ring]()"]
        constants += [f"{name} = 0" for name in ["waiting", *variables]]
        for number, (species, move) in enumerate(zip(moving, moves, strict=True)):
            constants += [f"def move{number}():", f" nonlocal {', '.join(changing[species])}", *_indented(1, move)]
        constants.append(f"moves = [{', '.join(f'move{number}' for number in range(len(moves)))}]")
    lines = [
        "def make(planes, free, ones, random):",
        *_indented(1, constants),
        " def run(state, waits, drawn, spans):",
        *_indented(2, [] if tree else [shared]),
        "  waiting = waits",
        *_indented(2, [f"{', '.join(variables)}, = state"] if variables else ()),
        "  for left, count in spans:",
        "   while left > 0 and waiting != still:",
        "    rings = next(drawn)",
        "    if left < len(rings): rings = rings[:left]",
        "    left -= len(rings)",
        "    for ring in rings:",
        "     if not waiting[ring]: continue",
        "     waiting[ring] = False",
        *_indented(5, chosen),
        f"   count(({''.join(f'{on[species]}, ' for species in counted)}))",
        f"  return ({''.join(f'{on[species]}, ' for species in varying)})",
        " return run",
    ]
    return Replicate(tuple(variables.values()), _compiled(lines)["make"])


def _chosen(
    moves: Sequence[Sequence[str]], places: Sequence[int], later: list[set[int]], depth: int = 0
) -> Sequence[str]:
    """The move, of those at *places*, that rings, as a tree of questions.

    CPython compares numbers quickly only where what follows is near. So the first questions are put to tables `h`: of
    each depth, *later* gets the places in the second halves of what is left there.
    """
    if len(places) < 2:
        return moves[places[0]] if places else ["pass"]
    first, second = places[: len(places) // 2], places[len(places) // 2 :]
    question = f"if ring >= {second[0]}:"
    if len(places) > _NEAR:
        if depth == len(later):
            later.append(set())
        later[depth].update(second)
        question = f"if h{depth}[ring]:"
    return [
        question,
        *_indented(1, _chosen(moves, second, later, depth + 1)),
        "else:",
        *_indented(1, _chosen(moves, first, later, depth + 1)),
    ]


def _indented(by: int, lines: Iterable[str]) -> list[str]:
    return [" " * by + line for line in lines]


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


def _change(species: int, value: str, once: int | None, *, held: bool) -> str:
    """The lanes in which a rule's *value* changes a species. Of one that switches once it is the rest of the rule."""
    if once is None:
        return f"({value} ^ l{2 * species}) & f{species}" if held else f"{value} ^ l{2 * species}"
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
