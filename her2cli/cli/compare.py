"""`her2 compare`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _elsewhere, _names, _options, _scenario
from her2cli.cli._output import Answer, show, width
from her2cli.cli._parameters import Argument
from her2cli.cli._progress import progress
from her2cli.errors import Mistakes, ScenarioError, each_of, shown

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.model import Pathway, Scenario
    from her2cli.studies.contrast import Alike, Parting


def compare(
    scenarios: Annotated[
        list[str],
        Argument(
            metavar="SCENARIO...",
            help=(
                "Drugs, alterations, ligands and clamps joined by '+'; 'untreated' adds nothing. 'none', a normal "
                "cell, a cell line, or another amount (ERBB2_low) stands in place of the default tumour, 'culture' in "
                "place of the context."
            ),
            autocompletion=_names.scenarios,
        ),
    ],
    scenario: _options.ScenarioOptions,
    cells: _options.CellOptions,
    semantics: _options.SemanticsOptions,
    readout: _options.Shown = None,
    pathway: _options.Network = None,
    verbose: _options.Verbose = False,
    *,
    output: _options.BriefOptions,
) -> None:
    """Two or more scenarios side by side: a row a scenario, a column a readout, late, in shares of cells.

    The options give what all scenarios share, --drug too; what a scenario names is added to it, and a row that names
    drugs is called by all that it has. Up to four rows are explained by the chain of edges from what a row has and
    another has not; -v explains all.

    --semantics synchronous, or --steps for short, follows one cell in on and off: where the scenarios first part, and
    why; all sets four semantics side by side, for each scenario.

    her2 compare untreated trastuzumab trastuzumab+MUC4_high
    her2 compare BT474 SKBR3 HCC1954 -d lapatinib
    """
    asked_for = semantics.chosen(cells)
    if asked_for == "synchronous" and readout:
        raise ScenarioError("--readout is of a table in shares: with --steps the species that end apart are told.")
    with _scenario.asked(pathway, scenario) as asked:
        path, mistakes = asked.pathway, Mistakes()
        _one_tumour(asked, scenarios, scenario, _words(readout, pathway))
        with mistakes:
            rows = each_of(asked.joined, scenarios)
        with mistakes:
            names = tuple(dict.fromkeys(each_of(path.find_species, readout or ())))
        mistakes.tell()
        if len(rows) < 2:
            raise ScenarioError(f"A comparison needs two scenarios or more, as in: {_filled(scenarios, scenario)}")
        apart = _scenario.tumours_apart(path, rows, asked.scenario, named="none" in (scenario.alteration or ()))
        base = "" if apart else _scenario.added_to(path, rows, asked.scenario)
        rows = [_scenario.called_by_all_drugs(row, asked.scenario) for row in rows]
        if asked_for != "stochastic":
            asked.remarks.extend(apart)
        if asked_for == "synchronous":
            answer = _stepped(path, rows)
        elif asked_for == "all":
            answer = _all(path, rows, names, cells, base, verbose=verbose)
        else:
            answer = _side_by_side(path, rows, names, cells, apart, base, verbose=verbose)
    show(answer, output)


def _words(readout: Sequence[str] | None, pathway: str | None) -> list[str]:
    """What else a comparison is of, as it is typed."""
    from shlex import quote

    words = [word for name in readout or () for word in ("-r", quote(name))]
    return [*words, *(["-p", quote(pathway)] if pathway else [])]


def _one_tumour(
    asked: _scenario.Asked, scenarios: Sequence[str], options: _options.ScenarioOptions, others: Sequence[str]
) -> None:
    """Refuse a row with a tumour of its own where the options say which all have, with the lines that were meant."""
    own = next(filter(None, map(asked.own_tumour, scenarios)), "")
    tumour = asked.tumour
    if not own or not tumour:
        return
    from shlex import quote

    def line(rows: Iterable[str], rest: _options.ScenarioOptions) -> str:
        return " ".join(["her2 compare", *map(quote, rows), *_options.as_words(rest), *others])

    def added(row: str, *before: str) -> str:
        known = {"untreated", "none", *(word.casefold() for word in before)}
        left = [word.strip() for word in row.split("+") if word.strip().casefold() not in known]
        return "+".join([*before, *left]) or "untreated"

    given = f"-c {quote(options.cell_line)}" if options.cell_line else f"-a {quote('+'.join(tumour[1:]))}"
    apart = [row if asked.own_tumour(row) else added(row, *tumour) for row in scenarios]
    each = line(apart, replace(options, alteration=None, cell_line=None))
    if own.casefold() != "none":
        told = f"{shown(own)} is a tumour, and {given} says which all rows have. Each with its own: {each}"
        if options.cell_line:
            raise ScenarioError(told)
        plus = replace(options, alteration=[f"+{name.removeprefix('+')}" for name in options.alteration or ()])
        raise ScenarioError(f"{told}; or added to each: {line(scenarios, plus)}")
    rows = [added(row) if asked.own_tumour(row) else row for row in scenarios]
    told = f"none is a normal cell, and {given} says which tumour all rows have; untreated adds nothing to it."
    without = (
        f"Without it: {line(rows, options)}; with"
        if len({added(row, *tumour) for row in scenarios}) == len(scenarios)
        else "With"
    )
    raise ScenarioError(f"{told} {without} it: {each}")


def _filled(scenarios: Sequence[str], options: _options.ScenarioOptions) -> str:
    """The comparison that was perhaps meant by one scenario: with what the options add to it, or against none."""
    from shlex import quote

    one = scenarios[0] if scenarios else "untreated"
    added = [*(options.alteration or ()), *(options.drug or ())]
    if added:
        return f"her2 compare {quote(one)} {quote('+'.join([*([] if one == 'untreated' else [one]), *added]))}"
    return f"her2 compare untreated {quote(one) if one != 'untreated' else 'DRUG'}"


def _side_by_side(
    path: Pathway,
    rows: list[Scenario],
    names: tuple[str, ...],
    cells: _options.CellOptions,
    apart: list[str],
    base: str,
    *,
    verbose: bool,
) -> Answer:
    from her2cli.render import matrices
    from her2cli.studies.matrix import matrix

    with progress(f"{len(rows)} scenarios"):
        result = matrix(path, rows, readouts=names, sampling=cells.sampling)

    def other() -> tuple[tuple[str, str, str], ...]:
        from her2cli.studies.article import contrary_rows

        article = _elsewhere.article_beside(path)
        return contrary_rows(article, result) if article else ()

    return Answer(
        command="compare",
        pathway=path,
        look=lambda: matrices.matrix(
            result, path, told=apart, base=base, contrary=other(), verbose=verbose, width=width()
        ),
        table=lambda: matrices.matrix_table(result),
        data=lambda: {"seed": cells.sampling.seed, **matrices.matrix_data(result, path, told=apart, contrary=other())},
        notes=lambda: [*apart, *matrices.remarks(result)],
        brief=lambda: matrices.matrix_brief(result, path),
    )


def _all(
    path: Pathway,
    rows: list[Scenario],
    names: tuple[str, ...],
    cells: _options.CellOptions,
    base: str,
    *,
    verbose: bool,
) -> Answer:
    """Each scenario under four semantics."""
    from her2cli.cli._stoppable import within_reason
    from her2cli.logic.questions.semantics import verdicts
    from her2cli.render import matrices

    with progress(f"{len(rows)} scenarios under four semantics"):
        found = [verdicts(path, each, sampling=cells.sampling, bounded=within_reason) for each in rows]
    readouts = names or found[0].readouts
    return Answer(
        command="compare",
        pathway=path,
        look=lambda: matrices.verdicts(found, readouts, path, base=base, verbose=verbose, width=width()),
        table=lambda: matrices.verdicts_table(found, readouts),
        data=lambda: {"seed": cells.sampling.seed, **matrices.verdicts_data(found, readouts)},
        notes=lambda: [note for each in found for note in each.notes],
    )


def _stepped(path: Pathway, rows: list[Scenario]) -> Answer:
    """Where the scenarios part in on and off, step by step."""
    from her2cli.render import contrasts
    from her2cli.render.console import stacked, text
    from her2cli.render.runs import where
    from her2cli.studies.contrast import compare as contrast

    result = contrast(path, rows)
    apart = [(each.species, each.late, each.reasons) for each in result.differences]
    return Answer(
        command="compare",
        pathway=path,
        look=lambda: stacked(
            where(path, rows[0]),
            contrasts.scenarios(result.simulations),
            contrasts.readouts(result.simulations, title="Readouts"),
            *(_parting(each) for each in result.partings),
            *(contrasts.alike(each.other, each.given, each.moments, each.of) for each in result.alike),
            contrasts.differences(apart, exactly=result.ends_alike),
            *(text(f"Note ({which}): {note}", "quiet") for which, note in contrasts.notes(result.notes)),
        ),
        table=lambda: contrasts.readouts(result.simulations),
        data=lambda: {
            "semantics": "synchronous",
            **contrasts.data(result.simulations, _fields(result.partings), _fields(result.alike), apart, result.notes),
        },
        notes=lambda: [f"{which}: {note}" for which, note in contrasts.notes(result.notes)],
    )


def _parting(found: Parting) -> RenderableType:
    from her2cli.render import contrasts

    when = contrasts.moment(found.phase, found.step, found.numbers, found.moment)
    changes, kept = (found.in_first, found.in_other), (found.kept_in_first, found.kept_in_other)
    return contrasts.parting(found.other, when, changes, kept)


def _fields(found: Iterable[Parting | Alike]) -> list[dict[str, Any]]:
    """The fields of each, by name."""
    from dataclasses import fields

    return [{field.name: getattr(each, field.name) for field in fields(each)} for each in found]
