"""Start-up of her2 against an empty Typer command that prints one rich table, in this environment.

    python benchmarks/startup.py [--rounds N]

Each command runs in a process of its own, all commands in turn, round after round, so that a busy moment meets all of
them. The figure is the ratio of the medians; the aim for look-ups is at most 0.7, and for the shares of `simulate` at
most twice its answer in on and off (--steps). The installed package is timed, not the folder it
is run from: a wheel holds the YAML compiled, an editable installation reads it.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

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

COMMANDS = {
    "empty Typer command": ["-c", EMPTY],
    "her2 --help": ["-m", "her2cli", "--help"],
    "her2 receptor HER3": ["-m", "her2cli", "receptor", "HER3"],
    "her2 trace HER2": ["-m", "her2cli", "trace", "HER2"],
    "her2 simulate --drug trastuzumab": ["-m", "her2cli", "simulate", "--drug", "trastuzumab"],
    "her2 simulate --drug lapatinib": ["-m", "her2cli", "simulate", "--drug", "lapatinib"],
    "her2 simulate --drug lapatinib --steps": ["-m", "her2cli", "simulate", "--drug", "lapatinib", "--steps"],
    "her2 explain AKT --drug lapatinib": ["-m", "her2cli", "explain", "AKT", "--drug", "lapatinib"],
    "her2 compare untreated lapatinib": ["-m", "her2cli", "compare", "untreated", "lapatinib"],
}


def seconds(arguments: list[str]) -> float:
    """The wall time of one process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=sys.prefix, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Time the commands in turn and print the ratios of the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for arguments in COMMANDS.values():  # once unmeasured, so that every file is in the cache and compiled
        seconds(arguments)
    for _ in range(rounds):
        for name, arguments in COMMANDS.items():
            times[name].append(seconds(arguments))
    base = statistics.median(times["empty Typer command"])
    print(f"{'command':<40} {'median s':>9} {'ratio':>6}")
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"{name:<40} {median:>9.3f} {median / base:>6.2f}")


if __name__ == "__main__":
    main()
