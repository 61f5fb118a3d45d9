"""`her2 check`: every problem of a file, and what is legal but looks wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli._errors import Exit, remark
from her2cli.cli._output import envelope, version, write
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._reading import Reading, load, reading
from her2cli.errors import DataError, Her2Error, Problem, shown
from her2cli.render.console import literal

if TYPE_CHECKING:
    from her2cli.model import Pathway
    from her2cli.studies.check import Finding


LISTED = 20  # names in one remark


class Report(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"


def check(
    files: Annotated[
        list[str] | None,
        Argument(
            brings=Reading, metavar="[FILE]...", help="Files in any readable format; without one, all shipped YAML."
        ),
    ] = None,
    output: Annotated[
        Report, Option("--format", help="text, json, sarif (for code hosts) or github (annotations).")
    ] = Report.text,
    json: Annotated[bool, Option("--json", help="The same as --format json.")] = False,
    strict: Annotated[bool, Option("--strict", help="Exit with 1 when a warning has no written reason.")] = False,
    verbose: Annotated[bool, Option("--verbose", "-v", help="Show accepted warnings, with their reasons.")] = False,
) -> None:
    """Read FILE strictly and report errors and warnings, each with file, line and column.

    Errors end with exit code 2. A warning whose entry carries a note is accepted: the note is the written reason.
    """
    if json and output not in (Report.text, Report.json):
        raise Her2Error(f"Choose one of --json and --format {output}.")
    how = reading()
    if not files and (how.settings or how.source_format):
        option = "--settings" if how.settings else "--from"
        raise Her2Error(f"{option} says how a file is read, and none is named: leave it out, or name a file.")
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
    if problems and report is Report.text:
        raise DataError(problems)
    write(_report(report, problems, found, summaries, verbose))
    if problems:
        raise Exit(2)
    if strict and any(not item.accepted for item in found):
        raise Exit(1)


def _checked(file: str) -> tuple[str, list[Finding]]:
    """One file: a line that says what it holds, and its warnings."""
    from her2cli.files import check_regular
    from her2cli.formats import no_settings
    from her2cli.loading import load as load_shipped
    from her2cli.loading import read_knowledge
    from her2cli.studies.check import findings, knowledge_findings

    name = shown(file, 200)
    check_regular(file)
    if (reading().source_format or Path(file).suffix.lower().lstrip(".")) not in ("yaml", "yml"):
        foreign = load(file)
        if Path(file).suffix.lower() == ".bnet":
            _remark_on_inputs(name, foreign)
        return _summary(name, foreign), list(findings(foreign))
    if settings := reading().settings:
        raise no_settings("yaml", file, settings)
    own, pathway = read_knowledge(file)
    references = {**load_shipped().references, **own.get("references", {})}
    if pathway is None:
        counts = _counted({section: len(entries) for section, entries in own.items()})
        return f"{name}: {counts}", list(knowledge_findings(own, references, _library()))
    return _summary(name, pathway), [*findings(pathway), *knowledge_findings(own, references, [pathway])]


def _remark_on_inputs(file: str, pathway: Pathway) -> None:
    """Name the species of a BNET file that have no line of their own: inputs by convention, or a slip of the pen."""
    names = [shown(name) for name, each in pathway.species.items() if each.place is None]
    if names:
        more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
        remark(f"her2: note: {file}: no line of its own, so an input: {', '.join(names[:LISTED])}{more}.")


def _shipped() -> tuple[str, list[Finding]]:
    """Everything that the library holds, shipped and the user's own."""
    from her2cli.loading.library import SECTIONS
    from her2cli.studies.check import findings, knowledge_findings

    pathways = _library()
    found = [finding for pathway in pathways for finding in findings(pathway)]
    sections: dict[str, Any] = {section: getattr(pathways[0], section) for section in SECTIONS}
    found += knowledge_findings(sections, pathways[0].references, pathways)
    names = ", ".join(pathway.name for pathway in pathways)
    counts = _counted({section: len(entries) for section, entries in sections.items()})
    return f"pathways {names}; {counts}", list(dict.fromkeys(found))


def _library() -> list[Pathway]:
    from her2cli.loading import load, pathway_names

    return [load(name, with_places=True) for name in pathway_names()]


def _summary(name: str, pathway: Pathway) -> str:
    parts = {"species": len(pathway.species), "edges": len(pathway.edges), "rules": len(pathway.rules)}
    return f"{name}: {_counted(parts)}"


def _counted(parts: Mapping[str, int]) -> str:
    """`41 species, 1 edge`: what is there, each word in its number."""
    return ", ".join(
        f"{count} {(word.removesuffix('s') if count == 1 and word != 'species' else word).replace('_', ' ')}"
        for word, count in parts.items()
        if count
    )


def _report(report: Report, problems: list[Problem], found: list[Finding], summaries: list[str], verbose: bool) -> str:
    """Everything that was found, in the form that was asked for."""
    import json

    from her2cli.studies.check import github, records, sarif

    if report is Report.github:
        return github(problems, found)
    if report is Report.sarif:
        return json.dumps(sarif(problems, found, version()), indent=2) + "\n"
    if report is Report.json:
        keys = ("where", "check", "message", "reason")
        warnings = [{key: getattr(item, key) for key in keys} for item in found]
        return envelope("check", None, {"checked": summaries, "errors": records(problems), "warnings": warnings})
    return "".join(f"{literal(line)}\n" for line in _lines(found, summaries, verbose))


def _lines(found: list[Finding], summaries: list[str], verbose: bool) -> Iterator[str]:
    """A line per warning, never wrapped, as compilers write them; then what was read and how many there are."""
    for item in found:
        if verbose or not item.accepted:
            yield f"{item.where}: {'accepted' if item.accepted else 'warning'}: {item.message} [{item.check}]"
            if item.reason:
                yield f"    reason: {item.reason}"
    yield from summaries
    still_open = sum(not item.accepted for item in found)
    verdict = "No warnings" if not still_open else f"{still_open} warning{'s' if still_open > 1 else ''}"
    accepted = len(found) - still_open
    yield f"{verdict}, {accepted} accepted with a written reason." if accepted else f"{verdict}."
