"""Rules as texts have them, one a line: BooleanNet (`A *= B and not C`), Cell Collective (`A = B AND C`), BoolNet.

Formats: https://github.com/ialbert/booleannet (rules, and `A = True` for a beginning), the expressions that Cell
Collective exports, and BNET, which `bnet` reads. Operators are those of `operators.COMMON`. Read only.
"""

from __future__ import annotations

import re

from her2cli.errors import DataError, LimitError, RuleError, shown
from her2cli.expression import Const, Expression, Var, postorder
from her2cli.formats import bnet
from her2cli.formats.guard import Problems, problem, rule_allowance
from her2cli.formats.operators import COMMON, Rules
from her2cli.formats.rules import pathway_of_rules
from her2cli.model import Pathway, Place, Species

# A rank of BooleanNet, `1: A* = B`, says in which order rules are updated; here time says that.
_LINE = re.compile(
    r"(?:(?P<rank>[0-9]+)\s*:\s*)?(?P<name>[^\s=*:,]+(?: [^\s=*:,]+)*)\s*(?P<sign>\*\s*=|:?=|:|,)\s*(?P<rule>.*)"
)
_TEMPORAL = re.compile(r"\[\s*(?:t\b|-|\d)|\btime(?:is|gt|lt)\b|\ball\s*\[|\bany\s*\[", re.IGNORECASE)
_BEGINNINGS = {"true": 1.0, "1": 1.0, "false": 0.0, "0": 0.0, "random": 0.5}


def read(content: str, *, name: str, source: str) -> Pathway:
    """The pathway of a text of rules. Raises `DataError` with all problems of the text."""
    lines = [(number, line.partition("#")[0].strip()) for number, line in enumerate(content.split("\n"), start=1)]
    lines = [(number, line) for number, line in lines if line]
    first = lines[0][1] if lines else ""
    if "=" not in first and re.match(r"[^:]*,", first):
        return bnet.read(content, name=name, source=source)
    starred = any("*" in line.partition("=")[0] for _, line in lines)  # then `A = True` is a beginning
    problems, allowance, reader = Problems(), rule_allowance(source), Rules(COMMON)
    rules: dict[str, Expression] = {}
    places: dict[str, Place] = {}
    shares: dict[str, float] = {}
    ranked = False
    for number, line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            problems.append(problem(source, f"{shown(line, 40)!r} is not a rule: NAME = RULE.", number))
            continue
        key, written, column = found["name"], found["rule"], found.start("rule") + 1
        ranked = ranked or found["rank"] is not None
        if _TEMPORAL.search(line):
            message = f"the rule of {shown(key)} is temporal: it reads other times than the last one."
            problems.append(problem(source, message, number, column))
            continue
        if starred and "*" not in found["sign"]:
            if written.lower() not in _BEGINNINGS:
                problems.append(problem(source, f"the beginning of {shown(key)} is True, False or Random.", number))
            shares[key] = _BEGINNINGS.get(written.lower(), 0.0)
            continue
        if key in rules:
            problems.append(problem(source, f"{shown(key)} has a second rule; keep one of them.", number))
        try:
            rules[key] = reader.parse(written)
        except (RuleError, LimitError) as error:
            at = column + getattr(error, "column", 1) - 1
            problems.append(problem(source, f"rule of {shown(key)}: {error}.", number, at))
            rules[key] = Const(0)
        allowance.take(4 + len(postorder(rules[key])))
        places[key] = Place(source, number, column)
    if not rules and not shares and not problems:
        problems.append(problem(source, "has no rule: a line is NAME = RULE, NAME *= RULE or NAME, RULE."))
    if problems:
        raise DataError(problems)
    species = {}
    for key in dict.fromkeys([*rules, *shares]):
        share = shares.get(key)
        kept = share if share is not None and 0 < share < 1 else None
        species[key] = Species(id=key, initial=int((share or 0) > 0.5), share=kept, place=places.get(key))
    rules = {key: rule for key, rule in rules.items() if rule != Var(key)}
    remarks = ("the ranks before the rules are not read: they say in which order rules are updated.",) if ranked else ()
    return pathway_of_rules(name, rules, species=species, places=places, source=source, remarks=remarks)
