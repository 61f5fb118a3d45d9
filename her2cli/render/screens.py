"""What a screen looks like: the best rows with their scores and shares, and for two axes a heat map of the scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from her2cli.render.console import text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row as it is shown: `rank` is empty for a reference."""

    rank: str
    names: tuple[str, ...]
    score: str
    shares: tuple[int, ...]  # percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Rows under the names of their axes and readouts. Shares are in percent; where room is scarce, names are cut."""

    names: tuple[str, ...]
    readouts: tuple[str, ...]
    lines: Sequence[Line]
    goals: Mapping[str, int]
    title: str = ""
    notes: tuple[str, ...] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.title:
            yield text(self.title, "heading")
        width = options.max_width
        ranks = max(4, *(len(line.rank) for line in self.lines)) if self.lines else 4
        scores = max(5, *(len(line.score) for line in self.lines)) if self.lines else 5
        wide = [max(len(name), *(len(line.names[at]) for line in self.lines), 1) for at, name in enumerate(self.names)]
        heads = list(self.readouts)
        room = width - ranks - 2 - scores - sum(wide) - 2 * len(wide)
        if sum(max(len(head), 3) + 2 for head in heads) > room:
            heads = _short(heads, max(room // max(len(heads), 1) - 2, 3))
        while heads and sum(max(len(head), 3) + 2 for head in heads) > room:
            heads.pop()
        over = ranks + 2 + scores + sum(wide) + 2 * len(wide) - width
        if over > 0:  # a very narrow screen: names give way
            widest = max(range(len(wide)), key=wide.__getitem__)
            wide[widest] = max(wide[widest] - over, 6)
        head = text(f"{'rank':>{ranks}}", "quiet")
        for name, size in zip(self.names, wide, strict=True):
            head.append_text(text(f"  {name:<{size}}", "quiet"))
        head.append_text(text(f"  {'score':<{scores}}", "quiet"))
        for name in heads:
            head.append_text(text(f"  {name:>3}", "quiet"))
        head.rstrip()
        yield head
        for line in self.lines:
            yield self._line(line, ranks, wide, scores, heads)
        if heads != list(self.readouts):
            short = [f"{head} {name}" for head, name in zip(heads, self.readouts, strict=False) if head != name]
            left = self.readouts[len(heads) :]
            missing = [f"not shown for want of room: {', '.join(left)}"] if left else []
            yield text("; ".join([*short, *missing]), "quiet")
        for note in self.notes:
            yield text(note, "quiet")

    def _line(self, line: Line, ranks: int, wide: Sequence[int], scores: int, heads: Sequence[str]) -> Text:
        style = "" if line.rank.strip() else "quiet"
        row = text(f"{line.rank:>{ranks}}", style)
        for name, size in zip(line.names, wide, strict=True):
            part = text(name, style or "name")
            part.truncate(size, overflow="ellipsis", pad=True)
            row.append("  ").append_text(part)
        row.append_text(text(f"  {line.score:<{scores}}", style))
        for head, name, share in zip(heads, self.readouts, line.shares, strict=False):
            wanted = self.goals.get(name)
            met = style or ("" if wanted is None else "on" if (share >= 50) == bool(wanted) else "off")
            row.append("  ").append_text(text(f"{share:>{max(len(head), 3)}}", met))
        row.rstrip()
        return row


def _short(names: Sequence[str], size: int) -> list[str]:
    """*names* cut to *size* characters, with a number where two would be the same."""
    found: list[str] = []
    for name in names:
        short, number = name[:size], 1
        while short in found:
            number += 1
            short = f"{name[: size - len(str(number))]}{number}"
        found.append(short)
    return found
