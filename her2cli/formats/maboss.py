"""MaBoSS, stochastic Boolean simulation: nodes with logic and rates in a `.bnd` file, initial states in a `.cfg` file.

Documentation: https://maboss.curie.fr/pub/DescriptionOutputs.pdf and the reference card. Read is the subset in which a
rate is a number or parameter behind a condition (`@logic ? $u : 0`). A slow species has the rate 1/20.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from her2cli.errors import DataError, LimitError, RuleError, shown
from her2cli.expression import (
    ONE,
    ZERO,
    Expression,
    Var,
    all_of,
    any_of,
    negation,
    parse,
    postorder,
    substitute,
    text,
    variables,
)
from her2cli.formats.guard import Allowance, Problems, problem, rule_allowance
from her2cli.formats.losses import Written, losses
from her2cli.formats.names import escaped, unescaped
from her2cli.formats.rules import lost_edges, pathway_of_rules
from her2cli.logic.network import BooleanNetwork
from her2cli.model import Pathway, Place, Species, Speed

SLOW_RATE = 0.05
_CARRIED = frozenset({"initial values of 1", "shares of cells", "slow species", "edges", "rules"})
# An unclosed comment runs to the end and a node begins with its word, so that no text is scanned over and over.
_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_NODE = re.compile(r"\bnode\s+([\w.-]+)\s*\{([^{}]*)\}", re.IGNORECASE)
_FIELD = re.compile(r"\s*(\w+)\s*=\s*(.*?)\s*", re.DOTALL)
_SETTING = re.compile(r"\s*(\[?)\s*(\$?[\w.-]+?)\s*(\]?)\s*(?:\.\s*(\w+))?\s*=\s*(.*?)\s*", re.DOTALL)
_RATE = re.compile(
    r"(?:\(?\s*(?P<condition>.*?)\s*\)?\s*\?\s*)?(?P<then>[^?:]+?)\s*(?::\s*(?P<other>[^?:]+?)\s*)?", re.DOTALL
)
_NUMBER = re.compile(r"[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]{1,3})?|[0-9]+\.")
_STATES = re.compile(rf"({_NUMBER.pattern})\s*\[\s*([01])\s*\]")
_LONGEST_RATE = 20_000
_POSITIVE = {"max_time", "time_tick", "sample_count", "thread_count", "statdist_traj_count"}


@dataclass(slots=True)
class _Settings:
    """What a cfg file says that a pathway can hold."""

    parameters: dict[str, float] = field(default_factory=dict)
    initial: dict[str, float] = field(default_factory=dict)  # the share of the cells in which it begins on
    lines: dict[str, int] = field(default_factory=dict)  # where a node is first named
    problems: Problems = field(default_factory=Problems)


def read(content: str, *, name: str, source: str, settings: str | None = None) -> Pathway:
    """The pathway of a bnd text and, where given, its cfg text *settings*. Raises `DataError` with all problems."""
    config = _read_settings(settings or "", source.removesuffix(".bnd") + ".cfg")
    problems = config.problems
    allowance = rule_allowance(source)
    rules: dict[str, Expression] = {}
    species: dict[str, Species] = {}
    places: dict[str, Place] = {}
    clean = _blanked(content)
    end, line, counted = 0, 1, 0
    for found in _NODE.finditer(clean):
        line += clean.count("\n", counted, found.start(1))
        counted = found.start(1)
        if clean[end : found.start()].strip():
            problems.append(problem(source, "between nodes stands what is no node.", clean.count("\n", 0, end) + 1))
        end = found.end()
        key = unescaped(found[1])
        if key in rules:
            problems.append(problem(source, f"node {shown(key)} stands twice.", line))
        places[key] = Place(source, line, 1)
        try:
            rules[key], rates = _rule(key, _fields(found[2]), config.parameters)
        except (RuleError, LimitError) as error:
            problems.append(problem(source, f"node {shown(key)}: {error}.", line))
            rules[key], rates = Var(key), ()
        allowance.take(8 + len(postorder(rules[key])))
        species[key] = _species(key, rates, config.initial.get(key), rules[key] == Var(key))
    if clean[end:].strip():
        rest = clean.count("\n", 0, end + len(clean[end:]) - len(clean[end:].lstrip())) + 1
        problems.append(problem(source, "what follows is no node: node NAME { logic = ...; }", rest))
    elif not rules:
        problems.append(problem(source, "has no node."))
    for rule_of, rule in rules.items():
        for other in variables(rule):
            if other not in rules:
                message = f"node {shown(rule_of)} uses {shown(other)}, which is no node."
                problems.append(problem(source, message, places[rule_of].line))
    for key, line in config.lines.items():
        if key not in rules:
            message = f"{shown(key)} is not a node of {shown(source)}."
            problems.append(problem(source.removesuffix(".bnd") + ".cfg", message, line))
    if problems:
        raise DataError(problems)
    return pathway_of_rules(name, rules, species=species, places=places, source=source)


def read_settings(content: str, *, source: str) -> None:
    """Check a cfg text that has no bnd file beside it. It always raises `DataError`: settings are no network."""
    config = _read_settings(content, source)
    named = f" of {', '.join(map(shown, list(config.lines)[:3]))}" if config.lines else ""
    message = f"holds settings{named}, no network; put the .bnd file of the same name beside it."
    raise DataError([*config.problems, problem(source, message)])


def write(pathway: Pathway, network: BooleanNetwork) -> Written:
    """*network* as a bnd text with its rates, and a cfg text with its initial states beside it."""
    ids = {key: escaped(key) for key in network.species}
    variable = {key: Var(found) for key, found in ids.items()}
    nodes, settings = [], []
    for key in network.species:
        rule = network.rules[key]
        rate = f"{SLOW_RATE:g}" if key in network.slow else "1"
        if rule == Var(key):
            body = ["rate_up = 0;", "rate_down = 0;"]
        else:
            logic = text(substitute(rule, variable), symbols=True)
            body = [f"logic = {logic};", f"rate_up = @logic ? {rate} : 0;", f"rate_down = @logic ? 0 : {rate};"]
        nodes.append("\n".join((f"node {ids[key]} {{", *(f"  {line}" for line in body), "}\n")))
        chance = network.chances.get(key)
        if chance is None:
            settings.append(f"{ids[key]}.istate = {network.initial[key]};")
        else:
            settings.append(f"[{ids[key]}].istate = {chance:g} [1], {1 - chance:g} [0];")
    settings += ["max_time = 50;", "time_tick = 0.5;", "sample_count = 10000;", "discrete_time = 0;"]
    lost = losses(pathway, _CARRIED, *lost_edges(pathway, network))
    return Written(text="\n".join(nodes), losses=lost, beside="\n".join(settings) + "\n")


def _rule(key: str, fields: Mapping[str, str], parameters: Mapping[str, float]) -> tuple[Expression, tuple[float, ...]]:
    """The rule of a node and its rates: it goes up where it may, down where it may, and else stays."""
    for name in fields:
        if name not in ("logic", "rate_up", "rate_down", "description", "max_rate"):
            raise RuleError(f"{shown(name)!r} is not read; a node has logic, rate_up and rate_down")
    logic = _expression(fields["logic"]) if "logic" in fields else None
    default = ("0", "0") if logic is None else ("@logic ? 1 : 0", "@logic ? 0 : 1")
    up, down = (
        _rate(fields.get(name, given), logic, parameters)
        for name, given in zip(("rate_up", "rate_down"), default, strict=True)
    )
    rates = tuple(dict.fromkeys(rate for _, rate in (up, down) if rate))
    if up[0] == negation(down[0]):
        return up[0], rates
    own = Var(key)
    rule = any_of([all_of([own, negation(down[0])]), all_of([negation(own), up[0]])])
    return (own, rates) if up[0] == ZERO and down[0] == ZERO else (rule, rates)


def _rate(written: str, logic: Expression | None, parameters: Mapping[str, float]) -> tuple[Expression, float]:
    """Where a rate is above 0, and how high it is there."""
    found = _RATE.fullmatch(written) if len(written) <= _LONGEST_RATE else None
    if found is None or (found["condition"] is None) != (found["other"] is None):
        raise RuleError(f"the rate {shown(written, 40)!r} is not read; write CONDITION ? NUMBER : NUMBER")
    then = _number(found["then"], parameters)
    if found["condition"] is None:
        return (ONE if then else ZERO), then
    other = _number(found["other"], parameters)
    if then and other:
        raise RuleError(f"the rate {shown(written, 40)!r} has two values; only one of them may differ from 0")
    condition = found["condition"].strip("() \n")
    if condition == "@logic":
        if logic is None:
            raise RuleError("a rate uses @logic, but the node has no logic")
        where = logic
    else:
        where = _expression(found["condition"])
    return (where, then) if then else (negation(where), other) if other else (ZERO, 0.0)


def _number(written: str, parameters: Mapping[str, float]) -> float:
    written = written.strip("() \n\t")
    if written.startswith("$"):
        if written[1:] not in parameters:
            raise RuleError(f"the parameter {shown(written, 40)} has no value in the .cfg file")
        return parameters[written[1:]]
    if not _NUMBER.fullmatch(written):
        sign = "negative" if written.startswith("-") else "not a number or a $parameter"
        raise RuleError(f"the rate {shown(written, 40)!r} is {sign}")
    return float(written)


def _expression(written: str) -> Expression:
    if not written:
        raise RuleError("the logic is empty")
    expression = parse(written, name_characters=".-")
    return substitute(expression, {key: Var(unescaped(key)) for key in variables(expression)})


def _fields(body: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for statement in body.split(";"):
        if not statement.strip():
            continue
        found = _FIELD.fullmatch(" ".join(statement.split()))
        if found is None:
            raise RuleError(f"expected 'logic = ...' and the like, not {shown(statement.strip(), 40)!r}")
        if found[1] in fields:
            raise RuleError(f"{shown(found[1])} stands twice")
        fields[found[1]] = found[2]
    return fields


def _species(key: str, rates: tuple[float, ...], start: float | None, is_input: bool) -> Species:
    slow = bool(rates) and max(rates) <= 2 * SLOW_RATE
    exact = all(rate == (SLOW_RATE if slow else 1) for rate in rates)
    species = Species(
        id=key,
        initial=int((start or 0) > 0.5) if not is_input else int(bool(start)),
        speed=Speed.slow if slow else Speed.fast,
        note="" if exact else f"MaBoSS rates {', '.join(f'{rate:g}' for rate in rates)}.",
    )
    return replace(species, share=start) if is_input and start is not None and 0 < start < 1 else species


def _read_settings(content: str, file: str) -> _Settings:
    found = _Settings()
    allowance = Allowance(file, 50_000, "settings")
    for statement, line in _statements(_blanked(content)):
        allowance.take(1)
        match = _SETTING.fullmatch(" ".join(statement.split()))
        if match is None or bool(match[1]) != bool(match[3]):
            found.problems.append(problem(file, f"{shown(statement.strip(), 40)!r} is not a setting (x = y;).", line))
            continue
        name, attribute, value = match[2], match[4], match[5]
        if attribute is None:
            _set_parameter(found, file, line, name, value)
            continue
        key = unescaped(name)
        found.lines.setdefault(key, line)
        if attribute == "istate":
            _set_initial(found, file, line, key, value)
        elif attribute not in ("is_internal", "refstate", "in_graph"):
            found.problems.append(problem(file, f"{shown(attribute)!r} is not a setting of a node.", line))
    return found


def _set_parameter(found: _Settings, file: str, line: int, name: str, value: str) -> None:
    number = float(value) if _NUMBER.fullmatch(value) else None
    if name.startswith("$"):
        if number is None:
            found.problems.append(
                problem(file, f"{shown(name)} = {shown(value, 40)}: not a number of 0 or more.", line)
            )
        found.parameters[name[1:]] = number or 0.0
    elif name in _POSITIVE and not number:
        found.problems.append(problem(file, f"{name} = {shown(value, 40)}: a number above 0 is expected.", line))


def _set_initial(found: _Settings, file: str, line: int, key: str, value: str) -> None:
    if value in ("0", "1") or value.upper() in ("TRUE", "FALSE"):
        found.initial[key] = float(value.upper() in ("1", "TRUE"))
        return
    shares = {state: float(share) for share, state in _STATES.findall(value)}
    if not shares or sum(shares.values()) <= 0:
        message = f"{shown(key)}.istate = {shown(value, 40)}: write 0, 1 or 0.3 [1], 0.7 [0]."
        found.problems.append(problem(file, message, line))
        return
    found.initial[key] = shares.get("1", 0.0) / sum(shares.values())


def _statements(content: str) -> Iterator[tuple[str, int]]:
    line = 1
    for statement in content.split(";"):
        if statement.strip():
            yield statement, line + statement[: len(statement) - len(statement.lstrip())].count("\n")
        line += statement.count("\n")


def _blanked(content: str) -> str:
    """*content* without its comments, its lines where they were."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), content)
