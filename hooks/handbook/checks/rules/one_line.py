"""One line, one message: several mends of a line become one whole line to paste."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handbook.base.words import words
from handbook.pages.diagnostics import Diagnostic
from handbook.pages.loader import Project
from handbook.pages.model import Page
from handbook.pages.parsing.page_parser import PageFile, PageParser, PageResult

Judge = Callable[[PageResult], Sequence[Diagnostic]]
"""What the rules of a page say of it."""
_MOST_ROUNDS = 6


def joined(found: Iterable[Diagnostic], project: Project, judge: Judge) -> Iterator[Diagnostic]:
    """The problems; those of a line that each know the line as it should be are one of them.

    So are those that are told of such a line only once it is mended.
    """
    told = list(found)
    by_page: dict[str, dict[int, list[Diagnostic]]] = defaultdict(lambda: defaultdict(list))
    for diagnostic in told:
        if diagnostic.mended_line is not None:
            by_page[diagnostic.path][diagnostic.line].append(diagnostic)
    parser = PageParser(project.config, project.handbook.vocabulary)
    whole: dict[Diagnostic, Diagnostic | None] = {}
    for page in project.handbook.pages.values():
        lines = by_page.get(page.path, {})
        for line, mends in _mended(page, lines, lambda file: judge(parser.parse(file))).items():
            those = lines[line]
            rules = {each.rule for each in those}
            every = [*those, *(each for each in mends if each.rule not in rules)]
            if len(every) > 1:
                whole.update(dict.fromkeys(those[1:]))
                whole[those[0]] = _as_one(every, mends[-1].mended or "", page.language)
    for diagnostic in told:
        one = whole.get(diagnostic, diagnostic)
        if one is not None:
            yield one


def _mended(
    page: Page,
    lines: Mapping[int, Sequence[Diagnostic]],
    judge: Callable[[PageFile], Sequence[Diagnostic]],
) -> dict[int, list[Diagnostic]]:
    """The mends of each line, one after the other, each of what the one before left.

    Lines on which they come to no end are left out.
    """
    made = {number: [those[0]] for number, those in lines.items()}
    left = {**made}
    for _ in range(_MOST_ROUNDS):
        if not left:
            break
        text = [*page.lines]
        for number, mends in made.items():
            text[number - 1] = mends[-1].mended or ""
        file = PageFile(page.path, page.language, page.key, "\n".join(text).encode())
        left = {}
        for each in judge(file):
            if each.line in made and each.mended_line is not None:
                left.setdefault(each.line, [each])
        for number, mends in left.items():
            made[number] += mends
    return {number: mends for number, mends in made.items() if number not in left}


def _as_one(those: Sequence[Diagnostic], line: str, language: str) -> Diagnostic:
    """The first of them, or the first that refuses the build, with what all say."""
    first = next((each for each in those if each.severity == "error"), those[0])
    message = words(language)("sign.semicolon").join(dict.fromkeys(each.message for each in those))
    return replace(first, message=message, hint=line, mended=line)
