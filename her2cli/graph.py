"""Walks on the pathway as it is drawn: traces up and down, paths, and what a drug cuts off.

Signs are carried along, but nothing is switched on or off here: that is `logic`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, count, pairwise, repeat
from types import MappingProxyType
from typing import NamedTuple

from her2cli.errors import AmbiguousName, LimitError, Mistakes, ScenarioError, UnknownName, a_or_an
from her2cli.loops import components
from her2cli.model import Edge, Effect, Pathway, closest

LIMIT = 20  # paths that `trace` looks for unless it is told otherwise
NOTHING: Mapping[Edge, str] = MappingProxyType({})
EFFORT = 2_000_000  # moves after which the search for paths gives up: about a second


class Step(NamedTuple):
    """One edge of a trace, `depth` edges away from the start.

    `again` is `see` where the species is printed elsewhere, `loop` where the edge leads back into what leads to it.
    `cut` names the drug that silences the step; `lost` says that the species is no longer reached. `idle` is what keeps
    an action of a drug or an alteration from happening in the pathway's own tumour, whatever the cell.
    """

    edge: Edge
    depth: int
    again: str = ""
    cut: str = ""
    lost: bool = False
    idle: str = ""


class Cut(NamedTuple):
    """What a drug does to a trace: the actions that hit it, those that do not act here and why, and what is lost."""

    drug: str
    actions: tuple[Edge, ...] = ()  # that cut something in the trace
    beside: tuple[Edge, ...] = ()  # that block an edge from elsewhere into a species of the trace
    idle: tuple[tuple[Edge, str], ...] = ()  # with the name that keeps each from acting
    adds: tuple[Edge, ...] = ()  # what it activates
    lost: tuple[str, ...] = ()  # species no longer reached from the start, in the order of the trace


class Trace(NamedTuple):
    """A walk from `start`: its steps as they are printed, each below the one that it follows.

    With `to`, `paths` holds the species along each path and `steps` their edges; `silent` has for each path the first
    edge on it that carries no signal, where it was asked which do. `told` is whether the first is the one that answers
    to a drug tell. `reach` counts the species that the whole walk leads to. `note` says what was left out, if anything
    was.
    """

    start: str
    kind: str  # species, drug, alteration
    upstream: bool = False
    to: str = ""
    steps: tuple[Step, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    cut: Cut | None = None
    note: str = ""
    silent: tuple[tuple[str, str] | None, ...] = ()
    told: bool = False
    reach: int = 0


def find_start(pathway: Pathway, name: str) -> tuple[str, str]:
    """What *name* means as the start of a walk: `species`, `drug` or `alteration`, and its id.

    Raises `UnknownName` with the closest names of all three.
    """
    for kind, find in (
        ("species", pathway.find_species),
        ("drug", pathway.find_drug),
        ("alteration", pathway.find_alteration),
    ):
        try:
            return kind, find(name)
        except AmbiguousName:
            raise
        except UnknownName:
            continue
    close = closest(name, pathway.species, pathway.drugs, pathway.alterations)
    raise UnknownName("species, drug or alteration", name, close)


def _ends(pathway: Pathway, start: str, to: str | None) -> tuple[str, str, str]:
    """The kind and the id of what *start* means, and the species that is to be reached, or "" where none is.

    Raises for both names at once.
    """
    mistakes = Mistakes()
    with mistakes:
        kind, first = find_start(pathway, start)
    with mistakes:
        goal = pathway.find_species(to) if to is not None else ""
    mistakes.tell()
    return kind, first, goal


def trace(
    pathway: Pathway,
    start: str,
    *,
    to: str | None = None,
    upstream: bool = False,
    depth: int | None = None,
    drug: str | None = None,
    alterations: Iterable[str] = (),
    limit: int = LIMIT,
    carrying: Collection[Pair] | None = None,
    cells: Callable[[], Sequence[Collection[Pair]]] = tuple,
    used: Collection[Pair] = (),
    told: Sequence[str] = (),
    idle: Mapping[Edge, str] = NOTHING,
) -> Trace:
    """Follow the edges from *start*, nearest first, or the paths from it *to* another species, shortest first.

    Names may be aliases. *depth* bounds the edges of a walk, *limit* the number of paths. *drug* marks what that
    drug cuts in a tumour with *alterations*. The path that is *told* comes first, then those along *used*, where a
    drug changes what each edge leads to, then those of edges that pass a signal on, *carrying*, as pairs of source
    and target, those that only activate before the others. *cells*, asked only where paths are left to look for,
    gives the same of further cells. *idle* has what keeps actions of the start from happening. Paths with an edge
    that only tells in which cells others act come last. Raises `UnknownName`, and `ScenarioError`.
    """
    kind, first, goal = _ends(pathway, start, to)
    if upstream and kind != "species":
        raise ScenarioError(f"Nothing leads to {first}: it is {a_or_an(kind)}, which starts from outside.")
    if upstream and drug is not None:
        raise ScenarioError("--drug shows what is lost downstream; leave out --upstream.")
    walk = _Walk(pathway, kind, first, upstream=upstream)
    cells = cache(cells)
    found, note = tuple[tuple[str, ...], ...](), ""
    if goal:
        found, note = _best(walk, goal, depth, limit, _graded(walk, carrying, cells, used, pathway.conditions), told)
        if not note:
            note = _beyond(depth) if found else _no_path(pathway, kind, first, goal, upstream=upstream, longest=depth)
        steps = _along(walk, found)
    else:
        steps, beyond = _spread(walk, depth)
        note = f"{beyond} {'edge leads' if beyond == 1 else 'edges lead'} on beyond depth {depth}." if beyond else ""
    if upstream:
        found = tuple(path[::-1] for path in found)
    steps = [step._replace(idle=idle.get(step.edge, "")) for step in steps] if idle else steps
    cut = _cut(pathway, steps, first, drug, frozenset(alterations)) if drug is not None else None
    marked = steps if cut is None else [_marked(step, cut) for step in steps]
    silent = tuple(_first_silent(path, carrying, cells) for path in found) if carrying is not None else ()
    return Trace(
        start=first,
        kind=kind,
        upstream=upstream,
        to=goal,
        steps=tuple(marked),
        paths=found,
        cut=cut,
        note=note,
        silent=silent,
        told=tuple(told) in found[:1],
        reach=0 if goal else _reach(walk),
    )


def _beyond(depth: int | None) -> str:
    """That paths of more than *depth* edges are left out, where there is such a bound."""
    if depth is None:
        return ""
    return f"Paths of more than {depth} {'edge' if depth == 1 else 'edges'} are left out (--depth N)."


Pair = tuple[str, str]  # the source and the target of an edge


class _Walk:
    """Which way to go from where: down the arrows from a species, a drug or an alteration, or up from a species.

    Edges go by the numbers of their rows, which an agent's own follow; `others` is what stands at the far end of each.
    """

    def __init__(self, pathway: Pathway, kind: str, first: str, *, upstream: bool = False) -> None:
        self.first, self.upstream = first, upstream
        self._side = pathway.into if upstream else pathway.out_of
        self.others = self._side.others
        self._onward = pathway.sources_of if upstream else pathway.targets_of
        self.backward = pathway.targets_of if upstream else pathway.sources_of
        self._outside = first if kind != "species" else None
        self._actions: list[Edge] = []
        if self._outside:
            self._actions = [edge for edge in pathway.actions(first) if _has_place(pathway, edge)]
            self.others = [*self.others, *(edge.target for edge in self._actions)]

    def rows(self, name: str) -> Sequence[int]:
        """The edges that lead on from *name*, in the order of the file."""
        own = len(self.others) - len(self._actions)
        return range(own, len(self.others)) if name == self._outside else self._side.rows_of(name)

    def edges(self, rows: Sequence[int]) -> list[Edge]:
        """The edges of these rows."""
        if not self._actions:
            return self._side.edges_at(rows)
        own = len(self.others) - len(self._actions)
        return [self._actions[row - own] if row >= own else self._side.edges_at([row])[0] for row in rows]

    def onward(self, name: str) -> Sequence[str]:
        """The species to which a step from *name* leads, each once."""
        if name != self._outside:
            return self._onward(name)
        return list(dict.fromkeys(edge.target for edge in self._actions))


class _Along:
    """A walk that goes along some edges alone; for the search of paths."""

    def __init__(self, walk: _Walk, pairs: Collection[Pair]) -> None:
        self.first = walk.first
        self._onward: dict[str, list[str]] = {}
        self._backward: dict[str, list[str]] = {}
        for source, target in pairs:
            near, far = (target, source) if walk.upstream else (source, target)
            self._onward.setdefault(near, []).append(far)
            self._backward.setdefault(far, []).append(near)
        rank = {name: number for number, name in enumerate(dict.fromkeys(walk.others))}
        for others in (*self._onward.values(), *self._backward.values()):
            others.sort(key=lambda name: rank.get(name, -1))

    def onward(self, name: str) -> Sequence[str]:
        return self._onward.get(name, ())

    def backward(self, name: str) -> Sequence[str]:
        return self._backward.get(name, ())


def _has_place(pathway: Pathway, action: Edge) -> bool:
    """Whether *pathway* has the species that an action is on, or the edge that it blocks."""
    return _blocks(pathway, action) if action.blocks else action.target in pathway.species


def _reach(walk: _Walk) -> int:
    """How many species the walk leads to in all, other than its start."""
    reached = {walk.first: None}
    queue = [walk.first]
    for name in queue:
        for other in walk.onward(name):
            if other not in reached:
                reached[other] = None
                queue.append(other)
    return len(reached) - 1


def _spread(walk: _Walk, depth: int | None) -> tuple[list[Step], int]:
    """Every edge within reach, printed where its source is printed; and how many edges lead on beyond *depth*."""
    first, others = walk.first, walk.others
    level = {first: 0}
    opened: dict[str, Sequence[int]] = {}
    through: dict[str, int] = {}  # the edge below which a species is printed: the nearest, then the first in the file
    queue = [first]
    beyond = 0
    for name in queue:
        rows, here = walk.rows(name), level[name] + 1
        if depth is not None and here > depth:
            beyond += len(rows)
            continue
        opened[name] = rows
        for row in rows:
            other = others[row]
            if other not in level:
                level[other], through[other] = here, row
                queue.append(other)
    rank = {name: number for number, name in enumerate(queue)}
    parts = components({name: [others[row] for row in rows] for name, rows in opened.items()})
    loops = {name: number for number, part in enumerate(parts) for name in part}
    taken: list[int] = []
    depths: list[int] = []
    again: list[str] = []
    waiting = [(first, iter(opened.get(first, ())))]
    while waiting:
        name, rest = waiting[-1]
        here, place, loop = level[name] + 1, rank[name], loops[name]
        for row in rest:
            other = others[row]
            taken.append(row)
            depths.append(here)
            if through.get(other) == row:
                again.append("")
                if other in opened:
                    waiting.append((other, iter(opened[other])))
                    break
            else:
                again.append("loop" if rank[other] <= place and loops[other] == loop else "see")
        else:
            waiting.pop()
    told = zip(walk.edges(taken), depths, again, repeat(""), repeat(False), repeat(""))
    return list(map(tuple.__new__, repeat(Step), told)), beyond  # as `Step` makes them, in half the time


def paths(pathway: Pathway, start: str, goal: str, *, longest: int | None = None) -> Iterator[tuple[str, ...]]:
    """Every path from *start* to *goal* that meets no species twice, as ids, shortest first.

    A path from a species to itself is a loop. *longest* bounds the edges of a path. Raises `UnknownName`.
    """
    kind, first = find_start(pathway, start)
    return _simple_paths(_Walk(pathway, kind, first), pathway.find_species(goal), longest, None)


def _simple_paths(
    walk: _Walk | _Along, goal: str, longest: int | None, effort: int | None
) -> Iterator[tuple[str, ...]]:
    """Each length is searched on its own, so the first path comes at once, whatever the number of paths.

    A step is only taken to a species from which the goal is exactly as many steps away as are left: all that the search
    meets in vain is a species that it has already met. Raises `LimitError` after *effort* moves.
    """
    search = _Search(walk, goal, effort)
    for length in count(1):
        if length - 1 == longest or search.is_over(length):
            return
        yield from search.of_length(length)


class _Search:
    """What is known of the ways to a goal.

    `away` holds the species from which so many steps lead to the goal, not through either end. It is only as deep as
    half of the way; which species of the other half lead there is found from the start, step by step.
    """

    LAG = 3
    REMEMBERED = 1_000_000  # pairs of last steps; a dense graph of 200 species has eight times as many

    def __init__(self, walk: _Walk | _Along, goal: str, effort: int | None) -> None:
        self.walk, self.goal, self.effort = walk, goal, effort
        self.ends = {walk.first, goal}
        self.away = [frozenset({goal})]
        self.reached = {goal}
        self.complete = False  # everything that leads to the goal has been reached
        self.choices: dict[int, dict[str, list[str]]] = {}
        self.tails: dict[str, list[tuple[str, str]]] = {}
        self.remembered = 0
        self.moves = 0

    def is_over(self, length: int) -> bool:
        """Whether no path can be so long; what has to be known to search that length is known then."""
        while self.away[-1] and len(self.away) < length - min(self.LAG, length // 2):
            before = frozenset(chain.from_iterable(map(self.walk.backward, self.away[-1]))) - self.ends
            self.moves += len(before)
            self.complete = before <= self.reached
            self.reached |= before
            self.away.append(before)
        if not self.away[-1] and length >= len(self.away):
            return True
        starts = self.walk.onward(self.walk.first)
        return self.complete and (length > len(self.reached) or self.reached.isdisjoint(starts))

    def options(self, name: str, left: int) -> list[str]:
        """Where to go from *name* so that the goal is exactly one step less than *left* away."""
        known = self.choices.setdefault(left, {})
        if name not in known:
            others = self.walk.onward(name)
            self.moves += len(others)
            if left <= len(self.away):
                among = self.away[left - 1]
                known[name] = [other for other in others if other in among]
            else:
                ends, options = self.ends, self.options
                known[name] = [other for other in others if other not in ends and options(other, left - 1)]
        return known[name]

    def last_three(self, name: str) -> list[tuple[str, str]]:
        """The two species between *name* and the goal on every path of three steps."""
        if name not in self.tails:
            pairs = ((one, two) for one in self.options(name, 3) for two in self.options(one, 2))
            found = [(one, two) for one, two in pairs if one != two and name != one and name != two]
            self.moves += len(found)
            self.remembered += len(found)
            if self.remembered > self.REMEMBERED:  # finding them again costs less than the paths that they end
                self.tails.clear()
                self.remembered = len(found)
            self.tails[name] = found
        return self.tails[name]

    def of_length(self, length: int) -> Iterator[tuple[str, ...]]:
        """Every path of that many steps."""
        first, goal = self.walk.first, self.goal
        if length == 1:
            yield from ((first, goal) for _ in self.options(first, 1))
        elif length == 2:
            yield from ((first, one, goal) for one in self.options(first, 2))
        elif length == 3:
            yield from ((first, one, two, goal) for one, two in self.last_three(first))
        else:
            yield from self._longer(length)

    def _longer(self, length: int) -> Iterator[tuple[str, ...]]:
        path, goal, last_three = [self.walk.first], self.goal, self.last_three
        visited: set[str] = set()
        waiting = [iter(self.options(path[0], length))]
        while waiting:
            left = length - len(waiting)  # once the next step is taken
            for other in waiting[-1]:
                if other in visited:
                    continue
                if left == 3:
                    pairs = last_three(other)
                    self.moves += len(pairs)
                    for one, two in pairs:
                        if one not in visited and two not in visited:
                            yield (*path, other, one, two, goal)
                else:
                    path.append(other)
                    visited.add(other)
                    waiting.append(iter(self.options(other, left)))
                    break
            else:
                waiting.pop()
                visited.discard(path.pop())
            self.moves += 1
            if self.effort is not None and self.moves > self.effort:
                raise LimitError(f"The search for paths stopped at {length} edges, after {self.effort:,} moves.")


def _best(
    walk: _Walk, goal: str, longest: int | None, limit: int, graded: Iterable[_Along], told: Sequence[str] = ()
) -> tuple[tuple[tuple[str, ...], ...], str]:
    """The path that is *told*, those along each of the *graded* walks, the best first, and then the others.

    Of each the shortest first.
    """
    told = told if _is_path(walk, goal, longest, told) else ()
    found: dict[tuple[str, ...], None] = {tuple(told): None} if told else {}
    try:
        ways: Iterable[_Walk | _Along] = chain(graded, [walk])
        for number, within in enumerate(ways):
            for path in _simple_paths(within, goal, longest, EFFORT):
                if path in found:
                    continue
                if len(found) == limit:
                    which = f"{limit} shortest" if within is walk and number == 0 and not told else f"first {limit}"
                    return tuple(found), f"The {which} paths; there are more (--limit N)."
                found[path] = None
    except LimitError as error:
        return tuple(found), f"{error} There may be more paths."
    return tuple(found), ""


def _is_path(walk: _Walk, goal: str, longest: int | None, names: Sequence[str]) -> bool:
    """Whether *names* are the species along a path of *walk* to *goal*, not too long."""
    if len(names) < 2 or (names[0], names[-1]) != (walk.first, goal) or len(set(names)) < len(names):
        return False
    short = longest is None or len(names) <= longest + 1
    return short and all(other in walk.onward(name) for name, other in pairwise(names))


def _graded(
    walk: _Walk,
    carrying: Collection[Pair] | None,
    cells: Callable[[], Sequence[Collection[Pair]]],
    used: Collection[Pair],
    conditions: Collection[Pair],
) -> Iterator[_Along]:
    """The walk along *used* edges, those that carry a signal and activate, all that carry one, and all that act.

    Between these is that along all that carry one in some of *cells*. *conditions* are those that only tell in which
    cells others act.
    """
    edges = walk.edges(range(len(walk.others)))
    if used:
        yield _Along(walk, [pair for pair in used if pair not in conditions])
    if carrying:
        activating = {(edge.source, edge.target) for edge in edges if edge.effect is Effect.activates}
        sent = [pair for pair in carrying if pair not in conditions]
        yield _Along(walk, [pair for pair in sent if pair in activating])
        yield _Along(walk, sent)
        if cells():
            yield _Along(walk, frozenset().union(carrying, *cells()).difference(conditions))
    if conditions:
        every = {(edge.source, edge.target): None for edge in edges if (edge.source, edge.target) not in conditions}
        yield _Along(walk, list(every))
        if carrying:
            yield _Along(walk, carrying)


def _first_silent(
    path: tuple[str, ...], carrying: Collection[Pair], cells: Callable[[], Sequence[Collection[Pair]]]
) -> Pair | None:
    """The first edge of a path, as it is read along the arrows, that carries no signal in the cell where most do."""
    pairs = list(pairwise(path))

    def far(cell: Collection[Pair]) -> int:
        return next((n for n, pair in enumerate(pairs) if pair not in cell), len(pairs))

    most = far(carrying)
    if most < len(pairs):
        most = max(map(far, (carrying, *cells())))
    return pairs[most] if most < len(pairs) else None


def _no_path(pathway: Pathway, kind: str, first: str, goal: str, *, upstream: bool, longest: int | None) -> str:
    """Between what there is no path, along the arrows; and which option finds one, where there is one."""
    source, target = (goal, first) if upstream else (first, goal)
    within = "" if longest is None else f" within {longest} {'edge' if longest == 1 else 'edges'}"
    if source == target:
        return f"No loop leads from {source} back to itself{within}."
    told = f"No path leads from {source} to {target}{within}."
    if kind == "species" and _leads(pathway, target, source):
        told += f" {target} leads to {source}: {'leave out' if upstream else 'add'} --upstream."
    return told


def _leads(pathway: Pathway, first: str, goal: str) -> bool:
    """Whether a path leads from species *first* to *goal*."""
    return any(True for _ in _simple_paths(_Walk(pathway, "species", first), goal, None, None))


def _along(walk: _Walk, found: Iterable[tuple[str, ...]]) -> list[Step]:
    """The edges of the paths, parallel ones too, each once, in the order of their first appearance."""
    steps: dict[Pair, list[Step]] = {}
    for path in found:
        for depth, (name, other) in enumerate(pairwise(path), start=1):
            if (name, other) not in steps:
                rows = [row for row in walk.rows(name) if walk.others[row] == other]
                steps[name, other] = [Step(edge=edge, depth=depth) for edge in walk.edges(rows)]
    return list(chain.from_iterable(steps.values()))


def _cut(pathway: Pathway, steps: list[Step], first: str, drug: str, present: frozenset[str]) -> Cut:
    agent = pathway.find_drug(drug)
    acting: list[Edge] = []
    idle: list[tuple[Edge, str]] = []
    for action in pathway.actions(agent):
        obstacle = _obstacle(pathway, action, present)
        if obstacle:
            idle.append((action, obstacle))
        else:
            acting.append(action)
    downstream = [step.edge for step in steps]
    met = {first, *(name for edge in downstream for name in (edge.source, edge.target))}
    hits = [action for action in acting if action.effect is Effect.inhibits and _hits(action, downstream, met)]
    beside = [action for action in acting if action.target in met and action not in hits and _blocks(pathway, action)]
    before = _reached(first, downstream, ())
    after = _reached(first, downstream, hits)
    return Cut(
        drug=agent,
        actions=tuple(hits),
        beside=tuple(beside),
        idle=tuple(idle),
        adds=tuple(action for action in acting if action.effect is Effect.activates),
        lost=tuple(name for name in before if name not in set(after)),
    )


def _obstacle(pathway: Pathway, action: Edge, present: frozenset[str]) -> str:
    """The alteration whose presence, or absence, keeps an action from happening; empty where it can happen."""
    for name in action.unless:
        if name in present:
            return name
    for name in action.requires:
        if name in pathway.alterations and name not in present:
            return name
    return ""


def _hits(action: Edge, edges: list[Edge], met: set[str]) -> bool:
    if action.blocks:
        return any((edge.source, edge.target) == action.blocks for edge in edges)
    return action.target in met


def _blocks(pathway: Pathway, action: Edge) -> bool:
    """Whether *action* silences an edge of the pathway."""
    return any((edge.source, edge.target) == action.blocks for edge in pathway.edges_into(action.target))


def _reached(first: str, edges: list[Edge], hits: Iterable[Edge]) -> tuple[str, ...]:
    """The species that *first* still reaches, itself included, once the actions in *hits* have cut."""
    off = {action.target for action in hits if not action.blocks}
    blocked = {action.blocks for action in hits}
    onward: dict[str, list[str]] = {}
    for edge in edges:
        if (edge.source, edge.target) not in blocked:
            onward.setdefault(edge.source, []).append(edge.target)
    reached = {} if first in off else {first: None}
    queue = list(reached)
    for name in queue:
        for other in onward.get(name, ()):
            if other not in reached and other not in off:
                reached[other] = None
                queue.append(other)
    return tuple(reached)


def _marked(step: Step, cut: Cut) -> Step:
    ends = (step.edge.source, step.edge.target)
    hit = any(action.blocks == ends if action.blocks else action.target == ends[1] for action in cut.actions)
    lost = step.edge.target in cut.lost
    return step._replace(cut=cut.drug if hit else "", lost=lost)
