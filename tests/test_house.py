"""The house stands: floors, packaging, and no biology outside the YAML."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

import her2cli.loading

ROOT = Path(__file__).resolve().parents[1]


def test_each_floor_imports_only_those_below_it() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("needs import-linter (extra test)")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_wheel_holds_every_yaml_file(tmp_path: Path) -> None:
    if find_spec("hatchling") is None:
        pytest.skip("needs hatchling (extra test)")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    yaml = {f"her2cli/pathways/{path.relative_to(ROOT / 'pathways')}" for path in (ROOT / "pathways").rglob("*.yaml")}
    assert yaml
    assert yaml <= names
    assert "her2cli/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "benchmarks"))]


def test_the_zipped_wheel_answers_without_being_unpacked(tmp_path: Path) -> None:
    if find_spec("hatchling") is None:
        pytest.skip("needs hatchling (extra test)")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    code = (
        f"import sys; sys.path.insert(0, {str(wheel)!r}); import her2cli; assert '.whl' in her2cli.__file__;"
        "print(len(her2cli.load('her2').species), her2cli.load('her2').find_drug('Herceptin'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.split()[1:] == ["trastuzumab"], done.stderr


def test_each_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    extras = project["optional-dependencies"].values()
    for requirement in (*project["dependencies"], *(item for extra in extras for item in extra)):
        lines = [line for line in text.splitlines() if f'"{requirement}"' in line]
        assert any("#" in line for line in lines), f"{requirement} has no reason"


def test_no_name_of_the_pathways_stands_in_python() -> None:
    """A fact about HER2 in Python would be one that a biologist cannot correct in YAML."""
    pathways = [her2cli.loading.load(name) for name in her2cli.loading.pathway_names()]
    names = {name for p in pathways for name in (*p.species, *p.drugs, *p.alterations, *p.cell_lines)}
    for path in (ROOT / "her2cli").rglob("*.py"):
        constants = {
            node.value
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not constants & names, path
