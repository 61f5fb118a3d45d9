"""Results as plain mappings for JSON. Their field names are a promise to scripts; docs/json.md lists them."""

from __future__ import annotations

from typing import Any

from her2cli.graph import Trace
from her2cli.model import Claim, Edge


def edge(each: Edge) -> dict[str, Any]:
    """An edge as it stands in the YAML; `step` is a number, a list of them, or null."""
    return {
        "source": each.source,
        "target": each.target,
        "effect": each.effect.value,
        "mechanism": each.mechanism,
        "step": _step(each.step),
        "evidence": list(each.evidence),
        "against": list(each.against),
        "status": each.status.value if each.status else None,
        "verified": each.verified.value if each.verified else None,
        "blocks": list(each.blocks) if each.blocks else None,
        "requires": list(each.requires),
        "unless": list(each.unless),
        "note": each.note,
    }


def claim(each: Claim) -> dict[str, Any]:
    """A claim with both sides: what the article says and what the literature says."""
    return {
        "id": each.id,
        "section": each.section,
        "step": each.step,
        "article": each.article,
        "standard": each.standard,
        "status": each.status.value,
        "verdict": each.verdict or each.status.value,
        "literature": each.literature,
        "about": list(each.about),
        "evidence": list(each.evidence),
    }


def trace(result: Trace) -> dict[str, Any]:
    """A trace; with `to`, also its paths. `again` is `see` or `loop` where a species is printed elsewhere."""
    data: dict[str, Any] = {"start": result.start, "kind": result.kind, "upstream": result.upstream}
    if result.to:
        data |= {"to": result.to, "paths": [list(path) for path in result.paths]}
    if result.cut:
        data |= {"drug": result.cut.drug, "lost": list(result.cut.lost)}
    data["steps"] = [
        edge(step.edge) | {"depth": step.depth, "again": step.again, "cut": step.cut or None, "lost": step.lost}
        for step in result.steps
    ]
    data["note"] = result.note
    return data


def _step(numbers: tuple[int, ...]) -> int | list[int] | None:
    if not numbers:
        return None
    return numbers[0] if len(numbers) == 1 else list(numbers)
