"""The stochastic chain, cell by cell: exact, with each species' own rates, in plain Python.

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

**Why it is exact.** No time is cut into steps, no two changes are taken for one, and no species is passed over: what is
drawn is the law itself, up to the rounding of floating-point numbers and to the random numbers of Python's `random`. A
rate that differs between states is drawn by thinning, which is exact, too (`Stage.fastest`).
Tests compare it with the matrix exponential of the chain for small networks, and with MaBoSS.

**How it is quick.** Only the species that differ from their rules are ever looked at. A state is one integer, a bit for
each species that can change at all (`possible`), and what may happen in it is another, a bit for each event. When a
species flips, the events that come and go hang only on the species that the rules of its readers read; so each answer
is kept in a table, under those few bits, and most steps are two lookups. Events are told apart by classes of equal
rate, and within a class all are equally likely: one is chosen by its number.

**What it costs.** Some microsecond a change, and 10 a cell and phase. The literature's network has some 360 changes a
cell from a naive culture to its late response. Many scenarios at once are what `lanes` is for; the same loop under
Numba is in `chain_numba`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log
from random import Random

from her2cli.logic.network.meaning import columns
from her2cli.logic.network.phases import Stage, possible
from her2cli.logic.network.programs import AND, Program

Counts = list[list[list[int]]]  # by stage, time and species

_KEPT = 1 << 16  # answers in one table; a rule of dozens of regulators has more than are ever met twice
_BITS = 12  # of readers whose changes are kept together
_TABLED, _SMALL = 12, 6  # regulators of a rule that has a table of its values, and of one of which all are looked up
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


# What is known of an event: for some readers of its species at a time the bits that these hang on, by these bits what
# the event changes in the cell, and which readers they are. A cell is one number: its state above its events.
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
        extra = stage.conditions
        made = [_Rule(extra, number, bit, self.constant, fixed) for number in range(len(extra.rules))] if extra else []
        self.rules = rules
        self.readers = {each: [other for other in self.moving if bit[each] & rules[other].read] for each in self.moving}
        self.rates = {each: stage.fastest(each) for each in self.moving}
        self.shift = len(bit)
        self.width = len(bit) * (2 if any(up != down for up, down in self.rates.values()) else 1)  # of the events
        self.about: dict[int, tuple[int, list[int]]] = {}  # by event: its species, and the readers of the first table
        self.tables: dict[int, tuple[int, dict[int, int], list[_Table]]] = {}  # by event; the first has the event, too
        classes: dict[float, int] = {}
        for each in self.moving:
            up, down = self.rates[each]
            for event, rate in ((bit[each], up), (self._off(each), down)):
                if event not in self.tables:
                    (read, known, readers), *others = self._tables(each)
                    self.tables[event], self.about[event] = (read, known, others), (each, readers)
                if rate > 0:
                    classes[rate] = classes.get(rate, 0) | event
        # Events whose rate differs between states: their clock rings as often as it ever does, and counts in a share.
        self.shares: dict[tuple[int, bool], tuple[list[tuple[_Rule, float]], float]] = {}  # by event, and whether on
        self.thinned = 0
        for each in {rate.species for rate in stage.state_rates}.intersection(self.moving):
            for to, event, most, own in zip(
                (1, 0), (bit[each], self._off(each)), self.rates[each], stage.own(each), strict=True
            ):
                mine = zip(stage.state_rates, made, strict=True)
                cases = [(where, one.rate / most) for one, where in mine if one[:2] == (each, to)] if most else []
                self.shares[event, to == 0] = cases, own / most if most else 0.0
                self.thinned |= event
        by_size = sorted(classes.items(), key=lambda one: -one[1].bit_count())
        # Time is told in waits of the most common rate, `often`; the other rates are told by it, too.
        self.often = by_size[0][0] if by_size else 1.0
        self.classes = [(mask, rate / self.often) for rate, mask in by_size]
        self.possible = sum(mask for mask, _ in self.classes)
        self.common = self.classes[0][0] if by_size else 0
        self.others = self.possible ^ self.common
        self.seldom = self.classes[1][1] if len(by_size) == 2 else 0.0
        self.asked = [(bit[each], self._off(each), rules[each].read, rules[each].known, rules[each]) for each in rules]

    def _tables(self, species: int) -> list[_Table]:
        """Its readers, few enough at a time that their bits have few values: many would hardly be met twice."""
        found: list[_Table] = []
        some: list[int] = []
        read = 0
        for other in sorted(self.readers[species], key=lambda each: self.rules[each].read.bit_count()):
            own = self.rules[other].read | (self.bit[other] if self._differ(other) else 0)
            if some and (read | own).bit_count() > _BITS:
                found.append((read << self.width, {}, some))
                read, some = 0, []
            read |= own
            some.append(other)
        return [*found, (read << self.width, {}, some)]

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
            known, read = rule.known, rule.read
            try:
                differs = known[state & read] != known[after & read]
            except KeyError:
                differs = rule.value(state) != rule.value(after)
            if differs:  # if it reads itself: it has its rule's value now, unless that has changed with it
                found ^= self._to(other, after if other == species else state)
        return found & self.possible

    def _learnt(self, event: int, around: int, cell: int) -> int:
        """What *event* changes in *cell*, the first of its readers included; kept."""
        species, readers = self.about[event]
        known = self.tables[event][1]
        if len(known) > _KEPT:
            known.clear()
        own = self.bit[species] << self.width | event
        known[around] = change = own ^ self._change(species, cell >> self.width, readers)
        return change

    def _learnt_of(self, event: int, table: _Table, around: int, cell: int) -> int:
        """What *event* changes in *cell* for the readers of *table*; kept."""
        _, known, readers = table
        if len(known) > _KEPT:
            known.clear()
        known[around] = change = self._change(self.about[event][0], cell >> self.width, readers)
        return change

    def _counts(self, event: int, cell: int, random: Callable[[], float]) -> bool:
        """Whether an event that rings as often as it ever does happens, as *cell* is."""
        state = cell >> self.width
        cases, share = self.shares[event, state & self.bit[self.about[event][0]] > 0]
        return random() < next((some for where, some in cases if where.value(state)), share)

    def _to(self, species: int, state: int) -> int:
        """The event of *species* taking the value that it does not have in *state*."""
        here = self.bit[species]
        return self._off(species) if state & here else here

    def run(self, state: int, events: int, left: float, random: Callable[[], float]) -> tuple[int, int, int]:
        """*state*, and the *events* that may happen in it, when the time that is *left* is over; and the changes."""
        common, others, seldom, tables = self.common, self.others, self.seldom, self.tables
        width, thinned, made = self.width, self.thinned, 0
        cell = state << width | events
        left *= self.often
        while True:
            some = cell & common
            count = some.bit_count()
            if rest := cell & others:
                if seldom:
                    more = rest.bit_count()
                    rate = count + seldom * more
                    left += log(1.0 - random()) / rate
                    if left < 0:
                        break
                    number = random() * rate
                    if number >= count:
                        some, number = rest, min((number - count) / seldom, more - 0.5)
                else:
                    left, some, number = self._of_many(cell, left, random)
                    if left < 0:
                        break
                while number >= 1.0:
                    some &= some - 1
                    number -= 1.0
            elif count:
                # What is left of the number below 1, when the event is chosen, is as random as another number.
                number = random() * count
                if count > _FEW:
                    some, number = _near(some, number)
                while number >= 1.0:
                    some &= some - 1
                    number -= 1.0
                left += log(1.0 - number) / count
                if left < 0:
                    break
            else:
                break
            made += 1
            event = some & -some
            if event & thinned and not self._counts(event, cell, random):
                continue
            read, known, groups = tables[event]
            around = cell & read
            try:
                flip = known[around]
            except KeyError:
                flip = self._learnt(event, around, cell)
            for table in groups:
                around = cell & table[0]
                try:
                    flip ^= table[1][around]
                except KeyError:
                    flip ^= self._learnt_of(event, table, around, cell)
            cell ^= flip
        return cell >> width, cell & (1 << width) - 1, made

    def _of_many(self, cell: int, left: float, random: Callable[[], float]) -> tuple[float, int, float]:
        """The time left after the next event, the events of equal rate among which it is, and which of them it is."""
        rates = [(cell & mask, rate * (cell & mask).bit_count(), rate) for mask, rate in self.classes]
        total = sum(part for _, part, _ in rates)
        left += log(1.0 - random()) / total
        value = random() * total
        some, number = 0, 0.0
        for each, part, rate in rates:
            if part:
                some, number = each, min(value / rate, each.bit_count() - 0.5)
                if value < part:
                    break
                value -= part
        return left, some, number


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
        self.places = [(1 << number, place) for number, place in enumerate(dict.fromkeys(p for _, p in self.varying))]
        self.table = self._table() if len(self.places) <= _TABLED else None
        self.known: dict[int, bool] = {}
        if self.table is not None and len(self.places) <= _SMALL:
            arounds = [0]
            for _, place in self.places:
                arounds += [around | place for around in arounds]
            self.known = {around: self.table >> number & 1 == 1 for number, around in enumerate(arounds)}

    def _table(self) -> int:
        """Its values for all that it may read, a bit each: worked out for all at once rather than one by one."""
        full = (1 << (1 << len(self.places))) - 1
        if isinstance(self.root, bool):
            return full if self.root else 0
        planes = dict(zip((place for _, place in self.places), columns(len(self.places)), strict=True))
        values = {each: full if value else 0 for each, value in self.given.items()}
        for each, place in self.varying:
            values[each] = planes[place] ^ (full if each & 1 else 0)
        for number in self.parts:
            kind, operands = self.program.nodes[number]
            found = values[operands[0]]
            for operand in operands[1:]:
                found = found & values[operand] if kind == AND else found | values[operand]
            values[number] = found
        return values[self.root]

    def value(self, state: int) -> bool:
        around = state & self.read
        found = self.known.get(around)
        if found is None:
            if len(self.known) > _KEPT:
                self.known.clear()
            found = self.known[around] = self._evaluated(state)
        return found

    def _evaluated(self, state: int) -> bool:
        if self.table is not None:
            number = 0
            for bit, place in self.places:
                if state & place:
                    number |= bit
            return self.table >> number & 1 == 1
        if isinstance(self.root, bool):
            return self.root
        values = self.given | {each: (state & place > 0) != (each & 1) for each, place in self.varying}
        for number in self.parts:
            kind, operands = self.program.nodes[number]
            values[number] = (all if kind == AND else any)(values[each] for each in operands)
        return values[self.root]


def _near(some: int, number: float) -> tuple[int, float]:
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
