"""What a format cannot carry, counted, so that writing never drops anything in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from her2cli.model import Alteration, Drug, Edge, Pathway, Speed, Status, Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A pathway in a format: the file's text, a second file where the format has two, and what was left out."""

    text: str
    losses: tuple[str, ...] = ()
    beside: str = ""  # the text of the second file


def losses(pathway: Pathway, carried: frozenset[str] | set[str], *more: str) -> tuple[str, ...]:
    """`12 rules` and the like, for every fact that *pathway* has and that is not among *carried*; then *more*."""
    without = carried if "edges" in carried else {*carried, MARKS}  # which is no loss more than that of the edges
    counts = ((fact, count(pathway)) for fact, count in FACTS.items() if fact not in without)
    return (*(f"{number} {fact}" for fact, number in counts if number), *more)


def _edges(pathway: Pathway) -> Sequence[Edge]:
    return pathway.edges


def _over_species(attribute: str) -> Callable[[Pathway], int]:
    return lambda pathway: sum(bool(getattr(species, attribute)) for species in pathway.species.values())


def _over_edges(attribute: str) -> Callable[[Pathway], int]:
    return lambda pathway: sum(bool(getattr(edge, attribute)) for edge in _edges(pathway))


def _things(pathway: Pathway) -> Iterator[object]:
    yield from pathway.species.values()
    yield from pathway.edges
    yield from pathway.rules.values()


def _own_actions(pathway: Pathway) -> Iterator[bool]:
    """For every action of a drug or an alteration itself: whether it is one in this pathway."""
    agents: tuple[Drug | Alteration, ...] = (*pathway.drugs.values(), *pathway.alterations.values())
    for edge in (edge for agent in agents for edge in agent.edges):
        yield all(name in pathway.species for name in (edge.blocks or (edge.target,)))


MARKS = "marks of edges that only tell in which cells others act"
FACTS: dict[str, Callable[[Pathway], int]] = {
    "title": lambda pathway: int(bool(pathway.title)),
    "names": lambda pathway: sum(species.name not in ("", species.id) for species in pathway.species.values()),
    "aliases": lambda pathway: sum(len(species.aliases) for species in pathway.species.values()),
    "kinds": _over_species("kind"),
    "locations": _over_species("location"),
    "identifiers": lambda pathway: sum(len(s.hgnc) + len(s.uniprot) for s in pathway.species.values()),
    "initial values of 1": _over_species("initial"),
    "shares of cells": lambda pathway: sum(species.share is not None for species in pathway.species.values()),
    "slow species": lambda pathway: sum(species.speed is Speed.slow for species in pathway.species.values()),
    "rates": lambda pathway: sum((s.rate_up, s.rate_down) != (None, None) for s in pathway.species.values()),
    "rates of some states only": lambda pathway: len(pathway.state_rates),
    "joint beginnings": lambda pathway: len(pathway.joint_starts),
    "edges": lambda pathway: len(pathway.edges),
    MARKS: lambda pathway: sum(map(pathway.is_condition, pathway.edges)) if pathway.conditions else 0,
    "mechanisms": _over_edges("mechanism"),
    "steps": _over_edges("step"),
    "statuses": lambda pathway: sum(edge.status not in (None, Status.agree) for edge in pathway.edges),
    "contrary references": lambda pathway: sum(len(edge.against) for edge in pathway.edges),
    "confidences": _over_edges("confidence"),
    "rules": lambda pathway: len(pathway.rules),
    "references": lambda pathway: sum(len(getattr(thing, "evidence", ())) for thing in _things(pathway)),
    "unverified marks": lambda pathway: sum(
        getattr(thing, "verified", None) not in (None, Verification.seen) for thing in _things(pathway)
    ),
    "notes": lambda pathway: bool(pathway.note) + sum(bool(getattr(thing, "note", "")) for thing in _things(pathway)),
    "actions of drugs and alterations": lambda pathway: sum(_own_actions(pathway)),
    "actions of drugs and alterations that this pathway adds": lambda pathway: len(pathway.agent_edges),
    "readouts": lambda pathway: len(pathway.readouts),
    "goals": lambda pathway: sum(species.goal is not None for species in pathway.species.values()),
    "default alterations": lambda pathway: len(pathway.default_alterations),
    "rows in pictures": lambda pathway: len(pathway.layout),
    "contexts": lambda pathway: int(bool(pathway.context)),
}
EVERYTHING = frozenset(FACTS)
ACTIONS = ("actions of drugs and alterations", "actions of drugs and alterations that this pathway adds")

# What only describes: an answer is the same without it.
DESCRIBING = (
    "title", "names", "aliases", "kinds", "locations", "identifiers", "mechanisms", "steps", "statuses",
    "contrary references", "confidences", "references", "marks of edges", "unverified marks", "notes",
    "rows in pictures", "citations of references",
)  # fmt: skip


def in_words(losses: Sequence[str]) -> str:
    """*losses* in a sentence, what can change an answer first: `3 rules; nor what only describes: 1 note`."""
    describing = [each for each in losses if each.split(" ", 1)[-1].startswith(DESCRIBING)]
    others = [_numbered(each) for each in losses if each not in describing]
    described = ", ".join(map(_numbered, describing))
    if not others or not describing:
        return ", ".join(others) or described
    return f"{', '.join(others)}; nor what only describes: {described}"


def _numbered(loss: str) -> str:
    """*loss* in the singular where there is one."""
    number, _, what = loss.partition(" ")
    if number != "1":
        return loss
    words = what.split(" ")
    last = next((place for place, word in enumerate(words[1:]) if word in ("of", "and", "that", "in")), len(words) - 1)
    word = words[last]
    irregular = {"statuses": "status", "aliases": "alias", "species": "species"}
    words[last] = irregular.get(word, word.removesuffix("s"))
    return f"1 {' '.join(words)}"
