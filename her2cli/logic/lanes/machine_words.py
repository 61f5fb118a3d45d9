"""The shared clock on machine words under Numba (extra `fast`): the algorithm of `shared`.

Rules are run from tables, not compiled, so the kernels are compiled once for all networks and kept in Numba's cache.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

import numpy as np

from her2cli.logic.lanes import kernels
from her2cli.logic.lanes.distinct import Distinct
from her2cli.logic.lanes.kernels import LANES, OPERATION, ROWS, SMALL, STREAMS, WORDS
from her2cli.logic.lanes.poisson import poisson
from her2cli.logic.network.programs import AND, Program

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
def _code(program: Program, words: int) -> _Code:
    """The operations of all rules, for rows of that many words."""
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
    table[:, :-1] *= _U(words)
    table[:, -1] *= ~_U(0)
    readers = _bits(program.dependents, len(program.species))
    return _Code(table.reshape(-1), OPERATION * np.array(start, dtype=np.uint64), readers, most)


def _bits(rows: Iterable[Sequence[int]], places: int) -> Any:
    """For each of *rows* the words that have the bits of its numbers, of that many *places*."""
    words = -(-places // 64)
    whole = b"".join(sum(1 << each for each in row).to_bytes(8 * words, "little") for row in rows)
    return np.frombuffer(whole, dtype="<u8").astype(np.uint64).reshape(-1, words)


def _state(species: int, rows: int, lanes: int, words: int = WORDS) -> Any:
    """The planes of all blocks of *lanes*, in which every species is off, with that many rows to a block."""
    blocks = _blocks(lanes, words)
    state = np.zeros((blocks, rows, words), dtype=np.uint64)
    state[:, 1 : 2 * species : 2] = ~_U(0)
    state[:, 2 * species] = _row((1 << lanes) - 1, blocks, words)
    return state


def _blocks(lanes: int, words: int = WORDS) -> int:
    return -(-lanes // (64 * words))


def shared(
    asked: Distinct, counted: Sequence[Sequence[int]], *, replicates: int, random: Random
) -> list[list[list[array[int]]]]:
    """As `shared.shared`."""
    stages, lanes, held = asked.stages, asked.lanes, asked.held
    words = WORDS if lanes > LANES // 2 else WORDS // 2
    codes = [_code(stage.program, words) for stage in stages]
    blocks, species = _blocks(lanes, words), len(stages[0].program.species)
    most = max(len(stage.moving) for stage in stages)
    movers = [_movers(stage.program, stage.moving, words, most + 1) for stage in stages]
    # The species, the last of the three that say what moves, does not stand further on for another stage.
    begins = [np.array([begin, begin, 0], dtype=np.uint64) for begin in _begins(len(code.code) for code in codes)]
    on, off = (np.zeros((blocks, species, words), dtype=np.uint64) for _ in range(2))
    if held:
        which, *sides = zip(*held, strict=True)
        for mask, planes in zip((on, off), sides, strict=True):
            mask[:, which] = _rows(planes, blocks, words).swapaxes(0, 1)
    chance = np.full((len(stages), species), -1.0)
    for place, stage in enumerate(stages):
        for number, value in stage.settings:
            chance[place, number] = value
    spans = [
        (end - begin) * len(stage.moving) / kernels.somebodys(len(stage.moving))
        for stage in stages
        for begin, end in zip((0.0, *stage.times), stage.times, strict=False)
    ]
    least, weights = zip(*map(poisson, spans), strict=True)
    used = words if blocks > 1 else -(-lanes // 64)  # words of a plane that are counted
    tally = np.zeros(
        (len(spans), 2, replicates.bit_length() + 1, max(map(len, counted)) * blocks * used), dtype=np.uint64
    )
    run = kernels.shared_small if most <= SMALL else kernels.shared_large
    run(
        (0,) * words,
        np.concatenate([code.code for code in codes]),
        np.concatenate([moves + begin for (moves, _), begin in zip(movers, begins, strict=False)]),
        np.concatenate([marks for _, marks in movers]),
        np.array([species in stage.slow for stage in stages for species in stage.moving], dtype=np.bool_),
        _begins(len(stage.moving) for stage in stages),
        _state(species, max(code.rows for code in codes), lanes, words),
        _streams(random, 1),
        on,
        off,
        chance,
        np.array([each for pair in stages[0].begins_with for each in pair], dtype=np.int64),
        _begins(len(stage.times) for stage in stages),
        np.array(least, dtype=np.int64),
        np.concatenate([np.array(found) for found in weights]),
        _begins(map(len, weights)),
        np.concatenate([np.array(species, dtype=np.uint64) for species in counted]),
        _begins(map(len, counted)),
        used,
        replicates,
        tally,
    )
    tallies, columns = iter(tally), np.array(asked.lane_of)
    return [
        [_numbers(next(tallies), replicates, blocks * used, columns, len(species)) for _ in stage.times]
        for stage, species in zip(stages, counted, strict=True)
    ]


@lru_cache(maxsize=16)
def _movers(program: Program, moving: tuple[int, ...], words: int, places: int) -> tuple[Any, Any]:
    """For each that moves where its operations begin, where its last one does, and which species it is.

    And the places of those that read it, as bits of words for that many *places*.
    """
    start, species = _code(program, words).start, np.array(moving, dtype=np.uint64)
    place = {species: number for number, species in enumerate(moving)}
    readers = [[place[reader] for reader in program.dependents[species] if reader in place] for species in moving]
    moves = np.stack([start[species], start[species + _U(1)] - _U(OPERATION), species], axis=1)
    return moves, _bits(readers, places)


def _begins(lengths: Iterable[int]) -> Any:
    """Where each of several rows begins that stand one after the other, and where the last ends."""
    return np.array([0, *accumulate(lengths)], dtype=np.int64)


def _numbers(planes: Any, replicates: int, words: int, columns: Any, species: int) -> list[array[int]]:
    """For each species counted the number of each scenario, whose lanes are *columns*."""
    totals = np.zeros((planes.shape[2] // words, 64 * words), dtype=np.uint64)
    kernels.read(planes, replicates, totals.reshape(-1))
    return [array("Q", total.take(columns).tobytes()) for total in totals[:species]]


def _row(plane: int, blocks: int, words: int) -> Any:
    """A plane of lanes as the words of that many blocks."""
    return _rows([plane], blocks, words)[0]


def _rows(planes: Iterable[int], blocks: int, words: int) -> Any:
    """Planes of lanes, each as the words of that many blocks."""
    whole = b"".join(plane.to_bytes(8 * words * blocks, "little") for plane in planes)
    return np.frombuffer(whole, dtype="<u8").astype(np.uint64).reshape(-1, blocks, words)


def _streams(random: Random, blocks: int) -> Any:
    """The random streams of that many blocks: four words of state for each word of lanes."""
    return np.array([random.getrandbits(64) for _ in range(STREAMS * blocks)], dtype=np.uint64)
