"""The words and signs by which files say what an edge does to its target."""

from __future__ import annotations

from her2cli.model import Effect

_ACTIVATES = """1 +1 + -> --> activates activate activation activating stimulates stimulation positive up induces
    upregulates up-regulates upregulates-expression upregulates-activity increases promotes"""
_INHIBITS = """-1 - -| --| inhibits inhibit inhibition inhibiting represses repression negative down suppresses
    downregulates down-regulates downregulates-expression downregulates-activity decreases blocks"""
EFFECTS = {
    **dict.fromkeys(_ACTIVATES.split(), Effect.activates),
    **dict.fromkeys(_INHIBITS.split(), Effect.inhibits),
}
