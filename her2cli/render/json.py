"""Results as plain mappings for JSON. Their field names are a promise to scripts; docs/json.md lists them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from her2cli.graph import Trace
    from her2cli.lookup import Found
    from her2cli.model import Pathway, Rule


def thing(each: Any) -> dict[str, Any]:
    """Anything of the model, field by field as in the YAML. An article's step is a number, a list of them, or null."""
    data = {field.name: _plain(getattr(each, field.name)) for field in fields(each) if field.name != "place"}
    if isinstance(data.get("step"), list):
        data["step"] = data["step"][0] if len(data["step"]) == 1 else data["step"] or None
    return data


def found(each: Found, pathway: Pathway) -> dict[str, Any]:
    """A look-up: the thing, its kind, and what the article claims of it beside what the literature says."""
    from her2cli.lookup import claims_about

    names = [each.id]
    data: dict[str, Any] = {"kind": each.kind, "thing": thing(each.thing)}
    if each.kind == "receptor":
        own = [domain for domain in pathway.domains.values() if domain.receptor == each.id]
        data["domains"] = [thing(domain) for domain in own]
        names += [domain.id for domain in own]
    if each.kind in ("drug", "alteration"):
        data["actions"] = [thing(edge) for edge in pathway.actions(each.id)]
    if each.kind == "species":
        for side, edges in (("incoming", pathway.edges_into(each.id)), ("outgoing", pathway.edges_from(each.id))):
            data[side] = [thing(edge) | {"condition": pathway.is_condition(edge)} for edge in edges]
        data["rule"] = rule(pathway.rules[each.id]) if each.id in pathway.rules else None
    data["claims"] = [thing(claim) for claim in claims_about(pathway, *names)]
    return data


def rule(each: Rule) -> dict[str, Any]:
    """A rule as the file has it, which names its parts; each part may name those before it."""
    return {
        "expression": each.written or each.text,
        "parts": [{"name": part.name, "expression": part.text, "note": part.note} for part in each.parts],
        "note": each.note,
        "evidence": list(each.evidence),
    }


def trace(result: Trace) -> dict[str, Any]:
    """A trace; with `to`, also its paths. `again` is `see` or `loop` where a species is printed elsewhere."""
    data: dict[str, Any] = {"start": result.start, "kind": result.kind, "upstream": result.upstream}
    if result.to:
        data |= {"to": result.to, "paths": [list(path) for path in result.paths]}
        data["silent"] = [list(pair) if pair else None for pair in result.silent or (None,) * len(result.paths)]
    if result.cut:
        data |= {"drug": result.cut.drug, "lost": list(result.cut.lost)}
    data["steps"] = [
        thing(step.edge)
        | {"depth": step.depth, "again": step.again, "cut": step.cut or None, "lost": step.lost}
        | {"idle": step.idle or None}
        for step in result.steps
    ]
    data["note"] = result.note
    return data


BRIEF_STEPS = 30  # in the short form of a trace
BRIEF_PATHS = 8
BRIEF_ROOM = 2_400  # characters of them: an agent is sent less than 4 kilobytes


def trace_brief(result: Trace) -> dict[str, Any]:
    """The same in less than 4 kB: the nearest steps or the first paths, written with their signs, and counts."""
    from itertools import pairwise

    data: dict[str, Any] = {"start": result.start, "kind": result.kind, "upstream": result.upstream}
    if result.cut:
        data |= {"drug": result.cut.drug, "lost": list(result.cut.lost[:BRIEF_STEPS])}
    if result.to:
        arrows = {(step.edge.source, step.edge.target): f" {step.edge.effect.arrow} " for step in result.steps}
        written = [
            path[0] + "".join(arrows[pair] + pair[1] for pair in pairwise(path)) for path in result.paths[:BRIEF_PATHS]
        ]
        data |= {"to": result.to, "paths": _within(written), "paths_in_all": len(result.paths)}
        if result.silent:
            data["carrying"] = sum(each is None for each in result.silent)
    else:
        steps = [
            f"{edge.source} {edge.effect.arrow} {edge.target}"
            for edge in (step.edge for step in sorted(result.steps, key=lambda step: step.depth))
        ]
        data |= {
            "steps": _within(list(dict.fromkeys(steps))[:BRIEF_STEPS]),
            "steps_in_all": len(result.steps),
            "species_in_all": result.reach,
        }
    return data | {"note": result.note[:200]}


def _within(texts: list[str]) -> list[str]:
    """As many of *texts* as take `BRIEF_ROOM` characters, names of any length among them."""
    kept: list[str] = []
    room = BRIEF_ROOM
    for each in texts:
        room -= len(each) + 8
        if room < 0:
            break
        kept.append(each)
    return kept


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return thing(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
