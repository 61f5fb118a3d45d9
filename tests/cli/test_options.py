"""How the options of a line become a pathway and a scenario in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from her2cli.cli.app import run


def asked(capsys: pytest.CaptureFixture[str], line: str) -> dict[str, Any]:
    assert run([*line.split(), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("line", ["simulate", "explain AKT", "compare untreated EGF", "attractors"])
def test_a_computed_answer_comes_from_the_network_that_was_judged(capsys, line):
    assert asked(capsys, line)["pathway"]["name"] == "erbb"


@pytest.mark.parametrize("name", ["article", "her2"])
def test_the_article_answers_when_it_is_asked(capsys, name):
    found = asked(capsys, f"explain AKT -p {name}")
    assert found["pathway"]["name"] == "her2"
    assert found["scenario"]["context"] == ""


def test_look_ups_read_the_article(capsys):
    assert asked(capsys, "trace HER2")["pathway"]["name"] == "her2"


def test_the_environment_names_another_default_and_an_option_goes_before_it(capsys, monkeypatch):
    monkeypatch.setenv("HER2_PATHWAY", "her2")
    assert asked(capsys, "explain AKT")["pathway"]["name"] == "her2"
    assert asked(capsys, "explain AKT -p erbb")["pathway"]["name"] == "erbb"


@pytest.mark.parametrize(
    ("options", "context"), [("", "body"), ("--context culture", "culture"), ("--context vivo", "")]
)
def test_a_tumour_is_in_the_body_unless_another_context_is_asked_for(capsys, options, context):
    if context:
        assert asked(capsys, f"explain AKT {options}")["scenario"]["context"] == context
    else:
        assert run(["explain", "AKT", *options.split()]) == 2
        assert "No context 'vivo'" in capsys.readouterr().err


def test_an_export_without_a_context_has_the_inputs_of_the_file(capsys):
    run(["export", "json", "-p", "erbb", "-d", "lapatinib"])
    plain = json.loads(capsys.readouterr().out)
    run(["export", "json", "-p", "erbb", "-d", "lapatinib", "--context", "body"])
    around = json.loads(capsys.readouterr().out)
    assert "share" not in plain["species"]["NRG1"]
    assert 0 < around["species"]["NRG1"]["share"] < 1
