"""The main roads of a large pathway: few of its edges, to be drawn where all of them would be a tangle.

They lead from where the pathway begins to its readouts, by way of the article's steps and of what drugs and alterations
act on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from heapq import heappop, heappush

from her2cli.expression import parse, variables
from her2cli.model import Edge, Pathway
from her2cli.render.rows import Key

TANGLE = 250  # edges; a pathway of more is drawn by its main roads
CASCADE = 80  # edges; of a cascade of more in such a pathway its main roads are drawn
USED = 0.2  # what an edge costs that is a road already, so that roads join
CROWD = 5  # so many roads into a species make a further one as long as two edges


def roads(pathway: Pathway, readouts: Sequence[str], also: Iterable[str] = ()) -> tuple[set[Key], set[str]] | None:
    """The ends of the edges that are main roads to *readouts*, and the species that are drawn; None for all of them.

    Each species that drugs, alterations or the article name, and those of *also*, is led to from one on which nothing
    acts, and leads to a readout, by as few edges as will do. Edges that only tell in which cells others act are no
    roads, nor are those that the rule of their target does not name.
    """
    if len(pathway.edges) <= TANGLE:
        return None
    edges, also = _acting(pathway), tuple(also)
    into: dict[str, list[str]] = {}
    onward: dict[str, list[str]] = {}
    for source, target in dict.fromkeys((edge.source, edge.target) for edge in edges):
        into.setdefault(target, []).append(source)
        onward.setdefault(source, []).append(target)
    begins = {name for name in onward if name not in into}
    agents = (*pathway.drugs, *pathway.alterations)
    acted_on = {edge.target for agent in agents for edge in pathway.actions(agent) if not edge.blocks}
    ends = [name for name in readouts if pathway.species[name].is_phenotype] or list(readouts)
    chosen = {(edge.source, edge.target) for edge in edges if edge.step or {edge.source, edge.target} <= {*ends}}
    wanted = [*readouts, *also, *(name for name in pathway.species if name in begins or name in acted_on)]
    for name in dict.fromkeys([*wanted, *(name for pair in sorted(chosen) for name in pair)]):
        met = Counter(target for _, target in chosen)
        up = _way(name, begins, into, partial(_backward, chosen, met))
        chosen |= {(other, one) for one, other in up} | _way(name, ends, onward, partial(_cost, chosen, met))
    if not chosen or len(chosen) > len(pathway.edges) / 2:
        return None
    return chosen, {*readouts, *also, *(name for pair in chosen for name in pair)}


def _acting(pathway: Pathway) -> list[Edge]:
    """The edges that act: on another species, whose rule names the source, and not only to tell in which cells."""
    named = {target: set(variables(parse(rule.text))) for target, rule in pathway.rules.items()}
    return [
        edge
        for edge in pathway.edges
        if edge.source != edge.target and not pathway.is_condition(edge)
        if edge.target not in named or edge.source in named[edge.target]
    ]


def _cost(chosen: Collection[Key], met: Mapping[str, int], source: str, target: str) -> float:
    """What an edge adds to a way: little where it is a road, the more the more roads end where it does."""
    return USED if (source, target) in chosen else 1 + met[target] / CROWD


def _backward(chosen: Collection[Key], met: Mapping[str, int], target: str, source: str) -> float:
    return _cost(chosen, met, source, target)


def _way(
    start: str, goals: Iterable[str], onward: Mapping[str, Sequence[str]], cost: Callable[[str, str], float]
) -> set[Key]:
    """The edges of the cheapest way from *start* to one of *goals*; none where there is none."""
    came: dict[str, str] = {}
    waiting = [(0.0, 0, start, "")]
    ends, count = {*goals}, 0
    while waiting:
        far, _, name, before = heappop(waiting)
        if name in came:
            continue
        came[name] = before
        if name in ends:
            found: set[Key] = set()
            while came[name]:
                found.add((came[name], name))
                name = came[name]
            return found
        for other in onward.get(name, ()):
            if other not in came:
                count += 1
                heappush(waiting, (far + cost(name, other), count, other, name))
    return set()


def reached(edges: Collection[Key], starts: Iterable[str], *, up: bool = False) -> set[Key]:
    """Those of *edges* to which others of them lead from *starts*, or that lead there where they are followed *up*."""
    found: set[Key] = set()
    waiting = list(starts)
    met = {*waiting}
    for one in waiting:
        for pair in edges:
            first, last = pair[::-1] if up else pair
            if first == one:
                found.add(pair)
                if last not in met:
                    met.add(last)
                    waiting.append(last)
    return found
