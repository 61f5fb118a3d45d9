"""Scenarios side by side: a row a scenario under the name that was typed, a column a readout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from her2cli.model import Pathway, Scenario
from her2cli.render.console import Line, text
from her2cli.render.responses import (
    chain_text,
    chain_words,
    digits,
    how_sure,
    idle_words,
    indented,
    where,
    within,
)
from her2cli.render.runs import scenario_data, scenario_words
from her2cli.render.tables import Cell, Table
from her2cli.studies.matrix import Matrix, Reason, Row

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

FEW = 4  # rows, of which each is explained without being asked for
NARROWEST = 6  # columns of the screen for a readout; a narrower screen has a block a scenario
SIGNS = {1: "+", -1: "-", 0: " "}


def matrix(result: Matrix, pathway: Pathway, *, verbose: bool = False, width: int = 80) -> RenderableType:
    """The rows, what is to be known of them, and for few rows, or where asked, why they differ."""
    from rich.console import Group

    explained = verbose or len(result.rows) <= FEW
    scenario = result.rows[0].scenario
    parts: list[RenderableType] = [where(pathway, scenario), Line(_shared(result)), text("")]
    parts += _grid(result, width)
    parts.append(text("+ more, - less than in the first row, by more than 10 of 100 cells.", "quiet"))
    told = [line for row in result.rows for line in _told(result, row, width, verbose=verbose)] if explained else []
    parts += [text(""), *told] if told else []
    if not explained:
        notes = len(remarks(result))
        more = f", and has {notes} note{'s' if notes > 1 else ''}" if notes else ""
        parts.append(text(f"-v says why{more}.", "quiet"))
    everything = {drug for row in result.rows for drug in row.scenario.drugs}
    if sure := how_sure(pathway, Scenario(drugs=tuple(everything), context=scenario.context)):
        parts.append(text(sure, "quiet"))
    return Group(*parts)


def name_of(row: Row) -> str:
    """What a row is called: as it was typed."""
    return row.scenario.name or "untreated"


def _shared(result: Matrix) -> list[tuple[str, str]]:
    said = f"Late, on in % of {result.replicates:,} cells, within {within(result.replicates)}."
    tumours = {row.scenario.alterations for row in result.rows}
    if len(tumours) == 1:
        tumour, _ = scenario_words(Scenario(alterations=result.rows[0].scenario.alterations))
        said += f" Tumour: {tumour}."
    drugs = set.intersection(*({name for name, _ in row.scenario.drugs} for row in result.rows))
    if drugs:
        said += f" All with {' + '.join(sorted(drugs))}."
    return [(said, "")]


def _grid(result: Matrix, width: int) -> list[RenderableType]:
    """A line a scenario; names and columns as wide as the screen allows."""
    names = [name_of(row) for row in result.rows]
    if max(map(len, names)) // 2 + NARROWEST * len(result.readouts) > width:
        return [replace(matrix_table(result), styles={"scenario": "name"})]
    room = min(max(map(len, names)), max(width // 2, 8))
    columns = list(result.readouts)
    each = max(5, min(max(map(len, columns)) + 1, (width - room) // max(len(columns), 1)))
    heads = shortened(columns, each - 1)
    lines: list[RenderableType] = [text(" " * room + "".join(f"{head:>{each}}" for head in heads), "quiet")]
    for name, row in zip(names, result.rows, strict=True):
        words = text(name if len(name) <= room else f"{name[: room - 1]}…", "name")
        words.append(" " * (room - words.cell_len))
        for readout in columns:
            differs = result.differs(row, readout)
            cell = f"{digits(row.readouts[readout].late)}{SIGNS[differs]}"
            words.append_text(text(f"{cell:>{each}}", {1: "on", -1: "off", 0: ""}[differs]))
        lines.append(words)
    return lines


def shortened(names: Sequence[str], most: int) -> list[str]:
    """*names* of at most so many letters, which are told apart: `PROLIF`."""
    cut = [name[:most] for name in names]
    return [
        name if cut.count(name) == 1 else f"{full[: most - 1]}{index % 10}"
        for index, (name, full) in enumerate(zip(cut, names, strict=True))
    ]


def _told(result: Matrix, row: Row, width: int, *, verbose: bool) -> list[Text]:
    """Why a row differs from the one above that is most like it: the largest difference, or all."""
    lines: list[Text] = []
    if row.against is not None:
        other = name_of(result.rows[row.against])
        if not row.reasons:
            lines.append(text(f"{name_of(row)}: no readout differs noticeably from {other}."))
        chosen = row.reasons if verbose else _first_chains(row.reasons)
        for reason in chosen:
            lines += _reason(row, reason, other, width)
    lines += [text(f"{name_of(row)}: {idle_words(each)}") for each in row.idle]
    lines += [text(f"{name_of(row)}: {note}.", "quiet") for note in row.notes]
    return lines


def _first_chains(reasons: Sequence[Reason]) -> Sequence[Reason]:
    """The largest difference and, where it goes the other way, the next."""
    with_chain = [each for each in reasons if each.chain] or list(reasons)
    first = with_chain[:1]
    other = [each for each in with_chain if first and (each.by > 0) != (first[0].by > 0)]
    return [*first, *other[:1]]


def _reason(row: Row, reason: Reason, other: str, width: int) -> list[Text]:
    way = "more" if reason.by > 0 else "less"
    head = text(name_of(row), "name").append(f": {abs(reason.by):.0%} {way} {reason.readout} than {other}")
    if not reason.chain:
        return [head.append(".")]
    head.append(", without: " if reason.without else ": ")
    chain = chain_words(reason.chain)
    if head.cell_len + chain.cell_len <= width:
        return [head.append_text(chain)]
    return [head, *indented(chain, width)]


def remarks(result: Matrix) -> list[str]:
    """The notes of all rows, each once, with the rows that have it; drugs that change nothing among them."""
    found: dict[str, list[str]] = {}
    for row in result.rows:
        for note in (*(idle_words(each).rstrip(".") for each in row.idle), *row.notes):
            found.setdefault(note, []).append(name_of(row))
    return [f"{', '.join(names)}: {note}" for note, names in found.items()]


def matrix_table(result: Matrix) -> Table:
    """One row a scenario, one column a readout: late shares."""
    rows: list[tuple[Cell, ...]] = [
        (name_of(row), *(row.readouts[name].late for name in result.readouts)) for row in result.rows
    ]
    return Table(columns=("scenario", *result.readouts), rows=tuple(rows))


def matrix_data(result: Matrix, pathway: Pathway) -> dict[str, Any]:
    """The comparison for JSON."""
    from her2cli.render.json import thing

    return {
        "semantics": "stochastic",
        "replicates": result.replicates,
        "engine": result.engine,
        "scenarios": [scenario_data(row.scenario) for row in result.rows],
        "readouts": [
            {
                name: {"before": each.before, "early": each.early, "late": each.late}
                for name, each in row.readouts.items()
            }
            for row in result.rows
        ],
        "reasons": [
            {
                "scenario": index,
                "against": row.against,
                "readout": reason.readout,
                "by": reason.by,
                "without": reason.without,
                "why": chain_text(reason.chain),
                "edges": [thing(edge) for edge in reason.chain],
            }
            for index, row in enumerate(result.rows)
            for reason in row.reasons
        ],
        "idle": [
            {"scenario": index, "drug": each.drug, "why": idle_words(each)}
            for index, row in enumerate(result.rows)
            for each in row.idle
        ],
        "notes": remarks(result),
    }


def matrix_brief(result: Matrix) -> dict[str, Any]:
    """The late shares and the first reason of each row, for as many rows as fit 4 kB."""
    most = max(2, min(len(result.rows), 3000 // (60 + 24 * len(result.readouts))))
    rows: list[Mapping[str, Any]] = []
    for row in result.rows[:most]:
        why = next((each for each in row.reasons if each.chain), None)
        late = {name: round(row.readouts[name].late, 2) for name in result.readouts}
        reason = chain_text(why.chain)[:120] if why and len(result.rows) <= FEW else ""
        rows.append(
            {"scenario": name_of(row), **late} | ({"why": f"{why.readout}: {reason}"} if why and reason else {})
        )
    more = len(result.rows) - most
    return {"late": rows, **({"more": f"{more} scenarios more: --json or --csv has all"} if more else {})}
