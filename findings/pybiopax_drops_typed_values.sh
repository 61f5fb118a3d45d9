#!/usr/bin/env bash
# pybiopax 0.1.5: `spontaneous` is never read or written, and a value set as a number is not written
#
# Expected: BioPAX has `spontaneous` as xsd:boolean; it is read as True or False, as the class documents it, and written
# again. `stoichiometric_coefficient=2` is written as 2.0, and one that is read is a number.
#
# Seen: of the types of XSD only string, int and float are known; a boolean is taken for a reference to another object
# and becomes None, without a word. Numbers come as text ("2.0"), and text alone is written: a reaction built with
# numbers and booleans loses them all in the file.
#
# Where her2 meets it: BioPAX, which her2 does not read, comes to signed edges through such tools; a model that has been
# through pybiopax has no stoichiometry that somebody computed, and no spontaneous reactions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pybiopax==0.1.5
cd "$folder"
venv/bin/python - 2>errors <<'EOF' || { cat errors; exit 1; }
import pybiopax
from pybiopax.biopax.model import BioPaxModel
from pybiopax.biopax import BiochemicalReaction, Protein, Stoichiometry

XSD = "http://www.w3.org/2001/XMLSchema#"
given = f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:xsd="{XSD}" xmlns:owl="http://www.w3.org/2002/07/owl#"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:bp="http://www.biopax.org/release/biopax-level3.owl#"
  xml:base="http://example.org/">
<owl:Ontology rdf:about=""><owl:imports rdf:resource="http://www.biopax.org/release/biopax-level3.owl#"/></owl:Ontology>
<bp:Protein rdf:ID="EGFR"/>
<bp:BiochemicalReaction rdf:ID="R"><bp:left rdf:resource="#EGFR"/>
  <bp:participantStoichiometry rdf:resource="#S"/>
  <bp:spontaneous rdf:datatype="{XSD}boolean">true</bp:spontaneous></bp:BiochemicalReaction>
<bp:Stoichiometry rdf:ID="S"><bp:physicalEntity rdf:resource="#EGFR"/>
  <bp:stoichiometricCoefficient rdf:datatype="{XSD}float">2.0</bp:stoichiometricCoefficient></bp:Stoichiometry>
</rdf:RDF>"""
read = pybiopax.model_from_owl_str(given)
spontaneous, coefficient = read.objects["R"].spontaneous, read.objects["S"].stoichiometric_coefficient

protein = Protein(uid="EGFR")
built = [
    protein,
    BiochemicalReaction(uid="R", left=[protein], spontaneous=True, delta_h=[-3.5]),
    Stoichiometry(uid="S", physical_entity=protein, stoichiometric_coefficient=2.0),
]
written = pybiopax.model_to_owl_str(BioPaxModel({each.uid: each for each in built}))
kept = [tag for tag in ("spontaneous", "deltaH", "stoichiometricCoefficient", "physicalEntity") if f"bp:{tag} " in written]
print("pybiopax 0.1.5: read:", spontaneous, repr(coefficient), "written of what was built:", kept)
assert spontaneous is None, "a boolean is read now"
assert coefficient == "2.0", "a number is read as a number now"
assert kept == ["physicalEntity"], "numbers and booleans are written now"
EOF
