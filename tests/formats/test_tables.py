"""A table of edges that is read a column at a time says what it says row by row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.errors import DataError
from her2cli.formats import read_file, rows, sif, tables, write
from her2cli.model import Effect, Pathway, Species

NAME = st.text(st.sampled_from("AB1β \"'=-.\t\r"), max_size=3)
ROW = st.tuples(NAME, st.sampled_from(["1", "-1", "activates", "Inhibits", "binds", ""]), NAME).map("\t".join)
PLAIN = st.tuples(st.sampled_from(["A", "B", "β"]), st.sampled_from(["1", "-1.0", "->"]), st.just("C")).map("\t".join)
ENDS = st.sampled_from(["\n", "\r\n"])


def told(read, content: str):
    """Everything that is read, or every problem that is found."""
    try:
        found = read(content)
    except DataError as error:
        return error.problems
    return list(found.species.items()), found.edges


@given(st.lists(st.one_of(ROW, PLAIN), max_size=4), ENDS, st.booleans())
def test_a_table_is_read_the_same_in_bulk_and_row_by_row(lines, end, closed):
    content = end.join(["source\tsign\ttarget", *lines]) + end * closed
    in_bulk = told(lambda text: tables.read_tsv(text, name="m", source="f"), content)
    assert in_bulk == told(lambda text: rows.read(text, "\t", "m", "f"), content)


@given(st.lists(PLAIN, min_size=1), ENDS)
def test_a_plain_table_is_read_in_bulk(rows, end):
    content = end.join(["source\tsign\ttarget", *rows])
    assert tables._plain_edges(content, "\t", "m", "f") is not None


@pytest.mark.parametrize("row", ["A\t1", "A\t1\tB\tC", "", "A\t\tB", " A\t1\tB", "A\t1\tB ", "=A\t1\tB", 'A\t1\t"B"'])
def test_an_unusual_row_is_read_with_care(row):
    assert tables._plain_edges(f"source\tsign\ttarget\nA\t1\tB\n{row}\n", "\t", "m", "f") is None


def test_an_edge_that_stands_twice_in_two_words_is_one():
    content = "source\tsign\ttarget\nA\t1\tB\nA\tactivates\tB\nA\t-1\tB\n"
    found = tables._plain_edges(content, "\t", "m", "f")
    assert found is not None
    assert [edge.effect for edge in found.edges] == [Effect.activates, Effect.inhibits]


SIGNOR = (
    "ENTITYA\tTYPEA\tIDA\tDATABASEA\tENTITYB\tTYPEB\tIDB\tDATABASEB\tEFFECT\tMECHANISM\tPMID\n"
    "EGF\tprotein\tP01133\tUNIPROT\tEGFR\tprotein\tP00533\tUNIPROT\tup-regulates activity\tbinding\t9135143\n"
    "EGF\tprotein\tP01133\tUNIPROT\tEGFR\tprotein\tP00533\tUNIPROT\tup-regulates\tbinding\t12345678\n"
    "PTEN\tprotein\tP60484\tUNIPROT\tAKT\tfamily\tSIGNOR-PF24\tSIGNOR\tdown-regulates quantity by repression\t\t1\n"
    "A\tprotein\t\t\tB\tprotein\t\t\tform complex\tbinding\t\n"
)


def test_a_table_of_signor_is_read_with_its_references_and_accessions():
    pathway = tables.read_tsv(SIGNOR, name="m", source="f")
    first, second = pathway.edges
    assert (first.source, first.effect, first.target) == ("EGF", Effect.activates, "EGFR")
    assert (second.source, second.effect, second.target) == ("PTEN", Effect.inhibits, "AKT")
    assert first.evidence == ("pubmed:9135143", "pubmed:12345678")
    assert pathway.references["pubmed:9135143"].pmid == "9135143"
    assert pathway.species["EGFR"].uniprot == ("P00533",)
    assert pathway.species["AKT"].uniprot == ()
    assert pathway.remarks == (
        "1 row has the effect 'form complex', and is left out.",
        "1 reference is no PubMed number (1), and left out.",
        "columns that are not read: TYPEA, TYPEB.",
    )


def test_a_table_of_omnipath_is_read_by_its_flags_and_both_signs_are_counted():
    content = (
        "source\ttarget\tsource_genesymbol\ttarget_genesymbol\tis_directed\tis_stimulation\tis_inhibition\t"
        "consensus_direction\tconsensus_stimulation\tconsensus_inhibition\tsources\treferences\n"
        "P1\tP2\tA\tB\t1\t1\t1\t1\t1\t0\tX\tSIGNOR:11290749;KEA:99;ACSN:23640603\n"
        "P2\tP3\tB\tC\t1\t0\t1\t0\t0\t0\tX\t\n"
        "P1\tP3\tA\tC\t1\t1\t1\t1\t1\t1\tX\t\n"
        "P3\tP1\tC\tA\t0\t1\t0\t0\t1\t0\tX\t\n"
        "P3\tP2\tC\tB\tTrue\tFalse\tFalse\tFalse\tFalse\tFalse\tX\t\n"
    )
    pathway = tables.read_tsv(content, name="m", source="f")
    arrows = [f"{edge.source} {edge.effect.arrow} {edge.target}" for edge in pathway.edges]
    assert arrows == ["A -> B", "B -| C", "A -> C", "A -| C"]
    assert pathway.edges[0].evidence == ("pubmed:11290749", "pubmed:23640603")
    assert pathway.species["A"].uniprot == ("P1",)
    assert pathway.remarks == (
        "1 row has no direction, and is left out.",
        "1 row has no sign, and is left out.",
        "1 edges activate and inhibit by the table, and are read as both.",
        "1 reference is no PubMed number (KEA:99), and left out.",
        "columns that are not read: sources.",
    )


@pytest.mark.parametrize(
    "content",
    [
        "source,target,weight\nA,B,1.0\nC,B,-0.35\n",  # decoupleR
        ",source,target,weight,references\n0,A,B,1.0,123456;\n1,C,B,-1.0,\n",  # CollecTRI through a data frame
        "tf,target,mor\nA,B,1\nC,B,-1\n",  # DoRothEA
        "Node1,Sign,Node2,Weight\nA,1,B,100\nC,-1,B,0\n",  # CARNIVAL
        "source,interaction,target,sign\nA,phosphorylates,B,1\nC,binds,B,-1\n",
        "source,target,effect\nA,B,1.0\nC,B,-1.0\n",  # a signed column after pandas
    ],
)
def test_the_tables_of_the_field_are_read_as_edges(content: str):
    pathway = tables.read_csv(content, name="m", source="f")
    assert [f"{edge.source} {edge.effect.arrow} {edge.target}" for edge in pathway.edges] == ["A -> B", "C -| B"]


OURS = "table,id,source,effect,target,weight\nspecies,A,,,,\nedge,,A,activates,B,1\n"


def test_our_own_weight_says_what_the_effect_says():
    """It may have been through a data frame, and may be empty; a weight of others is a score, and told."""
    pathway = tables.read_csv(f"{OURS}edge,,C,inhibits,B,-0.5\nedge,,D,-1,B,\n", name="m", source="f")
    arrows = [f"{edge.source} {edge.effect.arrow} {edge.target}" for edge in pathway.edges]
    assert arrows == ["A -> B", "C -| B", "D -| B"]
    assert not pathway.remarks
    scores = tables.read_csv("source,sign,target,weight\nA,-1,B,1\n", name="m", source="f")
    assert (scores.edges[0].effect, scores.remarks) == (Effect.inhibits, ("columns that are not read: weight.",))


@pytest.mark.parametrize("weight", ["-1", "-0.5", "0", "x"])
def test_a_weight_of_ours_that_says_something_else_is_refused(weight: str):
    with pytest.raises(DataError, match=f"f:4:21: effect activates, but weight '{weight}': change both"):
        tables.read_csv(f"{OURS}edge,,C,activates,B,{weight}\n", name="m", source="f")


def test_signed_weights_of_others_that_contradict_the_sign_are_told_and_scores_are_not():
    """A score has no sign, so that it says nothing against an inhibition."""
    contrary = tables.read_csv("source,target,weight,sign\nA,B,1,-1\nB,C,-0.5,1\nC,D,-2,-1\n", name="m", source="f")
    assert [edge.effect for edge in contrary.edges] == [Effect.inhibits, Effect.activates, Effect.inhibits]
    told = "2 edges have weights that contradict their signs (first in line 2); the sign counts."
    assert contrary.remarks[0] == told
    one = tables.read_csv("source,target,weight,effect\nA,B,-1,activates\nB,C,0,inhibits\n", name="m", source="f")
    assert one.remarks[0] == "1 edge has a weight that contradicts its sign (first in line 2); the sign counts."
    for weights in (("1", "0.5"), ("-1", "0.5"), ("", "x")):
        rows = "".join(f"A{place},B,{weight},{-1 if place == 0 else 1}\n" for place, weight in enumerate(weights))
        quiet = tables.read_csv(f"source,target,weight,sign\n{rows}", name="m", source="f")
        assert quiet.remarks == ("columns that are not read: weight.",)


@pytest.mark.parametrize("written", ["0,5", "-1,0", "+2,25", ",5"])
def test_a_decimal_comma_is_told_with_the_number_to_write(written: str):
    point = written.replace(",", ".")
    with pytest.raises(DataError, match=rf"f:2:5: effect '{re.escape(written)}': a number has a point for the comma, "):
        tables.read_csv(f"source;target;weight\nA;B;{written}\n", name="m", source="f")
    (edge,) = tables.read_csv(f"source;target;weight\nA;B;{point}\n", name="m", source="f").edges
    assert edge.effect is (Effect.inhibits if written[0] == "-" else Effect.activates)
    with pytest.raises(DataError, match=r"share '0,5': a number has a point for the comma, 0\.5"):
        tables.read_csv("id;initial;share\nA;0;0,5\n", name="m", source="f")


@pytest.mark.parametrize("word", ["regulator", "tf", "from", "entitya", "node1"])
def test_the_field_s_words_for_the_source_of_an_edge_are_read(word: str):
    (edge,) = tables.read_csv(f"{word},target,mor\nA,B,-0.5\n", name="m", source="f").edges
    assert (edge.source, edge.effect, edge.target) == ("A", Effect.inhibits, "B")


@pytest.mark.parametrize(
    ("header", "end", "other"), [("actor,target,mor", "source", "actor"), ("source,goal,mor", "target", "goal")]
)
def test_a_table_without_one_end_of_its_edges_is_told_which_column_to_rename(header: str, end: str, other: str):
    with pytest.raises(DataError) as caught:
        tables.read_csv(f"{header}\nA,B,1\n", name="m", source="f")
    assert f"none is {end} (rename the one that is: {other})" in str(caught.value)
    assert "did you mean" not in str(caught.value)


def test_without_the_effect_our_weight_is_the_sign():
    content = "table,id,source,target,weight\nspecies,A,,,\nedge,,A,B,-1\n"
    (edge,) = tables.read_csv(content, name="m", source="f").edges
    assert edge.effect is Effect.inhibits


def test_references_that_are_no_pubmed_numbers_are_counted():
    content = "source,target,effect,PMID\nA,B,1,12345678;my notes\nC,B,-1,nan\nD,B,1,\n"
    pathway = tables.read_csv(content, name="m", source="f")
    assert pathway.edges[0].evidence == ("pubmed:12345678",)
    assert pathway.remarks == ("2 references are no PubMed numbers (my), and left out.",)


def test_edges_of_no_sign_are_refused_and_a_weight_of_0_is_left_out():
    with pytest.raises(DataError, match="no row that can be read: 1 row has a weight of 0"):
        tables.read_csv("source,target,weight\nA,B,0\n", name="m", source="f")
    with pytest.raises(DataError, match="without a column that says what they do"):
        tables.read_csv("source,target\nA,B\n", name="m", source="f")


def test_a_row_whose_sign_is_missing_is_left_out_and_counted_except_in_our_own_table():
    """As `docs/formats.md` says of all tables; her2 itself always writes it, so that there it was lost."""
    pathway = tables.read_csv("source,target,sign\nA,B,1\nC,B,\n", name="m", source="f")
    assert [f"{edge.source} {edge.effect.arrow} {edge.target}" for edge in pathway.edges] == ["A -> B"]
    assert pathway.remarks == ("1 row has no sign, and is left out.",)
    with pytest.raises(DataError, match="f:4:9: effect '': activates or inhibits"):
        tables.read_csv(f"{OURS}edge,,C,,B,\n", name="m", source="f")


@pytest.mark.parametrize(
    ("name", "gene"),
    [("2-Sep", "SEPT2"), ("Sep-02", "SEPT2"), ("1-MAR", "MARCH1"), ("Dec-1", "DEC1"), ("02-Oct", "OCT2")],
)
def test_what_a_spreadsheet_makes_of_a_gene_is_told_in_edges_and_in_species(name: str, gene: str):
    for content in (f"source,target,effect\nA,{name},1\n", f"id,value\n{name},1\n", f"id,rule\n{name},1\n"):
        with pytest.raises(
            DataError, match=rf"f:2:\d: {name} is a date: a spreadsheet made it of a gene such as {gene}."
        ):
            tables.read_csv(content, name="m", source="f")
    with pytest.raises(DataError, match=f"f:1: {name} is a date"):
        sif.read(f"A\t1\t{name}\n", name="m", source="f")


@pytest.mark.parametrize("name", ["SEP2", "2-Septin", "32a-Sep", "Sept-2", "2-Sept", "A-Sep-02"])
def test_a_name_that_only_resembles_a_date_is_a_name(name: str):
    assert name in tables.read_csv(f"source,target,effect\nA,{name},1\n", name="m", source="f").species


@pytest.mark.parametrize("file", ["pandas_floats.csv", "signor_words.tsv", "carnival_weight.sif"])
def test_the_given_tables_are_read_as_their_readme_has_them(shared: Path, file: str):
    pathway = read_file(shared / "foreign" / file)
    arrows = [f"{edge.source} {edge.effect.arrow} {edge.target}" for edge in pathway.edges]
    assert (
        arrows
        == {
            "pandas_floats.csv": ["MYC -> CCND1", "TP53 -| MYC"],
            "signor_words.tsv": ["EGF -> EGFR", "PTEN -| AKT"],
            "carnival_weight.sif": ["TGFB1 -> SMAD3", "NPM1 -| TP53", "TP53 -> FBXW7"],
        }[file]
    )


def test_shares_and_rates_have_columns_where_a_species_has_them():
    plain = write(Pathway(name="m", species={"A": Species(id="A")}), "csv").text
    assert "share" not in plain
    species = {"A": Species(id="A", share=1 / 3, rate_up=2.5), "B": Species(id="B", rate_down=1e-7)}
    written = write(Pathway(name="m", species=species), "csv")
    assert not written.losses
    again = tables.read_csv(written.text, name="m", source="f")
    assert {key: (each.share, each.rate_up, each.rate_down) for key, each in again.species.items()} == {
        "A": (1 / 3, 2.5, None),
        "B": (None, None, 1e-7),
    }
    with pytest.raises(DataError, match="share '2': a number from 0 to 1"):
        tables.read_csv("id,value,share\nA,0,2\n", name="m", source="f")
