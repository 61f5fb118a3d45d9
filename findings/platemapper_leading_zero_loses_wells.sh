#!/usr/bin/env bash
# platemapper 0.1.1: with leading_zeroes=True a treatment that is given to single wells is given to none
#
# Expected: {"drug": {"lapatinib": ["A01", "B02:B03"]}} marks A01, B02 and B03, as A1, B2 and B3 are marked without zeros.
#
# Seen: the range is marked, the single well is not: its column, "01", is compared with the number 1. Nothing is said, and the
# well stands there as one without a drug, a control.
#
# Where her2 meets it: measured doses that `her2 combine` is held against come from plates that are annotated so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet platemapper==0.1.1 pandas==2.3.3
cd "$folder"
venv/bin/python - <<'EOF'
from platemapper import PlateMapper


def treated(wells, **options):
    plate = PlateMapper(96, **options)
    table = plate.assign_treatments({"drug": {"lapatinib": wells}})
    return table.loc[table["drug"] == "lapatinib", "well_id"].tolist()


plain = treated(["A1", "B2:B3"])
zeros = treated(["A01", "B02:B03"], leading_zeroes=True)
print("platemapper 0.1.1:", plain, "with leading zeros:", zeros)
assert plain == ["A1", "B2", "B3"]
assert zeros == ["B02", "B03"], "single wells are found now"
EOF
