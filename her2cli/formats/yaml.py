"""Our own YAML, the form that people edit. Reading it is the work of `loading`; here it is written.

The shape is that of `her2 schema`. It carries all of a pathway; drugs and alterations come from the library again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

from her2cli.formats.agents import not_of_the_library
from her2cli.formats.losses import Written
from her2cli.logic.network import BooleanNetwork
from her2cli.model import Edge, Pathway, Scenario

KNOWLEDGE = ("references", "receptors", "domains", "functions", "claims", "drugs", "alterations", "cell_lines")
_ONE_OR_MORE = {"hgnc", "uniprot", "step"}


def write(pathway: Pathway, network: BooleanNetwork) -> Written:
    """*pathway* as a YAML file that loads, with the references that it cites."""
    import yaml

    content = document(pathway) | _section(pathway, "references", cited(pathway))
    width = 120  # as the shipped files
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=width, default_flow_style=False)
    return Written(text=text, losses=not_of_the_library(pathway))


def document(pathway: Pathway) -> dict[str, Any]:
    """The pathway's own sections as a YAML file has them, fields of no content left out."""
    head = {key: getattr(pathway, key) for key in ("name", "title", "note")}
    lists = {key: list(getattr(pathway, key)) for key in ("readouts", "default_alterations")}
    found: dict[str, Any] = {"schema": 1} | {key: value for key, value in (head | lists).items() if value}
    found["species"] = {key: _entry(species, "id") for key, species in pathway.species.items()}
    edges = [*pathway.edges, *pathway.agent_edges]
    if edges:
        found["edges"] = [_edge(edge) for edge in edges]
    if pathway.rules:
        found["rules"] = {key: _rule(_entry(rule, "target")) for key, rule in pathway.rules.items()}
    return found


def knowledge(pathway: Pathway) -> dict[str, Any]:
    """All that stands around the pathway: references, drugs, alterations, experiments and the rest."""
    found: dict[str, Any] = {}
    for section in KNOWLEDGE:
        found |= _section(pathway, section, getattr(pathway, section))
    if pathway.experiments:
        found["experiments"] = {key: _experiment(each) for key, each in pathway.experiments.items()}
    return found


def cited(pathway: Pathway) -> list[str]:
    """The references that species, edges and rules name, sorted."""
    things: list[Any] = [*pathway.species.values(), *pathway.edges, *pathway.agent_edges, *pathway.rules.values()]
    return sorted({key for thing in things for key in (*thing.evidence, *getattr(thing, "against", ()))})


def _section(pathway: Pathway, section: str, keys: Iterable[str]) -> dict[str, Any]:
    shelf: Mapping[str, Any] = getattr(pathway, section)
    entries = {key: _entry(shelf[key], "id") for key in keys if key in shelf}
    return {section: entries} if entries else {}


def _entry(thing: Any, *without: str) -> dict[str, Any]:
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
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return value[0] if name in _ONE_OR_MORE and len(value) == 1 else list(value)
    return value


def _edge(edge: Edge, *without: str) -> dict[str, Any]:
    if edge.blocks is None:
        return _entry(edge, *without)
    return _entry(edge, "target", "effect", *without) | {"blocks": " -> ".join(edge.blocks)}


def _rule(entry: dict[str, Any]) -> str | dict[str, Any]:
    text = entry.pop("text")
    return {"rule": text, **entry} if entry else text


def _experiment(experiment: Any) -> dict[str, Any]:
    found = _entry(experiment, "id", "scenario", "comparator", "comparator_time")
    versus = _scenario(experiment.comparator)
    if experiment.comparator_time != "late":
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
