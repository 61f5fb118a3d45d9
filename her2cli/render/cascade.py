"""Lines that hang together: a tree that is indented only where it branches, and a list below a title."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import TYPE_CHECKING, Generic, TypeVar

from her2cli.render.console import Line, Screen, Words, joined, plain, text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

MARGIN = 26  # columns that a step needs; a branch indented further starts again at the left

DEEP = ("  (goes on below)", "quiet")

_Node = TypeVar("_Node")


class Cascade(Generic[_Node]):
    """A tree of lines. An only child stands right below its parent; a branch too deep for the width starts anew.

    What is told of a node, and without colour, which nodes are below it and under which title it may start anew are
    functions: the cascade of a large network has ten thousand nodes, and each is asked once.
    """

    def __init__(
        self,
        *,
        heading: Words,
        nodes: Sequence[_Node],
        words: Callable[[_Node], Words],
        children: Callable[[_Node], Sequence[_Node]],
        name: Callable[[_Node], str],
        said: Callable[[_Node], str] | None = None,
    ) -> None:
        self.heading, self.nodes, self.words, self.children, self.name = heading, nodes, words, children, name
        self.said = said or (lambda node: plain(words(node)))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        for number, (title, lines) in enumerate(self._trees(width)):
            if number:
                yield ""
            yield joined(title)
            for node, joint, below, deep in lines:
                yield from _hanging(self._words(node, deep), joint, below, console, width)

    def uncoloured(self, screen: Screen) -> list[str]:
        """The same without colour, far faster."""
        lines: list[str] = []
        width, said_of = screen.width, self.said
        for title, walk in self._trees(width):
            lines += ["", *Line(title).uncoloured(screen)] if lines else Line(title).uncoloured(screen)
            for node, joint, below, deep in walk:
                said = said_of(node)
                if len(said) + len(below) + 2 <= width and said.isascii() and said.isprintable() and not deep:
                    lines.append(joint + said)
                else:
                    words = self._words(node, deep) if deep else self.words(node)
                    lines += _hung(words, joint, below, screen)
        return lines

    def _words(self, node: _Node, deep: bool) -> Text:
        words = joined(self.words(node))
        return words.append_text(joined([DEEP])) if deep else words

    def _trees(self, width: int) -> Iterator[tuple[Words, Iterator[tuple[_Node, str, str, bool]]]]:
        """The tree, then each branch that starts anew: its title, and its lines as `_walk` gives them."""
        waiting: list[tuple[Words, Sequence[_Node]]] = [(self.heading, self.nodes)]
        for title, nodes in waiting:
            yield title, self._walk(nodes, width, waiting)

    def _walk(
        self, nodes: Sequence[_Node], width: int, waiting: list[tuple[Words, Sequence[_Node]]]
    ) -> Iterator[tuple[_Node, str, str, bool]]:
        """Every node with the guides before it and before what is below it, and whether it goes on elsewhere."""
        children_of = self.children
        stack = [_siblings(nodes, "", root=True)]
        while stack:
            for node, joint, below in stack[-1]:
                children = children_of(node)
                if not children:
                    yield node, joint, below, False
                elif len(children) > 1 and len(below) + MARGIN > width:
                    yield node, joint, below, True
                    waiting.append(([(self.name(node), "name")], children))
                else:
                    yield node, joint, below, False
                    stack.append(_siblings(children, below))
                    break
            else:
                stack.pop()


def _siblings(nodes: Sequence[_Node], prefix: str, *, root: bool = False) -> Iterator[tuple[_Node, str, str]]:
    """The nodes with the guide before their first line and the guide before all lines below it."""
    if len(nodes) == 1 and not root:
        return iter([(nodes[0], prefix, prefix)])
    middle, last = (repeat(prefix + guide) for guide in ("├─ ", "└─ "))
    further, after = (repeat(prefix + guide) for guide in ("│  ", "   "))
    return chain(zip(nodes[:-1], middle, further, strict=False), zip(nodes[-1:], last, after, strict=False))


def _hanging(words: Text, joint: str, below: str, console: Console, width: int, inset: int = 2) -> Iterator[Text]:
    """*words* wrapped behind its guides; further lines are set in by two columns, so that each step stands out."""
    further = _further(below, width, inset)
    for number, line in enumerate(words.wrap(console, max(width - len(further), 8), overflow="fold")):
        line.rstrip()
        yield text(further if number else joint, "quiet").append_text(line)


def _hung(words: Words, joint: str, below: str, screen: Screen, inset: int = 2) -> list[str]:
    """The same without colour."""
    further = _further(below, screen.width, inset)
    first, *rest = screen.wrapped(words, max(screen.width - len(further), 8)) or [""]
    return [joint + first, *(further + line for line in rest)]


def _further(below: str, width: int, inset: int) -> str:
    return below + " " * inset if width - len(below) > 20 else below


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

    def uncoloured(self, screen: Screen) -> list[str]:
        lines = Line(self.title).uncoloured(screen)
        for words, indent in zip(self.lines, self.indents, strict=True):
            margin = " " * indent
            lines += _hung(words, margin, margin, screen, inset=4 if not indent else 0)
        return lines


def _set_in(words: Words, indent: int, console: Console, width: int) -> Iterator[Text]:
    margin = " " * indent
    return _hanging(joined(words), margin, margin, console, width, inset=4 if not indent else 0)
