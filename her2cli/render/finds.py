"""Lists that a search or a question for evidence brings up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from her2cli.lookup import Hit, Use
from her2cli.model import Pathway
from her2cli.render.cards import VERIFIED
from her2cli.render.console import text
from her2cli.render.json import thing
from her2cli.render.tables import Table, stacked

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
        return text("No such statement.")
    return stacked(
        uses_table(statements, title="Statements") if statements else None,
        references_table(pathway, keys, title="References" if statements else ""),
    )


def uses_table(statements: Sequence[Use], title: str = "") -> Table:
    """One row a statement."""
    return Table(
        title=title,
        columns=("kind", "id", "statement", "status", "verified", "evidence", "against"),
        rows=tuple(
            (use.kind, use.id, use.statement, use.status, use.verified, use.evidence, use.against) for use in statements
        ),
        styles={"id": "name", "kind": "quiet", "status": "status"},
    )


def references_table(pathway: Pathway, keys: Collection[str] | None, title: str = "") -> Table:
    """The references of these keys, by key."""
    chosen = [each for key, each in pathway.references.items() if keys is None or key in keys]
    return Table(
        title=title,
        columns=("reference", "citation", "pmid", "doi", "verified", "note"),
        rows=tuple(
            (each.id, each.citation, each.pmid, each.doi, VERIFIED[each.verified], each.note)
            for each in sorted(chosen, key=lambda each: each.id.casefold())
        ),
        styles={"reference": "name", "note": "quiet"},
    )


def evidence_data(pathway: Pathway, statements: Sequence[Use], keys: Collection[str] | None) -> dict[str, Any]:
    """Statements and references as plain mappings."""
    chosen = [each for key, each in pathway.references.items() if keys is None or key in keys]
    return {"statements": uses_table(statements).records(), "references": [thing(each) for each in chosen]}
