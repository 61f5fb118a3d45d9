"""What is looked up and compared with: receptors and their domains, functions, claims, cell lines, what is absent,
experiments.

All of it is imported from `her2cli.model`, as what is in `knowledge` is; no simulation asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from her2cli.model import Status, Verification
from her2cli.model.knowledge import Fact, Place, Scenario


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Receptor(Fact):
    """One of the four HER receptors, as a reader looks it up."""

    id: str  # the species' id
    name: str
    aliases: tuple[str, ...] = ()
    hgnc: tuple[str, ...] = ()
    uniprot: tuple[str, ...] = ()
    kinase: str = ""
    ligands: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    verified: Verification | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Domain(Fact):
    """A stretch of a receptor's chain, in residues of the precursor, both ends included."""

    id: str
    receptor: str
    name: str
    kind: str  # extracellular, subdomain, transmembrane, juxtamembrane, kinase, tail, signal peptide, fragment
    start: int | None = None
    end: int | None = None
    approximate: bool = False
    evidence: tuple[str, ...] = ()
    verified: Verification = Verification.memory
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Function(Fact):
    """What the receptors do for the cell, in the article's list."""

    id: str
    name: str
    article: str = ""  # the article's words
    aliases: tuple[str, ...] = ()
    species: str = ""  # the phenotype that stands for it, where one does
    status: Status | None = None
    evidence: tuple[str, ...] = ()
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Claim(Fact):
    """A statement of the article, with the literature's verdict beside it."""

    id: str
    article: str  # the article's words
    status: Status
    section: str = ""
    standard: str = ""  # the field's standard term
    verdict: str = ""  # the verdict in words, where `status` is too coarse
    literature: str = ""  # what the literature says
    step: int | None = None
    about: tuple[str, ...] = ()  # species, drugs, functions, domains it belongs to
    spellings: tuple[str, ...] = ()  # the article's spellings, kept as search words
    evidence: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class CellLine(Fact):
    """A cell line by the alterations that are cited for it."""

    id: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    alterations: tuple[str, ...] = ()
    ligands: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    verified: Verification | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Absent(Fact):
    """A drug, an alteration, a cell line or a readout that a reader may look for and is left out, and why."""

    id: str
    kind: str  # drug, alteration, cell line, readout
    reason: str  # goes on after "No drug 'olaparib':", without a full stop; what stands between backticks can be typed
    name: str = ""
    aliases: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False)

    @property
    def why(self) -> str:
        """The reason in words, with what it rests on."""
        return self.reason.replace("`", "") + (f" ({', '.join(self.evidence)})" if self.evidence else "")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Experiment(Fact):
    """A published perturbation: a scenario, what it is compared with, and which way the readout went."""

    id: str
    scenario: Scenario
    comparator: Scenario
    readout: str
    expect: str  # down, up, unchanged
    time: str = "late"  # early, late
    comparator_time: str = "late"
    system: str = ""
    difficulty: int | None = None
    disputed: bool = False
    basis: str = ""
    evidence: tuple[str, ...] = ()
    note: str = ""
    place: Place | None = field(default=None, compare=False)
