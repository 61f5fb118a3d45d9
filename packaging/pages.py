"""The manual page and the completions that packages install: `python packaging/pages.py` writes `packaging/share` anew.

They are made from the list of commands and from what a shell would be given, and the wheel carries them to `share/`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SHARE = Path(__file__).parent / "share"
SHELLS = {
    "bash": "bash-completion/completions/her2",
    "zsh": "zsh/site-functions/_her2",
    "fish": "fish/vendor_completions.d/her2.fish",
}


def files() -> dict[str, str]:
    """Each file below `share` with its text."""
    return {"man/man1/her2.1": manual(), **{place: completion(shell) for shell, place in SHELLS.items()}}


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
    for place, text in files().items():
        path = SHARE / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
