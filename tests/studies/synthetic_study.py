"""Make a study as those of cBioPortal, with the traps of real ones: `python synthetic_study.py FOLDER [TUMOURS]`.

Nothing in it is of a patient. With a number of tumours a larger study is made, each with one to three variants.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

HEAD = ("Hugo_Symbol", "Variant_Classification", "Tumor_Sample_Barcode", "Mutation_Status", "HGVSp", "HGVSp_Short")
ROWS = (
    # gene, class, tumour, status, HGVSp, HGVSp_Short
    ("PIK3CA", "Missense_Mutation", "T01", "SOMATIC", "p.His1047Arg", "p.H1047R"),
    ("PIK3CA", "Missense_Mutation", "T01", "SOMATIC", "p.His1047Arg", "p.H1047R"),  # the same variant twice
    ("PIK3CA", "Missense_Mutation", "T02", "", "p.His1047Arg", ""),  # only in three letters
    ("HER2", "Missense_Mutation", "T03", "", "", "L755S"),  # an old name, without p.
    ("ERBB2", "In_Frame_Ins", "T04", "", "", "p.Y772_A775dup"),
    ("ERBB2", "Silent", "T05", "", "", "p.A115="),
    ("ERBB2", "Missense_Mutation", "T05", "", "", "p.A115="),  # a class that the change contradicts
    ("ERBB2", "Intron", "T06", "", "", ""),
    ("PTEN", "Splice_Site", "T07", "", "", "p.X70_splice"),
    ("PTEN", "Frame_Shift_Del", "T08", "", "p.Pro204GlnfsTer17", "p.P204Qfs*17"),
    ("PTEN", "Nonsense_Mutation", "T09", "", "", "p.R130X"),  # X for a stop
    ("PTEN", "Nonsense_Mutation", "T10", "GERMLINE", "", "p.R130*"),
    ("PIK3CA", "Missense_Mutation", "T11", "UNCALLED", "", "p.H1047R"),
    ("PIK3CA", "Missense_Mutation", "T12", "", "", "p.T1025A"),  # nothing that is known
    ("MLL2", "Nonsense_Mutation", "T12", "", "", "p.Q100*"),
    ("TTN", "Missense_Mutation", "T12", "", "", "MUTATED"),
    ("RB1", "", "T13", "", "", "MUTATED"),
    ("", "Missense_Mutation", "T13", "", "", "p.H1047R"),  # no gene
    ("PIK3CA", "Missense_Mutation", "", "", "", "p.H1047R"),  # no tumour
    ("PIK3CA", "Missense_Mutation", "T99", "", "", "p.E545K"),  # a tumour that the samples do not list
)
SEQUENCED = [f"T{number:02}" for number in range(1, 17)] + ["T99"]
CLINICAL = (
    # tumour, patient, ER, HER2, IHC
    ("T01", "P1", "+", "-", ""),
    ("T02", "P1", "Positive", "Negative", "0"),  # a second sample of a patient
    ("T03", "P3", "Negative", "Equivocal", "2+"),
    ("T04", "P4", "[Not Available]", "", ""),
    ("T05", "P5", "-", "-", "1"),
    *((f"T{number:02}", f"P{number}", "-", "-", "") for number in range(6, 14)),
    ("T14", "P14", "-", "+", "3+"),
    ("T15", "P15", "-", "-", ""),
    ("T16", "P16", "-", "weird", ""),
    ("T17", "P17", "-", "-", ""),  # not sequenced
)
COPIES = {
    "ERBB2": {"T14": "2", "T15": "1", "T07": "NA"},  # a gain is no amplification
    "CCND1": {"T15": "2"},
    "PTEN": {"T16": "-2", "T12": "-1", "T13": "-1.5"},
}


def write(folder: Path, *, line_end: str = "\n", comments: bool = True) -> Path:
    """The study with every trap, in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    filler = " ".join(f"T{number:05}" for number in range(100, 3600))  # a first line of some 21 kB
    lines = [f"#Sequenced_Samples: {' '.join(SEQUENCED)} {filler}", "\t".join(HEAD)]
    lines += ["\t".join(row) for row in ROWS]
    lines[3] += "\textra\tcells"  # more cells than the header has
    _save(folder / "data_mutations.txt", lines, "\n")
    names = (
        "SAMPLE_ID",
        "PATIENT_ID",
        "ER_STATUS",
        "HER2_STATUS",
        "HER2_IHC_SCORE",
        "ER_Status",
    )  # one name twice, in two spellings
    lines = [f"#{'	'.join(names)}", "#a", "#STRING", "#1"] if comments else []
    lines += ["\t".join(names), *("\t".join((*row, "+")) for row in CLINICAL)]
    _save(folder / "data_clinical_sample.txt", lines, line_end)
    tumours = [row[0] for row in CLINICAL]
    lines = ["\t".join(("Hugo_Symbol", "Entrez_Gene_Id", *tumours))]
    lines += ["\t".join((gene, "1", *(calls.get(name, "0") for name in tumours))) for gene, calls in COPIES.items()]
    lines.append("\t".join(("ERBB2", "1", *("0" for _ in tumours))))  # the same gene again, with other values
    _save(folder / "data_cna.txt", lines, "\n")
    lines = [
        "Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\tSV_Status",
        "T15\tCD74\tNRG1\tSOMATIC",
        "T12\tPTEN\tPTEN\t",
    ]
    _save(folder / "data_sv.txt", lines, "\n")
    lines = ["SAMPLE_ID\tmutations\tcna\tstructural_variants"]
    lines += [
        f"{name}\t{'SMALL' if name == 'T06' else 'NA' if name == 'T17' else 'LARGE'}\tLARGE\tLARGE" for name in tumours
    ]
    _save(folder / "data_gene_panel_matrix.txt", lines, "\n")
    _save(folder / "data_gene_panel_small.txt", ["stable_id: SMALL", "gene_list: HER2\tTP53\tMLL2"], "\n")
    genes = "PIK3CA PTEN ERBB2 ERBB3 RB1 AKT1 ESR1 KRAS HRAS NRAS BRAF NF1 TSC1 TSC2 EGFR MET FGFR1 CCND1 CCNE1 TTN"
    _save(folder / "data_gene_panel_large.txt", ["stable_id: LARGE", "gene_list: " + genes.replace(" ", "\t")], "\n")
    return folder


def _save(path: Path, lines: list[str], line_end: str) -> None:
    path.write_bytes((line_end.join(lines) + line_end).encode())


def write_old(folder: Path) -> Path:
    """A study as they were years ago: other file and column names, long copy numbers, tumours named in passing only."""
    (folder / "case_lists").mkdir(parents=True, exist_ok=True)
    lines = [
        "#version 2.4",
        "#Sequenced_Samples: A1 A2 A3 A4 A5",  # A3 stands nowhere else
        "Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tAmino_Acid_Change",
        "PIK3CA\tA1\tMissense_Mutation\tH1047R",
        "KMT2D\tA2\tMissense_Mutation\tMUTATED",
        "ERBB2\tA2\tIn_Frame_Ins\tp.E770_A771insGIRD",
    ]
    _save(folder / "data_mutations_extended.txt", lines, "\n")
    lines = ["cancer_study_identifier: old", "stable_id: old_sequenced", "case_list_ids: A1\tA2\tA4"]
    _save(folder / "case_lists" / "cases_sequenced.txt", lines, "\n")
    _save(folder / "data_gene_matrix.txt", ["SAMPLE_ID\tmutations", "A1\tWIDE", "A5\tWIDE"], "\n")
    _save(folder / "data_gene_panel_wide.txt", ["stable_id: WIDE", "gene_list: PIK3CA\tERBB2\tPTEN"], "\n")
    lines = ["Hugo_Symbol\tSample_Id\tValue", "HER2\tA4\t2", "HER2\tA4\t0", "PTEN\tA1\t-1.5", "CCND1\tA5\tNA"]
    _save(folder / "data_CNA.txt", lines, "\n")
    return folder


def write_large(folder: Path, tumours: int, seed: int = 0) -> Path:
    """A study of so many tumours, in two files."""
    draw = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    known = [
        ("PIK3CA", "p.H1047R"),
        ("PIK3CA", "p.E545K"),
        ("ERBB2", "p.L755S"),
        ("ERBB2", "p.V777L"),
        ("AKT1", "p.E17K"),
    ]
    known += [("TTN", f"p.A{number}V") for number in range(2, 200)] + [("PTEN", "p.R130*"), ("ESR1", "p.D538G")]
    with (
        open(folder / "data_mutations.txt", "w") as mutations,
        open(folder / "data_clinical_sample.txt", "w") as samples,
    ):
        mutations.write("Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n")
        samples.write("SAMPLE_ID\tPATIENT_ID\tER_STATUS\tHER2_STATUS\n")
        for number in range(tumours):
            name = f"T{number}"
            samples.write(f"{name}\tP{number}\t{draw.choice('+-')}\t{draw.choice('+---')}\n")
            for _ in range(draw.randint(1, 3)):
                gene, change = draw.choice(known) if draw.random() < 0.5 else draw.choice(known[:5])
                kind = "Nonsense_Mutation" if change.endswith("*") else "Missense_Mutation"
                mutations.write(f"{gene}\t{kind}\t{name}\t{change}\n")
    return folder


if __name__ == "__main__":
    target = Path(sys.argv[1])
    if len(sys.argv) > 2:
        write_large(target, int(sys.argv[2]))
    else:
        write(target)
