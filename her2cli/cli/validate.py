"""`her2 validate`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _cells, _elsewhere, _options
from her2cli.cli._errors import Exit, remark, with_list
from her2cli.cli._file import check_target, save
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._progress import progress
from her2cli.cli._reading import load
from her2cli.errors import AmbiguousName, Her2Error, ScenarioError, UnknownName, nearest, shown
from her2cli.model import answers

if TYPE_CHECKING:
    from her2cli.logic.network.sampling import Sampling
    from her2cli.logic.questions.reasons import Explanation
    from her2cli.model import Agreement, Experiment, Pathway, Scenario
    from her2cli.studies.experiments import Group, Row, ValidationReport


Judged = Annotated[str, _options.pathway_option("Pathway to ask: erbb (the literature's), article, or a file.")]


def validate(
    file: Annotated[
        str | None,
        Argument(metavar="[FILE]", help="Experiments in YAML, TSV or CSV; without it, the shipped ones."),
    ] = None,
    why: Annotated[str | None, Option("--why", metavar="ID", help="Explain one experiment.")] = None,
    semantics: Annotated[
        str,
        Option(
            "--semantics",
            metavar="NAME",
            help="What the answer is judged by: stochastic (shares of cells; how many agree in steps is told, too), or "
            "synchronous (one cell in on and off).",
        ),
    ] = "stochastic",
    junit: Annotated[str | None, Option("--junit", metavar="FILE", help="Also write the rows as JUnit XML.")] = None,
    agreement: Annotated[
        str | None,
        Option("--agreement", metavar="FILE", help="Also write how often each kind of answer was right, as YAML."),
    ] = None,
    pathway: Judged = "erbb",
    verbose: _options.Verbose = False,
    *,
    cells: _cells.MoreCells,
    output: _options.OutputOptions,
) -> None:
    """Re-run published experiments: does the readout go the way it was reported to go?

    Scenario and comparator are simulated; a readout that differs by more than 0.1 went up or down. Disputed
    experiments, which contradict others, are shown and not counted. Exit code 1 when one that counts disagrees.

    A table has the columns id, readout and expect (down, up, unchanged), and may have alterations, ligands, treatment,
    time (early, late) and, for what it is compared with, vs_alterations, vs_ligands, vs_treatment and vs_time; several
    names in a cell are separated by blanks. What no vs_ column says is as in an untreated normal cell.

    her2 validate
    her2 validate --why F043
    """
    from shlex import quote

    if agreement and why is not None:
        raise ScenarioError("--agreement counts all experiments, and --why is one: leave one of them out.")
    if semantics == "all":
        raise ScenarioError("--semantics all: an experiment is judged by one, stochastic or synchronous; choose it.")
    _check_written(junit, agreement, tuple(filter(None, (file, pathway))))
    path, sampling = load(pathway), cells.sampling
    experiments = _experiments(path, file, verbose=verbose)
    asked = None if why is None else _experiment(experiments, why)
    report, other = _ran(path, experiments, asked, semantics, cells, both=not (output.csv or output.tsv))
    if junit:
        _write_junit(junit, report)
    if agreement:
        _write_agreement(agreement, _by_answer(report, path), file or "the shipped experiments")
    if asked is not None:
        show(_explained(path, report, sampling, verbose=verbose), output)
        return
    line = ["her2 validate", *([quote(file)] if file else []), *(["-p", quote(pathway)] if pathway != "erbb" else [])]
    show(_counted_all(path, report, other, sampling, " ".join(line), verbose=verbose), output)
    if report.agree < report.total:
        raise Exit(1)


def _check_written(junit: str | None, agreement: str | None, sources: tuple[str, ...]) -> None:
    """Refuse files that cannot be written, or that are one, or that are read."""
    for target in filter(None, (junit, agreement)):
        check_target(target, force=True, sources=sources)
    if junit and agreement and os.path.realpath(junit) == os.path.realpath(agreement):
        raise Her2Error(f"{shown(agreement, 200)}: --junit and --agreement would write the same file; name two.")


def _ran(
    path: Pathway,
    experiments: Mapping[str, Experiment],
    asked: Experiment | None,
    semantics: str,
    cells: _cells.MoreCells,
    *,
    both: bool,
) -> tuple[ValidationReport, ValidationReport]:
    """The report, and that under the other semantics where *both* are told; of one that is *asked* its row.

    It is one of all, whose cells are drawn together, so that it says what their list says.
    """
    from her2cli.studies.experiments import validate as run

    if semantics == "synchronous" and cells != _cells.MoreCells():
        ignored = "--seed, --replicates and --engine change nothing"
        remark(f"her2: note: the synchronous semantics draws no cells; {ignored}.")
    with progress(f"running {len(experiments)} experiments"):
        report = run(path, experiments.values(), semantics=semantics, sampling=cells.sampling)
        if asked is None and semantics != "synchronous" and both:
            return report, run(path, experiments.values(), semantics="synchronous")
    if asked is not None:
        report = replace(report, rows=tuple(row for row in report.rows if row.experiment is asked))
    return report, report


def _counted_all(
    path: Pathway, report: ValidationReport, other: ValidationReport, sampling: Sampling, line: str, *, verbose: bool
) -> Answer:
    return Answer(
        command="validate",
        pathway=path,
        look=lambda: _look(path, report, other, line, verbose=verbose),
        table=lambda: _rows(report.rows),
        data=lambda: _data(path, report, other, sampling),
    )


def _experiments(pathway: Pathway, file: str | None, *, verbose: bool) -> dict[str, Experiment]:
    """The experiments of *file*, or those that come with the pathway. Raises `ScenarioError` where there are none."""
    if file is None:
        found = dict(pathway.experiments)
    elif file.lower().endswith((".yaml", ".yml")):
        from her2cli.loading import read_knowledge

        found = read_knowledge(file, lambda each: _wrong(pathway, each), verbose=verbose)[0].get("experiments", {})
    else:
        from her2cli.loading.experiments import read_experiments

        found = read_experiments(file, lambda each: _wrong(pathway, each), verbose=verbose)
    if not found:
        raise ScenarioError(f"{shown(file or pathway.name, 200)}: there are no experiments.")
    return found


def _wrong(pathway: Pathway, experiment: Experiment) -> Iterator[tuple[str, str, str]]:
    """What *pathway* cannot take of an experiment of a file: the column, the name, and what is wrong with it."""
    from her2cli.studies.experiments import mistakes

    for column, name, error in mistakes(pathway, experiment):
        if isinstance(error, UnknownName) and (lists := _elsewhere.lists_of(pathway, error)):
            error = UnknownName(error.kind, error.name, (), lists)
        yield column, name, _of_another_column(pathway, column, error) or with_list(error)


def _of_another_column(pathway: Pathway, column: str, error: Her2Error) -> str:
    """The column of a name that is in another than its own; empty where nothing has it."""
    if not isinstance(error, UnknownName) or isinstance(error, AmbiguousName):
        return ""
    told, prefix = str(UnknownName(error.kind, error.name)), "vs_" if column.startswith("vs_") else ""
    if error.kind != "drug" and answers(pathway.drugs, error.name):
        return f"{told} It is a drug, of the column {prefix}treatment."
    if error.kind != "alteration" and answers(pathway.alterations, error.name, "alteration"):
        return f"{told} It is an alteration, of the column {prefix}alterations."
    if error.kind != "species" and answers(pathway.species, error.name):
        species = pathway.find_species(error.name)
        holds = f" In {prefix}treatment {species}=0 or {species}=1 holds it."
        return f"{told} {_elsewhere.acting_on(pathway, error.kind, species)}It is a species.{holds}"
    return ""


def _experiment(experiments: Mapping[str, Experiment], name: str) -> Experiment:
    """The experiment of that id, in any case. Raises `UnknownName` with the closest ids."""
    found = {key.casefold(): item for key, item in experiments.items()}.get(name.casefold())
    if found is None:
        raise UnknownName("experiment", name, nearest(name, experiments))
    return found


def _in_words(scenario: Scenario) -> str:
    parts = [*scenario.alterations, *(f"{name} added" for name in scenario.ligands)]
    parts += [*(name for name, _ in scenario.drugs), *(f"{name}={value}" for name, value in scenario.clamps)]
    return " + ".join(parts) or "normal cell"


def _verdict(row: Row) -> str:
    if row.experiment.disputed:
        return "disputed"
    return "agree" if row.agree else "DISAGREE"


def _rows(rows: tuple[Row, ...]) -> Any:
    from her2cli.render.tables import Table

    columns = ("id", "scenario", "versus", "time", "readout", "expect", "got", "value", "versus_value", "verdict")
    return Table(
        columns=columns,
        rows=tuple(
            (
                row.experiment.id,
                _in_words(row.experiment.scenario),
                _in_words(row.experiment.comparator),
                _time(row.experiment),
                row.experiment.readout,
                row.experiment.expect,
                row.got,
                row.value,
                row.comparator_value,
                _verdict(row),
            )
            for row in rows
        ),
    )


def _listed(rows: tuple[Row, ...]) -> Any:
    """The rows as a person reads them: the arms below each, the disagreements marked."""
    from her2cli.render.tables import Table

    return Table(
        columns=("id", "readout", "time", "expect", "got", "value", "versus", "verdict", "arms"),
        rows=tuple(
            (
                row.experiment.id,
                row.experiment.readout,
                _time(row.experiment),
                row.experiment.expect,
                row.got,
                row.value,
                row.comparator_value,
                _verdict(row),
                f"{_in_words(row.experiment.scenario)}  versus  {_in_words(row.experiment.comparator)}",
            )
            for row in rows
        ),
        detail="arms",
    )


def _time(experiment: Experiment) -> str:
    same = experiment.time == experiment.comparator_time
    return experiment.time if same else f"{experiment.time}, versus {experiment.comparator_time}"


def _groups(groups: tuple[Group, ...], title: str) -> Any:
    from her2cli.render.tables import Table

    rows = tuple((group.name, group.agree, group.total) for group in groups)
    return Table(columns=("name", "agree", "of"), rows=rows, title=title)


def _sure(answers: Sequence[Agreement], blind: Mapping[str, Agreement]) -> str:
    """How often a predicted change was right, and a predicted "unchanged": here, and on what was not fitted to."""
    told = {each.id: f"{each.right} of {each.of}" for each in answers}
    text = f'A predicted change is right in {told["change"]}, a predicted "unchanged" in {told["unchanged"]}'
    if {"change", "unchanged"} <= blind.keys():
        change, none = blind["change"], blind["unchanged"]
        text += f"; in blind tests {change.right} of {change.of} and {none.right} of {none.of}"
    return f"{text}."


def _kinds(answers: Sequence[Agreement], blind: Mapping[str, Agreement]) -> Any:
    """How often each kind of answer was right, by the class of the drugs: here, and in blind tests."""
    from her2cli.render.tables import Table

    here = {each.id: each for each in answers}
    kinds = sorted(({**blind, **here}).values(), key=lambda each: (each.kind, each.answer))
    rows = tuple(
        (each.kind or "all", each.answer, *_counted(here.get(each.id)), *_counted(blind.get(each.id))) for each in kinds
    )
    return Table(
        columns=("drugs", "answer", "right", "of", "blind_right", "blind_of"),
        rows=rows,
        title="By kind of answer; blind: on experiments that the network was not fitted to",
    )


def _counted(found: Agreement | None) -> tuple[int | None, int | None]:
    return (found.right, found.of) if found else (None, None)


def _look(path: Pathway, report: ValidationReport, other: ValidationReport, line: str, *, verbose: bool) -> Any:
    """The sums; what disagrees, is disputed or near the threshold, or with *verbose* every row; then the groups.

    *line* is what was asked, to which `--why` can be added.
    """
    from shlex import quote

    from her2cli.render.console import stacked, text

    drawn = f", engine {report.engine}" if report.engine else ""
    lines = f"Network {path.name}: {report.agree} of {report.total} agree ({report.semantics}{drawn})"
    if other is not report:
        lines += f"; {other.agree} of {other.total} under the {other.semantics} semantics"
    disputed = sum(row.experiment.disputed for row in report.rows)
    if disputed:
        lines += f"; {disputed} more are disputed and not counted"
    told = report.rows if verbose else tuple(row for row in report.rows if _verdict(row) == "DISAGREE")
    answers = _by_answer(report, path)
    blind = path.agreement if path.context else {}  # of the network whose tumours are in a context, as in `how_sure`
    parts: list[Any] = [text(f"{lines}."), text(_sure(answers, blind))]
    if report.agree < report.total:
        wrong = quote(next(row.experiment.id for row in told if _verdict(row) == "DISAGREE"))
        parts.append(text(f"Those that do not agree (exit code 1); '{line} --why {wrong}' says why."))
    parts += [_listed(told)] if told else []
    if not verbose:
        parts.append(
            text("-v shows all experiments, and the sums by kind of answer, by drug and by alteration.", "quiet")
        )
    else:
        parts += [
            _kinds(answers, blind),
            _groups(report.by_drug, "By drug"),
            _groups(report.by_alteration, "By alteration"),
        ]
    if report.close:
        names = ", ".join(row.experiment.id for row in report.close)
        parts.append(text(f"Within two standard errors of 0.1: {names}. More --replicates leave less to chance."))
    return stacked(*parts)


def _row(row: Row) -> dict[str, Any]:
    """One experiment for JSON."""
    return {
        "id": row.experiment.id,
        "readout": row.experiment.readout,
        "time": row.experiment.time,
        "expect": row.experiment.expect,
        "got": row.got,
        "agree": row.agree,
        "disputed": row.experiment.disputed,
        "value": row.value,
        "versus_value": row.comparator_value,
        "evidence": list(row.experiment.evidence),
    }


def _head(report: ValidationReport, sampling: Sampling) -> dict[str, Any]:
    """What every answer of `validate` begins with."""
    drawn = {"seed": sampling.seed, "replicates": sampling.replicates} if report.semantics == "stochastic" else {}
    return {
        "semantics": report.semantics,
        **drawn,
        "engine": report.engine,
        "total": report.total,
        "agree": report.agree,
        "close": [row.experiment.id for row in report.close],
    }


def _data(pathway: Pathway, report: ValidationReport, other: ValidationReport, sampling: Sampling) -> dict[str, Any]:
    return {
        **_head(report, sampling),
        "synchronous": {"total": other.total, "agree": other.agree},
        "by_answer": [
            {"answer": each.answer, "kind": each.kind, "right": each.right, "of": each.of}
            for each in _by_answer(report, pathway)
        ],
        "by_drug": {group.name: [group.agree, group.total] for group in report.by_drug},
        "by_alteration": {group.name: [group.agree, group.total] for group in report.by_alteration},
        "rows": [_row(row) for row in report.rows],
    }


def _by_answer(report: ValidationReport, pathway: Pathway) -> tuple[Agreement, ...]:
    from her2cli.studies.experiments import by_answer

    return by_answer(report, pathway)


def _write_junit(file: str, report: ValidationReport) -> None:
    from her2cli.render.junit import junit

    outcomes = {"agree": "passed", "DISAGREE": "failed", "disputed": "skipped"}
    cases = (
        (
            f"{row.experiment.id} {row.experiment.readout}",
            outcomes[_verdict(row)],
            f"expected {row.experiment.expect}, got {row.got}: {row.value:.2f} versus {row.comparator_value:.2f}",
        )
        for row in report.rows
    )
    save(file, junit("her2 validate", cases))


def _write_agreement(file: str, found: Sequence[Agreement], what: str) -> None:
    """The figures by kind of answer as `pathways/agreement.yaml` has them."""
    lines = [f"# Written by `her2 validate --agreement` from {what}.", "schema: 1", "agreement:"]
    for each in found:
        lines += [f"  {each.id}:", f"    answer: {each.answer}", *([f"    kind: {each.kind}"] if each.kind else [])]
        lines += [f"    right: {each.right}", f"    of: {each.of}"]
    save(file, "\n".join(lines) + "\n")


def _explained(pathway: Pathway, report: ValidationReport, sampling: Sampling, *, verbose: bool) -> Answer:
    """One experiment: what was published, both values, by which chain they differ, and each arm's reasons."""
    (row,), semantics = report.rows, report.semantics
    chain = _chain(pathway, row.experiment, sampling) if semantics == "stochastic" else None
    arms = list(_arms(pathway, row, semantics))
    return Answer(
        command="validate",
        pathway=pathway,
        look=lambda: _why(pathway, row, chain, arms, semantics, verbose=verbose),
        table=lambda: _rows((row,)),
        data=lambda: {
            **_head(report, sampling),
            "rows": [_row(row) | {"why": _chain_text(chain)}],
            "arms": [_arm_data(*each) for each in arms],
        },
    )


def _chain(pathway: Pathway, experiment: Experiment, sampling: Sampling) -> Any:
    """Why the arms differ, in shares of cells: a reason of `matrix`; None where they do not."""
    from her2cli.studies.matrix import matrix

    if experiment.scenario == experiment.comparator:
        return None
    asked, arms = (pathway.find_species(experiment.readout),), [experiment.comparator, experiment.scenario]
    reasons = matrix(pathway, arms, readouts=asked, time=experiment.time, sampling=sampling).rows[1].reasons
    return reasons[0] if reasons else None


def _chain_text(reason: Any) -> str:
    from her2cli.render.responses import chain_text

    return ("without " if reason.without else "") + chain_text(reason.chain) if reason and reason.chain else ""


def _arms(pathway: Pathway, row: Row, semantics: str) -> Iterator[tuple[str, Explanation, dict[str, int] | None]]:
    """Each arm's reasons: where the arms differ in one cell that does, else where it is as in most cells of the arm."""
    from her2cli.logic.network.scenario import prepare
    from her2cli.logic.questions.reasons import cell_that_differs, explain_scenario, usual_cell

    found = row.experiment
    readout = pathway.find_species(found.readout)
    arms = [("Scenario", found.scenario, found.time), ("Versus", found.comparator, found.comparator_time)]
    cells: list[dict[str, int] | None] = [None, None]
    if semantics == "stochastic":
        here, there = (prepare(pathway, scenario) for _, scenario, _ in arms)
        differs = {"up": 1, "down": 0}.get(row.got)
        wanted = [int(row.value >= 0.5), int(row.comparator_value >= 0.5)]
        if differs is not None:
            wanted = [differs, 1 - differs]
            cells = [cell_that_differs(here, there, readout, differs, times=(found.time, found.comparator_time))] * 2
        for place, (each, value) in enumerate(zip((here, there), wanted, strict=True)):
            cells[place] = cells[place] or usual_cell(each, readout, value, time=arms[place][2])
    for (title, scenario, time), cell in zip(arms, cells, strict=True):
        yield title, explain_scenario(pathway, scenario, readout, time=time, cell=cell), cell


def _arm_data(title: str, result: Explanation, cell: dict[str, int] | None) -> dict[str, Any]:
    from her2cli.render.reasons import explanation_data

    return {"arm": title.lower(), **explanation_data(result, None, cell)}


def _why(pathway: Pathway, row: Row, chain: Any, arms: Sequence[Any], semantics: str, *, verbose: bool) -> Any:
    from her2cli.cli._output import width
    from her2cli.render import reasons
    from her2cli.render.console import Line, stacked, text
    from her2cli.render.runs import where
    from her2cli.render.tables import fields

    found = row.experiment
    pairs = {
        "experiment": found.id,
        "scenario": _in_words(found.scenario),
        "versus": _in_words(found.comparator),
        "readout": f"{found.readout}, {_time(found)}",
        "expected": found.expect,
        "got": f"{row.got} ({semantics}): {_verdict(row)}",
        "values": f"{row.value:.2f} versus {row.comparator_value:.2f}",
        "why": _chain_text(chain),
        "system": found.system,
        "evidence": ", ".join(found.evidence) or found.note,
    }
    dish = next((key for key, context in pathway.contexts.items() if not context.species), None)
    parts: list[Any] = [where(pathway, replace(found.scenario, context=dish or "")), fields(pairs)]
    if arms[0][2] is not None and arms[0][2] == arms[1][2]:
        parts.append(text("Below, the same cell in both arms, one of those in which they differ."))
    for title, result, cell in arms:
        scenario = found.scenario if title == "Scenario" else found.comparator
        parts.append(text(f"{title}: {_in_words(scenario)}", "heading"))
        if verbose:
            parts.append(reasons.explanation(result))
        else:
            parts.append(_grouped(reasons.short_tree(result, pathway, cell, width())))
    return stacked(*parts, None if verbose else Line([("-v shows the whole trees with their rules.", "quiet")]))


def _grouped(lines: Sequence[Any]) -> Any:
    from rich.console import Group

    return Group(*lines)
