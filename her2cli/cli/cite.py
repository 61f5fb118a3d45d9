"""`her2 cite`: how to cite her2, and what an answer of it rests on."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _elsewhere, _names, _options
from her2cli.cli._look import literature
from her2cli.cli._output import Answer, show, version, write
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._reading import load
from her2cli.errors import Her2Error

if TYPE_CHECKING:
    from her2cli.model import Pathway


def cite(
    name: Annotated[
        str | None, Argument(metavar="[NAME]", help="What the references are behind.", autocompletion=_names.anything)
    ] = None,
    line: Annotated[
        str | None, Option("--for", metavar="LINE", help='What an answer rests on: --for "explain AKT -d lapatinib".')
    ] = None,
    bibtex: Annotated[bool, Option("--bibtex", help="Write BibTeX.")] = False,
    ris: Annotated[bool, Option("--ris", help="Write RIS, which reference managers import.")] = False,
    cff: Annotated[bool, Option("--cff", help="Print CITATION.cff, of her2 itself.")] = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """How to cite her2, and the references behind one thing or one answer.

    After the name of a command stands its line: the references are those that its answer rests on. Titles are left out
    where they were not written down; DOI and PMID let a reference manager complete them.

    her2 cite
    her2 cite trastuzumab --bibtex
    her2 cite simulate --drug trastuzumab
    """
    from her2cli.render import citations
    from her2cli.render.console import stacked
    from her2cli.render.finds import references_table
    from her2cli.render.json import thing

    if bibtex + ris + cff + output.json + output.csv + output.tsv > 1:
        raise Her2Error("Choose one of --bibtex, --ris, --cff, --json, --csv and --tsv.")
    if name is not None and line is not None:
        raise Her2Error("Give a name, or a line with --for, not both.")
    if cff and (name is not None or line is not None):
        raise Her2Error("--cff is of her2 itself; --bibtex and --ris have references, too.")
    if cff:
        write(_file())
        return
    path, keys, behind = _asked(name, line, pathway)
    known = path.references if path else {}
    references = [known[key] for key in sorted(keys, key=str.casefold) if key in known]
    if bibtex or ris:
        write((citations.bibtex if bibtex else citations.ris)(software(), references))
        return
    answer = Answer(
        command="cite",
        pathway=path,
        look=lambda: stacked(
            citations.told(software(), references, behind),
            literature(path, lambda of: _of_thing(of, name)) if path and name is not None else None,
        ),
        table=lambda: references_table(path, {each.id for each in references}) if path else citations.cited(()),
        data=lambda: {"software": software(), "behind": behind, "references": [thing(each) for each in references]},
    )
    show(answer, output)


def _asked(name: str | None, line: str | None, pathway: str) -> tuple[Pathway | None, set[str], str]:
    """The pathway that a thing or an answer is of, the references behind it, and what it is called."""
    if line is not None:
        return *_of_answer(line), f"'her2 {line}'"
    path = load(pathway)
    if name is None:
        return path, set(), ""
    with _elsewhere.better_pathway(path, takes=()):
        return path, _of_thing(path, name), f"'{name}'"


def software() -> dict[str, str]:
    """How her2 itself is cited: author, title, version, license, as CITATION.cff has them."""
    import yaml

    told = yaml.safe_load(_file())
    authors = ", ".join(each["name"] for each in told["authors"])
    return {"author": authors, "title": told["title"], "version": version(), "license": told["license"]}


def _file() -> str:
    """The text of CITATION.cff, which stands beside the package in a checkout and within it in a wheel."""
    package = Path(__file__).resolve().parents[1]
    places = (package / "CITATION.cff", package.parent / "CITATION.cff")
    return next(place for place in places if place.is_file()).read_text("utf-8")


def _of_thing(path: Pathway, name: str) -> set[str]:
    """The references behind all that *path* says of *name*. Raises `UnknownName`."""
    from her2cli import lookup

    return {key for use in lookup.uses(path, name) for key in (*use.evidence, *use.against)}


def _of_answer(line: str) -> tuple[Pathway | None, set[str]]:
    """The pathway of the answer to *line*, and the references in it."""
    from her2cli.cli._errors import Exit
    from her2cli.cli._output import kept
    from her2cli.cli.app import run_line

    try:
        words = shlex.split(line)
    except ValueError as error:
        raise Her2Error(f"--for: {str(error).lower()}.") from None
    if words[:1] in ([], ["cite"]):
        raise Her2Error('--for takes a line that has an answer, such as --for "simulate --drug trastuzumab".')
    with kept() as answers:
        try:
            code = run_line(words)
        except Exit as done:  # of 1: the answer is no
            code = done.code
    if code == 2:  # and the mistake was told
        raise Exit(2)
    if not answers:
        raise Her2Error(f"'her2 {line}' has no answer that rests on references.")
    return answers[0].pathway, set(_keys(answers[0].data()))


def _keys(data: Any, under: str = "") -> Iterator[str]:
    """The keys in lists called `evidence` or `against`, of listed references, and in texts, such as `Kim2010`."""
    if isinstance(data, Mapping):
        if under == "references" and isinstance(data.get("id"), str):
            yield data["id"]
        for name, value in data.items():
            yield from _keys(value, name)
    elif isinstance(data, list | tuple):
        for each in data:
            yield from [each] if isinstance(each, str) and under in ("evidence", "against") else _keys(each, under)
    elif isinstance(data, str):
        yield from re.findall(r"\b[A-Z][A-Za-z]+(?:19|20)\d\d[a-z]?\b", data)
