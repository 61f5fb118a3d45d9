"""How cells are drawn in studies, which have other numbers of them than one answer has: `_options.CellOptions`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from her2cli.cli._options import CellOptions
from her2cli.cli._parameters import Option


@dataclass(frozen=True, slots=True, kw_only=True)
class FewerCells(CellOptions):
    """The same for a study of many scenarios."""

    replicates: Annotated[
        int | None, Option("--replicates", metavar="N", min=1, help="How many cells each scenario has; 300.")
    ] = None

    usual: ClassVar[int] = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreCells(CellOptions):
    """The same for a study that looks at small differences."""

    replicates: Annotated[int | None, Option("--replicates", metavar="N", min=1, help="How many cells; 1000.")] = None

    usual: ClassVar[int] = 1000
