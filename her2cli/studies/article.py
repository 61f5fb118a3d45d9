"""What the article's pathway says of a scenario that another pathway has answered: only where it is the contrary."""

from __future__ import annotations

from her2cli.errors import Her2Error
from her2cli.logic.questions.responses import Response, word_of
from her2cli.logic.questions.simulation import on_and_off
from her2cli.model import Pathway


def contrary(article: Pathway, result: Response) -> tuple[tuple[str, str], ...]:
    """The readouts of which *article* says another thing than *result*, and what: falls, rises or stays.

    It is asked in on and off, as it stands and outside of any context. Nothing, where it does not know the scenario.
    """
    from dataclasses import replace

    scenario = replace(result.simulation.scenario, context="", name="")
    if result.against_normal:
        return ()
    try:
        values = on_and_off(article, scenario)
    except Her2Error:  # a drug, an alteration or a species that the article does not speak of
        return ()
    found = []
    for each in result.outcomes:
        if each.readout in article.readouts and each.word in ("falls", "rises", "stays"):
            word = word_of(values[each.readout])
            if word in ("falls", "rises", "stays") and word != each.word:
                found.append((each.readout, word))
    return tuple(found)
