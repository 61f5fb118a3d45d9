"""CSV and TSV (RFC 4180) of species and edges, for spreadsheets and data frames.

Read is any table with a header, between semicolons too: edges (source, target, effect), species (id or node, and value,
rule or name), or both in one as we write it, told apart by a first column `table`; so are the tables of SIGNOR,
OmniPath, CARNIVAL, decoupleR and CollecTRI. A cell that a spreadsheet would run begins with `'`. A first line `sep=;`,
as Excel has it, says what parts the cells.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from her2cli.formats.columns import COLUMNS, CONDITION, EDGE_COLUMNS, EXTRA_COLUMNS, FORMULA, MAX_FIELD, columns_of
from her2cli.formats.effects import DATE, effect_of
from her2cli.formats.guard import Allowance
from her2cli.model import EdgeTable, Ends, Pathway
from her2cli.sheets import parted_by, told_by

if TYPE_CHECKING:
    from her2cli.formats.losses import Written
    from her2cli.logic.network import BooleanNetwork

_CARRIED = frozenset(
    {
        "names", "kinds", "locations", "aliases", "identifiers", "initial values of 1", "slow species", "edges",
        "mechanisms", "steps", "rules", "references", "shares of cells", "rates",
        "marks of edges that only tell in which cells others act",
    }
)  # fmt: skip
_UNUSUAL = frozenset((*FORMULA, "", " "))


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
    from her2cli.formats.attributes import condition
    from her2cli.formats.losses import Written, losses

    stream = StringIO()
    extra = [name for name in EXTRA_COLUMNS if any(getattr(s, name) is not None for s in pathway.species.values())]
    conditions = [CONDITION] if any(condition(pathway, edge) for edge in pathway.edges) else []
    columns = (*COLUMNS, *extra, *EDGE_COLUMNS, *conditions)
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
        } | {name: _number(getattr(species, name)) for name in extra}
        writer.writerow({column: _safe(value) for column, value in row.items()})
    for edge in pathway.edges:
        row = {
            "table": "edge",
            "source": edge.source,
            "effect": edge.effect.value,
            "target": edge.target,
            "weight": str(edge.effect.sign),  # the same as a number, for decoupler and networkx
            "mechanism": edge.mechanism,
            "step": "; ".join(map(str, edge.step)),
            "evidence": "; ".join(edge.evidence),
            "note": edge.note,
        } | dict.fromkeys(conditions, condition(pathway, edge))
        writer.writerow({column: value if column == "weight" else _safe(value) for column, value in row.items()})
    rules = sum(bool(rule.note or rule.evidence) for rule in pathway.rules.values())
    notes = [f"{rules} notes and references of rules"] if rules else []
    written = [fact for fact in losses(pathway, _CARRIED) if not fact.endswith(" notes")]
    return Written(text=stream.getvalue(), losses=(*written, *notes, *not_of_the_library(pathway)))


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value


def _read(content: str, delimiter: str, name: str, file: str) -> Pathway:
    Allowance(file, 100_000, "lines").take(content.count("\n"))
    told, content = told_by(content)
    head = content.lstrip("\r\n").partition("\n")[0]
    delimiter = told or (";" if parted_by(head) == ";" else delimiter)
    found = _plain_edges(content, delimiter, name, file)
    if found is None:
        from her2cli.formats import rows

        found = rows.read(content, delimiter, name, file)
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
    names = {*sources, *targets}
    meant = {word: effect for word in set(written) if (effect := effect_of(word)) is not None}
    if not set(written) <= meant.keys() or not _are_plain(names):
        return None
    signs = list(map(meant.__getitem__, written))
    if len(set(lines)) < len(lines) or len(set(meant.values())) < len(meant):
        rows = dict.fromkeys(zip(sources, targets, signs, strict=True))
        sources, targets, signs = (list(column) for column in zip(*rows, strict=True))
    edges = EdgeTable(source=sources, target=targets, effect=signs)
    return Pathway(name=name, species=Ends(edges, names), edges=edges, source=file)


def _are_plain(names: set[str]) -> bool:
    """Whether no name is empty or too long, has blanks around it, begins as a formula does, or became a date."""
    first, last = {name[:1] for name in names}, {name[-1:] for name in names}
    blank = any(map(str.isspace, first | last))
    usual = not blank and first.isdisjoint(_UNUSUAL) and max(map(len, names)) <= MAX_FIELD
    return usual and DATE.search("\n".join(names)) is None
