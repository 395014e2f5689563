"""As text, for people and editors: `path:line:column: expected …, found … [rule-id]`, then hints.

The form is a contract.
"""

from __future__ import annotations

import click

from handbook.base.job_log import inert
from handbook.pages.diagnostics import Diagnostic, one_line

_COLOURS = {"error": "red", "warning": "yellow"}


def as_text(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """One line for the problem, then its hint on indented lines; `colour` is for terminals."""
    d = diagnostic
    line = f"{one_line(d.path)}:{d.line}:{d.column}: {d.message} [{d.rule}]"
    first, *rest = d.hint.split("\n")
    hint = [f"  hint: {first}", *(f"        {each}".rstrip() for each in rest)] if d.hint else []
    line, *hint = inert("\n".join([line, *hint])).split("\n")
    if colour:
        line = click.style(line, fg=_COLOURS[d.severity])
        hint = [click.style(each, dim=True) for each in hint]
    return "\n".join([line, *hint])
