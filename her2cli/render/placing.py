"""How a layout is made: Graphviz orders the rows and routes the edges; without it they are plain.

Graphviz is asked as the program `graphviz-pure` (a wheel, the same bytes everywhere) or as a system's `dot`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from her2cli.errors import LimitError
from her2cli.model import Pathway
from her2cli.render.layout import (
    GAP,
    GUTTER,
    HEIGHT,
    LOWEST,
    MARGIN,
    ROW,
    Band,
    Box,
    Key,
    Layout,
    Point,
    box_width,
    plain,
    rows,
)

MOST_EDGES = 3000  # that Graphviz is asked to route
MOST_SPECIES = 1200
LARGEST = 6000  # species of a picture
PATIENCE = 30  # seconds
LANE = 4.0  # between edges that pass a row
DOTS = 72.0  # Graphviz's points to an inch


def placed(pathway: Pathway) -> Layout:
    """The layout of *pathway*, made now. Raises `LimitError` for one that is too large to be drawn."""
    if len(pathway.species) > LARGEST:
        raise LimitError(
            f"{len(pathway.species):,} species are too many for a picture; at most {LARGEST:,} are drawn. "
            "Draw a part: --trace NAME."
        )
    bands = rows(pathway)
    ends = list(dict.fromkeys((edge.source, edge.target) for edge in pathway.edges))
    program, remark = engine(), ""
    if len(pathway.species) > MOST_SPECIES or len(ends) > MOST_EDGES:
        remark = "so large a pathway stands in plain rows, whose edges may pass behind boxes; --trace NAME draws a part"
    elif not program:
        remark = (
            "without Graphviz the species stand in plain rows, whose edges may pass behind boxes: "
            "pip install 'her2cli[draw]'"
        )
    else:
        try:
            return _by_graphviz(program, bands, ends)
        except (subprocess.SubprocessError, OSError, ValueError):
            remark = f"{Path(program).stem} did not lay out this pathway; it stands in plain rows"
    return _in_rows(bands, ends, remark)


def engine() -> str:
    """The path of graphviz-pure, else of `dot`; empty where there is neither."""
    beside = Path(sys.executable).with_name("graphviz-pure.exe" if os.name == "nt" else "graphviz-pure")
    return str(beside) if beside.is_file() else shutil.which("graphviz-pure") or shutil.which("dot") or ""


# --- by Graphviz ---------------------------------------------------------------------------------------------------


def _by_graphviz(program: str, bands: Sequence[tuple[str, list[list[str]]]], ends: Sequence[Key]) -> Layout:
    every = [row for _, band in bands for row in band]
    row_of = {name: number for number, row in enumerate(every) for name in row}
    number_of = {name: number for number, name in enumerate(row_of)}
    lines = [
        "digraph g {",
        f"graph [nodesep={LANE / DOTS:.4f} ranksep={(ROW - HEIGHT) / DOTS:.4f} splines=true mclimit=6 remincross=true "
        "searchsize=100]",
        f'node [shape=box fixedsize=true height={HEIGHT / DOTS:.4f} label=""]',
        "edge [arrowhead=none arrowtail=none]",
    ]
    for number, row in enumerate(every):
        members = " ".join(f"n{number_of[name]};" for name in row)
        lines.append(f"{{rank=same; a{number} [width=0.01 height=0.01 style=invis]; {members}}}")
        lines += [f"n{number_of[name]} [width={(box_width(name) + GAP - LANE) / DOTS:.4f}]" for name in row]
    lines += [f"a{number} -> a{number + 1} [style=invis weight=0]" for number in range(len(every) - 1)]
    turned: dict[Key, list[Key]] = defaultdict(list)
    for source, target in ends:
        if source == target:
            continue  # drawn by us
        up = row_of[source] > row_of[target]
        first, second = (target, source) if up else (source, target)
        turned[first, second].append((source, target))
        level = " constraint=false" if row_of[source] == row_of[target] else ""
        weight = 3 if row_of[second] - row_of[first] == 1 else 1
        lines.append(f"n{number_of[first]} -> n{number_of[second]} [weight={weight}{level}]")
    lines.append("}")
    done = subprocess.run(
        [program, "-Tplain"], input="\n".join(lines).encode(), capture_output=True, timeout=PATIENCE, check=True
    )
    names = list(number_of)
    boxes: dict[str, Box] = {}
    routes: dict[Key, tuple[Point, ...]] = {}
    deepest = 0.0
    for line in done.stdout.decode().splitlines():
        words = line.split()
        if words[0] == "graph":
            deepest = float(words[3])
        elif words[0] == "node" and words[1][0] == "n":
            name = names[int(words[1][1:])]
            boxes[name] = Box(float(words[2]) * DOTS, (deepest - float(words[3])) * DOTS, box_width(name))
        elif words[0] == "edge" and words[1][0] == "n":
            source, target = turned[names[int(words[1][1:])], names[int(words[2][1:])]].pop(0)
            numbers = [float(word) * DOTS for word in words[4 : 4 + 2 * int(words[3])]]
            points = [(x, deepest * DOTS - y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            start = boxes[source]  # a route that runs up was asked for from its upper end
            if _distance(points[0], start) > _distance(points[-1], start):
                points.reverse()
            routes[source, target] = tuple(points)
    if len(boxes) < len(row_of) or any(turned.values()):
        raise ValueError("an incomplete layout")
    return _finished(bands, boxes, routes, ends, engine=Path(program).stem)


def _distance(point: Point, box: Box) -> float:
    return max(abs(point[0] - box.x) - box.width / 2, 0) + max(abs(point[1] - box.y) - box.height / 2, 0)


# --- without Graphviz ----------------------------------------------------------------------------------------------


def _in_rows(bands: Sequence[tuple[str, list[list[str]]]], ends: Sequence[Key], remark: str) -> Layout:
    """Rows whose species stand near the middle of what they are connected with, and curves straight from end to end."""
    every = [row for _, band in bands for row in band]
    near: dict[str, list[str]] = defaultdict(list)
    for source, target in ends:
        near[source].append(target)
        near[target].append(source)
    places: dict[str, float] = {}
    for row in every:
        _spread(row, places)
    for sweep in range(12):
        for row in every if sweep % 2 == 0 else reversed(every):
            wanted = {
                name: sum(places[other] for other in near[name]) / len(near[name]) if near[name] else places[name]
                for name in row
            }
            row.sort(key=lambda name: (wanted[name], name))
            _spread(row, places, wanted)
    boxes = {name: Box(places[name], number * ROW, box_width(name)) for number, row in enumerate(every) for name in row}
    routes = {(source, target): _curve(boxes[source], boxes[target]) for source, target in ends if source != target}
    return _finished(bands, boxes, routes, ends, engine="rows", remark=remark)


def _spread(row: Sequence[str], places: dict[str, float], wanted: Mapping[str, float] | None = None) -> None:
    """Put the species of a row beside each other in their order, the row as a whole where it is *wanted*."""
    x = 0.0
    for name in row:
        wide = box_width(name)
        places[name] = x + wide / 2
        x += wide + 2 * GAP
    shift = sum(wanted[name] - places[name] for name in row) / len(row) if wanted else -x / 2
    for name in row:
        places[name] += shift


def _curve(first: Box, second: Box) -> tuple[Point, ...]:
    """From the side of one box to the facing side of another; over the boxes of a row in an arc."""
    if first.y == second.y:
        rise = first.top - HEIGHT / 2 - abs(first.x - second.x) * 0.05
        return (first.x, first.top), (first.x, rise), (second.x, rise), (second.x, second.top)
    down = first.y < second.y
    start, end = (first.bottom, second.top) if down else (first.top, second.bottom)
    middle = (start + end) / 2
    return (first.x, start), (first.x, middle), (second.x, middle), (second.x, end)


# --- both ----------------------------------------------------------------------------------------------------------


def _finished(
    bands: Sequence[tuple[str, list[list[str]]]],
    boxes: dict[str, Box],
    routes: dict[Key, tuple[Point, ...]],
    ends: Sequence[Key],
    *,
    engine: str,
    remark: str = "",
) -> Layout:
    """The layout with its bands, its ends spread along the sides of boxes, and everything moved into the picture."""
    routes |= {(source, target): _loop(boxes[source]) for source, target in ends if source == target}
    routes = _ends_apart(boxes, routes)
    stripes, top = [], 0.0
    shift_of: dict[str, float] = {}
    for name, band in bands:
        ys = [boxes[member].y for row in band for member in row]
        high = max(ys) - min(ys) + ROW
        room = max(high, LOWEST if name else 0.0)
        stripes.append(Band(name, plain(top), plain(top + room)))
        for row in band:
            for member in row:
                shift_of[member] = top + (room - high) / 2 + ROW / 2 - min(ys)
        top += room
    moves = sorted({(boxes[name].y, shift) for name, shift in shift_of.items()})
    xs = [box.left for box in boxes.values()] + [x for route in routes.values() for x, _ in route]
    rights = [box.right for box in boxes.values()] + [x for route in routes.values() for x, _ in route]
    gutter = GUTTER if any(stripe.name for stripe in stripes) else 0.0
    left = min(xs, default=0.0) - MARGIN / 2 - gutter
    return Layout(
        width=plain(max(rights, default=0.0) - left + MARGIN / 2),
        height=plain(top),
        bands=tuple(stripes),
        boxes={name: Box(plain(box.x - left), plain(box.y + shift_of[name]), box.width) for name, box in boxes.items()},
        routes={
            key: tuple((plain(x - left), plain(y + _shift(moves, y))) for x, y in routes[key])
            for key in ends
            if key in routes
        },
        engine=engine,
        remark=remark,
    )


def _shift(moves: Sequence[tuple[float, float]], y: float) -> float:
    """How far a height moves: as its row does, and between two rows in proportion."""
    below = next((number for number, (row, _) in enumerate(moves) if row - HEIGHT / 2 >= y), None)
    if below == 0:
        return moves[0][1]
    above_row, above = moves[-1 if below is None else below - 1]
    if below is None or y <= above_row + HEIGHT / 2:
        return above
    row, shift = moves[below]
    start, end = above_row + HEIGHT / 2, row - HEIGHT / 2
    return above + (shift - above) * (y - start) / (end - start)


def _loop(box: Box) -> tuple[Point, ...]:
    """From a box back to itself, on its right."""
    out = box.right + 12
    return (box.right, box.y + 5), (out, box.y + 12), (out, box.y - 12), (box.right, box.y - 5)


APART = 7.0  # between ends on one side of a box, where there is room


def _ends_apart(boxes: Mapping[str, Box], routes: Mapping[Key, tuple[Point, ...]]) -> dict[Key, tuple[Point, ...]]:
    """The routes with their ends spread along the upper and the lower sides of the boxes, in the order they come in."""
    sides: dict[tuple[str, bool], list[tuple[float, Key, bool]]] = defaultdict(list)
    moved = {key: list(route) for key, route in routes.items()}
    for key, route in routes.items():
        if key[0] == key[1]:
            continue
        for name, end, near, far in ((key[0], 0, route[0], route[2]), (key[1], 1, route[-1], route[-3])):
            box = boxes[name]
            if abs(near[1] - box.y) <= HEIGHT / 2 - 1.5:  # on its left or right
                side = box.left if near[0] < box.x else box.right
                moved[key][-1 if end else 0] = (side, near[1])
            else:
                slope = (far[0] - near[0]) / max(abs(far[1] - near[1]), 4.0)
                sides[name, near[1] < box.y].append((slope, key, bool(end)))
    for (name, above), found in sides.items():
        box = boxes[name]
        room = box.width - 12
        gap = min(APART, room / max(len(found) - 1, 1))
        middle = sum((moved[key][-1] if last else moved[key][0])[0] for _, key, last in found) / len(found)
        half = gap * (len(found) - 1) / 2
        middle = min(max(middle, box.left + 6 + half), box.right - 6 - half)
        for place, (_, key, last) in enumerate(sorted(found)):
            points = moved[key]
            at, beside = (-1, -2) if last else (0, 1)
            x = middle - half + gap * place
            by = x - points[at][0]
            points[at] = (x, box.top if above else box.bottom)
            points[beside] = (points[beside][0] + by, points[beside][1])
    return {key: tuple(route) for key, route in moved.items()}


# --- how good ------------------------------------------------------------------------------------------------------


def line(route: Sequence[Point], steps: int = 12) -> list[Point]:
    """Points along the curve of a route."""
    found = [route[0]]
    for start in range(0, len(route) - 1, 3):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = route[start : start + 4]
        for step in range(1, steps + 1):
            t = step / steps
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            found.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return found


def through(made: Layout) -> list[tuple[Key, str]]:
    """Each edge that passes behind the box of a species that is neither of its ends, with that species."""
    found = []
    for key, route in made.routes.items():
        points = line(route)
        low, high = min(y for _, y in points), max(y for _, y in points)
        for name, box in made.boxes.items():
            if name in key or box.bottom < low or box.top > high:
                continue
            if any(box.left < x < box.right and box.top < y < box.bottom for x, y in points):
                found.append((key, name))
    return found


def crossings(made: Layout) -> int:
    """How often two edges cross, those that share an end left out."""
    lines = [(key, line(route, 8)) for key, route in made.routes.items()]
    spans = [(min(x for x, _ in p), max(x for x, _ in p), min(y for _, y in p), max(y for _, y in p)) for _, p in lines]
    count = 0
    for i, (first, one) in enumerate(lines):
        for j in range(i + 1, len(lines)):
            second, other = lines[j]
            a, b = spans[i], spans[j]
            if set(first) & set(second) or a[0] > b[1] or b[0] > a[1] or a[2] > b[3] or b[2] > a[3]:
                continue
            count += sum(_cross(*s, *t) for s in pairwise(one) for t in pairwise(other))
    return count


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
