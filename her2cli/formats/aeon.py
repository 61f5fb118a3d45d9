"""AEON, the text format of AEON and biodivine: signed regulations `A -> B`, `A -| B` and update functions `$B: A`.

Specification: https://biodivine.fi.muni.cz/aeon/manual/latest, section "Model format". A function that is left open, or
has parameters, stands for a family of networks; such files are refused, because every rule here is one rule. The
operators `^`, `=>` and `<=>` are read and written out (`operators`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from her2cli.errors import DataError, LimitError, Problem, RuleError, shown
from her2cli.expression import Const, Expression, Var, postorder, substitute, text, variables
from her2cli.formats.guard import Problems, problem, rule_allowance
from her2cli.formats.losses import Written, losses
from her2cli.formats.names import escaped, unescaped
from her2cli.formats.operators import Rules
from her2cli.formats.rules import edges_of, lost_edges, pathway_of_rules, stated_signs
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.meaning import effects, tabulable
from her2cli.model import Edge, Effect, Pathway, Place, Species

_REGULATION = re.compile(r"\s*(\S+)\s*(->|-\||-\?)(\??)\s*(\S+)\s*")
_RULE = re.compile(r"\s*\$\s*(\S+?)\s*:\s*")
_ANNOTATION = re.compile(r"#!\s*(name|description)\s*:\s*(.*)")
_NAME = re.compile(r"[\w.{}]+")
_CARRIED = frozenset({"title", "edges", "rules"})


def read(content: str, *, name: str, source: str) -> Pathway:
    """The pathway that an AEON text writes. Raises `DataError` with all problems of the text."""
    problems: list[Problem] = Problems()
    allowance = rule_allowance(source)
    regulations: dict[str, dict[str, tuple[str, str, int]]] = {}  # target -> source -> sign, `?`, line
    rules: dict[str, Expression] = {}
    places: dict[str, Place] = {}
    notes: dict[str, str] = {}
    reader = Rules()
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            if found := _ANNOTATION.match(line.strip()):
                notes[found[1]] = found[2].strip()
        elif found := _REGULATION.fullmatch(line):
            allowance.take(2)
            problems.extend(_bad_names(source, number, found[1], found[4]))
            regulators = regulations.setdefault(unescaped(found[4]), {})
            if unescaped(found[1]) in regulators:
                message = f"{shown(found[1])} -> {shown(found[4])} is declared twice; keep one of the two lines."
                problems.append(problem(source, message, number))
            regulators[unescaped(found[1])] = found[2], found[3], number
        elif found := _RULE.match(line):
            target = unescaped(found[1])
            if target in rules:
                problems.append(problem(source, f"{shown(target)} has a second rule; keep one of them.", number))
            places[target] = Place(source, number, found.end() + 1)
            try:
                rules[target] = _parsed(reader, line[found.end() :])
            except (RuleError, LimitError) as error:
                rules[target] = Const(0)
                column = found.end() + getattr(error, "column", 1)
                problems.append(problem(source, f"rule of {shown(target)}: {error}.", number, column))
            allowance.take(4 + len(postorder(rules[target])))
        else:
            message = f"{shown(line.strip(), 40)!r} is neither a regulation (A -> B, A -| B) nor a rule ($B: A)."
            problems.append(problem(source, message, number))
    if not problems:
        problems.extend(_contradictions(source, regulations, rules, places))
    if not regulations and not rules and not problems:
        problems = [problem(source, "has no species: no regulation (A -> B) and no rule ($B: A).")]
    if problems:
        raise DataError(problems)
    order = [key for target, found in regulations.items() for key in (*found, target)]
    return pathway_of_rules(
        name,
        rules,
        species={key: Species(id=key) for key in dict.fromkeys([*rules, *order])},
        edges={
            target: list(_edges(source, target, found, rules[target]))
            for target, found in regulations.items()
            if rules[target] != Var(target)
        },
        places=places,
        title=notes.get("name", ""),
        note=notes.get("description", ""),
        source=source,
    )


def write(pathway: Pathway, network: BooleanNetwork) -> Written:
    """*network* in AEON, with the signs that its rules have."""
    lines = [f"#!name: {' '.join(pathway.title.split())}"] if pathway.title else []
    ids = {key: escaped(key) for key in network.species}
    variable = {key: Var(found) for key, found in ids.items()}
    for target in network.species:
        rule = network.rules[target]
        if rule == Var(target) and any(target in network.regulators[key] for key in network.species if key != target):
            continue  # an input: AEON knows it by what it regulates
        arrows = _arrows(pathway, target, rule) if rule != Var(target) else {target: "->"}
        if not arrows:
            arrows = {target: "-??"}  # a constant, which AEON knows only if a regulation names it
        lines.extend(f"{ids[key]} {arrow} {ids[target]}" for key, arrow in arrows.items() if key in ids)
        plain = text(substitute(rule, variable), symbols=True)
        lines.append(f"${ids[target]}: { {'0': 'false', '1': 'true'}.get(plain, plain) }")
    lost = losses(pathway, _CARRIED, *lost_edges(pathway, network, signs=True))
    return Written(text="\n".join(lines) + "\n", losses=lost)


def _arrows(pathway: Pathway, target: str, rule: Expression) -> dict[str, str]:
    """The regulation of each source: as its rule uses it, and as the edge says where the rule does not use it."""
    signs, stated = effects(rule), stated_signs(pathway.edges_into(target))
    unsure = not tabulable(rule, tuple(signs))
    arrows = {}
    for source in dict.fromkeys([*signs, *stated]):
        sign = signs.get(source, 0)
        sign = stated.get(source, 0) if sign == 0 else sign
        # A `?` after the sign: AEON need not find that the source matters. Past the limit nobody has looked.
        open_end = "?" if not signs.get(source, 1) or source not in signs or unsure else ""
        arrows[source] = {1: "->", -1: "-|"}.get(sign or 0, "-?") + open_end
    return arrows


def _edges(file: str, target: str, regulators: Mapping[str, tuple[str, str, int]], rule: Expression) -> Iterator[Edge]:
    by_rule = list(edges_of(target, rule))
    for source, (sign, _, line) in regulators.items():
        place = Place(file, line, 1)
        if sign == "-?":  # open: the rule tells, and where it does not use the source there is nothing to tell
            yield from (replace(edge, place=place) for edge in by_rule if edge.source == source)
        else:
            effect = Effect.activates if sign == "->" else Effect.inhibits
            yield Edge(source=source, target=target, effect=effect, place=place)


def _contradictions(
    file: str,
    regulations: Mapping[str, Mapping[str, tuple[str, str, int]]],
    rules: Mapping[str, Expression],
    places: Mapping[str, Place],
) -> Iterator[Problem]:
    """Where regulations and rules do not fit together."""
    for target, regulators in regulations.items():
        if target not in rules:
            line = min(line for _, _, line in regulators.values())
            message = f"{shown(target)} has regulators but no rule: AEON leaves it open. Add '${shown(target)}: ...'."
            yield problem(file, message, line)
    for target, rule in rules.items():
        place = places[target]
        regulators = regulations.get(target, {})
        for source, sign in effects(rule).items():
            if source not in regulators and source != target:
                message = f"rule of {shown(target)} uses {shown(source)}, which is not among its regulators."
                yield problem(file, message, place.line, place.column)
            elif {1: "-|", -1: "->", None: ""}.get(sign) == regulators.get(source, ("-?", "", 0))[0]:
                message = f"rule of {shown(target)} uses {shown(source)} against the sign that line "
                yield problem(file, f"{message}{regulators[source][2]} declares.", place.line, place.column)


def _parsed(reader: Rules, rule: str) -> Expression:
    if found := re.search(r"[\w}]\s*\(|,", rule):
        raise RuleError("a function with arguments is a parameter; only one fixed rule is read", found.start() + 1)
    expression = reader.parse(rule)
    return substitute(expression, {key: Var(unescaped(key)) for key in variables(expression)})


def _bad_names(file: str, line: int, *names: str) -> Iterator[Problem]:
    for name in names:
        if not _NAME.fullmatch(name):
            yield problem(file, f"{shown(name, 40)!r} is not a name in AEON: letters, digits and underscores.", line)
