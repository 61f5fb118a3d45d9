"""The commands as Python functions: the same answers, in every form, and mistakes that say what is wrong."""

from __future__ import annotations

import csv
import doctest
import inspect
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import her2cli
from her2cli import api
from her2cli.cli import python
from her2cli.cli._commands import function
from her2cli.cli._parameters import parameters
from her2cli.cli.app import run
from her2cli.errors import Her2Error, UnknownName
from her2cli.model import Edge, Effect, Pathway, Species

pytestmark = pytest.mark.usefixtures("drawn_once")

ROOT = Path(__file__).resolve().parents[1]

SAME = [
    ("trace HER2 --to VEGF", lambda: her2cli.trace("HER2", to="VEGF")),
    (
        "trace HER2 --drug trastuzumab -a MUC4_high",
        lambda: her2cli.trace("HER2", drug="trastuzumab", alterations="MUC4_high"),
    ),
    ("show AKT", lambda: her2cli.show("AKT")),
    ("search phophorylated", lambda: her2cli.search("phophorylated")),
    ("drugs --target HER3", lambda: her2cli.drugs(target="HER3")),
    ("cell-lines", her2cli.cell_lines),
    ("alterations", her2cli.alterations),
    (
        "simulate -d lapatinib=0.5 -s ERBB3=0 -c BT474 --seed 3 --replicates 20",
        lambda: her2cli.simulate(drugs={"lapatinib": 0.5}, set={"ERBB3": 0}, cell_line="BT474", seed=3, replicates=20),
    ),
    (
        "explain AKT -d trastuzumab -p her2 --replicates 60",
        lambda: her2cli.explain("AKT", drugs=["trastuzumab"], pathway="her2", replicates=60),
    ),
    ("compare untreated trastuzumab -p her2", lambda: her2cli.compare(["untreated", "trastuzumab"], pathway="her2")),
    ("attractors -p her2", lambda: her2cli.attractors(pathway="her2")),
    ("receptors", lambda: her2cli.ask("receptors")),
]


@pytest.mark.parametrize(("line", "asked"), SAME, ids=[line for line, _ in SAME])
def test_an_answer_is_that_of_the_command_in_each_form(line, asked, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    answer = asked()
    assert capsys.readouterr() == ("", "")

    def printed(*words: str) -> str:
        assert run([*line.split(), *words]) == 0
        return capsys.readouterr().out

    assert answer.data == json.loads(printed("--json"))
    assert str(answer) == repr(answer) == printed()
    rows = list(csv.DictReader(io.StringIO(printed("--csv"))))
    assert len(rows) == len(answer) == len(list(answer))
    for ours, theirs in zip(answer.rows, rows, strict=True):
        assert list(ours) == list(theirs)
        for key, value in ours.items():
            assert theirs[key].lstrip("'") == _cell(value).lstrip("'")
    assert answer["schema"] == answer.data["schema"]


def _cell(value: object) -> str:
    """A value as a spreadsheet gets it (docs/json.md is about the other form)."""
    if isinstance(value, list):
        return "; ".join(value)
    return (
        {None: "", True: "yes", False: "no"}.get(value, str(value))
        if not isinstance(value, int | float) or isinstance(value, bool)
        else str(value)
    )


def test_remarks_are_notes_and_nothing_is_printed(capsys):
    answer = her2cli.show("p27")
    assert answer.notes == ("this is from the pathway erbb; her2 does not have it.",)
    assert capsys.readouterr() == ("", "")


def test_a_notebook_gets_the_text_escaped_and_coloured():
    html = her2cli.trace("HER2")._repr_html_()
    assert html.startswith("<pre")
    assert "-&gt;" in html
    assert "style=" in html
    name = "<b>x</b>"
    edge = Edge(source=name, target="B", effect=Effect.activates)
    strange = Pathway(name="m", species={name: Species(id=name), "B": Species(id="B")}, edges=(edge,))
    assert name not in her2cli.trace(name, pathway=strange)._repr_html_()


def test_other_libraries_read_an_answer_as_a_table():
    arrow = pytest.importorskip("pyarrow")
    answer = her2cli.trace("HER2")
    table = arrow.table(answer)
    assert table.to_pylist() == answer.rows
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(answer).columns == list(answer.rows[0])
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.sql("select count(*) from answer").fetchall() == [(len(answer),)]
    assert arrow.table(her2cli.trace("SURVIVAL")).num_rows == 0


def test_without_pyarrow_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Her2Error, match="scale"):
        her2cli.trace("HER2").__arrow_c_stream__()


def test_a_pathway_made_in_python_is_asked_like_any_other():
    article = her2cli.load()
    assert her2cli.trace("HER2", pathway=article).data == her2cli.trace("HER2").data
    without = replace(article, edges=tuple(edge for edge in article.edges if edge.source != "AKT"))
    assert her2cli.trace("AKT", pathway=without).rows == []
    assert her2cli.trace("AKT").rows
    ab = Pathway(
        name="ab",
        species={"A": Species(id="A"), "B": Species(id="B")},
        edges=(Edge(source="A", target="B", effect=Effect.activates),),
    )
    assert her2cli.trace("A", pathway=ab).rows[0]["target"] == "B"


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"drugs": 3}, TypeError, "drugs: a list of names is expected, such as"),
        ({"drugs": [3]}, TypeError, "3 \\(int\\) is none"),
        ({"drugs": {"lapatinib": "high"}}, TypeError, "a number for each name"),
        ({"cell_line": ["BT474"]}, TypeError, "cell_line: text is expected"),
        ({"drgs": ["x"]}, TypeError, "Did you mean drugs"),
        ({"json": True}, TypeError, "no option"),
        ({"pathway": 3}, TypeError, "a name, a file or a Pathway"),
        ({"seed": 1.5}, TypeError, "seed: a whole number"),
        ({"seed": True}, TypeError, "seed: a whole number"),
        ({"replicates": 0}, ValueError, "less than 1"),
        ({"steps": 1}, TypeError, "True or False"),
        ({"drugs": ["nosuchdrug"]}, UnknownName, "No drug"),
        ({"drugs": {"lapatinib": 2}}, Her2Error, "a dose is the share"),
        ({"clamps": {"AKT": 2}}, Her2Error, "hold a species off"),
        ({"pathway": "/no/such.yaml"}, Her2Error, "/no/such.yaml"),
    ],
    ids=str,
)
def test_a_mistake_says_what_is_wrong(options, error, told, capsys):
    with pytest.raises(error, match=told):
        her2cli.simulate(**options)
    assert capsys.readouterr() == ("", "")


def test_scenarios_stand_in_a_row_or_in_a_list():
    row = her2cli.compare("untreated", "trastuzumab", pathway="her2", replicates=50)
    assert row.data == her2cli.compare(["untreated", "trastuzumab"], pathway="her2", replicates=50).data
    for wrong in ((3, "trastuzumab"), (["trastuzumab", 3],)):
        with pytest.raises(TypeError, match="3 \\(int\\)"):
            her2cli.compare(*wrong)
    with pytest.raises(TypeError, match="the name of a pathway or a file is expected, not 3"):
        her2cli.load(3)


def test_a_command_that_is_not_there_or_writes_files_is_no_question():
    with pytest.raises(TypeError, match="no command"):
        her2cli.ask("nosuch")
    with pytest.raises((TypeError, Her2Error)):
        her2cli.ask("schema")
    with pytest.raises(TypeError, match="stand without a name"):
        her2cli.ask("show", "AKT", "ERK")


def test_every_public_name_is_there_and_has_a_docstring_that_says_what_it_gives():
    for name in her2cli.__all__:
        thing = getattr(her2cli, name)
        if callable(thing):
            assert inspect.getdoc(thing), name
            assert set(her2cli.__all__) <= set(dir(her2cli))
    assert her2cli.__version__[0].isdigit()
    assert all(
        inspect.getdoc(each)
        for each in vars(api.Result).values()
        if inspect.isfunction(each) and each.__name__[0] != "_"
    )


OF_A_SCENARIO = ("simulate", "explain", "compare", "screen", "resist", "combine")


@pytest.mark.parametrize("name", OF_A_SCENARIO)
def test_what_takes_a_scenario_shows_its_keywords_where_notebooks_complete(name: str):
    keywords = [each.name for each in inspect.signature(getattr(her2cli, name)).parameters.values() if each.kind == 3]
    assert keywords == ["drugs", "alterations", "ligands", "cell_line", "clamps", "context", "pathway"]


def test_the_types_know_every_option_of_the_commands_and_no_other():
    """A checker of types takes what the commands take; `from` is a word of Python's."""
    words = set()
    for name in OF_A_SCENARIO:
        for taken in parameters(function(name)).values():
            words |= {word for word in taken.hint.__metadata__[0].names if word.startswith("--")}
    named = {word.removeprefix("--").replace("-", "_") for word in words} - {"json", "csv", "tsv", "brief", "from"}
    known = {word.removesuffix("s") if word != "clamps" else "set" for word in api.Options.__annotations__}
    assert known == {word.removesuffix("s") for word in named}


def test_the_import_alone_costs_nothing():
    code = "import sys, her2cli; print(*(name for name in sys.modules if name.startswith('her2cli.')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.usefixtures("few_cells")
def test_every_example_of_the_page_runs():
    pytest.importorskip("pyarrow")
    failed, tried = doctest.testfile(
        str(ROOT / "docs" / "python.md"), module_relative=False, optionflags=doctest.ELLIPSIS
    )
    assert tried >= 15
    assert failed == 0


@pytest.mark.usefixtures("few_cells")
def test_the_page_about_python_holds_what_it_shows():
    examples = doctest.DocTestParser().get_doctest(python.PAGE, {}, "her2 python", None, 0)
    assert doctest.DocTestRunner().run(examples).failed == 0
    told = re.search(r"Functions: (.*?); ask", python.PAGE)
    assert told is not None
    functions = {name for name in her2cli.__all__ if inspect.isfunction(getattr(api, name, None))}
    assert {*told[1].split(", "), "ask"} == functions
