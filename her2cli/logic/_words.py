"""The stochastic engine on machine words under Numba (extra `fast`): the algorithms of `_lanes`, 64 lanes a word.

Rules are run from tables, not compiled, so the kernels are compiled once for all networks and kept in Numba's cache.
Random words come from xoshiro256++ (Blackman and Vigna 2021, doi:10.1145/3460772), one stream for each word of lanes,
so a seed gives the same numbers on every machine.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from her2cli.logic._lanes import LOOK, MOST_TICKS, TICKS, WIDE, Stage, bernoulli, poisson
from her2cli.logic._programs import AND


class _Tables(NamedTuple):
    """A stage as the kernels read it.

    The rows of a state are the literals' planes, the plane of ones, the plane of zeros, and room for the parts of a
    rule. Operation k writes row `to[k]` from the four rows `operands[k]`, of which some may be the same; those of
    species i are `first[i]` to `first[i + 1]`, and its rule's value is then in row `result[i]`.
    """

    conjunction: Any
    to: Any
    operands: Any
    first: Any
    result: Any
    marks: Any  # for each species the bits of the moving ones that read it
    moving: Any
    slow: Any
    rows: int


def _tables(stage: Stage) -> _Tables:
    program = stage.program
    literals = 2 * len(program.species)
    kinds: list[bool] = []
    targets: list[int] = []
    operands: list[list[int]] = []
    first, result = [0], []
    rows = literals + 2
    for root in program.rules:
        if root is None or isinstance(root, bool):
            result.append(literals if root else literals + 1)
        else:
            place: dict[int, int] = {}
            for number in program.parts(root):
                kind, parts = program.nodes[number]
                to = place[number] = literals + 2 + len(place)
                left = [place.get(part, part) for part in parts]
                while left:
                    four = left[:4]
                    kinds.append(kind == AND)
                    targets.append(to)
                    operands.append(four + four[-1:] * (4 - len(four)))
                    left = [to, *left[4:]] if left[4:] else []
            rows = max(rows, literals + 2 + len(place))
            result.append(place.get(root, root))
        first.append(len(kinds))
    moving = np.zeros(len(program.species), dtype=np.bool_)
    moving[list(stage.moving)] = True
    marks = np.zeros((len(program.species), -(-len(program.species) // 64)), dtype=np.uint64)
    for species, readers in enumerate(program.dependents):
        for reader in readers:
            if moving[reader]:
                marks[species, reader >> 6] |= np.uint64(1 << (reader & 63))
    slow = np.zeros(len(program.species), dtype=np.bool_)
    slow[list(stage.slow)] = True
    return _Tables(
        conjunction=np.array(kinds, dtype=np.bool_),
        to=np.array(targets, dtype=np.int64),
        operands=np.array(operands, dtype=np.int64).reshape(-1, 4),
        first=np.array(first, dtype=np.int64),
        result=np.array(result, dtype=np.int64),
        marks=marks,
        moving=moving,
        slow=slow,
        rows=rows,
    )


def prepare(stages: Sequence[Stage]) -> list[_Tables]:
    """As `_lanes.prepare`."""
    return [_tables(stage) for stage in stages]


def independent(
    stages: Sequence[Stage], tables: Sequence[_Tables], *, lanes: int, random: Random
) -> list[list[list[int]]]:
    """As `_lanes.independent`."""
    words = -(-lanes // 64)
    species = len(stages[0].program.species)
    state = np.zeros((max(table.rows for table in tables), words), dtype=np.uint64)
    ones = (1 << lanes) - 1
    state[: 2 * species + 1] = _row(ones, words)
    state[0 : 2 * species : 2] = 0
    streams = _streams(random, words)
    counts = []
    for stage, table in zip(stages, tables, strict=True):
        for number, chance in stage.settings:
            plane = bernoulli(Fraction(chance), ones, lanes, random)
            state[2 * number], state[2 * number + 1] = _row(plane, words), _row(plane ^ ones, words)
        counted = np.zeros((len(stage.times), species), dtype=np.int64)
        state[2 * species + 1] = 0
        _independent(*table[:-1], state, streams, np.array(stage.times), lanes, counted)
        counts.append([[int(count) for count in row] for row in counted])
    return counts


def shared(
    stages: Sequence[Stage],
    tables: Sequence[_Tables],
    *,
    lanes: int,
    held: Sequence[tuple[int, int, int]],
    replicates: int,
    counted: Sequence[int],
    random: Random,
) -> list[list[list[array[int]]]]:
    """As `_lanes.shared`."""
    words = -(-lanes // 64)
    species = len(stages[0].program.species)
    ones = _row((1 << lanes) - 1, words)
    on = np.zeros((species, words), dtype=np.uint64)
    off = np.zeros((species, words), dtype=np.uint64)
    for number, lanes_on, lanes_off in held:
        on[number], off[number] = _row(lanes_on, words), _row(lanes_off, words)
    shape = replicates.bit_length() + 1, len(counted) * words
    tallies = [np.zeros((len(stage.times), 2, *shape), dtype=np.uint64) for stage in stages]
    stream = _streams(random, 1)
    state = np.zeros((max(table.rows for table in tables), words), dtype=np.uint64)
    chances = []
    for stage in stages:
        chance = np.full(species, -1.0)
        for number, value in stage.settings:
            chance[number] = value
        chances.append(chance)
    steps = [
        (table[:-1], chance, _rings(stage), tally)
        for table, chance, stage, tally in zip(tables, chances, stages, tallies, strict=True)
    ]
    which = np.array(counted, dtype=np.int64)
    rounds = replicates if len(stages) == 1 else 1  # one call runs all replicates, unless stages alternate
    for done in range(0, replicates, rounds):
        for arrays, chance, rings, tally in steps:
            _shared(*arrays, state, stream, ones, on, off, chance, *rings, which, done, done + rounds, tally)
    return [[_numbers(planes, replicates, words, lanes) for planes in tally] for tally in tallies]


def _rings(stage: Stage) -> tuple[Any, Any, Any, Any]:
    """The moving species, and for each time how often they ring: smallest number, cumulated weights, their begin."""
    spans = [end - begin for begin, end in zip((0.0, *stage.times), stage.times, strict=False)]
    numbers = [poisson(span * len(stage.moving)) for span in spans]
    return (
        np.array(stage.moving, dtype=np.int64),
        np.array([first for first, _ in numbers], dtype=np.int64),
        np.concatenate([np.array(weights) for _, weights in numbers]),
        np.cumsum([0, *(len(weights) for _, weights in numbers)]),
    )


def _numbers(planes: Any, replicates: int, words: int, lanes: int) -> list[array[int]]:
    """For each species counted the number of each lane, from the digits and the rows that wait to be added to them."""
    totals = np.zeros((planes.shape[2] // words, 64 * words), dtype=np.uint64)
    _read(planes, replicates, totals.reshape(-1))
    found = []
    for total in totals:
        numbers = array("Q")
        numbers.frombytes(total[:lanes].tobytes())
        found.append(numbers)
    return found


def _row(plane: int, words: int) -> Any:
    return np.frombuffer(plane.to_bytes(8 * words, "little"), dtype="<u8").astype(np.uint64)


def _streams(random: Random, words: int) -> Any:
    return np.array([[random.getrandbits(64) for _ in range(words)] for _ in range(4)], dtype=np.uint64)


# --- kernels -------------------------------------------------------------------------------------------------------


@njit(cache=True)
def _word(streams, w):  # type: ignore[no-untyped-def]
    """The next random word of stream *w*."""
    s0, s1, s2, s3 = streams[0, w], streams[1, w], streams[2, w], streams[3, w]
    total = s0 + s3
    found = ((total << np.uint64(23)) | (total >> np.uint64(41))) + s0
    shifted = s1 << np.uint64(17)
    s2 ^= s0
    s3 ^= s1
    streams[1, w] = s1 ^ s2
    streams[0, w] = s0 ^ s3
    streams[2, w] = s2 ^ shifted
    streams[3, w] = (s3 << np.uint64(45)) | (s3 >> np.uint64(19))
    return found


@njit(cache=True)
def _draw(streams, movers, rings):  # type: ignore[no-untyped-def]
    """Fill *rings* with species of *movers*, drawn uniformly from stream 0. Returns how many it has now, most of all.

    Half a random word is scaled to the number of species; the few that would favour some of them are refused.
    """
    low32 = np.uint64(0xFFFFFFFF)
    choices = np.uint64(movers.shape[0])
    refused = np.uint64((1 << 32) % movers.shape[0])
    count = 0
    s0, s1, s2, s3 = streams[0, 0], streams[1, 0], streams[2, 0], streams[3, 0]  # as in `_word`, kept in registers
    for _ in range(rings.shape[0] // 2):
        total = s0 + s3
        word = ((total << np.uint64(23)) | (total >> np.uint64(41))) + s0
        shifted = s1 << np.uint64(17)
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = (s3 << np.uint64(45)) | (s3 >> np.uint64(19))
        for _ in range(2):
            scaled = (word & low32) * choices
            rings[count] = movers[np.int64(scaled >> np.uint64(32))]
            count += (scaled & low32) >= refused
            word >>= np.uint64(32)
    streams[0, 0], streams[1, 0], streams[2, 0], streams[3, 0] = s0, s1, s2, s3
    return count


@njit(cache=True)
def _uniform(streams, w):  # type: ignore[no-untyped-def]
    return float(_word(streams, w) >> np.uint64(11)) * 2.0**-53


@njit(cache=True)
def _plane(streams, plane):  # type: ignore[no-untyped-def]
    for w in range(plane.shape[0]):
        plane[w] = _word(streams, w)


@njit(cache=True, inline="always")  # called, it would count references to every row
def _evaluate(conjunction, to, operands, first, i, state):  # type: ignore[no-untyped-def]
    for k in range(first[i], first[i + 1]):
        # Rows taken out one by one: the loops over words then index nothing twice.
        target, a, b = state[to[k]], state[operands[k, 0]], state[operands[k, 1]]
        c, d = state[operands[k, 2]], state[operands[k, 3]]
        if conjunction[k]:
            for w in range(state.shape[1]):
                target[w] = a[w] & b[w] & c[w] & d[w]
        else:
            for w in range(state.shape[1]):
                target[w] = a[w] | b[w] | c[w] | d[w]


@njit(cache=True)
def _set_bits(word):  # type: ignore[no-untyped-def]
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (word * np.uint64(0x0101010101010101)) >> np.uint64(56)


@njit(cache=True)
def _add(planes, number, row):  # type: ignore[no-untyped-def]
    """Count *row*, before which *number* rows were counted: `_lanes._Tally.add`, with its digits and its second rows.

    A second row waits at a place whenever the number of rows counted so far has that binary digit.
    """
    place = 0
    while number >> place & 1:
        for x in range(row.shape[0]):
            digit, other, carry = planes[0, place, x], planes[1, place, x], row[x]
            half = digit ^ other
            planes[0, place, x] = half ^ carry
            row[x] = (digit & other) | (half & carry)
        place += 1
    planes[1, place] = row


@njit(cache=True)
def _read(planes, number, total):  # type: ignore[no-untyped-def]
    """Add up the *number* rows that were counted in *planes*."""
    for place in range(planes.shape[1]):
        for kind in range(1 + (number >> place & 1)):
            for w in range(planes.shape[2]):
                word = planes[kind, place, w]
                for bit in range(64):
                    total[64 * w + bit] += ((word >> np.uint64(bit)) & np.uint64(1)) << np.uint64(place)


@njit(cache=True)
def _poisson(mean, streams, numbers):  # type: ignore[no-untyped-def]
    """A Poisson number for each lane, from the weights that `_lanes.poisson` describes."""
    mode = int(mean)
    weights = [1.0]
    number, weight = mode, 1.0
    while number > 0 and weight > 1e-18:
        weight *= number / mean
        number -= 1
        weights.append(weight)
    weights.reverse()
    last, weight = mode, 1.0
    while weight > 1e-18:
        last += 1
        weight *= mean / last
        weights.append(weight)
    cumulated = np.cumsum(np.array(weights))
    top = len(cumulated) - 1
    # Where to begin to look, for each of 1,024 equal parts of the weights.
    guide = np.searchsorted(cumulated, np.arange(1024) * (cumulated[top] / 1024.0), side="right")
    for lane in range(numbers.shape[0]):
        share = _uniform(streams, lane >> 6)
        value = share * cumulated[top]
        place = guide[int(share * 1024.0)]
        while place < top and cumulated[place] <= value:
            place += 1
        numbers[lane] = number + place


@njit(cache=True)
def _thin(streams, masks, low, high, words):  # type: ignore[no-untyped-def]
    """Keep each lane of masks *low* to *high* with chance 1/20, digit by digit as `_lanes.bernoulli` does."""
    for w in range(words):
        undecided = np.uint64(0)
        for slot in range(low, high):
            undecided |= masks[slot, w]
        kept = np.uint64(0)
        numerator = 1
        while undecided:
            numerator *= 2
            word = _word(streams, w)
            if numerator >= 20:
                numerator -= 20
                kept |= undecided & ~word
                undecided &= word
            else:
                undecided &= ~word
        for slot in range(low, high):
            masks[slot, w] &= kept


@njit(cache=True)
def _look(  # type: ignore[no-untyped-def]
    conjunction, to, operands, first, result, marks, state, among, seen, found, unsettled
):
    """Mark in *seen* the species of *among* that differ from their rule in some lane, and those of it that follow.

    *unsettled* gets the lanes in which any differs; *found* is room for as many numbers as there are species. Returns
    how many are marked.
    """
    count = 0
    seen[:] = False
    unsettled[:] = 0
    for i in range(among.shape[0]):
        if among[i]:
            _evaluate(conjunction, to, operands, first, i, state)
            value, plane = state[result[i]], state[2 * i]
            differs = np.uint64(0)
            for w in range(state.shape[1]):
                change = value[w] ^ plane[w]
                unsettled[w] |= change
                differs |= change
            if differs:
                seen[i] = True
                found[count] = i
                count += 1
    at = 0
    while at < count:
        i = found[at]
        at += 1
        for k in range(marks.shape[1]):
            readers = marks[i, k]
            while readers:
                target = 64 * k + np.int64(_set_bits((readers & -readers) - np.uint64(1)))
                readers &= readers - np.uint64(1)
                if among[target] and not seen[target]:
                    seen[target] = True
                    found[count] = target
                    count += 1
    return count


@njit(cache=True)
def _leaving(numbers):  # type: ignore[no-untyped-def]
    """The smallest and the largest number, the lanes by their number, and where each number begins among them."""
    low, high = numbers.min(), numbers.max()
    begins = np.zeros(high - low + 2, dtype=np.int64)
    for number in numbers:
        begins[number - low + 1] += 1
    begins = np.cumsum(begins)
    order = np.empty(numbers.shape[0], dtype=np.int64)
    filled = begins.copy()
    for lane in range(numbers.shape[0]):
        place = numbers[lane] - low
        order[filled[place]] = lane
        filled[place] += 1
    return low, high, order, begins


@njit(cache=True)
def _lanes_on(plane):  # type: ignore[no-untyped-def]
    """The numbers of the lanes in which *plane* is on."""
    lanes = np.empty(64 * plane.shape[0], dtype=np.int64)
    count = 0
    for w in range(plane.shape[0]):
        word = plane[w]
        while word:
            lanes[count] = 64 * w + np.int64(_set_bits((word & -word) - np.uint64(1)))
            count += 1
            word &= word - np.uint64(1)
    return lanes[:count].copy()


@njit(cache=True)
def _packed(state, species, lanes):  # type: ignore[no-untyped-def]
    """A state of these *lanes* alone."""
    one = np.uint64(1)
    words = (lanes.shape[0] + 63) >> 6
    found = np.zeros((state.shape[0], words), dtype=np.uint64)
    ones = found[2 * species]
    for k in range(lanes.shape[0]):
        ones[k >> 6] |= one << np.uint64(k & 63)
    for i in range(species):
        source, plane, negated = state[2 * i], found[2 * i], found[2 * i + 1]
        for k in range(lanes.shape[0]):
            lane = lanes[k]
            plane[k >> 6] |= ((source[lane >> 6] >> np.uint64(lane & 63)) & one) << np.uint64(k & 63)
        for w in range(words):
            negated[w] = plane[w] ^ ones[w]
    return found


@njit(cache=True)
def _put_back(whole, cells, species, lanes):  # type: ignore[no-untyped-def]
    """Give *lanes* of the *whole* state what the state of these lanes alone has."""
    one = np.uint64(1)
    for i in range(species):
        plane, negated, source = whole[2 * i], whole[2 * i + 1], cells[2 * i]
        for k in range(lanes.shape[0]):
            lane = lanes[k]
            bit = one << np.uint64(lane & 63)
            if (plane[lane >> 6] >> np.uint64(lane & 63)) & one != (source[k >> 6] >> np.uint64(k & 63)) & one:
                plane[lane >> 6] ^= bit
                negated[lane >> 6] ^= bit


@njit(cache=True)
def _independent(  # type: ignore[no-untyped-def]
    conjunction,
    to,
    operands,
    first,
    result,
    marks,
    moving,
    slow,
    state,
    streams,
    times,
    lanes,
    counts,
):
    species = moving.shape[0]
    size = 1
    while size < species:
        size *= 2
    masks = np.empty((size, state.shape[1]), dtype=np.uint64)
    found = np.empty(species, dtype=np.int64)
    movers = np.empty(species, dtype=np.int64)
    seen = np.empty(species, dtype=np.bool_)
    among = np.empty(species, dtype=np.bool_)
    now, ticks = 0.0, float(TICKS)
    for at in range(times.shape[0]):
        end = times[at]
        while now < end:
            words = state.shape[1]
            unsettled = np.empty(words, dtype=np.uint64)
            count = _look(conjunction, to, operands, first, result, marks, state, moving, seen, found, unsettled)
            if count == 0:
                now = end
                break
            fast = 0
            for i in range(species):
                if seen[i] and not slow[i]:
                    movers[fast] = i
                    fast += 1
            last = fast
            for i in range(species):
                if seen[i] and slow[i]:
                    movers[last] = i
                    last += 1
            bits, slots = 0, 1
            while slots < count:
                slots *= 2
                bits += 1
            rate = float(slots) if fast else slots / 20.0
            span = end - now
            to_the_end = span * rate < 1.5 * ticks
            if not to_the_end:
                span = ticks / rate
            ticks = min(2.0 * ticks, float(MOST_TICKS))

            # The lanes that are run: all, until most have settled; then the others are packed together.
            here = np.arange(lanes)
            cells = state
            numbers = np.empty(lanes, dtype=np.int64)
            _poisson(span * rate, streams, numbers)
            low, high, order, begins = _leaving(numbers)
            alive = state[2 * species].copy()
            random = np.empty(words, dtype=np.uint64)
            tick = 0
            while tick < high:
                if tick % LOOK == 0:
                    if tick:
                        among[:] = seen
                        left = _look(
                            conjunction, to, operands, first, result, marks, cells, among, seen, found, unsettled
                        )
                        if left == 0:
                            to_the_end = True
                            break
                    # As long as all lanes have ticks left, it does not matter whose number is whose.
                    if tick < low and 64 * words >= WIDE:
                        chosen = _lanes_on(unsettled)
                        if 2 * chosen.shape[0] <= here.shape[0]:
                            if here.shape[0] < lanes:
                                _put_back(state, cells, species, here)
                            here = here[chosen]
                            cells = _packed(cells, species, chosen)
                            words = cells.shape[1]
                            low, high, order, begins = _leaving(numbers[: here.shape[0]])
                            alive = cells[2 * species].copy()
                            random, unsettled = random[:words].copy(), unsettled[:words].copy()
                if tick >= low:
                    for k in range(begins[tick - low], begins[tick - low + 1]):
                        lane = order[k]
                        alive[lane >> 6] &= ~(np.uint64(1) << np.uint64(lane & 63))
                tick += 1
                masks[0, :words] = alive
                for level in range(bits):
                    width = (count + (1 << (bits - level - 1)) - 1) >> (bits - level - 1)
                    _plane(streams, random)
                    for j in range((width - 1) // 2, -1, -1):
                        if 2 * j + 1 < width:
                            source, one, other = masks[j], masks[2 * j], masks[2 * j + 1]
                            for w in range(words):
                                mask = source[w]
                                other[w] = mask & ~random[w]
                                one[w] = mask & random[w]
                        else:
                            source, one = masks[j], masks[2 * j]
                            for w in range(words):
                                one[w] = source[w] & random[w]
                if count > fast > 0:
                    _thin(streams, masks, fast, count, words)
                for slot in range(count):
                    i = movers[slot]
                    if not seen[i]:
                        continue
                    _evaluate(conjunction, to, operands, first, i, cells)
                    value, plane, negated, mask = cells[result[i]], cells[2 * i], cells[2 * i + 1], masks[slot]
                    for w in range(words):
                        change = (value[w] ^ plane[w]) & mask[w]
                        plane[w] ^= change
                        negated[w] ^= change
            if here.shape[0] < lanes:
                _put_back(state, cells, species, here)
            now = end if to_the_end else now + span
        for i in range(species):
            total = 0
            for w in range(state.shape[1]):
                total += _set_bits(state[2 * i, w])
            counts[at, i] = total


@njit(cache=True)
def _shared(  # type: ignore[no-untyped-def]
    conjunction,
    to,
    operands,
    first,
    result,
    marks,
    moving,
    slow,
    state,
    streams,
    ones,
    on,
    off,
    chance,
    movers,
    least,
    weights,
    begins,
    counted,
    done,
    replicates,
    tally,
):
    species = moving.shape[0]
    words = state.shape[1]
    count = movers.shape[0]
    waiting = np.zeros(marks.shape[1], dtype=np.uint64)
    one = np.uint64(1)
    free = np.empty((species, words), dtype=np.uint64)
    for i in range(species):
        for w in range(words):
            free[i, w] = ~(on[i, w] | off[i, w])
    certain = True  # whether every replicate begins in the same way
    for i in range(species):
        certain = certain and chance[i] in (0.0, 1.0)
    again = state[:0].copy()
    waiting_again = waiting.copy()
    row = np.empty(counted.shape[0] * words, dtype=np.uint64)
    draws, ring, drawn = np.empty(64, dtype=np.int64), 0, 0
    for round_ in range(done, replicates):
        if certain and round_ > done:
            state[: 2 * species] = again
            waiting[:] = waiting_again
        for w in range(words):
            state[2 * species, w] = ones[w]
            state[2 * species + 1, w] = np.uint64(0)
        for i in range(0 if certain and round_ > done else species):
            fresh = chance[i] >= 0.0
            draw = fresh and (chance[i] >= 1.0 or (chance[i] > 0.0 and _uniform(streams, 0) < chance[i]))
            for w in range(words):
                plane = state[2 * i, w]
                if fresh:
                    plane = ones[w] if draw else np.uint64(0)
                plane = (plane | on[i, w]) & ~off[i, w]
                state[2 * i, w] = plane
                state[2 * i + 1, w] = ones[w] ^ plane
        for k in range(0 if certain and round_ > done else count):
            i = movers[k]
            waiting[i >> 6] &= ~(one << np.uint64(i & 63))
            _evaluate(conjunction, to, operands, first, i, state)
            value_row = result[i]
            for w in range(words):
                if (state[value_row, w] ^ state[2 * i, w]) & free[i, w]:
                    waiting[i >> 6] |= one << np.uint64(i & 63)
                    break
        if certain and round_ == done:
            again = state[: 2 * species].copy()
            waiting_again = waiting.copy()
        for at in range(least.shape[0]):
            begin, end = begins[at], begins[at + 1]
            value = _uniform(streams, 0) * weights[end - 1]
            rings = least[at] + min(np.searchsorted(weights[begin:end], value, side="right"), end - begin - 1)
            while rings:
                if ring == drawn:
                    if not waiting.any():
                        break
                    ring, drawn = 0, _draw(streams, movers, draws)
                    continue
                i = draws[ring]
                ring += 1
                rings -= 1
                bit = one << np.uint64(i & 63)
                if not waiting[i >> 6] & bit or (slow[i] and _uniform(streams, 0) >= 0.05):
                    continue
                waiting[i >> 6] ^= bit
                _evaluate(conjunction, to, operands, first, i, state)
                value, plane, negated, may = state[result[i]], state[2 * i], state[2 * i + 1], free[i]
                changed = np.uint64(0)
                for w in range(words):
                    change = (value[w] ^ plane[w]) & may[w]
                    plane[w] ^= change
                    negated[w] ^= change
                    changed |= change
                every = ~np.uint64(0) if changed else np.uint64(0)
                for k in range(waiting.shape[0]):
                    waiting[k] |= marks[i, k] & every
            for k in range(counted.shape[0]):
                row[k * words : (k + 1) * words] = state[2 * counted[k]]
            _add(tally[at], round_, row)
