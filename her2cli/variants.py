"""What a sequencer or a laboratory reports of a tumour, in one form, and whether an alteration's `match` means it.

Protein changes come as studies write them (`p.H1047R`, `p.His1047Arg`, `H1047R`, `p.X304_splice`, `p.R306X`) and become
HGVS in one letter without `p.`. docs/match.md tells what each field of a match means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from her2cli.errors import shown

if TYPE_CHECKING:
    from her2cli.model import Match

# Of `truncating`, as docs/match.md has it.
TRUNCATING = frozenset({"nonsense", "frameshift", "splice", "start lost"})
SILENT = "silent"  # no change of the protein: silent, intronic, in a flank, in a region that is not translated
UNKNOWN = ""  # a change of the protein of which no more is said

# `Variant_Classification` of the MAF (GDC's MAF format, which lists them), folded.
MAF_CLASSES = {
    "missense_mutation": "missense",
    "nonsense_mutation": "nonsense",
    "frame_shift_del": "frameshift",
    "frame_shift_ins": "frameshift",
    "splice_site": "splice",
    "translation_start_site": "start lost",
    "nonstop_mutation": "stop lost",
    "in_frame_ins": "inframe insertion",
    "in_frame_del": "inframe deletion",
    "splice_region": SILENT,
    "silent": SILENT,
    "intron": SILENT,
    "rna": SILENT,
    "lincrna": SILENT,
    "igr": SILENT,
    "targeted_region": SILENT,
    "3'utr": SILENT,
    "5'utr": SILENT,
    "3'flank": SILENT,
    "5'flank": SILENT,
}

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
# What a verdict leaves open: HER2-negative may be low, positive may be high, and equivocal says nothing.
_OPEN: dict[str, set[str]] = {"negative": {"low", "ultralow"}, "positive": {"high"}}
_SOME_CHANGE = {"mutated", "mut", "mutant", "yes", "1"}


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
    """What a laboratory reports of a protein: its verdict, the score of the stain, in-situ hybridisation."""

    marker: str  # as the pathway's species is called
    status: str = ""
    ihc: str = ""
    ish: str = ""

    def __str__(self) -> str:
        said = [self.status, f"IHC {self.ihc}" if self.ihc else "", f"ISH {self.ish}" if self.ish else ""]
        return f"{self.marker} {', '.join(filter(None, said))}"


@dataclass(frozen=True, slots=True)
class Unread:
    """Words of a table that name neither an alteration nor a gene."""

    words: str

    def __str__(self) -> str:
        return shown(self.words, 40)


Finding: TypeAlias = Variant | Copies | Fusion | Marker | Unread


def variant(gene: str, change: str, classification: str = "", position: str = "") -> Variant:
    """The variant of *gene* that a row of a study tells: its protein change in any form, its class as the MAF has it.

    *position* is the residue where the change does not say it. A class that is not known is read off the change.
    """
    short = protein_change(change)
    said = MAF_CLASSES.get(classification.strip().casefold().replace(" ", "_"))
    kind = read_off(short)
    if kind == "delins":
        kind = _longer_or_shorter(short)
    if said is not None and said != UNKNOWN:
        # A missense row of the MAF may be `p.A115=`; a splice row may lie beside the splice site and change nothing.
        kind = SILENT if kind == SILENT and said != "splice" else said
    elif change.strip().casefold() in ("=", "p.=", "p.(=)"):
        kind = SILENT
    numbers = [int(number) for number in _RESIDUE.findall(re.split("ins|fs|ext", short)[0])]
    if not numbers and (place := re.match(r"[0-9]+", position.strip())):
        numbers = [int(place[0])]
    return Variant(gene, short, kind, (numbers[0], numbers[-1]) if numbers else None)


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
    plain = re.sub(r"fs(X|Ter)", "fs*", plain)
    return plain if re.search(r"[0-9]", plain) else ""


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


def said(match: Match, finding: Marker) -> bool | None:
    """Whether a laboratory's *finding* is what *match* says of the same marker; None where that is left open."""
    asked = [(words, value) for words, value in _asked(match, finding) if words]
    if all(value in words for words, value in asked):
        return True
    denied = any(value not in ("", "equivocal", *words) and not _leaves_open(value, words) for words, value in asked)
    return False if denied else None


def _leaves_open(verdict: str, words: Sequence[str]) -> bool:
    return not _OPEN.get(verdict, set()).isdisjoint(words)


def partly_said(match: Match, finding: Marker) -> bool:
    """Whether *finding* has some of what *match* says, as IHC 2+ without in-situ hybridisation."""
    return any(value in words for words, value in _asked(match, finding))


def _asked(match: Match, finding: Marker) -> tuple[tuple[Sequence[str], str], ...]:
    return (match.status, finding.status), (match.ihc, finding.ihc), (match.ish, finding.ish)


def holds(match: Match, finding: Finding) -> bool:
    """Whether *finding* is what *match* says."""
    if isinstance(finding, Unread):
        return False
    if isinstance(finding, Marker):
        return match.marker == finding.marker and said(match, finding) is True
    if finding.gene not in match.gene and not (isinstance(finding, Fusion) and finding.other in match.gene):
        return False
    if isinstance(finding, Copies):
        return finding.word in match.copies
    if isinstance(finding, Fusion):
        partner = finding.other if finding.gene in match.gene else finding.gene
        within = finding.gene == finding.other  # a rearrangement inside one gene joins it with no other
        return not within and ("any" in match.fusion or partner in match.fusion)
    return _changed(match, finding)


def _changed(match: Match, found: Variant) -> bool:
    if found.kind == SILENT:
        return False
    if match.changes and found.change in match.changes:
        return True
    if not (match.classes or match.residues) or (found.change and found.change in match.without):
        return False
    classes = set(match.classes)
    if "truncating" in classes:
        classes |= TRUNCATING
    if classes and "any" not in classes and found.kind not in classes:
        return False
    if not match.residues:
        return True
    if found.residues is None:
        return False
    first, last = found.residues
    return any(first <= end and last >= begin for begin, end in match.residues)
