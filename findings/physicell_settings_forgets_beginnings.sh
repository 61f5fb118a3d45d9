#!/usr/bin/env bash
# physicell-settings 0.6.3: a PhysiBoSS model that is loaded and saved has lost the values its cells begin with
#
# Expected: `load_xml` and then `save_xml` keep an intracellular model as it is, or at least what the library itself wrote.
#
# Seen: `save_xml` writes `initial_values` beside `settings`, `load_xml` looks for them inside of `settings`, and what it finds
# there is not written either. Without a word ERBB2 begins as the cfg file has it and not switched on. Mutations stay.
#
# Where her2 meets it: PhysiBoSS runs the bnd and cfg files that `her2 export maboss` writes; in these the beginnings are in the cfg.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet physicell-settings==0.6.3
cd "$folder"
venv/bin/python - <<'EOF'
import re

from physicell_config import PhysiCellConfig


def held(file):
    found = re.findall(r'<(initial_value|mutation) intracellular_name="(\w+)">([^<]*)<', open(file).read())
    return {(kind, name): float(value) for kind, name, value in found}


config = PhysiCellConfig()
config.substrates.add_substrate("oxygen")
config.cell_types.add_cell_type("tumor")
boss = config.physiboss
boss.add_intracellular_model("tumor", "maboss", "model.bnd", "model.cfg")
boss.add_intracellular_initial_value("tumor", "ERBB2", 1)
boss.add_intracellular_mutation("tumor", "PTEN", "0")
config.save_xml("first.xml")
beside = open("first.xml").read()
values = re.search(r"\s*<initial_values>.*?</initial_values>", beside, re.DOTALL).group()
inside = beside.replace(values, "").replace("<mutations>", values + "<mutations>")
open("inside.xml", "w").write(inside)

kept = {}
for file in ("first.xml", "inside.xml"):
    again = PhysiCellConfig()
    again.load_xml(file)
    again.save_xml("again.xml")
    kept[file] = held("again.xml")
    print("physicell-settings 0.6.3:", file, held(file), "loaded and saved:", kept[file])
    assert held(file) == {("initial_value", "ERBB2"): 1, ("mutation", "PTEN"): 0}
    assert kept[file] == {("mutation", "PTEN"): 0}, "values to begin with are kept now"
EOF
