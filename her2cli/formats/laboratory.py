"""What a laboratory reports of a tumour, in columns of their own: verdicts, scores of stains, in-situ hybridisation.

Of in-situ hybridisation the verdict is read, and what was counted: the ratio to the centromere's signals and the copies
in a cell. What counts mean is in the YAML (`reports`). A column that names a marker and tells in another way is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from her2cli.errors import shown
from her2cli.formats.words import (
    BESIDE,
    CALLS,
    COPY_WORDS,
    COUNT,
    IN_A_CELL,
    ISH,
    MISSING,
    RATIO,
    STATUS_WORDS,
    folded,
    number,
)
from her2cli.variants import Copies, Finding, Marker

if TYPE_CHECKING:
    from her2cli.formats.study import Study

NAMED = 3  # columns that are named in one line
Columns: TypeAlias = Mapping[str, Sequence[tuple[int, str]]]  # by marker, or by gene, and what each column tells of it

_SCORE = re.compile(r"(?:ihc |score |ihc score )?[:=]? ?([0-3])(?:[.,]0)? ?(\+?)(?: ?\(?[0-9]{1,3} ?%\)?)?")
_RATIO_SAID = re.compile(
    r"(?:[a-z0-9]+ ?[/:] ?(?:cep|cen|chr) ?17 ?)?(?:ratio)?(?: of|:| =|=)? ?([0-9]+(?:[.,][0-9]+)?)"
)
_COPIES_SAID = re.compile(
    r"(?:copies|copy number|signals|cn)(?: of|:| =|=)? ?([0-9]+(?:[.,][0-9]+)?)"
    r"|([0-9]+(?:[.,][0-9]+)?) ?(?:copies|signals)(?: ?(?:/|per|in a) ?(?:cell|nucleus))?"
)
_LONGEST = 200  # signs of a cell in which more than a word is looked for


def markers(study: Study, file: str, cells: Sequence[str], *, but: Collection[int] = ()) -> Columns:
    """For each marker the columns, *but* some, that tell of it, and what each tells.

    That is a status, ihc, ish, a ratio, counted copies, or calls of copies. Columns that name a gene or a marker, and
    tell in another way, are told, such as a share of stained cells.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    others: list[int] = []
    for column, cell in enumerate(cells):
        name = folded(cell)
        if column in but or not name or name in map(folded, cells[:column]):
            continue
        words = name.split("_")
        marker = [word for word in words if word not in BESIDE]
        beside = set(words) - set(marker) | ({"percent"} if "%" in cell else set())
        species = study.marker("_".join(marker)) if marker else ""
        told = _told(beside)
        of = species or (study.gene("_".join(marker)) if marker and told in ("calls", "calls or copies") else "")
        if of and told:
            found.setdefault(of, []).append((column, told))
        elif not study.own(cell) and any(study.gene(word) or study.marker(word) for word in words):
            others.append(column)
    first = ", ".join(shown(cells[column].strip(), 30) for column in others[:NAMED])
    more = f" and {len(others) - NAMED:,} more" if len(others) > NAMED else ""
    for column in others:
        kind = f"columns that name a gene or a marker and are not read ({first}{more})"
        study.rows.bad(kind, f"{file}, column {column + 1}")
    return found


def _told(beside: Collection[str]) -> str:
    """What a column tells of a marker, by the words *beside* its name; empty where that is not read."""
    beside = set(beside)
    if "percent" in beside:
        return ""
    if beside & CALLS or "snp6" in beside:
        return "calls"
    if beside & RATIO:
        return "ratio"
    if beside & COUNT:
        return "copies" if beside & (IN_A_CELL | ISH) else "calls or copies"
    if beside & ISH:
        return "ish"
    return "ihc" if beside & {"ihc", "score"} else "status"


def reported(study: Study, tumour: str, where: str, cells: Sequence[str], columns: Columns) -> Iterator[Finding]:
    """What a row says in the *columns* of markers."""
    for species, every in columns.items():
        said: dict[str, Any] = {}
        for column, told in every:
            value = " ".join(cells[column].strip().strip('"').casefold().split())
            if value in MISSING:
                continue
            if told in ("calls", "calls or copies"):
                yield from _called(study, tumour, where, cells[column], species, told)
                continue
            read = read_verdict(value, told)
            if not read:
                study.doubt(tumour, no_status(cells[column], species, told), where)
            for kind, word in read.items():
                if said.setdefault(kind, word) != word:
                    study.doubt(tumour, f"two columns say different things of {species}; the first counts", where)
        if said:
            yield Marker(species, **said, dual=any(told == "ratio" for _, told in every))


def read_verdict(value: str, told: str) -> dict[str, Any]:
    """What a cell says in a column that tells a status, ihc, ish, a ratio or copies; nothing of other words.

    A score or a count may stand in brackets behind a verdict: `positive (3+)`, `amplified (ratio 5.2)`.
    """
    if told in ("ratio", "copies"):
        count = number(value)
        return {} if count is None else {told: count}
    score = _SCORE.fullmatch(value)
    if score and (told == "ihc" or (told == "status" and score[2])):
        return {"ihc": "0" if score[1] == "0" else f"{score[1]}+"}
    kind = "ish" if told == "ish" else "status"
    if value in STATUS_WORDS:
        return {kind: STATUS_WORDS[value]}
    if len(value) > _LONGEST:
        return {}
    behind = re.fullmatch(r"([^(),;]+?) ?[(,;:] ?([^()]+?)\)?", value)
    if behind and behind[1] in STATUS_WORDS:
        verdict: dict[str, Any] = {kind: STATUS_WORDS[behind[1]]}
        more = _counts(behind[2]) if told == "ish" else read_verdict(behind[2], "ihc")
        return verdict | more if more and more.keys().isdisjoint(verdict) else {}
    return _counts(value) if told == "ish" else {}


def _counts(text: str) -> dict[str, Any]:
    """The ratio and the copies that *text* names; nothing where it holds anything else."""
    found: dict[str, Any] = {}
    for part in re.split(r"[;()]| and |, ", text):
        if copies := _COPIES_SAID.fullmatch(part.strip()):
            found["copies"] = float((copies[1] or copies[2]).replace(",", "."))
        elif ("ratio" in part or "17" in part) and (ratio := _RATIO_SAID.fullmatch(part.strip())):
            found["ratio"] = float(ratio[1].replace(",", "."))
        elif part.strip():
            return {}
    return found


def _called(study: Study, tumour: str, where: str, cell: str, species: str, told: str) -> Iterator[Finding]:
    """What a column of copies says: a word, or where it is called after GISTIC, a call from -2 to 2."""
    gene, plain = study.gene(species), cell.strip().casefold()
    if not gene:
        study.rows.bad(f"copies of {species}, which is no gene that is looked for", where)
    elif told != "calls" and plain not in {word for word in COPY_WORDS if not word.lstrip("-")[0].isdigit()}:
        hint = f"call it {gene}_CNA for calls (-2 to 2), {gene} copies per cell for what in-situ hybridisation counts"
        told = f"{shown(cell.strip(), 20)} may be a call or copies of {gene}, and is not read; {hint}"
        study.doubt(tumour, told, where)
    elif word := copy_word(study, where, cell.strip(), tumour):
        study.called.setdefault(tumour, set()).add(gene)
        if word != "normal":
            yield Copies(gene, word)


def copy_word(study: Study, where: str, call: str, tumour: str = "") -> str:
    """The word for a call; empty where there is none. Of a *tumour* that is named it is a doubt."""
    plain = call.casefold()
    if plain in MISSING:
        return ""
    if plain not in COPY_WORDS:
        with suppress(ValueError):
            plain = f"{float(plain):g}"  # 2.0
    if plain not in COPY_WORDS:
        what = "a number" if re.fullmatch(r"-?[0-9]+([.,][0-9]+)?(e-?[0-9]+)?", plain) else shown(call, 20)
        unread = f"{what} is no copy number call (-2, -1, 0, 1, 2)"
        if tumour:
            study.doubt(tumour, unread, where)
        else:
            study.rows.bad(unread, where)
        return ""
    return COPY_WORDS[plain]


def no_status(word: str, species: str, told: str = "status") -> str:
    """That *word* says nothing of a marker in such a column, and what to write."""
    name = f"{shown(word, 30)} is no"
    if told in ("ratio", "copies"):
        what = "ratio of in-situ hybridisation" if told == "ratio" else "number of copies in a cell"
        return f"{name} {what} of {species}; write a number, such as {'2.4' if told == 'ratio' else '5.1'}"
    hint = "write positive or negative"
    if re.fullmatch(r"[0-3]\+?", word.strip()) and told != "ish":
        hint = f"call the column of its scores {species}_IHC" + f", or {hint}" * word.strip().isdigit()
    elif told == "ish" and number(word) is not None:
        hint += f", or call the column {species} ratio, or {species} copies per cell"
    return f"{name} word for the status of {species}; {hint}"
