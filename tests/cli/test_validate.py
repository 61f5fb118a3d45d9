"""`her2 validate`: exit codes, what scripts rely on, and the reason of one experiment."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
import yaml

import her2cli
from her2cli import loading
from her2cli.cli.app import run
from her2cli.loading.experiments import ARM, NEEDED

pytestmark = pytest.mark.usefixtures("drawn_once")

PATHWAYS = Path(__file__).resolve().parents[2] / "pathways"
HEAD = "id\talterations\ttreatment\ttime\treadout\texpect\tvs_alterations\tdisputed\n"
RIGHT = "R1\tERBB2_amp\tlapatinib\tearly\tERK\tdown\tERBB2_amp\t\n"
WRONG = "W1\tERBB2_amp\tlapatinib\tearly\tERK\tup\tERBB2_amp\t\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "rows.tsv"


def test_all_that_agree_exit_with_0(table: Path, capfd: pytest.CaptureFixture[str]) -> None:
    table.write_text(HEAD + RIGHT)
    assert run(["validate", str(table), "--replicates", "20", "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert (answer["schema"], answer["total"], answer["agree"]) == ("her2/validate/1", 1, 1)
    row = answer["rows"][0]
    assert (row["id"], row["expect"], row["got"], row["agree"]) == ("R1", "down", "down", True)


def test_one_that_disagrees_exits_with_1_and_fails_in_junit(
    table: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table.write_text(HEAD + RIGHT + WRONG)
    report = tmp_path / "report.xml"
    code = run(["validate", str(table), "--semantics", "synchronous", "--junit", str(report)])
    assert code == 1
    assert "1 of 2 agree (synchronous)." in capfd.readouterr().out
    text = report.read_text()
    assert 'tests="2" failures="1" skipped="0"' in text
    assert '<failure message="expected up, got down: 0.00 versus 1.00">' in text


def test_how_often_each_kind_of_answer_is_right_is_told_here_and_in_blind_tests(
    table: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Counted by hand on two rows of one drug; the blind figures are those of agreement.yaml."""
    table.write_text(HEAD + RIGHT + WRONG)
    run(["validate", str(table), "--semantics", "synchronous", "-v"])
    told = " ".join(capfd.readouterr().out.split())
    blind = yaml.safe_load((PATHWAYS / "agreement.yaml").read_text(encoding="utf-8"))["agreement"]
    change, none, ours = (blind[name] for name in ("change", "unchanged", "change_kinase_inhibitor"))
    assert (
        'A predicted change is right in 1 of 2, a predicted "unchanged" in 0 of 0; in blind tests '
        f"{change['right']} of {change['of']} and {none['right']} of {none['of']}."
    ) in told
    assert f"kinase inhibitor change 1 2 {ours['right']} {ours['of']}" in told
    run(["validate", str(table), "--semantics", "synchronous", "-p", "article"])
    assert "blind" not in capfd.readouterr().out  # they are figures of the other network


def test_the_engine_is_chosen_and_named(table: Path, capfd: pytest.CaptureFixture[str]) -> None:
    table.write_text(HEAD + RIGHT)
    assert run(["validate", str(table), "--replicates", "20", "--engine", "python"]) == 0
    assert "1 of 1 agree (stochastic, engine python)" in capfd.readouterr().out
    assert run(["validate", str(table), "--semantics", "synchronous", "--engine", "python", "--json"]) == 0
    captured = capfd.readouterr()
    assert json.loads(captured.out)["engine"] is None
    assert captured.err == (
        "her2: note: the synchronous semantics draws no cells; --seed, --replicates and --engine change nothing.\n"
    )
    pytest.importorskip("numba")
    assert run(["validate", str(table), "--replicates", "20", "--engine", "numba", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["engine"] == "numba"


def test_what_chance_may_have_decided_is_said(table: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """AKT comes back under an mTOR kinase inhibitor by little more than 0.1; two hundred cells cannot tell."""
    drug = "mTOR_kinase_inhibitor"
    table.write_text(
        f"id\ttreatment\ttime\treadout\texpect\tvs_treatment\tvs_time\nR1\t{drug}\tlate\tAKT\tup\t{drug}\tearly\n"
    )
    run(["validate", str(table), "--replicates", "200"])
    assert "Within two standard errors of 0.1: R1. More --replicates leave less to chance." in capfd.readouterr().out
    run(["validate", str(table), "--replicates", "200", "--json"])
    assert json.loads(capfd.readouterr().out)["close"] == ["R1"]
    table.write_text(HEAD + RIGHT)
    run(["validate", str(table), "--replicates", "40", "--json"])
    assert json.loads(capfd.readouterr().out)["close"] == []


def test_a_disputed_one_is_shown_and_not_counted(table: Path, capfd: pytest.CaptureFixture[str]) -> None:
    table.write_text(HEAD + RIGHT + WRONG.replace("\t\n", "\tyes\n"))
    assert run(["validate", str(table), "--semantics", "synchronous"]) == 0
    out = capfd.readouterr().out
    assert "disputed" in out
    assert "1 of 1 agree" in out


def test_why_gives_both_arms_with_their_reasons(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--why", "f003", "--replicates", "20"]) == 0
    out = capfd.readouterr().out
    assert "ERBB2_amp + lapatinib" in out
    assert "Konecny2006" in out
    assert out.count("\nWhy, in ") == 2  # for each arm, in the usual cell or in one


def test_an_arm_is_told_in_words_that_are_true_of_all_that_is_added(capfd: pytest.CaptureFixture[str]) -> None:
    """NK cells are no ligand; and an experiment says that it is of cells in culture."""
    path = her2cli.load("erbb")
    added = {name for each in path.experiments.values() for name in each.scenario.ligands}
    assert {path.species[name].kind for name in added} > {"ligand"}
    assert run(["validate", "--csv"]) in (0, 1)
    assert "(ligand)" not in capfd.readouterr().out
    assert run(["validate", "--why", "H130"]) == 0
    assert capfd.readouterr().out.startswith("Network erbb; cells in culture.")


def test_an_unknown_experiment_is_answered_with_the_closest(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--why", "F0033"]) == 2
    assert "No experiment 'F0033'. Close: F003" in capfd.readouterr().err


def test_a_name_that_a_table_has_wrong_is_told_with_what_to_do_next(
    table: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table.write_text(HEAD + RIGHT.replace("ERK", "Qx7").replace("lapatinib", "foo"))
    assert run(["validate", str(table)]) == 2
    told = capfd.readouterr().err
    assert (
        "rows.tsv:2:24: readout: No species 'Qx7'. 'her2 species -p erbb' lists all; 'her2 search Qx7 -p erbb' looks"
        in told
    )
    assert "rows.tsv:2:14: treatment: No drug 'foo'. 'her2 drugs' lists all" in told


def test_a_table_with_mistakes_exits_with_2(table: Path, capfd: pytest.CaptureFixture[str]) -> None:
    table.write_text(HEAD + RIGHT.replace("down", "dwn"))
    assert run(["validate", str(table)]) == 2
    assert "did you mean 'down'?" in capfd.readouterr().err


@pytest.mark.parametrize("blanks", [1, 3])
@pytest.mark.parametrize("sign", ["\t", ",", ";"])
def test_columns_without_a_name_and_a_value_at_the_end_of_a_table_are_none(tmp_path, capfd, sign, blanks):
    """Spreadsheets leave them; a value in one belongs to a column that has lost its name."""
    file = tmp_path / "rows.txt"
    head, row = (HEAD + RIGHT).splitlines()
    lines = [head + "\t" * blanks, row + "\t" * blanks, row.replace(row.partition("\t")[0], "X2", 1)]
    file.write_text("\n".join(lines).replace("\t", sign) + "\n")
    assert run(["validate", str(file), "--replicates", "100"]) == 0
    capfd.readouterr()
    file.write_text("\n".join([lines[0], lines[1] + "x", lines[2]]).replace("\t", sign) + "\n")
    assert run(["validate", str(file)]) == 2
    assert "no column '' is known" in capfd.readouterr().err


@pytest.mark.parametrize("kind", ["tsv", "yaml"])
def test_v_tells_all_problems_of_a_file_that_are_counted_without_it(tmp_path, capfd, kind):
    file, numbers = tmp_path / f"mine.{kind}", range(1, 41)
    if kind == "tsv":
        file.write_text("id\treadout\texpect\n" + "".join(f"X{each}\tQx{each}\tdown\n" for each in numbers))
    else:
        entries = "".join(f"  X{each}: {{readout: Qx{each}, expect: down}}\n" for each in numbers)
        file.write_text(f"schema: 1\nexperiments:\n{entries}")
    assert run(["validate", str(file)]) == 2
    few = capfd.readouterr().err.splitlines()
    assert (len(few), few[-1].endswith("and 25 more problems; -v shows them.")) == (16, True)
    assert run(["validate", str(file), "-v"]) == 2
    all_of_them = capfd.readouterr().err.splitlines()
    assert all_of_them[:15] == few[:15]
    assert len(all_of_them) == len(numbers)
    assert all(f"'Qx{number}'" in line for number, line in zip(numbers, all_of_them, strict=True))


def test_every_unknown_name_of_a_file_is_told_with_its_line(tmp_path, capsys):
    file = tmp_path / "mine.tsv"
    file.write_text(
        "id\talterations\tligands\ttreatment\treadout\texpect\tvs_alterations\tvs_treatment\n"
        "X1\tERBB2_ampp\tNRG11\ttrastuzumabb AKTT=0\tAKT\tdown\tERBB2_amp\t\n"
        "X2\tERBB2_amp\t\tlapatinib\tERKK\tdown\tERBB2_amp\tlapatinibb\n"
        "X3\tERBB2_amp\t\tlapatinib\tERK\tdown\tERBB2_amp\t\n",
        "utf-8",
    )
    assert run(["validate", str(file)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    told = [re.match(r"\S*mine\.tsv:(\d):(\d+): (\w+): No .*?'(\w+)'", line) for line in err.splitlines()]
    assert {each.groups() for each in told if each} == {
        ("2", "4", "alterations", "ERBB2_ampp"),
        ("2", "15", "ligands", "NRG11"),
        ("2", "21", "treatment", "trastuzumabb"),
        ("2", "34", "treatment", "AKTT"),
        ("3", "25", "readout", "ERKK"),
        ("3", "45", "vs_treatment", "lapatinibb"),
    }
    assert None not in told


def test_a_cell_line_among_the_alterations_is_told_its_own(tmp_path, capsys):
    file = tmp_path / "mine.csv"
    file.write_text("id,alterations,treatment,readout,expect\nX1,SK-BR-3,lapatinib,AKT,down\n", "utf-8")
    assert run(["validate", str(file)]) == 2
    own = " ".join(loading.load("erbb").cell_lines["SKBR3"].alterations)
    assert f"No alteration 'SK-BR-3'. It is a cell line; its alterations are {own}.\n" in capsys.readouterr().err


def test_the_help_names_the_columns_of_a_table(capsys):
    assert run(["validate", "--help"]) == 0
    told = capsys.readouterr().out
    assert all(re.search(rf"\b{column}\b", told) for column in (*NEEDED, *ARM, "time", *(f"vs_{each}" for each in ARM)))


def test_the_hint_asks_the_same_experiments_in_the_same_pathway(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """'her2 validate --why W1' asked the shipped ones, which have no W1; a disputed one is not what it is about."""
    table = tmp_path / "my rows.tsv"
    table.write_text(HEAD + WRONG.replace("W1", "D1").replace("\t\n", "\tyes\n") + WRONG.replace("W1", "a W1"))
    for more in ([], ["-p", "her2"]):
        assert run(["validate", str(table), "--semantics", "synchronous", "-v", *more]) == 1
        told = " ".join(capfd.readouterr().out.split())
        hint = re.search(r"\(exit code 1\); 'her2 (.*? --why 'a W1')' says why", told)
        assert hint is not None, told
        words = shlex.split(hint[1])
        assert words == ["validate", str(table), *more, "--why", "a W1"]
        assert run([*words, "--semantics", "synchronous"]) == 0
        capfd.readouterr()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("R1\tERBB2_amp\tlapatinib\tERK\tdown", "ends before 'vs_alterations': of a normal cell the cells are blank."),
        ("R1\tERBB2_amp\tlapatinib\tERK\tdown\tERBB2_amp\tabc\t", "pmid: 'abc' is not a PubMed number."),
        ("R1\tERBB2_amp\tlapatinib\tERK\tdown\tERBB2_amp\t\tno", "doi: 'no' is not a DOI, such as"),
    ],
)
def test_a_row_that_is_no_experiment_with_its_source_is_told(
    table: Path, capfd: pytest.CaptureFixture[str], row: str, told: str
) -> None:
    """Of a row that ended early the comparator was a normal cell; any word passed for a PubMed number."""
    head = "id\talterations\ttreatment\treadout\texpect\tvs_alterations\tpmid\tdoi\n"
    table.write_text(f"{head}{row}\n")
    assert run(["validate", str(table)]) == 2
    assert re.search(rf"rows\.tsv:2:\d+: {re.escape(told)}", capfd.readouterr().err)
    table.write_text(f"{head}R1\tERBB2_amp\tlapatinib\tERK\tdown\tERBB2_amp\t15374980\t10.1038/35052073\n")
    run(["validate", str(table), "--semantics", "synchronous"])
    assert not capfd.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rows.tsv", "--junit", "rows.tsv"], "rows.tsv: is the input itself"),
        (["rows.tsv", "--agreement", "link.tsv"], "link.tsv: is the input itself"),
        (["rows.tsv", "--junit", "new", "--agreement", "./new"], "would write the same file"),
        (["rows.tsv", "--agreement", "new", "--why", "R1"], "--why is one"),
    ],
)
def test_what_is_also_written_replaces_no_input_and_no_other_answer(
    table: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    words: list[str],
    told: str,
) -> None:
    monkeypatch.chdir(table.parent)
    table.write_text(HEAD + RIGHT)
    Path("link.tsv").symlink_to(table)
    assert run(["validate", *words]) == 2
    assert told in capfd.readouterr().err
    assert table.read_text() == HEAD + RIGHT
    assert not Path("new").exists()


PLANTED = [  # a cell of a sound row, what is written instead, and the beginning of what is told
    ("id", "R2", "the id 'R2' stands above already"),
    ("id", "", "id is blank"),
    ("alterations", "ERBB2_amp Qx7", "alterations: No alteration 'Qx7'"),
    ("ligands", "Qx7", "ligands: No species 'Qx7'"),
    ("ligands", "AKT", "ligands: AKT is no ligand"),
    ("treatment", "lapatinib Qx7", "treatment: No drug 'Qx7'"),
    ("treatment", "Qx7=0", "treatment: No species 'Qx7'"),
    ("treatment", "AKT=2", "treatment: 'AKT=2' is neither a drug nor a clamp"),
    ("treatment", "AKT=0 AKT=1", "treatment: AKT is held at 0 and at 1"),
    ("time", "lat", "time: 'lat' is not known"),
    ("readout", "Qx7", "readout: No species 'Qx7'"),
    ("readout", "", "readout is blank"),
    ("expect", "dwn", "expect: 'dwn' is not known"),
    ("expect", "", "expect is blank"),
    ("vs_alterations", "Qx7", "vs_alterations: No alteration 'Qx7'"),
    ("vs_treatment", "Qx7", "vs_treatment: No drug 'Qx7'"),
    ("disputed", "maybe", "disputed: 'maybe' is not known"),
    ("difficulty", "x", "difficulty: 'x' is not a number"),
    ("doi", "x", "doi: 'x' is not a DOI"),
]
SOUND = {
    "id": "R", "alterations": "ERBB2_amp", "ligands": "EGF", "treatment": "lapatinib", "time": "early",
    "readout": "ERK", "expect": "down", "vs_alterations": "ERBB2_amp", "vs_treatment": "", "disputed": "yes",
    "difficulty": "3", "doi": "10.1038/35052073",
}  # fmt: skip


@pytest.mark.parametrize("sign", ["\t", ",", ";"])
def test_all_that_is_wrong_with_a_table_is_told_at_once_each_at_its_cell(tmp_path, monkeypatch, capfd, sign):
    """It was told in three rounds: the columns, then words that no cell may be, then names that nothing answers to."""
    monkeypatch.setattr("her2cli.loading.entries.MAX_SHOWN", 99)
    columns = list(SOUND)
    lines = [sign.join([*columns, "colour"]), sign.join([*(SOUND | {"id": "R2"}).values(), ""])]
    expected = [(1, len(lines[0]) - 5, "no column 'colour' is known")]
    for number, (column, cell, told) in enumerate(PLANTED, start=3):
        cells = list((SOUND | {"id": f"R{number}", column: cell}).values())
        lines.append(sign.join([*cells, ""]))
        begins = len(sign.join([*cells[: columns.index(column)], ""])) + 1 if columns.index(column) else 1
        expected.append((number, begins + max(cell.find("Qx7"), 0), told))
    lines += ["R99", sign.join([*SOUND.values(), "", "more"])]
    expected += [(len(lines) - 1, 1, "ends before 'vs_alterations'")]
    expected += [(len(lines), len(lines[-1]) - 3, "has 14 cells under 13 columns")]
    (tmp_path / "rows.txt").write_text("\n".join(lines) + "\n")
    assert run(["validate", str(tmp_path / "rows.txt")]) == 2
    out, err = capfd.readouterr()
    told = [line.partition("rows.txt:")[2] for line in err.splitlines()]
    assert not out
    assert len(told) == len(expected)
    for each, (line, column, words) in zip(told, expected, strict=True):
        assert each.startswith(f"{line}:{column}: {words}")


def test_names_of_a_yaml_file_are_told_with_what_else_is_wrong_in_it_each_where_it_stands(tmp_path, capfd):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "schema: 1\nexperiments:\n"
        "  A: {readout: AKT, expect: dwn}\n"
        "  B:\n    alterations: [ERBB2_amp, Qx1]\n    treatment: [lapatinib, Qx2=0]\n    readout: Qx3\n"
        "    expect: down\n    versus: {treatment: [AKT=0, AKT=1]}\n"
    )
    assert run(["validate", str(file)]) == 2
    told = [line.partition("mine.yaml:")[2] for line in capfd.readouterr().err.splitlines()]
    places = ["3:29: experiments.A.expect", "5:30: experiments.B.alterations", "6:28: experiments.B.treatment"]
    places += ["7:14: experiments.B.readout", "9:25: experiments.B.versus.treatment"]
    assert [re.split(": (?=No |'dwn'|AKT is held)", line)[0] for line in told] == places
