"""Pictures: what is on, off and partly on is told by form, by text and by title, in every format."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest

from her2cli import formats, graph
from her2cli.logic.questions.reasons import explain_scenario
from her2cli.model import Alteration, Drug, Edge, Effect, Pathway, Scenario, Species
from her2cli.render import placing, raster, scenes
from her2cli.render.rows import Box, band_of
from her2cli.render.svg import DARK, LIGHT, Panel, identifier, picture

SVG = "{http://www.w3.org/2000/svg}"
ODD = "<i>&\"'[x]"


def act(source: str, target: str, effect: Effect = Effect.inhibits, **more: object) -> Edge:
    return Edge(source=source, target=target, effect=effect, **more)  # type: ignore[arg-type]


PATHWAY = Pathway(
    name="letters",
    species={
        "L": Species(id="L", kind="ligand", location="extracellular"),
        "R": Species(id="R", location="membrane"),
        ODD: Species(id=ODD, name="odd & <so>", location="cytosol"),
        "P": Species(id="P", kind="phenotype"),
    },
    edges=(
        act("L", "R", Effect.activates, mechanism="binds"),
        act("R", ODD),
        act(ODD, "P", Effect.activates),
        act("P", "R", Effect.activates),
    ),
    drugs={
        "drug": Drug(id="drug", edges=(act("drug", "R"), act("drug", "P", blocks=(ODD, "P"), unless=("mut",)))),
    },
    alterations={"mut": Alteration(id="mut", edges=(act("mut", "R", Effect.activates),))},
)
SHARES = {"L": 1.0, "R": 0.0, ODD: 0.43, "P": 0.97}
LAYOUT = placing.placed(PATHWAY)


def parsed(*panels: Panel, **more: object) -> ElementTree.Element:
    return ElementTree.fromstring(picture(PATHWAY, LAYOUT, panels or (Panel(),), **more).text)  # type: ignore[arg-type]


def species(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    found = (each for each in root.iter(f"{SVG}g") if "species" in each.get("class", "").split() and each.get("id"))
    return {each.get("id", ""): each for each in found}


def title(element: ElementTree.Element) -> str:
    return element.findtext(f"{SVG}title") or ""


def texts(element: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in element.iter(f"{SVG}text")]


def panel(**more: object) -> Panel:
    scenario = Scenario(drugs=(("drug", 1.0),), alterations=("mut",), ligands=("L",))
    return scenes.panel(PATHWAY, scenario, SHARES, **more)  # type: ignore[arg-type]


def test_the_state_of_a_species_is_its_class_its_title_and_its_number():
    found = species(parsed(panel()))
    classes = {key: each.get("class") for key, each in found.items()}
    assert classes == {
        "s-L": "species on",
        "s-R": "species off",
        identifier(ODD): "species part",
        "s-P": "species on",
    }
    odd = found[identifier(ODD)]
    assert title(odd) == f"{ODD}: odd & <so>; on in 43 % of the cells"
    assert texts(odd) == ["43 %", ODD]
    box, fill = odd.findall(f"{SVG}rect")
    assert float(fill.get("width", 0)) == pytest.approx(0.43 * (float(box.get("width", 0)) - 2), abs=0.1)


def test_without_a_scenario_nothing_is_on_or_off():
    assert {each.get("class") for each in species(parsed()).values()} == {"species"}


def test_edges_tell_their_sign_and_direction_by_form():
    edges = {title(each).split(":")[0]: each for each in parsed().iter(f"{SVG}path") if title(each)}
    assert edges["L -> R"].get("marker-end") == "url(#arrow)"
    assert edges[f"R -| {ODD}"].get("marker-end") == "url(#bar)"
    assert edges["P -> R"].get("class") == "edge activates up"
    assert title(edges["L -> R"]) == "L -> R: binds"


def test_edges_of_what_is_off_are_faint():
    edges = {title(each).split(":")[0]: each.get("class", "") for each in parsed(panel()).iter(f"{SVG}path")}
    assert "faint" in edges[f"R -| {ODD}"]
    assert "faint" not in edges["L -> R"]


@pytest.mark.parametrize("dose", [1.0, 0.5])
def test_what_a_drug_that_is_given_too_keeps_from_acting_is_idle_where_it_does_so_in_all_cells(dose):
    shy = Edge(source="shy", target="R", effect=Effect.inhibits, unless=("bold",))
    drugs = {"shy": Drug(id="shy", edges=(shy,)), "bold": Drug(id="bold", edges=())}
    pathway = Pathway(name="two", species={"R": Species(id="R")}, drugs=drugs)
    scenario = Scenario(drugs=(("shy", 1.0), ("bold", dose)))
    assert scenes.panel(pathway, scenario, {"R": 1.0}).idle == ((shy,) if dose == 1 else ())


def test_drugs_and_alterations_stand_where_they_act_and_idle_ones_are_marked():
    tags = [each for each in parsed(panel()).iter(f"{SVG}g") if "tag" in each.get("class", "").split() and title(each)]
    told = {(each.get("class"), texts(each)[0]) for each in tags}
    assert told == {
        ("tag alteration", "mut"),
        ("tag alteration", "added"),
        ("tag drug", "drug"),
        ("tag drug idle", "drug"),
    }


def acting(root: ElementTree.Element) -> list[tuple[float, float, float]]:
    """Of each label of a drug or an alteration: where its middle is, and where what joins it to its target begins and
    ends.
    """
    found = []
    for each in root.iter(f"{SVG}g"):
        path, box = each.find(f"{SVG}path"), each.find(f"{SVG}rect")
        if "tag" in each.get("class", "").split() and path is not None and box is not None:
            start, end = (float(word) for word in re.match(r"M\S+ ([\d.-]+)V([\d.-]+)", path.get("d", "")).groups())
            found.append((float(box.get("y", "")) + 7, start, end))
    return found


def acted_on(effect: Effect) -> tuple[str, Box]:
    """A picture of one species on which two drugs act, and the box of that species."""
    drugs = {name: Drug(id=name, edges=(act(name, "T", effect),)) for name in ("one", "two")}
    pathway = Pathway(name="p", species={"T": Species(id="T")}, drugs=drugs)
    layout = placing.placed(pathway)
    scene = scenes.panel(pathway, Scenario(drugs=(("one", 1.0), ("two", 1.0))), {"T": 1.0})
    return picture(pathway, layout, (scene,)).text, layout.boxes["T"]


@pytest.mark.parametrize("effect", [Effect.activates, Effect.inhibits])
def test_labels_stand_on_both_sides_of_their_target_and_their_ends_touch_neither_of_them(effect: Effect):
    text, box = acted_on(effect)
    above, below = sorted(acting(ElementTree.fromstring(text)))
    assert above[0] < above[1] < above[2] < box.top
    assert below[0] > below[1] > below[2] > box.bottom
    assert box.top - above[2] == pytest.approx(below[2] - box.bottom, abs=1)  # whole pixels


def test_the_head_of_an_arrow_points_to_its_target():
    """Its feet stand on the label's side of its tip."""
    heads = re.findall(r'd="M\S+ ([\d.]+)V([\d.]+)M\S+ ([\d.]+)L', acted_on(Effect.activates)[0])
    assert len(heads) == 2
    for start, tip, foot in (map(float, head) for head in heads):
        assert (foot > tip) is (start > tip)


def test_the_theme_auto_is_light_and_dark_where_that_is_preferred_and_the_others_are_one():
    made = {theme: picture(PATHWAY, LAYOUT, (Panel(),), theme=theme).text for theme in ("auto", "light", "dark")}
    assert {theme: "prefers-color-scheme:dark" in text for theme, text in made.items()} == {
        "auto": True,
        "light": False,
        "dark": False,
    }
    assert made["light"] != made["dark"]


def test_two_scenarios_stand_side_by_side_and_what_differs_is_marked():
    root = parsed(Panel(heading="left", shares={"L": 1.0}), panel(other={"L": 1.0, "R": 0.0, ODD: 0.40, "P": 0.1}))
    found = species(root)
    assert len(found) == 8  # every id is there once
    flipped = {key for key, each in found.items() if "flip" in each.get("class", "")}
    assert flipped == {"p1-s-P"}
    assert title(found["p1-s-P"]).endswith("on, on in 10 % of the cells in the other")
    boxes = {key.removeprefix("p1-"): each.find(f"{SVG}rect").attrib for key, each in found.items()}  # type: ignore[union-attr]
    assert boxes["s-L"] == found["s-L"].find(f"{SVG}rect").attrib  # type: ignore[union-attr]


def test_a_part_is_drawn_at_the_same_places():
    root = parsed(only={("L", "R")})
    assert species(root).keys() == {"s-L", "s-R"}
    whole = species(parsed())
    for key, each in species(root).items():
        assert each.find(f"{SVG}rect").attrib == whole[key].find(f"{SVG}rect").attrib  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["her2", "erbb"])
def test_a_part_has_the_band_of_each_of_its_species_with_its_whole_name_and_no_sliver_of_another(name):
    pathway = formats.load(name)
    layout = placing.placed(pathway)
    for species_ in pathway.species:
        root = ElementTree.fromstring(picture(pathway, layout, only=set(), alone={species_}).text)
        places = [each.text for each in root.iter(f"{SVG}text") if each.get("class") == "place"]
        assert places == [band_of(pathway, species_)]


def test_a_trace_and_an_explanation_say_what_is_drawn():
    pathway = formats.load("her2")
    start, end = pathway.edges[0].source, pathway.edges[0].target
    edges, names, starts, goal, *_ = scenes.of_trace(pathway, graph.trace(pathway, start, to=end))
    assert (starts, goal) == ((start,), end)
    assert {start, end} <= names
    assert (start, end) in edges
    explained = explain_scenario(pathway, Scenario(), pathway.readouts[0])
    edges, names, *_ = scenes.of_reason(pathway, explained.reason)
    assert pathway.readouts[0] in names
    assert edges <= {(edge.source, edge.target) for edge in pathway.edges}


def test_the_picture_is_described_for_those_who_do_not_see_it():
    root = parsed(panel(heading="here"))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}desc") == (f"4 species and 4 edges. here: on are L, P; partly {ODD} 43 %.")
    assert root.findtext(f"{SVG}title") == "letters"


def test_the_same_picture_is_the_same_bytes():
    assert picture(PATHWAY, LAYOUT, (panel(),)) == picture(PATHWAY, LAYOUT, (panel(),))


def test_no_id_is_used_twice_and_different_names_have_different_ids():
    ids = [each.get("id") for each in parsed(panel(), panel()).iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert len({identifier(name) for name in ("a b", "a_b", "a-b", "a.b", "ab")}) == 5


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_legible_on_every_fill_and_states_differ_in_grey(colours):
    pairs = [("ink", "box"), ("ink", "part"), ("onink", "on"), ("drugink", "drug"), ("alterationink", "alteration")]
    pairs += [("quiet", band) for band in ("paper", "extracellular", "membrane", "cytosol", "nucleus", "phenotype")]
    for ink, fill in pairs:
        assert contrast(colours[ink], colours[fill]) >= 4.5, (ink, fill)
    for band in ("extracellular", "membrane", "cytosol", "nucleus", "phenotype"):
        for line in ("activates", "inhibits", "line", "flip"):
            assert contrast(colours[line], colours[band]) >= 3, (line, band)
    assert contrast(colours["on"], colours["part"]) >= 1.8
    assert contrast(colours["box"], colours["part"]) >= 1.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_png_has_the_ink_of_its_labels(theme):
    """Without a font, resvg leaves the text out: each label must have ink of its own colour within its box."""
    pytest.importorskip("resvg_py", reason="needs resvg (extra draw)")
    image = pytest.importorskip("PIL.Image", reason="needs Pillow, which comes with matplotlib")
    made = picture(PATHWAY, LAYOUT, (panel(),), theme=theme)
    pixels = image.open(BytesIO(raster.png(made.text, made.width, made.height))).convert("RGB")
    assert pixels.size == pytest.approx((made.width * 2, made.height * 2), abs=1)
    colours = LIGHT if theme == "light" else DARK
    for name, box in LAYOUT.boxes.items():
        wanted = colours["onink" if SHARES[name] > 0.95 else "ink"]
        ink = tuple(int(wanted[at : at + 2], 16) for at in (1, 3, 5))
        head = 50  # title and heading stand above the map
        part = pixels.crop(
            tuple(round(2 * edge) for edge in (box.left + 4, box.top + head + 2, box.right - 4, box.bottom + head - 2))
        )
        near = sum(
            max(abs(a - b) for a, b in zip(pixel, ink, strict=True)) < 60
            for pixel in (part.getpixel((x, y)) for x in range(part.width) for y in range(part.height))
        )
        assert near > 20 * len(name), name


def test_a_pdf_is_one_page_and_the_same_each_time():
    pytest.importorskip("typst", reason="needs typst (extra pdf)")
    made = picture(PATHWAY, LAYOUT, (panel(),), theme="light")
    data = raster.pdf(made.text, made.width, made.height)
    assert data.startswith(b"%PDF")
    assert data == raster.pdf(made.text, made.width, made.height)
    assert b"her2Sans" in data  # its text is text, in the shipped font


def test_what_cannot_stand_in_xml_is_written_as_an_escape():
    pathway = Pathway(name="x", species={"A\u202eB\x07": Species(id="A\u202eB\x07", name="\x1b[31m")})
    root = ElementTree.fromstring(picture(pathway, placing.placed(pathway)).text)
    assert "A\\u202eB\\x07" in texts(root)
