"""Why something is not in the catalogue, as docs/absent.md says it, which alone holds these facts.

The page stands beside the package in a checkout and within it in a wheel.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SECTIONS = {"Drugs": "drug", "Alterations": "alteration", "Cell lines": "cell line"}  # headings, by what they are of


@cache
def rows() -> dict[tuple[str, str], str]:
    """By kind and folded name why it is not there."""
    from her2cli.model import folded

    package = Path(__file__).resolve().parents[1]
    places = (package / "absent.md", package.parent / "docs" / "absent.md")
    page = next((place.read_text("utf-8") for place in places if place.is_file()), "")
    kind, found = "", {}
    for line in page.splitlines():
        if line.startswith("## "):
            kind = SECTIONS.get(line.removeprefix("## "), "")
        elif kind and (row := re.fullmatch(r"\| (.+) \| (.+) \|", line)):
            for name in re.split(r",|\(|\)| and | mutations\b", row[1]):
                if name.strip():
                    found[kind, folded(name.strip())] = row[2].replace("`", "")
    return found


def why(kind: str, name: str) -> str:
    """Why *name* is not there; of a variant that no row names, why its gene is not. Empty where no row says it."""
    from her2cli.model import folded

    words = [word.removeprefix("p.") for word in re.split(r"[\s:_]+", name.strip())] if kind == "alteration" else [name]
    if len(words) > 1:
        words[0] = _symbol(words[0])
    of_gene = words[0] if kind == "alteration" else ""
    return rows().get((kind, folded(" ".join(words))), "") or rows().get((kind, folded(of_gene)), "")


def absence(kinds: str, name: str) -> tuple[str, str]:
    """The kind of these *kinds*, in words, of which a row names *name*, and why it is not there; or nothing."""
    for kind in SECTIONS.values():
        if (kind in kinds or "anything" in kinds) and (reason := why(kind, name)):
            return kind, reason
    return "", ""


def _symbol(name: str) -> str:
    """The symbol of a gene by any name of its species, where that is of one gene; else *name*."""
    from her2cli.loading import NETWORK, load
    from her2cli.model import meant_by

    species = load(NETWORK).species
    symbols = [symbol for key in meant_by(species, name) for symbol in species[key].hgnc]
    return symbols[0] if len(symbols) == 1 else name
