"""`her2 search`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

from her2cli.cli import _options
from her2cli.cli._look import literature
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._reading import load
from her2cli.model import Absent

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.lookup import Found, Hit
    from her2cli.model import Pathway


RESISTANCE = ("resistance", "resistant", "resist", "resists")  # what `her2 resist` is asked by


def search(
    text: Annotated[list[str], Argument(metavar="TEXT...", help="Words that all occur; case is ignored.")],
    limit: Annotated[
        int, Option("--limit", "-n", metavar="N", min=1, help="Things to show; JSON and CSV have all.")
    ] = 20,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """Find words in every name, alias, claim and note; what is called so comes first.

    A protein change finds the alteration that stands for it; of names side by side, such as those of a cell line and
    a drug, the line that asks for them together is told, and of what is left out, why.

    her2 search heregulin resistance
    her2 search KRAS G12D
    """
    from her2cli import lookup
    from her2cli.cli._errors import absent
    from her2cli.render import finds
    from her2cli.render.console import stacked

    path, wanted = load(pathway), " ".join(text)
    hits = lookup.search(path, wanted) or lookup.search(path, _in_one_letter(wanted))
    left_out = partial(absent, "anything")
    named = lookup.named_together(path, wanted, left_out)
    line = _line(named)
    if not named and (asked := _of_resistance(path, wanted, left_out)):
        named, line = asked
    told = bool(line or any(isinstance(each.thing, Absent) for each in named) or (named and not hits))
    answer = Answer(
        command="search",
        pathway=path,
        look=lambda: stacked(
            finds.named(named, wanted, line) if told else _stands_for(wanted, hits) or _no_such_word(wanted, hits),
            finds.hits(hits, wanted, limit) if hits else None if told else _apart(path, wanted, limit, left_out),
            literature(path),
        ),
        table=lambda: finds.hits_table(hits),
        data=lambda: {
            "text": wanted,
            "named": [{"kind": each.kind, "id": each.id, "absent": finds.why_absent(each)} for each in named],
            "line": line or None,
            "close": [] if hits or told else [key for keys in lookup.near(path, wanted).values() for key in keys],
            "hits": finds.hits_table(hits).records(),
        },
    )
    show(answer, output)


def _line(named: Sequence[Found]) -> str:
    """The line that asks for several things together; empty where they are no scenario."""
    from shlex import quote

    there = [each for each in named if not isinstance(each.thing, Absent)]
    if len(there) < 2 or all(each.kind == "species" for each in there):
        return ""
    lines = [each for each in there if each.kind == "cell line"]
    if lines[1:]:
        names = [quote(each.id) for each in lines]
        rest = [each for each in there if each not in lines]
        return " ".join(["her2 compare", *names, *_options_of(rest)])
    return " ".join(["her2 simulate", *_options_of(there, added=bool(lines))])


def _of_resistance(
    path: Pathway, wanted: str, left_out: Callable[[str], Absent | None]
) -> tuple[tuple[Found, ...], str] | None:
    """The things that *wanted* names beside a word for resistance, and the line that asks what makes a drug fail.

    None where there is no such word, no drug, or something else.
    """
    from her2cli import lookup

    words = wanted.split()
    rest = [word for word in words if word.casefold() not in RESISTANCE]
    named = lookup.named_together(path, " ".join(rest), left_out) if 0 < len(rest) < len(words) else ()
    there = [each for each in named if each.kind in ("drug", "alteration", "cell line") and each.id not in path.absent]
    lines = [each for each in there if each.kind == "cell line"]
    if len(there) < len(named) or lines[1:] or not any(each.kind == "drug" for each in there):
        return None
    return named, " ".join(["her2 resist", *_options_of(there, added=bool(lines))])


def _options_of(things: Sequence[Found], *, added: bool = False) -> list[str]:
    from shlex import quote

    options = {"drug": "-d", "alteration": "-a", "cell line": "-c", "species": "-r"}
    words = []
    for each in sorted(things, key=lambda each: list(options).index(each.kind) if each.kind != "cell line" else -1):
        plus = "+" if added and each.kind == "alteration" else ""
        words += [options[each.kind], quote(plus + each.id)]
    return words


def _in_one_letter(wanted: str) -> str:
    """*wanted* with its protein changes in letters for amino acids, as most of what is written has them."""
    from her2cli.variants import protein_change

    return " ".join(protein_change(word) if _is_change(word) else word for word in wanted.split())


def _stands_for(wanted: str, hits: Sequence[Hit]) -> RenderableType | None:
    """Which alteration stands for the change of a gene, where it is not called so, and the line that asks for it."""
    from shlex import quote

    from her2cli.render import finds

    if not hits or hits[0].field != "match" or not _is_change(wanted.split()[-1]):
        return None
    return finds.stands_for(wanted, hits[0].id, f"her2 simulate -a {quote(f'+{wanted}')}")


def _no_such_word(wanted: str, hits: Sequence[Hit]) -> RenderableType | None:
    """That a name in capitals is no word of anything that was found."""
    from her2cli import lookup
    from her2cli.render.console import text as notice

    word = lookup.word_in_capitals(wanted)
    if word is None or not hits or any(word.search(f"{hit.id} {hit.value}") for hit in hits):
        return None
    return notice(f"Nothing has the word '{wanted}'; this only begins or ends so.")


def _is_change(word: str) -> bool:
    """Whether *word* is a protein change, in any way of writing it."""
    from her2cli.variants import UNKNOWN, protein_change, read_off

    change = protein_change(word)
    return bool(change) and read_off(change) != UNKNOWN


def _apart(path: Pathway, wanted: str, limit: int, left_out: Callable[[str], Absent | None]) -> RenderableType:
    """What holds all words but one, or how many things hold each; of what nothing holds what is near, or why."""
    from her2cli import lookup
    from her2cli.render import finds
    from her2cli.render.console import stacked
    from her2cli.render.console import text as notice

    words = wanted.split()
    own = path.alterations_of(words[0], alone=True) if len(words) == 2 or words[1:2] == ["exon"] else ()
    if (own and words[1:2] == ["exon"]) or (len(words) == 2 and _is_change(words[1])):
        return finds.no_alteration(wanted, words[0], own)
    fewer = [" ".join(word for word in words if word != left) for left in words] if len(words) > 2 else _begun(words)
    for each in fewer:
        some = lookup.search(path, each)
        if not words[2:]:  # an author is no beginning of a word
            some = tuple(hit for hit in some if re.search(re.escape(each) + "(?![a-z])", f"{hit.id} {hit.value}"))
        if some:
            return stacked(
                notice(f"Nothing holds all of '{wanted}'; these hold '{each}'."), finds.hits(some, each, limit)
            )
    apart = {word: len({(hit.kind, hit.id) for hit in lookup.search(path, word)}) for word in words}
    reasons = [found for word in words if not apart[word] and (found := left_out(word))]
    near = {} if reasons else lookup.near(path, wanted)
    return finds.nothing(wanted, apart, near, reasons)


def _begun(words: Sequence[str]) -> list[str]:
    """An author without the year, a name without its number: what else there is of the same people, the same trials."""
    if len(words) == 2:
        return [other for year, other in (words, words[::-1]) if re.fullmatch(r"(19|20)\d\d[a-z]?", year)]
    return [stem[1] for word in words if (stem := re.fullmatch(r"(\D{4,}?)-?\d+", word))]
