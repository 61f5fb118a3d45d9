"""Which nodes of a graph lie on loops together. Walks on a pathway and the ends of a network both stand on this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def components(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The strongly connected components of *graph*, each after those that it leads to.

    *graph* has for each node those that it leads to; what is no node of its own is passed over. Tarjan 1972
    (doi:10.1137/0201010), without recursion, since chains may be long: time and memory grow with nodes and edges.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    done: set[str] = set()
    found: list[list[str]] = []
    for start in graph:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        open_.append(start)
        walk = [(start, iter(graph[start]))]
        while walk:
            name, rest = walk[-1]
            lowest = low[name]
            for other in rest:
                if other not in index:
                    if other in graph:
                        index[other] = low[other] = len(index)
                        open_.append(other)
                        low[name] = lowest
                        walk.append((other, iter(graph[other])))
                        break
                elif other not in done and index[other] < lowest:
                    lowest = index[other]
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], lowest)
                if lowest == index[name]:
                    part = [open_.pop()]
                    while part[-1] != name:
                        part.append(open_.pop())
                    done.update(part)
                    found.append(part)
    return found
