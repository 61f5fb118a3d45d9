"""Why a species is on or off, as a tree of reasons, and what would flip it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from operator import attrgetter
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from her2cli.errors import listed
from her2cli.logic.questions.reasons import Contrary, Explanation, Reason
from her2cli.logic.questions.responses import Response
from her2cli.model import Alteration, Drug, Edge, Pathway
from her2cli.render.cascade import Cascade, Lines
from her2cli.render.console import SCREEN, Block, Line, Screen, at_arrows, at_commas, plain, stacked, text, wide
from her2cli.render.edges import acting, cited_key, marks, number
from her2cli.render.json import thing
from her2cli.render.responses import (
    WAYS,
    chain_text,
    chain_words,
    contrary_line,
    has_ways,
    how_sure_of,
    indented,
    percent,
    word_style,
)
from her2cli.render.runs import asked_words, scenario_data, told, verdict_words, where
from her2cli.render.tables import Table

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from her2cli.logic.questions.semantics import Verdict

WHEN = {"before": "before the treatment", "early": "early under the treatment", "late": "late"}
GIVEN = {
    "input": "an input that keeps its value",
    "drug": "a drug of the treatment",
    "alteration": "an alteration of the tumour",
    "ligand": "a ligand in the medium",
    "clamp": "held at this value",
    "slow": "slow: it has not had time to follow its rule",
    "throughout": "what is below changes in a cycle, and holds it so all the time",
    "again": "explained elsewhere in this tree",
}
OF_GIVEN = "of the inputs and of what the scenario gives"
OF_ANY = "holding any species"
SHORTLY = {"input": "input", "drug": "drug", "alteration": "altered", "ligand": "ligand", "clamp": "held",
           "slow": "slow, not there yet"}  # fmt: skip
TREE = 12  # lines of the tree of an arm, which shares its screen with another
CUT = ": -v"  # where a tree has more lines than there is room for
LEAST = 4  # lines that a tree has on every screen
FLIPS = (6, 4, 2)  # sets of changes on the first screen; fewer where the tree would have no room
REFERENCES = 8  # of the chain; -v has all
SHOWN = 12  # sets of changes that are listed before the rest is only counted


@dataclass(kw_only=True)
class Node:
    """A reason as a line of the tree."""

    name: str
    words: Text
    children: list[Node] = field(default_factory=list)


def answered(
    result: Explanation,
    pathway: Pathway,
    response: Response | None,
    cell: Mapping[str, int] | None,
    *,
    verdict: Verdict | None = None,
    contrary: Sequence[tuple[str, str]] = (),
    width: int = 80,
    lines: int = SCREEN,
) -> RenderableType:
    """On one screen: the share of the cells, the chain that moves it, the reasons in the usual cell, what flips it.

    The tree has what the rest leaves of so many *lines*.
    """
    above: list[RenderableType] = [where(pathway, result.scenario)]
    said = asked_words(result.scenario, pathway)
    if response is None:
        above.append(text(f"{said}. One cell, in on and off."))
    else:
        above += _shares(result, pathway, response, said, width)
    above += [] if verdict is None else [text(verdict_words(verdict))]
    notes: list[RenderableType] = [contrary_line(contrary)] if contrary else []
    notes += [text(f"Note: {note}.", "quiet") for note in (response.simulation.notes if response else ())]
    notes += _sure(response, pathway)
    screen = Screen(width, colour=False)
    for most in FLIPS:
        below = [text(""), *_short_flips(result, width, most, response, cell), *notes]
        room = lines - len(screen.lines(Block([*above, text(""), *below])))
        if room > LEAST:
            break
    tree = short_tree(result, pathway, cell, width, response=response, lines=max(room, LEAST + 1))
    drawn = screen.lines(Block(tree))
    if len(drawn) < room and not drawn[-1].endswith(CUT):  # which says of -v, too
        below.append(text("-v shows the whole tree with its rules.", "quiet"))
    return Block([*above, text(""), *tree, *below])


def _sure(response: Response | None, pathway: Pathway) -> list[RenderableType]:
    """How often such an answer was right, in a line; nothing of one cell in on and off."""
    said = how_sure_of(response, pathway) if response is not None else ""
    return [text(said, "quiet")] if said else []


def _shares(result: Explanation, pathway: Pathway, response: Response, said: str, width: int) -> list[RenderableType]:
    """How many cells have it, and the chain to it."""
    value, outcome = response.simulation.readouts[result.species], response.outcomes[0]
    share = _share(result, response)
    head = text(f"{said}: ").append_text(text(result.species, "name")).append(f" is on in {percent(share)} of cells")
    if outcome.word:
        other = f"{percent(value.before)} {'in a normal cell' if response.against_normal else 'before'}"
        if result.time == "before":
            other = f"{percent(value.late)} late"
        head.append(f", {result.time} ({other}): it ").append_text(
            text("is kept" if outcome.held_by else outcome.told, word_style(outcome))
        )
        if outcome.held_by:
            too = [f", without {name} it would {would}" for name, would in outcome.held_too]
            head.append(f"; without {outcome.held_by} it would {_would(outcome.chain)}{''.join(too)}")
    parts: list[RenderableType] = [Line(head.append("."))]
    if outcome.chain:
        chain = chain_words(outcome.chain)
        lines = [[("  ", ""), *chain]] if wide(chain) + 2 <= width else indented(chain, width)
        parts += map(Line, lines)
        keys = list(dict.fromkeys(key for edge in outcome.chain for key in edge.evidence))
        more = f" and {len(keys) - REFERENCES} more (-v)" if len(keys) > REFERENCES else ""
        keys = [cited_key(pathway, key) for key in keys[:REFERENCES]]
        ways = f"; {WAYS}" if has_ways(outcome.chain) else ""
        told = f"({', '.join(keys) or 'no evidence given'}{more}{ways})"
        parts += map(Line, at_commas([(f"  {told}", "quiet")], width))
    return parts


def _would(chain: Sequence[Edge]) -> str:
    """Where a readout would go without the alteration that keeps it by this *chain*."""
    return ("fall" if prod(edge.sign for edge in chain) > 0 else "rise") if chain else "move"


def short_tree(
    result: Explanation,
    pathway: Pathway,
    cell: Mapping[str, int] | None,
    width: int,
    *,
    response: Response | None = None,
    lines: int = TREE,
) -> list[RenderableType]:
    """The first lines of the tree, cause below effect and set in, under what it is of; *lines* in all.

    What is off anyway shares a line.
    """
    head: list[RenderableType] = [Line([(_tree_of(result, pathway, response, cell), "heading")])]
    room = lines - len(Screen(width, colour=False).lines(head[0]))
    tree = tree_lines(result.reason, most=max(room, 1), width=width, reached=_reached(result, pathway), pathway=pathway)
    return [*head, *(Line([(line, "")]) for line in tree)]


def _tree_of(result: Explanation, pathway: Pathway, response: Response | None, cell: Mapping[str, int] | None) -> str:
    """Of which cells the tree is, where the share and the chain above it are of all."""
    state = result.reason.value
    if cell is None and state not in (0, 1):
        told = f"one cell, followed step by step, in which {result.species} goes on and off in turn:"
        return f"Above, all cells. Below, {told}" if response is not None else f"Why, in {told}"
    if response is None:
        usual = f"in the usual cell in which it is {value(state).plain}{_kind_of_cell(result, pathway, cell or {})}"
        return f"Why, {'in one cell' if cell is None else usual}:"
    share = _share(result, response) if state else 1 - _share(result, response)
    if cell is None:
        told = f"In the usual kinds of cell {result.species} goes on and off in turn (a loop)."
        return f"{told} Below, a cell in which it stays {value(state).plain}:"
    if _apart(result, response, cell):
        return f"Above, all cells. Below, one cell, followed step by step, in which it is {value(state).plain}:"
    usual = "the usual one" if share == 1 else "the usual one of them"
    cells = "all cells" if share == 1 else f"{percent(share)} of cells"
    return f"Why it is {value(state).plain} in {cells}, in {usual}{_kind_of_cell(result, pathway, cell or {})}:"


def _apart(result: Explanation, response: Response | None, cell: Mapping[str, int] | None) -> bool:
    """Whether the tree is of one cell that stands for none of those that were drawn."""
    if response is None:
        return False
    share = _share(result, response)
    return cell is None or not (share if result.reason.value else 1 - share)


def _unlike(result: Explanation, response: Response | None, changes: Contrary) -> str:
    """That without its one drug the one cell is as most cells are not, in words; empty where it is as they are."""
    drugs = result.scenario.drugs
    if response is None or response.against_normal or result.time == "before" or len(drugs) != 1:
        return ""
    before, (drug, _) = response.simulation.readouts[result.species].before, drugs[0]
    if result.scenario.clamps or ((drug, 0),) not in changes.sets or (before > 0.5) == bool(changes.value):
        return ""
    here, there = ("on", "off") if changes.value else ("off", "on")
    share = percent(before if before > 0.5 else 1 - before)
    return f"not told here, for without {drug} that cell has it {here}, and {share} of cells {there} (-v)."


def _share(result: Explanation, response: Response) -> float:
    """In which share of the cells it is on."""
    each = response.simulation.readouts[result.species]
    return {"before": each.before, "early": each.early, "late": each.late}[result.time]


def _reached(result: Explanation, pathway: Pathway) -> Callable[[Edge], float]:
    """In which share of the cells an action happens: the dose of its drug, times its efficacy or that of its owner."""
    doses = dict(result.scenario.drugs)
    owners: dict[str, Drug | Alteration] = {**pathway.alterations, **pathway.drugs}

    def share(edge: Edge) -> float:
        own = edge.efficacy if edge.efficacy is not None else getattr(owners.get(edge.source), "efficacy", 1.0)
        return doses.get(edge.source, 1.0) * own

    return share


def _kind_of_cell(result: Explanation, pathway: Pathway, cell: Mapping[str, int]) -> str:
    """What of the differences between cells the tree rests on, each that is no molecule with what it stands for."""
    named = {reason.species for reason in result.reason.within()}
    named -= {name for name, _ in result.scenario.drugs} | set(result.scenario.alterations)
    of = {name: f"{name}{_gloss(pathway, name)}" for name in cell if name in named}
    told = [f"{words} {'on' if cell[name] else 'off'}" for name, words in of.items()]
    return f" ({', '.join(told)})" if told else ""


def _gloss(pathway: Pathway, name: str) -> str:
    """What a species that is no molecule stands for, in the words of its file."""
    species = pathway.species.get(name)
    told = species.name if species is not None and species.kind == "context" else ""
    return f" ({told})" if told and told != name else ""


def tree_lines(
    root: Reason,
    *,
    most: int,
    width: int,
    reached: Callable[[Edge], float] = lambda edge: 1.0,
    pathway: Pathway | None = None,
) -> list[str]:
    """The tree as plain lines, `most` at most, each cause below its effect and set in by two columns.

    *reached* says in which share of the cells an action of a drug or an alteration happens.
    """
    lines: list[str] = []
    waiting: list[tuple[int, str]] = []
    stack: list[tuple[int, Reason | str, Reason | None]] = [(0, root, None)]
    while stack:
        depth, reason, above = stack.pop()
        if isinstance(reason, str):
            waiting.append((depth, reason))
        else:
            waiting.append((depth, _short(reason, above, reached, pathway)))
            plain = [each for each in reason.because if each.kind in ("input", "again", "constant") and not each.value]
            rest = [each for each in reason.because if each not in plain]
            if plain:
                stack.append((depth + 1, f"{listed([each.species for each in plain])} off", reason))
            stack += [(depth + 1, each, reason) for each in reversed(rest)]
    for place, (depth, words) in enumerate(waiting):
        margin = "  " * min(depth + 1, max(width // 4, 1))
        line = margin + words
        if len(line) > width:
            line = line.split("  (")[0] if len(line.split("  (")[0]) > len(margin) else line
        part = _wrapped(line, width, f"{margin}    ")
        left = len(waiting) - place
        if len(lines) + len(part) + (left > 1) > most:
            return [*lines, f"  and {left} more line{'s' if left > 1 else ''}{CUT}"]
        lines += part
    return lines


def _wrapped(line: str, width: int, further: str) -> list[str]:
    """A line of the tree, broken before an arrow, or between words where that is not enough."""
    lines: list[str] = []
    for part in map(plain, at_arrows([(line, "")], max(width, 20), further=further)):
        lines += wrap(
            part, max(width, 20), subsequent_indent=further, break_long_words=False, break_on_hyphens=False
        )  # fmt: skip
    return lines or [line]


def _short(reason: Reason, above: Reason | None, reached: Callable[[Edge], float], pathway: Pathway | None) -> str:
    """One reason in one line: its value, and by which edge it acts on the one above."""
    words = f"{reason.species} {value(reason.value).plain}"
    if above is None:
        words += _by_parts(reason, gist=True)
    if reason.kind == "loop":
        return f"{words}, a loop: {' <- '.join((*reason.loop, reason.species))}"
    edges = [edge for edge in above.edges if edge.source == reason.species] if above is not None else []
    share = 1.0
    if reason.kind in ("drug", "alteration"):  # of several ways to act, the one that does so in most cells
        edges = sorted(edges, key=reached, reverse=True)
        share = reached(edges[0]) if edges else 1.0
    if reason.kind in GIVEN and reason.kind not in ("throughout", "again"):
        part = f", which does this in {percent(share)} of cells" if share < 1 else ""
        words += f" ({SHORTLY.get(reason.kind, reason.kind)}{part})"
    if reason.kind == "again":
        words += " (as above or below)"
    for edge in edges[:1]:
        (arrow, _), target = acting(edge, pathway)
        words += f"  {arrow} {target}"
        words += f"  ({edge.mechanism})" if edge.mechanism else ""
    return words


def _by_parts(reason: Reason, *, gist: bool = False) -> str:
    """By which named parts of its rule it is so: `, through bim_alone`; with the *gist* of what that means, if one.

    Those that are on are what does it; where none is, those that are off are what it lacks.
    """
    on = [part for part, found in reason.parts if found]
    parts = on or [part for part, _ in reason.parts]
    if not parts:
        return ""
    told = f", {'through' if on else 'without'} {listed([part.name for part in parts])}"
    note = re.sub(r" \([^()]*\)", "", parts[0].note) if gist and len(parts) == 1 else ""
    return f"{told}: {re.split(r'[;:]|[.](?: |$)', note)[0]}" if note else told


def _nothing(result: Explanation) -> str:
    """That there is nothing to try on the species, for what acts on it may be the species itself alone."""
    itself = any(each.species == result.species for each in result.reason.because)
    return "Nothing but itself acts on it" if itself else "Nothing acts on it"


def _short_flips(
    result: Explanation, width: int, most: int, response: Response | None, cell: Mapping[str, int] | None
) -> list[RenderableType]:
    """What would flip it, in a line or two, and of which cell that is, where the shares are of all."""
    apart = _apart(result, response, cell)
    what = "In that cell, what" if apart else "In the usual cell, what" if response is not None and cell else "What"
    told: list[str] = []
    nothing = _nothing(result).lower()
    for changes in result.from_species:
        does = "flip it" if len(result.from_species) == 1 else f"keep it {'on' if changes.value else 'off'}"
        later = next((each for each in result.from_treatment if each.value == changes.value), None)
        if apart and (unlike := _unlike(result, response, changes)):
            told.append(f"What would {does}: {unlike}")
            continue
        if changes.sets:
            sets = [" and ".join(f"{name} {'on' if on else 'off'}" for name, on in each) for each in changes.sets]
            more = f", and {len(sets) - most} more (-v)" if len(sets) > most else ""
            told.append(f"{what} would {does}: {'; '.join(sets[:most])}{more}.")
        elif not changes.tried:
            told.append(f"{what} would {does}: {nothing} here.")
        else:
            told.append(f"{what} would {does}: {_none(changes)}")
        if later is not None and later.sets:
            sets = [f"{name} {'on' if on else 'off'}" for ((name, on),) in later.sets[:most]]
            more = f", and {len(later.sets) - most} more" if len(later.sets) > most else ""
            told.append(f"Also, if held as it is from when the treatment begins: {'; '.join(sets)}{more}.")
    return [Line(line) for each in told for line in at_commas([(each, "")], width, further="")]


def whole(
    result: Explanation,
    pathway: Pathway,
    response: Response | None,
    cell: Mapping[str, int] | None,
    *,
    verdict: Verdict | None = None,
    width: int = 80,
) -> RenderableType:
    """The share and the chain, then the whole tree with its rules, and all that would flip the species."""
    from rich.console import Group

    head: list[RenderableType] = [where(pathway, result.scenario)]
    if response is not None:
        head += _shares(result, pathway, response, asked_words(result.scenario, pathway), width)
    head += [] if verdict is None else [text(verdict_words(verdict))]
    if response is not None:
        head.append(Line([(_tree_of(result, pathway, response, cell), "heading")]))
    return stacked(
        Group(*head), explanation(result, pathway, apart=_apart(result, response, cell)), *_sure(response, pathway)
    )


def brief(
    result: Explanation, response: Response | None, pathway: Pathway, cell: Mapping[str, int] | None
) -> dict[str, Any]:
    """The answer in a few lines of JSON; shares are of all cells, and of which cell the rest is, is said."""
    data: dict[str, Any] = {
        "scenario": {key: each for key, each in scenario_data(result.scenario).items() if each},
        "species": result.species,
        "time": result.time,
    }
    if response is not None:
        each, outcome = response.simulation.readouts[result.species], response.outcomes[0]
        data |= {
            "share": {"before": round(each.before, 3), "early": round(each.early, 3), "late": round(each.late, 3)},
            "change": outcome.word,
            "slightly": outcome.slightly,
            "why": chain_text(outcome.chain),
            "held_by": outcome.held_by,
            "how_sure": how_sure_of(response, pathway),
        }
    data["tree_of"] = _tree_of(result, pathway, response, cell).rstrip(":")
    data["tree"] = tree_lines(result.reason, most=15, width=100)
    if response is not None:
        data["flips_of"] = "the cell of the tree alone; simulate with -s NAME=0|1 counts in how many cells one does it"
    data["flips"] = [dict(each) for changes in result.from_species for each in changes.sets[: FLIPS[0]]]
    return data


def explanation(result: Explanation, pathway: Pathway | None = None, *, apart: bool = False) -> RenderableType:
    """The reason tree, then the smallest changes that would flip the species; *apart*: in a cell unlike all drawn."""
    cell = ", in that cell" if apart else ""
    when = WHEN[result.time] if result.scenario.drugs or result.scenario.clamps else "once the tumour has settled"
    root = _node(result.reason, when, pathway)
    return stacked(
        told(result.scenario),
        Cascade(
            heading=root.words,
            nodes=root.children,
            words=attrgetter("words"),
            children=attrgetter("children"),
            name=attrgetter("name"),
        ),
        *_flips(result.from_inputs, OF_GIVEN + cell, "None of these acts on it in this scenario."),
        *_flips(result.from_species, OF_ANY + cell, f"{_nothing(result)} in this scenario."),
    )


def _node(root: Reason, when: str, pathway: Pathway | None) -> Node:
    """The reasons as nodes, without recursion: a chain may be as long as the network."""
    top = Node(name=root.species, words=_words(root, (), when))
    waiting = [(root, top)]
    while waiting:
        reason, node = waiting.pop()
        edges: dict[str, list[Edge]] = {}
        for edge in reason.edges:
            edges.setdefault(edge.source, []).append(edge)
        for cause in reason.because:
            below = Node(name=cause.species, words=_words(cause, edges.get(cause.species, ()), pathway=pathway))
            node.children.append(below)
            waiting.append((cause, below))
    return top


def _words(reason: Reason, edges: Sequence[Edge], when: str = "", pathway: Pathway | None = None) -> Text:
    """A species with its value, by which edge it acts on the one above, and the rule where it has its own."""
    words = text(reason.species, "name").append(" ").append_text(value(reason.value))
    words.append_text(text(f", {when}" if when else "")).append_text(text(_by_parts(reason)))
    if reason.kind == "loop":
        how = "sustains itself" if reason.value in (0, 1) else "keeps changing"
        words.append_text(text(f"  a loop that {how}: {' <- '.join((*reason.loop, reason.species))}", "status"))
    elif told := kind(reason):
        words.append_text(text(f"  {told}", "quiet"))
    for edge in edges:
        sign, target = acting(edge, pathway)
        words.append_text(text(f"  {number(edge)}", "step")).append_text(text(*sign))
        words.append_text(text(f" {target} {edge.mechanism}".rstrip())).append_text(marks(edge))
    if reason.note or reason.evidence:
        words.append_text(text(f"  rule: {reason.rule}. {reason.note}"))
        words.append_text(text(f"  ({', '.join(reason.evidence)})" if reason.evidence else "", "quiet"))
    if not reason.smallest:
        words.append_text(text("  (a smaller reason may exist)", "quiet"))
    return words


def value(share: float) -> Text:
    """`on`, `off`, or the share of the time."""
    if share in (0, 1):
        return text("on" if share else "off", "on" if share else "off")
    often = "less than 1%" if share < 0.005 else "more than 99%" if share > 0.995 else f"{share:.0%}"
    return text(f"on {often} of the time", "status")


def kind(reason: Reason) -> str:
    """What is to be said of the kind of reason; empty where `because` says it."""
    if reason.kind == "constant":
        return f"its rule is always {'on' if reason.value else 'off'} in this scenario"
    if reason.kind == "slow" and reason.because:
        return "slow: its rule changes faster than it can follow"
    return GIVEN.get(reason.kind, "")


def _flips(answers: Sequence[Contrary], among: str, nothing: str) -> Iterator[RenderableType]:
    """The smallest changes after which the species keeps a value, or that there are none."""
    if not answers[0].tried:
        does = "flip it" if len(answers) == 1 else "keep it on or off"
        yield Lines(title=text(f"What would {does}, {among}", "heading"), lines=[text(nothing)])
        return
    for changes in answers:
        does = "flip it" if len(answers) == 1 else f"keep it {'on' if changes.value else 'off'}"
        told = [" and ".join(f"{name} {'on' if on else 'off'}" for name, on in each) for each in changes.sets[:SHOWN]]
        lines = [text(each) for each in told]
        if len(changes.sets) > SHOWN:
            lines.append(text(f"and {len(changes.sets) - SHOWN} more of this size (--json has them all)", "quiet"))
        indents = [2] * len(lines)
        if not lines:
            lines, indents = [text(_none(changes))], [0]
        if changes.unsearched:
            lines.append(text(f"{changes.unsearched:,} sets ran too long to be followed to their end.", "quiet"))
            indents.append(0)
        yield Lines(title=text(f"What would {does}, {among}", "heading"), lines=lines, indents=indents)


def _none(changes: Contrary) -> str:
    """That nothing was found, and among what."""
    count = len(changes.tried)
    if not changes.size:
        return f"Not searched: {count:,} species are too many."
    named = f": {', '.join(changes.tried)}" if count <= SHOWN else ""
    if changes.unsearched:
        return f"No set of up to {changes.size} among {count:,} species is known to{named}."
    if count == 1:
        return (
            f"Nothing that was tried: only {changes.tried[0]} acts on it, and holding that at its other value does not."
        )
    alone = "No single one" if changes.size == 1 else f"No set of up to {changes.size}"
    return f"{alone} of {count:,} species does, held at its other value{named}."


def explanation_table(result: Explanation) -> Table:
    """One row a reason, for CSV and TSV."""
    rows = []
    waiting = [(result.reason, 0, "")]
    while waiting:
        reason, depth, above = waiting.pop()
        keys = tuple(dict.fromkeys(key for edge in reason.edges for key in edge.evidence))
        rows.append((reason.species, reason.value, reason.kind, depth, above, reason.rule, keys))
        waiting.extend((cause, depth + 1, reason.species) for cause in reversed(reason.because))
    return Table(columns=("species", "value", "kind", "depth", "because_of", "rule", "evidence"), rows=tuple(rows))


def explanation_data(
    result: Explanation, response: Response | None = None, cell: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """The same tree for JSON, in a cell of which `cell` says what chance decides; `share` is that of all cells."""
    shares: dict[str, Any] | None = None
    if response is not None:
        each, outcome = response.simulation.readouts[result.species], response.outcomes[0]
        shares = {"before": each.before, "early": each.early, "late": each.late}
        shares |= {"change": outcome.word or None, "slightly": outcome.slightly or None}
        shares |= {"why": chain_text(outcome.chain), "held_by": outcome.held_by or None}
    agents = {*result.scenario.alterations, *(name for name, _ in result.scenario.drugs)}
    return {
        "share": shares,
        "cell": {name: on for name, on in (cell or {}).items() if "[" not in name and name not in agents},
        "scenario": scenario_data(result.scenario),
        "species": result.species,
        "time": result.time,
        "value": result.value,
        "reason": reason_data(result.reason),
        "from_treatment": [_sets(each) | {"value": each.value} for each in result.from_treatment],
        "flips": _contraries(result, 1 - result.value) if result.value in (0, 1) else {"given": None, "any": None},
        "steady": None if result.value in (0, 1) else {"on": _contraries(result, 1), "off": _contraries(result, 0)},
    }


def reason_data(root: Reason) -> dict[str, Any]:
    """A reason with the reasons below it."""
    top = _bare(root)
    waiting = [(root, top)]
    while waiting:
        reason, data = waiting.pop()
        for cause in reason.because:
            below = _bare(cause)
            data["because"].append(below)
            waiting.append((cause, below))
    return top


def _bare(reason: Reason) -> dict[str, Any]:
    return {
        "species": reason.species,
        "value": reason.value,
        "kind": reason.kind,
        "rule": reason.rule,
        "note": reason.note,
        "evidence": list(reason.evidence),
        "parts": {part.name: found for part, found in reason.parts},
        "smallest": reason.smallest,
        "loop": list(reason.loop),
        "edges": [thing(edge) for edge in reason.edges],
        "because": [],
    }


def _contraries(result: Explanation, value: float) -> dict[str, Any]:
    """What would keep the species at *value*."""
    lists = {"given": result.from_inputs, "any": result.from_species}
    return {name: _sets(changes) for name, each in lists.items() for changes in each if changes.value == value}


def _sets(changes: Contrary) -> dict[str, Any]:
    return {
        "size": changes.size,
        "candidates": changes.candidates,
        "tried": list(changes.tried),
        "unsearched": changes.unsearched,
        "sets": [dict(each) for each in changes.sets],
    }
