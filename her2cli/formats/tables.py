"""CSV and TSV (RFC 4180) of species and edges, for spreadsheets and data frames.

Read is any table with a header: edges (source, target, effect), species (id or node, and value, rule or name), or both
in one as we write it, told apart by a first column `table`. A cell that a spreadsheet would run begins with `'`.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from her2cli.formats.effects import EFFECTS
from her2cli.formats.guard import Allowance
from her2cli.model import EdgeTable, Ends, Pathway

if TYPE_CHECKING:
    from her2cli.formats.losses import Written
    from her2cli.logic.network import BooleanNetwork

COLUMNS = ("table", "id", "name", "kind", "location", "aliases", "hgnc", "uniprot", "initial", "speed", "rule")
EDGE_COLUMNS = ("source", "effect", "target", "mechanism", "step", "evidence", "note")
SAME = {
    "node": "id", "species": "id", "gene": "id", "protein": "id", "symbol": "id",
    "value": "initial", "state": "initial", "from": "source", "to": "target",
    "interaction": "effect", "sign": "effect", "relation": "effect", "factors": "rule", "function": "rule",
}  # fmt: skip
_CARRIED = frozenset(
    {
        "names", "kinds", "locations", "aliases", "identifiers", "initial values of 1", "slow species", "edges",
        "mechanisms", "steps", "rules", "references",
    }
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "'", "\t", "\r")
_UNUSUAL = frozenset((*FORMULA, "", " "))
MAX_FIELD = 100_000


def read_csv(content: str, *, name: str, source: str) -> Pathway:
    """The pathway that a CSV text writes. Raises `DataError` with all problems."""
    return _read(content, ",", name, source)


def read_tsv(content: str, *, name: str, source: str) -> Pathway:
    """The pathway that a TSV text writes. Raises `DataError` with all problems."""
    return _read(content, "\t", name, source)


def write_csv(pathway: Pathway, network: BooleanNetwork) -> Written:
    """Species and edges of *pathway* as one CSV table."""
    return _write(pathway, ",")


def write_tsv(pathway: Pathway, network: BooleanNetwork) -> Written:
    """Species and edges of *pathway* as one TSV table."""
    return _write(pathway, "\t")


def _write(pathway: Pathway, delimiter: str) -> Written:
    import csv
    from io import StringIO

    from her2cli.formats.agents import not_of_the_library
    from her2cli.formats.losses import Written, losses

    stream = StringIO()
    columns = (*COLUMNS, *EDGE_COLUMNS)
    writer = csv.DictWriter(stream, columns, restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    for key, species in pathway.species.items():
        rule = pathway.rules.get(key)
        row = {
            "table": "species",
            "id": key,
            "name": species.name,
            "kind": species.kind,
            "location": species.location,
            "aliases": "; ".join(species.aliases),
            "hgnc": "; ".join(species.hgnc),
            "uniprot": "; ".join(species.uniprot),
            "initial": str(species.initial),
            "speed": species.speed.value,
            "rule": rule.text if rule else "",
            "evidence": "; ".join(species.evidence),
            "note": species.note,
        }
        writer.writerow({column: _safe(value) for column, value in row.items()})
    for edge in pathway.edges:
        row = {
            "table": "edge",
            "source": edge.source,
            "effect": edge.effect.value,
            "target": edge.target,
            "mechanism": edge.mechanism,
            "step": "; ".join(map(str, edge.step)),
            "evidence": "; ".join(edge.evidence),
            "note": edge.note,
        }
        writer.writerow({column: _safe(value) for column, value in row.items()})
    rules = sum(bool(rule.note or rule.evidence) for rule in pathway.rules.values())
    notes = [f"{rules} notes and references of rules"] if rules else []
    written = [fact for fact in losses(pathway, _CARRIED) if not fact.endswith(" notes")]
    return Written(text=stream.getvalue(), losses=(*written, *notes, *not_of_the_library(pathway)))


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value


def _read(content: str, delimiter: str, name: str, file: str) -> Pathway:
    Allowance(file, 100_000, "lines").take(content.count("\n"))
    found = _plain_edges(content, delimiter, name, file)
    if found is None:
        from her2cli.formats import _rows

        found = _rows.read(content, delimiter, name, file)
    return found


def _plain_edges(content: str, delimiter: str, name: str, file: str) -> Pathway | None:
    """The quick way for large tables of edges, a column at a time; None where a cell has to be looked at with care."""
    text = content.replace("\r\n", "\n").removesuffix("\n")
    head, *lines = text.split("\n")
    cells = delimiter.join(lines).split(delimiter)
    alike = set(map(str.count, lines, repeat(delimiter))) == {2} and not any(sign in text for sign in '"\r')
    if not alike or columns_of(head.split(delimiter)) != ["source", "effect", "target"]:
        return None
    sources, written, targets = cells[0::3], cells[1::3], cells[2::3]
    words, names = set(written), {*sources, *targets}
    if not words <= EFFECTS.keys() or not _are_plain(names):
        return None
    signs = list(map(EFFECTS.__getitem__, written))
    if len(set(lines)) < len(lines) or len({EFFECTS[word] for word in words}) < len(words):
        rows = dict.fromkeys(zip(sources, targets, signs, strict=True))
        sources, targets, signs = (list(column) for column in zip(*rows, strict=True))
    edges = EdgeTable(source=sources, target=targets, effect=signs)
    return Pathway(name=name, species=Ends(edges, names), edges=edges, source=file)


def columns_of(header: list[str]) -> list[str]:
    return [SAME.get(column.strip().lower(), column.strip().lower()) for column in header]


def _are_plain(names: set[str]) -> bool:
    """Whether no name is empty or too long, has blanks around it, or begins as a formula does."""
    first, last = {name[:1] for name in names}, {name[-1:] for name in names}
    blank = any(map(str.isspace, first | last))
    return not blank and first.isdisjoint(_UNUSUAL) and max(map(len, names)) <= MAX_FIELD
