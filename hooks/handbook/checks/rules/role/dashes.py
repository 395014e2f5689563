"""Tasks without their dash: people see a list, and the site runs them together with a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.checks.rules.places import seen_lines, typed_lines
from handbook.checks.rules.text.blocks import blocks
from handbook.checks.rules.text.signs import signs
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Block, Page

_TASK = rule("markup-shown/task")
_WRAPPED = {"zh": 24, "en": 70}
"""Letters that an editor's program leaves on a line, at the least, when it breaks a long one."""


def check_dashes(page: Page, body: Sequence[Block]) -> Iterator[Diagnostic]:
    """The lines of a duty's `body` that are tasks to people: between or behind those with a dash.

    A sentence ends with its sign; a line goes on in the next where the next one had no room on it.
    """
    paragraphs = [each for each in body if each.tag == "p" and not each.heading]
    alone = [each.passage.line for each in paragraphs[1:] if not each.kind]
    behind = [item.line + 1 for each in body if each.tag == "ul" for item in each.items]
    typed = typed_lines(page)
    for number in behind + alone:
        end = number
        while end <= len(typed) and _is_undashed(page, end, above=number in behind):
            end += 1
        is_whole = not "".join(typed[end - 1 : end]).strip()
        if end > number and is_whole and not _is_told(page, number):
            right = "\n".join(f"- {line.strip()}" for line in page.lines[number - 1 : end - 1])
            values = {"found": page.lines[number - 1].strip(), "lines": end - number}
            yield _TASK.at(page.place(number), fix=right, mended=right, **values)


def _is_undashed(page: Page, number: int, *, above: bool) -> bool:
    line, before = (typed_lines(page)[at].rstrip() for at in (number - 1, number - 2))
    begins, ends = line[:1].isalpha() and not line[:1].islower(), line[-1:].isalnum()
    if not (begins and ends and number in seen_lines(page)):
        return False
    room = len(f"{before} {line.split()[0]}") if page.language == "en" else len(before)
    return not above or (room < _WRAPPED[page.language] and before[-1:].isalnum())


def _is_told(page: Page, number: int) -> bool:
    """Whether the line begins with another program's sign, or belongs to a list or a table."""
    return number in signs(page) or any(number in lines for _, lines in blocks(page))
