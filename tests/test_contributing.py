"""The examples of CONTRIBUTING.md are YAML that loads."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
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


# --- what the pages name is there ---

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = "her2cli|tests|pathways|docs|benchmarks|findings"


def named(page: Path) -> tuple[set[str], set[str]]:
    """The files and folders that a page names, and the dotted names of modules and functions."""
    text = page.read_text(encoding="utf-8")
    files = set(re.findall(rf"(?<![\w/.-])(?:{FOLDERS})/[\w./-]*\w/?(?![\w<*])", text))
    return {each for each in files if "NAME" not in each}, set(re.findall(r"\bher2cli(?:\.[A-Za-z_]\w*)+", text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_and_every_module_that_a_page_names_is_there(page: Path) -> None:
    from importlib import import_module

    files, names = named(page)
    missing = {each for each in files if not (ROOT / each).exists()}
    for name in names:
        module, _, attribute = name.rpartition(".")
        try:
            found = hasattr(import_module(module), attribute) or import_module(name)
        except ImportError:
            found = False
        if not found:
            missing.add(name)
    assert missing == set()


def test_what_contributing_says_to_be_of_a_file_is_made_there() -> None:
    """As in: `own_rates` and `state_rates` of `her2cli/logic/network/__init__.py`."""
    said = re.findall(r"((?:`\w+`(?:, | and )?)+),? of `(her2cli/[\w/]+\.py)`", TEXT)
    pairs = [(name, file) for names, file in said for name in re.findall(r"\w+", names.replace(" and ", " "))]
    made = {file: (ROOT / file).read_text(encoding="utf-8") for _, file in pairs}
    missing = [
        (name, file) for name, file in pairs if not re.search(rf"^(?:class |def |){name}\b", made[file], re.MULTILINE)
    ]
    assert len(pairs) >= 15
    assert not missing


def test_the_pages_name_files_at_all() -> None:
    files, _ = named(ROOT / "CONTRIBUTING.md")
    assert {"her2cli/cli/_commands.py", "her2cli/formats/__init__.py", "her2cli/logic/runs/"} <= files


def test_every_room_of_the_house_stands_in_contributing() -> None:
    named_here = " ".join(named(ROOT / "CONTRIBUTING.md")[0])
    rooms = [each.name for each in (ROOT / "her2cli").iterdir() if each.is_dir() and (each / "__init__.py").exists()]
    assert len(rooms) >= 6
    assert [room for room in rooms if f"her2cli/{room}/" not in named_here] == []


@pytest.mark.parametrize("word", ["COMMANDS", "SPELLINGS"])
def test_the_tables_of_the_command_line_are_where_contributing_says(word: str) -> None:
    from her2cli.cli import _commands as app

    assert hasattr(app, word)
    assert f"`{word}` in `her2cli/cli/_commands.py`" in TEXT or f"`{word}` of `her2cli/cli/_commands.py`" in TEXT


def test_each_layer_that_the_benchmark_takes_away_is_there_to_be_taken() -> None:
    """By its name in the code, which changes more often than the benchmark is run."""
    place = spec_from_file_location("layers", ROOT / "benchmarks" / "layers.py")
    assert place
    assert place.loader
    layers = module_from_spec(place)
    place.loader.exec_module(layers)
    for file, taken_away in layers.LAYERS.values():
        assert any((ROOT / "her2cli" / room / file).exists() for room in ("", "logic")), file
        with taken_away():
            pass
