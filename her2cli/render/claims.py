"""The article's claims beside the literature's verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from her2cli.model import Claim, Pathway, Status
from her2cli.render.console import Block, Line, stacked
from her2cli.render.tables import Pairs, Table

if TYPE_CHECKING:
    from rich.console import RenderableType

FROM_MEMORY = "[mem]"
GRAVITY = (Status.wrong, Status.disputed, Status.outdated, Status.omission, Status.simplified)


def briefly(claims: Sequence[Claim], what: str) -> RenderableType | None:
    """How many claims of the article there are on *what*, and how they are asked for."""
    if not claims:
        return None
    differing = sum(claim.status is not Status.agree for claim in claims)
    told = f"{len(claims)} of the article's statements concern{'s' if len(claims) == 1 else ''} {what}"
    corrected = f", {differing} need{'s' if differing == 1 else ''} correction" if differing else ""
    return Line([(f"{told}{corrected}: --claims", "quiet")])


def on_request(
    claims: Sequence[Claim], asked: bool, what: str = "this", *, gravest_first: bool = False
) -> RenderableType | None:
    """All that the article claims where it was *asked* for, else one line that says so."""
    return both_sides(claims, gravest_first=gravest_first) if asked else briefly(claims, what)


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
        _legend(claims),
    )


def _legend(claims: Sequence[Claim]) -> RenderableType | None:
    """What the mark of a statement from memory means, where one is shown."""
    marked = any(FROM_MEMORY in claim.literature for claim in claims)
    return (
        Line([(f"{FROM_MEMORY}: from memory; no source was at hand when it was written down.", "quiet")])
        if marked
        else None
    )


def _told(title: str, claims: Sequence[Claim]) -> RenderableType | None:
    return Block([Line([(title, "heading")]), *map(_block, claims)]) if claims else None


def _block(claim: Claim) -> RenderableType:
    """One claim: its step or its id and the verdict, then what article and literature say."""
    tag = f"[{claim.step}]" if claim.step is not None else claim.id
    evidence = f"  ({', '.join(claim.evidence)})" if claim.evidence else ""
    sides = [
        ([("article", "quiet")], [(claim.article, "")]),
        ([("literature", "quiet")], [(claim.literature, ""), (evidence, "quiet")]),
    ]
    heading = Line([(tag, "step"), (f" {claim.verdict or claim.status}", "status")])
    return Block([heading, Pairs(pairs=sides, indent=2)])


def all_claims(pathway: Pathway) -> RenderableType:
    """Every claim of the article as a block of text, the gravest first, below a line that counts the verdicts."""
    from collections import Counter

    claims = sorted(pathway.claims.values(), key=lambda each: [*GRAVITY, Status.agree].index(each.status))
    counts = Counter(claim.status for claim in claims)
    told = ", ".join(f"{counts[status]} {status}" for status in (Status.agree, *GRAVITY) if counts[status])
    return stacked(
        Line([(f"{len(claims)} statements of the article: {told}", "heading")]) if claims else None,
        *(_block(claim) for claim in claims),
        _legend(claims),
    )


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
