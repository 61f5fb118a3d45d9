"""Most-permissive reachability: what can be reached under any delays and thresholds that refine the network.

**The law.** A species that is changing may be read as on or off by each of its targets, so whatever a quantitative
refinement can do, this can (Paulevé et al. 2020, doi:10.1038/s41467-020-18112-5). Its attractors are the minimal trap
spaces of `attractors`.

**The idea.** From a state, a species can move if its rule can have the other value for some values of the species that
can move already. So the smallest trap space around the state grows species by species, and in it all values can be had.

**Why it is exact.** What can move never hinders another from moving, so the order does not matter and nothing is taken
back. "Some values" is asked of the truth table, or of the extreme values where each regulator acts in one way only.

**What it costs.** At most the square of the species in questions to rules, and no state is ever listed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from her2cli.errors import LimitError, shown
from her2cli.expression import Const, Expression, evaluate, substitute, variables
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.meaning import TABLE_LIMIT, effects, truth_table


def widened(network: BooleanNetwork, state: Mapping[str, int]) -> frozenset[str]:
    """The species that can change from *state* on, the smallest trap space around it: the others keep their value.

    Raises `LimitError` for a rule over more than `TABLE_LIMIT` species that can change, if one of them both raises and
    lowers it.
    """
    moving: set[str] = set()
    still = set(network.inputs)
    todo = [name for name in network.species if name not in still]
    while todo:
        name = todo.pop()
        if name not in moving and _can_be(network, name, 1 - state[name], state, moving):
            moving.add(name)
            todo += [other for other in network.dependents[name] if other not in still and other not in moving]
    return frozenset(moving)


def _can_be(network: BooleanNetwork, name: str, value: int, state: Mapping[str, int], moving: Collection[str]) -> bool:
    """Whether the rule of *name* has *value* for some values of the species that are *moving*."""
    rule = network.rules[name]
    rule = substitute(rule, {each: Const(state[each]) for each in variables(rule) if each not in moving})
    names = variables(rule)
    if len(names) <= TABLE_LIMIT:
        table = truth_table(rule, names)
        return table != 0 if value else table != (1 << (1 << len(names))) - 1
    return evaluate(rule, _extreme(name, rule, value)) == value


def _extreme(name: str, rule: Expression, value: int) -> dict[str, int]:
    """The assignment most in favour of *value*, where each species acts in one way only."""
    signs = effects(rule)
    if None in signs.values():
        raise LimitError(
            f"the rule of {shown(name)} is too large for the most-permissive semantics: {len(signs)} species that "
            f"can change, some of which act both ways (the limit is {TABLE_LIMIT})"
        )
    return {source: int((sign == 1) == bool(value)) for source, sign in signs.items()}
