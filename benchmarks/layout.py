"""How good the layouts are: edges that cross, edges behind boxes, labels that do not fit, size and time.

Run `python benchmarks/layout.py [FILE ...]`. Measured are the shipped pathways and the files, each as it is drawn (rows
by place, ordered and routed by graphviz-pure), in our plain rows, and by Graphviz alone, which is free to place every
species where it wants. Labels are measured in bold with the shipped font; `dot` draws them in its own Helvetica.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice, pairwise
from pathlib import Path

from her2cli import formats
from her2cli.model import Pathway
from her2cli.render import placing
from her2cli.render.lettering import width
from her2cli.render.rows import Box, Key, Layout, Point, box_width, rows
from her2cli.render.strands import line as points_of

SLICE = 16.0  # heights whose lines are compared with each other


def free(pathway: Pathway) -> Layout:
    """What Graphviz makes of the same boxes and edges when nothing is asked of it."""
    names = list(pathway.species)
    number = {name: index for index, name in enumerate(names)}
    ends = list(dict.fromkeys((edge.source, edge.target) for edge in pathway.edges if edge.source != edge.target))
    lines = ["digraph g {", 'node [shape=box fixedsize=true height=0.3889 label=""]', "edge [arrowhead=none]"]
    lines += [f"n{number[name]} [width={box_width(name) / 72:.4f}]" for name in names]
    lines += [f"n{number[source]} -> n{number[target]}" for source, target in ends]
    text = "\n".join([*lines, "}"]).encode()
    done = subprocess.run([placing.engine(), "-Tplain"], input=text, capture_output=True, check=True).stdout.decode()
    boxes, routes, size = {}, {}, (0.0, 0.0)
    for line in done.splitlines():
        words = line.split()
        if words[0] == "graph":
            size = float(words[2]) * 72, float(words[3]) * 72
        elif words[0] == "node":
            name = names[int(words[1][1:])]
            boxes[name] = Box(float(words[2]) * 72, float(words[3]) * 72, box_width(name))
        elif words[0] == "edge":
            points = [float(word) * 72 for word in words[4 : 4 + 2 * int(words[3])]]
            key = names[int(words[1][1:])], names[int(words[2][1:])]
            routes[key] = tuple(zip(points[::2], points[1::2], strict=True))
    return Layout(width=size[0], height=size[1], bands=(), boxes=boxes, routes=routes, engine="dot alone")


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
    for x, y in points_of(route):
        for name, box in at.get(int(y // SLICE), ()):
            if box.left < x < box.right and box.top < y < box.bottom and name not in key:
                found[name] = None
    return list(found)


def crossings(made: Layout, steps: int = 8) -> int:
    """How often two edges cross, those that share an end left out; each piece of a curve counts as *steps* lines."""
    slices: dict[int, list[tuple[float, float, float, float, Key]]] = defaultdict(list)  # by height, from the left
    for key, route in made.routes.items():
        for (x, y), (u, v) in pairwise(points_of(route, steps)):
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


def report(name: str, made: Layout, seconds: float) -> None:
    outside = sum(width(key, 12, bold=True) > box.width - 4 for key, box in made.boxes.items())
    print(
        f"{name[:28]:28} {made.engine:14} {len(made.boxes):5} {len(made.routes):5} {crossings(made):9} "
        f"{len(through(made)):6} {outside:7} {made.width:6.0f} x {made.height:5.0f} {seconds:7.2f}"
    )


def main(files: list[str]) -> None:
    print(
        f"{'pathway':28} {'made by':14} {'boxes':>5} {'edges':>5} {'crossings':>9} {'behind':>6} {'outside':>7}"
        f" {'size':>14} {'seconds':>7}"
    )
    for file in ["her2", "erbb", *files]:
        pathway = formats.load(file)
        ends = list(dict.fromkeys((edge.source, edge.target) for edge in pathway.edges))
        for make in (placing.placed, partial(in_rows, ends=ends), free):
            start = time.perf_counter()
            made = make(pathway)
            report(Path(file).stem, made, time.perf_counter() - start)


def in_rows(pathway: Pathway, ends: list[tuple[str, str]]) -> Layout:
    """Our rows without Graphviz."""
    return placing.in_rows(rows(pathway), ends)


if __name__ == "__main__":
    main(sys.argv[1:])
