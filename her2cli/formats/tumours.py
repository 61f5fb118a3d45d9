"""Tumours as studies tell them: a folder as cBioPortal gives it for download, or one table (CSV, TSV, Excel).

cBioPortal's file formats: docs.cbioportal.org, "File Formats" (from memory where a comment says so). What is read goes
out as findings, a row at a time, so that a study of a million tumours needs no memory for its rows. Nothing is dropped
in silence: rows that say nothing usable are counted by kind, with the first lines of each.
"""

from __future__ import annotations

import codecs
import csv
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from gzip import BadGzipFile
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import IO, cast

from her2cli.errors import DataError, Problem, each_of, shown
from her2cli.formats.changes import is_change, joined_in, said_of, some_change
from her2cli.formats.laboratory import Columns, copy_word, markers, no_status, read_verdict, reported
from her2cli.formats.study import Study
from her2cli.formats.words import (
    ALONGSIDE,
    ALTERATIONS,
    CALLED,
    CHANGE,
    CLASS,
    COPIES,
    COPY_WORDS,
    DASHES,
    DENIED,
    ENTREZ,
    FUSED,
    FUSIONS,
    GENE,
    GENE_ALONE,
    GONE,
    LOST,
    LOST_GENE,
    MEANINGS,
    MISSING,
    MUTATED,
    MUTATIONS,
    NO_CHANGES,
    NONE_SEEN,
    NOT_CALLED,
    OPEN,
    PANEL,
    PATIENT,
    POSITION,
    PROTEIN,
    SITES,
    STAINED_GENE,
    STATUS_WORDS,
    SYMBOL,
    TUMOUR,
    WHOLE,
    WILD_TYPE,
    folded,
    verdict,
)
from her2cli.formats.words import number as number_of
from her2cli.loading.entries import tidy
from her2cli.sheets import another_kind, doubled, no_table, parted_by, places, told_by
from her2cli.variants import Copies, Finding, Fusion, Marker, Open, Unread, protein_change, read_class, variant

_LONGEST = 9  # words that name an alteration
_LONG = 500  # signs of a cell, past which it is not taken apart
_STAINED = re.compile(r"[<>≤≥=~ ]*[0-9]+([.,][0-9]+)?( ?[-–] ?[0-9]+)? ?[%+]?")  # a share of the cells, or a score
_BARE = re.compile(r"-?[0-3]([.,]0+)?")  # a score, copies, or yes and no


def read(study: Study, path: str) -> Iterator[tuple[str, Finding]]:
    """The findings of the study in *path*, a folder or a table, as (tumour, finding); *study* is filled on the way.

    Raises `DataError` where there is nothing that can be read.
    """
    place = Path(path)
    if place.is_dir():
        yield from _folder(study, place)
    elif place.is_file():
        with _table(place) as rows:
            yield from _any_table(study, path, rows)
    else:
        told = "is neither a file nor a folder." if place.exists() else "there is no such file or folder."
        raise DataError([Problem(path, told)])
    if not study.number:
        raise DataError([Problem(path, "no tumour was found in it.")])


# --- tables of text ------------------------------------------------------------------------------------------------


class _Table:
    """The rows of a file, each with its line; as a context manager it closes the file."""

    def __init__(self, stream: IO[str] | None, rows: Iterator[tuple[int, list[str]]]) -> None:
        self._stream, self.rows = stream, rows

    def __enter__(self) -> Iterator[tuple[int, list[str]]]:
        return self.rows

    def __exit__(self, *_: object) -> None:
        if self._stream:
            self._stream.close()


def _table(path: Path) -> _Table:
    """The rows of a table: by tabs where the first line has one, by commas or semicolons else; or the first sheet.

    Raises `DataError` for what is none, and where a column stands twice.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"):
        from her2cli.formats.excel import first_sheet

        rows = list(first_sheet(path.read_bytes(), str(path))[1])
        number, cells = next((row for row in rows if not row[1][0].startswith("#")), (1, []))
        _check_columns(str(path), cells, [(number, column) for column in range(1, len(cells) + 1)])
        return _Table(None, iter(rows))
    stream = _open(path)
    with _whole(path):
        start = stream.read(100_000)
    stream.seek(0)
    told, start = told_by(start)
    lines = [line for line in start.splitlines() if line.strip() and not line.startswith("#")]
    if "\0" in start:
        raise DataError([Problem(str(path), "is no text; a table is CSV, TSV or Excel.")])
    if start.startswith(("##fileformat=VCF", "#CHROM\t")):
        hint = "bring a MAF (vcf2maf makes one), or a table with the columns sample, gene and change (p.H1047R)"
        raise DataError([Problem(str(path), f"is a VCF, which is not read; {hint}.")])
    delimiter = told or parted_by(lines[0] if lines else "")
    stream.seek(0)
    numbered = islice(enumerate(stream, 1), 1 if told else 0, None)
    number, head = next(((n, line) for n, line in numbered if line.strip() and line[0] != "#"), (1, ""))
    stream.seek(0)
    header = head.rstrip("\r\n").split("\t") if delimiter == "\t" else next(csv.reader([head], delimiter=delimiter), [])
    _check_columns(str(path), header, places(head, delimiter, number, quoted=delimiter != "\t"))
    every: Iterable[str] = _lines(stream, path)
    if told:
        stream.readline()
        every = chain(["\n"], every)  # so that the others keep their number
    if delimiter == "\t":
        return _Table(stream, _tabbed(every))
    return _Table(stream, _quoted(every, delimiter, str(path)))


def _check_columns(file: str, header: Sequence[str], where: Iterable[tuple[int, int]]) -> None:
    """Refuse a header with two columns that are written alike."""
    names = [cell.strip().strip('"') for cell in header]
    of_a_study = {*map(folded, names)}.intersection((*TUMOUR, *GENE))  # of any other file that is not what is wrong
    if of_a_study and (problems := doubled(shown(file, 200), names, where)):
        raise DataError(tidy(problems, file))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 as Windows-1252, which Excel writes: two names that differ there stay two names."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data = error.object[error.start : error.end]
    return "".join(_windows(byte) for byte in data), error.end


def _windows(byte: int) -> str:
    raw = bytes([byte])
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


codecs.register_error("her2cli.windows", _as_windows)


def _open(path: Path) -> IO[str]:
    """*path* as text, packed by gzip or not: any line ends, a byte order mark or none, UTF-8, UTF-16, Windows'."""
    try:
        with open(path, "rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        with _whole(path):
            import gzip

            stream: IO[bytes] = cast("IO[bytes]", gzip.open(path)) if packed else open(path, "rb")  # noqa: SIM115
            mark = stream.read(2)
            stream.seek(0)
    except OSError as error:
        raise DataError([Problem(str(path), f"cannot be read: {(error.strerror or str(error)).lower()}.")]) from None
    utf_16 = mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return TextIOWrapper(stream, encoding="utf-16" if utf_16 else "utf-8-sig", errors="her2cli.windows")


@contextmanager
def _whole(path: Path | str) -> Iterator[None]:
    """Raises `DataError` where *path* breaks off while it is unpacked."""
    try:
        yield
    except (EOFError, zlib.error, BadGzipFile):
        raise DataError([Problem(str(path), "breaks off, or is damaged: gzip cannot unpack it.")]) from None


def _lines(stream: IO[str], path: Path) -> Iterator[str]:
    with _whole(path):
        yield from stream


def _tabbed(stream: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(stream, 1):
        yield number, line.rstrip("\r\n").split("\t")


def _quoted(stream: Iterable[str], delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    begun = 1  # the row at hand
    try:
        for cells in reader:
            yield reader.line_num, cells
            begun = reader.line_num + 1
    except csv.Error as error:
        raise no_table(file, error, reader.line_num, begun=begun) from None


@dataclass(slots=True)
class _Header:
    """The columns of a table by their folded names; the first of two that only differ in their spelling counts."""

    cells: list[str]  # as they stand there
    place: dict[str, int]

    def first(self, names: Sequence[str]) -> list[int]:
        """The columns that are called one of *names*, in that order."""
        return [self.place[name] for name in names if name in self.place]


def _header(study: Study, file: str, number: int, cells: Sequence[str]) -> _Header:
    names = [folded(cell) for cell in cells]
    place: dict[str, int] = {}
    for column, name in enumerate(names):
        if name in place:
            study.rows.bad(f"the header of {file} has {shown(name, 40)} twice; the first counts", f"{file}:{number}")
        elif name:
            place[name] = column
    return _Header(list(cells), place)


def _records(
    study: Study, file: str, rows: Iterator[tuple[int, list[str]]]
) -> tuple[_Header, Iterator[tuple[int, list[str]]]]:
    """The header of a table, past lines with `#`, and its rows, each as wide as the header or wider."""
    for number, cells in rows:
        first = cells[0] if cells else ""
        if first.startswith(("#Sequenced_Samples:", "##Sequenced_Samples:")):
            listed = " ".join([first.partition(":")[2], *cells[1:]]).split()
            study.sequenced = (study.sequenced or set()) | set(listed)
        elif not first.startswith("#") and any(cell.strip() for cell in cells):
            return _header(study, file, number, cells), _wide(study, file, rows, len(cells))
    raise DataError([Problem(file, "has no header.")])


def _wide(
    study: Study, file: str, rows: Iterator[tuple[int, list[str]]], width: int
) -> Iterator[tuple[int, list[str]]]:
    for number, cells in rows:
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            study.rows.bad(f"more cells than the header of {file} has; what is past it is left out", f"{file}:{number}")
        elif len(cells) < width:
            if not any(cells):
                continue
            cells = [*cells, *[""] * (width - len(cells))]
        study.rows.read += 1
        yield number, cells


def _cell(cells: Sequence[str], columns: Sequence[int]) -> str:
    """The first of *columns* that is not empty."""
    for column in columns:
        if value := cells[column].strip().strip('"'):
            return value
    return ""


def _of_tumours(
    study: Study, file: str, rows: Iterable[tuple[int, list[str]]], names: Sequence[int], row: str
) -> Iterator[tuple[int, list[str], str]]:
    """The *rows* whose column of *names* has a tumour, with its name; of the others it is told that *row* has none."""
    for number, cells in rows:
        if name := _cell(cells, names):
            yield number, cells, name
        else:
            study.rows.bad(f"{row} names no tumour", f"{file}:{number}")


# --- a folder of cBioPortal ----------------------------------------------------------------------------------------

_FILES = {
    "clinical": re.compile(r"data_(bcr_)?clinical(_data)?(_sample|_patient|)s?\.txt"),
    "matrix": re.compile(r"data_gene_(panel_)?matrix\.txt"),
    "panel": re.compile(r"data_gene_panel(_(?!matrix).*)?\.txt|gene_panel.*\.txt"),
    "mutations": re.compile(r"data_mutations?(_.*)?\.(txt|maf)(\.gz)?|.*\.maf(\.gz)?"),
    "copies": re.compile(r"data_(cna|cna_.*|.*gistic.*)\.txt(\.gz)?"),
    "structural": re.compile(r"data_(sv|svs|structural_variants?|fusions?)\.txt"),
}
_NO_CALLS = re.compile(r".*(log2|linear|continuous|zscores?|seg|hg19|hg38|arm|armlevel).*")


def _folder(study: Study, folder: Path) -> Iterator[tuple[str, Finding]]:
    files: dict[str, list[Path]] = {kind: [] for kind in _FILES}
    for path in sorted(folder.iterdir()):
        name = path.name.casefold()
        kind = next((kind for kind, pattern in _FILES.items() if pattern.fullmatch(name)), "")
        if kind and path.is_file() and not (kind == "copies" and _NO_CALLS.fullmatch(name)):
            files[kind].append(path)
    if not any(files[kind] for kind in ("clinical", "mutations", "copies", "structural")):
        wanted = "data_mutations.txt, data_cna.txt, data_sv.txt or data_clinical_sample.txt"
        raise DataError([Problem(str(folder), f"is no study of cBioPortal: it has none of {wanted}.")])
    each_of(_looked_into, [path for kind, paths in files.items() if kind != "panel" for path in paths])
    for path in files["panel"]:
        _panel(study, path)
    for path in sorted((folder / "case_lists").glob("*.txt")) if (folder / "case_lists").is_dir() else ():
        _case_list(study, path)
    listed = set(study.number)
    for path in files["matrix"]:
        with _table(path) as rows:
            _matrix(study, path.name, rows)
    markers: list[tuple[str, Finding]] = []
    for path in files["clinical"]:
        with _table(path) as rows:
            markers += _clinical(study, path.name, rows)
    study.listed = bool(files["clinical"]) or bool(listed)
    yield from markers
    for path in files["mutations"]:
        with _table(path) as rows:
            yield from _mutations(study, path.name, rows)
    for path in files["copies"]:
        with _table(path) as rows:
            yield from _copies(study, path.name, rows)
    for path in files["structural"]:
        with _table(path) as rows:
            yield from _structural(study, path.name, rows)
    if len(study.panels) == 1 and not study.panel:  # one panel and no matrix: it is that of the whole study
        only = next(iter(study.panels))
        study.panel = dict.fromkeys(study.sequenced or study.number, only)


def _looked_into(path: Path) -> None:
    """Open a table and close it: what its header has wrong is told before anything is read."""
    with _table(path):
        pass


def _panel(study: Study, path: Path) -> None:
    """A gene panel: `stable_id: X`, `gene_list:` with the genes behind it by tabs."""
    with _open(path) as stream:
        said = dict(line.rstrip("\r\n").partition(":")[::2] for line in stream if ":" in line)
    name = said.get("stable_id", path.stem).strip()
    study.panels[name] = frozenset(filter(None, map(study.gene, said.get("gene_list", "").split())))


def _case_list(study: Study, path: Path) -> None:
    """A case list: `case_list_ids:` with the tumours behind it. Its file's name says what was done with them."""
    with _open(path) as stream:
        said = dict(line.rstrip("\r\n").partition(":")[::2] for line in stream if ":" in line)
    names = said.get("case_list_ids", "").split()
    for name in names:
        study.tumour(name, sure=True)
    if "sequenced" in path.stem:
        study.sequenced = (study.sequenced or set()) | set(names)


def _matrix(study: Study, file: str, rows: Iterator[tuple[int, list[str]]]) -> None:
    header, rows = _records(study, file, rows)
    names, panels = header.first(TUMOUR), header.first(PANEL)
    joined = header.first(("structural_variants", "fusions"))
    if not names:
        study.rows.bad(f"{file} has no column of tumours, such as SAMPLE_ID", f"{file}:1")
        return
    for _, cells in rows:
        name, panel = _cell(cells, names), _cell(cells, panels)
        if name:
            study.tumour(name, sure=True)
            study.panel[name] = "" if panel.casefold() in MISSING else panel
            if joined:
                study.joined = study.joined or set()
                if _cell(cells, joined).casefold() not in MISSING:
                    study.joined.add(name)


def _clinical(study: Study, file: str, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[str, Finding]]:
    """A clinical file: four lines with `#` before its header, or none. A file of patients has no column of samples."""
    header, rows = _records(study, file, rows)
    names = header.first(tuple(name for name in TUMOUR if name not in PATIENT))
    if not names:
        return  # patients; what is known of tumours stands in the file of samples
    patients, panels, columns = header.first(PATIENT), header.first(("gene_panel",)), markers(study, file, header.cells)
    for number, cells, name in _of_tumours(study, file, rows, names, f"a row of {file}"):
        study.tumour(name, sure=True)
        if (patient := _cell(cells, patients)) and patient != name:
            study.patients[name] = patient
        if panels and (panel := _cell(cells, panels)) and panel.casefold() not in MISSING:
            study.panel.setdefault(name, panel)
        for finding in reported(study, name, f"{file}:{number}", cells, columns):
            yield name, finding


def _mutations(study: Study, file: str, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[str, Finding]]:
    header, rows = _records(study, file, rows)
    names, genes = header.first(TUMOUR), header.first(GENE)
    if not names or not genes:
        ids = " (Entrez ids are not read; Hugo_Symbol names a gene)" if names and header.first(ENTREZ) else ""
        study.rows.bad(f"{file} has no column of {'genes' if names else 'tumours'} and is not read{ids}", f"{file}:1")
        return
    study.has_mutations = True
    if study.sequenced and not study.listed:
        for name in sorted(study.sequenced):
            study.tumour(name, sure=True)
    changes, classes = header.first(CHANGE), header.first(CLASS)
    positions, called = header.first(POSITION), header.first(CALLED)
    for number, cells in rows:
        name, symbol = _cell(cells, names), _cell(cells, genes)
        if not name or not symbol:
            study.rows.bad(f"a row of {file} names no {'gene' if name else 'tumour'}", f"{file}:{number}")
            continue
        study.take_in(name, file, f"{file}:{number}")
        status = _cell(cells, called).casefold()
        if (why := NOT_CALLED.get(status, "")) and not (status == "germline" and study.germline):
            study.rows.bad(f"{why}, left out", f"{file}:{number}")
            continue
        if study.sequenced is not None:
            study.sequenced.add(name)
        gene = study.gene(symbol) or symbol.upper()
        change = _change(cells, changes)
        yield name, variant(gene, change, _cell(cells, classes), _cell(cells, positions))
    for name in sorted(study.sequenced or ()):
        if name not in study.number:
            study.rows.bad("a sequenced tumour that the study does not list and that has no row, left out", name)
    if study.sequenced:
        study.sequenced.intersection_update(study.number)


def _change(cells: Sequence[str], columns: Sequence[int]) -> str:
    """The first of *columns* that says a protein change; the first that says anything where none does."""
    for column in columns:
        value = cells[column].strip().strip('"')
        if value and protein_change(value):
            return value
    return _cell(cells, columns)


def _copies(study: Study, file: str, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[str, Finding]]:
    """Copy number: a row a gene and a column a tumour, or a row a call (long)."""
    header, rows = _records(study, file, rows)
    genes, names, calls = header.first(GENE), header.first(TUMOUR), header.first(COPIES)
    if genes and names and calls:
        yield from _long_copies(study, file, rows, (genes, names, calls))
        return
    if not genes:
        ids = " (Entrez ids are not read; Hugo_Symbol names a gene)" if header.first(ENTREZ) else ""
        study.rows.bad(f"{file} has no column of genes and is not read{ids}", f"{file}:1")
        return
    yield from _wide_copies(study, file, header, rows, genes)


def _long_copies(
    study: Study, file: str, rows: Iterator[tuple[int, list[str]]], columns: tuple[list[int], list[int], list[int]]
) -> Iterator[tuple[str, Finding]]:
    genes, names, calls = columns
    seen: dict[tuple[str, str], str] = {}
    for number, cells in rows:
        name, symbol, call = _cell(cells, names), _cell(cells, genes), _cell(cells, calls)
        gene = study.gene(symbol)
        if not name or not symbol:
            study.rows.bad(f"a row of {file} names no {'gene' if name else 'tumour'}", f"{file}:{number}")
        if name:
            study.take_in(name, file, f"{file}:{number}")
            study.copied.add(name)
        if not name or not gene:
            continue
        study.copy_genes.add(gene)
        if word := copy_word(study, f"{file}:{number}", call):
            if seen.setdefault((name, gene), word) != word:
                study.rows.bad(f"{gene} has two copy numbers in one tumour; the first counts", f"{file}:{number}")
            elif word != "normal":
                yield name, Copies(gene, word)
        elif (name, gene) not in seen:
            study.uncalled.setdefault(name, set()).add(gene)
    for name, gene in seen:
        study.uncalled.get(name, set()).discard(gene)


def _wide_copies(
    study: Study, file: str, header: _Header, rows: Iterator[tuple[int, list[str]]], genes: Sequence[int]
) -> Iterator[tuple[str, Finding]]:
    first, other = 0, ("entrez_gene_id", "cytoband", "gene_id", "locus_id", *GENE)
    while first < len(header.cells) and folded(header.cells[first]) in other:
        first += 1
    tumours = [cell.strip().strip('"') for cell in header.cells[first:]]
    for column, name in enumerate(tumours, first + 1):
        if name:
            study.take_in(name, file, f"{file}, column {column}")
            study.copied.add(name)
    seen: dict[str, list[str]] = {}
    for number, cells in rows:
        symbol = _cell(cells, genes)
        if not symbol or symbol.isdigit():
            study.rows.bad(
                f"a row of {file} names its gene by a number, or not at all, and is not read", f"{file}:{number}"
            )
        if not (gene := study.gene(symbol)):
            continue
        study.copy_genes.add(gene)
        words = [copy_word(study, f"{file}:{number}", call.strip()) for call in cells[first : first + len(tumours)]]
        if gene in seen:
            if seen[gene] != words:
                study.rows.bad(f"{gene} stands twice with other copy numbers; the first counts", f"{file}:{number}")
            continue
        seen[gene] = words
        for name, word in zip(tumours, words, strict=False):
            if name and not word:
                study.uncalled.setdefault(name, set()).add(gene)
            elif name and word != "normal":
                yield name, Copies(gene, word)


def _structural(study: Study, file: str, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[str, Finding]]:
    header, rows = _records(study, file, rows)
    yield from _structural_rows(study, file, header, rows)


def _structural_rows(
    study: Study, file: str, header: _Header, rows: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[str, Finding]]:
    names, called = header.first(TUMOUR), header.first(("sv_status",))
    sites = next((pair for pair in SITES if pair[0] in header.place or pair[1] in header.place), None)
    old = header.first(GENE), header.first(("fusion",))
    if not names or not (sites or all(old)):
        study.rows.bad(f"{file} has no columns that name two genes and is not read", f"{file}:1")
        return
    study.has_fusions = True
    for number, cells, name in _of_tumours(study, file, rows, names, f"a row of {file}"):
        study.take_in(name, file, f"{file}:{number}")
        if _cell(cells, called).casefold() == "germline" and not study.germline:
            study.rows.bad("germline, left out", f"{file}:{number}")
            continue
        if sites:
            first, second = (_cell(cells, header.first((site,))) for site in sites)
        else:
            first = _cell(cells, old[0])
            parts = re.split(r"[-–:]+", _cell(cells, old[1]).split()[0] if _cell(cells, old[1]) else "")
            second = next((part for part in parts if part.casefold() != first.casefold()), "")
        if not (first or second):
            study.rows.bad(f"a row of {file} names no gene", f"{file}:{number}")
            continue
        one, two = (study.gene(each) or each.upper() for each in (first or second, second or ""))
        yield name, Fusion(one, two)


# --- one table -----------------------------------------------------------------------------------------------------


def _any_table(study: Study, file: str, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[str, Finding]]:
    """A table with a row a variant (or a call of copies), with a row a tumour, or with a row a gene (copies)."""
    header, rows = _records(study, file, rows)
    names, genes = header.first(TUMOUR), header.first(GENE)
    said = (*header.first(CHANGE), *header.first(CLASS), *header.first(COPIES))
    if genes and not names and not said and len(header.cells) > 1:
        yield from _wide_copies(study, file, header, rows, genes)
    elif names and not said and any(site in header.place for pair in SITES for site in pair):
        yield from _structural_rows(study, file, header, rows)
    elif not names:
        wanted = "sample, tumour or Tumor_Sample_Barcode"
        other = another_kind(header.cells, "tumours")
        raise DataError([Problem(file, f"no column names the tumours: call one {wanted}.{other}")])
    elif genes and (said or len(header.cells) == len(names) + len(genes)):
        yield from _rows_of_variants(study, file, header, rows)
    else:
        yield from _rows_of_tumours(study, file, header, rows)


def _rows_of_variants(
    study: Study, file: str, header: _Header, rows: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[str, Finding]]:
    names, genes, patients = header.first(TUMOUR), header.first(GENE), header.first(PATIENT)
    changes, classes, calls = header.first(CHANGE), header.first(CLASS), header.first(COPIES)
    positions, called = header.first(POSITION), header.first(CALLED)
    if not (changes or classes or calls):
        raise DataError([Problem(file, "no column says what changed: call one change (p.H1047R) or copies (-2 to 2).")])
    study.has_mutations = bool(changes or classes)
    for number, cells, name in _of_tumours(study, file, rows, names, "a row"):
        where, symbol, change = f"{file}:{number}", _cell(cells, genes), _change(cells, changes)
        study.tumour(name)
        if (patient := _cell(cells, patients)) and patient != name:
            study.patients[name] = patient
        if symbol.casefold() in NO_CHANGES or (not symbol and change.casefold() in NO_CHANGES):
            continue
        if not symbol or symbol.isdigit():
            if change and not symbol:
                yield from ((name, each) for each in _said_outright(study, name, change, where))
            else:
                study.rows.bad(_by_number(symbol) if symbol else "a row names no gene", where)
            continue
        gene = study.gene_in(symbol)
        if word := copy_word(study, where, _cell(cells, calls)):
            study.copied.add(name)
            study.copy_genes.add(gene)
            if word != "normal":
                yield name, Copies(gene, word)
        status = _cell(cells, called).casefold()
        if (why := NOT_CALLED.get(status, "")) and not (status == "germline" and study.germline):
            study.rows.bad(f"{why}, left out", where)
            continue
        kind = _cell(cells, classes)
        if change or kind or _joined_genes(study, symbol):
            told = _of_a_row(study, name, symbol, change, kind, _cell(cells, positions), where)
            yield from ((name, each) for each in told)
        elif not calls:
            study.rows.bad("a row says of no change", where)


def _by_number(symbol: str) -> str:
    return f"a gene is named by a number ({shown(symbol, 20)}), and is not read; a column Hugo_Symbol names it"


def _joined_genes(study: Study, symbol: str) -> list[tuple[str, str]]:
    """The two genes of a fusion in the place of one; none where *symbol* is a gene's own name."""
    return [] if symbol.isalnum() or study.gene(symbol) else joined_in(symbol, study.gene)


def _word_of_copies(text: str) -> str:
    """What a word for copies says, as a class or in place of a change; empty for other words, and for a number."""
    return "" if text.lstrip("-").replace(".", "").isdigit() else COPY_WORDS.get(text.casefold(), "")


def _of_a_row(
    study: Study, tumour: str, symbol: str, change: str, kind: str, position: str, where: str
) -> Iterator[Finding]:
    """What a row says of the gene *symbol*: a change, a kind of change, a word for copies or for a stain, a fusion."""
    gene, plain = study.gene_in(symbol), change.casefold()
    if plain in WILD_TYPE:
        return
    if joined := _joined_genes(study, symbol):
        yield from (Fusion(*pair) for pair in joined)
    elif kind.casefold() in FUSED:
        yield from (Fusion(*pair) for pair in joined_in(change, study.gene) or [(gene, "")])
    elif (said := plain or kind.casefold()) in LOST:
        yield from _meant(study, tumour, gene, said, where, _kind_of(study, gene, symbol))
    elif word := _word_of_copies(change) or ("" if change else _word_of_copies(kind)):
        study.copied.add(tumour)
        study.copy_genes.add(gene)
        if word != "normal":
            yield Copies(gene, word)
    elif plain not in MISSING and not read_class(kind):
        yield from _meant(study, tumour, gene, change, where, _kind_of(study, gene, symbol))
    else:
        yield from _of_a_gene(study, tumour, gene, change, where, kind=kind, position=position)


def _of_a_gene(
    study: Study, tumour: str, gene: str, text: str, where: str, *, kind: str = "", position: str = ""
) -> Iterator[Finding]:
    """What *text* says of *gene*, of which a class may be said beside it: one change, or in words what people write."""
    if not text or is_change(text) or len(text) > _LONG:
        yield variant(gene, text, kind, position)
        return
    told = said_of(text, gene, study.gene)
    if read_class(kind):
        changes = [change for change, _ in told.changes if change] or [text]
        yield from (variant(gene, change, kind, position) for change in changes)
        return
    yield from (Fusion(*pair) for pair in told.fusions)
    if told.copies:
        study.copied.add(tumour)
        study.copy_genes.add(gene)
        if told.copies != "normal":
            yield Copies(gene, told.copies)
    yield from (variant(gene, change, each, position) for change, each in told.changes)
    if told.denied:
        study.rows.bad(f"{shown(text, 40)} denies a change of {gene}, or of something else, and is not read", where)
        yield Unread(f"{gene} {text}")
        yield _left_open(study, gene, text, "denied, of what is not known")
    elif told.rest and told.changes:
        study.doubt(
            tumour, f"{shown(' '.join(told.rest), 40)} beside a change of {gene} says nothing that is read", where
        )
    elif told.rest and (own := _own_of(study, gene, text, " ".join(told.rest))):
        study.named.append((tumour, own))
    elif told.rest and some_change(text):
        yield variant(gene, text, kind, position)
    elif told.rest:
        yield Unread(f"{gene} {text}")
        yield _left_open(study, gene, text, "no word that is read")


def _own_of(study: Study, gene: str, text: str, rest: str) -> str:
    """The alteration of *gene* that words behind its name say, `HER2-low` or `exon 20 insertion`; empty for none."""
    begins = study.gene(re.split(r"[-\s_]", text)[0]) == gene
    return study.own(f"{gene} {rest}") or (study.own(text) if begins else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """What the columns of a table with a row a tumour tell of, each by its place."""

    genes: dict[int, str]
    kinds: dict[int, str]  # of the genes, the kinds of their columns
    mixed: set[int]  # of the genes, those whose numbers may be scores
    own: list[int]  # names of alterations
    fusions: list[int]
    reports: Columns
    unread: list[int]


def _columns(study: Study, file: str, header: _Header, others: Collection[int]) -> _Columns:
    """What the columns of *header* but *others* tell of. Raises `DataError` where none tells anything."""
    genes = {
        place: gene
        for name, place in header.place.items()
        if place not in others and "%" not in header.cells[place] and (gene := study.gene(name))
    }
    mutated = {
        place: gene
        for name, place in header.place.items()
        if place not in {*others, *genes} and (gene := _of_mutations(study, name))
    }
    own = [column for column in header.first(ALTERATIONS) if column not in others]
    fusions = header.first(FUSIONS)
    known = {*others, *genes, *mutated, *own, *fusions}
    reports = markers(study, file, header.cells, but=known)
    mixed = {column for name, column in header.place.items() if column in genes and _may_be_scores(study, name)}
    known |= {column for told in reports.values() for column, _ in told}
    left = [column for column in header.place.values() if column not in known]
    ids = {column: name for column in left if (name := study.own(header.cells[column]))}
    if not (reports or own or genes or mutated or fusions):
        wanted = "a gene (PIK3CA), a marker (HER2_STATUS) or alterations"
        hint = ""
        if ids:
            hint = f" {shown(next(iter(ids.values())))} is an alteration: a column alterations takes such names."
        elif header.first(ENTREZ):
            hint = " Entrez ids of genes are not read: add a column Hugo_Symbol."
        raise DataError([Problem(file, f"no column tells of the tumours: call one after {wanted}.{hint}")])
    for column, name in ids.items():
        what = f"the column {shown(name, 40)} is not read; a column alterations takes the names of alterations"
        study.rows.bad(what, f"{file}, column {column + 1}")
    return _Columns(
        genes={**genes, **mutated},
        kinds={
            **{place: _kind_of(study, gene, header.cells[place]) for place, gene in genes.items()},
            **dict.fromkeys(mutated, MUTATIONS),
        },
        mixed=mixed,
        own=own,
        fusions=fusions,
        reports=reports,
        unread=[column for column in left if column not in ids],
    )


def _of_mutations(study: Study, name: str) -> str:
    """The gene of whose mutations a column tells: `PIK3CA mutation`, `AKT1 status`; empty for other columns."""
    words = name.split("_")
    rest = [word for word in words if word not in MUTATED and word not in ALONGSIDE]
    told = not MUTATED.isdisjoint(words) or (words[-1:] == ["status"] and not study.marker("_".join(rest)))
    return study.gene("_".join(rest)) or study.gene(" ".join(rest)) if told else ""


def _rows_of_tumours(
    study: Study, file: str, header: _Header, rows: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[str, Finding]]:
    names, patients = header.first(TUMOUR), header.first(PATIENT)
    columns = _columns(study, file, header, {*names, *patients})
    mentioned = lru_cache(1 << 14)(lambda cell: _mentioned(study, cell))
    panel = study.panels[file] = frozenset(columns.genes.values())
    study.has_mutations = bool(columns.genes)
    study.joined = set() if columns.fusions else study.joined
    for number, cells, name in _of_tumours(study, file, rows, names, "a row"):
        where = f"{file}:{number}"
        for column in columns.mixed:
            if _BARE.fullmatch(cells[column].strip()):
                study.doubt(name, _score_or_copies(header.cells[column], columns.genes[column]), where)
                cells[column] = "NA"
        unread = {*columns.genes.values()} - {
            gene for column, gene in columns.genes.items() if _read(cells[column], columns.kinds[column])
        }
        if name in study.number:
            study.rows.bad("a tumour stands twice; what both rows say is taken together", where)
            unread -= study.panels[study.panel[name]]
        if unread:
            study.uncalled[name] = unread
        else:
            study.uncalled.pop(name, None)
        study.tumour(name)
        study.panel[name] = " ".join([file, *sorted(unread)])
        study.panels.setdefault(study.panel[name], panel - unread)
        if (patient := _cell(cells, patients)) and patient != name:
            study.patients[name] = patient
        yield from ((name, finding) for finding in _of_a_tumour(study, name, cells, columns, where))
        for column in columns.unread:
            if gene := mentioned(cells[column]):
                what = f"the column {shown(header.cells[column].strip(), 30)} is not read, though it names {gene}"
                study.rows.bad(f"{what}; call it alterations, or after the gene", where)


def _of_a_tumour(study: Study, name: str, cells: Sequence[str], columns: _Columns, where: str) -> Iterator[Finding]:
    """What a row says in the columns that are read."""
    yield from reported(study, name, where, cells, columns.reports)
    for column, gene in columns.genes.items():
        kind, cell = columns.kinds[column], cells[column].strip()
        whole = kind == MUTATIONS or bool(read_verdict(cell.casefold(), "status"))
        for word in [cell] if whole else re.split(r"[;,|]\s*|\s{2,}", cell):
            yield from _meant(study, name, gene, word, where, kind)
    for column in columns.own:
        for word in filter(None, re.split(r"[;,|]\s*| \+ ", _cell(cells, [column]))):
            if word.strip().isdigit():
                study.rows.bad("a number in a column of alterations names none", where)
            else:
                yield from _said_outright(study, name, word, where)
    for column in columns.fusions:
        plain = cells[column].strip().casefold()
        if study.joined is not None and plain not in MISSING - {"none", ""}:
            study.joined.add(name)
        yield from _fusions(study, name, _cell(cells, [column]), where)


def _fusions(study: Study, tumour: str, cell: str, where: str) -> Iterator[Finding]:
    plain = cell.strip().casefold()
    if plain in {*MISSING, *WILD_TYPE, *NONE_SEEN, *DASHES}:
        return
    if pairs := joined_in(cell, study.gene):
        yield from (Fusion(*pair) for pair in pairs)
        return
    for word in filter(None, re.split(r"[;,|]\s*", cell)):
        if gene := study.gene(word):
            yield Fusion(gene, "")
        else:
            yield from _said_outright(study, tumour, word, where)


def _mentioned(study: Study, cell: str) -> str:
    """The first gene or alteration that *cell* names, of a column that is not read; empty for none."""
    words = re.split(r"[^\w*+-]+", cell)
    return next(filter(None, (study.gene(word) or study.own(word) for word in words if len(word) > 2)), "")


def _may_be_scores(study: Study, name: str) -> bool:
    """Whether a column is called as a laboratory calls what it stains: HER2, and not ERBB2."""
    return bool(study.marker(name)) and study.gene(name).casefold() != name


def _score_or_copies(column: str, gene: str) -> str:
    name = shown(column.strip(), 30)
    ways = f"{name}_IHC for scores (0 to 3), {gene} for copies (-2 to 2); or write positive and negative"
    return f"a number in the column {name} may be a score or copies, and is not read; call it {ways}"


def _kind_of(study: Study, gene: str, name: str) -> str:
    """The kind of a column that is called *name*, after *gene* or its protein."""
    stained = bool(study.marker(gene))
    if stained and name.strip().casefold() != gene.casefold():
        return PROTEIN
    if gene in study.stained:
        return STAINED_GENE
    return SYMBOL if stained else LOST_GENE if gene in study.lost else GENE_ALONE


def _read(cell: str, kind: str) -> bool:
    """Whether a cell of a column of that *kind* tells of its gene, and not of the protein alone."""
    plain = " ".join(cell.casefold().split())
    sense = MEANINGS[kind].get(plain, "")
    if sense in ("nothing", "open") or (sense == "gone" and plain in STATUS_WORDS):
        return False
    stained = sense == "status" or (not sense and bool(read_verdict(plain, "status") or _STAINED.fullmatch(plain)))
    return not stained or kind in (MUTATIONS, GENE_ALONE, LOST_GENE)


def _left_open(study: Study, gene: str, word: str, why: str) -> Open:
    return Open(tuple(filter(None, (gene, study.marker(gene)))), f"{gene} {shown(word.strip(), 30)} ({why})")


def _meant(study: Study, tumour: str, gene: str, word: str, where: str, kind: str) -> Iterator[Finding]:
    """What *word* means of *gene* in a column of that *kind*."""
    plain = " ".join(word.casefold().split())
    sense, species = MEANINGS[kind].get(plain, ""), study.marker(gene)
    if sense == "open":
        yield _left_open(study, gene, word, OPEN[plain])
    elif sense == "changed":
        yield variant(gene, "mutated")
    elif sense == "gone":
        yield Marker(species, "absent") if species and plain in STATUS_WORDS else variant(gene, "", "truncating")
    elif sense == "status" and species:
        yield Marker(species, verdict(plain))
    elif sense == "copies" and kind != MUTATIONS:
        study.copied.add(tumour)
        study.copy_genes.add(gene)
        if (copies := COPY_WORDS.get(plain, "normal")) != "normal":
            yield Copies(gene, copies)
    elif sense in ("none", "nothing"):
        return
    elif sense == "status":
        yield _left_open(study, gene, word, "a word for a protein that the network has not")
    elif kind == MUTATIONS and number_of(plain) is not None:
        yield _left_open(study, gene, word, "a number of mutations that is neither 0 nor 1")
    elif species and kind != MUTATIONS and (said := read_verdict(plain, "status")):
        yield Marker(species, **said)
    elif species and kind != MUTATIONS and _STAINED.fullmatch(plain):
        study.doubt(tumour, no_status(word, species), where)
    else:
        yield from _of_a_gene(study, tumour, gene, word.strip(), where)


def _said_outright(study: Study, tumour: str, text: str, where: str) -> Iterator[Finding]:
    """`PIK3CA_H1047R`, or `PIK3CA p.H1047R`, or `ERBB2 amplified`, in a column of alterations; or several of these."""
    if text.casefold() in MISSING | WILD_TYPE:
        return
    if ("::" in text or "fusion" in text.casefold()) and (pairs := joined_in(text, study.gene)):
        yield from (Fusion(*pair) for pair in pairs)
        return
    words = [word for word in text.split() if word not in ("and", "&", "+")]
    read, other, last, denied = list[tuple[str, str]](), list[str](), "", False  # read: a gene, and what is said of it
    while words:
        for end in range(min(len(words), _LONGEST), 0, -1):  # the longest first: `PIK3CA E17K` is not AKT1's E17K
            gene, rest = _gene_first(study, words[:end])
            whole = " ".join(words[:end])
            after_gene = bool(other) and bool(study.gene(other[0])) and end == 1 and "_" not in whole
            alteration = "" if after_gene else study.own(whole)
            if alteration or (gene and _is_change(rest)):
                read.append(("", alteration) if alteration else (gene, rest))
                del words[:end]
                denied = denied or last in DENIED or (words[0].casefold() if words else "") in GONE
                last = ""
                break
        else:
            other.append(words.pop(0))
            last = other[-1].casefold()
    if denied:
        read, other = [], text.split()
    for gene, rest in read:
        if gene:
            yield from _meant(study, tumour, gene, rest, where, _kind_of(study, gene, gene))
        else:
            study.named.append((tumour, rest))
    gene, rest = _gene_first(study, other)
    if gene and rest:
        yield from _meant(study, tumour, gene, rest, where, _kind_of(study, gene, gene))
    elif gene:
        study.rows.bad(f"{shown(' '.join(other), 40)} names a gene and no change of it", where)
    elif other:
        study.rows.bad(f"{shown(' '.join(other), 40)} is no alteration and no gene that one is of", where)
        yield Unread(" ".join(other))


def _gene_first(study: Study, words: Sequence[str]) -> tuple[str, str]:
    """The gene that *words* begin with, empty for none, and what is said of it."""
    return (study.gene(words[0].rstrip(":")) if words else ""), " ".join(words[1:])


def _is_change(rest: str) -> bool:
    plain = rest.casefold()
    known = (COPY_WORDS, STATUS_WORDS, MISSING - {""}, WILD_TYPE)
    return any(plain in words for words in known) or (" " not in rest and bool(protein_change(rest)))


def looked(study: Study, tumour: str) -> tuple[frozenset[str] | None, frozenset[str], bool]:
    """What was looked at in *tumour*: the genes whose mutations (None: all), whose copies, and whether for fusions."""
    copies = frozenset(study.copy_genes - study.uncalled.get(tumour, set())) if tumour in study.copied else frozenset()
    copies |= study.called.get(tumour, frozenset())
    fusions = study.has_fusions if study.joined is None else tumour in study.joined
    return _sequenced(study, tumour), copies, fusions


def _sequenced(study: Study, tumour: str) -> frozenset[str] | None:
    if not study.has_mutations or (study.sequenced is not None and tumour not in study.sequenced):
        return frozenset()
    panel = study.panel.get(tumour)
    if panel == "":  # the matrix says that it was not sequenced
        return frozenset()
    if panel is None or panel.casefold() in WHOLE:
        return None
    if panel not in study.panels:
        study.rows.bad(f"the genes of panel {shown(panel, 40)} are listed in no file; all are taken as tested", tumour)
        return None
    return study.panels[panel]
