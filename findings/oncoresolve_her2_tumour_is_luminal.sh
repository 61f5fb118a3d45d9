#!/usr/bin/env bash
# OncoResolve 1.0.2: a HER2-enriched tumour is luminal A if the table has ESR1 before ERBB2, or if the tumour is scaled alone
#
# Expected: predict() takes a table with genes as columns; it finds them by name, as scikit-learn does or refuses, whatever their order. Its page
# calls it ready for a single patient, and has scale_cohort before it.
#
# Seen: names are stripped before training and before predict(): columns count by place. ERBB2 9 and ESR1 3, Her2, come out as LumA with the
# columns exchanged. scale_cohort of one patient makes each gene 0, and all single patients are alike, here LumA. Where ERBB2 is called
# HER2, align_features puts 0 for it, as its page says for missing genes: on the scale of log2(TPM + 1), which predict() takes by
# default, that is a gene that is off. Nothing is said in any of these.
#
# Where her2 meets it: `her2 cohort` groups tumours by ERBB2 and ESR1, and its groups are compared with such subtypes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet oncoresolve==1.0.2 scikit-learn==1.7.2 pandas==2.3.3 numpy==2.2.6 lifelines==0.30.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
import OncoResolve
import pandas

GENES = ["ERBB2", "ESR1"]
cells = [[9 + step / 10, 3 + step / 20] for step in range(-5, 6)] + [[4 + step / 10, 8 + step / 20] for step in range(-5, 6)]
cohort, kinds = pandas.DataFrame(cells, columns=GENES), ["Her2"] * 11 + ["LumA"] * 11


def trained(table):  # none of the models that it brings
    return OncoResolve.OncoClassifier("lr", model_path="none", label_encoder_path="none").fit(table, kinds)


tumour = pandas.DataFrame({"ERBB2": [9.0], "ESR1": [3.0]}, index=["tumour"])
[named] = trained(cohort).predict(tumour)
[turned] = trained(cohort).predict(tumour[["ESR1", "ERBB2"]])
alone = OncoResolve.scale_cohort(tumour)
[single] = trained(OncoResolve.scale_cohort(cohort)).predict(alone)
aligned = OncoResolve.align_features(tumour.rename(columns={"ERBB2": "HER2"}), GENES)
[other] = trained(cohort).predict(aligned)
print("OncoResolve 1.0.2:", named, turned, single, alone.loc["tumour"].tolist(), other, aligned.loc["tumour"].tolist())
assert named == "Her2"
assert turned == "LumA", "columns are found by name now"
assert alone.loc["tumour"].tolist() == [0.0, 0.0], "a single patient is refused now"
opposite = OncoResolve.scale_cohort(tumour[["ERBB2", "ESR1"]].assign(ERBB2=4.0, ESR1=8.0))
assert trained(OncoResolve.scale_cohort(cohort)).predict(opposite)[0] == single
assert aligned.loc["tumour"].tolist() == [0.0, 3.0] and other == "LumA", "a missing gene is told now"
END
