"""SIF, the simple interaction format of Cytoscape and CellNOpt: `SOURCE relation TARGET` a line.

Specification: https://manual.cytoscape.org/en/stable/Supported_Network_File_Formats.html#sif-format. Its dialects are
read: words or 1/-1 for the relation, tabs or blanks, several targets on a line, a header, further columns, R's quotes,
and the `and1` nodes of CellNOpt: then every line is a reaction, and any of them switches its target on.
Written are tabs and 1/-1: CellNOpt's readSIF takes every other word as 1, CORNETO takes no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from her2cli.errors import DataError, Problem, shown
from her2cli.expression import Expression, Not, Var, all_of, any_of, negation, text
from her2cli.formats.effects import EFFECTS, effect_of, spoilt
from her2cli.formats.guard import Allowance, Problems, problem
from her2cli.formats.losses import Written, losses
from her2cli.logic.network import BooleanNetwork
from her2cli.model import Edge, Effect, Pathway, Place, Rule, Species

_HEADERS = {"interaction", "relation", "effect", "sign", "edge", "type", "rel"}
_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?")
_AND = re.compile(r"and[0-9]+", re.IGNORECASE)
_CARRIED = frozenset({"edges"})


def read(content: str, *, name: str, source: str) -> Pathway:
    """The pathway that a SIF text writes. Raises `DataError` with all problems, relations without a sign among them."""
    problems = Problems()
    allowance = Allowance(source, 240_000, "names and relations")
    species: dict[str, Species] = {}
    edges: dict[tuple[str, str, Effect], Edge] = {}
    unsigned: dict[str, list[int]] = {}
    lines = content.split("\n")
    further = any("://" in line for line in lines)  # then columns past the third are notes, not targets
    numbered = not further and _ends_in_numbers(lines)
    further = further or numbered
    remarks = ["the columns past the third hold only numbers, and are not read as targets."] if numbered else []
    for number, line in enumerate(lines, start=1):
        fields = _fields(line)
        if not fields or line.startswith("#"):
            continue
        allowance.take(3 * len(fields) - 6 if len(fields) > 2 else 2)
        if len(fields) == 1:
            species.setdefault(fields[0], Species(id=fields[0]))
            continue
        if not edges and fields[1].lower() in _HEADERS:
            if len(fields) > 3:  # a header names its columns: those past the third are attributes
                further, remarks = True, [f"columns that are not read: {', '.join(map(shown, fields[3:]))}."]
            continue
        if len(fields) == 2:
            message = f"{shown(line.strip(), 40)!r} has two columns; a line is SOURCE, relation, TARGET."
            problems.append(problem(source, message, number))
            continue
        effect = effect_of(fields[1])
        if effect is None:
            unsigned.setdefault(fields[1], []).append(number)
            continue
        for target in fields[2:3] if further else fields[2:]:
            for key in (fields[0], target):
                if key not in species:
                    species[key] = Species(id=key)
                    if date := spoilt(key):
                        problems.append(problem(source, date, number))
            edge = (fields[0], target, effect)
            if edge not in edges:
                place = Place(source, number, 1)
                edges[edge] = Edge(source=fields[0], target=target, effect=effect, place=place)
    problems.extend(_without_sign(source, unsigned))
    if not species and not problems:
        problems.append(problem(source, "has no species: a line is SOURCE, relation, TARGET."))
    if problems:
        raise DataError(problems)
    found = Pathway(
        name=name, species=species, edges=tuple(edges.values()), source=source, remarks=tuple(dict.fromkeys(remarks))
    )
    return _without_gates(found, allowance)


def _ends_in_numbers(lines: Sequence[str]) -> bool:
    """Whether there are columns past the third, and nothing but numbers in them, which no name is elsewhere."""
    rows = [fields for line in lines if len(fields := _fields(line)) > 2 and effect_of(fields[1]) is not None]
    past = {cell for row in rows for cell in row[3:]}
    return (
        bool(past) and all(map(_NUMBER.fullmatch, past)) and not past & {row[place] for row in rows for place in (0, 2)}
    )


def _without_sign(file: str, unsigned: Mapping[str, Sequence[int]]) -> Iterator[Problem]:
    """A problem for each relation of which nobody can tell whether it activates; the first says what can be written."""
    words = {effect: ", ".join(_words(effect)) for effect in Effect}
    for number, (relation, lines) in enumerate(unsigned.items()):
        more = f" (and on {len(lines) - 1} more lines)" if len(lines) > 1 else ""
        message = f"relation {shown(relation)!r}{more} has no sign here."
        if number == 0:
            message += (
                " Replace it, or take the lines out: a Boolean network needs to know what each edge does. "
                f"Words for it are {words[Effect.activates]}; and {words[Effect.inhibits]}."
            )
        yield problem(file, message, lines[0])


def _words(effect: Effect) -> Iterator[str]:
    """What *effect* is called, each word in one of its forms; arrows and plus signs are understood, too."""
    forms: dict[str, str] = {}
    for word, meant in EFFECTS.items():
        if meant is effect and (word.isalpha() or word in ("1", "-1")):
            forms.setdefault(word[:5], word)
    yield from forms.values()


def write(pathway: Pathway, network: BooleanNetwork) -> Written:
    """The edges of *pathway* in SIF; a species without an edge has a line of its own."""
    joined = {name for edge in pathway.edges for name in (edge.source, edge.target)}
    lines = [f"{edge.source}\t{edge.effect.sign}\t{edge.target}" for edge in pathway.edges]
    # The tab says that blanks do not part columns.
    lines += [f"{name}\t" if " " in name else name for name in pathway.species if name not in joined]
    return Written(text="".join(f"{line}\n" for line in dict.fromkeys(lines)), losses=losses(pathway, _CARRIED))


def _fields(line: str) -> list[str]:
    """The columns of a line: between tabs where it has any, else between blanks; without the quotes that R writes."""
    if '"' in line and "\t" not in line:
        parts = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|([^\s"]+)', line)]
    else:
        parts = line.strip("\r\n").split("\t") if "\t" in line else line.split()
    found = [part.strip() for part in parts if part.strip()]
    if '"' in line:
        found = [
            part[1:-1].replace('""', '"') if len(part) > 1 and part[0] == part[-1] == '"' else part for part in found
        ]
    return found


def _without_gates(pathway: Pathway, allowance: Allowance) -> Pathway:
    """*pathway* with its `and1` nodes taken out: their sources act on their targets, all of them at once.

    With such nodes every line is a reaction, as CellNOpt has it: a species is on where any of its reactions happens,
    an inhibition being one that happens while its source is off.
    """
    gates = {
        name
        for name in pathway.species
        if _AND.fullmatch(name)
        and (into := pathway.edges_into(name))
        and not any(_AND.fullmatch(edge.source) for edge in into)
    }
    if not gates:
        return pathway
    edges: dict[tuple[str, str, Effect], Edge] = {}
    rules: dict[str, Rule] = {}
    for target in pathway.species:
        into = pathway.edges_into(target)
        if target in gates:
            continue
        allowance.take(3 * sum(len(pathway.edges_into(edge.source)) for edge in into if edge.source in gates))
        for edge in _through(pathway, into, gates):
            edges.setdefault((edge.source, edge.target, edge.effect), edge)
        if any(edge.source in gates or (edge.effect is Effect.inhibits and len(into) > 1) for edge in into):
            rules[target] = Rule(target=target, text=text(any_of(_reactions(pathway, into, gates))))
    return Pathway(
        name=pathway.name,
        species={name: species for name, species in pathway.species.items() if name not in gates},
        edges=tuple(edges.values()),
        rules=rules,
        source=pathway.source,
        remarks=(*pathway.remarks, "with and-nodes every line is a reaction, any of which switches its target on."),
    )


def _through(pathway: Pathway, into: tuple[Edge, ...], gates: set[str]) -> Iterator[Edge]:
    for edge in into:
        if edge.source not in gates:
            yield edge
            continue
        for part in pathway.edges_into(edge.source):
            effect = Effect.activates if part.effect is edge.effect else Effect.inhibits
            yield Edge(source=part.source, target=edge.target, effect=effect, place=part.place)


def _reactions(pathway: Pathway, into: tuple[Edge, ...], gates: set[str]) -> Iterator[Expression]:
    """Where each of the reactions *into* a species happens: its source on, or off where it inhibits."""
    for edge in into:
        term: Expression = Var(edge.source)
        if edge.source in gates:
            term = all_of(
                Var(part.source) if part.effect is Effect.activates else Not(Var(part.source))
                for part in pathway.edges_into(edge.source)
            )
        yield term if edge.effect is Effect.activates else negation(term)
