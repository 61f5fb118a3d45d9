"""A pathway with a scenario worked in, so that every format can write the treated tumour as a network of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from her2cli.expression import Var, parse, text
from her2cli.formats.agents import agent_species
from her2cli.logic.network import BooleanNetwork, default_rule
from her2cli.logic.network.scenario import Prepared
from her2cli.model import Edge, Effect, Pathway, Rule, Scenario, Species


def treated(pathway: Pathway, prepared: Prepared) -> Pathway:
    """*pathway* under the scenario of *prepared*: its drugs and alterations are species that are on."""
    network = prepared.treated
    edges = {key: tuple(_plain(pathway, network, key)) for key in network.species}
    return Pathway(
        name=pathway.name,
        title=pathway.title,
        note=" ".join(filter(None, [pathway.note, described(prepared.scenario)])),
        species={key: _species(pathway, network, key) for key in network.species},
        edges=tuple(edge for into in edges.values() for edge in into),
        rules={key: rule for key in network.species if (rule := _rule(pathway, network, key, edges[key]))},
        readouts=pathway.readouts,
        joint_starts=network.together,
        state_rates=pathway.state_rates,
        references=pathway.references,
        source=pathway.source,
    )


def described(scenario: Scenario) -> str:
    """*scenario* in a sentence."""
    drugs = [name if dose == 1 else f"{name}={dose:g}" for name, dose in scenario.drugs]
    clamps = [f"{name}={value}" for name, value in scenario.clamps]
    named = {"alterations": scenario.alterations, "ligands": scenario.ligands, "drugs": drugs, "held": clamps}
    named |= {"context": [scenario.context] if scenario.context else []}
    parts = [f"{what} {', '.join(names)}" for what, names in named.items() if names]
    return f"Scenario: {'; '.join(parts) or 'a normal cell, untreated'}."


def _species(pathway: Pathway, network: BooleanNetwork, key: str) -> Species:
    initial, share = network.initial[key], network.chances.get(key)
    if any(key in start.species for start in network.together):
        share = None  # which the joint beginning says
    if key in pathway.species:
        return replace(pathway.species[key], initial=initial, share=share)
    if key not in pathway.drugs and key not in pathway.alterations:  # one of several efficacies of an agent
        return Species(id=key, name=f"part of {network.hidden.get(key, key)}", initial=initial, share=share)
    return replace(agent_species(pathway, key), initial=initial, share=share)


def _plain(pathway: Pathway, network: BooleanNetwork, target: str) -> Iterator[Edge]:
    """The edges into *target*; an action on one edge becomes an action on that edge's target."""
    for edge in network.edges.get(target, ()):
        if edge.source not in network.initial:
            continue
        effect, note = edge.effect, edge.note
        if edge.blocks:
            blocked = [each.effect for each in pathway.edges_into(target) if each.source == edge.blocks[0]]
            effect = Effect.activates if blocked == [Effect.inhibits] else Effect.inhibits
            note = f"Blocks {' -> '.join(edge.blocks)}. {note}".rstrip()
        yield replace(edge, target=target, effect=effect, note=note, blocks=None, requires=(), unless=(), efficacy=None)


def _rule(pathway: Pathway, network: BooleanNetwork, key: str, edges: tuple[Edge, ...]) -> Rule | None:
    rule, stated = network.rules[key], pathway.rules.get(key)
    if stated is not None and parse(stated.text) == rule:
        return stated
    if rule == (default_rule(key, edges) if edges else Var(key)):
        return None
    note, evidence = (stated.note, stated.evidence) if stated is not None else ("", ())
    return Rule(target=key, text=text(rule), note=note, evidence=evidence)
