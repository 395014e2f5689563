"""As a box on the page itself, while it is being edited."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from handbook.base.words import words
from handbook.pages.diagnostics import Diagnostic, tally


def problem_box(problems: Sequence[Diagnostic], language: str) -> str:
    """The problems, at least one, as an HTML box: each with its line and what to paste."""
    title = words(language)("build.box", found=tally(problems, language))
    items = "".join(_item(problem) for problem in problems)
    return (
        '<div class="admonition failure handbook-problems" role="alert">'
        f'<p class="admonition-title">{title}</p><ol>{items}</ol></div>'
    )


def _item(problem: Diagnostic) -> str:
    where = f"{problem.path}:{problem.line}:{problem.column}"
    hint = f"<pre><code>{escape(problem.hint)}</code></pre>" if problem.hint else ""
    return (
        f"<li><code>{escape(where)}</code> {escape(problem.message)} "
        f"<code>[{problem.rule}]</code>{hint}</li>"
    )
