"""Pictures that are written: the format by the extension of the file, known before any work is done."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from her2cli.cli._file import check_target, save
from her2cli.errors import Her2Error, shown

if TYPE_CHECKING:
    from her2cli.render.plots import Curves, Grid


def picture_format(path: str, formats: Sequence[str], *, force: bool, sources: tuple[str, ...] = ()) -> str:
    """The format of the picture *path*, one of *formats*. Raises `Her2Error` where it could not be written later."""
    suffix = os.path.splitext(path)[1].lower().removeprefix(".")
    if suffix not in formats:
        what = f".{shown(suffix, 20)} is no picture that is made here" if suffix else "the name has no extension"
        raise Her2Error(f"{shown(path, 200)}: {what}; use one of {', '.join(f'.{each}' for each in formats)}.")
    check_target(path, force=force, sources=sources)
    return suffix


def check_plot(path: str, *, force: bool) -> str:
    """The format of the plot *path*. Raises `Her2Error`, `MissingExtra` where it could not be made or written later."""
    from her2cli.render import plots

    format = picture_format(path, plots.FORMATS, force=force)
    plots.check()
    return format


def save_plot(path: str, plot: Curves | Grid, *, force: bool) -> None:
    """Write *plot* to *path* as SVG, PNG or PDF. Raises as `check_plot` does."""
    from her2cli.render import plots

    save(path, plots.figure(plot, check_plot(path, force=force)))
