"""The names that a shell completes: pathways, species, drugs, alterations and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import typer

from her2cli.errors import Her2Error
from her2cli.model import Pathway


def pathways(incomplete: str) -> list[str]:
    from her2cli.loading import pathway_names

    return _starting(pathway_names(), incomplete)


SEMANTICS = ("synchronous", "stochastic", "all")


def semantics(incomplete: str) -> list[str]:
    return _starting(SEMANTICS, incomplete)


def species(context: typer.Context, incomplete: str) -> list[str]:
    pathway = _pathway(context)
    return _starting(pathway.species, incomplete) if pathway else []


def receptors(context: typer.Context, incomplete: str) -> list[str]:
    pathway = _pathway(context)
    named = (name for each in pathway.receptors.values() for name in (each.id, *each.aliases)) if pathway else ()
    return _starting(dict.fromkeys(named), incomplete)


def drugs(context: typer.Context, incomplete: str) -> list[str]:
    return _of(context, "drugs", incomplete)


def alterations(context: typer.Context, incomplete: str) -> list[str]:
    return [*_of(context, "alterations", incomplete), *_starting(["none"], incomplete)]


def cell_lines(context: typer.Context, incomplete: str) -> list[str]:
    return _of(context, "cell_lines", incomplete)


def domains(context: typer.Context, incomplete: str) -> list[str]:
    return _of(context, "domains", incomplete)


def functions(context: typer.Context, incomplete: str) -> list[str]:
    return _of(context, "functions", incomplete)


def anything(context: typer.Context, incomplete: str) -> list[str]:
    """Species, drugs and alterations: whatever `trace` or `show` can start from."""
    return [*species(context, incomplete), *_of(context, "drugs", incomplete), *_of(context, "alterations", incomplete)]


def _of(context: typer.Context, section: str, incomplete: str) -> list[str]:
    pathway = _pathway(context)
    things: Mapping[str, Any] = getattr(pathway, section) if pathway else {}
    return _starting(things, incomplete)


def _pathway(context: typer.Context) -> Pathway | None:
    """The pathway that the line names so far; None where it cannot be read, since completion never complains."""
    from her2cli.formats import load

    try:
        return load(context.params.get("pathway") or "her2")
    except Her2Error:
        return None


def _starting(names: Iterable[str], incomplete: str) -> list[str]:
    """The names that begin as typed. The shell compares cases, so a name is offered only if it does literally."""
    return [name for name in names if name.startswith(incomplete)]
