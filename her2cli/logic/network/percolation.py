"""What species follow from others: what acts on what, however far away, and what constants lead to by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from her2cli.expression import Const, Expression, substitute, variables
from her2cli.logic.network.meaning import decided


def upstream(rules: Mapping[str, Expression], names: Iterable[str]) -> set[str]:
    """*names* and all species with *rules* that can act on them."""
    found = set(names)
    stack = list(found)
    while stack:
        fresh = [name for name in variables(rules[stack.pop()]) if name in rules and name not in found]
        found.update(fresh)
        stack += fresh
    return found


def percolated(rules: Mapping[str, Expression], held: Mapping[str, int]) -> dict[str, int]:
    """What constants and *held* species alone bring all others to, in the order in which it follows."""
    readers: dict[str, list[str]] = {}
    for name, rule in rules.items():
        for source in variables(rule):
            readers.setdefault(source, []).append(name)
    known = dict(held)
    queue = [name for name in rules if name not in held]
    queued = set(queue)
    while queue:
        name = queue.pop()
        queued.discard(name)
        value = decided(rules[name], known)
        if value is not None:
            known[name] = value
            for reader in readers.get(name, ()):
                if reader not in known and reader not in queued:
                    queue.append(reader)
                    queued.add(reader)
    return known


def worked_in(rules: Mapping[str, Expression], values: Mapping[str, int]) -> dict[str, Expression]:
    """*rules* in which the species that have *values* stand as constants."""
    constants = {name: Const(value) for name, value in values.items()}
    return {
        name: rule if constants.keys().isdisjoint(variables(rule)) else substitute(rule, constants)
        for name, rule in rules.items()
    }
