"""Two pathways side by side: what only one has, what changed in both, and where two rules disagree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from her2cli.render.console import text
from her2cli.render.tables import Table

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

COLUMNS = ("kind", "name", "field", "before", "after", "witness")
WITNESS_SHOWN = 12  # species of a state that are printed


def differences(table: Table, before: str, after: str) -> RenderableType:
    """The rows of *table* by kind: `-` for what only *before* has, `+` for what only *after* has, `~` for both.

    The witness of a rule is a state of `NAME=0|1` in which the two rules have different values.
    """
    from rich.console import Group

    if not table.rows:
        return text(f"No differences between {before} and {after}.")
    lines: list[Text] = [text(f"- {before}", "off").append_text(text("   ")).append_text(text(f"+ {after}", "on"))]
    rows = [tuple(cell if isinstance(cell, tuple) else str(cell) for cell in row) for row in table.rows]
    for kind, group in groupby(rows, key=lambda row: row[0]):
        listed = list(group)
        lines += [text(""), text(f"{kind} ({len(listed)})", "heading")]
        for _, name, field, one, other, witness in listed:
            lines.extend(_lines(kind == "rule" or bool(field), str(name), str(field), str(one), str(other)))
            if witness:
                lines.append(text(f"    they differ with {_state(witness)}", "status"))
    return Group(*lines)


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
