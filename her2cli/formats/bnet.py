"""BNET, the plain text of BoolNet, PyBoolNet, mpbn and biodivine: one `species, rule` a line, below `targets, factors`.

A name without a line of its own is an input. Format: https://cran.r-project.org/package=BoolNet, vignette, section 3.
BNET carries species and rules, nothing else. Names that its tools would not read are escaped (`names`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from her2cli.errors import DataError, LimitError, Problem, RuleError, shown
from her2cli.expression import Expression, Var, parse, plain, postorder, substitute, text, variables
from her2cli.formats.guard import Problems, rule_allowance
from her2cli.formats.losses import Written, losses
from her2cli.formats.names import escaped, unescaped
from her2cli.formats.rules import lost_edges, pathway_of_rules
from her2cli.logic.network import BooleanNetwork, from_rules, lone_pair
from her2cli.model import Pathway, Place, Species

NAME_CHARACTERS = ".:-"  # beside letters, digits and underscores; others need quotes
_HEADER = re.compile(r"\s*targets\s*,\s*(factors|functions)\s*", re.IGNORECASE)
# `A[-2]`, `all[d=2](A)` and `timeis(3)`, as BoolNet has them
_DELAY = re.compile(r"\w+\s*\[\s*-\s*\d+\s*\]|\b(?:all|any)\s*\[[^\]]*\]|\btime(?:is|gt|lt)\s*\([^)]*\)", re.IGNORECASE)
_PROBABILITIES = re.compile(r"\s*targets\s*,\s*\w+\s*,\s*probabilit", re.IGNORECASE)


def read(content: str, *, name: str = "", source: str = "") -> Pathway:
    """The pathway that a BNET text writes: its species, its rules, and the edges that the rules imply.

    An edge has the sign with which the source acts in the rule; a source that acts both ways has two edges, one that
    never matters has none. Raises `DataError` with all problems of the text, each at *source*:line:column.
    """
    lines = _read_lines(content, source)
    found = pathway_of_rules(
        name or source or "bnet",
        {key: rule for key, (rule, _) in lines.items()},
        species={key: Species(id=key, place=place) for key, (_, place) in lines.items()},
        places={key: place for key, (_, place) in lines.items()},
        source=source,
    )
    return replace(found, remarks=remarks) if (remarks := _remarks(found)) else found


def _remarks(pathway: Pathway) -> tuple[str, ...]:
    if not (pair := lone_pair(pathway)):
        return ()
    return (
        f"the first line, '{shown(pair[0])}, {shown(pair[1])}', is read as a species, though nothing else uses these "
        "names; the header of BNET is 'targets, factors'.",
    )


def write(pathway: Pathway, network: BooleanNetwork) -> Written:
    """*network* in BNET, an input as itself."""
    ids = {key: escaped(key) for key in network.species}
    variable = {key: Var(found) for key, found in ids.items()}
    lines = (f"{ids[key]}, {text(substitute(network.rules[key], variable), symbols=True)}" for key in network.species)
    lost = losses(pathway, {"edges", "rules"}, *lost_edges(pathway, network))
    # With the blank: bioLQM and GINsim refuse a header without it.
    return Written(text="\n".join(("targets, factors", *lines, "")), losses=lost)


def read_network(content: str) -> BooleanNetwork:
    """The network that a BNET text writes, without the pathway around it. Raises as `read` does."""
    return from_rules({species: rule for species, (rule, _) in _read_lines(content, "").items()})


def _names(rules: dict[str, Expression]) -> tuple[str, ...]:
    """The species in file order, then the inputs that only other rules name, in order of appearance."""
    mentioned = (name for rule in rules.values() for name in variables(rule))
    return tuple(dict.fromkeys([*rules, *mentioned]))


def _read_lines(content: str, source: str) -> dict[str, tuple[Expression, Place]]:
    """Each target with its rule and the place where the rule begins."""
    found: dict[str, tuple[Expression, Place]] = {}
    problems = Problems()
    allowance = rule_allowance(source)
    first = True
    for number, full_line in enumerate(content.removeprefix("\ufeff").split("\n"), start=1):
        line = full_line.partition("#")[0].rstrip()
        if not line:
            continue
        header, first = first, False
        if header and _PROBABILITIES.match(line):
            problem = "a probabilistic network (third column 'probabilities') cannot be read; BNET has two columns"
            raise DataError([Problem(_where(source, number, 1), problem)])
        if header and _HEADER.fullmatch(line):
            continue
        try:
            target, rule, column = _read_line(line)
        except (RuleError, LimitError) as error:
            problems.append(Problem(_where(source, number, getattr(error, "column", 1)), str(error)))
            continue
        allowance.take(4 + len(postorder(rule)))
        if target in found:
            message = f"{shown(target)!r} has a second rule; its first is on line {found[target][1].line}"
            problems.append(Problem(_where(source, number, 1), message))
        else:
            found[target] = rule, Place(source, number, column)
    if not found and not problems:
        problems.append(Problem(source, "no species: a BNET file has lines of the form 'name, rule'"))
    if problems:
        raise DataError(problems)
    return found


def _read_line(line: str) -> tuple[str, Expression, int]:
    """The target, its rule and the rule's column. The columns of a `RuleError` are those of the line."""
    left, comma, right = line.partition(",")
    if not comma:
        raise RuleError("expected 'name, rule' with a comma between them")
    target: Expression | None = None
    if plain(left):  # as nearly all names are, and a file may hold a hundred thousand
        target = Var(left)
    elif left.strip():
        target = parse(left, name_characters=NAME_CHARACTERS)
    if not isinstance(target, Var):
        raise RuleError(f"expected one name before the comma, not {shown(left.strip(), 30)!r}")
    extra = right.find(",")
    if extra >= 0:
        raise RuleError("a second comma: BNET has two columns, the name and its rule", len(left) + 2 + extra)
    column = len(left) + 2 + len(right) - len(right.lstrip())
    if not right.strip():
        raise RuleError(
            f"{shown(target.name)!r} has no rule after the comma; write one, or 0 for what is never on", len(left) + 1
        )
    try:
        rule = parse(_spelled(right.strip()), name_characters=NAME_CHARACTERS)
    except RuleError as error:
        if delay := _DELAY.search(right):
            where = len(left) + 2 + delay.start()
            raise RuleError(f"{shown(delay[0])} is temporal: it reads other times than the last one", where) from None
        raise RuleError(str(error), column + error.column - 1) from None
    if "_x" in line:
        rule = substitute(rule, {key: Var(unescaped(key)) for key in variables(rule)})
    return unescaped(target.name), rule, column


def _spelled(rule: str) -> str:
    """*rule* with the operators of BNET where it has those of other tools; every sign stays at its column."""
    if ("~" not in rule and "&&" not in rule and "||" not in rule) or "'" in rule or '"' in rule:
        return rule
    return rule.replace("&&", "& ").replace("||", "| ").replace("~", "!")


def _where(source: str, line: int, column: int) -> str:
    return f"{source}:{line}:{column}" if source else f"{line}:{column}"
