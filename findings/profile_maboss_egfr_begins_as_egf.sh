#!/usr/bin/env bash
# profile-maboss 1.0.1.21: EGFR begins with the expression of EGF, and a gene behind "!PTEN" is turned round as well
#
# Expected: a node begins as the gene does that is named for it. Of the genes of a node the ones with `!` act the other way
# round, each for itself: with PIK3CA on, AKT is on.
#
# Seen: a column of the expressions counts for every node whose gene has its name inside, and the last one is left: EGF is in
# EGFR, AR in PARP1. Once a `!` has come up in a list of genes, all that follow are turned round: of ["!PTEN", "PIK3CA"]
# PIK3CA ON fixes AKT at OFF, of ["PIK3CA", "!PTEN"] at ON. Nothing is said.
#
# Where her2 meets it: her2's bnd and cfg are what such models of patients are made from; `her2 cohort` goes by the whole names
# of genes and knows what each alteration does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet maboss==0.8.17 pandas==2.3.3
python3 -m pip --python "$folder/venv" install --quiet --no-deps profile-maboss==1.0.1.21
cd "$folder"
cat >model.bnd <<'END'
Node EGFR { rate_up = @logic ? $u_EGFR : 0; rate_down = @logic ? 0 : $d_EGFR; logic = (EGFR); }
Node AKT { rate_up = @logic ? $u_AKT : 0; rate_down = @logic ? 0 : $d_AKT; logic = (EGFR); }
END
cat >model.cfg <<'END'
$u_EGFR = 1; $d_EGFR = 1; $u_AKT = 1; $d_AKT = 1;
[EGFR].istate = 0.5 [0], 0.5 [1]; [AKT].istate = 1 [0], 0 [1];
EGFR.is_internal = FALSE; AKT.is_internal = FALSE;
max_time = 5; time_tick = 0.5; sample_count = 10; discrete_time = 0;
use_physrandgen = FALSE; seed_pseudorandom = 1; thread_count = 1; statdist_traj_count = 1; statdist_cluster_threshold = 0.9;
END
cat >example.py <<'END'
import sys
from unittest.mock import MagicMock

import maboss
import pandas
from maboss.simulation import Simulation

for name in ("scanpy", "unidip", "unidip.dip", "seaborn"):  # imported, and not used by what is asked here
    sys.modules[name] = MagicMock()
from profile_maboss import Cellline, format_data_CellSet

Simulation.check = lambda self, command=None: []  # MaBoSS itself is no package of Python
model = maboss.load("model.bnd", "model.cfg")


def beginning(genes):
    expression = pandas.DataFrame([[0.9, 0.1]], index=["patient"], columns=["EGFR", "EGF"])[genes]
    nothing = pandas.DataFrame(index=["patient"])
    cells = format_data_CellSet(nothing, nothing, expression, {}, {"EGFR": "EGFR"})
    return cells["patient"]["initial_states"]["EGFR"][1]


def fixed(genes):
    patient = Cellline("patient", {"PIK3CA": "ON"}, {}, {}, {"AKT": genes}, {})
    made = patient.personalize_model(model)
    return made.mutationTypes["AKT"]


seen = beginning(["EGFR"]), beginning(["EGFR", "EGF"])
turned = fixed(["PIK3CA", "!PTEN"]), fixed(["!PTEN", "PIK3CA"])
print("profile-maboss 1.0.1.21: EGFR begins on in", *seen, "of the cells; AKT with PIK3CA on is", *turned)
assert seen == (0.9, 0.1), "genes go by their whole names now"
assert turned == ("ON", "OFF"), "each gene stands for itself now"
END
venv/bin/python example.py
