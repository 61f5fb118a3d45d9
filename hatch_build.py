"""Adds what is worked out beforehand to a wheel: compiled YAML, layouts, and the default tumours settled.

See her2cli/loading/compiled.py, her2cli/render/layout.py and her2cli/logic/network/settled.py. An editable installation
reads the YAML, and works out the others when they are asked for.
"""

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
            from her2cli.cli._options import CellOptions
            from her2cli.loading import load, pathway_names
            from her2cli.loading.compiled import FOLDER, compile_all
            from her2cli.logic.questions import settling
            from her2cli.render import layout, placing

            self.scratch = tempfile.TemporaryDirectory()
            compiled, layouts, settled = (Path(self.scratch.name, n) for n in (FOLDER, layout.FOLDER, "settled"))
            layouts.mkdir()
            settled.mkdir()
            for name in pathway_names():
                pathway = load(name, with_places=True)
                made = placing.placed(pathway)
                if made.engine == "graphviz-pure":  # the same places everywhere; else they are made when they are drawn
                    (layouts / f"{name}.json").write_text(layout.written(pathway, made), "utf-8")
                for file, text in settling.files(pathway, CellOptions().sampling).items():
                    (settled / file).write_text(text, "utf-8")
            compile_all(Path(self.root) / "pathways", compiled)
        finally:
            sys.path.remove(self.root)
        for folder in (compiled, layouts, settled):
            build_data["force_include"][str(folder)] = f"her2cli/pathways/{folder.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.scratch.cleanup()
