"""The house stands: floors, packaging, and no biology outside the YAML."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Callable
from graphlib import TopologicalSorter
from importlib.util import find_spec
from pathlib import Path

import pytest

import her2cli.loading
from her2cli.cli._options import CellOptions
from her2cli.logic.questions import settling
from her2cli.render import placing
from her2cli.render.layout import written

ROOT = Path(__file__).resolve().parents[1]
Tree = Callable[[Path], ast.Module]


def test_each_floor_imports_only_those_below_it() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("needs import-linter (extra test)")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_module_imports_itself_by_way_of_others_not_for_types_either() -> None:
    """`her2cli.model` is one here: what is in its files is imported from it."""
    grimp = pytest.importorskip("grimp")
    graph = grimp.build_graph("her2cli", cache_dir=None)
    needs: dict[str, set[str]] = {}
    for module in graph.modules:
        others = {_one_model(each) for each in graph.find_modules_directly_imported_by(module)} - {_one_model(module)}
        needs.setdefault(_one_model(module), set()).update(others)
    assert len([*TopologicalSorter(needs).static_order()]) == len(needs) > 100


def _one_model(module: str) -> str:
    return "her2cli.model" if module.startswith("her2cli.model.") else module


ALIVE = {  # what is filled while a file is read or a page is made
    "formats.maboss._Settings",
    "formats.study.Rows",
    "formats.study.Study",
    "formats.tumours._Header",
    "loading.entries.File",
    "loading.library.Library",
    "render.reasons.Node",
    "render.tables.Pairs",
    "render.tables._Column",
    "studies.cohort.Tally",
}


def test_a_thing_does_not_change_once_it_is_made_and_an_answer_is_made_by_the_names_of_its_fields(tree: Tree) -> None:
    changing, by_place = set(), set()
    for path in sorted((ROOT / "her2cli").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT / "her2cli").with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and (made := _made_by(node)) is not None:
                name = f"{module}.{node.name}"
                changing |= set() if made.get("frozen") else {name}
                by_place |= set() if made.get("kw_only") else {name}
    assert changing <= ALIVE
    answers = {name for name in by_place if name.startswith(("lookup.", "graph.", "studies."))}
    assert answers <= {"studies.contrast._Place"}


EARLY = {  # who needs a library as soon as it is read; all of these are themselves read late
    "cli._typer": {"typer"},
    "loading.shape": {"pydantic", "typing_extensions"},
    "logic.lanes.kernels": {"llvmlite", "numba", "numpy"},
    "logic.lanes.machine_words": {"numpy"},
    "logic.runs.gillespie_numba": {"numba", "numpy"},
}


def test_a_library_is_imported_where_it_is_used_and_not_when_a_module_is_read(tree: Tree) -> None:
    """What types alone need stands under `if TYPE_CHECKING`."""
    early: dict[str, set[str]] = {}
    for path in sorted((ROOT / "her2cli").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT / "her2cli").with_suffix("").parts).removesuffix(".__init__")
        read = list(tree(path).body)
        for node in read:  # it grows
            if isinstance(node, ast.Try) or (isinstance(node, ast.If) and ast.unparse(node.test) != "TYPE_CHECKING"):
                read += [*node.body, *node.orelse]
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            outside = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"her2cli"}
            if outside:
                early.setdefault(module, set()).update(outside)
    assert early == EARLY


def _made_by(node: ast.ClassDef) -> dict[str, bool] | None:
    """What `@dataclass(...)` says of a class; None where it is no dataclass."""
    for each in node.decorator_list:
        called = each.func if isinstance(each, ast.Call) else each
        if isinstance(called, ast.Name) and called.id == "dataclass":
            given = each.keywords if isinstance(each, ast.Call) else []
            return {word.arg or "": isinstance(word.value, ast.Constant) and word.value.value is True for word in given}
    return None


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout; of several processes that run the tests, the first builds it for all."""
    if find_spec("hatchling") is None:
        pytest.skip("needs hatchling (extra test)")
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    folder = (base := tmp_path_factory.getbasetemp() if alone else tmp_path_factory.getbasetemp().parent) / "wheel"
    try:
        folder.mkdir()
    except FileExistsError:
        until = time.monotonic() + 300
        while not (built := list(folder.glob("*.whl"))) and time.monotonic() < until:
            time.sleep(0.2)
        return built[0]
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(base / "building")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    made = next((base / "building").glob("*.whl"))
    return made.rename(folder / made.name)


def test_the_wheel_holds_every_yaml_file(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    yaml = {f"her2cli/pathways/{path.relative_to(ROOT / 'pathways')}" for path in (ROOT / "pathways").rglob("*.yaml")}
    assert yaml
    assert yaml <= names
    assert "her2cli/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "benchmarks"))]


def test_the_zipped_wheel_says_what_the_yaml_says_and_draws_without_any_engine(wheel: Path, tmp_path: Path) -> None:
    """The layouts were made when it was built: the same as are made now, and no Graphviz is started."""
    code = (
        f"import sys; sys.path.insert(0, {str(wheel)!r}); import her2cli.loading as l; assert '.whl' in l.__file__\n"
        "from her2cli.render import placing; placing.engine = lambda: ''\n"
        "from her2cli.render.layout import layout, written\n"
        "for name in l.pathway_names():\n"
        "    made, read = l.load(name), l.load(name, with_places=True)\n"
        "    for part in ('species', 'edges', 'agent_edges', 'rules', 'readouts', 'default_alterations', 'context'):\n"
        "        assert getattr(made, part) == getattr(read, part), (name, part)\n"
        "    for shelf in ('drugs', 'alterations', 'receptors', 'domains', 'functions', 'references', 'claims',\n"
        "                  'cell_lines', 'contexts', 'experiments'):\n"
        "        assert dict(getattr(made, shelf)) == dict(getattr(read, shelf)), (name, shelf)\n"
        "    assert next(iter(made.species.values())).place is None, 'the compiled form was not used'\n"
        "    print(name, made.find_drug('Herceptin')); print(written(made, layout(made)), end='')\n"
    )
    if drawn := "graphviz-pure" in placing.engine():
        code += "from her2cli.cli.app import run; assert run(['draw', '-p', 'her2', '-o', 'x.png']) == 0"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[::2] == ["her2 trastuzumab", "erbb trastuzumab"]
    if not drawn:
        pytest.skip("needs graphviz-pure (extra draw)")
    assert (tmp_path / "x.png").stat().st_size > 10_000
    for line, name in zip(lines[1::2], ("her2", "erbb"), strict=True):
        pathway = her2cli.loading.load(name)
        assert f"{line}\n" == written(pathway, placing.placed(pathway))


def test_the_wheel_holds_the_default_tumours_settled_as_commands_ask_for_them(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in her2cli.loading.pathway_names():
            for file, text in settling.files(her2cli.loading.load(name), CellOptions().sampling).items():
                assert archive.read(f"her2cli/pathways/settled/{file}").decode() == text


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 3_000_000


def test_each_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    extras = project["optional-dependencies"].values()
    for requirement in (*project["dependencies"], *(item for extra in extras for item in extra)):
        lines = [line for line in text.splitlines() if f'"{requirement}"' in line]
        assert any("#" in line for line in lines), f"{requirement} has no reason"


def test_no_name_of_the_pathways_stands_in_python(tree: Tree) -> None:
    """A fact about HER2 in Python would be one that a biologist cannot correct in YAML."""
    pathways = [her2cli.loading.load(name) for name in her2cli.loading.pathway_names()]
    names = {name for p in pathways for name in (*p.species, *p.drugs, *p.alterations, *p.cell_lines)}
    for path in (ROOT / "her2cli").rglob("*.py"):
        texts = {node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)}
        assert not texts & names, path


def test_no_function_is_longer_than_a_screen_and_a_half(tree: Tree):
    long = {
        f"{path.relative_to(ROOT)}: {node.name}": node.end_lineno - node.lineno + 1
        for path in sorted((ROOT / "her2cli").rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
    }
    assert {name: lines for name, lines in long.items() if lines > 60} == {}
    assert len(long) > 1000
