"""The careful way through a CSV or TSV table, row by row: it says of each row that is wrong which it is, and why."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from io import StringIO
from typing import TypeVar

from her2cli.errors import DataError, LimitError, RuleError, nearest, shown
from her2cli.expression import parse, variables
from her2cli.formats.columns import (
    COLUMNS,
    CONDITION,
    EDGE_COLUMNS,
    EXTRA_COLUMNS,
    FLAGS,
    FORMULA,
    MAX_FIELD,
    READ,
    SAME,
    columns_of,
)
from her2cli.formats.effects import NUMBER, WITHOUT_SIGN, effect_of, of_weight, spoilt
from her2cli.formats.guard import Problems, problem
from her2cli.loading.library import Shelf, library
from her2cli.model import Edge, Effect, Pathway, Place, Reference, Rule, Species, Speed, Status, Verification
from her2cli.sheets import another_kind, doubled, no_table, places

Word = TypeVar("Word", bound=StrEnum)
_NOTHING = {"", "nan", "na", "n/a", "none", "null", "-"}  # what tables have where there is no reference
Columns = Callable[[int], Sequence[int]]
_YES_NO = {"true": True, "yes": True, "false": False, "no": False}
_TOLD = 3  # columns and words in a remark


def read(content: str, delimiter: str, name: str, file: str) -> Pathway:
    """The pathway of a table as text. Raises `DataError` with all problems."""
    csv.field_size_limit(MAX_FIELD)
    rows = csv.reader(StringIO(content, newline=""), delimiter=delimiter, strict=True)
    lines = content.split("\n")

    def at(line: int) -> list[int]:
        return [column for _, column in places(lines[line - 1], delimiter, line)] if line <= len(lines) else []

    try:
        return read_rows(((rows.line_num, row) for row in rows), name, file, at)
    except csv.Error as error:
        raise no_table(shown(file, 200), error, rows.line_num) from None


def read_rows(rows: Iterable[tuple[int, list[str]]], name: str, file: str, at: Columns) -> Pathway:
    """The pathway of a table as rows of text, each with its line; the first names the columns. Raises `DataError`.

    *at* gives the columns of the file in which the cells of a line begin, as far as they are known.
    """
    given = iter(rows)
    first, header = next((row for row in given if any(map(str.strip, row[1]))), (1, list[str]()))
    if not header:
        raise DataError([problem(file, "is empty; the first line names the columns.")])
    columns = columns_of(header)
    _check_header(file, columns, header, [(first, column) for column in at(first)])
    table = Table(file, columns, at)
    for line, row in given:
        if any(row):
            surplus = len(row) - len(columns) if any(map(str.strip, row[len(columns) :])) else 0  # blank ones are none
            table.row(line, dict(zip(columns, map(_unsafe, row), strict=False)), surplus)
    read = READ | {"weight"} if "table" in columns else READ
    others = [shown(own.strip(), 30) for own, column in zip(header, columns, strict=True) if column not in read]
    return table.pathway(name, others)


def _unsafe(value: str) -> str:
    value = value.strip()
    return value[1:] if value[:1] == "'" and value[1:].startswith(FORMULA) else value


def _check_header(file: str, columns: list[str], header: list[str], where: Sequence[tuple[int, int]]) -> None:
    edges = {"source", "target"} <= set(columns)
    if edges or {"id", "initial"} <= set(columns) or {"id", "rule"} <= set(columns):
        written = [column.strip().lower() for column in header]
        for names in (written, columns):
            if twice := doubled(shown(file, 200), names, where):
                raise DataError(twice)
        if edges and not {"effect", "table"} & set(columns) and not any(set(pair) <= set(columns) for pair in FLAGS):
            message = "is a table of edges without a column that says what they do: effect, sign, weight or mor."
            raise DataError([problem(file, message, 1)])
        return
    known = {*COLUMNS, *EXTRA_COLUMNS, *EDGE_COLUMNS, *SAME}
    named = ", ".join(shown(column, 20) for column in header[:8])
    others = [column for own, column in zip(header, columns, strict=True) if column not in known and own.strip()]
    close = [match for column in others[:20] for match in nearest(column, known, 1)]
    ends = {"source", "target"} - set(columns)
    if len(ends) == 1 and others:
        close, (end,) = [], ends
        named += (
            f", of which none is {end} (rename the one that is: {' or '.join(shown(each, 20) for each in others[:3])})"
        )
    hint = f" (did you mean {', '.join(dict.fromkeys(close))}?)" if close else ""
    message = (
        f"columns {named}{hint}: a table of edges has source, effect, target; one of species id and value or rule."
        f"{another_kind(header, 'species or edges')}"
    )
    raise DataError([problem(file, message, 1)])


class Table:
    """What the rows of a table have said so far."""

    def __init__(self, file: str, columns: Sequence[str], at: Columns = lambda _: ()) -> None:
        self.file, self._at = file, at
        self._number = {column: number for number, column in enumerate(columns)}
        self.flags = [pair for pair in FLAGS if set(pair) <= set(columns)] if "effect" not in columns else []
        self.left_out: Counter[str] = Counter()  # rows, by why
        self.unnumbered: list[str] = []  # references that are no PubMed numbers
        self.unread: Counter[str] = Counter()  # what stands for a condition and is neither true nor false
        self.both = 0  # rows that say that an edge activates and inhibits
        self.signed = False  # whether weights have signs; those of others may be scores, which have none
        self.against: list[int] = []  # the lines whose weight says the contrary of their sign
        self.problems = Problems()
        self.species: dict[str, Species] = {}
        self.rules: dict[str, Rule] = {}
        self.edges: dict[tuple[str, str, Effect], Edge] = {}
        self.cited: set[str] = set()
        self.numbered: dict[str, Reference] = {}  # PubMed's
        self.accessions: dict[str, str] = {}

    def row(self, line: int, cells: Mapping[str, str], surplus: int) -> None:
        if surplus > 0:
            more = "1 cell" if surplus == 1 else f"{surplus} cells"
            self.wrong(line, "", f"has {more} more than the header.")
            return
        kind = cells.get("table") or ("edge" if "target" in cells and not cells.get("id") else "species")
        reader: Callable[[int, Mapping[str, str]], None] | None
        reader = {"edge": self.edge_row, "species": self.species_row}.get(kind)
        if reader is None:
            self.wrong(line, "table", f"table {shown(kind, 40)!r}: species or edge is expected.")
        else:
            reader(line, cells)

    def wrong(self, line: int, column: str, message: str, within: int = 0) -> None:
        """Note what is wrong *within* the cell of that *column*; past those that there are, where it has no name."""
        found = self._at(line)
        number = self._number.get(column, 0) if column else len(self._number)
        place = found[number] + within if number < len(found) else 0
        self.problems.append(problem(self.file, message, line, place))

    def species_row(self, line: int, cells: Mapping[str, str]) -> None:
        key = cells.get("id", "")
        if not key:
            self.wrong(line, "id", "a species has no id.")
            return
        if key in self.species:
            self.wrong(line, "id", f"{shown(key)} stands twice.")
        if date := spoilt(key):
            self.wrong(line, "id", date)
        initial, speed = (cells.get("initial") or "0").removesuffix(".0"), cells.get("speed") or "fast"
        if initial not in ("0", "1"):
            self.wrong(line, "initial", f"value {shown(initial, 40)!r} of {shown(key)}: 0 or 1 is expected.")
        if speed not in ("fast", "slow"):
            self.wrong(line, "speed", f"speed {shown(speed, 40)!r} of {shown(key)}: fast or slow is expected.")
        place = Place(self.file, line, 1) if line else None
        read = Species(
            id=key,
            name=cells.get("name", ""),
            kind=cells.get("kind", ""),
            location=cells.get("location", ""),
            aliases=_listed(cells, "aliases"),
            hgnc=_listed(cells, "hgnc"),
            uniprot=_listed(cells, "uniprot"),
            initial=int(initial == "1"),
            share=self.number(line, cells, "share"),
            speed=Speed.slow if speed == "slow" else Speed.fast,
            rate_up=self.number(line, cells, "rate_up"),
            rate_down=self.number(line, cells, "rate_down"),
            evidence=self.evidence(cells),
            verified=self.word(line, cells, "verified", Verification),
            note=cells.get("note", ""),
            place=place,
        )
        if self.species.setdefault(key, read) is read and cells.get("rule"):
            evidence = _listed(cells, "rule_evidence")
            self.cited.update(evidence)
            note = cells.get("rule_note", "")
            self.rules[key] = Rule(target=key, text=cells["rule"], note=note, evidence=evidence, place=place)

    def number(self, line: int, cells: Mapping[str, str], column: str) -> float | None:
        """The number in that cell, if there is one: from 0 on, and at most 1 for a share."""
        written = cells.get(column, "")
        if not written:
            return None
        value = float(written) if NUMBER.fullmatch(written) else -1.0
        if not 0 <= value <= (1 if column == "share" else 1e300):
            expected = "a number from 0 to 1" if column == "share" else "a number from 0 on"
            expected = _with_point(written) or f"{expected} is expected"
            self.wrong(line, column, f"{column} {shown(written, 40)!r}: {expected}.")
        return value

    def edge_row(self, line: int, cells: Mapping[str, str]) -> None:
        source, target = cells.get("source", ""), cells.get("target", "")
        if not source or not target:
            self.wrong(line, "target" if source else "source", "an edge needs a source and a target.")
            return
        for column, name in (("source", source), ("target", target)):
            if date := spoilt(name):
                self.wrong(line, column, date)
        steps = _listed(cells, "step")
        if not all(step.isascii() and step.isdigit() for step in steps):
            self.wrong(line, "step", f"step {shown(cells['step'], 40)!r} is not a number.")
            steps = ()
        self.accession(source, cells.get("source_uniprot", ""), cells.get("databasea", "uniprot"))
        self.accession(target, cells.get("target_uniprot", ""), cells.get("databaseb", "uniprot"))
        evidence, against = self.evidence(cells), _listed(cells, "against")
        self.cited.update(against)
        for effect in self.effects(line, cells):
            before = self.edges.get((source, target, effect))
            if before is not None:
                self.edges[source, target, effect] = replace(
                    before, evidence=tuple(dict.fromkeys((*before.evidence, *evidence)))
                )
                continue
            self.edges[source, target, effect] = Edge(
                source=source,
                target=target,
                effect=effect,
                mechanism=cells.get("mechanism", ""),
                condition=self.condition(line, cells),
                step=tuple(map(int, steps)),
                evidence=evidence,
                against=against,
                status=self.word(line, cells, "status", Status),
                verified=self.word(line, cells, "verified", Verification),
                confidence=cells.get("confidence", ""),
                note=cells.get("note", ""),
                place=Place(self.file, line, 1) if line else None,
            )

    def condition(self, line: int, cells: Mapping[str, str]) -> bool | None:
        """Whether an edge is a condition, where that is said; tables of others mean another thing by the word."""
        written = cells.get(CONDITION, "")
        found = _YES_NO.get(written.lower())
        if written and found is None and "table" in cells:
            self.wrong(line, CONDITION, f"condition {shown(written, 40)!r}: true or false is expected.")
        elif written and found is None:
            self.unread[written] += 1
        return found

    def word(self, line: int, cells: Mapping[str, str], column: str, words: type[Word]) -> Word | None:
        """The one of *words* in that cell, if there is one."""
        written = cells.get(column, "")
        if not written:
            return None
        try:
            return words(written)
        except ValueError:
            expected = ", ".join(each.value for each in words)
            self.wrong(line, column, f"{column} {shown(written, 40)!r}: one of {expected} is expected.")
            return None

    def effects(self, line: int, cells: Mapping[str, str]) -> tuple[Effect, ...]:
        """What an edge does: one effect, both where flags say so, none where the row is left out or wrong."""
        if self.flags:
            return self.flagged(cells)
        written = cells.get("effect", "")
        effect = effect_of(written)
        if effect is None and NUMBER.fullmatch(written):
            effect = of_weight(written)
            if effect is None:
                self.left_out["a weight of 0"] += 1
                return ()
        elif not written and "table" not in cells:  # ours always says it
            self.left_out["no sign"] += 1
            return ()
        elif effect is None and written.lower() in WITHOUT_SIGN:
            self.left_out[f"the effect {written!r}"] += 1
            return ()
        if effect is None:
            expected = _with_point(written) or "activates or inhibits, 1 or -1 is expected"
            self.wrong(line, "effect", f"effect {shown(written, 40)!r}: {expected}.")
            return ()
        weight = cells.get("weight", "")
        if "table" not in cells:
            self.compare(line, effect, of_weight(weight))
        elif weight and of_weight(weight) is not effect:  # ours says the same; one of others may be a score
            self.wrong(
                line,
                "weight",
                f"effect {effect.value}, but weight {shown(weight, 40)!r}: change both, or leave out one.",
            )
            return ()
        return (effect,)

    def compare(self, line: int, effect: Effect, weight: Effect | None) -> None:
        """Note a weight that says the contrary of the sign beside it, in a table of others."""
        self.signed = self.signed or weight is Effect.inhibits
        if weight not in (None, effect):
            self.against.append(line)

    def flagged(self, cells: Mapping[str, str]) -> tuple[Effect, ...]:
        """The effects by OmniPath's flags: those of the consensus, if it has any."""
        if any(_is_no(cells.get(column, "1")) for column in ("is_directed",)):
            self.left_out["no direction"] += 1
            return ()
        for up, down in self.flags:
            pair = ((Effect.activates, cells.get(up, "")), (Effect.inhibits, cells.get(down, "")))
            found = tuple(effect for effect, flag in pair if flag and not _is_no(flag))
            if found:
                self.both += len(found) == 2
                return found
        self.left_out["no sign"] += 1
        return ()

    def accession(self, name: str, accession: str, database: str) -> None:
        """Note the UniProt accession of the species *name*, where the table has one."""
        if accession and accession != name and database.lower() == "uniprot":
            self.accessions.setdefault(name, accession)

    def evidence(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        """The references of a row: keys, and PubMed numbers with or without the resource that names them."""
        keys = _listed(cells, "evidence")
        self.cited.update(keys)
        written = re.split(r"[;,|\s]+", cells.get("pmids", ""))
        numbers = [part.rpartition(":")[2].removesuffix(".0") for part in written]
        pubmed = [number for number in numbers if re.fullmatch(r"[1-9][0-9]{3,8}", number)]
        self.unnumbered += [
            part
            for part, number in zip(written, numbers, strict=True)
            if number not in pubmed and part.lower() not in _NOTHING
        ]
        for number in pubmed:
            key = f"pubmed:{number}"
            self.numbered[key] = Reference(id=key, citation=f"pubmed {number}", pmid=number)
        return tuple(dict.fromkeys((*keys, *(f"pubmed:{number}" for number in pubmed))))

    def remarks(self, others: Sequence[str]) -> Iterator[str]:
        """What was left out, and what of the table was not read."""
        for why, number in self.left_out.most_common():
            rows, are = ("row has", "is") if number == 1 else ("rows have", "are")
            yield f"{number:,} {rows} {why}, and {are} left out."
        if self.both:
            yield f"{self.both:,} edges activate and inhibit by the table, and are read as both."
        if self.signed and self.against:
            number, first = len(self.against), f" (first in line {self.against[0]})" * bool(self.against[0])
            what = (
                "edge has a weight that contradicts its" if number == 1 else "edges have weights that contradict their"
            )
            yield f"{number:,} {what} sign{'s' * (number > 1)}{first}; the sign counts."
        if self.unnumbered:
            what = "reference is no PubMed number" if len(self.unnumbered) == 1 else "references are no PubMed numbers"
            yield f"{len(self.unnumbered):,} {what} ({shown(self.unnumbered[0], 40)}), and left out."
        if self.unread:
            (word, _), *_ = self.unread.most_common(1)
            number = self.unread.total()
            what = "condition is neither true nor false" if number == 1 else "conditions are neither true nor false"
            yield f"{number:,} {what} ({shown(word, 40)}), and not read."
        if others:
            more = f" and {len(others) - _TOLD} more" if len(others) > _TOLD else ""
            yield f"columns that are not read: {', '.join(others[:_TOLD])}{more}."

    def pathway(self, name: str, others: Sequence[str] = ()) -> Pathway:
        """The pathway of all rows; *others* are the columns that were not read. Raises `DataError`."""
        for key in dict.fromkeys(key for edge in self.edges.values() for key in (edge.source, edge.target)):
            uniprot = (self.accessions[key],) if key in self.accessions else ()
            self.species.setdefault(key, Species(id=key, uniprot=uniprot))
        agents: dict[str, Shelf] = {}  # the library's, if rules name any; a table of other things has no use for them
        for key, rule in self.rules.items():
            line = rule.place.line if rule.place else 0
            try:
                unknown = [each for each in variables(parse(rule.text)) if each not in self.species]
            except (RuleError, LimitError) as error:
                self.wrong(line, "rule", f"rule of {shown(key)}: {error}.", getattr(error, "column", 1) - 1)
                continue
            if unknown and not agents:
                shelves = library()
                agents = {section: Shelf(shelves, section) for section in ("drugs", "alterations")}
            nameless = [each for each in unknown if not any(each in shelf for shelf in agents.values())]
            if nameless:
                message = f"no species {shown(nameless[0])!r}, and no drug or alteration of that name."
                self.wrong(line, "rule", f"rule of {shown(key)}: {message}")
        if not self.species and not self.problems:
            told = next((f" that can be read: {why}" for why in self.remarks(())), "")
            self.problems.append(problem(self.file, f"has a header, but no row{told or '.'}"))
        if self.problems:
            raise DataError(self.problems)
        known: Mapping[str, Reference] = Shelf(library(), "references") if self.cited else {}
        references = {
            key: known[key] if key in known else Reference(id=key, citation=key, verified=Verification.memory)
            for key in sorted(self.cited)
        }
        found = Pathway(
            name=name,
            species=self.species,
            edges=tuple(self.edges.values()),
            rules=self.rules,
            references=references | self.numbered,
            source=self.file,
            remarks=tuple(self.remarks(others)),
            drugs=agents.get("drugs", {}),
            alterations=agents.get("alterations", {}),
        )
        if not any(edge.condition is not None for edge in found.edges):
            return found
        return replace(found, edges=tuple(_as_in_yaml(found, edge) for edge in found.edges))


def _as_in_yaml(pathway: Pathway, edge: Edge) -> Edge:
    """*edge* without a `condition` that the kinds of its ends say already: a file is written with all."""
    return replace(edge, condition=None) if edge.condition == pathway.at_context(edge) else edge


def _with_point(written: str) -> str:
    """What to write for a number with a decimal comma; nothing for anything else."""
    point = written.replace(",", ".", 1)
    return f"a number has a point for the comma, {point}" if point != written and NUMBER.fullmatch(point) else ""


def _is_no(flag: str) -> bool:
    return flag.lower() in ("0", "0.0", "false", "no", "")


def _listed(cells: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cells.get(column, "").split(";") if part.strip())
