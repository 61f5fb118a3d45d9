"""What a line asks for is done or refused; nothing of it is silently left out. Each kind is tried on all commands."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import get_args, get_origin

import pytest

from her2cli.cli import _scenario
from her2cli.cli._commands import COMMANDS, function
from her2cli.cli._errors import EXAMPLES, _line
from her2cli.cli._parameters import Parameter, parameters
from her2cli.cli.app import run
from her2cli.errors import Her2Error
from her2cli.formats import _read, find_format, rule_texts
from her2cli.loading import load, load_text
from her2cli.loading.experiments import read_experiments
from her2cli.studies import room
from her2cli.studies.room import How, Work, answered

EVERY = [name for group in COMMANDS.values() for name in group]


def _taken_once() -> list[tuple[str, str, str]]:
    """Each option of each command that takes one value, with a value of its type."""
    found = []
    for command in EVERY:
        for taken in parameters(function(command)).values():
            kind, parameter = get_args(taken.hint)
            kinds = {each for each in get_args(kind) or (kind,) if each is not type(None)}
            if isinstance(parameter, Parameter) and parameter.names and get_origin(kind) is not list:
                listed = any(get_origin(each) is list for each in kinds)
                if not listed and kinds != {bool}:
                    found.append((command, max(parameter.names, key=len), "1" if int in kinds else "x"))
    return found


def _with_a_value() -> list[tuple[str, str, bool]]:
    """Each option that takes a value, in each of its spellings, once for all commands that have it alike."""
    found = {}
    for command in EVERY:
        for taken in parameters(function(command)).values():
            kind, parameter = get_args(taken.hint)
            if bool not in (kind, *get_args(kind)):
                for name in parameter.names:
                    counted = int in (kind, *get_args(kind))
                    found.setdefault((name, parameter.settings.get("metavar")), (command, name, counted))
    return list(found.values())


def _argument(command: str) -> str:
    """What the first argument of a command is called; nothing for one that takes none."""
    said = (get_args(taken.hint)[1:2] for taken in parameters(function(command)).values())
    places = (each for some in said for each in some if isinstance(each, Parameter) and not each.names)
    return next((each.settings["metavar"].strip("[].") for each in places), "")


@pytest.mark.parametrize(("command", "option", "counted"), _with_a_value())
def test_an_option_without_its_value_is_told_with_one_that_it_takes(capfd, command, option, counted):
    """`--time` alone said "requires an argument", and no try after it was better than a guess."""
    assert run([command, option]) == 2
    told = capfd.readouterr().err
    assert told.count("\n") == 1
    example = re.match(rf"her2: {option} wants a value, such as {option} (\S.*?)\. See 'her2 {command} --help'", told)
    assert example is not None, told
    assert not counted or example[1].isdigit()


@pytest.mark.parametrize(("command", "option", "counted"), _with_a_value())
@pytest.mark.parametrize("joined", [False, True])
def test_an_empty_value_is_refused(capfd, command, option, counted, joined):
    """`simulate -p "$UNSET"` asked the default network, and `new x.yaml --drug ''` wrote a pathway."""
    words = [f"{option}="] if joined and option.startswith("--") else [option, ""]
    assert run([command, *words]) == 2
    out, err = capfd.readouterr()
    assert not out
    assert re.match(r"her2: An empty value: --[a-z-]+ wants a value, such as --\S+ \S", err), err


@pytest.mark.parametrize("command", [name for name in EVERY if _argument(name)])
def test_an_empty_argument_is_refused(capfd, command):
    """`check "$UNSET"` checked the shipped files, with exit code 0."""
    assert run([command, ""]) == 2
    out, err = capfd.readouterr()
    assert not out
    assert err.startswith(f"her2: An empty {_argument(command)}: name it")


@pytest.mark.parametrize(
    "command", [name for name in EVERY if any(each.required for each in parameters(function(name)).values())]
)
def test_an_argument_that_is_left_out_is_told_with_a_line_that_has_it(capfd, command):
    assert run([command]) == 2
    told = capfd.readouterr().err
    assert told.count("\n") == 1
    assert f", as in: her2 {command} " in told


def test_the_values_that_are_told_are_in_the_library():
    path = load("erbb")
    for option, shelf in (("--drug", path.drugs), ("--alteration", path.alterations), ("--context", path.contexts),
                          ("--cell-line", path.cell_lines), ("--target", path.species), ("NAME", path.species),
                          ("--ligand", path.species), ("--readout", path.species), ("DRUG", path.drugs)):  # fmt: skip
        assert EXAMPLES[option] in shelf


@pytest.mark.parametrize("command", ["", *EVERY])
def test_no_help_is_wider_than_a_terminal_of_40_columns(capfd, monkeypatch, command):
    """It was 50 to 57 columns wide."""
    monkeypatch.setenv("COLUMNS", "40")
    assert run([*command.split(), "--help"]) == 0
    assert max(map(len, capfd.readouterr().out.splitlines())) <= 40


def test_an_example_that_is_broken_is_still_one_line_of_a_shell(capfd, monkeypatch):
    def lines_of(columns: int) -> list[list[str]]:
        monkeypatch.setenv("COLUMNS", str(columns))
        assert run(["simulate", "--help"]) == 0
        told = capfd.readouterr().out.replace("\\\n", "")
        return [shlex.split(line) for line in told.splitlines() if line.startswith("  her2 simulate ")]

    assert lines_of(40) == lines_of(80)


@pytest.mark.parametrize(("command", "option", "value"), _taken_once())
def test_an_option_that_is_taken_once_is_refused_twice(capfd, command, option, value):
    """The first value would be ignored: `-c BT474 -c SKBR3` answered for SKBR3."""
    assert run([command, option, value, option, value]) == 2
    out, err = capfd.readouterr()
    assert not out
    assert err.count("\n") == 1
    assert f"{option} is given 2 times; it is taken once." in err


@pytest.mark.parametrize(
    "line",
    [
        ["simulate"],
        ["explain", "AKT"],
        ["compare", "untreated", "lapatinib"],
        ["screen", "drugs"],
        ["resist", "-d", "trastuzumab"],
        ["combine", "trastuzumab", "pertuzumab"],
        ["cohort", "."],
        ["validate"],
        ["attractors"],
    ],
    ids=lambda line: line[0],
)
def test_two_forms_are_refused_before_anything_is_computed(capfd, monkeypatch, line):
    monkeypatch.setattr("her2cli.cli._scenario.load", lambda *_: pytest.fail("something was read"))
    for pair in combinations(("--json", "--csv", "--tsv"), 2):
        assert run([*line, *pair]) == 2
        out, err = capfd.readouterr()
        assert not out
        assert err == "her2: Choose one of --json, --csv and --tsv.\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("screen drugs=", "drugs= names none"),
        ("screen drugs=,", "drugs=, names none"),
        ("screen pairs=lapatinib", "pairs=lapatinib: a pair takes two"),
        ("screen cell-lines --cell-line BT474", "Cell lines stand in place of the tumour"),
        ("screen drugs cell-lines=BT474 -a none", "Cell lines stand in place of the tumour"),
        ("screen drugs --jobs 0", "greater than or equal to 1"),
        ("screen drugs --folder x --part 1/" + "9" * 5000, "such as 1/8"),
        ("simulate -d lapatinib --dose 0.5..0.5", "the two doses are the same"),
        ("simulate --time 5..5", "the two times are the same; --time 5 asks for one"),
        ("simulate --time 5..", "--time 5..: write two times with two dots between, such as 0..100"),
        ("simulate --time 0...5", "--time 0...5: write two times with two dots between"),
        ("simulate -d lapatinib --dose 0..1..2", "--dose 0..1..2: write two doses with two dots between"),
        ("simulate -d lapatinib --dose 0...5", "--dose 0...5: write two doses with two dots between"),
        ("screen drugs --folder x --part 4/1", "there is no share 4 of 1; the shares of 4 are 1/4 to 4/4"),
        ("screen drugs --folder x --part 0/4", "there is no share 0 of 4; the shares of 4 are 1/4 to 4/4"),
        ("simulate -d lapatinib=0.5 --dose 0..1", "has none of its own: write --drug lapatinib"),
        ("simulate -d lapatinib --dose 0..1 --time 5", "--time what happens at one dose"),
        ("simulate -d lapatinib --dose 0..1 --start zero", "--start what happens at one dose"),
        ("simulate --time x", "--time x: a time has no hours or days; it is a number"),
        ("simulate -d lapatinib --time 48h", "such as 5, or 0..100 for a course"),
        ("simulate --seed " + "9" * 5000, "'--seed': it is too large."),
        ("simulate --context nowhere", "'her2 contexts' lists all"),
        ("compare lapatinib+ untreated", "'lapatinib+': write names"),
        ("cohort /dev/null", "/dev/null: is neither a file nor a folder."),
    ],
)
def test_what_would_be_ignored_or_misread_is_refused(capfd, tmp_path, monkeypatch, line, said):
    monkeypatch.chdir(tmp_path)
    assert run(line.split()) == 2
    out, err = capfd.readouterr()
    assert not out
    assert err.count("\n") == 1
    assert said in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        ("--time 5..1", (1, 5)),
        ("--time 0.5..0", (0, 0.5)),
        ("--time 5..1e0", (1, 5)),
        ("--dose 1..0", (0, 1)),
        ("--dose 50..10%", (0.1, 0.5)),
        ("--dose 50%..10%", (0.1, 0.5)),
        ("--dose 90%..0.1", (0.1, 0.9)),
    ],
)
def test_a_range_that_runs_backwards_is_refused_with_the_one_that_is_taken(capfd, given, ends):
    """`--time 5..1` gave the course of `1..5`, and `--dose 1..0` a curve from right to left."""
    line = ["simulate", "-p", "article", "-d", "trastuzumab", "--replicates", "1", "--csv"]
    assert run([*line, *given.split()]) == 2
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"her2: {given} runs backwards; ")
    turned = err.rstrip(".\n").rpartition(" write ")[2]
    assert run([*line, *turned.split()]) == 0
    found = [float(row.split(",")[0]) for row in capfd.readouterr().out.splitlines()[1:]]
    assert (found[0], found[-1]) == ends


def test_very_many_seconds_are_as_good_as_no_limit(capfd):
    assert run(["attractors", "-p", "article", "--only", "fixed-points", "--seconds", "9" * 30, "--csv"]) == 0
    limited = capfd.readouterr().out
    assert run(["attractors", "-p", "article", "--only", "fixed-points", "--csv"]) == 0
    assert capfd.readouterr().out == limited


@pytest.mark.parametrize(
    "ending", ["yaml", "json", "bnet", "aeon", "bnd", "sif", "csv", "ginml", "xlsx", "cx2", "graphml"]
)
def test_an_empty_file_is_told_as_empty_or_as_what_it_lacks(capfd, tmp_path, monkeypatch, ending):
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"m.{ending}").write_bytes(b"")
    assert run(["check", f"m.{ending}"]) == 2
    said = "".join(capfd.readouterr())
    assert said.count("\n") == 1
    assert said.startswith(f"m.{ending}:")
    assert "empty" in said or "no " in said
    assert "Cannot" not in said  # a library's own words


def test_an_empty_table_of_experiments_is_told_as_empty(capfd, tmp_path):
    (tmp_path / "e.csv").write_bytes(b"")
    assert run(["validate", str(tmp_path / "e.csv")]) == 2
    assert capfd.readouterr().err.endswith("e.csv: is empty; the first line names the columns.\n")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("compare no1 no2+no3 -r no4", "no1 no2 no3 no4"),
        (
            "simulate -d no1 -d no2 -a no3 -l no4 -s no5=1 -s no6=0 -r no7 --context no8",
            "no3 no4 no1 no2 no5 no6 no8 no7",
        ),
        ("simulate -c no1 -d lapatinib=7", "no1 lapatinib=7"),
        ("explain no1 -d no2", "no2 no1"),
        ("attractors -d no1 -a no2", "no2 no1"),
        ("combine no1 no2", "no1 no2"),
        ("screen no1 no2", "no1 no2"),
        ("screen cell-lines=no1 drugs=no2,no3", "no1 no2 no3"),
        ("screen drugs -r no1 -r no2", "no1 no2"),
        ("resist -d no1 -a no2 -r no3", "no2 no1 no3"),
        ("screen drugs=no1 -r no2 -d no3 -a no4", "no4 no3 no1 no2"),
        ("screen drugs --time no1 -d no2", "no2 no1"),
        ("combine no1 lapatinib -r no2 --time no3 -l no4", "no4 no3 no1 no2"),
        ("cohort STUDY -d no1 -r no2 --only no3", "no1 no3 no2"),
        ("draw -d no1 -a no2 -o x.svg", "no2 no1"),
        ("trace no1 --to no2", "no1 no2"),
        ("trace AKT --to no1 -d no2 -a no3", "no1 no2 no3"),
        ("diff no1 no2", "no1 no2"),
    ],
)
def test_every_name_that_is_not_known_is_told_in_a_line_of_its_own(capfd, line, names):
    assert run(line.split()) == 2
    out, err = capfd.readouterr()
    told = err.splitlines()
    assert not out
    assert len(told) == len(names.split())
    for name, each in zip(names.split(), told, strict=True):
        assert each.startswith("her2: ")
        assert name in each


@pytest.mark.parametrize("name", [name for group in COMMANDS.values() for name in group])
def test_a_command_that_writes_a_file_can_replace_it(name: str):
    taken = set(parameters(function(name)))
    assert "force" in taken or not {"into", "plot"} & taken


def test_a_curve_replaces_a_file_only_if_it_is_told_to(tmp_path, capfd):
    pytest.importorskip("matplotlib")
    path = tmp_path / "curve.svg"
    line = ["simulate", "-p", "article", "--time", "0..4", "--replicates", "10", "--plot", str(path)]
    path.write_text("mine")
    assert run(line) == 2
    assert "curve.svg: exists already; --force replaces it" in capfd.readouterr().err
    assert path.read_text() == "mine"
    assert run([*line, "--force"]) == 0
    assert path.read_text().startswith("<?xml")
    assert run(["simulate", "-p", "article", "--force"]) == 2
    assert "--force replaces a file that --plot names" in capfd.readouterr().err


def _no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a command begins to work: when it reads its pathway."""

    def working(*words, **options) -> None:
        raise AssertionError("it went to work")

    monkeypatch.setattr(_scenario, "asked", working)
    monkeypatch.setattr("her2cli.cli.validate.load", working)


WRITING = [
    "screen drugs cell-lines -f -o FILE.csv",
    "screen drugs cell-lines -f -o FILE.svg",
    "combine lapatinib trastuzumab -f -o FILE.csv",
    "combine lapatinib trastuzumab -f -o FILE.png",
    "cohort STUDY -f -o FILE.csv",
    "cohort STUDY -f -o FILE.pdf",
    "resist -d lapatinib -f -o FILE.csv",
    "simulate -d lapatinib --dose 0..1 -f --plot FILE.svg",
    "validate --junit FILE.xml",
    "validate --why F043 --junit FILE.xml",
    "validate --agreement FILE.yaml",
]


@pytest.mark.parametrize("there", [True, False], ids=["old", "new"])
@pytest.mark.parametrize("line", WRITING)
def test_a_folder_that_cannot_be_written_to_is_told_before_any_work(monkeypatch, tmp_path, capfd, line, there):
    _no_work(monkeypatch)
    monkeypatch.setattr("her2cli.cli._file.os.access", lambda path, how: False)  # root may write everywhere
    words = [str(tmp_path / word) if word.startswith("FILE") else word for word in line.split()]
    if there:
        Path(words[-1]).write_text("old")
    assert run(words) == 2
    assert capfd.readouterr().err.endswith(f"{Path(words[-1]).name}: the folder cannot be written to.\n")


@pytest.mark.parametrize("line", [line for line in WRITING if re.search("svg|png|pdf", line)])
def test_a_plot_without_matplotlib_is_refused_before_any_work(monkeypatch, tmp_path, capfd, line):
    _no_work(monkeypatch)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert run([str(tmp_path / word) if word.startswith("FILE") else word for word in line.split()]) == 2
    assert "needs matplotlib: " in capfd.readouterr().err


def _experiments(folder: Path) -> str:
    folder.mkdir(parents=True)
    (folder / "x.tsv").write_text("strange\n")
    return _told(lambda: read_experiments(str(folder / "x.tsv")))


def _another_study(folder: Path) -> str:
    folder.mkdir(parents=True)
    (folder / room.MANIFEST).write_text('{"study": "another"}')
    what = Work(study="s", answer=list, items=[1], size=1)
    return _told(lambda: list(answered(what, How(folder=str(folder), resume=True))))


def _no_folder(folder: Path) -> str:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file")
    what = Work(study="s", answer=list, items=[1], size=1)
    return _told(lambda: list(answered(what, How(folder=str(folder)))))


def _told(ask: Callable[[], object]) -> str:
    with pytest.raises(Her2Error) as raised:
        ask()
    return str(raised.value)


@pytest.mark.parametrize("ask", [_experiments, _another_study, _no_folder])
def test_a_path_that_is_very_long_is_told_to_its_200th_character(tmp_path: Path, ask: Callable[[Path], str]):
    folder = tmp_path / ("d" * 150) / ("e" * 100)
    assert ask(folder).startswith(f"{str(folder)[:199]}…")


@pytest.mark.parametrize(
    ("ask", "limit"),
    [
        (lambda name: load_text("<?xml", name), 200),
        (lambda name: rule_texts.read(name, name="m", source="f"), 40),
        (lambda name: _scenario.dose_range(f"0.{name}..0.{name}"), 18),
        (lambda name: _read(find_format("bnet"), b"", "", "m.bnet", name), 100),
    ],
)
def test_what_is_very_long_is_told_by_how_it_begins(ask: Callable[[str], object], limit: int):
    name = "5" * 300
    message = _told(lambda: ask(name))
    assert f"{name[: limit - 1]}…" in message
    assert name[:limit] not in message


def test_of_a_very_long_word_its_beginning_and_its_end_are_told():
    assert _line(f"see {'a' * 100}{'b' * 100} there") == f"see {'a' * 60}…{'b' * 20} there"
    assert _line(f"see {'a' * 120}") == f"see {'a' * 120}"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["simulate", "-d", "lapatinib,trastuzumab"], "Several are joined by a plus: lapatinib+trastuzumab."),
        (["simulate", "-d", "lapatinib; trastuzumab"], "Several are joined by a plus: lapatinib+trastuzumab."),
        (["simulate", "-a", "PTEN_loss PIK3CA_H1047R"], "Several are joined by a plus: PTEN_loss+PIK3CA_H1047R."),
        (
            ["simulate", "-l", "NRG1+EGF"],
            "These are 2 species, which are named one by one; an option is given once for each.",
        ),
        (
            ["simulate", "-s", "AKT=0,ERK=0"],
            "These are 2 species, which are named one by one; an option is given once for each.",
        ),
        (
            ["simulate", "-r", "AKT,ERK,MEK"],
            "These are 3 species, which are named one by one; an option is given once for each.",
        ),
        (["simulate", "-d", "lapatinib 50%"], "A dose is written lapatinib=50%."),
        (["combine", "trastuzumab", "lapatinib=50%"], "It is named without a dose here: lapatinib."),
        (["simulate", "-d", "lapatinib+"], "'lapatinib+': write names, such as trastuzumab, or several joined by '+'."),
        (["simulate", "-a", "PTEN_loss++"], "'PTEN_loss++': write names, such as trastuzumab, or several joined"),
        (["simulate", "-a", "+"], "'+': write names, such as trastuzumab, or several joined by '+'."),
        (["compare", "none", "+lapatinib"], "'+lapatinib': write names, such as trastuzumab, or several joined"),
        (["convert", "her2", "-"], "her2: To stdout in which format? --to yaml, json, bnet, aeon, sbml, maboss, "),
        (["check", "--format", "foo"], "value for '--format': 'foo' is not one of 'text', 'json', 'sarif', 'github'."),
        (["attractors", "--only", "fixed"], "her2: --only fixed: there are fixed-points, trap-spaces, attractors."),
        (["simulate", "-d", " "], "No drug ' '. 'her2 drugs' lists all."),
        (["simulate", "--hlep"], "Did you mean --help"),
        (["simulate", "--only", "AKT"], "her2: No option '--only'. See 'her2 simulate --help'."),
        (
            ["screen", "--only", "lapatinib"],
            "No option '--only'. Some of a kind are named with it: 'her2 screen drugs=",
        ),
        (["simulate -d lapatinib"], "A line has no quotes around it."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_written_in_another_way_is_told_how_it_is_written_here(capfd, line, told):
    assert run(line) == 2
    out, err = capfd.readouterr()
    assert not out
    assert told in err
    assert err.count("\n") == 1


def test_a_folder_in_place_of_a_pathway_is_told_as_none_and_a_name_of_the_library_goes_first(
    capfd, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "article"):
        Path(name).mkdir()
    assert run(["trace", "HER2", "-p", "mine"]) == 2
    assert (
        capfd.readouterr().err
        == "her2: No pathway 'mine'. There are her2, erbb; or name a file (the folder mine is none).\n"
    )
    assert run(["trace", "HER2", "-p", "article"]) == 0
