"""One experiment explained, in every form that an answer has; and flags that would be ignored are refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from her2cli.cli.app import run

FILE = """schema: 1
experiments:
  one:
    alterations: [A_amp]
    treatment: [blockerol]
    readout: GROWTH
    expect: down
    versus: {alterations: [A_amp]}
    evidence: [One2001]
"""
SMALL = str(Path(__file__).resolve().parents[1] / "data" / "small.yaml")


@pytest.fixture
def why(tmp_path, capsys):
    file = tmp_path / "one.yaml"
    file.write_text(FILE)

    def say(*words: str) -> str:
        assert run(["validate", str(file), "-p", SMALL, *words]) == 0
        return str(capsys.readouterr().out)

    return say


def test_why_names_the_chain_by_which_the_arms_differ(why):
    out = why("--why", "ONE")
    assert "why         blockerol -| (A -> C) -> GROWTH" in out
    assert "got         down (stochastic): agree" in out
    assert "Why, in the usual cell in which it is off" in out


def test_why_is_json_too(why):
    data = json.loads(why("--why", "one", "--json"))
    assert [each["why"] for each in data["rows"]] == ["blockerol -| (A -> C) -> GROWTH"]
    assert [each["arm"] for each in data["arms"]] == ["scenario", "versus"]
    assert data["arms"][0]["reason"]["species"] == "GROWTH"


@pytest.mark.parametrize(("form", "between"), [("--csv", ","), ("--tsv", "\t")])
def test_why_is_a_table_of_one_row_too(why, form, between):
    rows = list(csv.reader(io.StringIO(why("--why", "one", form)), delimiter=between))
    assert [row[0] for row in rows] == ["id", "one"]
    assert rows == list(csv.reader(io.StringIO(why(form)), delimiter=between))
    told = dict(
        zip(*rows, strict=True)
    )  # blockerol holds GROWTH off in the scenario, and not in what it is held against
    assert (told["got"], float(told["value"]), float(told["versus_value"])) == ("down", 0, 1)


def test_why_is_junit_too(why, tmp_path):
    why("--why", "one", "--junit", str(tmp_path / "out.xml"))
    assert ElementTree.parse(tmp_path / "out.xml").getroot().attrib["tests"] == "1"


def test_how_often_each_kind_of_answer_was_right_is_counted_and_written(why, tmp_path):
    data = json.loads(why("--agreement", str(tmp_path / "agreement.yaml"), "--json"))
    told = {(each["answer"], each["kind"]): (each["right"], each["of"]) for each in data["by_answer"]}
    assert told == {("change", ""): (1, 1), ("unchanged", ""): (0, 0), ("change", "kinase inhibitor"): (1, 1)}
    from her2cli.loading import read_knowledge

    written = read_knowledge(str(tmp_path / "agreement.yaml"))[0]["agreement"]
    assert {(each.answer, each.kind): (each.right, each.of) for each in written.values()} == told


def test_what_is_unchanged_moves_a_little_or_not_at_all_and_is_counted_so():
    """The shipped experiments, counted again from the values of their rows."""
    import her2cli
    from her2cli.logic.network.sampling import Sampling
    from her2cli.studies.experiments import by_answer, validate

    pathway = her2cli.load("erbb")
    report = validate(pathway, pathway.experiments.values(), sampling=Sampling(replicates=500))
    told = {each.answer: (each.right, each.of) for each in by_answer(report, pathway) if not each.kind}
    moved = [(row.value - row.comparator_value, row.experiment.expect) for row in report.counted]
    little = [(by > 0, expect) for by, expect in moved if 0.05 < abs(by) <= 0.1]
    assert told["slight"] == (sum(expect == ("up" if up else "down") for up, expect in little), len(little))
    still = [expect for by, expect in moved if abs(by) <= 0.05]
    assert told["steady"] == (still.count("unchanged"), len(still))
    assert told["unchanged"][1] == len(little) + len(still) > 20


def test_why_says_of_an_experiment_what_the_list_says(capsys):
    """Many scenarios are drawn together and two are not: F040, near the threshold, was wrong in the list alone."""
    few = ["--replicates", "40", "--csv"]
    run(["validate", *few])
    listed = {row["id"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert len(listed) > 150
    for name in ("F040", "F067"):
        run(["validate", "--why", name, *few])
        (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
        assert row == listed[name]


def test_a_table_follows_each_experiment_once(why, monkeypatch):
    """The figure of the second semantics stands in no table."""
    from her2cli.studies import experiments

    asked = []
    original = experiments.validate
    monkeypatch.setattr(
        experiments, "validate", lambda *given, **more: (asked.append(more["semantics"]), original(*given, **more))[1]
    )
    why("--csv")
    assert asked == ["stochastic"]


def test_two_forms_of_a_check_are_one_too_many(capsys):
    assert run(["check", SMALL, "--json", "--format", "sarif"]) == 2
    assert capsys.readouterr().err == "her2: Choose one of --json and --format sarif.\n"


def test_the_schema_is_json_as_every_answer_is(capsys):
    run(["schema"])
    plain = json.loads(capsys.readouterr().out)
    run(["schema", "--json"])
    data = json.loads(capsys.readouterr().out)
    assert (data["schema"], data["json_schema"]) == ("her2/schema/1", plain)
