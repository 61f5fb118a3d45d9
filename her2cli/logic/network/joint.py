"""Many scenarios as one network, so that one screen follows them all with the same random numbers.

Each drug, alteration, ligand and clamp becomes a switch, an input that a scenario holds on or off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from her2cli.errors import ScenarioError
from her2cli.expression import Expression, Var, all_of, any_of, negation, substitute
from her2cli.logic.network import BooleanNetwork, is_input, pathway_rules
from her2cli.logic.network.scenario import Prepared, free_name, prepare, surroundings
from her2cli.model import Pathway, Scenario
from her2cli.recent import recent


class Joint(NamedTuple):
    """One network before and one under treatment, and for each scenario the switches that it holds on."""

    scenarios: tuple[Scenario, ...]  # every name replaced by its id
    untreated: BooleanNetwork
    treated: BooleanNetwork
    switches: Mapping[str | tuple[str, int], str]  # of each drug, alteration, ligand and clamp what a scenario holds
    alarmed: frozenset[str]  # the species that move in some scenario of the pathway

    @property
    def has_treatment(self) -> bool:
        """Whether any of the scenarios has one."""
        return any(scenario.has_treatment for scenario in self.scenarios)

    @property
    def switched(self) -> tuple[Mapping[str, int], ...]:
        """What each scenario holds.

        A switch that is not held is off, and a ligand that is not added is as it is without, in a share of the cells.
        """
        found = []
        for each in self.scenarios:
            names: tuple[str | tuple[str, int], ...] = (
                *each.alterations,
                *dict(each.drugs),
                *each.ligands,
                *each.clamps,
            )
            found.append({self.switches[name]: 1 for name in names})
        return tuple(found)


def join(pathway: Pathway, scenarios: Sequence[Scenario]) -> Joint:
    """The joint network of *scenarios*, every name in which is an id, once (`resolve`).

    Raises as `prepare` does, and `ScenarioError` for a dose below 1, which no switch can express, and for scenarios
    that differ in their surroundings or in what all inputs are set to.
    """
    found = tuple(scenarios)
    unlike = {(each.context, each.ligands): each for each in found}.values()  # of a million scenarios a few
    if len({surrounded(pathway, each) for each in unlike}) > 1:
        raise ScenarioError("Scenarios in different surroundings cannot be joined; follow those of each by themselves.")
    inputs_set = found[0].inputs if found else None
    if any(dose != 1 for s in found for _, dose in s.drugs) or any(s.inputs != inputs_set for s in found):
        raise ScenarioError("Scenarios with doses or differently set inputs cannot be joined; simulate each by itself.")
    drugs = dict.fromkeys(name for scenario in found for name, _ in scenario.drugs)
    alterations = dict.fromkeys(name for scenario in found for name in scenario.alterations)
    ligands = dict.fromkeys(name for scenario in found for name in scenario.ligands)
    clamps = dict.fromkeys(clamp for scenario in found for clamp in scenario.clamps)
    context, shared = surrounded(pathway, found[0]) if found else ("", ())
    everything = Scenario(
        alterations=tuple(alterations),
        drugs=tuple((name, 1.0) for name in drugs),
        ligands=shared,
        inputs=inputs_set,
        context=context,
    )
    plain = prepare(pathway, everything, media=tuple(ligands))
    given = prepare(pathway, replace(everything, ligands=tuple(ligands))) if ligands else plain
    # Where an input is acted on, a ligand is held in its medium; where a species has regulators, it is a gain.
    media = {name: plain.treated.begins_with.get(name, name) for name in ligands}
    regulated = [name for name in ligands if media[name] not in plain.treated.inputs]
    taken = set(plain.treated.species)
    switch = {name: free_name(f"{name} given", taken) for name in (*drugs, *alterations, *regulated)}
    clamped = {(name, value): free_name(f"{name}={value}", taken) for name, value in clamps}
    rules = _switched(plain, given, switch, regulated)
    inputs = {name: Var(name) for name in sorted((*switch.values(), *clamped.values()))}
    species = (*plain.treated.species, *inputs)
    off = dict.fromkeys(inputs, 0)
    untreated = replace(
        plain.untreated,
        species=species,
        rules={**rules, **inputs},
        initial={**plain.untreated.initial, **off},
        chances=plain.untreated.chances,
        begins_with={**plain.untreated.begins_with, **{name: switch[name] for name in regulated}},
        edges={},
        held={},
    )
    treated = replace(
        untreated,
        rules={**_clamped(rules, clamped), **inputs},
        initial={**plain.treated.initial, **off},
        chances=plain.treated.chances,
    )
    return Joint(
        scenarios=found,
        untreated=untreated,
        treated=treated,
        switches=media | switch | clamped,
        alarmed=alarmed(pathway),
    )


@recent(4)
def alarmed(pathway: Pathway) -> frozenset[str]:
    """The species that change by a rule of their own, and the inputs that a drug or an alteration acts on."""
    targets = {edge.target for agent in (*pathway.drugs, *pathway.alterations) for edge in pathway.actions(agent)}
    return frozenset(
        name
        for name, rule in pathway_rules(pathway).items()
        if name in targets or not is_input(name, rule, pathway.edges_into(name))
    )


def surrounded(pathway: Pathway, scenario: Scenario) -> tuple[str, tuple[str, ...]]:
    """What scenarios that are joined must have in common: the context, and those of its species that are ligands."""
    around = surroundings(pathway, scenario)
    return scenario.context, tuple(sorted(name for name in scenario.ligands if name in around))


def _switched(
    plain: Prepared, given: Prepared, switch: Mapping[str, str], ligands: Iterable[str]
) -> dict[str, Expression]:
    """The rules, in which an agent acts where its switch is on, and a ligand is a gain where its own is."""
    agents = {name for name, how in plain.treated.held.items() if how in ("drug", "alteration")}
    owners = {name: name for name in agents} | {
        name: owner for name, owner in plain.treated.hidden.items() if owner in agents
    }
    mapping: dict[str, Expression] = {name: all_of((Var(name), Var(switch[own]))) for name, own in owners.items()}
    inputs = set(plain.treated.inputs)
    rules = {n: rule if n in inputs else substitute(rule, mapping) for n, rule in plain.treated.rules.items()}
    for name in ligands:
        on, with_it = Var(switch[name]), substitute(given.treated.rules[name], mapping)
        rules[name] = any_of((all_of((on, with_it)), all_of((negation(on), rules[name]))))
    return rules


def _clamped(rules: Mapping[str, Expression], clamps: Mapping[tuple[str, int], str]) -> dict[str, Expression]:
    """The rules, in which every regulator that a scenario clamps has the value of the clamp."""
    seen: dict[str, Expression] = {}
    for (name, value), switch in clamps.items():
        term = seen.get(name, Var(name))
        seen[name] = any_of((term, Var(switch))) if value else all_of((term, negation(Var(switch))))
    return {name: rule if rule == Var(name) else substitute(rule, seen) for name, rule in rules.items()}
