"""Where everything of a pathway stands in a picture: bands by place, rows down the signal, routes around boxes.

Places depend on the pathway alone, never on a scenario, so that its pictures can be laid over each other. The rows are
made in `rows`; within them Graphviz orders the species and routes the edges (`placing`). The shipped pathways carry
their layout, made when the package is built and known by the hash of what it was made from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import accumulate

from her2cli.model import Pathway
from her2cli.render import placing
from her2cli.render.rows import (
    GAP,
    GUTTER,
    HEIGHT,
    LEAST,
    LOWEST,
    MARGIN,
    PAD,
    ROW,
    SIZE,
    Band,
    Box,
    Layout,
    Point,
    band_of,
    nudges,
)

FOLDER = "layouts"  # beside the YAML of the shipped pathways, in a wheel
MADE_BY = 6  # goes up when places, or how they are written, change for the same pathway: older layouts are made anew


def layout(pathway: Pathway) -> Layout:
    """The places of *pathway*: those that it carries, else made by graphviz-pure, else by `dot`, else in plain rows.

    Raises `LimitError` for a pathway that is too large to be drawn.
    """
    return shipped(pathway) or placing.placed(pathway)


# --- the form in which a layout is shipped -------------------------------------------------------------------------


def fingerprint(pathway: Pathway) -> str:
    """The hash of all that a layout depends on: names, places and ends of edges, and how it is made."""
    species = [(key, band_of(pathway, key)) for key in pathway.species]
    edges = sorted({(edge.source, edge.target) for edge in pathway.edges})
    how = (MADE_BY, SIZE, HEIGHT, PAD, LEAST, GAP, ROW, MARGIN, GUTTER, LOWEST)
    text = json.dumps([how, species, edges, sorted(nudges(pathway).items())], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def shipped(pathway: Pathway) -> Layout | None:
    """The layout that was made for *pathway* when the package was built; None where it has changed since."""
    from her2cli.loading import library, pathway_names

    file = library().shipped.joinpath(FOLDER, f"{pathway.name}.json")
    if pathway.name not in pathway_names() or not file.is_file():
        return None
    data = json.loads(file.read_bytes())
    if data["of"] != fingerprint(pathway):
        return None
    return Layout(
        width=data["width"],
        height=data["height"],
        bands=tuple(Band(*each) for each in data["bands"]),
        boxes={name: Box(*each) for name, each in data["boxes"].items()},
        routes={(source, target): _points(steps) for source, target, *steps in data["routes"]},
        engine=data["engine"],
    )


def _points(steps: Sequence[int]) -> tuple[Point, ...]:
    """The points of a route, of which `_steps` has the tenths from one to the next."""
    return tuple(zip(*([at / 10 for at in accumulate(steps[first::2])] for first in (0, 1)), strict=True))


def _steps(route: Sequence[Point]) -> Iterator[int]:
    """How far it is to each point of *route* from the one before, in tenths: most are 0 one way."""
    before = (0, 0)
    for x, y in route:
        here = (round(10 * x), round(10 * y))
        yield from (here[0] - before[0], here[1] - before[1])
        before = here


def written(pathway: Pathway, made: Layout) -> str:
    """*made* as it is shipped beside *pathway*."""
    data = {
        "of": fingerprint(pathway),
        "engine": made.engine,
        "width": made.width,
        "height": made.height,
        "bands": [(band.name, band.top, band.bottom) for band in made.bands],
        "boxes": {name: (box.x, box.y, box.width) for name, box in made.boxes.items()},
        "routes": [(*ends, *_steps(route)) for ends, route in made.routes.items()],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


# --- bands and rows ------------------------------------------------------------------------------------------------
