"""A cohort of tumours: which alterations each has, and which drugs suit it best.

Tumours with the same alterations are the same scenario: they are grouped first, each group is run once with each drug
(`screen`), and the answer is joined back. A tumour is a name and two small numbers here, so that a million fit.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import sqrt
from typing import Any

from her2cli.columns import Tabular
from her2cli.errors import UnknownName, listed
from her2cli.logic.network.sampling import Sampling
from her2cli.model import Effect, Match, Pathway, Scenario, find, markers, one_amount
from her2cli.model.matching import counted, holds, may_hold, partly_said, said
from her2cli.studies.product import Axis, Level, Scenarios
from her2cli.studies.room import How
from her2cli.studies.screen import NOTHING, Screen, axes, run
from her2cli.variants import SILENT, Copies, Finding, Fusion, Marker, Open, Unread, Variant

BEST = 3  # drugs that are named for a tumour


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was looked at in a tumour: `genes` whose mutations, whose copies, whether fusions, what was judged."""

    genes: frozenset[str] | None = frozenset()  # None: all
    copies: frozenset[str] = frozenset()
    fusions: bool = False
    judged: frozenset[str] = frozenset()  # alterations of which a laboratory's report says whether the tumour has them


class Matcher:
    """Which alterations findings show, and which a tumour could have shown; each distinct finding is looked at once."""

    def __init__(self, pathway: Pathway) -> None:
        self.alterations = tuple(name for name, each in pathway.alterations.items() if each.match)
        self._bit = {name: 1 << place for place, name in enumerate(self.alterations)}
        self.matches = {
            name: tuple(_resolved(pathway, match) for match in pathway.alterations[name].match)
            for name in self.alterations
        }
        self._about: dict[str, list[tuple[int, Match]]] = {}  # what may hold of a gene or a marker, and whose it is
        for name, each in self.matches.items():
            for match in each:
                for word in (*match.gene, match.marker):
                    self._about.setdefault(word, []).append((self._bit[name], match))
        self.genes = frozenset(gene for each in self.matches.values() for match in each for gene in match.gene)
        self.markers = frozenset(match.marker for each in self.matches.values() for match in each if match.marker)
        every = [match for each in self.matches.values() for match in each]
        self.verdicts = {name: {word for m in every if m.marker == name for word in m.status} for name in self.markers}
        self.lost = frozenset(gene for match in every for gene in match.gene if "deleted" in match.copies)
        self.stained = frozenset(
            gene
            for each in self.matches.values()
            if any("absent" in match.status for match in each)
            for match in each
            for gene in match.gene
        )
        self._known: dict[Finding, int] = {}
        self._reports: dict[Marker, tuple[int, int]] = {}
        self._counts = tuple(replace(each, marker=_species(pathway, each.marker)) for each in pathway.reports.values())
        self.read = lru_cache(1 << 16)(self._read)
        self.unmatched: Counter[Finding] = Counter()  # of genes that alterations are of
        self.elsewhere = 0  # findings in genes of which no alteration is
        self.silent = 0
        self.normal = 0  # markers and copies that say that nothing is changed

    def of(self, finding: Finding) -> int:
        """The alterations that *finding* shows, a bit for each; what shows none is counted."""
        found = self.of_known(finding)
        if not found:
            self._count(finding)
        return found

    def of_known(self, finding: Finding) -> int:
        """As `of`, without counting."""
        found = self._known.get(finding)
        if found is None:
            words = (finding.marker,) if isinstance(finding, Marker) else _genes(finding)
            matches = (pair for word in words for pair in self._about.get(word, ()))
            found = self._known[finding] = sum({bit for bit, match in matches if holds(match, finding)})
        return found

    def _count(self, finding: Finding) -> None:
        if isinstance(finding, Open):
            return
        if isinstance(finding, Variant) and finding.kind == SILENT:
            self.silent += 1
        elif isinstance(finding, Marker) and any(self.report(finding)):
            self.normal += 1
        elif isinstance(finding, Marker):
            self.unmatched[finding] += 1
        elif not isinstance(finding, Unread) and not self.genes.intersection(_genes(finding)):
            self.elsewhere += 1
        else:
            self.unmatched[finding] += 1

    def _read(self, finding: Marker) -> tuple[Marker, str]:
        """*finding* with the verdict of its counts in their place, and what is doubtful in that; empty for nothing."""
        verdicts = self.verdicts.get(finding.marker, set())
        if finding.status == "high" and "positive" in verdicts and "high" not in verdicts:
            finding = replace(finding, status="positive")  # of a marker of which high is nothing of its own
        plain = replace(finding, ratio=None, copies=None, dual=False)
        if finding.ratio is None and finding.copies is None:
            return plain, ""
        verdict, names = counted(self._counts, finding)
        if finding.ish in ("", "equivocal") and verdict:
            return replace(plain, ish=verdict), ""
        which = f"ISH counts of {finding.marker} ({' or '.join(names) or 'within no bounds'})"
        if verdict and verdict != finding.ish:
            return plain, f"{which} are {verdict} and the verdict on ISH is {finding.ish}, which counts"
        beside = {"the ratio": finding.ratio, "copies in a cell": finding.copies, "IHC": finding.ihc or None}
        missing = " and ".join(name for name, value in beside.items() if value is None)
        if verdict or finding.ish or finding.status:
            return plain, ""
        return finding, f"{which} leave it open{' without ' * bool(missing)}{missing}"

    def left_open(self, finding: Marker) -> tuple[str, int]:
        """That a report decides nothing of its marker, and the alterations that it so leaves open, as bits."""
        if any(self.report(finding)):
            return "", 0
        names = [name for name, each in self.matches.items() if any(m.marker == finding.marker for m in each)]
        return f"{finding} leaves open {listed(names)}" * bool(names), sum(map(self.named, names))

    def leaves_open(self, finding: Variant | Open) -> tuple[str, int]:
        """What words leave open that say less than a change, as a line as bits; nothing where they show one."""
        if isinstance(finding, Open):
            about = [bit for word in finding.of for bit, _ in self._about.get(word, ())]
        elif self.of_known(finding):
            return "", 0
        else:
            about = [bit for bit, match in self._about.get(finding.gene, ()) if may_hold(match, finding)]
        bits = sum(set(about))
        return f"{finding} leaves open {listed(self.names(bits))}" * bool(bits), bits

    def report(self, finding: Marker) -> tuple[int, int]:
        """The alterations that a laboratory's report says a tumour has, and those that it says it has not, as bits.

        Of others it says nothing: IHC 2+ without in-situ hybridisation leaves open whether the gene is amplified.
        """
        if finding not in self._reports:
            found = denied = 0
            asked = finding
            verdicts = self.verdicts.get(finding.marker, set())
            unsaid = ("low", "ultralow", "normal") if verdicts.isdisjoint({"low", "high"}) else ("normal",)
            if "positive" in verdicts and finding.status in unsaid:  # which may well be positive
                finding = replace(finding, status="equivocal")
            for name, matches in self.matches.items():
                own = [match for match in matches if match.marker == finding.marker]
                answers = [said(match, finding) for match in own]
                alone = (bool(match.status or (match.ish and not match.ihc)) for match in own)
                verdict = any(one and no is False for one, no in zip(alone, answers, strict=True))
                stains = {score for match in own for score in match.ihc}
                verdict |= bool(stains) and finding.ihc not in {"", *stains}
                found |= self._bit[name] * any(answers)
                partly = any(no is None and partly_said(match, finding) for match, no in zip(own, answers, strict=True))
                denied |= self._bit[name] * (verdict or (False in answers and not partly and not any(answers)))
            self._reports[asked] = found, denied
            return found, denied
        return self._reports[finding]

    def named(self, name: str) -> int:
        """The bit of an alteration."""
        if name not in self._bit:  # one that data do not show, but that a table may name
            self._bit[name] = 1 << len(self.alterations)
            self.alterations += (name,)
        return self._bit[name]

    def names(self, bits: int) -> tuple[str, ...]:
        """The alterations of those bits."""
        return tuple(name for place, name in enumerate(self.alterations) if bits >> place & 1)

    def untested(self, looked: Looked) -> int:
        """The alterations none of whose matches could have been seen in a tumour of which so much was looked at."""
        return sum(
            self._bit[name]
            for name, each in self.matches.items()
            if name not in looked.judged and not any(_seen(match, looked) for match in each)
        )


def _seen(match: Match, looked: Looked) -> bool:
    if match.marker:
        return False  # what a laboratory reports may leave it open; what it decides is in `judged`
    if match.copies:
        return not looked.copies.isdisjoint(match.gene)
    if match.fusion:
        return looked.fusions
    return looked.genes is None or not looked.genes.isdisjoint(match.gene)


def _genes(finding: Finding) -> tuple[str, ...]:
    if isinstance(finding, Fusion):
        return finding.gene, finding.other
    return (finding.gene,) if isinstance(finding, Variant | Copies) else ()


def _resolved(pathway: Pathway, match: Match) -> Match:
    """*match* with the marker as its species is called; of one that the pathway does not have, as it is written."""
    return replace(match, marker=_species(pathway, match.marker)) if match.marker else match


def _species(pathway: Pathway, marker: str) -> str:
    try:
        return pathway.find_species(marker)
    except UnknownName:
        return marker


def gene_names(pathway: Pathway, matcher: Matcher) -> dict[str, str]:
    """By folded name the symbols of the genes that *matcher* looks for: the symbol, and what the species is called."""
    names = {gene.casefold(): gene for gene in matcher.genes}
    things: tuple[Any, ...] = (*pathway.species.values(), *pathway.receptors.values())
    for thing in things:
        if (
            len(thing.hgnc) == 1
            and thing.hgnc[0] in matcher.genes
            and getattr(thing, "kind", "") not in ("dimer", "fragment")
        ):
            for name in (thing.id, *thing.aliases):
                names.setdefault(name.casefold(), thing.hgnc[0])
    return names


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """A drug for a group of tumours, with its score; `tied` where it cannot be told apart from the best."""

    drug: str
    score: float
    error: float
    gain: float  # over no drug
    tied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Tumours with the same alterations."""

    alterations: tuple[str, ...]
    tumours: int
    untreated: Mapping[str, float]  # the shares of the readouts
    score: float  # of no drug
    best: tuple[Best, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAlteration:
    """How many tumours have an alteration, how many do not, and in how many it could not have been seen."""

    alteration: str
    found: int
    not_found: int
    not_tested: int
    alone: int  # tumours that have it and no other


@dataclass(frozen=True, slots=True, kw_only=True)
class OfDrug:
    """In how many tumours a drug is the best, or cannot be told apart from it, and its mean gain over no drug."""

    drug: str
    best: int
    gain: float


@dataclass(frozen=True, kw_only=True)
class Cohort(Tabular):
    """The answer of `cohort`: tumours joined to the group that was run for them."""

    name: str
    pathway: str
    tumours: Sequence[str] = field(repr=False)
    patients: Mapping[str, str] = field(repr=False)
    group_of: Sequence[int] = field(repr=False)  # by tumour
    untested_of: Sequence[int] = field(repr=False)  # by tumour, into `untested`
    untested: tuple[tuple[str, ...], ...]
    groups: tuple[Group, ...]  # the largest first
    alterations: tuple[OfAlteration, ...]
    drugs: tuple[OfDrug, ...]
    genes: tuple[
        tuple[str, int], ...
    ]  # of the network: tumours with a variant that changes the protein, whatever it is
    unmatched: tuple[tuple[Finding, int], ...]  # what was found in a gene of the network and is no alteration of it
    elsewhere: int  # findings in other genes
    silent: int  # rows that change no protein
    doubts: Mapping[int, str] = field(default_factory=dict, repr=False)  # by tumour: what is open, what contradicts
    contrary: tuple[tuple[tuple[str, ...], int], ...] = ()  # amounts of one thing that a tumour showed, and how many
    screen: Screen = field(repr=False)

    def __len__(self) -> int:
        return len(self.tumours)

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of `rows`."""
        shares = tuple(f"{name}_untreated" for name in self.screen.readouts)
        best = tuple(f"{what}_{number}" for number in range(1, BEST + 1) for what in ("drug", "score"))
        return ("tumour", "patient", "alterations", "not_tested", "like_it", *shares, *best, "tied_with_best", "doubts")

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """One row a tumour, in the order of the study."""
        ends = [self._end(group) for group in self.groups]
        missing = [" ".join(names) for names in self.untested]
        for place, tumour in enumerate(self.tumours):
            number = self.group_of[place]
            group = self.groups[number]
            first = tumour, self.patients.get(tumour, tumour), " ".join(group.alterations)
            yield (*first, missing[self.untested_of[place]], group.tumours, *ends[number], self.doubts.get(place, ""))

    def _end(self, group: Group) -> tuple[Any, ...]:
        shares = tuple(group.untreated[name] for name in self.screen.readouts)
        best: list[Any] = []
        for number in range(BEST):
            each = group.best[number] if number < len(group.best) else None
            best += [each.drug if each else None, each.score if each else None]
        return (*shares, *best, " ".join(each.drug for each in group.best if each.tied))


@dataclass(kw_only=True)
class Tally:
    """What findings say of each tumour, while they are read."""

    matcher: Matcher
    bits: list[int] = field(default_factory=list)  # a bit an alteration, by tumour
    same: dict[int, int] = field(default_factory=dict)  # equal numbers are one object, so that a million are small
    shown: list[int] = field(default_factory=list)  # by findings; the others are named outright, or given to all
    has: list[int] = field(default_factory=list)  # by a laboratory's report
    denied: list[int] = field(default_factory=list)  # by a laboratory's report
    changed: dict[str, bytearray] = field(default_factory=dict)  # by gene of the network, the tumours with a variant
    doubts: dict[int, dict[str, int]] = field(default_factory=dict)  # by tumour, what is open, of which alterations
    words: set[str] = field(default_factory=set)  # of these, what words leave open, and no report
    _contrary: dict[tuple[int, int], tuple[Sequence[str], int]] = field(default_factory=dict, init=False, repr=False)

    def take(self, place: int, finding: Finding) -> None:
        """Count *finding* of the tumour at *place*."""
        if isinstance(finding, Marker):
            finding, doubt = self.matcher.read(finding)
            told, bits = self.matcher.left_open(finding)
            self.doubt(place, doubt or told, bits)
            found, denied = self.matcher.report(finding)
            self._also(self.has, place, found)
            self._also(self.denied, place, denied)
        elif isinstance(finding, Variant) and finding.kind != SILENT and finding.gene in self.matcher.genes:
            _mark(self.changed.setdefault(finding.gene, bytearray()), place)
        if isinstance(finding, Variant | Open):
            told, bits = self.matcher.leaves_open(finding)
            self.words.add(told)
            self.doubt(place, told, bits)
        self._also(self.shown, place, self.matcher.of(finding))
        self.add(place, self.shown[place])

    def doubt(self, place: int, told: str, bits: int) -> None:
        if told:
            self.doubts.setdefault(place, {})[told] = bits

    def add(self, place: int, bits: int) -> None:
        """Add the alterations of *bits* to the tumour at *place*."""
        self._also(self.bits, place, bits)

    def _also(self, of: list[int], place: int, bits: int) -> None:
        self.grow(place + 1)
        every = of[place] | bits
        of[place] = self.same.setdefault(every, every)

    def contradictions(self, pathway: Pathway, place: int) -> Sequence[str]:
        """What findings of the tumour at *place* say against one another; a loss beside what it takes is undone."""
        key = self.shown[place], self.denied[place]
        if key not in self._contrary:
            names = self.matcher.names(self.shown[place])
            against = self.matcher.names(self.shown[place] & self.denied[place])
            told = [f"one finding shows {name} and another denies it; it counts" for name in against]
            lost = {loss: name for name in names for loss in names if _takes(pathway, loss, name)}
            told += [f"{loss} and {name} exclude each other; the loss is left out" for loss, name in lost.items()]
            self._contrary[key] = told, sum(map(self.matcher.named, lost))
        self.bits[place] &= ~self._contrary[key][1]
        return self._contrary[key][0]

    def open_doubts(self, place: int) -> Sequence[str]:
        """What reports leave open of the tumour at *place*, and nothing else that was found decides."""
        has = self.bits[place] | self.has[place]
        every = self.doubts.get(place, {}).items()
        return [told for told, bits in every if not bits or not (bits & has or bits & self.denied[place] == bits)]

    def left_open(self, place: int) -> int:
        """The alterations, as bits, that words leave open of the tumour at *place* and nothing denies."""
        bits = 0
        for told in self.words.intersection(self.open_doubts(place)) if place in self.doubts else ():
            bits |= self.doubts[place][told]
        return bits & ~self.denied[place]

    def doubtful(self, place: int) -> Sequence[str]:
        """What reports leave open of the tumour at *place*, and what findings of it say against one another."""
        told, _ = self._contrary.get((self.shown[place], self.denied[place]), ((), 0))
        return [*self.open_doubts(place), *told]

    def add_to_all(self, tumours: int, *alterations: int) -> None:
        """Add *alterations*, a bit each, to so many tumours, from the first on."""
        for place in range(tumours if alterations else 0):
            self.add(place, sum(alterations))

    def grow(self, tumours: int) -> None:
        """Have room for that many."""
        if len(self.bits) < tumours:
            for each in (self.bits, self.shown, self.has, self.denied):
                each.extend([0] * (tumours - len(each)))


def _takes(pathway: Pathway, loss: str, name: str) -> bool:
    """Whether *loss* takes what *name* is a change or an amount of: a deleted gene is neither stained nor mutated."""
    lost, has = pathway.alterations[loss], pathway.alterations[name]
    gone = {edge.target for edge in lost.edges if edge.effect is Effect.inhibits}
    return lost.kind == "loss" and any(edge.effect is Effect.activates and edge.target in gone for edge in has.edges)


def _one_amount(pathway: Pathway, tally: Tally) -> Counter[tuple[str, ...]]:
    """Leave each tumour one amount of each thing, the first; how many tumours were shown several, and which."""
    found: Counter[tuple[str, ...]] = Counter()
    kept: dict[int, tuple[int, tuple[str, ...]]] = {}
    for place, bits in enumerate(tally.bits):
        if bits not in kept:
            names = tally.matcher.names(bits)
            first = one_amount(pathway, names)
            gone = [name for name in names if name not in first]
            told = markers(pathway, gone)
            several = tuple(name for name in names if not told.isdisjoint(markers(pathway, [name])))
            kept[bits] = (bits - sum(map(tally.matcher.named, gone)), several)
        tally.bits[place], several = kept[bits]
        if several:
            found[several] += 1
            tally.doubt(place, f"{' and '.join(several)} are amounts of one thing; the first counts", 0)
    return found


def _mark(places: bytearray, place: int) -> None:
    places.extend(bytes(max(place + 1 - len(places), 0)))
    places[place] = 1


def cohort(
    pathway: Pathway,
    base: Scenario,
    tally: Tally,
    tumours: Sequence[str],
    looked: Iterable[Looked],
    *,
    name: str = "",
    patients: Mapping[str, str] | None = None,
    drugs: Sequence[str] = (),
    readouts: Sequence[str] = (),
    sampling: Sampling = Sampling(replicates=300),
    how: How | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Cohort | None:
    """The best *drugs* (ids; all, if none) for each of *tumours*, of which *tally* has the alterations.

    *looked* says of each tumour what was looked at; *base* has what all have in common (context, ligands, a drug that
    all get). The score is that of `screen`. None where *how* asks for a share of the parts only. Raises as `screen`.
    """
    matcher = tally.matcher
    tally.grow(len(tumours))
    contrary = _one_amount(pathway, tally)
    counts = Counter(tally.bits)
    order = sorted(counts, key=lambda bits: (-counts[bits], matcher.names(bits)))
    levels = tuple(_level(pathway, matcher.names(bits)) for bits in order)
    along = "drugs=" + ",".join(drugs) if drugs else "drugs"
    scenarios = Scenarios(base=base, axes=(Axis(kind="cell-lines", levels=levels), *axes(pathway, base, [along])))
    found = run(pathway, scenarios, study="cohort", readouts=readouts, sampling=sampling, how=how, told=told)
    if found is None:
        return None
    place_of = {bits: place for place, bits in enumerate(order)}
    kinds: dict[int, int] = {}
    untested_of = array("L", (kinds.setdefault(bits, len(kinds)) for bits in _untested(pathway, tally, looked)))
    times = Counter(untested_of)
    not_tested = Counter({bits: times[number] for bits, number in kinds.items()})
    groups = tuple(_group(found, place, matcher.names(bits), counts[bits]) for place, bits in enumerate(order))
    return Cohort(
        name=name,
        pathway=pathway.name,
        tumours=tumours,
        patients=patients or {},
        group_of=array("L", (place_of[bits] for bits in tally.bits)),
        untested_of=untested_of,
        untested=tuple(map(matcher.names, kinds)),
        groups=groups,
        alterations=_of_alterations(matcher, counts, not_tested),
        drugs=_of_drugs(groups),
        genes=_of_genes(tally),
        unmatched=tuple(matcher.unmatched.most_common()),
        elsewhere=matcher.elsewhere,
        silent=matcher.silent,
        doubts=_doubts(tally),
        contrary=tuple(sorted(contrary.items())),
        screen=found,
    )


def _doubts(tally: Tally) -> dict[int, str]:
    """Of each tumour of which something is doubtful, what."""
    every = ((place, tally.doubtful(place)) for place in range(len(tally.bits)))
    return {place: "; ".join(told) for place, told in every if told}


def _level(pathway: Pathway, names: tuple[str, ...]) -> Level:
    """The place of a screen that tumours with these alterations have."""
    return Level(name=" + ".join(names) or NOTHING, alterations=_acting(pathway, names), line=True)


def _of_genes(tally: Tally) -> tuple[tuple[str, int], ...]:
    """In how many tumours each gene of the network has a variant, the most first."""
    counts = ((gene, sum(places)) for gene, places in tally.changed.items())
    return tuple(sorted(counts, key=lambda row: (-row[1], row[0])))


def _untested(pathway: Pathway, tally: Tally, looked: Iterable[Looked]) -> Iterator[int]:
    """Of each tumour the alterations, as bits, that it is not known to have and that nobody could have seen.

    Of an amount that it has no other is left to be seen.
    """
    masks: dict[Looked, int] = {}
    amounts: dict[int, int] = {}
    matcher = tally.matcher
    for place, (bits, each) in enumerate(zip(tally.bits, looked, strict=False)):
        if each not in masks:
            masks[each] = matcher.untested(each)
        if bits not in amounts:
            has = markers(pathway, matcher.names(bits))
            others = (name for name in matcher.matches if not has.isdisjoint(markers(pathway, [name])))
            amounts[bits] = sum(map(matcher.named, others))
        missed = masks[each] | tally.left_open(place)
        yield missed & ~bits & ~amounts[bits]


def _acting(pathway: Pathway, names: Sequence[str]) -> tuple[str, ...]:
    from her2cli.logic.network.scenario import acting

    able = set(acting(pathway, names))
    return tuple(name for name in names if name in able)


def _group(found: Screen, place: int, alterations: tuple[str, ...], tumours: int) -> Group:
    drugs = found.scenarios.axes[1].levels
    first = place * len(drugs)  # the level that adds nothing
    scores = [found.score(first + number) for number in range(len(drugs))]
    ranked = sorted(range(1, len(drugs)), key=lambda number: (-round(scores[number], 9), number))
    top, none, top_error = scores[ranked[0]], scores[0], found.error(first + ranked[0])
    best: list[Best] = []
    for number in ranked:
        score, error = scores[number], found.error(first + number)
        tied = top - score <= 2 * sqrt(top_error**2 + error**2) + 1e-9
        if len(best) >= BEST and not tied:
            break
        best.append(Best(drug=drugs[number].name, score=score, error=error, gain=score - none, tied=tied))
    return Group(
        alterations=alterations,
        tumours=tumours,
        untreated={name: found.share(first, name, "before") for name in found.readouts},
        score=none,
        best=tuple(best),
    )


def _of_alterations(
    matcher: Matcher, counts: Mapping[int, int], untested: Mapping[int, int]
) -> tuple[OfAlteration, ...]:
    total = sum(counts.values())
    rows = []
    for place, name in enumerate(matcher.alterations):
        found = sum(count for bits, count in counts.items() if bits >> place & 1)
        missing = sum(count for bits, count in untested.items() if bits >> place & 1)
        rows.append(
            OfAlteration(
                alteration=name,
                found=found,
                not_found=total - found - missing,
                not_tested=missing,
                alone=counts.get(1 << place, 0),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.found, row.not_tested, row.alteration)))


def _of_drugs(groups: Sequence[Group]) -> tuple[OfDrug, ...]:
    best: Counter[str] = Counter()
    gains: dict[str, list[tuple[float, int]]] = {}
    for group in groups:
        for each in group.best:
            if each.tied:
                best[each.drug] += group.tumours
                gains.setdefault(each.drug, []).append((each.gain, group.tumours))
    rows = [
        OfDrug(drug=drug, best=count, gain=sum(gain * times for gain, times in gains[drug]) / count)
        for drug, count in best.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.best, -row.gain, row.drug)))


def find_alteration(pathway: Pathway, word: str) -> str:
    """The alteration that is called *word*; empty where none is."""
    from her2cli.errors import UnknownName

    try:
        return find(pathway.alterations, word, "alteration")
    except UnknownName:
        return ""
