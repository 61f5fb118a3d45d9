"""Large graphs, whole process against networkx and rustworkx: read, follow, find paths. Run on purpose, never in CI.

    python benchmarks/large_graph.py [GRAPH.tsv]

The graph is OmniPath's signed network as CARNIVAL uses it (19,807 edges), by default in ../shared. Each program reads
the same file and prints each step or path. All simple paths are counted in a random scale-free graph of 10,000 edges.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GRAPH = ROOT.parent / "shared" / "interop" / "graphs" / "omnipath_carnival.tsv"
REPEATS = 5

READ_NETWORKX = """
import csv, sys
import networkx as nx
graph = nx.DiGraph()
with open(sys.argv[1]) as stream:
    rows = csv.reader(stream, delimiter="\\t")
    next(rows)
    graph.add_edges_from((source, target, {"sign": int(sign)}) for source, sign, target in rows)
"""
READ_RUSTWORKX = """
import csv, sys
import rustworkx as rx
graph, ids = rx.PyDiGraph(multigraph=False), {}
with open(sys.argv[1]) as stream:
    rows = csv.reader(stream, delimiter="\\t")
    next(rows)
    rows = list(rows)
for source, _, target in rows:
    for name in (source, target):
        if name not in ids:
            ids[name] = graph.add_node(name)
graph.add_edges_from([(ids[source], ids[target], int(sign)) for source, sign, target in rows])
"""
FOLLOW = """
depth, front, met = 0, [{start}], {{{start}}}
while front and depth < 4:
    depth, further = depth + 1, []
    for source in front:
        for target, sign in {neighbours}:
            again = target in met
            print("   " * depth + ("-> " if sign > 0 else "-| ") + {name} + ("  see above" if again else ""))
            if not again:
                met.add(target)
                further.append(target)
    front = further
"""
PROGRAMS = {
    "trace EGFR --depth 4": {
        "networkx": READ_NETWORKX
        + FOLLOW.format(
            start='"EGFR"',
            neighbours='[(t, d["sign"]) for _, t, d in graph.out_edges(source, data=True)]',
            name="target",
        ),
        "rustworkx": READ_RUSTWORKX
        + FOLLOW.format(
            start='ids["EGFR"]',
            neighbours="[(t, sign) for _, t, sign in graph.out_edges(source)]",
            name="graph[target]",
        ),
    },
    "trace EGFR --to MYC": {
        "networkx": READ_NETWORKX
        + """
from itertools import islice, pairwise
for path in islice(nx.shortest_simple_paths(graph, "EGFR", "MYC"), 20):
    print(path, [graph.edges[pair]["sign"] for pair in pairwise(path)])
""",
        # rustworkx has no k shortest paths: all simple paths of up to three edges are 20 and more, sorted.
        "rustworkx": READ_RUSTWORKX
        + """
from itertools import pairwise
paths = rx.all_simple_paths(graph, ids["EGFR"], ids["MYC"], cutoff=4)
for path in sorted(paths, key=len)[:20]:
    print([graph[node] for node in path], [graph.get_edge_data(*pair) for pair in pairwise(path)])
""",
    },
}
COUNT = {
    "her2": """
from her2cli import graph as walks
from her2cli.formats import load
pathway = load(sys.argv[1])
print(sum(1 for _ in walks.paths(pathway, sys.argv[2], sys.argv[3], longest=7)))
""",
    "networkx": READ_NETWORKX + "print(sum(1 for _ in nx.all_simple_paths(graph, sys.argv[2], sys.argv[3], cutoff=7)))",
    "rustworkx": READ_RUSTWORKX
    + "print(len(rx.all_simple_paths(graph, ids[sys.argv[2]], ids[sys.argv[3]], cutoff=8)))",
}


def main() -> None:
    """Print seconds of processor time, the best of some runs, and the ratio to her2."""
    graph = Path(sys.argv[1]) if len(sys.argv) > 1 else GRAPH
    for query, programs in PROGRAMS.items():
        words = query.split()
        lines = {"her2": [sys.executable, "-m", "her2cli", *words, "--pathway", str(graph)]}
        lines |= {name: [sys.executable, "-c", program, str(graph)] for name, program in programs.items()}
        report(query, lines)
    for seed in (1, 2, 3):
        file, start, goal = scale_free(seed)
        lines = {
            name: [sys.executable, "-c", f"import sys\n{program}", str(file), start, goal]
            for name, program in COUNT.items()
        }
        report(f"all simple paths of up to 7 edges, scale-free graph {seed}", lines, repeats=1)
        file.unlink()


def report(title: str, lines: dict[str, list[str]], repeats: int = REPEATS) -> None:
    print(f"\n{title}")
    best = {name: min(measure(line) for _ in range(repeats)) for name, line in lines.items()}
    for name, (seconds, said) in best.items():
        ratio = f"her2 takes {best['her2'][0] / seconds:.2f} of its time" if name != "her2" else ""
        print(f"  {name:10} {seconds:7.2f} s  {said:>12}  {ratio}")


def measure(line: list[str]) -> tuple[float, str]:
    """Processor seconds of a process, its imports included, and what it printed: a count, or how many lines."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        found = subprocess.run(line, cwd=ROOT, capture_output=True, check=True, text=True, timeout=120).stdout
    except subprocess.TimeoutExpired:
        return 120.0, "gave up"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    printed = found.splitlines()
    said = printed[0] if len(printed) == 1 else f"{len(printed)} lines"
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, said


def scale_free(seed: int, edges: int = 10_000) -> tuple[Path, str, str]:
    """A random directed graph grown by preferential attachment, five edges a node, in both directions; and two ends."""
    chance = random.Random(seed)
    ends = ["n0", "n1"]
    rows: dict[tuple[str, str], int] = {("n0", "n1"): 1}
    number = 2
    while len(rows) < edges:
        for other in sorted({chance.choice(ends) for _ in range(5)}):
            pair = (f"n{number}", other) if chance.random() < 0.5 else (other, f"n{number}")
            rows[pair] = chance.choice((1, -1))
            ends += pair
        number += 1
    file = Path(f"/tmp/scale_free_{seed}_{time.time_ns()}.tsv")
    file.write_text("source\tsign\ttarget\n" + "".join(f"{a}\t{sign}\t{b}\n" for (a, b), sign in rows.items()))
    names = sorted({name for pair in rows for name in pair})
    return file, *chance.sample(names, 2)


if __name__ == "__main__":
    main()
