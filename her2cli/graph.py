"""Walks on the pathway as it is drawn: traces up and down, paths, and what a drug cuts off.

Signs are carried along, but nothing is switched on or off here: that is `logic`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from her2cli.errors import LimitError, ScenarioError, UnknownName
from her2cli.model import Edge, Effect, Pathway

LIMIT = 20  # paths that `trace` looks for unless it is told otherwise
EFFORT = 2_000_000  # moves after which the search for paths gives up: about a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One edge of a trace, `depth` edges away from the start.

    `again` is `see` where the species is printed elsewhere, `loop` where the edge leads back into what leads to it.
    `cut` names the drug that silences the step; `lost` says that the species is no longer reached.
    """

    edge: Edge
    depth: int
    again: str = ""
    cut: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What a drug does to a trace: the actions that hit it, those that do not act here and why, and what is lost."""

    drug: str
    actions: tuple[Edge, ...] = ()  # that cut something in the trace
    beside: tuple[Edge, ...] = ()  # that block an edge from elsewhere into a species of the trace
    idle: tuple[tuple[Edge, str], ...] = ()  # with the name that keeps each from acting
    adds: tuple[Edge, ...] = ()  # what it activates
    lost: tuple[str, ...] = ()  # species no longer reached from the start, in the order of the trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A walk from `start`: its steps as they are printed, each below the one that it follows.

    With `to`, `paths` holds the species along each path, shortest first, and `steps` their edges. `note` says what
    was left out, if anything was.
    """

    start: str
    kind: str  # species, drug, alteration
    upstream: bool = False
    to: str = ""
    steps: tuple[Step, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    cut: Cut | None = None
    note: str = ""


def find_start(pathway: Pathway, name: str) -> tuple[str, str]:
    """What *name* means as the start of a walk: `species`, `drug` or `alteration`, and its id.

    Raises `UnknownName` with the closest names of all three.
    """
    close: list[str] = []
    for kind, find in (
        ("species", pathway.find_species),
        ("drug", pathway.find_drug),
        ("alteration", pathway.find_alteration),
    ):
        try:
            return kind, find(name)
        except UnknownName as error:
            close += error.close
    raise UnknownName("species, drug or alteration", name, tuple(dict.fromkeys(close))[:4])


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
) -> Trace:
    """Follow the edges from *start*, nearest first, or the paths from it *to* another species, shortest first.

    Names may be aliases. *depth* bounds the edges of a walk, *limit* the number of paths. *drug* marks what that drug
    cuts in a tumour with *alterations*. Raises `UnknownName`, and `ScenarioError` for options that exclude each other.
    """
    kind, first = find_start(pathway, start)
    goal = pathway.find_species(to) if to is not None else ""
    if upstream and kind != "species":
        raise ScenarioError(f"Nothing leads to {first}: it is {_a(kind)}, which starts from outside.")
    if upstream and drug is not None:
        raise ScenarioError("--drug shows what is lost downstream; leave out --upstream.")
    follow = _follower(pathway, kind, first, upstream)
    note = ""
    found: tuple[tuple[str, ...], ...] = ()
    if goal:
        found, note = _shortest(follow, first, goal, depth, limit)
        note = note if found or note else _no_path(pathway, kind, first, goal, upstream=upstream, longest=depth)
        walk = _along(follow, found)
    else:
        walk, beyond = _spread(follow, first, depth)
        note = f"{beyond} {'edge leads' if beyond == 1 else 'edges lead'} on beyond depth {depth}." if beyond else ""
    if upstream:
        found = tuple(path[::-1] for path in found)
    cut = _cut(pathway, walk, first, drug, frozenset(alterations)) if drug is not None else None
    steps = tuple(_marked(step, cut) for step in walk)
    return Trace(start=first, kind=kind, upstream=upstream, to=goal, steps=steps, paths=found, cut=cut, note=note)


Follow = Callable[[str], tuple[tuple[str, Edge], ...]]


def _follower(pathway: Pathway, kind: str, first: str, upstream: bool) -> Follow:
    """The function from a species to its neighbours with the edge to each, in the order of the file."""
    if upstream:
        return lambda name: tuple((edge.source, edge) for edge in pathway.edges_into(name))

    def follow(name: str) -> tuple[tuple[str, Edge], ...]:
        edges = pathway.actions(name) if name == first and kind != "species" else pathway.edges_from(name)
        return tuple((edge.target, edge) for edge in edges if edge.target in pathway.species)

    return follow


def _spread(follow: Follow, first: str, depth: int | None) -> tuple[list[Step], int]:
    """Every edge within reach, printed where its source is printed; and how many edges lead on beyond *depth*."""
    level = {first: 0}
    opened: dict[str, tuple[tuple[str, Edge], ...]] = {}
    through: dict[str, Edge] = {}  # the edge below which a species is printed: the nearest, then the first in the file
    queue = [first]
    for name in queue:
        if depth is not None and level[name] >= depth:
            continue
        opened[name] = follow(name)
        for other, edge in opened[name]:
            if other not in level:
                level[other], through[other] = level[name] + 1, edge
                queue.append(other)
    beyond = sum(len(follow(name)) for name in queue if name not in opened)
    rank = {name: number for number, name in enumerate(queue)}
    loops = _components(queue, opened)
    steps: list[Step] = []
    waiting = [(first, item) for item in reversed(opened.get(first, ()))]
    while waiting:
        name, (other, edge) = waiting.pop()
        if through.get(other) is edge:
            steps.append(Step(edge=edge, depth=level[other]))
            waiting.extend((other, item) for item in reversed(opened.get(other, ())))
        else:
            looping = rank[other] <= rank[name] and loops[other] == loops[name]
            steps.append(Step(edge=edge, depth=level[name] + 1, again="loop" if looping else "see"))
    return steps, beyond


def _components(names: list[str], opened: dict[str, tuple[tuple[str, Edge], ...]]) -> dict[str, int]:
    """The strongly connected component of each name (Tarjan 1972), without recursion: chains may be long."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    component: dict[str, int] = {}
    stack: list[str] = []
    for root in names:
        if root in index:
            continue
        work = [(root, iter(opened.get(root, ())))]
        index[root] = low[root] = len(index)
        stack.append(root)
        while work:
            name, rest = work[-1]
            for other, _ in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    work.append((other, iter(opened.get(other, ()))))
                    break
                if other not in component:
                    low[name] = min(low[name], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    while name not in component:
                        component[stack.pop()] = index[name]
    return component


def paths(pathway: Pathway, start: str, goal: str, *, longest: int | None = None) -> Iterator[tuple[str, ...]]:
    """Every path from *start* to *goal* that meets no species twice, as ids, shortest first.

    A path from a species to itself is a loop. *longest* bounds the edges of a path. Raises `UnknownName`.
    """
    kind, first = find_start(pathway, start)
    follow = _follower(pathway, kind, first, upstream=False)
    return _simple_paths(follow, first, pathway.find_species(goal), longest, None)


def _simple_paths(
    follow: Follow, first: str, goal: str, longest: int | None, effort: int | None
) -> Iterator[tuple[str, ...]]:
    """Each length is searched on its own, and only through species from which the goal is still within reach.

    So the first path comes at once, whatever the number of paths. Raises `LimitError` after *effort* moves.
    """
    onward, distance = _towards(follow, first, goal)
    nearest = min((distance[name] + 1 for name in onward.get(first, ()) if name in distance), default=0)
    if not nearest:
        return
    useful = len(distance) if longest is None else min(longest, len(distance))
    moves = 0
    choices: dict[tuple[str, int], tuple[str, ...]] = {}

    def options(name: str, left: int) -> tuple[str, ...]:
        key = (name, left)
        if key not in choices:
            near = (other for other in onward.get(name, ()) if distance.get(other, left) < left)
            choices[key] = tuple(other for other in near if (other == goal) == (left == 1))
        return choices[key]

    for length in range(nearest, useful + 1):
        path, visited = [first], {first}
        waiting = [iter(options(first, length))]
        while waiting:
            left = length - len(waiting) + 1
            for other in waiting[-1]:
                moves += 1
                if left == 1:
                    yield (*path, other)
                elif other not in visited:
                    path.append(other)
                    visited.add(other)
                    waiting.append(iter(options(other, left - 1)))
                    break
            else:
                waiting.pop()
                visited.discard(path.pop())
            if effort is not None and moves > effort:
                raise LimitError(f"The search for paths stopped at {length} edges, after {effort:,} moves.")


def _towards(follow: Follow, first: str, goal: str) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    """The neighbours of everything within reach of *first*, and the distance of each to *goal* along the edges."""
    onward: dict[str, tuple[str, ...]] = {}
    backward: dict[str, list[str]] = {}
    queue = [first]
    for name in queue:
        if name in onward:
            continue
        onward[name] = tuple(dict.fromkeys(other for other, _ in follow(name)))
        for other in onward[name]:
            backward.setdefault(other, []).append(name)
            if other not in onward:
                queue.append(other)
    distance = {goal: 0}
    queue = [goal]
    for name in queue:
        for other in backward.get(name, ()):
            if other not in distance:
                distance[other] = distance[name] + 1
                queue.append(other)
    return onward, distance


def _shortest(
    follow: Follow, first: str, goal: str, longest: int | None, limit: int
) -> tuple[tuple[tuple[str, ...], ...], str]:
    found: list[tuple[str, ...]] = []
    try:
        for path in _simple_paths(follow, first, goal, longest, EFFORT):
            if len(found) == limit:
                return tuple(found), f"The {limit} shortest paths; there are more (--limit N)."
            found.append(path)
    except LimitError as error:
        return tuple(found), f"{error} There may be more paths."
    return tuple(found), ""


def _no_path(pathway: Pathway, kind: str, first: str, goal: str, *, upstream: bool, longest: int | None) -> str:
    """Between what there is no path, along the arrows; and which option finds one, where there is one."""
    source, target = (goal, first) if upstream else (first, goal)
    within = "" if longest is None else f" within {longest} {'edge' if longest == 1 else 'edges'}"
    told = f"No path leads from {source} to {target}{within}."
    if kind == "species" and _leads(pathway, target, source):
        told += f" {target} leads to {source}: {'leave out' if upstream else 'add'} --upstream."
    return told


def _leads(pathway: Pathway, first: str, goal: str) -> bool:
    """Whether a path leads from species *first* to *goal*."""
    onward, _ = _towards(_follower(pathway, "species", first, upstream=False), first, goal)
    return any(goal in others for others in onward.values())


def _along(follow: Follow, found: Iterable[tuple[str, ...]]) -> list[Step]:
    """The edges of the paths, each once, in the order of their first appearance."""
    steps: dict[tuple[str, str], Step] = {}
    for path in found:
        for depth, (name, other) in enumerate(pairwise(path), start=1):
            if (name, other) not in steps:
                edge = next(edge for neighbour, edge in follow(name) if neighbour == other)
                steps[name, other] = Step(edge=edge, depth=depth)
    return list(steps.values())


def _cut(pathway: Pathway, walk: list[Step], first: str, drug: str, present: frozenset[str]) -> Cut:
    agent = pathway.find_drug(drug)
    acting: list[Edge] = []
    idle: list[tuple[Edge, str]] = []
    for action in pathway.actions(agent):
        obstacle = _obstacle(pathway, action, present)
        if obstacle:
            idle.append((action, obstacle))
        else:
            acting.append(action)
    downstream = [step.edge for step in walk]
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


def _marked(step: Step, cut: Cut | None) -> Step:
    if cut is None:
        return step
    ends = (step.edge.source, step.edge.target)
    hit = any(action.blocks == ends if action.blocks else action.target == ends[1] for action in cut.actions)
    lost = step.edge.target in cut.lost
    return Step(edge=step.edge, depth=step.depth, again=step.again, cut=cut.drug if hit else "", lost=lost)


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
