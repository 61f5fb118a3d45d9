"""`her2 check` for people, for editors, and for code hosts."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from her2cli.cli.app import run

BROKEN = "schema: 1\nspecies: {A: {}, B: {}}\nedges:\n  - {source: A, target: B, effect: activate}\n"
LOOSE = "schema: 1\nspecies: {A: {}, B: {}}\nedges:\n  - {source: A, target: B, effect: activates}\n"
SETTLED = LOOSE.replace("effect: activates", "effect: activates, note: seen at the bench")


class Done(NamedTuple):
    """What the command left behind."""

    returncode: int
    stdout: str
    stderr: str


def check(folder: Path, text: str, *options: str) -> Done:
    (folder / "x.yaml").write_text(text)
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(folder)
        patch.setenv("COLUMNS", "40")
        code = run(["check", "x.yaml", *options])
    for each in (out, err):
        each.seek(0)
    return Done(code, out.read(), err.read())


def test_an_error_goes_to_stderr_on_one_line_with_its_place(tmp_path: Path) -> None:
    done = check(tmp_path, BROKEN)
    assert (done.returncode, done.stdout) == (2, "")
    expected = "x.yaml:4:36: edges[1].effect: 'activate' is not an effect (did you mean 'activates'?).\n"
    assert done.stderr == expected


def test_names_of_a_bnet_file_without_a_line_are_remarked_on(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """B is an input by BNET's convention, and so is C, which says so itself."""
    file = tmp_path / "x.bnet"
    file.write_text("A, B & C\nC, C\n")
    assert run(["check", str(file)]) == 0
    assert capfd.readouterr().err == f"her2: note: {file}: no line of its own, so an input: B.\n"
    assert run(["simulate", "-p", str(file)]) == 0
    assert capfd.readouterr().err == ""
    file.write_text(f"A, {' & '.join(f'B{number}' for number in range(30))}\n")
    assert run(["check", str(file)]) == 0
    assert capfd.readouterr().err.endswith("B18, B19 and 10 more.\n")


def test_a_warning_stays_on_its_line_however_narrow_the_screen(tmp_path: Path) -> None:
    done = check(tmp_path, LOOSE)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "x.yaml:4:5: warning: A -> B has no evidence. [no-evidence]",
        "x.yaml: 2 species, 1 edge",
        "1 warning.",
    ]


def test_a_note_is_the_written_reason_that_settles_a_warning(tmp_path: Path) -> None:
    assert check(tmp_path, LOOSE, "--strict").returncode == 1
    done = check(tmp_path, SETTLED, "--strict", "-v")
    assert done.returncode == 0
    assert "accepted: A -> B has no evidence." in done.stdout
    assert "reason: seen at the bench" in done.stdout


def test_errors_are_part_of_the_json_answer(tmp_path: Path) -> None:
    done = check(tmp_path, BROKEN, "--json")
    assert done.returncode == 2
    (error,) = json.loads(done.stdout)["errors"]
    assert (error["file"], error["line"], error["column"]) == ("x.yaml", 4, 36)


def test_sarif_names_each_result_by_a_rule_that_it_declares(tmp_path: Path) -> None:
    for text, level in ((BROKEN, "error"), (LOOSE, "warning")):
        (run,) = json.loads(check(tmp_path, text, "--format", "sarif").stdout)["runs"]
        (result,) = run["results"]
        assert result["level"] == level
        (rule,) = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == result["ruleId"]]
        assert rule["defaultConfiguration"]["level"] == level  # for readers that ask the rule alone
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 4


@pytest.mark.parametrize("name", ["x.yaml", "my model #1.yaml", "100%.yaml", "a:b.yaml", "κ [2].yaml", "in/x?.yaml"])
def test_the_place_in_sarif_is_an_address_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    """Only what RFC 3986 allows in a path, no colon in its first part (4.2), and the file is found again by it."""
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(LOOSE)
    for given in (name, str(file)):
        out = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
            patch.chdir(tmp_path)
            run(["check", given, "--format", "sarif"])
        out.seek(0)
        (result,) = json.loads(out.read())["runs"][0]["results"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        scheme, _, path = uri.rpartition("file://")
        assert (scheme, unquote(path)) == ("", given)
        assert re.fullmatch(r"(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+", path)


@pytest.mark.parametrize(("text", "level"), [(BROKEN, "error"), (LOOSE, "warning")])
def test_annotations_are_workflow_commands(tmp_path: Path, text: str, level: str) -> None:
    (line,) = check(tmp_path, text, "--format", "github").stdout.splitlines()
    assert line.startswith(f"::{level} file=")
    assert ",line=4,col=" in line


def test_a_drug_of_ones_own_acts_in_the_shipped_pathways(tmp_path: Path) -> None:
    drug = "schema: 1\ndrugs:\n  mine:\n    edges: [{target: TARGET, effect: inhibits, evidence: [Textbook]}]\n"
    assert "No warnings." in check(tmp_path, drug.replace("TARGET", "MEK")).stdout
    assert "acts on no species of any pathway" in check(tmp_path, drug.replace("TARGET", "NOTHING")).stdout


# --- names that nothing has ------------------------------------------------------------------------------------------

SLIPS = {
    "target": ("drugs", "edges: [{target: AKTT, effect: inhibits, evidence: [article]}]", "AKTT", "AKT"),
    "requires": (
        "drugs",
        "edges: [{target: AKT, effect: inhibits, evidence: [article], requires: [ERBB2_ampl]}]",
        "ERBB2_ampl",
        "ERBB2_amp",
    ),
    "unless": (
        "alterations",
        "edges: [{target: AKT, effect: inhibits, evidence: [article], unless: [MUC4_hig]}]",
        "MUC4_hig",
        "MUC4_high",
    ),
    "blocks": ("drugs", "edges: [{blocks: HER2_HER3 -> SOSS, evidence: [article]}]", "SOSS", "SOS"),
    "alterations": ("cell_lines", "alterations: [PTEN_los]", "PTEN_los", "PTEN_loss"),
    "ligands": ("cell_lines", "ligands: [NRG11]", "NRG11", "NRG1"),
    "readout": ("experiments", "{scenario}, readout: AKTT", "AKTT", "AKT"),
    "treatment": ("experiments", "{scenario}, readout: AKT, treatment: [lapatinibb]", "lapatinibb", "lapatinib"),
    "species": ("functions", "article: growth, species: SURVIVALL", "SURVIVALL", "SURVIVAL"),
    "receptor": ("domains", "receptor: ERBB33, kind: kinase", "ERBB33", "ERBB3"),
    "partners": ("receptors", "partners: [ERBB44]", "ERBB44", "ERBB4"),
    "about": ("claims", "article: a, status: agree, about: [trastuzumabb]", "trastuzumabb", "trastuzumab"),
}


@pytest.mark.parametrize("field", SLIPS)
@pytest.mark.parametrize("note", ["", ", note: This note is about something else."])
def test_each_name_that_nothing_has_is_a_warning_with_the_closest_one(tmp_path, capsys, field, note):
    """Also where only one of several names is wrong, and whatever note the entry carries."""
    section, written, wrong, close = SLIPS[field]
    written = written.replace(
        "{scenario}", "expect: down, time: late, alterations: [ERBB2_amp], versus: {alterations: []}"
    )
    note = "" if section == "claims" else note  # which have none
    name = "" if section in ("claims", "experiments") else "name: x, "
    file = tmp_path / "slips.yaml"
    file.write_text(f"schema: 1\n{section}:\n  x: {{{name}{written}, evidence: [article]{note}}}\n")
    run(["check", str(file)])
    out, err = capsys.readouterr()
    (line,) = [row for row in (out + err).splitlines() if "[unknown-name]" in row]
    assert ": warning: " in line
    assert f"{field} '{wrong}' is no " in line
    assert f"(did you mean {close}?)" in line
    file.write_text(file.read_text().replace(wrong, close))
    run(["check", str(file)])
    assert "unknown-name" not in capsys.readouterr().out


def test_what_surrounds_the_cells_is_looked_up_too(tmp_path, capsys):
    file = tmp_path / "context.yaml"
    file.write_text("schema: 1\ncontexts:\n  x: {name: x, species: {NRG11: {share: 1}, NK: {share: 1}}}\n")
    run(["check", str(file)])
    out, err = capsys.readouterr()
    (line,) = [row for row in (out + err).splitlines() if "[unknown-name]" in row]
    assert "x: species 'NRG11' is no species (did you mean NRG1?)" in line


def test_a_block_of_an_edge_that_no_pathway_has_is_a_warning(tmp_path, capsys):
    file = tmp_path / "block.yaml"
    file.write_text(
        "schema: 1\ndrugs:\n  mine: {evidence: [article], edges: [{blocks: VEGFA -> AKT, evidence: [article]}, "
        "{blocks: PI3K -> AKT, evidence: [article]}]}\n"
    )
    run(["check", str(file)])
    out = capsys.readouterr().out
    assert out.count("[unknown-edge]") == 1
    assert "mine: blocks VEGFA -> AKT, an edge that no pathway has." in out


def test_an_entry_with_the_id_of_another_thing_is_told_before_a_scenario_names_it(tmp_path, monkeypatch, capsys):
    """It was found by `simulate -a AKT` alone, which named no place."""
    file = tmp_path / "k.yaml"
    file.write_text("schema: 1\nalterations:\n  AKT: {edges: [{target: MYC, effect: inhibits}], note: Mine.}\n")
    assert run(["check", "--strict", str(file)]) == 1
    assert f"{file}:3:3: warning: AKT is the id of a species, too" in capsys.readouterr().out
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    assert run(["simulate", "-a", "AKT"]) == 2
    assert capsys.readouterr().err == f"{file}:3:3: AKT is the id of a species, too; call it something else.\n"


def test_a_network_whose_species_is_called_as_a_drug_is_told_where_both_are(tmp_path, capsys):
    file = tmp_path / "m.yaml"
    file.write_text("schema: 1\nspecies:\n  lapatinib: {}\n")
    assert run(["simulate", "-p", str(file), "-d", "lapatinib"]) == 2
    err = capsys.readouterr().err
    assert re.search(r"two things in the pathway m \(\S+m\.yaml:3:3 and \S+lapatinib\.yaml:3:3\); call one", err), err


@pytest.mark.parametrize(("name", "advice"), [("big.bnet", ""), ("big.yaml", ", or bring a large network as BNET")])
def test_the_advice_on_a_large_file_is_not_what_it_is_already(tmp_path, capsys, name, advice):
    file = tmp_path / name
    file.write_text("A, B\n" * 1_000_000)
    assert run(["check", str(file)]) == 2
    assert re.search(rf"to read more{advice or '[.]'}", capsys.readouterr().err)


def test_a_name_of_another_kind_is_told_as_that_and_a_species_with_its_alterations(tmp_path, capfd):
    """Of `alterations: [ER]` it asked whether ERBB3_up was meant."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        "schema: 1\ncell_lines: {M: {alterations: [ER, lapatinib]}}\n"
        "experiments: {A: {readout: AKT, expect: down, treatment: [PTEN_loss]}}\n"
    )
    assert run(["check", str(file)]) == 0
    told = capfd.readouterr().out
    assert "'ER' is no alteration (it is a species; did you mean ESR1_mutant or ESR1_on?)" in told
    assert "'lapatinib' is no alteration (it is a drug)" in told
    assert "'PTEN_loss' is no drug (it is an alteration)" in told
