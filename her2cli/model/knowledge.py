"""What stands around the species and edges of a pathway: places, rules, scenarios, and the entries of the library.

All of it is imported from `her2cli.model`, which loads this file when one of its names is first asked for: to follow
a graph that came as a table, none is needed. What is only looked up or compared with is in `facts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from her2cli.model import Edge, Verification


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Fact:
    """What a file says of one thing: compared and shown by its fields.

    A dataclass would make these methods anew for each of these classes, which every start of a command would pay.
    """

    __slots__ = ()

    def _compared(self) -> tuple[object, ...]:
        return tuple(getattr(self, each.name) for each in fields(self) if each.compare)  # type: ignore[arg-type]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Fact) or type(other) is not type(self):
            return NotImplemented
        return self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash((type(self), self._compared()))

    def __repr__(self) -> str:
        told = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)  # type: ignore[arg-type]
        return f"{type(self).__name__}({', '.join(told)})"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Reference(Fact):
    """A publication or page. Only identifiers that were seen stand here; none is ever made up."""

    id: str
    citation: str
    kind: str = ""  # empty: a paper; review, notice, news, database, model, encyclopaedia, textbook
    pmid: str = ""
    doi: str = ""
    verified: Verification = Verification.seen
    seen_at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Part(Fact):
    """A part of a rule that has a name there, and what it means."""

    name: str
    text: str  # it may name the parts before it
    note: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.text}. {self.note}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Rule(Fact):
    """A Boolean expression that replaces the default rule of one species, with the reason why."""

    target: str
    text: str  # over species, drugs and alterations: its parts are worked in
    note: str = ""
    evidence: tuple[str, ...] = ()
    written: str = ""  # as the file has it, with the names of its parts; empty where it has none
    parts: tuple[Part, ...] = ()
    place: Place | None = field(default=None, compare=False)  # where the text begins


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Match(Fact):
    """One way in which data show an alteration: of a gene, or of a marker that a laboratory reports.

    An alteration has been found where one of its matches holds; in a match, everything that it says holds together, and
    within a list one word is enough. What a match does not say may be anything. docs/match.md tells each field in full.
    """

    gene: tuple[str, ...] = ()  # HGNC symbols
    changes: tuple[str, ...] = ()  # protein changes, as HGVS writes them in one letter without `p.`: H1047R
    residues: tuple[tuple[int, int], ...] = ()  # first and last residue of each stretch, both ends included
    classes: tuple[str, ...] = ()  # missense, truncating, inframe insertion ...
    without: tuple[str, ...] = ()  # protein changes that the residues and classes would take in, and that do not count
    copies: tuple[str, ...] = ()  # amplified, gained, lost, deleted
    fusion: tuple[str, ...] = ()  # the other gene; `any`
    marker: str = ""  # HER2, ER, PTEN ...
    status: tuple[str, ...] = ()  # positive, low, absent ...
    ihc: tuple[str, ...] = ()  # 0, 1+, 2+, 3+
    ish: tuple[str, ...] = ()  # positive, negative
    evidence: tuple[str, ...] = ()
    verified: Verification | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """In words: `ERBB2: inframe insertion at 770-783`."""
        where = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in self.residues)
        classes = ", ".join(self.classes) or ("any change" if where else "")
        said = [", ".join(self.changes), f"{classes} at {where}" if where else classes, ", ".join(self.copies)]
        said += ["any fusion" if other == "any" else f"fusion with {other}" for other in self.fusion]
        said.append(", ".join((*self.status, *(f"IHC {score}" for score in self.ihc))))
        said.append(f"ISH {' or '.join(self.ish)}" if self.ish else "")
        said.append(f"but not {', '.join(self.without)}" if self.without else "")
        return f"{self.marker or ' or '.join(self.gene)}: {', '.join(filter(None, said))}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Drug(Fact):
    """What the doctor adds. It enters a network only when a scenario names it."""

    id: str
    name: str = ""
    kind: str = ""
    aliases: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()  # what else such drugs are called together: endocrine therapy
    targets: str = ""
    status: str = ""  # approved, approved elsewhere, late trials, early trials, withdrawn, stopped, research
    as_of: str = ""  # the day, month or year for which `status` and `approval` were read: 2026-03
    approval: str = ""  # by whom, when and for what, in words
    edges: tuple[Edge, ...] = ()
    efficacy: float = 1.0
    efficacy_note: str = ""
    evidence: tuple[str, ...] = ()
    verified: Verification | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Alteration(Fact):
    """What the tumour changed: a mutation, an amplification, a loss."""

    id: str
    name: str = ""
    kind: str = ""
    aliases: tuple[str, ...] = ()
    match: tuple[Match, ...] = ()  # how data show it; empty where none that is usually measured does
    match_note: str = ""
    edges: tuple[Edge, ...] = ()
    efficacy: float = 1.0
    efficacy_note: str = ""
    evidence: tuple[str, ...] = ()
    verified: Verification | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Surrounding(Fact):
    """One species of a context: in which share of the cells it is there, and why that is thought so."""

    species: str
    share: float
    evidence: tuple[str, ...] = ()
    verified: Verification | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Context(Fact):
    """What surrounds the cells of a scenario: a dish, a body. It says what inputs of the network are there."""

    id: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    species: tuple[Surrounding, ...] = ()
    evidence: tuple[str, ...] = ()
    note: str = ""
    place: Place | None = field(default=None, compare=False)

    @property
    def shares(self) -> dict[str, float]:
        """The share 0..1 of the cells in which each of its species is there."""
        return {each.species: each.share for each in self.species}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Report(Fact):
    """What the counts of in-situ hybridisation say of a marker: from its lower bounds on, and below its upper ones."""

    id: str
    marker: str
    probes: str  # dual, with a ratio to the centromere's signals, or single
    name: str = ""
    ratio_from: float | None = None
    ratio_below: float | None = None
    copies_from: float | None = None  # signals of the gene in a cell
    copies_below: float | None = None
    positive: tuple[str, ...] = ()  # the scores of a stain beside which they say so; `any`
    negative: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    verified: Verification | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Agreement(Fact):
    """How often answers of one kind were right on experiments that the network was not fitted to."""

    id: str
    answer: str  # what was predicted: change or unchanged, and of the latter slight or steady
    right: int  # none of two is an answer, too: writers leave out defaults
    of: int
    kind: str = ""  # of the drug; empty for all
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Alterations + ligands + treatment in a context. The treatment (drugs and clamps) is added to the settled tumour.

    `drugs` pairs a drug with its dose, the share 0..1 of the cells that it reaches. `clamps` pairs a species with
    the value it is held at. `inputs` sets every input that is not otherwise named; None keeps `initial`, or what the
    `context` says of it. Without a context all inputs are as the pathway's file has them.
    """

    alterations: tuple[str, ...] = ()
    ligands: tuple[str, ...] = ()
    drugs: tuple[tuple[str, float], ...] = ()
    clamps: tuple[tuple[str, int], ...] = ()
    inputs: int | None = None
    context: str = ""
    name: str = ""

    @property
    def has_treatment(self) -> bool:
        """Whether a drug is given or a species held."""
        return bool(self.drugs or self.clamps)

    @property
    def untreated(self) -> Scenario:
        """The same tumour without the treatment."""
        return Scenario(alterations=self.alterations, ligands=self.ligands, inputs=self.inputs, context=self.context)
