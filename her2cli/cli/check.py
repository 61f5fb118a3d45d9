"""`her2 check`: every problem of a file, and what is legal but looks wrong."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from her2cli.cli._output import Answer, show, write
from her2cli.errors import DataError, Her2Error, Problem, shown

if TYPE_CHECKING:
    from her2cli.model import Pathway
    from her2cli.studies.check import Finding


class Report(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Files in any readable format; without one, all shipped YAML."),
    ] = None,
    output: Annotated[
        Report, typer.Option("--format", help="text, json, sarif (for code hosts) or github (annotations).")
    ] = Report.text,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a warning has no written reason.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show accepted warnings, with their reasons.")
    ] = False,
) -> None:
    """Read FILE strictly and report errors and warnings, each with file, line and column.

    Errors end with exit code 2. A warning whose entry carries a note is accepted: the note is the written reason.
    """
    report = Report.json if json else output
    problems: list[Problem] = []
    found: list[Finding] = []
    summaries: list[str] = []
    for file in files or [""]:
        try:
            summary, warnings = _checked(file) if file else _shipped()
            summaries.append(summary)
            found += warnings
        except DataError as error:
            problems += error.problems
        except Her2Error as error:
            problems.append(Problem("", str(error)))
    if problems and report in (Report.text, Report.json):
        raise DataError(problems)
    _print(report, problems, found, summaries, verbose)
    if problems:
        raise typer.Exit(2)
    if strict and any(not item.accepted for item in found):
        raise typer.Exit(1)


def _checked(file: str) -> tuple[str, list[Finding]]:
    """One file: a line that says what it holds, and its warnings."""
    from her2cli.loading import load, read_knowledge
    from her2cli.loading.source import check_regular
    from her2cli.studies.check import findings, knowledge_findings

    name = shown(file, 200)
    check_regular(file)
    if Path(file).suffix.lower() not in (".yaml", ".yml"):
        from her2cli.formats import read_file

        pathway = read_file(file)
        return _summary(name, pathway), list(findings(pathway))
    own, holds_pathway = read_knowledge(file)
    references = {**load().references, **own.get("references", {})}
    if not holds_pathway:
        counts = ", ".join(f"{len(entries)} {section}" for section, entries in own.items())
        return f"{name}: {counts}", list(knowledge_findings(own, references, _library()))
    pathway = load(file if "/" in file else f"./{file}")
    return _summary(name, pathway), [*findings(pathway), *knowledge_findings(own, references, [pathway])]


def _shipped() -> tuple[str, list[Finding]]:
    """Everything that the library holds, shipped and the user's own."""
    from her2cli.loading.library import SECTIONS
    from her2cli.studies.check import findings, knowledge_findings

    pathways = _library()
    found = [finding for pathway in pathways for finding in findings(pathway)]
    sections: dict[str, Any] = {section: getattr(pathways[0], section) for section in SECTIONS}
    found += knowledge_findings(sections, pathways[0].references, pathways)
    names = ", ".join(pathway.name for pathway in pathways)
    counts = ", ".join(f"{len(entries)} {section}" for section, entries in sections.items())
    return f"pathways {names}; {counts}", list(dict.fromkeys(found))


def _library() -> list[Pathway]:
    from her2cli.loading import load, pathway_names

    return [load(name, with_places=True) for name in pathway_names()]


def _summary(name: str, pathway: Pathway) -> str:
    rules = f", {len(pathway.rules)} rules" if pathway.rules else ""
    return f"{name}: {len(pathway.species)} species, {len(pathway.edges)} edges{rules}"


def _print(report: Report, problems: list[Problem], found: list[Finding], summaries: list[str], verbose: bool) -> None:
    from her2cli.cli._output import version
    from her2cli.studies.check import github, sarif

    if report is Report.github:
        write(github(problems, found))
        return
    if report is Report.sarif:
        import json

        write(json.dumps(sarif(problems, found, version()), indent=2) + "\n")
        return
    listed = [item for item in found if verbose or not item.accepted]
    answer = Answer(
        command="check",
        pathway=None,
        look=lambda: _look(listed, found, summaries),
        table=lambda: _table(listed),
        data=lambda: {"checked": summaries, "warnings": _table(found).records()},
    )
    show(answer, json=report is Report.json)


def _table(found: list[Finding]) -> Any:
    from her2cli.render.tables import Table

    columns = ("where", "check", "message", "reason")
    return Table(columns=columns, rows=tuple((f.where, f.check, f.message, f.reason) for f in found))


def _look(listed: list[Finding], found: list[Finding], summaries: list[str]) -> Any:
    """A line per warning, as compilers write them, then what was read and how many there are."""
    from rich.console import Group

    from her2cli.render.console import text

    lines = []
    for item in listed:
        lines.append(text(f"{item.where}: {'accepted' if item.accepted else 'warning'}: {item.message} [{item.check}]"))
        if item.reason:
            lines.append(text(f"    reason: {item.reason}", "quiet"))
    open_count = sum(not item.accepted for item in found)
    accepted = len(found) - open_count
    verdict = "No warnings" if not open_count else f"{open_count} warning{'s' if open_count > 1 else ''}"
    if accepted:
        verdict += f", {accepted} accepted with a written reason"
    return Group(*lines, *(text(line) for line in summaries), text(f"{verdict}."))
