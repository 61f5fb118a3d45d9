"""Each default that a help states is what happens without the option; with another value the answer is another."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from her2cli.cli._commands import COMMANDS, function
from her2cli.cli._parameters import parameters
from her2cli.cli._scenario import asked
from her2cli.cli.app import run

pytestmark = pytest.mark.usefixtures("drawn_once")

# L and M are on in half of the cells, so that numbers depend on the seed; many drugs and alterations: lists end.
TEXT = """
schema: 1
name: halves
title: Two ligands in half of the cells
readouts: [G, D]
default_alterations: [up]
species:
  L: {share: 0.5}
  M: {share: 0.5, kind: ligand}
  A: {kind: receptor}
  B: {kind: kinase}
  G: {kind: phenotype, goal: 0}
  D: {kind: phenotype, goal: 1}
edges:
  - {source: L, target: A, effect: activates}
  - {source: M, target: B, effect: activates}
  - {source: G, target: B, effect: inhibits}
rules:
  B: M and not G or free
  G: A or B
  D: not G
drugs:
  x: {edges: [{target: A, effect: inhibits, unless: [free]}]}
  y: {efficacy: 0.5, edges: [{target: B, effect: inhibits}]}
MORE
alterations:
  up: {match: [{gene: ERBB2, copies: [amplified]}], edges: [{target: A, effect: activates}]}
  free: {}
  m1: {efficacy: 0.5, edges: [{target: G, effect: activates}]}
  OTHER
""".replace("MORE", "\n".join(f"  x{i}: {{edges: [{{target: A, effect: inhibits}}]}}" for i in range(20))).replace(
    "OTHER", "\n  ".join(f"n{i}: {{edges: [{{target: G, effect: activates}}]}}" for i in range(15))
)

EXPERIMENTS = """
schema: 1
experiments:
  one: {treatment: [x], readout: G, expect: down, evidence: [article]}
  two: {ligands: [M], readout: G, expect: up, evidence: [article]}
"""

ALTERATIONS = ["up", "free", "m1", *(f"n{number}" for number in range(7))]

# Of each command a line, and its options: what the help says of it without them, and another value (all engines draw
# the same cells).
CELLS = {"--seed": ("0", "1"), "--replicates": ("500", "7"), "--engine": ("auto", "")}
SCREENED = CELLS | {"--replicates": ("300", "7")}
LATE = {"--time": ("late", "early")}
ARTICLE = {"--pathway": ("her2", "erbb")}
LINES: dict[str, dict[str, tuple[str, str]]] = {
    "receptors --json": ARTICLE,
    "receptor ERBB2 --json": ARTICLE,
    "domain --json": ARTICLE,
    "function --json": ARTICLE,
    "species": ARTICLE,
    "ligands": ARTICLE,
    "drug": ARTICLE,
    "alteration": ARTICLE,
    "cell-line --json": ARTICLE,
    "context --json": ARTICLE,
    "show EGFR": ARTICLE,
    "search HER2": ARTICLE | {"--limit": ("20", "1")},
    "evidence --json": ARTICLE,
    "cite EGFR --json": ARTICLE,
    "export sif": ARTICLE,
    "trace EGFR": ARTICLE,
    "trace EGFR --to AKT -p erbb": {"--limit": ("20", "1")},
    "simulate -d x -p FILE --json": CELLS,
    "simulate -d x -p FILE": {"--semantics": ("stochastic", "synchronous")},
    "explain G -d x -p FILE --json": CELLS | LATE,
    "explain G -d x -p FILE": {"--semantics": ("stochastic", "synchronous")},
    "compare untreated x -p FILE --json": CELLS,
    "compare untreated x -p FILE": {"--semantics": ("stochastic", "synchronous")},
    "screen drugs -p FILE --json": SCREENED | LATE,
    "screen drugs -p FILE": {"--limit": ("10", "1")},
    "resist -d x -r G=1 -p FILE --json": SCREENED | {"--over": ("alterations", "species"), "--size": ("2", "1")},
    "resist -d x -r G=1 -p FILE": {"--limit": ("4", "1")},
    "combine x y -p FILE --json": CELLS | LATE | {"--replicates": ("1000", "50")},
    "cohort TUMOUR -d x -p FILE --json": SCREENED,
    "cohort TUMOURS -d x -p FILE --replicates 20": {"--limit": ("8", "1")},
    "cohort TUMOUR -d x -p FILE --csv": {"--table": ("tumours", "drugs")},
    "validate EXPERIMENTS -p FILE --json": CELLS | {"--replicates": ("1000", "7")},
    "validate EXPERIMENTS -p FILE": {"--semantics": ("stochastic", "synchronous")},
    "check FILE": {"--format": ("text", "github")},
    "draw -d x -p FILE": {"--seed": ("0", "1"), "--theme": ("auto", "dark")} | LATE,
}
FILES = {"FILE": "halves.yaml", "EXPERIMENTS": "experiments.yaml", "TUMOURS": "tumours.csv", "TUMOUR": "tumour.csv"}
NETWORK = "erbb (the literature's, if not given)"  # of `--pathway`; see the last test


@pytest.fixture
def said(capfd, monkeypatch, tmp_path):
    """What a line prints, but for what only repeats an option; FILE in it is the network above, EXPERIMENTS those,
    TUMOURS a table.
    """
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("HER2_PATHWAY", raising=False)
    (tmp_path / "halves.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "experiments.yaml").write_text(EXPERIMENTS, encoding="utf-8")
    tumours = "".join(f"T{i},{each}\n" for i, each in enumerate(ALTERATIONS))
    (tmp_path / "tumours.csv").write_text("tumour,alterations\n" + tumours, encoding="utf-8")
    (tmp_path / "tumour.csv").write_text("tumour,alterations\nT0,up\n", encoding="utf-8")

    def say(line: str) -> str:
        words = [FILES.get(word, word) for word in line.split()]
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            code = run(words)
        out, err = capfd.readouterr()
        assert code in (0, 1), err
        return re.sub(r'"(seconds|seed|replicates|time)": ("\w*"|[\d.]+)', "", out)

    return say


@pytest.mark.parametrize("line", LINES)
def test_without_an_option_its_stated_default_is_what_happens(said, line):
    plain = said(line)
    stated = [f"{option} {default}" for option, (default, _) in LINES[line].items()]
    assert said(" ".join([line, *stated])) == plain, stated
    for option, (_, other) in LINES[line].items():
        assert not other or said(f"{line} {option} {other}") != plain, option


@pytest.mark.parametrize("limit", [2, 14])
def test_so_many_sets_of_a_resistance_are_shown_as_are_asked_for(said, limit):
    sets = re.findall(
        r"^(?:free|m1|n\d+) .*± .* of cells on", said(f"resist -d x -r G=1 -p FILE --replicates 2 -n {limit}"), re.M
    )
    assert len(sets) == limit


def test_a_cohort_says_how_many_of_its_tumours_have_an_alteration(said, tmp_path):
    (tmp_path / "mixed.csv").write_text("tumour,alterations\nT0,up\nT1,\nT2,free\nT3,up\n", encoding="utf-8")
    told = " ".join(said("cohort mixed.csv -p FILE --replicates 5").split())
    assert "4 tumours, 3 different by the alterations of the network; 3 have one." in told
    assert "1 with none found: computed as a normal cell, whose best drug says little of a tumour." in told
    told = " ".join(said("cohort TUMOUR -p FILE --replicates 5").split())
    assert "1 tumour, 1 different by the alterations of the network; 1 has one." in told
    assert "0 findings are in other genes, 0 change no protein." in told
    assert "normal cell" not in told


def test_one_of_a_kind_is_counted_as_one(said, tmp_path):
    rows = ["T1,TP53,p.R175H", "T2,PIK3CA,p.T1025A", "T1,PIK3CA,p.H1047H", "T2,ERBB2,p.L755S"]
    (tmp_path / "maf.csv").write_text("\n".join(["tumour,gene,change", *rows]), encoding="utf-8")
    told = " ".join(said("cohort maf.csv -p erbb --replicates 5 -n 1").split())
    assert "1 more group:" in told
    assert "1 finding in genes of the network matches no alteration:" in told
    assert "1 finding is in other genes, 1 changes no protein." in told


def stated(help: str, default: Any) -> str:
    """The default that a person is told: typer shows what the function has, other help says it in words."""
    if default not in (None, False, "") and isinstance(default, int | str):
        return str(getattr(default, "value", default))
    found = re.search(r"; (\w+)(, if not given)?\.$", help)
    return found[1] if found else ""


def test_no_default_that_a_help_states_is_left_out_above():
    covered = {(line.split()[0], option, value[0]) for line, each in LINES.items() for option, value in each.items()}
    told = set()
    for command in (name for group in COMMANDS.values() for name in group):
        for taken in parameters(function(command)).values():
            said = taken.hint.__metadata__[0]
            if said.names and (value := stated(said.settings.get("help", ""), taken.default)):
                told.add((command, said.names[0], value))
            elif said.names and NETWORK not in said.settings["help"]:
                assert "not given" not in said.settings["help"].replace("if not given, all", ""), said.names
    assert told - covered == {("validate", "--pathway", "erbb")}
    assert len(told) > 50


def test_a_computing_command_asks_the_network_of_the_literature(said, monkeypatch):
    with asked(None, None) as found:
        assert found.pathway.name == "erbb"


LINES_COMPUTED = [
    "simulate -d lapatinib --replicates 20",
    "simulate -d lapatinib --steps",
    "simulate -d lapatinib --semantics all --replicates 20",
    "simulate -d lapatinib --dose 0..1 --replicates 20",
    "simulate -d lapatinib --time 5 --replicates 20",
    "explain AKT -d lapatinib --replicates 20",
    "explain AKT -d lapatinib --replicates 20 -v",
    "compare lapatinib trastuzumab --replicates 20",
    "compare lapatinib trastuzumab --steps",
    "attractors --only fixed-points",
    "screen drugs --replicates 20",
    "screen drugs x alterations --replicates 10 -n 3",
    "resist -d trastuzumab",
    "combine trastuzumab lapatinib --replicates 40",
    "cohort TUMOUR --replicates 20",
    "validate EXPERIMENTS --replicates 20",
]
COMPUTED = pytest.mark.parametrize("line", LINES_COMPUTED)


@COMPUTED
def test_every_computed_answer_begins_with_its_network(capsys, tmp_path, line):
    said = {
        "TUMOUR": "tumour,alterations\nT0,ERBB2_amp\n",
        "EXPERIMENTS": "id\ttreatment\treadout\texpect\none\tlapatinib\tAKT\tdown\n",
    }
    for name, text in said.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    words = [str(tmp_path / f"{word}.csv") if word in said else word for word in line.split()]
    assert run([*words, "-p", "article"]) in (0, 1)
    assert re.match(r"Network her2(: HER2 signalling, as the article tells it\.$|: \d)", capsys.readouterr().out, re.M)


def test_no_command_that_asks_the_network_of_the_literature_is_left_out_above():
    asking = {
        command
        for command in (name for group in COMMANDS.values() for name in group)
        if any(
            NETWORK in each.hint.__metadata__[0].settings.get("help", "")
            for each in parameters(function(command)).values()
            if each.hint.__metadata__[0].names[:1] == ("--pathway",)
        )
    }
    assert asking | {"validate"} == {line.split()[0] for line in LINES_COMPUTED}


def test_what_the_article_says_to_the_contrary_stands_in_every_answer_that_explains(capsys, monkeypatch):
    """In the article's pathway mutant PI3K leaves ERK, and with it proliferation, to trastuzumab; p95 does not."""
    monkeypatch.setenv("COLUMNS", "400")
    said = {}
    for line in (
        "simulate -d pertuzumab --replicates 500",
        "explain SURVIVAL -d pertuzumab --replicates 500",
        "resist -d trastuzumab -n 2 --replicates 60",
        "compare untreated pertuzumab -c SKBR3 --replicates 100",
    ):
        assert run(line.split()) == 0
        out = capsys.readouterr().out
        said[line.split()[0]] = [each for each in out.splitlines() if each.startswith("The article's pathway says")]
    assert "SURVIVAL stays" in said["simulate"][0]
    assert said["explain"] == ["The article's pathway says the contrary: SURVIVAL stays (-p article)."]
    assert said["resist"][0].startswith("The article's pathway says the contrary of ")
    assert "PIK3CA_H1047R" in said["resist"][0]
    assert "P95HER2_up" not in said["resist"][0]
    assert said["resist"][0].endswith(": PROLIFERATION does not stay on (-p article).")
    assert len(said["compare"]) <= 1


MANY = [
    "combine trastuzumab dactolisib --replicates 200",
    "screen drugs=lapatinib,dactolisib,gedatolisib,disitamab_vedotin --replicates 200",
    "screen knockouts=ERBB3,AKT,PI3K -c HCC1954 --time early --replicates 200",
    "cohort TUMOURS --only dactolisib --replicates 100",
]


@pytest.mark.parametrize("line", MANY)
def test_of_many_rows_the_article_is_said_to_contradict_those_that_it_does(capsys, monkeypatch, tmp_path, line):
    """Each is asked of the article alone: what the row does there, and here, are half of the cells apart or more."""
    (tmp_path / "TUMOURS").write_text("tumour,alterations\nA,ERBB2_amp\nB,ERBB2_amp PIK3CA_H1047R\n", encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "500")
    words = line.replace("TUMOURS", str(tmp_path / "TUMOURS")).split()
    assert run(words) == 0
    told = [each for each in capsys.readouterr().out.splitlines() if each.startswith("The article's pathway says")]
    assert run([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert bool(told) <= bool(answer["article"])
    if line.startswith(("combine", "screen drugs", "cohort")):
        assert len(told) == 1
        first = answer["article"][0]
        assert told[0].startswith("The article's pathway says the contrary: ")
        assert f"{first['readout']} with {first['scenario']}" in told[0]
    for each in answer["article"][:6]:
        time = answer.get("time", "late")
        row, _, tumour = each["scenario"].partition(" in ")
        shown = _here(answer, each, row, tumour)
        asked = _asked(line, row, tumour)
        assert run(["simulate", *asked, "-p", "article", "--semantics", "synchronous", "--json"]) == 0
        there = json.loads(capsys.readouterr().out)["readouts"][each["readout"]]
        change = there[time] - there["before"]
        assert each["says"] == {1: "more", 0: "alike", -1: "less"}[(change > 0.1) - (change < -0.1)], each
        assert abs(change - shown) >= 0.5 - 1e-9, each


def _here(answer, told, row, tumour):
    """By how much a row of an answer changes a readout; the answer of a cohort has no shares."""
    if "surfaces" in answer:
        (surface,) = [each for each in answer["surfaces"] if each["readout"] == told["readout"]]
        names = dict(
            zip(
                [answer["drugs"][0], answer["drugs"][1], " + ".join(answer["drugs"])],
                ("first", "second", "both"),
                strict=True,
            )
        )
        missed = surface["responses"][names[row]] - surface["responses"]["neither"]
        return -missed if surface["goal"] else missed
    if "rows" in answer:
        (found,) = [each for each in answer["rows"] if row in each.values()]
        return found["readouts"][told["readout"]]["share"] - found["readouts"][told["readout"]]["before"]
    (group,) = [each for each in answer["groups"] if " + ".join(each["alterations"]) == tumour]
    assert row in [each["drug"] for each in group["best"]]
    return float("inf")


def _asked(line, row, tumour):
    """The options of `simulate` that ask for a row."""
    if line.startswith("screen knockouts"):
        return ["-s", row, "-c", "HCC1954"]
    drugs = [word for name in row.split(" + ") for word in ("-d", name)]
    return [*drugs, *(word for name in tumour.split(" + ") if name for word in ("-a", name))]


def test_of_ends_the_article_is_said_to_contradict_what_is_certain_in_all_states(capsys, monkeypatch):
    """Dactolisib kills the usual cell of the literature, and no cell of the article."""
    monkeypatch.setenv("COLUMNS", "200")
    assert run(["attractors", "-d", "lapatinib"]) == 0
    out = capsys.readouterr().out
    asked = "her2 attractors -p article -a ERBB2_amp -d lapatinib"
    assert out.endswith(f"\nNot all are listed. What the article's pathway says of it: {asked}\n")
    line = "attractors -d dactolisib --inputs usual --only trap-spaces"
    assert run(line.split()) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert run([*line.split(), "--json"]) == 0
    here = json.loads(capsys.readouterr().out)
    assert run([*line.split(), "-p", "article", "--json"]) == 0
    there = json.loads(capsys.readouterr().out)

    def fixed(answer, name):
        return {state[answer["species"].index(name)] for state in answer["minimal_trap_spaces"]["states"]}

    assert here["article"]
    for name, says in here["article"].items():
        assert f"{name} {says}" in told
        assert (fixed(here, name), fixed(there, name)) == (({"0"}, {"1"}) if says == "on" else ({"1"}, {"0"}))


def test_of_held_species_the_article_is_asked_as_of_alterations(capsys, monkeypatch):
    """Each set that it is said to contradict is one after which the readout falls in its own pathway."""
    monkeypatch.setenv("COLUMNS", "400")
    assert run(["resist", "-d", "trastuzumab", "--over", "species", "-k", "1", "--replicates", "60"]) == 0
    (said,) = [each for each in capsys.readouterr().out.splitlines() if each.startswith("The article's pathway says")]
    held = re.findall(r"\w+=[01]", said)
    assert held
    for each in held:
        assert run(f"simulate -d trastuzumab -s {each} -p article --semantics synchronous --json".split()) == 0
        assert json.loads(capsys.readouterr().out)["readouts"]["PROLIFERATION"]["late"] == 0


def test_a_tumour_without_what_the_default_one_has_is_called_so(capsys):
    assert run(["simulate", "-d", "trastuzumab", "-a", "EGFR_amp", "-p", "article", "--replicates", "20"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[1].startswith("EGFR_amp without ERBB2_amp, treated with trastuzumab.")
    assert run(["simulate", "-d", "trastuzumab", "-c", "BT20", "-p", "article", "--replicates", "20"]) == 0
    assert " without " not in capsys.readouterr().out.splitlines()[1]
