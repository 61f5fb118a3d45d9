"""Without biodivine-aeon, which has no wheel everywhere, all is answered that clingo and her2 itself can answer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from her2cli.cli.app import run

SMALL = Path(__file__).resolve().parents[1] / "data" / "small.yaml"
CHANGE = ("rule: B or C,", "rule: B and C,")
HIDDEN = """
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "biodivine_aeon":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Hidden())
from her2cli.cli.app import run
raise SystemExit(run(sys.argv[1:]))
"""


def hidden(*words: str) -> subprocess.CompletedProcess[str]:
    """`her2 WORDS` where biodivine-aeon cannot be imported."""
    return subprocess.run([sys.executable, "-c", HIDDEN, *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "line",
    [
        "attractors -p her2 --json",
        "attractors -p erbb --inputs 1 --json",
        "simulate --drug trastuzumab -p article --json",
        "diff SMALL OTHER --json",
    ],
)
def test_the_shipped_pathways_need_none(line: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    other = tmp_path / "other.yaml"
    other.write_text(SMALL.read_text("utf-8").replace(*CHANGE), "utf-8")
    line = line.replace("SMALL", str(SMALL)).replace("OTHER", str(other))
    done = hidden(*line.split())
    assert run(line.split()) == done.returncode in (0, 1)
    usual = capfd.readouterr().out
    if line.startswith("diff"):
        done.stdout, usual = re.sub(r'"seconds": .*', "", done.stdout), re.sub(r'"seconds": .*', "", usual)
    assert (done.stdout, done.stderr) == (usual, "")


def ring(size: int) -> str:
    """A ring of negative feedback: its attractor is a cycle, and no fixed point or trap space holds less than all."""
    return "".join(f"A{place}, {'!' if not place else ''}A{(place - 1) % size}\n" for place in range(size))


def test_what_needs_it_is_said_in_one_line_and_the_rest_is_answered(tmp_path: Path):
    """The cycle among 2^24 states is left to decision diagrams; trap spaces and fixed points are not."""
    file = tmp_path / "ring.bnet"
    file.write_text(ring(24))
    done = hidden("attractors", "-p", str(file), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["fixed_points"]["count"] == 0
    assert told["minimal_trap_spaces"]["states"] == ["*" * 24]
    assert told["attractors"] is None
    (note,) = [each for each in told["notes"] if "biodivine-aeon" in each]
    assert "her2cli[aeon]" in note
    assert "\n" not in note
