#!/usr/bin/env bash
# jats 0.2.2: a dose of 10<sup>-9</sup> M is one of 10-9 M, and a group of authors and a quotation are not there
#
# Expected: from the JATS of an article comes Markdown that says the same. A superscript is marked, as ^-9^ or <sup>,
# or written so that it is told from what stands before it; the mark of a reference is apart from the unit it follows.
# An author that is a group, <collab>, is an author; <disp-quote> is a paragraph.
#
# Seen: tags are dropped and texts joined. 10<sup>-9</sup> M is "10-9 M", p = 2 x 10<sup>-16</sup> "10-16", and an IC50
# below 5 nM with reference 1 is "5 nM1". A list inside a paragraph runs into it: "Table 1.one after". The heading of a
# part of the abstract is joined to its text, "ResultsIC50". The quotation and the author "The HER2 Group" are nowhere,
# nor is Slamon's Jr. Nothing is said. Tables are kept, with their spans.
#
# Where her2 meets it: what her2 knows is read in such articles, doses and p-values among it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet jats==0.2.2 lxml==6.0.2
cd "$folder"
venv/bin/python - <<'END'
from pathlib import Path

import jats

AUTHORS = """<contrib-group><contrib contrib-type="author"><collab>The HER2 Group</collab></contrib>
<contrib contrib-type="author"><name><surname>Slamon</surname><given-names>Dennis J.</given-names><suffix>Jr</suffix>
</name></contrib></contrib-group>"""
ABSTRACT = "<abstract><sec><title>Results</title><p>IC<sub>50</sub> fell.</p></sec></abstract>"
META = f"<article-meta><title-group><article-title>HER2</article-title></title-group>{AUTHORS}{ABSTRACT}</article-meta>"
REFERENCE = '<xref ref-type="bibr" rid="b1"><sup>1</sup></xref>'
DOSE = f"<p>A dose of 10<sup>-9</sup> M, IC<sub>50</sub> below 5 nM{REFERENCE}, p = 10<sup>-16</sup>; Table 1."
LIST = '<list list-type="bullet"><list-item><p>one</p></list-item></list> after</p>'
BODY = f"<body><sec><title>Doses</title>{DOSE}{LIST}<disp-quote><p>A quotation.</p></disp-quote></sec></body>"

Path("article.xml").write_text(f"<article><front>{META}</front>{BODY}</article>")
text = jats.convert_to_markdown(jats.parse_jats_xml(Path("article.xml")))
print("jats 0.2.2:", text)
assert "A dose of 10-9 M, IC50 below 5 nM1, p = 10-16" in text, "superscripts are told now"
assert "Table 1.one after" in text and "ResultsIC50 fell." in text, "paragraphs are apart now"
assert "quotation" not in text, "quotations are there now"
assert "Dennis J. Slamon" in text and "HER2 Group" not in text and "Jr" not in text, "all authors are there now"
END
