"""Strongly connected components, against networkx."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from her2cli.loops import components

NODES = "abcdefg"
graphs = st.dictionaries(st.sampled_from(NODES), st.lists(st.sampled_from(NODES + "xy"), unique=True))


@given(graphs)
def test_components_are_those_of_networkx_whatever_leads_out_of_the_graph(graph: dict[str, list[str]]) -> None:
    import networkx  # every worker would import it to collect

    peer = networkx.DiGraph()
    peer.add_nodes_from(graph)
    peer.add_edges_from((name, other) for name, others in graph.items() for other in others if other in graph)
    assert sorted(map(sorted, components(graph))) == sorted(map(sorted, networkx.strongly_connected_components(peer)))


@given(graphs)
def test_each_component_comes_after_those_that_it_leads_to(graph: dict[str, list[str]]) -> None:
    place = {name: number for number, part in enumerate(components(graph)) for name in part}
    assert all(place[other] <= place[name] for name, others in graph.items() for other in others if other in graph)


def test_a_chain_of_twenty_thousand_does_not_recurse() -> None:
    chain = {str(number): [str((number + 1) % 20_000)] for number in range(20_000)}
    assert [len(part) for part in components(chain)] == [20_000]
