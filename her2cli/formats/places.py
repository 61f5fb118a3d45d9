"""Where species stand in a picture and how much of each is on, for the formats that carry a drawing.

Who writes a file gives these; a format knows nothing of layouts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Spot(NamedTuple):
    """The middle of a species' box and its size, y growing downward."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The places of the species, and in a scenario the share 0..1 of cells in which each is on."""

    spots: Mapping[str, Spot] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
