"""her2: an explorer of HER2/ErbB signalling. The public API is `load`, `trace`, `simulate` and `Scenario`.

pathway = her2cli.load()
her2cli.trace(pathway, "HER2", to="ANGIOGENESIS").paths
tumour = pathway.default_alterations
her2cli.simulate(pathway, her2cli.Scenario(alterations=tumour, drugs=(("trastuzumab", 1.0),))).lost
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from her2cli.formats import load
    from her2cli.graph import trace
    from her2cli.logic.questions.simulation import simulate
    from her2cli.model import Scenario

__all__ = ["Scenario", "load", "simulate", "trace"]

_HOMES = {
    "Scenario": "her2cli.model",
    "load": "her2cli.formats",
    "simulate": "her2cli.logic.questions.simulation",
    "trace": "her2cli.graph",
}


def __dir__() -> list[str]:
    return [*globals(), *_HOMES]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that `import her2cli` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
