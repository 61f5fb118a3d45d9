"""What a treatment does, on one screen: the network, each readout before and after, and the chain that moves it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from math import prod
from typing import TYPE_CHECKING, Any, TypeVar

from her2cli.errors import listed
from her2cli.logic.questions.responses import SEVERAL, Idle, Lack, Outcome, Response
from her2cli.logic.questions.shares import Readout, chance, noticeable, slight
from her2cli.model import Agreement, Edge, Pathway, Scenario
from her2cli.render.console import SCREEN, Block, Line, Piece, Screen, at_arrows, at_commas, plain, wide, width_of
from her2cli.render.edges import acting, cited_key, weakness
from her2cli.render.runs import asked_words, normal_words, scenario_data, where
from her2cli.render.tables import Cell, Table

if TYPE_CHECKING:
    from rich.console import RenderableType

_Each = TypeVar("_Each")

WORD_STYLES = {"falls": "off", "rises": "on", "returns": "status", "stays": "quiet"}
ROOMY = 60  # columns of a screen that has room between numbers
SHOWN, FEWER = 8, 2  # references of all chains together, and where the screen is full; -v has each with its edge
MANY, MOVED = 40, 16  # readouts of a network, beyond which only so many are shown: those that moved most
UNMOVED = 3  # species that are named where no readout moves
FEW = 10  # experiments, below which an agreement says too little
_OF = {"change": "these changes", "unchanged": "these", "slight": "these", "steady": "these"}
_ANSWERS = {
    "change": "changes that it foretold",
    "unchanged": "times that it foretold none",
    "slight": 'times that it said "a little"',
    "steady": 'times that it said "stays"',
}


def response(
    result: Response,
    pathway: Pathway,
    *,
    verbose: bool = False,
    contrary: Sequence[tuple[str, str]] = (),
    width: int = 80,
) -> RenderableType:
    """The whole answer: readouts with their chains, then one line for each thing more that a reader should know."""
    simulation = result.simulation
    head = [where(pathway, simulation.scenario), *map(_line, in_sentences(_asked(result, pathway), width)), _line("")]
    rows = _rows(result, verbose=verbose, width=width)
    shown, cells = _shortened(result.outcomes).values(), simulation.replicates
    notes = [_line(each) for each in remarks(result, pathway)]
    if contrary:
        notes.append(contrary_line(contrary))
    if sure := _sure(result, pathway):
        notes.append(_line(sure, "quiet"))

    def below(references: int, *, silent: bool, ruled: bool = True) -> list[Line]:
        """What stands below the rows, with so many references, and whether the ways of some rows are left out."""
        more: list[Line] = []
        if not verbose and (known := _references(result.outcomes, pathway, references)):
            more += map(Line, at_commas([(f"Evidence: {known}", "quiet")], width, further=""))
        words = [WAYS] if any(map(has_ways, shown)) and not verbose else []
        if ruled and cells and any(each.word for each in result.outcomes):
            words.append(rulers(cells))
        if holders := {each.held_by for each in result.outcomes if each.held_by}:
            which = holders.pop() if len(holders) == 1 else "the alteration that is named"
            kept = f"would move without {which} (-v: how)" if silent else f"it would move without {which}"
            words.append(f"kept: {kept}; stays: nothing moves it")
        more += [_line(f"{'; '.join(words)}.", "quiet")] if words else []
        return [_line(""), *more, *notes] if more or notes else []

    found = [*head, *chain.from_iterable(rows.values()), *below(SHOWN, silent=False)]
    if verbose or width < ROOMY:  # a narrow screen is scrolled anyway
        return Block(found)
    screen = Screen(width, colour=False)
    silent, ruled = False, True
    for each in (
        "references",
        "a blank line",
        "rulers",
        *_spared(result, rows),
    ):  # what is left out, one after the other
        if len(screen.lines(Block(found))) <= SCREEN:
            break
        if isinstance(each, Outcome):
            rows[each.readout] = rows[each.readout][:1]
            silent |= bool(each.held_by)
        elif each == "a blank line":
            head.pop()
        ruled &= each != "rulers"
        found = [*head, *chain.from_iterable(rows.values()), *below(FEWER, silent=silent, ruled=ruled)]
    return Block(found)


def word_style(outcome: Outcome) -> str:
    """The style of what becomes of a readout."""
    return WORD_STYLES[outcome.slightly or outcome.word]


def _spared(result: Response, shown: Mapping[str, Sequence[Line]]) -> list[Outcome]:
    """The *shown* readouts that move a little or not at all, in the order in which a screen does without their ways.

    First those that move, last those from which the ways of others begin.
    """
    told = (each for each in reversed(result.outcomes) if each.held_by or each.slightly)
    below = [each for each in told if len(shown.get(each.readout, ())) > 1]
    begun = {each[0].source for each in _shortened(result.outcomes).values() if each}
    return sorted(below, key=lambda each: (each.readout in begun, bool(each.held_by)))


def _line(words: str, style: str = "") -> Line:
    return Line([(words, style)])


def contrary_line(contrary: Sequence[tuple[str, str]]) -> Line:
    """What the article's pathway says of readouts to the contrary, in one line."""
    told = ", ".join(f"{name} {word}" for name, word in contrary)
    return _line(f"The article's pathway says the contrary: {told} (-p article).", "status")


def _asked(result: Response, pathway: Pathway) -> list[str]:
    simulation = result.simulation
    said = asked_words(simulation.scenario, pathway)
    if result.against_normal:
        normal = normal_words(pathway)
        said += f", beside {normal[0].lower()}{normal[1:]}"
    cells = simulation.replicates or 0
    return [f"{said}.", *([f"On in % of {cells:,} cells, {by_chance(cells)}:"] if cells else [])]


def in_sentences(sentences: Iterable[str], width: int) -> list[str]:
    """*sentences* on as few lines as they whole fit on, so that none breaks off before its figure."""
    lines: list[str] = []
    for each in sentences:
        if lines and width_of(lines[-1]) + 1 + width_of(each) <= width:
            lines[-1] += f" {each}"
        else:
            lines.append(each)
    return lines


def _rows(result: Response, *, verbose: bool, width: int) -> dict[str, list[Line]]:
    """By readout its row and, below it, its way where that does not fit beside; the heads under no name."""
    simulation = result.simulation
    outcomes = result.outcomes if verbose else _telling(result.outcomes, simulation.readouts)
    names = max((len(each.readout) for each in outcomes), default=0)
    narrow = width < ROOMY  # has no room for "a little" in the row
    said = 7 if narrow else max((7, *(len(each.told) for each in outcomes)))
    compared = any(each.word for each in result.outcomes)
    if not compared:
        heads: tuple[str, ...] = ("late",)
    else:
        heads = ("normal", "here") if result.against_normal else ("before", "early", "late")
    room = 6 if narrow else 8
    rows = {"": [_line(" " * names + "".join(f"{head:>{room}}" for head in heads), "quiet")]}
    chains = _shortened(outcomes)
    holders = {each.held_by for each in outcomes if each.held_by}
    for each in outcomes:
        value = simulation.readouts[each.readout]
        values = {"before": value.before, "normal": value.before, "early": value.early}
        written = tenths if each.word and _near(value, simulation.replicates) else percent
        shares = "".join(f"{written(values.get(head, value.late)):>{room}}" for head in heads)
        row = [(f"{each.readout:<{names}}", "name"), (shares, "")]
        if each.word:
            word = each.slightly if narrow and each.slightly else each.told
            row.append((f"  {word:<{said}}", word_style(each)))
        little: list[Piece] = [("  ", ""), ("a little", "quiet")] if narrow and each.slightly else []
        chain = chains[each.readout]
        if verbose or not chain:
            edges = each.chain if verbose else ()
            told = [_line(line) for edge in edges for line in hanging(_edge_line(edge), width)]
            rows[each.readout] = [Line(row), *([Line(little)] if little else []), *told]
            continue
        words = [*little[1:], (": ", ""), *chain_words(chain)] if little else chain_words(chain)
        shown = next((other for other in outcomes if other.readout == chain[0].source), None)
        shared = shown is not None and shown.held_by == each.held_by and len(holders) == 1
        if each.held_by not in (chain[0].source, "") and not shared:
            words = [(each.held_by, "drug"), (" ... ", ""), *words]  # no row above or below tells the way from there
        elif each.held_by != chain[0].source and each.held_by:
            up = prod(edge.sign for edge in each.chain[: -len(chain)]) > 0
            words = [words[0], (f" kept {'high' if up else 'low'}", ""), *words[1:]]
        if wide(row) + 2 + wide(words) <= width:
            rows[each.readout] = [Line([*row, ("  ", ""), *words])]
        else:
            rows[each.readout] = [Line(row), *map(Line, indented(words, width))]
    if left := len(result.outcomes) - len(outcomes):
        most = "that moved most" if compared else "nearest to half of the cells"
        rows["of many"] = [
            _line(f"The {len(outcomes)} readouts {most}, of {left + len(outcomes)}; -v shows all.", "status")
        ]
    return rows


def _telling(outcomes: Sequence[Outcome], shares: Mapping[str, Readout]) -> Sequence[Outcome]:
    """The *outcomes*, or of many those that moved most, and where nothing is compared, nearest to half of the cells."""

    def moved(each: Outcome) -> float:
        share = shares[each.readout]
        if not each.word:
            return -abs(share.late - 0.5)
        return max(abs(share.late - share.before), abs(share.early - share.before))

    return most_moved(outcomes, moved)


def most_moved(readouts: Sequence[_Each], moved: Callable[[_Each], float]) -> Sequence[_Each]:
    """The *readouts*, or of many those that *moved* most, in the order in which they stand."""
    if len(readouts) <= MANY:
        return readouts
    places = sorted(range(len(readouts)), key=lambda place: moved(readouts[place]), reverse=True)
    return [readouts[place] for place in sorted(places[:MOVED])]


def indented(words: Sequence[Piece], width: int) -> list[list[Piece]]:
    """*words* below their row, broken before an arrow where they are too long."""
    return at_arrows([("  ", ""), *words], width)


def hanging(words: str, width: int) -> list[str]:
    """*words* set in by two columns, and what does not fit on the first line by three."""
    from textwrap import wrap

    return wrap(
        words,
        max(width, 20),
        initial_indent="  ",
        subsequent_indent="   ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _shortened(outcomes: Iterable[Outcome]) -> dict[str, tuple[Edge, ...]]:
    """The chain of each readout, from the last readout on it that has a chain of its own and moves."""
    moving = {each.readout: each for each in outcomes}
    found = {}
    for each in moving.values():
        chain = each.chain
        for place in range(len(chain) - 1, 0, -1):
            other = moving.get(chain[place].source)
            if other is not None and other.chain and (other.told, other.held_by) == (each.told, each.held_by):
                chain = chain[place:]
                break
        else:
            for place in range(len(chain) - 1, 0, -1):
                other = moving.get(chain[place].source)
                if other is not None and other.chain and other.moves == each.moves:
                    chain = chain[place:]
                    break
        found[each.readout] = chain
    return found


def chain_words(chain: Sequence[Edge]) -> list[Piece]:
    """A chain in one line: `trastuzumab -| HER2_HER3 -> PI3K -> AKT`."""
    words = [(chain[0].source if chain else "", "drug")]
    for edge in chain:
        sign, end = acting(edge)
        words += [(" ", ""), ("...", "") if edge.mechanism == SEVERAL else sign, (" ", ""), (end, "")]
    return words


WAYS = "...: by several ways, none needed alone"


def has_ways(chain: Sequence[Edge]) -> bool:
    """Whether a chain has an edge that stands for several ways."""
    return any(edge.mechanism == SEVERAL for edge in chain)


def chain_text(chain: Sequence[Edge]) -> str:
    """The same without style."""
    return plain(chain_words(chain))


def _edge_line(edge: Edge) -> str:
    if edge.mechanism == SEVERAL:
        return f"{edge.source} ... {edge.target}  {SEVERAL}"
    (arrow, _), end = acting(edge)
    told = f"{edge.source} {arrow} {end}"
    told += f"  {edge.mechanism}" if edge.mechanism else ""
    return f"{told}  ({', '.join(edge.evidence) or 'no evidence given'})"


def _references(outcomes: Iterable[Outcome], pathway: Pathway, count: int = SHOWN) -> str:
    keys = list(dict.fromkeys(key for each in outcomes for edge in each.chain for key in edge.evidence))
    # What rests on no experiment stands last, and says so.
    keys.sort(key=lambda key: bool(weakness(pathway, key)))
    return ", ".join(cited_key(pathway, key) for key in keys[:count]) + (
        f" and {len(keys) - count} more; -v says which for what." if keys[count:] else ""
    )


def _inputs_off(pathway: Pathway, result: Response) -> list[str]:
    """That the inputs of a network file are off, where they are: it knows no tumours, and nothing sets them."""
    scenario, values = result.simulation.scenario, result.simulation.values
    if pathway.alterations or scenario.inputs is not None:
        return []
    ends = [name for name in pathway.species if all(edge.source == name for edge in pathway.edges_into(name))]
    off = [name for name in ends if name in values and not values[name].late and name not in dict(scenario.clamps)]
    if not off:
        return []
    named = ", ".join(off[:SHOWN]) + (f" and {len(off) - SHOWN} more" if off[SHOWN:] else "")
    return [f"Off, as nothing sets them: {named}. -s {off[0]}=1 turns one on, --inputs 1 all."]


def tenths(share: float) -> str:
    """A share of the cells in thousandths: `8.4%`."""
    return f"{100 * share:.1f}%"


def percent(share: float) -> str:
    """A share of the cells in hundredths: `35%`; what is not quite none or all is told apart from these."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 < share < 1 else f"{share:.0%}"


def remarks(result: Response, pathway: Pathway) -> list[str]:
    """One line each: drugs that change nothing, and the notes of the simulation."""
    idle = [idle_words(each) for each in result.idle] or _unmoved(result, pathway)
    idle += _inputs_off(pathway, result)
    return [*idle, *(f"Note: {note}." for note in result.simulation.notes)]


def _unmoved(result: Response, pathway: Pathway) -> list[str]:
    """That no readout moves though what was given acts, and where that is seen most."""
    simulation, given = result.simulation, [name for name, _ in result.simulation.scenario.drugs]
    if not given or result.against_normal or any(each.moves or each.held_by for each in result.outcomes):
        return []

    def moved(name: str) -> float:
        value = simulation.values[name]
        return max(abs(value.early - value.before), abs(value.late - value.before))

    actions = (edge for name in given for edge in pathway.actions(name))
    targets = dict.fromkeys(edge.blocks[1] if edge.blocks else edge.target for edge in actions)
    names = [name for name in targets if name in simulation.values and name not in simulation.readouts]
    most = [name for name in sorted(names, key=moved, reverse=True)[:UNMOVED] if moved(name) > simulation.least]
    if not most:
        return []
    acts, of = ("acts", "it acts on") if len(given) == 1 else ("act", "they act on")
    return [f"No readout moves, though {listed(given)} {acts}: what moves most of what {of} is {listed(most)}."]


def idle_words(idle: Idle) -> str:
    """That a drug changes nothing, and what each of its actions would need; or that too few cells get it."""
    if idle.reaches < 1:
        return f"{idle.drug} reaches {percent(idle.reaches)} of the cells, too few to see what it does there."
    needs: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    prevented: dict[tuple[str, ...], list[str]] = {}
    still: dict[str, list[str]] = {"off": [], "on": []}
    able: dict[str, tuple[str, ...]] = {}
    for lack in _least(idle.lacks):
        where = lack.edge.target
        if lack.needs:
            needs.setdefault((lack.needs, lack.prevented_by), []).append(where)
        elif lack.prevented_by:
            prevented.setdefault(lack.prevented_by, []).append(where)
        elif lack.without_object:
            still["off" if lack.edge.sign < 0 else "on"].append(where)
            able[where] = lack.turned_on_by
    wanted: dict[tuple[str, ...], list[str]] = {}  # by where it acts, each way in which it would
    for (what, barred), names in needs.items():
        way = listed(what) + (f" without {listed(barred)}" if barred else "")
        wanted.setdefault(tuple(_once(names)), []).append(way)
    reasons = [f"on {listed(names)} it would need {', or '.join(ways)}" for names, ways in wanted.items()]
    known = {name for names in needs.values() for name in names}
    reasons += [
        f"{listed(what)} {'keep' if what[1:] else 'keeps'} it from {listed(_once(names))}"
        for what, names in prevented.items()
        if not set(names) <= known
    ]
    for state, names in still.items():
        if rest := [name for name in _once(names) if name not in known]:
            turned = _once(name for each in rest for name in able.get(each, ())[:2])
            by = f", and on with {' or '.join(turned[:3])}" if turned else ""
            reasons.append(f"{listed(rest)} {'are' if rest[1:] else 'is'} {state} without it{by}")
    told = "; ".join(reasons) or "what it acts on is not at work where it could act"
    return f"{idle.drug} changes nothing here: {told}."


def _least(lacks: Sequence[Lack]) -> list[Lack]:
    """Without the actions that lack more than another one at the same place, which acts there as soon as less is so."""

    def lacked(lack: Lack) -> frozenset[tuple[str, bool]]:
        return frozenset([*((name, True) for name in lack.needs), *((name, False) for name in lack.prevented_by)])

    return [
        lack
        for lack in lacks
        if not any(each.edge.target == lack.edge.target and lacked(each) < lacked(lack) for each in lacks)
    ]


def by_chance(cells: int) -> str:
    """What chance may do to a share of so many *cells*, in hundredths."""
    error = 100 * chance(cells)
    return f"give or take {f'{error:.0f}' if error >= 1 else f'{error:.1f}'}"


def rulers(cells: int) -> str:
    """By how much what falls or rises does, and what does so a little, in hundredths of so many *cells*."""
    least, little = 100 * noticeable(cells), 100 * slight(cells)
    told = f"falls, rises: by more than {least:.3g} of 100 cells"
    return f"{told}; a little: by more than {little:.2g}" if little < least else told


def _near(value: Readout, cells: int | None) -> bool:
    """Whether shares without decimals would seem to differ by more than a ruler where they do not, or the reverse."""
    if not cells:
        return False
    shown = abs(round(100 * value.late) - round(100 * value.before)) / 100
    change = abs(value.late - value.before)
    return any((shown > ruler) != (change > ruler) for ruler in (slight(cells), noticeable(cells)))


def digits(share: float) -> str:
    """A share of the cells in hundredths, without the sign."""
    return percent(share).rstrip("%")


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _sure(result: Response, pathway: Pathway) -> str:
    """`how_sure` of the answer, which tells a little from nothing."""
    little = ["slight"] if any(each.slightly for each in result.outcomes) else []
    answers = ("change", "steady", *little) if _finely(pathway) else ("change", "unchanged")
    return how_sure(pathway, result.simulation.scenario, answers)


def how_sure_of(result: Response, pathway: Pathway) -> str:
    """`how_sure` of an answer of one readout: of what is said of that, and of nothing else."""
    outcome = result.outcomes[0]
    if not outcome.word:
        return ""
    finer = "slight" if outcome.slightly else "steady"
    answer = "change" if outcome.word != "stays" else finer if _finely(pathway) else "unchanged"
    return how_sure(pathway, result.simulation.scenario, (answer,))


def _finely(pathway: Pathway) -> bool:
    """Whether it is known of the same experiments how often "a little" was right, and how often nothing at all."""
    of = {each.answer: each.of for each in pathway.agreement.values() if not each.kind}
    return of.get("slight", 0) + of.get("steady", 0) == of.get("unchanged", 0)


def how_sure(pathway: Pathway, scenario: Scenario, answers: Sequence[str] = ("change", "unchanged")) -> str:
    """How often *answers* of this kind were right on experiments that the network was not fitted to."""
    if not scenario.context:
        return ""
    kinds = {pathway.drugs[name].kind for name, _ in scenario.drugs if name in pathway.drugs}
    known = [found for each in answers if (found := _agreement(pathway.agreement, each, kinds))]
    told = []
    for each in known:
        doubt = "only " if 2 * each.right < each.of else ""
        words = f"in {doubt}{each.right} of {each.of} {_ANSWERS[each.answer]}"
        if each is known[0] or each.kind != known[0].kind:
            words += _under(each) or (" under any drug" if each is not known[0] else "")
        told.append(words)
    return f"How sure: in blind tests it was right {listed(told)}.{_own(pathway, kinds, known)}" if told else ""


def _own(pathway: Pathway, kinds: Collection[str], known: Sequence[Agreement]) -> str:
    """How few experiments there were of the class of the drugs, where what is *known* of a change is of all drugs."""
    if len(kinds) != 1 or not known or known[0].kind:
        return ""
    (kind,) = kinds
    if not kind:  # of a drug whose file names no class
        return ""
    own = [each for each in pathway.agreement.values() if each.kind == kind and each.answer == known[0].answer]
    if not own:
        return f" None of {_OF[known[0].answer]} was under {_plural(kind)}."
    few, right = own[0].of, own[0].right
    were = "was" if few == 1 else "were"
    return f" Only {few} of {_OF[known[0].answer]} {were} under {_plural(kind)} ({right} right)."


def _under(found: Agreement) -> str:
    return f" under {_plural(found.kind)}" if found.kind else ""


def _plural(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("body") else kind if kind.endswith("therapy") else f"{kind}s"


def _agreement(known: Mapping[str, Agreement], answer: str, kinds: Iterable[str]) -> Agreement | None:
    """The figure for the kind of the drugs, where they are of one kind and it has enough experiments, or for all."""
    kinds = set(kinds)
    of_kind = [each for each in known.values() if each.answer == answer and each.kind and {each.kind} == kinds]
    of_all = [each for each in known.values() if each.answer == answer and not each.kind]
    return next((each for each in (*of_kind, *of_all) if each.of >= FEW), None)


# --- for scripts ---------------------------------------------------------------------------------------------------


def response_data(result: Response, pathway: Pathway, contrary: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """The answer for JSON: readouts with errors, words and chains, edge by edge."""
    from her2cli.render.json import thing

    simulation = result.simulation
    return {
        "scenario": scenario_data(simulation.scenario),
        "semantics": simulation.semantics,
        "replicates": simulation.replicates,
        "engine": simulation.engine,
        "before_is": "normal cell" if result.against_normal else "untreated",
        "readouts": {name: _readout(each) for name, each in simulation.readouts.items()},
        "errors": {
            "readouts": {
                name: {time: simulation.error(share) for time, share in _readout(each).items()}
                for name, each in simulation.readouts.items()
            }
        },
        "outcomes": {
            each.readout: {
                "change": each.word or None,
                "slightly": each.slightly or None,
                "why": chain_text(each.chain),
                "time": each.time,
                "held_by": each.held_by or None,
                "edges": [thing(edge) for edge in each.chain],
            }
            for each in result.outcomes
        },
        "species": {name: _readout(each) for name, each in simulation.values.items()},
        "gained": list(simulation.gained),
        "lost": list(simulation.lost),
        "idle": [
            {
                "drug": each.drug,
                "lacks": [
                    {"target": lack.edge.target, "needs": list(lack.needs), "prevented_by": list(lack.prevented_by)}
                    for lack in each.lacks
                ],
            }
            for each in result.idle
        ],
        "article": dict(contrary),
        "how_sure": _sure(result, pathway),
        "notes": list(simulation.notes),
    }


def response_brief(result: Response, pathway: Pathway, contrary: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The answer in a few lines of JSON: shares of two digits, words and chains as text."""
    simulation = result.simulation
    return {
        "scenario": {key: value for key, value in scenario_data(simulation.scenario).items() if value},
        "readouts": {
            each.readout: {
                **{time: round(share, 3) for time, share in _readout(simulation.readouts[each.readout]).items()},
                "change": each.word,
                "slightly": each.slightly,
                "why": chain_text(each.chain),
                "held_by": each.held_by,
            }
            for each in result.outcomes[:16]
        },
        "remarks": [each[:200] for each in remarks(result, pathway)[:5]],
        "article": dict(contrary),
        "how_sure": _sure(result, pathway),
    }


def _readout(value: Readout) -> dict[str, float]:
    return {"before": value.before, "early": value.early, "late": value.late}


def response_table(result: Response) -> Table:
    """One row a readout, for CSV and TSV: shares with their standard errors, what it does, and why."""
    simulation = result.simulation
    rows: list[tuple[Cell, ...]] = []
    for each in result.outcomes:
        shares = tuple(_readout(simulation.readouts[each.readout]).values())
        errors = tuple(float(f"{simulation.error(share):.2g}") for share in shares)
        rows.append((each.readout, *shares, each.word, chain_text(each.chain), each.held_by, *errors, each.slightly))
    columns = ("readout", "before", "early", "late", "change", "why", "held_by")
    return Table(columns=(*columns, "before_error", "early_error", "late_error", "slightly"), rows=tuple(rows))
