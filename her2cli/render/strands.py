"""Rows of boxes with the edges that pass them: an edge is a strand with a knot in every row between its ends.

Between two rows two strands cross once or not at all, and in a row each has its place beside the boxes: whoever orders
the rows decides what crosses, and no edge passes behind a box.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from her2cli.render.rows import GAP, HEIGHT, ROW, Box, Key, Point, box_width

APART = 6.0  # between ends on one side of a box, where there is room
INSET = 6.0  # of an end from the corner of its box
SWEEPS = 14  # over the rows, from far to near; more change little
FAR, NEAR = 60.0, 2.0  # a strand's bends are smoothed over this, at first and at last
STRAIGHT = (1.0, 2.0, 6.0)  # how much a piece wants to be upright: from box to box, to a knot, between knots
LOOP = 5.0  # beside a box with a loop
HELD = 1e9  # how much a box wants to stay where it is held
WIDEST = 10.0  # between edges that pass a row, where boxes that are held leave so much room
BESIDE = 90.0  # an edge to a neighbour this near in its row goes straight there


@dataclass(frozen=True, slots=True, kw_only=True)
class Strands:
    """Boxes and knots by number, boxes first; `rows` has them in their order, from the left."""

    names: list[str]  # of the boxes
    rows: list[list[int]]
    row: list[int] = field(default_factory=list)  # of each box and knot
    above: list[list[int]] = field(default_factory=list)  # what each is connected with in the row above
    below: list[list[int]] = field(default_factory=list)
    runs: dict[Key, list[int]] = field(default_factory=dict)  # of an edge: its upper end, its knots, its lower end
    level: dict[Key, tuple[int, int]] = field(default_factory=dict)  # edges within one row
    loops: set[int] = field(default_factory=set)  # boxes with an edge to themselves


def strands(rows: Sequence[Sequence[str]], ends: Sequence[Key], *, knots: bool = True) -> Strands:
    """The strands of *ends* through *rows* of names; without *knots* they go straight from end to end."""
    names = [name for row in rows for name in row]
    number = {name: index for index, name in enumerate(names)}
    made = Strands(
        names=names,
        rows=[[number[name] for name in row] for row in rows],
        row=[index for index, row in enumerate(rows) for _ in row],
        above=[[] for _ in names],
        below=[[] for _ in names],
    )
    for key in ends:
        first, last = number[key[0]], number[key[1]]
        if first == last:
            made.loops.add(first)
            continue
        if made.row[first] == made.row[last]:
            made.level[key] = first, last
            continue
        if made.row[first] > made.row[last]:
            first, last = last, first
        run = [first]
        for row in range(made.row[first] + 1, made.row[last] if knots else 0):
            knot = len(made.row)
            made.row.append(row)
            made.rows[row].append(knot)
            made.above.append([])
            made.below.append([])
            run.append(knot)
        run.append(last)
        for one, other in pairwise(run):
            made.below[one].append(other)
            made.above[other].append(one)
        made.runs[key] = run
    return made


# --- what crosses --------------------------------------------------------------------------------------------------


def crossed(made: Strands) -> int:
    """How often strands cross, those from one box included; an edge within a row crosses what ends between its ends."""
    place = _places(made)
    count = 0
    for row in made.rows[:-1]:
        met: list[int] = []
        for one in row:
            found = [place[other] for other in made.below[one]]
            count += sum(len(met) - bisect_right(met, at) for at in found)
            for at in found:
                insort(met, at)
    return count + sum(min(_between(made, place, *pair)) for pair in made.level.values())


def _places(made: Strands) -> list[int]:
    """The place of each box and knot in its row."""
    place = [0] * len(made.row)
    for row in made.rows:
        for at, one in enumerate(row):
            place[one] = at
    return place


def _between(made: Strands, place: Sequence[int], first: int, last: int) -> tuple[int, int]:
    """How many strands end between two of one row, from above and from below."""
    low, high = sorted((place[first], place[last]))
    inner = made.rows[made.row[first]][low + 1 : high]
    return sum(len(made.above[one]) for one in inner), sum(len(made.below[one]) for one in inner)


def swept(made: Strands, *, counted: bool = True) -> Strands:
    """The rows sorted by the middle of what each is connected with, down and up again; the best of them if *counted*.

    Source: Sugiyama, Tagawa and Toda 1981 (the barycentre method).
    """
    rows = [list(row) for row in made.rows]
    now = reordered(made, rows)
    place = [float(at) for at in _places(now)]
    best, fewest = [list(row) for row in rows], crossed(now) if counted else 0
    for sweep in range(12):
        near = made.below if sweep % 2 else made.above
        for row in reversed(rows) if sweep % 2 else rows:
            wanted = {one: sum(place[other] for other in near[one]) / len(near[one]) for one in row if near[one]}
            row.sort(key=lambda one: wanted.get(one, place[one]))
            for at, one in enumerate(row):
                place[one] = at
        if not counted or (count := crossed(now)) < fewest:
            best, fewest = [list(row) for row in rows], count if counted else 0
    return reordered(made, best)


def reordered(made: Strands, rows: list[list[int]]) -> Strands:
    """*made* with its rows in another order."""
    return replace(made, rows=rows)


# --- where they stand ----------------------------------------------------------------------------------------------


def least_width(made: Strands, lane: float) -> float:
    """What the widest row needs."""
    wide = _halves(made, lane)
    return max((sum(2 * wide[one] for one in row) for row in made.rows), default=0.0)


def _halves(made: Strands, lane: float) -> list[float]:
    """Half of what each box, with the gap beside it, and each knot takes of its row."""
    boxes = [(box_width(name) + GAP) / 2 + LOOP * (one in made.loops) for one, name in enumerate(made.names)]
    return boxes + [lane / 2] * (len(made.row) - len(made.names))


def stood(made: Strands, lane: float) -> list[float]:
    """The place from the left of each box and knot: its strands as upright as its row and the widest row allow."""
    wide, room = _halves(made, lane), least_width(made, lane)
    x = [0.0] * len(made.row)
    for row in made.rows:
        at = (room - sum(2 * wide[one] for one in row)) / 2
        for one in row:
            x[one] = at + wide[one]
            at += 2 * wide[one]
    _pulled(made, wide, room, x, {})
    return x


def _pulled(made: Strands, wide: Sequence[float], room: float, x: list[float], held: Mapping[int, float]) -> None:
    """Move what is not *held* at its place to where its strands are most upright.

    Each row in turn is put where its pieces are shortest in its order (isotonic regression by pooling neighbours), a
    piece counting the less the longer it is, so that a strand bends seldom instead of everywhere.
    """
    boxes = len(made.names)
    shifts, spare = [], []
    for row in made.rows:
        at, shift = 0.0, []
        for one in row:
            shift.append(at + wide[one])
            at += 2 * wide[one]
        shifts.append(shift)
        spare.append(room - at)
    near = [
        [(other, STRAIGHT[(one >= boxes) + (other >= boxes)]) for other in (*made.above[one], *made.below[one])]
        for one in range(len(made.row))
    ]
    for first, last in made.level.values():
        near[first].append((last, STRAIGHT[0]))
        near[last].append((first, STRAIGHT[0]))
    numbers = range(len(made.rows))
    for sweep in range(SWEEPS):
        smooth = FAR * (NEAR / FAR) ** (sweep / (SWEEPS - 1))
        for number in reversed(numbers) if sweep % 2 else numbers:
            row, shift, most = made.rows[number], shifts[number], spare[number]
            pools: list[tuple[float, float, int]] = []  # weight, weighted sum of places, members
            for one, by in zip(row, shift, strict=True):
                here = x[one]
                weight = 1e-6
                total = weight * here
                for other, straight in near[one]:
                    there = x[other]
                    pull = straight / (abs(there - here) + smooth)
                    weight += pull
                    total += pull * there
                if one in held:
                    weight, total = HELD, HELD * held[one]
                total -= weight * by
                count = 1
                while pools and pools[-1][1] * weight >= total * pools[-1][0]:
                    pooled = pools.pop()
                    weight += pooled[0]
                    total += pooled[1]
                    count += pooled[2]
                pools.append((weight, total, count))
            at = 0
            for weight, total, count in pools:
                start = min(max(total / weight, 0.0), most)
                for index in range(at, at + count):
                    x[row[index]] = start + shift[index]
                at += count
    _straighten(made, wide, room, x)
    x[:] = [held.get(one, round(2 * at) / 2) for one, at in enumerate(x)]  # halves keep a picture small


def _straighten(made: Strands, wide: Sequence[float], room: float, x: list[float]) -> None:
    """Give each strand as few bends as the free room beside its knots allows."""
    place = _places(made)

    def free(one: int) -> tuple[float, float]:
        row, at = made.rows[made.row[one]], place[one]
        low = x[row[at - 1]] + wide[row[at - 1]] + wide[one] if at else wide[one]
        high = x[row[at + 1]] - wide[row[at + 1]] - wide[one] if at + 1 < len(row) else room - wide[one]
        return low, high

    for sweep in range(4):
        for run in list(made.runs.values())[:: -1 if sweep % 2 else 1]:
            if len(run) < 3:
                continue
            half = box_width(made.names[run[0]]) / 2 - INSET
            low, high = x[run[0]] - half, x[run[0]] + half
            upright: list[int] = []
            for one in run[1:-1]:
                left, right = free(one)
                if max(low, left) > min(high, right):
                    _set(upright, low, high, x)
                    upright, low, high = [], left, right
                low, high = max(low, left), min(high, right)
                upright.append(one)
            half = box_width(made.names[run[-1]]) / 2 - INSET
            left, right = x[run[-1]] - half, x[run[-1]] + half
            if max(low, left) <= min(high, right):
                low, high = max(low, left), min(high, right)
            _set(upright, low, high, x)


def _set(upright: Sequence[int], low: float, high: float, x: list[float]) -> None:
    if upright:
        middle = sorted(x[one] for one in upright)[len(upright) // 2]
        for one in upright:
            x[one] = min(max(middle, low), high)


def rerouted(
    boxes: Mapping[str, Box], routes: Mapping[Key, Sequence[Point]], ends: Iterable[Key], room: float
) -> dict[Key, list[Point]]:
    """The curves of the edges with these *ends* where no others are drawn: the *boxes* stay, in the width of *room*.

    Edges pass boxes and one another on the side on which their *routes* do, so that no more of them cross.
    """
    heights = sorted({box.y for box in boxes.values()})
    rows = [sorted((name for name in boxes if boxes[name].y == y), key=lambda name: boxes[name].x) for y in heights]
    made = strands(rows, sorted(ends))
    x = [boxes[name].x for name in made.names] + [0.0] * (len(made.row) - len(made.names))
    for key, run in made.runs.items():
        points = line(routes[key])
        for knot in run[1:-1]:
            x[knot] = min(points, key=lambda point: abs(point[1] - heights[made.row[knot]]))[0]
    made = reordered(made, [sorted(row, key=lambda one: (x[one], one)) for row in made.rows])
    held = {one: boxes[name].x for one, name in enumerate(made.names)}
    wide = _halves(made, 0.0)
    for row in made.rows:
        _share_out(row, held, wide, room)
    _pulled(made, wide, room, x, held)
    return routed(made, x, heights)[1]


def _share_out(row: Sequence[int], held: Mapping[int, float], wide: list[float], room: float) -> None:
    """Give the knots of a row the room between its boxes, which are *held*: as much as is good, or as there is."""
    edge, waiting = 0.0, list[int]()
    for one in (*row, None):
        if one is not None and one not in held:
            waiting.append(one)
            continue
        end = room if one is None else held[one] - wide[one]
        for knot in waiting:
            wide[knot] = min(max(end - edge, 0.0) / len(waiting), WIDEST) / 2
        edge, waiting = room if one is None else held[one] + wide[one], []


# --- their curves --------------------------------------------------------------------------------------------------


def routed(
    made: Strands, x: Sequence[float], heights: Sequence[float]
) -> tuple[dict[str, Box], dict[Key, list[Point]]]:
    """The boxes, and the curve of each edge; *heights* are those of the rows' middles."""
    boxes = {name: Box(x[one], heights[made.row[one]], box_width(name)) for one, name in enumerate(made.names)}
    place = _places(made)
    sides: dict[tuple[int, bool], list[tuple[float, Key, int]]] = defaultdict(list)  # ends on the upper or lower side
    for key, run in made.runs.items():
        sides[run[0], False].append((x[run[1]], key, 0))
        sides[run[-1], True].append((x[run[-2]], key, 1))
    arcs: dict[Key, bool] = {}
    for key, (first, last) in made.level.items():
        if not _straight_to(made, place, boxes, first, last):
            from_above, from_below = _between(made, place, first, last)
            arcs[key] = from_above <= from_below
            sides[first, arcs[key]].append((x[last], key, 0))
            sides[last, arcs[key]].append((x[first], key, 1))
    port: dict[tuple[Key, int], float] = {}
    for (one, _), found in sides.items():
        found.sort()
        box = boxes[made.names[one]]
        places = _apart([at for at, _, _ in found], box.left + INSET, box.right - INSET)
        port |= {(key, end): at for at, (_, key, end) in zip(places, found, strict=True)}
    routes: dict[Key, list[Point]] = {}
    for key, run in made.runs.items():
        points = [(port[key, 0], boxes[made.names[run[0]]].bottom)]
        for one in run[1:-1]:
            _down(points, x[one], heights[made.row[one]] - HEIGHT / 2)
            _down(points, x[one], heights[made.row[one]] + HEIGHT / 2)
        _down(points, port[key, 1], boxes[made.names[run[-1]]].top)
        routes[key] = points if made.names[run[0]] == key[0] else points[::-1]
    for key in made.level:
        start, end = boxes[key[0]], boxes[key[1]]
        if key in arcs:
            away = -1 if arcs[key] else 1
            y = start.y + away * HEIGHT / 2
            u, v = port[key, 0], port[key, 1]
            turn = y + away * min(24 + abs(u - v) * 0.06, 1.2 * (ROW - HEIGHT))
            routes[key] = [(u, y), (u, turn), (v, turn), (v, y)]
        else:
            right = start.x < end.x
            u, v = (start.right, end.left) if right else (start.left, end.right)
            y = start.y + (0.0 if key[::-1] not in made.level else 5.0 if right else -5.0)
            routes[key] = [(u, y), (u + (v - u) / 3, y), (v - (v - u) / 3, y), (v, y)]
    return boxes, routes


def _straight_to(made: Strands, place: Sequence[int], boxes: dict[str, Box], first: int, last: int) -> bool:
    """Whether nothing but strands stands between two of a row that are near each other."""
    low, high = sorted((place[first], place[last]))
    inner = made.rows[made.row[first]][low + 1 : high]
    one, other = boxes[made.names[first]], boxes[made.names[last]]
    near = abs(one.x - other.x) < (one.width + other.width) / 2 + BESIDE
    return near and all(each >= len(made.names) for each in inner)


def _down(points: list[Point], x: float, y: float) -> None:
    """Go on to a point further down, upright at both ends; a straight piece becomes longer."""
    last_x, last_y = points[-1]
    if last_x != x:
        middle = (last_y + y) / 2
        points += [(last_x, middle), (x, middle), (x, y)]
        return
    if len(points) > 3 and points[-4][0] == x == points[-3][0]:
        del points[-3:]
    start = points[-1][1]
    points += [(x, start + (y - start) / 3), (x, y - (y - start) / 3), (x, y)]


def _apart(wanted: Sequence[float], low: float, high: float) -> Iterator[float]:
    """Places near those that are *wanted*, which are sorted, between *low* and *high* and apart from one another."""
    gap = min(APART, (high - low) / max(len(wanted) - 1, 1))
    pools: list[tuple[float, int]] = []
    for index, at in enumerate(wanted):
        total, count = min(max(at, low), high) - gap * index, 1
        while pools and pools[-1][0] * count >= total * pools[-1][1]:
            pooled = pools.pop()
            total, count = total + pooled[0], count + pooled[1]
        pools.append((total, count))
    index = 0
    for total, count in pools:
        start = min(max(total / count, low), high - gap * (len(wanted) - 1))
        for _ in range(count):
            yield round(2 * (start + gap * index)) / 2
            index += 1


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
