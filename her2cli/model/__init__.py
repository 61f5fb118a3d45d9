"""What things are: frozen dataclasses of the field's words, without input or output.

Every collection is a tuple or a read-only mapping. A change is a new object. How YAML becomes these
is in `loading`; what can be asked of them is in `graph` and `logic`. Here are species, edges and the pathway that holds
them; what stands around them is in `knowledge` and `facts`, and is imported from here, too.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence, Set, ValuesView
from dataclasses import Field, dataclass, field, fields
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from itertools import chain, repeat
from operator import eq
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar, overload

from her2cli.errors import AmbiguousName, ScenarioError, UnknownName, nearest, shown
from her2cli.recent import recent

if TYPE_CHECKING:
    from her2cli.model.facts import Absent as Absent
    from her2cli.model.facts import CellLine as CellLine
    from her2cli.model.facts import Claim as Claim
    from her2cli.model.facts import Domain as Domain
    from her2cli.model.facts import Experiment as Experiment
    from her2cli.model.facts import Function as Function
    from her2cli.model.facts import Receptor as Receptor
    from her2cli.model.knowledge import Agreement as Agreement
    from her2cli.model.knowledge import Alteration as Alteration
    from her2cli.model.knowledge import Context as Context
    from her2cli.model.knowledge import Drug as Drug
    from her2cli.model.knowledge import Match as Match
    from her2cli.model.knowledge import Part as Part
    from her2cli.model.knowledge import Place as Place
    from her2cli.model.knowledge import Reference as Reference
    from her2cli.model.knowledge import Report as Report
    from her2cli.model.knowledge import Rule as Rule
    from her2cli.model.knowledge import Scenario as Scenario
    from her2cli.model.knowledge import Surrounding as Surrounding
    from her2cli.variants import Variant
else:

    def __getattr__(name: str) -> object:
        """A class of `knowledge` or `facts`, which is imported now."""
        from importlib import import_module

        for part in ("knowledge", "facts"):
            if hasattr(module := import_module(f"her2cli.model.{part}"), name):
                found = globals()[name] = getattr(module, name)  # the next time it is here
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


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


TIMES = ("before", "early", "late")  # when a readout is read: untreated, before what is slow has moved, at the end


def check_time(time: str, *, of: Sequence[str] = TIMES) -> None:
    """Raise `ScenarioError` where *time* is not one of those, and say which there are."""
    if time not in of:
        raise ScenarioError(f"No time {shown(time)!r}; there are {', '.join(of)}.")


class Speed(StrEnum):
    """Time scale of a species: `slow` is transcription and translation, `fast` all else."""

    fast = "fast"
    slow = "slow"


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
    goal: int | None = None  # what a treatment is to bring it to, 0 or 1; None: nothing that treatments are ranked by
    share: float | None = None  # chance of being on in the beginning; an input keeps it (stochastic semantics)
    speed: Speed = Speed.fast
    rate_up: float | None = None  # events per time unit while its rule is on and it is off; None: as its speed says
    rate_down: float | None = None  # the same while its rule is off and it is on
    evidence: tuple[str, ...] = ()
    verified: Verification | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False)

    @property
    def is_phenotype(self) -> bool:
        return self.kind == "phenotype"


@dataclass(frozen=True, slots=True, kw_only=True)
class JointStart:
    """Species that begin together: the chance of each of their joint states, as `[A, B].istate` of MaBoSS says it."""

    species: tuple[str, ...]
    weights: Mapping[tuple[int, ...], float]  # by the values of the species in their order; they add up to 1

    def __hash__(self) -> int:
        return hash((self.species, frozenset(self.weights.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRate:
    """Where *where* holds, *species* turns on (`up`) or off (`down`) at this rate, not at its own.

    Of several for one species and direction, the first whose expression holds counts.
    """

    species: str
    direction: Literal["up", "down"]
    rate: float  # events per time unit
    where: str  # an expression over species
    place: Place | None = field(default=None, compare=False)


CONTEXT = "context"  # the kind of a species that is no molecule: a kind of cell, or what surrounds it


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One signed influence of a species, a drug or an alteration on a species, or on one edge (`blocks`)."""

    source: str
    target: str
    effect: Effect
    mechanism: str = ""
    condition: bool | None = None  # it says in which cells, or when, others act; None: as the kinds of its ends say
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

    plain: ClassVar[bool] = False  # true of those made by `many`: there is nothing more to say than is seen at once

    @property
    def sign(self) -> int:
        return self.effect.sign


_Thing = TypeVar("_Thing")


def many(kind: type[_Thing], **columns: Sequence[object]) -> list[_Thing]:
    """One *kind* for each row of *columns*, with the defaults in all other fields.

    They are equal to those that are made one by one, in a tenth of the time: the defaults stand in their class, not in
    each of them. A table has tens of thousands.
    """
    light: type[_Thing]
    light, setters = _light(kind, tuple(columns))  # type: ignore[arg-type]
    made = list(map(object.__new__, repeat(light, len(next(iter(columns.values()))))))
    for place, column in zip(setters, columns.values(), strict=True):
        deque(map(place, made, column), maxlen=0)  # a frozen class is set through its slots
    return made


@cache
def _light(kind: type[_Thing], given: tuple[str, ...]) -> tuple[type[_Thing], list[Callable[[_Thing, object], None]]]:
    """*kind* with the defaults of all fields but those *given* in the class, and what sets each of those."""
    every: tuple[Field[object], ...] = fields(kind)  # type: ignore[arg-type]

    def equal(self: object, other: object) -> bool:
        compared = (each.name for each in every if each.compare)
        return isinstance(other, kind) and all(getattr(self, name) == getattr(other, name) for name in compared)

    def reduced(self: object) -> tuple[object, ...]:
        return _remade, (kind, {name: getattr(self, name) for name in given})

    own: dict[str, object] = {each.name: each.default for each in every if each.name not in given}
    own |= {"__new__": lambda _, **values: kind(**values)}  # a changed copy is one of the usual kind
    own |= {"__slots__": (), "__module__": kind.__module__, "__doc__": kind.__doc__}
    own |= {"plain": True, "__eq__": equal, "__hash__": kind.__hash__, "__reduce__": reduced}
    return type(kind.__name__, (kind,), own), [getattr(kind, name).__set__ for name in given]


def _remade(kind: type[_Thing], values: dict[str, object]) -> _Thing:
    return kind(**values)


class EdgeTable(Sequence[Edge]):
    """Edges of which only source, target and effect are known, as columns. They are made when they are asked for."""

    def __init__(self, *, source: Sequence[str], target: Sequence[str], effect: Sequence[Effect]) -> None:
        self.columns: dict[str, Sequence[str]] = {"source": source, "target": target, "effect": effect}

    @cached_property
    def _every(self) -> list[Edge]:
        return many(Edge, **self.columns)

    def at(self, rows: Sequence[int]) -> list[Edge]:
        """The edges of these rows."""
        return many(Edge, **{name: [column[row] for row in rows] for name, column in self.columns.items()})

    def __len__(self) -> int:
        return len(self.columns["source"])

    @overload
    def __getitem__(self, row: int) -> Edge: ...
    @overload
    def __getitem__(self, row: slice) -> list[Edge]: ...
    def __getitem__(self, row: int | slice) -> Edge | list[Edge]:
        return self._every[row]

    def __iter__(self) -> Iterator[Edge]:
        return iter(self._every)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))


class Ends(Mapping[str, Species]):
    """The species at the ends of edges, of which only the id is known, in the order in which the edges name them."""

    def __init__(self, edges: EdgeTable, names: Set[str]) -> None:
        self._sides = edges.columns["source"], edges.columns["target"]
        self._names = names

    @cached_property
    def _things(self) -> dict[str, Species]:
        names = list(dict.fromkeys(chain.from_iterable(zip(*self._sides, strict=True))))
        return dict(zip(names, many(Species, id=names), strict=True))

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __getitem__(self, name: str) -> Species:
        if name not in self._names:
            raise KeyError(name)
        return Species(id=name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._names)

    def items(self) -> ItemsView[str, Species]:
        return self._things.items()

    def values(self) -> ValuesView[Species]:
        return self._things.values()


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
    edges: Sequence[Edge] = ()  # between species: a tuple, or `EdgeTable`
    agent_edges: tuple[Edge, ...] = ()  # what this pathway adds to a drug's or an alteration's own edges
    rules: Mapping[str, Rule] = field(default_factory=dict)
    readouts: tuple[str, ...] = ()
    default_alterations: tuple[str, ...] = ()
    joint_starts: tuple[JointStart, ...] = ()  # of species whose beginnings hang together; no species is in two
    state_rates: tuple[StateRate, ...] = ()  # rates of turning on and off that hold in some states only
    layout: Mapping[str, int] = field(default_factory=dict)  # rows further down (or up) at which a species is drawn
    context: str = ""  # in which its tumours are, unless a scenario is asked in another

    drugs: Mapping[str, Drug] = field(default_factory=dict)
    alterations: Mapping[str, Alteration] = field(default_factory=dict)
    receptors: Mapping[str, Receptor] = field(default_factory=dict)
    domains: Mapping[str, Domain] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    cell_lines: Mapping[str, CellLine] = field(default_factory=dict)
    contexts: Mapping[str, Context] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    agreement: Mapping[str, Agreement] = field(default_factory=dict)
    absent: Mapping[str, Absent] = field(default_factory=dict)
    experiments: Mapping[str, Experiment] = field(default_factory=dict)

    source: str = ""  # the file it came from
    digest: str = field(default="", compare=False)  # of what stood in it; empty where it is one of the library
    remarks: tuple[str, ...] = field(default=(), compare=False)  # what its reader took in a way that one should know

    def __getstate__(self) -> dict[str, object]:
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @cached_property
    def into(self) -> Side:
        """The edges between species by their target."""
        return Side(self.edges, "target", "source")

    @cached_property
    def out_of(self) -> Side:
        """The edges between species by their source."""
        return Side(self.edges, "source", "target")

    def is_condition(self, edge: Edge) -> bool:
        """Whether *edge* says in which cells, or when, others act, and is no action of a molecule itself.

        Where its `condition` does not say it, an edge is one that begins or ends at a species of the kind `context`.
        """
        return self.at_context(edge) if edge.condition is None else edge.condition

    def at_context(self, edge: Edge) -> bool:
        """Whether *edge* begins or ends at a species of the kind `context`."""
        ends = (self.species.get(edge.source), self.species.get(edge.target))
        return any(each is not None and each.kind == CONTEXT for each in ends)

    @cached_property
    def conditions(self) -> frozenset[tuple[str, str]]:
        """The sources and targets between which there is no edge that acts."""
        if isinstance(self.edges, EdgeTable):  # of which no more is known than what they do
            return frozenset()
        pairs = {(edge.source, edge.target) for edge in self.edges if self.is_condition(edge)}
        return frozenset(pairs - {(edge.source, edge.target) for edge in self.edges if not self.is_condition(edge)})

    def edges_into(self, species: str) -> tuple[Edge, ...]:
        """The edges between species whose target is *species*, in file order."""
        return self.into.edges_of(species)

    def edges_from(self, source: str) -> tuple[Edge, ...]:
        """The edges between species whose source is *source*, in file order."""
        return self.out_of.edges_of(source)

    def sources_of(self, species: str) -> tuple[str, ...]:
        """The sources of the edges into *species*, each once, in file order."""
        return self.into.others_of(species)

    def targets_of(self, source: str) -> tuple[str, ...]:
        """The targets of the edges from *source*, each once, in file order."""
        return self.out_of.others_of(source)

    def actions(self, agent: str) -> tuple[Edge, ...]:
        """All edges of a drug or an alteration: those of its own entry, then those the pathway file adds."""
        owner = self.drugs.get(agent) or self.alterations.get(agent)
        own = owner.edges if owner else ()
        return own + self._added.get(agent, ())

    @cached_property
    def _added(self) -> dict[str, tuple[Edge, ...]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.agent_edges:
            found.setdefault(edge.source, []).append(edge)
        return {agent: tuple(edges) for agent, edges in found.items()}

    def find_species(self, name: str) -> str:
        """The id of the species that answers to *name* (id, alias, symbol or accession, in any case).

        Raises `UnknownName` with the closest names, `AmbiguousName` where several species share the name.
        """
        return find(self.species, name, "species")

    def find_drug(self, name: str) -> str:
        """The id of the drug that answers to *name*. Raises `UnknownName` with the closest names."""
        return find(self.drugs, name, "drug")

    def of_symbol(self, alteration: str) -> str:
        """The name of an *alteration* with the symbol of its gene, where that will do: `ERBB2 V842I` of `HER2 V842I`.

        Where a species is of several genes, with the first whose symbol will do.
        """
        parts = re.fullmatch(r"\s*([^\W_]+)([\s:_]+\S.{0,200})", alteration)
        if parts is None or meant_by(self.alterations, alteration, "alteration"):
            return alteration
        symbols = (symbol for key in meant_by(self.species, parts[1]) for symbol in self.species[key].hgnc)
        names = (symbol + parts[2] for symbol in symbols)
        return next((name for name in names if meant_by(self.alterations, name, "alteration")), alteration)

    def find_alteration(self, name: str) -> str:
        """The id of the alteration that answers to *name*. Raises `UnknownName` with the closest names."""
        try:
            return find(self.alterations, self.of_symbol(name), "alteration")
        except AmbiguousName:
            raise
        except UnknownName as error:
            gene = re.split(r"[\s:_-]", name.strip())[0]
            own = self.alterations_of(gene)
            if own and _change_in(name) and not error.close:
                more = f" and {len(own) - NAMED} more ('her2 alterations')" if len(own) > NAMED else ""
                hint = f"None stands for this change. Alterations of {gene}: {', '.join(own[:NAMED])}{more}."
                raise UnknownName("alteration", name, (), hint) from None
            near = [key for key in error.close if key in own]
            lines = meant_by(self.cell_lines, name)
            has = " ".join(self.cell_lines[lines[0]].alterations) if len(lines) == 1 else ""
            hint = f"It is a cell line; its alterations are {has}." if has else ""
            close = tuple(dict.fromkeys([*near, *own]))[:NAMED] or error.close
            raise UnknownName("alteration", name, close, hint) from None

    def alterations_of(self, name: str, *, alone: bool = False) -> tuple[str, ...]:
        """The alterations of a gene or a species: called so, shown by its gene or its marker, or else acting on it.

        With *alone*, those of others that act on it are left out, as long as it has some of its own.
        """
        keys = meant_by(self.species, name)
        species = keys[0] if len(keys) == 1 else ""
        genes = {name.upper(), *(_symbols(self.species[species]) if species else ())}
        of_gene, acting = [], []
        for key, alteration in self.alterations.items():
            named = any(key.upper().startswith(f"{gene}_") for gene in genes)
            markers = (meant_by(self.species, match.marker) for match in alteration.match if match.marker)
            if named or any(genes.intersection(match.gene) for match in alteration.match) or (keys and keys in markers):
                of_gene.append(key)
            elif species and any(edge.target == species for edge in self.actions(key)):
                acting.append(key)
        return tuple(of_gene) if alone and of_gene else (*of_gene, *acting)


def markers(pathway: Pathway, alterations: Iterable[str]) -> set[str]:
    """What a laboratory measures to tell these: two that one marker tells are two amounts of it, never together."""
    return {each.marker for name in alterations for each in pathway.alterations[name].match if each.marker}


def one_amount(pathway: Pathway, alterations: Iterable[str]) -> tuple[str, ...]:
    """*alterations* without those that are another amount of what one before them is an amount of."""
    kept: list[str] = []
    for name in dict.fromkeys(alterations):
        if markers(pathway, [name]).isdisjoint(markers(pathway, kept)):
            kept.append(name)
    return tuple(kept)


def check_amounts(pathway: Pathway, alterations: Sequence[str]) -> None:
    """Raise `ScenarioError` where two of *alterations* are two amounts of one thing, HER2-positive and HER2-low."""
    kept = one_amount(pathway, alterations)
    for name in alterations:
        if name not in kept:
            own = markers(pathway, [name])
            other = next(each for each in kept if own.intersection(markers(pathway, [each])))
            of = min(own.intersection(markers(pathway, [other])))
            raise ScenarioError(f"{other} and {name} are two amounts of {of}, and a tumour has one: name one of them.")


NAMED = 6  # things of a kind that are named before the rest is counted


def find(things: Mapping[str, object], name: str, kind: str) -> str:
    """The key in *things* that answers to *name*: its id or an alias, in any case, hyphens and blanks alike.

    An alteration is also found by the protein change that shows it, `PIK3CA p.H1047R`. Raises `UnknownName` with the
    closest names, `AmbiguousName` where several of them share the name.
    """
    found = meant_by(things, name, kind)
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(kind, name, found)
    raise UnknownName(kind, name, _close(name, _names(things)))


def meant_by(things: Mapping[str, object], name: str, kind: str = "") -> tuple[str, ...]:
    """The keys in *things* that answer to *name* as `find` reads it: one, none, or several that share it."""
    if name in things:
        return (name,)
    named = _names(things).get(folded(name), ())
    return tuple(sorted(named)) or (_found_by_change(things, name) if kind == "alteration" else ())


def answers(things: Mapping[str, object], name: str, kind: str = "") -> bool:
    """Whether one of *things* is what `find` would give for *name*."""
    return len(meant_by(things, name, kind)) == 1


def _found_by_change(alterations: Mapping[str, object], text: str) -> tuple[str, ...]:
    """The alterations that a protein change shows, written as in a MAF row: `PIK3CA p.H1047R`, `PTEN R130*`.

    What their `match` says of the gene decides, as in a cohort (docs/match.md).
    """
    from her2cli.model.matching import holds

    found = _change_in(text)
    if found is None:
        return ()
    return tuple(
        key
        for key, alteration in alterations.items()
        if any(holds(match, found) for match in getattr(alteration, "match", ()))
    )


def _change_in(text: str) -> Variant | None:
    """The protein change that *text* is, with its gene; None where it is none."""
    from her2cli.variants import variant

    written = re.fullmatch(r"\s*([^\W_]+)[\s:_]+(\S{1,200})\s*", text)
    found = variant(written[1].upper(), written[2]) if written else None
    return found if found is not None and found.change and found.kind else None


def closest(name: str, *shelves: Mapping[str, object]) -> tuple[str, ...]:
    """Up to four ids of any of *shelves* whose names begin as *name* does, hold it, or else look like it."""
    names: dict[str, tuple[str, ...]] = {}
    for things in shelves:
        for word, keys in _names(things).items():
            names[word] = tuple(dict.fromkeys((*names.get(word, ()), *keys)))
    return _close(name, names)


@lru_cache(maxsize=1 << 15)  # a search looks into some ten thousand texts, and each pathway has most of the same
def folded(name: str) -> str:
    """*name* as it is compared: without case, hyphens, underscores, blanks and quotes.

    Uses `lower` on ASCII and `casefold` elsewhere, neither of which depends on the locale.
    """
    return name.casefold().translate(_PASSED_OVER)


_PASSED_OVER = dict.fromkeys(map(ord, " -_‐‑–«»'\""))


def names_of(thing: object) -> Iterator[str]:
    """All that *thing* answers to: its id, name, aliases, gene symbols and accessions."""
    for attribute in ("id", "name"):
        value = getattr(thing, attribute, "")
        if value:
            yield value
    yield from getattr(thing, "aliases", ())
    yield from _symbols(thing)


def symbol_of(species: Mapping[str, Species], name: str) -> str:
    """The symbol of a gene by any name of its species, where that is of one gene; else *name*."""
    symbols = [symbol for key in meant_by(species, name) for symbol in species[key].hgnc]
    return symbols[0] if len(symbols) == 1 else name


def _symbols(thing: object) -> Iterator[str]:
    # A symbol or an accession names a species only where it stands for that gene alone: ERBB2 is not every dimer of it.
    if getattr(thing, "kind", "") not in {"dimer", "fragment", "complex"}:
        for attribute in ("hgnc", "uniprot"):
            yield from getattr(thing, attribute, ())


def _names(things: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
    """Every name of *things* as it is compared, with the keys that answer to it."""
    return _named(things, len(things))


@recent(24)
def _named(things: Mapping[str, object], many: int) -> Mapping[str, tuple[str, ...]]:
    """What `_names` says of so *many* things: a shelf that grew is read again.

    An id goes before another's name or alias, these before a symbol or an accession; those of one rank share it.
    """
    names: dict[str, tuple[str, ...]] = {}

    def add(said: Iterator[tuple[str, str]]) -> None:
        rank: dict[str, dict[str, None]] = {}
        for name, key in said:
            word = folded(name)
            if word not in names:
                rank.setdefault(word, {})[key] = None
        names.update({word: tuple(keys) for word, keys in rank.items()})

    add((key, key) for key in things)
    add(
        (name, key)
        for key, thing in things.items()
        for name in (getattr(thing, "name", ""), *getattr(thing, "aliases", ()))
        if name
    )
    add((name, key) for key, thing in things.items() for name in _symbols(thing))
    return names


def _close(name: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Up to four keys whose names begin as *name* does; without any, those that hold it, or else that look like it."""
    wanted = folded(name)[:80]
    words: list[str] = []
    if len(wanted) > 1:
        words = sorted((word for word in names if word.startswith(wanted)), key=len)
    if not words and len(wanted) > 3:
        words = sorted((word for word in names if wanted in word), key=len)
    words = words or [word for word in nearest(wanted, names, 6, alike=0.66) if _begins_alike(wanted, word, names)]
    if change := _change_in(name):  # another change, however much alike in letters, is another protein
        words = [word for word in words if folded(change.change) in word]
    return tuple(dict.fromkeys(key for word in words for key in names[word]))[:4]


STEM = 4  # letters of an ending that says a kind, such as that of the kinase inhibitors


def _begins_alike(name: str, word: str, names: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether *name* looks like *word* by more than an ending that *word* has with others of its kind."""
    for size in range(min(len(name), len(word)), STEM - 1, -1):
        ending = word[-size:]
        if not name.endswith(ending):
            continue
        if len({key for each, keys in names.items() if each.endswith(ending) for key in keys}) > 1:
            return bool(nearest(name[:-size], [word[:-size]], 1))
    return True


class Side:
    """The edges by the species at one *end*, as the numbers of their rows; `others` is what stands at the other end."""

    def __init__(self, edges: Sequence[Edge], end: str, other: str) -> None:
        self._edges, self._other = edges, other
        self._rows: defaultdict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(_column(edges, end)):
            self._rows[name].append(row)
        self._edges_of: dict[str, tuple[Edge, ...]] = {}
        self._others_of: dict[str, tuple[str, ...]] = {}

    @cached_property
    def others(self) -> Sequence[str]:
        return _column(self._edges, self._other)

    def rows_of(self, name: str) -> Sequence[int]:
        return self._rows.get(name, ())

    def edges_at(self, rows: Sequence[int]) -> list[Edge]:
        edges = self._edges
        return edges.at(rows) if isinstance(edges, EdgeTable) else [edges[row] for row in rows]

    def edges_of(self, name: str) -> tuple[Edge, ...]:
        if name not in self._edges_of:
            self._edges_of[name] = tuple(self.edges_at(self.rows_of(name)))
        return self._edges_of[name]

    def others_of(self, name: str) -> tuple[str, ...]:
        if name not in self._others_of:
            others = self.others
            self._others_of[name] = tuple(dict.fromkeys([others[row] for row in self.rows_of(name)]))
        return self._others_of[name]


def _column(edges: Sequence[Edge], end: str) -> Sequence[str]:
    return edges.columns[end] if isinstance(edges, EdgeTable) else [getattr(edge, end) for edge in edges]
