"""What the look-up commands have in common: find one thing by any name and show its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from her2cli.cli._output import Answer, show

if TYPE_CHECKING:
    from her2cli.lookup import Found
    from her2cli.model import Pathway


def show_one(kind: str, name: str, pathway: str, *, json: bool, csv: bool, tsv: bool) -> None:
    """Show the page of the *kind* of thing that answers to *name*; of a thing of any kind for `show`."""
    from her2cli.formats import load
    from her2cli.lookup import KINDS, Found, find_any
    from her2cli.model import find

    path = load(pathway)
    if kind == "show":
        found = find_any(path, name)
    else:
        shelf = getattr(path, KINDS[kind])
        key = find(shelf, name, kind)
        found = Found(kind=kind, id=key, thing=shelf[key])
    show(_answer(kind, found, path), json=json, csv=csv, tsv=tsv)


def _answer(command: str, found: Found, path: Pathway) -> Answer:
    from her2cli.render import cards
    from her2cli.render import json as plain

    return Answer(
        command=command,
        pathway=path,
        look=lambda: cards.card(found, path),
        table=lambda: cards.facts_table(plain.thing(found.thing)),
        data=lambda: plain.found(found, path),
    )
