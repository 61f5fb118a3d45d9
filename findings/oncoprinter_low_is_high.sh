#!/usr/bin/env bash
# oncoprinter 0.2.0: "Shallow Deletion" is drawn as a deep one, "mRNA Low" as high, "Truncating mutation (putative driver)" as missense
#
# Expected: cBioPortal's words for alterations, whose colours it takes over, mean what they say; what it does not know is "other",
# with a warning.
#
# Seen: one word of a rule is enough, and the first rule wins. "deletion" makes a deep deletion, "mrna" a high one, "high" or "low"
# of a protein that of its mRNA, and "driver" a missense mutation, so that truncations, changes in frame and splice mutations are
# missense where they are drivers. A structural variant is always a passenger. Counts at the side are of these kinds. No
# warning is given.
#
# Where her2 meets it: `her2 cohort` tells a lost copy from a deletion of both (`copies: [lost]`, `[deleted]`) and truncations from
# missense in the same studies, which are drawn so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet oncoprinter==0.2.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
import warnings

import pandas as pd
from oncoprinter.core import GenomicData

EVENTS = {
    "Amplification": "AMP",
    "Deep Deletion": "HOMDEL",
    "Missense Mutation (putative driver)": "MISSENSE",
    "Truncating mutation (putative passenger)": "TRUNC_PASSENGER",
    "Shallow Deletion": "HOMDEL",
    "mRNA Low": "MRNA_HIGH",
    "Protein High": "MRNA_HIGH",
    "Protein Low": "MRNA_LOW",
    "Truncating mutation (putative driver)": "MISSENSE",
    "Inframe Mutation (putative driver)": "MISSENSE",
    "Splice mutation (putative driver)": "MISSENSE",
    "Structural variant": "STRUCTURAL_VARIANT_PASSENGER",
}
table = pd.DataFrame([(f"T{number:02}", "PTEN", event) for number, event in enumerate(EVENTS)])
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    data = GenomicData(table)
seen = {event: kind.name for event, kind in zip(EVENTS, data.data["event"])}
print("oncoprinter 0.2.0:", *seen.items(), sep="\n  ")
assert not [each for each in told if "unknown" in str(each.message)]
assert seen == EVENTS, "alterations are read otherwise now"
END
