"""The article's claims beside the literature's verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from her2cli.model import Claim, Status
from her2cli.render.console import text
from her2cli.render.tables import Pairs

if TYPE_CHECKING:
    from rich.console import RenderableType

GRAVITY = (Status.wrong, Status.disputed, Status.outdated, Status.omission, Status.simplified)


def told_differently(claims: Sequence[Claim], *, gravest_first: bool = False) -> RenderableType | None:
    """The claims on which article and literature differ, both sides labelled, in the article's order."""
    from rich.console import Group

    differing = [claim for claim in claims if claim.status is not Status.agree]
    if not differing:
        return None
    if gravest_first:
        differing.sort(key=lambda claim: GRAVITY.index(claim.status))
    parts: list[RenderableType] = [text("Where article and literature differ", "heading")]
    for claim in differing:
        tag = f"[{claim.step}]" if claim.step is not None else claim.id
        parts.append(text(tag, "step").append_text(text(f" {claim.verdict or claim.status}", "status")))
        told = text(claim.literature).append_text(text(f"  ({', '.join(claim.evidence)})", "quiet"))
        sides = [(text("article", "quiet"), text(claim.article)), (text("literature", "quiet"), told)]
        parts.append(Pairs(pairs=sides, indent=2))
    return Group(*parts)
