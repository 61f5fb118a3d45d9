#!/usr/bin/env bash
# cnv-suite 0.2.0: where a chromosome has no segment, a mutation of ERBB2 on 17 gets the copies of 18
#
# Expected: apply_segment_data_to_df puts beside each mutation the segment that it lies in, by chromosome, place and sample; without one it is empty.
#
# Seen: get_segment_interval_trees makes a list of those chromosomes that the table has, and the mutation is looked up at the place "number
# minus one" of it. If chromosome 9 was not measured, 10 and all above are one place too far: ERBB2 at 12 copies has 3, those of
# chromosome 18, and SMAD4 has those of 19. Of a panel with 3, 17 and 18 PIK3CA gets chromosome 18's and the others nothing.
# With all 22 it is right, but for the last base of each segment, which belongs to none. Nothing is said.
#
# Where her2 meets it: `her2 cohort` takes copies of ERBB2 as amplified or not; joined to mutations so, an amplified tumour is one with a gain.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cnv-suite==0.2.0 pandas==2.3.3 intervaltree==3.2.1
cd "$folder"
venv/bin/python -W ignore - <<'END'
import pandas as pd
from cnv_suite.utils import apply_segment_data_to_df, get_segment_interval_trees

COPIES = {17: 12, 18: 3, 19: 1}
MUTATIONS = pd.DataFrame(
    [("PIK3CA", 3, 179234297), ("ERBB2", 17, 39724775), ("SMAD4", 18, 51065548), ("last base", 17, 200000000)],
    columns=["Hugo_Symbol", "Chromosome", "Start_position"],
)


def copies(chromosomes):
    rows = [(each, 1, 200000000, 199999999, COPIES.get(each, 2)) for each in chromosomes]
    trees = get_segment_interval_trees(pd.DataFrame(rows, columns=["Chromosome", "Start.bp", "End.bp", "length", "tau"]))
    table = apply_segment_data_to_df(MUTATIONS, trees)
    return {name: None if pd.isna(value) else int(value) for name, value in zip(table.Hugo_Symbol, table.tau)}


every, one_less, panel = copies(range(1, 23)), copies([each for each in range(1, 23) if each != 9]), copies([3, 17, 18])
print("cnv-suite 0.2.0:", every, one_less, panel, sep="\n  ")
assert every == {"PIK3CA": 2, "ERBB2": 12, "SMAD4": 3, "last base": None}
assert one_less == {"PIK3CA": 2, "ERBB2": 3, "SMAD4": 1, "last base": None}, "a mutation has the copies of its own chromosome now"
assert panel == {"PIK3CA": 3, "ERBB2": None, "SMAD4": None, "last base": None}
END
