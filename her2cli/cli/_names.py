"""The names that a shell completes: pathways, species, drugs, alterations and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from her2cli.errors import Her2Error
from her2cli.model import Pathway


def pathways(incomplete: str) -> list[str]:
    from her2cli.loading import pathway_names

    return _starting(pathway_names(), incomplete)


SEMANTICS = ("stochastic", "synchronous", "all")


def semantics(incomplete: str) -> list[str]:
    return _starting(SEMANTICS, incomplete)


def screens(incomplete: str) -> list[str]:
    from her2cli.studies.screen import KINDS

    return _starting(KINDS, incomplete)


ENGINES = ("auto", "python", "numba")


def engines(incomplete: str) -> list[str]:
    return _starting(ENGINES, incomplete)


# What `her2 attractors` looks for, by the word for it and by the name of the question.
ENDS = {"fixed-points": "fixed_points", "trap-spaces": "minimal_trap_spaces", "attractors": "attractors"}
# What inputs are when `her2 attractors` looks.
INPUTS = ("0", "1", "free", "given", "usual")


def inputs(incomplete: str) -> list[str]:
    return _starting(INPUTS, incomplete)


def ends(incomplete: str) -> list[str]:
    return _starting(ENDS, incomplete)


def formats(incomplete: str) -> list[str]:
    from her2cli.formats import FORMATS

    return _starting([each.name for each in FORMATS if each.reads], incomplete)


def _in(section: str) -> Callable[[Any, str], list[str]]:
    """What completes the names of a *section*; typer knows the arguments by their names."""

    def completed(ctx: Any, incomplete: str) -> list[str]:
        return _of(ctx, section, incomplete)

    return completed


species = _in("species")
receptors = _in("receptors")
drugs = _in("drugs")
cell_lines = _in("cell_lines")
contexts = _in("contexts")
domains = _in("domains")
functions = _in("functions")


def alterations(ctx: Any, incomplete: str) -> list[str]:
    return [*_of(ctx, "alterations", incomplete), *_starting(["none"], incomplete)]


def anything(ctx: Any, incomplete: str) -> list[str]:
    """Species, drugs and alterations: whatever `trace` or `show` can start from."""
    found = (_of(ctx, section, incomplete) for section in ("species", "drugs", "alterations"))
    return list(dict.fromkeys(name for names in found for name in names))


def scenarios(ctx: Any, incomplete: str) -> list[str]:
    """What `compare` sets side by side, one word of it."""
    words = _starting(["untreated", "none"], incomplete)
    return list(dict.fromkeys([*words, *anything(ctx, incomplete), *cell_lines(ctx, incomplete)]))


def _of(ctx: Any, section: str, incomplete: str) -> list[str]:
    """The ids of a section that begin as typed, in any case; once something is typed, their aliases, too.

    Shells and typer compare cases, so a name goes on in the case in which it was begun; it is found in any. Names with
    blanks are left out: bash would take each word for a name.
    """
    pathway = _pathway(ctx)
    things: Mapping[str, Any] = getattr(pathway, section) if pathway else {}
    names = [*things, *(alias for each in things.values() for alias in getattr(each, "aliases", ()) if incomplete)]
    begun = incomplete.casefold()
    fitting = (name for name in names if name.casefold().startswith(begun) and not any(map(str.isspace, name)))
    return list(dict.fromkeys(_continued(name, incomplete) for name in fitting))


def _continued(name: str, incomplete: str) -> str:
    if name.startswith(incomplete):
        return name
    return incomplete + (name.lower() if incomplete.islower() else name.upper())[len(incomplete) :]


def _pathway(ctx: Any) -> Pathway | None:
    """The pathway that the line names so far; None where it cannot be read, since completion never complains.

    Without a name it is the literature's, which computes, and where `trace` looks for what the article's does not have.
    """
    from her2cli.formats import load
    from her2cli.loading import NETWORK, default_pathway

    try:
        return load(ctx.params.get("pathway") or default_pathway(NETWORK))
    except Her2Error:
        return None


def _starting(names: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
