"""The command line as a guest of the shell: errors, exit codes, pipes, terminals, encodings, JSON, completion."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import her2cli
from her2cli.cli._commands import function
from her2cli.cli._output import SCHEMAS, kept, look
from her2cli.cli._typer import Commands, app
from her2cli.cli.app import COMMANDS, run
from her2cli.model import Edge, Effect, Pathway, Scenario, Species
from her2cli.studies.combine import Surface
from her2cli.studies.screen import Goal

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("few_cells", "drawn_once")
SMALL = ["--pathway", str(ROOT / "tests" / "data" / "small.yaml")]
DRAWN = ["simulate", "--semantics", "stochastic", "-d", "blockerol=0.5", *SMALL]


def her2(*words: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """`her2` in a process of its own, or a shell line in which `her2` is this one."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    settings = kept | {"PYTHONPATH": str(ROOT)} | environment
    line = [sys.executable, "-m", "her2cli", *words]
    if shell:
        line = ["bash", "-c", re.sub(r"^her2\b", f"{sys.executable} -m her2cli", shell)]
    return subprocess.run(line, cwd=ROOT, env=settings, capture_output=True, check=False, timeout=60)


# --- mistakes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nosuchcommand"], "her2: No command 'nosuchcommand'. 'her2 --help' lists the commands.\n"),
        (["simulat"], "her2: No command 'simulat'. Did you mean simulate?\n"),
        (["path"], "her2: No command 'path'. 'her2 trace A --to B' gives the paths from A to B.\n"),
        (["dose"], "her2: No command 'dose'. 'her2 simulate -d lapatinib --dose 0..1' gives a curve.\n"),
        (["list"], "her2: No command 'list'. 'her2 drugs', 'her2 alterations' and every plural list what there is.\n"),
        (["rank"], "her2: No command 'rank'. 'her2 screen drugs -c HCC1954' ranks all drugs for a tumour.\n"),
        (["plot"], "her2: No command 'plot'. 'her2 draw' draws the network; see 'her2 draw --help'.\n"),
        (["--", "--help"], "her2: No command '--help'. 'her2 --help' lists the commands.\n"),
        (
            ["trace"],
            "her2: Missing argument 'NAME', as in: her2 trace HER2 --to ANGIOGENESIS. See 'her2 trace ",
        ),
        (
            ["trace", "L", "M", *SMALL],
            "her2: Too many arguments: M. The paths to a species are asked with --to: --to M. See ",
        ),
        (
            ["receptor", "L", "M", *SMALL],
            "her2: Too many arguments: M. One thing is told at a time, a name with a blank in quotes. See 'her2 ",
        ),
        (["function", "cell", "survival"], "her2: Too many arguments: survival. One thing is told at a time, a name "),
        (["draw", "x.svg"], "her2: Too many arguments: x.svg. A file is named with -o: -o x.svg. See 'her2 draw "),
        (["export", "bnet", "x.bnet"], "her2: Too many arguments: x.bnet. A file is named with -o: -o x.bnet. See "),
        (["-p", "erbb", "trace", "L"], "her2: '-p' stands after the command: her2 COMMAND -p.\n"),
        (["--json", "trace", "L"], "her2: '--json' stands after the command: her2 COMMAND --json.\n"),
        (
            ["simulate", "blockerol", *SMALL],
            "her2: Too many arguments: blockerol. A drug is named with --drug, an alteration with --alteration. See ",
        ),
        (["--verison"], "her2: No option '--verison'. Did you mean --version?\n"),
        (
            ["attractors", "--semantics", "synchronous"],
            "her2: No option '--semantics'. Did you mean --synchronous? See ",
        ),
        (
            ["screen", "drugs", "--semantics", "synchronous"],
            "her2: No option '--semantics'. It is of simulate, explain, compare and validate. See ",
        ),
        (["validate", "--semantics", "all"], "her2: --semantics all: an experiment is judged by one, "),
        (["explain", "A", "--semantics", "all", "--time", "early", *SMALL], "her2: --semantics all is of where the "),
        (["explain", "blockerol", "-d", "blockerol", "--semantics", "all", *SMALL], "her2: --semantics all is of a "),
        (
            ["compare", "untreated", "--semantics", "all", *SMALL],
            "her2: A comparison needs two scenarios or more, as in: ",
        ),
        (["simulate", "--knockdown", "A"], "her2: No option '--knockdown'. Did you mean --set? See "),
        (["trace", "L", "-n", "2"], "her2: No option '-n'. How far to follow is --depth N, how many paths "),
        (["trace", "L", "--depht", "2"], "her2: No option '--depht'. Did you mean --depth? See 'her2 trace --help'.\n"),
        (
            ["trace", "L", "--to", "NOPE", *SMALL],
            f"her2: No species 'NOPE'. 'her2 species -p {SMALL[1]}' lists all; "
            f"'her2 search NOPE -p {SMALL[1]}' looks into all names and notes.\n",
        ),
        (["show", "", *SMALL], "her2: An empty NAME: name it. See 'her2 show --help'.\n"),
        (["show", "[bold]x[/]", *SMALL], "her2: No species, drug, alteration or anything else '[bold]x[/]'. "),
        (["show", "\x1b[31mx", *SMALL], "her2: No species, drug, alteration or anything else '\\x1b[31mx'. "),
        (["show", "\udcff\udcfe", *SMALL], "her2: No species, drug, alteration or anything else '\\udcff\\udcfe'. "),
        (["simulate", "-d", "blockerrol", *SMALL], "her2: No drug 'blockerrol'. Close: blockerol. 'her2 new --drug "),
        (
            ["simulate", "-d", "xyzzy", *SMALL],
            "her2: No drug 'xyzzy'. 'her2 drugs' lists all; 'her2 new --drug xyzzy' starts a file that adds it.\n",
        ),
        (["simulate", "-d", "blockerol=2", *SMALL], "her2: --drug blockerol=2: a dose is the share of cells "),
        (["simulate", "-d", "blockerol=nan", *SMALL], "her2: --drug blockerol=nan: a dose is the share of cells "),
        (["simulate", "-d", "blockerol=1e400", *SMALL], "her2: --drug blockerol=1e400: a dose is the share of cells "),
        (
            ["simulate", "-d", "blockerol=0.5", "-d", "Brandname", *SMALL],
            "her2: --drug blockerol is given with two doses, 0.5 and 1.\n",
        ),
        (["simulate", "-s", "B", *SMALL], "her2: --set B: write NODE=0 to hold a species off, NODE=1 to hold it on.\n"),
        (["simulate", "-s", "B=1", "-s", "B=0", *SMALL], "her2: --set holds B both off and on.\n"),
        (
            ["simulate", "-a", "none", "-a", "A_amp", *SMALL],
            "her2: --alteration none is a cell without alterations; it cannot stand with --alteration A_amp.\n",
        ),
        (
            ["simulate", "--time", "3", "--steps", *SMALL],
            "her2: --time is for shares of cells: leave out --steps and --semantics.\n",
        ),
        (
            ["simulate", "--engine", "python", "--semantics", "synchronous", *SMALL],
            "her2: --engine is for shares of cells: leave out --steps and --semantics.\n",
        ),
        (
            ["simulate", "--engine", "gpu", "--semantics", "stochastic", *SMALL],
            "her2: No engine 'gpu'; there are auto, python, numba.\n",
        ),
        (["trace", "L", "--limit", "3", *SMALL], "her2: --limit is for the paths to a species: add --to NAME.\n"),
        (
            ["trace", "L", "-a", "none", *SMALL],
            "her2: --alteration says in which tumour a drug cuts: add --drug NAME.\n",
        ),
        (["simulate", "--json", "--csv", *SMALL], "her2: Choose one of --json, --csv and --tsv.\n"),
        (["simulate", "--semantics", "xyz", *SMALL], "her2: No semantics 'xyz'; there are "),
        (["explain", "B", "--time", "soon", *SMALL], "her2: No time 'soon'; there are before, early, late.\n"),
        (["trace", "L", "--depth", "0", *SMALL], "her2: Invalid value for '--depth'"),
        (["trace", "L", "--depth", "1.5", *SMALL], "her2: Invalid value for '--depth'"),
        (
            ["compare", "untreated", "B=3", *SMALL],
            "her2: B=3: write NODE=0 to hold a species off, NODE=1 to hold it on.\n",
        ),
        (["compare", "untreated", "blockerol=3", *SMALL], "her2: blockerol=3: a dose is the share of cells "),
        (["simulate", "--inputs", "2", *SMALL], "her2: --inputs 2: inputs are 0 or 1.\n"),
        (
            ["simulate", "--semantics", "stochastic", "--time", "-1", *SMALL],
            "her2: --time -1: a time is a number from 0 on.\n",
        ),
        (
            ["simulate", "-d", "a", *SMALL],
            "her2: No drug 'a'. Drugs against A: blockerol. It is a species: --set A=0 or A=1 holds it.\n",
        ),
        (
            ["simulate", "-d", "L", *SMALL],
            "her2: No drug 'L'. It is a species: --set L=0 or L=1 holds it, --ligand L adds it.\n",
        ),
        (["simulate", "-l", "BLOCKEROL", *SMALL], "her2: No species 'BLOCKEROL'. It is a drug: --drug blockerol.\n"),
        (["explain", "blockerol", *SMALL], "her2: No species 'blockerol'. It is a drug: --drug blockerol.\n"),
        (
            ["explain", "A_amp", "-a", "none", *SMALL],
            "her2: No species 'A_amp'. It is an alteration: --alteration A_amp.\n",
        ),
        (["attractors", "-a", "B", *SMALL], "her2: No alteration 'B'. It is a species: --set B=0 or B=1 holds it.\n"),
        (["drug", "A_amp", *SMALL], "her2: No drug 'A_amp'. It is an alteration: 'her2 show A_amp' tells of it.\n"),
        (["alteration", "Blockerol", *SMALL], "her2: No alteration 'Blockerol'. It is a drug: 'her2 show blockerol' "),
        (["species", "blockerol", *SMALL], "her2: No species 'blockerol'. It is a drug: 'her2 show blockerol' tells "),
        (["cell-line", "HER2"], "her2: No cell line 'HER2'. It is a species: 'her2 show ERBB2' tells of it.\n"),
        (["receptor", "AKT"], "her2: No receptor 'AKT'. It is a species: 'her2 show AKT' tells of it.\n"),
        (
            ["drugs", "HER3"],
            "her2: No drug 'HER3'. It is a species: 'her2 show ERBB3' tells of it, 'her2 drugs --target ERBB3' lists ",
        ),
        *(
            (
                [kind, "STAT3_LEANING"],
                f"her2: No {kind} 'STAT3_LEANING'. It is a species of the pathway erbb: 'her2 show STAT3_",
            )
            for kind in ("species", "drug", "alteration", "receptor", "context", "domain")
        ),
        (["simulate", "-d", "BT-474"], "her2: No drug 'BT-474'. It is a cell line: --cell-line BT474.\n"),
        (
            ["compare", "untreated", *SMALL],
            "her2: A comparison needs two scenarios or more, as in: her2 compare untreated DRUG\n",
        ),
        (["compare", "untreated", "NOPE", *SMALL], "her2: No drug, alteration, ligand or cell line 'NOPE'."),
        (["compare", "untreated", "Q7Q7"], "her2: No drug, alteration, ligand or cell line 'Q7Q7'. 'her2 drugs', 'alt"),
        (["validate", "--why", "Q7"], "her2: No experiment 'Q7'. 'her2 validate -v' lists them."),
        (["trace", "HER2", "-p", "/no/such.yaml"], "/no/such.yaml: "),
        (["trace", "HER2", "-p", "nosuch"], "her2: No pathway 'nosuch'. There are her2, erbb; or name a file.\n"),
    ],
    ids=lambda value: " ".join(Path(word).name for word in value)[:60] if isinstance(value, list) else "",
)
def test_a_mistake_is_one_line_that_helps_and_exits_with_2(said, words, message):
    code, out, err = said(*words)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_a_very_long_argument_is_shortened(said):
    code, _, err = said("show", "A" * 120_000, *SMALL)
    assert code == 2
    assert len(err) < 300


def test_a_drug_without_a_target_says_which_pathway_has_one(said):
    code, _, err = said("simulate", "--drug", "everolimus", "-p", "her2")
    assert code == 2
    assert err == "her2: The drug everolimus has no target in the pathway her2. It has one in erbb: --pathway erbb.\n"


def test_a_name_with_a_blank_is_shown_as_the_hint_types_it(said):
    code, _, err = said("KRAS", "G12D")
    asked = shlex.split(err.partition("as in: her2 ")[2].partition(";")[0])
    assert (code, asked) == (2, ["show", "KRAS G12D"])
    assert said(*asked)[1].startswith("RAS_other ")


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_paths_of_a_bounded_length_are_called_so(said, depth):
    """None of the short ones may carry a signal where a longer one does."""
    every = said("trace", "HER2", "--to", "MYC", "-p", "erbb")[1].splitlines()[0]
    code, out, _ = said("trace", "HER2", "--to", "MYC", "-p", "erbb", "--depth", str(depth))
    assert code == 0
    assert re.match(rf"\d+ paths? of at most {depth} edges from ERBB2 to MYC", out)
    assert "of at most" not in every


def test_a_species_of_another_pathway_is_shown_and_traced_there(said):
    code, out, err = said("show", "p27")
    assert code == 0
    assert out.startswith("CDKN1B  p27Kip1")
    assert err == "her2: note: this is from the pathway erbb; her2 does not have it.\n"
    code, out, err = said("trace", "p27")
    assert code == 0
    assert out.startswith("CDKN1B  p27Kip1")
    assert err == "her2: note: p27 is only in erbb, which this is from (--pathway names another).\n"
    assert said("trace", "p27", "-p", "her2")[0] == 2, "it was asked of that pathway"


def test_a_thing_is_found_in_whichever_pathway_has_it(said, tmp_path, monkeypatch):
    (tmp_path / "mine.yaml").write_text("schema: 1\nname: mine\nspecies: {MINE: {}}\n")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    code, out, err = said("show", "MINE")
    assert (code, out.split()[0]) == (0, "MINE")
    assert err == "her2: note: this is from the pathway mine; her2 does not have it.\n"


def test_leaving_out_the_default_tumour_is_remarked_on(said):
    code, out, err = said("simulate", "-a", "C_masked", *SMALL, "--json")
    assert code == 0
    assert json.loads(out)["scenario"]["alterations"] == ["C_masked"]
    assert err == "her2: note: this tumour is without the default A_amp; -a +C_masked adds to it instead.\n"


def test_another_amount_of_what_the_default_tumour_has_is_not_said_to_add_to_it(said):
    err = said("simulate", "-a", "HER2-low")[2]
    assert err == "her2: note: this tumour is without the default ERBB2_amp, of which ERBB2_low is another amount.\n"


TWO_AMOUNTS = "her2: ERBB2_amp and ERBB2_low are two amounts of HER2, and a tumour has one: name one of them.\n"


@pytest.mark.parametrize(
    "line",
    [
        "simulate -a ERBB2_amp -a HER2-low",
        "simulate -a +HER2-low",
        "simulate -c BT474 -a +ERBB2_low -d lapatinib",
        "explain AKT -a ERBB2_amp+ERBB2_low",
        "compare untreated ERBB2_amp+ERBB2_low",
        "compare untreated ERBB2_low -a ERBB2_amp",
        "compare untreated lapatinib -a +ERBB2_low",
        "screen drugs -a ERBB2_amp -a ERBB2_low",
        "resist -d trastuzumab -a ERBB2_amp -a ERBB2_low",
        "combine lapatinib palbociclib -a ERBB2_amp -a ERBB2_low",
        "attractors -a ERBB2_amp -a ERBB2_low",
        "export bnet -a ERBB2_amp -a ERBB2_low",
        "draw -a ERBB2_amp -a ERBB2_low",
    ],
)
def test_two_amounts_of_one_thing_are_refused_wherever_a_tumour_is_named(said, line):
    code, out, err = said(*line.split())
    assert (code, out, err) == (2, "", TWO_AMOUNTS)


def test_an_experiment_with_two_amounts_of_one_thing_is_refused_at_its_cell(said, tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text("id\talterations\treadout\texpect\tvs_alterations\nA\tERBB2_amp\tAKT\tup\tERBB2_amp ERBB2_low\n")
    code, _, err = said("validate", str(path))
    assert (code, err) == (2, f"{path}:2:20: vs_alterations: {TWO_AMOUNTS.removeprefix('her2: ')}")


def test_a_file_without_drugs_says_that_its_format_carries_none(said, tmp_path):
    (tmp_path / "model.bnet").write_text("A, B\n")
    file = str(tmp_path / "model.bnet")
    instead = "BNET carries none, YAML and JSON do. --set NODE=0 holds a species off, NODE=1 on.\n"
    for option, kind, name in (
        ("-d", "drug", "trastuzumab"),
        ("-a", "alteration", "MUC4"),
        ("-c", "cell line", "BT474"),
    ):
        assert said("simulate", option, name, "-p", file) == (
            2,
            "",
            f"her2: No {kind} '{name}'. {file} has no {kind}s: {instead}",
        )


def test_the_help_of_inputs_says_what_they_can_be_and_no_range(said):
    assert "--inputs 0|1 " in said("simulate", "--help")[1]
    assert "0<=x" not in said("simulate", "--help")[1]


def test_an_alteration_that_is_named_twice_counts_once(said):
    for name in ("none", "A_amp"):
        assert said("simulate", "-a", name, "-a", name, *SMALL) == said("simulate", "-a", name, *SMALL)


def test_names_are_found_in_any_case_and_by_brand(said):
    assert said("simulate", "-d", "BRANDNAME", *SMALL)[1] == said("simulate", "-d", "blockerol", *SMALL)[1]


@pytest.mark.parametrize("name", ["her2", "ERBB2", "neu", "CD340", "ErbB-2", "P04626"])
def test_every_synonym_shows_the_same_species(said, name):
    assert said("show", name)[1].startswith("ERBB2  HER2 receptor, membrane\n")


# --- the promises to scripts ---------------------------------------------------------------------------------------

LOOKUPS = ["receptors", "receptor HER3", "domain", "domain HER3", "function", "function survival", "drug", "alteration"]
LOOKUPS += ["drug trastuzumab", "alteration ERBB2_amp", "show AKT", "search phophorylated", "evidence", "evidence AKT"]
LOOKUPS += [
    "evidence --disputed",
    "evidence --unverified",
    "show A10",
    "species",
    "species AKT",
    "ligands",
    "cell-line",
]
LOOKUPS += ["cell-line BT474", "drug --target HER3"]
RUNS = ["trace HER2", "trace trastuzumab", "trace HER2 --to VEGF", "trace VEGF --upstream", "trace HER2 -d trastuzumab"]
RUNS += ["simulate -d trastuzumab --replicates 50"]  # of erbb, which is large; what follows, of the article's
RUNS += [
    f"{line} -p her2"
    for line in ("simulate", "explain AKT -d trastuzumab", "compare untreated trastuzumab --replicates 50")
]
RUNS += [f"simulate --semantics {each} --replicates 50 -p her2" for each in ("stochastic", "all")]


@pytest.mark.parametrize("line", [*LOOKUPS, *RUNS])
def test_every_answer_is_also_json_with_schema_version_and_hash(said, line):
    code, out, _ = said(*line.split(), "--json")
    data = json.loads(out)
    assert code == 0
    command = line.split()[0]
    assert data["schema"] == f"her2/{command}/{SCHEMAS.get(command, 1)}"
    assert set(data["pathway"]) == {"name", "hash"}
    assert len(data["pathway"]["hash"]) == 16


@pytest.mark.parametrize("line", [*LOOKUPS, *RUNS])
def test_every_answer_is_also_a_table(said, line):
    code, out, _ = said(*line.split(), "--csv")
    header, *rows = csv.reader(io.StringIO(out))
    assert code == 0
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert said(*line.split(), "--tsv")[0] == 0


@pytest.mark.parametrize("form", ["--csv", "--tsv"])
def test_a_table_for_programs_leaves_its_notes_on_stderr(said, form: str):
    """On and off cannot follow a dose; the table has no place to say so."""
    dose = (*SMALL, "-a", "A_amp", "--drug", "blockerol=0.4")
    note = "blockerol 0.4: on and off knows no shares of cells, so the dose acts in all of them here"
    code, out, err = said("simulate", *dose, "--steps", form)
    assert code == 0
    assert err.startswith(f"her2: note: {note}\n")
    assert "note" not in out
    assert note in said("simulate", *dose, "--semantics", "all", form)[2]
    assert f"her2: note: A: {note}\n" in said("compare", "blockerol=0.4", "untreated", "--steps", *dose[:4], form)[2]
    assert said("simulate", *dose, "--steps", "--json")[2] == ""
    assert said("simulate", *dose, "--steps")[2] == ""


@pytest.mark.parametrize("line", [*LOOKUPS, *RUNS])
def test_every_answer_fits_its_screen(said, monkeypatch, line):
    """It is worked out once, for a screen of 80 columns, and written for one of 20, too."""
    with kept() as answers:
        assert said(*line.split()) == (0, "", "")
    for columns in (20, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        for answer in answers:
            assert max(len(row) for row in look(answer.look()).splitlines()) <= columns
    assert len(answers) == 1


def test_the_json_of_a_trace_is_as_documented(said):
    data = json.loads(said("trace", "HER2", "--drug", "trastuzumab", "--json")[1])
    assert data["start"] == "ERBB2"
    assert {"source", "target", "effect", "depth", "step", "evidence", "status", "cut"} <= set(data["steps"][0])
    assert {type(step["step"]) for step in data["steps"]} <= {int, list, type(None)}
    assert {step["cut"] for step in data["steps"]} == {None, "trastuzumab"}
    assert {"PI3K", "PROLIFERATION"} <= set(data["lost"])


def test_the_json_of_a_simulation_is_as_documented(said):
    data = json.loads(said("simulate", "--drug", "trastuzumab", "-p", "article", "--steps", "--json")[1])
    assert data["scenario"]["drugs"] == {"trastuzumab": 1.0}
    assert data["semantics"] == "synchronous"
    assert {"step", "on", "changed"} <= set(data["steps"][0])
    change = next(change for step in data["steps"] for change in step["changed"] if change["species"] == "PI3K")
    assert (change["value"], change["because"][0]["source"]) == (1, "P95HER2")
    assert data["readouts"]["SURVIVAL"] == {"before": 1.0, "early": 0.0, "late": 0.0}
    assert data["gained"] == ["CELL_DEATH"]


def test_the_json_of_the_stochastic_semantics_has_probabilities_by_time(said):
    words = [*DRAWN, "--replicates", "200", "--time", "1", "--time", "5", "--json"]
    data = json.loads(said(*words)[1])
    assert list(data["probabilities"]) == ["1", "5"]
    assert all(0 <= share <= 1 for share in data["probabilities"]["5"].values())
    assert said(*words)[1] == said(*words, "--seed", "0")[1]
    assert said(*words)[1] != said(*words, "--seed", "1")[1]


@pytest.mark.parametrize("semantics", ["stochastic", "all"])
def test_the_engine_that_was_asked_for_ran_and_is_named(said, semantics):
    words = ["simulate", "--semantics", semantics, "--replicates", "40", *SMALL]
    assert "40 cells" in said(*words)[1] or "40, drawn by the engine python" in said(*words)[1]
    assert json.loads(said(*words, "--json")[1])["engine"] == "python"
    pytest.importorskip("numba")
    data = json.loads(said(*words, "--engine", "numba", "--json")[1])
    assert (data["engine"], data["replicates"]) == ("numba", 40)


def test_no_engine_ran_where_no_cells_were_drawn(said):
    data = json.loads(said("simulate", "--steps", *SMALL, "--json")[1])
    assert (data["engine"], data["replicates"]) == (None, None)


def test_an_engine_that_is_not_installed_says_what_to_install(said, monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)
    for module in ("machine_words", "kernels"):
        monkeypatch.delitem(sys.modules, f"her2cli.logic.lanes.{module}", raising=False)
        monkeypatch.delattr(f"her2cli.logic.lanes.{module}", raising=False)
    words = ["simulate", "--semantics", "stochastic", "--engine", "numba", *SMALL]
    code, out, err = said(*words)
    assert (code, out) == (2, "")
    assert err.startswith("her2: the engine 'numba' needs the extra 'fast': ")
    assert " -m pip " in err


def test_what_to_install_comes_from_where_her2_came_from(monkeypatch, tmp_path):
    """From a checkout that is the folder; a name of a registry would install another version, or nothing."""
    from her2cli.cli import _errors

    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")  # no environment is activated
    monkeypatch.setattr(sys, "prefix", str(ROOT / ".venv"))
    assert _errors.install_command("sbml") == "python3 -m pip --python .venv install '.[sbml]'"
    monkeypatch.chdir(tmp_path)
    assert _errors.install_command("sbml").endswith(f" install '{ROOT}[sbml]'")
    monkeypatch.setattr(_errors, "_source_folder", lambda: None)
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    assert _errors.install_command("sbml") == "python3 -m pip install 'her2cli[sbml]'"


@pytest.mark.parametrize("url", ["file://{}", "https://example.org{}"])
def test_a_package_that_was_installed_from_a_folder_names_that_folder(monkeypatch, tmp_path, url):
    from her2cli.cli import _errors

    checkout = tmp_path / "my her2"
    checkout.mkdir()
    (checkout / "pyproject.toml").touch()
    origin = json.dumps({"url": url.format(str(checkout).replace(" ", "%20"))})
    monkeypatch.setattr("importlib.metadata.distribution", lambda name: SimpleNamespace(read_text=lambda file: origin))
    monkeypatch.setattr(_errors, "__file__", str(tmp_path / "lib" / "her2cli" / "cli" / "_errors.py"))
    assert _errors._source_folder() == (str(checkout) if url.startswith("file") else None)


def test_the_install_hint_works_in_an_activated_environment_without_pip(tmp_path):
    """The environment of README has no pip and comes first on the path: the Python it was made from has one."""
    environment = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    code = "from her2cli.cli._errors import install_command; print(install_command('sbml'))"
    paths = {"PATH": f"{environment / 'bin'}:/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    words = [str(environment / "bin" / "python3"), "-c", code]
    said = subprocess.run(words, env=paths, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    python = said.split(" -m pip")[0]
    assert os.path.realpath(python) == os.path.realpath(sys.executable)
    assert f"--python {environment.name}" in said


@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize("replicates", [100, 4_000])
def test_every_share_of_cells_has_its_standard_error(said, monkeypatch, columns, replicates):
    monkeypatch.setenv("COLUMNS", columns)
    words = [*DRAWN, "--replicates", str(replicates)]
    data = json.loads(said(*words, "--time", "2", "--json")[1])
    for kind, shares in (("readouts", data["readouts"]), ("probabilities", data["probabilities"])):
        for name, row in shares.items():
            expected = {key: (share * (1 - share) / replicates) ** 0.5 for key, share in row.items()}
            assert data["errors"][kind][name] == pytest.approx(expected)
    within = re.search(r"% of ([\d,]+)\s+cells,\s+give\s+or\s+take\s+([\d.]+):", said(*words)[1])
    assert within is not None
    assert int(within[1].replace(",", "")) == replicates
    assert float(within[2]) == pytest.approx(100 / replicates**0.5, rel=0.5)  # two errors of a half, in percent
    plain = json.loads(said(*words, "--json")[1])
    for name, row in plain["readouts"].items():
        expected = {key: (share * (1 - share) / replicates) ** 0.5 for key, share in row.items()}
        assert plain["errors"]["readouts"][name] == pytest.approx(expected)


def test_the_table_of_chosen_times_has_probability_and_error_of_every_species(said):
    words = [*DRAWN, "--replicates", "100", "--time", "2", "--time", "0.5"]
    data = json.loads(said(*words, "--json")[1])
    rows = list(csv.DictReader(io.StringIO(said(*words, "--csv")[1])))
    assert [row["time"] for row in rows[:1]] == ["0.5"]
    assert {row["time"] for row in rows} == {"0.5", "2.0"}
    for row in rows:
        share = data["probabilities"][f"{float(row['time']):g}"][row["species"]]
        assert float(row["probability"]) == share
        assert float(row["error"]) == pytest.approx((share * (1 - share) / 100) ** 0.5, rel=0.05)
    assert len(rows) == 2 * len(data["probabilities"]["2"])
    by_start = said(*DRAWN, "--replicates", "100", "--start", "zero", "--tsv")[1]
    assert by_start.startswith("time\tspecies\tprobability\terror\n0.0\t")
    assert said(*DRAWN, "--replicates", "100", "--csv")[1].startswith("readout,before,early,late,change,why,held_by,")


def test_no_cell_of_a_table_is_taken_for_a_formula():
    from her2cli.render.csv import delimited
    from her2cli.render.tables import Table

    table = Table(columns=("name",), rows=(("=1+1",), ("+A",), ("-A",), ("@A",), ("\tA",), (-1.5,), ('a "b", c\nd',)))
    rows = list(csv.reader(io.StringIO(delimited(table))))
    assert [row[0] for row in rows] == ["name", "'=1+1", "'+A", "'-A", "'@A", "'\tA", "-1.5", 'a "b", c\nd']


# --- strange names -------------------------------------------------------------------------------------------------

STRANGE = [
    "[bold]x[/bold]",
    "[link=file:///etc]x",
    ":skull:",
    "a:b",
    "\x1b[31mred",
    "\u202eevil",
    "\x07",
    "日本語",
    "=1+1",
]


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_name_is_printed_literally_and_moves_no_cursor(name):
    from her2cli import graph
    from her2cli.render import tree
    from her2cli.render.console import rendered

    edge = Edge(source=name, target="B", effect=Effect.activates, mechanism=name, evidence=(name,), note=name)
    pathway = Pathway(name=name, species={name: Species(id=name, name=name), "B": Species(id="B")}, edges=(edge,))
    out = rendered(tree.trace(graph.trace(pathway, name), pathway), width=80)
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    assert out.startswith(shown)
    assert out.count(shown) >= 3
    assert all(c.isprintable() or c == "\n" for c in out)


# --- pipes, terminals, encodings -----------------------------------------------------------------------------------


def test_a_closed_pipe_ends_quietly():
    done = her2(shell="her2 evidence | head -1; exit ${PIPESTATUS[0]}")
    assert done.returncode in (0, 1, 141)
    assert done.stderr == b""


def test_a_closed_stdout_and_a_full_disk_are_reported():
    closed = her2(shell=f"her2 trace A {shlex.join(SMALL)} >&-")
    assert (closed.returncode, closed.stderr) == (2, b"her2: Cannot write the answer: stdout is closed.\n")
    if Path("/dev/full").exists():
        full = one_after_the_other("> /dev/full", ["trace", "A", *SMALL], ["--help"], ["trace", "--help"])
        assert full.stderr == b"her2: Cannot write the answer: No space left on device.\n2\n" * 3


def test_a_closed_stderr_and_stdin_change_nothing():
    lines = f"10 * run(['--verison']) + run({['trace', 'A', *SMALL]})"
    codes = f"import sys; from her2cli.cli.app import run; sys.exit({lines})"
    done = her2(shell=f"{shlex.quote(sys.executable)} -c {shlex.quote(codes)} 2>&- <&-")
    assert done.returncode == 20
    assert done.stdout.startswith(b"A  receptor A, membrane")


def one_after_the_other(into: str, *lines: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Lines in forks of one process, whose stderr has the exit code of each after what it says."""
    code = (
        f"import os, sys; from her2cli.cli.app import run\nfor words in {lines!r}:\n"
        " if not os.fork(): print(run(words), file=sys.stderr, flush=True); os._exit(0)\n os.wait()"
    )
    return her2(shell=f"exec {shlex.quote(sys.executable)} -c {shlex.quote(code)} {into}")


def in_encoding(monkeypatch, encoding: str, *words: str) -> str:
    pipe = io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)
    monkeypatch.setattr(sys, "stdout", pipe)
    assert run(words) == 0
    return pipe.buffer.getvalue().decode(encoding)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_an_encoding_that_lacks_a_character_gets_one_that_is_close(monkeypatch, encoding):
    monkeypatch.setenv("COLUMNS", "72")
    monkeypatch.setenv("NO_COLOR", "1")
    assert in_encoding(monkeypatch, encoding, "trace", "A", *SMALL).splitlines()[1].startswith("|- [16,17] -> B")
    assert "a receptor" in in_encoding(monkeypatch, encoding, "show", "A", *SMALL)


def test_a_locale_without_those_characters_gets_them_too():
    settings = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "COLUMNS": "72"}
    assert her2("trace", "A", *SMALL, **settings).stdout.decode("ascii").splitlines()[1].startswith("|- [16,17] -> B")


@pytest.mark.parametrize("columns", ["0", "1", "abc", "100000", "-5", "²", ""])
def test_an_odd_width_is_no_reason_to_fail(said, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    assert said("simulate", *SMALL)[0] == 0


def test_colour_is_for_terminals_and_for_those_who_force_it(said, monkeypatch):
    assert "\x1b" not in said("trace", "L", *SMALL)[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = said("trace", "L", *SMALL)[1]
    assert "\x1b[1mL\x1b[0m  ligand L" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in said("trace", "L", *SMALL)[1]
    monkeypatch.setenv("NO_COLOR", "")
    assert said("trace", "L", *SMALL)[1] == coloured


def test_a_home_that_is_not_there_and_strict_warnings_do_no_harm():
    done = her2("trace", "HER2", HOME="/nonexistent", PYTHONWARNINGS="error", TMPDIR="/nonexistent")
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupt_exits_with_130(monkeypatch):
    from her2cli.cli import trace

    def interrupted(*words, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(trace, "show", interrupted)
    monkeypatch.setattr(Commands, "commands", {}, raising=False)
    assert run(["trace", "L", *SMALL]) == 130


def test_little_is_imported_before_an_interrupt_is_answered():
    """Modules of the standard library took as long as Python itself, and an interrupt ended in their traceback."""
    code = "import sys; before = set(sys.modules); import her2cli.__main__; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"her2cli", "her2cli.__main__", "gc"}


# --- start-up and help ---------------------------------------------------------------------------------------------

HEAVY = {"numba", "biodivine_aeon", "clingo", "libsbml", "numpy", "dask", "pyarrow", "networkx"}


@pytest.mark.parametrize("lines", [["--help"], ["trace HER2", "show A -p tests/data/small.yaml"]])
def test_nothing_heavy_is_imported_for_a_look(lines):
    words = [line.split() for line in lines]
    code = f"import sys; from her2cli.cli.app import run\nfor words in {words}: assert run(words) == 0\n"
    line = [sys.executable, "-c", f"{code}print(*sys.modules, file=sys.stderr)"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert not loaded & HEAVY
    if lines == ["--help"]:
        assert not {
            name for name in loaded if name.startswith(("her2cli.loading", "her2cli.logic", "rich.", "pydantic."))
        }


def test_the_modules_of_all_commands_and_the_loader_read_nothing_but_the_standard_library_and_the_floors_below():
    modules = [path.stem for path in (ROOT / "her2cli" / "cli").glob("*.py") if path.stem not in ("__init__", "_typer")]
    code = (
        f"import sys, importlib\nfor name in {modules}: importlib.import_module(f'her2cli.cli.{{name}}')\n"
        "import her2cli.loading.entries\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {name.split(".")[0] for name in loaded} - sys.stdlib_module_names <= {"her2cli", "__main__", "__mp_main__"}
    floors = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("her2cli.")}
    assert floors <= {
        f"her2cli.{each}" for each in ["cli", "errors", "files", "loading", "model", "recent", "render", "studies"]
    }
    assert not loaded & {"her2cli.formats", "her2cli.render.plots"}


def test_help_lists_every_command_in_its_group_and_says_what_this_is_not_for(said):
    code, out, _ = said("--help")
    assert code == 0
    assert "Not for treatment decisions." in " ".join(out.split())
    for heading, group in COMMANDS.items():
        assert f"{heading}:" in out
        assert all(f"  {name} " in out for name in group)
    assert said()[1] == out


@pytest.mark.parametrize("name", [name for group in COMMANDS.values() for name in group])
def test_every_command_has_help_of_its_own(said, name):
    code, out, _ = said(name, "--help")
    assert code == 0
    assert out.startswith(f"Usage: her2 {name}")
    assert len(out.splitlines()) > 5


def examples(name: str) -> list[str]:
    return [line.strip() for line in (function(name).__doc__ or "").splitlines() if line.startswith("    her2 ")]


@pytest.mark.parametrize("name", [*filter(examples, (name for group in COMMANDS.values() for name in group))])
def test_each_example_of_a_help_stands_on_its_own_line(said, name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert {f"  {line}" for line in examples(name)} <= set(said(name, "--help")[1].splitlines())


def test_the_public_names_are_listed():
    assert {"Scenario", "load", "simulate", "trace"} <= set(dir(her2cli))


def test_the_version_is_one_line(said):
    code, out, _ = said("--version")
    assert code == 0
    assert out.startswith("her2 ")
    assert out.count("\n") == 1


# --- shares are not told as all or nothing -------------------------------------------------------------------------


def test_what_a_drug_takes_from_some_cells_is_lowered_and_not_lost(said):
    stochastic = ("--semantics", "stochastic", "--replicates", "200", *SMALL)
    half = said("simulate", "--drug", "blockerol=0.5", *stochastic)[1]
    assert re.search(r"GROWTH +100% +(4|5)\d% +(4|5)\d%  falls", half)
    assert re.search(r"DEATH +0% +(4|5)\d% +(4|5)\d%  rises", half)
    assert re.search(r"GROWTH +100% +0% +0%  falls", said("simulate", "--drug", "blockerol", *stochastic)[1])


def test_all_semantics_say_what_counts_as_agreement(said):
    out = " ".join(said("simulate", "--drug", "blockerol=0.6", "--semantics", "all", *SMALL)[1].split())
    assert "agree where all are on the same side of a half" in out


# --- the scenarios of compare ---------------------------------------------------------------------------------------


def compared(said, *words: str) -> list[tuple[list[str], list[str], dict[str, float]]]:
    code, out, err = said("compare", *words, "-p", "erbb", "-r", "AKT", "--replicates", "1", "--json")
    assert (code, err) == (0, "")
    return [(each["alterations"], each["ligands"], each["drugs"]) for each in json.loads(out)["scenarios"]]


def test_a_scenario_may_name_its_tumour(said):
    assert compared(said, "Untreated", "none", "None+lapatinib", "hcc827-gr+lapatinib", "PTEN_loss+none") == [
        (["ERBB2_amp"], [], {}),
        ([], [], {}),
        ([], [], {"lapatinib": 1}),
        (["EGFR_amp", "MET_amp"], ["EGF"], {"lapatinib": 1}),
        (["PTEN_loss"], [], {}),
    ]


def test_options_add_to_the_tumour_that_a_scenario_names(said):
    assert compared(said, "none", "BT20", "-l", "NRG1", "-d", "lapatinib") == [
        ([], ["NRG1"], {"lapatinib": 1}),
        (["EGFR_amp", "PIK3CA_H1047R"], ["NRG1"], {"lapatinib": 1}),
    ]
    assert compared(said, "untreated", "none", "SKBR3", "-a", "none") == [
        ([], [], {}),
        ([], [], {}),
        (["ERBB2_amp"], [], {}),
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["none+BT474", "none"], "A scenario has one tumour; none cannot stand with BT474."),
        (
            ["none", "lapatinib", "-a", "PTEN_loss"],
            "none is a normal cell, and -a PTEN_loss says which tumour all rows have; untreated adds nothing to it. "
            "Without it: her2 compare untreated lapatinib -a PTEN_loss -p erbb; with it: her2 compare none "
            "none+PTEN_loss+lapatinib -p erbb\n",
        ),
        (
            ["none+paclitaxel", "EGFR_amp+paclitaxel", "-a", "EGFR_amp"],
            "none is a normal cell, and -a EGFR_amp says which tumour all rows have; untreated adds nothing to it. "
            "With it: her2 compare none+paclitaxel none+EGFR_amp+paclitaxel -p erbb\n",
        ),
        (
            ["lapatinib", "SKBR3", "-c", "BT474"],
            "SKBR3 is a tumour, and -c BT474 says which all rows have. Each with its own: her2 compare BT474+lapatinib "
            "SKBR3 -p erbb\n",
        ),
        (["untreated", "AKT"], "AKT is no ligand (kinase); to hold it on or off, write AKT=1 or AKT=0"),
    ],
)
def test_tumours_that_contradict_each_other_are_refused(said, words, message):
    code, out, err = said("compare", *words, "-p", "erbb")
    assert (code, out) == (2, "")
    assert err.startswith(f"her2: {message}")


# --- remarks -------------------------------------------------------------------------------------------------------


def test_a_ligand_that_is_held_off_is_remarked_on(said):
    _, _, err = said("simulate", "-l", "L", "-s", "L=0", *SMALL)
    assert err == "her2: note: L is in the medium of the untreated tumour, and the treatment withdraws it.\n"


@pytest.mark.parametrize("command", [["explain", "GROWTH", "--steps"], ["attractors"]])
def test_a_dose_that_on_and_off_cannot_follow_is_remarked_on(said, command):
    _, _, err = said(*command, "-d", "blockerol=0.3", *SMALL)
    assert err == (
        "her2: note: blockerol 0.3: on and off knows no shares of cells, so the dose acts in all of them here.\n"
    )
    assert said(*command, "-d", "blockerol", *SMALL)[2] == ""


@pytest.mark.parametrize("command", [["explain", "AKT", "--steps"], ["attractors"]])
def test_actions_that_a_pathway_has_no_place_for_are_remarked_on(said, command):
    _, _, err = said(*command, "-d", "trastuzumab", "-p", "article")
    assert "\nher2: note: trastuzumab also acts on ADCC, CBL, ERBB2, HER2_HER2 -> SRC, " in f"\n{err}"
    assert err.endswith("; this pathway does not have that.\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["simulate", "-d", "xyzzy"],
            "her2: No drug 'xyzzy'. 'her2 drugs' lists all; 'her2 new --drug xyzzy' starts a file that adds it.\n",
        ),
        (
            ["explain", "NOPE"],
            f"her2: No species 'NOPE'. 'her2 species -p {SMALL[1]}' lists all; "
            f"'her2 search NOPE -p {SMALL[1]}' looks into all names and notes.\n",
        ),
    ],
)
def test_a_remark_does_not_precede_a_mistake(said, words, message):
    assert said(*words, "-a", "C_masked", *SMALL) == (2, "", message)


# --- what acts on a species ----------------------------------------------------------------------------------------


def test_a_drug_that_blocks_an_edge_is_named_where_the_pathway_has_that_edge(said):
    assert "blockerol -| A -> C (this edge)  covers" in said("show", "C", *SMALL)[1]
    akt = said("show", "AKT")[1]
    assert "HER2_HER3 -> AKT" not in akt
    assert re.search(r"^capivasertib.* -\|  occupies", akt, flags=re.MULTILINE)
    erbb = " ".join(said("show", "AKT", "--pathway", "erbb")[1].split())
    assert re.search(r" lapatinib[\w, ]* -\| HER2_HER3 -> AKT \(this edge\)", erbb)


# --- the article's claims ------------------------------------------------------------------------------------------


def test_every_claim_stands_where_its_subject_is_looked_up(said, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    pathway = her2cli.load()
    pages = [("trace", "HER2"), ("receptors",), *(("receptor", name) for name in pathway.receptors)]
    pages += [("function", name) for name in pathway.functions]
    pages += [("drug", "trastuzumab"), ("drug", "T-DM1"), ("alteration", "ERBB2_amp")]
    shown = {page: " ".join(said(*page, "--claims")[1].split()) for page in pages}
    for claim in pathway.claims.values():
        assert any(claim.article in page and claim.literature in page for page in shown.values()), claim.id
    assert "HER2 is the preferred dimerization partner" in shown["trace", "HER2"]


@pytest.mark.parametrize("line", ["trace HER2", "receptor HER3", "receptors", "show AKT", "drug trastuzumab"])
def test_claims_are_counted_in_one_line_and_told_on_request(said, line):
    data = said(*line.split())[1]
    (counted,) = [row for row in data.splitlines() if row.endswith("--claims")]
    told = said(*line.split(), "--claims")[1]
    blocks = re.findall(r"^  article  ", told, flags=re.MULTILINE)
    assert int(counted.split()[0]) == len(blocks) > 0
    assert "--claims" not in told
    assert "  article  " not in data


def test_all_claims_are_blocks_of_text(said):
    out = said("evidence", "--claims")[1]
    assert len(re.findall(r"^  article  ", out, flags=re.MULTILINE)) == len(her2cli.load().claims)
    assert "─" not in out


def test_the_first_looks_fit_a_screen(said):
    assert len(said("receptor", "HER3")[1].splitlines()) <= 24
    assert len(said("trace", "HER2")[1].splitlines()) <= 60


def test_look_ups_read_the_article_and_say_in_one_line_what_the_literature_has(said):
    """The numbers are those of the literature's network; who asks that, or a file, is not told so."""
    (line,) = [row for row in said("trace", "AKT")[1].splitlines() if "-p erbb" in row]
    steps = her2cli.trace("AKT", pathway="erbb")["steps"]
    direct = sum(step["depth"] == 1 for step in steps)
    assert f" it acts by {direct} edges, and {len(steps) - direct} more follow: " in line
    for words in (["trace", "AKT", "-p", "erbb"], ["trace", "A", *SMALL], ["drug", "lapatinib", "-p", "erbb"]):
        assert "-p erbb" not in said(*words)[1]


@pytest.mark.parametrize(
    "line",
    [
        *("receptors", "receptor HER3", "domains", "functions", "species", "species AKT", "ligands", "drugs"),
        *(
            "show T-DM1",
            "drug capivasertib",
            "drug palbociclib",
            "drugs --target AKT",
            "drugs --target HER3",
            "alterations",
        ),
        *("alteration PTEN_loss", "cell-lines", "contexts", "show BT474", "show MTORC1", "search heregulin"),
        *("evidence", "evidence AKT", "evidence Nagata2004", "evidence --disputed"),
        *("cite", "cite AKT", "cite Nagata2004"),
    ],
)
def test_the_literatures_network_is_offered_where_it_says_something_else_and_only_there(said, line):
    def told(*words: str) -> tuple[list[str], list[str]]:
        told = " ".join(said(*line.split(), *words)[1].split())
        assert not ("This is from" in told and "not in the pathway her2" in told)  # of a drug the library tells
        rows = re.split(r"This is from the article's pathway;|The pathway her2 is the article's;", told)
        return rows[0].split(), rows[1:]

    (article, offered), (literature, again) = told(), told("-p", "erbb")
    assert not again
    assert len(offered) == (article != literature)
    assert all("-p erbb" in row for row in offered)


@pytest.mark.parametrize("line", ["species", "evidence", "cite", "drugs --target", "function"])
def test_a_look_up_of_what_only_the_literatures_network_has_says_where_it_is(said, line):
    code, out, err = said(*line.split(), "MTORC1")
    assert (code, out) == (2, "")
    assert re.search(r"-p erbb|--pathway erbb", err)


def test_all_claims_are_a_table(said):
    _, out, _ = said("evidence", "--claims", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == ["id", "status", "article", "literature", "evidence"]
    assert {row["id"] for row in rows} == set(her2cli.load().claims)
    assert len(json.loads(said("evidence", "--claims", "--json")[1])["claims"]) == len(rows)
    assert said("evidence", "AKT", "--claims")[0] == 2


# --- completion ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shell", "typed", "offered"),
    [
        ("bash", "her2 sim", "simulate"),
        ("bash", "her2 receptor HER", "HER3"),
        ("bash", "her2 trace HE", "HER2"),
        ("bash", "her2 simulate --drug tras", "trastuzumab"),
        ("zsh", "her2 sim", "simulate"),
        ("zsh", "her2 trace her", "her3"),
        ("zsh", "her2 simulate --alteration PIK3CA_H", "PIK3CA_H1047R"),
        ("fish", "her2 sim", "simulate"),
        ("fish", "her2 trace HER2_", "HER2_HER3"),
        ("fish", "her2 simulate --pathway er", "erbb"),
        ("bash", "her2 explain MTORC", "MTORC1"),  # which the literature's network has alone
        ("zsh", "her2 simulate --readout mtorc", "mtorc1"),
        ("fish", "her2 trace MTORC", "MTORC1"),
        ("fish", "her2 draw --explain MTORC", "MTORC1"),
        ("fish", "her2 simulate --drug herc", "herceptin"),
    ],
)
def test_the_shell_completes_names(capsys, monkeypatch, shell, typed, offered):
    words = typed.split()
    asked = {
        "bash": {"COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1), "_HER2_COMPLETE": "complete_bash"},
        "zsh": {"_TYPER_COMPLETE_ARGS": typed, "_HER2_COMPLETE": "complete_zsh"},
        "fish": {
            "_TYPER_COMPLETE_ARGS": typed,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "_HER2_COMPLETE": "complete_fish",
        },
    }[shell]
    if typed == "her2 sim" and shell == "bash":  # as a shell asks, in a process of its own; the others without one
        assert offered in her2(**asked).stdout.decode()
    assert offered in completed(capsys, monkeypatch, asked)


def completed(capsys, monkeypatch, asked: dict[str, str]) -> str:
    for name, value in asked.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as left:
        run([])
    assert not left.value.code
    return str(capsys.readouterr().out)


def test_a_look_up_is_offered_what_the_pathway_that_it_reads_has(capsys, monkeypatch):
    for line, there in (("her2 species MTORC", False), ("her2 species -p erbb MTORC", True)):
        asked = {"_TYPER_COMPLETE_ARGS": line, "_HER2_COMPLETE": "complete_zsh"}
        assert ("MTORC1" in completed(capsys, monkeypatch, asked)) is there


def test_no_name_of_several_words_is_offered(capsys, monkeypatch):
    asked = {"COMP_WORDS": "her2 show h", "COMP_CWORD": "2", "_HER2_COMPLETE": "complete_bash"}
    offered = completed(capsys, monkeypatch, asked).splitlines()
    assert {"her1", "her2", "her3"} <= set(offered)
    assert not [name for name in offered if " " in name]


def test_the_app_is_what_the_entry_point_runs():
    assert app.info.cls is Commands


# --- attractors ----------------------------------------------------------------------------------------------------


def bnet(folder: Path, text: str) -> list[str]:
    path = folder / "network.bnet"
    path.write_text(f"targets,factors\n{text}", encoding="utf-8")
    return ["--pathway", str(path), "--json"]


def test_inputs_of_a_bnet_are_free_unless_they_are_set(said, tmp_path):
    network = bnet(tmp_path, "A, A\nB, A\n")
    free = json.loads(said("attractors", *network)[1])
    assert (free["inputs"], free["species"], free["fixed_points"]["states"]) == ("free", ["A", "B"], ["00", "11"])
    assert json.loads(said("attractors", *network, "--inputs", "1")[1])["fixed_points"]["states"] == ["11"]


def test_a_cycle_is_an_attractor_and_no_fixed_point(said, tmp_path):
    data = json.loads(said("attractors", *bnet(tmp_path, "A, !B\nB, A\n"), "--synchronous")[1])
    assert data["fixed_points"] == {"count": 0, "complete": True, "states": []}
    assert data["minimal_trap_spaces"]["states"] == ["**"]
    assert data["attractors"] == {"count": 1, "complete": True, "states": ["**"], "cyclic": 1, "sizes": [4]}
    assert data["synchronous_attractors"]["sizes"] == [4]


def test_what_is_beyond_a_limit_is_counted_or_said(said, tmp_path):
    inputs = "".join(f"I{number}, I{number}\n" for number in range(20))
    code, out, err = said("attractors", *bnet(tmp_path, inputs), "--limit", "3")
    data = json.loads(out)
    assert code == 0
    assert (data["fixed_points"]["count"], len(data["fixed_points"]["states"])) == (2**20, 3)
    assert data["attractors"] is None
    assert err.startswith("her2: attractors: ")


def test_a_table_of_attractors_that_is_cut_off_says_so(said, tmp_path):
    *network, _ = bnet(tmp_path, "".join(f"I{number}, I{number}\n" for number in range(10)))
    code, out, err = said("attractors", *network, "--limit", "3", "--csv")
    assert (code, len(out.splitlines())) == (0, 1 + 3 * 3)
    cut = "the first 3 of 1,024 are in the table; --limit N lists more."
    assert err.splitlines() == [
        f"her2: note: {kind}: {cut}" for kind in ("fixed points", "minimal trap spaces", "attractors")
    ]
    assert said("attractors", *network, "--limit", "1024", "--tsv")[2] == ""


def test_the_attractors_of_a_scenario_say_which_scenario_it_is(said):
    words = ["attractors", *SMALL, "-a", "A_amp", "-d", "blockerol", "-s", "B=0", "--inputs", "0", "--json"]
    data = json.loads(said(*words)[1])
    assert data["scenario"] == {
        "name": "",
        "alterations": ["A_amp"],
        "ligands": [],
        "drugs": {"blockerol": 1.0},
        "clamps": {"B": 0},
        "inputs": 0,
        "context": "",
    }


def test_a_search_that_may_take_long_says_so(said, tmp_path):
    ring = bnet(tmp_path, "".join(f"X{number}, X{(number + 1) % 60} | I\n" for number in range(60)))
    assert said("attractors", *ring)[2] == (
        "her2: looking for attractors of 61 species, which may take minutes; Ctrl-C keeps what is there.\n"
    )
    assert said("attractors", *ring, "--inputs", "0")[2] == ""
    assert said("attractors", *SMALL)[2] == ""


def test_times_are_numbers_or_courses_of_eleven_from_one_to_the_other():
    from her2cli.cli.simulate import _times

    assert _times(["5", "10..30"]) == (5, *range(10, 31, 2))


def test_a_file_of_rows_asks_for_what_writes_it_only_where_it_is_parquet(monkeypatch, tmp_path):
    from her2cli.cli._rows import check_rows

    asked = []
    monkeypatch.setattr("her2cli.columns.check", lambda: asked.append(True))
    check_rows(str(tmp_path / "x.csv"), force=False)
    assert not asked
    check_rows(str(tmp_path / "x.parquet"), force=False)
    assert asked


def test_the_line_below_a_picture_names_the_context_where_it_is_not_the_pathways_own():
    from her2cli.cli.draw import _command

    network = her2cli.load("erbb")
    own, other = network.context, next(name for name in network.contexts if name != network.context)
    said = [
        _command("erbb", network, Scenario(alterations=network.default_alterations, context=name))
        for name in (own, other)
    ]
    assert said[0] == "her2 simulate -p erbb"
    assert said[1] == f"her2 simulate -p erbb --context {other}"


def test_the_heat_map_of_two_doses_names_the_drug_along_each_side():
    from her2cli.cli.combine import _grid

    shares = (1.0, 0.5, 0.5, 0.25)
    surface = Surface(goal=Goal(species="P", value=0), shares=shares, covariance=((0.0,) * 4,) * 4, replicates=100)
    grid = _grid(SimpleNamespace(drugs=("one", "two")), surface, (0.0, 1.0))
    assert (grid.down, grid.across) == ("one", "the dose of two, down that of one")
    assert [list(row) for row in grid.values] == [[1.0, 0.5], [0.5, 0.25]]


def test_a_readout_that_an_alteration_keeps_says_of_what_the_chain_is_and_the_tree_may_be_of_another(said):
    code, out, _ = said(
        "explain", "AKT", "-a", "ERBB2_amp", "-a", "PTEN_loss", "-d", "trastuzumab", "--replicates", "500"
    )
    told = " ".join(out.split())
    assert code == 0
    assert "it is kept; without PTEN_loss it would fall. PTEN_loss -| PTEN -| PIP3 -> AKT" in told
    assert "of cells, in the usual one of them" in told
