"""What people ask first: the command as they would type it, and what its first screen, 24 lines of 80 columns, holds.

A row is the question, one or two first tries, and patterns (regular expressions) that all stand in the first 24
lines of the first try that does not end in a mistake; a second try is one that the mistake's line names. Add a
question as a row.
"""

from __future__ import annotations

import json
import re
import shlex
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from her2cli.cli.app import run

ROOT = Path(__file__).resolve().parents[1]
LINES = 24

# Of look-ups, lists and traces.
LOOKED_UP = [
    ("which drugs target HER3", ["drugs --target HER3", "show HER3"], [r"\bpatritumab_deruxtecan\b"]),
    ("which drugs target HER3, as a card", ["show HER3"], [r"^drugs .*\bpatritumab_deruxtecan\b"]),
    ("what is downstream of AKT", ["trace AKT"], [r"-> SURVIVAL\b", r"-> VEGFA\b"]),
    ("is T-DM1 in here", ["drug T-DM1"], [r"^trastuzumab_emtansine ", r"\bKadcyla\b"]),
    ("is T-DM1 in here, typed alone", ["T-DM1"], [r"^trastuzumab_emtansine "]),
    ("what is HER2", ["HER2"], [r"^ERBB2 ", r"\bP04626\b"]),
    ("what is HER2, shown", ["show HER2"], [r"^ERBB2 ", r"\bP04626\b"]),
    ("which cell lines are there", ["cell-lines"], [r"^BT474 .*ERBB2_amp", r"^HCC1954 .*PIK3CA_H1047R"]),
    (
        "the path from HER2 to MYC",
        ["trace HER2 --to MYC", "trace HER2 --to MYC -p erbb"],
        [r"1\. ERBB2 .*RAS -> RAF -> MEK"],
    ),
    ("what is downstream of AKT in the literature", ["trace AKT -p erbb"], [r"-\| GSK3B\b|-\| FOXO3\b"]),
    ("how many species follow AKT", ["trace AKT"], [r"AKT acts on 2 species directly and leads to 3 in all"]),
    ("export to Cytoscape", ["export cytoscape"], [r'"CXVersion": "2.0"']),
    ("patients with FCGR3A 158F", ["show FCGR3A_158F"], [r"^FCGR3A_158F "]),
    ("is S310F in here", ["alteration S310F", "S310F"], [r"S310F"]),
    ("is KRAS G12D in here", ["show 'KRAS G12D'"], [r"^RAS_other "]),
    ("is TP53 in here", ["show TP53"], [r"^TP53 "]),
    ("is MDA-MB-361 in here", ["cell-line MDA-MB-361"], [r"^MDAMB361 |her2 new --cell-line"]),
    ("is paclitaxel in here", ["drug paclitaxel"], [r"^paclitaxel |her2 new --drug paclitaxel"]),
    ("is tamoxifen in here", ["drug tamoxifen"], [r"^tamoxifen |her2 new --drug tamoxifen"]),
    ("a drug that nobody added", ["drug quxzyqux"], [r"her2 new --drug quxzyqux"]),
    (
        "which drugs target HER3, as one asks a list",
        ["drugs HER3", "drugs --target ERBB3"],
        [r"^zenocutuzumab +directly"],
    ),
    ("is there a picture for NDEx", ["export ndex"], [r'"CXVersion": "2.0"']),
    (
        "which HER2 antibodies are there",
        ["search HER2 antibodies"],
        [r"^  margetuximab ", r"^  pertuzumab ", r"^  trastuzumab ", r"^  zanidatamab "],
    ),
    ("which CDK4/6 inhibitors are there", ["search CDK4/6 inhibitors"], [r"^  abemaciclib ", r"^  palbociclib "]),
    ("which drugs are endocrine", ["search endocrine"], [r"^  aromatase_inhibitor ", r"^  fulvestrant "]),
    ("what stands for KRAS G12D", ["search KRAS G12D", "show 'KRAS p.G12D'"], [r"^ *RAS_other "]),
    ("a line and a drug, side by side", ["search BT474 lapatinib"], [r"^  her2 simulate -c BT474 -d lapatinib$"]),
    ("why is olaparib not there", ["search olaparib", "drug olaparib"], [r"No drug 'olaparib': "]),
    ("how do I cite this", ["cite"], [r"^The her2 authors\. her2: ", r"--bibtex"]),
    (
        "what does this answer rest on",
        ["cite explain AKT -d lapatinib"],
        [r"^\d+ references are behind 'her2 explain AKT"],
    ),
    ("is the article right", ["evidence --claims", "claims"], [r"\d+ agree", r"\d+ wrong", r"^  literature "]),
]

# Of what is computed. The figures are left open: they are those of the experiments, which the network is held against.
COMPUTED = [
    (
        "what does lapatinib do in a HER2+ line with mutant PIK3CA",
        ["simulate -d lapatinib -a ERBB2_amp -a PIK3CA_H1047R"],
        [r"\ANetwork erbb", r"^AKT .* kept", r"^ERK .* falls", r"PIK3CA_H1047R -> PI3K .*AKT"],
    ),
    (
        "what does lapatinib do in HCC1954",
        ["simulate -d lapatinib -c HCC1954"],
        [r"HCC1954", r"^AKT .* kept", r"^ERK .* falls", r"PIK3CA_H1047R -> PI3K .*AKT"],
    ),
    (
        "what does lapatinib do with PIK3CA, by the gene",
        [f"simulate -d lapatinib -a ERBB2_amp -a {name} --replicates 500" for name in ("PIK3CA", "PIK3CA_H1047R")],
        [r"\ANetwork erbb|\Aher2: note: ", r"^AKT .* kept"],
    ),
    (
        "what does lapatinib do, without the option",
        ["simulate lapatinib", "simulate --drug lapatinib"],
        [r"\ANetwork erbb", r"^AKT .* falls"],
    ),
    (
        "which alterations make a tumour resist, without the option",
        ["resist trastuzumab", "resist --drug trastuzumab"],
        [r"\d+ smallest sets .*after which PROLIFERATION stays on"],
    ),
    (
        "how does AKT change over time, as an option without its value",
        ["simulate -d lapatinib --time", "simulate -d lapatinib --time 0..100"],
        [r"^time +0 +.*100$", r"^AKT +(\d+% +){3}", r"units of the mean delay|mean delays of a fast"],
    ),
    (
        "does pertuzumab do anything",
        ["compare pertuzumab", "compare untreated pertuzumab"],
        [r"^pertuzumab: \S+ in \d+ of 100 cells (more|less) "],
    ),
    (
        "patients with FCGR3A 158F, as an option",
        ["compare trastuzumab -a FCGR3A_158F", "compare trastuzumab trastuzumab+FCGR3A_158F"],
        [r"CELL_DEATH in \d+ of 100 cells less than trastuzumab", r"FCGR3A_158F -\| FCGR3A -> ADCC"],
    ),
    (
        "which drug restores the response after PTEN loss",
        ["screen drugs -d trastuzumab -a ERBB2_amp -a PTEN_loss --replicates 60"],
        [r"^ERBB2_amp \+ PTEN_loss, under trastuzumab\. Score: ", r"^ +1 +\w+ +0\.\d\d ± "],
    ),
    (
        "do trastuzumab and pertuzumab add up",
        ["combine trastuzumab pertuzumab --replicates 200"],
        [r"^goal +neither +first +second +both +Bliss +HSA +together", r"^SURVIVAL off +\d+ +\d+ +\d+ +\d+ "],
    ),
    (
        "why does trastuzumab fail when PTEN is lost",
        ["explain AKT -d trastuzumab -a ERBB2_amp -a PTEN_loss"],
        [r"kept", r"^  PTEN_loss -\| PTEN -\| PIP3 -> AKT$", r"Nagata2004"],
    ),
    (
        "compare ten cell lines under lapatinib",
        ["compare BT474 SKBR3 HCC1954 JIMT1 KPL4 MDAMB453 BT20 T47D MCF7 HCC1569 -d lapatinib --replicates 40"],
        [r"^BT474 +\d", r"^SKBR3 +\d", r"^HCC1954 +\d", r"^HCC1569 +\d", r"All with lapatinib"],
    ),
    (
        "dose response of lapatinib",
        ["simulate -d lapatinib --dose 0..1"],
        [r"^dose +0 +0\.2 +0\.4 +0\.6 +0\.8 +1$", r"^ERK +(\d+% +)+", r"the share of cells that"],
    ),
    (
        "how does AKT change over time",
        ["simulate -d lapatinib -r AKT --time 1 --time 5 --time 20 --time 50"],
        [r"^time +1 +5 +20 +50$", r"^AKT +(\d+% +){3}", r"units of the mean delay of a fast"],
    ),
    (
        "how does AKT change over time, as a course",
        ["simulate -d lapatinib -r AKT --time 0..50"],
        [r"^time +0 +.*50$", r"^AKT +(\d+% +){3}", r"units of the mean delay of a fast"],
    ),
    (
        "how sure is this",
        ["simulate -d trastuzumab"],
        [r"How sure: in blind tests it was right in \d+ of \d+ changes that it foretold"],
    ),
    (
        "which alteration protects from it",
        ["screen alterations -d trastuzumab --replicates 100"],
        [r"^rank  alteration +score", r"^ +\d+  (SRC_active|MUC4_high|MET_amp|ERBB2_T798I) +0\.0"],
    ),
    (
        "which alterations make a tumour resist trastuzumab",
        ["resist -d trastuzumab"],
        [
            r"\d+ smallest sets \(\d+ of 1, \d+ of 2\) after which PROLIFERATION stays on",
            r"^MET_amp +1\.00 .* experiments F107, F108\n  MET_amp -> MET -\|",
            r"^PIK3CA_H1047R +0\.\d\d .*\n  PIK3CA_H1047R -> PI3K -> PIP3 -> AKT",
            r"(?s)^and \d+ more, .*: .*FGFR1_amp,.* BRAF_V600E",
        ],
    ),
    (
        "which drug restores the response",
        ["resist -d trastuzumab -k 1 --counter --replicates 40"],
        [r"^MET_amp +1\.00 ", r"Blocked again by: \w+"],
    ),
    (
        "rank all drugs for this tumour",
        ["screen drugs -c HCC1954 --replicates 60"],
        [r"^HCC1954 \(ERBB2_amp \+ PIK3CA_H1047R\)\. Score: ", r"^rank +drug +score", r"^ +1 +\w+ +0\.\d\d ± "],
    ),
    (
        "what suits my tumour, a row of a MAF",
        ["simulate -d lapatinib -a '+PIK3CA p.H1047R' --replicates 500"],
        [r"^ERBB2_amp \+ PIK3CA_H1047R, treated with lapatinib", r"^AKT .* kept"],
    ),
    (
        "does pertuzumab add to trastuzumab",
        ["compare trastuzumab trastuzumab+pertuzumab --replicates 500"],
        [
            r"^trastuzumab\+pertuzumab: ((SURVIVAL|MIGRATION|AKT) .* less|CELL_DEATH .* more) than trastuzumab",
            r"pertuzumab -> ADCC -> CELL_DEATH|pertuzumab -\| (\(HER2_HER3 -> PI3K\)|HER2_HER3 -> PI3K)",
        ],
    ),
    (
        "trastuzumab and lapatinib against each alone",
        ["compare trastuzumab lapatinib trastuzumab+lapatinib"],
        [r"^trastuzumab +\d", r"^lapatinib +", r"^trastuzumab\+lapatinib +", r"than (trastuzumab|lapatinib)"],
    ),
    (
        "patients with FCGR3A 158F",
        ["compare trastuzumab trastuzumab+FCGR3A_158F"],
        [r"CELL_DEATH in \d+ of 100 cells less than trastuzumab", r"FCGR3A_158F -\| FCGR3A -> ADCC"],
    ),
    ("knock HER3 down", ["simulate -s ERBB3=0"], [r"ERBB3 held off", r"^AKT .* falls", r"ERBB3 -> \w+ -> "]),
    (
        "what does trastuzumab do, as the article has it",
        ["simulate --drug trastuzumab --replicates 500"],  # of a hundred, not enough fall to be sure
        [
            r"^PROLIFERATION .* falls",
            r"^SURVIVAL .* falls",
            r"^ANGIOGENESIS .* falls",
            r"trastuzumab -> ADCC -> CELL_DEATH",
        ],
    ),
]

ASKED = [*LOOKED_UP, *COMPUTED]

CELLS_ENOUGH = 200  # to tell which way a share goes
pytestmark = pytest.mark.usefixtures("few_cells", "drawn_once")  # the lines stay as people type them


@pytest.fixture
def first_screen(monkeypatch):
    """A function: the exit code of `her2 LINE`, and its first 24 lines as a terminal of 80 columns shows them."""
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "HER2_PATHWAY", "HER2_PATHWAYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(ROOT)

    def ask(line: str) -> tuple[int, str]:
        both = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
        with redirect_stdout(both), redirect_stderr(both):
            code = run(shlex.split(line))
        both.seek(0)
        return code, "\n".join(both.read().splitlines()[:LINES])

    return ask


@pytest.mark.parametrize(("question", "tries", "held"), ASKED, ids=[row[0] for row in ASKED])
def test_the_first_screen_holds_the_answer(first_screen, question: str, tries: list[str], held: list[str]) -> None:
    for number, line in enumerate(tries, start=1):
        code, screen = first_screen(line)
        if code != 2:
            break
        named = " ".join(tries[number : number + 1]).split()
        assert all(word in screen for word in named if word not in line.split()), (line, screen)
    for pattern in held:
        assert re.search(pattern, screen, flags=re.MULTILINE), (line, pattern, screen)


@pytest.mark.parametrize(
    "line", ["simulate -d lapatinib -c HCC1954", "simulate -d trastuzumab -a +PTEN_loss --context culture"]
)
def test_kept_readouts_share_one_way_from_the_alteration(first_screen, line: str) -> None:
    """A chain that begins at a readout goes on from that readout's own row, and the whole answer fits a screen."""
    code, screen = first_screen(line)
    rows = dict(re.findall(r"^([A-Z_]+) .*%  kept\s+(\S.*)$", screen, flags=re.MULTILINE))
    assert code == 0
    assert len(rows) >= 4
    starts = {row: chain.split()[0] for row, chain in rows.items()}
    for start in starts.values():
        while start in starts:
            start = starts[start]
        assert start in ("PIK3CA_H1047R", "PTEN_loss"), (start, screen)
    assert "How sure:" in screen


@pytest.mark.parametrize(
    "line", ["simulate -d lapatinib", "compare untreated lapatinib", "explain AKT -d lapatinib", "explain BIM"]
)
def test_every_answer_in_shares_of_cells_says_how_sure_it_is_and_none_of_a_single_cell(first_screen, capfd, line):
    """`explain` was surer of the same readout than `simulate`."""
    sure = "How sure: in blind tests it was right in "
    assert sure in " ".join(first_screen(line)[1].split())
    assert sure not in " ".join(first_screen(f"{line} --steps")[1].split())
    assert run([*line.split(), "-v"]) == 0
    assert sure in " ".join(capfd.readouterr().out.split())
    for form in ("--json", "--brief"):
        assert run([*line.split(), form]) == 0
        assert json.loads(capfd.readouterr().out)["how_sure"].startswith(sure)


@pytest.mark.parametrize("line", ["draw -o {file}.svg", "export cx2 -o {file}.cx2"])
def test_a_picture_or_an_export_is_a_file_that_is_named(first_screen, tmp_path: Path, line: str) -> None:
    code, screen = first_screen(line.format(file=tmp_path / "lapatinib"))
    (written,) = tmp_path.iterdir()
    assert code == 0
    assert f"her2: wrote {written}" in screen
    assert written.stat().st_size > 1000


FILES = [
    (
        "load a BNET file",
        "model.bnet",
        "A, B & !C\nB, A\nC, C\n",
        "attractors -p {file}",
        [r"[Ff]ixed points", r"[Tt]rap spaces"],
    ),
    ("check a BNET file", "model.bnet", "A, B & !C\nB, A\nC, C\n", "check {file}", [r"3 species, 3 edges, 2 rules"]),
    ("load a SIF file", "model.sif", "A 1 B\nB -1 C\n", "trace A -p {file}", [r"-> B", r"-\| C"]),
    ("load a BoolNet text", "model.txt", "targets, factors\nA, B\nB, A & !C\n", "check {file}", [r"3 species"]),
    (
        "load a table of OmniPath",
        "omnipath.tsv",
        "source\ttarget\tsource_genesymbol\ttarget_genesymbol\tis_directed\tis_stimulation\tis_inhibition\treferences\n"
        "P04626\tP42336\tERBB2\tPIK3CA\t1\t1\t0\tSIGNOR:12345678\n",
        "check {file}",
        [r"2 species, 1 edge"],
    ),
]


@pytest.mark.parametrize(("question", "name", "text", "line", "held"), FILES, ids=[row[0] for row in FILES])
def test_a_file_is_read_or_told_what_converts_it(
    first_screen, tmp_path: Path, question, name, text, line, held
) -> None:
    file = tmp_path / name
    file.write_text(text)
    code, screen = first_screen(line.format(file=file))
    assert code == 0, screen
    for pattern in held:
        assert re.search(pattern, screen, flags=re.MULTILINE), (line, pattern, screen)
