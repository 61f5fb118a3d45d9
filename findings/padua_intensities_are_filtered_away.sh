#!/usr/bin/env bash
# padua 0.1.16: "filter to include only the intensities" leaves none of MaxQuant's intensities, and no contaminant can be removed
#
# Expected: `filter_intensity(df, "T1")` keeps "Intensity T1" beside the columns that are no intensities, `filter_intensity_lfq` the same for
# "LFQ intensity T1", as MaxQuant writes it; `search(df, what, columns=["Gene names"])` looks at that column; `imputation.gaussian(df,
# prefix="LFQ intensity ")` fills the columns of that prefix.
#
# Seen: only names with a multiplicity ("___1") are kept, which those of proteins never have, so that each intensity is gone. The LFQ
# filter looks for "LFQ Intensity", finds nothing and takes nothing out. `columns` of search is not looked at. With a prefix the
# imputation stops with "list index out of range" unless these columns come first. `remove_contaminants` takes & for what is in both
# lists, which pandas no longer does, and stops with "operands could not be broadcast together".
#
# Where her2 meets it: HER2 and its partners in proteomes of tumours and cell lines come out of MaxQuant's tables.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet padua==0.1.16 pandas==2.3.3
cd "$folder"
MPLBACKEND=Agg venv/bin/python -W ignore - <<'END'
import pandas as pd
from padua import filters, imputation

ABOUT = {"Proteins": ["P04626", "P21860"], "Gene names": ["ERBB2", "ERBB3"], "Potential contaminant": [None, "+"]}
LFQ = {"LFQ intensity T1": [1.0, 2.0], "LFQ intensity T2": [3.0, None]}
table = pd.DataFrame({**ABOUT, "Intensity": [3.0, 4.0], "Intensity T1": [1.0, 2.0], "Intensity T2": [2.0, 2.0], **LFQ})


def stopped(function, **options):
    try:
        return function(table, **options)
    except (IndexError, ValueError) as error:
        return str(error)


kept = {name: list(function(table, "T1")) for name, function in vars(filters).items() if name.startswith("filter_intensity")}
imputed = stopped(imputation.gaussian, prefix="LFQ intensity ")
contaminants = stopped(filters.remove_contaminants)
found = filters.search(table, "P04626", columns=["Gene names"])["Gene names"].tolist()
print("padua 0.1.16:", kept, found, imputed, contaminants)
assert kept["filter_intensity"] == [*ABOUT, *LFQ], "intensities are kept now"
assert kept["filter_intensity_lfq"] == list(table), "LFQ intensities are told apart now"
assert found == ["ERBB2"]
assert imputed == "list index out of range"
assert "could not be broadcast" in contaminants
END
