"""What is legal in a file and still looks wrong: findings, each with its place. Errors are raised by the readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from her2cli.errors import Problem, shown
from her2cli.logic.meaning import effects
from her2cli.logic.network import pathway_rules
from her2cli.model import Alteration, Drug, Edge, Pathway, Place, Reference, Species, folded


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
    "unknown-reference": "an evidence key that no reference has",
    "shared-alias": "an alias that two entries answer to",
    "look-alike": "ids that differ by case only, or hold letters that look like others",
}


def findings(pathway: Pathway) -> tuple[Finding, ...]:
    """All warnings about a pathway: its species, edges and rules, and what drugs and alterations do in it."""
    found = [
        *_evidence_of(pathway.edges + pathway.agent_edges),
        *_unknown_references(pathway.edges + pathway.agent_edges, pathway.references),
        *_unknown_references(pathway.species.values(), pathway.references),
        *_unknown_references(pathway.rules.values(), pathway.references),
        *_untouched(pathway),
        *_signs(pathway),
        *_shared_aliases(pathway.species),
        *_look_alikes(pathway),
    ]
    return _sorted(found)


def knowledge_findings(
    sections: Mapping[str, Mapping[str, Any]], references: Mapping[str, Reference], pathways: Iterable[Pathway]
) -> tuple[Finding, ...]:
    """All warnings about entries of the knowledge (drugs, alterations, claims ...), seen by all *pathways*."""
    known = tuple(pathways)
    found: list[Finding] = []
    for section, entries in sections.items():
        found += _unknown_references(entries.values(), references)
        if section != "references":
            found += _shared_aliases(entries)
        if section in ("drugs", "alterations"):
            agents = cast("Mapping[str, Drug | Alteration]", entries)
            for agent in agents.values():
                found += _evidence_of(agent.edges)
                found += _unknown_references(agent.edges, references)
                found += _without_target(agent, known)
    return _sorted(found)


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    def position(finding: Finding) -> tuple[str, int, int, str]:
        file, _, rest = finding.where.rpartition(":")
        file, _, line = file.rpartition(":")
        return file, int(line or 0), int(rest or 0), finding.message

    return tuple(sorted(dict.fromkeys(found), key=position))


def _evidence_of(edges: Iterable[Edge]) -> Iterator[Finding]:
    for edge in edges:
        if not edge.evidence:
            yield _finding("no-evidence", edge, f"{_written(edge)} has no evidence.")


def _unknown_references(things: Iterable[Any], references: Mapping[str, Reference]) -> Iterator[Finding]:
    for thing in things:
        for key in (*getattr(thing, "evidence", ()), *getattr(thing, "against", ())):
            if key not in references:
                message = f"the evidence '{shown(key)}' is not among the references."
                yield Finding(check="unknown-reference", where=_where(thing.place), message=message)


def _untouched(pathway: Pathway) -> Iterator[Finding]:
    touched = {edge.source for edge in pathway.edges} | {edge.target for edge in pathway.edges}
    touched |= {edge.target for edge in pathway.agent_edges}
    rules = pathway_rules(pathway)
    touched |= {name for target, rule in rules.items() for name in effects(rule) if target in pathway.rules}
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
            yield _finding("untouched-species", species, f"nothing touches the species {shown(species.id)}.")


def _inherited(species: Species, pathway: Pathway) -> bool:
    """Whether the species comes with the pathway that this one extends: then it need not be used here."""
    return species.place is not None and species.place.file != pathway.source


def _signs(pathway: Pathway) -> Iterator[Finding]:
    """Each edge against the rule that holds for its target."""
    rules = pathway_rules(pathway)
    signs: dict[tuple[str, str], set[int]] = {}
    for edge in pathway.edges:
        signs.setdefault((edge.source, edge.target), set()).add(edge.sign)
    for edge in pathway.edges:
        if edge.target in pathway.rules:
            effect = effects(rules[edge.target]).get(edge.source, 0)
            if effect == 0:
                message = f"{_written(edge)} has no effect: the rule of {shown(edge.target)} does not depend on it."
                yield _finding("inert-regulator", edge, message)
            elif effect is not None and effect != edge.sign:
                message = f"{_written(edge)} contradicts the rule of {shown(edge.target)}, which has the other sign."
                yield _finding("sign-contradicts-rule", edge, message)
        if signs[edge.source, edge.target] == {1, -1} and edge.sign == -1:
            message = f"{shown(edge.source)} both activates and inhibits {shown(edge.target)}."
            yield _finding("both-signs", edge, message)
    for target, rule in pathway.rules.items():
        for name in effects(rules[target]):
            if name in pathway.species and (name, target) not in signs and name != target:
                message = f"the rule of {shown(target)} names {shown(name)}, but no edge joins them."
                yield _finding("missing-edge", rule, message)


def _without_target(agent: Drug | Alteration, pathways: tuple[Pathway, ...]) -> Iterator[Finding]:
    def acts_in(pathway: Pathway) -> bool:
        return any(edge.target in pathway.species for edge in (*agent.edges, *pathway.actions(agent.id)))

    if not any(map(acts_in, pathways)):
        yield _finding("no-target", agent, f"{shown(agent.id)} acts on no species of any pathway.")


def _shared_aliases(entries: Mapping[str, Any]) -> Iterator[Finding]:
    owner: dict[str, str] = {folded(key): key for key in entries}
    for key, entry in entries.items():
        for alias in getattr(entry, "aliases", ()):
            first = owner.setdefault(folded(alias), key)
            if first != key:
                message = f"'{shown(alias)}' already names {shown(first)}; a look-up finds only that."
                yield _finding("shared-alias", entry, message)


def _look_alikes(pathway: Pathway) -> Iterator[Finding]:
    by_case: dict[str, str] = {}
    for key, species in pathway.species.items():
        first = by_case.setdefault(key.casefold(), key)
        if first != key:
            message = f"the ids {shown(first)} and {shown(key)} differ by case only; a look-up may find the wrong one."
            yield _finding("look-alike", species, message)
        strange = sorted({c for c in key if not c.isascii() and c.isalpha()})
        if strange:
            letters = ", ".join(f"U+{ord(c):04X}" for c in strange)
            message = f"the id {shown(key)} has letters beyond ASCII ({letters}), which may look like others."
            yield _finding("look-alike", species, message)


def _finding(check: str, thing: Any, message: str) -> Finding:
    return Finding(check=check, where=_where(thing.place), message=message, reason=getattr(thing, "note", ""))


def _where(place: Place | None) -> str:
    return str(place) if place is not None else ""


def _written(edge: Edge) -> str:
    return f"{shown(edge.source)} {edge.effect.arrow} {shown(edge.target)}"


def sarif(problems: Iterable[Problem], found: Iterable[Finding], version: str) -> dict[str, Any]:
    """Errors and open warnings as SARIF 2.1.0 (OASIS standard), which code hosts show beside the lines."""
    results = [_sarif_result("error", "error", problem.where, problem.message) for problem in problems]
    results += [_sarif_result(item.check, "warning", item.where, item.message) for item in found if not item.accepted]
    rules = [{"id": "error", "shortDescription": {"text": "what keeps a file from being read"}}]
    rules += [{"id": check, "shortDescription": {"text": text}} for check, text in CHECKS.items()]
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
    location: dict[str, Any] = {"artifactLocation": {"uri": file}}
    if line is not None:
        location["region"] = {"startLine": line, "startColumn": column}
    return {
        "ruleId": rule,
        "level": level,
        "message": {"text": message},
        "locations": [{"physicalLocation": location}],
    }


def _annotation(level: str, where: str, message: str) -> str:
    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    file, line, column = _located(where)
    at = f",line={line},col={column}" if line is not None else ""
    name = escaped(file).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={name}{at}::{escaped(message)}"
