"""Each reader understands the dialects of its format, and refuses what it does not understand with the line."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

import her2cli
from her2cli.errors import DataError
from her2cli.expression import depth, evaluate, parse
from her2cli.formats import aeon, guard, maboss, operators, read_file, sbml_qual, sif, tables, write
from her2cli.logic.ends.attractors import fixed_points
from her2cli.logic.network import build
from her2cli.model import Effect, Pathway, Speed


def arrows(pathway: Pathway) -> list[str]:
    return [f"{edge.source} {edge.effect.arrow} {edge.target}" for edge in pathway.edges]


def rule(pathway: Pathway, name: str) -> str:
    return pathway.rules[name].text


# --- AEON ----------------------------------------------------------------------------------------------------------


def test_aeon_regulations_become_edges_with_the_signs_they_have_or_the_rule_gives_them():
    content = "#!name: A model\nA -> B\nC -| B\nD -? B\nE ->? B\nF -?? B\n$B: A & !C & !D\n"
    pathway = aeon.read(content, name="m", source="f")
    assert arrows(pathway) == ["A -> B", "C -| B", "D -| B", "E -> B"]
    assert (pathway.title, rule(pathway, "B")) == ("A model", "A and not C and not D")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("A -> B\n", "f:1: B has regulators but no rule"),
        ("$A: A\nA -> B\n\nC -> B\n", "f:2: B has regulators but no rule"),  # where the first of them stands
        ("A -> B\n$B: A & C\n", "f:2:5: rule of B uses C"),
        ("A -| B\n$B: A\n", "f:2:5: .* against the sign that line 1"),
        ("A -> B\n$B: f(A)\n", "parameter"),
        ("A -> B\n$B: A <=> A <=>\n", "f:2:13: rule of B: expected a name"),
        ("A -> B\nA -| B\n$B: A\n", "f:2: .*twice"),
        ("A => B\n", "neither a regulation"),
        ("# nothing\n", "has no species"),
    ],
)
def test_an_aeon_file_that_is_open_or_contradicts_itself_is_refused(content: str, what: str):
    with pytest.raises(DataError, match=what):
        aeon.read(content, name="m", source="f")


# --- SBML-qual -----------------------------------------------------------------------------------------------------

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1" '
    'xmlns:qual="http://www.sbml.org/sbml/level3/version1/qual/version1" qual:required="true"><model id="m">\n'
    '<listOfCompartments><compartment id="c" constant="true"/></listOfCompartments>\n'
)


def sbml(math: str, *, terms: str = "", species: str = "", effect: str = "assignmentLevel") -> str:
    """A, B and C, and a transition that sets B where *math* holds."""
    plain = '<qual:qualitativeSpecies qual:id="{}" qual:compartment="c" qual:constant="false" qual:maxLevel="1"/>'
    terms = terms or (
        '<qual:defaultTerm qual:resultLevel="0"/><qual:functionTerm qual:resultLevel="1">'
        f'<math xmlns="http://www.w3.org/1998/Math/MathML">{math}</math></qual:functionTerm>'
    )
    inputs = "".join(
        f'<qual:input qual:id="in_{name}" qual:qualitativeSpecies="{name}" qual:transitionEffect="none" '
        'qual:thresholdLevel="1"/>'
        for name in "AC"
    )
    return (
        f"{HEAD}<qual:listOfQualitativeSpecies>{species}{''.join(map(plain.format, 'ABC'))}"
        "</qual:listOfQualitativeSpecies>\n<qual:listOfTransitions><qual:transition>"
        f"<qual:listOfInputs>{inputs}</qual:listOfInputs><qual:listOfOutputs>"
        f'<qual:output qual:qualitativeSpecies="B" qual:transitionEffect="{effect}"/></qual:listOfOutputs>'
        f"<qual:listOfFunctionTerms>{terms}</qual:listOfFunctionTerms></qual:transition></qual:listOfTransitions>"
        "</model></sbml>"
    )


def compared(relation: str, name: str, level: str) -> str:
    return f'<apply><{relation}/><ci>{name}</ci><cn type="integer">{level}</cn></apply>'


A_IS_1, C_IS_1 = compared("eq", "A", "1"), compared("eq", "C", "1")


@pytest.mark.parametrize(
    ("math", "meaning"),
    [
        (A_IS_1, "A"),
        (compared("eq", "A", "0"), "not A"),
        (compared("neq", "A", "1"), "not A"),
        (compared("geq", "A", "1"), "A"),
        (compared("lt", "A", "1"), "not A"),
        ('<apply><geq/><cn type="integer">0</cn><ci>A</ci></apply>', "not A"),
        ("<apply><geq/><ci>A</ci><ci>in_A</ci></apply>", "A"),
        (f"<apply><and/>{A_IS_1}<apply><not/>{C_IS_1}</apply></apply>", "A and not C"),
        (f"<apply><or/>{A_IS_1}{C_IS_1}</apply>", "A or C"),
        (f"<apply><xor/>{A_IS_1}{C_IS_1}</apply>", "(A and not C) or (not A and C)"),
        ("<apply><eq/><ci>A</ci><ci>C</ci></apply>", "(not A and not C) or (A and C)"),
        ("<true/>", "1"),
        ('<cn type="integer">1</cn>', "1"),
        ('<cn type="integer">0</cn>', "0"),
        (compared("geq", "A", "0"), "1"),
        # The same sides again, and another way: what they meant before is not what they mean here.
        (
            f"<apply><or/>{compared('geq', 'C', '1')}{compared('lt', 'A', '1')}{compared('geq', 'A', '1')}</apply>",
            "C or not A or A",
        ),
        (
            f"<apply><and/>{compared('gt', 'A', '0')}{compared('leq', 'C', '0')}{compared('gt', 'C', '0')}</apply>",
            "A and not C and C",
        ),
    ],
)
def test_mathml_becomes_a_rule(math: str, meaning: str):
    pytest.importorskip("libsbml")
    assert rule(sbml_qual.read(sbml(math), name="m", source="f"), "B") == meaning


def test_sbml_that_would_take_minutes_is_refused_at_once(monkeypatch: pytest.MonkeyPatch):
    """The limits are lowered, so that what is just past them is small."""
    pytest.importorskip("libsbml")
    monkeypatch.setattr(operators, "TERM_LIMIT", 1000)
    monkeypatch.setattr(guard, "MAX_XML_CHILDREN", 10)
    monkeypatch.setattr(guard, "MAX_XML_FAULTS", 20)
    monkeypatch.setattr(guard, "MAX_XML_ELEMENTS", 200)
    nested = A_IS_1
    for _ in range(12):
        nested = f"<apply><xor/>{A_IS_1}{nested}</apply>"
    for content, what in (
        (sbml(nested), "written out with & | ! the rules have more than"),
        (sbml(f"<apply><and/>{A_IS_1 * 11}</apply>"), "operator with more than 10 operands"),
        (
            sbml(A_IS_1, species="<qual:qualitativeSpecies/>" * 20),
            "more than 20 attributes that are missing or unknown",
        ),
        (sbml(A_IS_1).replace("</model>", "<a/>" * 201 + "</model>"), "more than 200 elements"),
    ):
        with pytest.raises(DataError, match=what):
            sbml_qual.read(content, name="m", source="f")


def with_levels(highest: int, initial: int) -> tuple[str, str]:
    """In SBML-qual and in GINML: B is on where the input A, which begins at *initial*, is at its *highest* level."""
    plain = '<qual:qualitativeSpecies qual:id="A" qual:compartment="c" qual:constant="false" qual:maxLevel='
    of_levels = f'{plain}"{highest}" qual:initialLevel="{initial}"/>'
    qual = sbml(compared("geq", "A", str(highest))).replace(f'{plain}"1"/>', of_levels)
    nodes = f'<node id="A" maxvalue="{highest}" input="true"/><node id="C" maxvalue="1" input="true"/>'
    nodes += f'<node id="B" maxvalue="1"><value val="1"><exp str="A:{highest}"/></value></node>'
    edge = f'<edge id="e" from="A" to="B" minvalue="{highest}"/>'
    gxl = f'<gxl><graph class="regulatory" id="m" nodeorder="A B C">{nodes}{edge}</graph></gxl>'
    return qual, gxl


@pytest.mark.parametrize(("highest", "initial"), [(top, first) for top in (2, 3, 4) for first in range(top + 1)])
def test_the_level_at_which_a_species_begins_is_kept_by_every_format_and_its_attractors_are_those_of_ginml(
    tmp_path: Path, highest: int, initial: int
):
    qual, gxl = with_levels(highest, initial)
    pathway = sbml_qual.read(qual, name="m", source="m.sbml")
    begins = {f"A_b{level}": "1" if initial >= level else "0" for level in range(1, highest + 1)} | {"B": "0", "C": "0"}
    assert {key: str(each.initial) for key, each in pathway.species.items()} == begins  # 1, and not True
    for format, extension in (("yaml", "yaml"), ("json", "json"), ("sbml", "sbml"), ("maboss", "bnd"), ("csv", "csv")):
        written = write(pathway, format)
        assert not any("initial" in loss for loss in written.losses), format
        (tmp_path / f"m.{extension}").write_text(written.text)
        if written.beside:
            (tmp_path / "m.cfg").write_text(written.beside)
        again = read_file(tmp_path / f"m.{extension}")
        assert {key: str(each.initial) for key, each in again.species.items()} == begins, format
    (tmp_path / "q.sbml").write_text(qual)
    (tmp_path / "g.ginml").write_text(gxl)
    ends = {
        (file, inputs): sorted(map(str, her2cli.attractors(pathway=str(tmp_path / file), inputs=inputs).rows))
        for file, inputs in (("q.sbml", "free"), ("g.ginml", "free"), ("q.sbml", "given"), ("m.yaml", "given"))
    }
    assert ends["q.sbml", "free"] == ends["g.ginml", "free"]
    assert ends["q.sbml", "given"] == ends["m.yaml", "given"] != []
    (share,) = her2cli.simulate(pathway=str(tmp_path / "m.yaml"), readout=["B"], replicates=50).rows
    assert share["late"] == (1 if initial == highest else 0)


def test_the_default_term_gives_the_level_where_no_function_term_holds():
    pytest.importorskip("libsbml")
    math = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{A_IS_1}</math>'
    terms = (
        f'<qual:defaultTerm qual:resultLevel="1"/><qual:functionTerm qual:resultLevel="0">{math}</qual:functionTerm>'
    )
    assert rule(sbml_qual.read(sbml("", terms=terms), name="m", source="f"), "B") == "not A"


def test_what_the_file_calls_constant_is_an_input_that_begins_at_its_level_and_maxlevel_0_is_0():
    pytest.importorskip("libsbml")
    given = "".join(
        f'<qual:qualitativeSpecies qual:id="{name}" qual:compartment="c" qual:constant="true" {more}/>'
        for name, more in (
            ("ON", 'qual:initialLevel="1" qual:maxLevel="1"'),
            ("OFF", 'qual:initialLevel="0"'),
            ("OPEN", ""),
            ("GONE", 'qual:initialLevel="0" qual:maxLevel="0"'),
        )
    )
    pathway = sbml_qual.read(sbml(A_IS_1, species=given), name="m", source="f")
    network = build(pathway)
    assert network.inputs == ("ON", "OFF", "OPEN", "A", "C")
    assert [network.initial[name] for name in ("ON", "OFF", "OPEN")] == [1, 0, 0]
    assert network.rules["GONE"] == parse("0")
    assert pathway.remarks == (
        "constant in the file, taken as inputs that begin at the level given: ON=1, OFF=0.",
        "fixed at 0 (maxLevel 0): GONE.",
    )
    assert build(pathway, inputs=1).initial["OFF"] == 1
    lines = write(pathway, "bnet").text.split("\n")
    assert {"ON, ON", "OFF, OFF", "OPEN, OPEN", "GONE, 0"} <= set(lines)


def test_the_given_sbml_is_read_as_its_readme_has_it(shared: Path):
    pytest.importorskip("libsbml")
    ginsim = build(read_file(shared / "foreign" / "ginsim_inputs.sbml"))
    assert ginsim.inputs == ("EGF", "Lapatinib")
    assert fixed_points(ginsim, inputs="free").count == 4
    boolnet = build(read_file(shared / "foreign" / "boolnet_tosbml_fixed0.sbml"))
    assert boolnet.rules["PTEN"] == parse("0")
    assert boolnet.initial["HER2"] == 1
    assert boolnet.rules["AKT"] == parse("HER2 and not PTEN")


def test_xor_of_three_is_true_where_an_odd_number_of_them_is():
    pytest.importorskip("libsbml")
    three = f"<apply><xor/>{A_IS_1}{C_IS_1}{compared('eq', 'B', '1')}</apply>"
    found = build(sbml_qual.read(sbml(three), name="m", source="f")).rules["B"]
    for bits in product((0, 1), repeat=3):
        assert evaluate(found, dict(zip("ABC", bits, strict=True))) == sum(bits) % 2


def test_a_byte_order_mark_within_a_note_does_no_harm(tmp_path: Path):
    pytest.importorskip("libsbml")
    note = '<notes><p xmlns="http://www.w3.org/1999/xhtml">\ufeffA note</p></notes>'
    (tmp_path / "m.sbml").write_text(sbml(A_IS_1).replace('<model id="m">', f'<model id="m">{note}'), encoding="utf-8")
    assert read_file(tmp_path / "m.sbml").note == "A note"
    assert "\ufeff" in (tmp_path / "m.sbml").read_text(encoding="utf-8")


def test_terms_that_contradict_each_other_are_told():
    pytest.importorskip("libsbml")
    term = f'<qual:functionTerm qual:resultLevel="{{}}">{MATH}{{}}</math></qual:functionTerm>'
    for second, told in ((C_IS_1, True), (f"<apply><not/>{A_IS_1}</apply>", False)):
        terms = f'<qual:defaultTerm qual:resultLevel="0"/>{term.format(1, A_IS_1)}{term.format(0, second)}'
        pathway = sbml_qual.read(sbml("", terms=terms), name="m", source="f")
        assert build(pathway).rules["B"] == parse("A")
        assert any("the first is taken: B." in remark for remark in pathway.remarks) is told


MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">'


def transition(output: str, inputs: str, math: str, *, default: bool = True) -> str:
    """A transition as CellNOptR writes it: without levels, with a threshold for every input."""
    given = "".join(
        f'<qual:input qual:id="theta_{output}_{each}" qual:qualitativeSpecies="{each}" qual:transitionEffect="none" '
        'qual:sign="positive" qual:thresholdLevel="1"/>'
        for each in inputs
    )
    terms = f'<qual:functionTerm qual:resultLevel="1">{MATH}{math}</math></qual:functionTerm>'
    return (
        f"<qual:transition><qual:listOfInputs>{given}</qual:listOfInputs><qual:listOfOutputs>"
        f'<qual:output qual:qualitativeSpecies="{output}" qual:transitionEffect="assignmentLevel"/>'
        "</qual:listOfOutputs>"
        + (
            f'<qual:listOfFunctionTerms><qual:defaultTerm qual:resultLevel="0"/>{terms}</qual:listOfFunctionTerms>'
            if default
            else ""
        )
        + "</qual:transition>"
    )


def model(species: str, *transitions: str) -> str:
    listed = "".join(
        f'<qual:qualitativeSpecies qual:id="{name}" qual:compartment="c" qual:constant="false"/>' for name in species
    )
    return (
        f"{HEAD}<qual:listOfQualitativeSpecies>{listed}</qual:listOfQualitativeSpecies>"
        f"<qual:listOfTransitions>{''.join(transitions)}</qual:listOfTransitions></model></sbml>"
    )


def test_what_cellnoptr_writes_is_read():
    """A transition for all reactions that are no conjunction, one for each that is; an input has an empty term."""
    pytest.importorskip("libsbml")
    over = "<apply><geq/><ci>{0}</ci><ci>theta_{1}_{0}</ci></apply>"
    under = "<apply><lt/><ci>{0}</ci><ci>theta_{1}_{0}</ci></apply>"
    pathway = sbml_qual.read(
        model(
            "ABCDE",
            transition("A", "", "<apply></apply>"),
            transition("B", "", "<apply></apply>"),
            transition("C", "A", f"<apply>{under.format('A', 'C')}</apply>"),
            transition("D", "C", f"<apply>{over.format('C', 'D')}</apply>"),
            transition("D", "AB", f"<apply><and/>{over.format('A', 'D')}{under.format('B', 'D')}</apply>"),
            transition("E", "", "<apply></apply>"),
            transition("E", "CD", f"<apply><and/>{over.format('C', 'E')}{over.format('D', 'E')}</apply>"),
        ),
        name="m",
        source="f",
    )
    network = build(pathway)
    assert network.inputs == ("A", "B")
    assert {name: network.rules[name] for name in "CDE"} == {
        "C": parse("not A"),
        "D": parse("C or (A and not B)"),
        "E": parse("C and D"),
    }
    assert "outputs of several transitions, any of which switches them on: D." in pathway.remarks


@pytest.mark.parametrize(
    ("sign", "effect"), [("positive", Effect.activates), ("negative", Effect.inhibits), ("dual", None)]
)
def test_an_input_that_the_rule_makes_no_use_of_keeps_the_sign_that_the_file_gives_it(sign: str, effect: Effect | None):
    before, of_c, after = transition("B", "AC", A_IS_1).partition("theta_B_C")
    given = before + of_c + after.replace('sign="positive"', f'sign="{sign}"', 1)
    pathway = sbml_qual.read(model("ABC", given), name="m", source="f")
    assert build(pathway).rules["B"] == parse("A")
    assert [edge.effect for edge in pathway.edges if edge.source == "C"] == ([effect] if effect else [])


def test_a_transition_without_any_term_leaves_its_output_free_as_aeon_writes_it():
    pytest.importorskip("libsbml")
    aeon = pytest.importorskip("biodivine_aeon")
    written = aeon.BooleanNetwork.from_aeon("A -> B\nC -| B\n$B: A & !C\nA -> D\n").to_sbml()
    pathway = sbml_qual.read(written, name="m", source="f")
    network = build(pathway)
    assert network.inputs == ("A", "C", "D")
    assert network.rules["B"] == parse("A and not C")
    assert pathway.remarks == ("outputs of a transition that has no term, taken as inputs: A, C, D.",)


def test_a_chain_of_nested_operators_is_made_flat_and_real_nesting_is_bounded(monkeypatch: pytest.MonkeyPatch):
    """The limit is lowered to 60 elements, of which some ten stand around the rule."""
    pytest.importorskip("libsbml")
    monkeypatch.setattr(guard, "MAX_XML_DEPTH", 60)
    chain = f"<apply><and/>{A_IS_1}" * 200 + C_IS_1 + "</apply>" * 200
    assert build(sbml_qual.read(sbml(chain), name="m", source="f")).rules["B"] == parse("A & " * 200 + "C")
    nested = f"<apply><and/>{A_IS_1}<apply><or/>{C_IS_1}" * 20 + A_IS_1 + "</apply></apply>" * 20
    assert depth(build(sbml_qual.read(sbml(nested), name="m", source="f")).rules["B"]) == 40
    deeper = f"<apply><and/>{A_IS_1}<apply><or/>{C_IS_1}" * 30 + A_IS_1 + "</apply></apply>" * 30
    with pytest.raises(DataError, match="nested more than 60 elements deep"):
        sbml_qual.read(sbml(deeper), name="m", source="f")
    monkeypatch.setattr(guard, "MAX_XML_CHAIN", 100)
    with pytest.raises(DataError, match="nested more than 60 elements deep"):
        sbml_qual.read(sbml(chain), name="m", source="f")


def test_every_input_has_a_transition_of_its_own_so_that_other_readers_leave_it_free():
    pytest.importorskip("libsbml")
    aeon = pytest.importorskip("biodivine_aeon")
    written = write(sbml_qual.read(sbml(A_IS_1), name="m", source="f"), "sbml").text
    assert written.count("</qual:transition>") == 3
    outside = aeon.BooleanNetwork.from_sbml(written)
    functions = {outside.get_variable_name(each): outside.get_update_function(each) for each in outside.variables()}
    assert {name: str(function) for name, function in functions.items()} == {"A": "A", "B": "A", "C": "C"}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (sbml(compared("eq", "NOPE", "1")), "f:5: 'NOPE' is not a species"),
        (sbml(compared("eq", "A", "2")), "comparison with level 2"),
        (
            sbml('<apply><eq/><cn type="integer">2</cn><cn type="integer">1</cn></apply>'),
            "a Boolean species has the levels",
        ),
        (sbml("<apply/>"), "no Boolean meaning"),
        (sbml(""), "math"),
        (sbml(A_IS_1, effect="production"), "'assignmentLevel'"),
        (sbml(A_IS_1).replace('id="C"', 'id="A"'), "'A' stands twice"),
        (sbml(A_IS_1).replace('maxLevel="1"', 'maxLevel="99"', 1), "levels up to 99; 15 are read at most"),
        (sbml(A_IS_1).replace('resultLevel="1"', 'resultLevel="7"'), "gives level 7"),
        (sbml("<apply/>"), "an empty <apply>"),
        ("<html/>", "root is <html>"),
        ('<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4"/>', "Level 2"),
        (HEAD + "</model></sbml>", "no qualitative species"),
    ],
)
def test_sbml_without_a_boolean_meaning_is_refused_with_the_reason(content: str, what: str):
    pytest.importorskip("libsbml")
    with pytest.raises(DataError, match=what):
        sbml_qual.read(content, name="m", source="f")


# --- MaBoSS --------------------------------------------------------------------------------------------------------


def test_maboss_nodes_become_rules_speeds_and_initial_values():
    bnd = """
    node IN { rate_up = 0; rate_down = 0; }  // an input
    node A { logic = (IN AND NOT B); rate_up = @logic ? $u : 0; rate_down = @logic ? 0 : $u; }
    node B { rate_up = A ? 0.05 : 0; rate_down = !A ? 0.05 : 0; }
    node L { rate_up = A ? 1 : 0; rate_down = 0; }
    """
    pathway = maboss.read(
        bnd, name="m", source="f.bnd", settings="$u = 1;\nIN.istate = 1;\n[A].istate = 0.2 [1], 0.8 [0];"
    )
    assert {key: found.text for key, found in pathway.rules.items()} == {
        "A": "IN and not B",
        "B": "A",
        "L": "L or A",  # once up, it has no way down
    }
    assert pathway.species["B"].speed is Speed.slow
    assert (pathway.species["IN"].initial, pathway.species["A"].initial) == (1, 0)


@pytest.mark.parametrize(
    ("bnd", "cfg", "what"),
    [
        ("node A { rate_up = -1; rate_down = 1; }", "", "f.bnd:1: .*negative"),
        ("node A { logic; }", "", "expected 'logic = ...'"),
        ("node A { logic = A &; }", "", "node A"),
        ("node A { rate_up = 1/0; }", "", "divided by 0"),
        ("node A { rate_up = $k; }", "", "no value"),
        ("node A { logic = NOPE; }", "", "uses NOPE"),
        ("node A { }\nnode A { }", "", "f.bnd:2: .*twice"),
        ("hello", "", "no node"),
        ("node A { }", "B.istate = 1;", "f.cfg:1: B is not a node"),
        ("node A { }", "\nmax_time = -5;", "f.cfg:2: max_time"),
    ],
)
def test_maboss_beyond_the_subset_is_refused(bnd: str, cfg: str, what: str):
    with pytest.raises(DataError, match=what):
        maboss.read(bnd, name="m", source="f.bnd", settings=cfg)


@pytest.mark.parametrize(
    "bnd", ["/*" * 200_000, " " * 400_000, "node a {" * 50_000, f"node a {{ logic{' ' * 200_000}!; }}"]
)
def test_no_maboss_text_is_scanned_over_and_over(bnd: str):
    with pytest.raises(DataError):
        maboss.read(bnd, name="m", source="f.bnd")


def test_a_cfg_file_brings_its_bnd_file_or_says_that_it_is_missing(tmp_path: Path):
    (tmp_path / "m.cfg").write_text("A.istate = 1;")
    with pytest.raises(DataError, match=r"settings of A, no network"):
        read_file(tmp_path / "m.cfg")
    (tmp_path / "m.bnd").write_text("node A { }")
    assert read_file(tmp_path / "m.cfg").species["A"].initial == 1
    assert read_file(tmp_path / "m.bnd").species["A"].initial == 1


# --- SIF -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("A activates B\nB inhibits C\n", ["A -> B", "B -| C"]),
        ("A\t1\tB\r\nB\t-1\tC\r\n", ["A -> B", "B -| C"]),
        ("A 1 B C\n", ["A -> B", "A -> C"]),
        ("source\tinteraction\ttarget\nA\t1\tB\n", ["A -> B"]),
        ("A\tactivates\tB\thttp://x.org/1\tY783;Y771\n", ["A -> B"]),
        ("Node1\tSign\tNode2\tWeight\nA\t1\tB\t100\nB\t-1\tC\t0\n", ["A -> B", "B -| C"]),
        ("A\t1\tB\t100\nB\t-1\tC\t0.5\n", ["A -> B", "B -| C"]),
        ('"A"\t"1"\t"B"\n"B"\t"-1"\t"C"\n', ["A -> B", "B -| C"]),
        ('"A"\tactivates\tB c\n', ["A -> B c"]),
        ('"A" "1" "B"\n"B" -1 "C c"\n', ["A -> B", "B -| C c"]),
        ("A\tup-regulates quantity by expression\tB\n", ["A -> B"]),
        ("1 1 2 3\n2 -1 3\n", ["1 -> 2", "1 -> 3", "2 -| 3"]),
        ("Grb2 SOS\tactivates\tRas GTP\n", ["Grb2 SOS -> Ras GTP"]),
        ("A 1 B\nA 1 B\nA -1 B\n", ["A -> B", "A -| B"]),
        ("A 1 and1\nB -1 and1\nand1 1 C\nD -1 C\n", ["A -> C", "B -| C", "D -| C"]),
    ],
)
def test_dialects_of_sif_are_read(content: str, expected: list[str]):
    assert arrows(sif.read(content, name="m", source="f")) == expected


def test_an_and_node_becomes_a_rule_and_is_no_species():
    pathway = sif.read("A 1 and1\nB -1 and1\nand1 1 C\nE 1 C\nD -1 C\n", name="m", source="f")
    assert rule(pathway, "C") == "(A and not B) or E or not D"  # as CellNOptR simulates it: reactions are OR-ed
    assert "and1" not in pathway.species


def test_what_an_and_node_inhibits_is_inhibited_by_each_of_its_sources_and_activated_by_what_they_need_off():
    pathway = sif.read("A 1 and1\nB -1 and1\nand1 -1 C\n", name="m", source="f")
    assert arrows(pathway) == ["A -| C", "B -> C"]
    rules = build(pathway).rules
    assert [(a, b) for a in (0, 1) for b in (0, 1) if not evaluate(rules["C"], {"A": a, "B": b})] == [(1, 0)]


def test_with_and_nodes_every_species_is_on_where_any_of_its_reactions_happens():
    pathway = sif.read("A 1 and1\nB 1 and1\nand1 1 C\nA 1 D\nB -1 D\nB -1 E\nA 1 F\nB 1 F\n", name="m", source="f")
    rules = build(pathway).rules
    assert {name: rules[name] for name in "CDEF"} == {
        "C": parse("A and B"),
        "D": parse("A or not B"),
        "E": parse("not B"),
        "F": parse("A or B"),
    }
    without = build(sif.read("A 1 D\nB -1 D\n", name="m", source="f")).rules
    assert without["D"] == parse("A and not B")


def test_the_given_sif_of_cellnopt_is_read_as_its_readme_has_it(shared: Path):
    pathway = read_file(shared / "foreign" / "cno_gate_and_inhibitor.sif")
    assert build(pathway).rules["AKT"] == parse("(EGF and NRG) or not PTEN")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("A pp B\nC pp D\n", r"f:1: relation 'pp' \(and on 1 more lines\) has no sign"),
        ("A\t0\tB\n", "relation '0'"),
        ("A activates\n", "f:1: .*two columns"),
        ("\n# nothing\n", "no species"),
    ],
)
def test_sif_without_signs_is_refused(content: str, what: str):
    with pytest.raises(DataError, match=what):
        sif.read(content, name="m", source="f")


def test_the_words_that_are_understood_are_listed_once_and_are_understood():
    with pytest.raises(DataError) as told:
        sif.read("A pp B\nA interacts-with C\nA pp D\n", name="m", source="f")
    first, second = map(str, told.value.problems)
    assert second == "f:2: relation 'interacts-with' has no sign here."
    assert len(first) < 360  # with a long file name before it, one line of the command line
    activates, inhibits = (part.rstrip(".").split(", ") for part in first.split(" are ")[1].split("; and "))
    for words, arrow in ((activates, "A -> B"), (inhibits, "A -| B")):
        assert all(arrows(sif.read(f"A {word} B\n", name="m", source="f")) == [arrow] for word in words)


def test_the_given_sif_files_are_read_or_refused_for_their_unsigned_relations(shared: Path):
    files = {file.name: file for file in (shared / "interop" / "graphs").glob("*.sif")}
    with pytest.raises(DataError, match="'phosphorylates'"):
        read_file(files.pop("newt_causative.sif"))
    assert all(read_file(file).edges for file in files.values())


# --- tables --------------------------------------------------------------------------------------------------------


def test_tables_of_edges_species_or_both_are_read():
    assert arrows(tables.read_csv("source,target,sign\nA,B,1\nB,C,-1\n", name="m", source="f")) == ["A -> B", "B -| C"]
    values = tables.read_csv("\ufeff".strip("\ufeff") + "node,value\nA,1\nB,0\n", name="m", source="f")
    assert {key: species.initial for key, species in values.species.items()} == {"A": 1, "B": 0}
    both = "table,id,rule,source,effect,target\nspecies,A,not B,,,\nspecies,B,,,,\nedge,,,B,inhibits,A\n"
    pathway = tables.read_csv(both, name="m", source="f")
    assert (rule(pathway, "A"), pathway.edges[0].effect) == ("not B", Effect.inhibits)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("node,value\n", "no row"),
        ("nod,valu\nA,1\n", "did you mean node, value"),
        ("node,value\nA,1\nA,0\n", "f:3:1: A stands twice"),
        ("node,value\nA,high\n", "f:2:3: value 'high'"),
        ("node,value\n1-Sep,1\n", "SEPT1"),
        ("node,value\nA,1,2\n", "f:2:5: has 1 cell more"),
        ('node,value\n"' + "x" * 150_000 + '",1\n', "field limit"),
        ("id,rule\nA,B and\nC,\n", "f:2:5: rule of A"),
        ("id,rule\nA,NOPE\n", "no species 'NOPE'"),
        ('id,note,rule\nA,"a, note",A and (B\n', "f:2:19: rule of A: this .* is never closed"),
        ("id,rule\nA,A and\nA,B\n", "f:2:5: rule of A"),  # the second A hides none of the first
        ("source,effect,target\nA,binds,B\n", "f:2:3: effect 'binds'"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(content: str, what: str):
    with pytest.raises(DataError, match=what):
        tables.read_csv(content, name="m", source="f")
