"""The manual page and the completions that packages install, and the page of what is absent: this script writes them.

`python packaging/pages.py`. The first are made from the list of commands and from what a shell would be given, and the
wheel carries them to `share/`.
The tables of docs/absent.md are those of pathways/absent.yaml; the words around them are the page's own.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from her2cli.model import Absent

ROOT = Path(__file__).resolve().parents[1]
SHARE = ROOT / "packaging" / "share"
ABSENT = ROOT / "docs" / "absent.md"
SHELLS = {
    "bash": "bash-completion/completions/her2",
    "zsh": "zsh/site-functions/_her2",
    "fish": "fish/vendor_completions.d/her2.fish",
}


def files() -> dict[Path, str]:
    """Each file with its text."""
    shells = {SHARE / place: completion(shell) for shell, place in SHELLS.items()}
    return {SHARE / "man/man1/her2.1": manual(), **shells, ABSENT: absent(ABSENT.read_text("utf-8"))}


def absent(page: str) -> str:
    """*page* with the table of a kind under its heading. Those of one reason that stand side by side share a row."""
    from her2cli.loading import load

    entries = load().absent.values()
    for kind, heading in {
        "drug": "Drugs",
        "alteration": "Alterations",
        "cell line": "Cell lines",
        "readout": "Readouts",
    }.items():
        table = "".join(rows(each for each in entries if each.kind == kind))
        start = page.index(f"## {heading}\n")
        old = re.compile(r"(?<=\n\|---\|---\|\n)(\|.*\n)*").search(page, start)
        assert old, f"docs/absent.md has no table of {heading.lower()}"
        page = page[: old.start()] + table + page[old.end() :]
    return page


def rows(entries: Iterable[Absent]) -> Iterable[str]:
    """The rows of a table: what they are called, and why they are not there."""
    for (reason, evidence), alike in groupby(entries, key=lambda each: (each.reason, each.evidence)):
        cited = f" ({', '.join(evidence)})" if evidence else ""
        yield f"| {', '.join(map(called, alike))} | {reason}{cited} |\n"


def called(entry: Absent) -> str:
    """The name of *entry*, and what it is called besides."""
    name = entry.name or entry.id
    others = [each for each in entry.aliases if each not in name]
    return f"{name} ({', '.join(others)})" if others else name


def manual() -> str:
    """`man her2`: the commands with a line each; their options are in `her2 COMMAND --help`."""
    from her2cli.cli._commands import COMMANDS

    lines = [
        ".TH HER2 1",
        ".SH NAME",
        r"her2 \- an explorer of HER2/ErbB signalling",
        ".SH SYNOPSIS",
        ".B her2",
        r".I COMMAND [ARGUMENT ...] [OPTION ...]",
        ".SH DESCRIPTION",
        "It reads pathways as YAML, follows cascades, computes what drugs do to a tumour, and gives the reason",
        "and the reference for every answer. It is for learning and research, not for treatment decisions.",
        ".SH COMMANDS",
        ".B her2 help COMMAND",
        "says more about one.",
    ]
    for heading, group in COMMANDS.items():
        lines += [f".SS {heading}"]
        for name, about in group.items():
            lines += [".TP", f".B {roff(name)}", roff(about) + "."]
    lines += [
        ".SH EXIT STATUS",
        "0 fine; 1 the answer is no (an experiment fails, two files differ); 2 what was given is wrong;",
        "130 interrupted.",
        ".SH ENVIRONMENT",
        ".TP",
        ".B HER2_PATHWAY",
        "The pathway that is asked where none is named.",
        ".TP",
        ".B HER2_PATHWAYS",
        "A folder of YAML that is laid over the shipped one.",
        ".TP",
        ".B HER2_MAX_FILE_MB",
        "The largest file that is read, in megabytes.",
        ".TP",
        ".B NO_COLOR",
        "Answers without colour.",
    ]
    return "\n".join(lines) + "\n"


def roff(text: str) -> str:
    """*text* with what roff would take for its own."""
    return text.replace("\\", r"\e").replace("-", r"\-")


def completion(shell: str) -> str:
    """What a shell reads to complete commands, options and names."""
    environment = {**os.environ, "_HER2_COMPLETE": f"source_{shell}"}
    code = "import sys; sys.argv[0] = 'her2'; from her2cli.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    return done.stdout.strip() + "\n"


if __name__ == "__main__":
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
