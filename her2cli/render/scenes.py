"""From a scenario and its shares to the panel that shows them, and from a trace or an explanation to what it draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from her2cli.model import Edge, Effect, Pathway, Scenario
from her2cli.render.rows import Key
from her2cli.render.svg import NEARLY, Panel

if TYPE_CHECKING:
    from her2cli.graph import Trace
    from her2cli.logic.questions.reasons import Reason


def panel(
    pathway: Pathway,
    scenario: Scenario,
    shares: Mapping[str, float],
    *,
    heading: str = "",
    other: Mapping[str, float] | None = None,
) -> Panel:
    """The panel of *scenario* with the share of each species; *other* has those that it is compared with."""
    drugs = [edge for name, _ in scenario.drugs for edge in _actions(pathway, name)]
    drugs += [_held(name, "held on" if value else "held off", value) for name, value in scenario.clamps]
    alterations = [edge for name in scenario.alterations for edge in _actions(pathway, name)]
    alterations += [_held(name, "added", 1) for name in scenario.ligands]
    present = {*scenario.alterations, *(name for name, dose in scenario.drugs if dose > 1 - NEARLY)}
    present |= {name for name, share in shares.items() if share > 1 - NEARLY}
    absent = {name for name in pathway.alterations if name not in present}
    absent |= {name for name, share in shares.items() if share <= NEARLY}
    idle = [edge for edge in (*drugs, *alterations) if present & {*edge.unless} or absent & {*edge.requires}]
    return Panel(
        heading=heading or described(scenario),
        shares=shares,
        other=other,
        drugs=tuple(drugs),
        alterations=tuple(alterations),
        idle=tuple(idle),
    )


def _actions(pathway: Pathway, agent: str) -> list[Edge]:
    """The actions of a drug or an alteration that have a target here."""
    return [edge for edge in pathway.actions(agent) if {*(edge.blocks or (edge.target,))} <= {*pathway.species}]


def _held(name: str, how: str, value: int) -> Edge:
    return Edge(source=how, target=name, effect=Effect.activates if value else Effect.inhibits)


def described(scenario: Scenario, line: str = "") -> str:
    """The scenario in a line; *line* is the cell line that its tumour is, or that it began as."""
    return "; ".join(filter(None, _parts(scenario, line)))


def apart(scenarios: Sequence[Scenario], lines: Sequence[str]) -> tuple[list[str], str]:
    """Each scenario by its tumour, its treatment and what else is not the same in all; and what else is."""
    every = [_parts(scenario, line) for scenario, line in zip(scenarios, lines, strict=True)]
    same = [len({*each}) == 1 for each in zip(*every, strict=True)]
    same[0] = same[-1] = False  # the tumour and the treatment
    named = [
        "; ".join(part for part, shared in zip(parts, same, strict=True) if part and not shared) for parts in every
    ]
    rest = (part for part, shared in zip(every[0], same, strict=True) if part and shared) if every else ()
    return named, "; ".join(rest)


def _parts(scenario: Scenario, line: str) -> tuple[str, ...]:
    """The tumour, what else is said of it, and last the treatment."""
    treatment = [name if dose == 1 else f"{name} (dose {dose:g})" for name, dose in scenario.drugs]
    treatment += [f"{name} held {'on' if value else 'off'}" for name, value in scenario.clamps]
    tumour = ", ".join(scenario.alterations) or "no alterations"
    ligands = f"{', '.join(scenario.ligands)} added" if scenario.ligands else ""
    inputs = "" if scenario.inputs is None else f"other inputs {'on' if scenario.inputs else 'off'}"
    context = f"in {scenario.context}" if scenario.context else ""
    tumour = f"{line} ({tumour})" if line else tumour
    return tumour, ligands, inputs, context, " + ".join(treatment) or "untreated"


class Part(NamedTuple):
    """What of a pathway is drawn alone: edges by their ends, species, where their signal starts, and if it runs there.

    Without *starts* each species stands where it does in the whole.
    """

    edges: set[Key]
    names: set[str]
    starts: tuple[str, ...] = ()
    goal: str = ""
    up: bool = False
    main: bool = False  # whether they are main roads


def of_trace(pathway: Pathway, found: Trace) -> Part:
    """The edges of a trace between species, and the species that it names beside them."""
    edges = {(step.edge.source, step.edge.target) for step in found.steps}
    names = ({name for ends in edges for name in ends} | {found.start}) & {*pathway.species}
    acted_on = sorted(target for source, target in edges if source == found.start)
    starts = (found.start,) if found.start in names else tuple(acted_on)  # it may be a drug
    return Part({ends for ends in edges if ends[0] in pathway.species}, names, starts, found.to or "", found.upstream)


def of_reason(pathway: Pathway, root: Reason, chain: Sequence[Edge] = ()) -> Part:
    """The edges of an explanation between species, and the species that it names; and those of the *chain* to it."""
    reasons = [*root.within()]
    told = [*chain, *(edge for reason in reasons for edge in reason.edges)]
    edges = {edge.blocks or (edge.source, edge.target) for edge in told}
    names = {reason.species for reason in reasons} | {name for ends in edges for name in ends}
    drawn = {ends for ends in edges if ends[0] in pathway.species}
    return Part(drawn, names & {*pathway.species}, (root.species,), up=True)
