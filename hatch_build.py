"""Adds the compiled YAML to a wheel (see her2cli/loading/compiled.py). An editable installation reads the YAML."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileYaml(BuildHookInterface):
    """Checks every pathway and every other YAML file, and stops the build where one is broken."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from her2cli.loading import load, pathway_names
            from her2cli.loading.compiled import FOLDER, compile_all

            for name in pathway_names():
                load(name, with_places=True)
            self.scratch = tempfile.TemporaryDirectory()
            compile_all(Path(self.root) / "pathways", Path(self.scratch.name))
        finally:
            sys.path.remove(self.root)
        build_data["force_include"][self.scratch.name] = f"her2cli/pathways/{FOLDER}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.scratch.cleanup()
