"""What people write of a gene in a cell, and the change that it is."""

from __future__ import annotations

import pytest

from her2cli.formats.changes import joined_in, said_of
from her2cli.variants import protein_change, read_class, variant

GENES = {"nrg1": "NRG1", "her2": "ERBB2", "erbb2": "ERBB2", "pik3ca": "PIK3CA", "pten": "PTEN"}


def gene(name: str) -> str:
    return GENES.get(name.casefold(), "")


@pytest.mark.parametrize(
    ("cell", "changes"),
    [
        ("H1047R/wt", ["H1047R"]),
        ("H1047R (45%)", ["H1047R"]),
        ("H1047R VAF 0.3", ["H1047R"]),
        ("H1047R; VAF=12,5 %", ["H1047R"]),
        ("p.H1047R, p.E545K", ["H1047R", "E545K"]),
        ("H1047R + E545K", ["H1047R", "E545K"]),
        ("H1047R/E545K", ["H1047R", "E545K"]),
        ("p.[H1047R];[E545K]", ["H1047R", "E545K"]),
        ("c.3140A>G; p.(His1047Arg)", ["H1047R"]),
        ("NM_006218.4(PIK3CA):c.3140A>G (p.His1047Arg)", ["H1047R"]),
        ("PIK3CA:NM_006218:exon21:c.A3140G:p.H1047R", ["H1047R"]),
        ("H1047R (exon 21) het", ["H1047R"]),
        ("pathogenic H1047R mutation", ["H1047R"]),
    ],
)
def test_a_change_is_read_beside_what_people_write_around_it(cell, changes):
    told = said_of(cell, "PIK3CA", gene)
    assert [protein_change(change) for change, _ in told.changes] == changes
    assert (told.rest, told.fusions, told.copies, told.denied) == ((), (), "", False)


@pytest.mark.parametrize(
    "cell", ["no H1047R", "H1047R negative", "H1047R: not detected", "without H1047R", "H1047R absent"]
)
def test_a_change_that_is_denied_is_none(cell):
    told = said_of(cell, "PIK3CA", gene)
    assert told.denied
    assert not told.changes


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("truncating", "truncating"),
        ("splice site", "splice"),
        ("c.209+1G>A", "splice"),
        ("c.210-2A>G", "splice"),
        ("frame shift", "frameshift"),
        ("frameshift mutation", "frameshift"),
        ("stop gained", "nonsense"),
        ("in-frame insertion", "inframe insertion"),
    ],
)
def test_a_kind_of_change_is_read_where_no_change_is_named(cell, kind):
    assert said_of(cell, "PTEN", gene).changes == (("", kind),)


@pytest.mark.parametrize(
    "cell", ["c.209+5G>A", "c.2329G>T", "exon 5 deletion", "a change of some kind", "CN=12", "H1047"]
)
def test_what_is_not_known_is_handed_back_whole(cell):
    told = said_of(cell, "PTEN", gene)
    assert (told.changes, told.copies, told.fusions) == ((), "", ())
    assert told.rest


@pytest.mark.parametrize(
    ("cell", "word"),
    [("amplification (CN 12)", "amplified"), ("copy number gain", "gained"), ("Deep deletion (45%)", "deleted")],
)
def test_a_word_for_copies_is_read_beside_their_number(cell, word):
    assert said_of(cell, "ERBB2", gene).copies == word


@pytest.mark.parametrize(
    ("cell", "pairs"),
    [
        ("CD74::NRG1", [("CD74", "NRG1")]),
        ("CD74-NRG1", [("CD74", "NRG1")]),
        ("CD74–NRG1 fusion", [("CD74", "NRG1")]),
        ("CD74--NRG1 (E6:E6)", [("CD74", "NRG1")]),
        ("NRG1-CD74; EML4-ALK", [("NRG1", "CD74")]),
        ("HER2-low", []),
        ("PIK3CA-H1047R", []),
        ("NRG1", []),
    ],
)
def test_genes_that_are_joined_are_a_fusion_where_one_of_them_is_known(cell, pairs):
    assert joined_in(cell, gene) == pairs


EVENT = {  # one event in exon 20 of ERBB2, as it is written
    "Y772_A775dup", "p.Y772_A775dup", "p.(Tyr772_Ala775dup)", "A775_G776insYVMA", "p.Ala775_Gly776insTyrValMetAla",
    "E770_A771insAYVM", "p.E770_A771insAYVM", "Y772_A775dupYVMA",
}  # fmt: skip


@pytest.mark.parametrize("written", sorted(EVENT))
def test_one_event_is_an_insertion_into_the_same_stretch_however_it_is_written(written):
    found = variant("ERBB2", written)
    assert found.kind == "inframe insertion"
    assert found.residues
    assert 770 <= found.residues[0] <= found.residues[1] <= 776


@pytest.mark.parametrize(
    ("written", "change", "kind"),
    [
        ("R130fs*", "R130fs", "frameshift"),
        ("p.Arg130fsTer", "R130fs", "frameshift"),
        ("G776>VC", "G776delinsVC", "inframe insertion"),
        ("H1047>R", "H1047R", "missense"),
        ("L755_E757>S", "L755_E757delinsS", "inframe deletion"),
    ],
)
def test_a_change_of_old_is_the_same_in_todays_words(written, change, kind):
    assert (variant("ERBB2", written).change, variant("ERBB2", written).kind) == (change, kind)


def test_digits_of_other_words_are_no_residues():
    assert variant("PIK3CA", "PIK3CA:NM_006218:exon21", "missense_variant").residues is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("splice_region_variant&stop_gained", "nonsense"),
        ("missense_variant,splice_region_variant", "missense"),
        ("Frame_Shift_Del", "frameshift"),
        ("nonframeshift deletion", "inframe deletion"),
        ("intron_variant&NMD_transcript_variant", "silent"),
        ("something else", ""),
    ],
)
def test_of_several_classes_the_gravest_counts(words, kind):
    assert read_class(words) == kind
