"""What a sequencer or a laboratory reports of a tumour, in one form. Whether a `match` means it is in `model.matching`.

Protein changes come as studies write them (`p.H1047R`, `p.His1047Arg`, `H1047R`, `p.X304_splice`, `p.R306X`) and become
HGVS in one letter without `p.`. docs/match.md tells what each field of a match means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from her2cli.errors import shown

# Of `truncating`, as docs/match.md has it.
TRUNCATING = frozenset({"nonsense", "frameshift", "splice", "start lost"})
SILENT = "silent"  # no change of the protein: silent, intronic, in a flank, in a region that is not translated
UNKNOWN = ""  # a change of the protein of which no more is said

# Classes as the MAF has them in `Variant_Classification` (GDC's MAF format, which lists them), as VEP and SnpEff have
# them (terms of the Sequence Ontology), and as ANNOVAR does (both from memory); folded.
CLASSES = {
    "missense": ("missense_mutation", "missense", "missense_variant", "nonsynonymous_snv"),
    "nonsense": ("nonsense_mutation", "nonsense", "stop_gained", "stopgain"),
    "frameshift": (
        "frame_shift_del", "frame_shift_ins", "frame_shift", "frameshift", "frameshift_variant", "frameshift_insertion",
        "frameshift_deletion", "frameshift_substitution",
    ),
    "splice": (
        "splice_site", "splice", "splice_site_snp", "splice_site_dnp", "splice_site_ins", "splice_site_del",
        "splice_acceptor_variant", "splice_donor_variant", "splicing",
    ),
    "start lost": (
        "translation_start_site", "start_lost", "start_codon_snp", "start_codon_del", "initiator_codon_variant",
    ),
    "stop lost": ("nonstop_mutation", "stop_lost", "stoploss", "stop_codon_del"),
    "inframe insertion": (
        "in_frame_ins", "inframe_insertion", "conservative_inframe_insertion", "disruptive_inframe_insertion",
        "nonframeshift_insertion",
    ),
    "inframe deletion": (
        "in_frame_del", "inframe_deletion", "conservative_inframe_deletion", "disruptive_inframe_deletion",
        "nonframeshift_deletion",
    ),
    "truncating": ("truncating", "truncating_mutation"),
    SILENT: (
        "splice_region", "silent", "intron", "rna", "lincrna", "igr", "targeted_region", "3'utr", "5'utr", "3'flank",
        "5'flank", "synonymous", "synonymous_variant", "synonymous_snv", "stop_retained_variant",
        "start_retained_variant", "splice_region_variant", "splice_polypyrimidine_tract_variant",
        "splice_donor_region_variant", "splice_donor_5th_base_variant", "intron_variant", "intronic",
        "5_prime_utr_variant", "3_prime_utr_variant", "utr3", "utr5", "upstream_gene_variant",
        "downstream_gene_variant", "upstream", "downstream", "intergenic_variant", "intergenic_region",
        "intergenic", "intragenic_variant",
        "non_coding_transcript_variant", "non_coding_transcript_exon_variant", "nmd_transcript_variant",
        "mature_mirna_variant", "regulatory_region_variant", "tf_binding_site_variant",
    ),
}  # fmt: skip
_CLASS_OF = {word: kind for kind, words in CLASSES.items() for word in words}

_LETTERS = {
    "ala": "A", "arg": "R", "asn": "N", "asp": "D", "cys": "C", "gln": "Q", "glu": "E", "gly": "G", "his": "H",
    "ile": "I",
    "leu": "L", "lys": "K", "met": "M", "phe": "F", "pro": "P", "ser": "S", "thr": "T", "trp": "W", "tyr": "Y",
    "val": "V",
    "sec": "U", "ter": "*", "xaa": "X",
}  # fmt: skip
_THREE = re.compile("|".join(_LETTERS), re.IGNORECASE)
_ACCESSION = re.compile(r"^[A-Za-z_]+[0-9.]*(\([^)]*\))?:")
_KINDS = (  # of a change in one letter
    (re.compile(r"\*[0-9]+[A-Z]?ext.*|.*ext\*?[0-9?]*$"), "stop lost"),
    (re.compile(r"[A-Z*][0-9]+([A-Z*]?fs.*)"), "frameshift"),
    (re.compile(r"[A-Z*]?[0-9]+(_[0-9]+)?_?splice"), "splice"),
    (re.compile(r"M1([A-LN-Z?].*|\?)"), "start lost"),
    (re.compile(r"\*[0-9]+[A-Z].*"), "stop lost"),
    (re.compile(r"[A-Z][0-9]+\*.*"), "nonsense"),
    (re.compile(r"[A-Z*][0-9]+="), SILENT),
    (re.compile(r"([A-Z*])[0-9]+\1"), SILENT),
    (re.compile(r"[A-Z][0-9]+[A-Z]"), "missense"),
    (re.compile(r"[A-Z][0-9]+(_[A-Z][0-9]+)?dup.*"), "inframe insertion"),
    (re.compile(r"[A-Z][0-9]+_[A-Z][0-9]+ins.*"), "inframe insertion"),
    (re.compile(r"[A-Z][0-9]+(_[A-Z][0-9]+)?del(?!ins).*"), "inframe deletion"),
    (re.compile(r"[A-Z][0-9]+(_[A-Z][0-9]+)?(del)?ins.*"), "delins"),
)
_RESIDUE = re.compile(r"[A-Z*]([0-9]+)")
_NO_CHANGE = {"", ".", "-", "na", "n/a", "nan", "none", "null", "p.?", "?", "p.", "[not available]", "p.=", "="}
_SOME_CHANGE = {"mutated", "mut", "mutant", "yes", "1"}

SCORES = ("0", "1+", "2+", "3+")  # of a stain


@dataclass(frozen=True, slots=True)
class Variant:
    """A change of a gene's product: `change` in one letter without `p.`, empty where the study gives none."""

    gene: str
    change: str = ""
    kind: str = UNKNOWN  # a class of docs/match.md, `SILENT` or `UNKNOWN`
    residues: tuple[int, int] | None = None  # the first and the last that it touches

    def __str__(self) -> str:
        return f"{self.gene} {self.change or self.kind or 'mutated'}"


@dataclass(frozen=True, slots=True)
class Copies:
    """A gene's copy number, as a word of docs/match.md; `normal` where it is as in a healthy cell."""

    gene: str
    word: str

    def __str__(self) -> str:
        return f"{self.gene} {self.word}"


@dataclass(frozen=True, slots=True)
class Fusion:
    """A structural variant that joins *gene* with *other*; the same gene twice where it stays inside one."""

    gene: str
    other: str

    def __str__(self) -> str:
        return f"{self.gene}::{self.other}"


@dataclass(frozen=True, slots=True)
class Marker:
    """What a laboratory reports of a protein: its verdict, the score of the stain, in-situ hybridisation.

    Of in-situ hybridisation its verdict, and what was counted: the ratio to the centromere's signals, copies in a cell.
    """

    marker: str  # as the pathway's species is called
    status: str = ""
    ihc: str = ""
    ish: str = ""
    ratio: float | None = None
    copies: float | None = None
    dual: bool = False  # whether the laboratory counts the centromere, too, of which this may lack the ratio

    def __str__(self) -> str:
        said = [self.status, f"IHC {self.ihc}" if self.ihc else "", f"ISH {self.ish}" if self.ish else ""]
        said.append(f"ratio {self.ratio:g}" if self.ratio is not None else "")
        said.append(f"{self.copies:g} copies" if self.copies is not None else "")
        return f"{self.marker} {', '.join(filter(None, said))}"


@dataclass(frozen=True, slots=True)
class Unread:
    """Words of a table that name neither an alteration nor a gene."""

    words: str

    def __str__(self) -> str:
        return shown(self.words, 40)


@dataclass(frozen=True, slots=True)
class Open:
    """Words that may mean several things of a gene or a marker, and so leave open what is known by them."""

    of: tuple[str, ...]  # the gene, and the marker that is its protein
    words: str  # with what they may mean

    def __str__(self) -> str:
        return self.words


Finding: TypeAlias = Variant | Copies | Fusion | Marker | Unread | Open


@lru_cache(1 << 16)  # a study says the same of many tumours
def variant(gene: str, change: str, classification: str = "", position: str = "") -> Variant:
    """The variant of *gene* that a row of a study tells: its protein change in any form, its class as the MAF has it.

    *position* is the residue where the change does not say it. A class that is not known is read off the change.
    """
    short = protein_change(change)
    said = read_class(classification)
    kind = read_off(short)
    if kind == "delins":
        kind = _longer_or_shorter(short)
    if said:
        # A missense row of the MAF may be `p.A115=`; a splice row may lie beside the splice site and change nothing.
        kind = SILENT if kind == SILENT and said != "splice" else said
    elif change.strip().casefold() in ("=", "p.=", "p.(=)"):
        kind = SILENT
    written = re.match(r"[A-Z*]?[0-9]", short)  # as a change; digits of other words are no residues
    numbers = [int(number) for number in _RESIDUE.findall(re.split("ins|fs|ext", short)[0])] if written else []
    if not numbers and (place := re.match(r"[0-9]+", position.strip())):
        numbers = [int(place[0])]
    return Variant(gene, short, kind, (numbers[0], numbers[-1]) if numbers else None)


@lru_cache(1 << 12)
def read_class(text: str) -> str:
    """The class that a study's word for one means; of several (`stop_gained&splice_region_variant`) the gravest."""
    kinds = [_CLASS_OF.get(word.strip().casefold().replace(" ", "_"), "") for word in re.split("[&,;|+]", text)]
    known = list(filter(None, kinds))
    return next((kind for kind in CLASSES if kind in known), UNKNOWN)


@lru_cache(1 << 16)
def protein_change(text: str) -> str:
    """*text* as HGVS in one letter without accession, `p.` and brackets; empty where it names no change.

    X at the end is a stop, as studies before HGVS 2.0 wrote it: `R306X` is `R306*`.
    """
    plain = _ACCESSION.sub("", text.strip())
    if plain.casefold() in _NO_CHANGE or plain.casefold() in _SOME_CHANGE:
        return ""
    plain = plain.removeprefix("p.").removeprefix("P.").strip("()[]")
    if re.match(r"[A-Za-z]{3}[0-9]", plain) or re.search(r"[0-9][A-Z][a-z]{2}", plain):
        plain = _THREE.sub(lambda found: _LETTERS[found[0].casefold()], plain)
    if re.fullmatch(r"[a-z][0-9]+[a-z*]", plain):
        plain = plain.upper()
    plain = re.sub(r"^([A-Z][0-9]+)X$", r"\1*", plain)
    plain = re.sub(r"^([A-Z][0-9]+)>([A-Z*])$", r"\1\2", plain)
    plain = re.sub(r"^([A-Z][0-9]+(?:_[A-Z][0-9]+)?)>([A-Z]+)$", r"\1delins\2", plain)
    plain = re.sub(r"fs\*$", "fs", re.sub(r"fs(X|Ter)", "fs*", plain))
    return plain if re.search(r"[0-9]", plain) else ""


@lru_cache(1 << 16)
def read_off(change: str) -> str:
    """The class of a *change* in one letter, by how it is written: `delins` for those of either length."""
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(change)), UNKNOWN)


def _longer_or_shorter(change: str) -> str:
    """The class of a deletion with insertion, as the MAF has it; missense where the length stays."""
    first, last = (list(map(int, _RESIDUE.findall(change.partition("del")[0].partition("ins")[0]))) * 2)[:2]
    inserted = len(change.rpartition("ins")[2])
    gone = last - first + 1
    if inserted == gone:
        return "missense"
    return "inframe insertion" if inserted > gone else "inframe deletion"
