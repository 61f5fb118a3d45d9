"""What the columns of a table are called: our own, and the words of the field's tables for them."""

from __future__ import annotations

COLUMNS = ("table", "id", "name", "kind", "location", "aliases", "hgnc", "uniprot", "initial", "speed", "rule")
EXTRA_COLUMNS = ("share", "rate_up", "rate_down")  # written where a species has them
EDGE_COLUMNS = ("source", "effect", "target", "weight", "mechanism", "step", "evidence", "note")
CONDITION = "condition"  # written where an edge is one
SAME = {
    "node": "id", "species": "id", "gene": "id", "protein": "id", "symbol": "id",
    "value": "initial", "state": "initial", "from": "source", "to": "target",
    "interaction": "effect", "sign": "effect", "relation": "effect", "factors": "rule", "function": "rule",
    "source_genesymbol": "source", "target_genesymbol": "target",  # OmniPath
    "entitya": "source", "entityb": "target", "ida": "source_uniprot", "idb": "target_uniprot",  # SIGNOR
    "node1": "source", "node2": "target",  # CARNIVAL
    "regulator": "source",
    "tf": "source", "mor": "weight", "references": "pmids", "pmid": "pmids",  # decoupleR, CollecTRI, DoRothEA
}  # fmt: skip
# OmniPath's flags; those of the consensus of its sources come first.
FLAGS = (("consensus_stimulation", "consensus_inhibition"), ("is_stimulation", "is_inhibition"))
READ = frozenset(
    {*COLUMNS, *EXTRA_COLUMNS, *EDGE_COLUMNS, CONDITION, *(name for pair in FLAGS for name in pair)} - {"weight"}
    | {"source_uniprot", "target_uniprot", "databasea", "databaseb", "pmids", "is_directed", "consensus_direction", ""}
)
FORMULA = ("=", "+", "-", "@", "'", "\t", "\r")
MAX_FIELD = 100_000


def columns_of(header: list[str]) -> list[str]:
    """The names of columns as they are read; what has no name here keeps its own.

    Where a table has symbols and accessions of the ends of an edge, as OmniPath has, the symbols are the names. A
    weight is the sign of an edge where no other column is.
    """
    plain = [column.strip().lower() for column in header]
    own = {"source": "source_uniprot", "target": "target_uniprot"} if "source_genesymbol" in plain else {}
    taken, found = set(plain) - own.keys(), []
    for column in plain:
        same = own.get(column, SAME.get(column, column))
        if same == "effect" and column != "sign" and "sign" in plain:  # which says it best
            same = column
        found.append(column if same in taken and same != column else same)
        taken.add(same)
    if "weight" in found and "effect" not in found:
        found[found.index("weight")] = "effect"
    return found
