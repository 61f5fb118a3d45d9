"""Published networks keep their answers through every format: read natively, and written and read back.

The judges are independent: fixed points listed in `expected.tsv`, biodivine-aeon, mpbn, libsbml and MaBoSS.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from her2cli.expression import Const, Expression, Var, evaluate, substitute, text
from her2cli.formats import bnet, read_file, write
from her2cli.formats.losses import Written
from her2cli.logic.network import BooleanNetwork, build
from her2cli.model import Pathway
from her2cli.studies.difference import difference

SHARED = Path(__file__).resolve().parents[3] / "shared" / "interop"
MODELS = SHARED / "models"
ROWS = list(csv.DictReader((SHARED / "expected.tsv").open(), delimiter="\t")) if SHARED.is_dir() else []
NAMES = sorted({row["name"] for row in ROWS})
# A third of all text: it is read, solved, and written in two formats; the others are of all kinds without it.
LARGEST = "bbm260_immune_surveillance_of_primary_melanoma_combined"
OTHERS = [name for name in NAMES if name != LARGEST]
pytestmark = pytest.mark.skipif(not ROWS, reason="needs ../shared, which is not part of the project")


@cache
def given(file: str) -> Pathway:
    """A file as her2 reads it, once for all claims about it."""
    return read_file(MODELS / file)


@cache
def written(name: str, format: str) -> Written:
    """A network as her2 writes it, once for all that read it again."""
    return write(given(f"{name}.bnet"), format)


@cache
def logic(name: str) -> Mapping[str, Expression]:
    return as_logic(given(f"{name}.bnet"))


@cache
def expected(name: str) -> list[str]:
    """Those of a network as it is given in BNET, its inputs where they begin."""
    return fixed_points(build(given(f"{name}.bnet")))


def fixed_points(network: BooleanNetwork) -> list[str]:
    """By biodivine-aeon, inputs held at their initial values; bits over the sorted names."""
    pytest.importorskip("biodivine_aeon")
    ids = {name: Var(f"x{number}") for number, name in enumerate(sorted(network.species))}
    lines = []
    for name in network.species:
        rule = network.rules[name]
        held: Expression = Const(network.initial[name]) if rule == Var(name) else rule
        lines.append(f"{ids[name].name}, {text(substitute(held, ids), symbols=True)}")
    return _fixed_points(frozenset(lines))


@cache
def _fixed_points(rules: frozenset[str]) -> list[str]:
    """Biodivine is asked once about rules that are the same to the letter, in whatever file they stood."""
    import biodivine_aeon as aeon

    graph = aeon.AsynchronousGraph(aeon.BooleanNetwork.from_bnet("\n".join(sorted(rules)), repair_graph=True))
    ids = sorted((line.partition(",")[0] for line in rules), key=lambda name: int(name[1:]))
    states = (vertex.to_named_dict() for vertex in aeon.FixedPoints.symbolic(graph).vertices())
    return sorted("".join(str(int(state[name])) for name in ids) for state in states)


def digest(states: list[str]) -> str:
    return sha256(("\n".join(states) + "\n").encode()).hexdigest()[:16]


def as_logic(pathway: Pathway) -> Mapping[str, Expression]:
    """The rules with their constants worked in, inputs as themselves."""
    return {name: substitute(rule, {}) for name, rule in build(pathway).rules.items()}


def input_value(row: Mapping[str, str]) -> int | None:
    return None if row["input_value"] == "-" else int(row["input_value"])


def rows_given_as(extension: str, *but: str) -> list[Any]:
    """A case of each row whose network is there in that format."""
    return [
        pytest.param(row, f"{row['name']}.{extension}", id=f"{row['name']}-{row['input_value']}-{extension}")
        for row in ROWS
        if (MODELS / f"{row['name']}.{extension}").exists() and row["name"] not in but
    ]


@pytest.mark.parametrize(("row", "file"), [*rows_given_as("bnet"), *rows_given_as("aeon", LARGEST)])
def test_a_given_network_has_the_expected_fixed_points(row: Mapping[str, str], file: str):
    network = build(given(file), inputs=input_value(row))
    assert len(network.species) == int(row["nodes"])
    states = fixed_points(network)
    assert (len(states), digest(states)) == (int(row["fixed_points"]), row["fp_sha16"])


@pytest.mark.parametrize(("row", "file"), rows_given_as("native.sbml"))
def test_a_native_sbml_model_has_the_expected_number_of_fixed_points(row: Mapping[str, str], file: str):
    pytest.importorskip("libsbml")
    network = build(given(file), inputs=input_value(row))
    assert len(fixed_points(network)) == int(row["native_sbml_fixed_points"])


@pytest.mark.parametrize("file", sorted(MODELS.glob("*.multivalued.sbml")), ids=lambda file: file.stem)
def test_a_multivalued_model_becomes_what_biolqm_makes_of_it_in_all_admissible_states(file: Path):
    """The published pairs: the model itself, and its Boolean form in BNET, whose names begin with `v_`."""
    pytest.importorskip("libsbml")
    own = build(given(file.name)).rules
    published = bnet.read(file.with_name(f"{file.name.split('.')[0]}.bnet").read_text(), name="p", source="p")
    theirs = {name.removeprefix("v_"): rule for name, rule in build(published).rules.items() if name in published.rules}
    assert theirs.keys() <= own.keys()
    of: dict[str, list[str]] = {}
    for name in own:
        of.setdefault(re.sub(r"_b\d+$", "", name), []).append(name)
    draw = Random(0)
    for _ in range(100):
        state = {}
        for names in of.values():
            level = draw.randint(0, len(names))
            state |= {name: int(place < level) for place, name in enumerate(names)}
        named = {f"v_{name}": value for name, value in state.items()}
        for name, rule in theirs.items():
            assert evaluate(rule, named) == evaluate(own[name], state), name


@pytest.mark.parametrize("file", sorted(MODELS.glob("*.native.sbml")), ids=lambda file: file.stem)
@pytest.mark.parametrize("format", ["yaml", "json"])
def test_a_native_sbml_model_goes_to_our_own_formats_but_for_what_is_counted(file: Path, format: str, tmp_path: Path):
    pytest.importorskip("libsbml")
    pathway = given(file.name)
    written = write(pathway, format)
    (tmp_path / f"model.{format}").write_text(written.text, encoding="utf-8")
    changes = difference(pathway, read_file(tmp_path / f"model.{format}"))
    assert {change.field for change in changes} <= {"location"}
    assert written.losses == ((f"{len(changes)} locations",) if changes else ())


@pytest.mark.parametrize(
    ("format", "name"),
    [(format, name) for format in ("bnet", "aeon", "maboss", "sbml", "csv", "yaml") for name in OTHERS]
    + [("maboss", LARGEST)],
)
def test_a_given_network_survives_being_written_and_read(name: str, format: str, tmp_path: Path):
    if format == "sbml":
        pytest.importorskip("libsbml")
    pathway = given(f"{name}.bnet")
    file = tmp_path / f"network.{'bnd' if format == 'maboss' else format}"
    file.write_text(written(name, format).text, encoding="utf-8")
    again = read_file(file)
    assert as_logic(again) == logic(name)
    if format != "aeon":
        assert list(again.species) == list(pathway.species)
    if format != "yaml":
        assert {(e.source, e.target, e.effect) for e in again.edges} == {
            (e.source, e.target, e.effect) for e in pathway.edges
        }


@pytest.mark.parametrize("name", NAMES)
def test_written_sbml_is_valid_and_means_the_same_to_biodivine(name: str):
    libsbml = pytest.importorskip("libsbml")
    aeon = pytest.importorskip("biodivine_aeon")
    pathway = given(f"{name}.bnet")
    content = written(name, "sbml").text
    document = libsbml.readSBMLFromString(content)
    document.checkConsistency()
    assert document.getNumErrors() == 0, document.getError(0).getMessage()
    theirs = aeon.BooleanNetwork.from_sbml(content)
    assert sorted(theirs.variable_names()) == sorted(pathway.species)
    assert fixed_points(_of_aeon(theirs)) == expected(name)


@pytest.mark.parametrize("name", OTHERS)
def test_written_aeon_and_bnet_mean_the_same_to_biodivine(name: str):
    aeon = pytest.importorskip("biodivine_aeon")
    assert fixed_points(_of_aeon(aeon.BooleanNetwork.from_aeon(written(name, "aeon").text))) == expected(name)
    bnet = aeon.BooleanNetwork.from_bnet(written(name, "bnet").text, repair_graph=True)
    assert fixed_points(_of_aeon(bnet)) == expected(name)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("pb")])
def test_written_bnet_means_the_same_to_mpbn(name: str, tmp_path: Path):
    mpbn = pytest.importorskip("mpbn")
    pathway = given(f"{name}.bnet")
    held = {key: Const(0) for key in build(pathway).inputs}
    file = tmp_path / "network.bnet"
    file.write_text(written(name, "bnet").text)
    theirs = mpbn.MPBooleanNetwork(str(file))
    for key in held:
        theirs[key] = 0
    found = sorted("".join(str(state[key]) for key in sorted(pathway.species)) for state in theirs.fixedpoints())
    assert found == expected(name)


def _of_aeon(theirs: object) -> BooleanNetwork:
    """Biodivine's network as ours, an input where it has neither rule nor regulators."""
    from her2cli.logic.network import from_rules

    rules = {}
    for variable in theirs.variables():  # type: ignore[attr-defined]
        function = theirs.get_update_function(variable)  # type: ignore[attr-defined]
        name = theirs.get_variable_name(variable)  # type: ignore[attr-defined]
        rules[name] = name if function is None else str(function)
    return from_rules(rules)
