"""Readers raise nothing but our own errors, whatever the bytes: a bounded run of mutated files. Run on purpose.

    python benchmarks/fuzz.py [--seconds 60] [--seed 1] [--atheris 0] [FILE ...]

Seeds are the shipped pathways in every readable format, and the files named. Each round takes one, cuts, repeats, swaps
or replaces parts of it (among them tokens that mean something in some format), and reads it, in a process that is
watched: a crash of a native library and a hang count as failures, too. What fails is kept and named.

With `--atheris SECONDS` every format is fuzzed so long under coverage guidance as well (`fuzz_guided.py`), where
atheris is installed (pip install atheris; Linux, CPython 3.11 to 3.13); where it is not, a line says so.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

from her2cli.errors import Her2Error
from her2cli.formats import FORMATS, Format, read_file, write
from her2cli.formats.rules import pathway_of_rules
from her2cli.loading import load, pathway_names
from her2cli.logic.network import from_rules

SLOWEST = 5.0  # seconds for one file
TOKENS = [
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1b[31m",
    "\u202e".encode(),
    "é".encode(),
    b"\xe9",
    b"\r",
    b"\n",
    b"\t",
    b" ",
    b"(",
    b")",
    b"((((((((",
    b"!",
    b"!!!!",
    b"&",
    b"|",
    b"and",
    b"not",
    b"0",
    b"1",
    b"-1",
    b"1e999",
    b"nan",
    b"9" * 400,
    b"->",
    b"-|",
    b"-??",
    b"$",
    b"@logic",
    b"?",
    b":",
    b";",
    b",",
    b"'",
    b'"',
    b"<",
    b">",
    b"</",
    b"/>",
    b"&x;",
    b"&#27;",
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
    b"<![CDATA[",
    b"<apply>",
    b"<ci>",
    b'maxLevel="2"',
    b"{",
    b"}",
    b"[",
    b"]",
    b"*a",
    b"&a ",
    b"<<: ",
    b"!!python/name:os",
    b"- ",
    b"species",
    b"schema: 1",
    b"A" * 5000,
]


def main() -> None:
    """Fuzz for the given time and exit with 1 where anything failed."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--atheris", type=int, default=0, metavar="SECONDS", help="for each format, coverage-guided")
    options.add_argument("files", nargs="*", type=Path)
    given = options.parse_args()
    chance, folder = random.Random(given.seed), Path(tempfile.mkdtemp(prefix="her2_fuzz_"))
    seeds = [(file.suffix, file.read_bytes()) for file in given.files] + shipped()
    end, rounds, failures = time.monotonic() + given.seconds, 0, 0
    while time.monotonic() < end:
        batch = []
        for number in range(50):
            suffix, data = chance.choice(seeds)
            file = folder / f"{rounds + number}{suffix}"
            file.write_bytes(mutated(data, chance))
            batch.append(file)
        rounds += len(batch)
        for file, what in watched(batch):
            failures += 1
            print(f"{file}: {what}")
        for file in batch:
            if file.exists() and not file.name.startswith("failed"):
                file.unlink()
    if given.atheris:
        failures += sum(not guided(each, given.atheris, given.seed, folder) for each in FORMATS if each.reads)
    print(f"{rounds} files, {failures} failures" + (f", kept in {folder}" if failures else ""))
    sys.exit(failures > 0)


def guided(format: Format, seconds: int, seed: int, folder: Path) -> bool:
    """Fuzz one reader for that many seconds with atheris, from small networks on; whether nothing was found."""
    if find_spec("atheris") is None:
        print(f"{format.name}: not fuzzed with coverage; pip install atheris")
        return True
    corpus = folder / format.name
    corpus.mkdir()
    for number, rules in enumerate(({"A": "B"}, {"A": "not B or C", "B": "A and C", "C": "1"}, {"A-1": "not D"})):
        network = from_rules(rules)
        text = write(pathway_of_rules("p", network.rules), format.name).text
        (corpus / str(number)).write_text(text, encoding="utf-8")
    words = folder / f"{format.name}.dict"
    words.write_text("".join(f'"{_escaped(token)}"\n' for token in TOKENS if len(token) < 60))
    script = Path(__file__).with_name("fuzz_guided.py")
    limits = [f"-max_total_time={seconds}", f"-seed={seed}", "-max_len=2000", f"-dict={words}"]
    command = [sys.executable, str(script), format.name, str(corpus), *limits, f"-artifact_prefix={folder}/failed_"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    runs = re.findall(r"^#(\d+)", done.stderr, re.MULTILINE)
    print(f"{format.name}: {runs[-1] if runs else 0} texts under coverage guidance, ends with {done.returncode}")
    if done.returncode:
        print("\n".join(done.stderr.splitlines()[-30:]))
    return done.returncode == 0


def _escaped(token: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token)


def shipped() -> list[tuple[str, bytes]]:
    """The shipped pathways as they stand and in every format that is read."""
    formats = [each for each in FORMATS if each.reads]
    return [
        (each.extensions[0], write(load(name), each.name).text.encode()) for name in pathway_names() for each in formats
    ]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """*data* after a few changes; every second time only a short piece of it, where a change weighs more."""
    if chance.random() < 0.5:
        start = chance.randrange(max(len(data) - 2000, 1))
        data = data[:300] + data[start : start + 2000]
    for _ in range(chance.randint(1, 6)):
        at, other = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        other = min(other, at + 200)
        piece = data[at:other]
        data = chance.choice(
            (
                data[:at] + data[other:],
                data[:at] + chance.choice(TOKENS) + data[at:],
                data[:at] + chance.choice(TOKENS) + data[other:],
                data[:at] + piece * chance.randint(2, 50) + data[other:],
                data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
                data[:at] + data[other:] + piece,
                data[:other],
            )
        )
    return data


def watched(batch: list[Path]) -> list[tuple[Path, str]]:
    """What went wrong with each file of *batch*, read in a process of its own that may die."""
    failures, waiting = [], list(batch)
    while waiting:
        receive, send = get_context("fork").Pipe(duplex=False)
        process = get_context("fork").Process(target=_read_all, args=(waiting, send))
        process.start()
        send.close()
        while waiting:
            what = "a hang"
            try:
                if receive.poll(2 * SLOWEST):
                    what = receive.recv()
            except EOFError:
                process.join()
                what = f"the process died ({process.exitcode})"
            file = waiting.pop(0)
            if what:
                failures.append((file.rename(file.with_name(f"failed_{file.name}")), what))
            if what.startswith(("a hang", "the process died")):
                break
        process.kill()
        process.join()
    return failures


def _read_all(files: list[Path], send: object) -> None:
    os.chdir("/")
    for file in files:
        begin, what = time.monotonic(), ""
        try:
            pathway = read_file(file)
            write(pathway, "bnet")
        except Her2Error as error:
            if not str(error).strip():
                what = "an error without words"
        except BaseException as error:
            what = f"{type(error).__name__}: {str(error)[:200]}"
        if time.monotonic() - begin > SLOWEST:
            what = what or f"{time.monotonic() - begin:.1f} s"
        send.send(what)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
