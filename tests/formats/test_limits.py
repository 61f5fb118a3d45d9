"""What passes the guard is read in seconds: a file may hold only so much, and a flood of faults ends its reader."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from her2cli.errors import DataError
from her2cli.expression import parse
from her2cli.files import LIMIT_VARIABLE, MAX_COUNTED
from her2cli.formats import aeon, bnet, maboss, read_file, sif, tables
from her2cli.formats.guard import Allowance, Problems, problem
from her2cli.logic.network.meaning import effects


@pytest.fixture
def hundredth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every limit is a hundredth of what it is, so that a test need not read for seconds to come to it."""
    begin = Allowance.__init__
    monkeypatch.setattr(Allowance, "__init__", lambda self, file, number, what: begin(self, file, number // 100, what))


@pytest.mark.parametrize(
    ("read", "content", "what"),
    [
        (bnet.read, "".join(f"B{number}, A\n" for number in range(600)), "1200 names and operators in its rules"),
        (bnet.read, f"B, {' & '.join(f'A{number}' for number in range(999))}\n" * 2, "1200 names and operators"),
        (aeon.read, "".join(f"A -> B{number}\n" for number in range(1_200)), "1200 names and operators in its rules"),
        (aeon.read, "".join(f"$B{number}: B{number}\n" for number in range(600)), "1200 names and operators"),
        (maboss.read, "".join(f"node n{number} {{}}\n" for number in range(300)), "1200 names and operators"),
        (sif.read, "".join(f"A{number} 1 B\n" for number in range(900)), "2400 names and relations"),
        (tables.read_tsv, "source\teffect\ttarget\n" + "A\t1\tB\n" * 1_000, "1000 lines"),
        (tables.read_csv, "id,value\n" + "A,x\n" * 1_000, "1000 lines"),
        (sif.read, f"A 1{' B' * 900}\n", "2400 names and relations"),
        (
            sif.read,
            "".join(f"A{number} 1 and1\nand1 1 B{number}\n" for number in range(50)),
            "2400 names and relations",
        ),
    ],
)
@pytest.mark.usefixtures("hundredth")
def test_more_than_can_be_read_in_seconds_is_refused_with_the_limit(read: object, content: str, what: str):
    with pytest.raises(DataError, match=rf"f: has more than {what}.*\. Set {LIMIT_VARIABLE} above 2 to read more"):
        read(content, name="m", source="f")  # type: ignore[operator]


def test_a_file_as_long_as_the_limit_is_refused_for_its_rules():
    with pytest.raises(DataError, match="f: has more than 120000 names and operators in its rules"):
        bnet.read("".join(f"B{number}, A\n" for number in range(60_000)), name="m", source="f")


def test_what_is_allowed_may_be_used_up_to_the_last_one():
    allowance = Allowance("f", 3, "things")
    allowance.take(2)
    allowance.take(1)
    with pytest.raises(DataError, match="has more than 3 things"):
        allowance.take(1)


@pytest.mark.usefixtures("hundredth")
def test_the_variable_for_large_files_raises_the_other_limits(monkeypatch: pytest.MonkeyPatch):
    content = "".join(f"A{number} 1 B\n" for number in range(900))
    monkeypatch.setenv(LIMIT_VARIABLE, "4")
    assert len(sif.read(content, name="m", source="f").edges) == 900
    monkeypatch.setenv(LIMIT_VARIABLE, "0.1")
    assert Allowance("f", 10_000, "things").limit == 100  # it never lowers them


@pytest.mark.parametrize(
    ("ending", "line"),
    [("bnet", "x"), ("bnet", "x, ("), ("aeon", "?"), ("aeon", "A => B"), ("sif", "a b")],
)
def test_a_flood_of_faults_is_told_in_a_few_lines(ending: str, line: str, tmp_path: Path):
    file = tmp_path / f"m.{ending}"
    file.write_text(f"{line}\n" * 3_000)
    with pytest.raises(DataError) as told:
        read_file(file)
    *shown, last = told.value.problems
    assert len(shown) == 15
    assert [int(problem.where.split(":")[1]) for problem in shown[:3]] == [1, 2, 3]
    assert last.message == f"and at least {MAX_COUNTED - 15} more problems."


def test_problems_end_a_reader_only_past_a_thousand():
    found = Problems()
    found.extend(problem("f", "x", number) for number in range(1, MAX_COUNTED))
    with pytest.raises(DataError):
        found.append(problem("f", "y"))


def test_the_rest_of_many_problems_of_a_yaml_file_is_counted_last(tmp_path: Path):
    file = tmp_path / "m.yaml"
    file.write_text("schema: 1\nspecies:\n" + "".join(f"  s{number}: {{location: x}}\n" for number in range(40)))
    with pytest.raises(DataError) as told:
        read_file(file)
    assert told.value.problems[-1].message == "and 25 more problems."


@pytest.mark.parametrize(
    "lines",
    [
        "species:\n" + "".join(f"  s{number}: {{kid: a}}\n" for number in range(3_000)),
        "".join(f"k{number}: v\n" for number in range(3_000)),
        "species: {A: {}}\nedges:\n" + "- {source: A}\n" * 3_000,
        "species: {A: {}}\nrules:\n" + "".join(f"  r{number}: A and (\n" for number in range(3_000)),
    ],
    ids=["unknown keys of species", "unknown sections", "edges without a target", "rules that break off"],
)
def test_a_flood_of_faults_in_yaml_is_told_in_a_few_lines(lines: str, tmp_path: Path):
    file = tmp_path / "m.yaml"
    file.write_text(f"schema: 1\nname: m\n{lines}")
    with pytest.raises(DataError) as told:
        read_file(file)
    assert len(told.value.problems) == 16
    assert told.value.problems[-1].message == f"and at least {MAX_COUNTED - 15} more problems."


def test_a_rule_of_thousands_of_terms_does_not_need_a_table_for_each():
    """Over 16 names a table is 8 kB, so the tables of these terms would be 40 MB; a rule may have 60,000."""
    rule = parse(
        " or ".join(f"({'abcdefghijklmnop'[i % 16]} and not {'abcdefghijklmnop'[i * 7 % 16]})" for i in range(5_000))
    )
    tracemalloc.start()
    try:
        assert set(effects(rule)) == set("abcdefghijklmnop")
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_a_table_of_a_hundred_thousand_columns_is_refused_at_once():
    with pytest.raises(DataError, match="a table of edges has source, effect, target"):
        tables.read_csv(",".join(f"c{number}" for number in range(100_000)) + "\n", name="m", source="f")
    with pytest.raises(DataError, match="'c0' stands already as column 3"):
        tables.read_csv(
            ",".join(["source,target,c0", *(f"c{number}" for number in range(20_000))]), name="m", source="f"
        )


OPEN = {
    "m.bnet": "A, (B\nB, A\n",
    "m.aeon": "B -> A\nB -> B\n$A: (B\n$B: B\n",
    "m.txt": "A *= (B\nB *= A\n",
    "m.bnd": "node A { logic = (B; } node B { logic = A; }",
    "m.yaml": "schema: 1\nspecies: {A: {}, B: {}}\nrules: {A: (B}\n",
    "m.csv": "id,rule\nA,(B\nB,A\n",
}


@pytest.mark.parametrize("sign", ["(", ")"])
@pytest.mark.parametrize("name", OPEN)
def test_a_bracket_without_its_other_is_told_with_what_to_do_in_every_format_of_rules(tmp_path, name, sign):
    (tmp_path / name).write_text(OPEN[name].replace("(B", "(B" if sign == "(" else "B)"))
    with pytest.raises(DataError) as caught:
        read_file(tmp_path / name)
    told = str(caught.value)
    assert f"this '{sign}' " in told
    assert told.count(", or take it out") == 1
    assert "\n" not in told
