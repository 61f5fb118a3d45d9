"""What a line asks: from the words of its options, and of the rows that some commands take, to a `Scenario`.

A command that answers for a scenario asks with `asked`: there the pathway is loaded, the scenario is put together, and
a mistake is told with what to do next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING

from her2cli.cli._elsewhere import acting_on, better_pathway
from her2cli.cli._options import CellOptions, ScenarioOptions, TumourOptions
from her2cli.cli._reading import load
from her2cli.errors import AmbiguousName, Mistakes, ScenarioError, UnknownName, each_of, shown
from her2cli.model import answers, closest, find

if TYPE_CHECKING:
    from her2cli.model import Pathway, Scenario

LARGE, FEWER = 1000, 200  # species, past which so many cells are drawn where none are asked for: seconds


class Asked:
    """What a line asks about: a pathway, and the scenario in it that the options describe.

    `remarks` are what the user may not expect; they are written once there was no mistake.
    """

    def __init__(self, pathway: Pathway, options: TumourOptions, remarks: list[str], context: str) -> None:
        self.pathway, self.options, self.remarks = pathway, options, remarks
        self.inputs = options.inputs if isinstance(options, ScenarioOptions) else None
        self._context = context

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, every name in it an id; its context is the pathway's own where none is asked for."""
        options, mistakes = self.options, Mistakes()
        with mistakes:
            chosen = scenario(
                self.pathway,
                drugs=options.drug,
                alterations=options.alteration,
                ligands=options.ligand,
                clamps=options.clamp,
                cell_line=options.cell_line,
                inputs=self.inputs,
                remarks=self.remarks,
            )
        with mistakes:
            context = self.context
        mistakes.tell()
        if chosen.inputs is not None and not _left_open(self.pathway, chosen):
            self.remarks.append("--inputs sets nothing: the network has no input that is not named otherwise.")
            chosen = replace(chosen, inputs=None)
        line = find(self.pathway.cell_lines, options.cell_line, "cell line") if options.cell_line else ""
        return replace(chosen, context=context, name=line)

    def checked(self, *others: Callable[[], object]) -> Scenario:
        """The scenario, once *others* that the line names are there, too: all mistakes are told together."""
        mistakes = Mistakes()
        for each in (lambda: self.scenario, *others):
            with mistakes:
                each()
        mistakes.tell()
        return self.scenario

    def and_species(self, names: Iterable[str]) -> tuple[Scenario, tuple[str, ...]]:
        """The scenario, and the ids of the species that *names* name, each once."""
        found: list[str] = []
        chosen = self.checked(lambda: found.extend(each_of(self.pathway.find_species, names)))
        return chosen, _unique(found)

    @property
    def context(self) -> str:
        """The id of the context that is asked for, or of the one where none is; empty for none."""
        asked = self.options.context
        return find(self.pathway.contexts, asked, "context") if asked is not None else self._context

    def joined(self, words: str) -> Scenario:
        """The scenario with what *words* add to it: drugs, alterations, ligands and clamps, joined by `+`."""
        _, added = _apart(self.pathway, self.options.alteration or ())
        also = each_of(self.pathway.find_alteration, added)
        given = bool(self.tumour)
        return joined(self.pathway, self.scenario, words, default=not given, added=also, remarks=self.remarks)

    @property
    def tumour(self) -> tuple[str, ...]:
        """The words that name the tumour of the options in a row of its own; none where they do not say which it is."""
        named, added = _apart(self.pathway, self.options.alteration or ())
        if self.options.cell_line:
            return (self.options.cell_line, *named, *added)
        return ("none", *named, *added) if not set(named) <= {"none"} else ()

    def own_tumour(self, words: str) -> str:
        """The word of a row that stands in place of the tumour of the options: none or a cell line; or empty."""
        parts = (word.strip() for word in words.split("+"))
        return next((word for word in parts if word.casefold() == "none" or _is_line(self.pathway, word)), "")

    def line_of(self, scenario: Scenario) -> str:
        """The cell line that the tumour of *scenario*, the asked one or one joined to it, is or began as; or empty."""
        words = (word.strip() for word in scenario.name.split("+"))
        lines = (find(self.pathway.cell_lines, word, "cell line") for word in words if _is_line(self.pathway, word))
        return self.scenario.name or next(lines, "")


def usual_cells(pathway: Pathway) -> int:
    """How many cells are drawn where nobody says so."""
    return FEWER if len(pathway.species) > LARGE else CellOptions.usual


def _left_open(pathway: Pathway, chosen: Scenario) -> bool:
    """Whether there is an input that *chosen* does not set by name."""
    from her2cli.logic.network import is_input, pathway_rules

    named = {*chosen.ligands, *(name for name, _ in chosen.clamps)}
    rules = pathway_rules(pathway).items()
    return any(name not in named and is_input(name, rule, pathway.edges_into(name)) for name, rule in rules)


@contextmanager
def asked(pathway: str | None, options: TumourOptions, *, surrounded: bool = True) -> Iterator[Asked]:
    """What a line asks, for as long as its answer is computed; a mistake in it is told with what to do next.

    Without a *pathway* it is the network that was judged against experiments, or that of `HER2_PATHWAY`; where no
    context is asked for, it is the pathway's own if it is to be *surrounded*, else the one that adds nothing, if any.
    """
    from her2cli.loading import NETWORK, default_pathway

    path = load(pathway or default_pathway(NETWORK))
    with better_pathway(path) as remarks:
        bare = (
            next((name for name, context in path.contexts.items() if not context.species), "") if path.context else ""
        )
        yield Asked(path, options, remarks, path.context if surrounded else bare)


def scenario(
    pathway: Pathway,
    *,
    drugs: Iterable[str] | None = None,
    alterations: Iterable[str] | None = None,
    ligands: Iterable[str] | None = None,
    clamps: Iterable[str] | None = None,
    cell_line: str | None = None,
    inputs: int | None = None,
    remarks: list[str],
) -> Scenario:
    """The scenario that the options describe. Without alteration or cell line it is the pathway's default tumour.

    An alteration with a plus before it is added to that, or to the cell line. Drugs and alterations may be joined by +.

    What the user may not expect of it is added to *remarks*.

    Raises `UnknownName` with the closest names, `ScenarioError` where options contradict each other; `Several` of them.
    """
    from her2cli.logic.network.scenario import find_ligand
    from her2cli.model import Scenario, check_amounts

    if inputs not in (None, 0, 1):
        raise ScenarioError(f"--inputs {inputs}: inputs are 0 or 1.")
    mistakes, line = Mistakes(), None
    own, added = _apart(pathway, alterations or ())
    asked = [*own, *added]
    with mistakes:
        line = pathway.cell_lines[find(pathway.cell_lines, cell_line, "cell line")] if cell_line is not None else None
    with mistakes:
        tumour = each_of(pathway.find_alteration, [name for name in asked if name != "none"])
    with mistakes:
        media = each_of(lambda name: find_ligand(pathway, name), ligands or ())
    with mistakes:
        doses = _doses(pathway, drugs or ())
    with mistakes:
        held = _clamps(pathway, clamps or ())
    mistakes.tell()
    if "none" in asked and (line or len(asked) > 1):
        other = f"--cell-line {line.id}" if line else f"--alteration {next(name for name in asked if name != 'none')}"
        raise ScenarioError(f"--alteration none is a cell without alterations; it cannot stand with {other}.")
    if line:
        tumour = [*each_of(pathway.find_alteration, line.alterations), *tumour]
    elif not own:
        tumour = [*pathway.default_alterations, *tumour]
    check_amounts(pathway, tumour)
    chosen = Scenario(
        alterations=_unique(tumour),
        ligands=_unique([*(line.ligands if line else ()), *media]),
        drugs=doses,
        clamps=held,
        inputs=inputs,
    )
    remarks += _remarks(pathway, asked, chosen)
    return chosen


def _apart(pathway: Pathway, alterations: Iterable[str]) -> tuple[list[str], list[str]]:
    """The alterations that say what the tumour is, and those that a plus before them adds to another, each once."""
    own: list[str] = []
    added: list[str] = []
    for text in alterations:
        names = _split(text.removeprefix("+"), pathway.alterations, "alteration")
        (added if text.startswith("+") else own).extend(names)
    return list(dict.fromkeys(own)), [name for name in dict.fromkeys(added) if name not in own]


def _split(text: str, things: Mapping[str, object], kind: str = "") -> list[str]:
    """*text* at each plus, unless it is a name of one of *things* as it stands. Raises `ScenarioError`."""
    return [text] if (text and "+" not in text) or answers(things, text, kind) else _named(text)


def _named(text: str) -> list[str]:
    """The names that *text* joins by pluses. Raises `ScenarioError` where one is empty."""
    names = [each.strip() for each in text.split("+")]
    if "" in names:
        raise ScenarioError(f"{shown(text or '+')!r}: write names, such as trastuzumab, or several joined by '+'.")
    return names


def _remarks(pathway: Pathway, asked: list[str], chosen: Scenario) -> Iterator[str]:
    """Where --alteration has left out the default tumour, and where the treatment withdraws a ligand."""
    from her2cli.model import markers

    gone = [name for name in pathway.default_alterations if name not in chosen.alterations]
    if asked and asked != ["none"] and gone:
        from shlex import quote

        left, first = ", ".join(gone), pathway.find_alteration(asked[0])
        if markers(pathway, gone) & markers(pathway, [first]):
            yield f"this tumour is without the default {left}, of which {first} is another amount."
        else:
            yield f"this tumour is without the default {left}; -a {quote('+' + asked[0])} adds to it instead."
    for name in chosen.ligands:
        if (name, 0) in chosen.clamps:
            yield f"{name} is in the medium of the untreated tumour, and the treatment withdraws it."


def left_out(pathway: Pathway, chosen: Scenario) -> list[str]:
    """Remarks on what an answer in on and off leaves out of the scenario, for answers that have no place for notes."""
    from her2cli.logic.network.scenario import prepare
    from her2cli.logic.questions.simulation import scenario_notes

    return [f"{note}." for note in scenario_notes(prepare(pathway, chosen))]


def _doses(pathway: Pathway, texts: Iterable[str], option: str = "--drug ") -> tuple[tuple[str, float], ...]:
    """The drugs that *texts* name, with their doses; *option* is what was typed before each."""
    doses: dict[str, float] = {}
    mistakes = Mistakes()
    for text in chain.from_iterable(_split(each, pathway.drugs) for each in texts):
        name, given, amount = text.partition("=")
        with mistakes:
            drug, dose = pathway.find_drug(name), _dose(f"{option}{shown(name)}", amount) if given else 1.0
            if doses.setdefault(drug, dose) != dose:
                raise ScenarioError(f"--drug {drug} is given with two doses, {doses[drug]:g} and {dose:g}.")
    mistakes.tell()
    return tuple(doses.items())


def dose_range(text: str) -> tuple[float, ...]:
    """Eleven doses from one to another, both included: `0..1`, `0..100%`. Raises `ScenarioError`."""
    first, last = ends_of(text)
    if not (first and last):
        raise ScenarioError(
            f"--dose {shown(text, 20)}: write two doses with two dots between, such as 0..1; for one, --drug NAME=50%."
        )
    low, high = (_dose("--dose ", f"{each}%" if "%" in last and "%" not in each else each) for each in (first, last))
    if low == high:
        raise ScenarioError(f"--dose {shown(text, 20)}: the two doses are the same; --drug NAME={low:g} asks for one.")
    if low > high:
        turned = f"{100 * high:g}..{100 * low:g}%" if "%" in text else f"{high:g}..{low:g}"
        raise backwards("--dose", text, "doses go from the lower to the higher", turned)
    return tuple(round(low + (high - low) * step / 10, 6) for step in range(11))


def ends_of(text: str) -> tuple[str, str]:
    """What stands before and behind the two dots of a range; two empty texts of what is none."""
    first, dots, last = text.partition("..")
    return (first.strip(), last.strip()) if dots and not last.startswith(".") and ".." not in last else ("", "")


def backwards(option: str, text: str, order: str, turned: str) -> ScenarioError:
    """That a range runs from its higher end to its lower, and how it is written in the *order* that there is."""
    return ScenarioError(f"{option} {shown(text, 20)} runs backwards; {order}: write {option} {shown(turned, 20)}.")


def _dose(typed: str, text: str) -> float:
    text = text.strip()
    try:
        dose = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        dose = -1.0
    if not (isfinite(dose) and 0 <= dose <= 1):
        joint = "" if typed.endswith(" ") else "="
        told = "a dose is the share of cells the drug reaches, from 0 to 1, or from 0% to 100%."
        raise ScenarioError(f"{typed}{joint}{shown(text, 20)}: {told}")
    return abs(dose)  # -0 is 0


def _clamps(pathway: Pathway, texts: Iterable[str], option: str = "--set ") -> tuple[tuple[str, int], ...]:
    """The species that *texts* hold, with their values; *option* is what was typed before each."""
    clamps: dict[str, int] = {}
    mistakes = Mistakes()
    for text in texts:
        name, _, value = text.rpartition("=")
        with mistakes:
            if not name or value not in ("0", "1"):
                raise ScenarioError(f"{option}{shown(text)}: write NODE=0 to hold a species off, NODE=1 to hold it on.")
            species = pathway.find_species(name)
            if clamps.setdefault(species, int(value)) != int(value):
                raise ScenarioError(f"--set holds {species} both off and on.")
    mistakes.tell()
    return tuple(clamps.items())


def joined(
    pathway: Pathway,
    shared: Scenario,
    words: str,
    *,
    default: bool = True,
    added: Sequence[str] = (),
    remarks: list[str],
) -> Scenario:
    """*shared* with what *words* add: drugs (with doses), alterations, ligands and clamps, joined by `+`.

    `none`, a normal cell, or the name of a cell line stands in place of the tumour of *shared*, as long as that is the
    *default* one; what was *added* to that is added to it, too. An amount of what that tumour has another amount of
    (ERBB2_low, of HER2) stands in place of that, which is told in *remarks*.
    """
    from her2cli.model import Scenario, check_amounts, markers

    named = [word for word in _named(words) if word.casefold() != "untreated"]
    tumours = [word for word in named if word.casefold() == "none" or _is_line(pathway, word)]
    if len(tumours) > 1:
        raise ScenarioError(f"A scenario has one tumour; {shown(tumours[0])} cannot stand with {shown(tumours[1])}.")
    if tumours and not default:
        raise ScenarioError(f"{shown(tumours[0])} is a tumour; it cannot stand with --alteration or --cell-line.")
    contexts = {word: find(pathway.contexts, word, "") for word in named if _is_context(pathway, word)}
    if len(set(contexts.values())) > 1:
        raise ScenarioError(f"A scenario has one context; {shown(' and '.join(contexts))} are two.")
    parts = [Scenario(alterations=tuple(added) if tumours else shared.alterations, ligands=shared.ligands)]
    words_left = [word for word in named if word.casefold() != "none" and word not in contexts]
    parts += each_of(lambda word: _part(pathway, word), words_left)
    own = [name for part in parts[1:] for name in part.alterations]
    amounts = markers(pathway, set(own).difference(added)) if default and not tumours else set()
    gone = [
        name
        for name in shared.alterations
        if name not in (*own, *added) and not amounts.isdisjoint(markers(pathway, [name]))
    ]
    if gone:
        remarks.append(f"{words} is without the default {', '.join(gone)}, of which it is another amount.")
    tumour = _unique(name for name in (*parts[0].alterations, *own) if name not in gone)
    check_amounts(pathway, tumour)
    return Scenario(
        alterations=tumour,
        ligands=_unique(name for part in parts for name in part.ligands),
        drugs=(*shared.drugs, *(drug for part in parts for drug in part.drugs)),
        clamps=(*shared.clamps, *(clamp for part in parts for clamp in part.clamps)),
        inputs=shared.inputs,
        context=next(iter(contexts.values()), shared.context),
        name=words if named else "",
    )


def called_by_all_drugs(row: Scenario, shared: Scenario) -> Scenario:
    """*row*, by its name also with the drugs that it *shared* with others, where it names drugs or nothing at all."""
    said = {word.strip().casefold() for word in row.name.split("+")}
    drugs = [name for name, _ in shared.drugs if name.casefold() not in said]
    if not drugs or (row.name and len(row.drugs) == len(shared.drugs)):
        return row
    return replace(row, name="+".join([*drugs, *filter(None, [row.name])]))


def added_to(pathway: Pathway, rows: Sequence[Scenario], tumour: Scenario) -> str:
    """The *tumour*, in words, that some of the *rows* are in and do not name; empty where none is, or all are."""
    from her2cli.model import Scenario
    from her2cli.render.runs import scenario_words

    def unsaid(row: Scenario) -> bool:
        said = {word.strip().casefold() for word in row.name.split("+")}
        every = {name.casefold() for name in tumour.alterations}
        return not (_tumours(pathway, row) or every <= said) and set(tumour.alterations) <= set(row.alterations)

    alike = len({row.alterations for row in rows}) == 1
    if tumour.alterations and not alike and any(map(unsaid, rows)):
        words = scenario_words(Scenario(alterations=tumour.alterations, name=tumour.name), pathway)[0]
        normal = next((row for row in rows if "none" in map(str.casefold, _tumours(pathway, row))), None)
        alone = normal is not None and normal.name.strip().casefold() == "none"
        own = f" with {' + '.join(normal.alterations)}" if normal and alone and normal.alterations else ""
        return f"{words}, and what a row adds{f'; none is a normal cell{own}' if normal else ''}"
    return ""


def _tumours(pathway: Pathway, row: Scenario) -> list[str]:
    """The words of a row that say what its tumour is: a cell line, or none."""
    words = [word.strip() for word in row.name.split("+")]
    return [word for word in words if word.casefold() == "none" or _is_line(pathway, word)]


def tumours_apart(pathway: Pathway, rows: Iterable[Scenario], tumour: Scenario, *, named: bool = False) -> list[str]:
    """That some of the *rows* name a cell line and others no tumour, so that these are in the shared one; or nothing.

    That is the *tumour* of the options, which have *named* none, or which is the default one. A row without part of
    it, or with an alteration in a normal cell, says itself what it is.
    """
    from shlex import quote

    lines: dict[str, None] = {}
    others: list[str] = []
    for row in rows:
        own = _tumours(pathway, row)
        lines |= dict.fromkeys(word for word in own if word.casefold() != "none")
        shared = set(tumour.alterations) <= set(row.alterations) if tumour.alterations else not row.alterations
        if not own and shared:
            others.append(row.name or "untreated")
    if not lines or not others:
        return []
    line, where = next(iter(lines)), " + ".join(tumour.alterations) or "a normal cell"
    with_line = quote(line if others[0] == "untreated" else f"{line}+{others[0]}")
    why, instead = ("as -a none says", " instead of it") if named else ("the tumour where none is named", "")
    return [
        f"{', '.join(others)}: not in {' or '.join(lines)} but in {where}, {why}; "
        f"write {with_line}, or -c {quote(line)}{instead} for all."
    ]


def _part(pathway: Pathway, text: str) -> Scenario:
    """One word of a scenario."""
    from her2cli.logic.network.scenario import find_ligand
    from her2cli.model import Scenario

    name, equals, _ = text.partition("=")
    if answers(pathway.drugs, name):
        return Scenario(drugs=_doses(pathway, [text], option=""))
    if equals:
        return Scenario(clamps=_clamps(pathway, [text], option=""))
    if answers(pathway.alterations, name, "alteration"):
        return Scenario(alterations=(pathway.find_alteration(name),))
    try:
        return Scenario(ligands=(find_ligand(pathway, name),))
    except AmbiguousName:
        raise
    except UnknownName:
        pass
    except ScenarioError as error:  # a species that no medium holds
        species = pathway.find_species(name)
        acting = [acting_on(pathway, kind, species) for kind in ("alteration", "drug")]
        raise ScenarioError(" ".join(filter(None, (str(error), *map(str.strip, acting))))) from None
    try:
        line = pathway.cell_lines[find(pathway.cell_lines, name, "cell line")]
    except UnknownName:
        close = closest(name, pathway.drugs, pathway.alterations, pathway.species, pathway.cell_lines)
        raise UnknownName("drug, alteration, ligand or cell line", name, close) from None
    return Scenario(alterations=tuple(each_of(pathway.find_alteration, line.alterations)), ligands=line.ligands)


def _is_line(pathway: Pathway, name: str) -> bool:
    """Whether *name* is that of a cell line, and of nothing else."""
    return answers(pathway.cell_lines, name) and not _is_more(pathway, name)


def _is_context(pathway: Pathway, name: str) -> bool:
    """Whether *name* is that of a context, and of nothing else."""
    return answers(pathway.contexts, name) and not _is_more(pathway, name)


def _is_more(pathway: Pathway, name: str) -> bool:
    """Whether a drug, an alteration or a species is called so, too."""
    others = ((pathway.drugs, ""), (pathway.alterations, "alteration"), (pathway.species, ""))
    return any(answers(things, name, kind) for things, kind in others)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
