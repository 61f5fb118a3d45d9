"""What Numba compiles for lanes on machine words: rows of 1,024 lanes, and the kernel of the shared clock.

A row is one LLVM vector, which is loaded, combined and stored as a whole; Numba's own loops over its words would ask at
each whether the rows overlap. All of it stands in this one file, because Numba's cache sees no change in another.
How a rule becomes a table of operations is in `machine_words`.

Random words come from xoshiro256++ (Blackman and Vigna 2021, doi:10.1145/3460772), one stream for each word of lanes,
so a seed gives the same numbers on every machine.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np
from llvmlite import ir
from numba import extending, njit, types

WORDS = 16  # of a row; four registers of 256 bits
LANES = 64 * WORDS
STREAMS = 4 * WORDS  # words of the random streams of a row
ROWS = 4  # of one conjunction
OPERATION = 2 * ROWS + 2  # words of an operation
SMALL = 63  # moving species whose waiting fits into one word, with a place that is nobody's

_RINGS = 512  # species drawn at once
_AHEAD = 8  # how many of them are looked at together
_INT64 = ir.IntType(64)
_U = np.uint64
_ONE, _ROW, _PAIR, _OPERATION = _U(1), _U(WORDS), _U(2 * WORDS), _U(OPERATION)
intrinsic: Any = extending.intrinsic  # its types know nothing of the argument that it takes away


# --- a row as a vector -----------------------------------------------------------------------------------------------


def _data(context: Any, builder: Any, signature: Any, arguments: Any, place: int) -> Any:
    return context.make_array(signature.args[place])(context, builder, arguments[place]).data


def _loaded(builder: Any, data: Any, offset: Any, words: int) -> Any:
    row = ir.VectorType(_INT64, words)
    found = builder.load(builder.bitcast(builder.gep(data, [offset]), row.as_pointer()))
    found.align = 8
    return found


def _store(builder: Any, value: Any, data: Any, offset: Any) -> None:
    builder.store(value, builder.bitcast(builder.gep(data, [offset]), value.type.as_pointer())).align = 8


def _conjunction(builder: Any, state: Any, base: Any, code: Any, at: Any, width: int) -> Any:
    """The value of the operation that begins at *at*, in rows of *width* words."""
    words = [
        builder.load(builder.gep(code, [builder.add(at, ir.Constant(_INT64, place))])) for place in range(1, OPERATION)
    ]
    rows = [_loaded(builder, state, builder.add(base, offset), width) for offset in words[:-1]]
    value = builder.and_(reduce(builder.and_, rows[:ROWS]), builder.not_(reduce(builder.and_, rows[ROWS:])))
    unset = ir.Constant(value.type, ir.Undefined)
    single = builder.insert_element(unset, words[-1], ir.Constant(ir.IntType(32), 0))
    everywhere = ir.Constant(ir.VectorType(ir.IntType(32), width), [0] * width)
    return builder.xor(value, builder.shuffle_vector(single, unset, everywhere))


@intrinsic
def _evaluate(typing, width, state, base, to, code, at):  # type: ignore[no-untyped-def]
    """Write the value of the operation at *at* into row *to* of the block that begins at *base*.

    *width*, here and elsewhere, is a tuple with as many numbers as a row has words, so the compiler knows how many.
    """

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        planes, table = (_data(context, builder, signature, arguments, place) for place in (1, 4))
        _, _, base, to, _, at = arguments
        value = _conjunction(builder, planes, base, table, at, signature.args[0].count)
        _store(builder, value, planes, builder.add(base, to))
        return context.get_dummy_value()

    return types.void(width, state, types.uint64, types.uint64, code, types.uint64), generate


@intrinsic
def _give(typing, width, state, base, masks, mask, code, at):  # type: ignore[no-untyped-def]
    """Give a species the value of its last operation, at *at*, in the lanes of a mask. Whether that changed anything.

    The mask is the row of *masks* that begins at *mask*.
    """

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        planes, lanes, table = (_data(context, builder, signature, arguments, place) for place in (1, 3, 5))
        size = signature.args[0].count
        _, _, base, _, mask, _, at = arguments
        value = _conjunction(builder, planes, base, table, at, size)
        on = builder.add(base, builder.load(builder.gep(table, [at])))
        off = builder.add(on, ir.Constant(_INT64, size))
        plane = _loaded(builder, planes, on, size)
        change = builder.and_(builder.xor(value, plane), _loaded(builder, lanes, mask, size))
        _store(builder, builder.xor(plane, change), planes, on)
        _store(builder, builder.xor(_loaded(builder, planes, off, size), change), planes, off)
        while size > 4:
            size //= 2
            unset = ir.Constant(change.type, ir.Undefined)
            low, high = (
                builder.shuffle_vector(
                    change, unset, ir.Constant(ir.VectorType(ir.IntType(32), size), list(range(first, first + size)))
                )
                for first in (0, size)
            )
            change = builder.or_(low, high)
        whole = builder.bitcast(change, ir.IntType(64 * size))
        return builder.icmp_unsigned("!=", whole, ir.Constant(whole.type, 0))

    return types.boolean(width, state, types.uint64, masks, types.uint64, code, types.uint64), generate


@intrinsic
def _draw_row(typing, streams, base, random):  # type: ignore[no-untyped-def]
    """The next random word of each stream of the block whose streams begin at *base*."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        states, words = (_data(context, builder, signature, arguments, place) for place in (0, 2))
        places = [builder.add(arguments[1], ir.Constant(_INT64, WORDS * number)) for number in range(4)]
        s0, s1, s2, s3 = (_loaded(builder, states, place, WORDS) for place in places)

        def shifted(value: Any, by: int, shift: Any) -> Any:
            return shift(value, ir.Constant(value.type, [by] * WORDS))

        def rotated(value: Any, by: int) -> Any:
            return builder.or_(shifted(value, by, builder.shl), shifted(value, 64 - by, builder.lshr))

        _store(builder, builder.add(rotated(builder.add(s0, s3), 23), s0), words, ir.Constant(_INT64, 0))
        s2, s3 = builder.xor(s2, s0), builder.xor(s3, s1)
        news = builder.xor(s0, s3), builder.xor(s1, s2), builder.xor(s2, shifted(s1, 17, builder.shl)), rotated(s3, 45)
        for place, new in zip(places, news, strict=True):
            _store(builder, new, states, place)
        return context.get_dummy_value()

    return types.void(streams, types.uint64, random), generate


@intrinsic
def _lowest(typing, word):  # type: ignore[no-untyped-def]
    """The number of the lowest bit of *word* that is on, 64 where none is."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), generate


# --- random numbers and counts of bits -------------------------------------------------------------------------------


@njit(cache=True)
def _word(streams, w):  # type: ignore[no-untyped-def]
    """The next random word of stream *w*."""
    at = (w // WORDS) * STREAMS + w % WORDS
    s0, s1, s2, s3 = streams[at], streams[at + WORDS], streams[at + 2 * WORDS], streams[at + 3 * WORDS]
    total = s0 + s3
    found = ((total << _U(23)) | (total >> _U(41))) + s0
    shifted = s1 << _U(17)
    s2 ^= s0
    s3 ^= s1
    streams[at + WORDS] = s1 ^ s2
    streams[at] = s0 ^ s3
    streams[at + 2 * WORDS] = s2 ^ shifted
    streams[at + 3 * WORDS] = (s3 << _U(45)) | (s3 >> _U(19))
    return found


@njit(cache=True)
def _uniform(streams, w):  # type: ignore[no-untyped-def]
    """A number from 0 to 1 from stream *w*."""
    return float(_word(streams, w) >> _U(11)) * 2.0**-53


def _pieces(size: int) -> Any:
    @njit(cache=True)
    def pieces(streams, movers, random, found):  # type: ignore[no-untyped-def]
        """Fill *found* with the numbers from 0 to *movers*, each but the last with the same chance.

        A piece of a random word, of *size* binary digits, is scaled to that many. The few values that would favour some
        numbers are nobody's, and get *movers* itself.
        """
        bits, low = _U(size), _U((1 << size) - 1)
        choices, refused = _U(movers), _U((1 << size) % movers)
        at = _U(0)
        for _ in range(found.shape[0] // (64 // size * WORDS)):
            _draw_row(streams, _U(0), random)
            for w in range(WORDS):
                drawn = random[w]
                for k in range(64 // size):
                    scaled = (drawn >> _U(size * k) & low) * choices
                    found[at + _U(k)] = scaled >> bits if scaled & low >= refused else choices
                at += _U(64 // size)

    return pieces


_SHORT, _LONG = 16, 32
_FEW = 4096  # movers for which short pieces do: of their values, less than one in sixteen is nobody's
_short, _long = _pieces(_SHORT), _pieces(_LONG)


def somebodys(movers: int) -> float:
    """The share of the rings that are somebody's."""
    values = 1 << (_SHORT if movers <= _FEW else _LONG)
    return 1 - values % max(movers, 1) / values


# --- counting --------------------------------------------------------------------------------------------------------


@njit(cache=True)
def _add(digits, second, number, planes):  # type: ignore[no-untyped-def]
    """Count *planes*, before which *number* were counted, in planes of binary digits.

    Rows are added three to two: at each place a second row waits until a third comes, and the carry goes on to the next
    place. A second row waits wherever the number of rows counted so far has that binary digit.
    """
    place = 0
    while number >> place & 1:
        digit, other = digits[place], second[place]
        for x in range(planes.shape[0]):
            one, two, carry = digit[x], other[x], planes[x]
            half = one ^ two
            digit[x] = half ^ carry
            planes[x] = (one & two) | (half & carry)
        place += 1
    to = second[place]
    for x in range(planes.shape[0]):  # Numba assigns a slice at half the speed
        to[x] = planes[x]


@njit(cache=True)
def read(planes, number, total):  # type: ignore[no-untyped-def]
    """Add up the *number* rows that were counted in *planes*."""
    for place in range(planes.shape[1]):
        for kind in range(1 + (number >> place & 1)):
            for w in range(planes.shape[2]):
                lanes = planes[kind, place, w]
                for bit in range(64):
                    total[64 * w + bit] += ((lanes >> _U(bit)) & _ONE) << _U(place)


@njit(cache=True)
def _value(width, code, at, last, state, base, to):  # type: ignore[no-untyped-def]
    """Write the value of the rule whose operations stand from *at* to *last* into row *to* of a block."""
    while at < last:
        _evaluate(width, state, base, code[at], code, at)
        at += _OPERATION
    _evaluate(width, state, base, to, code, at)


@njit(cache=True, inline="always")  # called, it would count references to the arrays
def _given(width, code, at, last, state, base, masks, mask):  # type: ignore[no-untyped-def]
    """Give the species whose operations stand from *at* to *last* its rule's value in a block. Whether it changed."""
    while at < last:
        _evaluate(width, state, base, code[at], code, at)
        at += _OPERATION
    return _give(width, state, base, masks, mask, code, at)


@njit(cache=True)
def _waiting(width, code, moves, state, free, waiting):  # type: ignore[no-untyped-def]
    """Mark in *waiting* which of the *moves* would change their species in some lane that is free."""
    planes = state.reshape(-1)
    words = len(width)
    aside = 2 * free.shape[1] + 2
    for place in range(moves.shape[0]):
        first, last, i = moves[place]
        differs = _U(0)
        for b in range(state.shape[0]):
            _value(width, code, first, last, planes, _U(b * state.shape[1] * words), _U(aside * words))
            for w in range(words):
                differs |= (state[b, aside, w] ^ state[b, 2 * i, w]) & free[b, i, w]
        if differs:
            waiting[place >> 6] |= _ONE << _U(place & 63)


def _runner(one_word: bool) -> Any:
    """The kernel of the shared clock. Who waits is kept in a register where *one_word* has a bit for each mover."""

    @njit(cache=True)
    def run(  # type: ignore[no-untyped-def]
        width,
        code,
        moves,
        marks,
        slow,
        first_move,
        state,
        streams,
        on,
        off,
        chance,
        begins_with,
        first_time,
        least,
        weights,
        first_weight,
        counted,
        first_counted,
        used,
        replicates,
        tally,
    ):
        """Run *replicates* of the shared clock: `shared.shared`, all its replicates at once.

        `chance` has a row for each stage, `begins_with` pairs of a species and the one with which it begins on.
        The rows of all stages, or times, stand one after the other, and `first_` says where each begins. Those
        that move are known by their place among the moves of their stage: `moves` has where their operations
        begin, where the last one is, and the species; `marks` the places that read it. Of each plane *used*
        words are counted.
        """
        stages, species = chance.shape
        words = len(width)
        size, pair = _U(words), _U(2 * words)
        blocks, rows = state.shape[0], state.shape[1]
        state = state.copy()  # Numba puts arrays where a vector is loaded at once, NumPy does not
        planes = state.reshape(-1)
        free = np.empty((blocks, species, words), dtype=np.uint64)
        for b in range(blocks):
            for i in range(species):
                for w in range(words):
                    free[b, i, w] = state[b, 2 * species, w] & ~(on[b, i, w] | off[b, i, w])
        allowed = free.reshape(-1)
        many = _U(marks.shape[1])  # words of marks
        waiting = np.zeros(marks.shape[1], dtype=np.uint64)
        waiting_first = waiting.copy()
        certain = True  # whether every replicate begins in the same way
        for i in range(species):
            certain = certain and (chance[0, i] == 0.0 or chance[0, i] == 1.0)
        again = planes.copy()
        row = np.zeros(tally.shape[3], dtype=np.uint64)
        drawn = np.zeros(_RINGS + _AHEAD, dtype=np.uint64)
        random = np.empty(WORDS, dtype=np.uint64)
        ring = _U(_RINGS)
        block, mask_block = _U(rows * words), _U(species * words)
        for number in range(replicates):
            for stage in range(stages):
                begin, end = first_move[stage], first_move[stage + 1]
                moving, readers, slowly = moves[begin:end], marks[begin:end].reshape(-1), slow[begin:end]
                if stage == 0 and certain and number:
                    for x in range(planes.shape[0]):
                        planes[x] = again[x]
                    for k in range(many):
                        waiting[_U(k)] = waiting_first[_U(k)]
                else:
                    for i in range(species):
                        share = chance[stage, i]
                        if share >= 0.0 or stage == 0:
                            value = share >= 1.0 or (share > 0.0 and _uniform(streams, 0) < share)
                            for b in range(blocks):
                                for w in range(words):
                                    plane = ~_U(0) if value else _U(0)
                                    plane = ((plane | on[b, i, w]) & ~off[b, i, w]) & state[b, 2 * species, w]
                                    state[b, 2 * i, w] = plane
                                    state[b, 2 * i + 1, w] = ~plane
                    for k in range(0, begins_with.shape[0] if stage == 0 else 0, 2):
                        i, other = begins_with[k], begins_with[k + 1]
                        for b in range(blocks):
                            for w in range(words):
                                plane = state[b, 2 * i, w] | (state[b, 2 * other, w] & free[b, i, w])
                                state[b, 2 * i, w] = plane
                                state[b, 2 * i + 1, w] = ~plane
                    waiting[:] = 0
                    _waiting(width, code, moving, state, free, waiting)
                    if stage == 0 and certain:
                        again[:] = planes
                        waiting_first[:] = waiting
                those = waiting[0]
                if stages > 1:
                    ring = _U(_RINGS)  # those that are left are other stages' places
                for time in range(first_time[stage], first_time[stage + 1]):
                    chances = weights[first_weight[time] : first_weight[time + 1]]
                    value = _uniform(streams, 0) * chances[-1]
                    left = _U(least[time] + min(np.searchsorted(chances, value, side="right"), chances.shape[0] - 1))
                    while left:
                        if ring == _U(_RINGS):
                            if end - begin <= _FEW:
                                _short(streams, end - begin, random, drawn[:_RINGS])
                            else:
                                _long(streams, end - begin, random, drawn[:_RINGS])
                            ring = _U(0)
                        # Which of the next species wait: most do not, and a jump at each would be guessed wrong.
                        waits = _U(0)
                        for k in range(_AHEAD):
                            i = drawn[ring + _U(k)]
                            if not one_word:
                                those = waiting[i >> _U(6)]
                            waits |= ((those >> (i & _U(63))) & _ONE) << _U(k)
                        passed = _lowest(waits)
                        here = min(left, _U(_RINGS) - ring, _U(_AHEAD))
                        if passed >= here:
                            if not one_word:
                                those = _U(0)
                                for k in range(many):
                                    those |= waiting[k]
                            if not those:
                                break
                            ring += here
                            left -= here
                            continue
                        i = drawn[ring + passed]
                        ring += passed + _ONE
                        left -= passed + _ONE
                        if slowly[i] and _uniform(streams, 0) >= 0.05:
                            continue
                        if one_word:
                            those ^= _ONE << i
                        else:
                            waiting[i >> _U(6)] ^= _ONE << (i & _U(63))
                        first, last, mask = moving[i, 0], moving[i, 1], moving[i, 2] * size
                        changed = _given(width, code, first, last, planes, _U(0), allowed, mask)
                        for b in range(1, blocks):
                            mask += mask_block
                            changed |= _given(width, code, first, last, planes, _U(b) * block, allowed, mask)
                        if changed and one_word:
                            those |= readers[i]
                        elif changed:
                            for k in range(many):
                                waiting[k] |= readers[i * many + _U(k)]
                    to = _U(0)
                    for plane in counted[first_counted[stage] : first_counted[stage + 1]]:
                        for b in range(blocks):
                            of_block = _U(b) * block + plane * pair
                            for w in range(used):
                                row[to + _U(w)] = planes[of_block + _U(w)]
                            to += _U(used)
                    _add(tally[time, 0], tally[time, 1], number, row)

    return run


shared_small, shared_large = _runner(True), _runner(False)
