"""Scenarios side by side: a row a scenario under the name that was typed, a column a readout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from her2cli.logic.questions.shares import noticeable
from her2cli.model import Pathway, Scenario
from her2cli.render.console import Block, Line, joined, labelled, text, wide, width_of
from her2cli.render.responses import (
    by_chance,
    chain_text,
    chain_words,
    digits,
    how_sure,
    idle_words,
    in_sentences,
    indented,
    most_moved,
)
from her2cli.render.runs import scenario_data, scenario_words, verdict_data, where
from her2cli.render.tables import Cell, Table
from her2cli.studies.matrix import Matrix, Reason, Row

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from her2cli.logic.questions.semantics import Verdict, Verdicts

CONTRARY = 2  # of what the article says to the contrary, so much is named
FEW = 4  # rows, of which each is explained without being asked for
WIDEST = 4  # columns of the screen that a number and its sign need: `100+`
INDENT = 4  # columns of the screen before the numbers of a name that has a line of its own
SHORT = 4  # letters of a name that is not broken
VOWELS = "AEIOUY"
SIGNS = {1: "+", -1: "-", 0: " "}


def matrix(
    result: Matrix,
    pathway: Pathway,
    *,
    told: Sequence[str] = (),
    base: str = "",
    contrary: Sequence[tuple[str, str, str]] = (),
    verbose: bool = False,
    width: int = 80,
) -> RenderableType:
    """The rows, what is to be known of them, and for few rows, or where asked, why they differ.

    *base* is the tumour to which some of them add.
    """
    from rich.console import Group

    explained = verbose or len(result.rows) <= FEW
    scenario = result.rows[0].scenario
    parts: list[RenderableType] = [
        where(pathway, scenario),
        *map(text, _shared(result, pathway, base, width)),
        text(""),
    ]
    shown = result.readouts if verbose else most_moved(result.readouts, lambda each: _apart(result, each))
    parts += _grid(result, shown, width)
    if len(shown) < len(result.readouts):
        most = f"The {len(shown)} readouts that differ most, of {len(result.readouts)}; -v shows all."
        parts.append(text(most, "status"))
    least = 100 * noticeable(result.replicates)
    parts.append(text(f"+ more, - less than in the first row, by more than {least:.0f} of 100 cells.", "quiet"))
    parts += [text(each, "status") for each in told]
    why = [line for row in result.rows for line in _told(result, row, width, verbose=verbose)] if explained else []
    parts += [text(""), *why] if why else []
    if not explained:
        notes = len(remarks(result))
        more = f", and has {notes} note{'s' if notes > 1 else ''}" if notes else ""
        parts.append(text(f"-v says why{more}.", "quiet"))
    if contrary and explained:
        parts.append(text(contrary_words(contrary), "status"))
    if sure := _sure(result, pathway):
        parts.append(text(sure, "quiet"))
    return Group(*parts)


def _sure(result: Matrix, pathway: Pathway) -> str:
    """How often such answers were right, by the drugs of all rows."""
    everything = {drug for row in result.rows for drug in row.scenario.drugs}
    return how_sure(pathway, Scenario(drugs=tuple(everything), context=result.rows[0].scenario.context))


def contrary_words(found: Sequence[tuple[str, str, str]], of: str = "in", named: int = CONTRARY) -> str:
    """What the article's pathway says to the contrary, of the first rows, in one line."""
    told = {"alike": "unchanged"}
    words = [f"{told.get(word, word)} {readout} {of} {row}" for row, readout, word in found[:named]]
    left = len(found) - named
    more = f"; so of {left} more answer{'s' if left > 1 else ''}" if left > 0 else ""
    return f"The article's pathway says the contrary: {', '.join(words)}{more} (-p article)."


def with_contrary(look: RenderableType, found: Sequence[tuple[str, str, str]]) -> RenderableType:
    """*look*, and below it that line where there is one: for an answer of treatments, each against none."""
    return Block([look, text(contrary_words(found, "with", 1), "status")]) if found else look


def contrary_data(found: Sequence[tuple[str, str, str]]) -> list[dict[str, str]]:
    """For JSON: the row, the readout, and what the article says of it."""
    return [{"scenario": row, "readout": readout, "says": word} for row, readout, word in found]


def name_of(row: Row) -> str:
    """What a row is called: as it was typed."""
    return row.scenario.name or "untreated"


def _shared(result: Matrix, pathway: Pathway, base: str, width: int) -> list[str]:
    said = [f"Late, on in % of {result.replicates:,} cells, {by_chance(result.replicates)}."]
    tumours = {row.scenario.alterations for row in result.rows}
    if len(tumours) == 1:
        tumour, _ = scenario_words(Scenario(alterations=result.rows[0].scenario.alterations), pathway)
        said.append(f"Tumour: {tumour}.")
    said += _base_words(base)
    drugs = set.intersection(*({name for name, _ in row.scenario.drugs} for row in result.rows))
    if drugs:
        said.append(f"All with {' + '.join(sorted(drugs))}.")
    return in_sentences(said, width)


def _base_words(base: str) -> list[str]:
    return [f"Tumour: {base}."] if base else []


def _grid(result: Matrix, readouts: Sequence[str], width: int) -> list[RenderableType]:
    """A line a scenario and a column a readout; the other way round, or in parts, where a screen is too narrow."""
    names = [name_of(row) for row in result.rows]
    cells = [[_cell(result, row, readout) for readout in readouts] for row in result.rows]
    if found := _fitted(names, readouts, cells, width):
        return found
    half = len(readouts) // 2
    if half:
        return [*_grid(result, readouts[:half], width), text(""), *_grid(result, readouts[half:], width)]
    return [replace(matrix_table(replace(result, readouts=tuple(readouts))), styles={"scenario": "name"})]


def _fitted(
    names: Sequence[str],
    readouts: Sequence[str],
    cells: Sequence[Sequence[tuple[str, int]]],
    width: int,
    *,
    turned: bool = True,
) -> list[RenderableType]:
    """The first of some ways to lay out *cells*, a row for each name, that fits; nothing where none does.

    Names may become the heads where the look may be *turned*.
    """
    other = [[cells[row][column] for row in range(len(names))] for column in range(len(readouts))]
    # Heads in one line, in two; names too long for that on a line of their own; the same turned; heads in three lines.
    for rows, columns, values, lines, beside in (
        (names, readouts, cells, 1, True),
        (names, readouts, cells, 2, True),
        (names, readouts, cells, 2, False),
        (readouts, names, other, 2, True),
        (names, readouts, cells, 3, True),
        (readouts, names, other, 3, True),
    ):
        if columns is names and not turned:
            continue
        heads = [in_lines(name, lines) for name in columns]
        widths = [max(WIDEST, *map(len, head)) + 1 for head in heads]
        room = max(map(len, rows)) if beside else width - sum(widths)
        if (beside or room >= INDENT) and room + sum(widths) <= width:
            return _lines([_at_plus(name, width) for name in rows], heads, widths, values, room)
    return []


def _apart(result: Matrix, readout: str) -> float:
    """How far the rows' shares of a readout are apart."""
    values = [row.readouts[readout].late for row in result.rows]
    return max(values) - min(values)


def _cell(result: Matrix, row: Row, readout: str) -> tuple[str, int]:
    differs = result.differs(row, readout)
    return f"{digits(row.readouts[readout].late)}{SIGNS[differs]}", differs


def _lines(
    rows: Sequence[Sequence[str]],
    heads: Sequence[Sequence[str]],
    widths: Sequence[int],
    shares: Sequence[Sequence[tuple[str, int]]],
    room: int,
) -> list[RenderableType]:
    found: list[RenderableType] = []
    for place in range(max(map(len, heads)), 0, -1):  # the last lines of all heads stand in one row
        told = (
            f"{head[-place] if len(head) >= place else '':>{each - 1}} "
            for head, each in zip(heads, widths, strict=True)
        )
        found.append(text((" " * room + "".join(told)).rstrip(), "quiet"))
    for (*above, name), cells in zip(rows, shares, strict=True):
        values = text("")
        for (cell, differs), each in zip(cells, widths, strict=True):
            values.append_text(text(f"{cell:>{each}}", {1: "on", -1: "off", 0: ""}[differs]))
        found += [text(each, "name") for each in above]
        found += labelled(text(name, "name"), room, values)
    return found


def _at_plus(name: str, width: int) -> list[str]:
    """*name* in lines of at most *width*, broken behind a plus, where one line is not enough."""
    lines = [""]
    for part in name.replace("+", "+\n").split("\n"):
        if lines[-1] and width_of(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return lines


def in_lines(name: str, most: int) -> list[str]:
    """*name* in at most so many lines, as short as can be, broken where a syllable ends: `PROLIFE-`, `RATION`.

    A break is before a consonant that a vowel follows, or after an underscore, with two letters or more to each side.
    """
    if most == 1 or len(name) <= SHORT:
        return [name]
    places = [place for place in range(2, len(name) - 2) if _breaks(name, place)]
    tried = [[name]]
    for place in places:
        begin = name[:place] if name[place - 1] in "_+" else f"{name[:place]}-"
        tried.append([begin, *in_lines(name[place:], most - 1)])
    return min(tried, key=lambda lines: (max(map(len, lines)), len(lines)))


def _breaks(name: str, place: int) -> bool:
    if name[place - 1] in "_+":
        return True
    here, after = name[place].upper(), name[place + 1].upper()
    return here.isalpha() and here not in VOWELS and after in VOWELS


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
    head = text(name_of(row), "name").append(
        f": {reason.readout} in {abs(reason.by) * 100:.0f} of 100 cells {way} than {other}"
    )
    if not reason.chain:
        return [head.append(".")]
    head.append(", without: " if reason.without else ": ")
    chain = chain_words(reason.chain)
    if head.cell_len + wide(chain) <= width:
        return [head.append_text(joined(chain))]
    return [head, *map(joined, indented(chain, width))]


# --- under four semantics ------------------------------------------------------------------------------------------

SEMANTICS = ("synchronous", "stochastic", "asynchronous", "most_permissive")
CALLED = {"synchronous": "steps", "stochastic": "cells", "asynchronous": "async", "most_permissive": "permissive"}
ENDS = {None: "?", (0,): "off", (1,): "on", (0, 1): "both"}
READ_SO = (
    "steps: % of the time in one cell, step by step (synchronous); cells: % of cells (stochastic); async, permissive: "
    "how it ends under asynchronous and most-permissive updates, both for on or off, ? for unknown."
)


def verdicts(
    found: Sequence[Verdicts],
    readouts: Sequence[str],
    pathway: Pathway,
    *,
    base: str = "",
    verbose: bool = False,
    width: int = 80,
) -> RenderableType:
    """Each scenario under four semantics, late; notes, which are long, where they are asked for."""
    from rich.console import Group

    rows: list[str] = []
    values: list[list[tuple[str, int]]] = []
    for each in found:
        of = {verdict.species: verdict for verdict in each.verdicts}
        for kind in SEMANTICS:
            rows.append(f"{_named(each)}, {CALLED[kind]}" if kind == SEMANTICS[0] else f"  {CALLED[kind]}")
            values.append([(_told_by(of[name], kind), 0) for name in readouts])
    notes = list(dict.fromkeys(note for each in found for note in each.notes))
    head = " ".join([f"Late, under four semantics; {found[0].replicates:,} cells.", *_base_words(base)])
    parts: list[RenderableType] = [where(pathway, found[0].scenario), Line([(head, "")]), text("")]
    parts += _in_parts(rows, readouts, values, width) or [verdicts_table(found, readouts)]
    parts.append(Line([(READ_SO, "quiet")]))
    if verbose:
        parts += [text(f"Note: {note}.", "quiet") for note in notes]
    elif notes:
        parts.append(text(f"-v has {len(notes)} note{'s' if len(notes) > 1 else ''}.", "quiet"))
    return Group(*parts)


def _in_parts(
    rows: Sequence[str], readouts: Sequence[str], cells: Sequence[Sequence[tuple[str, int]]], width: int
) -> list[RenderableType]:
    """The cells as they fit, some of the readouts after the others where a screen is too narrow for all."""
    half = len(readouts) // 2
    if (fits := _fitted(rows, readouts, cells, width, turned=False)) or not half:
        return fits
    first = _in_parts(rows, readouts[:half], [row[:half] for row in cells], width)
    rest = _in_parts(rows, readouts[half:], [row[half:] for row in cells], width)
    return [*first, text(""), *rest] if first and rest else []


def _named(found: Verdicts) -> str:
    return found.scenario.name or "untreated"


def _told_by(verdict: Verdict, kind: str) -> str:
    value = getattr(verdict, kind)
    return digits(value) if isinstance(value, float | int) else ENDS[value]


def verdicts_table(found: Sequence[Verdicts], readouts: Sequence[str]) -> Table:
    """One row a scenario and semantics, one column a readout: a share, or how it ends."""
    rows: list[tuple[Cell, ...]] = []
    for each in found:
        of = {verdict.species: verdict for verdict in each.verdicts}
        for kind in SEMANTICS:
            values = [getattr(of[name], kind) for name in readouts]
            cells = [value if isinstance(value, float | int) else ENDS[value] for value in values]
            rows.append((_named(each), kind.replace("_", "-"), *cells))
    return Table(columns=("scenario", "semantics", *readouts), rows=tuple(rows))


def verdicts_data(found: Sequence[Verdicts], readouts: Sequence[str]) -> dict[str, Any]:
    """The same for JSON."""
    notes: dict[str, list[int]] = {}
    for place, each in enumerate(found):
        for note in each.notes:
            notes.setdefault(note, []).append(place)
    told = [{verdict.species: verdict_data(verdict, each.replicates) for verdict in each.verdicts} for each in found]
    return {
        "semantics": "all",
        "replicates": found[0].replicates,
        "engine": found[0].engine,
        "scenarios": [scenario_data(each.scenario) for each in found],
        "readouts": [{name: each[name] for name in readouts} for each in told],
        "notes": [{"note": note, "scenarios": places} for note, places in notes.items()],
    }


# -------------------------------------------------------------------------------------------------------------------


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


def matrix_data(
    result: Matrix, pathway: Pathway, told: Sequence[str], contrary: Sequence[tuple[str, str, str]]
) -> dict[str, Any]:
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
        "article": contrary_data(contrary),
        "how_sure": _sure(result, pathway),
        "notes": [*told, *remarks(result)],
    }


def matrix_brief(result: Matrix, pathway: Pathway) -> dict[str, Any]:
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
    said = {"more": f"{more} scenarios more: --json or --csv has all"} if more else {}
    return {"late": rows, "how_sure": _sure(result, pathway), **said}
