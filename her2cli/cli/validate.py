"""`her2 validate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _options
from her2cli.cli._errors import Exit, remark
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._progress import progress
from her2cli.cli._reading import load
from her2cli.errors import ScenarioError, UnknownName, shown

if TYPE_CHECKING:
    from her2cli.model import Experiment, Pathway, Scenario
    from her2cli.studies.experiments import Group, Row, ValidationReport


def validate(
    file: Annotated[
        str | None,
        Argument(metavar="[FILE]", help="Experiments in YAML or TSV; without it, the shipped ones."),
    ] = None,
    why: Annotated[str | None, Option("--why", metavar="ID", help="Explain one experiment.")] = None,
    semantics: Annotated[
        str, Option("--semantics", metavar="NAME", help="stochastic (levels as shares of cells) or synchronous.")
    ] = "stochastic",
    replicates: Annotated[
        int | None, Option("--replicates", metavar="N", min=1, help="Stochastic: how many cells; 1000.")
    ] = None,
    seed: _options.Seed = None,
    engine: _options.Engine = None,
    junit: Annotated[str | None, Option("--junit", metavar="FILE", help="Also write the rows as JUnit XML.")] = None,
    pathway: _options.Source = "erbb",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """Re-run published experiments: does the readout go the way it was reported to go?

    Scenario and comparator are simulated; a readout that differs by more than 0.1 went up or down. Disputed
    experiments, which contradict others, are shown and not counted. Exit code 1 when one that counts disagrees.

    her2 validate

    her2 validate --why F043
    """
    from her2cli.studies.experiments import validate as run

    path = load(pathway)
    drawn: Any = {"seed": seed or 0, "replicates": replicates or 1000, "engine": _options.engine(engine)}
    experiments = _experiments(path, file)
    if semantics == "synchronous" and (replicates or engine or seed is not None):
        ignored = "--seed, --replicates and --engine change nothing"
        remark(f"her2: note: the synchronous semantics draws no cells; {ignored}.")
    if why is not None:
        _explain(path, experiments, why, {"semantics": semantics, **drawn})
        return
    with progress(f"running {len(experiments)} experiments"):
        report = run(path, experiments.values(), semantics=semantics, **drawn)
        other = run(path, experiments.values(), semantics="synchronous") if semantics != "synchronous" else report
    if junit:
        _write_junit(junit, report)
    answer = Answer(
        command="validate",
        pathway=path,
        look=lambda: _look(report, other),
        table=lambda: _rows(report.rows),
        data=lambda: _data(report, other, seed or 0, replicates or 1000),
    )
    show(answer, json=json, csv=csv, tsv=tsv)
    if report.agree < report.total:
        raise Exit(1)


def _experiments(pathway: Pathway, file: str | None) -> dict[str, Experiment]:
    """The experiments of *file*, or those that come with the pathway. Raises `ScenarioError` where there are none."""
    if file is None:
        found = dict(pathway.experiments)
    elif file.lower().endswith((".yaml", ".yml")):
        from her2cli.loading import read_knowledge

        found = read_knowledge(file)[0].get("experiments", {})
    else:
        from her2cli.loading.experiments import read_experiments

        found = read_experiments(file)
    if not found:
        raise ScenarioError(f"{shown(file or pathway.name, 200)}: there are no experiments.")
    return found


def _in_words(scenario: Scenario) -> str:
    parts = [*scenario.alterations, *(f"{name} (ligand)" for name in scenario.ligands)]
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


def _look(report: ValidationReport, other: ValidationReport) -> Any:
    from her2cli.render.console import stacked, text

    drawn = f", engine {report.engine}" if report.engine else ""
    lines = f"{report.agree} of {report.total} agree ({report.semantics}{drawn})"
    if other is not report:
        lines += f"; {other.agree} of {other.total} under the {other.semantics} semantics"
    parts = [
        _listed(report.rows),
        _groups(report.by_drug, "By drug"),
        _groups(report.by_alteration, "By alteration"),
        text(f"{lines}."),
    ]
    if report.close:
        names = ", ".join(row.experiment.id for row in report.close)
        parts.append(text(f"Within two standard errors of 0.1: {names}. More --replicates leave less to chance."))
    return stacked(*parts)


def _data(report: ValidationReport, other: ValidationReport, seed: int, replicates: int) -> dict[str, Any]:
    rows = [
        {
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
        for row in report.rows
    ]
    drawn = {"seed": seed, "replicates": replicates} if report.semantics == "stochastic" else {}
    return {
        "semantics": report.semantics,
        **drawn,
        "engine": report.engine,
        "total": report.total,
        "agree": report.agree,
        "close": [row.experiment.id for row in report.close],
        "synchronous": {"total": other.total, "agree": other.agree},
        "by_drug": {group.name: [group.agree, group.total] for group in report.by_drug},
        "by_alteration": {group.name: [group.agree, group.total] for group in report.by_alteration},
        "rows": rows,
    }


def _write_junit(file: str, report: ValidationReport) -> None:
    from her2cli.cli._file import save
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


def _explain(pathway: Pathway, experiments: dict[str, Experiment], name: str, options: dict[str, Any]) -> None:
    """One experiment: what was published, both values, and in each arm the reason of the readout."""
    from her2cli.cli._output import colour, encoding, width, write
    from her2cli.logic.questions.reasons import explain_scenario
    from her2cli.render import reasons
    from her2cli.render.console import rendered, stacked, text
    from her2cli.render.tables import fields
    from her2cli.studies.experiments import validate as run

    found = {key.casefold(): item for key, item in experiments.items()}.get(name.casefold())
    if found is None:
        from difflib import get_close_matches

        raise UnknownName("experiment", name, tuple(get_close_matches(name[:60], list(experiments), n=3)))
    row = run(pathway, [found], **options).rows[0]
    pairs = {
        "experiment": found.id,
        "scenario": _in_words(found.scenario),
        "versus": _in_words(found.comparator),
        "readout": f"{found.readout}, {_time(found)}",
        "expected": found.expect,
        "got": f"{row.got} ({options['semantics']}): {_verdict(row)}",
        "values": f"{row.value:.2f} versus {row.comparator_value:.2f}",
        "system": found.system,
        "evidence": ", ".join(found.evidence) or found.note,
    }
    arms = [(found.scenario, found.time, "Scenario"), (found.comparator, found.comparator_time, "Versus")]
    parts: list[Any] = [fields(pairs)]
    for scenario, time, title in arms:
        parts.append(text(f"{title}, step by step (synchronous): {_in_words(scenario)}", "heading"))
        parts.append(reasons.explanation(explain_scenario(pathway, scenario, found.readout, time=time)))
    write(rendered(stacked(*parts), width=width(), colour=colour(), encoding=encoding()))
