"""The shape of a YAML file, once for reading and for the JSON Schema that `her2 schema` prints.

A section is a mapping of ids to entries (or, for `edges`, a list). Every scalar arrives as text; the types
here say which text is allowed. What names refer to is checked in `load`.
"""

from collections.abc import Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter, WithJsonSchema
from typing_extensions import TypedDict, is_typeddict

EXPECTED: dict[str, str] = {}  # what a text that does not fit a pattern should be, as a person is told


def _told(
    pattern: str, expected: str, *, min_length: int | None = None, max_length: int | None = None
) -> StringConstraints:
    """That a text fits *pattern*; where it does not, that something else is *expected*."""
    EXPECTED[pattern] = expected
    return StringConstraints(pattern=pattern, min_length=min_length, max_length=max_length)


_ONE_LINE = "one line without blanks around it"
_A_SHARE = "a share between 0 and 1, such as 0.6"
_A_CONDITION = (
    "whether it is no action, and says in which cells, or when, others act; else as the kinds of its ends say"
)
_A_CHANGE = "a protein change in one letter without p., such as H1047R"

Text = Annotated[str, _told(r"\S", "text", min_length=1, max_length=4000)]
Line = Annotated[str, _told(r"^[^\n\t]*[^\n\t ][^\n\t]*$", _ONE_LINE, min_length=1, max_length=400)]
Id = Annotated[str, _told(r"^\S([^\n\t]*\S)?$", _ONE_LINE, min_length=1, max_length=500)]
PartName = Annotated[str, _told(r"^[a-z][a-z0-9_]{0,79}$", "a name in small letters, such as guard_gone")]
Bit = Annotated[Literal["0", "1"], WithJsonSchema({"enum": [0, 1]})]
_TO_99 = {"type": "integer", "minimum": 1, "maximum": 99}
Step = Annotated[str, _told(r"^[1-9][0-9]?$", "a step number, such as 7"), WithJsonSchema(_TO_99)]
Difficulty = Annotated[str, _told(r"^([1-9][0-9]?)$", "a number from 1 to 99"), WithJsonSchema(_TO_99)]
Share = Annotated[
    str,
    _told(r"^(0(\.[0-9]{1,20})?|1(\.0{1,20})?)$", _A_SHARE),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]
Rate = Annotated[
    str,
    _told(r"^[0-9]{1,30}(\.[0-9]{1,30})?([eE](-[0-9]{1,3}|\+?[0-9]{1,2}))?$", "a rate, such as 0.05"),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
Shift = Annotated[
    str,
    _told(r"^[+-]?[0-9]{1,2}$", "a number of rows from -99 to 99"),
    WithJsonSchema({"type": "integer", "minimum": -99, "maximum": 99}),
]
Bits = Annotated[str, _told(r"^[01]{1,64}$", "a 0 or 1 for each species, such as 10")]
Residue = Annotated[
    str,
    _told(r"^[1-9][0-9]{0,5}$", "a residue number"),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999_999}),
]
Change = Annotated[
    str,
    _told(r"^[A-Z*][A-Za-z0-9_*=?]*$", _A_CHANGE, min_length=2, max_length=80),
    Field(description=_A_CHANGE),
]
Stretch = Annotated[
    str,
    _told(r"^[1-9][0-9]{0,5}(-[1-9][0-9]{0,5})?$", "a residue number or a stretch of them, such as 770-783"),
    WithJsonSchema({"type": ["integer", "string"], "pattern": "^[1-9][0-9]*(-[1-9][0-9]*)?$"}),
]
Day = Annotated[
    str,
    _told(
        r"^(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
        "a day, a month or a year, such as 2026-03",
    ),
]
Count = Annotated[
    str, _told(r"^[0-9]{1,7}$", "a number of experiments"), WithJsonSchema({"type": "integer", "minimum": 0})
]
YesNo = Annotated[Literal["true", "false", "yes", "no"], WithJsonSchema({"type": "boolean"})]
Pair = Annotated[
    str,
    _told(r"^\S.* -> .*\S$", "an edge, written SOURCE -> TARGET"),
    Field(description="SOURCE -> TARGET, an edge"),
]
PMID, DOI = r"^[1-9][0-9]{3,8}$", r"^10\.[0-9]{4,9}/\S+$"
Pmid = Annotated[str, _told(PMID, "a PubMed number"), WithJsonSchema({})]
Doi = Annotated[str, _told(DOI, "a DOI, such as 10.1038/35052073")]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Ids = Annotated[list[Id], Field(max_length=1000)]
OneOrMoreIds = Annotated[list[Id], BeforeValidator(_listed), WithJsonSchema({"type": ["string", "array"]})]
OneOrMoreStretches = Annotated[
    list[Stretch], BeforeValidator(_listed), WithJsonSchema({"type": ["integer", "string", "array"]})
]
OneOrMoreSteps = Annotated[
    list[Step],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [_TO_99, {"type": "array", "items": _TO_99}]}),
]

EffectWord = Literal["activates", "inhibits"]
StatusWord = Literal["agree", "simplified", "disputed", "outdated", "omission", "wrong"]
VerifiedWord = Literal["seen", "partly", "memory"]
ConfidenceWord = Literal["high", "medium", "low"]
TimeWord = Literal["early", "late"]

ClassWord = Literal[
    "any",
    "missense",
    "truncating",
    "nonsense",
    "frameshift",
    "splice",
    "start lost",
    "stop lost",
    "inframe insertion",
    "inframe deletion",
]
CopiesWord = Literal["amplified", "gained", "lost", "deleted"]
LevelWord = Literal["positive", "negative", "equivocal", "high", "low", "ultralow", "absent"]
IhcWord = Literal["0", "1+", "2+", "3+"]
StainWord = Literal["any", "0", "1+", "2+", "3+"]
IshWord = Literal["positive", "negative"]
DrugWord = Literal["approved", "approved elsewhere", "late trials", "early trials", "withdrawn", "stopped", "research"]

_STRICT = ConfigDict(extra="forbid")


class SpeciesShape(TypedDict):
    """A molecular player with an activity: receptor, dimer, kinase, ligand, phenotype."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: NotRequired[Line]
    kind: NotRequired[Line]
    location: NotRequired[Literal["extracellular", "membrane", "cytosol", "nucleus", "phenotype"]]
    aliases: NotRequired[Ids]
    hgnc: NotRequired[OneOrMoreIds]
    uniprot: NotRequired[OneOrMoreIds]
    initial: NotRequired[Bit]
    goal: NotRequired[Annotated[Bit, Field(description="what a treatment is to bring it to")]]
    share: NotRequired[Share]
    speed: NotRequired[Literal["fast", "slow"]]
    rate_up: NotRequired[Rate]
    rate_down: NotRequired[Rate]
    evidence: NotRequired[Ids]
    verified: NotRequired[VerifiedWord]
    note: NotRequired[Text]


class EdgeShape(TypedDict):
    """A signed influence. In a drug or an alteration, `source` is left out; `blocks` stands for target and effect."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    source: NotRequired[Id]
    target: NotRequired[Id]
    effect: NotRequired[EffectWord]
    blocks: NotRequired[Pair]
    mechanism: NotRequired[Line]
    condition: NotRequired[Annotated[YesNo, Field(description=_A_CONDITION)]]
    step: NotRequired[OneOrMoreSteps]
    evidence: NotRequired[Ids]
    against: NotRequired[Ids]
    status: NotRequired[StatusWord]
    verified: NotRequired[VerifiedWord]
    confidence: NotRequired[ConfidenceWord]
    requires: NotRequired[Ids]
    unless: NotRequired[Ids]
    efficacy: NotRequired[Share]
    note: NotRequired[Text]


class PartShape(TypedDict):
    """A part of a rule, and what it means."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    rule: Annotated[str, Field(description="an expression, as that of the whole rule; it may name the parts before it")]
    note: NotRequired[Text]


class RuleShape(TypedDict):
    """A Boolean expression for one species, with the reason why the default rule does not hold."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    rule: Annotated[
        str, Field(description="and, or, not, ( ), 0, 1 over species, drugs, alterations and its own parts")
    ]
    parts: NotRequired[Annotated[dict[PartName, PartShape], Field(description="names for parts of the rule")]]
    note: NotRequired[Text]
    evidence: NotRequired[Ids]


class JointStartShape(TypedDict):
    """Species that begin together; a weight for each joint state, written as their values in order: `"10": 0.25`."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    species: Annotated[list[Id], Field(min_length=1, max_length=64)]
    weights: Annotated[dict[Bits, Rate], Field(min_length=1, max_length=4096)]


class StateRateShape(TypedDict):
    """Where an expression holds, a species turns on (up) or off (down) at this rate; the first that holds counts."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    species: Id
    direction: Literal["up", "down"]
    rate: Rate
    where: Annotated[str, Field(description="and, or, not, ( ), 0, 1 over species")]


class AgentShape(TypedDict):
    """A drug or an alteration: what it is, and its actions as edges."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: NotRequired[Line]
    kind: NotRequired[Line]
    aliases: NotRequired[Ids]
    efficacy: NotRequired[Share]
    efficacy_note: NotRequired[Text]
    evidence: NotRequired[Ids]
    verified: NotRequired[VerifiedWord]
    note: NotRequired[Text]
    edges: NotRequired[list[EdgeShape]]


class DrugShape(AgentShape):
    """What the doctor adds."""

    classes: NotRequired[Ids]
    targets: NotRequired[Text]
    status: NotRequired[DrugWord]
    as_of: NotRequired[Day]
    approval: NotRequired[Text]


class MatchShape(TypedDict):
    """One way in which data show an alteration: all that it says holds together; in a list one word is enough."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    gene: NotRequired[OneOrMoreIds]
    changes: NotRequired[Annotated[list[Change], Field(max_length=1000)]]
    residues: NotRequired[OneOrMoreStretches]
    classes: NotRequired[list[ClassWord]]
    without: NotRequired[Annotated[list[Change], Field(max_length=1000)]]
    copies: NotRequired[list[CopiesWord]]
    fusion: NotRequired[OneOrMoreIds]
    marker: NotRequired[Id]
    status: NotRequired[list[LevelWord]]
    ihc: NotRequired[list[IhcWord]]
    ish: NotRequired[list[IshWord]]
    evidence: NotRequired[Ids]
    verified: NotRequired[VerifiedWord]
    note: NotRequired[Text]


class AlterationShape(AgentShape):
    """What the tumour changed, and how data show it."""

    match: NotRequired[list[MatchShape]]
    match_note: NotRequired[Text]


class ReceptorShape(TypedDict):
    """A HER receptor as a reader looks it up; the key is the species' id."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: Line
    aliases: NotRequired[Ids]
    hgnc: NotRequired[OneOrMoreIds]
    uniprot: NotRequired[OneOrMoreIds]
    kinase: NotRequired[Text]
    ligands: NotRequired[Ids]
    partners: NotRequired[Ids]
    evidence: NotRequired[Ids]
    verified: NotRequired[VerifiedWord]
    note: NotRequired[Text]


class DomainShape(TypedDict):
    """A stretch of a receptor's chain, in residues of the precursor."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    receptor: Id
    name: Line
    kind: Text
    start: NotRequired[Residue]
    end: NotRequired[Residue]
    approximate: NotRequired[YesNo]
    evidence: NotRequired[Ids]
    verified: NotRequired[VerifiedWord]
    note: NotRequired[Text]


class FunctionShape(TypedDict):
    """What the receptors do for the cell."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: Line
    article: NotRequired[Text]
    aliases: NotRequired[Ids]
    species: NotRequired[Id]
    status: NotRequired[StatusWord]
    evidence: NotRequired[Ids]
    note: NotRequired[Text]


class ReferenceShape(TypedDict):
    """A publication or page; only identifiers that were seen."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    citation: Text
    kind: NotRequired[Literal["paper", "review", "notice", "news", "database", "model", "encyclopaedia", "textbook"]]
    pmid: NotRequired[Pmid]
    doi: NotRequired[Doi]
    verified: NotRequired[VerifiedWord]
    seen_at: NotRequired[Text]
    note: NotRequired[Text]


class ClaimShape(TypedDict):
    """A statement of the article, with the literature's verdict."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    article: Text
    status: StatusWord
    section: NotRequired[Text]
    standard: NotRequired[Text]
    verdict: NotRequired[Text]
    literature: NotRequired[Text]
    step: NotRequired[Step]
    about: NotRequired[Ids]
    spellings: NotRequired[Ids]
    evidence: NotRequired[Ids]


class CellLineShape(TypedDict):
    """A cell line by the alterations that are cited for it."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: NotRequired[Line]
    aliases: NotRequired[Ids]
    alterations: NotRequired[Ids]
    ligands: NotRequired[Ids]
    evidence: NotRequired[Ids]
    verified: NotRequired[VerifiedWord]
    note: NotRequired[Text]


class SurroundingShape(TypedDict):
    """In which share of the cells a species of a context is there."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    share: Share
    evidence: NotRequired[Ids]
    verified: NotRequired[VerifiedWord]
    note: NotRequired[Text]


class ContextShape(TypedDict):
    """What surrounds the cells: a dish, a body."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: NotRequired[Line]
    aliases: NotRequired[Ids]
    species: NotRequired[dict[Id, SurroundingShape]]
    evidence: NotRequired[Ids]
    note: NotRequired[Text]


class ReportShape(TypedDict):
    """What the counts of in-situ hybridisation say of a marker, within bounds, by the stain beside them."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    name: NotRequired[Line]
    marker: Id
    probes: Annotated[Literal["dual", "single"], Field(description="dual: there is a ratio to the centromere")]
    ratio_from: NotRequired[Rate]
    ratio_below: NotRequired[Rate]
    copies_from: NotRequired[Rate]
    copies_below: NotRequired[Rate]
    positive: NotRequired[list[StainWord]]
    negative: NotRequired[list[StainWord]]
    evidence: NotRequired[Ids]
    verified: NotRequired[VerifiedWord]
    note: NotRequired[Text]


class AgreementShape(TypedDict):
    """How often answers of one kind were right on experiments that the network was not fitted to."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    answer: Literal["change", "unchanged", "slight", "steady"]
    kind: NotRequired[Line]
    right: Count
    of: Count


class AbsentShape(TypedDict):
    """What the library leaves out, with the reason; the command line tells it to whoever asks for one."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    kind: Literal["drug", "alteration", "cell line", "readout"]
    name: NotRequired[Line]
    aliases: NotRequired[Ids]
    reason: Annotated[Text, Field(description="goes on after \"No drug 'olaparib':\", without a full stop")]
    evidence: NotRequired[Ids]


class ComparatorShape(TypedDict):
    """What an experiment is compared with."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    alterations: NotRequired[Ids]
    ligands: NotRequired[Ids]
    treatment: NotRequired[Ids]
    time: NotRequired[TimeWord]


class ExperimentShape(TypedDict):
    """A published perturbation and which way its readout went."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    alterations: NotRequired[Ids]
    ligands: NotRequired[Ids]
    treatment: NotRequired[Ids]
    time: NotRequired[TimeWord]
    readout: Id
    expect: Literal["down", "up", "unchanged"]
    versus: NotRequired[ComparatorShape]
    system: NotRequired[Text]
    difficulty: NotRequired[Difficulty]
    disputed: NotRequired[YesNo]
    basis: NotRequired[Text]
    evidence: NotRequired[Ids]
    note: NotRequired[Text]


class FileShape(TypedDict):
    """One YAML file of her2: a pathway, pieces of knowledge, or both."""

    __pydantic_config__ = _STRICT  # type: ignore[misc]
    schema: Annotated[Literal["1"], WithJsonSchema({"const": 1})]
    name: NotRequired[Line]
    title: NotRequired[Line]
    note: NotRequired[Text]
    aliases: NotRequired[Annotated[Ids, Field(description="other names of the pathway")]]
    extends: NotRequired[Annotated[Id, Field(description="name of the pathway whose species are taken over")]]
    readouts: NotRequired[Ids]
    default_alterations: NotRequired[Ids]
    context: NotRequired[Annotated[Id, Field(description="the context that its tumours are asked in")]]
    species: NotRequired[dict[Id, SpeciesShape]]
    edges: NotRequired[list[EdgeShape]]
    rules: NotRequired[dict[Id, str | RuleShape]]
    joint_starts: NotRequired[list[JointStartShape]]
    state_rates: NotRequired[list[StateRateShape]]
    layout: NotRequired[
        Annotated[dict[Id, Shift], Field(description="rows further down (or up) at which a species is drawn")]
    ]
    receptors: NotRequired[dict[Id, ReceptorShape]]
    domains: NotRequired[dict[Id, DomainShape]]
    functions: NotRequired[dict[Id, FunctionShape]]
    references: NotRequired[dict[Id, ReferenceShape]]
    claims: NotRequired[dict[Id, ClaimShape]]
    drugs: NotRequired[dict[Id, DrugShape]]
    alterations: NotRequired[dict[Id, AlterationShape]]
    cell_lines: NotRequired[dict[Id, CellLineShape]]
    contexts: NotRequired[dict[Id, ContextShape]]
    reports: NotRequired[dict[Id, ReportShape]]
    agreement: NotRequired[dict[Id, AgreementShape]]
    absent: NotRequired[dict[Id, AbsentShape]]
    experiments: NotRequired[dict[Id, ExperimentShape]]


KEYS = tuple(FileShape.__annotations__)


@cache
def adapter(key: str) -> TypeAdapter[Any]:
    """The validator of one top-level key. Built when first needed: most commands read only a few sections."""
    annotation: Any = FileShape.__annotations__[key]
    return TypeAdapter(get_args(annotation)[0] if get_origin(annotation) is NotRequired else annotation)


def keys_at(path: Sequence[str | int]) -> tuple[str, ...]:
    """The keys that the entry at *path* may have: `("species", "AKT")`, `("drugs", "lapatinib", "edges", 2)`."""
    shape: Any = FileShape
    for step in path:
        shape = _inside(shape, step)
    return tuple(getattr(shape, "__annotations__", {}))


def _inside(shape: Any, step: str | int) -> Any:
    """What *shape* has at a key of it, or at a place in a list; of a choice of shapes it is the one with keys."""
    keys = get_type_hints(shape, include_extras=True) if is_typeddict(shape) else {}
    shape = keys[str(step)] if keys else get_args(shape)[-1]  # of a mapping its values, of a list its items
    while get_origin(shape) in (NotRequired, Annotated):
        shape = get_args(shape)[0]
    return next(filter(is_typeddict, get_args(shape)), shape) if isinstance(shape, UnionType) else shape


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a her2 YAML file, for editors that check and complete as one types."""
    schema = TypeAdapter(FileShape).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "her2 YAML file"}
