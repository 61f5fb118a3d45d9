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
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "biodivine_aeon":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Hidden())
from her2cli.cli.app import run
said = []
for words in json.loads(sys.argv[1]):
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = run(words)
    out.flush()
    said.append((status, out.buffer.getvalue().decode("utf-8"), err.getvalue()))
print(json.dumps(said))
"""
LINES = [
    "attractors -p her2 --json",
    "attractors -p erbb --inputs 1 --json",
    "simulate --drug trastuzumab -p article --json",
    "diff SMALL OTHER --json",
    "attractors -p RING --json",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("without")


@pytest.fixture(scope="module")
def hidden(folder: Path) -> dict[str, tuple[int, str, str]]:
    """What `her2` says to each line, and its status, where biodivine-aeon cannot be imported: one process for all."""
    (folder / "other.yaml").write_text(SMALL.read_text("utf-8").replace(*CHANGE), "utf-8")
    (folder / "ring.bnet").write_text(ring(24), "utf-8")
    asked = json.dumps([words(line, folder) for line in LINES])
    done = subprocess.run([sys.executable, "-c", HIDDEN, asked], capture_output=True, text=True, check=True)
    return dict(zip(LINES, map(tuple, json.loads(done.stdout)), strict=True))


def words(line: str, folder: Path) -> list[str]:
    places = {"SMALL": SMALL, "OTHER": folder / "other.yaml", "RING": folder / "ring.bnet"}
    return [str(places.get(word, word)) for word in line.split()]


@pytest.mark.parametrize("line", LINES[:-1])
def test_the_shipped_pathways_need_none(line, hidden, folder, capfd: pytest.CaptureFixture[str]):
    status, out, err = hidden[line]
    assert run(words(line, folder)) == status in (0, 1)
    usual = capfd.readouterr().out
    if line.startswith("diff"):
        out, usual = re.sub(r'"seconds": .*', "", out), re.sub(r'"seconds": .*', "", usual)
    assert (out, err) == (usual, "")


def ring(size: int) -> str:
    """A ring of negative feedback: its attractor is a cycle, and no fixed point or trap space holds less than all."""
    return "".join(f"A{place}, {'!' if not place else ''}A{(place - 1) % size}\n" for place in range(size))


def test_what_needs_it_is_said_in_one_line_and_the_rest_is_answered(hidden):
    """The cycle among 2^24 states is left to decision diagrams; trap spaces and fixed points are not."""
    status, out, err = hidden[LINES[-1]]
    assert status == 0, err
    told = json.loads(out)
    assert told["fixed_points"]["count"] == 0
    assert told["minimal_trap_spaces"]["states"] == ["*" * 24]
    assert told["attractors"] is None
    (note,) = [each for each in told["notes"] if "biodivine-aeon" in each]
    assert "her2cli[aeon]" in note
    assert "\n" not in note
