"""Fixed points, minimal trap spaces and attractors by the decision diagrams of biodivine-aeon (MIT).

They count what nobody could list. Its trap-space search is the newer call, which can be bounded, and the minimising
the older one, which is quicker; the pin in pyproject.toml keeps both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from her2cli.errors import LimitError
from her2cli.expression import And, Const, Expression, Not, Or, Var, postorder, variables

if TYPE_CHECKING:
    from biodivine_aeon import BooleanNetwork as AeonNetwork

_DIAGRAM_LIMIT = 20_000_000  # nodes of a decision diagram: about half a gigabyte
_MARK = {False: "0", True: "1", None: "*"}


def fixed_points(rules: Mapping[str, Expression], limit: int | None) -> tuple[int, list[str]]:
    """How many fixed points there are, and at most *limit* of them as strings over the sorted names."""
    import biodivine_aeon as aeon  # 10 MB of machine code that only this module needs

    graph = aeon.AsynchronousGraph(_network(rules))
    config = aeon.FixedPointsConfig.create_from(graph).with_bdd_size_limit(_DIAGRAM_LIMIT)
    points = _bounded(lambda: aeon.FixedPointsComp.with_config(config).symbolic_vertices())
    return points.cardinality(), _strings(points, limit)


def minimal_trap_spaces(rules: Mapping[str, Expression], limit: int | None) -> tuple[int, list[str]]:
    """How many minimal trap spaces there are, and at most *limit* of them as strings over the sorted names."""
    import biodivine_aeon as aeon

    model = _network(rules)
    context = aeon.SymbolicSpaceContext(model)
    graph = aeon.AsynchronousGraph(model, context)
    config = aeon.TrapSpacesConfig.create_from_graph_with_context(graph, context).with_bdd_size_limit(_DIAGRAM_LIMIT)
    essential = _bounded(lambda: aeon.TrapSpacesComp.with_config(config).essential_symbolic())
    spaces = aeon.TrapSpaces.minimize(context, essential).spaces()
    return spaces.cardinality(), _strings(spaces, limit)


def attractors(rules: Mapping[str, Expression]) -> Iterator[tuple[str, int]]:
    """The smallest subspace around each asynchronous attractor, over the sorted names, and its number of states."""
    import biodivine_aeon as aeon

    graph = aeon.AsynchronousGraph(_network(rules))
    config = aeon.AttractorConfig(graph=graph, max_symbolic_size=_DIAGRAM_LIMIT)
    for attractor in _bounded(lambda: aeon.Attractors.attractors(config)):
        states = attractor.vertices()
        hull = states.enclosing_named_subspace()
        yield "".join(_MARK[hull.get(_label(place))] for place in range(len(rules))), states.cardinality()


def _strings(found: Any, limit: int | None) -> list[str]:
    return ["".join(_MARK[value] for value in each.values()) for each in islice(found.items(), limit)]


def _bounded(question: Callable[[], Any]) -> Any:
    """The answer of biodivine-aeon, or `LimitError` where its decision diagrams grow past the limit."""
    try:
        return question()
    except Exception as error:
        if isinstance(error, InterruptedError) or "limit" in str(error).lower():
            raise LimitError(
                "this network is too large for this analysis: its states cannot be written compactly enough; "
                "setting the inputs to 0 or 1 may help"
            ) from None
        raise


def _label(place: int) -> str:
    return f"s{place:05}"  # sorted like the species, and no name of a file can confuse another parser


def _network(rules: Mapping[str, Expression]) -> AeonNetwork:
    """*rules* for biodivine-aeon. Their regulations promise nothing: one that is promised and not there is an error."""
    from biodivine_aeon import BooleanNetwork as AeonNetwork

    labels = {name: _label(place) for place, name in enumerate(sorted(rules))}
    lines = []
    for name, rule in rules.items():
        lines += [f"{labels[source]} -?? {labels[name]}" for source in variables(rule)]
        lines.append(f"${labels[name]}: {_text(rule, labels)}")
    return AeonNetwork.from_aeon("\n".join(lines))


def _text(rule: Expression, labels: Mapping[str, str]) -> str:
    """*rule* in parentheses of few terms each, because biodivine-aeon recurses along a row of terms."""
    texts: list[str] = []
    for node in postorder(rule):
        if isinstance(node, Var):
            texts.append(labels[node.name])
        elif isinstance(node, Const):
            texts.append("true" if node.value else "false")
        elif isinstance(node, Not):
            texts[-1] = f"!{texts[-1]}"
        elif isinstance(node, And | Or):
            terms = texts[-len(node.terms) :]
            del texts[-len(node.terms) :]
            sign = " & " if isinstance(node, And) else " | "
            while len(terms) > 1:
                terms = [f"({sign.join(terms[at : at + 8])})" for at in range(0, len(terms), 8)]
            texts.append(terms[0])
    return texts[0]
