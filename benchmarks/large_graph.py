"""Large graphs against networkx and rustworkx: read, follow, find paths. Run on purpose, never in CI.

    python benchmarks/large_graph.py [GRAPH.tsv]

The graph is OmniPath's signed network as CARNIVAL uses it (19,807 edges), by default in ../shared. Whole processes:
each program reads the same file, checks the same columns and prints the same lines, which is looked at.

All simple paths of up to 7 edges are searched in random scale-free graphs of 10,000 edges, each library with its graph
in memory; whether all find as many is looked at, too. All figures are processor time.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
GRAPH = ROOT.parent / "shared" / "interop" / "graphs" / "omnipath_carnival.tsv"
INSTALLED = Path(sys.executable).with_name("her2")
HER2 = [str(INSTALLED)] if INSTALLED.exists() else [sys.executable, "-m", "her2cli"]
ROUNDS = 15
WIDE = {**os.environ, "COLUMNS": "400"}  # so that no program has to break a line
LONGEST = 7
PAIRS = 5
ENOUGH = 0.1  # seconds of a search that are measured at least
PATIENCE = 20  # seconds after which a search is given up

READ = """
import sys
with open(sys.argv[1], encoding="utf-8") as stream:
    header, *rows = [line.split("\\t") for line in stream.read().splitlines()]
if header != ["source", "interaction", "target"]:
    sys.exit(f"{sys.argv[1]}:1: columns {header}")
for number, row in enumerate(rows, start=2):
    if len(row) != 3 or row[1] not in ("1", "-1") or not row[0] or not row[2]:
        sys.exit(f"{sys.argv[1]}:{number}: source, 1 or -1 and target are expected")
ARROWS = {"1": "->", "-1": "-|"}
ENDING = "\\nNo evidence is given for these steps.\\n\\n-> activates   -| inhibits"
"""
NETWORKX = f"""
import networkx as nx
{READ}
start, goal = "EGFR", "MYC"
name = str
"""
EVERY_EDGE = """
graph = nx.MultiDiGraph()
graph.add_edges_from((source, target, line, {"sign": sign}) for line, (source, sign, target) in enumerate(rows))
def onward(node):
    edges = graph.out_edges(node, keys=True, data="sign")
    return [(other, sign) for _, other, _, sign in sorted(edges, key=lambda edge: edge[2])]
def components(pairs):
    groups = nx.strongly_connected_components(nx.DiGraph(pairs))
    return {node: number for number, group in enumerate(groups) for node in group}
"""
EVERY_PAIR = """
signs = {}
for source, sign, target in rows:
    signs.setdefault((source, target), sign)
graph = nx.DiGraph(signs.keys())
def simple_paths(longest):
    return nx.all_simple_paths(graph, start, goal, cutoff=longest)
def sign(source, target):
    return signs[source, target]
"""
RUSTWORKX = f"""
import rustworkx as rx
{READ}
names = list(dict.fromkeys(name for source, _, target in rows for name in (source, target)))
graph = rx.PyDiGraph()
ids = dict(zip(names, graph.add_nodes_from(names)))
# Its neighbours come newest edge first, so that the order of the file takes the last row first.
graph.add_edges_from([(ids[source], ids[target], sign) for source, sign, target in reversed(rows)])
start, goal = ids["EGFR"], ids["MYC"]
name = names.__getitem__
def onward(node):
    return [(other, sign) for _, other, sign in graph.out_edges(node)]
def components(pairs):
    part = rx.PyDiGraph()
    part.extend_from_edge_list(pairs)
    return {{node: number for number, group in enumerate(rx.strongly_connected_components(part)) for node in group}}
def simple_paths(longest):
    return rx.all_simple_paths(graph, start, goal, cutoff=longest + 1)
def sign(source, target):
    return graph.get_edge_data(source, target)
"""
FOLLOW = """
level, opened, queue, beyond = {start: 0}, {}, [start], 0
for node in queue:
    edges = onward(node)
    if level[node] == 4:
        beyond += len(edges)
        continue
    opened[node] = branches = []
    for other, sign in edges:
        first = other not in level
        if first:
            level[other] = level[node] + 1
            queue.append(other)
        branches.append((other, sign, first))
rank = {node: number for number, node in enumerate(queue)}
loops = components([(node, other) for node, branches in opened.items() for other, _, _ in branches])
lines, printed, stack = [name(start)], {start}, []
def open_below(node, guides):
    branches = opened.get(node, ())
    if len(branches) == 1 and guides:
        stack.append((node, branches[0], guides, guides))
        return
    last = len(branches) - 1
    for place in range(last, -1, -1):
        end = place == last
        stack.append((node, branches[place], guides + ("└─ " if end else "├─ "), guides + ("   " if end else "│  ")))
open_below(start, "")
while stack:
    node, (other, sign, first), joint, guides = stack.pop()
    line = f"{joint}{ARROWS[sign]} {name(other)}"
    if first:
        printed.add(other)
        open_below(other, guides)
    elif rank[other] <= rank[node] and loops[other] == loops[node]:
        line += f"  loop back to {name(other)}"
    else:
        line += "  see above" if other in printed else "  see below"
    lines.append(line)
print("\\n".join(lines))
print(f"\\n{beyond} edges lead on beyond depth 4.\\n{ENDING}")
"""
# Neither library has the shortest paths in the order of the file: all that are short enough, sorted.
PATHS = """
from itertools import count, pairwise
for longest in count(1):
    paths = sorted(simple_paths(longest), key=len)
    if len(paths) > 20:
        break
print("20 paths from EGFR to MYC")
steps = {}
for number, path in enumerate(paths[:20], start=1):
    told = name(path[0])
    for pair in pairwise(path):
        steps[pair] = f"{ARROWS[sign(*pair)]} {name(pair[1])}"
        told += f" {steps[pair]}"
    print(f"{number:>3}. {told}")
print("\\nStep by step")
for (source, _), step in steps.items():
    print(f"{name(source)} {step}")
print(f"\\nThe 20 shortest paths; there are more (--limit N).\\n{ENDING}")
"""
QUERIES = {
    "trace EGFR --depth 4": (NETWORKX + EVERY_EDGE + FOLLOW, RUSTWORKX + FOLLOW),
    "trace EGFR --to MYC": (NETWORKX + EVERY_PAIR + PATHS, RUSTWORKX + PATHS),
}


def main() -> None:
    """Print processor time, and the ratio of her2 to each of the others."""
    graph = Path(sys.argv[1]) if len(sys.argv) > 1 else GRAPH
    for query, (with_networkx, with_rustworkx) in QUERIES.items():
        lines = {
            "her2": [*HER2, *query.split(), "--pathway", str(graph)],
            "networkx": [sys.executable, "-c", with_networkx, str(graph)],
            "rustworkx": [sys.executable, "-c", with_rustworkx, str(graph)],
        }
        whole_processes(query, lines)
    for name, grown in {"preferential attachment": attached, "directed scale-free (Bollobás)": bollobas}.items():
        for seed in (1, 2, 3):
            searches(f"{name}, {seed}", grown(random.Random(seed)), random.Random(seed))


def whole_processes(title: str, lines: dict[str, list[str]]) -> None:
    """Each program in turn, round after round; the best of each, imports included."""
    rounds = [{name: measured(line) for name, line in lines.items()} for _ in range(ROUNDS)]
    best = {name: min(each[name][0] for each in rounds) for name in lines}
    expected = rounds[0]["her2"][1]
    print(f"\n{title}: {len(expected.splitlines()):,} lines, whole process")
    for name, seconds in best.items():
        same = "same lines" if all(each[name][1] == expected for each in rounds) else "DIFFERENT LINES"
        ratio = f"her2 takes {best['her2'] / seconds:.2f} of its time" if name != "her2" else ""
        print(f"  {name:10} {seconds:7.3f} s  {same:15}  {ratio}")


def measured(line: list[str]) -> tuple[float, str]:
    """Processor seconds of a process, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = subprocess.run(line, cwd=ROOT, env=WIDE, capture_output=True, check=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, found


def searches(title: str, pairs: list[tuple[str, str]], chance: random.Random) -> None:
    """All simple paths between some pairs of nodes that have one: the median time of each library."""
    libraries = {"her2": in_her2(pairs), "rustworkx": in_rustworkx(pairs), "networkx": in_networkx(pairs)}
    times: dict[str, list[float]] = {name: [] for name in libraries}
    counts = []
    for ends in connected(pairs, libraries["her2"], chance):
        found = {name: timed(partial(count, *ends)) for name, count in libraries.items()}
        counts.append(found["her2"][1])
        agree = all(number in (counts[-1], None) for _, number in found.values())
        assert agree, f"{title}, {ends}: {found}"
        for name, (seconds, _) in found.items():
            times[name].append(seconds)
    print(f"\nall simple paths of up to {LONGEST} edges, {title}: {', '.join(f'{n:,}' for n in counts)} paths")
    own = times["her2"]
    for name, taken in times.items():
        median = statistics.median(taken)
        text = f"{median * 1000:9.1f} ms" if median < PATIENCE else f"over {PATIENCE} s"
        times_as_long = statistics.median(other / mine for other, mine in zip(taken, own, strict=True))
        print(f"  {name:10} {text:>12}  {f'{times_as_long:.1f} times as long' if name != 'her2' else ''}")


def timed(count: Callable[[], int]) -> tuple[float, int | None]:
    """Processor seconds, of several runs where it takes little, and the number of paths; none if it is given up."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    start, runs, taken = time.process_time(), 0, 0.0
    try:
        while taken < ENOUGH:
            number = count()
            runs, taken = runs + 1, time.process_time() - start
        return taken / runs, number
    except TimeoutError:
        return float(PATIENCE), None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def connected(
    pairs: list[tuple[str, str]], count: Callable[[str, str], int], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """Some random pairs of nodes with a path between them."""
    names = sorted({name for pair in pairs for name in pair})
    found = 0
    while found < PAIRS:
        ends = tuple(chance.sample(names, 2))
        if count(*ends):
            found += 1
            yield ends[0], ends[1]


def in_her2(pairs: list[tuple[str, str]]) -> Callable[[str, str], int]:
    """A function that counts the paths between two nodes."""
    from her2cli import graph
    from her2cli.formats.tables import read_tsv

    text = "".join(f"{source}\t1\t{target}\n" for source, target in pairs)
    pathway = read_tsv(f"source\tsign\ttarget\n{text}", name="random", source="random.tsv")
    return lambda start, goal: sum(1 for _ in graph.paths(pathway, start, goal, longest=LONGEST))


def in_rustworkx(pairs: list[tuple[str, str]]) -> Callable[[str, str], int]:
    """The same with rustworkx."""
    import rustworkx

    graph: Any = rustworkx.PyDiGraph(multigraph=False)
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    ids = dict(zip(names, graph.add_nodes_from(names), strict=True))
    graph.add_edges_from_no_data([(ids[source], ids[target]) for source, target in pairs])
    return lambda start, goal: len(rustworkx.all_simple_paths(graph, ids[start], ids[goal], cutoff=LONGEST + 1))


def in_networkx(pairs: list[tuple[str, str]]) -> Callable[[str, str], int]:
    """The same with networkx."""
    import networkx

    graph: Any = networkx.DiGraph(pairs)
    return lambda start, goal: sum(1 for _ in networkx.all_simple_paths(graph, start, goal, cutoff=LONGEST))


def attached(chance: random.Random, edges: int = 10_000) -> list[tuple[str, str]]:
    """A graph grown by preferential attachment, five edges a node, in either direction."""
    ends = ["n0", "n1"]
    found = {("n0", "n1"): None}
    number = 2
    while len(found) < edges:
        for other in sorted({chance.choice(ends) for _ in range(5)}):
            pair = (f"n{number}", other) if chance.random() < 0.5 else (other, f"n{number}")
            found[pair] = None
            ends += pair
        number += 1
    return list(found)


def bollobas(chance: random.Random, edges: int = 10_000) -> list[tuple[str, str]]:
    """The directed scale-free graph of Bollobás and others (2003), with the parameters of networkx, made simple."""
    pairs = [("n0", "n1"), ("n1", "n2"), ("n2", "n0")]
    number = 3

    def popular() -> str:
        anyone = 0.2 * number
        if chance.random() * (anyone + len(pairs)) < anyone:
            return f"n{chance.randrange(number)}"
        return chance.choice(pairs)[1]

    found = dict.fromkeys(pairs)
    while len(found) < edges:
        kind = chance.random()
        if kind < 0.41:
            pair = (f"n{number}", popular())
        elif kind < 0.95:
            pair = (chance.choice(pairs)[0], popular())
        else:
            pair = (chance.choice(pairs)[0], f"n{number}")
        number += not 0.41 <= kind < 0.95
        pairs.append(pair)
        if pair[0] != pair[1]:
            found[pair] = None
    return list(found)


if __name__ == "__main__":
    main()
