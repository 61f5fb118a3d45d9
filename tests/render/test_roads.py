"""The picture of a large pathway has its main roads: what leads to its readouts by way of what drugs act on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from her2cli.expression import parse, variables
from her2cli.loading import load, load_text
from her2cli.render.roads import TANGLE, roads

SVG = "{http://www.w3.org/2000/svg}"
Key = tuple[str, str]


@pytest.fixture(scope="module")
def erbb():
    return load("erbb")


@pytest.fixture(scope="module")
def drawn(erbb) -> tuple[set[Key], set[str]]:
    found = roads(erbb, erbb.readouts)
    assert found is not None
    return found


def reached(starts: Iterable[str], edges: set[Key]) -> set[str]:
    found = {*starts}
    while new := {target for source, target in edges if source in found and target not in found}:
        found |= new
    return found


def test_few_edges_are_main_roads_and_each_of_them_acts(erbb, drawn):
    edges, _ = drawn
    assert 80 < len(edges) < len(erbb.edges) / 4
    acting = {(edge.source, edge.target) for edge in erbb.edges if not erbb.is_condition(edge)}
    assert edges <= acting
    for source, target in edges:
        assert target not in erbb.rules or source in variables(parse(erbb.rules[target].text)), (source, target)


def test_each_species_on_a_road_is_led_to_from_a_beginning_and_leads_to_a_readout(erbb, drawn):
    edges, species = drawn
    met = {name for ends in edges for name in ends}
    assert met | {*erbb.readouts} == species
    begins = met - {target for _, target in edges}
    assert reached(begins, edges) == met
    acting = {(edge.target, edge.source) for edge in erbb.edges if not erbb.is_condition(edge)}
    back = reached(erbb.readouts, {(target, source) for source, target in edges})
    for name in met - back:  # which leads nowhere, such as a shed domain
        assert not reached([name], {(one, other) for other, one in acting}) & {*erbb.readouts}, name


def test_what_drugs_and_alterations_act_on_is_drawn_where_it_acts_on_anything(erbb, drawn):
    _, species = drawn
    acted_on = {e.target for agent in (*erbb.drugs, *erbb.alterations) for e in erbb.actions(agent) if not e.blocks}
    acting = {e.source for e in erbb.edges if not erbb.is_condition(e) and e.source != e.target}
    missing = (acted_on & acting) - species
    assert len(missing) <= 5, missing
    assert {"PTEN", "RB1", "CDK46", "ESR1", "MEK", "AKT", "PI3K", "MTORC1", "ERBB3", "SRC"} <= species


def test_a_small_pathway_and_one_that_is_all_roads_are_drawn_whole():
    article = load("her2")
    assert len(article.edges) <= TANGLE
    assert roads(article, article.readouts) is None
    names = [f"S{number}" for number in range(TANGLE + 10)]
    chain = "\n".join(f"  - {{source: {one}, target: {two}, effect: activates}}" for one, two in pairwise(names))
    species = ", ".join(f"{name}: {{}}" for name in names)
    long = load_text(f"schema: 1\nname: long\nspecies: {{{species}}}\nedges:\n{chain}\n")
    assert roads(long, [names[-1]]) is None


def pictured(path: Path) -> tuple[set[str], int, str]:
    """The species of an SVG, how many edges it has, and its title."""
    root = ElementTree.parse(path).getroot()
    classes = [(each.get("id") or "", each.get("class") or "") for each in root.iter()]
    species = {key.removeprefix("s-") for key, kind in classes if key.startswith("s-") and "species" in kind}
    return species, sum("edge" in kind.split() for _, kind in classes), root.findtext(f"{SVG}title") or ""


def test_the_picture_says_how_much_it_is_of_the_whole_and_how_that_is_drawn(said, tmp_path, erbb):
    for line, title in ((["-p", "erbb"], "main roads"), (["-p", "erbb", "--whole"], "")):
        file = tmp_path / f"{len(line)}.svg"
        code, _, err = said("draw", *line, "-o", str(file))
        assert code == 0
        species, edges, told = pictured(file)
        if title:
            words = f"main roads, {len(species)} of {len(erbb.species)} species and "
            assert words in told
            assert words in err
            (count,) = map(int, re.findall(r" and (\d+) of \d+ edges", told))
            assert 0 <= edges - count <= 4  # the legend has some of its own
            assert "(all: --whole)" in err
        else:
            assert species == {*erbb.species}
            assert "main roads" not in told + err


def test_programs_are_told_that_it_is_a_part(said, tmp_path):
    for more, is_part in (([], True), (["--whole"], False), (["--trace", "AKT", "--to", "MYC"], False)):
        code, out, _ = said("draw", "-p", "erbb", *more, "-o", str(tmp_path / f"{len(more)}.svg"), "--json")
        assert code == 0
        assert bool(json.loads(out)["part"]) == is_part


def test_species_stand_where_they_do_in_the_whole_picture(said, tmp_path):
    places = []
    for name, more in (("part", []), ("whole", ["--whole"])):
        said("draw", "-p", "erbb", *more, "-o", str(tmp_path / f"{name}.svg"))
        text = (tmp_path / f"{name}.svg").read_text()
        places.append(dict(re.findall(r'id="s-(\w+)"[^>]*>(?:<title>[^<]*</title>)?<rect x="([\d.]+)"', text)))
    part, whole = places
    assert len(part) > 50
    assert part.items() <= whole.items()


def test_what_a_scenario_holds_or_changes_is_in_its_picture(said, tmp_path):
    file = tmp_path / "held.svg"
    line = ["draw", "-p", "erbb", "-a", "ERBB2_ultralow", "-s", "GUARD_AKT=0", "-l", "NRG2", "-o", str(file)]
    assert said(*line)[0] == 0
    assert {"GUARD_AKT", "HER2_ULTRALOW", "NRG2"} <= pictured(file)[0]
