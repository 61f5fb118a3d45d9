"""The shared clock on machine words under Numba (extra `fast`): the algorithm of `shared`, and its numbers.

Rules are run from tables, not compiled, so the kernels are compiled once for all networks and kept in Numba's cache.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from her2cli.logic.lanes import kernels
from her2cli.logic.lanes.distinct import Distinct
from her2cli.logic.lanes.kernels import LANES, OPERATION, ROWS, WORDS
from her2cli.logic.lanes.rings import Rings
from her2cli.logic.lanes.shared import run
from her2cli.logic.network.phases import Stage
from her2cli.logic.network.programs import AND, Program
from her2cli.logic.network.sampling import Progress, Sampling

_U = np.uint64


class _Code(NamedTuple):
    """The rules of a program as operations on the rows of a state.

    A state has, for each block of lanes, a row for each literal of the program, one that is on in all lanes, one that
    is off in all, one to put a value into that is only looked at, and one for each part of the longest rule. All
    numbers of rows are multiplied by the words of a row already.

    An operation is ten numbers: the row that it writes, four rows of which it takes the conjunction, four more of which
    it takes the negated conjunction as a fifth, and a word that is 0, or all ones where the value is negated; rows may
    be the same. An inner part of a rule is stored negated: a disjunction is a negated conjunction of negations, and of
    each literal both are there. Most rules are one operation. The last of a species writes the species' own row. Those
    of species i are `code[start[i] : start[i + 1]]`.
    """

    code: Any
    start: Any
    readers: Any  # for each species the bits of those that read it
    rows: int


@lru_cache(maxsize=16)
def _code(program: Program) -> _Code:
    """The operations of all rules."""
    literals = 2 * len(program.species)
    on, off, first_part = literals, literals + 1, literals + 3
    found: list[list[int]] = []
    start, most = [0], first_part

    def write(to: int, rows: Sequence[int], negated_rows: Sequence[int] = (), negated: int = 0) -> None:
        if not negated_rows:  # a literal and its negation are never both on; other rows are more likely to be at hand
            negated_rows = next(([row, row ^ 1] for row in rows if row < literals), [off])
        one, other = (list(each) + [each[0]] * (ROWS - len(each)) for each in (rows or [on], negated_rows))
        found.append([to, *one, *other, negated])

    for species, root in enumerate(program.rules):
        if root is None or isinstance(root, bool):
            write(2 * species, [on if root else off])
        elif root < literals:
            write(2 * species, [root])
        else:
            parts = program.parts(root)
            uses = Counter(part for number in parts for part in program.nodes[number][1])
            stored: dict[int, int] = {}
            inside: dict[int, list[int]] = {}  # of a part that is not stored the rows of its conjunction
            for place, number in enumerate(parts, start=first_part):
                kind, operands = program.nodes[number]
                rows = [stored.get(part, part if kind == AND else part ^ 1) for part in operands if part not in inside]
                groups = [inside[part] for part in operands if part in inside]
                alone = uses[number] == 1 and not groups
                while len(rows) > ROWS:
                    write(place, rows[:ROWS])
                    rows = [place, *rows[ROWS:]]
                if alone:
                    inside[number] = rows
                    continue
                stored[number] = place
                while len(groups) > 1:
                    write(place, rows, groups.pop())
                    rows = [place]
                write(place, rows, groups[0] if groups else (), number != root or kind != AND)
            found[-1][0] = 2 * species
            most = max(most, first_part + len(parts))
        start.append(len(found))
    table = np.array(found, dtype=np.uint64).reshape(-1, OPERATION)
    table[:, :-1] *= _U(WORDS)
    table[:, -1] *= ~_U(0)
    readers = _bits(program.dependents, len(program.species))
    return _Code(table.reshape(-1), OPERATION * np.array(start, dtype=np.uint64), readers, most)


def _bits(rows: Iterable[Sequence[int]], places: int) -> Any:
    """For each of *rows* the words that have the bits of its numbers, of that many *places*."""
    words = -(-places // 64)
    whole = b"".join(sum(1 << each for each in row).to_bytes(8 * words, "little") for row in rows)
    return np.frombuffer(whole, dtype="<u8").astype(np.uint64).reshape(-1, words)


def _state(species: int, rows: int, lanes: int) -> Any:
    """The planes of all blocks of *lanes*, in which every species is off, with that many rows to a block."""
    blocks = -(-lanes // LANES)
    state = np.zeros((blocks, rows, WORDS), dtype=np.uint64)
    state[:, 1 : 2 * species : 2] = ~_U(0)
    state[:, 2 * species] = _rows([(1 << lanes) - 1], blocks)[0]
    return state


class _Running:
    """A stage on machine words, as `shared.Running` says. All stages have one state."""

    def __init__(self, stage: Stage, code: _Code, state: Any, lanes: _Lanes, counted: Sequence[int], replicates: int):
        self.code, self.state, self.lanes = code.code, state, lanes
        self.moves, self.marks = _movers(stage.program, stage.moving)
        self.fixed = [(species, chance > 0) for species, chance in stage.settings if chance in (0, 1)]
        self.pairs = np.array(stage.begins_with, dtype=np.int64).reshape(-1, 2)
        self.waiting = np.zeros(self.marks.shape[1], dtype=np.uint64)
        self.counted = np.array(counted, dtype=np.int64)
        self.row = np.zeros(len(counted) * lanes.counted, dtype=np.uint64)
        self.tallies = np.zeros((len(stage.times), replicates.bit_length(), len(self.row)), dtype=np.uint64)

    def begin(self, settings: Sequence[tuple[int, bool]]) -> bool:
        species, values = zip(*self.fixed, *settings, strict=True) if self.fixed or settings else ((), ())
        found: bool = kernels.begin(
            self.code,
            self.moves,
            self.state,
            self.lanes.free,
            self.lanes.on,
            self.lanes.off,
            np.array(species, dtype=np.int64),
            np.array(values, dtype=np.bool_),
            self.pairs,
            self.waiting,
        )
        return found

    def ring(self, rings: Sequence[int]) -> bool:
        heard = np.frombuffer(rings, dtype=np.uint8) if isinstance(rings, bytes) else np.array(rings)
        found: bool = kernels.ring(
            self.code, self.moves, self.marks, self.state, self.lanes.free, heard.astype(np.uint32), self.waiting
        )
        return found

    def count(self, time: int) -> None:
        kernels.count(self.state, self.counted, self.lanes.used, self.row, self.tallies[time])


class _Lanes(NamedTuple):
    """The lanes of a screen on machine words, by block, species and word: where each is free, held on, held off."""

    free: Any
    on: Any
    off: Any
    used: int  # words of a block that are counted

    @property
    def counted(self) -> int:
        """Words of a plane that are counted."""
        return int(self.free.shape[0]) * self.used


def _lanes(asked: Distinct, species: int) -> _Lanes:
    blocks = -(-asked.lanes // LANES)
    on, off = (np.zeros((blocks, species, WORDS), dtype=np.uint64) for _ in range(2))
    if asked.held:
        which, *sides = zip(*asked.held, strict=True)
        for mask, planes in zip((on, off), sides, strict=True):
            mask[:, which] = _rows(planes, blocks).swapaxes(0, 1)
    every = _rows([(1 << asked.lanes) - 1], blocks)[0, :, np.newaxis]
    used = WORDS if blocks > 1 else -(-asked.lanes // 64)
    return _Lanes(kernels.owned(every & ~(on | off)), kernels.owned(on), kernels.owned(off), used)


def tallies(
    asked: Distinct, counted: Sequence[Sequence[int]], *, sampling: Sampling, told: Progress = None
) -> list[list[list[array[int]]]]:
    """As `shared.tallies`."""
    species = len(asked.stages[0].program.species)
    lanes = _lanes(asked, species)
    codes = [_code(stage.program) for stage in asked.stages]
    state = kernels.owned(_state(species, max(code.rows for code in codes), asked.lanes))
    running = [
        _Running(stage, code, state, lanes, some, sampling.replicates)
        for stage, code, some in zip(asked.stages, codes, counted, strict=True)
    ]
    # Rings of nobody cost the kernel less than leaving them out costs Python.
    rings = [Rings(stage, number, sampling.seed, len(stage.moving)) for number, stage in enumerate(asked.stages)]
    run(rings, running, replicates=sampling.replicates, told=told)
    columns = np.array(asked.lane_of)
    return [[_numbers(tally, lanes.counted, columns, len(each.counted)) for tally in each.tallies] for each in running]


@lru_cache(maxsize=16)
def _movers(program: Program, moving: tuple[int, ...]) -> tuple[Any, Any]:
    """For each that moves where its operations begin, where its last one does, and which species it is.

    And the places of those that read it, as bits of words for one place more, which is nobody's.
    """
    start, species = _code(program).start, np.array(moving, dtype=np.uint64)
    place = {species: number for number, species in enumerate(moving)}
    readers = [[place[reader] for reader in program.dependents[species] if reader in place] for species in moving]
    moves = np.stack([start[species], start[species + _U(1)] - _U(OPERATION), species], axis=1)
    return kernels.owned(moves), _bits([*readers, []], len(moving) + 1)


def _numbers(digits: Any, words: int, columns: Any, species: int) -> list[array[int]]:
    """For each species counted the number of each scenario, whose lanes are *columns*."""
    totals = np.zeros((digits.shape[1] // words, 64 * words), dtype=np.uint64)
    kernels.read(digits, totals.reshape(-1))
    return [array("Q", total.take(columns).tobytes()) for total in totals[:species]]


def _rows(planes: Iterable[int], blocks: int) -> Any:
    """Planes of lanes, each as the words of that many blocks."""
    whole = b"".join(plane.to_bytes(8 * WORDS * blocks, "little") for plane in planes)
    return np.frombuffer(whole, dtype="<u8").astype(np.uint64).reshape(-1, blocks, WORDS)
