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
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise
from math import log
from pathlib import Path

from her2cli.errors import LimitError
from her2cli.model import Pathway
from her2cli.render.layout import (
    DENSE_TASTES,
    GAP,
    GUTTER,
    HEIGHT,
    LOWEST,
    MARGIN,
    ROW,
    TASTES,
    Band,
    Box,
    Key,
    Layout,
    Point,
    box_width,
    plain,
    rows,
)

PAGE = 1.4  # the width of a page that lies, to its height
WIDEST = 1600.0  # a picture whose labels are read on a screen
DENSE = 350  # edges from which on they pass closer together, in more rows
MOST_TRIED = 600  # edges up to which several layouts are tried
MOST_EDGES = 3000  # that Graphviz is asked to route
MOST_SPECIES = 1200
LARGEST = 6000  # species of a picture
PATIENCE = 60  # seconds; it takes one or two on an idle machine
LANE, DENSE_LANE = 4.0, 1.5  # between edges that pass a row
DOTS = 72.0  # Graphviz's points to an inch


def placed(pathway: Pathway) -> Layout:
    """The layout of *pathway*, made now. Raises `LimitError` for one that is too large to be drawn."""
    if len(pathway.species) > LARGEST:
        raise LimitError(
            f"{len(pathway.species):,} species are too many for a picture; at most {LARGEST:,} are drawn. "
            "Draw a part: --trace NAME."
        )
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
            return _best(program, pathway, ends)
        except subprocess.TimeoutExpired:
            remark = f"{Path(program).stem} took longer than {PATIENCE} s; this pathway stands in plain rows"
        except (subprocess.SubprocessError, OSError, ValueError):
            remark = f"{Path(program).stem} did not lay out this pathway; it stands in plain rows"
    return _in_rows(rows(pathway), ends, remark)


def _best(program: str, pathway: Pathway, ends: Sequence[Key]) -> Layout:
    """Of a few layouts the one that is easiest to read."""
    tastes = TASTES if len(ends) <= DENSE else DENSE_TASTES if len(ends) <= MOST_TRIED else DENSE_TASTES[:1]
    tried = [rows(pathway, taste) for taste in tastes]
    different = [(bands, False) for number, bands in enumerate(tried) if bands not in tried[:number]]
    if len(tried[0]) == 1 and len(ends) <= DENSE:  # without places in the cell Graphviz may choose the rows, too
        different.append((tried[0], True))
    with ThreadPoolExecutor() as pool:  # they wait for Graphviz, each for its own process
        made = list(pool.map(lambda each: _by_graphviz(program, each[0], ends, free=each[1]), different))
    return made[0] if len(made) == 1 else min(made, key=_cost)


def _cost(made: Layout) -> tuple[int, float]:
    """How hard a layout is to read: edges behind boxes above all, then crossings, edges that run up, and its shape."""
    shape = abs(log(made.width / made.height / PAGE)) + 2 * max(log(made.width / WIDEST), 0)
    up = sum(made.boxes[source].y > made.boxes[target].y for source, target in made.routes)
    return len(through(made)), (crossings(made, steps=3) + 2 * up + 1) * (1 + shape / 2)


def engine() -> str:
    """The path of graphviz-pure, else of `dot`; empty where there is neither."""
    beside = Path(sys.executable).with_name("graphviz-pure.exe" if os.name == "nt" else "graphviz-pure")
    return str(beside) if beside.is_file() else shutil.which("graphviz-pure") or shutil.which("dot") or ""


# --- by Graphviz ---------------------------------------------------------------------------------------------------


def _by_graphviz(
    program: str, bands: Sequence[tuple[str, list[list[str]]]], ends: Sequence[Key], *, free: bool = False
) -> Layout:
    """The layout in these *bands* and rows; where Graphviz is *free*, in rows of its own."""
    lane = LANE if len(ends) <= DENSE else DENSE_LANE
    every = [row for _, band in bands for row in band]
    row_of = {name: number for number, row in enumerate(every) for name in row}
    number_of = {name: number for number, name in enumerate(row_of)}
    lines = [
        "digraph g {",
        f"graph [nodesep={lane / DOTS:.4f} ranksep={(ROW - HEIGHT) / DOTS:.4f} splines=true mclimit=6 remincross=true "
        "searchsize=100]",
        f'node [shape=box fixedsize=true height={HEIGHT / DOTS:.4f} label=""]',
        "edge [arrowhead=none arrowtail=none]",
    ]
    for number, row in enumerate(every):
        members = " ".join(f"n{number_of[name]};" for name in row)
        if not free:
            lines.append(f"{{rank=same; a{number} [width=0.01 height=0.01 style=invis]; {members}}}")
        lines += [f"n{number_of[name]} [width={(box_width(name) + GAP - lane) / DOTS:.4f}]" for name in row]
    if not free:
        lines += [f"a{number} -> a{number + 1} [style=invis weight=0]" for number in range(len(every) - 1)]
    turned: dict[Key, list[Key]] = defaultdict(list)
    for source, target in ends:
        if source == target:
            continue  # drawn by us
        up = row_of[source] > row_of[target] and not free
        first, second = (target, source) if up else (source, target)
        turned[first, second].append((source, target))
        level = " constraint=false" if row_of[source] == row_of[target] and not free else ""
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
    routes = _mended(boxes, routes) if engine != "rows" else routes
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


def _mended(boxes: Mapping[str, Box], routes: dict[Key, tuple[Point, ...]]) -> dict[Key, tuple[Point, ...]]:
    """The routes with those that still pass behind a box pushed aside, as far as another box does not stand there."""
    at = _by_height(boxes)
    return {key: _pushed(boxes, at, key, route) for key, route in routes.items()}


def _pushed(boxes: Mapping[str, Box], at: Heights, key: Key, route: tuple[Point, ...]) -> tuple[Point, ...]:
    for _ in range(4):
        behind = _behind(at, key, route)
        if not behind:
            break
        box = boxes[behind[0]]
        inside = [x for x, y in line(route) if box.left < x < box.right and box.top < y < box.bottom]
        ways = sorted((box.left - 3 - max(inside), box.right + 3 - min(inside)), key=abs)
        tried = [_aside(route, box, by * more) for more in (1.3, 2, 3) for by in ways]
        best = min(tried, key=lambda each: len(_behind(at, key, each)))
        if len(_behind(at, key, best)) >= len(behind):
            break
        route = best
    return route


def _aside(route: tuple[Point, ...], box: Box, by: float) -> tuple[Point, ...]:
    """*route* with its inner points moved sideways, those near *box* most."""
    moved = [(x + by * max(0.0, 1 - abs(y - box.y) / (2.5 * HEIGHT)), y) for x, y in route[1:-1]]
    return (route[0], *moved, route[-1])


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
    at = _by_height(made.boxes)
    return [(key, name) for key, route in made.routes.items() for name in _behind(at, key, route)]


Heights = Mapping[int, Sequence[tuple[str, Box]]]  # boxes by the slices of height that they reach into


def _by_height(boxes: Mapping[str, Box]) -> Heights:
    found: dict[int, list[tuple[str, Box]]] = defaultdict(list)
    for name, box in boxes.items():
        for slice in range(int(box.top // SLICE), int(box.bottom // SLICE) + 1):
            found[slice].append((name, box))
    return found


def _behind(at: Heights, key: Key, route: Sequence[Point]) -> list[str]:
    """The species, other than its ends, behind whose box a route passes, from its start on."""
    found: dict[str, None] = {}
    for x, y in line(route):
        for name, box in at.get(int(y // SLICE), ()):
            if box.left < x < box.right and box.top < y < box.bottom and name not in key:
                found[name] = None
    return list(found)


def crossings(made: Layout, steps: int = 8) -> int:
    """How often two edges cross, those that share an end left out; each piece of a curve counts as *steps* lines."""
    slices: dict[int, list[tuple[float, float, float, float, Key]]] = defaultdict(list)  # by height, from the left
    for key, route in made.routes.items():
        for (x, y), (u, v) in pairwise(line(route, steps)):
            low, high = (y, v) if y < v else (v, y)
            for slice in range(int(low // SLICE), int(high // SLICE) + 1):
                slices[slice].append((x, y, u, v, key))
    count = 0
    for slice, lines in slices.items():
        lines.sort(key=lambda each: min(each[0], each[2]))
        for i, (x, y, u, v, ends) in enumerate(lines):
            right, low, high = max(x, u), min(y, v), max(y, v)
            for a, b, c, d, others in islice(lines, i + 1, None):
                if min(a, c) > right:
                    break
                start = max(low, min(b, d))
                if start > high or start > max(b, d) or int(start // SLICE) != slice:
                    continue
                if ends[0] in others or ends[1] in others:
                    continue
                one = (u - x) * (b - y) - (v - y) * (a - x), (u - x) * (d - y) - (v - y) * (c - x)
                other = (c - a) * (y - b) - (d - b) * (x - a), (c - a) * (v - b) - (d - b) * (u - a)
                count += one[0] * one[1] < 0 and other[0] * other[1] < 0
    return count


SLICE = 16.0  # heights whose lines are compared with each other
