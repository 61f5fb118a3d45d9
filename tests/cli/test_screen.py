"""`her2 screen` as it is typed: the score in the heading, what is left out, files, explained rows, bad input."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from her2cli.cli.app import run
from her2cli.cli.screen import _first, _some
from her2cli.studies import screen

pytestmark = pytest.mark.usefixtures("quick_lanes")


def test_the_heading_tells_the_score_and_the_screen_fits(capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["screen", "drugs", "-c", "HCC1954", "--replicates", "40"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith("Network erbb; a tumour in the body (NK in 83% of cells, NRG1 in 30% of cells).")
    assert lines[1].startswith("HCC1954 (ERBB2_amp + PIK3CA_H1047R). Score: mean share of cells, late")
    assert "Score: mean share of cells, late, with PROLIFERATION off" in " ".join(lines[1:3])
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert "rows; -n shows more, --worst the others, -o writes all." in " ".join(lines)


@pytest.mark.parametrize(
    ("line", "normal"),
    [
        ("drugs -a none", True),
        ("pairs=lapatinib,paclitaxel,alpelisib -a none", True),
        ("drugs", False),
        ("drugs -c MCF7", False),
        ("drugs=lapatinib alterations -a none", False),
        ("drugs=lapatinib cell-lines", False),
        ("alterations -a none", False),
    ],
)
def test_a_ranking_of_what_harms_a_normal_cell_says_that_it_is_that(capfd, few_cells, line, normal):
    assert run(["screen", *line.split()]) == 0
    said = " ".join(capfd.readouterr().out.split())
    assert ("A normal cell: what ranks first harms it most, which says little of a tumour." in said) == normal


@pytest.mark.parametrize(
    ("line", "met"), [("drugs -d daraxonrasib", True), ("drugs", False), ("drugs alterations -d daraxonrasib", False)]
)
def test_where_the_tumour_meets_every_goal_by_itself_that_is_said(capfd, line, met):
    assert run(["screen", *line.split(), "-p", "article", "-r", "PROLIFERATION", "--replicates", "20"]) == 0
    assert ("As it is, it meets every goal" in capfd.readouterr().out) is met


def test_of_many_names_as_many_stand_in_the_line_as_fit_and_the_others_are_counted():
    assert _some(["A"]) == "A"
    assert _some(["A", "B", "C"], 7) == "A, B, C"
    assert _some(["A", "B", "C"], 6) == "A, B +1"
    assert _some(["much longer than that", "B", "C"], 6) == "much longer than that +2"


@pytest.mark.parametrize(
    ("kinds", "heading"),
    [
        ("drugs x cell-lines", "Score of each drug in each cell line"),
        ("alteration-pairs drugs=lapatinib,tucatinib", "Score of each alteration pair in each drug"),
    ],
)
def test_two_kinds_make_a_heat_map_that_says_what_it_leaves_out(capfd, monkeypatch, kinds, heading):
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["screen", *kinds.split(), "--replicates", "10", "-n", "6"]) == 0
    out = capfd.readouterr().out
    assert f"{heading}; left out: " in " ".join(out.split())
    assert len(out.splitlines()) <= 40


def test_another_amount_of_what_the_tumour_has_is_left_out_and_told(capfd):
    assert run(["screen", "alterations=ERBB2_low,PTEN_loss", "--replicates", "10"]) == 0
    out, err = capfd.readouterr()
    assert "ERBB2_low: left out, for ERBB2_amp has another amount of it." in err
    assert "PTEN_loss" in out
    assert "ERBB2_low" not in out


def test_one_that_is_left_out_is_told_in_the_singular(capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    kinds = ["drugs=lapatinib,capivasertib", "alterations=PTEN_loss"]
    assert run(["screen", *kinds, "-n", "2", "--replicates", "10"]) == 0
    assert "left out: 1 more drug\n" in capfd.readouterr().out


@pytest.mark.parametrize("ending", ["csv", "tsv", "parquet"])
def test_all_rows_go_into_a_file(tmp_path, capfd, ending):
    path = tmp_path / f"screen.{ending}"
    line = ["screen", "drugs", "--replicates", "10", "-r", "AKT", "-o", str(path)]
    assert run(line) == 0
    assert "61 rows are in" in capfd.readouterr().err or path.exists()
    if ending == "parquet":
        table = pytest.importorskip("pyarrow.parquet").read_table(path)
        rows, names = table.to_pylist(), table.column_names
    else:
        rows = list(csv.DictReader(path.open(), delimiter="\t" if ending == "tsv" else ","))
        names = list(rows[0])
    assert names == ["rank", "drug", "score", "score_error", "AKT", "AKT_error", "AKT_before"]
    assert {"none", "lapatinib", "trastuzumab"} <= {row["drug"] for row in rows}
    before = path.read_bytes()
    assert run(line) == 2
    assert "exists already; --force replaces it" in capfd.readouterr().err
    assert path.read_bytes() == before


def test_a_heat_map_goes_into_a_picture(tmp_path, capfd):
    pytest.importorskip("matplotlib")
    path = tmp_path / "map.svg"
    assert (
        run(["screen", "drugs=lapatinib,everolimus", "cell-lines=BT474,HCC1954", "--replicates", "10", "-o", str(path)])
        == 0
    )
    assert "HCC1954" in path.read_text()


@pytest.mark.parametrize("axes", [["drugs"], ["knockouts"], ["drugs", "cell-lines=BT474,HCC1954,MCF7"]])
def test_a_picture_names_every_row_of_the_table_or_says_how_many_it_has_not(axes, tmp_path, capfd, few_cells):
    """The rows are counted in the CSV of the same line, the names in the text of the picture."""
    pytest.importorskip("matplotlib")
    line = ["screen", *axes, "--replicates", "4"]
    assert run([*line, "-o", str(tmp_path / "map.svg")]) == 0
    assert "writes every row" not in capfd.readouterr().err
    assert run([*line, "--csv"]) == 0
    rows = list(csv.DictReader(capfd.readouterr().out.splitlines()))
    drawn = " ".join(re.findall(r">([^<>]+)</text>", (tmp_path / "map.svg").read_text()))
    named = {row["drug" if "drugs" in axes[0] else "knockout"] for row in rows}
    counted = sum(int(more) for more in re.findall(r"\+(\d+)(?= |$)", drawn))
    missing = [name for name in named if not re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", drawn)]
    assert len(missing) <= counted
    assert len(axes) == 2 or not missing


def test_a_picture_of_very_many_rows_says_how_many_are_left_out_and_what_writes_them(tmp_path, capfd, few_cells):
    pytest.importorskip("matplotlib")
    path = tmp_path / "map.svg"
    assert run(["screen", "pairs", "--replicates", "2", "-o", str(path)]) == 0
    said = capfd.readouterr().err
    assert f"the heat map is in {path}; -o with a name that ends in .csv writes every row." in said
    drawn = " ".join(re.findall(r">([^<>]+)</text>", path.read_text()))
    left, every = (int(each.replace(",", "")) for each in re.search(r"left out: ([\d,]+) of ([\d,]+)", drawn).groups())
    assert drawn.count(" + ") > 0.8 * (every - left) > 100


def test_a_row_is_explained_by_the_line_that_asks_for_it(capfd, few_cells):
    assert run(["screen", "drugs=lapatinib", "-c", "SKBR3", "--replicates", "10", "--why", "1"]) == 0
    assert "Row 1, lapatinib: her2 simulate -a ERBB2_amp -d lapatinib --context body" in capfd.readouterr().out


def test_the_worst_and_the_best_cannot_both_stand_first(capfd):
    assert run(["screen", "drugs", "--worst", "--best"]) == 2
    assert capfd.readouterr().err == "her2: Either --worst or --best stands first: leave out one.\n"


def test_of_the_worst_rows_the_first_is_the_worst(capfd, few_cells):
    assert run(["screen", "drugs=lapatinib", "-c", "SKBR3", "--replicates", "10", "--worst", "--why", "1"]) == 0
    assert "Row 1, none: her2 simulate -a ERBB2_amp --context body" in capfd.readouterr().out


def test_json_has_every_row_and_how_it_was_made(capfd):
    assert run(["screen", "drugs=lapatinib", "cell-lines=BT474", "--replicates", "10", "--seed", "3", "--json"]) == 0
    data = json.loads(capfd.readouterr().out)
    assert data["schema"] == "her2/screen/1"
    assert (data["seed"], data["replicates"], data["along"]) == (3, 10, ["drugs", "cell-lines"])
    assert [set(row) for row in data["rows"]] == [{"rank", "drug", "cell_line", "score", "error", "readouts"}] * 2
    assert data["goals"]["PROLIFERATION"] == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("screen medicines", "No kind of screen 'medicines'. There are drugs, pairs"),
        ("screen drugs=lapatinb", "No drug 'lapatinb'. Close: lapatinib"),
        ("screen drugs --time noon", "No time 'noon'; there are before, early, late."),
        ("screen drugs -o rows.xlsx", "rows are written as .csv, .tsv, .parquet"),
        ("screen drugs --part 2", "--part 2: write which share of how many, such as 1/8."),
        ("screen drugs --resume", "--resume needs --folder"),
        ("screen drugs --why 1 --json", "--why explains a row to people"),
        ("screen drugs=lapatinib --replicates 5 --why 9", "--why 9: there are 2 rows."),
        ("screen drugs -r NOBODY", "No species 'NOBODY'"),
        ("screen", "Missing argument"),
    ],
)
def test_bad_lines_get_one_line(capfd, line, said):
    assert run(line.split()) == 2
    error = capfd.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1


def test_a_rank_counts_who_is_surely_better_and_the_screen_says_so(capfd):
    assert run(["screen", "drugs=lapatinib,trastuzumab", "-c", "HCC1954", "--replicates", "40"]) == 0
    assert "Rank: one more than the rows better by two standard errors" in " ".join(capfd.readouterr().out.split())


def test_an_interrupt_keeps_the_parts_that_are_done_and_resume_ends_with_the_same_bytes(tmp_path, monkeypatch, capfd):
    """Parts of three scenarios, each written so slowly that several are left when the interrupt comes."""
    script = (
        "import sys, time; from her2cli.studies import room, screen; screen.PART = 3\n"
        "write = room._write; room._write = lambda *words, **more: (write(*words, **more), time.sleep(0.2))\n"
        "from her2cli.cli.app import run; sys.exit(run(sys.argv[1:]))\n"
    )
    folder = tmp_path / "run"
    drugs = "drugs=lapatinib,trastuzumab,tucatinib,neratinib,afatinib,capivasertib,alpelisib"
    line = ["screen", drugs, "alterations=PTEN_loss", "--replicates", "20", "-j", "1"]
    into = {name: tmp_path / f"{name}.csv" for name in ("plain", "resumed")}
    process = subprocess.Popen(
        [sys.executable, "-c", script, *line, "--folder", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job is deaf to it
    )
    deadline = time.monotonic() + 60
    while len(list(folder.glob("part-*"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told.decode()
    assert told.decode() == f"her2: stopped; {folder} keeps the parts that are done: --resume goes on.\n"
    done = {each.name: each.read_bytes() for each in folder.glob("part-*")}
    assert len(done) >= 2
    monkeypatch.setattr(screen, "PART", 3)
    assert run([*line, "--folder", str(folder)]) == 2
    assert "--resume goes on with them, if no other run is at work there" in " ".join(capfd.readouterr().err.split())
    assert run([*line, "--folder", str(folder), "--resume", "-o", str(into["resumed"])]) == 0
    assert {name: (folder / name).read_bytes() for name in done} == done
    assert len(list(folder.glob("part-*"))) > len(done)
    assert run([*line, "-o", str(into["plain"])]) == 0
    assert into["plain"].read_bytes() == into["resumed"].read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("kept", [True, False], ids=["folder", "none"])
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_processes_that_are_stopped_end_quietly_and_leave_nothing_that_nobody_asked_for(tmp_path, sent, code, kept):
    """A signal to the first process: its workers end, their folder and semaphores are gone."""
    place, folder = tmp_path / "tmp", tmp_path / "run"
    place.mkdir()
    line = ["screen", "pairs", "cell-lines", "--replicates", "4000", "-j", "2", "--engine", "python"]
    process = subprocess.Popen(
        [sys.executable, "-m", "her2cli", *line, *(["--folder", str(folder)] if kept else [])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(place)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 60
    where = folder if kept else place
    while not list(where.rglob("study.json")) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(1)  # until the workers are there
    process.send_signal(sent)
    if sent == signal.SIGTERM:
        process.send_signal(sent)  # as `timeout` does, which sends one to the group, too
    out, told = process.communicate(timeout=60)  # which waits for all that have its stderr
    assert (process.returncode, out) == (code, b"")
    words = f"her2: stopped; {folder} keeps the parts that are done: --resume goes on.\n"
    assert told.decode() == (words if kept else "")
    assert not list(place.iterdir())


def test_rows_of_the_same_rank_and_shares_stand_on_one_line_and_so_many_lines_are_shown():
    hits = [
        SimpleNamespace(rank=rank, names=(name,), shares=shares)
        for name, rank, shares in (
            ("a", 1, (0,)),
            ("b", 1, (0,)),
            ("c", 3, (5,)),
            ("d", 3, (6,)),
            ("e", 3, (6,)),
            ("f", 6, (9,)),
        )
    ]
    found = SimpleNamespace(hits=lambda worst: hits[::-1] if worst else hits)
    told = [["".join(hit.names) for hit in group] for group in _first(found, 3, worst=False)]
    assert told == [["a", "b"], ["c"], ["d", "e"]]
    assert [hit.names for hit in _first(found, 1, worst=True)[0]] == [("f",)]


@pytest.fixture
def own_lines(tmp_path, monkeypatch):
    """A folder with a cell line that names two amounts of HER2, and one that names what it has by other names."""
    lines = "  Both: {alterations: [ERBB2_amp, HER2-low]}\n  Named: {alterations: [HER2-low, PTEN-loss]}\n"
    (tmp_path / "own.yaml").write_text(f"schema: 1\ncell_lines:\n{lines}")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    return tmp_path / "own.yaml"


def test_a_cell_line_with_two_amounts_is_told_at_its_line_left_out_of_all_and_refused_by_its_name(own_lines, capfd):
    assert run(["check", str(own_lines)]) == 0
    told = capfd.readouterr().out
    assert f"{own_lines}:3:3: warning: Both: ERBB2_amp and ERBB2_low are two amounts of HER2" in told
    assert "Named:" not in told
    assert run(["screen", "cell-lines", "-r", "AKT", "--replicates", "1", "--json"]) == 0
    out, err = capfd.readouterr()
    names = {row["cell_line"] for row in json.loads(out)["rows"]}
    assert "Named" in names
    assert "Both" not in names
    assert "Both: left out, for a tumour has one amount" in err
    for line in (["screen", "cell-lines=Both", "-r", "AKT"], ["simulate", "-c", "Both"], ["compare", "Both", "none"]):
        assert run(line) == 2
        assert "ERBB2_amp and ERBB2_low are two amounts of HER2" in capfd.readouterr().err


def test_the_alterations_of_a_cell_line_are_found_by_any_of_their_names(own_lines, capfd):
    def shares(line: str) -> object:
        assert run([*line.split(), "-r", "AKT", "--replicates", "9", "--json"]) == 0
        return json.loads(capfd.readouterr().out)["readouts"]

    assert shares("simulate -c Named") == shares("simulate -a ERBB2_low -a PTEN_loss")
