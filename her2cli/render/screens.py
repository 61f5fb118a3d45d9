"""What a screen looks like: the best rows with their scores and shares, and for two axes a heat map of the scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from her2cli.render.console import text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text


GAP = 2
SHARE = 3  # columns of the screen for a share: "100"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row as it is shown: `rank` is empty for a reference."""

    rank: str
    names: tuple[str, ...]
    score: str
    shares: tuple[int, ...]  # percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Rows under the names of their axes and readouts. Shares are in percent.

    Where names leave no room for a share behind them, they have a line of their own; heads of readouts are cut.
    """

    names: tuple[str, ...]
    readouts: tuple[str, ...]
    lines: Sequence[Line]
    goals: Mapping[str, int]
    notes: tuple[str, ...] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        ranks = max([4, *(len(line.rank) for line in self.lines)])
        scores = max([5, *(len(line.score) for line in self.lines)])
        wide = [max([len(name), *(len(line.names[at]) for line in self.lines)]) for at, name in enumerate(self.names)]
        room = options.max_width - ranks - GAP - scores
        behind = room - sum(wide) - GAP * len(wide)
        beside = behind >= (GAP + SHARE if self.readouts else 0)
        heads = self._heads(behind if beside else room)
        head = text(f"{'score':<{scores}}", "quiet")
        for name in heads:
            head.append_text(text(f"{'':{GAP}}{name:>{SHARE}}", "quiet"))
        rows = [("rank", self.names, head, "quiet")]
        for line in self.lines:
            style = "" if line.rank.strip() else "quiet"
            rows.append((line.rank, line.names, self._shares(line, scores, heads, style), style))
        for rank, names, shares, style in rows:
            row = text(f"{rank:>{ranks}}{'':{GAP}}", style)
            if beside:
                padded = "".join(f"{name:<{size}}{'':{GAP}}" for name, size in zip(names, wide, strict=True))
                row.append_text(text(padded, style or "name"))
            else:
                above = text((" " * GAP).join(names), style or "name")
                for part in above.wrap(console, max(options.max_width - ranks - GAP, 8), overflow="fold"):
                    yield row.append_text(part)
                    row = text(" " * (ranks + GAP))
            row.append_text(shares).rstrip()
            yield row
        if heads != list(self.readouts):
            short = [f"{head} {name}" for head, name in zip(heads, self.readouts, strict=False) if head != name]
            left = self.readouts[len(heads) :]
            missing = [f"not shown for want of room: {', '.join(left)}"] if left else []
            yield text("; ".join([*short, *missing]), "quiet")
        for note in self.notes:
            yield text(note, "quiet")

    def _heads(self, room: int) -> list[str]:
        """The readouts, cut where that is needed, as many as *room* has columns for."""
        heads = list(self.readouts)
        if _columns(heads) > room:
            heads = _short(heads, max(room // len(heads) - GAP, SHARE))
        while heads and _columns(heads) > room:
            heads.pop()
        return heads

    def _shares(self, line: Line, scores: int, heads: Sequence[str], style: str) -> Text:
        """The score and, under each of *heads*, the share."""
        row = text(f"{line.score:<{scores}}", style)
        for head, name, share in zip(heads, self.readouts, line.shares, strict=False):
            wanted = self.goals.get(name)
            met = style or ("" if wanted is None else "on" if (share >= 50) == bool(wanted) else "off")
            row.append("  ").append_text(text(f"{share:>{max(len(head), SHARE)}}", met))
        return row


def _columns(heads: Sequence[str]) -> int:
    """The columns of the screen for shares under *heads*."""
    return sum(GAP + max(len(head), SHARE) for head in heads)


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
