"""The shapes of all answers in JSON, stated once; `answer_schema` makes JSON Schemas of them.

docs/json.md says what the fields mean.

A shape is a mapping from field to type: `text`, `number`, `integer`, `boolean`, `null`, `any`, or another shape's name.
`T[]` is a list, `{}T` a mapping from names to T, `T or U` either; a field with `?` is there with some options only, and
`...` stands for all fields of another. What the YAML has (an edge, a drug, a reference) is as its dataclass in `model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints


def _one(kind: str, *, always: bool = False) -> dict[str, str]:
    """A look-up of one thing of *kind*; where it is not asked for one, it lists all instead."""
    fields = {"kind": "text", "thing": kind, "claims": "Claim[]"}
    return fields if always else {f"{name}?": shape for name, shape in fields.items()}


_THINGS = "Receptor or Domain or Species or Drug or Alteration or CellLine or Context or Function or Reference"
_DRAWN = {"seed": "integer", "replicates": "integer or null", "engine": "text or null"}

_WRITTEN = {"format": "text", "file": "text or null", "losses": "text[]", "text?": "text"}

_OF_SPECIES = {"incoming?": "EdgeBeside[]", "outgoing?": "EdgeBeside[]", "rule?": "RuleOf or null"}

_EXPLAINED = {
    "share": "ShareOf or null",
    "cell": "{}integer or null",
    "scenario": "Scenario",
    "species": "text",
    "time": "text",
    "value": "number or null",
    "reason": "Reason",
    "flips": "Flips",
    "steady": "Steady or null",
    "from_treatment": "SearchFor[]",
}

ANSWERS: dict[str, dict[str, str]] = {
    "receptors": {"receptors": "Receptor[]"},
    "receptor": _one("Receptor", always=True) | {"domains": "Domain[]"},
    "domain": _one("Domain") | {"domains?": "Domain[]"},
    "function": _one("Function") | {"functions?": "Function[]"},
    "species": _one("Species") | {"species?": "Species[]"} | _OF_SPECIES,
    "ligands": {"ligands": "Species[]"},
    "drug": _one("Drug") | {"drugs?": "ListedDrug[]", "actions?": "Edge[]", "target?": "text"},
    "alteration": _one("Alteration") | {"alterations?": "Alteration[]", "actions?": "Edge[]"},
    "cell-line": _one("CellLine") | {"cell_lines?": "CellLine[]"},
    "context": _one("Context") | {"contexts?": "Context[]"},
    "pathways": {"pathways": "PathwayLine[]"},
    "show": _one(_THINGS, always=True) | {"domains?": "Domain[]", "actions?": "Edge[]"} | _OF_SPECIES,
    "search": {"text": "text", "named": "Named[]", "line": "text or null", "close": "text[]", "hits": "Hit[]"},
    "evidence": {"statements?": "Statement[]", "references?": "Reference[]", "claims?": "Claim[]"},
    "cite": {"software": "{}text", "behind": "text", "references": "Reference[]"},
    "trace": {
        "start": "text",
        "kind": "text",
        "upstream": "boolean",
        "steps": "TraceStep[]",
        "note": "text",
        "to?": "text",
        "paths?": "text[][]",
        "silent?": "SilentEdge[]",
        "drug?": "text",
        "lost?": "text[]",
    },
    "simulate": _DRAWN
    | {
        "scenario": "Scenario",
        "semantics": "text",
        "before_is?": "text",
        "readouts?": "{}Share or {}Verdict",
        "species?": "{}Share or {}Verdict",
        "errors?": "{}NumberList or {}Numbers or {}NumberMaps",
        "outcomes?": "{}Outcome",
        "gained?": "text[]",
        "lost?": "text[]",
        "idle?": "IdleDrug[]",
        "article?": "{}text",
        "how_sure?": "text",
        "notes?": "text[]",
        "steps?": "RunStep[]",
        "probabilities?": "{}Numbers",
        "doses?": "number[]",
        "late?": "{}NumberList",
        "attractors?": "{}integer",
    },
    "explain": {
        "seed": "integer",
        "semantics": "text",
        "verdict?": "Verdict",
        "article?": "{}text",
        "how_sure?": "text",
    }
    | _EXPLAINED,
    "compare": {
        "scenarios": "Scenario[]",
        "readouts": "Readouts[] or VerdictsOf[]",
        "notes": "SharedNote[] or text[]",
        "semantics": "text",
        "seed?": "integer",
        "replicates?": "integer",
        "engine?": "text",
        "reasons?": "Difference[]",
        "idle?": "IdleIn[]",
        "article?": "ContraryIn[]",
        "how_sure?": "text",
        "partings?": "Parting[]",
        "alike?": "Alike[]",
        "differences?": "Differing[]",
    },
    "attractors": {
        "scenario": "Scenario",
        "inputs": "text",
        "species": "text[]",
        "fixed_points?": "Found or null",
        "minimal_trap_spaces?": "Found or null",
        "attractors?": "Found or null",
        "synchronous_attractors?": "Found or null",
        "notes": "text[]",
        "article?": "{}text",
    },
    "screen": {
        "seed": "integer",
        "engine": "text",
        "replicates": "integer",
        "scenario": "Scenario",
        "along": "text[]",
        "left_out": "{}TextList",
        "score": "text",
        "goals": "{}integer",
        "time": "text",
        "rows": "Ranked[]",
        "article?": "ContraryIn[]",
    },
    "resist": {
        "seed": "integer",
        "replicates": "integer",
        "engine": "text",
        "scenario": "Scenario",
        "readout": "text",
        "value": "integer",
        "without": "number",
        "blocked": "boolean",
        "over": "text",
        "candidates": "integer",
        "size": "integer",
        "complete": "boolean",
        "uncertain": "text[]",
        "guarantee": "text",
        "sets": "ResistingSet[]",
        "not_explained": "integer",
        "article?": "text[][]",
    },
    "cohort": {
        "study": "text",
        "tumours": "integer",
        "score": "text",
        "replicates": "integer",
        "seed": "integer",
        "engine": "text",
        "groups": "TumourGroup[]",
        "alterations": "Tested[]",
        "drugs": "BestDrug[]",
        "genes": "{}integer",
        "unmatched": "Unmatched[]",
        "elsewhere": "integer",
        "silent": "integer",
        "doubts": "{}text",
        "rows_left_out": "{}integer",
        "article?": "ContraryIn[]",
    },
    "combine": {
        "seed": "integer",
        "engine": "text",
        "replicates": "integer",
        "scenario": "Scenario",
        "drugs": "text[]",
        "time": "text",
        "surfaces": "Surface[]",
        "article?": "ContraryIn[]",
    },
    "draw": {
        "format": "text",
        "file": "text or null",
        "text?": "text",
        "part": "text or null",
        "time": "text or null",
        "engine": "text",
        "width": "number",
        "height": "number",
        "species": "{}Place",
        "scenarios": "Panel[]",
    },
    "convert": _WRITTEN,
    "export": _WRITTEN,
    "new": {"file": "text or null", "text?": "text"},
    "check": {"checked": "text[]", "errors": "Mistake[]", "warnings": "Warning[]"},
    "diff": {"before": "text", "after": "text", "changes": "Change[]"},
    "schema": {"json_schema": "{}any"},
    "validate": {
        "semantics": "text",
        "seed": "integer",
        "replicates": "integer",
        "engine": "text",
        "total": "integer",
        "agree": "integer",
        "close": "text[]",
        "synchronous?": "{}integer",
        "by_answer?": "Agreement[]",
        "by_drug?": "{}IntegerList",
        "by_alteration?": "{}IntegerList",
        "rows": "ExperimentRow[]",
        "arms?": "Arm[]",
    },
}

SHAPES: dict[str, dict[str, str]] = {
    "Scenario": {
        "name": "text",
        "alterations": "text[]",
        "ligands": "text[]",
        "drugs": "{}number",
        "clamps": "{}integer",
        "inputs": "integer or null",
        "context": "text",
    },
    "RuleOf": {"expression": "text", "parts": "PartOf[]", "note": "text", "evidence": "text[]"},
    "PartOf": {"name": "text", "expression": "text", "note": "text"},
    "EdgeBeside": {"...": "Edge", "condition": "boolean"},
    "TraceStep": {
        "...": "Edge",
        "depth": "integer",
        "again": "text",
        "cut": "text or null",
        "lost": "boolean",
        "idle": "text or null",
    },
    "Share": {"before": "number", "early": "number", "late": "number"},
    "Verdict": {
        "synchronous": "number",
        "stochastic": "number",
        "error": "number",
        "asynchronous": "integer[] or null",
        "most_permissive": "integer[] or null",
        "reachable": "integer[] or null",
        "agree": "boolean or null",
    },
    "ShareOf": {
        "before": "number",
        "early": "number",
        "late": "number",
        "change": "text or null",
        "slightly": "text or null",
        "why": "text",
        "held_by": "text or null",
    },
    "Outcome": {
        "change": "text or null",
        "slightly": "text or null",
        "why": "text",
        "time": "text",
        "held_by": "text or null",
        "edges": "Edge[]",
    },
    "RunStep": {"step": "integer", "phase": "text", "on": "text[]", "changed": "Changed[]"},
    "Changed": {"species": "text", "value": "integer", "reason": "text", "because": "Cause[]"},
    "Reason": {
        "species": "text",
        "value": "number or null",
        "kind": "text",
        "rule": "text",
        "note": "text",
        "evidence": "text[]",
        "parts": "{}integer",
        "smallest": "boolean",
        "loop": "text[]",
        "edges": "Edge[]",
        "because": "Reason[]",
    },
    "Warning": {"where": "text", "check": "text", "message": "text", "reason": "text"},
    "Flips": {"given": "Search or null", "any": "Search or null"},
    "Search": {
        "size": "integer",
        "candidates": "integer",
        "tried": "text[]",
        "unsearched": "integer",
        "sets": "Set[]",
    },
    "Difference": {
        "scenario": "integer",
        "against": "integer",
        "readout": "text",
        "by": "number",
        "without": "boolean",
        "why": "text",
        "edges": "Edge[]",
    },
    "SharedNote": {"note": "text", "scenarios": "integer[]"},
    "Found": {
        "count": "integer",
        "complete": "boolean",
        "states": "text[]",
        "cyclic?": "integer",
        "sizes?": "integer[]",
    },
    "ResistingSet": {
        "set": "text[]",
        "share": "number",
        "error": "number",
        "chain": "text[]",
        "experiments": "text[]",
        "evidence": "text[]",
        "counters": "text[][]",
        "everywhere": "boolean",
    },
    "Surface": {
        "readout": "text",
        "goal": "integer",
        "verdict": "text",
        "responses": "{}number",
        "points": "Numbers[]",
    },
    "Unmatched": {"finding": "text", "rows": "integer"},
    "Named": {"kind": "text", "id": "text", "absent": "text or null"},
    "Hit": {"kind": "text", "id": "text", "field": "text", "value": "text"},
    "Statement": {
        "kind": "text",
        "id": "text",
        "statement": "text",
        "status": "text or null",
        "verified": "text or null",
        "evidence": "text[]",
        "against": "text[]",
    },
    "PathwayLine": {
        "pathway": "text",
        "title": "text",
        "species": "integer",
        "edges": "integer",
        "rules": "integer",
        "readouts": "text[]",
        "file": "text",
    },
    "Place": {"x": "number", "y": "number"},
    "ListedDrug": {"...": "Drug", "direct?": "boolean", "through?": "text[]"},
    "IdleDrug": {"drug": "text", "lacks": "Lack[]"},
    "Lack": {"target": "text", "needs": "text[]", "prevented_by": "text[]"},
    "ContraryIn": {"scenario": "text", "readout": "text", "says": "text"},
    "IdleIn": {"scenario": "integer", "drug": "text", "why": "text"},
    "Steady": {"on": "Flips", "off": "Flips"},
    "SearchFor": {"...": "Search", "value": "number"},
    "Cause": {"source": "text", "target": "text", "effect": "text", "evidence": "text[]", "step": "Step"},
    "Parting": {
        "other": "integer",
        "step": "integer",
        "moment": "integer",
        "phase": "text",
        "numbers": "Step[]",
        "given": "text[]",
        "in_first": "Changed[]",
        "in_other": "Changed[]",
        "kept_in_first": "Changed[]",
        "kept_in_other": "Changed[]",
    },
    "Alike": {"other": "integer", "given": "text[]", "moments": "integer", "of": "integer"},
    "Differing": {"species": "text", "late": "number[]", "reasons": "Reason[]"},
    "Ranked": {
        "drug?": "text",
        "drugs?": "text",
        "alteration?": "text",
        "alterations?": "text",
        "cell_line?": "text",
        "knockout?": "text",
        "held_on?": "text",
        "rank": "integer or null",
        "score": "number",
        "error": "number",
        "readouts": "{}RankedShare",
    },
    "RankedShare": {"before": "number", "share": "number", "error": "number"},
    "TumourGroup": {
        "alterations": "text[]",
        "tumours": "integer",
        "untreated": "{}number",
        "score": "number",
        "best": "BestHere[]",
    },
    "BestHere": {"drug": "text", "gain": "number", "score": "number", "error": "number", "tied": "boolean"},
    "Tested": {
        "alteration": "text",
        "found": "integer",
        "not_found": "integer",
        "not_tested": "integer",
        "alone": "integer",
    },
    "BestDrug": {"drug": "text", "best": "integer", "gain": "number"},
    "Panel": {"scenario": "Scenario", "shares": "{}number"},
    "Mistake": {"file": "text", "line": "integer or null", "column": "integer or null", "message": "text"},
    "Change": {
        "kind": "text",
        "name": "text",
        "field": "text",
        "before": "text",
        "after": "text",
        "witness": "text[]",
    },
    "Agreement": {"kind": "text", "answer": "text", "right": "integer", "of": "integer"},
    "ExperimentRow": {
        "id": "text",
        "readout": "text",
        "time": "text",
        "expect": "text",
        "got": "text",
        "agree": "boolean",
        "disputed": "boolean",
        "value": "number",
        "versus_value": "number",
        "evidence": "text[]",
        "why?": "text",
    },
    "Arm": {"arm": "text", **_EXPLAINED},
}
_ALIASES = {
    "Set": "{}integer",
    "Step": "integer or integer[] or null",
    "SilentEdge": "text[] or null",
    "TextList": "text[]",
    "NumberMaps": "{}Numbers",
    "Numbers": "{}number",
    "Readouts": "{}Share",
    "VerdictsOf": "{}Verdict",
    "NumberList": "number[]",
    "IntegerList": "integer[]",
}
_PLAIN = {"text": "string", "number": "number", "integer": "integer", "boolean": "boolean", "null": "null"}


@cache
def answer_schema(command: str, *, closed: bool = False) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the answer of *command*. *closed* forbids fields that are not stated here."""
    used: dict[str, Any] = {}
    head = {"schema": "text", "version": "text", "pathway?": "{}text"}
    schema = _object(head | ANSWERS[command], used, closed)
    schema["properties"]["schema"] = {"type": "string", "pattern": f"^her2/{command}/\\d+$"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"The answer of her2 {command} --json",
        **schema,
        "$defs": dict(sorted(used.items())),
    }


def _object(shape: Mapping[str, str], used: dict[str, Any], closed: bool) -> dict[str, Any]:
    own = {name: kind for name, kind in shape.items() if name != "..."}
    properties = {name.rstrip("?"): _type(kind, used, closed) for name, kind in own.items()}
    required = [name for name in own if not name.endswith("?")]
    if "..." in shape:  # all fields of another, and these
        other = shape["..."]
        base = _object(SHAPES[other], used, closed) if other in SHAPES else _of_model(other, used, closed)
        properties, required = base["properties"] | properties, [*dict.fromkeys(base["required"] + required)]
    schema = {"type": "object", "properties": properties, "required": required}
    return schema | ({"additionalProperties": False} if closed else {})


def _type(said: str, used: dict[str, Any], closed: bool) -> dict[str, Any]:
    said = _ALIASES.get(said, said)
    if " or " in said:
        return {"anyOf": [_type(each, used, closed) for each in said.split(" or ")]}
    if said.startswith("{}") and not said.endswith("[]"):
        return {"type": "object", "additionalProperties": _type(said[2:], used, closed)}
    if said.endswith("[]"):
        return {"type": "array", "items": _type(said[:-2], used, closed)}
    if said == "any":
        return {}
    if said in _PLAIN:
        return {"type": _PLAIN[said]}
    if said not in used:
        used[said] = {}  # it may hold itself
        used[said] = _object(SHAPES[said], used, closed) if said in SHAPES else _of_model(said, used, closed)
    return {"$ref": f"#/$defs/{said}"}


def _of_model(name: str, used: dict[str, Any], closed: bool) -> dict[str, Any]:
    """The JSON of a dataclass of the model, as `render.json.thing` writes it."""
    from her2cli import model
    from her2cli.model import facts, knowledge

    kind = getattr(model, name)
    hints = get_type_hints(kind, vars(model) | vars(knowledge) | vars(facts))
    shape = {each.name: _of_hint(hints[each.name], used, closed) for each in fields(kind) if each.name != "place"}
    if "step" in shape:  # a number, a list of them, or null
        shape["step"] = _type("integer or integer[] or null", used, closed)
    schema = {"type": "object", "properties": shape, "required": list(shape)}
    return schema | ({"additionalProperties": False} if closed else {})


def _of_hint(hint: Any, used: dict[str, Any], closed: bool) -> dict[str, Any]:
    inner = get_args(hint)
    if NoneType in inner:
        return {"anyOf": [*(_of_hint(each, used, closed) for each in inner if each is not NoneType), {"type": "null"}]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _of_hint(inner[0], used, closed)}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"type": "string", "enum": [each.value for each in hint]}
    plain = {str: "text", int: "integer", float: "number", bool: "boolean"}
    if hint in plain:
        return _type(plain[hint], used, closed)
    return _type(hint.__name__, used, closed) if is_dataclass(hint) and isinstance(hint, type) else {}
