"""Loading against PyYAML's C loader on the same file: generated pathways of 100, 1,000 and 10,000 edges.

    python benchmarks/loading.py [--runs 5]
    python benchmarks/loading.py --check FILE ... [--against OTHER/her2] [--runs 5]

her2 reads, validates, checks every name and builds its objects; PyYAML only builds dicts. Prints seconds (the median of
the runs, the two taken in turn), the ratio, the growth from one size to the next, and the peak memory of each.

With --check it is `her2 check` of those files as a whole process, beside that of another installation: processor
seconds, the least and the median of the runs, which are taken in turn.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (100, 1_000, 10_000)


def generated(edges: int) -> str:
    """A pathway of that many edges over half as many species, with the fields that the shipped ones have."""
    species = edges // 2
    lines = ["schema: 1", "name: generated", "species:"]
    for n in range(species):
        lines += [
            f"  S{n}:",
            f"    name: Species number {n}",
            "    kind: kinase",
            f"    aliases: [alias-{n}, other-{n}]",
        ]
    lines.append("edges:")
    for n in range(edges):
        effect = "inhibits" if n % 5 == 0 else "activates"
        lines += [f"  - source: S{n % species}", f"    target: S{(7 * n + 1) % species}", f"    effect: {effect}"]
        lines += ["    mechanism: phosphorylation", "    evidence: [Alessi1997, Yarden2001]"]
    return "\n".join(lines) + "\n"


def with_her2(path: str) -> None:
    from her2cli.loading import load

    load(path)


def with_pyyaml(path: str) -> None:
    import yaml

    with open(path, encoding="utf-8") as stream:
        yaml.load(stream, Loader=yaml.CSafeLoader)


def seconds(read: object, path: str) -> float:
    gc.collect()
    begin = time.perf_counter()
    read(path)  # type: ignore[operator]
    return time.perf_counter() - begin


def peak_megabytes(name: str, path: str) -> float:
    """Peak resident memory (Linux) of a fresh process that reads *path* once, less that of one that only imports."""

    def peak(target: str) -> float:
        code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import loading; "
        code += f"loading.{name}({target!r}); "
        code += "print(int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) / 1024)"
        return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)

    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as small:
        small.write("schema: 1\nspecies: {A: {}}\n")
        small.flush()
        return peak(path) - peak(small.name)


def processor_seconds(program: str, path: str) -> float:
    """What one `check` takes of the processor, in all."""
    quiet = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    process = os.posix_spawnp(program, [program, "check", path], dict(os.environ), file_actions=quiet)
    used = os.wait4(process, 0)[2]
    return used.ru_utime + used.ru_stime


def beside(files: list[str], other: str, runs: int) -> None:
    own = str(Path(sys.executable).parent / "her2")
    print(f"{'file':<50} {'least':>6} {'median':>7} {'other':>6} {'median':>7} {'ratio':>6}")
    for path in files:
        processor_seconds(own, path), processor_seconds(other, path)  # files come from the disk once
        pairs = [(processor_seconds(own, path), processor_seconds(other, path)) for _ in range(runs)]
        ours, theirs = zip(*pairs, strict=True)
        ratio = statistics.median(a / b for a, b in pairs)
        row = f"{Path(path).name[-50:]:<50} {min(ours):>6.3f} {statistics.median(ours):>7.3f}"
        print(f"{row} {min(theirs):>6.3f} {statistics.median(theirs):>7.3f} {ratio:>6.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--check", nargs="+", metavar="FILE", help="time `her2 check` of these")
    parser.add_argument("--against", default="her2", help="the her2 beside which it is timed")
    options = parser.parse_args()
    runs = options.runs
    if options.check:
        beside(options.check, options.against, runs)
        return
    os.environ["HER2_MAX_FILE_MB"] = "100"
    print(
        f"{'edges':>7} {'MB':>6} {'her2 s':>8} {'PyYAML s':>9} {'ratio':>6} {'growth':>7} {'her2 MB':>8} {'PyYAML':>7}"
    )
    before = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = str(Path(folder) / f"{size}.yaml")
            Path(path).write_text(generated(size), encoding="utf-8")
            with_her2(path)
            with_pyyaml(path)
            pairs = [(seconds(with_her2, path), seconds(with_pyyaml, path)) for _ in range(runs)]
            ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(a / b for a, b in pairs)
            growth = f"{ours / before:.1f}x" if before else ""
            memory = peak_megabytes("with_her2", path), peak_megabytes("with_pyyaml", path)
            megabytes = os.path.getsize(path) / 1e6
            row = f"{size:>7} {megabytes:>6.2f} {ours:>8.3f} {theirs:>9.3f} {ratio:>6.2f} {growth:>7}"
            print(f"{row} {memory[0]:>8.1f} {memory[1]:>7.1f}")
            before = ours


if __name__ == "__main__":
    main()
