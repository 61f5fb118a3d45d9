"""Every question that a shipped pathway answers, an imported network answers too."""

from __future__ import annotations

import json

import pytest

from her2cli.cli.app import run


@pytest.mark.parametrize(
    "words",
    [
        ["trace", "A"],
        ["simulate", "--inputs", "1"],
        ["simulate", "--set", "A=0"],
        ["simulate", "--semantics", "stochastic"],
        ["simulate", "--semantics", "all"],
        ["explain", "P", "--inputs", "1"],
        ["compare", "untreated", "A=0"],
        ["attractors"],
    ],
    ids=" ".join,
)
def test_an_imported_network_is_asked_like_a_pathway(words, tmp_path, capsys):
    """A -> K -> P, K -| N."""
    file = tmp_path / "letters.bnet"
    file.write_text("targets, factors\nK, A\nP, K\nN, !K\n")
    assert run([*words, "--pathway", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pathway"]["name"] == "letters"


@pytest.mark.parametrize("built", [("ERBB2_amp", "PTEN_loss", "lapatinib"), ("PTEN_loss",), ("trastuzumab",)])
@pytest.mark.parametrize("more", [(), ("-d", "tucatinib"), ("-a", "RAS_mut")])
def test_a_scenario_that_was_written_as_yaml_names_what_it_has_built_in(built, more, tmp_path, capsys):
    file = tmp_path / "scenario.yaml"
    given = [word for each in built for word in ("-a" if "_" in each else "-d", each)]
    given += [] if "_" in built[0] else ["-a", "none"]
    assert run(["export", "yaml", "-p", "erbb", *given, "-o", str(file)]) == 0
    capsys.readouterr()
    assert run(["simulate", "-p", str(file), "--replicates", "4", *more]) == 0
    out = " ".join(capsys.readouterr().out.split())
    as_it_is = f"he network as its file has it, with {' + '.join(built)} built in"
    begins = {(): f"T{as_it_is}. On", ("-d", "tucatinib"): f"T{as_it_is}, treated with tucatinib. On"}
    assert begins.get(more, f"RAS_mut, beside t{as_it_is}. On") in out
    assert "normal cell" not in out


def test_an_imported_network_gives_reasons(tmp_path, capsys):
    file = tmp_path / "letters.bnet"
    file.write_text("K, A\nP, K\nN, !K\n")
    assert run(["explain", "N", "--pathway", str(file), "--inputs", "1", "--json"]) == 0
    reason = json.loads(capsys.readouterr().out)["reason"]
    told = []
    while reason:
        told.append((reason["species"], reason["value"], reason["kind"]))
        reason = next(iter(reason["because"]), None)
    assert told == [("N", 0, "rule"), ("K", 1, "rule"), ("A", 1, "input")]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["drug", "trastuzumab"], "drug"),
        (["alteration", "ERBB2_amp"], "alteration"),
        (["receptor", "HER3"], "receptor"),
        (["domain", "kinase"], "domain"),
        (["function", "growth"], "function"),
        (["drug"], "drug"),
        (["alteration"], "alteration"),
        (["receptors"], "receptor"),
        (["domain"], "domain"),
        (["function", "--csv"], "function"),
    ],
    ids=" ".join,
)
def test_a_network_without_such_things_says_that_its_format_carries_none(words, kind, tmp_path, capsys):
    """A name that is not there is a mistake; a list without entries is an answer."""
    file = tmp_path / "letters.bnet"
    file.write_text("K, A\nP, K\n")
    named = len(words) > 1 and not words[1].startswith("--")
    assert run([*words, "--pathway", str(file)]) == (2 if named else 0)
    start = f"her2: No {kind} '{words[1]}'." if named else "her2: note:"
    assert capsys.readouterr().err == f"{start} {file} has no {kind}s: BNET carries none, YAML and JSON do.\n"
