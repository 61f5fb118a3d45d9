"""Results as JUnit XML, which continuous-integration servers show as tests."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

Case = tuple[str, str, str]  # name, outcome (passed, failed, skipped), message


def junit(suite: str, cases: Iterable[Case]) -> str:
    """One test suite with a test case for each of *cases*."""
    rows = list(cases)
    failed, skipped = (sum(outcome == word for _, outcome, _ in rows) for word in ("failed", "skipped"))
    head = f'<testsuite name={quoteattr(suite)} tests="{len(rows)}" failures="{failed}" skipped="{skipped}">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *(_case(suite, *row) for row in rows)]) + (
        "\n</testsuite>\n"
    )


def _case(suite: str, name: str, outcome: str, message: str) -> str:
    start = f"  <testcase classname={quoteattr(suite)} name={quoteattr(_clean(name))}"
    if outcome == "passed":
        return f"{start}/>"
    tag = "failure" if outcome == "failed" else "skipped"
    text = _clean(message)
    return f"{start}><{tag} message={quoteattr(text)}>{escape(text)}</{tag}></testcase>"


def _clean(text: str) -> str:
    """*text* without the control characters that XML forbids."""
    return "".join(c if c.isprintable() else " " for c in text)
