"""As text, for people and editors: `path:line:column: expected …, found … [rule-id]`, then hints.

The form is a contract.
"""

from __future__ import annotations

from handbook.base.job_log import inert
from handbook.pages.diagnostics import Diagnostic, one_line


def as_text(diagnostic: Diagnostic) -> str:
    """One line for the problem, then its hint on indented lines."""
    d = diagnostic
    line = f"{one_line(d.path)}:{d.line}:{d.column}: {d.message} [{d.rule}]"
    if not d.hint:
        return inert(line)
    first, *rest = d.hint.split("\n")
    more = (f"        {each}".rstrip() for each in rest)
    return inert("\n".join([line, f"  hint: {first}", *more]))
