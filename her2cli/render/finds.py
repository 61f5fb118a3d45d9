"""Lists that a search or a question for evidence brings up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from her2cli.lookup import Hit, Use
from her2cli.model import Pathway, Reference
from her2cli.render.cards import VERIFIED
from her2cli.render.console import stacked, text
from her2cli.render.json import thing
from her2cli.render.tables import Table

if TYPE_CHECKING:
    from rich.console import RenderableType


def hits(found: Sequence[Hit], wanted: str) -> RenderableType:
    """Where the text was found, or where else to look."""
    if not found:
        return text(f"Nothing holds '{wanted}'. 'her2 evidence' lists all references, 'her2 show NAME' knows aliases.")
    return hits_table(found)


def hits_table(found: Sequence[Hit]) -> Table:
    """One row a field that holds the text."""
    return Table(
        columns=("kind", "id", "field", "value"),
        rows=tuple((hit.kind, hit.id, hit.field, hit.value) for hit in found),
        styles={"id": "name", "kind": "quiet", "field": "quiet"},
    )


def evidence(pathway: Pathway, statements: Sequence[Use], keys: Collection[str] | None) -> RenderableType:
    """The statements, then the references that they rest on; *keys* None is all references."""
    if keys is not None and not statements:
        return text("There is no such statement.")
    return stacked(
        _told(statements) if statements else None,
        _cited(pathway, keys, title="References" if statements else ""),
    )


def _told(statements: Sequence[Use]) -> Table:
    """The statements for a person: what is said below each, the evidence of both sides in one place."""
    return Table(
        title="Statements",
        columns=("id", "kind", "status", "evidence", "statement"),
        rows=tuple((use.id, use.kind, use.status, _both_sides(use), use.statement) for use in statements),
        detail="statement",
        styles={"id": "name", "kind": "quiet", "status": "status"},
    )


def _both_sides(use: Use) -> str:
    told = [", ".join(use.evidence) or "none"]
    if use.against:
        told.append(f"against: {', '.join(use.against)}")
    if use.verified in ("memory", "partly"):
        told.append("unverified" if use.verified == "memory" else "partly verified")
    return "; ".join(told)


def uses_table(statements: Sequence[Use]) -> Table:
    """One row a statement."""
    return Table(
        columns=("kind", "id", "statement", "status", "verified", "evidence", "against"),
        rows=tuple(
            (use.kind, use.id, use.statement, use.status, use.verified, use.evidence, use.against) for use in statements
        ),
        styles={"id": "name", "kind": "quiet", "status": "status"},
    )


def _cited(pathway: Pathway, keys: Collection[str] | None, title: str) -> Table:
    """The references for a person: the citation below each key."""
    return Table(
        title=title,
        columns=("reference", "pmid", "doi", "verified", "citation"),
        rows=tuple(
            (
                each.id,
                each.pmid,
                each.doi,
                VERIFIED[each.verified],
                ". ".join(part for part in (each.citation, each.note) if part),
            )
            for each in _chosen(pathway, keys)
        ),
        detail="citation",
        styles={"reference": "name"},
    )


def _chosen(pathway: Pathway, keys: Collection[str] | None) -> list[Reference]:
    chosen = [each for key, each in pathway.references.items() if keys is None or key in keys]
    return sorted(chosen, key=lambda each: each.id.casefold())


def references_table(pathway: Pathway, keys: Collection[str] | None) -> Table:
    """The references of these keys, by key."""
    return Table(
        columns=("reference", "citation", "pmid", "doi", "verified", "note"),
        rows=tuple(
            (each.id, each.citation, each.pmid, each.doi, VERIFIED[each.verified], each.note)
            for each in _chosen(pathway, keys)
        ),
        styles={"reference": "name", "note": "quiet"},
    )


def evidence_data(pathway: Pathway, statements: Sequence[Use], keys: Collection[str] | None) -> dict[str, Any]:
    """Statements and references as plain mappings."""
    references = [thing(each) for each in _chosen(pathway, keys)]
    return {"statements": uses_table(statements).records(), "references": references}
