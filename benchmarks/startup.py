"""Start-up of her2 against an empty Typer command that prints one rich table, in this environment.

    python benchmarks/startup.py [--rounds N] [--before PYTHON]

Each command runs in a process of its own, all commands in turn, round after round, so that a busy moment meets all of
them. The figures are medians of processor time, which others on the machine change less than the clock, and their
ratios. The aims: look-ups, and answers in on and off, within 0.7 of an empty Typer command; the shares of `simulate`
within twice its answer in on and off, and, where PYTHON is that of an environment with version 1.0.0 as it was at
8860bba, within twice that version's answer in on and off from the same network. The installed package is timed, not the
folder it is run from: a wheel holds the YAML compiled and the default tumour settled, an editable one does not.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys

EMPTY = """
import typer
app = typer.Typer()

@app.command()
def main() -> None:
    from rich.console import Console
    from rich.table import Table
    table = Table("name", "value")
    table.add_row("HER2", "on")
    Console().print(table)

app()
"""

STEPPED = ("--semantics", "synchronous")
COMMANDS = {
    "empty Typer command": ["-c", EMPTY],
    "her2 --help": ["-m", "her2cli", "--help"],
    "her2 receptor HER3": ["-m", "her2cli", "receptor", "HER3"],
    "her2 trace HER2": ["-m", "her2cli", "trace", "HER2"],
    "her2 simulate --drug trastuzumab": ["-m", "her2cli", "simulate", "--drug", "trastuzumab"],
    "her2 simulate --drug trastuzumab, on and off": ["-m", "her2cli", "simulate", "--drug", "trastuzumab", *STEPPED],
    "her2 simulate --drug lapatinib": ["-m", "her2cli", "simulate", "--drug", "lapatinib"],
    "her2 simulate --drug lapatinib, on and off": ["-m", "her2cli", "simulate", "--drug", "lapatinib", *STEPPED],
    "her2 explain AKT --drug lapatinib": ["-m", "her2cli", "explain", "AKT", "--drug", "lapatinib"],
    "her2 compare untreated lapatinib": ["-m", "her2cli", "compare", "untreated", "lapatinib"],
}


BEFORE = {  # of the older version, whose answers are in on and off
    "her2 receptor HER3": COMMANDS["her2 receptor HER3"],
    "her2 trace HER2": COMMANDS["her2 trace HER2"],
    "her2 simulate --drug lapatinib": ["-m", "her2cli", "simulate", "-p", "erbb", "--drug", "lapatinib"],
    "her2 explain AKT --drug lapatinib": ["-m", "her2cli", "explain", "-p", "erbb", "AKT", "--drug", "lapatinib"],
}


def seconds(line: list[str]) -> float:
    """The processor time of one process."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(line, cwd=sys.prefix, stdout=subprocess.DEVNULL, check=True)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime


def main() -> None:
    """Time the commands in turn and print the ratios of the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--before", metavar="PYTHON", help="the interpreter of an environment with the older version")
    options = parser.parse_args()
    lines = {name: [sys.executable, *arguments] for name, arguments in COMMANDS.items()}
    if options.before:
        lines |= {f"before: {name}": [options.before, *arguments] for name, arguments in BEFORE.items()}
    times: dict[str, list[float]] = {name: [] for name in lines}
    for line in lines.values():  # once unmeasured, so that every file is in the cache and compiled
        seconds(line)
    for _ in range(options.rounds):
        for name, line in lines.items():
            times[name].append(seconds(line))
    median = {name: statistics.median(measured) for name, measured in times.items()}
    empty = median["empty Typer command"]
    print(f"{'command':<46} {'median s':>9} {'of empty':>9} {'on/off':>7} {'before':>7}")
    for name, own in median.items():
        others = (median.get(f"{name}, on and off"), median.get(f"before: {name}"))
        ratios = "".join(f"{own / other:>8.2f}" if other else " " * 8 for other in others)
        print(f"{name:<46} {own:>9.3f} {own / empty:>9.2f}{ratios}".rstrip())


if __name__ == "__main__":
    main()
