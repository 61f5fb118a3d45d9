"""Where drugs and alterations stand in a picture: each label beside what it acts on, and what joins the two.

A label stands where it hides least. One that blocks an edge points at a place of that edge where few others are near.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot

from her2cli.model import Edge
from her2cli.render.lettering import width
from her2cli.render.rows import GUTTER, Box, Key, Layout, Point
from her2cli.render.strands import line

HIGH = 14.0  # of a label
SIZE = 10.0  # of its letters
AWAY = 8.0  # from what it acts on: room for the bar or the arrow between them
CELL = 6.0  # of the grid that tells which edges are near
EVERY = 18.0  # along an edge that is blocked: so often a label may point at it
FURTHER = 20.0  # what it costs a label to stand one place further away, in edges that it hides


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A drug or an alteration at what it acts on: its box, and the line from there to its *tip*."""

    kind: str
    agent: str
    edges: Sequence[Edge]  # its actions on this species, or on this edge
    box: Box
    foot: Point
    tip: Point

    @property
    def blocked(self) -> Key | None:
        """The edge that it acts on, if it is one."""
        return self.edges[0].blocks


class Ground:
    """What is drawn below the labels: boxes, and by the cells of a grid the edges that pass."""

    def __init__(
        self, layout: Layout, names: Collection[str], edges: Iterable[Key], sides: tuple[float, float] | None = None
    ) -> None:
        self.left, self.right = sides or (0.0, layout.width)
        self.boxes = {name: layout.boxes[name] for name in sorted(names)}
        self.lines: dict[Key, list[Point]] = {}
        self._passing: Mapping[tuple[int, int], set[Key]] = defaultdict(set)
        for key in sorted(edges):
            self.lines[key] = list(_dense(line(layout.routes[key])))
            for x, y in self.lines[key]:
                self._passing[int(x // CELL), int(y // CELL)].add(key)

    def holds(self, box: Box) -> bool:
        """Whether *box* is inside the picture."""
        return self.left + GUTTER <= box.left and box.right <= self.right

    def under(self, box: Box) -> set[Key]:
        """The edges that *box* hides."""
        columns = range(int(box.left // CELL), int(box.right // CELL) + 1)
        rows = range(int(box.top // CELL), int(box.bottom // CELL) + 1)
        found: set[Key] = set()
        for column in columns:
            for row in rows:
                found |= self._passing.get((column, row), set())
        return found


def labels(ground: Ground, actions: Mapping[str, Sequence[Edge]]) -> Iterator[Label]:
    """A label for all that an agent does to one species or one edge; *actions* are by kind: alteration, drug."""
    found: dict[tuple[str, str, Key], list[Edge]] = {}
    for kind, edges in actions.items():
        for edge in edges:
            ends = edge.blocks or ("", edge.target)
            if ends in ground.lines or (not ends[0] and ends[1] in ground.boxes):
                found.setdefault((kind, edge.source, ends), []).append(edge)
    taken = list(ground.boxes.values())
    for (kind, agent, ends), edges in found.items():
        wide = ceil(width(agent, SIZE, bold=True)) + 10
        ways = _at_edge(ground, ends, wide) if ends[0] else _at_box(ground, ground.boxes[ends[1]], wide)
        ways.sort(key=lambda way: way[0])
        inside = [way for way in ways if ground.holds(way[1])] or ways
        free = (way for way in inside if not any(overlap(way[1], other) for other in taken))
        _, box, foot, tip = next(free, inside[0])
        box = Box(round(box.left) + wide / 2, round(box.top) + HIGH / 2, wide, HIGH)
        taken.append(box)
        yield Label(kind=kind, agent=agent, edges=edges, box=box, foot=_whole(foot), tip=_whole(tip))


def _whole(point: Point) -> Point:
    """*point* in whole pixels, as the edges are written."""
    return round(point[0]), round(point[1])


Way = tuple[float, Box, Point, Point]  # what it costs, the label's box, where its line begins and where it ends


def _at_box(ground: Ground, box: Box, wide: float) -> list[Way]:
    """Below, above and beside a box."""
    found: list[Way] = []
    for step in range(4):
        for side in (1, -1):
            start = box.bottom if side > 0 else box.top
            y = start + side * (AWAY + HIGH / 2 + (HIGH + 2) * step)
            for shift in (0.0, *(by * way for by in (0.25, 0.5) for way in (1, -1))):
                spot = Box(box.x + shift * (wide + box.width - 24), y, wide, HIGH)
                x = min(max(spot.x, box.left + 6), box.right - 6)
                cost = len(ground.under(spot)) + FURTHER * step + (side < 0) / 2 + abs(shift)
                found.append((cost, spot, (x, y - side * HIGH / 2), (x, start + 1.5 * side)))
    for side in (1, -1):
        edge = box.right if side > 0 else box.left
        spot = Box(edge + side * (AWAY + wide / 2), box.y, wide, HIGH)
        cost = len(ground.under(spot)) + 1.5
        found.append((cost, spot, (edge + side * AWAY, box.y), (edge + 1.5 * side, box.y)))
    return found


def _at_edge(ground: Ground, ends: Key, wide: float) -> list[Way]:
    """Beside an edge, at each of its places."""
    points = ground.lines[ends]
    found: list[Way] = []
    far, middle = 0.0, sum(hypot(u - x, v - y) for (x, y), (u, v) in pairwise(points)) / 2
    due = EVERY
    for (x, y), (u, v) in pairwise(points):
        far += hypot(u - x, v - y)
        if far < due or far > 2 * middle - EVERY:
            continue
        due += EVERY
        others = len(ground.under(Box(u, v, 2 * CELL, 2 * CELL)) - {ends})
        off = abs(far - middle) / middle
        for side in (1, -1):
            beside = Box(u + side * (AWAY + wide / 2), v, wide, HIGH)
            over = Box(u, v + side * (AWAY + HIGH / 2), wide, HIGH)
            starts = ((u + side * AWAY, v), (u, v + side * AWAY))
            for spot, foot in zip((beside, over), starts, strict=True):
                cost = 2 * others + len(ground.under(spot)) + off
                found.append((cost, spot, foot, (u, v)))
    if not found:  # so short an edge that a label hides it, wherever it stands
        x, y = points[len(points) // 2]
        found.append((0.0, Box(x + AWAY + wide / 2, y, wide, HIGH), (x + AWAY, y), (x, y)))
    return found


def _dense(points: Sequence[Point]) -> Iterator[Point]:
    """The same line with points so close together that none of its cells is left out."""
    yield points[0]
    for (x, y), (u, v) in pairwise(points):
        steps = int(hypot(u - x, v - y) / CELL) + 1
        yield from ((x + (u - x) * at / steps, y + (v - y) * at / steps) for at in range(1, steps + 1))


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes cover each other."""
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom - 0.5
        and other.top < one.bottom - 0.5
    )
