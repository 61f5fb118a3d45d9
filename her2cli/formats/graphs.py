"""A pathway from nodes and edges with attributes, as CX2, GraphML and GML bring them: our own back, others' as edges.

Attributes are those of `attributes`; of other tools' files, what an edge does is looked for under the names that they
use for it. What has no sign or no direction is left out, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from her2cli.errors import shown
from her2cli.formats.effects import effect_of, of_weight
from her2cli.formats.guard import problem
from her2cli.formats.rows import Table
from her2cli.model import Pathway

_NAMES = ("name", "shared name", "label", "id")  # of a node, the best first
_SIGNS = ("interaction", "shared interaction", "sign", "effect", "relation", "type", "label", "arrow", "weight")
# Of these the first that an edge has may be any number, which counts by its sign, as in a table; a weight beside a word
# such as `binds` is a score.
_NUMBERS = ("sign", "interaction", "shared interaction", "effect", "relation", "weight")
_SPECIES = frozenset(
    {
        *("name", "label", "kind", "location", "aliases", "hgnc", "uniprot", "initial", "share", "speed", "rate_up"),
        *("rate_down", "rule", "rule_note", "rule_evidence", "evidence", "verified", "note"),
    }
)
_OURS = frozenset({"speed", "initial"})  # both stand at each of our nodes, and at no one else's


class Graph:
    """Nodes and edges as far as they were read."""

    def __init__(self, file: str, *, title: str = "", note: str = "", directed: bool = True) -> None:
        self.file, self.title, self.note, self.directed = file, title, note, directed
        self.table = Table(file, ["effect"])
        self.names: dict[str, str] = {}  # of the nodes, by their ids in the file
        self.left_out: Counter[str] = Counter()
        self.words: Counter[str] = Counter()  # what edges are said to do that has no sign

    def node(self, key: str, attributes: Mapping[str, str]) -> None:
        """One node. Its species is called by its name where it has one, else by its id."""
        name = next((attributes[each].strip() for each in _NAMES if attributes.get(each, "").strip()), key)
        if attributes.keys() >= _OURS:
            name = attributes.get("name", key)
        if key in self.names or not name:
            what = f"the node {shown(key)!r} stands twice." if name else "a node has no name and no id."
            self.table.problems.append(problem(self.file, what))
            return
        self.names[key] = name
        if name in self.table.species:
            self.table.problems.append(problem(self.file, f"two nodes are called {shown(name)!r}; rename one of them."))
            return
        own = attributes if attributes.keys() >= _OURS else {"note": ""}
        cells = {each: value for each, value in own.items() if each in _SPECIES}
        label = cells.pop("label", "")
        self.table.species_row(0, {**cells, "id": name, "name": "" if label == name else label})

    def edge(self, source: str, target: str, attributes: Mapping[str, str], *, directed: bool | None = None) -> None:
        """One edge between nodes by their ids in the file."""
        unknown = next((each for each in (source, target) if each not in self.names), None)
        if unknown is not None:
            self.table.problems.append(problem(self.file, f"an edge names {shown(unknown)!r}, which is no node."))
            return
        if not (self.directed if directed is None else directed):
            self.left_out["no direction"] += 1
            return
        said = [attributes[each] for each in _SIGNS if attributes.get(each, "").strip()]
        effect = next((found for each in said if (found := effect_of(each)) is not None), None)
        effect = effect or of_weight(
            next((word for each in _NUMBERS if (word := attributes.get(each, "").strip())), "")
        )
        if effect is None:
            self.left_out["no sign"] += 1
            self.words[said[0] if said else ""] += 1
            return
        cells = {**attributes, "source": self.names[source], "target": self.names[target], "effect": effect.value}
        self.table.edge_row(0, cells)

    def pathway(self, name: str) -> Pathway:
        """The pathway of all nodes and edges. Raises `DataError`."""
        if not self.names and not self.table.problems:
            self.table.problems.append(problem(self.file, "has no node."))
        if self.left_out and not self.table.edges and not self.table.problems:
            what = "; ".join(self.remarks())
            self.table.problems.append(problem(self.file, f"has no edge that can be read: {what}"))
        found = self.table.pathway(name)
        title = "" if self.title == name else self.title
        return replace(found, title=title, note=self.note, remarks=(*found.remarks, *self.remarks()))

    def remarks(self) -> Iterator[str]:
        for why, number in self.left_out.items():
            edges, are = ("edge has", "is") if number == 1 else ("edges have", "are")
            words = [f"'{shown(word, 30)}'" for word, _ in self.words.most_common(3) if word]
            more = f" ({', '.join(words)})" if why == "no sign" and words else ""
            yield f"{number:,} {edges} {why}{more}, and {are} left out."
