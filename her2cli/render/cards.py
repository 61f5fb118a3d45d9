"""One thing on one page: its names, its facts, what article and literature say, and on what evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from her2cli.graph import Step
from her2cli.lookup import Found, claims_about, targeting
from her2cli.model import Domain, Edge, Pathway, Verification
from her2cli.render.cascade import Lines
from her2cli.render.claims import on_request
from her2cli.render.console import Line, stacked, text
from her2cli.render.tables import Cell, Table, fields
from her2cli.render.tree import heading, line

if TYPE_CHECKING:
    from rich.console import RenderableType

VERIFIED = {
    Verification.seen: "verified",
    Verification.partly: "partly verified",
    Verification.memory: "unverified",
    None: "",
}


def card(found: Found, pathway: Pathway, *, claims: bool = False) -> RenderableType:
    """The page of whatever was found: facts first, and what the article claims of it where that is asked for."""
    pages = {
        "species": species,
        "receptor": receptor,
        "drug": agent,
        "alteration": agent,
        "domain": domain,
        "context": context,
    }
    page = pages.get(found.kind, other)
    return page(found, pathway, claims)


def receptor(found: Found, pathway: Pathway, claims: bool = False) -> RenderableType:
    """A receptor: names, kinase, ligands, partners, drugs and domains, and what is to be known of it."""
    thing = found.thing
    own = [each for each in pathway.domains.values() if each.receptor == found.id]
    facts: dict[str, Cell] = {
        "also called": thing.aliases,
        "gene": ", ".join([*thing.hgnc, *(f"UniProt {each}" for each in thing.uniprot)]),
        "kinase": thing.kinase,
        "ligands": thing.ligands or "none known",
        "partners": thing.partners,
        "drugs": _drugs_on(found.id, pathway),
        "domains": _ranges(own),
        "evidence": thing.evidence,
    }
    about = claims_about(pathway, found.id, *(each.id for each in own))
    return stacked(
        _title(found.id, f"  {thing.name}"),
        fields(facts),
        _prose(thing.note),
        on_request(about, claims, gravest_first=True),
    )


def context(found: Found, pathway: Pathway, claims: bool = False) -> RenderableType:
    """What surrounds the cells: each species that it adds, in which share of the cells, why, and on what evidence."""
    thing = found.thing
    lines: list[Any] = []
    indents = []
    for each in thing.species:
        evidence = f"  ({', '.join(each.evidence)})" if each.evidence else ""
        lines.append([(each.species, "name"), (f" in {each.share:.0%} of the cells", ""), (evidence, "quiet")])
        indents.append(0)
        if each.note:
            lines.append([(each.note, "")])
            indents.append(4)
    adds = Lines(title=[("What it adds", "heading")], lines=lines, indents=indents)
    return stacked(
        _title(found.id, f"  {thing.name}"),
        fields({"also called": thing.aliases, "evidence": thing.evidence}),
        _prose(thing.note),
        adds if lines else None,
        on_request(claims_about(pathway, found.id), claims),
    )


def _drugs_on(name: str, pathway: Pathway) -> str:
    """The drugs that are meant for a species, and how many more reach it through its dimers."""
    found = targeting(pathway, name)
    direct = [each.drug for each in found if each.direct]
    through = len(found) - len(direct)
    more = f"{through} through its dimers (her2 drugs --target {name})" if through else ""
    return "; ".join(part for part in (", ".join(direct), more) if part)


def _ranges(own: Sequence[Domain]) -> str:
    """The large parts of a receptor's chain in its order, with their residues, and how many nobody has checked."""
    parts = [each for each in own if each.kind not in ("fragment", "subdomain")]
    told = ", ".join(f"{each.kind} {residues(each)}".rstrip() for each in parts)
    unverified = sum(each.verified is Verification.memory for each in parts)
    return f"{told}; {unverified} of {len(parts)} unverified" if unverified else told


def receptors(pathway: Pathway, *, claims: bool = False) -> RenderableType:
    """The four receptors side by side, and on request what the article claims of all of them."""
    family = set(pathway.receptors)
    about = [claim for claim in pathway.claims.values() if family and family.issubset(claim.about)]
    return stacked(receptors_table(pathway), on_request(about, claims, "all of them"))


def receptors_table(pathway: Pathway) -> Table:
    """One row a receptor."""
    return Table(
        columns=("id", "name", "kinase", "ligands", "partners", "uniprot", "evidence"),
        rows=tuple(
            (key, _short(each), each.kinase, each.ligands or "none known", each.partners, each.uniprot, each.evidence)
            for key, each in pathway.receptors.items()
        ),
        detail="evidence",
        styles={"id": "name", "evidence": "quiet"},
    )


def _short(each: Any) -> str:
    return each.aliases[0] if each.aliases else str(each.name)


def domains(own: Sequence[Domain]) -> Table:
    """Domains in the order of the chain, with what is not verified said so."""
    unverified = sum(each.verified is Verification.memory for each in own)
    return Table(
        columns=("domain", "kind", "residues", "verified", "note", "evidence"),
        rows=tuple(
            (each.name, each.kind, residues(each), VERIFIED[each.verified], each.note, each.evidence) for each in own
        ),
        detail="note",
        styles={"domain": "name", "evidence": "quiet"},
        note=f"Residues count from the start of the precursor. {unverified} of {len(own)} ranges are unverified."
        if own
        else "",
    )


def residues(each: Domain) -> str:
    """`24-652`, with `about` where the ends are approximate."""
    if each.start is None or each.end is None:
        return ""
    return f"{'about ' if each.approximate else ''}{each.start}-{each.end}"


def domain(found: Found, pathway: Pathway, claims: bool = False) -> RenderableType:
    """One domain."""
    thing = found.thing
    facts: dict[str, Cell] = {
        "receptor": thing.receptor,
        "kind": thing.kind,
        "residues": residues(thing),
        "checked": VERIFIED[thing.verified],
        "evidence": thing.evidence,
    }
    return stacked(
        _title(thing.name),
        fields(facts),
        _prose(thing.note),
        on_request(claims_about(pathway, found.id), claims),
    )


def agent(found: Found, pathway: Pathway, claims: bool = False) -> RenderableType:
    """A drug or an alteration: what it is, then everything that it does."""
    thing = found.thing
    facts: dict[str, Cell] = {
        "also called": thing.aliases,
        "class": getattr(thing, "classes", ()),
        "target": getattr(thing, "targets", ""),
        "status": _status(thing),
        "approval": getattr(thing, "approval", ""),
        "found by": "; ".join(map(str, getattr(thing, "match", ()))) or getattr(thing, "match_note", ""),
        "acts in": f"{thing.efficacy:.0%} of the cells. {thing.efficacy_note}" if thing.efficacy < 1 else "",
        "checked": VERIFIED[thing.verified],
        "evidence": thing.evidence,
    }
    return stacked(
        heading(pathway, found.id, found.kind),
        fields(facts),
        _prose(thing.note),
        _actions(pathway.actions(found.id), pathway),
        _used_in(found, pathway),
        on_request(claims_about(pathway, found.id), claims),
    )


def _status(thing: Any) -> str:
    """`approved (as of 2026-03)`, of a drug that says so."""
    status, as_of = getattr(thing, "status", ""), getattr(thing, "as_of", "")
    return f"{status} (as of {as_of})" if status and as_of else status


def _actions(edges: Sequence[Edge], pathway: Pathway) -> RenderableType | None:
    if not edges:
        return None
    lines, indents = [], []
    for edge in edges:
        words = line(Step(edge=edge, depth=1), edge.target)
        if not acts_in(pathway, edge):
            words.append_text(text(f"  not in the pathway {pathway.name}", "quiet"))
        lines.append(words)
        indents.append(0)
        if edge.note:
            lines.append(text(edge.note))
            indents.append(4)
    return Lines(title=text("What it does", "heading"), lines=lines, indents=indents)


def acts_in(pathway: Pathway, action: Edge) -> bool:
    """Whether *pathway* has what a drug or an alteration acts on: the species, or the edge that it blocks."""
    if action.blocks:
        return any((edge.source, edge.target) == action.blocks for edge in pathway.edges)
    return action.target in pathway.species


def _used_in(found: Found, pathway: Pathway) -> RenderableType | None:
    """The rules that name it, and the cell lines that have it."""
    from her2cli.expression import parse, variables

    facts: dict[str, Cell] = {
        "in the rules of": tuple(key for key, rule in pathway.rules.items() if found.id in variables(parse(rule.text))),
        "cell lines": tuple(key for key, each in pathway.cell_lines.items() if found.id in each.alterations),
    }
    return fields(facts) if any(facts.values()) else None


def species(found: Found, pathway: Pathway, claims: bool = False) -> RenderableType:
    """A species: what it is, the drugs against it, its rule, what it acts on, and what acts on it."""
    thing = found.thing
    rule = pathway.rules.get(found.id)
    facts: dict[str, Cell] = {
        "also called": thing.aliases,
        "gene": ", ".join([*thing.hgnc, *(f"UniProt {each}" for each in thing.uniprot)]),
        "drugs": _drugs_on(found.id, pathway),
        "speed": "slow" if thing.speed == "slow" else "",
        "rule": (rule.written or rule.text) if rule else "",
        "because": rule.note if rule else "",
        **({f"  {part.name}": str(part).partition(": ")[2] for part in rule.parts} if rule else {}),
        "evidence": tuple(dict.fromkeys((*thing.evidence, *(rule.evidence if rule else ())))),
    }
    incoming, needed = _parted([(edge, edge.source) for edge in pathway.edges_into(found.id)], pathway)
    outgoing, needing = _parted([(edge, edge.target) for edge in pathway.edges_from(found.id)], pathway)
    own = tuple(key for key, each in pathway.functions.items() if each.species == found.id)
    return stacked(
        heading(pathway, found.id),
        fields(facts) if any(facts.values()) else None,
        _prose(thing.note),
        _edges("What it acts on", outgoing, upstream=False),
        _edges("What acts on it", [*incoming, *_alike(_agents_on(found.id, pathway))], upstream=True),
        _edges("In which cells, and when: it depends on", needed, upstream=True),
        _edges("In which cells, and when: what depends on it", needing, upstream=False),
        on_request(claims_about(pathway, found.id, *own), claims),
        Line([(f"'her2 receptor {found.id}' has ligands, partners and domains.", "quiet")])
        if found.id in pathway.receptors
        else None,
    )


def _parted(
    edges: Sequence[tuple[Edge, str]], pathway: Pathway
) -> tuple[list[tuple[Edge, str]], list[tuple[Edge, str]]]:
    """What acts, and what only tells in which cells."""
    apart = [each for each in edges if pathway.is_condition(each[0])]
    return [each for each in edges if each not in apart], apart


def _agents_on(name: str, pathway: Pathway) -> list[Edge]:
    keys = (*pathway.drugs, *pathway.alterations)
    return [edge for key in keys for edge in pathway.actions(key) if edge.target == name and acts_in(pathway, edge)]


def _alike(edges: Sequence[Edge]) -> list[tuple[Edge, str]]:
    """Edges that do the same under the same conditions as one, with all that do it, and all evidence."""
    groups: dict[object, list[Edge]] = {}
    for edge in edges:
        does = (edge.effect, edge.blocks, edge.mechanism, edge.requires, edge.unless, edge.status)
        groups.setdefault(does, []).append(edge)
    return [
        (
            replace(group[0], evidence=tuple(dict.fromkeys(key for edge in group for key in edge.evidence))),
            ", ".join(dict.fromkeys(edge.source for edge in group)),
        )
        for group in groups.values()
    ]


def _edges(title: str, edges: Sequence[tuple[Edge, str]], *, upstream: bool) -> RenderableType | None:
    """Each edge in a line, with what is at its other end."""
    if not edges:
        return None
    lines = [line(Step(edge=edge, depth=1), far, upstream=upstream) for edge, far in edges]
    return Lines(title=text(title, "heading"), lines=lines)


def facts_table(facts: Mapping[str, object]) -> Table:
    """One thing as rows of field and value, for CSV and TSV."""
    return Table(
        columns=("field", "value"),
        rows=tuple((key, _cell(value)) for key, value in facts.items() if value not in (None, "", [], {})),
    )


def other(found: Found, pathway: Pathway, claims: bool = False) -> RenderableType:
    """Anything else: its fields as they stand."""
    from her2cli.render.json import thing

    facts = {key: value for key, value in thing(found.thing).items() if key not in ("id", "note")}
    told: dict[str, Cell] = {key: _cell(value) for key, value in facts.items() if value not in (None, "", [], {})}
    return stacked(
        _title(found.id, f"  {found.kind}"),
        fields(told),
        _prose(getattr(found.thing, "note", "")),
        on_request(claims_about(pathway, found.id), claims),
    )


def _cell(value: object) -> Cell:
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key} {_flat(each)}" for key, each in value.items() if each not in (None, "", []))
    return value if isinstance(value, str | int | float) else str(value)


def _flat(value: object) -> str:
    return ", ".join(_flat(each) for each in value) if isinstance(value, list) else str(value)


def _prose(note: str) -> RenderableType | None:
    return Line([(note, "")]) if note else None


def _title(name: str, rest: str = "") -> RenderableType:
    return Line([(name, "name"), (rest, "")])
