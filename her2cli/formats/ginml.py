"""GINML, the XML of GINsim's models, and zginml, the same in a zip file: functions or parameters over interactions.

Format: http://ginsim.org (GINML_2_2.dtd). A species' level is that of the function or parameter that holds, else its
basal level; `A:2` is the interaction of A that begins at level 2 and ends where A's next one begins, `A#2` the second
of A's, `A` any of them. So has it GINsim: `BooleanParser.getEdge` finds the edge of that threshold or number, and its
parameters hold at most one of the edges of a source (github.com/archimede-institut/GINsim, its package
`logicalfunction`). Several levels are read as in `levels`. Read only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from her2cli.errors import DataError, LimitError, RuleError, shown
from her2cli.expression import ONE, ZERO, Expression, Var, all_of, any_of, negation, postorder, substitute, variables
from her2cli.formats import levels
from her2cli.formats.guard import Problems, check_xml, problem, rule_allowance
from her2cli.formats.operators import COMMON, Rules
from her2cli.formats.rules import pathway_of_rules
from her2cli.model import Pathway, Species

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# GINsim writes where its document type is defined; nothing is read from there.
_DOCTYPE = re.compile(r"<!DOCTYPE\s+gxl\s+SYSTEM\s+(?:\"[^\"<>\[\]]*\"|'[^'<>\[\]]*')\s*>")
_NUMBERED = re.compile(r"[\w.:/+-]+#[0-9]+")  # `A#2`; the sign is none of a name in rules
_PARAMETERS = 4096  # of one species: each is a row of a table over its interactions


def read(content: str, *, name: str, source: str) -> Pathway:
    """The pathway that a GINML text writes. Raises `DataError` with all problems."""
    from xml.etree.ElementTree import fromstring

    text = _DOCTYPE.sub(lambda found: "\n" * found[0].count("\n"), content, count=1)
    check_xml(text, source, attributes={})
    root = fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    graph = root.find("graph")
    if root.tag != "gxl" or graph is None:
        raise DataError([problem(source, "is not GINML: no <graph> in a <gxl>.")])
    if graph.get("class", "regulatory") != "regulatory":
        message = f"holds a graph of the class {shown(graph.get('class', ''), 30)!r}; a regulatory graph is read."
        raise DataError([problem(source, message)])
    reading = _Reading(source, graph)
    if reading.problems:
        raise DataError(reading.problems)
    return pathway_of_rules(
        name,
        reading.rules,
        species={each.id: each for each in reading.species},
        title="" if graph.get("id", "") in ("", "default_name", name) else graph.get("id", ""),
        note=_note(graph),
        source=source,
        remarks=reading.remarks(),
    )


class _Interaction:
    """Where one interaction of a source is active: from its level to the one before the next."""

    def __init__(self, source: str, least: int) -> None:
        self.source, self.least = source, least
        self.most: int | None = None


class _Reading:
    """What was understood of a regulatory graph, and what is wrong with it."""

    def __init__(self, file: str, graph: Element) -> None:
        self.file = file
        self.problems = Problems()
        self.parser = Rules(COMMON)
        self.allowance = rule_allowance(file)
        self.levels: dict[str, int] = {}
        self.species: list[Species] = []
        self.rules: dict[str, Expression] = {}
        nodes = {node.get("id", ""): node for node in graph.iter("node")}
        for key, node in nodes.items():
            self.levels[key] = self.number(key, node.get("maxvalue", "1"), "maxvalue")
        if not nodes or "" in nodes:
            self.problems.append(problem(file, "has no node." if not nodes else "a node has no id."))
        self.into: dict[str, dict[str, _Interaction]] = {key: {} for key in nodes}
        for edge in graph.iter("edge"):
            self.edge(edge)
        self.bound()
        for key, node in nodes.items():
            known = Species(id=key, name=node.get("name", "") if node.get("name") != key else "", note=_note(node))
            self.species += levels.species(known, self.levels[key], 0)
            self.rule(key, node)

    def number(self, key: str, written: str, what: str) -> int:
        if not (written.isascii() and written.isdigit() and int(written[:4]) <= levels.HIGHEST):
            self.problems.append(problem(self.file, f"{what} {shown(written, 20)!r} of {shown(key)} is not 0 to 15."))
            return 1
        return int(written)

    def edge(self, edge: Element) -> None:
        """Note the interactions of an edge: one, or one for each of its `effects`."""
        source, target = edge.get("from", ""), edge.get("to", "")
        if source not in self.levels or target not in self.levels:
            message = f"an edge from {shown(source)!r} to {shown(target)!r} names what is no node."
            self.problems.append(problem(self.file, message))
            return
        effects = edge.get("effects")
        least = [part.split(":")[0] for part in effects.split()] if effects else [edge.get("minvalue", "1")]
        for begin in least:
            interaction = _Interaction(source, self.number(source, begin, "minvalue"))
            own = edge.get("id", f"{source}:{target}")
            name = f"{own}:{begin}" if effects and len(least) > 1 else own
            self.into[target][name] = interaction
            most = edge.get("maxvalue")
            if most is not None and most.isdigit() and not effects:
                interaction.most = int(most)

    def bound(self) -> None:
        """Let every interaction end where the next of the same source and target begins."""
        for interactions in self.into.values():
            for each in interactions.values():
                later = [o.least for o in interactions.values() if o.source == each.source and o.least > each.least]
                if each.most is None:
                    each.most = min(later) - 1 if later else self.levels[each.source]

    def active(self, interaction: _Interaction) -> Expression:
        source, highest = interaction.source, max(self.levels[interaction.source], 1)
        most = highest if interaction.most is None else interaction.most
        beyond = levels.at_least(source, highest, most + 1)
        return all_of([levels.at_least(source, highest, interaction.least), negation(beyond)])

    def rule(self, key: str, node: Element) -> None:
        """The rules of a species, from its functions or its parameters; an input keeps its level."""
        highest = self.levels[key]
        functions = [(one.get("val", "1"), exp.get("str", "")) for one in node.iter("value") for exp in one.iter("exp")]
        parameters = list(node.iter("parameter"))
        if node.get("input", "").lower() == "true":
            self.rules.update(levels.kept(key, highest) if highest > 1 else [(key, Var(key))])
            return
        basal = self.number(key, node.get("basevalue", "0"), "basevalue")
        cases: list[tuple[int, Expression]] = []
        try:
            for value, written in functions:
                cases.append((self.number(key, value, "val"), self.expression(key, written)))
        except (RuleError, LimitError) as error:
            self.problems.append(problem(self.file, f"function of {shown(key)}: {error}."))
            return
        if len(parameters) > _PARAMETERS:
            self.problems.append(problem(self.file, f"{shown(key)} has more than {_PARAMETERS} parameters."))
            return
        for parameter in parameters:
            where = self.where(key, parameter.get("idActiveInteractions", "").split())
            if where is not None:
                cases.append((self.number(key, parameter.get("val", "1"), "val"), where))
        reached = []
        for level in range(1, max(highest, 1) + 1):
            rule: Expression = ONE if basal >= level else ZERO
            for result, condition in reversed(cases):
                rule = any_of([condition, rule]) if result >= level else all_of([negation(condition), rule])
            reached.append(ZERO if highest == 0 else rule)
        for name, rule in levels.rules(key, highest, reached):
            self.allowance.take(4 + len(postorder(rule)))
            self.rules[name] = rule

    def where(self, key: str, named: Sequence[str]) -> Expression | None:
        """Where just these of the interactions with *key* are active."""
        interactions = self.into[key]
        unknown = [name for name in named if name not in interactions]
        if unknown:
            message = f"a parameter of {shown(key)} names {shown(unknown[0], 60)}, which is no interaction with it."
            self.problems.append(problem(self.file, message))
            return None
        parts = [
            self.active(each) if name in named else negation(self.active(each)) for name, each in interactions.items()
        ]
        return all_of(parts)

    def expression(self, key: str, written: str) -> Expression:
        """A logical function over interactions: `A` is any of A's with *key*, `A:2` the one that begins at level 2."""
        found = self.parser.parse(_NUMBERED.sub(r'"\g<0>"', written))
        return substitute(found, {name: self.term(key, name) for name in variables(found)})

    def term(self, key: str, name: str) -> Expression:
        source, sign, level = name.rpartition("#" if "#" in name else ":")
        if not sign or source not in self.levels:
            source, sign, level = name, "", ""
        if source not in self.levels:
            raise RuleError(f"{shown(name)!r} is no node")
        own = sorted((o for o in self.into[key].values() if o.source == source), key=lambda each: each.least)
        chosen = [
            each
            for number, each in enumerate(own, 1)
            if not level or level == str(number if sign == "#" else each.least)
        ]
        if level and not chosen and sign == "#":
            raise RuleError(f"{shown(name)!r}: there are {len(own)} interactions of {shown(source)} with {shown(key)}")
        if level and not chosen:
            raise RuleError(f"{shown(name)!r}: no interaction of {shown(source)} with {shown(key)} begins at {level}")
        if not chosen:
            return levels.at_least(source, max(self.levels[source], 1), 1)
        return any_of(self.active(each) for each in chosen)

    def remarks(self) -> Iterator[str]:
        yield from levels.remark(self.levels)


def _note(element: Element) -> str:
    """The words of an annotation."""
    comment = element.find("annotation/comment")
    return shown(" ".join((comment.text or "").split()), 1000) if comment is not None else ""


def unzipped(data: bytes, file: str) -> str:
    """The GINML text in a zginml file. Raises `DataError` for other zip files, and where it unpacks to too much."""
    from her2cli.formats.guard import member

    return member(data, file, lambda name: name.lower().endswith(".ginml") or name.lower() == "ginml", "GINML")
