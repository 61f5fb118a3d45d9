#!/usr/bin/env bash
# sedml 0.1.0: what addXML adds and changeXML puts in place is not there after a file is read and written
#
# Expected: SED-ML changes a model before it is run, and the element newXML holds what comes in: a parameter of
# lapatinib's dose. A file that is read and written adds the same, as libsedml does.
#
# Seen: newXML is taken for a text, and of its content only the white space before the first tag is kept: '\n  '. What
# is written is an addXML that adds nothing, and libsedml reads it without an error. Other changes, such as a reaction
# that is removed, stay: what is run is another model. Nothing is said. Where newXML is written without white space,
# which means the same, the file is refused: "Field required".
#
# Where her2 meets it: her2 writes its models as SBML, and doses and knock-outs of an experiment on them are SED-ML's
# changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet sedml==0.1.0 pydantic-xml==2.3.0 pydantic==2.4.2 lxml==5.2.2 \
  python-libsedml==2.0.34
cd "$folder"
venv/bin/python - <<'END'
import libsedml
import sedml

SBML = "http://www.sbml.org/sbml/level3/version1/core"
MODEL = "/sbml:sbml/sbml:model/sbml:listOf"
PARAMETER = '<sbml:parameter id="lapatinib" value="%d" constant="true"/>'
CHANGES = f"""<removeXML target="{MODEL}Reactions/sbml:reaction[@id='leak']"/>
<addXML target="{MODEL}Parameters"><newXML>
  {PARAMETER % 1}
</newXML></addXML>
<changeXML target="{MODEL}Parameters/sbml:parameter[@id='lapatinib']"><newXML>
  {PARAMETER % 5}
</newXML></changeXML>"""


def document(changes):
    return f"""<sedML xmlns="http://sed-ml.org/sed-ml/level1/version4" xmlns:sbml="{SBML}" level="1" version="4">
<listOfModels><model id="m" language="urn:sedml:language:sbml" source="her2.xml">
<listOfChanges>{changes}</listOfChanges></model></listOfModels></sedML>"""


def changes_of(text):
    read = libsedml.readSedMLFromString(text)
    assert read.getNumErrors() == 0
    every = [read.getModel(0).getChange(number) for number in range(read.getModel(0).getNumChanges())]
    added = [change.getNewXML() for change in every if change.getElementName() != "removeXML"]
    return [xml and xml.toXMLString().strip() for xml in added]


here, there = changes_of(document(CHANGES)), changes_of(sedml.dumps(sedml.loads(document(CHANGES))).decode())
print("sedml 0.1.0:", here, "become", there)
assert here == [PARAMETER % 1, PARAMETER % 5]
assert there == [None, None], "what is added stays now"
try:
    sedml.loads(document(CHANGES.replace("\n  ", "").replace("\n</new", "</new")))
except ValueError as error:
    assert "newXML" in str(error) and "Field required" in str(error)
else:
    raise AssertionError("the element needs no white space now")
END
