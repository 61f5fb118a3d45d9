"""Cells that are drawn, one by one: exact, with each species' own rates, in plain Python.

**The law.** A network is read as a Markov chain in continuous time, as MaBoSS reads it (Stoll et al. 2012,
doi:10.1186/1752-0509-6-116). A species whose rule agrees with its value stays. One whose rule differs waits for a time
that is exponential with its rate, 1 if it is fast, 1/20 if it is slow, or its own rates of turning on and of turning
off, and then takes the other value; if its rule comes to agree with it before that, nothing happens.

**The idea.** Gillespie's direct method (1977, doi:10.1021/j100540a008). Of n exponential clocks with the rates r1 ...
rn the first rings after a time that is exponential with r = r1 + ... + rn, and it is clock i with the chance ri / r,
however long that took. So a random number chooses the species that changes, and what it leaves within its choice, which
is as random as another number, the time to that change.
As the exponential has no memory, clocks that go on need not be remembered, and a cell may be stopped at any time,
counted, and followed on.

**Why it is exact.** No time is cut into steps, and no two changes are taken for one: what is drawn is the law itself,
up to the rounding of floating-point numbers and the random numbers of Python's `random`.
A rate that differs between states is drawn by thinning, which is exact, too (`Stage.fastest`).
Tests compare it with the matrix exponential of the chain for small networks, and with MaBoSS.

**How it is quick.** Only the species that differ from their rules are ever looked at. A state is one integer, a bit for
each species that can change at all (`possible`), and what may happen in it is another, a bit for each event. When a
species flips, whether the rule of a reader turns hangs only on what else that rule reads; so each answer is kept in a
table, under those few bits, and most steps are a lookup for each reader. Events are told apart by classes of equal
rate, and within a class all are equally likely: one is chosen by its number.

**What it costs.** A microsecond or two a change. The literature's network has some 390 changes a cell from a naive
culture to its late response to lapatinib. Many scenarios at once are what `lanes` is for; the same loop under Numba is
in `gillespie_numba`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log
from random import Random
from typing import NamedTuple

from her2cli.logic.network.phases import Stage, possible
from her2cli.logic.network.planes import turned
from her2cli.logic.network.programs import AND, OR, Program, compiled

Counts = list[list[list[int]]]  # by stage, time and species

_KEPT = 1 << 12  # answers in one table: what dozens of bits may say is hardly met twice
_FEW = 12  # events among which the one that is meant is found by counting


class Gillespie:
    """Stages made ready for cells to go through, one after the other."""

    def __init__(self, stages: Sequence[Stage], after: Sequence[int] = ()) -> None:
        """*after* says of each literal whether it may be true when they begin, as `possible` does: 0 or 1."""
        species = len(stages[0].program.species)
        planes = possible(stages, [1] * (2 * species), [1] * species, 1, after)
        self.possible = planes[-1]
        open_ = [{each for each in range(species) if plane[2 * each] & plane[2 * each + 1]} for plane in planes]
        self.bit = {each: 1 << place for place, each in enumerate(sorted(set[int]().union(*open_)))}
        # An event is a bit: that of its species; that of turning off is further up where its rates differ.
        shift = len(self.bit)
        self.off = {
            each: self.bit[each] << shift if any(up != down for up, down in rates) else self.bit[each]
            for each in self.bit
            if (rates := [stage.fastest(each) for stage in stages])
        }
        wirings: dict[int, _Wiring] = {}
        for stage in stages:
            if id(stage.program) not in wirings:
                own = [place for place, other in enumerate(stages) if other.program is stage.program]
                moving = sorted({each for place in own for each in open_[place].intersection(stages[place].moving)})
                constant = {each: planes[own[0]][2 * each] & 1 for each in range(species) if each not in self.bit}
                wirings[id(stage.program)] = _Wiring(stage.program, moving, constant, self.bit, self.off)
        ready = zip(stages, planes, strict=True)
        self.legs = [_Leg(stage, plane, wirings[id(stage.program)]) for stage, plane in ready]
        self.events = 0  # how many there were so far

    def follow(self, cells: int, random: Random, begin: Sequence[int] = ()) -> tuple[Counts, list[int]]:
        """How many of so many cells have each species on; and for each species the cells that have it on at the end.

        They *begin* as such cells say, a bit for each cell.
        """
        states = turned([begin[each] if begin else 0 for each in self.bit], cells)
        counts = []
        for leg in self.legs:
            states = leg.begin(states, random.random)
            waiting = leg.wiring.waiting(states)
            counted = []
            now = 0.0
            for time in leg.stage.times:
                for cell, events in enumerate(waiting):
                    if events:
                        states[cell], waiting[cell], made = leg.run(states[cell], events, time - now, random.random)
                        self.events += made
                end = self._cells(leg, states)
                counted.append([column.bit_count() for column in end])
                now = time
            counts.append(counted)
        return counts, end

    def _cells(self, leg: _Leg, states: Sequence[int]) -> list[int]:
        """For each species the cells of which the *states* have it on, a bit each."""
        found = [(1 << len(states)) - 1 if value else 0 for value in leg.constant]
        for species, column in zip(self.bit, turned(states, len(self.bit)), strict=True):
            found[species] = column
        return found


class _Wiring:
    """Who reads whom in one network, and what has been learnt of it."""

    def __init__(
        self,
        program: Program,
        moving: Sequence[int],
        constant: Mapping[int, int],
        bit: Mapping[int, int],
        off: Mapping[int, int],
    ) -> None:
        self.program, self.bit, self.off, self.moving, self.constant = program, bit, off, moving, constant
        self.width = max((each.bit_length() for each in off.values()), default=0)  # of the events
        self.rules = rules = _rules(program, moving, bit, constant)
        readers = {each: [other for other in moving if bit[each] & rules[other].read] for each in moving}
        self.power = [0, *(1 << place for place in range(self.width))]  # the event of each number, its bit length
        # By that number: the event, what it flips, and what this turns, each with the bits that it hangs on. No event,
        # which rounding may choose once in 2^50 times, changes nothing.
        self.changes: list[tuple[int, int, list[tuple[int, _Turns]]]] = [(0, 0, [])] * (self.width + 1)
        for each in moving:
            made = [_Turns(rules[other], bit[each], bit[other], off[other]) for other in readers[each]]
            turns = [(turn.read, turn) for turn in made]
            for event in {bit[each], off[each]}:
                self.changes[event.bit_length()] = event, bit[each], turns

    def waiting(self, states: Sequence[int]) -> list[int]:
        """The events that may happen in each of *states*, if they have a rate: worked out for all cells at once."""
        program, ones = self.program, (1 << len(states)) - 1
        values = [0] * (2 * len(program.species) + max(program.nodes, default=0) + 1)
        columns = turned(states, len(self.bit))
        for each, value in self.constant.items():
            values[2 * each], values[2 * each + 1] = (ones, 0) if value else (0, ones)
        for place, each in enumerate(self.bit):
            values[2 * each], values[2 * each + 1] = columns[place], columns[place] ^ ones
        for number, (kind, operands) in program.nodes.items():
            value = values[operands[0]]
            for operand in operands[1:]:
                value = value & values[operand] if kind == AND else value | values[operand]
            values[number] = value
        events = [0] * self.width
        for each in self.moving:
            root = program.rules[each]
            assert root is not None, "an input never moves"
            wanted = (ones if root else 0) if isinstance(root, bool) else values[root]
            on, off = self.bit[each].bit_length() - 1, self.off[each].bit_length() - 1
            events[off] = values[2 * each] & ~wanted
            events[on] |= values[2 * each + 1] & wanted
        return turned(events, len(states))


class _Turns(dict[int, int]):
    """The event of a species that comes or goes when one that its rule reads flips, by the bits that this hangs on."""

    __slots__ = ("flipped", "off", "on", "own", "read", "value")

    def __init__(self, rule: _Rule, flipped: int, own: int, off: int) -> None:
        """*flipped* is the bit of what flips, *own* that of the species and of its turning on, *off* of turning off."""
        self.value, self.flipped, self.own, self.on, self.off = rule.value, flipped, own, own, off
        # Whether a rule turns does not hang on what it is that flips, but which event comes or goes may.
        self.read: int = rule.read & ~flipped | (own if off != own else 0)
        if own == flipped:  # it has its rule's value now, unless that has changed with it
            self.on, self.off = off, own

    def __missing__(self, around: int) -> int:
        if len(self) > _KEPT:
            self.clear()
        event = 0
        if self.value(around) != self.value(around ^ self.flipped):
            event = self.off if around & self.own else self.on
        self[around] = event
        return event


class _Leg:
    """One stage on its network."""

    def __init__(self, stage: Stage, planes: Sequence[int], wiring: _Wiring) -> None:
        self.stage, self.wiring = stage, wiring
        bit, off = wiring.bit, wiring.off
        species = len(stage.program.species)
        # A species that cannot change here is what it must be; one that can change elsewhere has a bit all the same.
        self.constant = [planes[2 * each] & ~planes[2 * each + 1] & 1 for each in range(species)]
        fixed = {each for each in range(species) if not planes[2 * each] & planes[2 * each + 1]}
        self.forced = {bit[each]: self.constant[each] for each in fixed if each in bit}
        self.settings = [(bit[each], chance) for each, chance in stage.settings if each in bit and each not in fixed]
        moving = [each for each in stage.moving if each in wiring.rules and each not in fixed]
        rates = {}
        for each in moving:
            rates[bit[each]], rates[off[each]] = stage.fastest(each)
        self.often, self.common, self.rarer = _classes(rates)
        # Events whose rate differs between states: their clock rings as often as it ever does, and counts in a share.
        self.accepted: dict[tuple[int, bool], tuple[list[tuple[_Rule, float]], float]] = {}  # by event, and whether on
        extra = stage.conditions
        made = _rules(extra, range(len(extra.rules)), bit, wiring.constant).values() if extra else []
        for each in {rate.species for rate in stage.state_rates}.intersection(moving):
            for to, event, most, own in zip(
                (1, 0), (bit[each], off[each]), stage.fastest(each), stage.own(each), strict=True
            ):
                mine = zip(stage.state_rates, made, strict=True)
                cases = [(where, one.rate / most) for one, where in mine if one[:2] == (each, to)] if most else []
                self.accepted[event.bit_length(), to == 0] = cases, own / most if most else 0.0
        self.thinned = {event for event, _ in self.accepted}

    def begin(self, states: Sequence[int], random: Callable[[], float]) -> list[int]:
        """*states* with what the stage sets."""
        bit, stage = self.wiring.bit, self.stage
        on = off = 0
        for place, value in self.forced.items():
            on, off = (on | place, off) if value else (on, off | place)
        drawn = []
        for place, chance in self.settings:
            if 0 < chance < 1:
                off |= place
                drawn.append((place, chance))
            else:
                on, off = (on | place, off) if chance else (on, off | place)
        found = []
        for state in states:
            state = state & ~off | on
            for place, chance in drawn:
                if random() < chance:
                    state |= place
            for group in stage.together:
                point = random() * group.cumulated[-1]
                number = next((k for k, most in enumerate(group.cumulated) if point < most), len(group.patterns) - 1)
                for species, to in zip(group.species, group.patterns[number], strict=True):
                    if species in bit:
                        state = state | bit[species] if to else state & ~bit[species]
            for species, other in stage.begins_with:
                if species in bit and (state & bit[other] if other in bit else self.constant[other]):
                    state |= bit[species]
            found.append(state)
        return found

    def _counts(self, event: int, state: int, random: Callable[[], float]) -> bool:
        """Whether an event that rings as often as it ever does happens, as *state* is."""
        cases, share = self.accepted[event, state & self.wiring.changes[event][1] > 0]
        return random() < next((some for where, some in cases if where.value(state)), share)

    def run(self, state: int, events: int, left: float, random: Callable[[], float]) -> tuple[int, int, int]:
        """*state*, and the *events* that may happen in it, when the time that is *left* is over; and the changes."""
        common, rarer, thinned = self.common, self.rarer, self.thinned
        changes, power = self.wiring.changes, self.wiring.power
        others, made = sum(mask for mask, _ in rarer), 0
        left *= self.often
        while True:
            some = events & common
            count = some.bit_count()
            rate: float = count
            if events & others:
                for mask, each in rarer:
                    rate += each * (events & mask).bit_count()
                number = random() * rate
                if number >= count:
                    some, number = _rarer(rarer, events, number - count)
                    count = some.bit_count()
            elif count:
                number = random() * count
            else:
                break
            if count > _FEW:
                some, number = _near(some, number)
            while number >= 1.0:
                some ^= power[some.bit_length()]
                number -= 1.0
            # What is left of the number below 1, when the event is chosen, is as random as another number.
            left += log(1.0 - number) / rate
            if left < 0:
                break
            made += 1
            event = some.bit_length()
            if thinned and event in thinned and not self._counts(event, state, random):
                continue
            it, flips, turns = changes[event]
            events ^= it
            for read, turn in turns:
                events ^= turn[state & read]
            state ^= flips
        return state, events, made


def _classes(rates: Mapping[int, float]) -> tuple[float, int, list[tuple[int, float]]]:
    """The most common rate, its events, and the others by their rate, which is told as a multiple of that one."""
    events: dict[float, int] = {}
    for event, rate in rates.items():
        if rate > 0:
            events[rate] = events.get(rate, 0) | event
    often, *rarer = sorted(events, key=lambda rate: -events[rate].bit_count()) or [1.0]
    return often, events.get(often, 0), [(events[rate], rate / often) for rate in rarer]


def _rarer(classes: Iterable[tuple[int, float]], events: int, number: float) -> tuple[int, float]:
    """The events of the class of which the next one is, and which of these it is: *number* goes on over *classes*."""
    some, within = 0, 0.0
    for mask, rate in classes:
        if mine := events & mask:
            some, within, part = mine, number / rate, rate * mine.bit_count()
            if number < part:
                break
            number -= part
    return some, within


class _Rule(NamedTuple):
    """The bits that a rule reads, and what it says in a state."""

    read: int
    value: Callable[[int], bool]


def _rules(
    program: Program, species: Iterable[int], bit: Mapping[int, int], constant: Mapping[int, int]
) -> dict[int, _Rule]:
    """The rules of these *species*, of what has a *bit* and what is *constant*."""
    lines: list[str] = []
    read = {}
    for each in species:
        root = program.rules[each]
        assert root is not None, "an input never moves"
        parts = [] if isinstance(root, bool) else program.parts(root)
        known: dict[int, str | bool] = {}
        lines.append(f"def f{each}(s):")
        read[each] = 0
        for number in parts:
            kind, operands = program.nodes[number]
            known[number], reads = _part(kind, operands, known, bit, constant)
            read[each] |= reads
            if isinstance(known[number], str):
                lines.append(f"  t{number} = {known[number]}")
                known[number] = f"t{number}"
        if not isinstance(root, bool) and not parts:
            known[root], read[each] = _part(AND, [root], known, bit, constant)
        lines.append(f"  return {root if isinstance(root, bool) else known[root]}")
    made = compiled(lines)
    return {each: _Rule(bits, made[f"f{each}"]) for each, bits in read.items()}


def _part(
    kind: int,
    operands: Iterable[int],
    known: Mapping[int, str | bool],
    bit: Mapping[int, int],
    constant: Mapping[int, int],
) -> tuple[str | bool, int]:
    """A conjunction or disjunction as text, or what it always is; and the bits that it reads.

    All of its literals are one comparison: those of a conjunction are true where the bits are so, those of a
    disjunction false.
    """
    mask = wanted = 0
    tests = []
    for operand in operands:
        place = bit.get(operand >> 1, 0)
        if operand in known:
            value = known[operand]
        elif place:
            wants = place if (operand & 1 == 0) == (kind == AND) else 0
            value = kind == OR if mask & place and (wanted ^ wants) & place else ""
            mask, wanted = mask | place, wanted | wants
        else:
            value = bool(constant[operand >> 1]) != bool(operand & 1)
        if value is (kind == OR):
            return value, 0
        if isinstance(value, str) and value:
            tests.append(value)
    if mask:
        tests.insert(0, f"s & {mask} {'==' if kind == AND else '!='} {wanted}")
    return (" and " if kind == AND else " or ").join(tests) or kind == AND, mask


def _near(some: int, number: float) -> tuple[int, float]:
    """The bits of *some* down to one near its bit of that *number*, counted from the highest, and which of these it is.

    It is found by halves.
    """
    shift, width = 0, some.bit_length()
    while number > _FEW and width > 1:
        half = width >> 1
        high = some >> half
        count = high.bit_count()
        if number < count:
            some, width, shift = high, width - half, shift + half
        else:
            some, width, number = some & (1 << half) - 1, half, number - count
    return some << shift, number
