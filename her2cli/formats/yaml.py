"""Our own YAML, the form that people edit. Reading it is the work of `loading`; here it is written.

The shape is that of `her2 schema`. It carries all of a pathway, and of the drugs, alterations and the rest around it
what the library does not have: everything else is there again when the file is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

from her2cli.formats.agents import beyond
from her2cli.formats.fitting import fitted
from her2cli.formats.losses import Written
from her2cli.loading.library import SECTIONS, library
from her2cli.logic.network import BooleanNetwork
from her2cli.model import Edge, Pathway, Scenario

if TYPE_CHECKING:
    from her2cli.model import Rule

_ONE_OR_MORE = {"hgnc", "uniprot", "step"}


def write(pathway: Pathway, network: BooleanNetwork) -> Written:
    """*pathway* as a YAML file that loads, with the references that it cites."""
    import yaml

    content, lost = fitted(document(pathway) | _own_knowledge(pathway))
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # three times as fast where PyYAML has libyaml
    width = 120  # as the shipped files
    text = yaml.dump(content, Dumper=dumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=False)
    return Written(text=text, losses=lost)


def document(pathway: Pathway) -> dict[str, Any]:
    """The pathway's own sections as a YAML file has them, fields of no content left out."""
    head = {key: getattr(pathway, key) for key in ("name", "title", "note", "context")}
    lists = {key: list(getattr(pathway, key)) for key in ("readouts", "default_alterations")}
    found: dict[str, Any] = {"schema": 1} | {key: value for key, value in (head | lists).items() if value}
    found["species"] = {key: _entry(species, ("id",)) for key, species in pathway.species.items()}
    edges = [*pathway.edges, *pathway.agent_edges]
    if edges:
        found["edges"] = [_edge(edge) for edge in edges]
    if pathway.rules:
        found["rules"] = {key: _rule(rule) for key, rule in pathway.rules.items()}
    if pathway.joint_starts:
        found["joint_starts"] = [
            {
                "species": list(start.species),
                "weights": {"".join(map(str, bits)): weight for bits, weight in start.weights.items()},
            }
            for start in pathway.joint_starts
        ]
    if pathway.state_rates:
        found["state_rates"] = [_entry(each, ("place",)) for each in pathway.state_rates]
    if pathway.layout:
        found["layout"] = dict(pathway.layout)
    return found


def knowledge(pathway: Pathway) -> dict[str, Any]:
    """All that stands around the pathway: references, drugs, alterations, experiments and the rest.

    How often its answers were right was counted on the pathway that ships: a copy, which may be edited, has no record.
    """
    counted = {"agreement": beyond(library(), pathway, "agreement")}
    return _sections(pathway, {section: getattr(pathway, section) for section in SECTIONS} | counted)


def _own_knowledge(pathway: Pathway) -> dict[str, Any]:
    """What stands around the pathway and not in the library, and all references that are cited in the file."""
    shelves = library()
    own = {section: beyond(shelves, pathway, section) for section in SECTIONS}
    entries = [getattr(pathway, section)[key] for section, keys in own.items() for key in keys]
    things = [*pathway.species.values(), *pathway.edges, *pathway.agent_edges, *pathway.rules.values(), *entries]
    return _sections(pathway, own | {"references": sorted({*own["references"], *_cited(things)})})


def _cited(things: Iterable[Any]) -> Iterator[str]:
    """The references that *things* and their own edges name."""
    for thing in things:
        yield from getattr(thing, "evidence", ())
        yield from getattr(thing, "against", ())
        yield from _cited(getattr(thing, "edges", ()))


def _sections(pathway: Pathway, keys: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    found = {section: _section(section, getattr(pathway, section), keys[section]) for section in SECTIONS}
    return {section: entries for section, entries in found.items() if entries}


def _section(section: str, shelf: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    special = {"experiments": _experiment, "contexts": _context}
    entry = special.get(section, partial(_entry, without=("id",)))
    return {key: entry(shelf[key]) for key in keys if key in shelf}


def _entry(thing: Any, without: tuple[str, ...]) -> dict[str, Any]:
    """The fields of *thing* that say something other than their default."""
    found = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if field.name in {*without, "place"} or value == field.default or value is None or value == ():
            continue
        found[field.name] = _value(field.name, value)
    return found


def _value(name: str, value: Any) -> Any:
    if name == "edges":
        return [_edge(edge, "source") for edge in value]
    if name == "match":
        return [_entry(match, ()) for match in value]
    if name == "residues":
        return [f"{first}-{last}" if first != last else first for first, last in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return value[0] if name in _ONE_OR_MORE and len(value) == 1 else list(value)
    if name in ("rate_up", "rate_down", "rate"):
        return value
    if isinstance(value, float) and "e" in repr(value):  # a share so small is written out
        return f"{Decimal(repr(value)):.20f}"
    return value


def _edge(edge: Edge, *without: str) -> dict[str, Any]:
    if edge.blocks is None:
        return _entry(edge, without)
    return _entry(edge, ("target", "effect", *without)) | {"blocks": " -> ".join(edge.blocks)}


def _rule(rule: Rule) -> str | dict[str, Any]:
    parts = {part.name: {"rule": part.text} | _entry(part, ("name", "text")) for part in rule.parts}
    entry = ({"parts": parts} if parts else {}) | _entry(rule, ("target", "text", "written", "parts"))
    text = rule.written or rule.text
    return {"rule": text, **entry} if entry else text


def _context(context: Any) -> dict[str, Any]:
    around = {each.species: _entry(each, ("species",)) for each in context.species}
    return _entry(context, ("id", "species")) | ({"species": around} if around else {})


def _experiment(experiment: Any) -> dict[str, Any]:
    found = _entry(experiment, ("id", "scenario", "comparator", "comparator_time"))
    versus = _scenario(experiment.comparator)
    if experiment.comparator_time != experiment.time:  # which it is taken for where nothing is said
        versus["time"] = experiment.comparator_time
    return _scenario(experiment.scenario) | found | {"versus": versus}


def _scenario(scenario: Scenario) -> dict[str, Any]:
    doses = [name if dose == 1 else f"{name}={dose:g}" for name, dose in scenario.drugs]
    found = {
        "alterations": list(scenario.alterations),
        "ligands": list(scenario.ligands),
        "treatment": [*doses, *(f"{name}={value}" for name, value in scenario.clamps)],
    }
    return {key: value for key, value in found.items() if value}
