"""Labels of drugs and alterations: each stands at what it acts on, and what joins the two can be followed."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from math import hypot
from xml.etree import ElementTree

import pytest

from her2cli import formats, graph
from her2cli.cli.app import run
from her2cli.model import Pathway, Scenario
from her2cli.render import placing, scenes
from her2cli.render.labels import AWAY, HIGH, Ground, Label, labels
from her2cli.render.roads import roads
from her2cli.render.rows import Box, Key, Layout, Point
from her2cli.render.strands import line
from her2cli.render.svg import picture

SVG = "{http://www.w3.org/2000/svg}"


@cache
def drawn(whole: bool) -> tuple[Pathway, Layout, set[Key], set[str]]:
    """The literature's pathway, whole or its main roads, with what is drawn of it."""
    pathway = formats.load("erbb")
    layout = placing.placed(pathway)
    if whole:
        return pathway, layout, set(layout.routes), set(layout.boxes)
    found = roads(pathway, pathway.readouts)
    assert found
    return pathway, placing.within(layout, *found), *found


@cache
def placed(whole: bool) -> list[tuple[Ground, list[Label]]]:
    """The labels of each drug in the default tumour, and of each alteration that is added to it."""
    pathway, layout, edges, names = drawn(whole)
    ground = Ground(layout, names, edges)
    found = []
    default = pathway.default_alterations
    treated = [Scenario(drugs=((drug, 1.0),), alterations=default) for drug in pathway.drugs]
    for scenario in [*treated, *(Scenario(alterations=(*default, each)) for each in pathway.alterations)]:
        scene = scenes.panel(pathway, scenario, {})
        found.append((ground, list(labels(ground, {"alteration": scene.alterations, "drug": scene.drugs}))))
    return found


def beside(box: Box, point: Point) -> float:
    """How far a point is from the rim of a box."""
    x, y = point
    aside, over = max(box.left - x, x - box.right, 0), max(box.top - y, y - box.bottom, 0)
    if aside or over:
        return hypot(aside, over)
    return min(x - box.left, box.right - x, y - box.top, box.bottom - y)


@pytest.mark.parametrize("whole", [False, True])
def test_what_joins_a_label_to_what_it_acts_on_is_short_and_touches_both(whole):
    met = 0
    for ground, made in placed(whole):
        for label in made:
            assert beside(label.box, label.foot) <= 1
            assert hypot(label.foot[0] - label.tip[0], label.foot[1] - label.tip[1]) <= AWAY + HIGH + 4
            if label.blocked:
                near = (hypot(x - label.tip[0], y - label.tip[1]) for x, y in ground.lines[label.blocked])
                assert min(near) <= 1
            else:
                assert beside(ground.boxes[label.edges[0].target], label.tip) <= 2.5
            met += 1
    assert met > 200


@pytest.mark.parametrize("whole", [False, True])
def test_no_label_covers_a_box_or_another_label(whole):
    for ground, made in placed(whole):
        taken = [each.box for each in made]
        for number, one in enumerate(taken):
            for other in [*ground.boxes.values(), *taken[:number]]:
                apart = one.right <= other.left + 1 or other.right <= one.left + 1
                assert apart or one.bottom <= other.top + 1 or other.bottom <= one.top + 1


@pytest.mark.parametrize("whole", [False, True])
def test_each_label_is_inside_the_picture_beside_the_names_of_its_bands(whole):
    wide = drawn(whole)[1].width
    assert all(label.box.left >= 25 and label.box.right <= wide for _, made in placed(whole) for label in made)


def test_a_label_that_blocks_an_edge_points_at_a_place_where_few_others_are_near():
    """Fewer than in the middle of the edge, where it would stand in a picture of that edge alone."""
    chosen = middles = 0
    for ground, made in placed(True):
        for label in made:
            if not label.blocked:
                continue
            points = ground.lines[label.blocked]
            for (x, y), told in ((label.tip, True), (points[len(points) // 2], False)):
                others = len(ground.under(Box(x, y, 12, 12)) - {label.blocked})
                chosen, middles = (chosen + others, middles) if told else (chosen, middles + others)
    assert chosen < middles / 2


def test_a_blocked_edge_is_drawn_over_from_end_to_end_unless_something_keeps_the_drug_from_blocking_it():
    pathway, layout, edges, names = drawn(False)
    for alterations, over in ((("ERBB2_amp",), True), (("ERBB2_amp", "MUC4_high"), None)):
        scene = scenes.panel(pathway, Scenario(drugs=(("lapatinib", 1.0),), alterations=alterations), {})
        text = picture(pathway, layout, (scene,), only=edges, alone=names).text
        held = re.findall(r'<path class="held" d="([^"]*)"', text)
        assert over is None or held
        for way in held:
            assert f'd="{way}" marker-end' in text


# --- parts and main roads ------------------------------------------------------------------------------------------


def length(route: tuple[Point, ...]) -> float:
    return sum(hypot(u - x, v - y) for (x, y), (u, v) in pairwise(line(route)))


def test_where_other_edges_are_not_drawn_a_road_is_shorter_and_hardly_more_of_them_cross(benchmark):
    _, layout, edges, names = drawn(False)
    whole = drawn(True)[1]
    assert all(layout.boxes[name] == whole.boxes[name] for name in names)
    here = sum(length(layout.routes[key]) for key in edges)
    assert here < 0.95 * sum(length(whole.routes[key]) for key in edges)
    only = {name: whole.boxes[name] for name in names}
    part = Layout(
        width=whole.width,
        height=whole.height,
        bands=whole.bands,
        boxes=only,
        routes={key: whole.routes[key] for key in edges},
    )
    again = Layout(width=layout.width, height=layout.height, bands=layout.bands, boxes=only, routes=layout.routes)
    assert benchmark.crossings(again) <= 1.02 * benchmark.crossings(part)
    assert benchmark.through(again) == []


@pytest.mark.parametrize("name", ["her2", "erbb"])
@pytest.mark.parametrize(("start", "goal"), [("HER2_HER3", "AKT"), ("EGFR_EGFR", "PROLIFERATION"), ("ERBB2", "ERK")])
def test_a_cascade_begins_at_the_top_of_its_band_and_each_of_its_lines_can_be_followed(name, start, goal, benchmark):
    """No two edges run within two pixels of each other for longer than a row is high, but for those of one end."""
    pathway = formats.load(name)
    drawn = scenes.of_trace(pathway, graph.trace(pathway, start, to=goal))
    made = placing.part(pathway, drawn.edges, drawn.names, drawn.starts, goal=drawn.goal)
    places = {band.name: (band.top, band.bottom) for band in made.bands}
    top, bottom = next(band for band in places.values() if band[0] <= made.boxes[start].y < band[1])
    within = [box.y for box in made.boxes.values() if top <= box.y < bottom]
    assert made.boxes[start].y == min(within)
    assert benchmark.through(made) == []
    dense = {key: list(dense_line(made.routes[key])) for key in drawn.edges}
    for one, points in dense.items():
        for other, others in dense.items():
            if one < other and not {*one} & {*other}:
                shared = sum(any(abs(x - u) < 2 and abs(y - v) < 2 for u, v in others) for x, y in points)
                assert shared <= 32, (one, other)


def dense_line(route):
    points = line(route)
    for (x, y), (u, v) in pairwise(points):
        steps = int(hypot(u - x, v - y) / 2) + 1
        yield from ((x + (u - x) * at / steps, y + (v - y) * at / steps) for at in range(steps))


def test_of_a_cascade_that_is_a_tangle_the_main_roads_are_drawn_and_told(tmp_path, capfd):
    file = tmp_path / "x.svg"
    assert run(["draw", "-p", "erbb", "--trace", "HER2_HER3", "-o", str(file)]) == 0
    assert "main roads, " in capfd.readouterr().err
    few = [each for each in ElementTree.parse(file).iter(f"{SVG}g") if each.get("id")]
    assert run(["draw", "-p", "erbb", "--trace", "HER2_HER3", "--whole", "-f", "-o", str(file)]) == 0
    assert "main roads" not in capfd.readouterr().err
    assert 10 < len(few) < 60 < len([each for each in ElementTree.parse(file).iter(f"{SVG}g") if each.get("id")])
