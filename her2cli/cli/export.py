"""`her2 export`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _options, _scenario
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._reading import load
from her2cli.cli._written import Force, Strict, check_targets, deliver, drawn
from her2cli.errors import Her2Error

Format = Annotated[
    str,
    Argument(
        metavar="[FORMAT]",
        help="yaml, json, bnet, aeon, sbml, maboss, sif, csv, tsv, cx2, graphml, dot, mermaid; else as FILE ends.",
    ),
]
Output = Annotated[str, Option("--output", "-o", metavar="FILE", help="The file to write; else stdout.")]


def export(
    format: Format = "",
    output: Output = "",
    pathway: _options.Source = "her2",
    force: Force = False,
    strict: Strict = False,
    json: _options.Json = False,
    *,
    scenario: _options.ScenarioOptions,
) -> None:
    """Write the pathway in a standard format.

    With any scenario option it is the network of that scenario: its drugs and alterations are species that are on,
    and the rules say what they do. Without one it is the pathway as it stands; where a format knows only
    species, the drugs and alterations that its rules name are inputs that are off.

    her2 export bnet --drug lapatinib -a PTEN_loss
    """
    from her2cli import formats

    if not format and output in ("", "-"):
        raise Her2Error(f"Name a format: {', '.join(formats.WRITTEN)}.")
    chosen = formats.find_format(format, output, to="write")
    path = load(pathway)
    if output not in ("", "-"):
        check_targets(output, chosen, force=force, sources=(path.source,) if path.source else ())
    network = None
    if scenario.any:
        from her2cli.formats.treated import treated
        from her2cli.logic.network.scenario import prepare

        with _scenario.asked(pathway, scenario, surrounded=False) as asked:
            path = asked.pathway
            prepared = prepare(path, asked.scenario)
        drawing = drawn(chosen, path, prepared.scenario)
        path, network = treated(path, prepared), prepared.treated
    else:
        drawing = drawn(chosen, path)
    written = formats.write(path, chosen.name, network, drawing=drawing)
    deliver("export", path, chosen, written, path=output, strict=strict, json=json)
