"""As Markdown, for the summary of a workflow's step."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handbook.base.words import both, words
from handbook.checks.formats.text import as_text
from handbook.pages.diagnostics import Diagnostic, has_errors, tally


def as_summary(diagnostics: Sequence[Diagnostic], pages: int) -> str:
    """How it went, in both languages, and every problem as text, in a fence that none closes."""
    zh, en = (
        words(of)("check.total", n=pages, found=tally(diagnostics, of)) for of in ("zh", "en")
    )
    sign = "❌" if has_errors(diagnostics) else "✅"
    heading = f"### {sign} {' · '.join(both('check.summary').values())}\n\n{zh}。 · {en}.\n\n"
    if not diagnostics:
        return heading
    body = "\n".join(as_text(d) for d in diagnostics)
    longest = max(map(len, re.findall("`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{heading}{fence}text\n{body}\n{fence}\n\n"
