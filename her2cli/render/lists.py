"""Everything of one kind as a list: one row a thing where a person reads it, and a full table for CSV and TSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from her2cli.errors import listed
from her2cli.lookup import Targeting
from her2cli.model import Pathway
from her2cli.render.cards import VERIFIED, acts_in
from her2cli.render.console import stacked, text
from her2cli.render.tables import NONE, Cell, Table

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list: its full table, and the columns of it that a person reads, with a note below."""

    table: Table
    shown: tuple[str, ...]
    note: str = ""

    @property
    def look(self) -> RenderableType:
        """The columns that are shown; nothing but the note where there is nothing to list."""
        if not self.table.rows:
            return text(self.note or NONE, "quiet")
        places = [self.table.columns.index(name) for name in self.shown]
        rows = tuple(tuple(row[place] for place in places) for row in self.table.rows)
        narrow = Table(columns=self.shown, rows=rows, title=self.table.title, styles=self.table.styles)
        return stacked(narrow, text(self.note, "quiet") if self.note else None)


def _listing(
    columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], shown: tuple[str, ...], note: str, title: str = ""
) -> Listing:
    styles = {columns[0]: "name", "evidence": "quiet", "checked": "quiet"}
    return Listing(table=Table(columns=columns, rows=tuple(rows), title=title, styles=styles), shown=shown, note=note)


def drugs(pathway: Pathway) -> Listing:
    """All drugs with what they are against, and how many of their actions have a place in this pathway."""
    here = f"actions in {pathway.name}"
    rows = [
        (
            *(each.id, each.aliases, each.kind, each.targets, each.status, each.as_of, each.approval),
            *(_acting(pathway, each.id), each.evidence),
        )
        for each in _by_name(pathway.drugs)
    ]
    return _listing(
        ("drug", "aliases", "kind", "targets", "status", "as_of", "approval", here, "evidence"),
        rows,
        shown=("drug", "targets", "status"),
        note=f"{len(rows)} drugs{_idle(pathway, rows)}. 'her2 drug NAME' tells what one does, 'her2 drugs --target NAME"
        f"' which are against a species. {_add('drug')}",
    )


def alterations(pathway: Pathway) -> Listing:
    """All alterations, and how many of their actions have a place in this pathway."""
    here = f"actions in {pathway.name}"
    rows = [
        (
            *(each.id, each.name, each.aliases, each.kind, tuple(map(str, each.match))),
            *(_acting(pathway, each.id), each.evidence),
        )
        for each in _by_name(pathway.alterations)
    ]
    return _listing(
        ("alteration", "name", "aliases", "kind", "match", here, "evidence"),
        rows,
        shown=("alteration", "name", "kind", here),
        note=f"{len(rows)} alterations. 'her2 alteration NAME' tells what one does. {_add('alteration')}",
    )


def cell_lines(pathway: Pathway) -> Listing:
    """All cell lines by the alterations that are cited for them."""
    rows = [
        (each.id, each.aliases, each.alterations, each.ligands, VERIFIED[each.verified], each.evidence, each.note)
        for each in pathway.cell_lines.values()
    ]
    return _listing(
        ("cell line", "aliases", "alterations", "ligands", "checked", "evidence", "note"),
        rows,
        shown=("cell line", "alterations", "ligands", "checked"),
        note=f"{len(rows)} cell lines. 'her2 cell-line NAME' has the evidence, 'her2 simulate -c NAME' runs one."
        f" {_add('cell line')}",
    )


def contexts(pathway: Pathway) -> Listing:
    """What may surround the cells of a scenario, and in which share of the cells each species is there."""
    rows = [
        (
            *(each.id, each.name, each.aliases),
            *(tuple(f"{name} in {share:.0%} of the cells" for name, share in each.shares.items()), each.note),
        )
        for each in pathway.contexts.values()
    ]
    return _listing(
        ("context", "name", "aliases", "adds", "note"),
        rows,
        shown=("context", "name", "adds"),
        note="'her2 context NAME' says why, 'her2 simulate --context NAME' asks in one.",
    )


def species(pathway: Pathway) -> Listing:
    """All species in the order of the pathway."""
    rows = [
        (each.id, each.name, each.aliases, each.kind, each.location, each.hgnc, each.uniprot)
        for each in pathway.species.values()
    ]
    return _listing(
        ("species", "name", "aliases", "kind", "location", "gene", "UniProt"),
        rows,
        shown=("species", "name", "kind", "location"),
        note=f"{len(rows)} species in {pathway.name}. 'her2 species NAME' tells what acts on one and on what it acts.",
    )


def ligands(pathway: Pathway, names: Sequence[str]) -> Listing:
    """What a medium can hold, and what each of it acts on."""
    rows = []
    for name in names:
        each = pathway.species[name]
        rows.append((each.id, each.name, each.aliases, _receptors(pathway, name), pathway.targets_of(name)))
    return _listing(
        ("ligand", "name", "aliases", "receptors", "acts on"),
        rows,
        shown=("ligand", "name", "receptors", "acts on"),
        note="'her2 simulate --ligand NAME' adds one to the medium." + _no_ligands(pathway, names),
    )


def _no_ligands(pathway: Pathway, names: Sequence[str]) -> str:
    """That some of what can be added is no ligand."""
    others = [name for name in names if pathway.species[name].kind and pathway.species[name].kind != "ligand"]
    return f" {listed(others)} can be added so, too, though no ligand{'s' if others[1:] else ''}." if others else ""


def functions(pathway: Pathway) -> Listing:
    """What the receptors do for the cell, in the article's order."""
    rows = [
        (each.name, each.article, each.species, each.status.value if each.status else "", each.note, each.evidence)
        for each in pathway.functions.values()
    ]
    return _listing(
        ("function", "article", "species", "status", "note", "evidence"),
        rows,
        shown=("function", "article", "species", "status"),
        note="'her2 function NAME' has what the literature says of one.",
    )


def pathways(found: Sequence[Pathway]) -> Listing:
    """The networks of the library, the article's first."""
    rows = [
        (each.name, each.title, len(each.species), len(each.edges), len(each.rules), each.readouts, each.source)
        for each in found
    ]
    return _listing(
        ("pathway", "title", "species", "edges", "rules", "readouts", "file"),
        rows,
        shown=("pathway", "title", "species", "edges", "rules"),
        note="Look-ups and traces read her2 (also called article), computed answers erbb (literature); --pathway takes "
        "a name, or a file in any readable format. A folder of your own is named in HER2_PATHWAYS.",
    )


def against(pathway: Pathway, target: str, found: Sequence[Targeting]) -> Listing:
    """The drugs against a species: those that are meant for it first, then those that act on its dimers."""
    rows = []
    for each in found:
        drug = pathway.drugs[each.drug]
        how = "directly" if each.direct else f"through {', '.join(each.through)}"
        rows.append((drug.id, drug.kind, drug.targets, how, each.direct, each.through, drug.evidence))
    return _listing(
        ("drug", "kind", "targets", "reaches it", "direct", "through", "evidence"),
        rows,
        shown=("drug", "reaches it"),
        title=f"Drugs against {target}",
        note=f"No drug here acts on {target}. {_add('drug')}" if not rows else "",
    )


def _idle(pathway: Pathway, rows: Sequence[tuple[Cell, ...]]) -> str:
    """Which agents have nothing to act on in this pathway; the column before the last counts their actions."""
    names = ", ".join(str(row[0]) for row in rows if not row[-2])
    return f"; without a target in {pathway.name}: {names}" if names else ""


def _by_name(shelf: Any) -> list[Any]:
    return sorted(shelf.values(), key=lambda each: each.id.casefold())


def _acting(pathway: Pathway, agent: str) -> int:
    return sum(acts_in(pathway, edge) for edge in pathway.actions(agent))


def _receptors(pathway: Pathway, ligand: str) -> tuple[str, ...]:
    return tuple(key for key, each in pathway.receptors.items() if ligand in each.ligands)


def _add(kind: str) -> str:
    return f"'her2 new --{kind.replace(' ', '-')} NAME' starts one of your own."
