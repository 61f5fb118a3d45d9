"""her2 draw: every format from one line, nothing lost, nothing half, and one line for each mistake."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import her2cli
from her2cli.cli.app import run

pytestmark = pytest.mark.usefixtures("drawn_once")

SVG = "{http://www.w3.org/2000/svg}"
SMALL = """schema: 1
name: small
species:
  L: {kind: ligand, location: extracellular}
  R: {location: membrane}
  K: {location: cytosol}
  P: {kind: phenotype}
edges:
  - {source: L, target: R, effect: activates}
  - {source: R, target: K, effect: activates}
  - {source: K, target: P, effect: activates}
drugs:
  stop:
    edges: [{target: K, effect: inhibits}]
readouts: [P]
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text(SMALL, "utf-8")
    return tmp_path


def draw(*words: str) -> int:
    return run(["draw", *words])


def classes(file: Path) -> dict[str, str]:
    root = ElementTree.parse(file).getroot()
    return {each.get("id", ""): each.get("class", "") for each in root.iter(f"{SVG}g") if each.get("id")}


def test_a_pathway_is_drawn_as_it_stands(small):
    assert draw("-p", "small.yaml", "-o", "x.svg") == 0
    assert classes(small / "x.svg") == dict.fromkeys(["s-L", "s-R", "s-K", "s-P"], "species")


def test_a_scenario_is_drawn_with_its_state(small):
    assert draw("-p", "small.yaml", "-l", "L", "-d", "stop", "-o", "x.svg") == 0
    state = {"s-L": "species on", "s-R": "species on", "s-K": "species off", "s-P": "species off"}
    assert classes(small / "x.svg") == state
    assert draw("-p", "small.yaml", "-l", "L", "-d", "stop", "--time", "before", "-o", "x.svg", "-f") == 0
    assert set(classes(small / "x.svg").values()) == {"species on"}


def test_what_flipped_is_marked_beside_the_scenario_it_is_compared_with(small):
    assert draw("-p", "small.yaml", "-l", "L", "-d", "stop", "--compare", "untreated", "-o", "x.svg") == 0
    found = classes(small / "x.svg")
    assert found["p1-s-K"] == "species on"
    assert {key for key, each in found.items() if "flip" in each} == {"s-K", "s-P"}


@pytest.mark.parametrize("others", [("trastuzumab",), ("lapatinib+trastuzumab",), ("untreated",)])
def test_side_by_side_the_asked_drug_is_first_and_each_heading_names_all_its_drugs(others, tmp_path, monkeypatch):
    """What --compare names stands in place of --drug: for both it is written so."""
    monkeypatch.chdir(tmp_path)
    words = [word for each in others for word in ("--compare", each)]
    assert draw("-p", "article", "-d", "lapatinib", *words, "-o", "x.svg") == 0
    text = (tmp_path / "x.svg").read_text(encoding="utf-8")
    headings = re.findall(r">([^<>]*; late, \d+ cells)<", text)
    treatments = [each.split("; ")[-2] for each in headings]
    assert treatments == ["lapatinib", *(each.replace("+", " + ") for each in others)]


def test_only_a_cascade_or_an_explanation_is_drawn(small):
    assert draw("-p", "small.yaml", "--trace", "R", "--to", "K", "-o", "x.svg") == 0
    assert classes(small / "x.svg").keys() == {"s-R", "s-K"}
    assert draw("-p", "small.yaml", "-l", "L", "--explain", "K", "-o", "x.svg", "-f") == 0
    assert classes(small / "x.svg").keys() == {"s-L", "s-R", "s-K"}


@pytest.mark.parametrize(
    "words",
    [
        "AKT -d trastuzumab -a ERBB2_amp -a PTEN_loss",
        "APOPTOSIS -a RAS_mut -d sotorasib+cetuximab",
        "APOPTOSIS -d lapatinib",
        "CELL_DEATH -d trastuzumab --seed 3",
    ],
)
def test_a_drawn_explanation_holds_the_chain_and_the_drugs_that_the_told_one_has(words, tmp_path, capsys):
    file = tmp_path / "x.svg"
    assert run(["explain", *words.split(), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert draw("--explain", *words.split(), "-o", str(file)) == 0
    shown = {key.removeprefix("s-") for key in classes(file)}
    titles = [each.text or "" for each in ElementTree.parse(file).getroot().iter(f"{SVG}title")]
    species = {*her2cli.load("erbb").species}
    chain = told["share"]["why"].split()
    assert len(chain) > 2
    assert {*chain[::2]} & species <= shown
    for source, arrow, target in zip(chain[::2], chain[1::2], chain[2::2], strict=False):
        # What silences an inhibition is drawn on the edge that it silences, and is told by what it does to its target.
        silenced = source not in species and any(each.startswith(f"{source} -| ") for each in titles)
        assert arrow == "..." or silenced or any(f"{source} {arrow} {target}:" in each for each in titles)
    assert {each["species"] for each in reasons(told["reason"])} & species <= shown


def reasons(tree: dict) -> list[dict]:
    return [tree, *(each for below in tree.get("because", ()) for each in reasons(below))]


@pytest.mark.parametrize(
    ("format", "begins", "module"),
    [("png", b"\x89PNG", "resvg_py"), ("pdf", b"%PDF", "typst"), ("html", b"<!doctype html>", "json")],
)
def test_the_extension_says_the_format(small, format, begins, module):
    pytest.importorskip(module)
    assert draw("-p", "small.yaml", "-d", "stop", "-o", f"x.{format}") == 0
    assert (small / f"x.{format}").read_bytes().startswith(begins)


def test_a_page_has_all_scenarios_and_the_lines_that_compute_them(small):
    words = ["--compare", "untreated", "--compare", "stop+L", "--compare", "R=1"]
    assert draw("-p", "small.yaml", "-d", "stop", *words, "-o", "x.html") == 0
    text = (small / "x.html").read_text("utf-8")
    data = json.loads(text.split('id="data">')[1].split("</script>")[0])
    assert [each["command"] for each in data["stories"]] == [
        "her2 simulate -p small.yaml -d stop",
        "her2 simulate -p small.yaml",
        "her2 simulate -p small.yaml -l L -d stop",
        "her2 simulate -p small.yaml -s R=1",
    ]


@pytest.mark.parametrize(("words", "names"), [(["-d", "stop"], ["stop", "untreated"]), (["-l", "L"], ["untreated"])])
def test_a_page_of_a_treatment_has_the_untreated_tumour_to_compare_with(words, names, small):
    assert draw("-p", "small.yaml", *words, "-o", "x.html") == 0
    data = json.loads((small / "x.html").read_text("utf-8").split('id="data">')[1].split("</script>")[0])
    assert [each["name"].rpartition("; ")[2] for each in data["stories"]] == names


@pytest.mark.parametrize(
    ("words", "against"),
    [(["-d", "stop", "--compare", "R=1"], "1"), (["--compare", "stop"], "1"), (["-d", "stop"], "-1"), ([], "-1")],
)
def test_a_page_that_was_asked_to_compare_begins_with_that(words, against, small):
    assert draw("-p", "small.yaml", *words, "-o", "x.html") == 0
    text = (small / "x.html").read_text("utf-8")
    choices = text.split('<select id="other">')[1].split("</select>")[0]
    (chosen,) = [each for each in choices.split("<option ") if " selected" in each]
    assert chosen.startswith(f'value="{against}"')


LINE = "cell_lines:\n  Cells: {alterations: [gain]}\n"
GAIN = "alterations:\n  gain: {edges: [{target: R, effect: activates}]}\n"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["-d", "stop"], ["no alterations; stop", "no alterations; untreated", "no alterations; L added; untreated"]),
        (["-c", "Cells"], [f"Cells (gain); {each}untreated" for each in ("", "", "L added; ")]),
    ],
)
def test_scenarios_of_a_page_are_named_alike_by_tumour_and_treatment(small, words, names):
    (small / "small.yaml").write_text(SMALL + GAIN + LINE, "utf-8")
    others = ["--compare", "untreated", "--compare", "L"]
    assert draw("-p", "small.yaml", *words, *others, "-o", "x.html") == 0
    text = (small / "x.html").read_text("utf-8")
    data = json.loads(text.split('id="data">')[1].split("</script>")[0])
    assert [each["name"] for each in data["stories"]] == names
    assert "Shares of 500 cells in which each is on</caption>" in text


def test_a_picture_names_the_cell_line_and_has_the_numbers_of_simulate_and_of_how_many_cells(small, capfd):
    from her2cli import simulate

    assert draw("-d", "lapatinib", "-c", "BT474", "-o", "x.svg", "--json") == 0
    (heading,) = [each.text for each in ElementTree.parse("x.svg").iter(f"{SVG}text") if each.get("class") == "heading"]
    assert heading is not None
    assert heading.startswith("BT474 (ERBB2_amp, ")
    assert heading.endswith("; in body; lapatinib; late, 500 cells")
    shares = json.loads(capfd.readouterr().out)["scenarios"][0]["shares"]
    told = simulate(drugs=["lapatinib"], cell_line="BT474").data["readouts"]
    assert {name: shares[name] for name in told} == {name: each["late"] for name, each in told.items()}


def test_without_a_file_the_picture_is_on_stdout(small, capfdbinary):
    assert draw("-p", "small.yaml") == 0
    assert ElementTree.fromstring(capfdbinary.readouterr().out).tag == f"{SVG}svg"


def test_json_tells_places_and_shares(small, capfd):
    assert draw("-p", "small.yaml", "-l", "L", "-o", "x.svg", "--json") == 0
    told = json.loads(capfd.readouterr().out)
    assert told["schema"] == "her2/draw/1"
    assert (told["format"], told["file"]) == ("svg", "x.svg")
    assert told["species"]["L"]["y"] < told["species"]["P"]["y"]
    assert told["scenarios"][0]["shares"] == {"L": 1.0, "R": 1.0, "K": 1.0, "P": 1.0}


def test_the_same_line_writes_the_same_bytes(small):
    for name in ("a.svg", "b.svg"):
        assert draw("-p", "small.yaml", "-d", "stop", "-o", name) == 0
    assert (small / "a.svg").read_bytes() == (small / "b.svg").read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-o", "x.gif"], "x.gif: .gif is no picture that is made here; use one of .svg, .png, .pdf, .html."),
        (["-o", "picture"], "picture: the name has no extension; use one of .svg, .png, .pdf, .html."),
        (["-o", "no/x.svg"], "no/x.svg: there is no folder"),
        (["-o", "old.svg"], "old.svg: exists already; --force replaces it."),
        (["-o", "x.svg", "--to", "K"], "--to is for a cascade: add --trace NAME."),
        (["-o", "x.svg", "--trace", "K", "--explain", "K"], "Choose one of --trace and --explain."),
        (["-o", "x.svg", "--theme", "blue"], "No theme 'blue'; there are light, dark, auto."),
        (["-o", "x.svg", "--time", "noon"], "No time 'noon'; there are before, early, late."),
        (["-o", "x.svg", "--compare", "L", "--compare", "stop"], "side by side; for more, write .html."),
        (["-o", "x.svg", "--trace", "Q"], "No species, drug or alteration 'Q'."),
        (["-o", "x.svg", "-d", "sotp"], "No drug 'sotp'. Close: stop"),
    ],
)
def test_a_mistake_is_one_line_and_nothing_is_written(small, capfd, words, told):
    (small / "old.svg").write_text("the old picture", "utf-8")
    assert draw("-p", "small.yaml", *words) == 2
    error = capfd.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert sorted(os.listdir(small)) == ["old.svg", "small.yaml"]
    assert (small / "old.svg").read_text("utf-8") == "the old picture"


def test_a_folder_that_cannot_be_written_is_told(small, capfd):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (small / "shut").mkdir(mode=0o555)
    assert draw("-p", "small.yaml", "-o", "shut/x.svg") == 2
    assert "cannot be written" in capfd.readouterr().err


def test_without_the_extra_a_png_is_refused_and_the_old_one_stays(small, capfd, monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    (small / "x.png").write_bytes(b"old")
    assert draw("-p", "small.yaml", "-o", "x.png", "-f") == 2
    assert "[draw]'" in capfd.readouterr().err
    assert (small / "x.png").read_bytes() == b"old"


def test_the_input_is_never_replaced(small, capfd):
    (small / "small.svg").symlink_to(small / "small.yaml")
    assert draw("-p", "small.yaml", "-o", "small.svg", "-f") == 2
    assert "is the input itself" in capfd.readouterr().err
    assert (small / "small.yaml").read_text("utf-8") == SMALL


def test_without_graphviz_it_is_drawn_in_rows_and_told(small, capfd, monkeypatch):
    from her2cli.render import placing

    monkeypatch.setattr(placing, "engine", lambda: "")
    assert draw("-p", "small.yaml", "-o", "x.svg") == 0
    assert "[draw]'" in capfd.readouterr().err
    assert classes(small / "x.svg").keys() == {"s-L", "s-R", "s-K", "s-P"}


def test_drawing_as_it_stands_imports_nothing_heavy(small):
    code = (
        "import sys; from her2cli.cli.app import run; run(['draw', '-p', 'her2', '-o', 'x.svg'])\n"
        "heavy = {'rich', 'typer', 'numpy', 'numba', 'resvg_py', 'typst', 'matplotlib', 'biodivine_aeon'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": str(root)})


def test_on_a_terminal_a_picture_goes_to_a_file_whose_name_is_told(tmp_path):
    """Nobody reads SVG on a terminal: `her2 draw` alone writes one, and a second time does not replace it unasked."""
    pty = pytest.importorskip("pty", reason="a terminal is a pseudo-terminal of Unix here")

    words = [sys.executable, "-m", "her2cli", "draw"]
    for code, told in ((0, b"wrote her2.svg"), (2, b"exists already")):
        parent, child = pty.openpty()
        process = subprocess.Popen(words, cwd=tmp_path, stdout=child, stderr=child, stdin=subprocess.DEVNULL)
        assert process.wait(60) == code
        os.close(child)
        assert told in os.read(parent, 10_000)
        os.close(parent)
    assert (tmp_path / "her2.svg").read_text("utf-8").startswith("<svg")


def test_a_name_that_only_the_literature_has_is_drawn_from_there_and_told(small, capfd):
    assert draw("--trace", "HER2", "--to", "MYC", "-o", "x.svg") == 0
    assert "MYC is only in erbb" in capfd.readouterr().err
    assert "s-MYC" in classes(small / "x.svg")
    assert draw("--trace", "HER2", "--to", "ANGIOGENESIS", "-o", "y.svg") == 0
    assert "only in" not in capfd.readouterr().err
    assert draw("--trace", "HER2", "--to", "NOWHERE", "-o", "z.svg") == 2
    assert "NOWHERE" in capfd.readouterr().err


def test_what_was_written_is_told_and_a_page_has_no_theme(small, capfd):
    assert draw("-p", "small.yaml", "-o", "x.svg") == 0
    assert capfd.readouterr() == ("", "her2: wrote x.svg: pathway small.\n")
    assert draw("-p", "small.yaml", "--theme", "dark", "-o", "x.html") == 2
    assert capfd.readouterr().err.startswith("her2: --theme is for pictures")
    assert not (small / "x.html").exists()


@pytest.mark.parametrize("goal", ["MYC", "PROLIFERATION"])
def test_the_picture_of_a_trace_holds_the_paths_that_trace_lists(goal, tmp_path, capfd):
    where = ["HER2", "--to", goal, "-p", "erbb"]
    assert run(["trace", *where, "--json"]) == 0
    paths = json.loads(capfd.readouterr().out)["paths"]
    picture = tmp_path / "path.svg"
    assert run(["draw", "--trace", *where, "-o", str(picture)]) == 0
    drawn = {each.get("id", "").removeprefix("s-") for each in ElementTree.parse(picture).iter(f"{SVG}g")}
    assert len(paths) == 20
    assert {name for path in paths for name in path} <= drawn
    assert {"RAS", "RAF", "MEK", "ERK"} <= drawn


@pytest.mark.parametrize("pathway", ["her2", "erbb"])
def test_what_no_path_leads_to_is_refused_in_the_words_of_trace_and_nothing_is_drawn(pathway, tmp_path, capfd):
    where = ["AKT", "--to", "HER2_HER3" if pathway == "her2" else "SERUM", "-p", pathway]
    assert run(["trace", *where]) == 0
    told = capfd.readouterr().out.split()
    assert told[:2] == ["No", "path"]
    picture = tmp_path / "x.svg"
    assert run(["draw", "--trace", *where, "-o", str(picture)]) == 2
    out, err = capfd.readouterr()
    assert (out, err.removeprefix("her2: ").split()) == ("", told)
    assert not picture.exists()


def test_a_species_has_what_tells_in_which_cells_it_is_moved_apart_on_its_card(capfd):
    assert run(["show", "MEK", "-p", "erbb"]) == 0
    _, _, rest = capfd.readouterr().out.partition("What acts on it\n")
    acts, _, tells = rest.partition("In which cells, and when: it depends on\n")
    assert "RAF ->" in acts
    assert not [name for name in ("HER2_HIGH", "_LEANING") if name in acts]
    assert all(name in tells for name in ("HER2_HIGH -|", "SRC_LEANING -|", "MTORC1_LEANING -|"))


@pytest.mark.parametrize(
    ("part", "kinds"), [(["--trace", "RAS", "--to", "MYC"], {"drug"}), (["--explain", "HER2_HIGH"], {"alteration"})]
)
def test_a_legend_has_no_sign_that_the_picture_has_not(tmp_path, monkeypatch, part, kinds):
    monkeypatch.chdir(tmp_path)
    assert draw("-p", "erbb", "-d", "lapatinib", *part, "-o", "x.svg") == 0
    picture, legend = (tmp_path / "x.svg").read_text("utf-8").split('class="legend"')
    assert set(re.findall(r'class="tag (\w+)', picture)) == kinds
    assert set(re.findall(r'class="tag (\w+)', legend)) == kinds
