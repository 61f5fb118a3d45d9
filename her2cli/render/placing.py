"""How a layout is made: rows by the pathway, their order by Graphviz, places and curves by what passes them.

Graphviz is asked as the program `graphviz-pure` (a wheel, the same bytes everywhere) or as a system's `dot`, and only
for the order within the rows: the fewest crossings are its art, while its places and curves take most of its time and
make dense pathways several screens wide. Without it the rows are ordered by a simple method.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import log
from pathlib import Path

from her2cli.errors import LimitError
from her2cli.model import Pathway
from her2cli.render.rows import (
    GUTTER,
    LOWEST,
    MARGIN,
    NARROW,
    PLACED,
    ROW,
    TASTES,
    Band,
    Box,
    Key,
    Layout,
    Point,
    band_of,
    plain,
    rows,
)
from her2cli.render.strands import Strands, crossed, least_width, reordered, rerouted, routed, stood, strands, swept

PAGE = 0.9  # the width of a page, to its height
WIDEST = 1400.0  # a picture whose labels are read on a screen
DENSE = 300  # edges from which on they pass closer together, and one way is tried: each takes its time
MOST_KNOTS = 12_000  # of edges in rows that they pass; beyond, edges go straight from end to end
MOST_SPECIES = 1200
LARGEST = 6000  # species of a picture
PATIENCE = 60  # seconds; it takes a tenth of one on an idle machine
FEW = 80  # edges up to which each that passes a row has so much room that the eye can follow it alone
WIDE_LANE, LANE, DENSE_LANE = 8.0, 4.0, 2.0  # between edges that pass a row

Bands = Sequence[tuple[str, list[list[str]]]]  # each with its rows


def placed(pathway: Pathway, ends: Sequence[Key] = ()) -> Layout:
    """The layout of *pathway*, made now. Raises `LimitError` for one that is too large to be drawn.

    Its rows are those of its own edges; *ends* are those of all that are drawn, where they are more.
    """
    if len(pathway.species) > LARGEST:
        raise LimitError(
            f"{len(pathway.species):,} species are too many for a picture; at most {LARGEST:,} are drawn. "
            "Draw a part: --trace NAME."
        )
    ends = ends or list(dict.fromkeys((edge.source, edge.target) for edge in pathway.edges))
    program = engine()
    if len(pathway.species) > MOST_SPECIES:
        return _large(rows(pathway), ends)
    if not program:
        remark = "without Graphviz more edges cross than need to: pip install 'her2cli[draw]'"
    else:
        try:
            return _best(program, pathway, ends)
        except subprocess.TimeoutExpired:
            remark = f"{Path(program).stem} took longer than {PATIENCE} s; more edges cross than need to"
        except (subprocess.SubprocessError, OSError, ValueError):
            remark = f"{Path(program).stem} did not order this pathway; more edges cross than need to"
    return in_rows(rows(pathway), ends, remark)


def part(
    pathway: Pathway,
    ends: set[Key],
    names: set[str],
    starts: Collection[str] = (),
    *,
    goal: str = "",
    up: bool = False,
) -> Layout:
    """The layout of a part alone, the edges with these *ends* and their species and *names*: as compact as it can be.

    What the signal reaches first from *starts* stands above what it reaches later; where it is followed *up*, it runs
    to them. *goal*, if there is one, is reached last.
    """
    names = names | {name for pair in ends for name in pair}
    pairs = list(dict.fromkeys(pair for edge in pathway.edges if (pair := (edge.source, edge.target)) in ends))
    onward = set(_onward(pairs, starts, up)) or ends
    ends_in = {goal: -len(names) if up else len(names)} if goal in names else {}
    drawn = replace(
        pathway,
        species={name: one for name, one in pathway.species.items() if name in names},
        edges=tuple(edge for edge in pathway.edges if (edge.source, edge.target) in onward),
        layout=dict.fromkeys(starts, len(names) if up else -len(names)) | ends_in,  # at the end of their band
    )
    return placed(drawn, pairs)


def _onward(pairs: Sequence[Key], starts: Collection[str], up: bool) -> Iterator[Key]:
    """Those of *pairs* that lead further from *starts*, or where they are followed *up*, nearer to them."""
    near: dict[str, list[str]] = defaultdict(list)
    for source, target in pairs:
        near[target if up else source].append(source if up else target)
    depth, waiting = dict.fromkeys(starts, 0), list(starts)
    for one in waiting:
        for other in near[one]:
            if other not in depth:
                depth[other] = depth[one] + 1
                waiting.append(other)
    for source, target in pairs:
        first, last = (target, source) if up else (source, target)
        if depth.get(first, 0) < depth.get(last, 0):
            yield source, target


def within(whole: Layout, ends: set[Key], names: set[str]) -> Layout:
    """*whole* with the edges of these *ends* alone: between the boxes of *names*, which stay, they run straighter."""
    found = rerouted({name: whole.boxes[name] for name in names}, whole.routes, ends, whole.width)
    plainly = {key: tuple((plain(x), plain(y)) for x, y in route) for key, route in found.items()}
    return replace(whole, routes={key: plainly.get(key, whole.routes[key]) for key in whole.routes if key in ends})


def _lane(ends: Sequence[Key]) -> float:
    return WIDE_LANE if len(ends) <= FEW else LANE if len(ends) <= DENSE else DENSE_LANE


def _best(program: str, pathway: Pathway, ends: Sequence[Key]) -> Layout:
    """Of a few ways to make rows and to order them the one that is easiest to read."""
    in_places = len({band_of(pathway, name) for name in pathway.species}) > 1
    tastes = TASTES if len(ends) <= DENSE else (PLACED if in_places else NARROW,)
    tried: list[Bands] = [rows(pathway, taste) for taste in tastes]
    tried = [bands for number, bands in enumerate(tried) if bands not in tried[:number]]
    if not in_places and len(ends) <= DENSE:  # then the rows may be Graphviz's, too
        tried.append([(tried[0][0][0], _rows_by(program, sorted(pathway.species), ends))])
    lane = _lane(ends)
    knotted = [strands(_flat(bands), ends) for bands in tried]
    if min(len(made.row) for made in knotted) > MOST_KNOTS:
        return _large(tried[0], ends)
    with ThreadPoolExecutor() as pool:  # they wait for Graphviz, each for its own process
        made = list(pool.map(lambda each: _ordered_by(program, each), knotted))
    best = min(range(len(made)), key=lambda number: (_cost(made[number], lane), number))
    return _finished(tried[best], made[best], ends, lane, engine=Path(program).stem)


def _flat(bands: Bands) -> list[list[str]]:
    return [row for _, band in bands for row in band]


def _cost(made: Strands, lane: float) -> float:
    """How hard a layout is to read: crossings, edges that run up, and its shape."""
    wide, high = least_width(made, lane) + MARGIN, len(made.rows) * ROW
    shape = max(abs(log(wide / high / PAGE)) - log(2), 0) + 2 * max(log(wide / WIDEST), 0)
    up = sum(made.names[run[0]] != key[0] for key, run in made.runs.items())
    return (crossed(made) + up / 4 + 1) * (1 + shape / 4)


def engine() -> str:
    """The path of graphviz-pure, else of `dot`; empty where there is neither."""
    beside = Path(sys.executable).with_name("graphviz-pure.exe" if os.name == "nt" else "graphviz-pure")
    return str(beside) if beside.is_file() else shutil.which("graphviz-pure") or shutil.which("dot") or ""


# --- by Graphviz ---------------------------------------------------------------------------------------------------


def _ordered_by(program: str, made: Strands) -> Strands:
    """The rows in Graphviz's order: every knot is a node, so that no edge is longer than a row or needs a curve."""
    lines = [_HEAD.format(effort=1 if len(made.runs) > DENSE else 2)]
    for number, row in enumerate(made.rows):
        lines.append(f"{{rank=same;a{number} [style=invis];{';'.join(map(str, row))}}}")
    lines += [f"a{number}->a{number + 1} [style=invis weight=0]" for number in range(len(made.rows) - 1)]
    lines += [f"{one}->{other}" for one, near in enumerate(made.below) for other in near]
    lines += [f"{first}->{last} [constraint=false]" for first, last in made.level.values()]
    x = {one: at for one, (at, _) in _asked(program, lines).items()}
    if len(x) < len(made.row):
        raise ValueError("an incomplete order")
    return reordered(made, [sorted(row, key=x.__getitem__) for row in made.rows])


def _rows_by(program: str, names: Sequence[str], ends: Sequence[Key]) -> list[list[str]]:
    """The rows that Graphviz would make (the total length of the edges is least)."""
    number = {name: index for index, name in enumerate(names)}
    lines = [_HEAD.format(effort=0.1), *map(str, range(len(names)))]
    lines += [f"{number[source]}->{number[target]}" for source, target in ends if source != target]
    found: dict[float, list[str]] = defaultdict(list)
    for one, (_, y) in _asked(program, lines).items():
        found[-y].append(names[one])
    if sum(map(len, found.values())) < len(names):
        raise ValueError("incomplete rows")
    return [sorted(found[y]) for y in sorted(found)]


_HEAD = (
    'digraph g {{\ngraph [nodesep=0.02 ranksep=0.02 splines="" nslimit=0 mclimit={effort}]\n'
    'node [shape=box fixedsize=true width=0.1 height=0.1 label=""]'
)


def _asked(program: str, lines: Sequence[str]) -> dict[int, Point]:
    """Where Graphviz puts each numbered node of a graph."""
    done = subprocess.run(
        [program, "-Tplain"], input="\n".join([*lines, "}"]).encode(), capture_output=True, timeout=PATIENCE, check=True
    )
    words = (line.split() for line in done.stdout.decode().splitlines())
    return {int(word[1]): (float(word[2]), float(word[3])) for word in words if word[0] == "node" and word[1].isdigit()}


# --- without Graphviz ----------------------------------------------------------------------------------------------


def in_rows(bands: Bands, ends: Sequence[Key], remark: str = "") -> Layout:
    """The layout in these rows, ordered without Graphviz."""
    made = strands(_flat(bands), ends)
    if len(made.row) > MOST_KNOTS:
        return _large(bands, ends)
    lane = _lane(ends)
    return _finished(bands, swept(made), ends, lane, engine="rows", remark=remark)


def _large(bands: Bands, ends: Sequence[Key]) -> Layout:
    """Plain rows, with curves straight from end to end."""
    remark = "so large a pathway stands in plain rows, whose edges may pass behind boxes; --trace NAME draws a part"
    made = swept(strands(_flat(bands), ends, knots=False), counted=False)
    return _finished(bands, made, ends, LANE, engine="rows", remark=remark)


# --- both ----------------------------------------------------------------------------------------------------------


def _finished(
    bands: Bands, made: Strands, ends: Sequence[Key], lane: float, *, engine: str, remark: str = ""
) -> Layout:
    """The layout with its bands, loops and margins."""
    stripes, heights, top = [], [], 0.0
    for name, band in bands:
        high = len(band) * ROW
        room = max(high, LOWEST if name else 0.0)
        stripes.append(Band(name, plain(top), plain(top + room)))
        heights += [top + (room - high) / 2 + ROW * (number + 0.5) for number in range(len(band))]
        top += room
    boxes, routes = routed(made, stood(made, lane), heights)
    curves = {key: routes[key] if key in routes else _loop(boxes[key[0]]) for key in ends}
    xs = [x for route in curves.values() for x, _ in route]
    gutter = GUTTER if any(stripe.name for stripe in stripes) else 0.0
    left = min([*(box.left for box in boxes.values()), *xs], default=0.0) - MARGIN / 2 - gutter
    right = max([*(box.right for box in boxes.values()), *xs], default=0.0)
    return Layout(
        width=plain(right - left + MARGIN / 2),
        height=plain(top),
        bands=tuple(stripes),
        boxes={name: replace(box, x=plain(box.x - left), y=plain(box.y)) for name, box in boxes.items()},
        routes={key: tuple((plain(x - left), plain(y)) for x, y in route) for key, route in curves.items()},
        engine=engine,
        remark=remark,
    )


def _loop(box: Box) -> list[Point]:
    """From a box back to itself, on its right."""
    out = box.right + 12
    return [(box.right, box.y + 5), (out, box.y + 12), (out, box.y - 12), (box.right, box.y - 5)]
