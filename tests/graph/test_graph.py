"""Traces and paths on letter networks, against plain definitions and brute force."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli import graph
from her2cli.errors import ScenarioError, UnknownName
from her2cli.model import Alteration, Drug, Edge, Effect, Pathway, Species


def pathway(*arrows: str, drugs: dict[str, Drug] | None = None, alterations: dict[str, Alteration] | None = None):
    """A pathway of letters from arrows such as `A>B` (activates) and `A|B` (inhibits)."""
    edges = []
    for arrow in arrows:
        effect = Effect.activates if ">" in arrow else Effect.inhibits
        source, target = arrow.replace("|", ">").split(">")
        edges.append(Edge(source=source, target=target, effect=effect))
    names = dict.fromkeys(name for edge in edges for name in (edge.source, edge.target))
    return Pathway(
        name="letters",
        species={name: Species(id=name) for name in names},
        edges=tuple(edges),
        drugs=drugs or {},
        alterations=alterations or {},
    )


def told(result: graph.Trace) -> list[str]:
    """The steps as text: depth, edge, and the mark of a species that is printed elsewhere."""
    return [f"{s.depth} {s.edge.source}{s.edge.effect.arrow}{s.edge.target} {s.again}".strip() for s in result.steps]


def test_a_trace_goes_nearest_first_and_keeps_the_order_of_the_file():
    assert told(graph.trace(pathway("A>B", "A>C", "B>D", "C|E"), "A")) == ["1 A->B", "2 B->D", "1 A->C", "2 C-|E"]


def test_a_species_met_twice_is_printed_once_and_referred_to():
    assert told(graph.trace(pathway("A>B", "A>C", "B>D", "C>D", "D>E"), "A")) == [
        "1 A->B",
        "2 B->D",
        "3 D->E",
        "1 A->C",
        "2 C->D see",
    ]


def test_a_loop_is_named_where_it_closes():
    assert told(graph.trace(pathway("A>B", "B>C", "C>A"), "A")) == ["1 A->B", "2 B->C", "3 C->A loop"]


def test_a_loop_between_siblings_is_named_too():
    assert "2 C->B loop" in told(graph.trace(pathway("A>B", "A>C", "B>C", "C>B"), "A"))


def test_a_species_that_acts_on_itself_is_a_loop():
    assert told(graph.trace(pathway("A>A"), "A")) == ["1 A->A loop"]


def test_depth_says_what_it_leaves_out():
    result = graph.trace(pathway("A>B", "B>C", "B>D"), "A", depth=1)
    assert told(result) == ["1 A->B"]
    assert result.note == "2 edges lead on beyond depth 1."


def test_what_depth_leaves_out_is_counted_over_all_species_at_its_end():
    arrows = ("A>B", "A>C", "B>D", "C>E", "C>F")
    assert graph.trace(pathway(*arrows), "A", depth=1).note == "3 edges lead on beyond depth 1."
    assert graph.trace(pathway(*arrows[:3]), "A", depth=1).note == "1 edge leads on beyond depth 1."


def test_the_steps_of_a_path_are_numbered_from_its_start():
    steps = graph.trace(pathway("A>B", "B>C", "A>X"), "A", to="C").steps
    assert [(step.depth, step.edge.target) for step in steps] == [(1, "B"), (2, "C")]


def test_nothing_leads_to_what_is_given_from_outside():
    network = pathway("A>B", drugs=inhibitor(off("B")), alterations={"mut": Alteration(id="mut", edges=())})
    for name, kind in ((next(iter(network.drugs)), "a drug"), ("mut", "an alteration")):
        with pytest.raises(ScenarioError, match=f"it is {kind}, which starts from outside"):
            graph.trace(network, name, upstream=True)


def test_upstream_walks_against_the_arrows():
    assert told(graph.trace(pathway("A>B", "B>C", "X|C"), "C", upstream=True)) == ["1 B->C", "2 A->B", "1 X-|C"]


def test_a_chain_of_ten_thousand_is_followed_without_recursion():
    chain = pathway(*(f"N{i}>N{i + 1}" for i in range(10_000)))
    assert len(graph.trace(chain, "N0").steps) == 10_000
    assert len(graph.trace(chain, "N0", to="N10000").paths[0]) == 10_001


def inhibitor(*edges: Edge) -> dict[str, Drug]:
    return {"drug": Drug(id="drug", edges=edges)}


def off(target: str, **fields) -> Edge:
    return Edge(source="drug", target=target, effect=Effect.inhibits, **fields)


def test_a_drug_cuts_a_species_and_all_that_hangs_on_it_alone():
    result = graph.trace(pathway("A>B", "B>C", "A>D", "D>C", "B>E", drugs=inhibitor(off("B"))), "A", drug="drug")
    assert result.cut is not None
    assert result.cut.lost == ("B", "E")
    assert [step.edge.target for step in result.steps if step.cut] == ["B"]


def test_a_drug_that_blocks_one_edge_spares_the_others():
    result = graph.trace(pathway("A>B", "A>C", "C>B", drugs=inhibitor(off("B", blocks=("A", "B")))), "A", drug="drug")
    assert result.cut is not None
    assert result.cut.lost == ()
    assert [(s.edge.source, s.edge.target) for s in result.steps if s.cut] == [("A", "B")]


def test_a_blocked_edge_from_elsewhere_is_told_and_cuts_nothing():
    away = off("B", blocks=("C", "B"))
    result = graph.trace(pathway("A>B", "C>B", drugs=inhibitor(away, off("B", blocks=("D", "B")))), "A", drug="drug")
    assert result.cut is not None
    assert (result.cut.actions, result.cut.beside, result.cut.lost) == ((), (away,), ())


def test_an_action_that_an_alteration_prevents_is_named_and_does_not_cut():
    drugs = inhibitor(off("B", unless=("masked",)))
    masked = {"masked": Alteration(id="masked")}
    result = graph.trace(pathway("A>B", drugs=drugs, alterations=masked), "A", drug="drug", alterations=["masked"])
    assert result.cut is not None
    assert result.cut.lost == ()
    assert [obstacle for _, obstacle in result.cut.idle] == ["masked"]


def test_an_action_waits_for_an_alteration_that_it_requires_and_takes_a_species_for_granted():
    first, second = off("B", requires=("opened",)), off("C", requires=("A",))
    letters = pathway("A>B", "A>C", drugs=inhibitor(first, second), alterations={"opened": Alteration(id="opened")})
    without = graph.trace(letters, "A", drug="drug").cut
    assert without is not None
    assert (without.idle, without.actions, without.lost) == (((first, "opened"),), (second,), ("C",))
    opened = graph.trace(letters, "A", drug="drug", alterations=["opened"]).cut
    assert opened is not None
    assert (opened.idle, opened.actions, opened.lost) == ((), (first, second), ("B", "C"))


def test_a_drug_on_the_start_itself_leaves_nothing():
    result = graph.trace(pathway("A>B", "B>C", drugs=inhibitor(off("A"))), "A", drug="drug")
    assert result.cut is not None
    assert result.cut.lost == ("A", "B", "C")


def test_what_a_drug_activates_is_told_apart_from_what_it_inhibits_elsewhere():
    helps = Edge(source="drug", target="C", effect=Effect.activates)
    result = graph.trace(pathway("A>B", "C>D", drugs=inhibitor(off("D"), helps)), "A", drug="drug")
    assert result.cut is not None
    assert (result.cut.actions, result.cut.adds, result.cut.lost) == ((), (helps,), ())


def test_a_trace_may_begin_at_a_drug():
    result = graph.trace(pathway("A>B", "B>C", drugs=inhibitor(off("B"))), "drug")
    assert result.kind == "drug"
    assert told(result) == ["1 drug-|B", "2 B->C"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"start": "drug", "upstream": True}, "starts from outside"),
        ({"start": "A", "upstream": True, "drug": "drug"}, "leave out --upstream"),
    ],
)
def test_options_that_exclude_each_other_are_refused(options, message):
    with pytest.raises(ScenarioError, match=message):
        graph.trace(pathway("A>B", drugs=inhibitor(off("B"))), **options)


def test_a_name_that_nothing_answers_to_is_refused():
    with pytest.raises(UnknownName):
        graph.trace(pathway("A>B"), "NOPE")
    with pytest.raises(UnknownName):
        graph.trace(pathway("A>B"), "A", to="NOPE")


# --- paths -----------------------------------------------------------------------------------------------------------

ARROWS = st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDE")), max_size=14, unique=True)


@given(ARROWS)
def test_paths_are_all_simple_paths_shortest_first(arrows):
    network = pathway("A>A", "E>E", *(f"{source}>{target}" for source, target in arrows))
    found = list(graph.paths(network, "A", "E"))
    present = {(edge.source, edge.target) for edge in network.edges}
    expected = {
        ("A", *middle, "E")
        for size in range(4)
        for middle in permutations("BCD", size)
        if all(step in present for step in pairwise(("A", *middle, "E")))
    }
    assert set(found) == expected
    assert len(found) == len(expected)
    assert [len(path) for path in found] == sorted(len(path) for path in found)


@given(ARROWS, st.sampled_from("ABCDE"), st.sampled_from("ABCDE"), st.integers(1, 5))
def test_the_longest_path_allowed_leaves_out_longer_ones_alone(arrows, first, goal, longest):
    network = pathway("A>A", "B>B", "C>C", "D>D", "E>E", *(f"{source}>{target}" for source, target in arrows))
    every = list(graph.paths(network, first, goal))
    short = list(graph.paths(network, first, goal, longest=longest))
    assert short == [path for path in every if len(path) <= longest + 1]


def test_paths_from_a_species_to_itself_are_its_loops():
    assert graph.trace(pathway("A>B", "B>A", "A>C"), "A", to="A").paths == (("A", "B", "A"),)


def test_a_ladder_with_ten_to_the_sixteen_paths_answers_at_once():
    rungs = [f"{a}{i}>{b}{i + 1}" for i in range(54) for a in "LR" for b in "LR"]
    result = graph.trace(pathway(*rungs), "L0", to="R54")
    assert len(result.paths) == graph.LIMIT
    assert result.note == "The 20 shortest paths; there are more (--limit N)."


def test_streamed_paths_are_the_same_where_little_is_remembered_and_memory_stays_small(monkeypatch):
    complete = pathway(*(f"N{i}>N{j}" for i in range(7) for j in range(7) if i != j))
    every = list(graph.paths(complete, "N0", "N1"))
    monkeypatch.setattr(graph._Search, "REMEMBERED", 30)
    assert list(graph.paths(complete, "N0", "N1")) == every
    search = graph._Search(graph._Walk(complete, "species", "N0"), "N1", None)
    for length in range(1, 7):
        assert not search.is_over(length)
        for _ in search.of_length(length):
            assert sum(map(len, search.tails.values())) <= 30


def test_a_complete_graph_is_searched_with_a_stated_limit():
    complete = pathway(*(f"N{i}>N{j}" for i in range(30) for j in range(30) if i != j))
    assert [len(path) for path in graph.trace(complete, "N0", to="N1", limit=3).paths] == [2, 3, 3]


def test_a_hopeless_search_ends_and_says_so(monkeypatch):
    monkeypatch.setattr(graph, "EFFORT", 1000)
    # From every node of the clique T is two edges away, but only through M, which a path may not meet again.
    arrows = [f"N{i}>N{j}" for i in range(12) for j in range(12) if i != j] + ["S>M", "M>N0", "M>T"]
    arrows += [f"N{i}>M" for i in range(12)]
    result = graph.trace(pathway(*arrows), "S", to="T")
    assert result.paths == (("S", "M", "T"),)
    assert "after 1,000 moves" in result.note


def test_no_path_is_said_in_words():
    assert graph.trace(pathway("A>B", "C>B"), "A", to="C").note == "No path leads from A to C."
    assert graph.trace(pathway("A>B", "B>C"), "A", to="C", depth=1).note == "No path leads from A to C within 1 edge."


def test_that_longer_paths_are_left_out_is_said():
    both = pathway("A>C", "A>B", "B>C")
    short = graph.trace(both, "A", to="C", depth=1)
    assert short.paths == (("A", "C"),)
    assert short.note == "Paths of more than 1 edge are left out (--depth N)."
    assert graph.trace(both, "A", to="C").note == ""


def test_where_only_the_other_direction_has_a_path_it_is_suggested():
    chain = pathway("A>B", "B>C")
    upstream = graph.trace(chain, "A", to="C", upstream=True)
    assert upstream.note == "No path leads from C to A. A leads to C: leave out --upstream."
    assert graph.trace(chain, "C", to="A").note == "No path leads from C to A. A leads to C: add --upstream."
    assert graph.trace(chain, "A", to="A").note == "No loop leads from A back to itself."


def test_equally_good_paths_that_carry_a_signal_stand_in_the_order_of_the_file():
    network = pathway("A>C", "A>B", "C>D", "B>D")
    carrying = [("A", "B"), ("B", "D"), ("A", "C"), ("C", "D")]
    for pairs in (carrying, carrying[::-1]):
        assert graph.trace(network, "A", to="D", carrying=pairs).paths == (("A", "C", "D"), ("A", "B", "D"))


def test_paths_upstream_are_told_in_the_direction_of_the_arrows():
    assert graph.trace(pathway("A>B", "B>C"), "C", to="A", upstream=True).paths == (("A", "B", "C"),)


def test_the_whole_cascade_from_her2_to_angiogenesis_is_traced():
    import her2cli

    steps = graph.trace(her2cli.load(), "HER2").steps
    assert {step for each in steps for step in each.edge.step} == set(range(1, 15))
    assert "ANGIOGENESIS" in {each.edge.target for each in steps}
