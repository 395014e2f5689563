"""As a list of lines to put in place of others, which a job offers on a pull request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handbook.base.job_log import as_inert_json
from handbook.checks.fixes.page import Change
from handbook.pages.diagnostics import Diagnostic
from handbook.pages.model import Page


def as_suggestions(
    diagnostics: Sequence[Diagnostic],
    changes: Mapping[str, Sequence[Change]],
    pages: Mapping[str, Page],
) -> str:
    """A list of objects with path, line, rule ("" for what only `fix` does), was and becomes.

    Args:
        diagnostics: the problems; those count that know the whole line as it should be.
        changes: what `fix` would do to each page, by its path.
        pages: the pages by their paths.
    """
    found: dict[tuple[str, int], tuple[str, str, str]] = {}
    for path, those in changes.items():
        for change in those:
            if change.keys:
                found[path, change.line] = "", change.before, change.after
    for d in diagnostics:
        if d.mended is not None and d.path in pages:
            found[d.path, d.line] = d.rule, pages[d.path].lines[d.line - 1], d.mended
    keys = ("path", "line", "rule", "was", "becomes")
    return as_inert_json(
        [dict(zip(keys, (*place, *found[place]), strict=True)) for place in sorted(found)]
    )
