"""`her2 new`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _options
from her2cli.cli._file import check_target, save
from her2cli.cli._output import envelope, write
from her2cli.cli._parameters import Argument
from her2cli.cli._written import Force

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

references:
  example:
    citation: Put the publication here, with its PubMed number or DOI below.
    note: This is a placeholder, not a publication.
"""


def new(
    file: Annotated[str, Argument(metavar="[FILE]", help="The file to write; stdout without one.")] = "",
    force: Force = False,
    json: _options.Json = False,
) -> None:
    """A commented pathway file to start from. It passes 'her2 check'.

    her2 new my_pathway.yaml
    """
    from pathlib import Path

    from her2cli.errors import Her2Error

    named = file not in ("", "-")
    if named and Path(file).suffix.lower() not in (".yaml", ".yml"):
        raise Her2Error(f"{file}: the starter file is YAML; name it something.yaml.")
    stem = "".join(c if c.isalnum() else "_" for c in Path(file).stem) if named else "starter"
    content = STARTER.format(name=stem)
    if named:
        check_target(file, force=force)
        save(file, content)
    if json:
        write(envelope("new", None, {"file": file if named else None, **({} if named else {"text": content})}))
    elif not named:
        write(content)
    else:
        write(f"{file}: a pathway to start from. Try 'her2 check {file}' and 'her2 trace LIGAND -p {file}'.\n")
