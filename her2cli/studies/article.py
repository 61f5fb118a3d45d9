"""What the article's pathway says of a scenario that another pathway has answered: only where it is the contrary."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from her2cli.errors import Her2Error
from her2cli.logic.questions.responses import Response, word_of
from her2cli.logic.questions.shares import NOTICEABLE, Readout
from her2cli.logic.questions.simulation import on_and_off
from her2cli.model import Pathway, Scenario

if TYPE_CHECKING:
    from her2cli.studies.matrix import Matrix
    from her2cli.studies.resist import Resistance

CONTRARY = 0.5  # of the cells: a difference of two rows that is off by less is no contrary
WORDS = {1: "more", -1: "less", 0: "alike"}


def contrary(article: Pathway, result: Response) -> tuple[tuple[str, str], ...]:
    """The readouts of which *article* says another thing than *result*, and what: falls, rises or stays.

    It is asked in on and off, as it stands and outside of any context. Nothing, where it does not know the scenario.
    """
    if result.against_normal:
        return ()
    values = _values(article, result.simulation.scenario)
    if values is None:
        return ()
    found = []
    for each in result.outcomes:
        if each.readout in article.readouts and each.word in ("falls", "rises", "stays"):
            word = word_of(values[each.readout])
            if word in ("falls", "rises", "stays") and word != each.word:
                found.append((each.readout, word))
    return tuple(found)


def contrary_rows(article: Pathway, result: Matrix) -> tuple[tuple[str, str, str], ...]:
    """The rows and readouts of which *article* says another thing than *result* beside the first row: more, less or
    alike, late, by at least half of the cells. Nothing of scenarios that it does not know.
    """
    base = _values(article, result.rows[0].scenario)
    found: list[tuple[str, str, str]] = []
    if base is None:
        return ()
    for row in result.rows[1:]:
        values = _values(article, row.scenario)
        for name in result.readouts:
            if values is not None and name in article.readouts:
                by = values[name].late - base[name].late
                sign = (by > NOTICEABLE) - (by < -NOTICEABLE)
                here = row.readouts[name].late - result.rows[0].readouts[name].late
                if sign != result.differs(row, name) and abs(by - here) >= CONTRARY:
                    found.append((row.scenario.name or "untreated", name, WORDS[sign]))
    return tuple(found)


def contrary_sets(article: Pathway, result: Resistance) -> tuple[tuple[str, ...], ...]:
    """The sets of *result* after which, says *article*, the readout does not stay as they would have it."""
    found = []
    for way in result.ways if result.readout in article.readouts else ():
        if not article.species.keys() >= dict(way.scenario.clamps).keys():
            continue  # to be told which names are close takes longer than the answer
        values = _values(article, way.scenario)
        if values is not None and abs(values[result.readout].late - result.value) > 1 - NOTICEABLE:
            found.append(way.names)
    return tuple(found)


def _values(article: Pathway, scenario: Scenario) -> dict[str, Readout] | None:
    """What *article* says of a scenario in on and off; None where it does not know a name in it."""
    try:
        return on_and_off(article, replace(scenario, context="", name=""))
    except Her2Error:  # a drug, an alteration or a species that the article does not speak of
        return None
