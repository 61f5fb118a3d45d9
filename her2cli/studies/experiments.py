"""Published experiments re-run: scenario and comparator are simulated, and the readout's direction is compared.

A direction counts when the readout differs by more than `NOTICEABLE`. Disputed experiments are shown and not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import sqrt

from her2cli.errors import Her2Error, Mistakes, ScenarioError, Several, shown
from her2cli.loading.entries import MAX_SHOWN
from her2cli.logic.network.sampling import Engine, Sampling
from her2cli.logic.network.scenario import NoTarget, acting, find_ligand, resolve
from her2cli.logic.questions.shares import NOTICEABLE, SLIGHT, Readout, shares
from her2cli.logic.questions.simulation import on_and_off
from her2cli.model import Agreement, Experiment, Pathway, Scenario, check_amounts

Values = Mapping[str, Readout]

SEMANTICS = ("synchronous", "stochastic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One experiment: what was published, what the pathway says, and the readout in both arms."""

    experiment: Experiment
    got: str  # down, up, unchanged
    value: float
    comparator_value: float

    @property
    def agree(self) -> bool:
        return self.got == self.experiment.expect


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The counted experiments that name one drug or one alteration."""

    name: str
    total: int
    agree: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """The answer of `validate`. `total` and `agree` count the experiments that are not disputed."""

    semantics: str
    rows: tuple[Row, ...]
    engine: Engine | None = None  # what drew the cells, under the stochastic semantics
    replicates: int | None = None  # and how many

    @property
    def counted(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.experiment.disputed)

    @property
    def total(self) -> int:
        return len(self.counted)

    @property
    def agree(self) -> int:
        return sum(row.agree for row in self.counted)

    @property
    def close(self) -> tuple[Row, ...]:
        """The counted rows that chance may have decided: within two standard errors of `NOTICEABLE`.

        The errors are those of two independent samples; both arms see the same events, so the true ones are smaller.
        """
        if self.replicates is None:
            return ()
        found = []
        for row in self.counted:
            variance = sum(share * (1 - share) for share in (row.value, row.comparator_value)) / self.replicates
            if abs(abs(row.value - row.comparator_value) - NOTICEABLE) < 2 * sqrt(variance):
                found.append(row)
        return tuple(found)

    @property
    def by_drug(self) -> tuple[Group, ...]:
        return _groups(self.counted, lambda scenario: tuple(name for name, _ in scenario.drugs))

    @property
    def by_alteration(self) -> tuple[Group, ...]:
        return _groups(self.counted, lambda scenario: scenario.alterations or ("none",))


def validate(
    pathway: Pathway,
    experiments: Iterable[Experiment],
    *,
    semantics: str = "stochastic",
    sampling: Sampling = Sampling(),
) -> ValidationReport:
    """Re-run *experiments* in *pathway*; scenarios that several of them share are simulated once.

    Under the stochastic semantics all scenarios see the same random numbers, so that a difference of two shares is
    sharper than the two shares are. Raises `Her2Error` with place and id of an
    experiment that cannot be run here, `Several` for more mistakes than one.
    """
    if semantics not in SEMANTICS:
        raise ScenarioError(f"No semantics {shown(semantics)!r}; there are {', '.join(SEMANTICS)}.")
    asked, wrong = [], Mistakes()
    for experiment in experiments:
        with wrong:
            asked.append(_resolved(pathway, experiment))
    if more := len(wrong.errors[MAX_SHOWN:]):
        wrong.errors[MAX_SHOWN:] = [
            ScenarioError(
                f"and {more} more problems of these experiments in {pathway.name}; 'her2 validate FILE' runs others."
            )
        ]
    wrong.tell()
    scenarios = list(dict.fromkeys(scenario for _, *arms in asked for scenario in arms))
    values: Mapping[Scenario, Values] = {}
    used, cells = None, None
    if semantics == "synchronous":
        values = {scenario: on_and_off(pathway, scenario) for scenario in scenarios}
    elif scenarios:
        cells = sampling.replicates
        found = shares(pathway, scenarios, sampling=sampling)
        values, used = found.values, found.engine
    rows = tuple(_row(pathway, values, *each) for each in asked)
    return ValidationReport(semantics=semantics, rows=rows, engine=used, replicates=cells)


def by_answer(report: ValidationReport, pathway: Pathway) -> tuple[Agreement, ...]:
    """How often an answer was right where the pathway predicts a change, and where it predicts none.

    Of the latter apart: those that differ a little, right if the published direction is that (`slight`), and the
    others (`steady`). Over all counted rows, then by the kind of the drugs of the scenario, where it is one.
    """
    found: dict[tuple[str, str], list[bool]] = {("change", ""): [], ("unchanged", ""): []}
    for row in report.counted:
        kinds = {pathway.drugs[pathway.find_drug(name)].kind for name, _ in row.experiment.scenario.drugs}
        answers = {"change" if row.got != "unchanged" else "unchanged": row.agree}
        if row.got == "unchanged":
            finer = direction(row.value, row.comparator_value, SLIGHT)
            answers["steady" if finer == "unchanged" else "slight"] = finer == row.experiment.expect
        for answer, agree in answers.items():
            for kind in {"", *(kinds if len(kinds) == 1 else ())}:
                found.setdefault((answer, kind), []).append(agree)
    return tuple(
        Agreement(
            id="_".join([answer, *kind.split()]).replace("-", "_"),
            answer=answer,
            kind=kind,
            right=sum(agree),
            of=len(agree),
        )
        for (answer, kind), agree in sorted(found.items(), key=lambda each: each[0][::-1])
    )


def direction(value: float, comparator: float, least: float = NOTICEABLE) -> str:
    """Which way *value* lies from *comparator*, by more than *least*: down, up or unchanged."""
    if value - comparator > least:
        return "up"
    return "down" if comparator - value > least else "unchanged"


def mistakes(pathway: Pathway, experiment: Experiment) -> Iterator[tuple[str, str, Her2Error]]:
    """What *pathway* cannot take of an experiment: the field, the name in it (empty for all of it), and why.

    The fields are called as the columns of a table.
    """
    asked: list[tuple[str, Callable[[str], object], Iterable[str]]]
    asked = [("readout", pathway.find_species, [experiment.readout] if experiment.readout else [])]
    for prefix, arm in (("", experiment.scenario), ("vs_", experiment.comparator)):
        asked += [
            (f"{prefix}alterations", partial(_acting, pathway, "alteration"), arm.alterations),
            (f"{prefix}ligands", partial(find_ligand, pathway), arm.ligands),
            (f"{prefix}treatment", partial(_acting, pathway, "drug"), [name for name, _ in arm.drugs]),
            (f"{prefix}treatment", pathway.find_species, [name for name, _ in arm.clamps]),
        ]
    wrong: set[str] = set()
    for field, find, names in asked:
        for name in dict.fromkeys(names):
            try:
                find(name)
            except Her2Error as error:
                wrong.add(field)
                yield field, name, error
    for field, arm in (("treatment", experiment.scenario), ("vs_treatment", experiment.comparator)):
        try:
            if field not in wrong:  # what it holds at two values, or gives in two doses
                resolve(pathway, Scenario(drugs=arm.drugs, clamps=arm.clamps))
        except Her2Error as error:
            yield field, "", error
    for field, arm in (("alterations", experiment.scenario), ("vs_alterations", experiment.comparator)):
        try:
            if field not in wrong:
                check_amounts(pathway, [pathway.find_alteration(name) for name in arm.alterations])
        except Her2Error as error:
            yield field, "", error


def _acting(pathway: Pathway, kind: str, name: str) -> None:
    """Raise `Her2Error` where *name* is no drug or alteration, or one that does nothing in *pathway*."""
    found = pathway.find_drug(name) if kind == "drug" else pathway.find_alteration(name)
    if not acting(pathway, [found]):
        raise NoTarget(kind, found, pathway.name)


def _resolved(pathway: Pathway, experiment: Experiment) -> tuple[Experiment, Scenario, Scenario]:
    told = {str(error): error for _, _, error in mistakes(pathway, experiment)}
    if not told:
        return experiment, resolve(pathway, experiment.scenario), resolve(pathway, experiment.comparator)
    where = f"{experiment.place}: " if experiment.place else ""
    for text, each in told.items():
        each.args = (
            f"{where}{shown(experiment.id)}: {text}",
        )  # it stays what it is, so that the command can add to it
    raise Several(told.values())


def _row(
    pathway: Pathway,
    values: Mapping[Scenario, Values],
    experiment: Experiment,
    scenario: Scenario,
    comparator: Scenario,
) -> Row:
    readout = pathway.find_species(experiment.readout)
    value = getattr(values[scenario][readout], experiment.time)
    other = getattr(values[comparator][readout], experiment.comparator_time)
    return Row(experiment=experiment, got=direction(value, other), value=value, comparator_value=other)


def _groups(rows: Iterable[Row], names: Callable[[Scenario], tuple[str, ...]]) -> tuple[Group, ...]:
    found: dict[str, list[bool]] = {}
    for row in rows:
        for name in names(row.experiment.scenario):
            found.setdefault(name, []).append(row.agree)
    return tuple(Group(name=name, total=len(agree), agree=sum(agree)) for name, agree in sorted(found.items()))
