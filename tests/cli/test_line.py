"""A line that is read without typer is read as typer reads it; every other line is left to typer."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import her2cli
from her2cli.cli import _line, _typer
from her2cli.cli._parameters import parameters
from her2cli.cli.app import COMMANDS, function

NAMES = [name for group in COMMANDS.values() for name in group]
VALUES = [
    "HER2",
    "3",
    "0",
    "1",
    "0003",
    "-1",
    "+5",
    " 7",
    "1_0",
    "٣",
    "9" * 12,
    "1.5",
    "1e3",
    "",
    "-",
    "--",
    "AKT=0",
    "x y",
]
USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[2]


class _Read(Exception):
    """The line has been read."""


def by_typer(name: str, words: list[str]) -> dict[str, Any] | None:
    """What typer gives to the parameters of a command, or None where it refuses the line or does not run it."""
    seen: list[dict[str, Any]] = []

    def read(command: Any, given: dict[str, Any]) -> Any:
        seen.append(given)
        raise _Read

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_typer, "filled", read)
        try:
            _typer._group().get_command(None, name).main(words, prog_name="her2", standalone_mode=False)
        except _Read:
            return seen[0]
        except USAGE_ERROR:
            return None
    return None


def without_typer(name: str, words: list[str]) -> dict[str, Any] | None:
    found = _line.values(function(name), words)
    if found is None:
        return None
    defaults = {key: each.default for key, each in parameters(function(name)).items()}
    return defaults | found


def alike(values: dict[str, Any] | None) -> dict[str, Any] | None:
    """An option that is given no value is None, or an empty list, by typer's version."""
    return values and {key: None if value in ([], ()) else value for key, value in values.items()}


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A command, and options and values in any order: some make sense."""
    name = draw(st.sampled_from(NAMES))
    hints = [_line._taken(each.hint) for each in parameters(function(name)).values()]
    options = [option for _, parameter in hints for option in parameter.names]
    value = st.sampled_from(VALUES)
    option = st.sampled_from([*options, "--nope", "-h", "-nv"])
    piece = st.one_of(
        value.map(lambda each: [each]),
        option.map(lambda each: [each]),
        st.tuples(option, value).map(list),
        st.tuples(option, value).map(lambda pair: ["=".join(pair)]),
    )
    return name, [word for words in draw(st.lists(piece, max_size=4)) for word in words]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines())
def test_what_is_read_without_typer_is_what_typer_reads(line):
    name, words = line
    found = without_typer(name, words)
    if found is not None:
        assert alike(found) == alike(by_typer(name, words))


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("trace HER2", {"name": "HER2"}),
        ("trace HER2 --to MYC --depth 4 -u", {"name": "HER2", "to": "MYC", "depth": 4, "upstream": True}),
        ("trace --depth=2 HER2", {"name": "HER2", "depth": 2}),
        ("simulate -d a -d b=0.5 --json", {"drug": ["a", "b=0.5"], "json": True}),
        ("compare untreated x+y -p erbb", {"scenarios": ["untreated", "x+y"], "pathway": "erbb"}),
        ("receptors", {}),
    ],
)
def test_a_plain_line_is_read_without_typer(line, given):
    name, *words = line.split()
    assert _line.values(function(name), words) == given
    assert alike(without_typer(name, words)) == alike(by_typer(name, words))


@pytest.mark.parametrize(
    "line",
    ["trace", "trace A B", "trace A --nope", "trace A -h", "trace A --depth 0", "trace A --depth x", "trace A --to",
     "trace A --json=1", "trace A --to B --to C", "trace A --depth -1", "trace A -n 2", "trace -- A"],
)  # fmt: skip
def test_a_mistake_help_and_whatever_is_unusual_is_left_to_typer(line):
    name, *words = line.split()
    assert _line.values(function(name), words) is None


def test_a_plain_line_on_a_plain_table_imports_none_of_the_large_packages(tmp_path):
    (tmp_path / "letters.tsv").write_text("source\teffect\ttarget\nA\t1\tB\n")
    code = (
        "import sys; from her2cli.cli.app import run\n"
        "assert run(['trace', 'A', '--pathway', sys.argv[1]]) == 0\n"
        "print(*({name.split('.')[0] for name in sys.modules} & {'typer', 'click', 'pydantic', 'rich', 'yaml'}))"
    )
    line = [sys.executable, "-c", code, str(tmp_path / "letters.tsv")]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""


def test_a_begun_name_is_completed_in_its_case_and_without_a_pathway_there_is_none(monkeypatch):
    from her2cli.cli import _names

    for pathway, completed in ((her2cli.load(), ["lapatinib"]), (None, [])):
        monkeypatch.setattr(_names, "_pathway", lambda ctx, pathway=pathway: pathway)
        assert _names._of(None, "drugs", "lapa") == completed
    monkeypatch.setattr(_names, "_pathway", lambda ctx: her2cli.load())
    assert _names._of(None, "drugs", "LAPA") == ["LAPATINIB"]
