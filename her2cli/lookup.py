"""Finding things by what people call them: one thing by any name, a text anywhere, the evidence behind a thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from her2cli.errors import UnknownName
from her2cli.model import (
    Absent,
    Alteration,
    Claim,
    Edge,
    Pathway,
    Status,
    Verification,
    closest,
    find,
    folded,
    meant_by,
    names_of,
)

# The words for the kinds, in the order in which a name is looked for, and where a pathway keeps them.
KINDS = {
    "species": "species",
    "drug": "drugs",
    "alteration": "alterations",
    "receptor": "receptors",
    "domain": "domains",
    "function": "functions",
    "cell line": "cell_lines",
    "context": "contexts",
    "reference": "references",
    "claim": "claims",
    "experiment": "experiments",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A thing that answers to a name."""

    kind: str
    id: str
    thing: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place where a text was found: the whole value of that field, and what the thing is called."""

    kind: str
    id: str
    field: str
    value: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Targeting:
    """A drug against a species: whether it is meant for it, and the dimers of the species that it acts on."""

    drug: str
    direct: bool
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One statement that rests on a reference, or that somebody disputes or has not checked."""

    kind: str
    id: str
    statement: str
    status: str
    verified: str
    evidence: tuple[str, ...]
    against: tuple[str, ...]


def find_any(pathway: Pathway, name: str) -> Found:
    """The first thing of any kind that answers to *name*. Raises `UnknownName` with the closest names of all kinds."""
    for kind, shelf in KINDS.items():
        if meant(pathway, kind, name):
            things: Mapping[str, Any] = getattr(pathway, shelf)
            key = find(things, _written(pathway, kind, name), kind)  # which says so where several share it
            return Found(kind=kind, id=key, thing=things[key])
    close = closest(name, *(getattr(pathway, shelf) for shelf in KINDS.values()))
    hint = "'her2 search TEXT' looks into notes and claims; 'her2 new --help' says how to add what is missing."
    raise UnknownName("species, drug, alteration or anything else", name, close, hint)


def near(pathway: Pathway, text: str) -> dict[str, tuple[str, ...]]:
    """What may be meant by each word of *text* that is in nothing, or else by all of it; by that word.

    Of species, drugs, alterations and cell lines, their ids; not of what a word of *text* names.
    """
    shelves = [getattr(pathway, KINDS[kind]) for kind in NAMED_TOGETHER]
    words = dict.fromkeys(text.split())
    missing = [word for word in words if not search(pathway, word)]
    found = {word: close for word in missing if (close := closest(word, *shelves))}
    if found or not missing:
        return found
    typed = {key for word in words for kind in NAMED_TOGETHER for key in meant(pathway, kind, word)}
    close = tuple(key for key in closest(text, *shelves) if key not in typed)
    return {text: close} if close else {}


def also(pathway: Pathway, name: str, found: Found) -> tuple[Found, ...]:
    """What else answers to *name* under another id than what was *found*, such as an alteration beside a species."""
    others = []
    for kind, shelf in KINDS.items():
        keys = meant(pathway, kind, name)
        if len(keys) == 1 and keys[0] != found.id:
            others.append(Found(kind=kind, id=keys[0], thing=getattr(pathway, shelf)[keys[0]]))
    return tuple(others)


def knows(pathway: Pathway, name: str) -> bool:
    """Whether anything of any kind answers to *name*."""
    return any(meant(pathway, kind, name) for kind in KINDS)


def meant(pathway: Pathway, kind: str, name: str) -> tuple[str, ...]:
    """The ids of what answers to *name* among things of that *kind*: an alteration by a change of its gene, too."""
    return meant_by(getattr(pathway, KINDS[kind]), _written(pathway, kind, name), kind)


def _written(pathway: Pathway, kind: str, name: str) -> str:
    return pathway.of_symbol(name) if kind == "alteration" else name


NAMED_TOGETHER = ("drug", "alteration", "cell line", "species")  # what a scenario and its readouts are made of
WORDS = 12  # that are read as names; a sentence is none


def named_together(pathway: Pathway, text: str, absent: Callable[[str], Absent | None]) -> tuple[Found, ...]:
    """The things that the words of *text* name one after the other, the longest names first; none where a word is left.

    What the library leaves out, by *absent*, is one of them under its own kind. Signs between names are as blanks.
    """
    found = _one_by_one(pathway, text.split(), absent)
    apart = re.sub(r"[+,;()]", " ", text).split()
    return found or (_one_by_one(pathway, apart, absent) if apart != text.split() else ())


def _one_by_one(pathway: Pathway, words: list[str], absent: Callable[[str], Absent | None]) -> tuple[Found, ...]:
    found: list[Found] = []
    while words and len(words) <= WORDS:
        for count in range(len(words), 0, -1):
            thing = _named(pathway, " ".join(words[:count]), absent)
            if thing is not None:
                found.append(thing)
                del words[:count]
                break
        else:
            return ()
    return () if words else tuple(found)


def _named(pathway: Pathway, name: str, absent: Callable[[str], Absent | None]) -> Found | None:
    for kind in NAMED_TOGETHER:
        keys = meant(pathway, kind, name)
        if len(keys) == 1:
            return Found(kind=kind, id=keys[0], thing=getattr(pathway, KINDS[kind])[keys[0]])
    left_out = absent(name)
    return Found(kind=left_out.kind, id=left_out.id, thing=left_out) if left_out else None


def absence(absent: Mapping[str, Absent], kinds: str, name: str, symbol: Callable[[str], str]) -> Absent | None:
    """What is *absent* of these *kinds*, in words, by the name of *name*; of a variant that is not, its gene.

    A variant is told with its gene by any name of that: *symbol* gives the one that the entries have.
    """
    named = {(each.kind, folded(said)): each for each in absent.values() for said in names_of(each)}
    words = [word.removeprefix("p.") for word in re.split(r"[\s:_]+", name.strip())]
    for kind in dict.fromkeys(each.kind for each in absent.values()):
        if kind not in kinds and "anything" not in kinds and not (kind == "readout" and "species" in kinds):
            continue
        tried = [name]
        if kind == "alteration":
            gene = symbol(words[0]) if len(words) > 1 else words[0]
            tried = [" ".join([gene, *words[1:]]), gene]
        found = next((named[kind, folded(each)] for each in tried if (kind, folded(each)) in named), None)
        if found is not None:
            return found
    return None


def claims_about(pathway: Pathway, *names: str) -> tuple[Claim, ...]:
    """The article's claims on any of these ids."""
    wanted = {name for name in names if name}
    return tuple(claim for claim in pathway.claims.values() if wanted.intersection(claim.about))


def targeting(pathway: Pathway, name: str) -> tuple[Targeting, ...]:
    """The drugs against a species: those that act on it or name it as their target, then those that reach its dimers.

    *name* is any of its names. What a drug is said to spare is not its target. A dimer or a complex is one that an edge
    from the species makes. What blocks an edge acts where that begins, not on what it leads to: trastuzumab, on
    SRC -| PTEN, frees PTEN. Raises `UnknownName` with the closest species.
    """
    species = pathway.find_species(name)
    called = {folded(each) for each in names_of(pathway.species[species])}
    joined = ("dimer", "complex")
    onto = {edge.target for edge in pathway.edges if edge.source == species and edge.sign > 0}
    dimers = {each for each in onto if pathway.species[each].kind in joined}
    found = []
    for key, drug in pathway.drugs.items():
        ends = [(edge.blocks or ("", edge.target)) for edge in pathway.actions(key)]
        acts = [pair for pair in ends if pair[1] in pathway.species]
        meant = re.sub(r"\bspares\b[^;]*", "", drug.targets)
        named = any(folded(word) in called for word in re.findall(r"[\w/-]{3,}", meant))
        direct = named or any(species == (pair[0] or pair[1]) and not dimers.intersection(pair) for pair in acts)
        through = tuple(dict.fromkeys(each for pair in acts for each in pair if each in dimers))
        if direct or through:
            found.append(Targeting(drug=key, direct=direct, through=through))
    return tuple(sorted(found, key=lambda each: (not each.direct, each.drug.casefold())))


def search(pathway: Pathway, text: str) -> tuple[Hit, ...]:
    """The fields that hold *text* or one of its words, of every thing that has all words somewhere, best things first.

    A word is found where a word begins so, and of a name where one ends so, too. Case, blanks and hyphens are ignored,
    and so is a plural; the article's spellings are among the fields. The alteration that a protein change stands for
    goes first, by what its `match` says, then what is called so, then the drugs of a class that is called so (by kind,
    classes, targets, and what they act on), then what begins so, what has it in its name, as a whole elsewhere, or as
    scattered words; of a name in capitals, as a trial has, all that has it as a word before all that only begins so.
    Raises `UnknownName` where *text* holds nothing to look for.
    """
    whole = folded(text)
    wanted = {word: _forms(word) for word in map(folded, text.split()) if word}
    if not whole:
        raise UnknownName("text", text)
    shown_by = meant(pathway, "alteration", text)
    of_kind, as_word = _of_kind(pathway, text), word_in_capitals(text)
    found = []
    for number, (kind, key, thing) in enumerate(_everything(pathway)):
        own = [(field, value, folded(value)) for field, value in _texts(thing)]
        named = () if kind in _WITHOUT_NAME else _NAMES
        of_class = _of_class(pathway, key, own, wanted) if kind == "drug" else 0
        of_class = OF_KIND if kind == "alteration" and key in of_kind else of_class
        if kind == "alteration" and key in shown_by and not any(f in _NAMES and whole in value for f, _, value in own):
            found.append((-1.0, False, number, _by_match(key, thing, pathway.of_symbol(text))))
            continue
        if not of_class and not all(
            any(_holds(value, form, field in named) for field, value, _ in own for form in wanted[word])
            for word in wanted
        ):
            continue
        rank: float = min(_rank(field, value, whole, field in named) for field, value, _ in own)
        rank = min(rank, of_class) if of_class else rank
        if as_word is not None and rank > BEGINS and not any(as_word.search(value) for _, value, _ in own):
            rank += OTHER_WORDS
        hits = [
            Hit(
                kind=kind, id=key, field=field, value=value, name=getattr(thing, "name", getattr(thing, "citation", ""))
            )
            for field, value, _ in own
            if (of_class and field in (("kind", "targets") if kind == "drug" else ("kind", "name")))
            or any(_holds(value, form, field in named) for each in wanted.values() for form in each)
        ]
        if of_class and rank and kind == "drug":
            hits.sort(key=lambda hit: (hit.field != "targets", hit.field not in _CLASS))
        else:
            hits.sort(key=lambda hit: (whole not in folded(hit.value), hit.field not in _NAMES))
        found.append((rank, kind in _WITHOUT_NAME, number, hits))
    return tuple(hit for *_, hits in sorted(found, key=lambda each: each[:3]) for hit in hits)


def word_in_capitals(text: str) -> re.Pattern[str] | None:
    """What finds a name of four capitals or more as a word of its own: HERA, and not Ziihera. None for another text."""
    word = text.strip()
    return re.compile(rf"(?<![^\W_]){word}(?![^\W_])", re.IGNORECASE) if re.fullmatch("[A-Z]{4,}", word) else None


def _by_match(key: str, thing: Alteration, text: str) -> list[Hit]:
    """What shows an alteration, what speaks of the gene in *text* first."""
    hits = [Hit(kind="alteration", id=key, field="match", value=str(each), name=thing.name) for each in thing.match]
    return sorted(hits, key=lambda hit: folded(hit.value.partition(":")[0]) not in folded(text))


_NAMES = ("id", "name", "aliases", "spellings", "hgnc", "uniprot", "standard")
_WITHOUT_NAME = ("edge", "rule", "reference", "experiment")


_CLASS = ("kind", "classes", "targets")
BEGINS = 1  # the rank of a name that begins so
OTHER_WORDS = 10  # behind every rank
OF_KIND = 0.5  # the rank of what is of the kind that was asked for


def _of_kind(pathway: Pathway, text: str) -> tuple[str, ...]:
    """The alterations of the gene that *text* begins with, of the kind that the rest of it says: `ERBB2 mutant`."""
    gene, *rest = text.split()
    kinds = [form for word in rest for form in _forms(folded(word)) if len(form) > 2]
    if len(rest) != 1 or not kinds:
        return ()
    own = pathway.alterations_of(gene, alone=True)
    return tuple(key for key in own if any(folded(pathway.alterations[key].kind).startswith(form) for form in kinds))


def _forms(word: str) -> tuple[str, ...]:
    """A *word* as it was typed, and as it is where that is a plural: antibodies, antibody; a mutant has a mutation."""
    if word in ("mutant", "mutated"):
        return word, "mutation"
    if len(word) > 4 and word.endswith("ies"):
        return word, f"{word[:-3]}y"
    return (word, word[:-1]) if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else (word,)


def _of_class(
    pathway: Pathway, key: str, own: Sequence[tuple[str, str, str]], wanted: Mapping[str, tuple[str, ...]]
) -> float:
    """Whether a drug is of the class that the words name: its rank, the purest first; 0 where it is not.

    A word at least is of its kind or its classes; the others may be of what it is made for and of what it acts on.
    """
    kinds = [value for field, value, _ in own if field in ("kind", "classes")]
    if not any(_holds(kind, form, True) for kind in kinds for forms in wanted.values() for form in forms):
        return 0
    acts = {folded(name) for edge in pathway.drugs[key].edges for name in (edge.target, *(edge.blocks or ()))}
    texts = [*kinds, *(value for field, value, _ in own if field == "targets")]
    for forms in wanted.values():
        exact = acts.intersection(
            form.replace("/", "") for form in forms
        )  # CDK4/6 is CDK46; of a dimer no drug is named
        if not exact and not any(_holds(text, form, True) for text in texts for form in forms):
            return 0
    return 0.5 if any(folded(kind).endswith([*wanted.values()][-1]) for kind in kinds) else 0.6


def _rank(field: str, value: str, whole: str, named: bool) -> int:
    """How well one field of a thing answers: less is better."""
    if not _holds(value, whole, named):
        return 4
    plain = folded(value)
    return 3 if field not in _NAMES else 0 if plain == whole else BEGINS if plain.startswith(whole) else 2


def _holds(value: str, form: str, named: bool = False) -> bool:
    """Whether a word of *value* begins with *form*, which is folded and may go on over the next ones.

    Where *value* is a name, a word that ends so will do: KRAS has RAS, lapatinib is a tinib.
    """
    plain = folded(value)
    place = plain.find(form)
    if place < 0:
        return False
    begins, breaks = _beginnings(value)
    while place >= 0:
        end = place + len(form)
        if place in begins or (named and end in begins and breaks.isdisjoint(range(place + 1, end))):
            return True
        place = plain.find(form, place + 1)
    return False


@lru_cache(maxsize=1 << 12)
def _beginnings(value: str) -> tuple[frozenset[int], frozenset[int]]:
    """The places in *value*, folded, where a word or a part of it begins, as in p95HER2; and those after a sign.

    The end is one of the former.
    """
    begins, breaks, place, before = set(), set(), 0, " "
    for sign in value:
        if not before.isalnum():
            breaks.add(place)
        if (
            not (before.isalnum() and sign.isalnum())
            or before.isdigit() != sign.isdigit()
            or (before.islower() and sign.isupper())
        ):
            begins.add(place)
        place += len(folded(sign))
        before = sign
    return frozenset({*begins, place}), frozenset(breaks)


def _texts(thing: Any) -> Iterator[tuple[str, str]]:
    """Every text that a thing holds, with the name of its field."""
    for field in fields(thing):
        value = getattr(thing, field.name)
        if field.name == "written":  # its names are those of the parts, the others stand in the text
            continue
        for part in value if isinstance(value, tuple) else (value,):
            words = str(part) if field.name in ("match", "parts") else part
            if isinstance(words, str) and words:
                yield field.name, words


def uses(pathway: Pathway, name: str = "") -> tuple[Use, ...]:
    """Every statement with its evidence: those about one thing, or all of the pathway and the knowledge."""
    if not name:
        return tuple(_uses(pathway))
    found = find_any(pathway, name)
    if found.kind == "reference":
        return tuple(use for use in _uses(pathway) if found.id in (*use.evidence, *use.against))
    return tuple(use for use in _uses(pathway) if use.id == found.id or _touches(pathway, found.id, use))


def _touches(pathway: Pathway, name: str, use: Use) -> bool:
    if use.kind == "claim":
        return name in pathway.claims[use.id].about
    if use.kind == "domain":
        return pathway.domains[use.id].receptor == name
    return use.kind == "edge" and name in use.id.split(" ")


def _everything(pathway: Pathway) -> Iterator[tuple[str, str, Any]]:
    for kind, shelf in KINDS.items():
        for key, thing in getattr(pathway, shelf).items():
            yield kind, key, thing
    for edge in _edges(pathway):
        yield "edge", edge_name(edge), edge
    for key, rule in pathway.rules.items():
        yield "rule", key, rule


def _edges(pathway: Pathway) -> Iterator[Edge]:
    yield from pathway.edges
    for key in (*pathway.drugs, *pathway.alterations):
        yield from pathway.actions(key)


def edge_name(edge: Edge) -> str:
    """`SOURCE -> TARGET`, with what is blocked in brackets where an edge acts on an edge."""
    target = f"({edge.blocks[0]} -> {edge.blocks[1]})" if edge.blocks else edge.target
    return f"{edge.source} {edge.effect.arrow} {target}"


def _uses(pathway: Pathway) -> Iterator[Use]:
    for edge in _edges(pathway):
        yield _use("edge", edge_name(edge), edge.mechanism or edge.note, edge)
    for key, rule in pathway.rules.items():
        yield _use("rule", key, rule.text, rule)
    for kind, shelf in KINDS.items():
        if kind in ("reference", "experiment"):
            continue
        for key, thing in getattr(pathway, shelf).items():
            if thing.evidence or kind != "species":  # a species may rest on its edges alone
                yield _use(kind, key, _statement(thing), thing)
    for key, alteration in pathway.alterations.items():
        yield from (_use("match", key, str(match), match) for match in alteration.match if match.evidence)
    for key, report in pathway.reports.items():
        yield _use("report", key, ". ".join(filter(None, (report.name or key, report.note))), report)
    for key, context in pathway.contexts.items():
        yield from (
            _use("context", key, f"{each.species} in {each.share:.0%} of cells", each) for each in context.species
        )


def _statement(thing: Any) -> str:
    return str(getattr(thing, "article", "") or getattr(thing, "name", "") or thing.id)


def _use(kind: str, key: str, statement: str, thing: Any) -> Use:
    status, verified = getattr(thing, "status", None), getattr(thing, "verified", None)
    return Use(
        kind=kind,
        id=key,
        statement=statement,
        status=status.value if isinstance(status, Status) else "",  # a drug's is its approval
        verified=verified.value if verified else "",
        evidence=thing.evidence,
        against=getattr(thing, "against", ()),
    )


def disputed(statements: Iterable[Use]) -> tuple[Use, ...]:
    """Those that the literature contradicts, or that have evidence on both sides."""
    contested = {Status.disputed.value, Status.wrong.value, Status.outdated.value}
    return tuple(use for use in statements if use.status in contested or use.against)


def unverified(statements: Iterable[Use]) -> tuple[Use, ...]:
    """Those that were written down from memory or only partly checked."""
    return tuple(use for use in statements if use.verified in (Verification.memory.value, Verification.partly.value))
