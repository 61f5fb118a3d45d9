"""Plots: the numbers that were given are seen in the terminal and in files, in any width and without colour."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.cli.app import run
from her2cli.errors import Her2Error
from her2cli.loading import load
from her2cli.render import plots
from her2cli.render.console import rendered

COURSE = plots.Curves(
    x=(0, 10, 20), lines={"AKT": (1.0, 0.5, 0.0), "<b>&": (0.25, 0.25, 0.25), "gone": (None, None, None)}, title="dose"
)
SCREEN = plots.Grid(
    rows=("lapatinib", "none"), columns=("AKT", "ERK"), values=((0.0, 0.25), (1.0, None)), down="drug", across="readout"
)
CHANGES = plots.Grid(rows=("a",), columns=("x", "y"), values=((-0.5, 0.5),), low=-1, of="change")


# By hand: 1 - i/7 in eighths, rounded down, for i = 0 to 7; one is the highest block.
HEIGHTS = "█▇▆▅▄▃▂▁"


def test_a_course_is_told_by_heights_and_by_its_ends():
    assert rendered(plots.sparklines(COURSE), width=26) == (
        "dose\n"
        "      0     20\n"
        f"AKT   {HEIGHTS}  100%    0%\n"
        f"<b>&  {'▃' * 8}   25%   25%\n"
        "gone\n"
        "share of cells: first and\n"
        "last value; ▁ is none, █\n"
        "all\n"
    )


def test_a_grid_is_readable_without_colour():
    assert rendered(plots.heat_map(SCREEN), width=60) == (
        "drug      AKT ERK\nlapatinib   0  25\nnone      100   -\nshare of cells in percent, across readout\n"
    )


def test_long_names_of_columns_are_numbered_and_named_below():
    grid = plots.Grid(rows=("r",), columns=("PROLIFERATION", "X"), values=((0.5, 0.1),))
    assert rendered(plots.heat_map(grid), width=60).splitlines()[:3] == [
        "    1   2",
        "r  50  10",
        "1 PROLIFERATION; 2 X",
    ]


def test_columns_that_do_not_fit_follow_in_further_blocks_and_none_is_lost():
    names = [f"c{number}" for number in range(40)]
    grid = plots.Grid(rows=("row",), columns=names, values=([number / 100 for number in range(40)],))
    lines = rendered(plots.heat_map(grid), width=40).splitlines()
    assert max(map(len, lines)) <= 40
    values = [int(word) for line in lines if line.startswith("row") for word in line.split()[1:]]
    assert values == list(range(40))


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=30), st.integers(1, 80))
def test_resampling_stays_between_its_neighbours(values, room):
    x = list(range(len(values)))
    found = plots.resampled(x, values, room)
    known = [value for value in values if value is not None]
    assert len(found) == room
    assert all(value is None or min(known) - 1e-9 <= value <= max(known) + 1e-9 for value in found)


def test_up_and_down_have_two_colours_and_nothing_has_none():
    up, down = plots.shade(CHANGES, 0.5), plots.shade(CHANGES, -0.5)
    assert up[0] > up[2]  # towards orange
    assert down[0] < down[2]  # towards blue
    assert plots.shade(CHANGES, 0.0) == plots.shade(SCREEN, 0.0) == (255, 255, 255)


def test_up_and_down_are_as_dark_as_they_are_far_from_nothing_however_far_either_goes():
    uneven = plots.Grid(rows=("a",), columns=("x", "y"), values=((-0.2, 0.4),), low=-0.2, high=0.8)
    even = plots.Grid(rows=("a",), columns=("x", "y"), values=((-0.2, 0.4),), low=-0.8, high=0.8)
    for value in (-0.2, 0.2, 0.4, 0.8):
        assert plots.shade(uneven, value) == plots.shade(even, value)


def test_an_error_stands_around_its_own_value_though_one_before_is_missing():
    figure = pytest.importorskip("matplotlib.figure", reason="needs matplotlib (extra plot)")
    curves = plots.Curves(x=(0, 1, 2), lines={"a": (None, 0.5, 0.6)}, errors={"a": (0.4, 0.1, 0.2)})
    (band,) = plots._curves(figure.Figure, curves).axes[0].collections
    corners = {(x, round(float(y), 6)) for x, y in band.get_paths()[0].vertices}
    assert corners == {(1, 0.4), (1, 0.6), (2, 0.4), (2, 0.8)}


@pytest.mark.parametrize("low", [0, -1])
def test_each_number_of_a_heat_map_stands_out_from_its_cell(low: float):
    """By the contrast of WCAG 2.2 (1.4.3): 3 at least, as large text has it; 4.5 in cells of no and of full colour."""
    figure = pytest.importorskip("matplotlib.figure", reason="needs matplotlib (extra plot)")
    values = tuple(low + (1 - low) * step / 20 for step in range(21))
    grid = plots.Grid(rows=("a",), columns=tuple(map(str, range(21))), values=(values,), low=low)
    axes = plots._grid(figure.Figure, grid).axes[0]
    cells = axes.images[0].get_array()[0]

    def luminance(colour) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    contrasts = []
    for cell, number in zip(cells, axes.texts, strict=True):
        one, other = sorted((luminance(cell), 0.0 if number.get_color() == "black" else 1.0))
        contrasts.append((other + 0.05) / (one + 0.05))
    assert min(contrasts) >= 3
    assert min(contrasts[0], contrasts[-1]) >= 4.5


@pytest.mark.parametrize(
    ("plot", "format"),
    [*((COURSE, format) for format in plots.FORMATS), (SCREEN, "png"), (SCREEN, "pdf")],  # SVG is read below
    ids=lambda each: each if isinstance(each, str) else type(each).__name__,
)
def test_a_file_is_the_same_each_time_and_is_what_it_says(plot, format):
    pytest.importorskip("matplotlib", reason="needs matplotlib (extra plot)")
    data = plots.figure(plot, format)
    assert plot is not COURSE or data == plots.figure(plot, format)  # what differs would be of the format
    assert data.lstrip().startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[format])


def test_text_of_a_plot_is_text_and_names_are_escaped():
    pytest.importorskip("matplotlib", reason="needs matplotlib (extra plot)")
    root = ElementTree.fromstring(plots.figure(COURSE, "svg"))
    said = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"AKT", "<b>&", "dose", "time", "share of cells"} <= set(said)
    values = [
        node.text
        for node in ElementTree.fromstring(plots.figure(SCREEN, "svg")).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert {"0", "25", "100", "–"} <= set(values)


def test_a_course_with_a_kink_is_read_on_the_straight_lines_between_its_points():
    assert plots.resampled((0, 10, 20), (0.0, 1.0, 0.0), 5) == pytest.approx([0, 0.5, 1, 0.5, 0])
    assert plots.resampled((0, 10, 20, 40), (None, 1.0, 0.0, None), 5) == [None, 1, 0, None, None]


def test_a_course_that_begins_as_high_as_its_place_ends_is_no_flat_line():
    assert plots.resampled((0, 1), (1, 0), 5) == [1, 0.75, 0.5, 0.25, 0]
    assert plots.resampled((2, 2), (0.25, 0.25), 3) == [0.25] * 3


def test_a_name_of_a_row_has_a_line_of_its_own_where_three_columns_would_not_fit_behind_it():
    grid = plots.Grid(rows=("r" * 29, "s"), columns=("A", "B", "C"), values=((0.0, 0.5, 1.0), (0.1, 0.2, 0.3)))
    wide, narrow = (rendered(plots.heat_map(grid), width=width).splitlines() for width in (41, 40))
    assert wide[1].split() == ["r" * 29, "0", "50", "100"]
    assert [row.split() for row in narrow[:4]] == [
        ["A", "B", "C"],
        ["r" * 29],
        ["0", "50", "100"],
        ["s", "10", "20", "30"],
    ]
    assert len({row.rstrip().rindex(row.split()[-1][-1]) for row in (narrow[0], *narrow[2:4])}) == 1


def test_a_long_name_of_a_curve_is_whole_whatever_the_width():
    curves = plots.Curves(x=(0, 1), lines={"r" * 30: (0.0, 1.0), "AKT": (1.0, 1.0)})
    for width in (80, 40):
        assert "r" * 30 in rendered(plots.sparklines(curves), width=width)


def test_columns_that_just_fit_are_named_and_not_numbered():
    grid = plots.Grid(rows=("rrrr",), columns=("A", "B", "C", "D"), values=((0.0, 1.0, 0.0, 1.0),), of="share")
    assert rendered(plots.heat_map(grid), width=20).splitlines()[0].split() == ["A", "B", "C", "D"]
    assert "1 A; 2 B" in rendered(plots.heat_map(grid), width=19)


@pytest.mark.parametrize(("column", "turned"), [("MYC", False), ("PROLIFERATION", True)])
def test_long_names_of_columns_are_turned_and_short_ones_are_not(column, turned):
    grid = plots.Grid(rows=("a",), columns=(column,), values=((0.5,),))
    root = ElementTree.fromstring(plots.figure(grid, "svg"))
    (label,) = (each for each in root.iter("{http://www.w3.org/2000/svg}text") if each.text == column)
    assert ("rotate(-90" in label.get("transform", "")) is turned


def test_an_unknown_format_is_told():
    with pytest.raises(Her2Error, match="svg, png, pdf"):
        plots.figure(COURSE, "gif")


def test_matplotlib_is_imported_only_for_a_file():
    code = (
        "import sys\nfrom her2cli.render import plots, console\n"
        "console.rendered(plots.sparklines(plots.Curves(x=(0, 1), lines={'A': (0, 1)})), width=60)\n"
        "assert 'matplotlib' not in sys.modules and 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=6))
def test_the_names_of_lines_stand_apart_in_the_order_of_the_lines_and_where_there_is_room_beside_them(ends):
    places = plots._apart(ends, 5)
    order = sorted(range(len(ends)), key=ends.__getitem__)
    assert all(places[above] - places[below] > 5 - 1e-6 for below, above in pairwise(order))
    assert sum(places) == pytest.approx(sum(ends))
    alone = [all(abs(end - other) >= 30 for k, other in enumerate(ends) if k != n) for n, end in enumerate(ends)]
    assert all(place == end for place, end, is_alone in zip(places, ends, alone, strict=True) if is_alone)


def drawn(plot: plots.Curves | plots.Grid) -> str:
    pytest.importorskip("matplotlib", reason="a plot as a file needs the extra plot")
    return plots.figure(plot, "svg").decode()


def told(svg: str) -> str:
    return " ".join(
        "".join(each.itertext()) for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    )


def test_a_file_says_what_it_is_of_and_no_word_of_it_leaves_the_picture():
    about = (
        "ERBB2_amp, treated with lapatinib and with a name that no line of such a small picture can hold\nNetwork erbb."
    )
    for plot in (replace(COURSE, about=about), replace(SCREEN, about=about, title="Score of each drug")):
        said = told(drawn(plot))
        assert [word for word in f"{about} {plot.title}".split() if word not in said] == []


def test_as_many_lines_as_a_pathway_has_readouts_have_colours_dashes_and_marks_of_their_own():
    for looks in (plots.COLOURS, plots.DASHES, plots.MARKS):
        assert len(set(looks)) == len(looks) >= len(load("erbb").readouts) == 8
    lines = {f"line {number}": (number / 8, number / 8) for number in range(8)}
    strokes = re.findall(
        r'<path d="M [^"]+L [^"]+" clip-path="[^"]+" style="([^"]+)"', drawn(plots.Curves(x=(0, 1), lines=lines))
    )
    assert len(set(strokes)) == len(lines)


def test_the_colours_stay_apart_in_grey_by_a_dash_and_a_mark_where_their_light_is_alike():
    def light(colour: str) -> float:
        return sum(int(colour[at : at + 2], 16) * part for at, part in ((1, 0.3), (3, 0.59), (5, 0.11)))

    for one, other in pairwise(sorted(range(8), key=lambda number: light(plots.COLOURS[number]))):
        assert plots.DASHES[one] != plots.DASHES[other]
        assert plots.MARKS[one] != plots.MARKS[other]


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("simulate -d lapatinib -c HCC1954 --dose 0..1 -r AKT --plot", ("HCC1954", "lapatinib", "erbb", "body")),
        (
            "simulate -d trastuzumab --time 0..5 -r AKT --context culture --plot",
            ("ERBB2_amp", "trastuzumab", "culture"),
        ),
        ("combine trastuzumab pertuzumab -r PROLIFERATION=0 -o", ("ERBB2_amp", "trastuzumab", "pertuzumab", "erbb")),
        ("screen drugs=lapatinib alterations=PTEN_loss -r AKT=0 -o", ("ERBB2_amp", "erbb", "AKT off")),
    ],
)
def test_a_picture_that_leaves_the_terminal_names_drug_tumour_and_network(command, names, tmp_path, capfd):
    pytest.importorskip("matplotlib", reason="a plot as a file needs the extra plot")
    file = tmp_path / "plot.svg"
    assert run([*command.split(), str(file), "--replicates", "50"]) == 0, capfd.readouterr().err
    said = told(file.read_text("utf-8"))
    assert [name for name in names if name not in said] == []
