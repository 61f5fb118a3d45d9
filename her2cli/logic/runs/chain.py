"""The stochastic chain, cell by cell: exact, with each species' own rates, in plain Python.

**The law.** A network is read as a Markov chain in continuous time, as MaBoSS reads it (Stoll et al. 2012,
doi:10.1186/1752-0509-6-116). A species whose rule agrees with its value stays. One whose rule differs waits for a time
that is exponential with its rate, 1 if it is fast, 1/20 if it is slow, or its own rates of turning on and of turning
off, and then takes the other value; if its rule comes to agree with it before that, nothing happens.

**The idea.** Gillespie's direct method (1977, doi:10.1021/j100540a008). Of n exponential clocks with the rates r1 ...
rn the first rings after a time that is exponential with r = r1 + ... + rn, and it is clock i with the chance ri / r,
however long that took. So two random numbers make one step: the time to the next change, and the species that changes.
As the exponential has no memory, clocks that go on need not be remembered, and a cell may be stopped at any time,
counted, and followed on.

**Why it is exact.** No time is cut into steps, no two changes are taken for one, and no species is passed over: what is
drawn is the law itself, up to the rounding of floating-point numbers and to the random numbers of Python's `random`.
Tests compare it with the matrix exponential of the chain for small networks, and with MaBoSS.

**How it is quick.** Only the species that differ from their rules are ever looked at. A state is one integer, a bit for
each species that can change at all (`possible`), and what may happen in it is another, a bit for each event. When a
species flips, the events that come and go hang only on the species that the rules of its readers read; so each answer
is kept in a table, under those few bits, and most steps are two lookups. Events are told apart by classes of equal
rate, and within a class all are equally likely: one is chosen by its number.

**What it costs.** Some 1 microsecond a change, and 10 a cell and phase. The literature's network has some 400 changes a
cell from a naive culture to its late response, so a thousand cells take about half a second. Many scenarios at once are
what `lanes` is for; the same loop under Numba is in `chain_numba`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log
from random import Random

from her2cli.logic.network import SLOW_RATE, Rates
from her2cli.logic.network.phases import Stage, possible
from her2cli.logic.network.programs import AND, Program

Counts = list[list[list[int]]]  # by stage, time and species

_KEPT = 1 << 16  # answers in one table; a rule of dozens of regulators has more than are ever met twice
_BITS = 12  # of readers whose changes are kept together
_FEW = 12  # events among which the one that is meant is found by counting


class Chain:
    """Stages made ready for cells to go through."""

    def __init__(self, stages: Sequence[Stage], also: Sequence[Stage] = ()) -> None:
        """*also* are stages that the same cells go through, too, from where the first of *stages* leaves them."""
        species = len(stages[0].program.species)
        all_, free = [1] * (2 * species), [1] * species
        planes = possible(stages, all_, free, 1)
        planes += possible([*stages[:1], *also], all_, free, 1)[1:]
        changing = [each for each in range(species) if any(plane[2 * each] & plane[2 * each + 1] for plane in planes)]
        self.bit = {each: 1 << place for place, each in enumerate(changing)}
        self.species = species
        self.legs = [_Leg(stage, plane, self.bit) for stage, plane in zip([*stages, *also], planes, strict=True)]
        self.branch = len(stages)
        self.events = 0  # how many there were so far

    def follow(self, cells: int, random: Random) -> Counts:
        """How many of so many cells have each species on."""
        states = branch = [0] * cells
        counts = []
        for place, leg in enumerate(self.legs):
            states = leg.begin(branch if place == self.branch else states, random.random)
            counted = []
            waiting = [leg.waiting(state) for state in states]
            now = 0.0
            for time in leg.stage.times:
                span = time - now
                for cell, events in enumerate(waiting):
                    if events:
                        states[cell], waiting[cell], made = leg.run(states[cell], events, span, random.random)
                        self.events += made
                counted.append(self._counted(leg, states))
                now = time
            counts.append(counted)
            if place == 0:
                branch = states
        return counts

    def _counted(self, leg: _Leg, states: Sequence[int]) -> list[int]:
        """For each species the number of *states* that have it on."""
        width = max(1, len(self.bit))
        digits = "".join(f"{state:0{width}b}" for state in states)
        found = [value * len(states) for value in leg.constant]
        for species, bit in self.bit.items():
            found[species] = digits[width - bit.bit_length() :: width].count("1")
        return found


# What is known of the flip of a species: for some of its readers at a time the bits that these hang on, by these bits
# the events that come and go with the flip, and which readers they are.
_Table = tuple[int, dict[int, int], list[int]]


class _Leg:
    """One stage. An event is a bit: that of its species; the one of turning off is further up where rates differ."""

    def __init__(self, stage: Stage, planes: Sequence[int], bit: dict[int, int]) -> None:
        self.stage, self.bit = stage, bit
        program = stage.program
        species = len(program.species)
        # A species that cannot change here is what it must be; one that can change elsewhere has a bit all the same.
        self.constant = [planes[2 * each] & ~planes[2 * each + 1] & 1 for each in range(species)]
        fixed = {each for each in range(species) if not planes[2 * each] & planes[2 * each + 1]}
        self.forced = {bit[each]: self.constant[each] for each in fixed if each in bit}
        self.settings = [(bit[each], chance) for each, chance in stage.settings if each in bit and each not in fixed]
        self.moving = [each for each in stage.moving if each in bit and each not in fixed]
        rules = {each: _Rule(program, each, bit, self.constant, fixed) for each in self.moving}
        self.rules = rules
        self.readers = {each: [other for other in self.moving if bit[each] & rules[other].read] for each in self.moving}
        self.rates = {each: _rates(stage, each) for each in self.moving}
        self.shift = len(bit)
        self.tables: dict[int, tuple[int, int, list[_Table]]] = {}  # by event: the bit of its species, and which it is
        classes: dict[float, int] = {}
        for each in self.moving:
            up, down = self.rates[each]
            tables = self._tables(each)
            for event, rate in ((bit[each], up), (self._off(each), down)):
                self.tables[event] = bit[each], each, tables
                if rate > 0:
                    classes[rate] = classes.get(rate, 0) | event
        self.classes = sorted(((mask, rate) for rate, mask in classes.items()), key=lambda one: -one[0].bit_count())
        self.possible = sum(mask for mask, _ in self.classes)
        self.asked = [(bit[each], self._off(each), rules[each].read, rules[each].known, rules[each]) for each in rules]

    def _tables(self, species: int) -> list[_Table]:
        """Its readers, few enough at a time that their bits have few values: many would hardly be met twice."""
        found: list[_Table] = []
        some: list[int] = []
        read = 0
        for other in sorted(self.readers[species], key=lambda each: self.rules[each].read.bit_count()):
            own = self.rules[other].read | (self.bit[other] if self._differ(other) else 0)
            if some and (read | own).bit_count() > _BITS:
                found.append((read, {}, some))
                read, some = 0, []
            read |= own
            some.append(other)
        return [*found, (read, {}, some)] if some else found

    def _differ(self, species: int) -> bool:
        up, down = self.rates[species]
        return up != down

    def _off(self, species: int) -> int:
        """The event of turning *species* off."""
        return self.bit[species] << self.shift if self._differ(species) else self.bit[species]

    def begin(self, states: Sequence[int], random: Callable[[], float]) -> list[int]:
        """*states* with what the stage sets."""
        bit, stage = self.bit, self.stage
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

    def waiting(self, state: int) -> int:
        """The events that may happen in *state*."""
        found = 0
        for here, off, read, known, rule in self.asked:
            around = state & read
            if (known[around] if around in known else rule.value(state)) != (state & here > 0):
                found |= off if state & here else here
        return found & self.possible

    def _change(self, species: int, state: int, readers: Sequence[int]) -> int:
        """The events of some of its *readers* that come or go when *species* flips in *state*."""
        after = state ^ self.bit[species]
        found = 0
        for other in readers:
            rule = self.rules[other]
            if other == species:  # it has its rule's value now, unless that has changed with it
                found ^= self._to(other, after) if rule.value(state) != rule.value(after) else 0
            elif rule.value(state) != rule.value(after):
                found ^= self._to(other, state)
        return found & self.possible

    def _to(self, species: int, state: int) -> int:
        """The event of *species* taking the value that it does not have in *state*."""
        here = self.bit[species]
        return self._off(species) if state & here else here

    def run(self, state: int, events: int, left: float, random: Callable[[], float]) -> tuple[int, int, int]:
        """*state*, and the *events* that may happen in it, when the time that is *left* is over; and the changes."""
        (common, often), *others = self.classes
        seldom = others[0][1] if len(others) == 1 else 0.0
        tables, made = self.tables, 0
        while events:
            some = events & common
            count = some.bit_count()
            if some == events:
                left += log(1.0 - random()) / (often * count)
                if left < 0:
                    break
                number = int(random() * count)
            elif seldom:
                others_waiting = events.bit_count() - count
                rate = often * count + seldom * others_waiting
                left += log(1.0 - random()) / rate
                if left < 0:
                    break
                value = random() * rate
                if value < often * count:
                    number = min(int(value / often), count - 1)
                else:
                    some ^= events
                    number = min(int((value - often * count) / seldom), others_waiting - 1)
            else:
                rates = [(events & mask, rate * (events & mask).bit_count(), rate) for mask, rate in self.classes]
                total = sum(part for _, part, _ in rates)
                left += log(1.0 - random()) / total
                if left < 0:
                    break
                value = random() * total
                for each, part, rate in rates:
                    if part:
                        some, number = each, min(int(value / rate), each.bit_count() - 1)
                        if value < part:
                            break
                        value -= part
            if number > _FEW:
                some, number = _near(some, number)
            while number:
                some &= some - 1
                number -= 1
            event = some & -some
            flip, species, groups = tables[event]
            events ^= event
            for read, known, readers in groups:
                around = state & read
                try:
                    events ^= known[around]
                except KeyError:
                    if len(known) > _KEPT:
                        known.clear()
                    change = known[around] = self._change(species, state, readers)
                    events ^= change
            state ^= flip
            made += 1
        return state, events, made


class _Rule:
    """The rule of one species, whose values are kept by the bits that it reads."""

    def __init__(
        self, program: Program, species: int, bit: dict[int, int], constant: Sequence[int], fixed: set[int]
    ) -> None:
        root = program.rules[species]
        assert root is not None, "an input never moves"
        self.root, self.program = root, program
        self.parts = [] if isinstance(root, bool) else program.parts(root)
        literals = 2 * len(program.species)
        used = {each for number in self.parts for each in program.nodes[number][1] if each < literals}
        if not isinstance(root, bool) and root < literals:
            used.add(root)
        self.varying = [(each, bit[each >> 1]) for each in used if each >> 1 in bit and each >> 1 not in fixed]
        self.given = {each: bool(constant[each >> 1]) != bool(each & 1) for each in used if each >> 1 in fixed}
        self.read = 0
        for _, place in self.varying:
            self.read |= place
        self.known: dict[int, bool] = {}

    def value(self, state: int) -> bool:
        around = state & self.read
        found = self.known.get(around)
        if found is None:
            if len(self.known) > _KEPT:
                self.known.clear()
            found = self.known[around] = self._evaluated(state)
        return found

    def _evaluated(self, state: int) -> bool:
        if isinstance(self.root, bool):
            return self.root
        values = self.given | {each: (state & place > 0) != (each & 1) for each, place in self.varying}
        for number in self.parts:
            kind, operands = self.program.nodes[number]
            values[number] = (all if kind == AND else any)(values[each] for each in operands)
        return values[self.root]


def _rates(stage: Stage, species: int) -> Rates:
    speed = SLOW_RATE if species in stage.slow else 1.0
    return stage.rates.get(species, (speed, speed))


def _near(some: int, number: int) -> tuple[int, int]:
    """The bits of *some* from one near its bit of that *number* on, and which of these it is: by halves."""
    shift, width = 0, some.bit_length()
    while number > _FEW and width > 1:
        half = width >> 1
        low = some & (1 << half) - 1
        count = low.bit_count()
        if number < count:
            some, width = low, half
        else:
            some, width, number, shift = some >> half, width - half, number - count, shift + half
    return some << shift, number
