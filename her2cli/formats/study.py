"""A study of tumours while it is read: what was understood of it, and what was not. `tumours` reads the files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Rows:
    """What was read and what was not, by kind: how often, and where first."""

    read: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, list[str]] = field(default_factory=dict)

    def bad(self, kind: str, where: str) -> None:
        """Count a row of that *kind*; the first three places are kept."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        places = self.first.setdefault(kind, [])
        if len(places) < 3:
            places.append(where)

    def told(self) -> Iterator[str]:
        """A line for each kind."""
        for kind, count in self.counts.items():
            places = ", ".join(dict.fromkeys(self.first[kind]))
            yield f"{kind}: {count:,} {'time' if count == 1 else 'times'} ({'first ' if count > 3 else ''}at {places})"


@dataclass(kw_only=True)
class Study:
    """A study while it is read: its tumours in the order in which they appear, and what was looked for in each."""

    name: str
    genes: Mapping[str, str]  # folded name -> symbol, of the genes that are looked for
    marker: Callable[[str], str]  # the species that a marker's name means; empty for other words
    own: Callable[[str], str] = lambda _: ""  # the id of an alteration that is named outright; empty for other words
    rows: Rows = field(default_factory=Rows)
    number: dict[str, int] = field(default_factory=dict)  # tumour -> place
    patients: dict[str, str] = field(default_factory=dict)  # tumour -> patient, where they differ
    listed: bool = False  # whether the study lists its tumours: others in its files are told
    sequenced: set[str] | None = None  # the tumours that were sequenced; None where no file says so
    panel: dict[str, str] = field(default_factory=dict)  # tumour -> panel of its mutations
    panels: dict[str, frozenset[str]] = field(default_factory=dict)  # panel -> genes that are looked for and on it
    copied: set[str] = field(default_factory=set)  # tumours with copy number
    copy_genes: set[str] = field(default_factory=set)
    uncalled: dict[str, set[str]] = field(default_factory=dict)  # tumour -> genes whose copy number has no call in it
    called: dict[str, set[str]] = field(default_factory=dict)  # tumour -> genes whose copies a column of its own tells
    joined: set[str] | None = None  # tumours looked at for structural variants; None where no file says so
    marked: dict[str, set[str]] = field(default_factory=dict)  # marker -> tumours that it was read in
    lost: frozenset[str] = frozenset()  # genes that can be lost
    stained: frozenset[str] = frozenset()  # of these, those whose loss is seen in a stain, too
    doubts: list[tuple[str, str]] = field(default_factory=list)  # tumour, what of it is not read
    named: list[tuple[str, str]] = field(default_factory=list)  # tumour, id of an alteration that the table names
    has_mutations: bool = False
    has_fusions: bool = False
    germline: bool = False  # whether variants of the germ line count

    def tumour(self, name: str, *, sure: bool = False) -> bool:
        """Whether *name* is a tumour of the study; it is added where the study has no list of its own."""
        if name in self.number:
            return True
        if self.listed and not sure:
            return False
        self.number[name] = len(self.number)
        return True

    def doubt(self, tumour: str, told: str, where: str) -> None:
        """Count what of *tumour* is not read, and keep it beside the tumour."""
        self.rows.bad(told, where)
        self.doubts.append((tumour, told))

    def take_in(self, name: str, file: str, where: str) -> None:
        """Have *name* among the tumours; it is told where the study's own list does not have it."""
        if not self.tumour(name):
            self.rows.bad(f"a tumour of {file} that the study does not list, taken in", where)
            self.tumour(name, sure=True)

    def gene(self, name: str) -> str:
        """The symbol of a gene that is looked for, by any of its names; empty for other genes."""
        return self.genes.get(name.strip().casefold(), "")

    def gene_in(self, text: str) -> str:
        """The symbol of the one gene that is looked for in *text*: `ERBB2 (HER2)`, `ERBB2;MIEN1`; else *text*."""
        found = self.gene(text)
        if found or text.isalnum():
            return found or text.upper()
        parts = re.split(r"[;,|/()\[\]\s]+", text)
        every = {gene for part in parts if len(parts) > 1 and (gene := self.gene(part))}
        return every.pop() if len(every) == 1 else text.strip().upper()
