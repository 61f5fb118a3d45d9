"""References as BibTeX, RIS and text, and her2 itself as CFF.

A reference of the knowledge is a citation as it was read, most without the title. What is read out of it here is
author, journal, year, volume, issue and pages, where it has that form; nothing is added. The whole citation always goes
along as a note, and DOI and PMID let a reference manager complete the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from her2cli.model import Reference
from her2cli.render.cards import VERIFIED
from her2cli.render.console import Line, stacked
from her2cli.render.tables import Table

if TYPE_CHECKING:
    from rich.console import RenderableType

# `Author AB, Other C et al. Title. Journal 2011;19(1):58-71 (remark)`, without the title or without the authors.
_NAME = r"(?:[a-z]+ ){0,2}[A-Z][\w'’-]+ [A-Z](?:-?[A-Z]){0,3}"
_WHERE = (
    r"(?P<journal>[A-Z][^;.:,\d]*) (?P<year>(?:19|20)\d\d)"
    r"(?:;(?P<volume>\d+)(?:\((?P<number>[^()]+)\))?(?::(?P<pages>\w[\w.-]*))?)?(?=$|[\s,(;])"
)
_SIGNED = re.compile(rf"(?P<author>{_NAME}(?:, {_NAME})*)(?P<others> et al)?\. (?:(?P<title>[^;]+)\. )?{_WHERE}")
_TITLED = re.compile(rf"(?P<title>[^;.]+)\. {_WHERE}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SPECIAL = {
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
}


def read(citation: str) -> dict[str, str]:
    """What *citation* says of author, others, title, journal, year, volume, number and pages; only what is there."""
    found = _SIGNED.match(citation) or _TITLED.match(citation)
    if found is not None:
        return {name: value.strip() for name, value in found.groupdict().items() if value}
    years = set(_YEAR.findall(citation))
    return {"year": years.pop()} if len(years) == 1 else {}


def _authors(told: Mapping[str, str]) -> list[str]:
    """`Citri A, Yarden Y` as family name and initials."""
    names = told["author"].split(", ") if "author" in told else []
    return [", ".join(name.rsplit(" ", 1)) for name in names]


def _note(reference: Reference) -> str:
    told = [reference.citation, VERIFIED[reference.verified], reference.note]
    return ". ".join(part.rstrip(".") for part in told if part)


def bibtex(software: Mapping[str, str], references: Sequence[Reference]) -> str:
    """One entry each: her2, then the references under their keys."""
    entries = [
        _entry(
            "software",
            "her2",
            {
                "author": f"{{{software['author']}}}",
                "title": software["title"],
                "version": software["version"],
                "note": f"{software['license']} licence",
            },
        )
    ]
    for each in references:
        told = read(each.citation)
        authors = [*_authors(told), *(["others"] if "others" in told else [])]
        fields = {
            "author": " and ".join(authors),
            "title": told.get("title", ""),
            "journal": told.get("journal", ""),
            "year": told.get("year", ""),
            "volume": told.get("volume", ""),
            "number": told.get("number", ""),
            "pages": told.get("pages", "").replace("-", "--"),
            "doi": each.doi,
            "eprint": each.pmid,
            "eprinttype": "pubmed" if each.pmid else "",
            "url": "" if each.doi else _address(each),
            "note": _note(each),
        }
        entries.append(_entry("article" if "journal" in told else "misc", each.id, fields))
    return "\n".join(entries)


def _address(reference: Reference) -> str:
    """The address at which it was seen, without what is said of it there (`(abstract)`) or the places beside it."""
    first, *_ = re.split(r"[\s;,]", reference.seen_at)
    return first if first.startswith("https://") else ""


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    verbatim = {"doi", "url", "eprint", "eprinttype"}
    own = {
        name: value if name in verbatim or name == "author" else _tex(value) for name, value in fields.items() if value
    }
    return "\n".join([f"@{kind}{{{key},", *(f"  {name} = {{{value}}}," for name, value in own.items()), "}", ""])


def _tex(value: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in value)


def ris(software: Mapping[str, str], references: Sequence[Reference]) -> str:
    """One record each: her2, then the references under their keys."""
    records = [
        [
            ("TY", "COMP"),
            ("ID", "her2"),
            ("AU", software["author"]),
            ("TI", software["title"]),
            ("ET", software["version"]),
        ]
    ]
    for each in references:
        told = read(each.citation)
        first, _, last = told.get("pages", "").partition("-")
        records.append(
            [
                ("TY", "JOUR" if "journal" in told else "GEN"),
                ("ID", each.id),
                *(("AU", author) for author in _authors(told)),
                ("TI", told.get("title", "")),
                ("JO", told.get("journal", "")),
                ("PY", told.get("year", "")),
                ("VL", told.get("volume", "")),
                ("IS", told.get("number", "")),
                ("SP", first),
                ("EP", last),
                ("DO", each.doi),
                ("AN", each.pmid),
                ("UR", _address(each)),
                ("N1", _note(each)),
            ]
        )
    return "\n".join("".join(f"{tag}  - {value}\n" for tag, value in each if value) + "ER  - \n" for each in records)


def told(software: Mapping[str, str], references: Sequence[Reference], behind: str) -> RenderableType:
    """How to cite her2, and the references *behind* a thing or an answer, if one was asked."""
    own = Line([(f"{software['author']}. {software['title']}. Version {software['version']}.", "")])
    forms = "--bibtex and --ris write them for a reference manager."
    if not behind:
        more = [
            "Cite the papers behind an answer with it:",
            "  her2 cite simulate --drug trastuzumab",
            "  her2 cite AKT",
            f"{forms} --cff prints CITATION.cff.",
        ]
        return stacked(
            own, *(Line([(line, "quiet")]) for line in more[:1]), *_lines(more[1:3]), Line([(more[3], "quiet")])
        )
    if not references:
        return stacked(own, Line([(f"Nothing that {behind} says rests on a single reference.", "")]))
    count = f"{len(references)} references are" if len(references) > 1 else "1 reference is"
    return stacked(own, Line([(f"{count} behind {behind}. {forms}", "")]), cited(references))


def _lines(lines: Sequence[str]) -> list[RenderableType]:
    from her2cli.render.console import Block

    return [Block([Line([(line, "name")]) for line in lines])]


def _with_note(reference: Reference) -> str:
    return f"{reference.citation}. Note: {reference.note}" if reference.note else reference.citation


def cited(references: Sequence[Reference]) -> Table:
    """The references for a person: the citation below each key, with what of it was not seen."""
    return Table(
        columns=("reference", "pmid", "doi", "verified", "citation"),
        rows=tuple((each.id, each.pmid, each.doi, VERIFIED[each.verified], _with_note(each)) for each in references),
        detail="citation",
        styles={"reference": "name"},
    )
