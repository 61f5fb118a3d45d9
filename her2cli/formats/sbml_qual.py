"""SBML-qual, the standard for logical models: GINsim, Cell Collective and CaSQ write it.

Specification: https://sbml.org/documents/specifications/level-3/version-1/qual. Read and written by libsbml (extra
`sbml`), which sees a text only after `guard.checked_xml`. A species that no transition sets is an input that begins at
its level, also where the file calls it constant, as GINsim, bioLQM and Cell Collective do; with `maxLevel` 0 it is 0.
One of more than two levels is read as several (`levels`). References and accessions are MIRIAM annotations.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from typing import Any
from xml.sax.saxutils import escape

from her2cli.errors import DataError, LimitError, MissingExtra, Problem, shown
from her2cli.expression import (
    ONE,
    ZERO,
    And,
    Const,
    Expression,
    Var,
    all_of,
    any_of,
    fold,
    negation,
    postorder,
    substitute,
    variables,
)
from her2cli.formats import levels
from her2cli.formats.guard import Attributes, Problems, checked_xml, problem
from her2cli.formats.losses import Written, losses
from her2cli.formats.names import escaped, unescaped
from her2cli.formats.operators import Rules
from her2cli.formats.places import Drawing
from her2cli.formats.rules import edges_of, lost_edges, pathway_of_rules
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.meaning import effects, tabulable, truth_table
from her2cli.model import Edge, Effect, Pathway, Place, Reference, Rule, Species

CORE = "http://www.sbml.org/sbml/level3/version1/core"
CORE_2 = "http://www.sbml.org/sbml/level3/version2/core"
QUAL = "http://www.sbml.org/sbml/level3/version1/qual/version1"
_CARRIED = frozenset(
    {"title", "names", "locations", "identifiers", "initial values of 1", "edges", "rules", "references", "notes"}
)
_ANYWHERE = ("id", "name", "metaid", "sboTerm")
_ATTRIBUTES = {
    f"{QUAL}\n{element}": Attributes(frozenset(required.split()), frozenset((*optional.split(), *_ANYWHERE)))
    for element, required, optional in (
        ("qualitativeSpecies", "id compartment constant", "initialLevel maxLevel"),
        ("transition", "", ""),
        ("input", "qualitativeSpecies transitionEffect", "sign thresholdLevel"),
        ("output", "qualitativeSpecies transitionEffect", "outputLevel"),
        ("defaultTerm", "resultLevel", ""),
        ("functionTerm", "resultLevel", ""),
    )
}
_TOLD = 3  # names in a remark
_PLACES = frozenset({"extracellular", "membrane", "cytosol", "nucleus", "phenotype"})  # of our own files
_NOWHERE = "unspecified"  # a compartment is obligatory in SBML, a location is not in a pathway
_MAX_DEPTH = 350  # nested operators of a rule; deeper ones our own guard would refuse to read back
# Real files break these rules of libsbml without harm to their meaning: attributes missing or unknown, ids of inputs
# that stand twice, an empty list of transitions, a transition without terms.
_HARMLESS = {10103, 3010301, 3020101, 3020303, 3020403, 3020405, 3020501, 3020503, 3020603}


def _libsbml() -> Any:
    try:
        import libsbml  # 40 MB, and an extra; only this format needs it
    except ImportError:
        raise MissingExtra("SBML needs python-libsbml: pip install 'her2cli[sbml]'") from None
    return libsbml


# --- reading -------------------------------------------------------------------------------------------------------


def read(content: str, *, name: str, source: str) -> Pathway:
    """The pathway that an SBML-qual text writes. Raises `DataError` or `MissingExtra`."""
    content, namespace, root = checked_xml(content, source, attributes=_ATTRIBUTES)
    if root != "sbml":
        raise DataError([problem(source, f"is not SBML: its root is <{shown(root, 40)}>.")])
    if namespace not in (CORE, CORE_2):
        if "level2" in namespace or "level1" in namespace:
            message = "is SBML Level 2 or older, a kinetic model; logical models are Level 3 with the qual package."
        else:
            message = f"has not the namespace of SBML Level 3: {shown(namespace)!r}."
        raise DataError([problem(source, message)])
    document = _libsbml().readSBMLFromString(content)
    model = document.getModel()
    qual = model.getPlugin("qual") if model is not None else None
    if qual is None or not qual.getNumQualitativeSpecies():
        raise DataError([problem(source, "has no qualitative species: SBML without a logical (qual) model.")])
    reading = _Reading(source)
    reading.species_of(qual.getListOfQualitativeSpecies(), _compartments(model))
    reading.transitions_of(qual.getListOfTransitions())
    reading.inputs_and_constants()
    if not reading.problems:  # only what our own words did not already say
        reading.problems.extend(_library_problems(document, source))
    if reading.problems:
        raise DataError(reading.problems)
    title = model.getName() if model.isSetName() else ""
    pathway = pathway_of_rules(
        name,
        reading.rules,
        species=reading.species,
        edges={target: tuple(reading.edges_into(target)) for target in reading.species},
        places=reading.places,
        references=reading.references,
        title=title,
        note=_notes(model),
        source=source,
        remarks=reading.remarks(),
    )
    rules = {
        key: replace(rule, note=reading.notes.get(key, ""), evidence=reading.rule_evidence.get(key, ()))
        for key, rule in pathway.rules.items()
    }
    return replace(pathway, rules=rules)


class _Reading:
    """What was understood of a model so far, and what is wrong with it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems = Problems()
        self.rewriting = Rules()
        self.levels: dict[str, int] = {}  # the highest of each species, before it becomes Boolean ones
        self.species: dict[str, Species] = {}
        self.rules: dict[str, Expression] = {}
        self.places: dict[str, Place] = {}
        self.references: dict[str, Reference] = {}
        self.constants: dict[str, int | None] = {}  # those that the file calls constant, with their level
        self.reached: dict[str, list[Expression]] = {}  # target -> where its transition leads to level 1, 2 ...
        self.defaults: dict[str, int] = {}  # target -> the level of its default term
        self.joined: list[str] = []  # outputs of several transitions
        self.open: list[str] = []  # outputs of a transition without any term
        self.contradictory: list[str] = []
        self.inputs: dict[str, dict[str, Effect | None]] = {}  # target -> source -> effect
        self.evidence: dict[tuple[str, str], tuple[str, ...]] = {}  # of an input (target, source)
        self.rule_evidence: dict[str, tuple[str, ...]] = {}
        self.notes: dict[str, str] = {}  # of rules
        self.compared: dict[tuple[Any, ...], Expression] = {}  # what comparisons mean that have no fault
        self.math = _libsbml()
        self.logical = {getattr(self.math, f"AST_LOGICAL_{name}") for name in ("AND", "OR", "NOT", "XOR")}
        self.comparisons = {
            getattr(self.math, f"AST_RELATIONAL_{name}"): getattr(operator, python)
            for name, python in zip(
                ("EQ", "NEQ", "GEQ", "GT", "LEQ", "LT"), ("eq", "ne", "ge", "gt", "le", "lt"), strict=True
            )
        }

    def wrong(self, message: str, element: Any) -> None:
        self.problems.append(problem(self.file, message, element.getLine()))

    def remarks(self) -> Iterator[str]:
        """What was taken in a way that one should know."""
        yield from levels.remark(self.levels)
        given = {key: level for key, level in self.constants.items() if level is not None and self.levels[key]}
        fixed = [key for key in self.constants if not self.levels[key]]
        told = {
            "constant in the file, taken as inputs that begin at the level given": [
                f"{k}={v}" for k, v in given.items()
            ],
            "fixed at 0 (maxLevel 0)": fixed,
            "outputs of several transitions, any of which switches them on": self.joined,
            "outputs of a transition that has no term, taken as inputs": self.open,
            "terms with different results hold in the same state, and the first is taken": self.contradictory,
        }
        for what, names in told.items():
            if names:
                more = f" and {len(names) - _TOLD:,} more" if len(names) > _TOLD else ""
                yield f"{what}: {', '.join(map(shown, names[:_TOLD]))}{more}."

    def species_of(self, elements: Iterable[Any], compartments: Mapping[str, str]) -> None:
        for element in elements:
            key = unescaped(element.getId())
            if not key:
                self.wrong("a qualitative species has no id.", element)
            elif key in self.levels:
                self.wrong(f"the id {shown(key)!r} stands twice.", element)
            highest = element.getMaxLevel() if element.isSetMaxLevel() else 1
            if not 0 <= highest <= levels.HIGHEST:
                self.wrong(f"{shown(key)} has levels up to {highest}; {levels.HIGHEST} are read at most.", element)
                highest = 1
            initial = element.getInitialLevel() if element.isSetInitialLevel() else 0
            if not 0 <= initial <= max(highest, 0):
                self.wrong(f"{shown(key)} begins at level {initial}; its levels are 0 to {highest}.", element)
                initial = 0
            self.levels[key] = highest
            if element.getConstant():
                self.constants[key] = initial if element.isSetInitialLevel() else None
            evidence, uniprot, hgnc = self.annotations(element)
            known = Species(
                id=key,
                name=element.getName() if element.isSetName() and element.getName() != key else "",
                location=compartments.get(element.getCompartment(), ""),
                uniprot=uniprot,
                hgnc=hgnc,
                evidence=evidence,
                note=_notes(element),
                place=Place(self.file, element.getLine(), max(element.getColumn(), 1)),
            )
            for each in levels.species(known, highest, initial):
                if each.id in self.species and key in self.levels:
                    self.wrong(f"the id {shown(each.id)!r} is needed for a level of {shown(key)}.", element)
                self.species[each.id] = each

    def transitions_of(self, elements: Iterable[Any]) -> None:
        for element in elements:
            thresholds = {
                one.getId(): one.getThresholdLevel() if one.isSetThresholdLevel() else 1
                for one in element.getListOfInputs()
                if one.isSetId()
            }
            inputs: dict[str, Effect | None] = {}
            evidence: dict[str, tuple[str, ...]] = {}
            for one in element.getListOfInputs():
                if self.known(one.getQualitativeSpecies(), one):
                    regulator = unescaped(one.getQualitativeSpecies())
                    for name in levels.bits(regulator, self.levels[regulator]):
                        inputs[name] = {0: Effect.activates, 1: Effect.inhibits}.get(one.getSign())
                        evidence[name] = self.annotations(one)[0]
                if one.getTransitionEffect() == 1:
                    self.wrong("an input is consumed; only inputs with transitionEffect 'none' are read.", one)
            if not element.getNumOutputs():
                self.wrong("a transition has no output.", element)
            for one in element.getListOfOutputs():
                target = unescaped(one.getQualitativeSpecies())
                if not self.known(one.getQualitativeSpecies(), one):
                    continue
                if one.getTransitionEffect() == 0:
                    self.wrong("an output is produced; only transitionEffect 'assignmentLevel' is read.", one)
                if target in self.constants:
                    self.wrong(f"{shown(target)} is constant, yet a transition sets it.", one)
                found = self.terms(element, thresholds, target)
                if found is None:
                    if target not in self.open:
                        self.open.append(target)
                    continue
                self.reach(target, *found, one)
                for name in levels.bits(target, self.levels[target]):
                    self.inputs.setdefault(name, {}).update(inputs)
                    self.evidence |= {(name, regulator): keys for regulator, keys in evidence.items()}
                    self.notes[name] = _notes(element)
                    self.rule_evidence[name] = self.annotations(element)[0]
                    self.places[name] = Place(self.file, element.getLine(), max(element.getColumn(), 1))

    def reach(self, target: str, default: int, reached: list[Expression], element: Any) -> None:
        """Note where a transition takes *target*; of several with default 0, as CellNOptR writes them, any does."""
        before = self.reached.get(target)
        if before is None:
            self.reached[target], self.defaults[target] = reached, default
        elif default or self.defaults[target]:
            self.wrong(f"{shown(target)} is the output of two transitions.", element)
        else:
            self.reached[target] = [any_of(pair) for pair in zip(before, reached, strict=True)]
            if target not in self.joined:
                self.joined.append(target)

    def inputs_and_constants(self) -> None:
        """The rules of all species, once every transition is known."""
        self.open = [key for key in self.open if key not in self.reached]
        for key, highest in self.levels.items():
            if key in self.reached:
                self.rules.update(levels.rules(key, highest, self.reached[key]))
            elif not highest:
                self.rules[key] = ZERO
            elif highest > 1:
                self.rules.update(levels.kept(key, highest))

    def edges_into(self, target: str) -> Iterator[Edge]:
        """What the rule amounts to, and inputs that have a sign although the rule makes no use of them."""
        rule = self.rules.get(target)
        if rule is None or rule == Var(target):
            return
        met = set()
        for edge in edges_of(target, rule, self.places.get(target)):
            met.add(edge.source)
            yield replace(edge, evidence=self.evidence.get((target, edge.source), ()))
        for source, effect in self.inputs.get(target, {}).items():
            if source not in met and effect is not None and source in self.levels:
                evidence = self.evidence.get((target, source), ())
                yield Edge(
                    source=source, target=target, effect=effect, evidence=evidence, place=self.places.get(target)
                )

    def terms(self, transition: Any, thresholds: Mapping[str, int], target: str) -> tuple[int, list[Expression]] | None:
        """The default level of a transition, and where *target* goes to level 1, 2 ... or more. None of no term at all.

        The first function term whose condition holds gives the level, else the default.
        """
        highest = max(self.levels[target], 1)
        default = transition.getDefaultTerm()
        terms = list(transition.getListOfFunctionTerms())
        if default is None and not terms:
            return None
        lowest = self.level(default, target) if default is not None else 0
        if default is None:
            self.wrong("a transition has no default term.", transition)
        read: list[tuple[int, Expression]] = []
        for term in terms:
            result, math = self.level(term, target), term.getMath()
            if math is None:
                self.wrong("a function term has no math.", term)
            elif math.getNumChildren() or transition.getNumInputs() or _has_name(math):
                read.append((result, self.expression(math, thresholds, term)))
        if terms and not read and not transition.getNumInputs() and not lowest:  # CellNOptR writes its inputs so
            return None
        if not self.problems and _contradict(read) and target not in self.contradictory:
            self.contradictory.append(target)
        reached = []
        for level in range(1, highest + 1):
            rule: Expression = ONE if lowest >= level else ZERO
            for result, condition in reversed(read):
                rule = any_of([condition, rule]) if result >= level else all_of([negation(condition), rule])
            reached.append(rule)
        return lowest, reached

    def level(self, term: Any, target: str) -> int:
        level: int | None = term.getResultLevel() if term.isSetResultLevel() else None
        highest = max(self.levels[target], 1)
        if level is None:
            self.wrong("a term has no result level.", term)
        elif not 0 <= level <= highest:
            self.wrong(f"a term gives level {level}, not {'0 or 1' if highest == 1 else f'0 to {highest}'}.", term)
        return level or 0

    def known(self, identifier: str, element: Any) -> bool:
        found = unescaped(identifier) in self.levels
        if not found:
            what = f"{shown(identifier)!r} is not a species of the model." if identifier else "no species is named."
            self.wrong(what, element)
        return found

    def expression(self, math: Any, thresholds: Mapping[str, int], element: Any) -> Expression:
        """The Boolean meaning of MathML, children before parents: published rules are deep."""
        order, stack = [], [math]
        while stack:
            node = stack.pop()
            count = node.getNumChildren() if node.getType() in self.logical else 0
            order.append((node, count))
            stack.extend(node.getChild(index) for index in range(count))
        built: list[Expression] = []
        for node, count in reversed(order):
            parts = built[len(built) - count :]
            del built[len(built) - count :]
            built.append(self.operator(node, parts, thresholds, element))
        return built[0]

    def operator(self, math: Any, parts: list[Expression], thresholds: Mapping[str, int], element: Any) -> Expression:
        """The meaning of one node of MathML, whose logical operands are *parts*."""
        libsbml, kind = self.math, math.getType()
        if kind == libsbml.AST_LOGICAL_AND and parts:
            return all_of(parts)
        if kind == libsbml.AST_LOGICAL_OR and parts:
            return any_of(parts)
        if kind == libsbml.AST_LOGICAL_NOT and len(parts) == 1:
            return negation(parts[0])
        if kind == libsbml.AST_LOGICAL_XOR and parts:  # MathML's is true where an odd number of operands is
            return self.odd(parts, element)
        if kind in self.comparisons and math.getNumChildren() == 2:
            return self.comparison(kind, [math.getLeftChild(), math.getRightChild()], thresholds, element)
        if kind in (libsbml.AST_CONSTANT_TRUE, libsbml.AST_CONSTANT_FALSE):
            return ONE if kind == libsbml.AST_CONSTANT_TRUE else ZERO
        if kind == libsbml.AST_NAME:
            if not self.known(math.getName(), element):
                return ZERO
            key = unescaped(math.getName())
            return levels.at_least(key, self.levels[key], 1)
        if kind == libsbml.AST_INTEGER and math.getInteger() in (0, 1):
            return ONE if math.getInteger() else ZERO
        written = libsbml.formulaToL3String(math) or "()"
        written = "an empty <apply>" if written == "()" else written
        self.wrong(f"the math {shown(written, 40)!r} has no Boolean meaning.", element)
        return ZERO

    def odd(self, parts: Sequence[Expression], element: Any) -> Expression:
        """Where an odd number of *parts* holds: written out, which doubles a rule at every one."""
        try:
            return self.rewriting.joined("^", [(each, len(postorder(each))) for each in parts])[0]
        except LimitError as error:
            self.wrong(f"{error}.", element)
            return ZERO

    def comparison(self, kind: int, parts: list[Any], thresholds: Mapping[str, int], element: Any) -> Expression:
        """`A >= 1` and the like as an expression."""
        libsbml = self.math
        sides: list[str | int] = []
        for part in parts:
            what = part.getType()
            if what == libsbml.AST_INTEGER:
                sides.append(part.getInteger())
            elif what == libsbml.AST_REAL and part.getReal() == int(part.getReal()):
                sides.append(int(part.getReal()))
            elif what != libsbml.AST_NAME:
                self.wrong("a comparison of more than a species with a level is not read.", element)
                return ZERO
            elif (name := part.getName()) in thresholds:
                sides.append(thresholds[name])
            elif self.known(name, element):
                sides.append(unescaped(name))
            else:
                return ZERO
        asked = kind, *sides
        if asked not in self.compared:
            wrong = len(self.problems)
            found = self.meaning(self.comparisons[kind], sides, element)
            if len(self.problems) > wrong:
                return found
            self.compared[asked] = found
        return self.compared[asked]

    def meaning(self, holds: Callable[[int, int], bool], sides: Sequence[str | int], element: Any) -> Expression:
        """Of a comparison, from its value under every level of the species in it."""
        names = tuple(dict.fromkeys(side for side in sides if isinstance(side, str)))
        tops = {name: max(self.levels[name], 1) for name in names}  # one that is fixed at 0 stays a name in the rule
        highest = max(tops.values(), default=1)
        beyond = [side for side in sides if isinstance(side, int) and not 0 <= side <= highest]
        if beyond:
            has = "0 and 1" if highest <= 1 else f"0 to {highest}"
            what = "a Boolean species" if highest <= 1 else shown(names[0])
            self.wrong(f"a comparison with level {beyond[0]}: {what} has the levels {has}.", element)
        if len(names) == 1:
            name = names[0]
            values = [
                holds(*(side if isinstance(side, int) else level for side in sides)) for level in range(highest + 1)
            ]
            return _levels_where(name, highest, values)
        cases = []
        for state in product(*(range(tops[name] + 1) for name in names)):
            at = dict(zip(names, state, strict=True))
            if holds(*(side if isinstance(side, int) else at[side] for side in sides)):
                cases.append(all_of(levels.exactly(name, tops[name], at[name]) for name in names))
        return any_of(cases)

    def annotations(self, element: Any) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Evidence keys, UniProt accessions and HGNC symbols of an element's MIRIAM annotation."""
        evidence, uniprot, hgnc = [], [], []
        for index in range(element.getNumCVTerms()):
            term = element.getCVTerm(index)
            for number in range(term.getNumResources()):
                collection, _, identifier = _miriam(term.getResourceURI(number))
                if collection in ("pubmed", "doi"):
                    key = f"{collection}:{identifier}"
                    pmid, doi = (identifier, "") if collection == "pubmed" else ("", identifier)
                    reference = Reference(id=key, citation=f"{collection} {identifier}", pmid=pmid, doi=doi)
                    self.references.setdefault(key, reference)
                    evidence.append(key)
                elif collection == "uniprot":
                    uniprot.append(identifier)
                elif collection == "hgnc.symbol":
                    hgnc.append(identifier)
        return tuple(dict.fromkeys(evidence)), tuple(uniprot), tuple(hgnc)


def _levels_where(name: str, highest: int, values: Sequence[bool]) -> Expression:
    """Where the level of *name* is one of those whose entry in *values* is true: from each rise to the next fall."""
    parts, start = [], 0
    while start <= highest:
        if not values[start]:
            start += 1
            continue
        end = start
        while end < highest and values[end + 1]:
            end += 1
        over = levels.at_least(name, highest, end + 1)
        parts.append(all_of([levels.at_least(name, highest, start), negation(over)]))
        start = end + 1
    return any_of(parts)


def _contradict(terms: Sequence[tuple[int, Expression]]) -> bool:
    """Whether two terms with different results surely hold in one state."""
    results = sorted({result for result, _ in terms})
    for low, high in combinations(results, 2):
        both = all_of([any_of(c for r, c in terms if r == low), any_of(c for r, c in terms if r == high)])
        names = variables(both)
        if both != ZERO and tabulable(both, names) and truth_table(both, names):
            return True
    return False


def _has_name(math: Any) -> bool:
    """Whether *math* is something: a name, a number or a constant, not an empty element."""
    import libsbml

    return bool(math.getType() != libsbml.AST_UNKNOWN)


def _miriam(uri: str) -> tuple[str, str, str]:
    """`(collection, separator, identifier)` of `urn:miriam:pubmed:1` and `https://identifiers.org/pubmed/1`."""
    from urllib.parse import unquote

    if uri.startswith("urn:miriam:"):
        return unquote(uri.removeprefix("urn:miriam:")).partition(":")
    return unquote(uri.partition("identifiers.org/")[2]).partition("/")


def _compartments(model: Any) -> dict[str, str]:
    """What each compartment is called; the only one of a file says nothing, unless it is a place that we know."""
    listed = model.getListOfCompartments()
    found = {one.getId(): one.getName() if one.isSetName() else one.getId() for one in listed}
    told = found if len(found) > 1 else {key: name for key, name in found.items() if name in _PLACES}
    return {key: name for key, name in told.items() if name != _NOWHERE}


def _notes(element: Any) -> str:
    """The words of an element's notes, without their markup."""
    import re

    if not element.isSetNotes():
        return ""
    from html import unescape

    words = unescape(re.sub(r"<[^>]*>", " ", element.getNotesString()))
    return shown(" ".join(words.split()), 1000)


def _library_problems(document: Any, file: str) -> Iterator[Problem]:
    """What libsbml holds against a file that we understood: its errors, but not those that harm nothing."""
    import libsbml

    document.setConsistencyChecks(libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, False)
    document.setConsistencyChecks(libsbml.LIBSBML_CAT_MODELING_PRACTICE, False)
    document.checkConsistency()
    for index in range(document.getNumErrors()):
        error = document.getError(index)
        serious = error.getSeverity() >= libsbml.LIBSBML_SEV_ERROR
        ours = error.getErrorId() < 1_000_000 or error.getErrorId() // 100_000 == 30  # core or qual, not the layout
        if serious and ours and error.getErrorId() not in _HARMLESS:
            message = " ".join(error.getShortMessage().split())
            yield problem(file, f"{shown(message, 150)} (libsbml {error.getErrorId()}).", error.getLine())


# --- writing -------------------------------------------------------------------------------------------------------


def _numbered(reference: Reference) -> tuple[str, str]:
    """The citation that a reader makes up from a number."""
    return f"pubmed {reference.pmid}", f"doi {reference.doi}"


def write(pathway: Pathway, network: BooleanNetwork, drawing: Drawing | None = None) -> Written:
    """*network* in SBML-qual, valid by libsbml without a warning. Raises `MissingExtra` or `LimitError`.

    A *drawing* goes along in the layout package, which readers may pass over.
    """
    libsbml = _libsbml()
    writing = _Writing(pathway, network)
    document = writing.document()
    if drawing is not None and drawing.spots:
        writing.places(document, drawing)
    text = libsbml.writeSBMLToString(document)
    lost = [*lost_edges(pathway, network)]
    if writing.unidentified:
        lost.append(f"{writing.unidentified} references without a PubMed number or DOI")
    if writing.citations:
        lost.append(f"{len(writing.citations)} citations of references")
    return Written(text=text, losses=losses(pathway, _CARRIED, *lost))


class _Writing:
    """An SBML document as it grows. Ids of SBML's single namespace are taken once, species first."""

    def __init__(self, pathway: Pathway, network: BooleanNetwork) -> None:
        self.pathway = pathway
        self.network = network
        self.ids = {key: escaped(key) for key in network.species}
        self.taken = set(self.ids.values())
        self.metaids = 0
        self.unidentified = 0
        self.citations: set[str] = set()  # of references whose number alone is written

    def document(self) -> Any:
        import libsbml

        document = libsbml.SBMLDocument(libsbml.SBMLNamespaces(3, 1, "qual", 1))
        document.setPackageRequired("qual", True)
        model = document.createModel()
        model.setId(self.free(escaped(self.pathway.name) or "model"))
        if self.pathway.title:
            model.setName(self.pathway.title)
        _set_notes(model, self.pathway.note)
        compartments = {}
        locations = {key: self.location(key) for key in self.network.species}
        for location in dict.fromkeys(locations.values()):
            compartment = model.createCompartment()
            compartments[location] = self.free(escaped(location))
            compartment.setId(compartments[location])
            compartment.setName(location)
            compartment.setConstant(True)
            compartment.setSpatialDimensions(3)
            compartment.setSize(1)
            compartment.setUnits("dimensionless")  # libsbml warns of a compartment without size and unit
        qual = model.getPlugin("qual")
        for key in self.network.species:
            self.species(qual.createQualitativeSpecies(), key, compartments[locations[key]])
        for key in self.network.species:  # an input, too: itself, or other readers fix it where it begins
            self.transition(qual.createTransition(), key)
        return document

    def places(self, document: Any, drawing: Drawing) -> None:
        """A glyph and its label for each species that stands somewhere, all of it right of and below the origin."""
        import libsbml

        document.enablePackage(libsbml.LayoutExtension.getXmlnsL3V1V1(), "layout", True)
        document.setPackageRequired("layout", False)
        layout = document.getModel().getPlugin("layout").createLayout()
        layout.setId(self.free("places"))
        space = libsbml.LayoutPkgNamespaces(3, 1, 1)
        spots = {key: spot for key, spot in drawing.spots.items() if key in self.ids}
        left = min(spot.x - spot.width / 2 for spot in spots.values())
        top = min(spot.y - spot.height / 2 for spot in spots.values())
        wide = max(spot.x + spot.width / 2 for spot in spots.values()) - left
        high = max(spot.y + spot.height / 2 for spot in spots.values()) - top
        layout.setDimensions(libsbml.Dimensions(space, float(wide), float(high)))
        for key, spot in spots.items():
            glyph, label = layout.createGeneralGlyph(), layout.createTextGlyph()
            glyph.setId(self.free(f"glyph_{self.ids[key]}"))
            glyph.setReferenceId(self.ids[key])
            label.setId(self.free(f"label_{self.ids[key]}"))
            label.setOriginOfTextId(self.ids[key])
            label.setGraphicalObjectId(glyph.getId())
            x, y = round(spot.x - spot.width / 2 - left, 2), round(spot.y - spot.height / 2 - top, 2)
            for each in (glyph, label):
                box = libsbml.BoundingBox(space, self.free(f"box_{each.getId()}"), x, y, spot.width, spot.height)
                each.setBoundingBox(box)

    def location(self, key: str) -> str:
        species = self.pathway.species.get(key)
        return species.location if species is not None and species.location else _NOWHERE

    def free(self, wanted: str) -> str:
        found, number = wanted, 2
        while found in self.taken:
            found, number = f"{wanted}_{number}", number + 1
        self.taken.add(found)
        return found

    def species(self, element: Any, key: str, compartment: str) -> None:
        known = self.pathway.species.get(key) or Species(id=key)
        element.setId(self.ids[key])
        element.setName(known.name or key)
        element.setCompartment(compartment)
        element.setConstant(False)
        element.setMaxLevel(1)
        element.setInitialLevel(self.network.initial[key])
        _set_notes(element, known.note)
        accessions = [*(f"uniprot/{one}" for one in known.uniprot), *(f"hgnc.symbol/{one}" for one in known.hgnc)]
        self.annotate(element, accessions, known.evidence)

    def transition(self, element: Any, key: str) -> None:
        import libsbml

        rule = self.network.rules[key]
        stated = self.pathway.rules.get(key) or Rule(target=key, text="")
        _set_notes(element, stated.note)
        self.annotate(element, (), stated.evidence)
        signs = {1: libsbml.INPUT_SIGN_POSITIVE, -1: libsbml.INPUT_SIGN_NEGATIVE, None: libsbml.INPUT_SIGN_DUAL}
        edges: dict[str, list[str]] = {}
        for edge in self.network.edges.get(key, ()):
            edges.setdefault(edge.source, []).extend(edge.evidence)
        for source, sign in effects(rule).items():  # no others: readers such as AEON take every input to matter
            entry = element.createInput()
            entry.setQualitativeSpecies(self.ids[source])
            entry.setTransitionEffect(libsbml.INPUT_TRANSITION_EFFECT_NONE)
            entry.setSign(signs.get(sign, libsbml.INPUT_SIGN_UNKNOWN))
            self.annotate(entry, (), tuple(dict.fromkeys(edges.get(source, ()))))
        output = element.createOutput()
        output.setQualitativeSpecies(self.ids[key])
        output.setTransitionEffect(libsbml.OUTPUT_TRANSITION_EFFECT_ASSIGNMENT_LEVEL)
        simple = substitute(rule, {})
        element.createDefaultTerm().setResultLevel(1 if simple == ONE else 0)
        if not isinstance(simple, Const):
            term = element.createFunctionTerm()
            term.setResultLevel(1)
            term.setMath(self.math(key, simple))

    def math(self, key: str, rule: Expression) -> Any:
        """MathML of *rule*, the one of *key*, with `A == 1` for a species. Raises `LimitError` where it is too deep."""
        import libsbml

        def is_on(species: str) -> tuple[Any, int]:
            """A node, here and below, and its depth."""
            node = libsbml.ASTNode(libsbml.AST_RELATIONAL_EQ)
            name, level = libsbml.ASTNode(libsbml.AST_NAME), libsbml.ASTNode(libsbml.AST_INTEGER)
            name.setName(self.ids[species])
            level.setValue(1)
            node.addChild(name)
            node.addChild(level)
            return node, 1

        def above(kind: int, parts: list[tuple[Any, int]]) -> tuple[Any, int]:
            depth = 1 + max(depth for _, depth in parts)
            if depth > _MAX_DEPTH:
                raise LimitError(f"The rule of {shown(key)} is nested deeper than {_MAX_DEPTH} operators.")
            node = libsbml.ASTNode(kind)
            for part, _ in parts:
                node.addChild(part)
            return node, depth

        node, _ = fold(
            rule,
            var=is_on,
            const=lambda value: (
                libsbml.ASTNode(libsbml.AST_CONSTANT_TRUE if value else libsbml.AST_CONSTANT_FALSE),
                1,
            ),
            negated=lambda part: above(libsbml.AST_LOGICAL_NOT, [part]),
            joined=lambda kind, parts: above(libsbml.AST_LOGICAL_AND if kind is And else libsbml.AST_LOGICAL_OR, parts),
        )
        return node

    def annotate(self, element: Any, accessions: Iterable[str], evidence: Iterable[str]) -> None:
        """MIRIAM annotations: what the element is, and the publications that describe it."""
        import libsbml

        described = []
        for key in evidence:
            reference = self.pathway.references.get(key)
            uri = _uri(reference) if reference is not None else ""
            self.unidentified += not uri
            described.extend([uri] if uri else [])
            if reference is not None and uri and reference.citation not in (key, *_numbered(reference)):
                self.citations.add(key)
        accessions = list(accessions)
        if not accessions and not described:
            return
        self.metaids += 1
        element.setMetaId(f"meta_{self.metaids}")
        for qualifier, resources in (
            (libsbml.BQB_IS if len(accessions) <= 2 else libsbml.BQB_HAS_PART, accessions),
            (libsbml.BQB_IS_DESCRIBED_BY, described),
        ):
            if resources:
                term = libsbml.CVTerm(libsbml.BIOLOGICAL_QUALIFIER)
                term.setBiologicalQualifierType(qualifier)
                for resource in resources:
                    term.addResource(f"https://identifiers.org/{resource}")
                element.addCVTerm(term)


def _uri(reference: Reference) -> str:
    if reference.pmid:
        return f"pubmed/{reference.pmid}"
    return f"doi/{reference.doi}" if reference.doi else ""


def _set_notes(element: Any, note: str) -> None:
    if note:
        element.setNotes(f'<p xmlns="http://www.w3.org/1999/xhtml">{escape(" ".join(note.split()))}</p>')
