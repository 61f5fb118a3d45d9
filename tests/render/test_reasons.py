"""What is told of reasons and of flips, where a network cycles or nothing is found."""

from __future__ import annotations

import re

import pytest

from her2cli.cli._options import ScenarioOptions
from her2cli.cli._scenario import asked
from her2cli.cli.app import run
from her2cli.loading import load, load_text
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions.reasons import Contrary, Explanation, Reason, explain_scenario, usual_cell
from her2cli.logic.questions.responses import respond
from her2cli.model import Edge, Effect, Pathway, Rule, Scenario, Species, Speed
from her2cli.render.console import rendered
from her2cli.render.reasons import answered, explanation, explanation_data, value
from her2cli.render.responses import percent

pytestmark = pytest.mark.usefixtures("drawn_once")
RULES = {"X": "not X", "Y": "not Y", "P": "X or Y", "Q": "P and (X or I)", "R": "I or not I", "W": "X and I or X"}


def clocks(name: str) -> Explanation:
    """X and Y take turns. P is on through both, Q follows X unless I is on, R is always on; W, slow, reads X."""
    pathway = Pathway(
        name="clocks",
        species={
            each: Species(id=each, initial=int(each == "X"), speed=Speed.slow if each == "W" else Speed.fast)
            for each in (*RULES, "I")
        },
        rules={target: Rule(target=target, text=rule) for target, rule in RULES.items()},
        edges=(Edge(source="I", target="Q", effect=Effect.activates),),
    )
    return explain_scenario(pathway, Scenario(), name)


def told(result: Explanation) -> list[str]:
    """The lines below the scenario."""
    return rendered(explanation(result), width=100).splitlines()[3:]


def test_a_reason_that_changes_says_how_it_holds():
    assert told(clocks("P"))[:4] == [
        "P on, once the tumour has settled  what is below changes in a cycle, and holds it so all the time",
        "├─ X on 50% of the time",
        "│  X on 50% of the time  a loop that keeps changing: X <- X",
        "└─ Y on 50% of the time",
    ]
    assert (
        told(clocks("W"))[0] == "W off, once the tumour has settled  slow: its rule changes faster than it can follow"
    )


NOTHING = "Nothing that was tried: only I acts on it, and holding that at its other value does not."


def test_a_rule_that_is_always_on_is_said_to_be_and_what_was_tried_is_named():
    assert told(clocks("R")) == [
        "R on, once the tumour has settled  its rule is always on in this scenario",
        "",
        "What would flip it, of the inputs and of what the scenario gives",
        NOTHING,
        "",
        "What would flip it, holding any species",
        NOTHING,
    ]


def test_of_a_species_that_changes_it_is_told_what_would_keep_it_on_or_off():
    """Without Y, P is what X was a step before, and never on together with it."""
    assert told(clocks("Q"))[4:] == [
        "What would keep it on, of the inputs and of what the scenario gives",
        "  I on",
        "",
        "What would keep it off, of the inputs and of what the scenario gives",
        NOTHING,
        "",
        "What would keep it on, holding any species",
        "  X on",
        "  I on",
        "",
        "What would keep it off, holding any species",
        "  X off",
        "  Y off",
        "  P off",
    ]
    data = explanation_data(clocks("Q"))
    assert data["flips"] == {"given": None, "any": None}
    assert data["steady"]["on"]["given"]["sets"] == [{"I": 1}]
    assert [data["steady"]["off"][each]["sets"] for each in ("given", "any")] == [[], [{"X": 0}, {"Y": 0}, {"P": 0}]]
    assert explanation_data(clocks("P"))["steady"] is None


@pytest.mark.parametrize(("value", "wanted"), [(0, 1), (1, 0)])
def test_json_says_what_would_flip_a_species_whether_it_is_on_or_off(value: int, wanted: int):
    pathway = load_text(f"schema: 1\nspecies: {{I: {{initial: {value}}}, A: {{}}}}\nrules: {{A: I}}\n")
    data = explanation_data(explain_scenario(pathway, Scenario(), "A"))
    assert (data["value"], data["steady"]) == (value, None)
    assert data["flips"]["given"]["sets"] == [{"I": wanted}]


def test_where_nothing_else_acts_it_is_said_of_what():
    assert told(clocks("X"))[3:] == [
        "What would keep it on or off, of the inputs and of what the scenario gives",
        "None of these acts on it in this scenario.",
        "",
        "What would keep it on or off, holding any species",
        "Nothing but itself acts on it in this scenario.",
    ]


def test_what_acts_on_itself_alone_is_not_said_to_have_nothing_that_acts_on_it(capsys, tmp_path):
    """Below "a loop: A <- A" stood "nothing acts on it here"."""
    file = tmp_path / "m.bnet"
    file.write_text("targets,factors\nA, !A\n")
    assert run(["explain", "A", "-p", str(file), "--steps"]) == 0
    out = capsys.readouterr().out
    assert "a loop: A <- A" in out
    assert out.count("nothing but itself acts on it here.") == 2
    assert told(clocks("I"))[-1] == "Nothing acts on it in this scenario."


def test_what_was_not_searched_is_told():
    several = Contrary(value=1, sets=(), size=2, tried=("A", "B", "C"), unsearched=1200)
    none = Contrary(value=1, sets=(), size=0, tried=("A", "B"))
    reason = Reason(species="P", value=0, kind="input")
    result = Explanation(
        scenario=Scenario(),
        species="P",
        time="late",
        value=0,
        reason=reason,
        from_inputs=(several,),
        from_species=(none,),
    )
    assert told(result)[3:5] == [
        "No set of up to 2 among 3 species is known to: A, B, C.",
        "1,200 sets ran too long to be followed to their end.",
    ]
    assert told(result)[-1] == "Not searched: 2 species are too many."


def test_a_share_that_is_hardly_anything_is_not_rounded_to_nothing():
    assert [value(share).plain for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "off",
        "on less than 1% of the time",
        "on 50% of the time",
        "on more than 99% of the time",
        "on",
    ]


READOUTS = ("AKT", "FOXO3", "PROLIFERATION", "ANGIOGENESIS")
QUESTIONS = (
    ("-d", "lapatinib"),
    ("-d", "trastuzumab"),
    ("-d", "lapatinib", "-c", "HCC1954"),
    ("-d", "tucatinib", "-d", "trastuzumab", "-a", "ERBB2_amp", "-a", "PTEN_loss"),
    ("-d", "fulvestrant", "-a", "ESR1_on", "-l", "NRG1"),
)


@pytest.fixture(scope="module", params=QUESTIONS, ids=" ".join)
def screens(request, drawn_once) -> dict[str, tuple[Explanation, float, list[str]]]:
    """For each readout of a question about the literature's network: the tree, the share, and the lines as told."""
    pathway = load("erbb")
    with asked("erbb", ScenarioOptions(**options(request.param))) as found:
        scenario = found.scenario
    response = respond(pathway, scenario, readouts=READOUTS, sampling=Sampling(replicates=60))
    screens = {}
    for outcome in response.outcomes:
        name = outcome.readout
        alone = response._replace(outcomes=(outcome,))
        share = response.simulation.readouts[name].late
        cell = usual_cell(prepare(pathway, scenario), name, int(share >= 0.5), or_other=True)
        result = explain_scenario(pathway, scenario, name, cell=cell)
        contrary = ((name, "falls"),)
        screens[name] = (
            result,
            share,
            rendered(answered(result, pathway, alone, cell, contrary=contrary, width=80), width=80).splitlines(),
        )
    return screens


def options(words: tuple[str, ...]) -> dict[str, list[str] | str]:
    found: dict[str, list[str] | str] = {}
    for option, given in zip(words[::2], words[1::2], strict=True):
        if option == "-c":
            found["cell_line"] = given
        else:
            name = {"-d": "drug", "-a": "alteration", "-l": "ligand"}[option]
            found[name] = [*found.get(name, ()), given]
    return found


def test_an_answer_fits_a_screen_together_with_what_the_article_says(screens):
    """Twenty questions, each with a line on the article; the tree has what is left, and uses it."""
    assert len(screens) == len(READOUTS)
    for _, _, lines in screens.values():
        assert len(lines) <= 24, lines
        assert any("The article's pathway says the contrary" in line for line in lines)
        assert all(len(line) <= 80 for line in lines)
        if cut := [line for line in lines if re.fullmatch(r"  and \d+ more lines?: -v", line)]:
            assert len(lines) >= 22, (cut, lines)


def test_the_tree_says_of_which_cells_it_is(screens):
    """Its root is as it says of so many cells, or it is called that of one cell where the network cycles."""
    for name, (result, share, lines) in screens.items():
        told = " ".join(line.strip() for line in lines)
        (headline,) = re.findall(rf"{name} is on in (\S+) of cells", told)
        assert headline == percent(share)
        why = re.search(r"Why it is (on|off) in (\S+) (?:of )?cells, in the usual one", told)
        if why is None:
            assert re.search(r"(Above, all cells|goes on and off in turn \(a loop\))\. Below, (one|a) cell", told)
            turns = f"{name} goes on and off in turn"
            state = rf"in which it (is|stays) {'on' if result.value else 'off'}:"
            assert re.search(turns if 0 < result.value < 1 else state, told)
            continue
        assert result.value == (why[1] == "on")
        of = share if result.value else 1 - share
        assert why[2] == ("all" if of == 1 else percent(of))
        assert of > 0


def test_what_would_flip_one_cell_that_is_followed_is_not_told_as_of_all(screens):
    for _, _, lines in screens.values():
        told = " ".join(line.strip() for line in lines)
        flips = re.findall(r"(In that cell, what|In the usual cell, what|What) would .*?: ", told)
        assert flips
        for flip in flips:
            assert flip != "What"
            assert flip.startswith("In that cell") == bool(re.search("Below, (one|a) cell", told))


def test_a_cell_that_is_without_the_drug_what_most_are_not_tells_nothing_of_what_keeps_it_so(capfd, monkeypatch):
    """ERK, on in most cells, falls under sotorasib; of one in which it never was "sotorasib off" kept it off."""
    monkeypatch.setenv("COLUMNS", "100")
    assert run(["explain", "ERK", "-a", "RAS_mut", "-d", "sotorasib"]) == 0
    out = " ".join(capfd.readouterr().out.split())
    (before,) = re.findall(r"late \((\d+%) before\): it falls", out)
    assert "sotorasib off" not in out
    assert f"What would keep it off: not told here, for without sotorasib that cell has it off, and {before} of" in out
    assert "In that cell, what would keep it on: RAS on;" in out
    assert run(["explain", "ERK", "-a", "RAS_mut", "-d", "sotorasib", "-v"]) == 0
    assert capfd.readouterr().out.count(", in that cell") == 4


def test_the_kind_of_cell_is_told_by_what_cells_are_and_not_by_what_they_were_given():
    """S is on in three of four cells; D, in half of them, keeps A off."""
    pathway = load_text(
        "schema: 1\nspecies: {S: {share: 0.75}, A: {initial: 1}}\nrules: {A: S}\n"
        "drugs: {D: {edges: [{target: A, effect: inhibits}]}}\n"
    )
    scenario = Scenario(drugs=(("D", 0.5),))
    cell = usual_cell(prepare(pathway, scenario), "A", 1, or_other=True)
    result = explain_scenario(pathway, scenario, "A", cell=cell)
    response = respond(pathway, scenario, readouts=("A",), sampling=Sampling(replicates=60))
    lines = rendered(answered(result, pathway, response, cell, width=100), width=100).splitlines()
    (why,) = [line for line in lines if line.startswith("Why it is")]
    assert why.endswith("in the usual one of them (S on):")


def test_of_two_ways_in_which_a_drug_acts_the_one_in_most_cells_is_told(capfd, monkeypatch):
    """In the article's pathway, which has no inhibitory Fc receptor, nothing keeps ADCC from any cell."""
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["explain", "CELL_DEATH", "-d", "trastuzumab", "-p", "article", "--replicates", "40"]) == 0
    out = capfd.readouterr().out
    assert "on in 100% of cells" in out
    assert "trastuzumab on (drug)  -> ADCC" in out
    assert "% of cells)" not in out
