"""The words and signs by which files say what an edge does to its target, and what a spreadsheet makes of a gene."""

from __future__ import annotations

import re
from functools import cache

from her2cli.errors import shown
from her2cli.model import Effect

_ACTIVATES = """1 +1 + -> --> activates activate activation activating stimulates stimulation positive up induces
    upregulates up-regulates upregulates-expression upregulates-activity increases promotes"""
_INHIBITS = """-1 - -| --| inhibits inhibit inhibition inhibiting represses repression negative down suppresses
    downregulates down-regulates downregulates-expression downregulates-activity decreases blocks"""
EFFECTS = {
    **dict.fromkeys(_ACTIVATES.split(), Effect.activates),
    **dict.fromkeys(_INHIBITS.split(), Effect.inhibits),
}
# SIGNOR's words for what is no sign; such rows are left out, and counted.
WITHOUT_SIGN = frozenset({"unknown", "form complex", "binding"})
_MONTHS = {"sep": "SEPT", "mar": "MARCH", "dec": "DEC", "oct": "OCT", "apr": "APR", "feb": "FEB", "nov": "NOV"}
# Both ways in which a spreadsheet writes a day or a year of a month: `2-Sep` and `Sep-02`.
DATE = re.compile(
    rf"^(?:(?P<day>[0-9]{{1,2}})-(?P<month>{'|'.join(_MONTHS)})|(?P<first>{'|'.join(_MONTHS)})-(?P<year>[0-9]{{1,2}}))$",
    re.IGNORECASE | re.MULTILINE,
)
NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")


@cache
def effect_of(written: str) -> Effect | None:
    """The effect that a word or a number means, in any case; None of what has no sign.

    A number may have decimals, as data frames write it (`1.0`), and SIGNOR says in further words what goes up or down.
    """
    word = written.strip().lower()
    found = EFFECTS.get(word)
    if found is None and re.fullmatch(r"[-+]?1\.0*", word):
        found = Effect.inhibits if word.startswith("-") else Effect.activates
    if found is None and word.startswith(("up-regulates ", "down-regulates ")):
        found = Effect.activates if word.startswith("up") else Effect.inhibits
    return found


def of_weight(written: str) -> Effect | None:
    """The effect that the sign of a number means; None of 0 and of what is no number."""
    weight = float(written) if NUMBER.fullmatch(written) else 0.0
    return Effect.activates if weight > 0 else Effect.inhibits if weight < 0 else None


def spoilt(name: str) -> str:
    """What is wrong with a *name* that a spreadsheet has made a date of; nothing of any other."""
    found = DATE.match(name)
    if found is None or found.end() < len(name):
        return ""
    month, number = (found["month"] or found["first"]).lower(), int(found["day"] or found["year"])
    return f"{shown(name)} is a date: a spreadsheet made it of a gene such as {_MONTHS[month]}{number}."
