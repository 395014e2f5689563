"""One line, one message: several mends of a line become one whole line to paste."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from handbook.base.words import words
from handbook.pages.diagnostics import Diagnostic, Severity, has_errors
from handbook.pages.loader import Project
from handbook.pages.model import Page
from handbook.pages.page_parser import PageFile, PageParser, PageResult

Judge = Callable[[PageResult], Sequence[Diagnostic]]
"""What the rules of a page say of it."""


def joined(found: Iterable[Diagnostic], project: Project, judge: Judge) -> Iterator[Diagnostic]:
    """The problems; those of a line that each know the line as it should be are one of them.

    Mends are made one after the other, each of the line that the one before left.
    """
    by_line: dict[tuple[str, int], list[Diagnostic]] = defaultdict(list)
    told = list(found)
    for diagnostic in told:
        if diagnostic.mended is not None:
            by_line[diagnostic.path, diagnostic.line].append(diagnostic)
    parser = PageParser(project.config, project.handbook.vocabulary)
    pages = {page.path: page for page in project.handbook.pages.values()}
    whole = {}
    for (path, _), those in by_line.items():
        if len(those) > 1 and path in pages:
            line = _mended(pages[path], those, lambda file: judge(parser.parse(file)))
            if line is not None:
                whole.update(dict.fromkeys(those[1:]))
                whole[those[0]] = _as_one(those, line, pages[path].language)
    for diagnostic in told:
        one = whole.get(diagnostic, diagnostic)
        if one is not None:
            yield one


def _mended(
    page: Page, those: Sequence[Diagnostic], judge: Callable[[PageFile], Sequence[Diagnostic]]
) -> str | None:
    """The line with all mends; None if they come to no end."""
    line, number = those[0].mended, those[0].line
    for _ in range(2 * len(those)):
        lines = [*page.lines[: number - 1], line or "", *page.lines[number:]]
        raw = "\n".join(lines).encode()
        left = [
            each
            for each in judge(PageFile(page.path, page.language, page.key, raw))
            if each.line == number and each.mended is not None
        ]
        if not left:
            return line
        line = left[0].mended
    return None


def _as_one(those: Sequence[Diagnostic], line: str, language: str) -> Diagnostic:
    """The first of them, with what all say."""
    message = words(language)("sign.semicolon").join(dict.fromkeys(each.message for each in those))
    severity: Severity = "error" if has_errors(those) else "warning"
    return replace(those[0], message=message, hint=line, severity=severity, mended=line)
