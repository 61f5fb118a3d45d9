"""Our own JSON: the shape of our YAML (`her2 schema`) with everything in one file, the knowledge around it included."""

from __future__ import annotations

from her2cli.formats.fitting import fitted
from her2cli.formats.guard import read_json
from her2cli.formats.losses import Written
from her2cli.formats.yaml import document, knowledge
from her2cli.logic.network import BooleanNetwork
from her2cli.model import Pathway


def read(content: str, *, name: str, source: str) -> Pathway:
    """The pathway that a JSON text writes. Raises `DataError` with all problems."""
    from her2cli.loading import load_text

    read_json(content, source)  # what is JSON and harmless is YAML as well
    return load_text(content, source)


def write(pathway: Pathway, network: BooleanNetwork) -> Written:
    """*pathway* with all its knowledge, so that it reads the same where the library differs."""
    import json

    content, lost = fitted(document(pathway) | knowledge(pathway))
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    return Written(text=f"{text}\n", losses=lost)
