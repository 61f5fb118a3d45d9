#!/usr/bin/env bash
# pysb-pkpd 0.5.3: of 100 mg that go from 10 to 50 litres 367 mg are left, and an infusion is that of ten
#
# Expected: the two-compartment model has volumes, and what leaves one compartment comes in the other: without clearance
# the amount, concentration times volume of both, stays 100 mg. An infusion of 5 mg/h into 10 litres with a clearance of
# 2 L/h comes to rest at 5 / 2 = 2.5 mg/L, whatever the volume.
#
# Seen: a dose is made a concentration, dose / volume, but what is distributed is moved as it is, without the ratio of
# the volumes: 10 mg/L become 3.3 and 6.7, which in 50 litres are 333 mg. With volumes of 1, the default, it is right.
# The infusion is divided by the volume here and, as it makes the drug from nothing, multiplied by it in BioNetGen, so
# that it is none at all: 25 mg/L, ten times what it should be. A bolus that is cleared is right: half after 3.5 h. No
# warning.
#
# Where her2 meets it: trastuzumab is given by infusion, and its course is one of two compartments; her2's doses are
# such concentrations.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pysb-pkpd==0.5.3 pysb==1.17.0 bionetgen==0.8.7
cd "$folder"
BNGPATH=$(dirname "$(find "$PWD/venv" -path '*/bng-linux/BNG2.pl')")
export BNGPATH
venv/bin/python -W ignore - <<'END'
import numpy as np
from pysb.pkpd.standard import one_compartment_model, two_compartment_model
from pysb.simulator import ScipyOdeSimulator


def course(model, until):
    return ScipyOdeSimulator(model, tspan=np.linspace(0, until, 11), compiler="python").run().species


def amounts(central, peripheral):
    rates = {"k12": 0.1, "k21": 0.05, "clearance": 0}
    model = two_compartment_model(100.0, volume_central=central, volume_peripheral=peripheral, **rates)
    return [round(float(value)) for value in (course(model, 500) @ np.array([central, peripheral]))[[0, -1]]]


here, there = amounts(1.0, 1.0), amounts(10.0, 50.0)
infused = course(one_compartment_model(5.0, "iv-infusion", volume_distribution=10.0, clearance=2.0), 500)[-1, 0]
bolus = course(one_compartment_model(100.0, volume_distribution=10.0, clearance=2.0), 10 * np.log(2) / 0.2)[[0, 1], 0]
print("pysb-pkpd 0.5.3:", here, there, "mg; infused", round(infused, 1), "mg/L; bolus", bolus)
assert here == [100, 100] and np.allclose(bolus, [10, 5], rtol=1e-3)
assert there == [100, 367], "what is distributed stays now"
assert abs(infused - 25) < 0.1, "an infusion is divided by the volume once now"
END
