"""What an edge says of itself in one line: its number in the article, its sign, its status and its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from her2cli.model import Edge, Effect, Pathway, Status, Verification
from her2cli.render.console import text

if TYPE_CHECKING:
    from rich.text import Text

NO_EVIDENCE = "  (no evidence given)"
ARROWS = {effect: (effect.arrow, effect.value) for effect in Effect}  # a sign with its style


def acting(edge: Edge, pathway: Pathway | None = None) -> tuple[tuple[str, str], str]:
    """The sign of an edge with its style, and what it points to.

    An action on one edge alone inhibits that edge, which stands in parentheses with the sign that it has in *pathway*;
    without that the action tells: one that silences an inhibition activates.
    """
    if edge.blocks is None:
        return ARROWS[edge.effect], edge.target
    source, target = edge.blocks
    blocked = Effect.inhibits if edge.effect is Effect.activates else Effect.activates
    if pathway is not None:
        blocked = next((each.effect for each in pathway.edges_into(target) if each.source == source), blocked)
    return ARROWS[Effect.inhibits], f"({source} {blocked.arrow} {target})"


def number(edge: Edge) -> str:
    """The article's step numbers in brackets, with the blank behind them; nothing where it has none."""
    return bracketed(edge.step)


def bracketed(steps: tuple[int, ...]) -> str:
    """Any of the article's step numbers in the same way."""
    return f"[{','.join(str(step) for step in steps)}] " if steps else ""


def marks(edge: Edge) -> Text:
    """Conditions, status, evidence and counter-evidence of an edge, in words."""
    return text(marked(edge), "quiet")


def marked(edge: Edge, *, bare: bool = False) -> str:
    """The same as plain text. Where *bare*, it goes without saying that there is no evidence."""
    if not told(edge):
        return "" if bare else NO_EVIDENCE
    words = []
    if edge.requires:
        words.append(f"needs {', '.join(edge.requires)}")
    if edge.unless:
        words.append(f"unless {', '.join(edge.unless)}")
    if edge.status not in (None, Status.agree):
        words.append(str(edge.status))
    if edge.evidence or not bare:
        words.append(", ".join(edge.evidence) or "no evidence given")
    if edge.against:
        words.append(f"against: {', '.join(edge.against)}")
    if edge.verified in (Verification.memory, Verification.partly):
        words.append("unverified" if edge.verified is Verification.memory else "partly verified")
    return f"  ({'; '.join(words)})" if words else ""


_WEAK = {"textbook": "unverified", "encyclopaedia": "encyclopaedia", "model": "another model"}


def cited_key(pathway: Pathway, key: str) -> str:
    """A reference's key as answers cite it: what rests on no experiment says so."""
    weak = weakness(pathway, key)
    return f"{key} ({weak})" if weak else key


def weakness(pathway: Pathway, key: str) -> str:
    """Why a reference is weak: from memory, an encyclopaedia, another model; empty where it is a source of its own."""
    reference = pathway.references.get(key)
    if reference is None:
        return ""
    return "unverified" if reference.verified is Verification.memory else _WEAK.get(reference.kind, "")


def told(edge: Edge) -> bool:
    """Whether there is anything to say of conditions, status or evidence."""
    return bool(edge.evidence or edge.requires or edge.unless or edge.status or edge.against or edge.verified)
