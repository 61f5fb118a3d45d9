"""Which tests are slow: writes tests/slow.txt from the times of one whole run.

    python -m pytest --junitxml times.xml
    python benchmarks/slow.py times.xml

The tests that together take a tenth of the time, quickest first, are not slow; `pytest -m "not slow"` runs these. A
test is a function with all its cases, by what one case of it takes on average.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

SHARE = 0.1
LIST = Path(__file__).resolve().parents[1] / "tests" / "slow.txt"


def slow(times: dict[str, list[float]]) -> list[str]:
    """The names of the slow tests, given the seconds of each one's cases."""
    left = SHARE * sum(map(sum, times.values()))
    found = []
    for name in sorted(times, key=lambda name: sum(times[name]) / len(times[name])):
        left -= sum(times[name])
        if left < 0:
            found.append(name)
    return sorted(found)


def main() -> None:
    times = defaultdict(list)
    for case in ElementTree.parse(sys.argv[1]).iter("testcase"):
        file = case.get("classname", "").replace(".", "/") + ".py"
        times[f"{file}::{case.get('name', '').split('[')[0]}"].append(float(case.get("time", 0)))
    found = slow(times)
    LIST.write_text("".join(f"{name}\n" for name in found), encoding="utf-8")
    print(f"{len(found)} of {len(times)} are slow")


if __name__ == "__main__":
    main()
