"""Fixed points and minimal trap spaces by the answer-set solver clingo (MIT), for networks with many feedback loops.

**The question.** Which states does every update leave, and which are the smallest subspaces that none leaves (minimal
trap spaces: Klarner et al. 2015, doi:10.1007/s11047-015-9520-7)?

**The idea.** A subspace is the set of values that each species may still have, and a trap space has every value that a
rule may give in it. As rules "may be on if ...", "may be off if ..." this has no negation, and "may be on or may be
off" for each species makes it a positive disjunctive program: its stable models are its smallest, so the minimal trap
spaces are the answer sets. For fixed points one atom a species does.

**Why it is exact.** The solver lists all answer sets and no others, and rules are taken in a form of which three-valued
evaluation is exact (`meaning.certain`); where that would be too large, nothing is answered here.

**What it costs.** Milliseconds for hundreds of species. To prepare that a program is disjunctive takes the square of
the species: a second for 30,000. Where the first answers are enough, it is not, and the solver prefers each "may be" to
be false before all else, as mpbn has it do; so the first answer is a smallest one, and those after it hold none before
(Paulevé et al. 2020, doi:10.1038/s41467-020-18112-5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from her2cli.expression import And, Const, Expression, Not, Var
from her2cli.logic.ends.feedback import Part

if TYPE_CHECKING:
    from clingo.backend import Backend

LISTED_LIMIT = 2_000  # answers that are found one by one

Atoms = Mapping[str, tuple[int, int]]


def rows(
    rules: Mapping[str, Expression], parts: Sequence[Part], values: str, at_most: int | None = None
) -> list[str] | None:
    """The values of all feedback in each fixed point, or minimal trap space with `*` in *values*; None for too many.

    With *at_most* the search stops at so many.

    Trap spaces want *rules* of which three-valued evaluation is exact (`meaning.certain`).
    """
    if at_most is None and 2 ** sum(rule == Var(name) for name, rule in rules.items()) > LISTED_LIMIT:
        return None  # each setting of the free inputs has a minimal trap space, and most have a fixed point
    import clingo  # machine code that only large networks need

    control = clingo.Control(["0"] if at_most is None else ["0", "--single-shot", "--warn=none"])
    program = _fixed_points if "*" not in values else _trap_spaces if at_most is None else _smallest_first
    if program is _smallest_first:
        configuration: Any = control.configuration
        configuration.solve.enum_mode = "domRec"
        configuration.solver[0].heuristic = "Domain"
    with control.backend() as backend:
        atoms = program(backend, rules)
    found = []
    read = [atoms[name] for part in parts for name in part.feedback]
    with control.solve(yield_=True) as models:
        for model in models:
            true = model.is_true
            found.append("".join(("*" if true(off) else "1") if true(on) else "0" for off, on in read))
            if at_most is not None and len(found) >= at_most:
                break
            if len(found) > LISTED_LIMIT:
                return None
    return found


def _trap_spaces(backend: Backend, rules: Mapping[str, Expression]) -> Atoms:
    """A program for the subspaces; returns for each species the atoms that it may be off and that it may be on."""
    may_be = {name: (backend.add_atom(), backend.add_atom()) for name in rules}
    for name, rule in rules.items():
        for value, atom in enumerate(may_be[name]):
            derive(backend, rule, value, atom, may_be, dual=True)
        backend.add_rule(may_be[name])
    return may_be


def _smallest_first(backend: Backend, rules: Mapping[str, Expression]) -> Atoms:
    """A program for the trap spaces, whose smallest come first where preferences count."""
    from clingo.backend import HeuristicType

    may_be = {name: (backend.add_atom(), backend.add_atom()) for name in rules}
    for name, rule in rules.items():
        off, on = may_be[name]
        backend.add_rule([off, on], choice=True)
        backend.add_rule([], [-off, -on])
        for value, atom in enumerate(may_be[name]):
            backend.add_heuristic(atom, HeuristicType.False_, 1, 1, [])
            given = backend.add_atom()  # were it *atom*, the solver would look for what holds itself
            derive(backend, rule, value, given, may_be, dual=True)
            backend.add_rule([], [given, -atom])
    return may_be


def _fixed_points(backend: Backend, rules: Mapping[str, Expression]) -> Atoms:
    """A program for the states; an atom that is not true is off."""
    on = [backend.add_atom() for _ in rules]
    backend.add_rule(on, choice=True)
    states = {name: (-atom, atom) for name, atom in zip(rules, on, strict=True)}
    for name, rule in rules.items():
        following = backend.add_atom()
        derive(backend, rule, 1, following, states, dual=False)
        for atom in states[name]:
            backend.add_rule([], [-following if atom > 0 else following, atom])
    return states


def derive(backend: Backend, rule: Expression, value: int, atom: int, atoms: Atoms, *, dual: bool) -> None:
    """Rules that make *atom* true where *rule* has *value*; where all is *dual*, nothing is said by negation."""
    stack = [(rule, value, atom)]

    def literal(term: Expression, value: int) -> int:
        if isinstance(term, Not):
            term, value = term.term, 1 - value
        if isinstance(term, Var):
            return atoms[term.name][value]
        fresh = backend.add_atom()
        stack.append((term, value if dual else 1, fresh))
        return fresh if dual or value else -fresh

    while stack:
        term, value, head = stack.pop()
        if isinstance(term, Const):
            if term.value == value:
                backend.add_rule([head])
        elif isinstance(term, Var | Not):
            backend.add_rule([head], [literal(term, value)])
        elif isinstance(term, And) == bool(value):
            backend.add_rule([head], [literal(each, value) for each in term.terms])
        else:
            for each in term.terms:
                backend.add_rule([head], [literal(each, value)])
