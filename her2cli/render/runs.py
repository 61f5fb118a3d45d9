"""What a simulation looks like: the scenario, the cascade step by step, the readouts; and scenarios side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import floor, log10, sqrt
from typing import TYPE_CHECKING, Any

from her2cli.logic.questions.simulation import Change, Simulation, Step
from her2cli.model import CONTEXT, TIMES, Edge, Pathway, Scenario
from her2cli.render.console import Block, Line, Piece, Words, plain, stacked, text
from her2cli.render.edges import bracketed
from her2cli.render.tables import Cell, Pairs, Table, fields

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.logic.questions.semantics import Verdict, Verdicts

NEARLY = 0.05  # a share this close to none or all is told as none or all
PHASES = {
    "untreated": "The tumour, untreated",
    "early": "Under the treatment: early, what is fast",
    "late": "Under the treatment: late, what is slow as well",
}

READ_SO = (
    "Shares are of time or of cells; on, off and either are the attractors within reach. They agree where all are on "
    "the same side of a half: a share of 0.4 counts as off, one of 0.6 as on. What a readout can be is all that it can "
    "take on from the treatment on, on the way or in the end, under the most-permissive semantics, which allows most."
)


IN_PARENTHESES = "In parentheses the standard error, where it is not 0."


CHANGES = 60  # in steps, that are told without being asked for


def where(pathway: Pathway, scenario: Scenario) -> Line:
    """The first line of every computed answer: the network, and what surrounds the cells.

    What only marks cells, a species of the kind `context`, surrounds none.
    """
    words = [("Network ", ""), (pathway.name, "name")]
    if not scenario.context:
        return Line([*words, (f": {pathway.title}." if pathway.title else ".", "")])
    context = pathway.contexts[scenario.context]
    there = [
        each.species if each.share == 1 else f"{each.species} in {each.share:.0%} of cells"
        for each in context.species
        if each.share and each.species in pathway.species and pathway.species[each.species].kind != CONTEXT
    ]
    return Line([*words, (f"; {context.name or context.id}" + (f" ({', '.join(there)})." if there else "."), "")])


def simulation(result: Simulation, pathway: Pathway, *, verbose: bool = True) -> RenderableType:
    """The scenario, the readouts, what was gained and lost, and below each step with its reasons.

    Of many steps it is told how many there are, unless it is to be *verbose*.
    """
    changes = sum(len(step.changed) for step in result.steps)
    many = changes > CHANGES and not verbose
    last = max((step.number for step in result.steps), default=0)
    return stacked(
        where(pathway, result.scenario),
        told(result.scenario, result.replicates, result.engine),
        _readouts(result),
        _over_time(result) if result.probabilities else None,
        _verdict(result),
        *(Line([(f"Note: {note}", "quiet")]) for note in result.notes),
        *([Line([(f"{changes:,} changes in {last:,} steps: -v tells each, with its reasons.", "")])] if many else ()),
        *(() if many else _phases(result.steps)),
    )


def told(scenario: Scenario, cells: int | None = None, engine: str | None = None) -> RenderableType:
    """The scenario in words, and the cells that were drawn; what is empty is said where it matters."""
    drawn = f"{cells:,}, drawn by the engine {engine}" if cells else ""
    return fields({**scenario_fields(scenario), "cells": drawn})


def scenario_fields(scenario: Scenario) -> dict[str, Cell]:
    """The scenario as names and values."""
    treatment = [name if dose == 1 else f"{name} (dose {dose:g})" for name, dose in scenario.drugs]
    treatment += [f"{name} held {'on' if value else 'off'}" for name, value in scenario.clamps]
    return {
        "tumour": ", ".join(scenario.alterations) or "no alterations",
        "ligands": ", ".join(scenario.ligands),
        "treatment": ", ".join(treatment) or "none",
        "other inputs": "" if scenario.inputs is None else ("all on" if scenario.inputs else "all off"),
    }


def scenario_words(scenario: Scenario, pathway: Pathway) -> tuple[str, str]:
    """The tumour and what is given to it, in words; the treatment is empty where there is none.

    A *pathway* that knows no alterations, as one from a network file, has no normal cells and no tumours.
    """
    fields = scenario_fields(scenario)
    tumour = normal_words(pathway) if not scenario.alterations else " + ".join(scenario.alterations)
    tumour = f"{scenario.name} ({tumour})" if scenario.name else tumour + without_default(scenario, pathway)
    around = [f"with {' and '.join(scenario.ligands)}"] if scenario.ligands else []
    if scenario.inputs is not None:
        around.append(f"other inputs {fields['other inputs']}")
    treated = scenario.drugs or scenario.clamps
    return ", ".join([tumour, *around]), str(fields["treatment"]).replace(", ", " + ") if treated else ""


def normal_words(pathway: Pathway) -> str:
    """What there is without any alteration: a normal cell, or what a file made of one, and what it has built in."""
    built = built_in(pathway)
    if pathway.alterations and not built:
        return "A normal cell"
    return "The network as its file has it" + (f", with {' + '.join(built)} built in" if built else "")


def built_in(pathway: Pathway) -> list[str]:
    """The alterations and drugs that are species of *pathway*, and on, as in the file of a scenario."""
    there = [each for each in pathway.species.values() if each.initial or each.share]
    return [each.id for kind in ("alteration", "drug") for each in there if each.kind == kind]


def without_default(scenario: Scenario, pathway: Pathway) -> str:
    """That a tumour, which is no cell line, lacks what the pathway's default one has: ` without ERBB2_amp`."""
    if scenario.name or not scenario.alterations:
        return ""
    gone = [name for name in pathway.default_alterations if name not in scenario.alterations]
    return f" without {' and '.join(gone)}" if gone else ""


def asked_words(scenario: Scenario, pathway: Pathway) -> str:
    """The tumour and its treatment, as an answer begins: `ERBB2_amp, treated with trastuzumab`."""
    tumour, treatment = scenario_words(scenario, pathway)
    with_ = "treated with" if scenario.drugs else "with"
    if not treatment:
        return tumour if built_in(pathway) else f"{tumour}, untreated"
    return f"{tumour}, {with_} {treatment}"


def about(scenario: Scenario, pathway: Pathway, *more: str) -> str:
    """What a picture is of that leaves the terminal: tumour and treatment, or *more* alone, and the network."""
    return "\n".join([*(more or (asked_words(scenario, pathway),)), plain(where(pathway, scenario).words)])


def _phases(steps: Sequence[Step]) -> list[RenderableType]:
    looks: list[RenderableType] = []
    for phase, group in groupby(steps, key=lambda step: step.phase):
        pairs: list[tuple[Words, Words]] = []
        for step in group:
            if step.number == 0:
                pairs.append(([("  0", "step")], [(f"at the start: {', '.join(step.on) or 'nothing is on'}", "")]))
            for change in step.changed:
                label = [(f"{step.number:>3} ", "step"), *switched(change.species, change.value)]
                pairs.append((label, because(change)))
        if pairs:
            looks.append(Block([Line([(PHASES[phase], "heading")]), Pairs(pairs=pairs)]))
        else:
            looks.append(Line([(f"{PHASES[phase]}: nothing more changes.", "")]))
    return looks


def switched(species: str, value: float) -> list[Piece]:
    """`on` or `off`, and the species."""
    return [("on  ", "on") if value else ("off ", "off"), (species, "name")]


def because(change: Change) -> list[Piece]:
    """Why a species switched, with the article's step and the evidence of the edges behind it."""
    if change.reason == "treatment":
        return [("the treatment", "drug")]
    return [(f"because {change.reason}" if change.reason else "", ""), *behind(change.because)]


def behind(edges: Sequence[Edge]) -> list[Piece]:
    """The article's steps and the evidence of the edges behind a change."""
    steps = tuple(sorted({step for edge in edges for step in edge.step}))
    keys = list(dict.fromkeys(key for edge in edges for key in edge.evidence))
    words = [(f"  {bracketed(steps).rstrip()}", "step")] if steps else []
    return [*words, (f"  ({', '.join(keys)})", "quiet")] if keys else words


def readouts(result: Simulation) -> Table:
    """Before, early and late, and which way it went; of cells that were drawn also the standard errors."""
    doubtful = result.replicates is not None
    rows: list[tuple[Cell, ...]] = []
    for name, value in result.readouts.items():
        shares = (value.before, value.early, value.late)
        errors = [_rounded(result.error(share)) for share in shares] if doubtful else []
        rows.append((name, *shares, change_of(name, result), *errors))
    errors_of = [f"{time}_error" for time in TIMES] if doubtful else []
    return Table(columns=("readout", *TIMES, "change", *errors_of), rows=tuple(rows))


def probabilities(result: Simulation) -> Table:
    """One row a time and species: the share of the cells in which it is on, and its standard error."""
    return Table(
        columns=("time", "species", "probability", "error"),
        rows=tuple(
            (time, name, share, _rounded(result.error(share)))
            for time, shares in result.probabilities.items()
            for name, share in shares.items()
        ),
    )


def _readouts(result: Simulation) -> Table:
    """The readouts as a person reads them, each share with its standard error."""
    rows = [
        (name, *(_share(result, share) for share in (each.before, each.early, each.late)), change_of(name, result))
        for name, each in result.readouts.items()
    ]
    return Table(
        title="Readouts",
        columns=("readout", "before", "early", "late", "change"),
        rows=tuple(rows),
        styles={"readout": "name"},
        note=IN_PARENTHESES if result.replicates else "",
    )


def _share(result: Simulation, share: float) -> Cell:
    """A *share* of cells with its standard error in parentheses, where it has one, to the first digit of that."""
    error = result.error(share)
    if not error:
        return share
    digits = max(2, -floor(log10(error)))
    return f"{share:.{digits}f} ({error:.{digits}f})"


def _rounded(error: float) -> float:
    """A standard error in two digits that count."""
    return float(f"{error:.2g}")


def verdicts(result: Verdicts, pathway: Pathway) -> RenderableType:
    """One scenario under all four semantics: what each says of the readouts in the end, and where all agree."""
    return stacked(
        where(pathway, result.scenario),
        told(result.scenario, result.replicates, result.engine),
        replace(
            verdicts_table(result),
            title="Readouts, late, under four semantics",
            columns=("readout", "synchronous", "stochastic", "asynchronous", "most permissive", "can be", "agree"),
            styles={"readout": "name"},
        ),
        text(READ_SO, "quiet"),
        *(text(f"Note: {note}", "quiet") for note in result.notes),
    )


def verdicts_table(result: Verdicts) -> Table:
    """One row a readout, one column a semantics; `reachable` is what most-permissive updates reach at any time."""
    return Table(
        columns=("readout", "synchronous", "stochastic", "asynchronous", "most_permissive", "reachable", "agree"),
        rows=tuple(
            (
                each.species,
                each.synchronous,
                each.stochastic,
                _reached(each.asynchronous),
                _reached(each.most_permissive),
                _reached(each.reachable),
                "unknown" if each.agree is None else each.agree,
            )
            for each in result.verdicts
            if each.species in result.readouts
        ),
    )


def _reached(values: tuple[int, ...] | None) -> str:
    if values is None:
        return "unknown"
    return "either" if len(values) == 2 else ("on" if values == (1,) else "off")


def verdict_data(each: Verdict, cells: int) -> dict[str, Any]:
    """What the four semantics say of one species for JSON; the stochastic share is of so many *cells*."""
    return {
        "synchronous": each.synchronous,
        "stochastic": each.stochastic,
        "error": sqrt(each.stochastic * (1 - each.stochastic) / cells),
        "asynchronous": None if each.asynchronous is None else list(each.asynchronous),
        "most_permissive": None if each.most_permissive is None else list(each.most_permissive),
        "reachable": None if each.reachable is None else list(each.reachable),
        "agree": each.agree,
    }


def verdict_words(each: Verdict) -> str:
    """The same in a sentence."""
    told = f"on for {each.synchronous:.0%} of the time in steps and in {each.stochastic:.0%} of cells, "
    ends = (_reached(each.asynchronous), _reached(each.most_permissive))
    end = ends[0] if ends[0] == ends[1] else f"{ends[0]} and {ends[1]}"
    told += f"{end} in the end under asynchronous and most-permissive updates"
    agree = "of which not all are known" if each.agree is None else f"which {'' if each.agree else 'do not '}agree"
    return f"Four semantics, {agree}: {told}."


def verdicts_data(result: Verdicts) -> dict[str, Any]:
    """The four semantics for JSON. The values that a species takes in attractors are a list; null is unknown."""
    told_of = {each.species: verdict_data(each, result.replicates) for each in result.verdicts}
    return {
        "scenario": scenario_data(result.scenario),
        "semantics": "all",
        "replicates": result.replicates,
        "engine": result.engine,
        "readouts": {name: told_of[name] for name in result.readouts},
        "species": told_of,
        "attractors": {"asynchronous": result.asynchronous, "most_permissive": result.most_permissive},
        "notes": list(result.notes),
    }


def change_of(name: str, result: Simulation) -> str:
    """What the treatment did to a readout: `lost` and `gained` only where nearly none or nearly all is left."""
    late = result.readouts[name].late
    if name in result.gained:
        return "gained" if late >= 1 - NEARLY else "raised"
    if name in result.lost:
        return "lost" if late <= NEARLY else "lowered"
    return ""


def _over_time(result: Simulation) -> Table:
    """One row a readout, one column a time: there may be many of both, and a screen has more room downwards."""
    times = result.probabilities
    rows = ((name, *(_share(result, shares[name]) for shares in times.values())) for name in result.readouts)
    return Table(
        title="Over time, after the treatment",
        columns=("readout", *(f"t={time:g}" for time in times)),
        rows=tuple(rows),
        styles={"readout": "name"},
    )


def _verdict(result: Simulation) -> Line:
    parts: list[Piece] = []
    if not (result.scenario.drugs or result.scenario.clamps):
        on = [name for name, value in result.readouts.items() if value.late > 1 - NEARLY]
        partly = [name for name, value in result.readouts.items() if NEARLY < value.late <= 1 - NEARLY]
        if on or not partly:
            parts.append((f"On: {', '.join(on) or 'none of the readouts'}.", ""))
        if partly:
            words = "On in a part of the cells" if result.replicates else "Keeps changing"
            parts.append((f"{words}: {', '.join(partly)}.", ""))
        return _apart(parts)
    for change, style in (("lost", "off"), ("lowered", "off"), ("raised", "on"), ("gained", "on")):
        names = [name for name in result.readouts if change_of(name, result) == change]
        if names:
            parts.append((f"{change.capitalize()}: {', '.join(names)}.", style))
    passing = [name for name, value in result.readouts.items() if abs(value.early - value.before) > result.least]
    nothing = f"In the end the treatment changes none of the readouts; early, it changes {', '.join(passing)}."
    return _apart(parts or [(nothing if passing else "The treatment changes none of the readouts.", "")])


def _apart(parts: Sequence[Piece]) -> Line:
    """Pieces on one line with blanks between."""
    return Line([piece for part in parts for piece in ((" ", ""), part)][1:])


def simulation_data(result: Simulation) -> dict[str, Any]:
    """The simulation for JSON."""
    data: dict[str, Any] = {
        "scenario": scenario_data(result.scenario),
        "semantics": result.semantics,
        "replicates": result.replicates,
        "engine": result.engine,
        "steps": [
            {
                "step": step.number,
                "phase": step.phase,
                "on": list(step.on),
                "changed": [change_data(change) for change in step.changed],
            }
            for step in result.steps
        ],
        "readouts": {
            name: {"before": each.before, "early": each.early, "late": each.late}
            for name, each in result.readouts.items()
        },
        "gained": list(result.gained),
        "lost": list(result.lost),
        "notes": list(result.notes),
    }
    if result.probabilities:
        data["probabilities"] = {f"{time:g}": dict(shares) for time, shares in result.probabilities.items()}
        data["errors"] = {
            "readouts": {name: _errors(result, each) for name, each in data["readouts"].items()},
            "probabilities": {time: _errors(result, each) for time, each in data["probabilities"].items()},
        }
    return data


def _errors(result: Simulation, shares: Mapping[str, float]) -> dict[str, float]:
    return {name: result.error(share) for name, share in shares.items()}


def scenario_data(scenario: Scenario) -> dict[str, Any]:
    """A scenario for JSON: what would have to be given again."""
    return {
        "name": scenario.name,
        "alterations": list(scenario.alterations),
        "ligands": list(scenario.ligands),
        "drugs": dict(scenario.drugs),
        "clamps": dict(scenario.clamps),
        "inputs": scenario.inputs,
        "context": scenario.context,
    }


def change_data(change: Change) -> dict[str, Any]:
    """One change for JSON, with the edges behind it."""
    return {
        "species": change.species,
        "value": change.value,
        "reason": change.reason,
        "because": [
            {
                "source": edge.source,
                "target": edge.target,
                "effect": edge.effect.value,
                "step": list(edge.step) if len(edge.step) > 1 else (edge.step[0] if edge.step else None),
                "evidence": list(edge.evidence),
            }
            for edge in change.because
        ],
    }
