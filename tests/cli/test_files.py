"""Converting, exporting, comparing and starting files: never over the input, never half, nothing lost in silence."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest

from her2cli.cli._file import check_target, save
from her2cli.cli.app import run
from her2cli.errors import Her2Error
from her2cli.formats import FORMATS

pytestmark = pytest.mark.usefixtures("drawn_once")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A -> B, B -| C."""
    file = tmp_path / "model.bnet"
    file.write_text("targets,factors\nB, A\nC, !B\n")
    return file


def test_convert_takes_the_formats_from_the_extensions(model: Path, capsys: pytest.CaptureFixture[str]):
    out = model.with_suffix(".aeon")
    assert run(["convert", str(model), str(out)]) == 0
    assert "A -> B\n$B: A\n" in out.read_text()
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"her2: wrote {out}: pathway model, 3 species, 2 edges, as AEON.\n"


def test_convert_writes_to_stdout_where_the_format_is_named(model: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["convert", str(model), "-", "--to", "sif"]) == 0
    said = capsys.readouterr()
    assert said.out == "A\t1\tB\nB\t-1\tC\n"
    assert said.err == "her2: SIF does not carry 2 rules.\n"


def test_initial_states_in_a_file_of_their_own_are_lost_on_stdout_alone(
    model: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["convert", str(model), "-", "--to", "maboss"]) == 0
    assert "the .cfg file with initial states" in capsys.readouterr().err
    assert run(["convert", str(model), str(model.with_suffix(".bnd")), "--strict"]) == 0
    assert "carry" not in capsys.readouterr().err
    assert model.with_suffix(".cfg").exists()


def test_strict_writes_nothing_and_exits_with_1_where_something_would_be_lost(model: Path):
    out = model.with_suffix(".sif")
    assert run(["convert", str(model), str(out), "--strict"]) == 1
    assert not out.exists()
    assert run(["convert", str(model), str(model.with_suffix(".aeon")), "--strict"]) == 0


def test_an_existing_file_is_kept_without_force_and_the_input_even_with_it(
    model: Path, capsys: pytest.CaptureFixture[str]
):
    out = model.with_suffix(".aeon")
    out.write_text("old")
    assert run(["convert", str(model), str(out)]) == 2
    assert "exists already; --force replaces it" in capsys.readouterr().err
    assert out.read_text() == "old"
    assert run(["convert", str(model), str(out), "--force"]) == 0
    assert out.read_text() != "old"
    before = model.read_text()
    assert run(["convert", str(model), str(model), "--force"]) == 2
    assert "is the input itself" in capsys.readouterr().err
    assert model.read_text() == before


@pytest.mark.parametrize(
    ("out", "what"),
    [("out.unknown", "use one of .yaml"), ("nowhere/out.sif", "there is no folder"), (".", "no extension")],
)
def test_an_impossible_target_is_refused_with_what_to_do(
    out: str, what: str, model: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["convert", str(model), str(model.parent / out)]) == 2
    assert what in capsys.readouterr().err


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "out.txt"
    target.write_text("old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Her2Error, match=r"out\.txt: cannot be written: no space left on device"):
        save(str(target), "new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_interrupt_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(str(tmp_path / "out.txt"), "new")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_device_is_one_clear_line():
    check_target("/dev/full", force=False)
    with pytest.raises(Her2Error, match="no space left on device"):
        save("/dev/full", "text")


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path):
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    link.symlink_to(real)
    save(str(link), "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_export_writes_the_network_of_a_scenario(capsys: pytest.CaptureFixture[str]):
    assert run(["export", "bnet", "-p", "erbb", "--drug", "lapatinib", "-a", "PTEN_loss"]) == 0
    rules = dict(line.split(", ", 1) for line in capsys.readouterr().out.splitlines()[1:])
    assert rules["lapatinib"] == "lapatinib"
    assert any("lapatinib" in rule for name, rule in rules.items() if name != "lapatinib")
    assert any("PTEN_loss" in rule for name, rule in rules.items() if name != "PTEN_loss")
    assert run(["export", "bnet", "-p", "erbb"]) == 0
    assert "lapatinib" not in capsys.readouterr().out


def test_export_to_maboss_writes_both_files(tmp_path: Path):
    out = tmp_path / "her2.bnd"
    assert run(["export", "--output", str(out)]) == 0
    assert "node HER2_HER3 {" in out.read_text()
    assert "HER2_HER3.istate = 0;" in (tmp_path / "her2.cfg").read_text()
    assert run(["export", "--output", str(out)]) == 2


def test_export_without_a_format_names_those_that_it_writes(capsys: pytest.CaptureFixture[str]):
    assert run(["export"]) == 2
    named = capsys.readouterr().err.removeprefix("her2: Name a format: ").rstrip(".\n").split(", ")
    assert named[:3] == ["yaml", "json", "bnet"]
    assert set(named) == {each.name for each in FORMATS if each.writes}
    assert run(["export", "ginml"]) == 2
    assert "ginml is read, but not written" in capsys.readouterr().err
    assert run(["export", "xyz"]) == 2
    assert "No format 'xyz'" in capsys.readouterr().err


def test_the_starter_file_passes_check_and_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = str(tmp_path / "mine.yaml")
    assert run(["new", file]) == 0
    assert run(["check", "--strict", file]) == 0
    assert run(["simulate", "-p", file, "--drug", "blocker"]) == 0
    assert run(["new", file]) == 2
    capsys.readouterr()
    assert run(["new"]) == 0
    assert capsys.readouterr().out == Path(file).read_text().replace("mine", "starter")


def test_yaml_made_of_json_keeps_the_drugs_that_only_the_json_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    own, first, second = tmp_path / "own", str(tmp_path / "p.json"), str(tmp_path / "p.yaml")
    own.mkdir()
    drug = "{blocker: {name: new, evidence: [Own2020], edges: [{target: AKT, effect: inhibits, evidence: [Own2020]}]}}"
    references = "{Own2020: {citation: A paper.}}"
    (own / "more.yaml").write_text(f"schema: 1\ndrugs: {drug}\nreferences: {references}\n")
    monkeypatch.setenv("HER2_PATHWAYS", str(own))
    assert run(["export", "json", "-p", "her2", "-o", first]) == 0
    monkeypatch.delenv("HER2_PATHWAYS")
    assert run(["convert", first, second, "--strict"]) == 0
    text = Path(second).read_text()
    assert "blocker:" in text
    assert "Own2020:" in text
    assert "\n  lapatinib:" not in text
    assert run(["diff", first, second]) == 0
    assert run(["check", second]) == 0
    assert "No warnings" in capsys.readouterr().out
    assert run(["simulate", "-p", second, "--drug", "blocker"]) == 0


def test_the_starter_file_survives_being_converted(tmp_path: Path):
    files = [str(tmp_path / f"{name}") for name in ("a.yaml", "b.json", "c.yaml")]
    assert run(["new", files[0]]) == 0
    for first, second in pairwise(files):
        assert run(["convert", first, second, "--strict"]) == 0
        assert run(["diff", files[0], second]) == 0


def test_diff_finds_the_same_logic_in_two_formats(model: Path, capsys: pytest.CaptureFixture[str]):
    other = model.with_suffix(".aeon")
    other.write_text("A -> B\nB -| C\n$B: A & (A | A)\n$C: !(B | B)\n")
    assert run(["diff", str(model), str(other)]) == 0
    assert "No differences" in capsys.readouterr().out


def test_diff_shows_a_state_in_which_two_rules_differ(model: Path, capsys: pytest.CaptureFixture[str]):
    other = model.with_name("other.bnet")
    other.write_text("B, A\nC, B\n")
    assert run(["diff", str(model), str(other), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    changes = {(each["kind"], each["name"]): each for each in answer["changes"]}
    assert changes["rule", "C"]["witness"] == ["B=0"]
    assert ("edge", "B -| C") in changes
    assert run(["diff", str(model), str(other)]) == 1
    assert "they differ with B=0" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_new_file_has_the_permissions_that_the_user_gives_new_files(tmp_path: Path, mask: int):
    before = os.umask(mask)
    try:
        save(str(tmp_path / "new"), "text")
        (tmp_path / "by hand").write_text("text")
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "by hand").stat().st_mode


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path, mode: int):
    old = tmp_path / "old"
    old.write_text("old")
    old.chmod(mode)
    save(str(old), "new")
    assert (old.read_text(), old.stat().st_mode & 0o777) == ("new", mode)


def test_an_export_tells_once_what_it_wrote(model, capfd):
    into = model.with_name("x.aeon")
    assert run(["export", "aeon", "-p", str(model), "-o", str(into)]) == 0
    told = capfd.readouterr().err.splitlines()
    assert [line for line in told if "wrote" in line] == [
        f"her2: wrote {into}: pathway model, 3 species, 2 edges, as AEON."
    ]


@pytest.mark.parametrize("line", ["export bnet -p her2 -o x.bnet", "new x.yaml", "draw -o x.svg"])
def test_in_a_folder_that_is_gone_what_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
):
    """It was "Cannot write the answer", of stdout."""

    def gone() -> str:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "getcwd", gone)
    assert run(line.split()) == 2
    assert capsys.readouterr().err == f"her2: {line.split()[-1]}: cannot be written: no such file or directory.\n"


@pytest.mark.parametrize("line", ["drugs", "cohort {0}"])
def test_a_folder_that_is_not_to_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
):
    """It was "Cannot write the answer: Permission denied"."""
    listdir, folder = os.listdir, str(tmp_path)

    def forbidden(path: object = ".", *more: object) -> list[str]:
        if str(path) == folder:
            raise PermissionError(13, "Permission denied", folder)
        return listdir(path)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setenv("HER2_PATHWAYS", "" if "{" in line else folder)
    for name in ("listdir", "scandir"):
        monkeypatch.setattr(os, name, forbidden)
    assert run(line.format(folder).split()) == 2
    assert capsys.readouterr().err == f"her2: {folder}: cannot be read: permission denied.\n"


@pytest.mark.parametrize(
    "line",
    [
        "cohort in.csv -o in.csv --force",
        "cohort other.csv -p in.csv -o in.csv --force",
        "screen drugs -p in.csv -o in.csv --force",
        "combine one two -p in.csv -o in.csv --force",
        "resist -d one -p in.csv -o in.csv --force",
        "validate other.csv -p in.csv --junit in.csv",
    ],
)
def test_no_study_writes_its_rows_over_what_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
):
    """It is refused before anything is read, whatever stands in the file."""
    monkeypatch.chdir(tmp_path)
    given = tmp_path / "in.csv"
    given.write_text("kept")
    assert run(line.split()) == 2
    assert "in.csv: is the input itself" in capsys.readouterr().err
    assert given.read_text() == "kept"


def test_a_quotation_mark_that_is_never_closed_takes_no_tumours_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    tumours = tmp_path / "tumours.csv"
    tumours.write_text('tumour,alterations\n"A,ERBB2_amp\nB,PTEN_loss\n')
    assert run(["cohort", str(tumours)]) == 2
    assert "tumours.csv:2: is no table: a quotation mark in this row is never closed" in capsys.readouterr().err
