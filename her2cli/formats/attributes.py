"""What the graph formats share: the attributes of species and edges as flat text."""

from __future__ import annotations

from her2cli.formats.losses import ACTIONS, EVERYTHING
from her2cli.model import Edge, Pathway, Species

CARRIED = EVERYTHING - {*ACTIONS, "readouts", "default alterations", "joint beginnings", "rows in pictures"}
CARRIED -= {"rates of some states only", "goals", "contexts"}


def species_attributes(pathway: Pathway, species: Species) -> dict[str, str]:
    """What a node says beside its id; without blanks to fill."""
    rule = pathway.rules.get(species.id)
    return _filled(
        label=species.name or species.id,
        kind=species.kind,
        location=species.location,
        aliases="; ".join(species.aliases),
        hgnc="; ".join(species.hgnc),
        uniprot="; ".join(species.uniprot),
        initial=str(species.initial),
        share=str(species.share) if species.share is not None else "",
        speed=species.speed.value,
        rate_up=str(species.rate_up) if species.rate_up is not None else "",
        rate_down=str(species.rate_down) if species.rate_down is not None else "",
        rule=rule.text if rule else "",
        rule_note=rule.note if rule else "",
        rule_evidence="; ".join(rule.evidence) if rule else "",
        evidence="; ".join(species.evidence),
        verified=species.verified.value if species.verified else "",
        note=species.note,
    )


def edge_attributes(pathway: Pathway, edge: Edge) -> dict[str, str]:
    """What an edge says beside its ends."""
    return _filled(
        interaction=edge.effect.value,
        condition=condition(pathway, edge),
        mechanism=edge.mechanism,
        step="; ".join(map(str, edge.step)),
        evidence="; ".join(edge.evidence),
        against="; ".join(edge.against),
        status=edge.status.value if edge.status else "",
        verified=edge.verified.value if edge.verified else "",
        confidence=edge.confidence,
        note=edge.note,
    )


def condition(pathway: Pathway, edge: Edge) -> str:
    """That *edge* only tells in which cells others act; that it does not, where the file says that."""
    return "true" if pathway.is_condition(edge) else "" if edge.condition is None else "false"


def _filled(**attributes: str) -> dict[str, str]:
    return {key: value for key, value in attributes.items() if value}
