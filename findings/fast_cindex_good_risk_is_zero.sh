#!/usr/bin/env bash
# fast-cindex 0.1.0: a risk score that is right of every pair of patients has a C-index of 0
#
# Expected: its help says "Risk scores (higher value = higher predicted risk)"; where the patient with the higher score dies first, each time,
# the C-index is 1, as scikit-survival has it for such scores.
#
# Seen: it is 0, and 1 where who is said to be at the highest risk lives longest: what is counted are scores that are higher the longer
# somebody lives, as lifelines counts them. Of a score that is right in 5 of 6 pairs it is 1/6, worse than no score at all. Its own
# example takes the negative of a hazard, and says "higher = higher predicted risk" beside it.
#
# Where her2 meets it: the ranking of tumours by `her2 cohort` is held against survival by such an index; give it the negative score.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet fast-cindex==0.1.0 numba==0.62.1 numpy==2.3.5
cd "$folder"
venv/bin/python -W ignore - <<'END'
from fast_cindex import cindex

months, died = [3, 9, 20, 60], [1, 1, 1, 0]


def textbook(risks):
    """The share of pairs, of which one is known to have died first, in which that one has the higher risk."""
    pairs = [(a, b) for a in range(4) for b in range(4) if months[a] < months[b] and died[a]]
    return sum(risks[a] > risks[b] for a, b in pairs) / len(pairs)


seen = {risks: (textbook(risks), round(cindex(months, risks, died), 4)) for risks in ((4, 3, 2, 1), (4, 2, 3, 1), (1, 2, 3, 4))}
print("fast-cindex 0.1.0:", "risks (expected, seen):", seen)
assert "higher value = higher predicted risk" in cindex.__doc__
assert seen == {(4, 3, 2, 1): (1, 0), (4, 2, 3, 1): (5 / 6, 0.1667), (1, 2, 3, 4): (0, 1)}, "risks are risks now"
END
