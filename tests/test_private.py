"""What is private stays at home, and what is public says what it is."""

from __future__ import annotations

import ast
import inspect
import subprocess
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import her2cli
from her2cli.loops import components

ROOT = Path(her2cli.__file__).parent
FILES = sorted(path for path in ROOT.rglob("*.py") if "pathways" not in path.parts)
LOGIC = [path for path in FILES if "logic" in path.relative_to(ROOT).parts]


Tree = Callable[[Path], ast.Module]


@cache
def imports(module: ast.Module, *, for_types: bool = True) -> list[tuple[str, str]]:
    """The module and the name of each import from the house; without those for types alone, if they do not count."""
    found: list[tuple[str, str]] = []
    open_ = list[ast.AST](module.body)
    while open_:
        node = open_.pop()
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("her2cli"):
            found += [(node.module, each.name) for each in node.names]
        if isinstance(node, ast.If) and not for_types and ast.unparse(node.test) == "TYPE_CHECKING":
            open_ += node.orelse
        elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):  # no statement stands in an expression
            open_ += (each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.expr))
    return found


def test_no_name_with_an_underscore_is_imported_by_another_module(tree: Tree) -> None:
    taken = {
        (path.name, module, name)
        for path in FILES
        for module, name in imports(tree(path))
        if name.startswith("_")
        and not name.startswith("__")
        and not (ROOT.parent / module.replace(".", "/") / f"{name}.py").exists()
    }
    assert taken == set()


def test_no_module_with_an_underscore_is_used_outside_of_its_room(tree: Tree) -> None:
    """`cli` has files for its commands, and others that only it knows."""
    outside = {
        (str(path.relative_to(ROOT)), module)
        for path in FILES
        if path.parent.name != "cli"
        for module, name in imports(tree(path))
        if any(part.startswith("_") for part in (*module.split("."), name))
    }
    assert outside == set()


def test_logic_has_no_private_module_at_all() -> None:
    assert [path.name for path in LOGIC if path.name.startswith("_") and path.name != "__init__.py"] == []


def test_no_two_modules_import_each_other_not_even_late(tree: Tree) -> None:
    """Nor in a circle of more; what is imported for types alone runs nothing and does not count."""
    names = (".".join(path.relative_to(ROOT.parent).with_suffix("").parts) for path in FILES)
    modules = {name.removesuffix(".__init__"): path for name, path in zip(names, FILES, strict=True)}
    graph = {}
    for own, path in modules.items():
        ran = imports(tree(path), for_types=False)
        taken = {f"{module}.{name}" if f"{module}.{name}" in modules else module for module, name in ran}
        graph[own] = sorted(taken - {own})
    assert [part for part in components(graph) if len(part) > 1] == []


ENGINES = (
    "runs.gillespie",
    "runs.gillespie_numba",
    "runs.synchronous",
    "lanes",
    "ends.answer_sets",
    "ends.attractors",
    "ends.diagrams",
    "ends.feedback",
    "ends.most_permissive",
    "ends.outside",
    "ends.state_graph",
    "questions.control",
    "questions.refutation",
)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_begins_with_its_page(engine: str) -> None:
    """The law that it samples or the question that it answers, the idea, why it is exact, the paper, what it costs."""
    page = import_module(f"her2cli.logic.{engine}").__doc__ or ""
    assert "**The law" in page or "**The question" in page
    assert [part for part in ("**The idea", "**Why it is exact", "**What it costs") if part not in page] == []
    assert "doi:" in page or "arXiv:" in page


PUBLIC = [name for name in her2cli.__all__ if name != "__version__"]


def test_the_house_tells_the_whole_of_its_python_interface() -> None:
    text = her2cli.__doc__ or ""
    assert [name for name in PUBLIC if f"`{name}`" not in text] == []


@pytest.mark.parametrize("name", PUBLIC)
def test_everything_public_says_what_it_gives_and_what_it_raises(name: str) -> None:
    thing = getattr(her2cli, name)
    told = inspect.getdoc(thing) or ""
    assert len(told) > 30
    if inspect.isfunction(thing) and thing.__module__ == "her2cli.api" and name not in ("ask", "load"):
        assert "ows are" in told  # the shape of the answer
    if name in ("ask", "load"):
        assert "Raises" in told


def questions(module: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in module.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


@pytest.mark.parametrize("path", LOGIC, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_public_function_of_the_logic_has_a_docstring_and_says_what_it_raises_itself(
    path: Path, tree: Tree
) -> None:
    for function in questions(tree(path)):
        told = ast.get_docstring(function)
        assert told, function.name
        raised = {
            node.exc.func.id
            for node in ast.walk(function)
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name)
        }
        for error in raised - {"AssertionError", "SystemExit"}:
            assert error in told or "Raises" in told or "Raise " in told, (function.name, error)


def test_a_commit_that_contributing_names_is_there() -> None:
    import re
    import shutil

    if shutil.which("git") is None:
        pytest.skip("needs git")
    checkout = ROOT.parent
    named = re.findall(r"`git show (\w+)`", (checkout / "CONTRIBUTING.md").read_text("utf-8"))
    assert len(named) >= 7
    shallow = subprocess.run(
        ["git", "rev-parse", "--is-shallow-repository"], cwd=checkout, capture_output=True, text=True
    )
    if shallow.returncode or shallow.stdout.strip() != "false":
        pytest.skip("needs the whole history")
    for commit in named:
        found = subprocess.run(["git", "cat-file", "-t", commit], cwd=checkout, capture_output=True, text=True)
        assert found.stdout.strip() == "commit", commit
