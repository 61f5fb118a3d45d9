"""Curves and grids of shares: in the terminal as rows of blocks and coloured cells, in files through matplotlib.

They are plain tables that any study can fill: a time course and a dose curve are `Curves`, a dose surface, a screen
and a cohort are a `Grid`. `sparklines` and `heat_map` make looks, `figure` makes the bytes of an SVG, PNG or PDF file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from her2cli.errors import Her2Error, MissingExtra, shown
from her2cli.render.console import labelled, text, width_of

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

FORMATS = ("svg", "png", "pdf")
BLOCKS = "▁▂▃▄▅▆▇█"

# Okabe and Ito's colours, told apart by colour-blind eyes, and a brown; dashes and marks tell the lines apart in grey.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8c564b")
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)), (0, (8, 2, 1, 2, 1, 2)))
MARKS = (
    "o",
    "s",
    "^",
    "D",
    "v",
    "P",
    "X",
    "*",
    "<",
    ">",
    "p",
)  # of another number, so that all three return together late
MARKED = 12  # places of a line that carry its mark, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """Shares from 0 to 1 along one axis: each line has one value for each of *x*, or None where there is none.

    `errors` holds a standard error for each value, for the lines that have one. `about` says what they are of: the head
    of a file, which leaves the lines that stand above in the terminal.
    """

    x: Sequence[float]
    lines: Mapping[str, Sequence[float | None]]
    along: str = "time"
    of: str = "share of cells"
    title: str = ""
    about: str = ""
    errors: Mapping[str, Sequence[float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A value for each row and column, or None where there is none; shares, unless *low* and *high* say otherwise.

    Where *low* is below 0 the colours go two ways from 0: blue down, orange up. `about` is as that of `Curves`.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[float | None]]
    down: str = ""
    across: str = ""
    of: str = "share of cells"
    title: str = ""
    about: str = ""
    low: float = 0.0
    high: float = 1.0


# --- in the terminal -----------------------------------------------------------------------------------------------


def sparklines(curves: Curves) -> RenderableType:
    """One row for each line: its name, its course in blocks of eight heights, its first and its last value."""
    return _Sparklines(curves)


def heat_map(grid: Grid) -> RenderableType:
    """One cell for each value, in percent: shaded where there is colour, and readable without it.

    Columns whose names are too long for their cells are numbered and named below; those that do not fit the screen
    follow in further blocks.
    """
    return _HeatMap(grid)


@dataclass(frozen=True)
class _Sparklines:
    curves: Curves

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from her2cli.render.responses import percent

        curves = self.curves
        if curves.title:
            yield text(curves.title, "heading")
        names = max(map(width_of, curves.lines), default=0)
        names = min(names, max(options.max_width // 2, 8))
        room = min(max(options.max_width - names - len("    100%  100%"), 4), 60)
        ends = f"{curves.x[0]:g}", f"{curves.x[-1]:g}"
        between = max(room - len(ends[0]) - len(ends[1]), 1)
        middle = (curves.along if len(curves.along) + 2 <= between else "").center(between)
        yield text(f"{'':{names}}  {ends[0]}{middle}{ends[1]}"[: options.max_width].rstrip(), "quiet")
        for name, values in curves.lines.items():
            course = resampled(curves.x, values, room)
            row = text("  ").append("".join(block(value) for value in course), "cyan")
            known = [value for value in values if value is not None]
            if known:
                row.append(f"  {percent(known[0]):>4}  {percent(known[-1]):>4}")
            yield from labelled(text(name, "name"), names, row)
        yield text(f"{curves.of}: first and last value; {BLOCKS[0]} is none, {BLOCKS[-1]} all", "quiet")


def block(value: float | None) -> str:
    """The block of eight heights for a share; a blank where there is none."""
    return " " if value is None else BLOCKS[min(int(min(max(value, 0), 1) * len(BLOCKS)), len(BLOCKS) - 1)]


def resampled(x: Sequence[float], values: Sequence[float | None], room: int) -> list[float | None]:
    """*values* at *room* places spread evenly from the first to the last of *x*, on the straight line between them."""
    known = [(place, value) for place, value in zip(x, values, strict=True) if value is not None]
    if len(known) < 2 or known[0][0] == known[-1][0]:
        return [known[0][1]] * room if known else [None] * room
    found: list[float | None] = []
    left = 0
    for number in range(room):
        place = x[0] + (x[-1] - x[0]) * number / max(room - 1, 1)
        if not known[0][0] <= place <= known[-1][0]:
            found.append(None)
            continue
        while known[left + 1][0] < place:
            left += 1
        (x0, y0), (x1, y1) = known[left], known[left + 1]
        found.append(y0 if x1 == x0 else y0 + (y1 - y0) * (place - x0) / (x1 - x0))
    return found


CELL = 4  # columns of the screen for one value: " 100"
# From little to much, in colours that every terminal has, light or dark.
DOWN = ("", "cyan", "black on cyan", "white on blue", "bold white on blue")
UP = ("", "yellow", "black on yellow", "white on red", "bold white on red")


@dataclass(frozen=True)
class _HeatMap:
    grid: Grid

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        grid = self.grid
        if grid.title:
            yield text(grid.title, "heading")
        names = room_for((*grid.rows, grid.down), options.max_width)
        each = max([CELL, *(width_of(name) + 1 for name in grid.columns)])
        numbered = each > 8 or names + each * len(grid.columns) > options.max_width
        each = CELL if numbered else each
        chunk = max((options.max_width - names) // each, 1)
        for start in range(0, len(grid.columns), chunk):
            shown_columns = range(start, min(start + chunk, len(grid.columns)))
            if start:
                yield ""
            head = text("")
            for number in shown_columns:
                head.append(f"{number + 1 if numbered else grid.columns[number]:>{each}}", "bold")
            yield from labelled(text(grid.down, "quiet"), names, head)
            for name, values in zip(grid.rows, grid.values, strict=True):
                row = text("")
                for number in shown_columns:
                    row.append_text(_cell(grid, values[number], each))
                yield from labelled(text(name), names, row)
        if numbered:
            yield text("; ".join(f"{number} {name}" for number, name in enumerate(grid.columns, start=1)), "quiet")
        across = f", across {grid.across}" if grid.across else ""
        yield text(f"{grid.of} in percent{across}", "quiet")


def room_for(names: Sequence[str], width: int) -> int:
    """The columns before the cells: as the longest of *names*, or few where three cells would not fit behind it."""
    longest = max(map(width_of, names), default=0)
    return longest if longest <= width - 3 * CELL else CELL


def _cell(grid: Grid, value: float | None, each: int) -> Text:
    from rich.text import Text

    if value is None:
        return Text(f"{'-':>{each}}", "dim")
    shades = UP if value > 0 > grid.low else DOWN
    return Text(" ").append(f"{round(100 * value):>{each - 1}}", shades[round(_reach(grid, value) * (len(shades) - 1))])


def shade(grid: Grid, value: float) -> tuple[int, int, int]:
    """Red, green and blue of a value: from white to dark blue; up to orange and down to blue where *low* is below 0."""
    reach = _reach(grid, value)
    full = (179, 78, 0) if value > 0 > grid.low else (8, 65, 140)
    return tuple(round(255 + (part - 255) * reach) for part in full)  # type: ignore[return-value]


def _reach(grid: Grid, value: float) -> float:
    """How far a value is from the one that has no colour, 0 to 1."""
    if grid.low < 0:
        return min(abs(value) / max(abs(grid.low), abs(grid.high)), 1)
    return min(max((value - grid.low) / max(grid.high - grid.low, 1e-9), 0), 1)


# --- in files ------------------------------------------------------------------------------------------------------


def check() -> None:
    """Raise `MissingExtra` where matplotlib is not installed, before any work is done; it takes long to import."""
    if find_spec("matplotlib") is None:
        raise MissingExtra("A plot as a file needs matplotlib: pip install 'her2cli[plot]'.")


def figure(plot: Curves | Grid, format: str) -> bytes:
    """*plot* as the bytes of an SVG, PNG or PDF file, the same each time. Raises `Her2Error`, `MissingExtra`."""
    if format not in FORMATS:
        raise Her2Error(f"No plot as {shown(format)!r}; there are {', '.join(FORMATS)}.")
    check()
    from io import BytesIO

    import matplotlib
    from matplotlib.figure import Figure

    settings: Any = {
        "svg.hashsalt": "her2",  # else the ids differ each time
        "svg.fonttype": "none",  # text stays text
        "pdf.fonttype": 42,
        "font.family": "DejaVu Sans",  # matplotlib's own: the same on every machine
        "font.size": 9,
        "text.parse_math": False,  # a name may hold a dollar
        "axes.spines.top": False,
        "axes.spines.right": False,
        "savefig.dpi": 200,
    }
    undated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}[format]
    with matplotlib.rc_context(settings):
        drawn = _curves(Figure, plot) if isinstance(plot, Curves) else _grid(Figure, plot)
        stream = BytesIO()
        drawn.savefig(stream, format=format, metadata=undated)
    return stream.getvalue()


def _curves(new: Any, curves: Curves) -> Any:
    drawn = new(figsize=(7, 3.8), layout="constrained")
    axes = drawn.add_subplot()
    ends: list[tuple[float, str, str]] = []
    for number, (name, values) in enumerate(curves.lines.items()):
        colour, dashes = COLOURS[number % len(COLOURS)], DASHES[(number + number // len(COLOURS)) % len(DASHES)]
        known = [(x, y, i) for i, (x, y) in enumerate(zip(curves.x, values, strict=True)) if y is not None]
        xs, ys = [x for x, _, _ in known], [y for _, y, _ in known]
        every = max(1, -(-len(known) // MARKED))
        look = {"marker": MARKS[number % len(MARKS)], "markevery": every, "markersize": 4, "linewidth": 1.6}
        axes.plot(xs, ys, color=colour, linestyle=dashes, **look)
        if name in curves.errors:
            errors = [curves.errors[name][i] for _, _, i in known]
            low = [y - e for y, e in zip(ys, errors, strict=True)]
            high = [y + e for y, e in zip(ys, errors, strict=True)]
            axes.fill_between(xs, low, high, color=colour, alpha=0.15, linewidth=0)
        if known:
            ends.append((ys[-1], name, colour))
    for place, (value, name, colour) in zip(_apart([end[0] for end in ends], 0.055), ends, strict=True):
        axes.annotate(  # beside its line's end, so that no legend has to be matched with colours
            name,
            xy=(1, value),
            xytext=(1.03, place),
            xycoords=("axes fraction", "data"),
            textcoords=("axes fraction", "data"),
            color=colour,
            va="center",
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 0},
            annotation_clip=False,
        )
    axes.set_ylim(-0.03, 1.03)
    axes.set_xlabel(curves.along)
    axes.set_ylabel(curves.of)
    _head(drawn, axes, curves)
    axes.margins(x=0)
    return drawn


def _head(drawn: Any, axes: Any, plot: Curves | Grid) -> None:
    """What the picture is of, above it, in lines that fit."""
    from textwrap import wrap

    if not plot.about:
        axes.set_title(plot.title, loc="left", fontweight="bold")
        return
    parts = (*plot.about.splitlines(), plot.title)
    lines = (line for part in parts for line in wrap(part, int(12 * drawn.get_figwidth())))
    drawn.suptitle("\n".join(lines), x=0.01, ha="left", fontsize=9, fontweight="bold")


def _apart(values: Sequence[float], gap: float) -> list[float]:
    """Places near *values*, in the same order, at least *gap* from each other and centred on their clusters."""
    order = sorted(range(len(values)), key=values.__getitem__)
    clusters: list[list[int]] = []
    for index in order:
        clusters.append([index])
        while len(clusters) > 1 and _lowest(values, clusters[-1], gap) < _lowest(values, clusters[-2], gap) + gap * len(
            clusters[-2]
        ):
            last = clusters.pop()
            clusters[-1] += last
    found = [0.0] * len(values)
    for cluster in clusters:
        for step, index in enumerate(cluster):
            found[index] = _lowest(values, cluster, gap) + gap * step
    return found


def _lowest(values: Sequence[float], cluster: Sequence[int], gap: float) -> float:
    return sum(values[index] for index in cluster) / len(cluster) - gap * (len(cluster) - 1) / 2


def _grid(new: Any, grid: Grid) -> Any:
    longest = max((len(name) for name in grid.rows), default=0)
    wide, high = 0.075 * longest + 0.42 * len(grid.columns) + 1.6, 0.24 * len(grid.rows) + 1.4
    drawn = new(figsize=(min(max(wide, 4), 40), min(max(high, 2.5), 60)), layout="constrained")
    axes = drawn.add_subplot()
    colours = list(_colours(grid))
    axes.imshow(
        [[colours[r][c] for c in range(len(grid.columns))] for r in range(len(grid.rows))],
        aspect="auto",
        interpolation="nearest",
    )
    if len(grid.rows) * len(grid.columns) <= 1500:
        for r, values in enumerate(grid.values):
            for c, value in enumerate(values):
                told = "–" if value is None else f"{round(100 * value)}"
                dark = sum(colours[r][c]) < 1.5
                axes.text(c, r, told, ha="center", va="center", fontsize=6.5, color="white" if dark else "black")
    turned = any(len(name) > 4 for name in grid.columns)
    axes.set_xticks(range(len(grid.columns)), [*grid.columns], rotation=90 if turned else 0)
    axes.set_yticks(range(len(grid.rows)), [*grid.rows])
    axes.tick_params(length=0)
    axes.set_xlabel(grid.across)
    axes.set_ylabel(grid.down)
    drawn.supxlabel(f"{grid.of}, in percent", fontsize=7, color="0.35")
    for spine in axes.spines.values():
        spine.set_visible(False)
    _head(drawn, axes, grid)
    return drawn


def _colours(grid: Grid) -> Iterator[list[tuple[float, float, float]]]:
    for values in grid.values:
        shades = [(235, 235, 235) if value is None else shade(grid, value) for value in values]
        yield [(red / 255, green / 255, blue / 255) for red, green, blue in shades]
