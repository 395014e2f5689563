"""As annotations, which GitHub shows at the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.pages.diagnostics import Diagnostic, one_line

SHOWN_BY_GITHUB = 10
"""Annotations of one kind that GitHub shows for a step; it drops the rest without a word."""


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Workflow annotations, errors first, as many as GitHub shows; then "+N more".

    Source of the escapes: GitHub's actions/toolkit, `packages/core/src/command.ts`.
    """
    worst_first = sorted(diagnostics, key=lambda d: (d.severity != "error", d.sort_key))
    lines = [_annotation(d) for d in worst_first[:SHOWN_BY_GITHUB]]
    if len(worst_first) > SHOWN_BY_GITHUB:
        lines.append(f"+{len(worst_first) - SHOWN_BY_GITHUB} more")
    return "\n".join(lines)


def _annotation(d: Diagnostic) -> str:
    properties = {
        "file": one_line(d.path),
        "line": str(d.line),
        "col": str(d.column),
        "title": d.rule,
    }
    pairs = ",".join(f"{name}={_escape_property(text)}" for name, text in properties.items())
    return f"::{d.severity} {pairs}::{_escape_data(d.with_hint)}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
