"""Tumours that settled when the wheel was built: a command that treats one of them need not let it settle first.

Half of what `her2 simulate --drug X` would draw is the same whatever X is: 500 cells of the default tumour before any
treatment. Beside the compiled YAML a wheel holds where these stand, and where the random numbers do, so that what comes
after is the same to the bit as if they had settled now (a test compares). A file says in full of which network it is:
of another one, an own pathway or a changed one, nothing is known, and its cells settle when they are asked for.

`questions.settling` makes the files. A checkout has none.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from her2cli.expression import text, variables
from her2cli.logic.network import BooleanNetwork
from her2cli.recent import recent

FOLDER = os.path.join(os.path.dirname(__file__), *[os.pardir] * 2, "pathways", "settled")

RandomState = tuple[int, tuple[int, ...], None]  # as `random.Random` has it


class SettledCells(NamedTuple):
    """Where cells of a network stand that settled for some time. Which of them is a bit of an integer."""

    time: float
    seed: int
    cells: int
    on: list[int]  # for each species of the network the cells in which it is on
    possible: list[int]  # of each literal whether it may be true there, 0 or 1
    random: RandomState  # of the numbers that they are followed on with
    swept: Mapping[str, int]  # for each species the cells in which it is on of those that tell reasons


@recent(4)
def settled(network: BooleanNetwork) -> SettledCells | None:
    """What is known of *network*; None where nothing is."""
    if not os.path.isdir(FOLDER):
        return None
    told = _told(network)
    try:
        with open(os.path.join(FOLDER, _name(told)), encoding="utf-8") as stream:
            kept = json.load(stream)
    except FileNotFoundError:
        return None
    if kept["of"] != told:
        return None
    words = bytes.fromhex(kept["random"])
    random = 3, tuple(int.from_bytes(words[at : at + 4]) for at in range(0, len(words), 4)), None
    on, possible, swept = [], [], {}
    for name in network.species:
        begins = network.initial[name]  # of an input on which nothing hangs, such as a drug that is still to come
        some, literals, others = kept["species"].get(name) or (f"{-begins:x}", 2 - begins, f"{-begins:x}")
        on.append(int(some, 16) & (1 << kept["cells"]) - 1)
        possible += [literals & 1, literals >> 1]
        swept[name] = int(others, 16) & (1 << kept["swept_cells"]) - 1
    return SettledCells(kept["time"], kept["seed"], kept["cells"], on, possible, random, swept)


def written(network: BooleanNetwork, known: SettledCells, swept_cells: int) -> tuple[str, str]:
    """The name of the file that says what is *known* of *network*, and its text."""
    told = _told(network)
    content = {
        "of": told,
        "time": known.time,
        "seed": known.seed,
        "cells": known.cells,
        "swept_cells": swept_cells,
        "random": b"".join(word.to_bytes(4) for word in known.random[1]).hex(),
        "species": {
            name: (f"{on:x}", known.possible[2 * place] | known.possible[2 * place + 1] << 1, f"{known.swept[name]:x}")
            for place, (name, on) in enumerate(zip(network.species, known.on, strict=True))
        },
    }
    return _name(told), json.dumps(content, separators=(",", ":"))


def _name(told: str) -> str:
    return f"{zlib.crc32(told.encode()):08x}.json"


@recent(4)
def _told(network: BooleanNetwork) -> str:
    """All of *network* that its cells depend on."""
    inputs, rows = set(network.inputs), []
    named = {*network.begins_with, *network.begins_with.values()}
    named.update(*(variables(rate.where) for rate in network.state_rates))
    named.update(*(start.species for start in network.together))
    for name in network.species:
        chance = network.chances.get(name, network.initial[name])
        if name in inputs:
            if chance in (0, 1) and network.dependents[name] == (name,) and name not in named:
                continue  # nothing hangs on it
            rows.append(f"{name} {chance!r}")
        else:
            rule = text(network.rules[name])
            rows.append(f"{name} {chance!r} {name in network.slow:d} {network.rates.get(name, '')} {rule}")
    for rate in network.state_rates:
        rows.append(f"{rate.species} {rate.to} {rate.rate!r} {text(rate.where)}")
    rows += [f"{start.species} {dict(start.weights)}" for start in network.together]
    return "\n".join([*rows, f"{dict(network.begins_with)}"])
