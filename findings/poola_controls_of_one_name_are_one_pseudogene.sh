#!/usr/bin/env bash
# poola 0.0.22: 40 controls of one name become one pseudogene of 40, where pseudogenes of 4 were asked for
#
# Expected: "control genes are grouped into pseudo-genes" of pseudogene_size guides: 40 controls in groups of 4 make
# ten, whether each guide has a name of its own (NO_SITE_1) or, as in many libraries, all share one.
#
# Seen: groups are kept by the name of the gene, so that the last guide decides for all that share it: one pseudogene of
# 40. As its sum is divided by the root of 40, and there is but one, the null distribution that it is made for cannot be
# drawn, and where it is asked for the run ends in "'NoneType' object is not subscriptable", far from here. With names
# of their own there are ten of 4.
#
# Where her2 meets it: genes whose loss slows HER2-positive lines come from such screens, and her2's drugs and targets
# are compared with them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet poola==0.0.22 pandas==2.3.3 numpy==2.3.5 scipy==1.16.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
import numpy as np
import pandas as pd
from poola.core import aggregate_gene_lfcs_empirical, group_pseudogenes


def grouped(names, regex):
    return group_pseudogenes(pd.DataFrame({"guide": range(len(names)), "gene": names}), 4, "gene", [regex])


own = grouped([f"NO_SITE_{n}" for n in range(40)], "NO_SITE").gene.value_counts()
table = grouped(["Non-targeting"] * 40, "Non-targeting")
shared = table.gene.value_counts()
print("poola 0.0.22:", len(own), "pseudogenes of", set(own), "and of one name", len(shared), "of", set(shared))
assert len(own) == 10 and set(own) == {4}
assert list(shared) == [40], "guides of one name are grouped now"

scores = np.random.default_rng(0).normal(size=40)
controls = table.assign(condition="lapatinib", z=scores, lfc=scores)
genes = pd.DataFrame({"gene": ["ERBB2"] * 4, "condition": "lapatinib", "z": -2.0, "lfc": -2.0})
try:
    aggregate_gene_lfcs_empirical(genes, "gene", pseudogene_lfcs=controls, average_cols=["lfc"], zscore_cols=["z"])
except TypeError as error:
    assert "NoneType" in str(error)
else:
    raise AssertionError("one pseudogene is enough now")
END
