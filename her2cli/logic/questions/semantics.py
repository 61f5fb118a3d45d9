"""One scenario under all four semantics: synchronous, asynchronous, stochastic, most-permissive.

An answer on which they agree does not hang on how time is modelled; one on which they differ does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any, TypeVar

from her2cli.errors import LimitError
from her2cli.expression import Const
from her2cli.logic.ends.attractors import Found, attractors, minimal_trap_spaces, reached
from her2cli.logic.ends.most_permissive import widened
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.sampling import Engine, Progress, Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions.shares import cells_of
from her2cli.logic.questions.simulation import course_notes, given, readout_names, readouts, stepped
from her2cli.model import Pathway, Scenario

Answer = TypeVar("Answer")
Bounded = Callable[..., Any]  # answers a question and what it is asked of, in a time of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What each semantics says of one species in the end.

    The shares are those of `simulate`, late. The values are all that the species takes in the attractors that the
    tumour can come to: (0,), (1,) or (0, 1); `reachable` are those that it can take at all, on the way or in the end.
    None is for a network too large to tell.
    """

    species: str
    synchronous: float
    asynchronous: tuple[int, ...] | None
    stochastic: float
    most_permissive: tuple[int, ...] | None
    reachable: tuple[int, ...] | None  # what it can be at any time from then on, under the most-permissive semantics

    @property
    def agree(self) -> bool | None:
        """Whether all four say on, or all four say off; of shares, whether they are more or less than a half.

        A drug that acts in a share of the cells leaves the others as they were, which is no disagreement.
        None where those that are known agree, and another is not known.
        """
        sides = {(int(self.synchronous > 0.5),), (int(self.stochastic > 0.5),)}
        ends = {self.asynchronous, self.most_permissive}
        if len(sides | ends - {None}) > 1:
            return False
        return None if None in ends else True


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The answer of `verdicts`: one verdict a species, and how many attractors there are."""

    scenario: Scenario
    verdicts: tuple[Verdict, ...]
    readouts: tuple[str, ...]
    asynchronous: int | None  # attractors
    most_permissive: int | None  # attractors, which are the minimal trap spaces
    replicates: int  # the cells behind the stochastic shares
    engine: Engine  # what drew them
    notes: tuple[str, ...] = ()

    def error(self, share: float) -> float:
        """The standard error of a *share* of the cells."""
        return sqrt(share * (1 - share) / self.replicates)


def verdicts(
    pathway: Pathway,
    scenario: Scenario,
    *,
    sampling: Sampling = Sampling(),
    progress: Progress = None,
    bounded: Bounded | None = None,
) -> Verdicts:
    """What the four semantics say of *scenario*, from the settled tumour at the moment it is treated.

    The most-permissive semantics reaches all attractors in the smallest trap space around that state (Paulevé et al.
    2020, doi:10.1038/s41467-020-18112-5), and in it every value of every species. Asynchronous updates reach no others,
    and not always all of them. A tumour that cycles is treated at any moment of its cycle: what is told is reached from
    one of these states or another.
    Raises as `simulate` does. *progress* is told the share that is done. *bounded* answers the one question that may
    take hours, which attractors asynchronous updates reach; where it raises `LimitError`, a note says so.
    """
    prepared = prepare(pathway, scenario)
    network, states = prepared.untreated, [prepared.untreated.initial]
    if prepared.has_treatment:
        network, states = prepared.treated, [given(prepared, each) for each in stepped(prepared).before.moments]
    notes: list[str] = []
    moving = _asked(notes, "most-permissive and asynchronous", lambda: [widened(network, state) for state in states])
    found: list[Found | None] = [None, None]
    if moving is not None:
        spaces = _within_reach(network, states, moving)
        if told := _asked(notes, "asynchronous", lambda: bounded(_reached, spaces) if bounded else _reached(spaces)):
            found[0] = told[0]
            notes += told[1]
        found[1] = _asked(notes, "most-permissive", lambda: _together(minimal_trap_spaces(net) for net, _ in spaces))
    course = stepped(prepared)
    in_steps = readouts(prepared, course)
    drawn, used = cells_of(prepared, sampling=sampling, progress=progress)
    values = [_values(each) for each in found]
    return Verdicts(
        scenario=prepared.scenario,
        verdicts=tuple(
            Verdict(
                species=name,
                synchronous=in_steps[name].late,
                asynchronous=values[0].get(name),
                stochastic=drawn[name].late,
                most_permissive=values[1].get(name),
                reachable=None if moving is None else _reachable(name, states, moving),
            )
            for name in in_steps
        ),
        readouts=readout_names(pathway),
        asynchronous=found[0].count if found[0] else None,
        most_permissive=found[1].count if found[1] else None,
        replicates=sampling.replicates,
        engine=used,
        notes=(*notes, *_share_notes(network), *course_notes(prepared, course)),
    )


def _asked(notes: list[str], name: str, question: Callable[[], Answer]) -> Answer | None:
    """The answer, or None and a note where the network is too large for it."""
    try:
        return question()
    except LimitError as error:
        notes.append(f"{name}: {error}")
        return None


Space = tuple[BooleanNetwork, list[Mapping[str, int]]]


def _within_reach(
    network: BooleanNetwork, states: Sequence[Mapping[str, int]], moving: Sequence[Collection[str]]
) -> list[Space]:
    """*network* in the smallest trap spaces around *states*, each with those of them around which it is.

    Species that can never leave their value are constant.
    """
    spaces: dict[frozenset[tuple[str, int]], Space] = {}
    for state, free in zip(states, moving, strict=True):
        still = {name: state[name] for name in network.species if name not in free}
        held = {name: Const(value) for name, value in still.items()}
        within = replace(network, rules={**network.rules, **held})
        spaces.setdefault(frozenset(still.items()), (within, []))[1].append(state)
    return list(spaces.values())


def _together(found: Iterable[Found]) -> Found:
    """The attractors of several trap spaces, or from several states, each once."""
    each = list(found)
    states = tuple(dict.fromkeys(state for one in each for state in one.states))
    return each[0] if len(each) == 1 else Found(species=each[0].species, count=len(states), states=states)


def _reachable(name: str, states: Iterable[Mapping[str, int]], moving: Sequence[Collection[str]]) -> tuple[int, ...]:
    """What *name* can be at any time from one of *states* on."""
    return (0, 1) if any(name in free for free in moving) else tuple(sorted({state[name] for state in states}))


def _reached(spaces: Sequence[Space]) -> tuple[Found, list[str]]:
    """The attractors that asynchronous updates reach, and what is to be said of them."""
    notes: list[str] = []
    return _together(_asynchronous(notes, *each) for each in spaces), notes


def _asynchronous(notes: list[str], within: BooleanNetwork, states: Sequence[Mapping[str, int]]) -> Found:
    """The attractors that asynchronous updates reach; all of the smallest trap space where that is too hard to tell."""
    found = attractors(within)
    if found.count == 1:  # it is reached, since every state leads to an attractor
        return found
    try:
        return _together(reached(within, state, found) for state in states)
    except LimitError as error:
        notes.append(
            f"asynchronous: these are the {found.count:,} attractors of the smallest trap space around the state it "
            f"starts from; asynchronous updates may reach fewer ({error})"
        )
        return found


def _share_notes(network: BooleanNetwork) -> Iterator[str]:
    mixed = [f"{name} {chance:g}" for name, chance in network.chances.items() if name not in network.hidden]
    if mixed:
        yield f"stochastic: only in a share of the cells: {', '.join(mixed)}; the others have it in all"


def _values(found: Found | None) -> dict[str, tuple[int, ...]]:
    """For each species the values that it takes in any of the attractors."""
    if found is None:
        return {}
    columns = zip(*found.states, strict=True)
    return {
        name: tuple(value for value in (0, 1) if str(value) in column or "*" in column)
        for name, column in zip(found.species, map(set, columns), strict=True)
    }
