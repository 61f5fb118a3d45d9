#!/usr/bin/env bash
# anndata 0.12.19: through loom and back, who has no HER2 state has the state "None", and cells and genes are called 0, 1, 2
#
# Expected: what write_loom() writes, read_loom() of the same package reads as it was, or says what is lost, as it does for embeddings.
#
# Seen: a value that is missing among texts becomes the text "None": isna() finds none missing, and groups have one more. So it is with
# nullable integers and booleans, which become texts whole: False is "False", which is true. Plain booleans become 1 and 0. The names of
# cells and genes are written as obs_names and var_names and looked for as CellID and Gene; as those are not there, cells and genes are
# numbered, and adata[:, "ERBB2"] is not found. read_loom(..., obs_names="obs_names", var_names="var_names") has the names.
#
# Where her2 meets it: cell lines and tumours with their states are handed on in either format, and tables that her2 compares with
# are cut from them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet anndata==0.12.19 loompy==3.0.8 numpy==2.4.6 pandas==2.3.3 scipy==1.17.1
cd "$folder"
venv/bin/python -W ignore - <<'EOF'
import anndata
import numpy
import pandas

table = pandas.DataFrame(
    {
        "state": ["positive", None, "negative"],
        "score": pandas.array([3, None, 0], dtype="Int64"),
        "amplified": pandas.array([True, None, False], dtype="boolean"),
        "treated": [True, False, True],
    },
    index=["SKBR3", "BT474", "MCF7"],
)
genes = pandas.DataFrame(index=["ERBB2", "EGFR"])
given = anndata.AnnData(numpy.array([[9.0, 1], [8, 2], [1, 3]], dtype="float32"), obs=table, var=genes)
anndata.io.write_loom("cells.loom", given)
again = anndata.io.read_loom("cells.loom")
named = anndata.io.read_loom("cells.loom", obs_names="obs_names", var_names="var_names")
seen = {name: [str(each) if isinstance(each, str) else int(each) for each in again.obs[name]] for name in table.columns}
print("anndata 0.12.19:", again.obs_names.tolist(), again.var_names.tolist(), seen)
assert given.obs["state"].isna().sum() == 1 and again.obs["state"].isna().sum() == 0
assert seen["state"] == ["positive", "None", "negative"], "what is missing is missing now"
assert seen["score"] == ["3", "None", "0"]
assert seen["amplified"] == ["True", "None", "False"]
assert seen["treated"] == [1, 0, 1]
assert again.obs_names.tolist() == ["0", "1", "2"] and again.var_names.tolist() == ["0", "1"], "names are read now"
assert named.obs_names.tolist() == table.index.tolist() and named.var_names.tolist() == ["ERBB2", "EGFR"]
EOF
