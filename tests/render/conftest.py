"""What tests of looks share."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def benchmark() -> ModuleType:
    """What counts crossings, and places all by Graphviz alone."""
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "layout.py"
    spec = spec_from_file_location("layout_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found
