"""Coverage-guided fuzzing of one reader with atheris, which is no dependency: pip install atheris.

    python benchmarks/fuzz_guided.py FORMAT [CORPUS_FOLDER] [-max_total_time=60 and other options of libFuzzer]

`fuzz.py --atheris SECONDS` runs it for every format in turn, with a corpus of small networks. A reader that raises
anything but `Her2Error`, takes over five seconds or 500 MB, or ends the process, ends the run with what did it.
"""

from __future__ import annotations

import os
import sys
import tempfile

import atheris

with atheris.instrument_imports(include=["her2cli"]):
    from her2cli.errors import Her2Error
    from her2cli.formats import find_format, read_file, write
    from her2cli.studies.check import findings

FORMAT = find_format(sys.argv.pop(1))
HANDLE, FILE = tempfile.mkstemp(suffix=FORMAT.extensions[0])


def once(data: bytes) -> None:
    """What `her2 check` and `her2 convert` do with a file of these bytes."""
    os.ftruncate(HANDLE, 0)
    os.pwrite(HANDLE, data, 0)
    try:
        pathway = read_file(FILE)
        findings(pathway)
        for format in ("bnet", "yaml"):
            write(pathway, format)
    except Her2Error as error:
        if not str(error).strip():
            raise RuntimeError("an error without words") from error


if __name__ == "__main__":
    atheris.Setup([*sys.argv, "-timeout=5", "-rss_limit_mb=500", "-close_fd_mask=1"], once)
    atheris.Fuzz()
