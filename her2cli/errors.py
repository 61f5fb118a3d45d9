"""What can go wrong, as exceptions. Core code raises these; only `cli` prints them and picks the exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import NamedTuple, TypeVar

Word = TypeVar("Word")
Found = TypeVar("Found")


class Problem(NamedTuple):
    """One thing that is wrong: where it stands, what it is, and what to do next."""

    where: str  # "file:line:col", "file:line" or "file"; empty where no file is involved
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class Her2Error(Exception):
    """Something the user gave is wrong. `str(error)` is one line; the command line exits with 2."""


class Several(Her2Error):
    """Several things of one line that are wrong; each is told by itself."""

    def __init__(self, errors: Iterable[Her2Error]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))


class Mistakes:
    """What is wrong with the parts of a line: `with mistakes: ...` around each, then `tell()`, which raises it all."""

    def __init__(self) -> None:
        self.errors: list[Her2Error] = []

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> bool:
        if isinstance(error, Her2Error):
            self.errors += error.errors if isinstance(error, Several) else (error,)
        return isinstance(error, Her2Error)

    def tell(self) -> None:
        """Raise what was wrong, each mistake once; nothing where nothing was."""
        once = list({str(error): error for error in self.errors}.values())
        if once:
            raise once[0] if len(once) == 1 else Several(once)


def each_of(function: Callable[[Word], Found], words: Iterable[Word]) -> list[Found]:
    """*function* of every word. Raises `Several` where it fails for more than one."""
    mistakes, found = Mistakes(), []
    for word in words:
        with mistakes:
            found.append(function(word))
    mistakes.tell()
    return found


class DataError(Her2Error):
    """A file cannot be read. It carries all problems of that file, not just the first."""

    def __init__(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownName(Her2Error):
    """A name that nothing answers to. It carries the closest names that exist."""

    def __init__(self, kind: str, name: str, close: tuple[str, ...] = (), hint: str = "") -> None:
        self.kind, self.name, self.close = kind, name, close
        text = f"No {kind} '{shown(name)}'."
        if close:
            text += f" Close: {', '.join(close)}."
        super().__init__(f"{text} {hint}".rstrip())


class AmbiguousName(UnknownName):
    """A name that several things share alike, such as a gene's that is in two complexes. `close` are their ids."""

    def __init__(self, kind: str, name: str, close: tuple[str, ...], hint: str = "") -> None:
        super().__init__(kind, name, close)
        self.args = (f"'{shown(name)}' is a name of {listed(close)}: name one of them. {hint}".rstrip(),)


class ScenarioError(Her2Error):
    """A scenario that contradicts itself, or asks for what the pathway cannot do."""


class RuleError(Her2Error):
    """A rule that cannot be parsed. `column` counts characters of the rule from 1."""

    def __init__(self, message: str, column: int = 1) -> None:
        self.column = column
        super().__init__(message)


class LimitError(Her2Error):
    """A file, a rule or a network beyond what this analysis takes. The message says the limit."""


class MissingExtra(Her2Error):
    """An optional package is needed. The message says how to install it."""


def shown(text: str, limit: int = 60) -> str:
    """*text* as it may be printed: control and bidirectional characters escaped, and shortened past *limit*."""
    begin = text[: limit + 1]  # of which no character is shown as less than one
    visible = begin
    if not begin.isprintable():
        visible = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in begin)
    return visible if len(visible) <= limit else visible[: limit - 1] + "…"


def nearest(word: str, words: Iterable[str], most: int = 3, *, alike: float = 0.6) -> tuple[str, ...]:
    """Up to so many of *words* that *word* may have been meant for, the likest first, in whatever case.

    They are at least so much *alike*, from 0 to 1, as `difflib` counts it. `model.closest` stands on this, and
    knows all names that things of a pathway answer to.
    """
    from difflib import get_close_matches  # only a mistake needs it

    spelled: dict[str, str] = {}
    for each in words:
        spelled.setdefault(each.casefold(), each)
    # Every pair of characters is compared, so a very long word is cut.
    return tuple(spelled[each] for each in get_close_matches(word.casefold()[:80], list(spelled), n=most, cutoff=alike))


def meant(word: str, words: Iterable[str]) -> str:
    """` (did you mean x?)` for the nearest of *words*, or nothing."""
    return "".join(f" (did you mean {close!r}?)" for close in nearest(word, words, 1))


def a_or_an(word: str) -> str:
    """*word* as one of its kind: a drug, an alteration."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`; nothing of none."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
