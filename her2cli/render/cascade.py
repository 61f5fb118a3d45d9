"""Lines that hang together: a tree that is indented only where it branches, and a list below a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from her2cli.render.console import Line, Screen, Words, fits, joined, plain, text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

MARGIN = 26  # columns that a step needs; a branch indented further starts again at the left


class Node(Protocol):
    """A line of the tree with the lines below it; *name* is the title under which it may start anew."""

    @property
    def name(self) -> str: ...
    @property
    def words(self) -> Words: ...
    @property
    def children(self) -> Sequence[Node]: ...


class Cascade:
    """A tree of lines. An only child stands right below its parent; a branch too deep for the width starts anew."""

    def __init__(self, *, heading: Words, nodes: Sequence[Node]) -> None:
        self.heading = heading
        self.nodes = nodes

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for words, guides in self._walk(options.max_width):
            if guides is None:
                yield joined(words)
            else:
                yield from _hanging(joined(words), *guides, console, options.max_width)

    def uncoloured(self, screen: Screen) -> Iterator[str]:
        """The same without colour, far faster: the cascade of a large network has ten thousand lines."""
        for words, guides in self._walk(screen.width):
            said = plain(words)
            joint, below = guides or ("", "")
            if fits(said, max(screen.width - len(below) - 2, 8) if guides else screen.width):
                yield joint + said
            elif guides is None:
                yield from (line.plain for line in joined(words).wrap(screen.console, screen.width))
            else:
                hanging = _hanging(joined(words), joint, below, screen.console, screen.width)
                yield from (line.plain for line in hanging)

    def _walk(self, width: int) -> Iterator[tuple[Words, tuple[str, str] | None]]:
        """Every line with the guides before it and before what is wrapped below it; a title has none."""
        waiting: list[tuple[Words, Sequence[Node]]] = [(self.heading, self.nodes)]
        for title, nodes in waiting:
            if title is not self.heading:
                yield [("", "")], None
            yield title, None
            stack = _siblings(nodes, "")
            while stack:
                node, joint, below = stack.pop()
                children = node.children
                if len(children) > 1 and len(below) + MARGIN > width:
                    yield joined(node.words).append_text(text("  (goes on below)", "quiet")), (joint, below)
                    waiting.append(([(node.name, "name")], children))
                    continue
                yield node.words, (joint, below)
                if len(children) == 1:
                    stack.append((children[0], below, below))
                elif children:
                    stack += _siblings(children, below)


def _siblings(nodes: Sequence[Node], prefix: str) -> list[tuple[Node, str, str]]:
    """The nodes with the guide before their first line and the guide before all lines below it, last node first."""
    if len(nodes) == 1:
        return [(nodes[0], prefix + "└─ ", prefix + "   ")]
    last = nodes[-1] if nodes else None
    return [
        (node, prefix + ("└─ " if node is last else "├─ "), prefix + ("   " if node is last else "│  "))
        for node in reversed(nodes)
    ]


def _hanging(words: Text, joint: str, below: str, console: Console, width: int, inset: int = 2) -> Iterator[Text]:
    """*words* wrapped behind its guides; further lines are set in by two columns, so that each step stands out."""
    further = below + " " * inset if width - len(below) > 20 else below
    for number, line in enumerate(words.wrap(console, max(width - len(further), 8), overflow="fold")):
        line.rstrip()
        yield text(further if number else joint, "quiet").append_text(line)


class Lines:
    """A title and lines below it, each set in by its own columns and wrapped."""

    def __init__(self, *, title: Words, lines: Sequence[Words], indents: Sequence[int] = ()) -> None:
        self.title = title
        self.lines = lines
        self.indents = indents or [0] * len(lines)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield joined(self.title)
        for words, indent in zip(self.lines, self.indents, strict=True):
            yield from _set_in(words, indent, console, options.max_width)

    def uncoloured(self, screen: Screen) -> Iterator[str]:
        yield from Line(self.title).uncoloured(screen)
        for words, indent in zip(self.lines, self.indents, strict=True):
            said = plain(words)
            if fits(said, max(screen.width - indent - 4, 8)):
                yield " " * indent + said
            else:
                yield from (line.plain for line in _set_in(words, indent, screen.console, screen.width))


def _set_in(words: Words, indent: int, console: Console, width: int) -> Iterator[Text]:
    margin = " " * indent
    return _hanging(joined(words), margin, margin, console, width, inset=4 if not indent else 0)
