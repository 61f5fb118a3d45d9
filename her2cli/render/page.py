"""One HTML file that shows a pathway and its scenarios without network: the map, its controls, what is known.

The behaviour is in `page.js`, the looks in `page.css`; this file gives them their data. A content security policy
allows nothing but these two, known by their hashes.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol

from her2cli.model import Edge, Effect, Pathway, Reference
from her2cli.render.labels import Ground
from her2cli.render.placing import within
from her2cli.render.rows import Key, Layout, band_of
from her2cli.render.svg import MARKERS, Panel, acting, brief, number, path, said, style, undressed

if TYPE_CHECKING:
    from her2cli.logic.questions.simulation import Step

SHORT = 3  # characters; a shorter text is written again


class Values(Protocol):
    """How much of a species is on, 0 to 1: before the treatment, early and late under it."""

    @property
    def before(self) -> float: ...
    @property
    def early(self) -> float: ...
    @property
    def late(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a page shows first, where it is not all: some edges and species, and what they are."""

    said: str
    edges: Set[Key]
    names: Set[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One scenario of a page: the shares of cells, the steps of one cell, and the command that says the same.

    `notes` are to be known of both, those of the `cell` of the steps alone.
    """

    name: str
    command: str
    panel: Panel
    values: Mapping[str, Values]
    steps: Sequence[Step] = ()
    notes: Sequence[str] = ()
    cell: Sequence[str] = ()


def page(
    pathway: Pathway,
    layout: Layout,
    stories: Sequence[Story],
    *,
    command: str,
    readouts: Sequence[str] = (),
    shares: str = "Shares of the cells in which each is on",
    first: View | None = None,
    compared: bool = False,
) -> str:
    """The page of *pathway*. *command* says what it shows without a scenario; *readouts* stand in its table.

    *shares* says what the numbers are of; *first* is what it begins with, if not with all; it may begin with the first
    two scenarios *compared*.
    """
    title = pathway.title or pathway.name
    sheet = style("auto") + _file("page.css")
    script = _file("page.js")
    data = json.dumps(
        _data(pathway, layout, stories, command, readouts, first), ensure_ascii=False, separators=(",", ":")
    )
    data = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    policy = (
        f"default-src 'none'; style-src '{_hash(sheet)}'; script-src '{_hash(script)}'; base-uri 'none'; "
        "form-action 'none'"
    )
    return _PAGE.format(
        policy=escape(policy, quote=False),
        title=_shown(title),
        sheet=sheet,
        views=_views(pathway, first),
        scenarios=_options(stories, "the pathway as it stands", chosen=0 if stories else -1),
        others=_options(stories, "nothing", chosen=1 if compared and len(stories) > 1 else -1),
        shares=_shown(shares),
        map=_map(pathway, layout),
        data=data,
        script=script,
    )


def _file(name: str) -> str:
    """A file of the page without its indents and the lines that are comments: they are for whoever reads it here."""
    lines = (line.strip() for line in files("her2cli.render").joinpath(name).read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _shown(text: str) -> str:
    """*text* as it was typed, for HTML; what cannot be seen is written as an escape."""
    return escape("".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text))


def _views(pathway: Pathway, first: View | None) -> str:
    """The control that shows what the page begins with, or all."""
    if first is None:
        return ""
    count = len(pathway.species)
    few = f"{_shown(first.said)}: {len(first.names)} of {count} species"
    choices = f'<option value="1">{few}</option><option value="0">all {count} species</option>'
    return f'<label>Show <select id="view">{choices}</select></label>'


def _options(stories: Sequence[Story], none: str, *, chosen: int) -> str:
    made = [f'<option value="-1"{" selected" if chosen < 0 else ""}>{none}</option>']
    made += [
        f'<option value="{index}"{" selected" if index == chosen else ""}>{_shown(story.name)}</option>'
        for index, story in enumerate(stories)
    ]
    return "".join(made)


def _map(pathway: Pathway, layout: Layout) -> str:
    size = f'width="{number(layout.width)}" height="{number(layout.height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(layout.width)} {number(layout.height)}" {size} '
        f'role="group" aria-label="Map of the pathway; arrow keys go from species to species">'
        f'{MARKERS}{undressed(pathway, layout)}<g id="tags"></g></svg>'
    )


def _data(
    pathway: Pathway,
    layout: Layout,
    stories: Sequence[Story],
    command: str,
    readouts: Sequence[str],
    first: View | None,
) -> dict[str, Any]:
    index = {name: number for number, name in enumerate(pathway.species)}
    edges = [edge for edge in pathway.edges if edge.source in index and edge.target in index]
    cited = Counter(key for edge in edges for key in (*edge.evidence, *edge.against))
    cited.update(key for species in pathway.species.values() for key in species.evidence)
    number = {key: str(place) for place, (key, _) in enumerate(cited.most_common())}  # few digits for what comes often
    reasons: dict[str, int] = {}  # the same ones come again in every scenario
    phases: dict[str, int] = {}
    texts: dict[str, int] = {}
    part = within(layout, {*first.edges}, {*first.names}) if first else layout
    grounds = [Ground(layout, layout.boxes, layout.routes)]
    if first:
        grounds.append(Ground(part, first.names, part.routes))
    told = [
        _story(story, index, readouts, reasons, phases)
        | {"tags": [_tags(story.panel, ground, edges, texts) for ground in grounds]}
        for story in stories
    ]
    return {
        "command": command,
        "species": _rows(
            [
                {
                    "id": key,
                    "name": species.name,
                    "kind": species.kind,
                    "place": band_of(pathway, key),
                    "by": _numbers(species.evidence, number),
                    "note": species.note,
                    "aliases": list(species.aliases),
                }
                for key, species in pathway.species.items()
            ],
            texts,
        ),
        "edges": _rows([_edge(edge, index, number) for edge in edges], texts),
        "references": [(key, *_cited(pathway.references.get(key))) for key in number],
        "readouts": [index[name] for name in readouts if name in index],
        "reasons": list(reasons),
        "phases": list(phases),
        "texts": list(texts),
        "stories": told,
        "first": first
        and {
            "species": sorted(index[name] for name in first.names),
            "ways": {
                place: brief(path(part.routes[edge.source, edge.target]))
                for place, edge in enumerate(edges)
                if (edge.source, edge.target) in part.routes
            },
        },
    }


def _tags(panel: Panel, ground: Ground, edges: Sequence[Edge], texts: dict[str, int]) -> list[list[int]]:
    """The labels of drugs and alterations: what kind, name and words, where; an effect, or the edge that is blocked.

    The kind is 0 for an alteration and 1 for a drug, and 2 more where something keeps it from acting.
    """
    place = {(edge.source, edge.target): index for index, edge in enumerate(edges)}
    return [
        [
            (label.kind == "drug") + 2 * rests,
            *(texts.setdefault(text, len(texts)) for text in (label.agent, said(label))),
            *map(round, (label.box.left, label.box.top, label.box.width, *label.foot, *label.tip)),
            place[label.blocked] if label.blocked else -1 if label.edges[0].effect is Effect.activates else -2,
        ]
        for label, rests in acting(panel, ground)
    ]


def _numbers(keys: Sequence[str], number: Mapping[str, str]) -> str:
    return " ".join(number[key] for key in keys)


def _edge(edge: Edge, index: Mapping[str, int], number: Mapping[str, str]) -> dict[str, Any]:
    return {
        "s": index[edge.source],
        "t": index[edge.target],
        "e": edge.sign,
        "how": edge.mechanism,
        "by": _numbers(edge.evidence, number),
        "note": edge.note,
        "status": edge.status.value if edge.status and edge.status.value != "agree" else "",
        "against": _numbers(edge.against, number),
    }


def _rows(records: Sequence[Mapping[str, Any]], texts: dict[str, int]) -> list[list[Any]]:
    """The names of the fields, then a row a record without the empty ones at its end: names would be a tenth of it.

    A text that comes again stands once, in *texts*, and here as its place there.
    """
    rows = [list(record.values()) for record in records]
    often = Counter(value for row in rows for value in row if isinstance(value, str) and len(value) > SHORT)
    for row in rows:
        while not row[-1] and row[-1] != 0:
            row.pop()
        for place, value in enumerate(row):
            if isinstance(value, str) and often[value] > 1:
                row[place] = texts.setdefault(value, len(texts))
    return [list(records[0]), *rows] if records else [[]]


def _cited(reference: Reference | None) -> tuple[str | int, ...]:
    """The citation, and the PMID where there is one."""
    if reference is None:
        return ("",)
    return (reference.citation, int(reference.pmid)) if reference.pmid else (reference.citation,)


def _story(
    story: Story, index: Mapping[str, int], readouts: Sequence[str], reasons: dict[str, int], phases: dict[str, int]
) -> dict[str, Any]:
    values = story.values
    return {
        "name": story.name,
        "command": story.command,
        "notes": [f"{note}." for note in story.notes],
        "cell": [f"{note}." for note in story.cell],
        "late": [_percent(values[name].late) if name in values else 0 for name in index],
        "readouts": [
            [_percent(part) for part in (values[name].before, values[name].early, values[name].late)]
            for name in readouts
            if name in index
        ],
        "start": [index[name] for name in (story.steps[0].on if story.steps else ()) if name in index],
        "steps": [
            [phases.setdefault(step.phase, len(phases)), *_changes(step, index, reasons)] for step in story.steps
        ],
    }


def _changes(step: Step, index: Mapping[str, int], reasons: dict[str, int]) -> Iterator[int]:
    """Of each change a species, as ~species where it is switched off, and the reason."""
    for change in step.changed:
        if change.species in index:
            place = index[change.species]
            yield place if change.value else ~place
            yield reasons.setdefault(change.reason, len(reasons))


def _percent(share: float) -> int:
    return round(100 * share)


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>{sheet}</style>
</head>
<body>
<div id="frame">
<header>
<h1>{title}</h1>
<form id="controls">
<label>Find <input id="find" type="search" list="names" placeholder="a name or an alias" autocomplete="off"></label>
<datalist id="names"></datalist>
{views}
<label>Scenario <select id="scenario">{scenarios}</select></label>
<label>compared with <select id="other">{others}</select></label>
<label>Step <input id="step" type="range" min="0" max="0" value="0"></label><output id="when" for="step"></output>
<label>Light up <select id="light"><option value="next">what is next to it</option>\
<option value="up">all that leads to it</option><option value="down">all that follows</option></select></label>
<fieldset aria-label="Zoom"><button type="button" id="out" aria-label="smaller">&minus;</button>\
<button type="button" id="in" aria-label="larger">+</button><button type="button" id="fit">fit</button></fieldset>
</form>
<p id="status" class="status" role="status"></p>
</header>
<main>
<section id="map" tabindex="0" aria-label="Map">{map}</section>
<aside id="card" tabindex="0" aria-label="What is known">
<h2>Point at a species</h2>
<p>Its name, its evidence and what is disputed stand here. Click it, or press Enter, to light up its surroundings; \
Escape ends that. The arrow keys go from species to species; plus, minus and 0 zoom.</p>
</aside>
</main>
</div>
<footer>
<section aria-label="Readouts"><h2>Readouts</h2>
<table id="table" hidden><caption class="quiet">{shares}</caption>
<thead><tr id="head"></tr></thead><tbody id="readouts"></tbody></table>
<p id="note" class="quiet"></p></section>
<section aria-label="The same answer in a terminal"><h2>The same answer in a terminal</h2>
<p><code id="command"></code></p>
<p><button type="button" id="copy">Copy</button> <span id="copied" role="status"></span></p></section>
<section aria-label="Legend"><h2>How to read it</h2>
<p>Arrows activate, bars inhibit; dashed edges run up; edges from what is off are faint. Dark and bold is on, dashed \
is off, a partly filled box is on in that share of the cells. A drug or an alteration stands at what it acts on; a \
cross is on an edge that it blocks. Steps follow one cell; the last place of the slider has the shares of many. What \
differs from the other scenario has a ring and a triangle, up or down.</p>
<p class="quiet">Not for treatment decisions.</p></section>
</footer>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""
