"""An SVG of ours as PNG, through resvg, and as a page of PDF, through typst. Both draw text with the shipped font."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

from her2cli.errors import LimitError, MissingExtra
from her2cli.render.lettering import FAMILY, WEIGHTS, font

MOST_PIXELS = 15_000_000  # more take longer than anybody waits
SHARP = 2.0  # pixels to a unit, for screens and print
LARGE = 4_000_000  # pixels from which on a picture is less sharp, and as quick; its letters have 18 pixels still


def _scale(width: float, height: float) -> float:
    """Pixels to a unit."""
    return max(min(SHARP, sqrt(LARGE / (width * height))), 1.0)


def png(svg: str, width: float, height: float) -> bytes:
    """The picture as PNG, two pixels to a unit, less where it is large.

    Raises `MissingExtra`, and `LimitError` past 15 megapixels.
    """
    try:
        import resvg_py
    except ImportError:
        raise MissingExtra("PNG needs resvg: pip install 'her2cli[draw]'; SVG and HTML need nothing.") from None
    scale = _scale(width, height)
    pixels = width * height * scale * scale
    if pixels > MOST_PIXELS:
        raise LimitError(
            f"A PNG of {pixels / 1e6:,.0f} megapixels is too large; write SVG, or draw a part: --trace NAME."
        )
    with _fonts() as folder:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                zoom=scale,
                skip_system_fonts=True,  # the same on every machine
                font_files=[str(path) for path in sorted(folder.glob("*.ttf"))],
                font_family=FAMILY,
                sans_serif_family=FAMILY,
            )
        )


def pdf(svg: str, width: float, height: float) -> bytes:
    """The picture as PDF: one A4 page, upright or across as the picture is, its text as text. Raises `MissingExtra`."""
    try:
        import typst
    except ImportError:
        raise MissingExtra("PDF needs typst: pip install 'her2cli[pdf]'; SVG and HTML need nothing.") from None
    across = "true" if width > height else "false"
    page = (
        "#set document(date: none)\n"  # the same bytes each time
        f'#set page(paper: "a4", flipped: {across}, margin: 10mm)\n'
        '#image("picture.svg", width: 100%, height: 100%, fit: "contain")\n'
    )
    with _fonts() as folder, TemporaryDirectory() as scratch:
        Path(scratch, "picture.svg").write_text(svg, "utf-8")
        Path(scratch, "page.typ").write_text(page, "utf-8")
        made = typst.compile(
            str(Path(scratch, "page.typ")), format="pdf", font_paths=[str(folder)], ignore_system_fonts=True
        )
    assert isinstance(made, bytes)
    return made


@contextmanager
def _fonts() -> Iterator[Path]:
    """A folder with the shipped fonts as files, also where the package is zipped."""
    with TemporaryDirectory() as folder:
        for weight in WEIGHTS:
            Path(folder, f"{weight}.ttf").write_bytes(font(weight))
        yield Path(folder)
