"""What is legal in a file and still looks wrong: findings, each with its place. Errors are raised by the readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath
from typing import Any, cast
from urllib.parse import quote

from her2cli.errors import Problem, a_or_an, listed, shown
from her2cli.logic.network import lone_pair, written_rules
from her2cli.logic.network.meaning import effects
from her2cli.model import (
    Alteration,
    CellLine,
    Drug,
    Edge,
    Effect,
    Pathway,
    Reference,
    Species,
    Verification,
    closest,
    folded,
    meant_by,
    names_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One warning: which check found it, where, and the reason that the file gives for it, if it gives one."""

    check: str
    where: str
    message: str
    reason: str = ""  # the entry's own note: a warning with a written reason is accepted

    @property
    def accepted(self) -> bool:
        return bool(self.reason)


CHECKS = {
    "no-evidence": "an edge without evidence",
    "untouched-species": "a species that no edge, rule, drug or alteration touches",
    "inert-regulator": "an edge whose source has no effect in its target's rule",
    "missing-edge": "a rule that names a regulator without an edge",
    "sign-contradicts-rule": "an edge whose sign contradicts its target's rule",
    "both-signs": "two edges between the same species with opposite signs",
    "no-target": "a drug or an alteration that acts on no species of any pathway",
    "unknown-name": "a name in a drug, an alteration, a cell line, an experiment or another entry that nothing has",
    "unknown-edge": "a block of an edge that no pathway has",
    "two-amounts": "a cell line with two amounts of one thing, such as HER2-positive and HER2-low",
    "unknown-reference": "an evidence key that no reference has",
    "shared-alias": "an alias that two entries answer to",
    "unknown-marker": "a match on a marker that is the name of no species",
    "unknown-gene": "a match on a gene that is the symbol of no species",
    "weak-evidence": "an edge that is said to be read, but rests on no paper whose finding was read",
    "no-date": "a drug whose status stands without the date for which it was read",
    "shared-id": "a drug or an alteration with the id of a species, or of each other",
    "look-alike": "ids that differ by case only, or hold letters that look like others",
    "stray-header": "a first line of two words that nothing else uses, as of a header in other words",
}


NO_EXCUSE = {
    "unknown-name",
    "unknown-edge",
    "shared-id",
    "two-amounts",
}  # a slip of the pen, which the entry's note is not about
MANY_EDGES = 10
PLACES = (".yaml", ".yml", ".json")  # files of formats in which an edge has a place for its evidence
MOST_OF_A_KIND = 1000  # nobody reads more; the rest are counted
_Signs = Mapping[str, Mapping[str, int | None]]  # of the names in each written rule
_Noticed = tuple[str, Any, str, tuple[str, ...]]  # a check, the thing that has the place, a message and its names


def findings(pathway: Pathway) -> tuple[Finding, ...]:
    """All warnings about a pathway: its species, edges and rules, and what drugs and alterations do in it.

    Of each kind there are at most `MOST_OF_A_KIND`, and one more that counts the rest.
    """
    signs = {target: effects(rule) for target, rule in written_rules(pathway).items()}
    edges = (*pathway.edges, *pathway.agent_edges)
    many = MANY_EDGES if pathway.source.lower().endswith(PLACES) else 2
    without_any = len(edges) >= many and not any(edge.evidence for edge in edges)
    noticed = chain(
        () if without_any else _evidence_of(edges),
        _unknown_references(edges, pathway.references),
        _weakly_based(edges, pathway.references),
        _unknown_references(pathway.species.values(), pathway.references),
        _unknown_references(pathway.rules.values(), pathway.references),
        _untouched(pathway, signs),
        _signs(pathway, signs),
        _missing_edges(pathway, signs),
        _shared_aliases(pathway.species),
        _look_alikes(pathway),
        _stray_header(pathway),
    )
    found = list(_few_of_each(noticed, pathway.source))
    if without_any:  # as in a format that has no place for it: that is one thing to say, not thousands
        message = f"none of the {len(edges)} edges has evidence."
        found.append(Finding(check="no-evidence", where=pathway.source, message=message))
    return _sorted(found)


def knowledge_findings(
    sections: Mapping[str, Mapping[str, Any]], references: Mapping[str, Reference], pathways: Iterable[Pathway]
) -> tuple[Finding, ...]:
    """All warnings about entries of the knowledge (drugs, alterations, claims ...), seen by all *pathways*."""
    known = tuple(pathways)
    names = _Names(sections, known)
    found: list[Finding] = []
    for section, entries in sections.items():
        noticed = [_unknown_references(entries.values(), references)]
        if section != "references":
            noticed.append(_shared_aliases(entries))
        noticed.append(_unknown_names(section, entries.values(), names))
        if section == "cell_lines":
            noticed.append(_two_amounts(entries.values(), known, sections.get("alterations", {})))
        if section == "reports":
            noticed.append(_unknown_markers(((each.id, each) for each in entries.values()), known))
        if section in ("drugs", "alterations"):
            for agent in cast("Mapping[str, Drug | Alteration]", entries).values():
                noticed += [_evidence_of(agent.edges), _unknown_references(agent.edges, references)]
                noticed.append(_weakly_based(agent.edges, references))
                noticed.append(_without_target(agent, known))
                noticed.append(_undated(agent))
                noticed.append(_shared_ids(agent, section, names))
                noticed.append(_unknown_matches(agent, known))
                noticed.append(_unknown_references(getattr(agent, "match", ()), references))
        found += _few_of_each(chain.from_iterable(noticed), "")
    return _sorted(found)


def _few_of_each(noticed: Iterable[_Noticed], file: str) -> Iterator[Finding]:
    counts: Counter[str] = Counter()
    for check, thing, message, names in noticed:
        counts[check] += 1
        if counts[check] <= MOST_OF_A_KIND:
            where = file if thing.place is None else str(thing.place)
            words = message.format(*map(shown, names))
            reason = "" if check in NO_EXCUSE else getattr(thing, "note", "")
            yield Finding(check=check, where=where, message=words, reason=reason)
    for check, number in counts.items():
        if number > MOST_OF_A_KIND:
            yield Finding(check=check, where=file, message=f"and {number - MOST_OF_A_KIND} more of this kind.")


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    def position(finding: Finding) -> tuple[bool, str, int, int, str]:
        file, line, column = _located(finding.where)
        return line is None, file, line or 0, column or 0, finding.message

    return tuple(sorted(dict.fromkeys(found), key=position))


def _evidence_of(edges: Iterable[Edge]) -> Iterator[_Noticed]:
    for edge in edges:
        if not edge.evidence:
            yield "no-evidence", edge, "{} {} {} has no evidence.", _written(edge)


def _unknown_references(things: Iterable[Any], references: Mapping[str, Reference]) -> Iterator[_Noticed]:
    for thing in things:
        for key in (*getattr(thing, "evidence", ()), *getattr(thing, "against", ())):
            if key not in references:
                yield "unknown-reference", thing, "the evidence '{}' is not among the references.", (key,)


NO_EVIDENCE = ("encyclopaedia", "model", "textbook")  # kinds of references on which no edge can rest


def _weakly_based(edges: Iterable[Edge], references: Mapping[str, Reference]) -> Iterator[_Noticed]:
    """Edges marked `seen` of which no reference is one whose finding was read."""
    for edge in edges:
        if edge.verified is Verification.seen and edge.evidence:
            known = [references[key] for key in edge.evidence if key in references]
            if known and not any(map(_was_read, known)):
                yield "weak-evidence", edge, "{} {} {} is marked 'seen', but no paper was read for it.", _written(edge)


def _was_read(reference: Reference) -> bool:
    return reference.verified is Verification.seen and reference.kind not in NO_EVIDENCE


def _untouched(pathway: Pathway, signs: _Signs) -> Iterator[_Noticed]:
    touched = {name for edge in pathway.edges for name in (edge.source, edge.target)}
    touched |= {edge.target for edge in pathway.agent_edges}
    touched |= {name for names in signs.values() for name in names}
    rest = [
        species for key, species in pathway.species.items() if key not in touched and not _inherited(species, pathway)
    ]
    if not rest:
        return
    agents: list[Drug | Alteration] = [*pathway.drugs.values(), *pathway.alterations.values()]
    touched |= {
        name for agent in agents for edge in agent.edges for name in (edge.target, *edge.requires, *edge.unless)
    }
    for species in rest:
        if species.id not in touched:
            yield "untouched-species", species, "nothing touches the species {}.", (species.id,)


def _inherited(species: Species, pathway: Pathway) -> bool:
    """Whether the species comes with the pathway that this one extends: then it need not be used here."""
    return species.place is not None and species.place.file != pathway.source


def _signs(pathway: Pathway, signs: _Signs) -> Iterator[_Noticed]:
    """Each edge against the rule that holds for its target."""
    activated = {(edge.source, edge.target) for edge in pathway.edges if edge.effect is Effect.activates}
    for edge in pathway.edges:
        if edge.target in signs:
            effect = signs[edge.target].get(edge.source, 0)
            if effect == 0:
                message = "{} {} {} has no effect: the rule of {} does not depend on it."
                yield "inert-regulator", edge, message, (*_written(edge), edge.target)
            elif effect is not None and effect != edge.sign:
                message = "{} {} {} contradicts the rule of {}, which has the other sign."
                yield "sign-contradicts-rule", edge, message, (*_written(edge), edge.target)
        if edge.effect is Effect.inhibits and (edge.source, edge.target) in activated:
            yield "both-signs", edge, "{} both activates and inhibits {}.", (edge.source, edge.target)


def _missing_edges(pathway: Pathway, signs: _Signs) -> Iterator[_Noticed]:
    joined = {(edge.source, edge.target) for edge in pathway.edges}
    for target, names in signs.items():
        for name in names:
            if name in pathway.species and (name, target) not in joined and name != target:
                message = "the rule of {} names {}, but no edge joins them."
                yield "missing-edge", pathway.rules[target], message, (target, name)


def _without_target(agent: Drug | Alteration, pathways: tuple[Pathway, ...]) -> Iterator[_Noticed]:
    def acts_in(pathway: Pathway) -> bool:
        return any(edge.target in pathway.species for edge in (*agent.edges, *pathway.actions(agent.id)))

    if not any(map(acts_in, pathways)):
        yield "no-target", agent, "{} acts on no species of any pathway.", (agent.id,)


class _Names:
    """All that an entry may name: what the pathways have, and what stands in the file itself, by kind."""

    def __init__(self, sections: Mapping[str, Mapping[str, Any]], pathways: tuple[Pathway, ...]) -> None:
        kinds = ("drugs", "alterations", "receptors", "domains", "functions")
        self._shelves: dict[str, dict[str, Any]] = {
            kind: {key: each for path in pathways for key, each in getattr(path, kind).items()}
            | dict(sections.get(kind, {}))
            for kind in kinds
        }
        self._shelves["species"] = {key: each for path in pathways for key, each in path.species.items()}
        self._pathways = pathways
        self.edges = {(edge.source, edge.target) for path in pathways for edge in path.edges}
        self._answering: dict[str, frozenset[str]] = {}

    def has(self, name: str, *kinds: str) -> bool:
        """Whether *name* is the id of something of these kinds."""
        return any(name in self._shelves[kind] for kind in kinds)

    def answers(self, name: str, *kinds: str) -> bool:
        """Whether something of these kinds answers to *name*: a scenario finds things by their other names, too."""
        for kind in kinds:
            if kind not in self._answering:
                shelf = self._shelves[kind]
                words = (word for key, each in shelf.items() for word in (key, *names_of(each)))
                self._answering[kind] = frozenset(map(folded, words))
        return any(folded(name) in self._answering[kind] for kind in kinds)

    def hint(self, name: str, *kinds: str) -> str:
        """What it is instead, or the closest name of these kinds, in brackets."""
        for kind in ("drugs", "alterations", "species"):
            if kind not in kinds and self.answers(name, kind):
                own = (
                    {key for path in self._pathways for key in path.alterations_of(name)}
                    if "alterations" in kinds
                    else ()
                )
                those = f"; did you mean {listed(sorted(own), 'or')}?" if own and kind == "species" else ""
                return f" (it is {a_or_an(kind if kind == 'species' else kind.removesuffix('s'))}{those})"
        close = closest(name, *(self._shelves[kind] for kind in kinds))
        return f" (did you mean {close[0]}?)" if close else ""


_AGENTS_TOO = ("species", "alterations", "drugs")
_OF_A_SCENARIO = {"alterations": ("alterations",), "ligands": ("species",)}


def _unknown_names(section: str, entries: Iterable[Any], names: _Names) -> Iterator[_Noticed]:
    """Each name in these entries that nothing has, with the closest one that there is."""
    for entry in entries:
        for thing, field, name, kinds, by_alias in _mentioned(section, entry):
            if not (names.answers(name, *kinds) if by_alias else names.has(name, *kinds)):
                what = listed([kind.removesuffix("s") if kind != "species" else kind for kind in kinds], "or")
                message = "{}: {} '{}' is no {}{}."
                yield "unknown-name", thing, message, (entry.id, field, name, what, names.hint(name, *kinds))
        if section in ("drugs", "alterations"):
            for edge in entry.edges:
                if (
                    edge.blocks
                    and edge.blocks not in names.edges
                    and all(names.has(end, "species") for end in edge.blocks)
                ):
                    message = "{}: blocks {} -> {}, an edge that no pathway has."
                    yield "unknown-edge", edge, message, (entry.id, *edge.blocks)


_Mention = tuple[
    Any, str, str, tuple[str, ...], bool
]  # the thing with the place, the field, the name, kinds, aliases too


def _mentioned(section: str, entry: Any) -> Iterator[_Mention]:
    """Every name of something else in an entry, with the kinds of things that it may be the name of."""
    if section in ("drugs", "alterations"):
        for edge in entry.edges:
            ends = edge.blocks or (edge.target,)
            yield from ((edge, "blocks" if edge.blocks else "target", name, ("species",), False) for name in ends)
            for field in ("requires", "unless"):
                yield from ((edge, field, name, _AGENTS_TOO, False) for name in getattr(edge, field))
    elif section == "cell_lines":
        yield from _of_a_scenario(entry, entry)
    elif section == "experiments":
        yield entry, "readout", entry.readout, ("species",), True
        for scenario in (entry.scenario, entry.comparator):
            yield from _of_a_scenario(entry, scenario)
            yield from ((entry, "treatment", name, ("drugs",), True) for name, _ in scenario.drugs)
            yield from ((entry, "treatment", name, ("species",), True) for name, _ in scenario.clamps)
    elif section == "contexts":
        yield from ((entry, "species", each.species, ("species",), False) for each in entry.species)
    elif section == "receptors":
        for field in ("ligands", "partners"):
            yield from ((entry, field, name, ("species", "receptors"), False) for name in getattr(entry, field))
    elif section == "domains":
        yield entry, "receptor", entry.receptor, ("receptors",), False
    elif section == "functions" and entry.species:
        yield entry, "species", entry.species, ("species",), False
    elif section == "claims":
        every = (*_AGENTS_TOO, "receptors", "domains", "functions")
        yield from ((entry, "about", name, every, False) for name in entry.about)


def _of_a_scenario(entry: Any, scenario: Any) -> Iterator[_Mention]:
    for field, kinds in _OF_A_SCENARIO.items():
        yield from ((entry, field, name, kinds, True) for name in getattr(scenario, field))


def _two_amounts(
    lines: Iterable[CellLine], pathways: Iterable[Pathway], own: Mapping[str, Alteration]
) -> Iterator[_Noticed]:
    """The cell lines that no scenario can have, for a tumour has one amount of a thing."""
    known = {key: each for path in pathways for key, each in path.alterations.items()} | dict(own)
    for line in lines:
        of: dict[str, str] = {}
        for name in dict.fromkeys(key for each in line.alterations for key in meant_by(known, each, "alteration")):
            for marker in dict.fromkeys(match.marker for match in known[name].match if match.marker):
                if of.setdefault(marker, name) != name:
                    message = "{}: {} and {} are two amounts of {}, and a tumour has one: leave one of them out."
                    yield "two-amounts", line, message, (line.id, of[marker], name, marker)


def _shared_ids(agent: Drug | Alteration, section: str, names: _Names) -> Iterator[_Noticed]:
    for kind, what in (("species", "a species"), ("drugs", "a drug"), ("alterations", "an alteration")):
        if kind != section and names.has(agent.id, kind):
            message = f"{{}} is the id of {what}, too: no scenario can name it; call it something else."
            yield "shared-id", agent, message, (agent.id,)


def _undated(agent: Drug | Alteration) -> Iterator[_Noticed]:
    if isinstance(agent, Drug) and agent.status and not agent.as_of:
        yield "no-date", agent, "{} is '{}', but 'as_of' does not say when.", (agent.id, agent.status)


def _unknown_matches(agent: Drug | Alteration, pathways: tuple[Pathway, ...]) -> Iterator[_Noticed]:
    """Genes and markers in `match` that look misspelt: data would never name them."""
    matches = getattr(agent, "match", ())
    if not matches:
        return
    every = [species for pathway in pathways for species in pathway.species.values()]
    symbols = {symbol for species in every for symbol in species.hgnc}
    for match in matches:
        for gene in match.gene:
            if gene not in symbols:
                yield "unknown-gene", match, "{}: '{}' is the symbol of no species.", (agent.id, gene)
    yield from _unknown_markers(((agent.id, match) for match in matches), pathways)


def _unknown_markers(things: Iterable[tuple[str, Any]], pathways: tuple[Pathway, ...]) -> Iterator[_Noticed]:
    """Markers of *things*, each with the id of the entry that it belongs to, by whose name no species goes."""
    names = {folded(name) for pathway in pathways for species in pathway.species.values() for name in names_of(species)}
    for key, thing in things:
        if thing.marker and folded(thing.marker) not in names:
            yield "unknown-marker", thing, "{}: no species answers to '{}'.", (key, thing.marker)


def _shared_aliases(entries: Mapping[str, Any]) -> Iterator[_Noticed]:
    if not any(getattr(entry, "aliases", ()) for entry in entries.values()):
        return
    owner: dict[str, str] = {folded(key): key for key in entries}
    for key, entry in entries.items():
        for alias in getattr(entry, "aliases", ()):
            first = owner.setdefault(folded(alias), key)
            if first != key:
                finds = "finds only that" if folded(alias) == folded(first) else "takes neither"
                yield "shared-alias", entry, f"'{{}}' already names {{}}; a look-up {finds}.", (alias, first)


def _stray_header(pathway: Pathway) -> Iterator[_Noticed]:
    """A list of rules may begin with a header; one that no format knows looks like a rule."""
    first = next(iter(pathway.species.values()), None)
    if first is not None and first.place is not None and first.place.line == 1 and (pair := lone_pair(pathway)):
        message = "the first line, '{}, {}', is read as a species, though nothing else uses these names."
        yield "stray-header", first, message, pair


def _look_alikes(pathway: Pathway) -> Iterator[_Noticed]:
    by_case: dict[str, str] = {}
    for key, species in pathway.species.items():
        first = by_case.setdefault(key.casefold(), key)
        if first != key:
            message = "the ids {} and {} differ by case only; a look-up may find the wrong one."
            yield "look-alike", species, message, (first, key)
        if not key.isascii() and (strange := sorted({c for c in key if not c.isascii() and c.isalpha()})):
            letters = ", ".join(f"U+{ord(c):04X}" for c in strange)
            message = "the id {} has letters beyond ASCII ({}), which may look like others."
            yield "look-alike", species, message, (key, letters)


def _written(edge: Edge) -> tuple[str, str, str]:
    return edge.source, edge.effect.arrow, edge.target


def sarif(problems: Iterable[Problem], found: Iterable[Finding], version: str) -> dict[str, Any]:
    """Errors and open warnings as SARIF 2.1.0 (OASIS standard), which code hosts show beside the lines."""
    results = [_sarif_result("error", "error", problem.where, problem.message) for problem in problems]
    results += [_sarif_result(item.check, "warning", item.where, item.message) for item in found if not item.accepted]
    texts = {"error": "what keeps a file from being read", **CHECKS}
    # The level stands here, too: sarif-to-markdown 1.11.1 leaves out each result whose rule has none.
    rules = [
        {
            "id": rule,
            "shortDescription": {"text": text},
            "defaultConfiguration": {"level": "error" if rule == "error" else "warning"},
        }
        for rule, text in texts.items()
    ]
    driver = {"name": "her2", "version": version, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def github(problems: Iterable[Problem], found: Iterable[Finding]) -> str:
    """Errors and open warnings as GitHub workflow commands, one line each."""
    lines = [_annotation("error", problem.where, problem.message) for problem in problems]
    lines += [_annotation("warning", item.where, item.message) for item in found if not item.accepted]
    return "".join(line + "\n" for line in lines)


def records(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Errors as rows of JSON: file, line, column (null where the whole file is meant) and message."""
    rows = []
    for problem in problems:
        file, line, column = _located(problem.where)
        rows.append({"file": file, "line": line, "column": column, "message": problem.message})
    return rows


def _located(where: str) -> tuple[str, int | None, int | None]:
    """File, line and column of `file:line:col`; None where it says only the file."""
    parts = where.rsplit(":", 2)
    if len(parts) == 3 and parts[1].isdecimal() and parts[2].isdecimal():
        return parts[0], int(parts[1]), int(parts[2])
    return where, None, None


def _sarif_result(rule: str, level: str, where: str, message: str) -> dict[str, Any]:
    file, line, column = _located(where)
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if line is not None:
        location["region"] = {"startLine": line, "startColumn": column}
    return {
        "ruleId": rule,
        "level": level,
        "message": {"text": message},
        "locations": [{"physicalLocation": location}],
    }


def _uri(file: str) -> str:
    """The address of *file* as RFC 3986 has it, which SARIF asks for (3.4.3); a relative path stays relative."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _annotation(level: str, where: str, message: str) -> str:
    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    file, line, column = _located(where)
    at = f",line={line},col={column}" if line is not None else ""
    name = escaped(file).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={name}{at}::{escaped(message)}"
