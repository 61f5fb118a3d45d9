"""`her2 new`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _options
from her2cli.cli._errors import remark
from her2cli.cli._file import check_target, save
from her2cli.cli._output import envelope, write
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._written import Force

REFERENCES = """\
references:
  example:
    citation: Put the publication here, with its PubMed number or DOI below.
    note: This is a placeholder, not a publication.
"""

STARTER = """\
schema: 1
name: {name}
title: A starter pathway
# Letters stand for molecules here; every scalar is text, so names such as NO need no quotes.
readouts: [GROWTH]          # what an experiment measures

species:
  LIGAND:
    name: a growth factor
    kind: ligand
    location: extracellular  # extracellular, membrane, cytosol, nucleus, phenotype
    initial: 1               # a species without edges into it keeps this value
  RECEPTOR:
    kind: receptor
    location: membrane
    aliases: [R1]            # it answers to these names, too
  KINASE:
    kind: kinase
    location: cytosol
  PHOSPHATASE:
    kind: phosphatase
    location: cytosol
  GROWTH:
    kind: phenotype
    location: phenotype
    speed: slow              # transcription and translation

# Default rule: on when any activator is on and no inhibitor is.
edges:
  - source: LIGAND
    target: RECEPTOR
    effect: activates        # or inhibits
    mechanism: binding
    evidence: [example]      # keys of references below, or of the library
  - source: RECEPTOR
    target: KINASE
    effect: activates
    mechanism: phosphorylation
    evidence: [example]
  - source: PHOSPHATASE
    target: KINASE
    effect: inhibits
    mechanism: dephosphorylation
    evidence: [example]
  - source: KINASE
    target: GROWTH
    effect: activates
    mechanism: transcription
    evidence: [example]

# A rule replaces the default: and, or, not, parentheses.
rules:
  KINASE: RECEPTOR and not PHOSPHATASE

# A drug acts only when it is asked for: her2 simulate -p {name}.yaml --drug blocker
drugs:
  blocker:
    name: an inhibitor
    kind: small molecule
    evidence: [example]
    edges:
      - target: KINASE
        effect: inhibits
        mechanism: blocks the active site
        evidence: [example]

"""

# An entry of the library in a file of its own; HER2_PATHWAYS names the folder that it is put into.
AGENT = """\
# {what} for the folder that HER2_PATHWAYS names. 'her2 check FILE' says what is wrong with it.
schema: 1
{section}:
  {name}:
    name: {name}
    kind: {kind}
    evidence: [example]
    edges:                     # what it does; a drug may also block one edge: `blocks: SOURCE -> TARGET`
      - target: {target}
        effect: {effect}
        mechanism: say how it acts
        evidence: [example]
"""
MATCH = """\
    # match:                   # which data show it, for 'her2 cohort': see docs/match.md
    #   - gene: {target}
    #     changes: [V777L]
"""
CELL_LINE = """\
# A cell line for the folder that HER2_PATHWAYS names. 'her2 check FILE' says what is wrong with it.
schema: 1
cell_lines:
  {name}:
    name: {name}
    alterations: [{alteration}]
    evidence: [example]
"""


def new(
    file: Annotated[str, Argument(metavar="[FILE]", help="The file to write; stdout without one.")] = "",
    drug: Annotated[str, Option("--drug", metavar="NAME", help="A file for a drug of your own instead.")] = "",
    alteration: Annotated[str, Option("--alteration", metavar="NAME", help="A file for an alteration.")] = "",
    cell_line: Annotated[str, Option("--cell-line", metavar="NAME", help="A file for a cell line.")] = "",
    force: Force = False,
    json: _options.Json = False,
) -> None:
    """A commented pathway file to start from, or one for a drug, an alteration or a cell line of your own.

    It passes 'her2 check'. A drug is known in every command once its file lies in the folder that HER2_PATHWAYS names.

    her2 new my_pathway.yaml
    her2 new mine/tamoxifen.yaml --drug tamoxifen
    """
    from pathlib import Path
    from shlex import quote

    from her2cli.errors import Her2Error, shown

    named = file not in ("", "-")
    if named and Path(file).suffix.lower() not in (".yaml", ".yml"):
        raise Her2Error(f"{file}: the starter file is YAML; name it something.yaml.")
    stem = "".join(c if c.isalnum() else "_" for c in Path(file).stem) if named else "starter"
    entries = {"drug": drug, "alteration": alteration, "cell line": cell_line}
    asked = [kind for kind, name in entries.items() if name]
    if len(asked) > 1:
        raise Her2Error("A file is started for one thing: choose one of --drug, --alteration and --cell-line.")
    id = _id(asked[0], entries[asked[0]]) if asked else stem
    content = _entry(asked[0], id) if asked else STARTER.format(name=id) + REFERENCES
    if named:
        check_target(file, force=force)
        save(file, content)
    if json:
        write(envelope("new", None, {"file": file if named else None, **({} if named else {"text": content})}))
    elif not named:
        write(content)
    elif asked:
        article = "an" if asked[0] == "alteration" else "a"
        told = f"{article} {asked[0]} to start from. Edit it, then: "
        write(f"{shown(file, 200)}: {told}HER2_PATHWAYS={shown(quote(str(Path(file).parent)), 200)} her2 show {id}\n")
    else:
        path = shown(quote(file), 200)
        write(
            f"{shown(file, 200)}: a pathway to start from. Try 'her2 check {path}' and 'her2 trace LIGAND -p {path}'.\n"
        )


def _id(kind: str, name: str) -> str:
    """The id of an entry of that name. Raises `Her2Error` where it has none, or a scenario would mean another."""
    import re

    from her2cli.errors import Her2Error, shown
    from her2cli.loading import load, pathway_names
    from her2cli.loading.entries import NORMAL

    id = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")
    option = f"--{kind.replace(' ', '-')} {shown(name)!r}"
    if not id:
        raise Her2Error(f"{option}: a name has letters or digits.")
    if id.casefold() == NORMAL:
        raise Her2Error(f"{option}: in a scenario this is a normal cell; call it something else.")
    for path in [load(each, with_places=True) for each in pathway_names()] if kind != "cell line" else ():
        for what, things in (("a species", path.species), ("a drug", path.drugs), ("an alteration", path.alterations)):
            if id in things and not what.endswith(kind):
                told = f"{id} is the id of {what} already ({things[id].place})"
                raise Her2Error(f"{option}: {told}; call it something else, such as {id}_{kind}.")
    return id


def _entry(kind: str, id: str) -> str:
    """The starter of one entry of the library. What it acts on is the first readout or alteration that is shipped."""
    from her2cli.formats import load

    path = load()
    default = path.default_alterations[0]
    target = path.actions(default)[0].target
    if kind == "cell line":
        return CELL_LINE.format(name=id, alteration=default) + REFERENCES
    what = {
        "drug": {"what": "A drug", "section": "drugs", "kind": "kinase inhibitor", "effect": "inhibits"},
        "alteration": {"what": "An alteration", "section": "alterations", "kind": "mutation", "effect": "activates"},
    }[kind]
    match = MATCH.format(target=target) if what["section"] == "alterations" else ""
    if id in (path.drugs if kind == "drug" else path.alterations):
        remark(f"her2: {id} is there already: in the folder that HER2_PATHWAYS names, this file takes its place.")
    return AGENT.format(name=id, target=target, **what) + match + REFERENCES
