"""What Numba compiles for lanes on machine words: rows of 1,024 lanes, and the kernel of the shared clock.

A row is one LLVM vector, which is loaded, combined and stored as a whole; Numba's own loops over its words would ask at
each whether the rows overlap. All of it stands in this one file, because Numba's cache sees no change in another.
How a rule becomes a table of operations is in `machine_words`.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np
from llvmlite import ir
from numba import extending, njit, types

WORDS = 16  # of a row; four registers of 256 bits
LANES = 64 * WORDS
ROWS = 4  # of one conjunction
OPERATION = 2 * ROWS + 2  # words of an operation

_INT64 = ir.IntType(64)
_U = np.uint64
_ONE, _ROW, _OPERATION = _U(1), _U(WORDS), _U(OPERATION)
intrinsic: Any = extending.intrinsic  # its types know nothing of the argument that it takes away


# --- a row as a vector -----------------------------------------------------------------------------------------------


def _data(context: Any, builder: Any, signature: Any, arguments: Any, place: int) -> Any:
    return context.make_array(signature.args[place])(context, builder, arguments[place]).data


def _loaded(builder: Any, data: Any, offset: Any) -> Any:
    row = ir.VectorType(_INT64, WORDS)
    found = builder.load(builder.bitcast(builder.gep(data, [offset]), row.as_pointer()))
    found.align = 8
    return found


def _store(builder: Any, value: Any, data: Any, offset: Any) -> None:
    builder.store(value, builder.bitcast(builder.gep(data, [offset]), value.type.as_pointer())).align = 8


def _conjunction(builder: Any, state: Any, base: Any, code: Any, at: Any) -> Any:
    """The value of the operation that begins at *at*."""
    words = [
        builder.load(builder.gep(code, [builder.add(at, ir.Constant(_INT64, place))])) for place in range(1, OPERATION)
    ]
    rows = [_loaded(builder, state, builder.add(base, offset)) for offset in words[:-1]]
    value = builder.and_(reduce(builder.and_, rows[:ROWS]), builder.not_(reduce(builder.and_, rows[ROWS:])))
    unset = ir.Constant(value.type, ir.Undefined)
    single = builder.insert_element(unset, words[-1], ir.Constant(ir.IntType(32), 0))
    everywhere = ir.Constant(ir.VectorType(ir.IntType(32), WORDS), [0] * WORDS)
    return builder.xor(value, builder.shuffle_vector(single, unset, everywhere))


@intrinsic
def _evaluate(typing, state, base, to, code, at):  # type: ignore[no-untyped-def]
    """Write the value of the operation at *at* into row *to* of the block that begins at *base*."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        planes, table = (_data(context, builder, signature, arguments, place) for place in (0, 3))
        _, base, to, _, at = arguments
        _store(builder, _conjunction(builder, planes, base, table, at), planes, builder.add(base, to))
        return context.get_dummy_value()

    return types.void(state, types.uint64, types.uint64, code, types.uint64), generate


@intrinsic
def _give(typing, state, base, masks, mask, code, at):  # type: ignore[no-untyped-def]
    """Give a species the value of its last operation, at *at*, in the lanes of a mask. Whether that changed anything.

    The mask is the row of *masks* that begins at *mask*.
    """

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        planes, lanes, table = (_data(context, builder, signature, arguments, place) for place in (0, 2, 4))
        _, base, _, mask, _, at = arguments
        value = _conjunction(builder, planes, base, table, at)
        on = builder.add(base, builder.load(builder.gep(table, [at])))
        off = builder.add(on, ir.Constant(_INT64, WORDS))
        plane = _loaded(builder, planes, on)
        change = builder.and_(builder.xor(value, plane), _loaded(builder, lanes, mask))
        _store(builder, builder.xor(plane, change), planes, on)
        _store(builder, builder.xor(_loaded(builder, planes, off), change), planes, off)
        size = WORDS
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

    return types.boolean(state, types.uint64, masks, types.uint64, code, types.uint64), generate


# --- counting --------------------------------------------------------------------------------------------------------


@njit(cache=True)
def _add(digits, planes):  # type: ignore[no-untyped-def]
    """Count *planes* in planes of binary digits: each is carried as far as there are ones to add it to."""
    for x in range(planes.shape[0]):
        carry, place = planes[x], 0
        while carry:
            digit = digits[place, x]
            digits[place, x] = digit ^ carry
            carry &= digit
            place += 1


@njit(cache=True)
def read(digits, total):  # type: ignore[no-untyped-def]
    """Add up what was counted in *digits*, for each lane."""
    for place in range(digits.shape[0]):
        for w in range(digits.shape[1]):
            lanes = digits[place, w]
            for bit in range(64):
                total[64 * w + bit] += ((lanes >> _U(bit)) & _ONE) << _U(place)


@njit(cache=True)
def _value(code, at, last, state, base, to):  # type: ignore[no-untyped-def]
    """Write the value of the rule whose operations stand from *at* to *last* into row *to* of a block."""
    while at < last:
        _evaluate(state, base, code[at], code, at)
        at += _OPERATION
    _evaluate(state, base, to, code, at)


@njit(cache=True, inline="always")  # called, it would count references to the arrays
def _given(code, at, last, state, base, masks, mask):  # type: ignore[no-untyped-def]
    """Give the species whose operations stand from *at* to *last* its rule's value in a block. Whether it changed."""
    while at < last:
        _evaluate(state, base, code[at], code, at)
        at += _OPERATION
    return _give(state, base, masks, mask, code, at)


@njit(cache=True)
def _waiting(code, moves, state, free, waiting):  # type: ignore[no-untyped-def]
    """Mark in *waiting* which of the *moves* would change their species in some lane that is free."""
    planes = state.reshape(-1)
    aside = 2 * free.shape[1] + 2
    for place in range(moves.shape[0]):
        first, last, i = moves[place, 0], moves[place, 1], moves[place, 2]
        differs = _U(0)
        for b in range(state.shape[0]):
            _value(code, first, last, planes, _U(b * state.shape[1] * WORDS), _U(aside * WORDS))
            for w in range(WORDS):
                differs |= (state[b, aside, w] ^ state[b, 2 * i, w]) & free[b, i, w]
        if differs:
            waiting[place >> 6] |= _ONE << _U(place & 63)


@njit(cache=True)
def owned(table):  # type: ignore[no-untyped-def]
    """A copy that stands where a vector is loaded at once: Numba sees to that, NumPy does not."""
    return table.copy()


@njit(cache=True)
def _any(waiting):  # type: ignore[no-untyped-def]
    found = _U(0)
    for each in waiting:
        found |= each
    return found != 0


@njit(cache=True)
def begin(code, moves, state, free, on, off, species, values, pairs, waiting):  # type: ignore[no-untyped-def]
    """Set *species* to *values* where nothing holds them, and of each of *pairs* the first one on where the second is.

    `on` and `off` have the lanes in which a species is held. Whether one waits, which is marked in *waiting*.
    """
    last = 2 * free.shape[1]
    for b in range(state.shape[0]):
        for k in range(species.shape[0]):
            i = species[k]
            for w in range(WORDS):
                plane = state[b, last, w] if values[k] else _U(0)
                plane = (plane | on[b, i, w]) & ~off[b, i, w]
                state[b, 2 * i, w] = plane
                state[b, 2 * i + 1, w] = ~plane
        for k in range(pairs.shape[0]):
            i, other = pairs[k, 0], pairs[k, 1]
            for w in range(WORDS):
                plane = state[b, 2 * i, w] | (state[b, 2 * other, w] & free[b, i, w])
                state[b, 2 * i, w] = plane
                state[b, 2 * i + 1, w] = ~plane
    for k in range(waiting.shape[0]):
        waiting[k] = 0
    _waiting(code, moves, state, free, waiting)
    return _any(waiting)


@njit(cache=True)
def ring(code, moves, marks, state, free, rings, waiting):  # type: ignore[no-untyped-def]
    """Hear *rings*, one after the other, each the place of a species among *moves*. Whether one waits in the end.

    Of each that moves `moves` has where its operations begin, where the last one does, and which species it is; `marks`
    the bits of those that read it, as `waiting` has those that wait.
    """
    block, mask_block = _U(state.shape[1] * WORDS), _U(free.shape[1] * WORDS)
    planes, allowed = state.reshape(-1), free.reshape(-1)
    for at in range(rings.shape[0]):
        i = rings[at]
        if not waiting[i >> 6] >> _U(i & 63) & _ONE:
            continue
        waiting[i >> 6] ^= _ONE << _U(i & 63)
        first, last, mask = moves[i, 0], moves[i, 1], moves[i, 2] * _ROW
        changed = False
        for b in range(state.shape[0]):
            changed |= _given(code, first, last, planes, _U(b) * block, allowed, mask + _U(b) * mask_block)
        if changed:
            for k in range(waiting.shape[0]):
                waiting[k] |= marks[i, k]
    return _any(waiting)


@njit(cache=True)
def count(state, counted, used, row, digits):  # type: ignore[no-untyped-def]
    """Count the planes of the species *counted*, of each *used* words a block."""
    to = 0
    for i in counted:
        for b in range(state.shape[0]):
            for w in range(used):
                row[to + w] = state[b, 2 * i, w]
            to += used
    _add(digits, row)
