"""Every answer in JSON has the shape that is stated for it, no field more; and docs/json.md tells all fields."""

from __future__ import annotations

import json
import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from her2cli.cli._commands import COMMANDS, function
from her2cli.cli.app import run
from her2cli.render.shapes import ANSWERS, SHAPES, answer_schema

jsonschema = pytest.importorskip("jsonschema")
SMALL = Path(__file__).resolve().parents[1] / "data" / "small.yaml"
DOCS = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text("utf-8")
pytestmark = pytest.mark.usefixtures("drawn_once")
LINES = """
receptors
receptor HER3
domain
domain ERBB3_transmembrane
function
species
species AKT -p erbb
ligands
drug
drug trastuzumab
drug --target HER3
alteration
alteration PTEN_loss
cell-line
cell-line BT474
context
context body
pathways
show AKT
show HER2
show Nagata2004
search trastuzumab
evidence
evidence trastuzumab
evidence --claims
cite
cite AKT
trace HER2
trace HER2 --to MYC -p erbb
trace HER2 -d trastuzumab
simulate --replicates 12
simulate -d lapatinib --replicates 12
simulate -d lapatinib -c HCC1954 --replicates 12
simulate -d lapatinib --time 1 --time 5 --replicates 12
simulate -d lapatinib --dose 0..1 --replicates 12
simulate -d lapatinib --steps -p article
simulate -d lapatinib --semantics synchronous -p article
simulate -d lapatinib --semantics all -p article --replicates 12
explain AKT -d trastuzumab --replicates 12
explain PROLIFERATION -p article --replicates 12
explain AKT -d lapatinib --steps -p article
compare untreated trastuzumab none --replicates 100
compare untreated trastuzumab --steps -p article
compare untreated alpelisib --replicates 60 -c BT474
explain AKT -d trastuzumab -p article --semantics all --replicates 12
compare untreated trastuzumab -p article --semantics all --replicates 60
compare untreated fulvestrant --replicates 60
simulate -d zenocutuzumab --replicates 12
explain AKT -d trastuzumab -a ERBB2_amp -a PTEN_loss --replicates 12
screen pairs -d lapatinib -p article --replicates 12
screen alteration-pairs -d trastuzumab -p article --replicates 12
screen knockouts -p article --replicates 12
validate TABLE --why X1 -p article --replicates 12
attractors -p article
attractors -p article --synchronous
screen drugs=lapatinib,neratinib,everolimus --replicates 12
screen drugs=lapatinib,trastuzumab cell-lines=BT474,HCC1954 --replicates 12
resist -d trastuzumab -p article --replicates 12
resist -d trastuzumab -p article --replicates 12 --counter
combine trastuzumab lapatinib -p article --replicates 40
validate TABLE --replicates 12
check
schema
""".strip().splitlines()  # fmt: skip

# Experiments of which one agrees, one does not, one is disputed, and one is of a normal cell.
TABLE = """id\talterations\ttreatment\ttime\treadout\texpect\tvs_alterations\tdisputed
X1\tERBB2_amp\tlapatinib\tlate\tAKT\tup\tERBB2_amp\t
X2\tERBB2_amp\tlapatinib\tearly\tERK\tdown\tERBB2_amp\t
X3\tERBB2_amp\ttrastuzumab\tlate\tAKT\tup\tERBB2_amp\tyes
X4\t\ttrastuzumab\tlate\tPROLIFERATION\tunchanged\t\t
"""


@pytest.mark.parametrize("line", LINES)
def test_an_answer_has_its_shape_and_no_other_field(line: str, tmp_path: Path, capsys):
    if "TABLE" in line:
        (tmp_path / "x.tsv").write_text(TABLE)
    words = shlex.split(line.replace("TABLE", str(tmp_path / "x.tsv")))
    assert run([*words, "--json"]) in (0, 1)
    answer = json.loads(capsys.readouterr().out)
    closed(words[0]).validate(answer)


@cache
def closed(command: str):
    return jsonschema.Draft202012Validator(answer_schema(command, closed=True))


def test_a_picture_and_a_cohort_have_their_shape(tmp_path: Path, capsys):
    table = tmp_path / "tumours.csv"
    table.write_text("tumour,alterations\nT1,ERBB2_amp\nT2,ERBB2_amp;PTEN_loss\n")
    for words in (
        ["draw", "-p", "article", "-o", str(tmp_path / "x.svg")],
        ["cohort", str(table), "--replicates", "30"],
    ):
        assert run([*words, "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        closed(words[0]).validate(answer)


@pytest.mark.parametrize("line", ["export bnet -p article -d lapatinib", "convert SMALL - --to graphml", "new"])
def test_what_is_written_has_its_shape_and_is_a_text_or_a_file(line: str, tmp_path: Path, capsys):
    words = [str(SMALL) if word == "SMALL" else word for word in line.split()]
    file = str(tmp_path / "x.yaml")
    in_file = {"export": ["export", "yaml", "-o", file], "convert": ["convert", str(SMALL), file], "new": ["new", file]}
    for asked, said in ((words, "text"), (in_file[words[0]], "file")):
        assert run([*asked, "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        closed(words[0]).validate(answer)
        assert answer[said]
        assert ("text" in answer, answer["file"] is None) == (said == "text", said == "text")


def test_what_differs_has_its_shape(tmp_path: Path, capsys):
    """Species, rules and what experiments come to."""
    text = SMALL.read_text("utf-8") + (
        "experiments:\n  X1: {alterations: [A_amp], treatment: [blockerol], time: early, readout: GROWTH, "
        "expect: down, versus: {alterations: [A_amp]}, evidence: [One2001]}\n"
    )
    rule = "rule: B or C,"
    assert rule in text
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(text, "utf-8")
    other.write_text(text.replace(rule, "rule: L or A,").replace("kind: receptor", "kind: enzyme", 1), "utf-8")
    assert run(["diff", str(one), str(other), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    closed("diff").validate(answer)
    assert {each["kind"] for each in answer["changes"]} == {"species", "rule", "experiment"}


def test_every_schema_is_one():
    """What several have in common is looked at once."""
    schemas = {command: answer_schema(command) for command in ANSWERS}
    shared = {name: shape for schema in schemas.values() for name, shape in schema["$defs"].items()}
    assert all(schema["$defs"].items() <= shared.items() for schema in schemas.values())
    own = {command: {**schema, "$defs": {}} for command, schema in schemas.items()}
    jsonschema.Draft202012Validator.check_schema({"$defs": {**shared, **own}})


@pytest.mark.parametrize("command", ANSWERS)
def test_a_schema_refuses_an_answer_that_lacks_a_field(command: str):
    schema = answer_schema(command)
    assert not jsonschema.Draft202012Validator(schema).is_valid({"schema": f"her2/{command}/1"})


def test_every_command_that_answers_has_a_shape():
    known = {name for group in COMMANDS.values() for name in group}
    answering = {name for name in known if "json" in json_options(name)}
    assert set(ANSWERS) <= known
    assert answering == set(ANSWERS)


def json_options(name: str) -> set[str]:
    from her2cli.cli._parameters import parameters

    return set(parameters(function(name)))


@pytest.mark.parametrize("command", sorted(set(ANSWERS) - {"cohort"}))
def test_the_docs_tell_every_field(command: str):
    told = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`]*`", DOCS)))) | set(SHAPES["Scenario"])
    plurals = {
        "domains",
        "functions",
        "species",
        "drugs",
        "alterations",
        "cell_lines",
        "contexts",
        "receptors",
        "ligands",
    }
    assert {field.rstrip("?") for field in ANSWERS[command]} - told - plurals == set()


def test_schemas_are_printed(capsys):
    assert run(["schema", "--answers", "simulate"]) == 0
    assert json.loads(capsys.readouterr().out) == answer_schema("simulate")
    assert run(["schema", "--answers"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == set(ANSWERS)
    assert run(["schema", "--answers", "simulat"]) == 2
    assert "simulate" in capsys.readouterr().err
    assert run(["schema", "simulate"]) == 2
    assert "--answers" in capsys.readouterr().err
