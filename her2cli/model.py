"""What things are: frozen dataclasses of the field's words, without input or output.

Every collection is a tuple or a read-only mapping. A change is a new object. How YAML becomes these
is in `loading`; what can be asked of them is in `graph` and `logic`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property

from her2cli.errors import UnknownName


class Effect(StrEnum):
    """What an edge does to its target."""

    activates = "activates"
    inhibits = "inhibits"

    @property
    def arrow(self) -> str:
        """`->` or `-|`: the sign that survives without colour."""
        return "->" if self is Effect.activates else "-|"

    @property
    def sign(self) -> int:
        """+1 or -1."""
        return 1 if self is Effect.activates else -1


class Status(StrEnum):
    """The literature's verdict on a statement."""

    agree = "agree"
    simplified = "simplified"
    disputed = "disputed"
    outdated = "outdated"
    omission = "omission"  # what the article leaves out and the reader should know
    wrong = "wrong"


class Verification(StrEnum):
    """How far a fact or a citation was checked when it was written down."""

    seen = "seen"
    partly = "partly"
    memory = "memory"  # shown as "unverified"


class Speed(StrEnum):
    """Time scale of a species: `slow` is transcription and translation, `fast` all else."""

    fast = "fast"
    slow = "slow"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A publication or page. Only identifiers that were seen stand here; none is ever made up."""

    id: str
    citation: str
    pmid: str = ""
    doi: str = ""
    verified: Verification = Verification.seen
    seen_at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Species:
    """A molecular player with an activity: receptor, dimer, kinase, ligand, phenotype."""

    id: str
    name: str = ""
    kind: str = ""
    location: str = ""
    aliases: tuple[str, ...] = ()
    hgnc: tuple[str, ...] = ()
    uniprot: tuple[str, ...] = ()
    initial: int = 0
    share: float | None = None  # of the cells in which this input is on (stochastic semantics)
    speed: Speed = Speed.fast
    evidence: tuple[str, ...] = ()
    verified: Verification | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False)

    @property
    def is_phenotype(self) -> bool:
        return self.kind == "phenotype"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One signed influence of a species, a drug or an alteration on a species, or on one edge (`blocks`)."""

    source: str
    target: str
    effect: Effect
    mechanism: str = ""
    step: tuple[int, ...] = ()  # the article's step numbers
    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()  # references that contradict it
    status: Status | None = None
    verified: Verification | None = None
    confidence: str = ""  # high, medium, low
    note: str = ""
    blocks: tuple[str, str] | None = None  # (source, target) of the one edge that it silences
    requires: tuple[str, ...] = ()  # it acts only while all of these are on
    unless: tuple[str, ...] = ()  # and none of these
    efficacy: float | None = None  # share of the cells in which this action happens; None: as its owner's
    place: Place | None = field(default=None, compare=False)

    @property
    def sign(self) -> int:
        return self.effect.sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A Boolean expression that replaces the default rule of one species, with the reason why."""

    target: str
    text: str
    note: str = ""
    evidence: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False)  # where the text begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """What the doctor adds. It enters a network only when a scenario names it."""

    id: str
    name: str = ""
    kind: str = ""
    aliases: tuple[str, ...] = ()
    targets: str = ""
    approval: str = ""
    edges: tuple[Edge, ...] = ()
    efficacy: float = 1.0
    efficacy_note: str = ""
    evidence: tuple[str, ...] = ()
    verified: Verification | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """What the tumour changed: a mutation, an amplification, a loss."""

    id: str
    name: str = ""
    kind: str = ""
    aliases: tuple[str, ...] = ()
    edges: tuple[Edge, ...] = ()
    efficacy: float = 1.0
    efficacy_note: str = ""
    evidence: tuple[str, ...] = ()
    verified: Verification | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receptor:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLine:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Alterations + ligands + treatment. The treatment (drugs and clamps) is added to the settled tumour.

    `drugs` pairs a drug with its dose, the share 0..1 of the cells that it reaches. `clamps` pairs a species with
    the value it is held at. `inputs` sets every input that is not otherwise named; None keeps `initial`.
    """

    alterations: tuple[str, ...] = ()
    ligands: tuple[str, ...] = ()
    drugs: tuple[tuple[str, float], ...] = ()
    clamps: tuple[tuple[str, int], ...] = ()
    inputs: int | None = None
    name: str = ""

    @property
    def untreated(self) -> Scenario:
        """The same tumour without the treatment."""
        return Scenario(alterations=self.alterations, ligands=self.ligands, inputs=self.inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
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


@dataclass(frozen=True, kw_only=True)
class Pathway:
    """The loaded whole: species, edges and rules, and the knowledge around them.

    The mappings are keyed by id and read-only. Those of the knowledge (`drugs` to `experiments`) may load
    their file when they are first asked; a pathway that was built by hand may pass plain dicts.
    """

    name: str
    title: str = ""
    note: str = ""
    species: Mapping[str, Species] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()  # between species
    agent_edges: tuple[Edge, ...] = ()  # what this pathway adds to a drug's or an alteration's own edges
    rules: Mapping[str, Rule] = field(default_factory=dict)
    readouts: tuple[str, ...] = ()
    default_alterations: tuple[str, ...] = ()

    drugs: Mapping[str, Drug] = field(default_factory=dict)
    alterations: Mapping[str, Alteration] = field(default_factory=dict)
    receptors: Mapping[str, Receptor] = field(default_factory=dict)
    domains: Mapping[str, Domain] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    cell_lines: Mapping[str, CellLine] = field(default_factory=dict)
    experiments: Mapping[str, Experiment] = field(default_factory=dict)

    source: str = ""  # the file it came from

    def __getstate__(self) -> dict[str, object]:
        return {key: value for key, value in self.__dict__.items() if not key.startswith("_")}

    @cached_property
    def _by_target(self) -> dict[str, tuple[Edge, ...]]:
        return _group(self.edges, "target")

    @cached_property
    def _by_source(self) -> dict[str, tuple[Edge, ...]]:
        return _group(self.edges, "source")

    def edges_into(self, species: str) -> tuple[Edge, ...]:
        """The edges between species whose target is *species*, in file order."""
        return self._by_target.get(species, ())

    def edges_from(self, source: str) -> tuple[Edge, ...]:
        """The edges between species whose source is *source*, in file order."""
        return self._by_source.get(source, ())

    def actions(self, agent: str) -> tuple[Edge, ...]:
        """All edges of a drug or an alteration: those of its own entry, then those the pathway file adds."""
        owner = self.drugs.get(agent) or self.alterations.get(agent)
        own = owner.edges if owner else ()
        return own + tuple(edge for edge in self.agent_edges if edge.source == agent)

    @cached_property
    def _species_names(self) -> dict[str, str]:
        return _names(self.species)

    def find_species(self, name: str) -> str:
        """The id of the species that answers to *name* (id, alias, symbol or accession, in any case).

        Raises `UnknownName` with the closest names.
        """
        if name in self.species:
            return name
        found = self._species_names.get(folded(name))
        if found is None:
            raise UnknownName("species", name, _close(name, self._species_names, self.species))
        return found

    def find_drug(self, name: str) -> str:
        """The id of the drug that answers to *name*. Raises `UnknownName` with the closest names."""
        return find(self.drugs, name, "drug")

    def find_alteration(self, name: str) -> str:
        """The id of the alteration that answers to *name*. Raises `UnknownName` with the closest names."""
        return find(self.alterations, name, "alteration")


def find(things: Mapping[str, object], name: str, kind: str) -> str:
    """The key in *things* that answers to *name*: its id or an alias, in any case, hyphens and blanks alike.

    Raises `UnknownName` with the closest names.
    """
    if name in things:
        return name
    names = _names(things)
    found = names.get(folded(name))
    if found is None:
        raise UnknownName(kind, name, _close(name, names, things))
    return found


def folded(name: str) -> str:
    """*name* as it is compared: without case, hyphens, underscores, blanks and quotes.

    Uses `lower` on ASCII and `casefold` elsewhere, neither of which depends on the locale.
    """
    return "".join(c for c in name.casefold() if c not in " -_‐‑–«»'\"")


def names_of(thing: object) -> Iterator[str]:
    """All that *thing* answers to: its id, name, aliases, gene symbols and accessions."""
    for attribute in ("id", "name"):
        value = getattr(thing, attribute, "")
        if value:
            yield value
    yield from getattr(thing, "aliases", ())
    # A symbol or an accession names a species only where it stands for that gene alone: ERBB2 is not every dimer of it.
    if getattr(thing, "kind", "") not in {"dimer", "fragment", "complex"}:
        for attribute in ("hgnc", "uniprot"):
            yield from getattr(thing, attribute, ())


def _names(things: Mapping[str, object]) -> dict[str, str]:
    names: dict[str, str] = {}
    for key in things:  # ids first: an id always wins over another's alias
        names.setdefault(folded(key), key)
    for key, thing in things.items():
        for name in names_of(thing):
            names.setdefault(folded(name), key)
    return names


def _close(name: str, names: Mapping[str, str], things: Mapping[str, object]) -> tuple[str, ...]:
    """Up to three ids whose names look like *name*, nearest first."""
    # difflib compares every pair of characters, so a very long name is cut before it is compared.
    found = get_close_matches(folded(name)[:80], list(names), n=6, cutoff=0.6)
    return tuple(dict.fromkeys(names[match] for match in found if names[match] in things))[:3]


def _group(edges: tuple[Edge, ...], attribute: str) -> dict[str, tuple[Edge, ...]]:
    grouped: dict[str, list[Edge]] = {}
    for edge in edges:
        grouped.setdefault(getattr(edge, attribute), []).append(edge)
    return {key: tuple(value) for key, value in grouped.items()}
