"""Where a network ends up: fixed points, trap spaces and attractors, as lists and for JSON."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from her2cli.logic.ends.attractors import Found
from her2cli.model import Scenario
from her2cli.render.console import stacked, text
from her2cli.render.runs import told
from her2cli.render.tables import Cell, Pairs, Table

if TYPE_CHECKING:
    from rich.console import RenderableType

# What each question is called, in the order of the answers. `kind` of a table's row and field of the JSON.
TITLES = {
    "fixed_points": "Fixed points: no update changes them",
    "minimal_trap_spaces": "Minimal trap spaces: the most-permissive attractors",
    "attractors": "Attractors of asynchronous updates",
    "synchronous_attractors": "Cycles of updating all species at once",
}

NAMED = 40  # species of a state that a person is shown by name
TOLD_ONCE = 12  # species that are alike in all listed states, from which on they are told once, before the list


def ends(
    scenario: Scenario, answers: Mapping[str, Found], *, head: RenderableType | None = None, beside: str = ""
) -> RenderableType:
    """The scenario, where there is one, each answer by what is on and what keeps changing in it, a line *beside*."""
    parts = [part(scenario, answers, kind, alone=False, head=head) for kind in answers]
    return stacked(*parts, text(beside, "status") if beside else None)


def beside(line: str) -> RenderableType:
    """A line below answers that were written one by one."""
    from rich.console import Group

    return Group(text(""), text(line, "status"))


def part(
    scenario: Scenario,
    answers: Mapping[str, Found],
    kind: str,
    *,
    alone: bool = True,
    head: RenderableType | None = None,
) -> RenderableType:
    """One of the *answers*: with the scenario if it is the first, else with an empty line before it if *alone*.

    *head* stands above the first.
    """
    from rich.console import Group

    first = next(iter(answers.values()))
    found = answers[kind]
    if found is first:
        plain = scenario == Scenario(inputs=scenario.inputs, context=scenario.context)
        return stacked(head, None if plain else told(scenario), _states(TITLES[kind], found, None))
    states = _states(TITLES[kind], found, first)
    return Group(text(""), states) if alone else states


def _states(title: str, found: Found, first: Found | None) -> RenderableType:
    """The states of one answer; where they are those of the *first* one they are not listed again."""
    from rich.console import Group

    changing = f", {found.cyclic} of them cyclic" if found.cyclic else ""
    least = "" if found.counted else "At least "
    heading = text(f"{title}. {least}{found.count:,}{changing}", "heading")
    if first and found.complete and (found.count, found.states, found.cyclic) == (first.count, first.states, 0):
        return Group(heading, text("  The same as above."))
    parts: list[RenderableType] = [heading]
    shared = _shared(found)
    if shared:
        which = f"all {len(found.states)}" if found.complete else f"the first {len(found.states)}"
        lead = text("", "step")
        parts.append(Pairs(pairs=[(lead, text(f"in {which}, {_told(found, 1, only=shared)}; and"))]))
    rest = found.species if not shared else {name for name in found.species if name not in shared}
    told = [_told(found, index, only=rest) for index in range(1, len(found.states) + 1)]
    for place, size in enumerate(found.sizes):
        told[place] += f"; {size:,} states" if size > 1 else ""
    parts.append(Pairs(pairs=[(text(f"{index:>3}.", "step"), text(line)) for index, line in enumerate(told, start=1)]))
    if not found.counted:
        parts.append(text(f"{_stopped(found)}: --limit N looks for more.", "status"))
    elif not found.complete:
        parts.append(text(f"The first {len(found.states):,} of {found.count:,}; --limit N lists more.", "status"))
    if any(max(state.count("1"), state.count("*")) > NAMED for state in found.states):
        parts.append(text("--csv or --json have all species.", "status"))
    return Group(*parts)


def _shared(found: Found) -> frozenset[str]:
    """The species that are the same in all listed states, where so many are on or not fixed that they are told once."""
    columns = zip(found.species, zip(*found.states, strict=True), strict=True) if len(found.states) > 1 else ()
    same = {name: values[0] for name, values in columns if len(set(values)) == 1}
    return frozenset(same) if sum(value != "0" for value in same.values()) >= TOLD_ONCE else frozenset()


def _told(found: Found, index: int, *, only: Collection[str]) -> str:
    state = dict(zip(found.species, found.states[index - 1], strict=True))
    only = set(only)
    on = [name for name, value in state.items() if value == "1" and name in only]
    free = [name for name, value in state.items() if value == "*" and name in only]
    told = f"on: {_some(on) or 'nothing'}"
    if free:
        told += f"; not fixed: {_some(free)}"
    return told


def _some(names: Sequence[str]) -> str:
    """The names, or the first of them and how many more there are."""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _stopped(found: Found) -> str:
    return f"The search in {len(found.species):,} species stopped at {found.count:,}"


def ends_table(answers: Mapping[str, Found]) -> Table:
    """One row a state, one column a species: 0, 1, or * where it is not fixed."""
    species = next(iter(answers.values())).species if answers else ()
    rows: list[tuple[Cell, ...]] = []
    for kind, found in answers.items():
        rows += [(kind, index, *state) for index, state in enumerate(found.states, start=1)]
    return Table(columns=("kind", "number", *species), rows=tuple(rows))


def ends_data(answers: Mapping[str, Found], missing: Mapping[str, str]) -> dict[str, Any]:
    """The answers for JSON; null with a note where there is none."""
    species: Sequence[str] = next(iter(answers.values())).species if answers else ()
    data: dict[str, Any] = {"species": list(species)}
    for kind, found in answers.items():
        data[kind] = {"count": found.count, "complete": found.complete, "states": list(found.states)}
        if found.sizes or kind in ("attractors", "synchronous_attractors"):
            data[kind] |= {"cyclic": found.cyclic, "sizes": list(found.sizes)}
    data |= dict.fromkeys(missing)
    stopped = {kind: f"{_stopped(found)}; there may be more" for kind, found in answers.items() if not found.counted}
    data["notes"] = [f"{kind}: {why}" for kind, why in {**missing, **stopped}.items()]
    return data
