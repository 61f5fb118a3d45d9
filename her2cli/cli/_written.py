"""A pathway in a format goes to its file or to stdout, and what the format cannot carry is told on stderr."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from her2cli.cli._errors import Exit, remark
from her2cli.cli._file import check_target, save
from her2cli.cli._output import envelope, write
from her2cli.cli._parameters import Option
from her2cli.errors import Her2Error, shown

if TYPE_CHECKING:
    from her2cli.formats import Format
    from her2cli.formats.losses import Written
    from her2cli.formats.places import Drawing
    from her2cli.model import Pathway, Scenario

_FOR_PROGRAMS = ("cx2", "sbml", "graphml", "json")

Strict = Annotated[
    bool, Option("--strict", help="Write nothing and exit with 1 where the format cannot carry everything.")
]
Force = Annotated[bool, Option("--force", "-f", help="Replace a file that exists.")]


def targets(path: str, chosen: Format) -> tuple[str, ...]:
    """The files that writing *path* makes: MaBoSS has two, whichever of them is named."""
    if chosen.name != "maboss":
        return (path,)
    network = str(Path(path).with_suffix(".bnd")) if path.lower().endswith(".cfg") else path
    return network, str(Path(path).with_suffix(".cfg"))


def check_targets(path: str, chosen: Format, *, force: bool, sources: tuple[str, ...]) -> None:
    """Complain before any work where a file could not be written. Raises `Her2Error`."""
    for target in targets(path, chosen):
        check_target(target, force=force, sources=sources)


def drawn(chosen: Format, pathway: Pathway, scenario: Scenario | None = None) -> Drawing | None:
    """Where the species of *pathway* stand, and what is on in *scenario*, for a format that carries it.

    The drugs and alterations of the scenario stand above what they act on.
    """
    from her2cli.formats import DRAWN

    if chosen.name not in DRAWN:
        return None
    from her2cli.errors import LimitError
    from her2cli.formats.places import Drawing, Spot
    from her2cli.render.layout import layout

    try:
        boxes = layout(pathway).boxes
    except LimitError:  # too large for a picture; the file goes without places
        return None
    spots = {name: Spot(box.x, box.y, box.width, box.height) for name, box in boxes.items()}
    if scenario is None or chosen.name == "sbml":  # whose layout knows nothing of states
        return Drawing(spots=spots)
    from her2cli.logic.questions.shares import shares

    agents = [*scenario.alterations, *(name for name, _ in scenario.drugs)]
    for number, agent in enumerate(agents):
        targets = [edge.target for edge in pathway.actions(agent) if edge.target in boxes]
        over = boxes[targets[0]] if targets else None
        x, y = (over.x + 24, over.y - 32) if over else (60.0 + 90 * number, -40.0)
        spots[agent] = Spot(x, y, 12.0 + 8 * len(agent), 20.0)
    found = shares(pathway, [scenario]).values[scenario]
    on = {name: float(value.late) for name, value in found.items()} | dict.fromkeys(agents, 1.0)
    return Drawing(spots=spots, shares=on)


def deliver(
    command: str, pathway: Pathway, chosen: Format, written: Written, *, path: str, strict: bool, json: bool
) -> None:
    """Write what was *written* to *path*, or to stdout where *path* is empty or `-`; then say what was left out."""
    from her2cli.formats.losses import in_words

    to_file = path not in ("", "-")
    if (
        chosen.name in _FOR_PROGRAMS
        and not (to_file or path or json)
        and sys.stdout is not None
        and sys.stdout.isatty()
    ):
        lines = written.text.count("\n")
        raise Her2Error(
            f"{chosen.name.upper()} is for programs, {lines:,} lines: add -o FILE, or '-o -' to see it all."
        )
    lost = (*written.losses, *(["the .cfg file with initial states"] if written.beside and not to_file else []))
    left_out = f"her2: {chosen.name.upper()} does not carry {in_words(lost)}."
    if lost and strict:
        remark(left_out)
        raise Exit(1)
    if to_file:
        for target, text in zip(targets(path, chosen), (written.text, written.beside), strict=False):
            save(target, text)
        if not json:
            edges = f", {len(pathway.edges):,} edges" if pathway.edges else ""
            named = " and ".join(targets(path, chosen))
            holds = f"pathway {shown(pathway.name)}, {len(pathway.species):,} species{edges}"
            remark(f"her2: wrote {shown(named, 200)}: {holds}, as {chosen.name.upper()}.")
    if json:
        content = {} if to_file else {"text": written.text}
        answer = {"format": chosen.name, "file": path if to_file else None, "losses": list(lost), **content}
        write(envelope(command, pathway, answer))
    elif not to_file:
        write(written.text)
    if lost:
        remark(left_out)
