"""The careful way through a CSV or TSV table, row by row: it says of each row that is wrong which it is, and why."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from io import StringIO

from her2cli.errors import DataError, LimitError, RuleError, shown
from her2cli.expression import parse, variables
from her2cli.formats.effects import EFFECTS
from her2cli.formats.guard import Problems, problem
from her2cli.formats.tables import COLUMNS, EDGE_COLUMNS, FORMULA, MAX_FIELD, SAME, columns_of
from her2cli.loading.library import Shelf, library
from her2cli.model import Edge, Effect, Pathway, Place, Reference, Rule, Species, Speed, Verification

_DATES = {"Sep": "SEPT", "Mar": "MARCH", "Dec": "DEC", "Oct": "OCT"}


def read(content: str, delimiter: str, name: str, file: str) -> Pathway:
    """The pathway of a table. Raises `DataError` with all problems."""
    csv.field_size_limit(MAX_FIELD)
    rows = csv.reader(StringIO(content, newline=""), delimiter=delimiter, strict=True)
    try:
        header = next(rows, None)
        if header is None or not any(header):
            raise DataError([problem(file, "is empty; the first line names the columns.")])
        columns = columns_of(header)
        _check_header(file, columns, header)
        table = _Table(file)
        for row in rows:
            if any(row):
                table.row(rows.line_num, dict(zip(columns, map(_unsafe, row), strict=False)), len(row) - len(columns))
    except csv.Error as error:
        raise DataError([problem(file, f"is no table: {error}.", rows.line_num)]) from None
    return table.pathway(name)


def _unsafe(value: str) -> str:
    value = value.strip()
    return value[1:] if value[:1] == "'" and value[1:].startswith(FORMULA) else value


def _check_header(file: str, columns: list[str], header: list[str]) -> None:
    if {"source", "target"} <= set(columns) or {"id", "initial"} <= set(columns) or {"id", "rule"} <= set(columns):
        twice = [column for column, number in Counter(columns).items() if column and number > 1]
        if not twice:
            return
        raise DataError([problem(file, f"the column {shown(twice[0])!r} stands twice.", 1)])
    known = {*COLUMNS, *EDGE_COLUMNS, *SAME}
    named = ", ".join(shown(column, 20) for column in header[:8])
    close = [match for column in header[:20] for match in get_close_matches(column.strip().lower()[:40], known, n=1)]
    hint = f" (did you mean {', '.join(dict.fromkeys(close))}?)" if close else ""
    message = (
        f"columns {named}{hint}: a table of edges has source, effect, target; one of species id and value or rule."
    )
    raise DataError([problem(file, message, 1)])


class _Table:
    """What the rows of a table have said so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems = Problems()
        self.species: dict[str, Species] = {}
        self.rules: dict[str, Rule] = {}
        self.edges: dict[tuple[str, str, Effect], Edge] = {}
        self.cited: set[str] = set()

    def row(self, line: int, cells: Mapping[str, str], surplus: int) -> None:
        if surplus > 0:
            self.wrong(line, f"has {surplus} cells more than the header.")
            return
        kind = cells.get("table") or ("edge" if "target" in cells and not cells.get("id") else "species")
        reader: Callable[[int, Mapping[str, str]], None] | None
        reader = {"edge": self.edge_row, "species": self.species_row}.get(kind)
        if reader is None:
            self.wrong(line, f"table {shown(kind, 40)!r}: species or edge is expected.")
        else:
            reader(line, cells)

    def wrong(self, line: int, message: str) -> None:
        self.problems.append(problem(self.file, message, line))

    def species_row(self, line: int, cells: Mapping[str, str]) -> None:
        key = cells.get("id", "")
        if not key:
            self.wrong(line, "a species has no id.")
            return
        if key in self.species:
            self.wrong(line, f"{shown(key)} stands twice.")
        day, _, month = key.partition("-")
        if day.isdigit() and month[:3] in _DATES and len(month) == 3:
            self.wrong(line, f"{shown(key)} is a date: a spreadsheet made it of a gene such as {_DATES[month]}{day}.")
        initial, speed = cells.get("initial") or "0", cells.get("speed") or "fast"
        if initial not in ("0", "1"):
            self.wrong(line, f"value {shown(initial, 40)!r} of {shown(key)}: 0 or 1 is expected.")
        if speed not in ("fast", "slow"):
            self.wrong(line, f"speed {shown(speed, 40)!r} of {shown(key)}: fast or slow is expected.")
        place = Place(self.file, line, 1)
        self.species[key] = Species(
            id=key,
            name=cells.get("name", ""),
            kind=cells.get("kind", ""),
            location=cells.get("location", ""),
            aliases=_listed(cells, "aliases"),
            hgnc=_listed(cells, "hgnc"),
            uniprot=_listed(cells, "uniprot"),
            initial=int(initial == "1"),
            speed=Speed.slow if speed == "slow" else Speed.fast,
            evidence=self.evidence(cells),
            note=cells.get("note", ""),
            place=place,
        )
        if cells.get("rule"):
            self.rules[key] = Rule(target=key, text=cells["rule"], place=place)

    def edge_row(self, line: int, cells: Mapping[str, str]) -> None:
        source, target, written = (cells.get(column, "") for column in ("source", "target", "effect"))
        effect = EFFECTS.get(written.lower())
        if not source or not target:
            self.wrong(line, "an edge needs a source and a target.")
            return
        if effect is None:
            self.wrong(line, f"effect {shown(written, 40)!r}: activates or inhibits, 1 or -1 is expected.")
            return
        if (source, target, effect) in self.edges:
            return
        steps = _listed(cells, "step")
        if not all(step.isascii() and step.isdigit() for step in steps):
            self.wrong(line, f"step {shown(cells['step'], 40)!r} is not a number.")
            steps = ()
        self.edges[source, target, effect] = Edge(
            source=source,
            target=target,
            effect=effect,
            mechanism=cells.get("mechanism", ""),
            step=tuple(map(int, steps)),
            evidence=self.evidence(cells),
            note=cells.get("note", ""),
            place=Place(self.file, line, 1),
        )

    def evidence(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        keys = _listed(cells, "evidence")
        self.cited.update(keys)
        return keys

    def pathway(self, name: str) -> Pathway:
        """The pathway of all rows. Raises `DataError`."""
        for key in dict.fromkeys(key for edge in self.edges.values() for key in (edge.source, edge.target)):
            self.species.setdefault(key, Species(id=key))
        agents: dict[str, Shelf] = {}  # the library's, if rules name any; a table of other things has no use for them
        for key, rule in self.rules.items():
            line = rule.place.line if rule.place else 0
            try:
                unknown = [each for each in variables(parse(rule.text)) if each not in self.species]
            except (RuleError, LimitError) as error:
                self.wrong(line, f"rule of {shown(key)}: {error}.")
                continue
            if unknown and not agents:
                shelves = library()
                agents = {section: Shelf(shelves, section) for section in ("drugs", "alterations")}
            nameless = [each for each in unknown if not any(each in shelf for shelf in agents.values())]
            if nameless:
                message = f"no species {shown(nameless[0])!r}, and no drug or alteration of that name."
                self.wrong(line, f"rule of {shown(key)}: {message}")
        if not self.species and not self.problems:
            self.problems.append(problem(self.file, "has a header, but no row."))
        if self.problems:
            raise DataError(self.problems)
        known: Mapping[str, Reference] = Shelf(library(), "references") if self.cited else {}
        references = {
            key: known[key] if key in known else Reference(id=key, citation=key, verified=Verification.memory)
            for key in sorted(self.cited)
        }
        return Pathway(
            name=name,
            species=self.species,
            edges=tuple(self.edges.values()),
            rules=self.rules,
            references=references,
            source=self.file,
            drugs=agents.get("drugs", {}),
            alterations=agents.get("alterations", {}),
        )


def _listed(cells: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cells.get(column, "").split(";") if part.strip())
