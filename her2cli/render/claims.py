"""The article's claims beside the literature's verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from her2cli.model import Claim, Pathway, Status
from her2cli.render.console import stacked, text
from her2cli.render.tables import Pairs, Table

if TYPE_CHECKING:
    from rich.console import RenderableType

GRAVITY = (Status.wrong, Status.disputed, Status.outdated, Status.omission, Status.simplified)


def both_sides(claims: Sequence[Claim], *, gravest_first: bool = False) -> RenderableType | None:
    """What article and literature say: first where they differ, then where they agree, each in the article's order."""
    differing = [claim for claim in claims if claim.status is not Status.agree]
    agreeing = [claim for claim in claims if claim.status is Status.agree]
    if gravest_first:
        differing.sort(key=lambda claim: GRAVITY.index(claim.status))
    if not claims:
        return None
    return stacked(
        _told("Where article and literature differ", differing),
        _told("What the article says, and the literature agrees", agreeing),
    )


def _told(title: str, claims: Sequence[Claim]) -> RenderableType | None:
    from rich.console import Group

    if not claims:
        return None
    parts: list[RenderableType] = [text(title, "heading")]
    for claim in claims:
        tag = f"[{claim.step}]" if claim.step is not None else claim.id
        parts.append(text(tag, "step").append_text(text(f" {claim.verdict or claim.status}", "status")))
        evidence = f"  ({', '.join(claim.evidence)})" if claim.evidence else ""
        told = text(claim.literature).append_text(text(evidence, "quiet"))
        sides = [(text("article", "quiet"), text(claim.article)), (text("literature", "quiet"), told)]
        parts.append(Pairs(pairs=sides, indent=2))
    return Group(*parts)


def claims_table(pathway: Pathway) -> Table:
    """All claims of the article in its order, one row a claim."""
    return Table(
        columns=("id", "status", "article", "literature", "evidence"),
        rows=tuple(
            (each.id, each.status.value, each.article, each.literature, each.evidence)
            for each in pathway.claims.values()
        ),
        styles={"id": "name", "status": "status", "evidence": "quiet"},
    )
