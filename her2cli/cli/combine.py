"""`her2 combine`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _cells, _elsewhere, _names, _options, _scenario
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._progress import progress
from her2cli.cli._rows import IntoOptions
from her2cli.errors import each_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.model import Pathway
    from her2cli.render.plots import Grid
    from her2cli.render.tables import Table
    from her2cli.studies.combine import Combination, Surface

_TOGETHER = {
    "none": "neither does anything to it",
    "independent": "they act independently",
    "logical": "neither alone does it, both do",
    "opposed": "one alone takes it from its goal",
}
FINE = tuple(number / 20 for number in range(21))  # doses of a picture


def combine(
    first: Annotated[str, Argument(metavar="DRUG", help="One drug.", autocompletion=_names.drugs)],
    second: Annotated[str, Argument(metavar="DRUG", help="The other one.", autocompletion=_names.drugs)],
    scenario: _options.ScenarioOptions,
    readout: _options.Readouts = None,
    time: Annotated[str, Option("--time", metavar="WHEN", help="When: early or late.")] = "late",
    *,
    into: IntoOptions,
    pathway: _options.Network = None,
    cells: _cells.MoreCells,
    output: _options.OutputOptions,
) -> None:
    """Two drugs together, at all doses, against what each does alone.

    The response is the share of cells in which the readout is not yet as a treatment is to bring it. Excess over Bliss
    and over the highest single agent (HSA) is above 0 for synergy. Where neither drug alone does it, the pair is called
    logical; where one alone makes it worse, opposed. A dose is the share of the cells that a drug reaches.

    her2 combine trastuzumab pertuzumab
    """
    from her2cli.model import check_time
    from her2cli.studies.combine import combine as run
    from her2cli.studies.screen import read_out

    picture = into.check(pathway)
    with _scenario.asked(pathway, scenario) as asked, progress("drawing cells"):
        path = asked.pathway
        chosen = asked.checked(
            lambda: check_time(time, of=("early", "late")),
            lambda: each_of(path.find_drug, (first, second)),
            lambda: read_out(path, readout or ()),
        )
        found = run(
            path,
            chosen,
            first,
            second,
            readouts=readout or (),
            time=time,
            sampling=cells.sampling,
        )
    into.save((lambda: _pictured(found, asked.pathway)) if picture else None, lambda: (found.header, found.rows()))
    answer = Answer(
        command="combine",
        pathway=asked.pathway,
        look=lambda: _look(found, asked.pathway),
        table=lambda: _table(found),
        data=lambda: _data(found, asked.pathway),
    )
    show(answer, output)


def _look(found: Combination, pathway: Pathway) -> RenderableType:
    from her2cli.render.console import Block, stacked, text
    from her2cli.render.matrices import with_contrary
    from her2cli.render.plots import heat_map
    from her2cli.render.runs import scenario_words, where
    from her2cli.render.tables import Table
    from her2cli.studies.article import contrary_combination
    from her2cli.studies.combine import DOSES

    one, other = found.drugs
    tumour, others = scenario_words(found.scenario, pathway)
    rows = []
    for surface in found.surfaces:
        full = surface.full
        rows.append(
            (
                str(surface.goal),
                *(f"{100 * share:.0f}" for share in surface.shares),
                f"{100 * full.bliss:+.0f}±{100 * full.bliss_error:.0f}",
                f"{100 * full.hsa:+.0f}±{100 * full.hsa_error:.0f}",
                surface.verdict,
            )
        )
    table = Table(
        columns=("goal", "neither", "first", "second", "both", "Bliss", "HSA", "together"),
        rows=tuple(rows),
        title=f"Percent of cells that miss the goal, {found.time}, under {one}, {other} and both, and what both add",
        styles={"goal": "name"},
        note=(
            f"{found.replicates:,} cells; above 0 is synergy, told beyond 5 and two standard errors. Logical: neither "
            "alone does it. Opposed: one alone takes it from its goal, for which Bliss expects nothing. At doses of d "
            "and e the Bliss excess is d x e of that, for a dose is a share of the cells."
        ),
    )
    dull = ("none", "independent", "opposed")
    telling = [each for each in found.surfaces if each.verdict not in dull] or [*found.surfaces]
    look = stacked(
        Block(
            [
                where(pathway, found.scenario),
                text(f"{tumour}, under {one} and {other}{f', beside {others}' if others else ''}."),
            ]
        ),
        table,
        heat_map(_grid(found, telling[0], DOSES)) if telling else None,
    )
    return with_contrary(look, _elsewhere.contrary_of(contrary_combination, pathway, found))


def _grid(found: Combination, surface: Surface, doses: tuple[float, ...]) -> Grid:
    from her2cli.render.plots import Grid

    return Grid(
        rows=[f"{dose:g}" for dose in doses],
        columns=[f"{dose:g}" for dose in doses],
        values=[[surface.at(first, second).response for second in doses] for first in doses],
        down=found.drugs[0],
        across=f"the dose of {found.drugs[1]}, down that of {found.drugs[0]}",
        of=f"cells that miss {surface.goal}",
        title=f"{surface.goal}, over both doses: {_TOGETHER.get(surface.verdict, f'they are {surface.verdict}')}",
    )


def _pictured(found: Combination, pathway: Pathway) -> Grid:
    """The heat map of a file, which says what it is of."""
    from dataclasses import replace

    from her2cli.render.runs import about, scenario_words

    tumour, others = scenario_words(found.scenario, pathway)
    said = f"{tumour}, under {' and '.join(found.drugs)}{f', beside {others}' if others else ''}"
    return replace(_grid(found, found.surfaces[0], FINE), about=about(found.scenario, pathway, said))


def _table(found: Combination) -> Table:
    from her2cli.render.tables import Table

    return Table(columns=found.header, rows=tuple(found.rows()))


def _data(found: Combination, pathway: Pathway) -> dict[str, Any]:
    from her2cli.render.matrices import contrary_data
    from her2cli.render.runs import scenario_data
    from her2cli.studies.article import contrary_combination

    return {
        "seed": found.seed,
        "engine": found.engine,
        "replicates": found.replicates,
        "scenario": scenario_data(found.scenario),
        "drugs": list(found.drugs),
        "time": found.time,
        "surfaces": [
            {
                "readout": surface.goal.species,
                "goal": surface.goal.value,
                "verdict": surface.verdict,
                "responses": dict(zip(("neither", "first", "second", "both"), surface.shares, strict=True)),
                "points": [
                    {name: value for name, value in record.items() if name not in ("readout", "goal")}
                    for record in found.records()
                    if record["readout"] == surface.goal.species
                ],
            }
            for surface in found.surfaces
        ],
        "article": contrary_data(_elsewhere.contrary_of(contrary_combination, pathway, found)),
    }
