"""Two pathways side by side: what only one has, what changed in both, and where two rules disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from her2cli.render.console import text
from her2cli.render.tables import Table

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

COLUMNS = ("kind", "name", "field", "before", "after", "witness")
WITNESS_SHOWN = 12  # species of a state that are printed
MANY, SHOWN = 12, 5  # things of a kind, beyond which so many are shown where not all are asked for
SUMMED = {  # how a count of a kind is told: one, and several
    "pathway": ("field of the head", "fields of the head"),
    "species": ("species", "species"),
    "edge": ("edge", "edges"),
    "action": ("action of drugs and alterations", "actions of drugs and alterations"),
    "rule": ("rule whose logic differs", "rules whose logic differs"),
    "experiment": ("experiment with another answer", "experiments with another answer"),
}


def differences(table: Table, before: str, after: str, *, verbose: bool = False) -> RenderableType:
    """How much differs, then the rows of *table* by kind: `-` for what only *before* has, `+` for what only *after*
    has, `~` for both; of a kind with many only the first, if not *verbose*.

    The witness of a rule is a state of `NAME=0|1` in which the two rules have different values.
    """
    from rich.console import Group

    if not table.rows:
        return text(f"No differences between {before} and {after}.")
    lines: list[Text] = [text(f"- {before}", "off").append_text(text("   ")).append_text(text(f"+ {after}", "on"))]
    rows = [tuple(cell if isinstance(cell, tuple) else str(cell) for cell in row) for row in table.rows]
    kinds = [(str(kind), list(group)) for kind, group in groupby(rows, key=lambda row: row[0])]
    lines += [text(""), *(_summary(kind, listed) for kind, listed in kinds)]
    for kind, listed in kinds:
        lines += [text(""), text(kind, "heading")]
        shown = listed if verbose or len(listed) <= MANY else listed[:SHOWN]
        for _, name, field, one, other, witness in shown:
            lines.extend(_lines(kind == "rule" or bool(field), str(name), str(field), str(one), str(other)))
            if witness:
                lines.append(text(f"    they differ with {_state(witness)}", "status"))
        if left := len(listed) - len(shown):
            lines.append(text(f"  and {left:,} more: -v", "quiet"))
    return Group(*lines)


def _summary(kind: str, rows: Sequence[tuple[object, ...]]) -> Text:
    """One line: how many there are of a kind, and in which of the two."""
    one, several = SUMMED.get(kind, (kind.replace("_", " "),) * 2)
    both = kind in ("rule", "experiment", "pathway")
    gone = sum(not both and not field and bool(first) for _, _, field, first, _, _ in rows)
    new = sum(not both and not field and not first for _, _, field, first, _, _ in rows)
    changed = len({name for _, name, field, *_ in rows if field}) if not both else 0
    words = text(f"  {len(rows) if both else gone + new + changed:,} {one if len(rows) == 1 else several}")
    parts = [f"{gone:,} only before" if gone else "", f"{new:,} only after" if new else ""]
    parts.append(f"{changed:,} changed" if changed else "")
    return words.append_text(text(f": {', '.join(filter(None, parts))}" if any(parts) else "", "quiet"))


def _lines(both: bool, name: str, field: str, before: str, after: str) -> Iterator[Text]:
    if both:
        yield text(f"  ~ {name}", "name").append_text(text(f" {field}" if field else ""))
        yield text("    - ", "off").append_text(text(before or "(nothing)"))
        yield text("    + ", "on").append_text(text(after or "(nothing)"))
    else:
        sign, style, summary = ("-", "off", before) if before else ("+", "on", after)
        yield text(f"  {sign} {name}", style).append_text(text(f"  {summary}", "quiet"))


def _state(witness: tuple[str, ...] | str) -> str:
    more = len(witness) - WITNESS_SHOWN
    return ", ".join(witness[:WITNESS_SHOWN]) + (f" and {more} more" if more > 0 else "")
