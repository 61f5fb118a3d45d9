"""Drugs and alterations in formats that know only species: those that rules name are written as inputs that are off."""

from __future__ import annotations

from dataclasses import replace

from her2cli.expression import variables
from her2cli.loading.library import Library, Shelf, library
from her2cli.logic.network import pathway_rules
from her2cli.model import Pathway, Species


def with_agents(pathway: Pathway) -> Pathway:
    """*pathway* with the drugs and alterations that its rules name as species that begin at 0.

    No term of a rule is lost in such a network, and whoever reads it can still switch them on. Raises `RuleError` for
    a rule that cannot be parsed or names what the pathway does not have.
    """
    named = (name for rule in pathway_rules(pathway).values() for name in variables(rule))
    agents = {name: agent_species(pathway, name) for name in named if name not in pathway.species}
    return replace(pathway, species={**pathway.species, **agents}) if agents else pathway


def agent_species(pathway: Pathway, key: str) -> Species:
    """The drug or alteration *key* as a species."""
    drug = pathway.drugs.get(key)
    agent = drug or pathway.alterations[key]
    return Species(
        id=key,
        name=agent.name,
        kind="drug" if drug else "alteration",
        aliases=agent.aliases,
        evidence=agent.evidence,
        verified=agent.verified,
        note=agent.note,
    )


def not_of_the_library(pathway: Pathway) -> tuple[str, ...]:
    """`1 drugs and alterations that the library does not have` and the like: what a reader will not find again.

    Of a reference, the key is written.
    """
    shelves = library()
    agents = sum(len(beyond(shelves, pathway, section)) for section in ("drugs", "alterations"))
    own = [pathway.references[key] for key in beyond(shelves, pathway, "references")]
    told = sum(each.citation not in ("", each.id) or bool(each.pmid or each.doi) for each in own)
    counts = {"drugs and alterations": agents, "citations of references": told}
    return tuple(f"{number} {what} that the library does not have" for what, number in counts.items() if number)


def beyond(shelves: Library, pathway: Pathway, section: str) -> tuple[str, ...]:
    """The keys of the entries in a *section* of the knowledge that the library has not, or has otherwise."""
    shelf = Shelf(shelves, section)
    return tuple(key for key, entry in getattr(pathway, section).items() if shelf.get(key) != entry)
