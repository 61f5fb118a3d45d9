"""Two pathways side by side: what only one has, what changed in both, and where two rules disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from her2cli.render.console import text
from her2cli.render.tables import Table

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

WITNESS_SHOWN = 12  # species of a state that are printed


class Change(Protocol):
    """One difference, as `studies` finds it."""

    kind: str
    name: str
    field: str
    before: str
    after: str
    witness: tuple[tuple[str, int], ...]
    values: tuple[int, int] | None


def differences(changes: Sequence[Change], before: str, after: str) -> RenderableType:
    """*changes* by kind, `-` for what only *before* has, `+` for what only *after* has, `~` for what both have."""
    from rich.console import Group

    if not changes:
        return text(f"No differences between {before} and {after}.")
    lines: list[Text] = [text(f"- {before}", "off").append_text(text("   ")).append_text(text(f"+ {after}", "on"))]
    for kind, group in groupby(changes, key=lambda change: change.kind):
        listed = list(group)
        lines += [text(""), text(f"{kind} ({len(listed)})", "heading")]
        for change in listed:
            lines.extend(_lines(change, before, after))
    return Group(*lines)


def _lines(change: Change, before: str, after: str) -> Iterator[Text]:
    if change.kind == "rule" or change.field:
        yield text(f"  ~ {change.name}", "name").append_text(text(f" {change.field}" if change.field else ""))
        yield text("    - ", "off").append_text(text(change.before or "(nothing)"))
        yield text("    + ", "on").append_text(text(change.after or "(nothing)"))
    elif change.before:
        yield text(f"  - {change.name}", "off").append_text(text(f"  {change.before}", "quiet"))
    else:
        yield text(f"  + {change.name}", "on").append_text(text(f"  {change.after}", "quiet"))
    if change.values:
        state = _state(change.witness)
        yield text(f"    with {state or 'any state'}: {change.values[0]} in {before}, {change.values[1]} in {after}")


def _state(witness: Iterable[tuple[str, int]]) -> str:
    on = [name for name, value in witness if value]
    off = [name for name, value in witness if not value]
    told = [
        f"{', '.join(names[:WITNESS_SHOWN])}{more(names)} {word}" for names, word in ((on, "on"), (off, "off")) if names
    ]
    return " and ".join(told)


def more(names: Sequence[str]) -> str:
    """How many of *names* are not printed."""
    return f" and {len(names) - WITNESS_SHOWN} more" if len(names) > WITNESS_SHOWN else ""


def differences_table(changes: Sequence[Change]) -> Table:
    """One row a change, for CSV and TSV."""
    return Table(
        columns=("kind", "name", "field", "before", "after", "witness"),
        rows=tuple(
            (each.kind, each.name, each.field, each.before, each.after, tuple(f"{n}={v}" for n, v in each.witness))
            for each in changes
        ),
    )
