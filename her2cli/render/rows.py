"""What a picture is laid out of: boxes, bands and routes, their sizes, and the rows of species down the signal.

Rows depend on the pathway alone. Where in its row a species stands, and how edges run, is for `placing` and `strands`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from her2cli.model import Pathway
from her2cli.render.lettering import width

Point = tuple[float, float]
Key = tuple[str, str]  # an edge by its ends

BANDS = ("extracellular", "membrane", "cytosol", "nucleus", "phenotype")  # from the top
SIZE = 12.0  # of a label
HEIGHT = 28.0  # of a box
PAD = 8.0  # between a label and its box, on either side
LEAST = 40.0  # the narrowest box
GAP = 10.0  # between boxes of a row
ROW = 64.0  # from row to row
MARGIN = 28.0  # above, below and beside what is drawn
GUTTER = 26.0  # for the names of the bands, on the left
LOWEST = 84.0  # a band has room for its name


@dataclass(frozen=True, slots=True)
class Box:
    """The rectangle of a species, by its middle."""

    x: float
    y: float
    width: float
    height: float = HEIGHT

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Band:
    """A place in the cell: a stripe over the whole width."""

    name: str  # empty where the pathway gives no places
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Boxes by species, and for each edge the points of its cubic Bézier curve: an end, then three for each piece.

    `engine` says what made it; `remark` what the reader should know of that, if anything.
    """

    width: float
    height: float
    bands: tuple[Band, ...]
    boxes: Mapping[str, Box]
    routes: Mapping[Key, tuple[Point, ...]]
    engine: str = ""
    remark: str = ""


def band_of(pathway: Pathway, name: str) -> str:
    """The band of a species: its place in the cell; phenotypes have their own."""
    species = pathway.species[name]
    return BANDS[-1] if species.is_phenotype else species.location


def nudges(pathway: Pathway) -> Mapping[str, int]:
    """How many rows further down (or up) than the edges say a species is drawn, where its file wants so."""
    return pathway.layout


def box_width(name: str) -> float:
    """The width of the box of *name*, whose label may be bold."""
    return round(max(width(name, SIZE, bold=True), width(name, SIZE)) + 2 * PAD + 0.05, 1) if len(name) > 3 else LEAST


class Taste(NamedTuple):
    """One way to make rows: how wide they may be, and what an edge costs that does not go one row down."""

    wide: float  # of boxes and gaps in one row; the edges that pass between them need as much again
    more: int = 0  # rows of each band beyond those that its boxes need
    level: float = 2.5  # the cost of an edge within a row
    up: float = 1.0  # the cost of each row that an edge runs up; one that it passes on its way down costs 1


# Small differences in the rows make large ones in the crossings, so that a few ways are tried and the best is kept.
PLACED = Taste(820, 1, up=0.5)  # for pathways with places in the cell
NARROW = Taste(560, 0, level=20)  # few edges within a row, whose crossings are many
TASTES = (PLACED, NARROW, Taste(560, 4, level=8))


def rows(pathway: Pathway, taste: Taste = TASTES[0]) -> list[tuple[str, list[list[str]]]]:
    """Each band that has species, from the top, with its rows, each in alphabetical order.

    A target is wanted one row below each of its sources: the heights are those that miss this least (least squares),
    within each band; then single species move where that saves rows that an edge passes or turns back over.
    """
    edges = sorted({(edge.source, edge.target) for edge in pathway.edges if edge.source != edge.target})
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(pathway.species):
        found[band_of(pathway, name)].append(name)
    order = sorted(found, key=lambda band: (BANDS.index(band) if band in BANDS else len(BANDS) - 2.5, band))
    counts = {band: _row_count(found[band], edges, taste) for band in order}
    tops: dict[str, int] = {}
    for band in order:
        tops[band] = sum(counts[other] for other in order[: order.index(band)])
    heights = _heights(found, edges, tops, counts)
    for name, by in nudges(pathway).items():
        if name in heights:
            heights[name] += by
    row_of: dict[str, int] = {}
    for band in order:
        members = sorted(found[band], key=lambda name: (heights[name], name))
        row_of |= {name: tops[band] + row for name, row in _filled(members, counts[band])}
    fixed = set(nudges(pathway))
    _improved(row_of, edges, {name: band for band in order for name in found[band]}, tops, counts, fixed, taste)
    result = []
    for band in order:
        made = [[name for name in found[band] if row_of[name] == tops[band] + row] for row in range(counts[band])]
        result.append((band, [row for row in made if row]))
    return result


def _row_count(names: Sequence[str], edges: Sequence[Key], taste: Taste) -> int:
    """As many rows as the boxes of a band need, and one more for signal that runs on within it."""
    inside = set(names)
    within = sum(source in inside and target in inside for source, target in edges)
    needed = ceil(sum(box_width(name) + GAP for name in names) / taste.wide)
    chained = 0 if not within else (1 if within < len(names) / 3 else 2)
    return max(1, min(len(names), max(needed + min(chained, 1), 1 + chained) + taste.more * (within > 0)))


def _heights(
    found: Mapping[str, Sequence[str]], edges: Sequence[Key], tops: Mapping[str, int], counts: Mapping[str, int]
) -> dict[str, float]:
    """Gauss and Seidel's sweeps over the least-squares equations, each height kept within its band."""
    pulls: dict[str, list[str]] = defaultdict(list)
    shift: dict[str, int] = defaultdict(int)
    for source, target in edges:
        pulls[target].append(source)
        pulls[source].append(target)
        shift[target] += 1
        shift[source] -= 1
    band = {name: key for key, names in found.items() for name in names}
    heights = {name: tops[key] + (counts[key] - 1) / 2 for name, key in band.items()}
    for _ in range(30):
        for name, key in band.items():
            if name in pulls:
                wanted = (sum([heights[other] for other in pulls[name]]) + shift[name]) / len(pulls[name])
                heights[name] = min(max(wanted, tops[key] - 0.5), tops[key] + counts[key] - 0.5)
    return heights


def _filled(members: Sequence[str], count: int) -> Iterable[tuple[str, int]]:
    """Members in their order, cut into *count* rows of about the same width."""
    widths = [box_width(name) + GAP for name in members]
    total, used = sum(widths), 0.0
    for name, wide in zip(members, widths, strict=True):
        yield name, min(int((used + wide / 2) / total * count), count - 1)
        used += wide


def _improved(
    row_of: dict[str, int],
    edges: Sequence[Key],
    band: Mapping[str, str],
    tops: Mapping[str, int],
    counts: Mapping[str, int],
    fixed: set[str],
    taste: Taste,
) -> None:
    """Move single species to another row of their band as long as that makes the edges shorter."""
    near: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for source, target in edges:
        near[source].append((target, True))
        near[target].append((source, False))
    filled: dict[int, float] = defaultdict(float)
    for name, row in row_of.items():
        filled[row] += box_width(name) + GAP

    def cost(name: str, row: int) -> float:
        spans = (row_of[other] - row if down else row - row_of[other] for other, down in near[name])
        return sum(_strain(span, taste) for span in spans)

    for _ in range(8):
        moved = False
        for name in sorted(near):
            if name in fixed:
                continue
            top, here, wide = tops[band[name]], row_of[name], box_width(name) + GAP
            free = [
                row for row in range(top, top + counts[band[name]]) if row == here or filled[row] + wide <= taste.wide
            ]
            best = min(free, key=lambda row: (cost(name, row), row != here, row))
            if best != here:
                filled[here] -= wide
                filled[best] += wide
                row_of[name] = best
                moved = True
        if not moved:
            break


def _strain(span: int, taste: Taste) -> float:
    """What an edge costs that ends *span* rows below its start."""
    if span > 0:
        return span - 1.0
    return taste.level if span == 0 else taste.up * (1.0 - span)


def plain(number: float) -> float:
    """*number* as it is written: to a tenth."""
    return round(number, 1) + 0.0
