"""What else a name that is not here may be: in another pathway or of another kind; what the article says otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from her2cli.cli._errors import remark
from her2cli.errors import AmbiguousName, Her2Error, ScenarioError, Several, UnknownName, a_or_an, shown
from her2cli.model import NAMED, answers, find

if TYPE_CHECKING:
    from her2cli.logic.questions.responses import Response
    from her2cli.model import Pathway


def article_beside(pathway: Pathway) -> Pathway | None:
    """The article's pathway, where an answer is that of the literature's network and may say another thing."""
    from her2cli import loading

    return loading.load(loading.ARTICLE, beside=pathway) if pathway.name == loading.NETWORK else None


def contrary(pathway: Pathway, result: Response) -> tuple[tuple[str, str], ...]:
    """What the article says to the contrary of *result*."""
    from her2cli.studies.article import contrary as told

    article = article_beside(pathway)
    return told(article, result) if article else ()


def contrary_of(
    told: Callable[..., tuple[tuple[str, str, str], ...]], pathway: Pathway, *found: object
) -> tuple[tuple[str, str, str], ...]:
    """What the article says otherwise of an answer of many rows, by *told*, one of `studies.article`."""
    article = article_beside(pathway)
    return told(article, *found) if article else ()


TAKEN = ("drug", "alteration", "cell line", "species")  # what the options of a scenario name


@contextmanager
def better_pathway(pathway: Pathway, takes: Collection[str] = TAKEN) -> Iterator[list[str]]:
    """A name that is not here: say what else it is, or why there can be none, or which shipped pathway has it.

    The target of a drug or an alteration that is not here is looked for in the shipped pathways, too. *takes* are the
    kinds of things for which the command has an option. Yields a list for remarks, which are written once there was no
    mistake.
    """
    remarks: list[str] = []
    try:
        yield remarks
    except Several as several:
        raise Several(_better(pathway, each, takes) for each in several.errors) from None
    except (ScenarioError, UnknownName) as error:
        raise _better(pathway, error, takes) from None
    for each in remarks:
        remark(f"her2: note: {each}")


def _better(pathway: Pathway, error: Her2Error, takes: Collection[str]) -> Her2Error:
    """*error* with what is known of the name elsewhere."""
    from her2cli.logic.network.scenario import NoTarget

    if isinstance(error, NoTarget):
        agent = error.agent
        able = _others(pathway, lambda other: _has_target(other, agent))
        hint = f" It has one in {' and '.join(able)}: --pathway {able[0]}." if able else ""
        return ScenarioError(f"{error}{hint}")
    if isinstance(error, AmbiguousName) or not isinstance(error, UnknownName):
        return error
    name = error.name
    hint = _respelled(pathway, error.kind, name) or _misplaced(pathway, error.kind, name, takes)
    if hint := hint or _not_carried(pathway, error.kind):
        return UnknownName(error.kind, name, (), hint)
    able = _others(pathway, lambda other: _has_species(other, name))
    if able and "species" not in error.kind:
        meant, able = _elsewhere(able[0], error.kind, name), []
        if meant:
            return UnknownName(error.kind, name, (), meant)
    if not able:
        if lists := lists_of(pathway, error):
            return UnknownName(error.kind, name, error.close, lists)
        if error.close and error.kind in ("drug", "alteration", "cell line"):  # without, `complain` says it
            return UnknownName(
                error.kind, name, error.close, f"'her2 new --{error.kind.replace(' ', '-')} NAME' begins one."
            )
        return error
    shared = _sharing(able[0], name)
    if shared:
        return AmbiguousName(error.kind, name, shared, f"They are in {able[0]}: --pathway {able[0]}.")
    return UnknownName(error.kind, name, (), f"It is in {' and '.join(able)}: --pathway {able[0]}.")


def lists_of(pathway: Pathway, error: UnknownName) -> str:
    """Where the species of *pathway* are listed, for a name that none of them is like; empty for other names.

    Look-ups read the article's pathway unless they are told which: of that, `complain` says it.
    """
    from shlex import quote

    from her2cli import loading

    if error.close or not error.name.strip() or pathway.name == loading.ARTICLE:
        return ""
    option = _listing(pathway)
    search = f"'her2 search {quote(shown(error.name, 40))}{option}' looks into all names and notes"
    lists = {
        "species": f"'her2 species{option}' lists all; {search}.",
        "species, drug or alteration": f"{search}; 'her2 new' adds it.",
    }
    return lists.get(error.kind, "")


def _elsewhere(network: str, kind: str, name: str) -> str:
    """The alterations or the drugs of what is a species of another *network* only."""
    from her2cli import loading

    other = loading.load(network)
    try:
        found = acting_on(other, kind, other.find_species(name))
    except UnknownName:  # or several share the name
        return ""
    return f"{found}{shown(name)} is in {network}: --pathway {network}." if found else ""


def _respelled(pathway: Pathway, kind: str, name: str) -> str:
    """How *name* is written where it is several that are known, or one with a dose."""
    things = {"drug": pathway.drugs, "alteration": pathway.alterations, "species": pathway.species}.get(kind, {})
    words = re.split(r"[\s,;+]+", name.strip())
    known = [answers(things, word.partition("=")[0], kind) for word in words]
    if kind == "drug" and known == [True, False] and re.fullmatch(r"[0-9.]+%?", words[1]):
        return f"A dose is written {words[0]}={words[1]}."
    if not all(known):
        return ""
    if len(words) == 1:
        return f"It is named without a dose here: {words[0].partition('=')[0]}." if kind == "drug" else ""
    if kind == "species":
        return f"These are {len(words)} species, which are named one by one; an option is given once for each."
    return f"Several are joined by a plus: {shown('+'.join(words))}."


def _misplaced(pathway: Pathway, kind: str, name: str, takes: Collection[str]) -> str:
    """What *name* is, if it is no *kind* but something else here, and the option that takes it, if one does."""
    options = {
        "drug": (pathway.drugs, "It is a drug: --drug {0}."),
        "alteration": (pathway.alterations, "It is an alteration: --alteration {0}."),
        "cell line": (pathway.cell_lines, "It is a cell line: --cell-line {0}."),
        "species": (pathway.species, "It is a species: --set {0}=0 or {0}=1 holds it{1}."),
    }
    for other, (things, told) in options.items():
        if other not in kind:
            try:
                found = pathway.find_species(name) if other == "species" else find(things, name, other)
                acting = acting_on(pathway, kind, found) if other == "species" else ""
                if other not in takes:
                    return f"{acting}It is {a_or_an(other)}: 'her2 show {found}' tells of it."
                return acting + told.format(found, f", --ligand {found} adds it" if _is_ligand(pathway, found) else "")
            except UnknownName:
                continue
    return ""


def _listing(pathway: Pathway) -> str:
    """The option with which a look-up lists what is in *pathway*; none for the article's, which it reads by itself."""
    from shlex import quote

    from her2cli import loading

    return "" if pathway.name == loading.ARTICLE else f" -p {quote(pathway.source if pathway.digest else pathway.name)}"


def acting_on(pathway: Pathway, kind: str, species: str) -> str:
    """The alterations or the drugs, by the *kind* that is asked for, of a *species*; empty where there are none."""
    from her2cli.lookup import targeting

    what, lists = "", ""
    names: tuple[str, ...] = ()
    if kind == "alteration":
        what, names, lists = "Alterations of", pathway.alterations_of(species, alone=True), "alterations"
    elif kind == "drug":
        against = tuple(each.drug for each in targeting(pathway, species) if each.direct)
        what, names, lists = "Drugs against", against, f"drugs --target {species}{_listing(pathway)}"
    more = f" and {len(names) - NAMED} more ('her2 {lists}')" if len(names) > NAMED else ""
    return f"{what} {species}: {', '.join(names[:NAMED])}{more}. " if names else ""


def _is_ligand(pathway: Pathway, name: str) -> bool:
    from her2cli.logic.network.scenario import find_ligand

    try:
        find_ligand(pathway, name)
    except (ScenarioError, UnknownName):
        return False
    return True


def _not_carried(pathway: Pathway, kind: str) -> str:
    """That there can be none of this *kind* in a file of this format, and what to do instead."""
    shelves = {"drug": pathway.drugs, "alteration": pathway.alterations, "cell line": pathway.cell_lines}
    if shelves.get(kind, True):
        return ""
    return f"{none_of(pathway, kind)} --set NODE=0 holds a species off, NODE=1 on."


def none_of(pathway: Pathway, kind: str) -> str:
    """That a file has no things of a *kind*, and whether its format could carry them."""
    from her2cli.formats import find_format

    format = find_format("", pathway.source).name.upper()
    why = "" if format in ("YAML", "JSON") else f": {format} carries none, YAML and JSON do"
    return f"{shown(pathway.source, 200)} has no {kind}s{why}."


def _others(pathway: Pathway, able: Callable[[Pathway], bool]) -> list[str]:
    """The names of the other pathways of the library for which *able* holds."""
    from her2cli import loading

    return [name for name in loading.pathway_names() if name != pathway.name and able(loading.load(name))]


def _sharing(pathway: str, name: str) -> tuple[str, ...]:
    """The species of another pathway that share *name*, where there are several."""
    from her2cli import loading

    try:
        loading.load(pathway).find_species(name)
    except AmbiguousName as error:
        return error.close
    return ()


def pathway_with(*names: str | None) -> str:
    """The pathway to look into where none is named: the article's, or the one that alone knows all *names*, told.

    A name that is a species, a drug or an alteration counts as known. Where no pathway knows all, it is the article's.
    """
    from her2cli import loading

    chosen = loading.default_pathway(loading.ARTICLE)
    wanted = [name for name in names if name]
    if chosen != loading.ARTICLE or all(_knows(loading.load(chosen), name) for name in wanted):
        return chosen
    if not all(_knows(loading.load(loading.NETWORK), name, several=False) for name in wanted):
        return chosen
    only = next(name for name in wanted if not _knows(loading.load(chosen), name))
    remark(f"her2: note: {shown(only, 60)} is only in {loading.NETWORK}, which this is from (--pathway names another).")
    return loading.NETWORK


def _knows(pathway: Pathway, name: str, *, several: bool = True) -> bool:
    """Whether something is called so; or, with *several*, more than one thing is."""
    for found in (pathway.find_species, pathway.find_drug, pathway.find_alteration):
        try:
            found(name)
        except AmbiguousName:
            return several
        except UnknownName:
            continue
        return True
    return False


def _has_species(pathway: Pathway, name: str) -> bool:
    try:
        pathway.find_species(name)
    except AmbiguousName:
        return True
    except UnknownName:
        return False
    return True


def _has_target(pathway: Pathway, agent: str) -> bool:
    return any(edge.target in pathway.species for edge in pathway.actions(agent))
