#!/usr/bin/env bash
# activepathways 2.0.6: directions with columns in another order are those of other measurements; ERBB2 is lost
#
# Expected: scores and directions both have the columns rna, protein and methylation, and "column names must match":
# values are those of their name in whatever order they stand, or another order is refused, as another order of genes
# is.
#
# Seen: only the sets of names are compared; what is computed goes by place. ERBB2, with more RNA, more protein and less
# methylation, agrees with what is asked for, and its p is 0.0001. With the same table of directions, columns written in
# another order, it is 0.16, that of EGFR, where methylation disagrees. DPM, Fisher and Stouffer all do so. Nothing is
# said.
#
# Where her2 meets it: genes whose RNA, protein and copies go one way are what lists of altered genes are made of.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet activepathways==2.0.6 pandas==2.3.3 numpy==2.3.5 scipy==1.16.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
import activepathways
import pandas

genes = ["ERBB2", "EGFR"]
scores = pandas.DataFrame({"rna": 0.01, "protein": 0.01, "methylation": 0.01}, index=genes)
directions = pandas.DataFrame({"rna": [2.0, 2.0], "protein": [3.0, 3.0], "methylation": [-1.0, 1.0]}, index=genes)
wanted = [1, 1, -1]
for method in ("DPM", "Fisher_directional", "Stouffer_directional"):
    same = activepathways.merge_p_values(scores, method, directions, wanted)
    other = activepathways.merge_p_values(scores, method, directions[["rna", "methylation", "protein"]], wanted)
    print("activepathways 2.0.6:", method, same.round(5).to_dict(), "in another order", other.round(5).to_dict())
    assert same["ERBB2"] < 0.001 and same["EGFR"] > 0.1
    assert abs(other["ERBB2"] - same["EGFR"]) < 1e-9, "columns go by their names now"
try:
    activepathways.merge_p_values(scores, "DPM", directions.loc[genes[::-1]], wanted)
except ValueError as error:
    assert "same order" in str(error)
else:
    raise AssertionError("genes may stand in another order now")
END
