"""`her2 convert`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._reading import Reading, load
from her2cli.cli._written import Force, Strict, check_targets, deliver, drawn
from her2cli.errors import Her2Error

Source = Annotated[
    str,
    Argument(metavar="IN", help="A file, or the name of a pathway.", autocompletion=_names.pathways, brings=Reading),
]
Target = Annotated[str, Argument(metavar="OUT", help="The file to write; '-' is stdout, with --to.")]
To = Annotated[str, Option("--to", metavar="FORMAT", help="Format of OUT, where its extension is not enough.")]


def convert(
    source: Source,
    target: Target,
    target_format: To = "",
    force: Force = False,
    strict: Strict = False,
    json: _options.Json = False,
) -> None:
    """Write the pathway in IN to OUT, in the format of OUT's extension.

    Read and written are YAML, JSON, BNET, AEON, SBML-qual (.sbml, .xml), MaBoSS (.bnd, with .cfg), SIF, CSV, TSV, CX2
    and GraphML; read are GINML (.ginml, .zginml), GML, texts of rules (.txt, .bn) and spreadsheets, too; written are
    DOT and Mermaid (.mmd). What a format cannot carry is counted on stderr.

    her2 convert model.sbml model.bnet
    """
    from her2cli import formats

    if target == "-" and not target_format:
        raise Her2Error(f"To stdout in which format? --to {', '.join(formats.WRITTEN)}.")
    chosen = formats.find_format(target_format, target, to="write")
    if target != "-":
        check_targets(target, chosen, force=force, sources=(source,))
    pathway = load(source)
    written = formats.write(pathway, chosen.name, drawing=drawn(chosen, pathway))
    deliver("convert", pathway, chosen, written, path=target, strict=strict, json=json)
