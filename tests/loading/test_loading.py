"""The loader is strict, says where, and turns text into exactly what it says."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import her2cli.loading.source as source
from her2cli.errors import DataError, Her2Error, Problem, UnknownName
from her2cli.expression import evaluate, parse
from her2cli.files import decode, read_bytes
from her2cli.formats import read_file
from her2cli.loading import is_file_name, library, load, load_text, pathway_hash, pathway_names
from her2cli.loading.compiled import compile_all
from her2cli.loading.entries import MAX_SHOWN, tidy
from her2cli.loading.library import Library
from her2cli.loading.shape import json_schema
from her2cli.model import Effect, JointStart, Speed, Verification

CASES = (Path(__file__).parents[1] / "data" / "loading_errors.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^## (?P<title>[^\n]+)\n+```yaml\n(?P<yaml>.*?)```\n(?P<says>(?:    [^\n]+\n)+)", re.M | re.S)


@pytest.mark.parametrize("case", [pytest.param(m, id=m["title"]) for m in BLOCK.finditer(CASES)])
def test_a_broken_file_is_told_what_is_wrong_and_where(case: re.Match[str]) -> None:
    with pytest.raises(DataError) as raised:
        load_text(case["yaml"], "case.yaml")
    assert [str(problem) for problem in raised.value.problems] == [line.strip() for line in case["says"].splitlines()]


def test_every_case_of_the_table_is_read() -> None:
    assert len(BLOCK.findall(CASES)) == CASES.count("\n## ")


@pytest.mark.parametrize(
    "word", ["NO", "on", "Y", "12:30:45", "010", "1e5", "null", "~", ".inf", "=", "0b101", "2001-12-14"]
)
def test_names_that_yaml_would_turn_into_something_else_stay_text(word: str) -> None:
    pathway = load_text(f"schema: 1\nspecies:\n  {word}: {{name: {word}}}\n")
    assert list(pathway.species) == [word]
    assert pathway.species[word].name == word


def test_fields_arrive_typed_and_know_their_place() -> None:
    pathway = load_text(
        "schema: 1\nspecies:\n  A: {initial: 1, speed: slow, hgnc: GENE, verified: memory}\n  B: {}\n"
        "edges:\n  - source: A\n    target: B\n    effect: inhibits\n    step: [1, 4]\n    evidence: [x]\n",
        "small.yaml",
    )
    species, edge = pathway.species["A"], pathway.edges[0]
    assert (species.initial, species.speed, species.hgnc) == (1, Speed.slow, ("GENE",))
    assert species.verified is Verification.memory
    assert (edge.effect, edge.step, edge.evidence) == (Effect.inhibits, (1, 4), ("x",))
    assert str(edge.place) == "small.yaml:6:5"


def test_rates_and_joint_beginnings_arrive_as_numbers_that_add_up() -> None:
    pathway = load_text(
        "schema: 1\nspecies: {A: {rate_up: 1e-3, rate_down: 0.25}, B: {}}\n"
        "joint_starts: [{species: [A, B], weights: {'10': 1, '01': 3}}]\n"
    )
    assert (pathway.species["A"].rate_up, pathway.species["A"].rate_down) == (0.001, 0.25)
    assert (pathway.species["B"].rate_up, pathway.species["B"].rate_down) == (None, None)
    assert pathway.joint_starts == (JointStart(species=("A", "B"), weights={(1, 0): 0.25, (0, 1): 0.75}),)


def test_a_blocked_edge_is_an_inhibition_of_that_edge_alone() -> None:
    pathway = load_text(
        "schema: 1\nspecies: {A: {}, B: {}}\nedges: [{source: A, target: B, effect: activates}]\n"
        "drugs: {d: {edges: [{blocks: A -> B, efficacy: 0.5}]}}\n"
    )
    (action,) = pathway.drugs["d"].edges
    assert (action.source, action.target, action.effect, action.blocks) == ("d", "B", Effect.inhibits, ("A", "B"))
    assert action.efficacy == 0.5


def test_an_edge_of_the_pathway_from_a_drug_is_an_action_of_that_drug() -> None:
    pathway = load_text(
        "schema: 1\nspecies: {A: {}}\nedges: [{source: d, target: A, effect: inhibits}]\ndrugs: {d: {}}\n"
    )
    assert pathway.edges == ()
    assert [edge.target for edge in pathway.actions("d")] == ["A"]


def test_the_pathway_file_may_bring_drugs_of_its_own_beside_the_shipped() -> None:
    pathway = load_text("schema: 1\nspecies: {A: {}}\ndrugs: {d: {aliases: [Deedrug]}}\n")
    assert pathway.find_drug("deedrug") == "d"
    assert pathway.find_drug("Herceptin") == "trastuzumab"


def test_a_rule_whose_parts_have_names_is_on_where_the_rule_written_out_is() -> None:
    """A quoted name is a species', whatever the part is called; all states of four species are tried."""
    given = """
schema: 1
species: {A: {}, B: {}, some X: {}, T: {}}
rules:
  T:
    rule: both or not (some or "some X")
    parts:
      some: {rule: A or B, note: at least one}
      both: {rule: some and A and B}
    note: why
"""
    rule = load_text(given).rules["T"]
    assert (rule.written, [part.name for part in rule.parts]) == ('both or not (some or "some X")', ["some", "both"])
    for values in product((0, 1), repeat=3):
        state = dict(zip(("A", "B", "some X"), values, strict=True))
        a, b, other = values
        assert evaluate(parse(rule.text), state) == ((a and b) or not (a or b or other))


def test_parts_that_double_from_one_to_the_next_are_refused_at_once() -> None:
    parts = "".join(f"      p{n}: {{rule: p{n - 1} and p{n - 1}}}\n" for n in range(1, 60))
    text = f"schema: 1\nspecies: {{A: {{}}}}\nrules:\n  A:\n    rule: p59\n    parts:\n      p0: {{rule: A}}\n{parts}"
    with pytest.raises(DataError, match=r"rules\.A: has more than 100,000 characters with its parts"):
        load_text(text)


def test_without_readouts_the_phenotypes_are_read_out() -> None:
    pathway = load_text("schema: 1\nspecies: {A: {}, P: {kind: phenotype}}\n")
    assert pathway.readouts == ("P",)


def test_a_file_over_the_limit_says_the_limit_and_how_to_raise_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = tmp_path / "big.yaml"
    big.write_text("schema: 1\nspecies: {A: {}}\n# " + "x" * 2_000_000)
    with pytest.raises(DataError, match=r"at most 2 MB are read. Set HER2_MAX_FILE_MB"):
        load(str(big))
    monkeypatch.setenv("HER2_MAX_FILE_MB", "3")
    assert list(load(str(big)).species) == ["A"]


def test_a_file_of_just_the_limit_is_read_and_of_a_byte_more_is_not(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x" * 101)
    assert len(read_bytes(tmp_path / "x", limit=101)) == 101
    with pytest.raises(DataError, match=r"at most 0\.0001 MB are read"):
        read_bytes(tmp_path / "x", limit=100)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize(("text", "where"), [(b"ab\nc\xe9d", "2:2"), (b"\xe9", "1:1"), (b"\xc3\xa9\xe9", "1:2")])
def test_a_byte_that_is_not_utf8_is_told_with_its_line_and_column(mark: bytes, text: bytes, where: str) -> None:
    """Columns count characters; the mark, which editors do not show, is none."""
    with pytest.raises(DataError, match=f"^x.yaml:{where}: byte 0xe9 is not UTF-8"):
        decode(mark + text, "x.yaml")


def test_what_the_parser_has_against_a_text_is_told_in_its_words_and_with_its_place() -> None:
    with pytest.raises(DataError, match=r"case.yaml:2:9: mapping values are not allowed"):
        load_text("schema: 1\ntitle: a: b\n", "case.yaml")


def test_nesting_beyond_fifty_is_refused() -> None:
    for text in ("[" * 51, "\n".join(" " * n + "a:" for n in range(51))):
        with pytest.raises(DataError, match="nested more than 50"):
            load_text(text)


@pytest.mark.parametrize("make", ["missing", "folder", "pipe", "link", "loop", "device"])
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, make: str) -> None:
    import os

    path = tmp_path / "thing.yaml"
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    elif make == "link":
        path.symlink_to(tmp_path / "nowhere.yaml")
    elif make == "loop":
        path.symlink_to(path)
    elif make == "device":
        path = Path("/dev/zero")
    with pytest.raises(DataError) as raised:
        load(str(path))
    assert str(path) in str(raised.value)


def test_an_unknown_pathway_gets_the_closest_and_all_names() -> None:
    with pytest.raises(UnknownName, match=r"No pathway 'her'\. Close: her2"):
        load("her")
    assert not is_file_name("her")
    assert pathway_names()[0] == "her2"


def test_a_folder_of_the_users_own_lies_over_the_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.yaml").write_text(
        "schema: 1\nname: mine\nspecies: {A: {}}\ndrugs: {trastuzumab: {name: my own}, other: {name: another}}\n"
    )
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    assert "drugs.trastuzumab" in library().overrides()
    assert "drugs.other" not in library().overrides()
    assert load("her2").drugs["trastuzumab"].name == "my own"
    assert "mine" in pathway_names()


def test_of_the_users_folder_only_folders_that_are_called_as_a_section_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, name in (("drugs", "one"), ("notes", "two")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.yaml").write_text(f"schema: 1\ndrugs: {{{name}: {{name: mine}}}}\n")
    (tmp_path / "species").write_text("a plain file, no folder")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    drugs = load("her2").drugs
    assert drugs["one"].name == "mine"
    assert "two" not in drugs


def test_a_file_of_the_users_folder_that_cannot_be_read_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "drugs").mkdir()
    (tmp_path / "drugs" / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    with pytest.raises(DataError, match=r"drugs/gone\.yaml: a link to a file that is not there\.$"):
        load("her2")


def test_a_files_own_entry_goes_before_the_users_folder_and_that_before_the_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "more.yaml").write_text("schema: 1\ndrugs: {lapatinib: {name: folder}, trastuzumab: {name: folder}}\n")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    drugs = load_text("schema: 1\nspecies: {A: {}}\ndrugs: {lapatinib: {name: file}}\n").drugs
    assert [drugs[name].name for name in ("lapatinib", "trastuzumab")] == ["file", "folder"]
    assert drugs["neratinib"].name not in ("file", "folder")


def test_a_pathway_of_the_users_own_goes_before_the_shipped_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.yaml").write_text("schema: 1\nname: her2\nspecies: {ONLY: {}}\n")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    assert list(load("her2").species) == ["ONLY"]


@pytest.mark.parametrize(
    ("file", "header"), [("erbb", ""), ("erbb", "name: mine"), ("mine", "name: erbb"), ("erbb", "name: erbb")]
)
def test_what_replaces_a_shipped_pathway_is_said_whether_the_file_or_its_name_is_called_so(
    file: str, header: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{file}.yaml").write_text(f"schema: 1\n{header}\nspecies: {{ONLY: {{}}}}\n")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    assert list(load("erbb").species) == ["ONLY"]
    assert library().overrides() == ("pathway erbb",)


def test_what_replaces_nothing_is_not_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.yaml").write_text("schema: 1\nspecies: {ONLY: {}}\n")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    assert list(load("mine").species) == ["ONLY"]
    assert "mine" in pathway_names()
    assert library().overrides() == ()


@pytest.mark.parametrize("name", ["article", "Article", "ARTICLE"])
def test_another_name_of_a_shipped_pathway_counts_in_any_case(name: str) -> None:
    assert load(name).name == "her2"


def test_of_many_problems_each_is_counted_once() -> None:
    problems = [Problem(f"x.yaml:{line}", "is wrong.") for line in range(20)]
    assert tidy(problems * 3, "x.yaml")[-1].message == f"and {20 - MAX_SHOWN} more problems."


def test_what_is_extended_gives_way_to_a_child_and_a_grandparent_to_a_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generations = {
        "grandparent": "species: {A: {name: grandparent}, B: {name: grandparent}, C: {name: grandparent}}",
        "parent": "extends: grandparent\nspecies: {A: {name: parent}, B: {name: parent}}",
        "child": "extends: parent\nspecies: {A: {name: child}}",
    }
    for name, text in generations.items():
        (tmp_path / f"{name}.yaml").write_text(f"schema: 1\nname: {name}\n{text}\n")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    species = load("child").species
    assert [species[key].name for key in "ABC"] == ["child", "parent", "grandparent"]


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("", ("late", "late")),
        ("time: early, ", ("early", "early")),
        ("time: early, versus: {time: late}, ", ("early", "late")),
        ("versus: {time: early}, ", ("late", "early")),
    ],
)
def test_a_comparator_is_read_at_the_time_of_its_arm_unless_it_says_its_own(said: str, times: tuple[str, str]) -> None:
    text = f"schema: 1\nspecies: {{A: {{}}}}\nexperiments: {{T: {{{said}readout: A, expect: up, treatment: [A=1]}}}}\n"
    trial = load_text(text).experiments["T"]
    assert (trial.time, trial.comparator_time) == times


def test_the_hash_changes_with_any_byte_that_a_result_may_depend_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("schema: 1\nspecies: {A: {}}\n")
    before = pathway_hash(load(str(path)))
    assert before == pathway_hash(load(str(path)))
    path.write_text("schema: 1\nspecies: {A: {initial: 1}}\n")
    changed = pathway_hash(load(str(path)))
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "x.yaml").write_text("schema: 1\ndrugs: {d: {}}\n")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path / "more"))
    assert len({before, changed, pathway_hash(load(str(path)))}) == 3


def test_the_hash_is_of_what_was_loaded_wherever_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in which a file is called as a shipped one is, and none; a file that is changed, or gone, since."""
    (tmp_path / "pathways").mkdir()
    own = tmp_path / "pathways" / "erbb.yaml"
    own.write_text("schema: 1\nspecies: {A: {}}\n")
    found = set()
    for folder in (tmp_path, tmp_path / "pathways", Path(__file__).parents[2]):
        monkeypatch.chdir(folder)
        found.add(pathway_hash(load("erbb")))
    assert len(found) == 1
    monkeypatch.chdir(tmp_path)
    mine = load("pathways/erbb.yaml")
    before = pathway_hash(mine)
    assert before not in found
    own.write_text("schema: 1\nspecies: {B: {}}\n")
    assert before == pathway_hash(mine) != pathway_hash(load("pathways/erbb.yaml"))
    own.unlink()
    assert before == pathway_hash(mine)


def test_the_hash_is_over_each_file_of_a_network(tmp_path: Path) -> None:
    bnd, cfg, bnet = tmp_path / "m.bnd", tmp_path / "m.cfg", tmp_path / "n.bnet"
    bnd.write_text("node A { logic = A; }\n")
    found = []
    for text in ("A.istate = 1;\n", "A.istate = 0;\n"):
        cfg.write_text(text)
        found.append(pathway_hash(read_file(bnd)))
        assert found[-1] == pathway_hash(read_file(cfg))
    for text in ("A, A\n", "A, !A\n"):
        bnet.write_text(text)
        found.append(pathway_hash(read_file(bnet)))
    assert len(set(found)) == 4


def test_the_parser_in_python_reads_what_the_one_in_c_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "schema: 1\nname: x\nspecies:\n  A: {aliases: [p, q], note: 'a: b'}\n  B: {}\nrules: {B: A}\n"
    fast = load_text(text)
    import yaml.cyaml

    monkeypatch.delattr(yaml.cyaml, "CParser")
    slow = load_text(text)
    assert (fast.species, fast.rules) == (slow.species, slow.rules)
    with pytest.raises(DataError, match="nested more than 50"):
        load_text("[" * 51)


@given(st.text(max_size=60))
def test_no_text_raises_anything_but_our_own_error(text: str) -> None:
    for file in (text, "schema: 1\nspecies: {A: {}}\n" + text, f"schema: 1\nspecies: {{{text}: {{}}}}\n"):
        with suppress(Her2Error):
            load_text(file)


NAME = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=8)


@given(st.lists(NAME, min_size=1, max_size=6, unique_by=lambda name: name.casefold()), st.data())
def test_what_another_yaml_writer_wrote_is_read_back(names: list[str], data: st.DataObject) -> None:
    import yaml

    ends = st.sampled_from(names)
    edges = data.draw(st.lists(st.tuples(ends, ends, st.sampled_from(["activates", "inhibits"])), max_size=6))
    written = yaml.safe_dump(
        {
            "schema": 1,
            "species": {name: {"name": name, "aliases": []} for name in names},
            "edges": [{"source": s, "target": t, "effect": e} for s, t, e in edges],
        },
        allow_unicode=True,
        sort_keys=False,
    )
    if source.UNPRINTABLE.search("".join(names)) or not "".join(names).isprintable():
        return
    # A key of more than 128 characters or of several lines would be written with '? '; these names are short.
    pathway = load_text(written)
    assert list(pathway.species) == names
    assert [(e.source, e.target, e.effect.value) for e in pathway.edges] == edges


def test_yaml_that_was_changed_after_it_was_compiled_is_read_itself(tmp_path: Path) -> None:
    folder = tmp_path / "pathways"
    folder.mkdir()
    (folder / "small.yaml").write_text("schema: 1\nspecies: {A: {name: first}}\n")
    compile_all(folder, folder / "compiled")

    def name_and_place() -> tuple[str, object]:
        species = Library(shipped=folder).pathway_file("small").species["A"]
        return species.name, species.place

    assert name_and_place() == ("first", None)
    (folder / "small.yaml").write_text("schema: 1\nspecies: {A: {name: second}}\n")
    name, place = name_and_place()
    assert (name, str(place)) == ("second", "pathways/small.yaml:2:11")


def test_broken_yaml_is_not_compiled(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("schema: 1\nspecies: {A: {nmae: x}}\n")
    with pytest.raises(DataError, match="did you mean 'name'"):
        compile_all(tmp_path, tmp_path / "compiled")


def test_a_section_that_stands_twice_in_two_kinds_is_a_duplicate_key() -> None:
    """Found by coverage-guided fuzzing: the text of the first was taken for the mapping of the second."""
    for first in ("rules: text", "rules: [a]", "edges: [{}]", "drugs: []", "edges: text"):
        section = first.partition(":")[0]
        again = "[{}, {source: A}]" if section == "edges" else "{A: {}}"
        with pytest.raises(DataError, match=f"duplicate key '{section}'"):
            load_text(f"schema: 1\nspecies: {{A: {{}}}}\n{first}\n{section}: {again}\n")


@pytest.mark.parametrize(
    ("entry", "fits"),
    [
        *(({"layout": {"A": rows}}, abs(rows) <= 99) for rows in (-100, -99, 0, 99, 100)),
        *(({"species": {"A": {"initial": value}}}, value in (0, 1)) for value in (-1, 0, 1, 2)),
        *(({"species": {"A": {"share": value}}}, 0 <= value <= 1) for value in (-0.5, 0, 0.5, 1, 1.5, 2)),
        *(({"note": "x" * length}, length <= 4000) for length in (4000, 4001)),
        *(
            ({"edges": [{"source": "A", "target": "S1", "effect": "activates", "step": step}]}, 1 <= number <= 99)
            for number in (0, 1, 99, 100)
            for step in (number, [1, number])
        ),
        *(
            (
                {"joint_starts": [{"species": [f"S{n}" for n in range(size)], "weights": {"1" * size: 1}}]},
                1 <= size <= 64,
            )
            for size in (0, 1, 64, 65)
        ),
    ],
)
def test_the_schema_that_editors_use_takes_what_the_reader_takes(entry: dict[str, Any], fits: bool) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    file = {"schema": 1, "species": {"A": {}} | {f"S{number}": {} for number in range(65)}} | entry
    assert jsonschema.Draft202012Validator(json_schema()).is_valid(file) is fits
    try:
        load_text(json.dumps(file))
    except DataError:
        assert not fits
    else:
        assert fits
