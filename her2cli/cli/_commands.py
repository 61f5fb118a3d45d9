"""The list of commands, their other spellings, and where each one's file is.

A new command is a line in `COMMANDS` and a file `cli/<command>.py` with a function of that name.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from importlib import import_module

COMMANDS: dict[str, dict[str, str]] = {
    "Look up": {
        "receptors": "The four receptors side by side",
        "receptor": "One receptor, as article and literature have it",
        "domain": "A domain of a receptor, or all domains",
        "function": "What the receptors do for the cell",
        "species": "A species and what acts on it, or all species",
        "ligands": "What a scenario can put into the medium",
        "drug": "A drug and every action it has, or all drugs",
        "alteration": "An alteration of the tumour, or all alterations",
        "cell-line": "A cell line and its alterations, or all cell lines",
        "context": "What surrounds the cells, or all contexts",
        "pathways": "The networks that can be asked",
        "show": "Anything, by any of its names",
        "search": "Find a text in names, aliases, claims and notes",
        "evidence": "The references, or those behind one thing",
        "cite": "How to cite her2, and what an answer rests on",
    },
    "Follow": {
        "trace": "Follow a cascade step by step",
    },
    "Compute": {
        "simulate": "What a tumour does, and what a drug does to it",
        "explain": "Why a species is on or off, and what would flip it",
        "compare": "Scenarios side by side, and where they part",
        "attractors": "Fixed points, trap spaces and attractors",
    },
    "Study": {
        "screen": "Which drug, pair, alteration, cell line: all of them, ranked",
        "resist": "What makes a drug fail, and what would restore it",
        "combine": "Two drugs at all doses: synergy by Bliss and HSA",
        "cohort": "Which drugs suit the tumours of a study",
        "validate": "Re-run published experiments and count the agreement",
    },
    "Files": {
        "check": "Every problem of a file, with line and column",
        "convert": "From one format to another",
        "export": "Write the pathway in a standard format",
        "draw": "A picture or a page of the pathway",
        "schema": "The JSON Schema of the YAML, for editors",
        "diff": "What differs between two files, by meaning",
        "new": "A commented starter file",
    },
    "Learn": {
        "tour": "Five minutes through her2, step by step",
    },
    "For programs": {
        "python": "How to ask from Python and in notebooks",
        "agents": "A guide for programs and agents that ask her2",
        "mcp": "A server of the Model Context Protocol",
    },
}

# Other words for a command. A plural lists all there is of a kind, as the command itself does without a name.
SPELLINGS = {
    "domains": ("domain",),
    "functions": ("function",),
    "ligand": ("ligands",),
    "drugs": ("drug",),
    "alterations": ("alteration",),
    "mutations": ("alteration",),
    "cell-lines": ("cell-line",),
    "cell_lines": ("cell-line",),
    "cell_line": ("cell-line",),
    "lines": ("cell-line",),
    "contexts": ("context",),
    "pathway": ("pathways",),
    "networks": ("pathways",),
    "references": ("evidence",),
    "reference": ("evidence",),
    "claims": ("evidence", "--claims"),
    "experiments": ("validate",),
    "api": ("python",),
    "notebook": ("python",),
}
EXAMPLES = ("her2 trace HER2", "her2 receptor HER3", "her2 simulate --drug trastuzumab")


def function(name: str) -> Callable[..., None]:
    """What `her2 NAME` runs."""
    file = name.replace("-", "_")
    found: Callable[..., None] = getattr(import_module(f"her2cli.cli.{file}"), file)
    return found


def spelled(words: Sequence[str]) -> list[str]:
    """*words* as the commands are called: a plural is a list, `help` is an option, a name alone is shown."""
    first, rest = (words[0], [*words[1:]]) if words else ("", [])
    if first == "help":
        return [*spelled(rest[:1]), "--help"]
    if first == "her2" and rest:  # a line that was copied with the name of the program
        return spelled(rest)
    if first in SPELLINGS:
        return [*SPELLINGS[first], *rest]
    known = {name for group in COMMANDS.values() for name in group}
    if first == "cite" and rest and rest[0] in {*known, *SPELLINGS} - {"cite"}:  # the rest is the line of an answer
        own = {"--bibtex", "--ris", "--json", "--csv", "--tsv", "--help", "-h"}
        return ["cite", "--for", shlex.join(each for each in rest if each not in own), *(e for e in rest if e in own)]
    if not first or first.startswith("-") or first in known or not _is_name(first):
        return [*words]
    return ["show", *words]


def _is_name(word: str) -> bool:
    """Whether something of the library answers to *word*."""
    from her2cli import loading, lookup

    return any(lookup.knows(loading.load(name), word) for name in loading.pathway_names())
