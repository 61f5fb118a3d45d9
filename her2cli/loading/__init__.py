"""YAML text becomes a `Pathway`; every problem is reported with file, line and column."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from her2cli.errors import DataError, Problem, UnknownName, meant, shown
from her2cli.files import looks_like_file, read_text
from her2cli.loading.entries import MAX_SHOWN, File, scan_file, tidy
from her2cli.loading.library import ARTICLE, NETWORK, SECTIONS, Library, Shelf, default_pathway, library
from her2cli.model import Edge, Experiment, Pathway, Species, folded

if TYPE_CHECKING:
    from her2cli.model import Rule

__all__ = [
    "ARTICLE",
    "NETWORK",
    "default_pathway",
    "digest",
    "is_file_name",
    "library",
    "load",
    "load_text",
    "pathway_hash",
    "pathway_names",
    "read_knowledge",
]

AGREEMENT = "agreement.yaml"  # of the shipped files, what says how often answers were right


def load(name: str = "her2", *, with_places: bool = False, beside: Pathway | None = None) -> Pathway:
    """The pathway of that name (shipped, or from the folder in `HER2_PATHWAYS`), or in that YAML file.

    *with_places* reads shipped YAML itself even where it was compiled, so that every entry knows its line. Files that
    were read for the pathway *beside* it are not read again.
    Raises `UnknownName` for a name that nothing has, `DataError` with all problems of a file.
    """
    shelf = beside.references if beside else None
    shelves = shelf.library if isinstance(shelf, Shelf) else library(with_places=with_places)
    if is_file_name(name):
        return _of_file(read_text(name), name, shelves)
    return _assemble(shelves.pathway_file(name), shelves)


def load_text(text: str, file: str = "<text>") -> Pathway:
    """The pathway in *text*; *file* is what its problems call it. Raises `DataError`."""
    return _of_file(text, file, library())


def read_knowledge(
    path: str,
    wrong: Callable[[Experiment], Iterable[tuple[str, str, str]]] = lambda _: (),
    *,
    verbose: bool | None = None,
) -> tuple[dict[str, dict[str, Any]], Pathway | None]:
    """The knowledge in one YAML file by section and id, and the pathway in it if there is one. Raises `DataError`.

    *wrong* says of an experiment what else is wrong: the column that it would have in a table, a name in it, and what.
    *verbose*: whether all problems of very many are told, or None where that cannot be asked for.
    """
    text = read_text(path)
    file = scan_file(text, path)
    for key, experiment in file.knowledge.get("experiments", {}).items():
        for column, name, told in wrong(experiment):
            keys = ("versus", column.removeprefix("vs_")) if column.startswith("vs_") else (column,)
            file.wrong(f"experiments.{key}.{'.'.join(keys)}: {told}", *_to(file, name, "experiments", key, *keys))
    if file.holds_pathway:
        return file.knowledge, replace(_assemble(file, library()), digest=digest(text))
    file.problems += _wrong_agreement(file, library())
    if file.problems:
        raise DataError(tidy(file.problems, file.name, verbose=verbose))
    return file.knowledge, None


def _to(file: File, name: str, *keys: str | int) -> tuple[str | int, ...]:
    """The *keys* that lead to the item of a list that is *name* or holds it (`ERBB3=0`); to the list if none does."""
    items = getattr(file.node(*keys), "value", None)
    listed = items if isinstance(items, list) else []
    found = next((number for number, item in enumerate(listed) if item.value.partition("=")[0] == name), None)
    return keys if found is None else (*keys, found)


def pathway_names() -> tuple[str, ...]:
    """The names that `load` knows, the default first."""
    return library().pathway_names


def pathway_hash(pathway: Pathway) -> str:
    """16 hex digits over everything a result can depend on: the pathway's file, the shipped and the user's YAML."""
    import hashlib  # only answers for programs tell it

    found = hashlib.sha256()
    for name, data in library().content():
        found.update(f"{name}\0{len(data)}\0".encode() + data)
    found.update(pathway.digest.encode())
    return found.hexdigest()[:16]


def digest(*content: str | bytes) -> str:
    """What a file held when it was read, or two that make one network, as hex digits for `pathway_hash`."""
    import hashlib  # no name of the library needs it

    found = hashlib.sha256()
    for each in content:
        data = each if isinstance(each, bytes) else each.encode("utf-8", "surrogatepass")
        found.update(f"{len(data)}\0".encode() + data)
    return found.hexdigest()


def is_file_name(name: str) -> bool:
    """Whether *name* means a file: it has a folder or an ending, or is one and no pathway of the library."""
    return looks_like_file(name) or (os.path.isfile(name) and name not in pathway_names())


def _of_file(text: str, name: str, shelves: Library) -> Pathway:
    return replace(_assemble(scan_file(text, name), shelves), digest=digest(text))


def _assemble(file: File, shelves: Library) -> Pathway:
    """One file and the shelves as a `Pathway`, once every name in it is known to resolve."""
    if not file.holds_pathway:
        if file.problems:
            raise DataError(tidy(file.problems, file.name))
        keys = ", ".join(sorted(file.knowledge))
        message = f"holds no pathway, only {keys}; put it into the folder that HER2_PATHWAYS names."
        raise DataError([Problem(file.name, message)])
    species = {**_inherited(file, shelves), **file.species}
    knowledge = _knowledge(file, shelves)
    agents = [knowledge["drugs"], knowledge["alterations"]]
    known_species = {**dict.fromkeys(file.declared), **species}
    _check_names(file, known_species)
    file.problems += [*_shared_ids(known_species, agents), *_wrong_agreement(file, shelves)]
    between: list[Edge] = []
    acting: list[Edge] = []
    for number, edge in file.edges.items():
        if file.full:
            break
        _check_edge(file, edge, number, known_species, agents)
        (between if edge.source in species else acting).append(edge)
    for target, rule in file.rules.items():
        if file.full:
            break
        if target not in known_species:
            file.wrong(f"rules: {_unknown(file, target, known_species)}", "rules", target, key=True)
        if not file.trusted:
            _check_rule(file, rule, known_species, agents)
    for key in ("readouts", "default_alterations"):
        known: Iterable[str] = known_species if key == "readouts" else knowledge["alterations"]
        for number, name in enumerate(file.header.get(key, ())):
            if name not in known:
                file.wrong(f"{key}[{number + 1}]: {_unknown(file, name, known)}", key, number)
    _check_joint_starts(file, known_species)
    _check_state_rates(file, known_species)
    for name in file.header.get("layout", ()):
        if name not in known_species:
            file.wrong(f"layout: {_unknown(file, name, known_species)}", "layout", name, key=True)
    context = str(file.header.get("context", ""))
    if context and context not in knowledge["contexts"]:
        file.wrong(f"context: {_unknown(file, context, knowledge['contexts'])}", "context")
    if file.problems:
        raise DataError(tidy(file.problems, file.name))
    return Pathway(
        name=str(file.header.get("name", "")) or os.path.splitext(os.path.basename(file.name))[0],
        title=file.header.get("title", ""),
        note=file.header.get("note", ""),
        species=species,
        edges=tuple(between),
        agent_edges=tuple(acting),
        rules=file.rules,
        readouts=file.header["readouts"] or tuple(key for key, item in species.items() if item.is_phenotype),
        default_alterations=file.header["default_alterations"],
        joint_starts=tuple(file.joint_starts.values()),
        state_rates=tuple(file.state_rates.values()),
        layout=file.header.get("layout", {}),
        context=context,
        source=file.name,
        **knowledge,
    )


def _inherited(file: File, shelves: Library) -> dict[str, Species]:
    """The species of the pathway that this one extends: a name of the library, never a path."""
    name, seen, found = file.header.get("extends"), [file], dict[str, Species]()
    while name is not None:
        try:
            parent = shelves.pathway_file(name)
        except UnknownName as error:
            known = ", ".join(shelves.pathway_names)
            file.wrong(f"extends: '{shown(error.name)}' is not a pathway of the library ({known}).", "extends")
            break
        if parent in seen:
            file.wrong(f"extends: '{shown(name)}' comes back to itself.", "extends")
            break
        found = {**parent.species, **found}
        seen.append(parent)
        name = parent.header.get("extends")
    return found


def _check_names(file: File, species: Mapping[str, object]) -> None:
    """No alias may be another species' id: a look-up would find the wrong one."""
    ids = {folded(key): key for key in species}
    for key, item in file.species.items():
        for number, alias in enumerate(item.aliases):
            other = ids.get(folded(alias))
            if other is not None and other != key:
                what = f"species.{shown(key)}.aliases[{number + 1}]: '{shown(alias)}' is the id of another species"
                file.wrong(f"{what}, '{shown(other)}'.", "species", key, "aliases", number)


def _shared_ids(species: Mapping[str, object], agents: list[Shelf]) -> Iterator[Problem]:
    """Each drug and alteration of the user's own with the id of a species or of the other: no scenario can name it."""
    for shelf, others in (agents, agents[::-1]):
        for key in shelf.own:
            what = "a species" if key in species else "a drug or an alteration" if key in others else ""
            if what:
                yield Problem(str(shelf[key].place), f"{shown(key)} is the id of {what}, too; call it something else.")


def _knowledge(file: File, shelves: Library) -> dict[str, Any]:
    """What a pathway is read with, by section. How often answers were right was counted on one network, and is of no
    other: that has what its own file and the user's folder say.
    """
    knowledge: dict[str, Any] = {section: Shelf(shelves, section, file.knowledge.get(section)) for section in SECTIONS}
    if file is not shelves.read.get(f"{NETWORK}.yaml"):
        counted = knowledge["agreement"]
        knowledge["agreement"] = {key: counted[key] for key in counted.own}
    return knowledge


def _wrong_agreement(file: File, shelves: Library) -> Iterator[Problem]:
    """How often answers were right, of drugs of a kind that there is not, or a second time of the same answers.

    Of what the *file* and the user's folder say, and of the shipped file where that is read as it is written.
    """
    shipped = [shelves.shipped_file(AGREEMENT)] if shelves.with_places and AGREEMENT in shelves.shipped_names else []
    files = [file, *shelves.user_files.values(), *shipped]
    own = [(each, key) for each in files for key in each.knowledge.get("agreement", ())]
    if not own:
        return
    shelf: Mapping[str, Any] = Shelf(shelves, "agreement", file.knowledge.get("agreement"))
    kinds = {drug.kind for drug in Shelf(shelves, "drugs", file.knowledge.get("drugs")).values()} - {""}
    counted = {key: (entry.answer, entry.kind) for key, entry in shelf.items()}
    keys = {key for _, key in own}
    first = {counted[key]: key for key in reversed([*(key for key in shelf if key not in keys), *counted])}
    for each, key in own:
        entry = each.knowledge["agreement"][key]
        if shelf[key] is not entry:  # another file replaces it
            continue
        if entry.kind and entry.kind not in kinds:
            known = meant(entry.kind, kinds) or f"; there are {', '.join(sorted(kinds))}"
            told = f"agreement.{key}.kind: no drug is of the kind '{shown(entry.kind)}'{known}."
            yield Problem(each.where("agreement", key, "kind"), told)
        if (other := first[counted[key]]) != key:
            told = f"agreement.{key}: agreement.{other} counts the same answers already"
            yield Problem(
                each.where("agreement", key, key=True), f"{told}; leave this out, or call it so to replace that."
            )


def _check_edge(file: File, edge: Edge, number: int, species: Mapping[str, object], agents: list[Shelf]) -> None:
    label = f"edges[{number + 1}]"
    acts = edge.source not in species and any(edge.source in shelf for shelf in agents)
    if edge.source not in species and not acts:
        file.wrong(f"{label}.source: {_unknown(file, edge.source, species)}", "edges", number, "source")
    if edge.blocks is not None and not acts:
        file.wrong(f"{label}.blocks: only a drug or an alteration blocks an edge.", "edges", number, "blocks")
    for name in edge.blocks or (edge.target,):
        if name not in species:
            key = "blocks" if edge.blocks else "target"
            file.wrong(f"{label}.{key}: {_unknown(file, name, species)}", "edges", number, key)
    if edge.efficacy is not None and not acts:
        file.wrong(f"{label}.efficacy: only a drug or an alteration has an efficacy.", "edges", number, "efficacy")
    for key in ("requires", "unless"):
        if getattr(edge, key) and not acts and edge.target in file.rules:
            target = shown(edge.target)
            what = f"{label}.{key}: {target} has a rule of its own, which says when {shown(edge.source)} acts"
            file.wrong(f"{what}; write the condition there.", "edges", number, key)
        for name in getattr(edge, key):
            if name not in species and not any(name in shelf for shelf in agents):
                file.wrong(f"{label}.{key}: {_unknown(file, name, species)}", "edges", number, key)


def _check_rule(file: File, rule: Rule, species: Mapping[str, object], agents: list[Shelf]) -> None:
    """Its names are known, and so are those of its parts; each part is new, and named by what comes after it."""
    label, path = f"rules.{shown(rule.target)}", ("rules", rule.target)
    known, unnamed = dict(species) if rule.parts else species, {part.name for part in rule.parts}
    for part in rule.parts:
        at = (*path, "parts", part.name)
        if part.name in species or any(part.name in shelf for shelf in agents):
            file.wrong(f"{label}.parts: '{part.name}' is there already; call the part otherwise.", *at, key=True)
        unnamed -= set(_check_expression(file, f"{label}.parts.{part.name}", part.text, at, "rule", known, agents))
        known = {**known, part.name: part}
    unnamed -= set(_check_expression(file, label, rule.written or rule.text, path, "rule", known, agents))
    for name in sorted(unnamed):
        message = f"{label}.parts: nothing after it names '{name}'; take it out, or name it."
        file.wrong(message, *path, "parts", name, key=True)


def _check_expression(
    file: File,
    label: str,
    text: str,
    path: tuple[str | int, ...],
    field: str,
    species: Mapping[str, object],
    agents: list[Shelf],
) -> tuple[str, ...]:
    """Note what is wrong with an expression; the names in it."""
    from her2cli.errors import LimitError, RuleError
    from her2cli.expression import parse, variables

    try:
        names = variables(parse(text))
    except RuleError as error:
        file.wrong(f"{label}: {error}.", *path, field, offset=error.column)
        return ()
    except LimitError as error:
        file.wrong(f"{label}: {error}.", *path)
        return ()
    for name in names:
        if name not in species and not any(name in shelf for shelf in agents):
            file.wrong(f"{label}: {_unknown(file, name, species)}", *path)
    return names


def _check_state_rates(file: File, species: Mapping[str, object]) -> None:
    """Every species of them, and of their expressions, is known."""
    for number, rate in file.state_rates.items():
        label, path = f"state_rates[{number + 1}]", ("state_rates", number)
        if rate.species not in species:
            file.wrong(f"{label}: {_unknown(file, rate.species, species)}", *path, "species")
        _check_expression(file, label, rate.where, path, "where", species, [])


def _check_joint_starts(file: File, species: Mapping[str, object]) -> None:
    """Every species of them is known and begins in one way only."""
    met: dict[str, int] = {}
    for number, start in file.joint_starts.items():
        for place, name in enumerate(start.species):
            label, path = f"joint_starts[{number + 1}]", ("joint_starts", number, "species", place)
            if name not in species:
                file.wrong(f"{label}: {_unknown(file, name, species)}", *path)
            elif name in met:
                file.wrong(f"{label}: '{shown(name)}' begins in joint_starts[{met[name] + 1}] already.", *path)
            elif name in file.species and file.species[name].share is not None:
                file.wrong(f"{label}: '{shown(name)}' has a share of its own; keep one of the two.", *path)
            met.setdefault(name, number)


def _unknown(file: File, name: str, known: Iterable[str]) -> str:
    # To compare with all names takes long; of very many problems only the first few are shown.
    hint = meant(name, list(known)[:2000]) if len(file.problems) < 3 * MAX_SHOWN else ""
    return f"'{shown(name)}' is not declared{hint}."
