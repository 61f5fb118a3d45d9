"""What a file is by its content, and for formats that are not read here, which tool turns them into one that is."""

from __future__ import annotations

import re
from typing import NamedTuple

from her2cli.sheets import told_by


class Kind(NamedTuple):
    """The name of a format that is read here, or what another is called and what converts it."""

    name: str = ""
    other: str = ""
    advice: str = ""


_SBGN = Kind(
    other="SBGN-ML",
    advice="CaSQ (casq) turns a process description into SBML-qual; of an activity flow it skips every activity",
)
_XML = {
    "sbml": Kind("sbml"),
    "graphml": Kind("graphml"),
    "gxl": Kind("ginml"),
    "sbgn": _SBGN,
    "Pathway": Kind(other="GPML", advice="PathVisio or Cytoscape's WikiPathways app exports its edges; CX2 is read"),
    "rdf:RDF": Kind(other="BioPAX or RDF", advice="PaxTools turns BioPAX into SIF; relations need signs"),
    "graph": Kind(other="XGMML", advice="Cytoscape exports it as CX2 or GraphML"),
    "AnalysisInput": Kind(other="BMA's XML", advice="biodivine-aeon (from_bma) or BMA itself exports another format"),
    "pnml": Kind(other="PNML", advice="bioLQM exports logical models, not Petri nets, as SBML-qual"),
}
_KGML = Kind(other="KGML", advice="KEGG draws maps with it; Cytoscape's KEGGscape opens them and exports CX2")
_MAF = Kind(other="a table of variants", advice="it holds no network; 'her2 cohort' ranks drugs for the tumours in it")
_VCF = Kind(other="VCF", advice="it holds no network; vcf2maf makes a MAF of it, which 'her2 cohort' reads")
_BY_EXTENSION = {
    ".kgml": _KGML,
    ".maf": _MAF,
    ".vcf": _VCF,
    ".gmt": Kind(other="GMT", advice="sets of genes are no network; 'her2 show GENE' tells of one"),
    **dict.fromkeys((".sbgn", ".nwt"), _SBGN),
    ".gpml": _XML["Pathway"],
    ".owl": _XML["rdf:RDF"],
    ".xgmml": _XML["graph"],
    ".cx": Kind(other="CX, version 1", advice="Cytoscape or NDEx exports the network as CX2"),
    ".cys": Kind(other="a Cytoscape session", advice="Cytoscape exports a network of it as CX2"),
    ".mnet": Kind(other="MNet", advice="bioLQM turns it into SBML-qual"),
    ".cnet": Kind(
        other="CNET, truth tables of BNS", advice="CANA reads it; the model it was made of is read in SBML-qual or BNET"
    ),
    ".an": Kind(
        other="an automata network of Pint",
        advice="the model that it was made of, in GINML, SBML-qual or BNET, is read",
    ),
    ".booleannet": Kind("rules"),
    ".boolsim": Kind(other="boolSim", advice="bioLQM turns it into SBML-qual or BNET"),
    ".tt": Kind(other="a truth table", advice="bioLQM turns it into SBML-qual or BNET"),
    ".bma": Kind(other="BMA", advice="biodivine-aeon (BooleanNetwork.from_bma) turns it into AEON or SBML-qual"),
    ".dot": Kind(other="DOT", advice="it is a picture; export the network in a format with signs"),
    ".gv": Kind(other="DOT", advice="it is a picture; export the network in a format with signs"),
    ".mmd": Kind(other="Mermaid", advice="it is a picture; export the network in a format with signs"),
    ".mermaid": Kind(other="Mermaid", advice="it is a picture; export the network in a format with signs"),
    ".ispl": Kind(other="ISPL", advice="GINsim or bioLQM writes the model as SBML-qual"),
    ".smv": Kind(other="NuSMV", advice="GINsim or bioLQM writes the model as SBML-qual"),
}
_ROOT = re.compile(r"<(?!\?|!)(?P<name>[A-Za-z_][\w.:-]*)")
_TABULARQUAL = re.compile(r"(?i)\b(?:transitions?_id|species_id)\b")


def of_extension(suffix: str) -> Kind:
    """What a file of that extension is, where it is none of the formats that are read."""
    return _BY_EXTENSION.get(suffix.lower(), Kind())


def of_bytes(data: bytes) -> Kind:
    """What is in a file that is no text: a spreadsheet, or a model of GINsim in a zip file."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return Kind("excel")
    if not data.startswith(b"PK\x03\x04"):
        return Kind()
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(data)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (BadZipFile, OSError, ValueError):
        return Kind()
    if any(name.endswith(".ginml") for name in names):
        return Kind("zginml")
    if any(name.startswith("xl/") or name == "content.xml" for name in names):
        return Kind("excel")
    return Kind(other="a zip file", advice="unpack it and name the file in it")


def of_text(text: str) -> Kind:
    """What a text is beyond doubt, or nothing."""
    text = told_by(text)[1]
    head = text.lstrip("\ufeff \t\r\n")[:4000]
    if head.startswith("<"):
        return _of_xml(head)
    if head.startswith("##fileformat=VCF"):
        return _VCF
    if head.startswith(("{", "[")):
        return _of_json(head)
    given = (line.strip() for line in head.split("\n")[:50])
    lines = [line for line in given if line and not line.startswith(("#", "//"))]
    first = lines[0] if lines else ""
    if re.match(r"(?i)(?:.*\t)?hugo_symbol\t", first):
        return _MAF
    if re.match(r"schema\s*:", first) or "\nschema:" in head:
        return Kind("yaml")
    if re.match(r"(?i)targets\s*,\s*(?:factors|functions)", first):
        return Kind("bnet")
    if re.match(r"(?i)node\s+\w+\s*\{", first):
        return Kind("maboss")
    if re.search(r"(?m)^\s*graph\s*\[", head):
        return Kind("gml")
    if re.match(r"(?:strict\s+)?(?:di)?graph\b", first):
        return _BY_EXTENSION[".dot"]
    if any(re.match(r"\$\s*\S+\s*:", line) for line in lines) or re.fullmatch(r"\S+\s+(?:->|-\||-\?)\??\s+\S+", first):
        return Kind("aeon")
    if re.fullmatch(r"\.v\s+[0-9]+", first):
        return _BY_EXTENSION[".cnet"]
    if _TABULARQUAL.search(first) and re.search(r"[,\t;]", first):
        return Kind(other="TabularQual", advice="tabularqual (to-sbml) turns it into SBML-qual")
    return Kind()


def of_rules(text: str) -> Kind:
    """Whether a text of another extension looks like rules, a table or SIF."""
    told, text = told_by(text)
    lines = [line.strip() for line in text.split("\n")[:200] if line.strip() and not line.lstrip().startswith("#")]
    if not lines or lines[0].startswith("<"):
        return Kind()
    if all(re.match(r"(?:[0-9]+\s*:\s*)?[^=\t]*=", line) for line in lines):
        return Kind("rules")
    if all(re.match(r"[^,\t]+,\s*[^,\t]+$", line) for line in lines):
        return Kind("bnet")
    for name, separator in (("tsv", "\t"), ("csv", ","), ("csv", ";"), ("csv", told or ",")):
        from her2cli.formats.columns import columns_of

        columns = set(columns_of(lines[0].split(separator)))
        if {"source", "target"} <= columns or {"id", "initial"} <= columns or {"id", "rule"} <= columns:
            return Kind(name)
    if all(len(line.split()) in (1, 3) for line in lines):
        return Kind("sif")
    return Kind()


def _of_xml(head: str) -> Kind:
    root = _ROOT.search(re.sub(r"<!--.*?(?:-->|\Z)", "", head, flags=re.DOTALL))
    name = root["name"] if root else ""
    if name.rpartition(":")[2] == "sbml" and "celldesigner" in head and "qual:" not in head:
        return Kind(other="CellDesigner", advice="CaSQ (casq) turns it into SBML-qual")
    if name == "pathway" and re.search(r"""name=["']path:""", head):
        return _KGML
    return _XML.get(name) or _XML.get(name.rpartition(":")[2]) or Kind()


def _of_json(head: str) -> Kind:
    if "CXVersion" in head:
        return Kind("cx2")
    if head.startswith("["):
        v1 = "numberVerification" in head or '"metaData"' in head
        return _BY_EXTENSION[".cx"] if v1 else Kind()
    if re.search(r'"(?:Model|Layout)"\s*:', head) and re.search(r'"(?:Variables|Relationships)"', head):
        return _BY_EXTENSION[".bma"]
    if re.match(r'\{\s*"[^"]+"\s*:\s*\[\s*\[\s*(?:\{|\])', head):
        return Kind(other="prime implicants of PyBoolNet", advice="PyBoolNet (primes2bnet) writes them as BNET")
    if '"elements"' in head and '"schema"' not in head:
        return Kind(other="Cytoscape.js JSON", advice="Cytoscape exports the network as CX2")
    return Kind("json") if '"schema"' in head else Kind()
