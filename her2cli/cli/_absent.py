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

    words = name.replace(" p.", " ").split()
    of_gene = words[0] if kind == "alteration" and words else ""
    return rows().get((kind, folded(" ".join(words))), "") or rows().get((kind, folded(of_gene)), "")
