"""Whether a finding of a sequencer or a laboratory is what an alteration's `match` says, and what counts amount to.

docs/match.md tells what each field of a match means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from her2cli.variants import SCORES, SILENT, TRUNCATING, Copies, Finding, Fusion, Marker, Open, Unread, Variant, variant

if TYPE_CHECKING:
    from her2cli.model.knowledge import Match, Report

_OPEN: dict[str, set[str]] = {"negative": {"low", "ultralow"}, "positive": {"high"}}


def counted(reports: Iterable[Report], finding: Marker) -> tuple[str, tuple[str, ...]]:
    """The verdict that the counts of *finding* amount to by *reports*, with the names of all of these that may hold.

    It is empty where they differ: by a count that is missing, or by the stain that has to stand beside it.
    """
    probes = "single" if finding.ratio is None and not finding.dual else "dual"
    possible = [
        each
        for each in reports
        if (each.marker, each.probes) == (finding.marker, probes)
        and _within(finding.ratio, each.ratio_from, each.ratio_below)
        and _within(finding.copies, each.copies_from, each.copies_below)
    ]
    scores = (finding.ihc,) if finding.ihc else SCORES
    verdicts = {_verdict(each, score) for each in possible for score in scores}
    return verdicts.pop() if len(verdicts) == 1 else "", tuple(each.name or each.id for each in possible)


def _within(count: float | None, low: float | None, high: float | None) -> bool:
    return count is None or ((low is None or low <= count) and (high is None or count < high))


def _verdict(report: Report, score: str) -> str:
    told = (("positive", report.positive), ("negative", report.negative))
    return next((word for word, scores in told if not {"any", score}.isdisjoint(scores)), "")


def said(match: Match, finding: Marker) -> bool | None:
    """Whether a laboratory's *finding* is what *match* says of the same marker; None where that is left open."""
    asked = [(words, value) for words, value in _asked(match, finding) if words]
    if all(value in words for words, value in asked):
        return True
    denied = any(value not in ("", "equivocal", *words) and not _leaves_open(value, words) for words, value in asked)
    return False if denied else None


def _leaves_open(verdict: str, words: Sequence[str]) -> bool:
    return not _OPEN.get(verdict, set()).isdisjoint(words)


def partly_said(match: Match, finding: Marker) -> bool:
    """Whether *finding* has some of what *match* says, as IHC 2+ without in-situ hybridisation."""
    return any(value in words for words, value in _asked(match, finding))


def _asked(match: Match, finding: Marker) -> tuple[tuple[Sequence[str], str], ...]:
    return (match.status, finding.status), (match.ihc, finding.ihc), (match.ish, finding.ish)


def holds(match: Match, finding: Finding) -> bool:
    """Whether *finding* is what *match* says."""
    if isinstance(finding, Unread | Open):
        return False
    if isinstance(finding, Marker):
        return match.marker == finding.marker and said(match, finding) is True
    if finding.gene not in match.gene and not (isinstance(finding, Fusion) and finding.other in match.gene):
        return False
    if isinstance(finding, Copies):
        return finding.word in match.copies
    if isinstance(finding, Fusion):
        partner = finding.other if finding.gene in match.gene else finding.gene
        within = finding.gene == finding.other  # a rearrangement inside one gene joins it with no other
        return not within and ("any" in match.fusion or partner in match.fusion)
    return _changed(match, finding)


def may_hold(match: Match, finding: Variant) -> bool:
    """Whether *finding*, which does not say the change, or not its kind, may be what *match* says."""
    if finding.gene not in match.gene or finding.kind == SILENT or (finding.kind and finding.change):
        return False
    changes = (variant(gene, change) for gene in match.gene for change in match.changes)
    if any(finding.kind in ("", each.kind) and _touches(finding, each.residues) for each in changes):
        return True
    if not (match.classes or match.residues):
        return False
    kinds = _classes(match)
    if finding.kind and kinds and "any" not in kinds and finding.kind not in kinds:
        return False
    return not match.residues or any(_touches(finding, stretch) for stretch in match.residues)


def _touches(finding: Variant, stretch: tuple[int, int] | None) -> bool:
    """Whether *finding* lies in a stretch; so it may where either is not known."""
    if finding.residues is None or stretch is None:
        return True
    return finding.residues[0] <= stretch[1] and finding.residues[1] >= stretch[0]


def _classes(match: Match) -> set[str]:
    return {*match.classes, *(TRUNCATING if "truncating" in match.classes else ())}


def _changed(match: Match, found: Variant) -> bool:
    if found.kind == SILENT:
        return False
    if match.changes and found.change in match.changes:
        return True
    if not (match.classes or match.residues) or (found.change and found.change in match.without):
        return False
    classes = _classes(match)
    if classes and "any" not in classes and found.kind not in classes:
        return False
    if not match.residues:
        return True
    if found.residues is None:
        return False
    first, last = found.residues
    return any(first <= end and last >= begin for begin, end in match.residues)
