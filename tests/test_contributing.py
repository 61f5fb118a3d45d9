"""The examples of CONTRIBUTING.md are YAML that loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from her2cli.loading import load, load_text
from her2cli.loading.entries import read_file
from her2cli.studies.check import findings

TEXT = (Path(__file__).resolve().parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, flags=re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split("\n")[2].strip(" :"))
def test_an_example_reads_and_cites_references_that_exist(example: str) -> None:
    file = read_file(example, "CONTRIBUTING.md")
    cited = {key for keys in re.findall(r"(?:evidence|against): \[(.*?)\]", example) for key in keys.split(", ")}
    assert cited <= load().references.keys() | file.knowledge.get("references", {}).keys()


def test_there_is_an_example_of_each_kind_of_change() -> None:
    sections = {key for example in EXAMPLES for key in re.findall(r"^(\w+):$", example, flags=re.MULTILINE)}
    expected = {"references", "drugs", "alterations", "species", "edges", "rules", "domains", "experiments"}
    assert expected <= sections


def test_the_example_of_a_pathway_loads() -> None:
    (example,) = (text for text in EXAMPLES if "extends" in text)
    pathway = load_text(example)
    assert pathway.rules["P95HER2"].text == "ERBB2 and ADAM10"
    assert [finding.message for finding in findings(pathway)] == []
