"""What packages install beside the code is what the commands say today, and what is absent is what the YAML says.

`python packaging/pages.py` writes it anew.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def pages():
    spec = importlib.util.spec_from_file_location("pages", ROOT / "packaging" / "pages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_manual_page_completions_and_what_is_absent_are_those_of_today(pages):
    made = pages.files()
    assert made == {place: place.read_text("utf-8") for place in made}
    assert all("her2" in text for text in made.values())


def test_the_manual_page_names_every_command(pages):
    from her2cli.cli._commands import COMMANDS

    text = pages.manual().replace("\\-", "-")
    assert [name for group in COMMANDS.values() for name in group if f"\n.B {name}\n" not in text] == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_reads_its_completions(pages):
    subprocess.run(["bash", "-n", str(pages.SHARE / pages.SHELLS["bash"])], check=True)
