#!/usr/bin/env bash
# cnvis 0.2.0: "already copy number, no conversion", and twelve copies of ERBB2 in a tetraploid tumour become six; in a panel two
#
# Expected: to_copy_number(input_type="cnv") leaves copies as they are, "no conversion"; of log ratios, whose comparison "is already
# encoded in the logR", it makes ploidy * 2 ** ratio.
#
# Seen: whatever the type, each sample is scaled at the end so that its median is the ploidy, 2 if none is named. A genome doubled to four
# copies has two, ERBB2's twelve are six, and with log ratios it is the same. Of a panel whose regions are mostly amplified
# the amplification is the median: twelve copies are two, and a region with two has 0.33. Only a sample whose median
# is two already is right. Nothing is said.
#
# Where her2 meets it: `her2 cohort` takes ERBB2 as amplified or not, by levels of copies: six copies of a doubled genome, where a table of
# copies has twelve, or two in a panel, and the patient falls on the other side.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cnvis==0.2.0 bioframe==0.8.0 pandas==2.3.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
import numpy as np
import pandas as pd
from cnvis import to_copy_number

PLACES = pd.DataFrame({"chrom": ["chr1", "chr8", "chr17"], "start": [0, 0, 39680000], "end": [240000000, 145000000, 39740000]})
PANEL = pd.DataFrame({"chrom": ["chr17"] * 3, "start": [1000, 2000, 3000], "end": [2000, 3000, 4000]})


def copies(places, values, kind):
    return [round(each, 2) for each in to_copy_number(places.assign(value=np.array(values, float)), input_type=kind)["value"]]


seen = {
    "diploid": copies(PLACES, [2, 2, 12], "cnv"),
    "tetraploid": copies(PLACES, [4, 4, 12], "cnv"),
    "as log ratios": copies(PLACES, np.log2([2, 2, 6]), "logr"),
    "panel": copies(PANEL, [12, 12, 2], "cnv"),
}
print("cnvis 0.2.0:", *seen.items(), sep="\n  ")
assert seen["diploid"] == [2, 2, 12]
assert seen["tetraploid"] == [2, 2, 6], "copies are left as they are now"
assert seen["as log ratios"] == [2, 2, 6]
assert seen["panel"] == [2, 2, 0.33]
END
