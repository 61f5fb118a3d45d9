"""What another pathway, such as the article's, says to the contrary of an answer."""

from __future__ import annotations

import pytest

from her2cli.loading import load_text
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.questions.responses import respond
from her2cli.model import Pathway, Scenario
from her2cli.studies.article import contrary, contrary_rows, contrary_screen
from her2cli.studies.matrix import matrix
from her2cli.studies.screen import screen

UNTREATED, TREATED = Scenario(name="none"), Scenario(name="D", drugs=(("D", 1.0),))
FEW = Sampling(replicates=20)


def pathway(rule: str, effect: str) -> Pathway:
    """R by *rule* of L, which is on; and a drug D on R."""
    return load_text(
        f"schema: 1\nspecies: {{L: {{initial: 1}}, R: {{}}}}\nrules: {{R: {rule}}}\nreadouts: [R]\n"
        f"drugs: {{D: {{edges: [{{target: R, effect: {effect}}}]}}}}\n"
    )


RISES, FALLS, STAYS = pathway("not L", "activates"), pathway("L", "inhibits"), pathway("L", "activates")


@pytest.mark.parametrize(
    ("article", "ours", "words"),
    [
        (FALLS, RISES, ("falls", "less")),
        (RISES, FALLS, ("rises", "more")),
        (STAYS, RISES, ("stays", "alike")),
        (RISES, STAYS, ("rises", "more")),
        (RISES, RISES, None),
        (STAYS, STAYS, None),
    ],
)
def test_what_goes_the_other_way_or_goes_where_the_other_stays_is_a_contrary(article, ours, words):
    response = respond(ours, TREATED, sampling=FEW)
    assert contrary(article, response) == ((("R", words[0]),) if words else ())
    rows = matrix(ours, [UNTREATED, TREATED], sampling=FEW)
    assert contrary_rows(article, rows) == ((("D", "R", words[1]),) if words else ())


def test_a_row_of_a_screen_is_called_as_it_is_shown():
    found = screen(RISES, Scenario(), ["drugs", "activations=L"], sampling=FEW)
    told = contrary_screen(FALLS, found, range(len(found)))
    assert set(told) == {("D x none", "R", "less"), ("D x L=1", "R", "less")}


def test_a_difference_of_less_than_half_of_the_cells_is_no_contrary_of_rows():
    some = Scenario(name="D in some", drugs=(("D", 0.3),))
    most = Scenario(name="D in most", drugs=(("D", 0.8),))
    for scenario, words in ((some, ()), (most, (("D in most", "R", "alike"),))):
        rows = matrix(RISES, [UNTREATED, scenario], sampling=Sampling(replicates=200))
        assert contrary_rows(STAYS, rows) == words
