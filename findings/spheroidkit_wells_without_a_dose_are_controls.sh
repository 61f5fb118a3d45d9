#!/usr/bin/env bash
# spheroidkit 1.1.0: an empty well and the staurosporine well are untreated controls; lapatinib makes cells grow
#
# Expected: responses are % of the wells in the group "control"; a well that the layout does not name, or of another
# group without a dose, is none.
#
# Seen: every well whose concentration is 0 or not given is a control, in whatever group: an empty well and the one that
# killed all cells halve the mean, and a dose that leaves 80 % of the spheroid is 156 %. Nothing is said. The well is
# looked for in the image's name from the left: plate1_B02.tif is E01, so that all images of plate 1 are one well. With
# a layout that has E01 they are its replicates.
#
# Where her2 meets it: spheroids of BT474 and others under drugs are grown on such plates, and viability by dose is what
# it foretells.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet spheroidkit==1.1.0 \
  numpy==2.3.5 scipy==1.16.3 scikit-image==0.26.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
from spheroidkit.io.batch import PlateResult, WellResult, build_dose_series, parse_well_from_filename


def well(name, area, dose=None, group=None):
    return WellResult(name, f"{name}.tif", {"area": area}, concentration=dose, group=group)


treated = [well("A01", 1000, 0, "control"), well("A02", 1000, 0, "control"), well("B01", 800, 0.1, "lapatinib")]
plain = build_dose_series(PlateResult(treated))
others = [well("H11", 50, group="staurosporine"), well("H12", 0)]
seen = build_dose_series(PlateResult([*treated, *others]))
names = [parse_well_from_filename(name) for name in ("B02.tif", "plate1_B02.tif", "plate1_C05.tif")]
print("spheroidkit 1.1.0:", plain["responses"], seen["responses"], seen["control_mean"], names)
assert abs(plain["responses"][0] - 80) < 1e-9
assert seen["control_mean"] == 512.5 and seen["responses"][0] > 150, "only controls are controls now"
assert names == ["B02", "E01", "E01"], "the well is found behind the name of the plate now"
END
