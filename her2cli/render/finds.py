"""Lists that a search or a question for evidence brings up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from her2cli.errors import a_or_an, shown
from her2cli.lookup import Found, Hit, Use
from her2cli.model import Absent, Pathway, Reference
from her2cli.render.cards import VERIFIED
from her2cli.render.console import Block, Line, Words, stacked, text
from her2cli.render.json import thing
from her2cli.render.tables import Pairs, Table

if TYPE_CHECKING:
    from rich.console import RenderableType

ROOM = 90  # characters of a text in which something was found


def nothing(
    wanted: str, apart: Mapping[str, int], near: Mapping[str, Sequence[str]], left_out: Iterable[Absent]
) -> RenderableType:
    """That nothing holds all words, how many things hold each, what is *near* to one, and why things are *left_out*."""
    told = f"Nothing holds '{wanted}'."
    if len(apart) > 1:
        each = ", ".join(f"{word} is in {count}" for word, count in apart.items())
        told = f"No thing holds all of these words: {each}."
    for word, names in near.items():
        told += f" Close{'' if word == wanted else f' to {shown(word)}'}: {', '.join(names)}."
    why = [Line([(f"No {each.kind} '{shown(each.name or each.id)}': {each.why}.", "")]) for each in left_out]
    hint = "" if near or why else " 'her2 evidence' lists all references, 'her2 show NAME' knows aliases."
    return Block([*why, Line([(f"{told}{hint}", "")])])


def named(things: Sequence[Found], wanted: str, line: str) -> RenderableType:
    """What the words of *wanted* name, the *line* that asks for it together, and why some of it is left out."""
    there = [each for each in things if not isinstance(each.thing, Absent)]
    pieces: list[tuple[str, str]] = []
    for each in there:
        pieces += [(", " if pieces else "", ""), (each.id, "name"), (f" is {a_or_an(each.kind)}", "")]
    lines = (
        [Line([*pieces, (f", asked for{' together' if there[1:] else ''} by" if line else ".", "")])] if there else []
    )
    lines += [Line([(f"  {line}", "")])] if line else []
    for each in things:
        if each not in there:
            name = wanted if len(things) == 1 else each.thing.name or each.id
            lines.append(Line([(f"No {each.kind} '{shown(name)}': {each.thing.why}.", "")]))
    return Block(lines)


def stands_for(wanted: str, alteration: str, line: str) -> RenderableType:
    """Which *alteration* stands for the change *wanted*, and the *line* that asks for it."""
    told = [(f"{shown(wanted)} is read as the alteration ", ""), (alteration, "name"), (", asked for by", "")]
    return Block([Line(told), Line([(f"  {line}", "")])])


def no_alteration(wanted: str, gene: str, own: Sequence[str]) -> RenderableType:
    """That no alteration stands for a change of a *gene*, and those of its *own*."""
    if not own:
        told = (
            f"No alteration stands for '{shown(wanted)}', and none is of {shown(gene)}. 'her2 alterations' lists all."
        )
        return Line([(told, "")])
    some = f"Of {shown(gene)} there are {', '.join(own)}: 'her2 alteration NAME' says what stands for each."
    return Line([(f"No alteration stands for '{shown(wanted)}'. {some}", "")])


def why_absent(found: Found) -> str | None:
    """Why the library leaves out what was *found*; None for what is there."""
    return found.thing.why if isinstance(found.thing, Absent) else None


def hits(found: Sequence[Hit], wanted: str, limit: int) -> RenderableType:
    """What was found, kind by kind, the best first, each thing with the place that says most."""
    things: dict[tuple[str, str], list[Hit]] = {}
    for hit in found:
        things.setdefault((hit.kind, hit.id), []).append(hit)
    groups: dict[str, list[tuple[Words, Words]]] = {}
    for (kind, key), own in list(things.items())[:limit]:
        best = own[0]
        more = f"  (and {len(own) - 1} more)" if len(own) > 1 else ""
        label = "" if best.field in ("id", "name") else f"{best.field}: "
        told = _around(best.name if best.field == "id" else best.value, wanted)
        if told == key:
            told = ""
        groups.setdefault(kind, []).append(([(key, "name")], [(label, "quiet"), (told, ""), (more, "quiet")]))
    left = len(things) - limit
    count = f"{len(things)} things have" if len(things) > 1 else "1 thing has"
    return stacked(
        Line([(f"{count} '{wanted}'", "heading")]),
        *(Block([Line([(kind, "heading")]), Pairs(pairs=pairs, indent=2)]) for kind, pairs in groups.items()),
        Line([(f"{left} more have it: --limit {len(things)}", "quiet")]) if left > 0 else None,
    )


def _around(value: str, wanted: str) -> str:
    """*value* where *wanted* or its first word stands in it, shortened to about `ROOM` characters."""
    if len(value) <= ROOM:
        return value
    low = value.casefold()
    sought = [re.escape(each.casefold()) for each in (wanted, *wanted.split())]
    places = [re.search(each, low) for start in (r"(?<![^\W_])", "") for each in (start + word for word in sought)]
    start = max(next((place.start() for place in places if place), 0) - ROOM // 3, 0)
    start = value.find(" ", start) + 1 if start else 0
    end = value.rfind(" ", start, start + ROOM)
    end = end if end > start and start + ROOM < len(value) else start + ROOM
    return f"{'… ' if start else ''}{value[start:end].strip()}{' …' if end < len(value) else ''}"


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
