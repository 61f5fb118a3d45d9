"""Decision diagrams, by biodivine-aeon (MIT): fixed points and trap spaces that nobody could list, and attractors.

**The law.** A fixed point is a state that every update leaves; a trap space a subspace that none leaves, and a minimal
one holds no other (Klarner et al. 2015, doi:10.1007/s11047-015-9520-7); an attractor a smallest set of states that
asynchronous updates do not leave (found by aeon: Beneš et al. 2020, doi:10.1007/978-3-030-53288-8_28).

**The idea.** A reduced ordered diagram (Bryant 1986, doi:10.1109/TC.1986.1676819) holds a set of states as a graph, and
operations work on the graph. Those of fixed points and trap spaces are over the feedback alone, as `feedback` finds it,
since all else follows: dozens of free inputs make billions of answers, and a diagram of a hundred nodes.

**Why it is exact.** A diagram stands for one set and no other, and answers are counted in it, not drawn.

**What it costs.** Nothing can be promised: diagrams of some networks grow without measure, so each question has a limit
of nodes and says where it gives up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from her2cli.errors import LimitError
from her2cli.expression import And, Expression, Var, fold, variables
from her2cli.logic.ends.feedback import Part
from her2cli.logic.network.meaning import three_valued
from her2cli.logic.network.percolation import upstream

if TYPE_CHECKING:
    from biodivine_aeon import Bdd
    from biodivine_aeon import BooleanNetwork as AeonNetwork

_STATES_LIMIT = 20_000_000  # nodes of a diagram of attractors: about half a gigabyte
_REACH_LIMIT = 25_000_000  # nodes of all diagrams on the way to what can be reached: some five seconds
_FEEDBACK_LIMIT = 500_000  # nodes of a diagram of feedback: seconds; published networks need 30,000 at most
_SIZE_LIMIT = re.compile(r"\b(size|node) limit\b", re.IGNORECASE)  # as the library words it
_MARK = {False: "0", True: "1", None: "*"}


@dataclass(frozen=True, slots=True)
class _Plane:
    """A diagram under the signs that the planes of lanes have."""

    bdd: Bdd

    def __and__(self, other: _Plane) -> _Plane:
        return _Plane(self.bdd.l_and(other.bdd, _FEEDBACK_LIMIT))

    def __or__(self, other: _Plane) -> _Plane:
        return _Plane(self.bdd.l_or(other.bdd, _FEEDBACK_LIMIT))

    def __xor__(self, other: _Plane) -> _Plane:
        return _Plane(self.bdd.l_xor(other.bdd, _FEEDBACK_LIMIT))

    def __invert__(self) -> _Plane:
        return _Plane(self.bdd.l_not())

    def without(self, *others: _Plane) -> _Plane:
        """Whatever the variables that *others* are of."""
        return _Plane(self.bdd.r_exists([each for other in others for each in other.bdd.support_set()]))


_Rails = tuple[_Plane, _Plane]


def _aeon() -> Any:
    """biodivine-aeon: 10 MB of machine code that only this module needs. Raises `LimitError` where it has no wheel."""
    try:
        import biodivine_aeon
    except ImportError:
        wanted = "needs decision diagrams, and biodivine-aeon is not installed: pip install 'her2cli[aeon]'"
        raise LimitError(f"this network {wanted} (there is none for Linux on arm64 or musl)") from None
    return biodivine_aeon


def rows(
    rules: Mapping[str, Expression], parts: Sequence[Part], values: str, limit: int | None
) -> tuple[int, list[str]]:
    """How many fixed points there are, or minimal trap spaces with `*` in *values*, and at most *limit* of them.

    They are the values of all feedback, part by part, as in `answer_sets.rows`. Three-valued evaluation of *rules* must
    be exact for trap spaces.
    """
    BddVariableSet = _aeon().BddVariableSet

    feedback = [name for part in parts for name in part.feedback]
    # An input is open in no minimal trap space: one variable tells its values. What may be open has two.
    open_ = dict.fromkeys(name for name in feedback if "*" in values and rules[name] != Var(name))
    space = BddVariableSet(len(feedback) + len(open_))
    true = _Plane(space.mk_true())
    given = (_Plane(space.mk_literal(place, True)) for place in space.variable_ids())
    rails: dict[str, _Rails] = {}
    for name in feedback:
        on = next(given)
        rails[name] = on, next(given) if name in open_ else ~on
    found = _bounded(lambda: _unchanged(rules, parts, rails, true))
    found = _bounded(lambda: _minimal(found, [rails[name] for name in open_], ~true))
    listed = islice(found.bdd.valuation_iterator(), limit)
    return found.bdd.cardinality(), [_row(iter(each.values()), feedback, open_) for each in listed]


def _row(bits: Iterator[bool], feedback: Sequence[str], open_: Collection[str]) -> str:
    row = ""
    for name in feedback:
        on = next(bits)
        both = name in open_ and next(bits) and on
        row += "*" if both else _MARK[on]
    return row


def _unchanged(
    rules: Mapping[str, Expression], parts: Sequence[Part], rails: dict[str, _Rails], true: _Plane
) -> _Plane:
    """The values of the feedback that come back as they were put in."""
    needed = upstream(rules, [name for name in rails if rules[name] != Var(name)])
    good = true
    for part in parts:
        for name in part.followers:
            if name in needed:
                rails[name] = three_valued(rules[name], rails.__getitem__, true, ~true)
        for name in part.feedback:
            if rules[name] != Var(name):
                on, off = rails[name]
                may_on, may_off = three_valued(rules[name], rails.__getitem__, true, ~true)
                good &= (on | off) & ~(on ^ may_on) & ~(off ^ may_off)
    return good


def _minimal(spaces: _Plane, rails: Sequence[_Rails], false: _Plane) -> _Plane:
    """Those *spaces* that contain no other of them."""
    above, larger = spaces, false
    for on, off in rails:
        freed = (above & (on ^ off)).without(on, off) & on & off
        larger |= freed
        above |= freed
    return spaces & ~larger


def attractors(rules: Mapping[str, Expression]) -> Iterator[tuple[str, int]]:
    """The smallest subspace around each asynchronous attractor, over the sorted names, and its number of states."""
    aeon = _aeon()

    graph = aeon.AsynchronousGraph(_network(rules))
    config = aeon.AttractorConfig(graph=graph, max_symbolic_size=_STATES_LIMIT)
    for attractor in _bounded(lambda: aeon.Attractors.attractors(config)):
        states = attractor.vertices()
        hull = states.enclosing_named_subspace()
        yield "".join(_MARK[hull.get(_label(place))] for place in range(len(rules))), states.cardinality()


def reached(
    rules: Mapping[str, Expression], state: Mapping[str, int], spaces: Sequence[Mapping[str, int]]
) -> list[bool]:
    """Which of *spaces* asynchronous updates can reach from *state*.

    Raises `LimitError` where *spaces* are not closed or not disjoint, so that to come into one decides nothing, and
    where what can be reached is too large to find out.
    """
    aeon = _aeon()

    graph = aeon.AsynchronousGraph(_network(rules))
    names = sorted(rules)

    def subspace(values: Mapping[str, int]) -> Any:
        return graph.mk_subspace({_label(at): bool(values[name]) for at, name in enumerate(names) if name in values})

    wanted = [subspace(space) for space in spaces]
    together = graph.mk_empty_colored_vertices()
    for space in wanted:
        if not graph.post(space).is_subset(space) or not space.intersect(together).is_empty():
            raise LimitError("its attractors do not each lie in a trap space of their own")
        together = together.union(space)
    known, spent = subspace(state), 0
    # The first variable that adds something, again and again: the diagrams stay small (saturation).
    moves = [partial(graph.var_post, place) for place in graph.network_variables()][::-1]
    while spent < _REACH_LIMIT:
        for move in moves:
            fresh = move(known)
            spent += known.symbolic_size()
            if not fresh.is_subset(known):
                known = known.union(fresh)
                break
        else:
            return [not space.intersect(known).is_empty() for space in wanted]
    if any(space.intersect(known).is_empty() for space in wanted):
        raise LimitError("what asynchronous updates can reach cannot be written compactly enough")
    return [True] * len(wanted)


def _bounded(question: Callable[[], Any]) -> Any:
    """The answer of biodivine-aeon, or `LimitError` where its decision diagrams grow past the limit."""
    try:
        return question()
    except Exception as error:
        if isinstance(error, InterruptedError) or _SIZE_LIMIT.search(str(error)):
            raise LimitError(
                "this network is too large for this analysis: its states cannot be written compactly enough; "
                "setting the inputs to 0 or 1 may help"
            ) from None
        raise


def _label(place: int) -> str:
    return f"s{place:05}"  # sorted like the species, and no name of a file can confuse another parser


def _network(rules: Mapping[str, Expression]) -> AeonNetwork:
    """*rules* for biodivine-aeon. Their regulations promise nothing: one that is promised and not there is an error."""

    labels = {name: _label(place) for place, name in enumerate(sorted(rules))}
    lines = []
    for name, rule in rules.items():
        lines += [f"{labels[source]} -?? {labels[name]}" for source in variables(rule)]
        lines.append(f"${labels[name]}: {_text(rule, labels)}")
    made: AeonNetwork = _aeon().BooleanNetwork.from_aeon("\n".join(lines))
    return made


def _text(rule: Expression, labels: Mapping[str, str]) -> str:
    """*rule* in parentheses of few terms each, because biodivine-aeon recurses along a row of terms."""

    def joined(kind: object, terms: list[str]) -> str:
        sign = " & " if kind is And else " | "
        while len(terms) > 1:
            terms = [f"({sign.join(terms[at : at + 8])})" for at in range(0, len(terms), 8)]
        return terms[0]

    return fold(
        rule,
        var=labels.__getitem__,
        const=lambda value: "true" if value else "false",
        negated="!{}".format,
        joined=joined,
    )
