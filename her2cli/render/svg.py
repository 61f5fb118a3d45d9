"""A layout as SVG: text is text, everything has a title, and the same picture is the same bytes.

What is on is dark and bold, what is off white and dashed; a share is a partly filled box with its number. Activation
ends in an arrow, inhibition in a bar, so that nothing hangs on colour. There is one style sheet, light or dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from her2cli.model import Edge, Effect, Pathway
from her2cli.render.labels import Ground, Label, labels
from her2cli.render.lettering import FAMILY, shortened, width
from her2cli.render.rows import GUTTER, SIZE, Band, Box, Key, Layout, Point, plain

NARROWEST = 480.0  # of a picture, for its title and its legend
NEARLY = 0.05  # a share this close to none or all is drawn as off or on
NOTICEABLE = 0.1  # a share that differs by more than this from the other scenario's has flipped
FONTS = f"'{FAMILY}',Arial,Helvetica,'Liberation Sans',Arimo,sans-serif"

# Told apart by colour-blind eyes and in grey; text on each fill has a contrast of at least 4.5 (WCAG 2.2).
LIGHT = {
    "paper": "#ffffff",
    "ink": "#16202b",
    "quiet": "#4c5866",
    "extracellular": "#edf4fc",
    "membrane": "#fdf3e0",
    "cytosol": "#edf7ef",
    "nucleus": "#f3eefb",
    "phenotype": "#f2f2f2",
    "box": "#ffffff",
    "line": "#33404d",
    "on": "#12395c",
    "onink": "#ffffff",
    "part": "#9cc6ea",
    "activates": "#0b62a0",
    "inhibits": "#b23c0a",
    "flip": "#7b2ff2",
    "drug": "#6a1b9a",
    "drugink": "#ffffff",
    "alteration": "#8a4b00",
    "alterationink": "#ffffff",
}
DARK = {
    "paper": "#0f151b",
    "ink": "#e8eef4",
    "quiet": "#a9b6c3",
    "extracellular": "#13202e",
    "membrane": "#241e12",
    "cytosol": "#13231b",
    "nucleus": "#1e1930",
    "phenotype": "#1c1e21",
    "box": "#0f151b",
    "line": "#b8c4cf",
    "on": "#a9d4ff",
    "onink": "#0b1620",
    "part": "#2a5b87",
    "activates": "#6db8f2",
    "inhibits": "#ff9d70",
    "flip": "#d0a8ff",
    "drug": "#d9b3ff",
    "drugink": "#1b0b2a",
    "alteration": "#ffc078",
    "alterationink": "#241400",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One scenario of a picture: its heading, the share of each species that is on, and what acts on the cell.

    Without *shares* the pathway is drawn as it stands. *other* has the shares it is compared with: what flipped is
    marked. *agents* are the actions of its drugs and alterations; *idle* are those that something keeps from acting.
    """

    heading: str = ""
    shares: Mapping[str, float] | None = None
    other: Mapping[str, float] | None = None
    drugs: Sequence[Edge] = ()
    alterations: Sequence[Edge] = ()
    idle: Sequence[Edge] = field(default_factory=tuple)


class Picture(NamedTuple):
    """An SVG document and its size."""

    text: str
    width: float
    height: float


def picture(
    pathway: Pathway,
    layout: Layout,
    panels: Sequence[Panel] = (Panel(),),
    *,
    only: Iterable[Key] | None = None,
    alone: Iterable[str] = (),
    part_of: str = "",
    theme: str = "auto",
) -> Picture:
    """One picture with a panel for each scenario, side by side, each species at the same place in all of them.

    *only* draws these edges and their ends alone, and the species *alone*; the title then says of what they are a
    part, *part_of*. *theme* is light, dark, or auto: as the reader's screen is.
    """
    part = _Part.of(layout, None if only is None else set(only), set(alone))
    title = f"{pathway.title or pathway.name}{': ' if part_of else ''}{part_of}"
    legend = _legend(layout, panels, part)
    room = part.width * len(panels) + 16 * (len(panels) - 1)
    lines, high = _wrapped(legend, room - 24)
    heads = (
        [title] if not part_of or width(title, 15, bold=True) <= room - 24 else [pathway.title or pathway.name, part_of]
    )
    top = 20.0 * (len(heads) - 1)
    head = 30.0 + top + (20.0 if any(panel.heading for panel in panels) else 0.0)
    whole = head + part.height + high
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(room)} {number(whole)}" '
        f'width="{number(room)}" height="{number(whole)}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{_text(title)}</title>',
        f'<desc id="desc">{_text(_described(pathway, part, panels))}</desc>',
        f"<style>{style(theme)}</style>",
        MARKERS,
        f'<rect class="paper" width="{number(room)}" height="{number(whole)}"/>',
        *_heads(heads, room),
    ]
    for index, panel in enumerate(panels):
        x = index * (part.width + 16)
        if panel.heading:
            told = shortened(panel.heading, 12, part.width - 24)
            pieces.append(f'<text class="heading" x="{number(x + 12)}" y="{number(top + 40)}">{_text(told)}</text>')
        inner = "".join(drawn(pathway, layout, panel, part, prefix="" if not index else f"p{index}-"))
        place = f'x="{number(x)}" y="{number(head)}" width="{number(part.width)}" height="{number(part.height)}"'
        view = f"{number(part.left)} {number(part.top)} {number(part.width)} {number(part.height)}"
        pieces.append(f'<svg {place} viewBox="{view}">{inner}</svg>')
    pieces.append(f'<g class="legend" transform="translate(12 {number(head + part.height + 8)})">{lines}</g></svg>\n')
    return Picture("\n".join(pieces), room, whole)


def _heads(lines: Sequence[str], room: float) -> Iterator[str]:
    """The title of a picture, and below it of what the picture is a part where one line has no room for both."""
    for place, line in enumerate(lines):
        kind, size = ("heading", 12) if place else ("title", 15)
        told = shortened(line, size, room - 24, bold=not place)
        yield f'<text class="{kind}" x="12" y="{21 + 19 * place}">{_text(told)}</text>'


def style(theme: str) -> str:
    """The style sheet of a picture."""
    if theme == "auto":
        return _rules(LIGHT) + "@media (prefers-color-scheme:dark){" + _coloured(DARK) + "}"
    return _rules(DARK if theme == "dark" else LIGHT)


def _rules(colours: Mapping[str, str]) -> str:
    return (
        f"text{{font-family:{FONTS};font-size:{SIZE:g}px}}"
        ".title{font-size:15px;font-weight:bold}.heading{font-size:12px}"
        ".place{font-size:11px;text-anchor:middle}"
        # Opacity of strokes, not of elements: that would make a layer of each edge, and PNG five times as slow.
        ".edge{fill:none;stroke-width:1.3;stroke-opacity:.75}.up{stroke-dasharray:5 3}.faint{stroke-opacity:.16}"
        ".faint.activates{marker-end:url(#arrow-faint)}.faint.inhibits{marker-end:url(#bar-faint)}"
        "#arrow-faint path,#bar-faint path{fill-opacity:.2}"
        ".species rect{stroke-width:1}.species text{text-anchor:middle}.share{font-size:9px}"
        ".off rect{stroke-dasharray:3 2}.on text{font-weight:bold}"
        ".species .fill{stroke:none}.species .flipped{fill:none;stroke-width:2.4;stroke-dasharray:none}"
        ".tag text{font-size:10px;font-weight:bold;text-anchor:middle}.tag path{fill:none;stroke-width:1.8}"
        ".tag .held{stroke-width:2.4;stroke-opacity:.55}"
        ".idle rect{stroke-dasharray:2 2;stroke-width:1}"
        ".legend text{font-size:11px}" + _coloured(colours)
    )


def _coloured(colours: Mapping[str, str]) -> str:
    """What of the style sheet is colour."""
    bands = "".join(f".band.{name}{{fill:{colours[name]}}}" for name in _PLACES)
    signs = "".join(f".{sign}{{stroke:{colours[sign]}}}" for sign in ("activates", "inhibits"))
    tags = "".join(
        f".{kind} rect{{fill:{colours[kind]};stroke:{colours[kind]}}}.{kind} path{{stroke:{colours[kind]}}}"
        f".{kind} text{{fill:{colours[f'{kind}ink']}}}"
        f".idle.{kind} rect{{fill:{colours['box']}}}.idle.{kind} text{{fill:{colours[kind]}}}"
        for kind in ("drug", "alteration")
    )
    return (
        f".paper{{fill:{colours['paper']}}}text{{fill:{colours['ink']}}}.place,.heading{{fill:{colours['quiet']}}}"
        f".band{{fill:{colours['phenotype']}}}{bands}{signs}"
        f"#arrow path,#arrow-faint path{{fill:{colours['activates']}}}"
        f"#bar path,#bar-faint path{{fill:{colours['inhibits']}}}"
        f".species rect{{fill:{colours['box']};stroke:{colours['line']}}}.species text{{fill:{colours['ink']}}}"
        f".on rect{{fill:{colours['on']};stroke:{colours['on']}}}.on text{{fill:{colours['onink']}}}"
        f".species .fill{{fill:{colours['part']}}}.species .flipped{{stroke:{colours['flip']}}}"
        f".mark{{fill:{colours['flip']}}}{tags}"
    )


CORNERS = {"drug": 7, "alteration": 0}  # told apart without colour
_PLACES = ("extracellular", "membrane", "cytosol", "nucleus", "phenotype")
MARKERS = (
    "<defs>"
    + "".join(
        f'<marker id="arrow{more}" viewBox="0 0 8 7" refX="7.4" refY="3.5" markerWidth="8" markerHeight="7" '
        'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 3.5 0 7z"/></marker>'
        f'<marker id="bar{more}" viewBox="0 0 3 10" refX="2.6" refY="5" markerWidth="3" markerHeight="10" '
        'markerUnits="userSpaceOnUse" orient="auto"><path d="M0.6 0H2.6V10H0.6z"/></marker>'
        for more in ("", "-faint")
    )
    + "</defs>"
)


# --- one panel -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What of a layout is drawn: all of it, or some edges and species and the rectangle around them."""

    left: float
    top: float
    width: float
    height: float
    names: frozenset[str]
    edges: frozenset[Key]

    @classmethod
    def whole(cls, layout: Layout) -> _Part:
        names, edges = frozenset(layout.boxes), frozenset(layout.routes)
        wide = max(layout.width, NARROWEST)
        return cls(left=0.0, top=0.0, width=wide, height=layout.height, names=names, edges=edges)

    @classmethod
    def of(cls, layout: Layout, only: set[Key] | None, alone: set[str]) -> _Part:
        if only is None:
            return cls.whole(layout)
        edges = frozenset(only) & frozenset(layout.routes)
        names = (frozenset(name for ends in edges for name in ends) | alone) & frozenset(layout.boxes)
        boxes = [layout.boxes[name] for name in names]
        points = [point for key in edges for point in layout.routes[key]]
        xs = [*(box.left for box in boxes), *(box.right for box in boxes), *(x for x, _ in points)]
        ys = [*(box.top for box in boxes), *(box.bottom for box in boxes), *(y for _, y in points)]
        first, last = min(ys, default=0), max(ys, default=60)
        left, top, bottom = min(xs, default=0) - GUTTER - 14, first - 24, last + 24
        for band in layout.bands:  # the outer ones have room for their names
            if band.top <= first < band.bottom:
                top = min(top, band.bottom - _least(band))
            if band.top < last <= band.bottom:
                bottom = max(bottom, band.top + _least(band))
        needed = max(xs, default=100) + 14 - left
        wide = max(needed, NARROWEST)
        return cls(
            left=plain(left - (wide - needed) / 2),
            top=plain(top),
            width=plain(wide),
            height=plain(bottom - top),
            names=names,
            edges=edges,
        )


def drawn(pathway: Pathway, layout: Layout, panel: Panel, part: _Part, *, prefix: str = "") -> Iterator[str]:
    """The elements of one panel, in the coordinates of the layout."""
    bottom = part.top + part.height
    for band in layout.bands:
        low, high = max(band.top, part.top), min(band.bottom, bottom)
        if high > low and high - low >= _least(band):  # of one that nothing stands in a sliver is left out
            yield _stripe(band, part, low, high)
    shares = panel.shares
    yield '<g class="edges">'
    met: set[Key] = set()
    for edge in pathway.edges:
        key = (edge.source, edge.target)
        if key in part.edges:
            silent = shares is not None and shares.get(edge.source, 0.0) <= NEARLY
            yield _edge(edge, layout, silent=silent, again=key in met)
            met.add(key)
    yield '</g><g class="all-species">'
    for name in pathway.species:
        if name in part.names:
            yield _species(pathway, name, layout.boxes[name], panel, prefix)
    yield "</g>"
    yield from _tags(layout, panel, _ground(layout, part))


def _ground(layout: Layout, part: _Part) -> Ground:
    return Ground(layout, part.names, part.edges, (part.left, part.left + part.width))


def undressed(pathway: Pathway, layout: Layout) -> str:
    """The map without state, titles, the names of its parts, where they stand and the ends of edges.

    A page's own script gives them: they follow from the rest.
    """
    part = _Part.whole(layout)
    made = "".join(drawn(pathway, layout, Panel(), part))
    made = re.sub(r'<title>[^<]*</title>| marker-end="[^"]*"| class="edge [^"]*"| class="species" id="[^"]*"', "", made)
    made = re.sub(r'(?<=/>)<text x="[^"]*" y="[^"]*">', "<text>", made)  # the name stands in the middle of its box
    made = brief(made).replace('<path d="M', '<path data-way="M')
    return made.replace("></path>", "/>")


def brief(way: str) -> str:
    """The `d` of a route for a page, whose script writes out the turns: down or up a row and so far aside."""
    way = re.sub(r"c0 18( ?-?[0-9.]+) 18\1 36", lambda turn: f"d{turn[1].strip()}", way)
    return re.sub(r"c0-18( ?-?[0-9.]+)-18\1-36", lambda turn: f"u{turn[1].strip()}", way)


def _least(band: Band) -> float:
    """The least height that a band is drawn with: that of its name, or its own."""
    return min(width(band.name, 11) + 1, band.bottom - band.top)


def _stripe(band: Band, part: _Part, low: float, high: float) -> str:
    kind = f" {band.name}" if band.name in _PLACES else ""
    place = f'x="{number(part.left)}" y="{number(low)}" width="{number(part.width)}" height="{number(high - low)}"'
    stripe = f'<rect class="band{kind}" {place}/>'
    if not band.name:
        return stripe
    x, y = part.left + GUTTER / 2 + 4, (low + high) / 2
    name = shortened(band.name, 11, high - low)
    turned = f'transform="rotate(-90 {number(x)} {number(y)})"'
    return f'{stripe}<text class="place" x="{number(x)}" y="{number(y)}" {turned}>{_text(name)}</text>'


def _edge(edge: Edge, layout: Layout, *, silent: bool, again: bool) -> str:
    route = layout.routes[edge.source, edge.target]
    classes = ["edge", edge.effect.value]
    if layout.boxes[edge.source].y > layout.boxes[edge.target].y:
        classes.append("up")
    if silent:
        classes.append("faint")
    marker = "arrow" if edge.effect is Effect.activates else "bar"
    shift = ' transform="translate(3 0)"' if again else ""  # a second edge between the same two
    return (
        f'<path class="{" ".join(classes)}" d="{path(route)}" marker-end="url(#{marker})"{shift}>'
        f"<title>{_text(told(edge))}</title></path>"
    )


def told(edge: Edge) -> str:
    """An edge in words: its ends and sign, how it happens, on what evidence."""
    how = f": {edge.mechanism}" if edge.mechanism else ""
    evidence = f" [{', '.join(edge.evidence)}]" if edge.evidence else ""
    against = f", against it [{', '.join(edge.against)}]" if edge.against else ""
    status = f" ({edge.status.value})" if edge.status else ""
    return f"{edge.source} {edge.effect.arrow} {edge.target}{how}{evidence}{against}{status}"


def path(route: Sequence[Point]) -> str:
    """The `d` of a route in whole pixels: its start, then each piece from the end of the one before; upright as v."""
    points = [(round(x), round(y)) for x, y in route]
    pieces = [f"M{points[0][0]} {points[0][1]}"]
    for at in range(0, len(points) - 1, 3):
        x, y = points[at]
        if all(u == x for u, _ in points[at + 1 : at + 4]):
            pieces.append(f"v{points[at + 3][1] - y}")
            continue
        pieces.append("c" + " ".join(f"{u - x} {v - y}" for u, v in points[at + 1 : at + 4]))
    return "".join(pieces).replace(" -", "-")


def _species(pathway: Pathway, name: str, box: Box, panel: Panel, prefix: str) -> str:
    species = pathway.species[name]
    share = None if panel.shares is None else panel.shares.get(name, 0.0)
    other = None if panel.other is None else panel.other.get(name, 0.0)
    state = state_of(share)
    flipped = share is not None and other is not None and abs(share - other) > NOTICEABLE
    classes = " ".join(["species", *([state] if state else []), *(["flip"] if flipped else [])])
    title = f"{name}: {species.name or name}" + ("" if share is None else f"; {in_words(share)}")
    if flipped and other is not None:
        title += f", {in_words(other)} in the other"
    inner = f"<title>{_text(title)}</title>" + body(species.kind, name, box, share)
    if flipped and share is not None and other is not None:
        inner += _flip(box, species.kind, up=share > other)
    return f'<g class="{classes}" id="{prefix}{identifier(name)}">{inner}</g>'


def state_of(share: float | None) -> str:
    """on, off or part; empty where no state is known."""
    if share is None:
        return ""
    return "off" if share <= NEARLY else "on" if share >= 1 - NEARLY else "part"


def in_words(share: float) -> str:
    """A share as it is said."""
    return {"off": "off", "on": "on"}.get(state_of(share), f"on in {round(100 * share)} % of the cells")


def corner(kind: str, box: Box) -> float:
    """The radius of a box's corners: ligands are round, phenotypes square."""
    return box.height / 2 if kind == "ligand" else 0.0 if kind == "phenotype" else 5.0


def body(kind: str, name: str, box: Box, share: float | None) -> str:
    """The box of a species with its label, and its number where it is on in a share of the cells."""
    round_ = number(corner(kind, box))
    place = f'y="{number(box.top)}" height="{number(box.height)}" rx="{round_}"'
    pieces = [f'<rect x="{number(box.left)}" width="{number(box.width)}" {place}/>']
    base = box.y + 4.2
    if share is not None and state_of(share) == "part":
        inside = f'y="{number(box.top + 1)}" height="{number(box.height - 2)}" rx="{round_}"'
        wide = number(plain((box.width - 2) * share))
        pieces.append(f'<rect class="fill" x="{number(box.left + 1)}" width="{wide}" {inside}/>')
        pieces.append(
            f'<text class="share" x="{number(box.x)}" y="{number(box.y + 10.2)}">{round(100 * share)} %</text>'
        )
        base = box.y + 0.4
    pieces.append(f'<text x="{number(box.x)}" y="{number(base)}">{_text(name)}</text>')
    return "".join(pieces)


def _flip(box: Box, kind: str, *, up: bool) -> str:
    place = f'x="{number(box.left - 2)}" y="{number(box.top - 2)}"'
    size = f'width="{number(box.width + 4)}" height="{number(box.height + 4)}" rx="{number(corner(kind, box) + 2)}"'
    x, y = box.right - 1, box.top - 1
    tip, foot = (y - 6, y + 3) if up else (y + 4, y - 5)
    d = f"M{number(x - 5)} {number(foot)}L{number(x)} {number(tip)} {number(x + 5)} {number(foot)}z"
    return f'<rect class="flipped" {place} {size}/><path class="mark" d="{d}"/>'


def _tags(layout: Layout, panel: Panel, ground: Ground) -> Iterator[str]:
    """Drugs and alterations as labels at the species or the edge that they act on; a blocked edge is drawn over."""
    for label, rests in acting(panel, ground):
        classes = f"tag {label.kind}" + (" idle" if rests else "")
        title = said(label)
        spot = label.box
        place = f'x="{number(spot.left)}" y="{number(spot.top)}" width="{number(spot.width)}" height="{spot.height:g}"'
        text = f'<text x="{number(spot.x)}" y="{number(spot.y + 3.5)}">{_text(label.agent)}</text>'
        way = "" if rests or not label.blocked else path(layout.routes[label.blocked])
        held = f'<path class="held" d="{way}"/>' if way else ""
        yield (
            f'<g class="{classes}"><title>{_text(title)}</title>{held}<path d="{_link(label)}"/>'
            f'<rect {place} rx="{CORNERS[label.kind]}"/>{text}</g>'
        )


def acting(panel: Panel, ground: Ground) -> Iterator[tuple[Label, bool]]:
    """The labels of a panel, and whether something keeps all that one does from happening."""
    idle = {id(edge) for edge in panel.idle}
    for label in labels(ground, {"alteration": panel.alterations, "drug": panel.drugs}):
        yield label, all(id(edge) in idle for edge in label.edges)


def said(label: Label) -> str:
    """What a label does, in words."""
    return "; ".join(told(edge) for edge in label.edges)


def _link(label: Label) -> str:
    """The line from a label to what it acts on, and its end: a bar, an arrow, or a cross on an edge."""
    (x, y), (u, v) = label.foot, label.tip
    upright = x == u
    start = f"M{number(x)} {number(y)}" + (f"V{number(v)}" if upright else f"H{number(u)}")
    if label.blocked:
        a, b, c, d = (number(each) for each in (u - 4, u + 4, v - 4, v + 4))
        return f"{start}M{a} {c}L{b} {d}M{a} {d}L{b} {c}"
    if label.edges[0].effect is Effect.inhibits:
        bar = f"M{number(u - 5)} {number(v)}H{number(u + 5)}" if upright else f"M{number(u)} {number(v - 5)}v10"
        return start + bar
    if upright:
        foot = v + 4 if y > v else v - 4
        return f"{start}M{number(u - 4)} {number(foot)}L{number(u)} {number(v)} {number(u + 4)} {number(foot)}"
    foot = u + 4 if x > u else u - 4
    return f"{start}M{number(foot)} {number(v - 4)}L{number(u)} {number(v)} {number(foot)} {number(v + 4)}"


# --- around the panels ---------------------------------------------------------------------------------------------


def _legend(layout: Layout, panels: Sequence[Panel], part: _Part) -> list[tuple[float, str]]:
    """Each entry of the legend: how wide it is, and its elements, drawn from (0, 0) as the middle of its left side."""

    def labelled(sign: str, room: float, label: str) -> tuple[float, str]:
        text = f'<text x="{number(room + 5)}" y="4">{label}</text>'
        return room + 5 + width(label, 11) + 20, sign + text

    def line(effect: str, marker: str, more: str = "") -> str:
        return f'<path class="edge {effect}{more}" d="M0 0H26" marker-end="url(#{marker})"/>'

    def box(state: str, label: str, share: float | None) -> str:
        return f'<g class="species {state}">{body("", label, Box(21, 0, 42, 28 if state == "part" else 22), share)}</g>'

    entries = [
        labelled(line("activates", "arrow"), 28, "activates"),
        labelled(line("inhibits", "bar"), 28, "inhibits"),
        labelled(line("activates", "arrow", " up"), 28, "runs up"),
    ]
    if any(panel.shares is not None for panel in panels):
        entries += [
            labelled(box("on", "on", 1.0), 42, "on"),
            labelled(box("off", "off", 0.0), 42, "off"),
            labelled(box("part", "", 0.4), 42, "on in a share of the cells"),
            labelled(line("activates", "arrow", " faint"), 28, "from what is off"),
        ]
    tagged = {label.kind for panel in panels for label, _ in acting(panel, _ground(layout, part))}
    for kind in ("drug", "alteration"):
        if kind in tagged:
            tag = f'<g class="tag {kind}"><rect x="0" y="-7" width="20" height="14" rx="{CORNERS[kind]}"/></g>'
            entries.append(labelled(tag, 20, kind))
    if any(panel.other is not None for panel in panels):
        spot = Box(20, 0, 32, 18)
        sign = f'<g class="species">{_flip(spot, "", up=True)}</g>'
        entries.append(labelled(sign, 40, "differs between the two, up or down"))
    return entries


def _wrapped(entries: Sequence[tuple[float, str]], room: float) -> tuple[str, float]:
    """The entries of the legend in lines of at most *room*, and their height."""
    x, y, pieces = 0.0, 14.0, []
    for wide, entry in entries:
        if x and x + wide > room:
            x, y = 0.0, y + 30
        pieces.append(f'<g transform="translate({number(x)} {number(y)})">{entry}</g>')
        x += wide
    return "".join(pieces), y + 30


def _described(pathway: Pathway, part: _Part, panels: Sequence[Panel]) -> str:
    """The picture for those who do not see it."""
    said = [f"{len(part.names)} species and {sum((e.source, e.target) in part.edges for e in pathway.edges)} edges."]
    for panel in panels:
        if panel.shares is None:
            continue
        shown = [name for name in pathway.species if name in part.names]
        on = [name for name in shown if panel.shares.get(name, 0.0) > 1 - NEARLY]
        partly = [
            f"{name} {round(100 * panel.shares[name])} %"
            for name in shown
            if NEARLY < panel.shares.get(name, 0.0) < 1 - NEARLY
        ]
        heading = f"{panel.heading}: " if panel.heading else ""
        said.append(
            f"{heading}on are {', '.join(on) or 'none'}" + (f"; partly {', '.join(partly)}." if partly else ".")
        )
    return " ".join(said)


def identifier(name: str) -> str:
    """An id in the document for a species: what HTML and CSS take, and different for different names."""
    return "s-" + re.sub(r"[^A-Za-z0-9_]", lambda found: f"-{ord(found[0]):x}-", name)


def number(value: float) -> str:
    """*value* with at most one decimal."""
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def _text(value: str) -> str:
    """*value* as text in XML: escaped, and without what XML cannot hold or what turns a line around."""
    visible = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in value)
    return escape(visible)
