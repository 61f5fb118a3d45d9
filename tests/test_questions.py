"""What people ask first: the command as they would type it, and what its first screen, 24 lines of 80 columns, holds.

A row is the question, one or two first tries, and patterns (regular expressions) that all stand in the first 24
lines of the first try that does not end in a mistake. Add a question as a row.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINES = 24

# Of look-ups, lists and traces.
LOOKED_UP = [
    ("which drugs target HER3", ["drugs --target HER3", "show HER3"], [r"\bpatritumab_deruxtecan\b"]),
    ("which drugs target HER3, as a card", ["show HER3"], [r"^drugs .*\bpatritumab_deruxtecan\b"]),
    ("what is downstream of AKT", ["trace AKT"], [r"-> SURVIVAL\b", r"-> VEGFA\b"]),
    ("is T-DM1 in here", ["drug T-DM1"], [r"^trastuzumab_emtansine ", r"\bKadcyla\b"]),
    ("is T-DM1 in here, typed alone", ["T-DM1"], [r"^trastuzumab_emtansine "]),
    ("what is HER2", ["HER2"], [r"^ERBB2 ", r"\bP04626\b"]),
    ("what is HER2, shown", ["show HER2"], [r"^ERBB2 ", r"\bP04626\b"]),
    ("which cell lines are there", ["cell-lines"], [r"^BT474 .*ERBB2_amp", r"^HCC1954 .*PIK3CA_H1047R"]),
    ("is the article right", ["evidence --claims", "claims"], [r"\d+ agree", r"\d+ wrong", r"^  literature "]),
]


def first_screen(line: str) -> tuple[int, str]:
    """The exit code of `her2 LINE`, and its first 24 lines as a terminal of 80 columns shows them."""
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "her2cli", *shlex.split(line)]
    done = subprocess.run(
        words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.returncode, "\n".join(done.stdout.splitlines()[:LINES])


@pytest.mark.parametrize(("question", "tries", "held"), LOOKED_UP, ids=[row[0] for row in LOOKED_UP])
def test_the_first_screen_holds_the_answer(question: str, tries: list[str], held: list[str]) -> None:
    for line in tries:
        code, screen = first_screen(line)
        if code != 2:
            break
    assert code != 2, screen
    for pattern in held:
        assert re.search(pattern, screen, flags=re.MULTILINE), (line, pattern, screen)
