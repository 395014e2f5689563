"""Tells of a problem that `make fix` mends it; only if it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, partial

from handbook.base.words import words
from handbook.pages.diagnostics import Diagnostic
from handbook.pages.loader import Project
from handbook.pages.model import Page
from handbook.pages.parsing.page_parser import PageFile, PageParser

_MENDS = {
    "simplified-character": "script",
    "punctuation": "punctuation",
    "heading-space": "heading",
    "anchor-typed": "heading",
    "anchor-missing": "heading",
    "markup-shown": "list",
}
"""A rule → the kind of mend that may help."""


def with_command(found: Iterable[Diagnostic], project: Project) -> Iterator[Diagnostic]:
    """The problems; the hints of those that `fix` mends name the command."""
    pages = {page.path: page for page in project.handbook.pages.values()}
    parser = PageParser(project.config, project.handbook.vocabulary)
    mended = cache(partial(_mended_lines, project=project, parser=parser))
    for diagnostic in found:
        kind, page = _MENDS.get(diagnostic.rule), pages.get(diagnostic.path)
        if kind and page and kind in mended(page).get(diagnostic.line, ()):
            hint = f"{diagnostic.hint}\n{words(page.language)('fix.or-run')}"
            yield replace(diagnostic, hint=hint)
        else:
            yield diagnostic


def _mended_lines(page: Page, project: Project, parser: PageParser) -> dict[int, frozenset[str]]:
    """The lines that `fix` would mend, and how."""
    from handbook.checks.fixes.page import mend

    file = PageFile(page.path, page.language, page.key, "\n".join(page.lines).encode())
    changes = mend(file, parser.parse, project.handbook.twin(page)).changes
    return {change.line: change.keys for change in changes if change.keys}
