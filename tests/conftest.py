"""Fixtures that several test files share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from her2cli.loading.entries import File
from her2cli.loading.library import Library

settings.register_profile("her2", deadline=None, max_examples=50)  # a slow machine is no failure
settings.register_profile("thorough", deadline=None, max_examples=1000)  # pytest --hypothesis-profile thorough
settings.load_profile("her2")

# Files of long tests: processes of their own, browsers, packaging, large networks, many random cases. What they hold
# runs with everything else; `pytest -m "not slow"` leaves it out.
SLOW = {
    "tests/cli/test_agents.py",
    "tests/cli/test_attractors.py",
    "tests/cli/test_brief.py",
    "tests/cli/test_cli.py",
    "tests/cli/test_compare.py",
    "tests/cli/test_draw.py",
    "tests/cli/test_line.py",
    "tests/cli/test_outputs.py",
    "tests/cli/test_progress.py",
    "tests/cli/test_screen.py",
    "tests/cli/test_validate.py",
    "tests/cli/test_validate_why.py",
    "tests/formats/test_agents.py",
    "tests/formats/test_foreign.py",
    "tests/formats/test_given_networks.py",
    "tests/formats/test_round_trips.py",
    "tests/logic/test_attractors.py",
    "tests/logic/test_interop.py",
    "tests/logic/test_stochastic.py",
    "tests/logic/test_without_aeon.py",
    "tests/render/test_page.py",
    "tests/render/test_plots.py",
    "tests/studies/test_cohort.py",
    "tests/studies/test_room.py",
    "tests/test_api.py",
    "tests/test_biology.py",
    "tests/test_catalogue.py",
    "tests/test_cohort_page.py",
    "tests/test_gallery.py",
    "tests/test_house.py",
    "tests/test_questions.py",
    "tests/test_readme.py",
}

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of models and answers that are not licensed to ship; a test that needs it skips without it."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not part of the project")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def _shipped_files_are_read_once() -> Iterator[None]:
    """A session reads each shipped file once. Whoever asks gets a file of his own, with the same entries in it."""
    read, kept = Library.shipped_file, {}

    def shipped_file(shelves: Library, name: str) -> File:
        if shelves.shipped != ROOT / "pathways":
            return read(shelves, name)
        if name not in shelves.read:
            if name not in kept:
                kept[name] = read(shelves, name)
            file = kept[name]
            shelves.read[name] = replace(file, problems=list(file.problems), broken=set(file.broken))
        return shelves.read[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Library, "shipped_file", shipped_file)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow by its file."""
    for item in items:
        if item.path.relative_to(ROOT).as_posix() in SLOW:
            item.add_marker("slow")
