"""Lines that hang together: a tree that is indented only where it branches, and a list below a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from her2cli.render.console import STYLES, literal, text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

MARGIN = 26  # columns that a step needs; a branch indented further starts again at the left

Words: TypeAlias = "Text | list[tuple[str, str]]"  # a line, or its pieces with their styles: joined when it is printed


@dataclass(eq=False, repr=False, kw_only=True)
class Node:
    """A line of the tree with the lines below it; *name* is the title under which it may start anew."""

    name: str
    words: Words
    children: list[Node] = field(default_factory=list)


@dataclass(eq=False, repr=False, kw_only=True)
class Cascade:
    """A tree of lines. An only child stands right below its parent; a branch too deep for the width starts anew."""

    heading: Text
    nodes: Sequence[Node]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for words, guides in self._walk(options.max_width):
            if guides is None:
                yield joined(words)
            else:
                yield from _hanging(joined(words), *guides, console, options.max_width)

    def uncoloured(self, console: Console) -> str:
        """The same without colour, far faster: the cascade of a large network has ten thousand lines."""
        from rich.cells import cell_len

        width, lines = console.width, []
        for words, guides in self._walk(width):
            plain = "".join(literal(piece) for piece, _ in words) if isinstance(words, list) else words.plain
            joint, below = guides or ("", "")
            room = max(width - len(below) - 2, 8) if guides else width
            if (len(plain) if plain.isascii() else cell_len(plain)) <= room and "\n" not in plain:
                lines.append(joint + plain)
            elif guides is None:
                lines += [line.plain for line in joined(words).wrap(console, width)]
            else:
                lines += [line.plain for line in _hanging(joined(words), joint, below, console, width)]
        return "".join(f"{line}\n" for line in lines)

    def _walk(self, width: int) -> Iterator[tuple[Words, tuple[str, str] | None]]:
        """Every line with the guides before it and before what is wrapped below it; a title has none."""
        waiting: list[tuple[Words, Sequence[Node]]] = [(self.heading, self.nodes)]
        first = True
        while waiting:
            title, nodes = waiting.pop(0)
            if not first:
                yield [("", "")], None
            first = False
            yield title, None
            stack = _siblings(nodes, "")
            while stack:
                node, joint, below = stack.pop()
                deep = len(below) + MARGIN > width and len(node.children) > 1
                words = joined(node.words).append_text(text("  (goes on below)", "quiet")) if deep else node.words
                yield words, (joint, below)
                if deep:
                    waiting.append(([(node.name, "name")], node.children))
                elif len(node.children) == 1:
                    stack.append((node.children[0], below, below))
                else:
                    stack.extend(_siblings(node.children, below))


def joined(words: Words) -> Text:
    """*words* as one text; a text is copied."""
    from rich.text import Text

    if isinstance(words, Text):
        return words.copy()
    return Text.assemble(*((literal(piece), STYLES.get(style, style)) for piece, style in words))


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


@dataclass(eq=False, repr=False, kw_only=True)
class Lines:
    """A title and lines below it, each set in by its own columns and wrapped."""

    title: Text
    lines: Sequence[Text]
    indents: Sequence[int] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.title
        indents = self.indents or [0] * len(self.lines)
        for words, indent in zip(self.lines, indents, strict=True):
            yield from _hanging(
                words, " " * indent, " " * indent, console, options.max_width, inset=4 if not indent else 0
            )
