"""`her2 tour`: five minutes through her2, each step with the line that a person could have typed."""

from __future__ import annotations

import shlex
import sys

from her2cli.cli._output import write

STEPS = (
    ("What follows from AKT in the article's pathway? A trace walks the drawn edges.", "trace AKT"),
    ("The article says that HER3 has no transmembrane segment. Both sides are shown.", "receptor HER3"),
    (
        "What does trastuzumab do to a tumour with amplified HER2? In shares of its cells.",
        "simulate --drug trastuzumab",
    ),
    ("And where PTEN is lost? Why it then fails:", "explain AKT --drug trastuzumab -a ERBB2_amp -a PTEN_loss"),
    (
        "Which drug instead? All of them, ranked.",
        "screen drugs -a ERBB2_amp -a PTEN_loss --replicates 100 --limit 5",
    ),
)


def tour() -> None:
    """Five minutes through her2: a cascade, a dispute, a drug, a tumour that resists, a screen.

    Each step shows the line that you could have typed, and its answer. In a terminal, Enter goes on and q ends it.

    her2 tour
    """
    from her2cli.cli._errors import Exit
    from her2cli.cli.app import run_line

    asking = sys.stdin is not None and sys.stdin.isatty() and sys.stdout is not None and sys.stdout.isatty()
    for number, (about, line) in enumerate(STEPS, start=1):
        write(f"\n{number} of {len(STEPS)}. {about}\n\n$ her2 {line}\n")
        if run_line(shlex.split(line)):
            raise Exit(2)  # and why was told
        if asking and number < len(STEPS):
            write("\nEnter goes on, q ends. ")
            if sys.stdin.readline().strip().lower().startswith("q"):
                return
    write("\nher2 --help lists all commands; her2 cite says what an answer rests on.\n")
