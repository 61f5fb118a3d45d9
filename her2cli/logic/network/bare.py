"""A network with its scenario worked in: of species alone, whose ends can be counted."""

from __future__ import annotations

from dataclasses import replace

from her2cli.expression import Const, Expression, Var, substitute
from her2cli.logic.network import BooleanNetwork


def in_the_usual_cell(network: BooleanNetwork) -> BooleanNetwork:
    """*network* in which what differs between cells is as in most of them."""
    likely = {name: int(chance >= 0.5) for name, chance in network.chances.items()}
    return replace(network, initial={**network.initial, **likely}, chances={}, together=())


def of_species(network: BooleanNetwork) -> BooleanNetwork:
    """*network* with its drugs, alterations and ligands worked into the rules, so that only species are left."""
    given: dict[str, Expression] = {name: Const(network.initial[name]) for name in (*network.held, *network.hidden)}
    for name, species in network.hidden.items():
        if species not in network.held and 0 < network.chances.get(name, 0) < 1:
            given[name] = Var(species)  # what differs between cells is an input, and free
    agents = {
        name for name in (*network.hidden, *network.held) if network.held.get(name, "") not in ("ligand", "clamp")
    }
    rules = {
        name: given.get(name, substitute(rule, given)) for name, rule in network.rules.items() if name not in agents
    }
    return replace(
        network,
        species=tuple(name for name in network.species if name not in agents),
        rules=rules,
        initial={name: value for name, value in network.initial.items() if name not in agents},
        held={},
        hidden={},
        chances={name: chance for name, chance in network.chances.items() if name not in agents},
        begins_with={},
        together=(),
    )
