"""From the nodes of one YAML file to the model's dataclasses, collecting every problem of the file."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from functools import cache, partial
from math import inf
from typing import TYPE_CHECKING, Any

from her2cli import model
from her2cli.errors import DataError, Problem, a_or_an, listed, meant, shown
from her2cli.files import MAX_COUNTED
from her2cli.loading.source import child, place, plain, read_nodes

if TYPE_CHECKING:
    import yaml

SCHEMA_VERSION = "1"
NORMAL = "none"  # what a scenario calls a normal cell: no drug, alteration or cell line can
_OF_A_TUMOUR = ("drugs", "alterations", "cell_lines")
MAX_SHOWN = 15  # problems listed one by one; the rest are counted


@dataclass(kw_only=True)
class File:
    """What one file says: the pathway's own keys, and its knowledge by section and id."""

    name: str
    header: dict[str, Any] = field(default_factory=dict)  # name, title, note, extends, context, readouts and so on
    species: dict[str, model.Species] = field(default_factory=dict)
    edges: dict[int, model.Edge] = field(default_factory=dict)  # by their number in the file, from 0
    rules: dict[str, model.Rule] = field(default_factory=dict)
    joint_starts: dict[int, model.JointStart] = field(default_factory=dict)  # by their number in the file, from 0
    state_rates: dict[int, model.StateRate] = field(default_factory=dict)  # by their number, too
    knowledge: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    top: Any = None  # the file's top node, for the places of problems
    declared: frozenset[str] = frozenset()  # the ids of all species, also of those with a problem
    broken: set[tuple[str | int, ...]] = field(default_factory=set)  # sections and entries that cannot be built
    trusted: bool = False  # compiled from YAML that was checked then

    @property
    def is_pathway(self) -> bool:
        return "species" in self.header.get("keys", ())

    @property
    def holds_pathway(self) -> bool:
        """Whether it is a pathway: it has species, or takes over those of another."""
        return self.is_pathway or "extends" in self.header

    @property
    def full(self) -> bool:
        """Whether so many problems are noted that no further one is: more are not read by anyone."""
        return len(self.problems) >= MAX_COUNTED

    def where(self, *keys: str | int, key: bool = False) -> str:
        """`file:line:col` of the value that *keys* lead to, or of its key; of the deepest that exists."""
        return place(self._pair(*keys)[0 if key else 1], self.name)

    def node(self, *keys: str | int) -> Any:
        """The node that *keys* lead to; None in a file that was not read from YAML, or that does not have it."""
        node = self.top
        for step in keys:
            pair = child(node, step) if node is not None else None
            node = pair[1] if pair is not None else None
        return node

    def _pair(self, *keys: str | int) -> tuple[Any, Any]:
        """The key node and the value node that *keys* lead to, as deep as they exist."""
        pair = (self.top, self.top)
        for step in keys:
            deeper = child(pair[1], step)
            if deeper is None:
                break
            pair = deeper
        return pair

    def wrong(self, message: str, *keys: str | int, key: bool = False, offset: int = 1) -> None:
        """Note a problem at the value (or its key) that *keys* lead to; *offset* counts characters into its text."""
        if self.full:
            return
        where = self.where(*keys, key=key)
        if offset > 1:
            node = self._pair(*keys)[1]
            mark = node.start_mark
            if mark.line == node.end_mark.line:  # a text over several lines is folded: no column in it is certain
                quote = 1 if node.style in ("'", '"') else 0
                where = f"{self.name}:{mark.line + 1}:{mark.column + quote + offset}"
        self.problems.append(Problem(where, message))


def read_file(text: str, name: str) -> File:
    """Parse and validate one file; nothing is looked up outside it. Raises `DataError` with all its problems."""
    file = scan_file(text, name)
    if file.problems:
        raise DataError(tidy(file.problems, file.name))
    return file


def scan_file(text: str, name: str) -> File:
    """As `read_file`, but with the problems in the file, which holds what could be read despite them.

    Raises `DataError` only where there is nothing to go on with.
    """
    collecting = gc.isenabled()
    gc.disable()  # every object made here stays; looking for garbage among them makes reading grow faster than the file
    try:
        return _read(text, name)
    finally:
        if collecting:
            gc.enable()


def _read(text: str, name: str) -> File:
    from her2cli.loading import shape

    top, problems = read_nodes(text, name)
    raw = plain(top)
    file = File(name=shown(name, 200), top=top, problems=problems)
    version = raw.get("schema")
    if version is None:
        file.wrong(f"'schema: {SCHEMA_VERSION}' is missing; it is the first line of every file.")
    elif version != SCHEMA_VERSION:
        what = f"schema {shown(str(version))} is not known; this version reads schema {SCHEMA_VERSION}."
        file.wrong(what, "schema")
    for key, value in raw.items():
        if key not in shape.KEYS:
            if file.full:
                continue
            file.wrong(f"unknown key {_meant(key, shape.KEYS)}.", key, key=True)
        elif key != "schema":
            _validate(file, key, value)
    _build(file, raw)
    _check_header(file, raw)
    return file


def trusted_file(raw: Mapping[str, Any], name: str) -> File:
    """The file whose plain content is *raw*, validated when it was compiled. Its entries do not know their places."""
    file = File(name=name, trusted=True)
    _build(file, raw)
    return file


def tidy(problems: list[Problem], name: str, *, verbose: bool | None = None) -> list[Problem]:
    """The problems in file order, each once, of very many the first few; all for *verbose*, None where none is."""
    unique = sorted(dict.fromkeys(problems), key=_position)
    if verbose or len(unique) <= MAX_SHOWN:
        return unique
    at_least = "at least " if len(problems) >= MAX_COUNTED else ""
    more = f"and {at_least}{len(unique) - MAX_SHOWN} more problems{'' if verbose is None else '; -v shows them'}."
    return [*unique[:MAX_SHOWN], Problem(name, more)]


def _position(problem: Problem) -> tuple[str, int, int]:
    """The file, line and column of a problem; 0 for what is unknown."""
    file = problem.where
    numbers: list[int] = []
    while len(numbers) < 2:
        rest, _, last = file.rpartition(":")
        if not rest or not last.isdecimal():
            break
        file, numbers = rest, [int(last[:9]), *numbers]
    line, column = (*numbers, 0, 0)[:2]
    return file, line, column


# -- validation ---------------------------------------------------------------------------------------------------


def _validate(file: File, key: str, value: Any) -> None:
    from pydantic import ValidationError

    from her2cli.loading import shape

    try:
        shape.adapter(key).validate_python(value)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_context=True):
            if item["loc"][-1:] != ("str",) or not isinstance(item["input"], dict):  # a rule may be a mapping, too
                _explain(file, key, item)


def _explain(file: File, section: str, item: Any) -> None:
    """One of pydantic's complaints in our words, at its place."""
    # Branches of a union add their name to the path; only steps that exist in the file are part of it.
    path: list[str | int] = [section]
    node = child(file.top, section)[1]  # type: ignore[index]
    for step in item["loc"]:
        pair = child(node, step)
        if pair is not None:
            path.append(step)
            node = pair[1]
    from her2cli.loading import shape

    kind, given, context = item["type"], item.get("input"), item.get("ctx", {})
    file.broken.add(tuple(path[:2]))
    if file.full:
        return
    label = _label(path)
    named = str(next(step for step in reversed(path) if isinstance(step, str)))  # an item is what its list is of
    quoted = f"'{shown(given)}'" if isinstance(given, str) else _kind_of(given)
    if kind == "extra_forbidden" and path[-1] == "<<":
        return  # a merge key was told as such
    if kind == "extra_forbidden":
        known = shape.keys_at(path[:-1])
        file.wrong(f"{_label(path[:-1])}: unknown key {_meant(str(path[-1]), known)}.", *path, key=True)
    elif kind == "missing":
        file.wrong(f"{label}: {item['loc'][-1]!r} is missing.", *path)
    elif kind == "literal_error":
        words = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        hint = (meant(given, words) if isinstance(given, str) else "") or f"; use {listed(words, 'or')}"
        what = {"classes": "class", "copies": "number of copies"}.get(named, named)
        file.wrong(f"{label}: {quoted} is not {a_or_an(what)}{hint}.", *path)
    elif kind in {"dict_type", "list_type", "string_type", "typed_dict_type", "model_type"}:
        expected = {"list_type": "a list", "string_type": "text"}.get(kind, "a mapping")
        file.wrong(f"{label}: {expected} is expected, not {_kind_of(given)}.", *path)
    elif kind in {"string_too_short", "string_pattern_mismatch"} and isinstance(given, str) and not given.strip():
        file.wrong(f"{label}: is blank.", *path)
    elif kind == "string_pattern_mismatch":
        file.wrong(f"{label}: {quoted} is not {shape.EXPECTED[context['pattern']]}.", *path)
    elif kind in {"string_too_long", "too_long"}:
        file.wrong(f"{label}: is longer than {context.get('max_length')}.", *path)
    else:
        file.wrong(f"{label}: {item['msg'].lower()}.", *path)


def _label(path: list[str | int]) -> str:
    """`edges[3].effect`: items of a list are counted as one counts, from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{shown(step)}" if text else shown(step)
    return text


def _kind_of(value: Any) -> str:
    if isinstance(value, str):
        return f"the text '{shown(value)}'" if value else "nothing"
    return "a list" if isinstance(value, list) else "a mapping"


def _meant(key: str, known: Sequence[str]) -> str:
    """The *key* that is unknown, and which was perhaps meant, or else all that are *known*."""
    return f"'{shown(key)}'" + (meant(key, known) or f"; use {listed(known, 'or')}")


# -- building -----------------------------------------------------------------------------------------------------


def _build(file: File, raw: Mapping[str, Any]) -> None:
    file.header["keys"] = tuple(raw)
    file.declared = frozenset(raw["species"] if isinstance(raw.get("species"), dict) else ())
    for key in ("name", "title", "note", "extends", "context"):
        if key in raw and (key,) not in file.broken:
            file.header[key] = raw[key]
    for key in ("readouts", "default_alterations", "aliases"):
        sound = not any(path[0] == key for path in file.broken)
        file.header[key] = tuple(raw.get(key, ())) if sound else ()
    if not any(path[0] == "layout" for path in file.broken):
        file.header["layout"] = {name: int(rows) for name, rows in raw.get("layout", {}).items()}
    for key, (key_node, _), fields in _entries(file, raw, "species"):
        file.species[key] = model.Species(id=key, place=_at(file, key_node), **_held(model.Species, fields))
    edges = file.node("edges")
    for number, fields in enumerate(raw.get("edges", ()) if ("edges",) not in file.broken else ()):
        if ("edges", number) in file.broken:
            continue
        edge = _edge(file, fields, edges and edges.value[number], ("edges", number), owner=None)
        if edge is not None:
            file.edges[number] = edge
    for key, (_, node), fields in _entries(file, raw, "rules"):
        if isinstance(fields, str):
            fields = {"rule": fields}
        else:
            node = file.node("rules", key, "rule")
        file.rules[key] = _rule(file, key, node, fields)
    starts = raw.get("joint_starts", ()) if ("joint_starts",) not in file.broken else ()
    for number, fields in enumerate(starts):
        if ("joint_starts", number) not in file.broken and (start := _joint_start(file, fields, number)) is not None:
            file.joint_starts[number] = start
    for number, fields in enumerate(raw.get("state_rates", ()) if ("state_rates",) not in file.broken else ()):
        if ("state_rates", number) not in file.broken:
            at = _at(file, file.node("state_rates", number))
            file.state_rates[number] = model.StateRate(place=at, **_held(model.StateRate, fields))
    for section, build in _KNOWLEDGE.items():
        for key, (key_node, node), fields in _entries(file, raw, section):
            built = build(file, section, key, key_node, node, fields)
            file.knowledge.setdefault(section, {})[key] = built
            if section in _OF_A_TUMOUR and key.casefold() == NORMAL:
                file.wrong(
                    f"{section}.{key}: in a scenario this is a normal cell; call it something else.",
                    section,
                    key,
                    key=True,
                )


def _entries(file: File, raw: Mapping[str, Any], section: str) -> list[tuple[str, tuple[Any, Any], Any]]:
    """The sound entries of a section: id, its key node and value node, and what the value says."""
    if (section,) in file.broken or not isinstance(raw.get(section, {}), dict):
        return []
    section_node = file.node(section)
    by_key = {pair[0].value: pair for pair in section_node.value} if section_node is not None else {}
    return [
        (key, by_key.get(key, (None, None)), fields)
        for key, fields in raw.get(section, {}).items()
        if (section, key) not in file.broken
    ]


def _at(file: File, node: yaml.Node | None) -> model.Place | None:
    if node is None:
        return None
    mark = node.start_mark
    return model.Place(file.name, mark.line + 1, mark.column + 1)


_TEXT: dict[str, Callable[[Any], Any]] = {  # what becomes of a text, or of a list of texts, by what the model holds
    "int": int,
    "float": float,
    "bool": {"true": True, "yes": True, "false": False, "no": False}.__getitem__,
    "tuple[str, ...]": lambda value: (value,) if isinstance(value, str) else tuple(value),
    "tuple[int, ...]": lambda value: tuple(map(int, [value] if isinstance(value, str) else value)),
    **{
        words.__name__: {word.value: word for word in words}.__getitem__
        for words in (model.Effect, model.Speed, model.Status, model.Verification)
    },
}


@cache
def _kinds(cls: type) -> dict[str, Callable[[Any], Any]]:
    """How the text of each field becomes what *cls* holds, as the field's own type says; the others stay text."""
    kinds = {each.name: str(each.type).removesuffix(" | None") for each in fields_of(cls)}
    return {name: _TEXT[kind] for name, kind in kinds.items() if kind in _TEXT}


def _held(cls: type, fields: Mapping[str, Any]) -> dict[str, Any]:
    """*fields* as the dataclass *cls* takes them."""
    kinds = _kinds(cls)
    return {key: kinds[key](value) if key in kinds else value for key, value in fields.items()}


def _edge(
    file: File, fields: Mapping[str, Any], node: yaml.Node | None, path: tuple[str | int, ...], *, owner: str | None
) -> model.Edge | None:
    values = dict(fields)
    missing = []
    if owner is not None:
        if "source" in values:
            file.wrong(f"{_label(list(path))}: 'source' is left out here; it is {owner!r}.", *path, "source", key=True)
        values["source"] = owner
    elif "source" not in values:
        missing.append("source")
    if "blocks" in values:
        for key in ("target", "effect"):
            if key in values:
                file.wrong(f"{_label(list(path))}: {key!r} is left out where 'blocks' stands.", *path, key, key=True)
        blocked = values.pop("blocks").split(" -> ", 1)
        values["blocks"] = (blocked[0].strip(), blocked[1].strip())
        values["target"], values["effect"] = values["blocks"][1], "inhibits"
    else:
        missing += [key for key in ("target", "effect") if key not in values]
    for key in () if file.full else missing:
        file.wrong(f"{_label(list(path))}: {key!r} is missing.", *path)
    if missing:
        return None
    return model.Edge(place=_at(file, node), **_held(model.Edge, values))


def _rule(file: File, target: str, node: yaml.Node | None, fields: Mapping[str, Any]) -> model.Rule:
    held = {"text" if name == "rule" else name: value for name, value in fields.items()}
    if parts := held.get("parts"):
        held["written"] = held["text"]
        held["parts"] = tuple(
            model.Part(name=name, text=part["rule"], note=part.get("note", "")) for name, part in parts.items()
        )
        held["text"] = _worked_in(file, target, held["written"], held["parts"])
    return model.Rule(target=target, place=_at(file, node), **_held(model.Rule, held))


_LONGEST = 100_000  # characters of a rule with its parts worked in: they could double from one to the next
_WORD = re.compile(r""""(?:[^"]|"")*"|'(?:[^']|'')*'|[^\W\d]\w*""")  # as a rule has them; a part's is never in quotes


def _worked_in(file: File, target: str, text: str, parts: Iterable[model.Part]) -> str:
    """*text* with what each part means in the place of its name."""
    means: dict[str, str] = {}
    for name, said in (*((part.name, part.text) for part in parts), ("", text)):
        if len(said) + sum(len(means.get(word, "")) for word in _WORD.findall(said)) > _LONGEST:
            file.wrong(f"rules.{shown(target)}: has more than {_LONGEST:,} characters with its parts.", "rules", target)
            return text
        means[name] = _WORD.sub(lambda word: f"({means[word[0]]})" if word[0] in means else word[0], said)
    return means[""]


def _joint_start(file: File, fields: Mapping[str, Any], number: int) -> model.JointStart | None:
    """Species that begin together, their weights divided by the sum of all."""
    path = ("joint_starts", number)
    names, weights = tuple(fields["species"]), {key: float(text) for key, text in fields["weights"].items()}
    whole = sum(weights.values())
    wrong = next((key for key in weights if len(key) != len(names)), None)
    if wrong is not None:
        what = f"'{wrong}' has {len(wrong)} values, but there are {len(names)} species."
        file.wrong(f"{_label(list(path))}.weights: {what}", *path, "weights", wrong, key=True)
    elif len(set(names)) < len(names):
        file.wrong(f"{_label(list(path))}.species: names one twice.", *path, "species")
    elif not 0 < whole < float("inf"):
        file.wrong(f"{_label(list(path))}.weights: their sum is {whole:g}; it must be above 0.", *path, "weights")
    else:
        whole = 1.0 if abs(whole - 1) < 1e-9 else whole  # what adds up already stays as it is written
        shares = {tuple(map(int, key)): weight / whole for key, weight in weights.items()}
        return model.JointStart(species=names, weights=shares)
    return None


def _agent(name: str) -> Callable[..., Any]:
    def build(file: File, section: str, key: str, key_node: Any, node: Any, fields: Mapping[str, Any]) -> Any:
        cls = getattr(model, name)
        own = []
        for number, item in enumerate(fields.get("edges", ())):
            path = (section, key, "edges", number)
            edge = _edge(file, item, file.node(*path), path, owner=key)
            if edge is not None:
                own.append(edge)
        rest = _held(cls, {name: value for name, value in fields.items() if name not in ("edges", "match")})
        if "match" in fields:
            paths = ((section, key, "match", number) for number in range(len(fields["match"])))
            rest["match"] = tuple(map(partial(_match, file), fields["match"], paths))
        return cls(id=key, edges=tuple(own), place=_at(file, key_node), **rest)

    return build


_OF_A_GENE = ("changes", "residues", "classes", "without", "copies", "fusion")
_OF_A_MARKER = ("status", "ihc", "ish")


def _match(file: File, fields: Mapping[str, Any], path: tuple[str | int, ...]) -> model.Match:
    """One item of `match`, which speaks of a gene or of a marker and says something of it."""
    stretches = fields.get("residues", ())
    parts = [tuple(map(int, each.split("-"))) for each in ([stretches] if isinstance(stretches, str) else stretches)]
    if not file.trusted:
        _check_match(file, fields, path, parts)
    rest = {**_held(model.Match, fields), "residues": tuple((part[0], part[-1]) for part in parts)}
    return model.Match(place=_at(file, file.node(*path)), **rest)


def _check_match(
    file: File, fields: Mapping[str, Any], path: tuple[str | int, ...], parts: list[tuple[int, ...]]
) -> None:
    label = _label(list(path))
    if ("gene" in fields) == ("marker" in fields):
        file.wrong(f"{label}: says either of which 'gene' it speaks or of which 'marker'.", *path)
    else:
        about, own, other = (
            ("gene", _OF_A_GENE, _OF_A_MARKER) if "gene" in fields else ("marker", _OF_A_MARKER, _OF_A_GENE)
        )
        strange = [key for key in other if key in fields]
        for key in strange:
            file.wrong(f"{label}: {key!r} does not go with {about!r}.", *path, key, key=True)
        said = [key for key in own if fields.get(key) and key != "without"]
        if not said and not strange:
            file.wrong(f"{label}: says nothing of the {about}; use {listed([*own], 'or')}.", *path)
        if len(said) > 1 and {"changes", "copies", "fusion"}.intersection(said):
            file.wrong(f"{label}: of {' and '.join(said)} each has an item of its own.", *path)
    for number, part in enumerate(parts):
        if part[0] > part[-1]:
            file.wrong(f"{label}.residues[{number + 1}]: the end comes before the start.", *path, "residues", number)


def _plain_entry(name: str) -> Callable[..., Any]:
    def build(file: File, section: str, key: str, key_node: Any, node: Any, fields: Mapping[str, Any]) -> Any:
        cls = getattr(model, name)
        values = _held(cls, fields)
        if name == "Reference":
            return cls(id=key, **values)
        if name == "Domain" and values.get("start", 0) > values.get("end", values.get("start", 0)):
            file.wrong(f"{section}.{shown(key)}: 'start' comes after 'end'.", section, key, "start")
        if name == "Agreement" and values.get("right", 0) > values.get("of", values.get("right", 0)):
            file.wrong(f"{section}.{shown(key)}: 'right' is more than 'of'.", section, key, "right")
        return cls(id=key, place=_at(file, key_node), **values)

    return build


def _report(file: File, section: str, key: str, key_node: Any, node: Any, fields: Mapping[str, Any]) -> Any:
    """What counts say of a marker: within bounds that are bounds, and of a score one thing only."""
    label, said = f"{section}.{shown(key)}", {*fields.get("positive", ())} & {*fields.get("negative", ())}
    held = _held(model.Report, fields)
    if not any(name.endswith(("_from", "_below")) for name in fields):
        file.wrong(
            f"{label}: has no bound; use 'ratio_from', 'ratio_below', 'copies_from' or 'copies_below'.", section, key
        )
    for what in ("ratio", "copies"):
        if held.get(f"{what}_from", 0) >= held.get(f"{what}_below", inf):
            file.wrong(
                f"{label}: nothing is from '{what}_from' on and below '{what}_below'.", section, key, f"{what}_below"
            )
    for name in ("ratio_from", "ratio_below"):
        if fields.get("probes") == "single" and name in fields:
            file.wrong(f"{label}: a single probe has no ratio; leave out '{name}'.", section, key, name, key=True)
    if not (fields.get("positive") or fields.get("negative")):
        file.wrong(f"{label}: says nothing; use 'positive' or 'negative', with scores or any.", section, key)
    if said:
        file.wrong(
            f"{label}: {listed([*sorted(said)])} cannot be both positive and negative.", section, key, "negative"
        )
    return model.Report(id=key, place=_at(file, key_node), **held)


def _context(file: File, section: str, key: str, key_node: Any, node: Any, fields: Mapping[str, Any]) -> Any:
    there = fields.get("species", {})
    around = tuple(model.Surrounding(species=name, **_held(model.Surrounding, each)) for name, each in there.items())
    rest = _held(model.Context, {name: value for name, value in fields.items() if name != "species"})
    return model.Context(id=key, species=around, place=_at(file, key_node), **rest)


def _experiment(file: File, section: str, key: str, key_node: Any, node: Any, fields: Mapping[str, Any]) -> Any:
    versus = fields.get("versus", {})
    rest = {
        name: value
        for name, value in fields.items()
        if name not in ("alterations", "ligands", "treatment", "versus", "time")
    }
    time = fields.get("time", "late")
    return model.Experiment(
        id=key,
        scenario=_scenario(file, fields, section, key),
        comparator=_scenario(file, versus, section, key, "versus"),
        time=time,
        comparator_time=versus.get("time", time),
        place=_at(file, key_node),
        **_held(model.Experiment, rest),
    )


def _scenario(file: File, fields: Mapping[str, Any], *path: str) -> model.Scenario:
    try:
        return treated(fields.get("alterations", ()), fields.get("ligands", ()), fields.get("treatment", ()))
    except ValueError as error:
        file.wrong(f"{_label([*path, 'treatment'])}: {error}", *path, "treatment")
        return model.Scenario()


def treated(alterations: Any, ligands: Any, treatment: Any) -> model.Scenario:
    """A scenario from lists of names, where a treatment is a drug or a clamp such as `ERBB3=0`.

    Raises ValueError on a clamp that is neither 0 nor 1.
    """
    drugs, clamps = [], []
    for item in treatment:
        name, equals, value = item.partition("=")
        if not equals:
            drugs.append((name, 1.0))
        elif value in ("0", "1"):
            clamps.append((name, int(value)))
        else:
            raise ValueError(f"'{shown(item)}' is neither a drug nor a clamp such as ERBB3=0.")
    return model.Scenario(
        alterations=tuple(alterations), ligands=tuple(ligands), drugs=tuple(drugs), clamps=tuple(clamps)
    )


_KNOWLEDGE: dict[str, Callable[..., Any]] = {  # the classes by their names: they are made when one is asked for
    "receptors": _plain_entry("Receptor"),
    "domains": _plain_entry("Domain"),
    "functions": _plain_entry("Function"),
    "references": _plain_entry("Reference"),
    "claims": _plain_entry("Claim"),
    "drugs": _agent("Drug"),
    "alterations": _agent("Alteration"),
    "cell_lines": _plain_entry("CellLine"),
    "contexts": _context,
    "reports": _report,
    "agreement": _plain_entry("Agreement"),
    "absent": _plain_entry("Absent"),
    "experiments": _experiment,
}


# -- what a pathway must hold -------------------------------------------------------------------------------------


def _check_header(file: File, raw: Mapping[str, Any]) -> None:
    pathway_keys = [
        key
        for key in raw
        if key in ("name", "title", "extends", "readouts", "edges", "rules", "joint_starts", "state_rates", "layout")
    ]
    if len(raw) == 1:
        file.wrong("says nothing but its schema; `her2 new` writes a file to start from.", "schema", key=True)
    elif pathway_keys and "species" not in raw and "extends" not in raw:
        file.wrong(
            f"{pathway_keys[0]!r} belongs to a pathway, and a pathway needs 'species'.", pathway_keys[0], key=True
        )
    elif "species" in raw and not raw["species"] and ("species",) not in file.broken:
        file.wrong("species: there are none.", "species")
