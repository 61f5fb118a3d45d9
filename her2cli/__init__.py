"""her2: an explorer of HER2/ErbB signalling. What `her2 COMMAND` answers, `her2cli.COMMAND(...)` answers in Python.

    import her2cli
    her2cli.simulate(drugs=["lapatinib"], cell_line="BT474").rows
    her2cli.trace("HER2", to="MYC", pathway="erbb")

`load` gives a `Pathway`, all that was read of a network and the knowledge around it; a `Scenario` is a tumour and its
treatment. `trace`, `simulate`, `explain`, `compare`, `combine`, `screen`, `resist`, `cohort`, `attractors`, `validate`,
`show`, `search`, `drugs`, `alterations` and `cell_lines` each give a `Result`: `rows` as a list of dicts, plain `data`
as `--json` has it, text, notes, and a table for pandas, polars and DuckDB. `ask` asks any command by its name. Shares
are of cells, 0 to 1; doses are shares, too; times are in units in which a fast species moves once. docs/python.md shows
them at work. Mistakes are `Her2Error`s whose text says what to do next, or `TypeError` for a value of the wrong type.
"""

TYPE_CHECKING = False  # as type checkers read it; to import `typing` takes longer than all that stands here

if TYPE_CHECKING:
    from her2cli.api import Result as Result
    from her2cli.api import alterations as alterations
    from her2cli.api import ask as ask
    from her2cli.api import attractors as attractors
    from her2cli.api import cell_lines as cell_lines
    from her2cli.api import cohort as cohort
    from her2cli.api import combine as combine
    from her2cli.api import compare as compare
    from her2cli.api import drugs as drugs
    from her2cli.api import explain as explain
    from her2cli.api import load as load
    from her2cli.api import resist as resist
    from her2cli.api import screen as screen
    from her2cli.api import search as search
    from her2cli.api import show as show
    from her2cli.api import simulate as simulate
    from her2cli.api import trace as trace
    from her2cli.api import validate as validate
    from her2cli.errors import Her2Error as Her2Error
    from her2cli.model import Pathway as Pathway
    from her2cli.model import Scenario as Scenario

    __version__: str

_ASKED = (
    "alterations",
    "ask",
    "attractors",
    "cell_lines",
    "combine",
    "compare",
    "drugs",
    "explain",
    "load",
    "cohort",
    "resist",
    "screen",
    "search",
    "show",
    "simulate",
    "trace",
    "validate",
)
_HOMES = {
    **dict.fromkeys(("Result", *_ASKED), "her2cli.api"),
    "Her2Error": "her2cli.errors",
    "Pathway": "her2cli.model",
    "Scenario": "her2cli.model",
}

__all__ = ["__version__", *_HOMES]


def __dir__() -> list[str]:
    return [*globals(), *__all__]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that `import her2cli` costs nothing."""
    if name == "__version__":
        from her2cli.cli.asking import version

        return version()
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
