"""A cohort from files to ranked drugs, as installed: seconds, memory, and whether they grow as the tumours do.

    python benchmarks/cohort.py [--tumours 10000,100000,1000000] [--study ../shared/cohort/brca_metabric]

Each made study (`tests/studies/synthetic_study.py`) is asked once, all drugs, in a process of its own whose start is
counted, too; a real one stands beside it where it is there. Aims: a million tumours under 2 GB and 5 minutes on two
cores, METABRIC under 10 s, and time a tumour that does not rise.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAKER = ROOT / "tests" / "studies" / "synthetic_study.py"
METABRIC = ROOT.parent / "shared" / "cohort" / "brca_metabric"


def asked(study: Path, into: Path) -> tuple[float, float, float]:
    """Seconds by the clock and of the processor, and megabytes at the highest, of `her2 cohort` on *study*."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "her2cli", "cohort", str(study), "-o", str(into), "--force"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    if status:
        raise SystemExit(f"her2 cohort {study} failed")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def tumours(into: Path) -> int:
    """The rows of the table that was written: none is lost, none twice."""
    with open(into, encoding="utf-8") as lines:
        next(lines)
        names = [line.split(",", 1)[0] for line in lines]
    assert len(set(names)) == len(names)
    return len(names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--tumours", type=lambda words: [int(word) for word in words.split(",")], default=[10_000, 100_000, 1_000_000]
    )
    parser.add_argument("--study", type=Path, default=METABRIC)
    args = parser.parse_args()
    print(f"{'study':>14} {'tumours':>9} {'seconds':>8} {'processor':>9} {'us a tumour':>11} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as name:
        folder, into = Path(name), Path(name) / "tumours.csv"
        studies = [("given", args.study, 0)] if args.study.is_dir() else []
        for count in args.tumours:
            studies.append(("made", folder / f"made{count}", count))
        for kind, study, count in studies:
            if count:
                subprocess.run([sys.executable, str(MAKER), str(study), str(count)], check=True)
            seconds, used, memory = asked(study, into)
            found = tumours(into)
            assert not count or found == count, (found, count)
            row = f"{kind:>14} {found:9,} {seconds:8.1f} {used:9.1f} {used / found * 1e6:11.0f} {memory:8.0f}"
            print(row, flush=True)


if __name__ == "__main__":
    main()
