"""Rows as columns: an Arrow stream, which pandas, polars and DuckDB read, and Parquet. Needs the extra `scale`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import chain, islice
from typing import IO, Any

from her2cli.errors import MissingExtra

BATCH = 1 << 15  # rows that are turned into columns together

Row = Sequence[Any]  # text, whole numbers, numbers, True and False, None, and tuples of text


class Tabular(ABC):
    """What has rows: as dicts, and as a stream of columns."""

    @property
    @abstractmethod
    def header(self) -> tuple[str, ...]: ...
    @abstractmethod
    def rows(self, *asked: Any) -> Iterator[tuple[Any, ...]]: ...

    def records(self, *asked: Any) -> list[dict[str, Any]]:
        """The rows as dicts, *asked* for as `rows` takes it."""
        return [dict(zip(self.header, row, strict=True)) for row in self.rows(*asked)]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """An Arrow stream of the rows, which pandas, polars and DuckDB read. Needs the extra 'scale'."""
        return stream(self.header, self.rows(), requested_schema)


def stream(header: Sequence[str], rows: Iterable[Row], requested_schema: object = None) -> object:
    """*rows* under *header* as an Arrow stream, by the Arrow PyCapsule interface. Raises `MissingExtra`."""
    schema, batches = _batches(header, rows)
    return _arrow().RecordBatchReader.from_batches(schema, batches).__arrow_c_stream__(requested_schema)


def write_parquet(stream: IO[bytes], header: Sequence[str], rows: Iterable[Row]) -> None:
    """Write *rows* under *header* as Parquet, a batch at a time. Raises `MissingExtra`."""
    schema, batches = _batches(header, rows)
    with import_module("pyarrow.parquet").ParquetWriter(stream, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def check() -> None:
    """Raise `MissingExtra` where Arrow is not installed, before any work is done."""
    _arrow()


def _arrow() -> Any:
    try:
        arrow = import_module("pyarrow")
        import_module("pyarrow.parquet")
    except ImportError:
        raise MissingExtra(
            "Arrow and Parquet need the extra 'scale': python3 -m pip install 'her2cli[scale]'. CSV needs nothing."
        ) from None
    return arrow


def _batches(header: Sequence[str], rows: Iterable[Row]) -> tuple[Any, Iterator[Any]]:
    """The schema, which the rows of the first batch decide, and the batches."""
    arrow = _arrow()
    left = iter(rows)
    first = list(islice(left, BATCH))
    columns = list(zip(*first, strict=True)) or [()] * len(header)
    schema = arrow.schema(list(zip(header, (_type(arrow, column) for column in columns), strict=True)))

    def made() -> Iterator[Any]:
        for some in chain([first] if first else [], iter(lambda: list(islice(left, BATCH)), [])):
            arrays = [
                arrow.array([list(value) if isinstance(value, tuple) else value for value in column], kind.type)
                for column, kind in zip(zip(*some, strict=True), schema, strict=True)
            ]
            if arrays:
                yield arrow.record_batch(arrays, schema=schema)

    return schema, made()


def _type(arrow: Any, column: Sequence[Any]) -> Any:
    kinds = {type(value) for value in column if value is not None}
    if kinds <= {bool} and kinds:
        return arrow.bool_()
    if kinds <= {int, bool} and kinds:
        return arrow.int64()
    if kinds <= {float, int, bool} and kinds:
        return arrow.float64()
    return arrow.list_(arrow.string()) if tuple in kinds else arrow.string()
