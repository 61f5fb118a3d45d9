"""What the article's pathway says of a scenario that another pathway has answered: only where it is the contrary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from her2cli.errors import Her2Error
from her2cli.logic.questions.responses import Response, word_of
from her2cli.logic.questions.shares import NOTICEABLE, Readout
from her2cli.logic.questions.simulation import on_and_off
from her2cli.model import Pathway, Scenario

if TYPE_CHECKING:
    from her2cli.logic.ends.attractors import Found, Inputs
    from her2cli.logic.network import BooleanNetwork
    from her2cli.studies.cohort import Cohort
    from her2cli.studies.combine import Combination
    from her2cli.studies.matrix import Matrix
    from her2cli.studies.resist import Resistance
    from her2cli.studies.screen import Screen

ROWS = 100  # of many rows so many are asked for: one costs about 2 ms
CONTRARY = 0.5  # of the cells: a difference of two rows that is off by less is no contrary
Change = tuple[str, Scenario, Mapping[str, float]]
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
            value, here, least = values[each.readout], result.simulation.readouts[each.readout], result.simulation.least
            word, apart = word_of(value), abs(value.late - value.before - here.late + here.before)
            if least > NOTICEABLE and apart <= least:  # so few cells say nothing of it
                continue
            if word in ("falls", "rises", "stays") and word not in (each.word, each.slightly):
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
                sign = _sign(by)
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


def contrary_screen(article: Pathway, found: Screen, places: Iterable[int]) -> tuple[tuple[str, str, str], ...]:
    """The rows of a screen, among the first of those *places*, of which *article* says another thing.

    What a row does is how many more cells have a readout on than before its treatment; half of the cells make a
    contrary, as of rows side by side. `contrary_combination` and `contrary_cohort` judge in the same way.
    """
    return _contrary_changes(article, _screened(found, list(places)[:ROWS]), time=found.time)


def contrary_cohort(article: Pathway, found: Cohort) -> tuple[tuple[str, str, str], ...]:
    """The largest groups and their best drugs, of which *article* says another thing: `DRUG in ALTERATIONS`."""
    drugs = [level.name for level in found.screen.scenarios.axes[1].levels]
    best = [
        place * len(drugs) + drugs.index(each.drug) for place, group in enumerate(found.groups) for each in group.best
    ]
    return _contrary_changes(article, _screened(found.screen, best[:ROWS], " in "), time=found.screen.time)


def contrary_combination(article: Pathway, found: Combination) -> tuple[tuple[str, str, str], ...]:
    """What *article* says otherwise of the two drugs, each alone and together, against neither."""
    one, other = found.drugs
    changes: list[Change] = []
    for number, drugs in enumerate(((one,), (other,), found.drugs), start=1):
        scenario = replace(found.scenario, drugs=(*found.scenario.drugs, *((name, 1.0) for name in drugs)))
        by = {}
        for surface in found.surfaces:  # a response is the share of the cells that miss the goal
            more_missed = surface.shares[number] - surface.shares[0]
            by[surface.goal.species] = -more_missed if surface.goal.value else more_missed
        changes.append((" + ".join(drugs), scenario, by))
    return _contrary_changes(article, changes, time=found.time, base=found.scenario)


def contrary_ends(article: Pathway, scenario: Scenario, found: Found, inputs: Inputs) -> tuple[tuple[str, str], ...]:
    """The readouts that are on, or off, in all states *found*, of which *article* says the contrary: on or off.

    It says so where they are that in all of its minimal trap spaces. Nothing, where it does not know the scenario,
    and where not all states are listed, on either side.
    """
    from her2cli.logic.ends.attractors import minimal_trap_spaces

    treated = _treated(article, scenario) if found.complete else None
    if treated is None:
        return ()
    there = minimal_trap_spaces(treated, inputs=inputs, limit=ROWS)
    told = []
    for readout in article.readouts if there.complete else ():
        if readout in found.species:
            here, other = ({state[each.species.index(readout)] for state in each.states} for each in (found, there))
            if (here, other) in (({"0"}, {"1"}), ({"1"}, {"0"})):
                told.append((readout, "on" if other == {"1"} else "off"))
    return tuple(told)


def knows(article: Pathway, scenario: Scenario) -> bool:
    """Whether *article* has all that *scenario* names."""
    return _treated(article, scenario) is not None


def _treated(article: Pathway, scenario: Scenario) -> BooleanNetwork | None:
    """The network of a scenario in *article*; None where it does not know a name in it."""
    from her2cli.logic.network.scenario import prepare

    try:
        return prepare(article, replace(scenario, context="", name="")).treated
    except Her2Error:
        return None


def _screened(found: Screen, places: Iterable[int], word: str = " x ") -> list[Change]:
    """What the rows of a screen at these *places* do to each readout."""
    changes: list[Change] = []
    for place in places:
        names = [level.name for level in found.scenarios.levels(place)]
        if word == " in " and names[0] == "none":
            names[0] = "tumours without an alteration"
        by = {name: found.share(place, name) - found.share(place, name, "before") for name in found.readouts}
        changes.append((word.join(names if word == " x " else reversed(names)), found.scenarios[place], by))
    return changes


def _contrary_changes(
    article: Pathway, changes: Iterable[Change], *, time: str, base: Scenario | None = None
) -> tuple[tuple[str, str, str], ...]:
    """Of each change (a name, a scenario, and by how much it changes each readout) what *article* says otherwise.

    A change is one from before the treatment, or, where there is a *base*, from that scenario at the same time.
    """
    beside = None if base is None else _values(article, base)
    if base is not None and beside is None:
        return ()
    found: list[tuple[str, str, str]] = []
    for name, scenario, changed in changes:
        values = _values(article, scenario)
        for readout, here in changed.items() if values is not None else ():
            if readout in article.readouts and values is not None:
                first = getattr(beside[readout], time) if beside is not None else values[readout].before
                by = getattr(values[readout], time) - first
                if _sign(by) != _sign(here) and abs(by - here) >= CONTRARY:
                    found.append((name, readout, WORDS[_sign(by)]))
    return tuple(found)


def _sign(change: float) -> int:
    return (change > NOTICEABLE) - (change < -NOTICEABLE)


def _values(article: Pathway, scenario: Scenario) -> dict[str, Readout] | None:
    """What *article* says of a scenario in on and off; None where it does not know a name in it."""
    try:
        return on_and_off(article, replace(scenario, context="", name=""))
    except Her2Error:  # a drug, an alteration or a species that the article does not speak of
        return None
