"""What a cell says of one gene where it says more than a change as HGVS writes it: `H1047R/wt`, `c.2329G>T; p.V777L`.

People write zygosity, exon, share of reads and the change of DNA beside the change of protein, a kind in place of it,
or a fusion. What stands beside a denial is not read, and what is left over is handed back to be told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from her2cli.formats.words import COPY_WORDS, STATUS_WORDS, WILD_TYPE
from her2cli.variants import UNKNOWN, protein_change, read_off

_BESIDE = re.compile(
    r"\(?\b(?:vaf|maf|af|allele freq\w*)\b ?[=:]? ?[0-9.,]+ ?%?\)?|\(?\b[0-9]+(?:[.,][0-9]+)? ?%\)?"
    r"|\(?\b(?:exon|ex)[ .]?[0-9]+\b\)?(?! ?-?(?:ins|del|dup|skip|mut))"
    r"|\(?\b(?:cn|copies|copy number) ?[=:]? ?[0-9.,]+\)?",
    re.IGNORECASE,
)
_PHRASES = (  # kinds of several words, as one
    (re.compile(r"frame[ _-]shift(?:ed|ing)?", re.IGNORECASE), "frameshift"),
    (re.compile(r"in[ _-]?frame[ _-](ins|del)\w*", re.IGNORECASE), r"inframe_\1"),
    (re.compile(r"splice(?:[ _-](?:site|donor|acceptor|variant))+", re.IGNORECASE), "splice"),
    (re.compile(r"\bex(?:on)?[ .]?([0-9]+)[ -]?ins(?:ertion)?s?\b", re.IGNORECASE), r"exon \1 insertion"),
    (re.compile(r"stop[ _-]?gain(?:ed)?|premature stop", re.IGNORECASE), "nonsense"),
)
_KINDS = {
    "missense": "missense", "nonsense": "nonsense", "frameshift": "frameshift", "splice": "splice",
    "truncating": "truncating", "truncation": "truncating", "truncated": "truncating",
    "inframe_ins": "inframe insertion", "inframe_del": "inframe deletion",
}  # fmt: skip
_QUIET = {  # words that add nothing to a change
    "and", "&", "+", "het", "hom", "heterozygous", "homozygous", "hemizygous", "somatic", "mutation", "mutations",
    "mut", "mutant", "mutated", "variant", "variants", "pathogenic", "likely", "oncogenic", "hotspot", "activating",
    "p", "p.", "detected", "found", "present", "positive", "wt", "gain-of-function", "loss-of-function",
}  # fmt: skip
_DENIED = {"no", "not", "non", "without", "negative", "neg", "absent", "undetected", "excluded", "never"}
_ACCESSION = re.compile(r"(?:N[MPRCGT]_|X[MP]_|ENS[A-Z]*[0-9]|LRG_|CCDS)[\w.]*|exon[0-9]+", re.IGNORECASE)
_NO_GENES = {
    *COPY_WORDS,
    *WILD_TYPE,
    *STATUS_WORDS,
    "mut",
    "mutant",
    "null",
    "del",
    "ins",
    "enriched",
    "overexpressing",
}
_OF_DNA = re.compile(r"[cgnrm]\.\S+")
_AT_THE_SPLICE_SITE = re.compile(r"c\.[-*]?[0-9]+[+-][12](?![0-9]).*")
_JOINED = re.compile(r"([A-Za-z][\w.]*?(?:-AS[0-9])?) ?(::|--|[-–]) ?([A-Za-z][\w.]*)")
_REARRANGED = re.compile(
    r"(?:gene )?(?:fusion|fused|rearrangement|rearranged|translocation)(?: (?:positive|detected))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a cell says of a gene; `rest` are words of it that say nothing that is known."""

    changes: tuple[tuple[str, str], ...] = ()  # and the kind, where it says no more than that
    copies: str = ""
    fusions: tuple[tuple[str, str], ...] = ()
    denied: bool = False
    rest: tuple[str, ...] = ()


def is_change(text: str) -> bool:
    """Whether *text* is one change of a protein, and nothing else."""
    return read_off(protein_change(text)) != UNKNOWN


def some_change(text: str) -> bool:
    """Whether *text* says that there is a change, or begins to say which: `activating mutation`, `exon 20`, `H1047`."""
    words = list(filter(None, re.split(r"[;,|/\s()]+", text.casefold())))
    return bool(re.search("[0-9]", text)) or all(word in _QUIET for word in words)


def said_of(text: str, symbol: str, gene: Callable[[str], str]) -> Said:
    """What the cell *text* says of the gene *symbol*; *gene* tells the symbol of a name, or nothing."""
    plain = " ".join(text.split())
    if joined := joined_in(plain, gene):
        return Said(fusions=tuple(pair for pair in joined if symbol in pair) or tuple(joined))
    if _REARRANGED.fullmatch(plain.casefold().removeprefix(f"{symbol.casefold()} ")):
        return Said(fusions=((symbol, ""),))
    short = " ".join(_BESIDE.sub(" ", plain).split()).strip(" ,;()")
    if short.casefold() in COPY_WORDS and not short.lstrip("-").isdigit():
        return Said(copies=COPY_WORDS[short.casefold()])
    if short.casefold() in WILD_TYPE:
        return Said()
    return _words(short or plain, lambda word: gene(word) == symbol)


def joined_in(text: str, gene: Callable[[str], str]) -> list[tuple[str, str]]:
    """The pairs of genes that *text* says are joined: `CD74::NRG1`, or `CD74-NRG1` where one of the two is known."""
    found = []
    for word in re.split(r"[;,|]\s*|\s+(?:fusion|and|\+|&)\s*|\s{2,}", text):
        word = re.sub(r"\s*\b(?:fusions?|rearrangement)\b\.?|\([^)]*\)", "", word, flags=re.IGNORECASE).strip()
        pair = _JOINED.fullmatch(word)
        if pair is None:
            continue
        one, two = gene(pair[1]) or pair[1].upper(), gene(pair[3]) or pair[3].upper()
        of_genes = pair[2] == "::" or (
            (gene(pair[1]) or gene(pair[3])) and not (is_change(pair[1]) or is_change(pair[3]))
        )
        if of_genes and not {pair[1].casefold(), pair[3].casefold()} & _NO_GENES:
            found.append((one, two))
    return found


def _words(text: str, own: Callable[[str], bool]) -> Said:
    """What *text* says, word by word, but for words that are the gene's *own* name."""
    for pattern, word in _PHRASES:
        text = pattern.sub(word, text)
    words = list(filter(None, re.split(r"[;,|/\s()\[\]:]+", re.sub(r"p\.[(\[]", "p.", text))))
    if any(word.casefold() in _DENIED for word in words):
        return Said(denied=True, rest=(text,))
    changes, kinds, dna, rest = list[str](), list[str](), list[str](), list[str]()
    for word in words:
        if is_change(word):
            changes.append(word)
        elif word.casefold() in _KINDS:
            kinds.append(_KINDS[word.casefold()])
        elif _OF_DNA.fullmatch(word):
            dna.append(word)
        elif word.casefold() not in _QUIET and not own(word) and not _ACCESSION.fullmatch(word):
            rest.append(word)
    if changes:
        return Said(changes=tuple((change, "") for change in changes), rest=tuple(rest))
    if rest or not (kinds or any(map(_AT_THE_SPLICE_SITE.fullmatch, dna))):
        return Said(rest=(text,))
    return Said(changes=(("", kinds[0] if kinds else "splice"),))
