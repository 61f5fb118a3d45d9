"""The page: in real Chromium by mouse and by keyboard, without a request, with names shown as they were typed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from her2cli import formats
from her2cli.logic.questions.shares import Readout
from her2cli.logic.questions.simulation import in_steps
from her2cli.model import Edge, Effect, Pathway, Scenario, Species, Status
from her2cli.render import placing, scenes
from her2cli.render.page import Story, View, _edge, page
from her2cli.render.roads import roads
from her2cli.render.svg import picture, undressed

DRIVER = Path(__file__).with_name("page.cjs")
ODD = "<i>&\"'[x]"  # markup, an entity, quotes and brackets, which a name may hold


@pytest.fixture(scope="module")
def pathway() -> Pathway:
    """In -> <i>&"'[x] -| Out, Out -> Back, which runs up to inhibit it, and Other beside them."""
    places = {"In": "extracellular", ODD: "membrane", "Out": "cytosol", "Back": "nucleus", "Other": "nucleus"}
    species = {
        name: Species(id=name, name=f"the {name}", location=place, aliases=("first alias",) if name == "In" else ())
        for name, place in places.items()
    }
    return Pathway(
        name="odd",
        title=f"A title with {ODD}",
        species=species,
        edges=(
            Edge(source="In", target=ODD, effect=Effect.activates, mechanism="binds <b>", evidence=("A2000",)),
            Edge(source=ODD, target="Out", effect=Effect.inhibits, against=("B2001",)),
            Edge(source="Out", target="Back", effect=Effect.activates),
            Edge(source="Back", target="Out", effect=Effect.inhibits),
        ),
        readouts=("Out",),
    )


@pytest.fixture(scope="module")
def text(pathway: Pathway) -> str:
    stories = []
    for name, value in (("nothing added", 0), ("In added", 1)):
        scenario = Scenario(ligands=("In",) if value else ())
        values = {key: Readout(1.0, 0.5, 0.4 if key == "Out" else 0.0) for key in pathway.species}
        values["In"] = Readout(0.0, 0.0, float(value))
        stories.append(
            Story(
                name=name,
                command=f"her2 simulate -p odd.yaml {name}",
                panel=scenes.panel(pathway, scenario, {key: each.late for key, each in values.items()}),
                values=values,
                steps=in_steps(pathway, scenario).steps,
                notes=["of both"],
                cell=["of the cell"],
            )
        )
    return page(pathway, placing.placed(pathway), stories, command="her2 draw -p odd.yaml", readouts=("Out",))


@pytest.fixture(scope="module")
def seen(text: str, large: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the driver saw in a browser; skips where there is none."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    node = shutil.which("node")
    if not chromium or not node:
        pytest.skip("needs Chromium and Node.js")
    if subprocess.run([node, "-e", "require('playwright-core'); require('axe-core')"], capture_output=True).returncode:
        pytest.skip("needs playwright-core and axe-core (npm), found by NODE_PATH")
    files = [tmp_path_factory.mktemp("page") / name for name in ("page.html", "large.html")]
    for file, content in zip(files, (text, large), strict=True):
        file.write_text(content, "utf-8")
    done = subprocess.run([node, DRIVER, chromium, *files], capture_output=True, text=True, timeout=170)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_asks_for_nothing_and_reports_no_error(seen):
    assert seen["requests"] == []
    assert seen["messages"] == []


def test_names_are_shown_as_they_were_typed(seen):
    assert seen["title"] == f"A title with {ODD}"
    assert ODD in seen["ids"]
    assert seen["hovered"] == ODD  # the second species


def test_the_card_tells_how_each_edge_acts_and_on_what_evidence(seen):
    assert "binds <b>" in seen["card"]
    assert "A2000" in seen["card"]
    assert "B2001" in seen["card"]


def test_a_click_lights_up_what_is_next_to_a_species_and_another_ends_that(seen):
    assert sorted(seen["clicked"]) == sorted(["In", ODD, "Out"])
    assert sorted(seen["downstream"]) == sorted([ODD, "Out", "Back"])
    assert sorted(seen["upstream"]) == sorted(["In", ODD])
    assert seen["unlit"] == []


def test_an_edge_looks_as_in_a_picture_of_the_same_pathway(seen, pathway):
    looks = re.findall(r'class="(edge [^"]*)"', picture(pathway, placing.placed(pathway)).text)  # the legend's follow
    assert seen["edges"] == looks[: len(pathway.edges)]
    assert [look.removeprefix("edge ") for look in seen["edges"]] == [
        "activates",
        "inhibits",
        "activates",
        "inhibits up",
    ]


def test_a_label_of_what_acts_looks_as_in_a_picture_of_the_same_scenario(seen, pathway):
    scene = scenes.panel(pathway, Scenario(), dict.fromkeys(pathway.species, 0.0))
    made = picture(pathway, placing.placed(pathway), (scene,)).text
    assert seen["tags"] == [] == re.findall(r'class="tag', made.split("legend")[0])


def test_a_page_of_a_tangle_begins_with_its_main_roads_and_shows_all_where_that_is_asked_for(seen):
    views, pathway = seen["views"], formats.load("erbb")
    few, every = views["first"], [len(pathway.species), len(pathway.edges)]
    assert views["said"] == [f"main roads: {few[0]} of {every[0]} species", f"all {every[0]} species"]
    assert few[0] < 0.7 * every[0]
    assert few[1] < 0.25 * every[1]
    assert views["found"][0].endswith("which is not shown: Enter shows all")
    assert views["found"][1:] == few
    assert views["entered"][0].endswith("was not shown: now all are.")
    assert views["entered"][1:] == [*every, True]
    assert views["back"] == [*few, 1]
    assert views["firstStop"] == 1


def test_among_the_main_roads_the_arrow_keys_go_to_what_is_shown_alone_and_only_that_is_lit(seen):
    assert all(seen["views"]["walked"])
    assert seen["views"]["lit"] == 0


def test_where_a_name_is_typed_each_species_is_offered(seen, pathway):
    assert seen["offered"] == [[key, species.name] for key, species in pathway.species.items()]


def test_a_species_is_found_by_an_alias(seen):
    assert sorted(seen["found"]) == sorted(["In", ODD])
    assert "Nothing here answers" in seen["lost"]


def test_zoom_and_pan_by_mouse(seen):
    start, larger, back, _ = seen["zoom"]
    assert larger > start
    assert back == pytest.approx(start)
    assert seen["panned"] == pytest.approx(50, abs=2)
    assert seen["afterPan"] == []  # dragging chooses nothing


def test_the_scenario_is_switched_and_compared(seen):
    assert seen["late"][0] == "In, off"
    assert seen["late"][2] == "Out, on in 40 % of the cells"
    assert seen["switched"][0] == "In, on"
    assert seen["switchedCommand"] == "her2 simulate -p odd.yaml In added"
    assert seen["flipped"] == 1
    assert seen["columns"][-1] == "late in the other"
    assert seen["plain"][0] == "In"


def test_with_a_comparison_a_species_has_the_value_of_either_scenario(seen):
    assert seen["both"][:2] == ["In added: off", "nothing added: off"]


def test_readouts_stand_in_a_table(seen):
    assert seen["readouts"] == [["Out", "100 %", "50 %", "40 %"]]


def test_it_is_used_by_keyboard_alone(seen):
    assert seen["focused"].startswith("In")
    assert seen["escaped"] == []
    assert seen["moved"].startswith(ODD)  # the row below
    assert sorted(seen["entered"]) == sorted(["In", ODD, "Out"])
    assert seen["keyZoom"]
    assert seen["stops"] == 1  # the map is one stop of the tab key


def test_steps_are_those_of_the_simulation(seen, pathway):
    steps = in_steps(pathway, Scenario()).steps
    assert seen["when"].startswith("step 0 of")
    for number, labels in ((0, seen["first"]), (1, seen["second"])):
        assert {label.rsplit(", ", 1)[0] for label in labels if label.endswith(", on")} == set(steps[number].on)
    assert "Out" in seen["status"]


def test_axe_finds_nothing_light_and_wide_or_dark_and_narrow(seen):
    assert seen["axe"] == []


def test_on_a_telephone_the_card_stands_above_the_map(seen):
    assert seen["above"]
    assert not seen["overflow"]


def test_what_the_literature_agrees_with_is_not_shown_as_disputed():
    """The card shows a verdict in the colour of a dispute."""
    edges = [Edge(source="A", target="B", effect=Effect.activates, status=status) for status in Status]
    shown = [_edge(edge, {"A": 0, "B": 1}, {})["status"] for edge in edges]
    assert shown == ["" if status is Status.agree else status.value for status in Status]


def test_the_policy_allows_only_the_pages_own_script_and_sheet(text):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]  # type: ignore[index]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        inner = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        assert len(inner) == 1
        assert f"'sha256-{b64encode(sha256(inner[0].encode()).digest()).decode()}'" in policy


def test_every_id_is_there_once_and_every_label_names_a_control(text):
    class Reader(HTMLParser):
        ids: list[str] = []  # noqa: RUF012 - one reader, one list

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.ids += [value or "" for name, value in attrs if name == "id"]

    Reader().feed(text)
    assert len(Reader.ids) == len(set(Reader.ids))
    assert {"find", "scenario", "other", "step", "card", "map"} <= set(Reader.ids)


@pytest.fixture(scope="module")
def large() -> str:
    """The literature's pathway with ten scenarios, which begins with its main roads."""
    pathway = formats.load("erbb")
    roads_ = roads(pathway, pathway.readouts)
    assert roads_
    values = {name: Readout(0.12, 0.34, 0.56) for name in pathway.species}
    panel = scenes.panel(pathway, Scenario(drugs=(("lapatinib", 1.0),)), {})
    steps = in_steps(pathway, Scenario(alterations=pathway.default_alterations, drugs=(("lapatinib", 1.0),))).steps
    story = Story(name="lapatinib", command="her2 simulate", panel=panel, values=values, steps=steps)
    first = View(said="main roads", edges=roads_[0], names=roads_[1])
    layout = placing.placed(pathway)
    return page(pathway, layout, [story] * 10, command="her2 draw", readouts=pathway.readouts, first=first)


def test_below_the_shares_of_many_cells_nothing_is_told_of_the_one_that_is_followed_in_steps(seen):
    assert seen["noteOfShares"] == "of both."
    assert seen["noteOfSteps"] == "of both. The one cell that is followed in steps: of the cell."


def test_the_literatures_pathway_with_ten_scenarios_stays_small(large):
    assert len(large.encode()) < 300_000  # about 290,000 with 812 edges


def test_the_ways_of_edges_are_those_of_a_picture_once_the_script_has_written_their_turns_out():
    pathway = formats.load("erbb")
    layout = placing.placed(pathway)
    ways = re.findall(r'data-way="([^"]*)"', undressed(pathway, layout))
    turns = dict(re.findall(r"replace\(/([du])\(-\?\[0-9\.\]\+\)/g, '([^']*)'\)", _page_script()))
    drawn = re.findall(r'<path class="edge [^"]*" d="([^"]*)"', picture(pathway, layout).text)[
        : len(ways)
    ]  # then the legend
    for turn, written in turns.items():
        ways = [re.sub(rf"{turn}(-?[0-9.]+)", written.replace("$1", r"\1"), way) for way in ways]
    assert set(turns) == {"d", "u"}
    assert len(ways) == len(pathway.edges)
    tokens = re.compile(r"[a-zA-Z]|-?[0-9.]+")
    assert [tokens.findall(way) for way in ways] == [tokens.findall(way) for way in drawn]


def _page_script() -> str:
    return Path(page.__code__.co_filename).with_suffix(".js").read_text(encoding="utf-8")


def test_every_species_and_edge_is_in_the_page_with_its_fields(text, pathway):
    data = json.loads(re.search(r'id="data">(.*?)</script>', text)[1])  # type: ignore[index]

    def records(kind: str) -> list[dict[str, Any]]:
        """A row a record, without the empty fields at its end; a text that comes again is its place in the list."""
        names, *rows = data[kind]
        return [dict(zip(names, row, strict=False)) for row in rows]

    names = [each["id"] for each in records("species")]
    assert names == list(pathway.species)
    drawn = [(names[each["s"]], names[each["t"]], each["e"], each.get("how", "")) for each in records("edges")]
    assert drawn == [(edge.source, edge.target, edge.sign, edge.mechanism) for edge in pathway.edges]


def test_what_is_cited_can_be_looked_up(large):
    references = formats.load("erbb").references
    data = json.loads(re.search(r'id="data">(.*?)</script>', large)[1])  # type: ignore[index]
    assert len(data["references"]) > 100
    for key, *told in data["references"]:
        known = references[key]
        assert told == [known.citation, *([int(known.pmid)] if known.pmid else [])]


def test_it_steps_through_more_than_a_hundred_species_without_delay(seen):
    assert seen["steps"] > 5
    assert seen["slowest"] < 500  # 50 ms are aimed at with 157 species 35 were measured; this machine may be busy
