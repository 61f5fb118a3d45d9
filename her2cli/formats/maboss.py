"""MaBoSS, stochastic Boolean simulation: nodes with logic and rates in a `.bnd` file, beginnings in a `.cfg` file.

Documentation: https://maboss.curie.fr (reference card; grammar: BooleanGrammar.y of its source). A rate that is not
what a fast or a slow species has (1 and 1/20) stands with the species. A node without `istate` begins at random.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from math import isfinite

from her2cli.errors import DataError, LimitError, Problem, RuleError, shown
from her2cli.expression import (
    DEPTH_LIMIT,
    ONE,
    ZERO,
    Const,
    Expression,
    Var,
    all_of,
    any_of,
    depth,
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
from her2cli.formats.operators import Dialect, Rules
from her2cli.formats.operators import read as read_operators
from her2cli.formats.rules import lost_edges, pathway_of_rules
from her2cli.logic.network import SLOW_RATE, BooleanNetwork
from her2cli.logic.network.meaning import tabulable, truth_table
from her2cli.model import JointStart, Pathway, Place, Species, Speed, StateRate

FAST_RATE = 1.0
_CARRIED = frozenset(
    {"initial values of 1", "shares of cells", "slow species", "rates", "joint beginnings", "edges", "rules"}
    | {"rates of some states only"}
)
# Comments and quoted texts in one go: a text may hold `//`, a comment a quote. An unclosed one runs to the end.
_ASIDE = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*+)"?|//[^\n]*|/\*.*?(?:\*/|\Z)|^#[^\n]*', re.DOTALL | re.MULTILINE)
_NODE = re.compile(r"\bnode\s+(\w+)\s*\{([^{}]*)\}|(?<![^\s;}])(\w+)\s*[:,]([^;{}\n]*);?", re.IGNORECASE)
_FIELD = re.compile(r"(\w+)\s*=\s*(.*)", re.DOTALL)
_SETTING = re.compile(
    r"(?:\[(?P<names>[^\[\]]*)\]|(?P<name>\$?\w+))\s*(?:\.\s*(?P<attribute>\w+))?\s*=\s*(?P<value>.*)"
)
_PLAIN, _XOR = re.compile(r"[\w\s&|!()]*"), re.compile(r"[xX][oO][rR]\b")
_CALL = re.compile(r"\b(?!(?:and|or|not|xor)\b)([^\W\d]\w*)\s*\(", re.IGNORECASE)
_OTHER = re.compile(rf"\b[0-9]|{_CALL.pattern}", re.IGNORECASE)  # what our own rules have not
_USUAL = re.compile(r"\(?@logic\)?\s*\?\s*(\$\w+|[0-9]+(?:\.[0-9]+)?)\s*:\s*(\$\w+|[0-9]+(?:\.[0-9]+)?)")
_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_DIALECT = Dialect(
    language="MaBoSS",
    # From BooleanGrammar.y: XOR is looser than OR.
    levels=(("?",), ("^",), ("|",), ("&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/")),
    names=r"\w$@",
    numbers=r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?(?!\w)",
    spellings={"&&": "&", "and": "&", "||": "|", "or": "|", "xor": "^", "not": "!"},
    left=frozenset({"==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/"}),
    prefixes=frozenset("!+-"),
)
# Of the reference card; what they set is how MaBoSS draws and counts, not what the model is.
_ABOVE_0 = {"max_time", "time_tick", "sample_count"}
_FROM_0 = {
    *("thread_count", "statdist_traj_count", "statdist_cluster_threshold", "statdist_similarity_cache_max_size"),
    *("use_physrandgen", "use_glibcrandgen", "use_mtrandgen", "seed_pseudorandom", "display_traj", "init_pop"),
}
_ATTRIBUTES = {"istate", "is_internal", "refstate", "in_graph"}
_POPULATION = "a population of cells, as PopMaBoSS has it, is not read; a network has one cell"
# What changes the model itself and has no Boolean meaning, each with what it is.
_UNREAD = {
    "schedule": "a schedule changes a node in the course of time, which is not read; leave it out",
    "pop_istate": _POPULATION,
    "custom_pop_output": _POPULATION,
}
_LONGEST = 200_000  # characters of one rate
_MOST_CASES = 64  # values of one expression
_TOLD = 3  # names in a remark


@dataclass(slots=True)
class _Settings:
    """What a cfg file says that a pathway can hold."""

    parameters: dict[str, float] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)  # of the cells in which a node begins on
    joint: list[JointStart] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # where a node is first named
    discrete: bool = False
    problems: Problems = field(default_factory=Problems)


# --- reading -------------------------------------------------------------------------------------------------------


def read(
    content: str,
    *,
    name: str,
    source: str,
    settings: str | None = None,
    settings_source: str = "",
    tried: Sequence[str] = (),
) -> Pathway:
    """The pathway of a bnd text and, where given, its cfg text *settings*. Raises `DataError` with all problems.

    Without settings every node begins at random, and what `$parameters` stand for is taken as 1; a remark says so, and
    which names were *tried* for the cfg file.
    """
    cfg = settings_source or f"{source.removesuffix('.bnd')}.cfg"
    config = _read_settings(settings or "", cfg)
    problems = config.problems
    allowance = rule_allowance(source)
    values = _Values(config.parameters, Rules(_DIALECT), assuming=settings is None)
    rules: dict[str, Expression] = {}
    species: dict[str, Species] = {}
    places: dict[str, Place] = {}
    unused: list[str] = []
    state_rates: list[StateRate] = []
    for key, line, fields in _nodes(content, source, problems):
        if key in rules:
            problems.append(problem(source, f"node {shown(key)} stands twice.", line))
        places[key] = Place(source, line, 1)
        node = _Node(key, fields, values)
        rules[key], up, down, note = Var(key), None, None, ""
        try:
            rules[key], up, down = node.rule()
            note = node.description()
            unused += node.unused()
            state_rates += node.state_rates
        except (RuleError, LimitError) as error:
            problems.append(problem(source, f"node {shown(key)}: {error}.", line))
        allowance.take(8 + len(postorder(rules[key])))
        species[key] = _species(key, up, down, config.shares.get(key), note)
    if not rules and not problems:
        problems.append(problem(source, "has no node: node NAME { logic = ...; }"))
    problems.extend(_no_nodes(rules, places, config, source, cfg))
    if problems:
        raise DataError(problems)
    at_random = _begun(species, config)
    remarks = _remarks_on_settings(config, settings is None, tried, at_random)
    return pathway_of_rules(
        name,
        rules,
        species=species,
        places=places,
        source=source,
        joint_starts=config.joint,
        state_rates=state_rates,
        remarks=(
            *remarks,
            *_remark(values.assumed, "without a .cfg file these are taken as 1"),
            *_remark(unused, "attributes that nothing uses"),
        ),
    )


def _no_nodes(
    rules: Mapping[str, Expression], places: Mapping[str, Place], config: _Settings, source: str, cfg: str
) -> Iterator[Problem]:
    """Names in rules and in the settings that are no node."""
    for key, rule in rules.items():
        for other in variables(rule):
            if other not in rules:
                yield problem(source, f"node {shown(key)} uses {shown(other)}, which is no node.", places[key].line)
    for key, line in config.lines.items():
        if key not in rules:
            yield problem(cfg, f"{shown(key)} is not a node of {shown(source)}.", line)


def _begun(species: dict[str, Species], config: _Settings) -> list[str]:
    """Give *species* what they begin with where the settings have no share of their own; those that begin at random."""
    joint: set[str] = set()
    for start in config.joint:
        joint.update(start.species)
        for place, key in enumerate(start.species):
            on = sum(weight for bits, weight in start.weights.items() if bits[place])
            species[key] = replace(species[key], initial=int(on > 0.5))
    at_random = [key for key in species if key not in config.shares and key not in joint]
    for key in at_random:
        species[key] = replace(species[key], initial=0, share=0.5)
    return at_random


def read_settings(content: str, *, source: str) -> None:
    """Check a cfg text that has no bnd file beside it. It always raises `DataError`: settings are no network."""
    config = _read_settings(content, source)
    named = f" of {', '.join(map(shown, list(config.lines)[:3]))}" if config.lines else ""
    message = f"holds settings{named}, no network; put the .bnd file of the same name beside it."
    raise DataError([*config.problems, problem(source, message)])


def _remarks_on_settings(
    config: _Settings, missing: bool, tried: Sequence[str], at_random: Sequence[str]
) -> Iterator[str]:
    """That there are none, and where they were looked for; else what they say in another way, or leave open."""
    if missing:
        where = f" (tried {', '.join(tried)})" if tried else ""
        yield f"no .cfg file was found{where}: every species begins at random, as MaBoSS has it."
    if config.discrete:
        yield "discrete_time = 1: MaBoSS would step through time; here time is continuous."
    if not missing:
        yield from _remark(at_random, "no istate, so they begin at random, as MaBoSS has it")


def _remark(names: Sequence[str], what: str) -> Iterator[str]:
    """`begin at random: A, B and 3 more.`, if there are any."""
    if names:
        more = f" and {len(names) - _TOLD:,} more" if len(names) > _TOLD else ""
        yield f"{what}: {', '.join(map(shown, names[:_TOLD]))}{more}."


def _nodes(content: str, source: str, problems: Problems) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Each node with its line and its fields, quoted texts back in their places."""
    quoted: list[str] = []
    clean = _blanked(content, quoted)
    end, line, counted = 0, 1, 0
    for found in _NODE.finditer(clean):
        name, body = (found[1], found[2]) if found[1] else (found[3], f"logic = {found[4]}")
        line += clean.count("\n", counted, found.start())
        counted = found.start()
        if clean[end : found.start()].strip(" \t\r\n\f\v;"):
            problems.append(problem(source, "between nodes stands what is no node.", clean.count("\n", 0, end) + 1))
        end = found.end()
        if name.lower() == "targets" and not found[1] and found[4].strip().lower() == "factors":
            continue
        try:
            yield unescaped(name), line, _fields(body, quoted)
        except RuleError as error:
            problems.append(problem(source, f"node {shown(name)}: {error}.", line))
            yield unescaped(name), line, {}
    rest = clean[end:]
    if rest.strip(" \t\r\n\f\v;"):
        at = clean.count("\n", 0, end + len(rest) - len(rest.lstrip(" \t\r\n\f\v;"))) + 1
        problems.append(problem(source, "what follows is no node: node NAME { logic = ...; }", at))


def _fields(body: str, quoted: Sequence[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for statement in body.split(";"):
        if not statement.strip():
            continue
        found = _FIELD.fullmatch(statement.strip())
        if found is None:
            raise RuleError(f"expected 'logic = ...' and the like, not {shown(statement.strip(), 40)!r}")
        if found[1] in fields:
            raise RuleError(f"{shown(found[1])} stands twice")
        value = found[2]
        fields[found[1]] = f'"{quoted[int(value[1:-1])]}' if value[:1] == value[-1:] == '"' else value
    return fields


def _blanked(content: str, quoted: list[str]) -> str:
    """*content* without its comments, its lines where they were; each quoted text is moved to *quoted*, by number."""

    def replaced(found: re.Match[str]) -> str:
        lines = "\n" * found[0].count("\n")
        if found["text"] is None:
            return lines or " "
        quoted.append(found["text"])
        return f'{lines}"{len(quoted) - 1}"'

    return _ASIDE.sub(replaced, content)


# --- what a rate and a logic mean ----------------------------------------------------------------------------------

# A value is a number, or 1 where an expression is true and 0 elsewhere, or one of several numbers, each where its
# expression is true; just one of these is.
_Cases = dict[float, Expression]
_Value = float | Expression | _Cases


class _Values:
    """What expressions of MaBoSS mean: a number in every state."""

    def __init__(self, parameters: Mapping[str, float], rules: Rules, *, assuming: bool = False) -> None:
        self.parameters, self.rules, self.assuming = parameters, rules, assuming
        self.assumed: list[str] = []  # parameters that have no value and are taken as 1

    def read(self, written: str, alias: Callable[[str], _Value]) -> _Value:
        """The value of an expression in which `@name` is *alias* of it. Raises `RuleError` and `LimitError`."""
        if len(written) > _LONGEST:
            raise LimitError(f"an expression has more than {_LONGEST} characters")

        if _NUMBER.fullmatch(written):
            return float(written)
        if usual := _USUAL.fullmatch(written):  # as nearly all rates are: there is nothing to work out
            return _chosen(alias("logic"), *(self.number(each) for each in usual.groups()))
        if _PLAIN.fullmatch(written) and "&&" not in written and "||" not in written and not _XOR.search(written):
            try:
                plain = parse(written)
            except RuleError:
                if not _OTHER.search(written):
                    raise
            else:
                if "_x" not in written:
                    return plain
                return substitute(plain, {name: Var(unescaped(name)) for name in variables(plain)})

        def operand(kind: str, token: str, column: int) -> _Value:
            if kind == "quoted":
                raise RuleError("a quoted text has no value", column)
            if token[0] == "@":
                return alias(token[1:])
            if token[0] == "$":
                return self._parameter(token[1:])
            if _NUMBER.fullmatch(token):
                return float(token)
            if not re.fullmatch(r"[^\W\d]\w*", token):
                raise RuleError(f"{shown(token, 30)!r} is neither a number nor the name of a node", column)
            return ONE if token.lower() == "true" else ZERO if token.lower() == "false" else Var(unescaped(token))

        if call := _CALL.search(written):
            raise RuleError(f"the function {shown(call[1], 30)}(...) is not read", call.start() + 1)
        return read_operators(written, _DIALECT, operand, self._applied)

    def number(self, written: str) -> float:
        return self._parameter(written[1:]) if written.startswith("$") else float(written)

    def _parameter(self, name: str) -> float:
        if name in self.parameters:
            return self.parameters[name]
        if not self.assuming:
            raise RuleError(f"the parameter ${shown(name, 40)} has no value in the .cfg file")
        if f"${name}" not in self.assumed:
            self.assumed.append(f"${name}")
        return 1.0

    def _applied(self, operator: str, operands: Sequence[_Value]) -> _Value:
        if operator in ("!", "&", "|", "^"):
            parts = [truth(each) for each in operands]
            return self.rules.joined(operator, [(each, len(postorder(each))) for each in parts])[0]
        if operator == "?":
            return _chosen(*operands)
        if len(operands) == 1:
            return operands[0] if operator == "+" else _worked_out("-", 0.0, operands[0])
        return _worked_out(operator, *operands)


def truth(value: _Value) -> Expression:
    """Where a value is not 0, which is where MaBoSS takes it for true."""
    if isinstance(value, float):
        return ONE if value else ZERO
    if isinstance(value, dict):
        return any_of(where for number, where in value.items() if number)
    return value


def _cases(value: _Value) -> _Cases:
    if isinstance(value, float):
        return {value: ONE}
    if isinstance(value, dict):
        return value
    return {float(value.value): ONE} if isinstance(value, Const) else {1.0: value, 0.0: negation(value)}


def _chosen(condition: _Value, then: _Value, other: _Value) -> _Value:
    where = truth(condition)
    if isinstance(where, Const):
        return then if where == ONE else other
    picked = chain(
        ((number, all_of([where, part])) for number, part in _cases(then).items()),
        ((number, all_of([negation(where), part])) for number, part in _cases(other).items()),
    )
    return _value(picked)


def _value(parts: Iterator[tuple[float, Expression]]) -> _Value:
    """The value that has each number where one of its expressions is true."""
    found: dict[float, list[Expression]] = {}
    for number, where in parts:
        if where != ZERO:
            found.setdefault(number, []).append(where)
    if len(found) == 1:
        return next(iter(found))
    if len(found) > _MOST_CASES:
        raise LimitError(f"an expression has more than {_MOST_CASES} values")
    cases = {number: any_of(where) for number, where in found.items()}
    return cases[1.0] if cases.keys() == {0.0, 1.0} else cases


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "==": lambda a, b: float(a == b),
    "!=": lambda a, b: float(a != b),
    "<": lambda a, b: float(a < b),
    ">": lambda a, b: float(a > b),
    "<=": lambda a, b: float(a <= b),
    ">=": lambda a, b: float(a >= b),
}


def _worked_out(operator: str, left: _Value, right: _Value) -> _Value:
    function, first, second = _ARITHMETIC[operator], _cases(left), _cases(right)
    if len(first) * len(second) > _MOST_CASES**2:
        raise LimitError(f"an expression has more than {_MOST_CASES} values")
    try:
        pairs = [(function(a, b), all_of([here, there])) for a, here in first.items() for b, there in second.items()]
    except ZeroDivisionError:
        raise RuleError("something is divided by 0") from None
    return _value(iter(pairs))


class _Node:
    """One node: its rule, and the rates at which it follows the rule."""

    def __init__(self, key: str, fields: Mapping[str, str], values: _Values) -> None:
        self.key, self.fields, self.values = key, fields, values
        self.state_rates: list[StateRate] = []  # of rates that differ between states, all but the highest
        self.open: list[str] = []  # attributes that are being worked out
        self.done: dict[str, _Value] = {}  # and those that are
        self.used = {"logic", "rate_up", "rate_down", "description", "max_rate", *_ATTRIBUTES}

    def rule(self) -> tuple[Expression, float | None, float | None]:
        """Its rule, and how fast it rises and falls; None where it never does. Raises `RuleError`."""
        rule, up, down = self._followed()
        if len(postorder(rule)) > DEPTH_LIMIT and depth(rule) > DEPTH_LIMIT:
            raise LimitError(f"its rule is nested deeper than {DEPTH_LIMIT} levels of and, or and not")
        return rule, up, down

    def _followed(self) -> tuple[Expression, float | None, float | None]:
        if (usual := self._as_usual()) is not None:
            return usual
        up, down = self._rate("rate_up"), self._rate("rate_down")
        own = Var(self.key)
        rises, falls = self._where(up, rises=True), self._where(down, rises=False)
        rates = self._only(up, "rate_up"), self._only(down, "rate_down")
        if rises == ZERO and falls == ZERO:
            return own, None, None
        if rises == negation(falls):
            return rises, *rates
        # It goes up from 0 where it may, down from 1 where it may, and else stays.
        rises, stays = substitute(rises, {self.key: ZERO}), negation(substitute(falls, {self.key: ONE}))
        if _follows(rises, stays):
            return any_of([all_of([own, stays]), rises]) if not _follows(stays, rises) else rises, *rates
        return any_of([all_of([own, stays]), all_of([negation(own), rises])]), *rates

    def _as_usual(self) -> tuple[Expression, float, float] | None:
        """Of `@logic ? a : 0` and `@logic ? 0 : b`, as nearly all nodes have them: there is nothing to work out."""
        up, down = (_USUAL.fullmatch(self.fields.get(name, "")) for name in ("rate_up", "rate_down"))
        if not (up and down and up[2] == down[1] == "0"):
            return None
        rates = self.values.number(up[1]), self.values.number(down[2])
        logic = truth(self._attribute("logic"))
        return None if isinstance(logic, Const) or min(rates) <= 0 or not isfinite(sum(rates)) else (logic, *rates)

    def description(self) -> str:
        return " ".join(self.fields.get("description", "").removeprefix('"').split())

    def unused(self) -> list[str]:
        return [f"{name} of {self.key}" for name in self.fields if name not in self.used]

    def _rate(self, name: str) -> _Cases:
        """Each speed above 0 with where the rate has it, once what cannot be is left out."""
        if name in self.fields:
            value = self._attribute(name)
        elif "logic" in self.fields:
            logic = truth(self._attribute("logic"))
            value = logic if name == "rate_up" else negation(logic)
        else:
            return {}
        cases = {speed: where for speed, where in _cases(value).items() if speed}
        if len(cases) > 1:  # a node rises from 0 and falls from 1
            here = {self.key: ZERO if name == "rate_up" else ONE}
            cases = {speed: where for speed, where in cases.items() if not _never(substitute(where, here))}
        for speed in cases:
            if speed < 0 or not isfinite(speed):
                raise RuleError(f"{name} is {'negative' if speed < 0 else 'infinite'}: {shown(self.fields[name], 40)}")
        return cases

    def _where(self, rates: _Cases, *, rises: bool) -> Expression:
        """Where one of *rates* holds: as the logic has it, if that is the same, not piece by piece."""
        found = any_of(rates.values())
        if len(rates) > 1 and "logic" in self.fields:
            logic = truth(self._attribute("logic"))
            plain = logic if rises else negation(logic)
            if _follows(found, plain) and _follows(plain, found):
                return plain
        return found

    def _only(self, rates: _Cases, name: str) -> float | None:
        """The rate above 0; of several in different states the highest, and the others become `state_rates`."""
        highest = max(rates, default=None)
        here = {self.key: ZERO if name == "rate_up" else ONE}
        for rate, where in rates.items():
            if rate != highest:
                up, expression = name == "rate_up", text(substitute(where, here))
                self.state_rates.append(
                    StateRate(species=self.key, direction="up" if up else "down", rate=rate, where=expression)
                )
        return highest

    def _attribute(self, name: str) -> _Value:
        if name in self.done:
            return self.done[name]
        written = self.fields.get(name)
        if written is None:
            raise RuleError(f"@{shown(name, 30)} is used, but the node has no {shown(name, 30)}")
        if name in self.open or len(self.open) > _MOST_CASES:
            raise RuleError(f"@{shown(name, 30)} leads back to itself")
        if not written.strip():
            raise RuleError(f"the {shown(name, 30)} is empty")
        if written.startswith('"'):
            raise RuleError(f"the {shown(name, 30)} is a quoted text, which has no value")
        self.open.append(name)
        self.used.add(name)
        value = self.values.read(written, self._attribute)
        self.open.pop()
        self.done[name] = value
        return value


def _never(where: Expression) -> bool:
    """Whether *where* is surely false in all states."""
    names = variables(where)
    return where == ZERO or (tabulable(where, names) and not truth_table(where, names))


def _follows(cause: Expression, effect: Expression) -> bool:
    """Whether *effect* is surely true wherever *cause* is."""
    return _never(all_of([cause, negation(effect)]))


def _species(key: str, up: float | None, down: float | None, share: float | None, note: str) -> Species:
    """A node as a species; rates that its speed says already are not said again."""
    rates = {rate for rate in (up, down) if rate is not None}
    slow = bool(rates) and max(rates) <= 2 * SLOW_RATE
    usual = rates <= {SLOW_RATE if slow else FAST_RATE}
    return Species(
        id=key,
        initial=int(share is not None and share > 0.5),
        share=share if share is not None and 0 < share < 1 else None,
        speed=Speed.slow if slow else Speed.fast,
        rate_up=None if usual else up,
        rate_down=None if usual else down,
        note=note,
    )


# --- settings ------------------------------------------------------------------------------------------------------


def _read_settings(content: str, file: str) -> _Settings:
    found = _Settings()
    values = _Values(found.parameters, Rules(_DIALECT))
    allowance = Allowance(file, 50_000, "settings")
    for statement, line in _statements(_blanked(content, [])):
        allowance.take(1)
        match = _SETTING.fullmatch(" ".join(statement.split()))
        if match is None or (match["names"] is not None and match["attribute"] is None):
            found.problems.append(problem(file, f"{shown(statement.strip(), 40)!r} is not a setting (x = y;).", line))
            continue
        try:
            if match["attribute"] is None:
                _set_parameter(found, values, match["name"], match["value"])
            else:
                written = [name.strip() for name in (match["names"] or match["name"]).split(",")]
                if len(set(written)) < len(written) or not all(re.fullmatch(r"[^\W\d]\w*", each) for each in written):
                    raise RuleError(f"[{shown(', '.join(written), 40)}] are not the names of different nodes")
                names = [unescaped(name) for name in written]
                again = next((name for name in names if name in found.lines), None)
                if match["attribute"].lower() == "istate":
                    if again is not None and (again in found.shares or _in_joint(found, again)):
                        raise RuleError(f"the istate of {shown(again)} stands twice")
                    _set_beginning(found, values, names, match["value"], several=match["names"] is not None)
                elif match["attribute"].lower() in _UNREAD:
                    raise RuleError(f"{match['attribute']} of {shown(names[0])}: {_UNREAD[match['attribute'].lower()]}")
                elif match["attribute"].lower() not in _ATTRIBUTES:
                    raise RuleError(f"{shown(match['attribute'])!r} is not a setting of a node")
                for name in names:
                    found.lines.setdefault(name, line)
        except (RuleError, LimitError) as error:
            found.problems.append(problem(file, f"{error}.", line))
    return found


def _in_joint(found: _Settings, name: str) -> bool:
    return any(name in start.species for start in found.joint)


def _set_parameter(found: _Settings, values: _Values, name: str, written: str) -> None:
    if name.lower() in _UNREAD:
        raise RuleError(f"{name}: {_UNREAD[name.lower()]}")
    number = _number(values, name, written)
    if name.startswith("$"):
        found.parameters[name[1:]] = number
    elif name.lower() in _ABOVE_0 | _FROM_0:
        least = "a number above 0" if name.lower() in _ABOVE_0 else "a number from 0 on"
        if number < 0 or (number == 0 and name.lower() in _ABOVE_0):
            raise RuleError(f"{name} = {shown(written, 40)}: {least} is expected")
    elif name.lower() == "discrete_time":
        found.discrete = bool(number)
    else:
        raise RuleError(f"{shown(name, 40)!r} is not a setting of MaBoSS")


def _number(values: _Values, name: str, written: str) -> float:
    if written.lower() in ("true", "false"):
        return float(written.lower() == "true")
    value = values.read(written, lambda alias: _no_alias(alias)) if written else None
    if isinstance(value, Const):
        value = float(value.value)
    if not isinstance(value, float) or not isfinite(value):
        raise RuleError(f"{shown(name, 40)} = {shown(written, 40)}: a number is expected")
    return value


def _no_alias(name: str) -> _Value:
    raise RuleError(f"@{shown(name, 30)} stands in a setting")


_WEIGHT = re.compile(r"(?P<weight>[^\[\]]*)\[(?P<states>[^\[\]]*)\]\s*(?:,|$)\s*")
_BITS = {"0": 0, "1": 1, "false": 0, "true": 1}


def _set_beginning(found: _Settings, values: _Values, names: list[str], written: str, *, several: bool) -> None:
    """`A.istate = 1`, where any number but 0 is on and -1 is random, or `[A, B].istate = 0.3 [0, 1], 0.7 [1, 0]`."""
    label = f"[{', '.join(map(shown, names))}]" if several else shown(names[0])
    if not several and "[" not in written:
        number = _number(values, f"{label}.istate", written)
        found.shares[names[0]] = 0.5 if number < 0 else float(number != 0)
        return
    weights: dict[tuple[int, ...], float] = {}
    end = 0
    while part := _WEIGHT.match(written, end):
        end = part.end()
        bits = tuple(_BITS.get(bit.strip().lower(), -1) for bit in part["states"].split(","))
        if len(bits) != len(names) or -1 in bits:
            break
        weights[bits] = weights.get(bits, 0.0) + _number(values, f"{label}.istate", part["weight"].strip())
    else:
        if end == len(written) and 0 < sum(weights.values()) < float("inf") and min(weights.values()) >= 0:
            _begin(found, names, weights)
            return
    example = ", ".join("0" * len(names)), ", ".join("1" * len(names))
    plain = "" if len(names) > 1 else "0, 1, -1 (random) or "
    raise RuleError(f"{label}.istate = {shown(written, 40)}: write {plain}0.3 [{example[1]}], 0.7 [{example[0]}]")


def _begin(found: _Settings, names: list[str], weights: Mapping[tuple[int, ...], float]) -> None:
    whole = sum(weights.values())
    whole = 1.0 if abs(whole - 1) < 1e-9 else whole
    if len(names) == 1:
        found.shares[names[0]] = weights.get((1,), 0.0) / whole
    else:
        shares = {bits: weight / whole for bits, weight in weights.items() if weight}
        found.joint.append(JointStart(species=tuple(names), weights=shares))


def _statements(content: str) -> Iterator[tuple[str, int]]:
    line = 1
    for statement in content.split(";"):
        if statement.strip():
            yield statement, line + statement[: len(statement) - len(statement.lstrip())].count("\n")
        line += statement.count("\n")


# --- writing -------------------------------------------------------------------------------------------------------


def write(pathway: Pathway, network: BooleanNetwork) -> Written:
    """*network* as a bnd text with its rates, and a cfg text with its beginnings beside it."""
    from decimal import Decimal

    ids = {key: escaped(key) for key in network.species}
    variable = {key: Var(found) for key, found in ids.items()}
    joint = {key for start in pathway.joint_starts for key in start.species}
    nodes, settings = [], []
    for key in network.species:
        rule = network.rules[key]
        species = pathway.species.get(key) or Species(id=key)
        if rule == Var(key):
            body = ["rate_up = 0;", "rate_down = 0;"]
        else:
            logic = text(substitute(rule, variable), symbols=True)
            usual = SLOW_RATE if key in network.slow else FAST_RATE
            up, down = (usual if rate is None else rate for rate in (species.rate_up, species.rate_down))
            body = [
                f"logic = {logic};",
                f"rate_up = @logic ? {_rate_of(network, key, 1, up, variable)} : 0;",
                f"rate_down = @logic ? 0 : {_rate_of(network, key, 0, down, variable)};",
            ]
        nodes.append("\n".join((f"node {ids[key]} {{", *(f"  {line}" for line in body), "}\n")))
        share = network.chances.get(key, species.share)
        if key in joint:
            continue
        if share is None:
            settings.append(f"{ids[key]}.istate = {network.initial[key]};")
        else:
            rest = Decimal(1) - Decimal(repr(share))
            settings.append(f"[{ids[key]}].istate = {_digits(share)} [1], {_digits(float(rest))} [0];")
    for start in pathway.joint_starts:
        states = ", ".join(f"{_digits(share)} [{', '.join(map(str, bits))}]" for bits, share in start.weights.items())
        settings.append(f"[{', '.join(ids[key] for key in start.species)}].istate = {states};")
    settings += ["max_time = 50;", "time_tick = 0.5;", "sample_count = 10000;", "discrete_time = 0;"]
    lost = losses(pathway, _CARRIED, *lost_edges(pathway, network))
    return Written(text="\n".join(nodes), losses=lost, beside="\n".join(settings) + "\n")


def _rate_of(network: BooleanNetwork, key: str, to: int, usual: float, names: Mapping[str, Expression]) -> str:
    """The rate at which a species takes the value *to*, the states in which it differs included."""
    written = _digits(usual)
    for own in reversed(network.state_rates):
        if own[:2] == (key, to):
            written = f"({text(substitute(own.where, names), symbols=True)} ? {_digits(own.rate)} : {written})"
    return written


def _digits(number: float) -> str:
    """*number* with all its digits and no more."""
    return repr(number).removesuffix(".0")
