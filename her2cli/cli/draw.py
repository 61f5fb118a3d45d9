"""`her2 draw`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

from her2cli.cli import _elsewhere, _names, _options, _scenario
from her2cli.cli._errors import remark
from her2cli.cli._file import save
from her2cli.cli._look import carried, carried_in_cells, nothing, share_and_cell, told_chain, used_in_cells
from her2cli.cli._output import envelope, write
from her2cli.cli._parameters import Option, Options
from her2cli.cli._picture import picture_format
from her2cli.cli._progress import progress
from her2cli.cli._written import Force
from her2cli.errors import Her2Error, ScenarioError, shown
from her2cli.model import check_time

if TYPE_CHECKING:
    from her2cli.logic.questions.shares import Readout
    from her2cli.model import Pathway, Scenario
    from her2cli.render.scenes import Part
    from her2cli.render.svg import Panel

FORMATS = ("svg", "png", "pdf", "html")
THEMES = ("light", "dark", "auto")

Output = Annotated[
    str, Option("--output", "-o", metavar="FILE", help="The picture: .svg, .png, .pdf or .html; else SVG on stdout.")
]
Compare = Annotated[
    list[str] | None,
    Option(
        "--compare",
        metavar="SCENARIO",
        help="Beside it this tumour in another scenario, in place of --drug and --set, not added to them ('+' joins "
        "drugs); for HTML repeatable, and 'untreated' where none is named.",
        autocompletion=_names.scenarios,
    ),
]
Traced = Annotated[
    str | None, Option("--trace", metavar="NAME", help="Draw only this cascade.", autocompletion=_names.anything)
]
Goal = Annotated[
    str | None,
    Option(
        "--to",
        "-t",
        metavar="NAME",
        help="With --trace: the paths to this, as many as her2 trace lists.",
        autocompletion=_names.species,
    ),
]
Explained = Annotated[
    str | None,
    Option("--explain", metavar="NAME", help="Draw only why this is on or off.", autocompletion=_names.species),
]
Upstream = Annotated[bool, Option("--upstream", "-u", help="With --trace: what leads to NAME.")]
Theme = Annotated[
    str, Option("--theme", metavar="NAME", help="light, dark, or auto: as the reader's screen is, as a page always is.")
]
Drawn = Annotated[
    str | None,
    _options.pathway_option(
        "Pathway to draw: her2 (the article's) as it stands, and erbb (the literature's) with a scenario, --explain or "
        "on a page; or a file."
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOptions(Options):
    """What of a pathway is drawn, where it is not all of it."""

    trace: Traced = None
    to: Goal = None
    upstream: Upstream = False
    explain: Explained = None
    whole: Annotated[bool, Option("--whole", help="Draw all of a large pathway, not its main roads alone.")] = False


def draw(
    scenario: _options.ScenarioOptions,
    part: PartOptions,
    pathway: Drawn = None,
    time: _options.When = "late",
    compare: Compare = None,
    theme: Theme = "auto",
    seed: _options.Seed = None,
    output: Output = "",
    force: Force = False,
    json: _options.Json = False,
) -> None:
    """Draw the pathway, what a scenario does to it, a cascade, or a page to explore it.

    Without any scenario option it is the pathway as it stands. With one, what is on is dark, what is off dashed, and a
    share of the cells fills its box. Species stand at the same places in every picture of a pathway, but in those of a
    part: these are laid out for themselves.

    Of a large pathway the main roads are drawn: few edges that lead to its readouts, by way of what drugs, alterations
    and the article name. --whole draws all, --trace and --explain draw a part.

    An .html file is a page that works without network: search, scenarios to switch between, steps, reasons; it begins
    with such a part and shows all on request.

    her2 draw --drug lapatinib --cell-line HCC1954 -o lapatinib.svg
    her2 draw -p erbb --trace HER2 --to MYC -o path.png
    her2 draw -d lapatinib --compare trastuzumab -o both.html
    """
    _sensible(time, theme, part, output)
    if not output and not json and sys.stdout is not None and sys.stdout.isatty():
        output = "her2.svg"  # nobody reads SVG on a terminal
    to_file = output not in ("", "-")
    format = picture_format(output, FORMATS, force=force) if to_file else "svg"
    if len(compare or ()) > 1 and format != "html":
        raise ScenarioError("A picture sets two scenarios side by side; for more, write .html.")
    computed = scenario.any or bool(compare) or part.explain is not None or format == "html"
    if pathway is None and not computed:
        pathway = _elsewhere.pathway_with(part.trace, part.to)
    with _scenario.asked(pathway, scenario) as asked:
        path = asked.pathway
        if to_file and path.source:
            picture_format(output, FORMATS, force=force, sources=(path.source,))
        untreated = _scenario.Asked(path, replace(scenario, drug=None, clamp=None), asked.remarks, asked.context)
        others = compare or (["untreated"] if format == "html" and asked.scenario != untreated.scenario else [])
        scenarios = [asked.scenario, *map(untreated.joined, others)] if computed else []
        only = _only(path, [asked.scenario, *scenarios], part, time, seed or 0)
        lines = [asked.line_of(each) for each in scenarios]
        picture = _Picture(pathway or path.name, path, scenarios, lines, time=time, seed=seed or 0, only=only)
    if picture.layout.remark:
        remark(f"her2: note: {picture.layout.remark}.")
    said = _counted(path, only) if only and only.main and format != "html" else ""
    content = picture.content(format, theme, said, compared=bool(compare))
    _tell(path, content, output if to_file else "", said)
    if json:
        text = {} if to_file else {"text": content}
        written = {"format": format, "file": output if to_file else None, **picture.data(said), **text}
        write(envelope("draw", path, written))
    elif not to_file:
        assert isinstance(content, str)
        write(content)


def _sensible(time: str, theme: str, part: PartOptions, output: str) -> None:
    """Refuse what would be ignored."""
    if theme != "auto" and output.lower().endswith(".html"):
        raise Her2Error("--theme is for pictures: a page is light or dark as the reader's screen is.")
    check_time(time)
    if theme not in THEMES:
        raise Her2Error(f"No theme {shown(theme)!r}; there are {', '.join(THEMES)}.")
    if (part.to or part.upstream) and not part.trace:
        raise ScenarioError(f"{'--to' if part.to else '--upstream'} is for a cascade: add --trace NAME.")
    if part.trace and part.explain:
        raise ScenarioError("Choose one of --trace and --explain.")


def _only(path: Pathway, scenarios: Sequence[Scenario], part: PartOptions, time: str, seed: int) -> Part | None:
    """The edges and the species that are drawn alone; None for all."""
    from her2cli.render import scenes

    if part.trace:
        from her2cli import graph

        walk = partial(graph.trace, path, part.trace, to=part.to, upstream=part.upstream)
        if part.to:
            asked = (path, part.trace, part.to, part.upstream)
            walk = partial(walk, carrying=carried(*asked), cells=partial(carried_in_cells, *asked))
            used = used_in_cells(*asked)
            walk = partial(walk, used=used, told=told_chain(*asked, used=used))
        found = walk()
        if part.to and not found.paths:
            raise ScenarioError(nothing(path, found, None).note)
        drawn = scenes.of_trace(path, found)
        return drawn if part.to or part.whole else _main_of(path, drawn)
    if part.explain:
        return _explained(path, scenarios[0], part.explain, time, seed)
    return None if part.whole else _main_roads(path, scenarios)


def _explained(path: Pathway, scenario: Scenario, name: str, time: str, seed: int) -> Part:
    """What `her2 explain` answers: the chain that it tells, and its reasons, of the same cells."""
    from her2cli.logic.network.sampling import Sampling
    from her2cli.logic.questions.reasons import explain_scenario
    from her2cli.render import scenes

    sampling = Sampling(replicates=_scenario.usual_cells(path), seed=seed)
    response, cell = share_and_cell(path, scenario, name, time, sampling)
    reason = explain_scenario(path, scenario, name, time=time, cell=cell).reason
    return scenes.of_reason(path, reason, response.outcomes[0].chain if response else ())


def _tell(path: Pathway, content: str | bytes, file: str, part_of: str) -> None:
    """Write the picture where it is for a file, and say so; and of what it is a part."""
    if file:
        save(file, content)
        remark(f"her2: wrote {shown(file, 200)}: pathway {shown(path.name)}{part_of and ': '}{part_of}.")
    elif part_of:
        remark(f"her2: note: {part_of}.")


def _main_roads(path: Pathway, scenarios: Sequence[Scenario], names: Sequence[str] = ()) -> Part | None:
    """The main roads of a large pathway, all that the *scenarios* act on, and *names*; None for a small one."""
    from her2cli.logic.questions.simulation import readout_names
    from her2cli.render.roads import roads
    from her2cli.render.scenes import Part

    also = dict.fromkeys(names) | dict.fromkeys(
        name for each in scenarios for name in (*each.ligands, *dict(each.clamps))
    )
    for each in scenarios:
        agents = (*each.alterations, *dict(each.drugs))
        also |= {edge.target: None for name in agents for edge in path.actions(name) if edge.target in path.species}
    found = roads(path, readout_names(path), also)
    return Part(*found, main=True) if found else None


def _main_of(path: Pathway, traced: Part) -> Part:
    """Of a cascade that is a tangle the main roads."""
    from her2cli.render.roads import CASCADE, reached

    main = _main_roads(path, (), traced.starts) if len(traced.edges) > CASCADE else None
    if not main:
        return traced
    edges = reached(main.edges & traced.edges, traced.starts, up=traced.up)
    return traced._replace(edges=edges, names={name for pair in edges for name in pair}, main=True)


def _counted(path: Pathway, main: Part) -> str:
    """How much of a pathway its main roads are."""
    drawn = sum((edge.source, edge.target) in main.edges for edge in path.edges)
    part = f"main roads, {len(main.names)} of {len(path.species)} species and {drawn} of {len(path.edges)} edges"
    return f"{part} (all: --whole)"


class _Picture:
    """What is drawn: a pathway, and the scenarios whose shares it shows, the asked one first."""

    def __init__(
        self,
        name: str,
        path: Pathway,
        scenarios: Sequence[Scenario],
        lines: Sequence[str],
        *,
        time: str,
        seed: int,
        only: Part | None,
    ) -> None:
        from her2cli.render import placing
        from her2cli.render.layout import layout

        self.path, self.scenarios, self.time, self.only = path, scenarios, time, only
        if only and only.starts:
            self.layout = placing.part(path, only.edges, only.names, only.starts, goal=only.goal, up=only.up)
        else:
            whole = layout(path)
            self.layout = placing.within(whole, only.edges, only.names) if only else whole
        self.name, self.lines, self.cells = name, lines, _scenario.usual_cells(path)
        self.values: list[Mapping[str, Readout]] = []
        self.shares: list[dict[str, float]] = []
        if scenarios:
            from her2cli.logic.network.sampling import Sampling
            from her2cli.logic.questions.shares import shares

            with progress("drawing cells"):
                found = shares(path, scenarios, sampling=Sampling(replicates=self.cells, seed=seed))
            for scenario in scenarios:
                values = found.values[scenario]
                self.values.append(values)
                self.shares.append({name: float(getattr(value, time)) for name, value in values.items()})

    def panels(self) -> Sequence[Panel]:
        """What stands side by side: on the left what was asked, what flipped in it marked, on the right the other."""
        from her2cli.render import scenes
        from her2cli.render.svg import Panel

        if not self.scenarios:
            return (Panel(),)
        headings = [
            f"{scenes.described(scenario, line)}; {self.time}, {self.cells} cells"
            for scenario, line in zip(self.scenarios, self.lines, strict=True)
        ]
        return [
            scenes.panel(
                self.path,
                scenario,
                shares,
                heading=heading,
                other=self.shares[1] if index == 0 and len(self.shares) > 1 else None,
            )
            for index, (scenario, shares, heading) in enumerate(zip(self.scenarios, self.shares, headings, strict=True))
        ]

    def content(self, format: str, theme: str, part_of: str, *, compared: bool) -> str | bytes:
        """The picture in that format; *part_of* says of what it is a part, *compared* if a page begins so."""
        if format == "html":
            return self.page(compared=compared)
        from her2cli.render import raster
        from her2cli.render.svg import picture

        if theme == "auto" and format in ("png", "pdf"):
            theme = "light"
        only, alone = (self.only.edges, self.only.names) if self.only else (None, set[str]())
        made = picture(self.path, self.layout, self.panels(), only=only, alone=alone, part_of=part_of, theme=theme)
        if format == "png":
            return raster.png(made.text, made.width, made.height)
        return raster.pdf(made.text, made.width, made.height) if format == "pdf" else made.text

    def page(self, *, compared: bool) -> str:
        """The page, each scenario with its steps and the command that gives the same answer; a part is shown first."""
        from her2cli.errors import LimitError
        from her2cli.logic.network.scenario import prepare
        from her2cli.logic.questions.simulation import in_steps, left_out_notes, readout_names
        from her2cli.render import scenes
        from her2cli.render.layout import layout
        from her2cli.render.page import Story, View, page

        self.layout = layout(self.path)
        stories = []
        names, same = scenes.apart(self.scenarios, self.lines)
        for name, scenario, values in zip(names, self.scenarios, self.values, strict=True):
            try:
                run = in_steps(self.path, scenario)
                steps, cell = run.steps, run.notes
            except LimitError as error:
                steps, cell = (), (str(error).removesuffix("."),)
            notes = tuple(left_out_notes(prepare(self.path, scenario)))
            stories.append(
                Story(
                    name=name,
                    command=_command(self.name, self.path, scenario),
                    panel=scenes.panel(self.path, scenario, {name: value.late for name, value in values.items()}),
                    values=values,
                    steps=steps,
                    notes=notes,
                    cell=[note for note in cell if note not in notes],
                )
            )
        command = shlex.join(["her2", "draw", "-p", self.name, "-o", "pathway.svg"])
        shares = f"Shares of {self.cells} cells in which each is on{same and '; '}{same}"
        readouts = readout_names(self.path)
        first = self.only and View(
            said="main roads" if self.only.main else "what was asked for", edges=self.only.edges, names=self.only.names
        )
        return page(
            self.path,
            self.layout,
            stories,
            command=command,
            readouts=readouts,
            shares=shares,
            first=first,
            compared=compared,
        )

    def data(self, part_of: str) -> dict[str, object]:
        """What is drawn, for programs: of what it is a part, who placed it, where species stand, and the shares."""
        from her2cli.render.runs import scenario_data

        return {
            "part": part_of or None,
            "time": self.time if self.scenarios else None,
            "engine": self.layout.engine,
            "width": self.layout.width,
            "height": self.layout.height,
            "species": {name: {"x": box.x, "y": box.y} for name, box in self.layout.boxes.items()},
            "scenarios": [
                {"scenario": scenario_data(scenario), "shares": shares}
                for scenario, shares in zip(self.scenarios, self.shares, strict=True)
            ],
        }


def _command(name: str, path: Pathway, scenario: Scenario) -> str:
    """The line that computes a scenario in the terminal."""
    options = _options.as_options(scenario)
    if scenario.alterations == path.default_alterations:
        options = replace(options, alteration=None)
    if scenario.context == path.context:
        options = replace(options, context=None)
    return " ".join(["her2 simulate -p", shlex.quote(name), *_options.as_words(options)])
