"""Where a network ends up: fixed points, minimal trap spaces, asynchronous attractors, synchronous cycles.

**The question.** An attractor is a smallest set of states that updates do not leave; a trap space a subspace that none
leaves, and each holds an attractor (Klarner et al. 2015, doi:10.1007/s11047-015-9520-7).

**The idea.** What the inputs and constants fix is worked in first. For the rest an answer-set solver lists what can be
listed (`answer_sets`), and decision diagrams count what is too much to list (`diagrams`). Asynchronous attractors are
looked for in all states where these are few (`state_graph`), else in the minimal trap spaces, once `outside` has shown
that no others exist, and only otherwise by diagrams of all states.

**Why it is exact.** Each way lists or counts all there are, and says so where it cannot; what is worked in, or left out
as an output, follows from the rest and is put back. Tests compare with all states of small networks, and with mpbn and
biodivine-aeon on published ones.

**What it costs.** Milliseconds for published networks of a hundred species, two seconds for the first trap space of
10,000; what has a limit says which (`LimitError`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress, product
from typing import Literal

from her2cli.errors import LimitError, ScenarioError
from her2cli.expression import Const, Expression, Var, evaluate, variables
from her2cli.logic.ends import answer_sets, diagrams, feedback, outside, state_graph
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.meaning import certain
from her2cli.logic.network.percolation import percolated, worked_in
from her2cli.recent import recent

Inputs = Literal[0, 1, "free", "initial"]

SPECIES_LIMIT = 2_000  # species that are not fixed: decision diagrams take at most 65,535 variables
FREE_INPUT_LIMIT = 8  # attractors are computed for each setting of the free inputs
SYNCHRONOUS_LIMIT = 20  # species whose states are all visited
STATES_LIMIT = 16  # species whose states are all walked for asynchronous attractors: planes of 8 kB


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How many there are, and some or all of them as strings over the sorted species: 0, 1, and * for not fixed.

    An attractor is written as the smallest subspace around it. `cyclic` says how many attractors have more than one
    state, and `sizes` the number of states of each; for fixed points and trap spaces these are 0 and empty. Where the
    search stopped at those that are here, `counted` is False, and there may be more.
    """

    species: tuple[str, ...]
    count: int
    states: tuple[str, ...]
    cyclic: int = 0
    sizes: tuple[int, ...] = ()
    counted: bool = True

    @property
    def complete(self) -> bool:
        """Whether `states` has all of them."""
        return self.counted and self.count == len(self.states)

    def first(self, number: int) -> Found:
        """The same count with the first *number* states alone."""
        return replace(self, states=self.states[:number], sizes=self.sizes[:number])


def fixed_points(network: BooleanNetwork, *, inputs: Inputs = "free", limit: int | None = None) -> Found:
    """The states that every update leaves as they are. All are counted, at most *limit* of them listed.

    With more than `SPECIES_LIMIT` species that are not fixed the search stops at *limit*, as in minimal trap spaces.

    *inputs* 0 or 1 sets all inputs, "initial" gives each its initial value and leaves open those
    that are on in a share of the cells, "free" leaves all open.
    Raises `LimitError` for a network too large, here as in the other questions.
    """
    core = _core(network, inputs)
    parts = _parts(core.rules)
    rows = answer_sets.rows(core.rules, parts, "01", _enough(core, limit))
    return _told(core, core.rules, parts, rows, "01", limit)


def minimal_trap_spaces(network: BooleanNetwork, *, inputs: Inputs = "free", limit: int | None = None) -> Found:
    """The smallest subspaces that no update leaves: the attractors of the most-permissive semantics.

    Raises `LimitError` also for a rule of which three-valued evaluation cannot be made exact (`meaning.certain`).
    """
    core = _core(network, inputs)
    return _told(core, *_trap_spaces(core, _enough(core, limit)), "01*", limit)


def attractors(network: BooleanNetwork, *, inputs: Inputs = "free", limit: int | None = None) -> Found:
    """The smallest sets of states that asynchronous updates do not leave.

    Raises `LimitError` also for more than `FREE_INPUT_LIMIT` free inputs, where the minimal trap spaces are too many or
    do not hold all attractors.
    """
    core = _core(network, inputs)
    if (count := len(core.rules)) > SPECIES_LIMIT:
        raise LimitError(f"{count} species that are not fixed are too many to analyse (the limit is {SPECIES_LIMIT})")
    return _cyclic(core, _attractors(core), limit)


def reached(network: BooleanNetwork, state: Mapping[str, int], found: Found) -> Found:
    """Those of *found* that asynchronous updates of *network* can reach from *state*.

    *found* are all its asynchronous attractors under the inputs that *state* has. Raises `LimitError` where it takes
    too long to tell.
    """
    fixed = {name: state[name] for name in network.species if network.rules[name] in (Const(state[name]), Var(name))}
    rules = worked_in({name: rule for name, rule in network.rules.items() if name not in fixed}, fixed)
    if len(rules) <= STATES_LIMIT:
        names = sorted(rules)
        start = sum(state[name] << place for place, name in enumerate(names))
        core = _Core(found.species, fixed, rules)
        pairs = state_graph.asynchronous(rules, names, start)
        return _cyclic(core, [(_string(core, dict(zip(names, hull, strict=True))), size) for hull, size in pairs], None)
    inner, _ = _without_outputs(rules)  # what an output does in an attractor follows from the others
    spaces = [
        {name: int(value) for name, value in zip(found.species, text, strict=True) if name in inner and value != "*"}
        for text in found.states
    ]
    kept = diagrams.reached(inner, state, spaces)
    sizes = tuple(compress(found.sizes, kept))
    return replace(
        found,
        count=len(sizes),
        states=tuple(compress(found.states, kept)),
        cyclic=sum(size > 1 for size in sizes),
        sizes=sizes,
    )


def synchronous_attractors(network: BooleanNetwork, *, inputs: Inputs = "free", limit: int | None = None) -> Found:
    """The cycles of updating all species at once, fixed points included; `sizes` has their periods.

    Raises `LimitError` for more than `SYNCHRONOUS_LIMIT` species between inputs and outputs.
    """
    core = _core(network, inputs)
    inner, outputs = _without_outputs(core.rules)
    names = sorted(inner)
    if len(names) > SYNCHRONOUS_LIMIT:
        raise LimitError(
            f"synchronous cycles of {len(names)} species cannot all be found (the limit is {SYNCHRONOUS_LIMIT} "
            "species that are neither fixed nor outputs); a single run is possible"
        )
    found = []
    for cycle in state_graph.synchronous(inner, names):
        states = [{name: state >> place & 1 for place, name in enumerate(names)} for state in cycle]
        found.append((_string(core, _around(states, [(name, core.rules[name]) for name in outputs])), len(cycle)))
    return _cyclic(core, found, limit)


def _parts(rules: Mapping[str, Expression]) -> list[feedback.Part]:
    """The parts whose feedback tells all. To look for few species that close all loops takes longer than many answers
    where a network is large.
    """
    return [feedback.Part(list(rules), [])] if len(rules) > SPECIES_LIMIT else feedback.parts_of(rules)


def _enough(core: _Core, limit: int | None) -> int | None:
    """After how many answers to stop: of a large network those that are listed are all that is looked for."""
    large = len(core.rules) > SPECIES_LIMIT
    return min(limit or answer_sets.LISTED_LIMIT, answer_sets.LISTED_LIMIT) if large else None


@recent(2)
def _trap_spaces(core: _Core, stop: int | None) -> tuple[dict[str, Expression], list[feedback.Part], list[str] | None]:
    """The rules of *core* with three-valued evaluation exact, and the minimal trap spaces as values of feedback.

    None for too many of these. Trap spaces and attractors both begin with them.
    """
    exact = {name: certain(rule) for name, rule in core.rules.items()}
    parts = _parts(exact)
    return exact, parts, answer_sets.rows(exact, parts, "01*", stop)


def _told(
    core: _Core,
    rules: Mapping[str, Expression],
    parts: Sequence[feedback.Part],
    rows: list[str] | None,
    values: str,
    limit: int | None,
) -> Found:
    """Fixed points, or minimal trap spaces with `*` in *values*, from *rows*, or by decision diagrams without.

    Three-valued evaluation is exact for *rules*.
    """
    stop = _enough(core, limit)
    if rows is None:
        try:
            count, rows = diagrams.rows(rules, parts, values, limit)
        except LimitError:  # too many to count; some can be shown all the same
            stop = min(limit or answer_sets.LISTED_LIMIT, answer_sets.LISTED_LIMIT)
            rows = answer_sets.rows(rules, parts, values, stop) or []
            count = len(rows)
    else:
        count, rows = len(rows), rows[:limit]
    columns = feedback.columns(rows, parts, rules)
    return Found(species=core.species, count=count, states=_strings(core, columns, len(rows)), counted=count != stop)


def _attractors(core: _Core) -> list[tuple[str, int]]:
    """Each asynchronous attractor: its subspace, and its number of states."""
    if len(core.rules) <= STATES_LIMIT:
        return _walked(core)
    found = _in_spaces(core)
    if found is not None:
        return found
    free = [name for name in core.rules if core.rules[name] == Var(name)]
    if not free:
        return _walked(core)
    if len(free) > FREE_INPUT_LIMIT:
        raise LimitError(
            f"all settings of {len(free)} inputs are too many to look for attractors in (the limit is "
            f"{FREE_INPUT_LIMIT} free inputs); set the inputs"
        )
    settings = product((0, 1), repeat=len(free))
    return [each for values in settings for each in _attractors(_given(core, dict(zip(free, values, strict=True))))]


def _walked(core: _Core) -> list[tuple[str, int]]:
    """The attractors of a core without free inputs, from its states."""
    names = sorted(core.rules)
    small = len(names) <= STATES_LIMIT
    found = state_graph.asynchronous(core.rules, names) if small else diagrams.attractors(core.rules)
    return [(_string(core, dict(zip(names, hull, strict=True))), size) for hull, size in found]


def _in_spaces(core: _Core) -> list[tuple[str, int]] | None:
    """The attractors of each minimal trap space, if these are few and it can be shown that there are no others."""
    try:
        exact, parts, rows = _trap_spaces(core, None)
    except LimitError:
        return None
    if not rows or not core.rules:
        return None
    columns = feedback.columns(rows, parts, exact)
    names = list(columns)
    spaces = [
        {name: int(value) for name, value in zip(names, values, strict=True) if value != "*"}
        for values in zip(*columns.values(), strict=True)
    ]
    cyclic = [space for space in spaces if len(space) < len(names)]
    if not _none_outside(core.rules, spaces[0], cyclic):
        return None
    found = [(_string(core, space), 1) for space in spaces if len(space) == len(names)]
    return found + [each for space in cyclic for each in _walked(_given(core, space))]


def _none_outside(
    rules: Mapping[str, Expression], near: Mapping[str, int], cyclic: Sequence[Mapping[str, int]]
) -> bool:
    """Whether all attractors are known to be fixed points or in *cyclic*; *near* is where the search is to be."""
    for kept in ({name: near.get(name, 0) for name in rules}, {name: 1 - near.get(name, 1) for name in rules}):
        held = outside.at_rest(rules, kept)
        parts = _parts(held)
        rows = answer_sets.rows(held, parts, "01")
        if rows is not None:
            states = {name: int(f"0{text}", 2) for name, text in feedback.columns(rows, parts, held).items()}
            return outside.lead_inside(rules, states, len(rows), cyclic)
    return False


def _given(core: _Core, values: Mapping[str, int]) -> _Core:
    """*core* with these species fixed."""
    part = _percolated(core.species, core.rules, values)
    return replace(part, fixed={**core.fixed, **part.fixed})


def _cyclic(core: _Core, found: list[tuple[str, int]], limit: int | None) -> Found:
    chosen = sorted(found)[:limit]
    return Found(
        species=core.species,
        count=len(found),
        states=tuple(state for state, _ in chosen),
        cyclic=sum(size > 1 for _, size in found),
        sizes=tuple(size for _, size in chosen),
    )


# --- what is fixed, what is left, what only follows -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Core:
    """A network after what is certain was worked in: every attractor has the species of `fixed` at those values."""

    species: tuple[str, ...]  # sorted
    fixed: Mapping[str, int]
    rules: Mapping[str, Expression]


@recent(2)
def _core(network: BooleanNetwork, inputs: Inputs) -> _Core:
    if inputs not in (0, 1, "free", "initial"):
        raise ScenarioError(f"inputs are set to 0 or 1, not {inputs!r}")
    held: dict[str, int] = {}
    if inputs == "initial":  # what is on in a share of the cells has both values
        held = {name: network.initial[name] for name in network.inputs if not 0 < network.chances.get(name, 0) < 1}
    elif inputs != "free":
        held = dict.fromkeys(network.inputs, inputs)
    return _percolated(tuple(sorted(network.species)), network.rules, held)


def _percolated(species: tuple[str, ...], rules: Mapping[str, Expression], held: Mapping[str, int]) -> _Core:
    """What is *held*, and constants, passed on until nothing more becomes constant."""
    fixed = percolated(rules, held)
    return _Core(species, fixed, worked_in({name: rules[name] for name in rules if name not in fixed}, fixed))


def _without_outputs(rules: Mapping[str, Expression]) -> tuple[dict[str, Expression], list[str]]:
    """*rules* without the species that nothing else reads; these follow from the rest, in the order returned."""
    left = dict(rules)
    outputs: list[str] = []
    while True:
        read = {source for rule in left.values() for source in variables(rule)}
        last = [name for name in left if name not in read]
        if not last:
            return left, outputs[::-1]
        outputs += last
        for name in last:
            del left[name]


def _around(cycle: list[dict[str, int]], outputs: list[tuple[str, Expression]]) -> dict[str, int]:
    """What is the same in all states of a synchronous cycle; an output follows one step behind."""
    for name, rule in outputs:
        for state, before in zip(cycle, [cycle[-1], *cycle[:-1]], strict=True):
            state[name] = evaluate(rule, before)
    return {name: value for name, value in cycle[0].items() if all(state[name] == value for state in cycle)}


def _string(core: _Core, values: Mapping[str, object]) -> str:
    known = {**core.fixed, **values}
    return "".join(str(known.get(name, "*")) for name in core.species)


def _strings(core: _Core, columns: Mapping[str, str], count: int) -> tuple[str, ...]:
    """The sorted strings of *count* subspaces, of which *columns* has a character each."""
    same = {name: str(value) * count for name, value in core.fixed.items()} | dict(columns)
    texts = [same[name] for name in core.species]
    return tuple(sorted(map("".join, zip(*texts, strict=True)))) if texts else ("",) * count
