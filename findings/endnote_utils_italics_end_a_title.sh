#!/usr/bin/env bash
# endnote-utils 1.0.3: a title of EndNote XML ends where a gene's name is in italics, and editors are authors
#
# Expected: a title is the text of all its <style> pieces, which EndNote begins anew at each change of face: "Mutations of ",
# "PIK3CA" in italics, " and response to trastuzumab". The authors are those of <authors>.
#
# Seen: only the first piece is taken: the title is "Mutations of", the abstract "Loss of", and a title that begins with a gene is
# that gene alone. The editor in <secondary-authors> is one more author, and a DOI that is
# written "doi:10.1000/..." is left out. Nothing is said.
#
# Where her2 meets it: references on genes come from libraries of EndNote, where names of genes are in italics.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet endnote-utils==1.0.3
cd "$folder"
venv/bin/python - <<'END'
from pathlib import Path

from endnote_utils.core import iter_records_xml, process_record_xml

def styled(text):
    pieces = text.split("_")
    return "".join(
        f'<style face="{("normal", "italic")[place % 2]}" font="default" size="100%">{piece}</style>'
        for place, piece in enumerate(pieces)
        if piece
    )


def record(title, abstract):
    return (
        '<record><ref-type name="Journal Article">17</ref-type><contributors>'
        f"<authors><author>{styled('Muster, Anna')}</author></authors>"
        f"<secondary-authors><author>{styled('Vorbild, Emil')}</author></secondary-authors></contributors>"
        f"<titles><title>{styled(title)}</title><secondary-title>{styled('J Ex')}</secondary-title></titles>"
        f"<dates><year>{styled('2011')}</year></dates>"
        f"<electronic-resource-num>{styled('doi:10.1000/example.1')}</electronic-resource-num>"
        f"<abstract>{styled(abstract)}</abstract></record>"
    )


Path("library.xml").write_text(
    '<?xml version="1.0" encoding="UTF-8"?><xml><records>'
    + record("Mutations of _PIK3CA_ and response to trastuzumab", "Loss of _PTEN_ was frequent.")
    + record("_ERBB2_ in breast tumours", "It was amplified in 20 of 100.")
    + "</records></xml>"
)
first, second = (process_record_xml(each, "EndNote") for each in iter_records_xml(Path("library.xml")))
print("endnote-utils 1.0.3:", first, second, sep="\n  ")
assert (first["title"], first["abstract"]) == ("Mutations of", "Loss of"), "all pieces of a title are taken now"
assert (second["title"], second["abstract"]) == ("ERBB2", "It was amplified in 20 of 100.")
assert first["authors"] == "Muster, Anna; Vorbild, Emil", "editors are no authors now"
assert first["doi"] == ""
END
