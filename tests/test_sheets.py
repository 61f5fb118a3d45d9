"""A table says where each of its cells stands, and no column of it stands twice, whoever reads it."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.cli.app import run
from her2cli.formats import read_file
from her2cli.loading.experiments import read_experiments
from her2cli.sheets import rows

CELLS = st.text(alphabet='ab ",;\n', max_size=6)
EXPERIMENTS = ["id", "alterations", "ligands", "treatment", "time", "readout", "expect", "vs_treatment", "citation"]
MAF = ["Hugo_Symbol", "Tumor_Sample_Barcode", "HGVSp_Short", "Variant_Classification", "Protein_position", "Strand"]
STUDY = {
    "data_mutations.txt": MAF,
    "data_cna.txt": ["Hugo_Symbol", "Entrez_Gene_Id", "T1", "T2"],
    "data_sv.txt": ["Sample_Id", "Site1_Hugo_Symbol", "Site2_Hugo_Symbol", "SV_Status"],
    "data_clinical_sample.txt": ["SAMPLE_ID", "PATIENT_ID", "HER2_STATUS", "AGE"],
    "data_gene_matrix.txt": ["SAMPLE_ID", "mutations", "cna"],
}
TABLES = [  # a command, what its table is called, its columns
    *(("validate", f"e.{ending}", EXPERIMENTS) for ending in ("csv", "tsv", "txt")),
    *(
        ("cohort", f"c.{ending}", ["sample", "PIK3CA", "HER2_STATUS", "alterations", "age"])
        for ending in ("csv", "tsv")
    ),
    *(("cohort", f"v.{ending}", MAF) for ending in ("csv", "maf", "txt")),
    *(("cohort", name, columns) for name, columns in STUDY.items()),
    *(("check", f"n.{ending}", ["source", "effect", "target", "evidence", "mine"]) for ending in ("csv", "tsv")),
    *(("check", f"s.{ending}", ["id", "value", "rule", "note"]) for ending in ("csv", "tsv")),
    ("cohort", "c.xlsx", ["sample", "PIK3CA", "age"]),
    ("check", "n.xlsx", ["source", "effect", "target", "mine"]),
]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=4), st.sampled_from(",;"))
def test_each_cell_stands_where_it_is_said_to(table: list[list[str]], delimiter: str):
    """Against the writer of the standard library: with the cell there, or with it as it is written in quotes."""
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["h", "h"], *table])
    lines = stream.getvalue().split("\n")
    found = list(rows(stream.getvalue(), "f"))
    assert [row.cells for row in found[1:]] == table
    for row in found[1:]:
        assert len(row.places) == len(row.cells)
        for cell, (line, column) in zip(row.cells, row.places, strict=True):
            rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
            assert rest.startswith(cell.replace('"', '""') + '"')


def test_a_cell_without_quotes_stands_where_it_is_said_to():
    found = list(rows('a;b;c\n1;"x;\ny"; z"z\n', "f"))
    assert found[1].cells == ["1", "x;\ny", ' z"z']
    assert found[1].places == [(2, 1), (2, 4), (3, 4)]
    assert [row.places for row in rows('a\tb\n"1\t2\n', "f")] == [[(1, 1), (1, 3)], [(2, 1), (2, 4)]]


def _written(file: Path, table: list[list[str]]) -> None:
    if file.suffix == ".xlsx":
        openpyxl = pytest.importorskip("openpyxl", reason="openpyxl makes the spreadsheet")
        pytest.importorskip("python_calamine")
        book = openpyxl.Workbook()
        for row in table:
            book.active.append(row)
        book.save(file)
    else:
        delimiter = "," if file.suffix == ".csv" else ";" if file.name == "e.txt" else "\t"
        file.write_text("".join(delimiter.join(row) + "\n" for row in table))


@pytest.mark.parametrize(
    ("command", "name", "columns"), TABLES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_column_that_stands_twice_is_refused_by_every_reader_with_both_places(
    tmp_path, monkeypatch, capfd, command, name, columns
):
    """Of two columns `id` the experiments took the second, a cohort the first, of a tumour's calls both."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("her2cli.studies.cohort.cohort", lambda *_, **__: pytest.fail("it went to work"))
    if name in STUDY:  # with what makes it a study
        _written(Path("data_log.maf"), [MAF, ["x"] * len(MAF)])
    for number, column in enumerate(columns):
        header = [*columns, "last", column]
        _written(Path(name), [header, ["x"] * len(header)])
        assert run([command, "." if name in STUDY else name]) == 2
        out, err = capfd.readouterr()
        at = len(header) if name.endswith("xlsx") else len(",".join(header)) - len(column) + 1
        told = [line for line in err.splitlines() if line.startswith(f"{name}:1:{at}: ")]
        assert not out
        assert len(told) == 1, err
        assert f" stands already as column {number + 1}; leave one out, or call it otherwise." in told[0]


@pytest.mark.parametrize("mark", ["sep=;", '"sep=;"', "SEP=;", "\ufeffsep=;", "sep=|", "sep=,", "sep=\t", "sep=;;;"])
@pytest.mark.parametrize(
    ("command", "name", "columns"),
    [each for each in TABLES if not each[1].endswith("xlsx")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_first_line_that_says_what_parts_the_cells_is_read_by_every_reader(
    tmp_path, monkeypatch, capfd, command, name, columns, mark
):
    """Excel writes `sep=;`. That the header is understood, on its line, shows in what is told of its doubled column."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("her2cli.studies.cohort.cohort", lambda *_, **__: pytest.fail("it went to work"))
    if name in STUDY:
        _written(Path("data_log.maf"), [MAF, ["x"] * len(MAF)])
    header = [*columns, "last", columns[0]]
    delimiter = mark.strip('"').partition("=")[2][0]
    lines = [mark, delimiter.join(header), delimiter.join(["x"] * len(header))]
    for end in ("\n", "\r\n"):
        Path(name).write_bytes(end.join([*lines, ""]).encode())
        assert run([command, "." if name in STUDY else name]) == 2
        at = len(",".join(header)) - len(columns[0]) + 1
        told = f"{name}:2:{at}: the column {columns[0]!r} stands already as column 1; leave one out"
        assert told in capfd.readouterr().err


@pytest.mark.parametrize("name", ["n.csv", "n.tsv", "n.txt"])
@pytest.mark.parametrize("first", ["", "sep=;\n", "sep=;\r\n"])
def test_edges_and_experiments_between_semicolons_are_those_between_commas(tmp_path, monkeypatch, name, first):
    """Without the line, too: what an Excel of many countries calls CSV has semicolons."""
    monkeypatch.chdir(tmp_path)
    edges = [["source", "effect", "target", "evidence"], ["A", "activates", "B", "X1"], ["B", "inhibits", "C", "X2"]]
    tried = [["id", "treatment", "readout", "expect"], ["one", "drug", "C", "down"], ["two", "other", "B", "up"]]
    for table, read in ((edges, read_file), (tried, read_experiments)):
        Path("plain.csv").write_text("".join(",".join(row) + "\n" for row in table))
        Path(name).write_text(first + "".join(";".join(row) + "\n" for row in table))
        plain, other = read("plain.csv"), read(name)
        if table is edges:
            assert [(e.source, e.effect, e.target, e.evidence) for e in other.edges] == [
                (e.source, e.effect, e.target, e.evidence) for e in plain.edges
            ]
            assert len(other.edges) == 2
        else:
            assert [repr(replace(each, place=None)) for each in other.values()] == [
                repr(replace(each, place=None)) for each in plain.values()
            ]
            assert list(other) == ["one", "two"]


def test_doubled_columns_of_all_files_of_a_study_are_told_at_once(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    for name, columns in STUDY.items():
        _written(Path(name), [["#comment"], [*columns, columns[0], columns[1]], ["x"] * (len(columns) + 2)])
    assert run(["cohort", "."]) == 2
    told = capfd.readouterr().err.splitlines()
    assert sorted(line.split(":")[0] for line in told) == sorted([*STUDY, *STUDY])
    assert all(line.split(":")[1] == "2" for line in told)


def test_columns_that_only_differ_in_their_spelling_are_remarked_on_as_before(tmp_path, monkeypatch, capfd):
    """MAF files have `Strand` and `STRAND`: two columns that nothing reads."""
    monkeypatch.chdir(tmp_path)
    _written(Path("v.maf"), [[*MAF, "STRAND"], ["PIK3CA", "T1", "p.H1047R", "Missense_Mutation", "1047", "+", "1"]])
    assert run(["cohort", "v.maf", "--only", "lapatinib", "--replicates", "5"]) == 0
    assert "has strand twice; the first counts" in capfd.readouterr().err


def test_a_table_of_another_kind_is_told_as_that_with_what_reads_it(tmp_path, monkeypatch, capfd):
    """`validate` told of each column of a table of tumours that it does not know it, and of each of its own."""
    monkeypatch.chdir(tmp_path)
    kinds = {
        "her2 validate": ("experiments", EXPERIMENTS),
        "her2 cohort": ("tumours", ["sample", "PIK3CA"]),
        "her2 check": ("species or edges", ["source", "effect", "target"]),
    }
    for reader, (kind, columns) in kinds.items():
        for name in ("t.csv", "t.tsv"):
            _written(Path(name), [columns, ["x"] * len(columns)])
            for other in kinds:
                if other != reader:
                    assert run([*other.split()[1:], name]) == 2
                    out, err = capfd.readouterr()
                    assert (out, err.count("\n")) == ("", 1)
                    assert err.endswith(f" It is a table of {kind}, which '{reader}' reads.\n")


def test_a_file_that_is_no_study_is_not_told_of_its_columns(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    Path("m.bnet").write_text("A, A\nB, A\n")
    assert run(["cohort", "m.bnet"]) == 2
    assert capfd.readouterr().err.startswith("m.bnet: no column names the tumours: ")
    assert run(["validate", "m.bnet"]) == 2
    assert capfd.readouterr().err.startswith("m.bnet:1:1: is no table of experiments: ")


QUOTES = {  # rows of two cells, and what is told of them in its line
    '"A,b\n': (2, "a quotation mark in this row is never closed"),
    'A,b\n"A\nB,c\n\n': (3, "a quotation mark in this row is never closed"),
    '"A"x,b\n': (2, "a letter follows a closing quotation mark"),
}


@pytest.mark.parametrize("rows_of_two", QUOTES)
@pytest.mark.parametrize(
    ("command", "header"), [("validate", "readout,expect"), ("check", "id,rule"), ("cohort", "sample,PTEN")]
)
def test_a_quotation_mark_in_the_wrong_place_is_told_in_plain_words(
    tmp_path, monkeypatch, capfd, command, header, rows_of_two
):
    """It said "unexpected end of data", and named the last line."""
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text(f"{header}\n{rows_of_two}")
    assert run([command, "t.csv"]) == 2
    line, told = QUOTES[rows_of_two]
    err = capfd.readouterr().err
    where, _, words = err.partition(": is no table: ")
    assert words.startswith(told)
    if command == "validate" or line == 2:
        assert where == f"t.csv:{line}"


@pytest.mark.parametrize("text", ["\n\nid,readout,expect\nA,AKT,down\n", "ID,Readout,EXPECT\nA,AKT,down\n",
                                  "id;readout;expect\n;;\nA;AKT;down;;;\n\n;;;\n"])  # fmt: skip
def test_what_a_spreadsheet_adds_to_a_table_is_no_mistake(tmp_path, text):
    """Blank lines, blank cells past the last column, and capitals in the header."""
    (tmp_path / "t.csv").write_text(text)
    found = read_experiments(str(tmp_path / "t.csv"))
    assert [(each.id, each.readout, each.expect) for each in found.values()] == [("A", "AKT", "down")]


def test_blank_cells_past_the_last_column_of_a_network_are_none(tmp_path):
    (tmp_path / "t.csv").write_text("source,effect,target\nA,1,B,,\n")
    assert len(read_file(str(tmp_path / "t.csv")).edges) == 1
