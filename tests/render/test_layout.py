"""Where things stand in a picture: rows down the signal, nothing over anything else, and the same every time."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her2cli import formats
from her2cli.errors import LimitError
from her2cli.model import Edge, Effect, Pathway, Species
from her2cli.render import lettering, placing
from her2cli.render.layout import fingerprint, layout, written
from her2cli.render.lettering import width
from her2cli.render.rows import Layout, band_of, rows
from her2cli.render.strands import crossed, line, routed, stood, strands, swept

SHIPPED = ("her2", "erbb")


def network(*edges: str, places: dict[str, str] | None = None, species: str = "") -> Pathway:
    """A pathway of edges such as "A B", with these *places* of its species."""
    ends = [tuple(edge.split()) for edge in edges]
    names = dict.fromkeys([*species.split(), *(name for pair in ends for name in pair)])
    return Pathway(
        name="letters",
        species={name: Species(id=name, location=(places or {}).get(name, "")) for name in names},
        edges=tuple(Edge(source=source, target=target, effect=Effect.activates) for source, target in ends),
    )


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request: pytest.FixtureRequest) -> tuple[Pathway, Layout]:
    if "graphviz-pure" not in placing.engine():
        pytest.skip("needs graphviz-pure (extra draw)")
    pathway = formats.load(request.param)
    return pathway, placing.placed(pathway)


def test_a_target_stands_below_its_source():
    assert rows(network("A B", "B C", "A C")) == [("", [["A"], ["B"], ["C"]])]


def test_bands_stand_as_in_the_cell_and_empty_ones_are_left_out():
    made = rows(network("N L", places={"L": "extracellular", "N": "nucleus"}))
    assert made == [("extracellular", [["L"]]), ("nucleus", [["N"]])]


def test_a_place_that_no_cell_is_known_to_have_stands_within_the_cell_above_its_nucleus():
    places = {"M": "membrane", "L": "cytosol", "P": "vesicle", "N": "nucleus"}
    made = rows(network("M L", "L P", "P N", places=places))
    assert [band for band, _ in made] == ["membrane", "cytosol", "vesicle", "nucleus"]


def test_phenotypes_stand_at_the_bottom_wherever_they_are_said_to_be():
    pathway = network("A B")
    species = {"A": Species(id="A", location="nucleus"), "B": Species(id="B", location="membrane", kind="phenotype")}
    assert [band for band, _ in rows(replace(pathway, species=species))] == ["nucleus", "phenotype"]


def test_a_file_may_move_a_species_down_or_up():
    pathway = network("A B", "A C", "C D", "B D")
    plain = {name: number for number, row in enumerate(rows(pathway)[0][1]) for name in row}
    moved = replace(pathway, layout={"A": 9})
    assert rows(moved)[0][1][-1] == ["A"]
    assert plain["A"] == 0
    assert fingerprint(moved) != fingerprint(pathway)


def test_every_species_and_every_edge_has_its_place(shipped):
    pathway, made = shipped
    assert made.boxes.keys() == pathway.species.keys()
    assert made.routes.keys() == {(edge.source, edge.target) for edge in pathway.edges}


def test_labels_fit_their_boxes_even_in_bold(shipped):
    for name, box in shipped[1].boxes.items():
        assert width(name, 12, bold=True) <= box.width - 8, name


def test_boxes_do_not_overlap_and_stand_in_their_band_and_in_the_picture(shipped):
    pathway, made = shipped
    for (one, a), (other, b) in combinations(made.boxes.items(), 2):
        assert a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top, (one, other)
    bands = {band.name: band for band in made.bands}
    for name, box in made.boxes.items():
        band = bands[band_of(pathway, name)]
        assert band.top <= box.top
        assert box.bottom <= band.bottom
        assert box.left >= 0
        assert box.right <= made.width
    for above, below in pairwise(made.bands):
        assert above.bottom == below.top


def test_no_edge_passes_behind_a_box(shipped, benchmark):
    assert benchmark.through(shipped[1]) == []


def test_an_edge_ends_at_its_boxes(shipped):
    made = shipped[1]
    for (source, target), route in made.routes.items():
        for name, (x, y) in ((source, route[0]), (target, route[-1])):
            box = made.boxes[name]
            outside = max(abs(x - box.x) - box.width / 2, abs(y - box.y) - box.height / 2)
            assert abs(outside) < 3, (source, target, name)


def test_most_signal_runs_down(shipped):
    pathway, made = shipped
    down = sum(made.boxes[edge.source].y < made.boxes[edge.target].y for edge in pathway.edges)
    assert down > 0.6 * len(pathway.edges)


def test_places_depend_on_the_pathway_alone():
    pathway = formats.load("her2")
    assert placing.placed(pathway) == placing.placed(pathway)


def test_a_layout_is_known_by_what_it_was_made_from(shipped, monkeypatch, tmp_path):
    import her2cli.loading
    from her2cli.render import layout as module

    pathway, made = shipped
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / f"{pathway.name}.json").write_text(written(pathway, made), "utf-8")
    library = type("Library", (), {"shipped": tmp_path})()
    monkeypatch.setattr(her2cli.loading, "library", lambda: library)
    monkeypatch.setattr(her2cli.loading, "pathway_names", lambda: SHIPPED)
    assert module.shipped(pathway) == made
    changed = replace(pathway, edges=pathway.edges[1:])
    assert module.shipped(changed) is None
    noted = replace(pathway, note="another note")
    assert module.shipped(noted) == made


def test_a_layout_beside_a_users_file_is_never_read():
    pathway = replace(network("A B"), name="../her2")
    assert layout(pathway).boxes.keys() == {"A", "B"}


@pytest.mark.parametrize("pathway", [network("A A", "A B", "B A"), network("A B", species="C D"), network(species="A")])
def test_loops_pairs_and_single_species_are_drawn(pathway):
    made = placing.placed(pathway)
    assert made.boxes.keys() == pathway.species.keys()
    assert made.routes.keys() == {(edge.source, edge.target) for edge in pathway.edges}


@settings(max_examples=15)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25),
    st.lists(st.sampled_from(["", "membrane", "nucleus", "mitochondrion"]), min_size=10, max_size=10),
)
def test_any_network_is_laid_out_by_graphviz_and_without_it(benchmark, edges, places):
    pathway = network(
        *dict.fromkeys(f"n{a} n{b}" for a, b in edges),
        species=" ".join(f"n{i}" for i in range(10)),
        places={f"n{i}": place for i, place in enumerate(places)},
    )
    bands = rows(pathway)
    assert sorted(name for _, band in bands for row in band for name in row) == sorted(pathway.species)
    ends = list(dict.fromkeys((edge.source, edge.target) for edge in pathway.edges))
    for made in (placing.placed(pathway), placing.in_rows(bands, ends)):
        assert made.boxes.keys() == pathway.species.keys()
        assert made.routes.keys() == set(ends)
        assert benchmark.through(made) == []
        for a, b in combinations(made.boxes.values(), 2):
            assert a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top


def test_points_along_a_route_are_those_of_its_curves_both_ends_of_each_among_them():
    """The middle of a Bézier curve by halving its legs, and the legs between (de Casteljau)."""
    first, second = [(0, 0), (0, 3), (9, 3), (9, 0)], [(9, 0), (9, -6), (3, -6), (3, 0)]
    found = line([*first, *second[1:]], steps=2)

    def middle(points):
        while len(points) > 1:
            points = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in pairwise(points)]
        return points[0]

    assert found == [first[0], middle(first), first[-1], middle(second), second[-1]]


def test_crossings_are_those_of_every_pair_of_edges(shipped, benchmark):
    made = shipped[1]
    routes = sorted(made.routes.items())
    made = replace(made, routes=dict(routes[:: len(routes) // 80 + 1]))  # every pair of edges takes its time
    pieces = [(key, *piece) for key, route in made.routes.items() for piece in pairwise(line(route, 3))]
    pieces.sort(key=lambda piece: min(piece[1][1], piece[2][1]))
    tops = [min(a[1], b[1]) for _, a, b in pieces]

    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    def cross(a, b, c, d):
        return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0

    brute = 0
    for place, (one, a, b) in enumerate(pieces):
        beside = pieces[place + 1 : bisect_right(tops, max(a[1], b[1]))]  # the others begin below it
        brute += sum(not {*one} & {*other} and cross(a, b, c, d) for other, c, d in beside)
    assert benchmark.crossings(made, steps=3) == brute


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=20, unique=True))
def test_strands_cross_as_often_as_their_pairs_between_two_rows_do(edges):
    rows_of = [[f"n{3 * row + place}" for place in range(3)] for row in range(3)]
    made = strands(rows_of, [(f"n{a}", f"n{b}") for a, b in edges])
    place = {one: at for row in made.rows for at, one in enumerate(row)}
    pieces = [(made.row[a], place[a], place[b]) for run in made.runs.values() for a, b in pairwise(run)]
    between_rows = sum(row == other and (a - c) * (b - d) < 0 for (row, a, b), (other, c, d) in combinations(pieces, 2))
    within = 0
    for first, last in made.level.values():
        inner = range(min(place[first], place[last]) + 1, max(place[first], place[last]))
        row = made.row[first]
        upper = sum(number == row - 1 and b in inner for number, _, b in pieces)
        within += min(upper, sum(number == row and a in inner for number, a, _ in pieces))
    assert crossed(made) == between_rows + within
    assert crossed(swept(made)) <= crossed(made)


def test_a_strand_goes_straight_down_where_nothing_stands_in_its_way():
    made = strands([["A", "X"], ["B"], ["C"]], [("A", "C")])
    made.rows[1].reverse()  # the knot on the left of B
    boxes, routes = routed(made, stood(made, 4.0), [0.0, 64.0, 128.0])
    assert {x for x, _ in routes["A", "C"]} == {routes["A", "C"][0][0]}
    assert abs(routes["A", "C"][0][0] - boxes["A"].x) < boxes["A"].width / 2


def test_no_more_edges_cross_than_where_graphviz_places_everything_itself(shipped, benchmark):
    """The bands cost nothing in crossings: Graphviz alone, without them, has no fewer.

    Of a large network eighty species, as Graphviz takes seconds for all; benchmarks/layout.py asks that.
    """
    pathway = shipped[0]
    some = dict(list(pathway.species.items())[:80])
    edges = tuple(edge for edge in pathway.edges if {edge.source, edge.target} <= some.keys())
    part = replace(pathway, name="part", species=some, edges=edges)
    assert benchmark.crossings(placing.placed(part)) <= benchmark.crossings(benchmark.free(part))


def test_without_graphviz_it_stands_in_rows_and_says_so(monkeypatch):
    monkeypatch.setattr(placing, "engine", lambda: "")
    made = placing.placed(network("A B", "B C"))
    assert made.engine == "rows"
    assert "her2cli[draw]" in made.remark
    assert [made.boxes[name].y for name in "ABC"] == sorted(made.boxes[name].y for name in "ABC")


def test_an_engine_that_fails_is_told_and_does_without(monkeypatch, tmp_path):
    broken = tmp_path / "dot"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(placing, "engine", lambda: str(broken))
    made = placing.placed(network("A B"))
    assert made.engine == "rows"
    assert "dot did not order" in made.remark


def test_an_engine_that_takes_too_long_is_told(monkeypatch, tmp_path):
    slow = tmp_path / "dot"
    slow.write_text("#!/bin/sh\nexec sleep 20\n")
    slow.chmod(0o755)
    monkeypatch.setattr(placing, "engine", lambda: str(slow))
    monkeypatch.setattr(placing, "PATIENCE", 0.2)
    made = placing.placed(network("A B"))
    assert made.engine == "rows"
    assert "dot took longer than" in made.remark


def test_more_species_than_are_ordered_are_drawn_in_rows_and_more_than_six_thousand_are_refused():
    chain = [f"s{number} s{number + 1}" for number in range(placing.MOST_SPECIES)]
    made = placing.placed(network(*chain))
    assert len(made.boxes) == placing.MOST_SPECIES + 1
    assert "plain rows" in made.remark
    with pytest.raises(LimitError, match="--trace"):
        placing.placed(network(species=" ".join(f"s{number}" for number in range(6001))))


@pytest.mark.parametrize("weight", lettering.WEIGHTS)
def test_widths_are_those_of_the_font(weight):
    ttlib = pytest.importorskip("fontTools.ttLib", reason="needs fontTools, which comes with matplotlib")
    file = Path(lettering.__file__).with_name("fonts") / f"{weight}.ttf"
    font = ttlib.TTFont(file)
    characters, metrics = font.getBestCmap(), font["hmtx"]
    assert len(characters) > 300
    for code, glyph in characters.items():
        assert width(chr(code), 2048, bold=weight == "bold") == pytest.approx(metrics[glyph][0])


def test_a_label_that_is_too_long_is_cut_with_an_ellipsis():
    cut = lettering.shortened("PROLIFERATION", 12, 60)
    assert cut.endswith("…")
    assert width(cut, 12) <= 60
    assert lettering.shortened("AKT", 12, 60) == "AKT"


def test_a_shipped_layout_is_small_and_plain(shipped):
    text = written(*shipped)
    assert len(text) < 150_000
    assert json.loads(text)["engine"] == "graphviz-pure"
