"""Where a network ends up: fixed points, minimal trap spaces, asynchronous attractors, synchronous cycles.

What the inputs and constants fix is worked in first; biodivine-aeon (MIT) then answers symbolically for the rest, so
that millions of fixed points are counted without listing them. Its trap-space search is the newer call, which can be
bounded, and the minimising the older one, which is quicker; the pin in pyproject.toml keeps both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING, Any, Literal

from her2cli.errors import LimitError, ScenarioError
from her2cli.expression import And, Const, Expression, Not, Or, Var, evaluate, postorder, substitute, variables
from her2cli.logic.meaning import TABLE_LIMIT, truth_table
from her2cli.logic.network import BooleanNetwork

if TYPE_CHECKING:
    from biodivine_aeon import BooleanNetwork as AeonNetwork

Inputs = Literal[0, 1, "free", "initial"]

SPECIES_LIMIT = 2_000  # species that are left to biodivine-aeon, whose decision diagrams take at most 65,535 variables
FREE_INPUT_LIMIT = 8  # attractors are computed for each setting of the free inputs
SYNCHRONOUS_LIMIT = 20  # species whose states are all visited
_DIAGRAM_LIMIT = 20_000_000  # nodes of a decision diagram: about half a gigabyte


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How many there are, and some or all of them as strings over the sorted species: 0, 1, and * for not fixed.

    An attractor is written as the smallest subspace around it. `cyclic` says how many attractors have more than one
    state, and `sizes` the number of states of each; for fixed points and trap spaces these are 0 and empty.
    """

    species: tuple[str, ...]
    count: int
    states: tuple[str, ...]
    cyclic: int = 0
    sizes: tuple[int, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether `states` has all of them."""
        return self.count == len(self.states)


def fixed_points(network: BooleanNetwork, *, inputs: Inputs = "free", limit: int | None = None) -> Found:
    """The states that every update leaves as they are. All are counted, at most *limit* of them listed.

    *inputs* 0 or 1 sets all inputs, "initial" gives each its initial value, "free" leaves them open.
    Raises `LimitError` for a network too large, here as in the other questions.
    """
    core = _core(network, inputs)
    if not core.rules:
        return _found(core, 1, [{}])
    aeon = _aeon(core)
    graph = aeon.AsynchronousGraph(_aeon_network(core.rules))
    config = aeon.FixedPointsConfig.create_from(graph).with_bdd_size_limit(_DIAGRAM_LIMIT)
    points = _bounded(lambda: aeon.FixedPointsComp.with_config(config).symbolic_vertices())
    names = sorted(core.rules)
    states = ({name: int(value) for name, value in zip(names, point.values(), strict=True)} for point in points.items())
    return _found(core, points.cardinality(), islice(states, limit))


def minimal_trap_spaces(network: BooleanNetwork, *, inputs: Inputs = "free", limit: int | None = None) -> Found:
    """The smallest subspaces that no update leaves: the attractors of the most-permissive semantics."""
    core = _without_outputs(_core(network, inputs))
    if not core.rules:
        return _found(core, 1, [{}])
    aeon = _aeon(core)
    model = _aeon_network(core.rules)
    context = aeon.SymbolicSpaceContext(model)
    graph = aeon.AsynchronousGraph(model, context)
    config = aeon.TrapSpacesConfig.create_from_graph_with_context(graph, context).with_bdd_size_limit(_DIAGRAM_LIMIT)
    essential = _bounded(lambda: aeon.TrapSpacesComp.with_config(config).essential_symbolic())
    spaces = aeon.TrapSpaces.minimize(context, essential).spaces()
    names = sorted(core.rules)
    states = (
        {name: int(value) for name, value in zip(names, space.values(), strict=True) if value is not None}
        for space in spaces.items()
    )
    return _found(core, spaces.cardinality(), islice(states, limit))


def attractors(network: BooleanNetwork, *, inputs: Inputs = "free", limit: int | None = None) -> Found:
    """The smallest sets of states that asynchronous updates do not leave.

    Raises `LimitError` also for more than `FREE_INPUT_LIMIT` inputs that are left free.
    """
    core = _core(network, inputs)
    free = [name for name in core.rules if core.rules[name] == Var(name)]
    if len(free) > FREE_INPUT_LIMIT:
        raise LimitError(
            f"attractors for all settings of {len(free)} inputs are too many to compute (the limit is "
            f"{FREE_INPUT_LIMIT} free inputs); set the inputs to 0 or 1"
        )
    found: list[tuple[str, int]] = []
    for values in product((0, 1), repeat=len(free)):
        constants = {name: Const(value) for name, value in zip(free, values, strict=True)}
        part = _percolated(core.species, {**core.rules, **constants})
        found += _attractors(_Core(core.species, {**core.fixed, **part.fixed}, part.rules, ()))
    found.sort()
    chosen = found[:limit]
    return Found(
        species=core.species,
        count=len(found),
        states=tuple(state for state, _ in chosen),
        cyclic=sum(size > 1 for _, size in found),
        sizes=tuple(size for _, size in chosen),
    )


def synchronous_attractors(network: BooleanNetwork, *, inputs: Inputs = "free", limit: int | None = None) -> Found:
    """The cycles of updating all species at once, fixed points included; `sizes` has their periods.

    Raises `LimitError` for more than `SYNCHRONOUS_LIMIT` species between inputs and outputs.
    """
    core = _without_outputs(_core(network, inputs))
    names = sorted(core.rules)
    if len(names) > SYNCHRONOUS_LIMIT:
        raise LimitError(
            f"synchronous cycles of {len(names)} species cannot all be found (the limit is {SYNCHRONOUS_LIMIT} "
            "species that are neither fixed nor outputs); a single run is possible"
        )
    following = _successors(names, core.rules)
    found = []
    for cycle in _cycles(following):
        states = [{name: state >> place & 1 for place, name in enumerate(names)} for state in cycle]
        found.append((_hull(core, states), len(cycle)))
    found.sort()
    chosen = found[:limit]
    return Found(
        species=core.species,
        count=len(found),
        states=tuple(state for state, _ in chosen),
        cyclic=sum(size > 1 for _, size in found),
        sizes=tuple(size for _, size in chosen),
    )


# --- what is fixed, what is left, what only follows -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Core:
    """A network after what is certain was worked in: every attractor has the species of `fixed` at those values.

    `outputs` regulate nothing, apart from each other; they follow from the rest, in that order.
    """

    species: tuple[str, ...]  # sorted
    fixed: Mapping[str, int]
    rules: Mapping[str, Expression]
    outputs: tuple[tuple[str, Expression], ...]


def _core(network: BooleanNetwork, inputs: Inputs) -> _Core:
    rules = dict(network.rules)
    if inputs not in (0, 1, "free", "initial"):
        raise ScenarioError(f"inputs are set to 0 or 1, not {inputs!r}")
    if inputs != "free":
        for name in network.inputs:
            rules[name] = Const(network.initial[name] if inputs == "initial" else inputs)
    return _percolated(tuple(sorted(network.species)), rules)


def _percolated(species: tuple[str, ...], rules: Mapping[str, Expression]) -> _Core:
    """Constants passed on until nothing more becomes constant."""
    left = dict(rules)
    readers: dict[str, list[str]] = {name: [] for name in left}
    for name, rule in left.items():
        for source in variables(rule):
            readers[source].append(name)
    fixed: dict[str, int] = {}
    known = {name: rule for name, rule in left.items() if isinstance(rule, Const)}
    while known:
        for name, rule in known.items():
            fixed[name] = rule.value
            del left[name]
        touched = dict.fromkeys(reader for name in known for reader in readers[name] if reader in left)
        before, known = known, {}
        for name in touched:
            left[name] = rule = substitute(left[name], before)
            if isinstance(rule, Const):
                known[name] = rule
    return _Core(species, fixed, left, ())


def _without_outputs(core: _Core) -> _Core:
    """The core without species that nothing else reads: each attractor of the rest has exactly one with them."""
    left = dict(core.rules)
    outputs: list[tuple[str, Expression]] = []
    while True:
        read = {source for rule in left.values() for source in variables(rule)}
        last = [name for name in left if name not in read and len(variables(left[name])) <= TABLE_LIMIT]
        if not last:
            return _Core(core.species, core.fixed, left, (*reversed(outputs),))
        outputs += [(name, left.pop(name)) for name in last]


def _found(core: _Core, count: int, states: Iterable[Mapping[str, int]]) -> Found:
    return Found(species=core.species, count=count, states=tuple(sorted(_string(core, state) for state in states)))


def _string(core: _Core, state: Mapping[str, int]) -> str:
    """A subspace of the core, with the outputs that are certain in it."""
    known = {**core.fixed, **state}
    for name, rule in core.outputs:
        rule = substitute(rule, {source: Const(number) for source, number in state.items()})
        names = variables(rule)
        table = truth_table(rule, names)
        if table in (0, (1 << (1 << len(names))) - 1):
            known[name] = table & 1
            state = {**state, name: table & 1}
    return "".join(str(known.get(name, "*")) for name in core.species)


def _hull(core: _Core, cycle: list[dict[str, int]]) -> str:
    """The smallest subspace around a synchronous cycle of the core; an output follows one step behind."""
    for name, rule in core.outputs:
        for state, before in zip(cycle, [cycle[-1], *cycle[:-1]], strict=True):
            state[name] = evaluate(rule, before)
    fixed = {name: value for name, value in cycle[0].items() if all(state[name] == value for state in cycle)}
    return "".join(str({**core.fixed, **fixed}.get(name, "*")) for name in core.species)


# --- synchronous ----------------------------------------------------------------------------------------------------


def _successors(names: list[str], rules: Mapping[str, Expression]) -> list[int]:
    """The next state of every state; bit i of a state is the value of name i. All states are lanes of one plane."""
    count = 1 << len(names)
    columns = {}
    for place, name in enumerate(names):
        width = 2 << place
        plane = ((1 << (1 << place)) - 1) << (1 << place)
        while width < count:
            plane |= plane << width
            width *= 2
        columns[name] = plane
    planes = [evaluate(rules[name], columns, (1 << count) - 1) for name in names]
    texts = []
    for start in range(0, len(planes), 4):  # four planes are one hexadecimal digit a state
        joined = sum(int(f"{plane:b}", 16) << shift for shift, plane in enumerate(planes[start : start + 4]))
        texts.append(f"{joined:0{count}x}")
    texts.append("0" * count)  # for a network without species
    texts.reverse()
    return [int("".join(digits), 16) for digits in zip(*texts, strict=True)][::-1]


def _cycles(following: list[int]) -> Iterator[list[int]]:
    seen = bytearray(len(following))  # 1: on the path that is walked now, 2: walked before
    for start in range(len(following)):
        path, state = [], start
        while not seen[state]:
            seen[state] = 1
            path.append(state)
            state = following[state]
        if seen[state] == 1:
            yield path[path.index(state) :]
        for walked in path:
            seen[walked] = 2


# --- biodivine-aeon -------------------------------------------------------------------------------------------------


def _attractors(core: _Core) -> list[tuple[str, int]]:
    """Each attractor of a core without free inputs: its subspace, and its number of states."""
    if not core.rules:
        return [(_string(core, {}), 1)]
    aeon = _aeon(core)
    graph = aeon.AsynchronousGraph(_aeon_network(core.rules))
    config = aeon.AttractorConfig(graph=graph, max_symbolic_size=_DIAGRAM_LIMIT)
    names = sorted(core.rules)
    found = []
    for attractor in _bounded(lambda: aeon.Attractors.attractors(config)):
        states = attractor.vertices()
        hull = states.enclosing_named_subspace()
        fixed = {name: int(hull[_label(place)]) for place, name in enumerate(names) if _label(place) in hull}
        found.append((_string(core, fixed), states.cardinality()))
    return found


def _aeon(core: _Core) -> Any:
    if len(core.rules) > SPECIES_LIMIT:
        count = len(core.rules)
        raise LimitError(f"{count} species that are not fixed are too many to analyse (the limit is {SPECIES_LIMIT})")
    import biodivine_aeon  # 10 MB of machine code that only this needs

    return biodivine_aeon


def _bounded(question: Any) -> Any:
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


def _aeon_network(rules: Mapping[str, Expression]) -> AeonNetwork:
    """*rules* for biodivine-aeon. Their regulations promise nothing: one that is promised and not there is an error."""
    from biodivine_aeon import BooleanNetwork as AeonNetwork

    labels = {name: _label(place) for place, name in enumerate(sorted(rules))}
    lines = []
    for name, rule in rules.items():
        lines += [f"{labels[source]} -?? {labels[name]}" for source in variables(rule)]
        lines.append(f"${labels[name]}: {_aeon_text(rule, labels)}")
    return AeonNetwork.from_aeon("\n".join(lines))


def _aeon_text(rule: Expression, labels: Mapping[str, str]) -> str:
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
