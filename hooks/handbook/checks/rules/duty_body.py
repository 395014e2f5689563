"""What stands below a duty's heading: what it is for, its tasks, its labelled lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.checks.rules.duties import DutyHeading, check_headings, duty_headings
from handbook.checks.rules.labels import check_labels
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.model import Block, Page, Role
from handbook.pages.parser import between, label_of_block
from handbook.pages.schema import SECTION_LEVEL
from handbook.pages.structure import locate
from handbook.pages.vocabulary import Index

DUTY_EMPTY = rule("duty-empty")
DUTY_PURPOSE = rule("duty-purpose")
DUTY_TASKS = rule("duty-tasks")

_KINDS = {
    "ul": {"zh": "列表", "en": "a list"},
    "ol": {"zh": "列表", "en": "a list"},
    "table": {"zh": "表格", "en": "a table"},
    "blockquote": {"zh": "引用（>）", "en": "a quotation (`>`)"},
    "div": {"zh": "提示框或代碼", "en": "a box or code"},
    "details": {"zh": "提示框", "en": "a box"},
    "pre": {"zh": "代碼", "en": "code"},
}


def check_duties(page: Page, role: Role, terms: Index) -> Iterator[Diagnostic]:
    """All duties of a role page.

    Args:
        page: the page.
        role: what it says.
        terms: the vocabulary's look-up.
    """
    yield from check_headings(page)
    duties = duty_headings(page)
    known = {duty.line: duty for duty in role.duties}
    for position, heading in enumerate(duties):
        body = _body(page, heading, duties)
        yield from _contents(page, heading, body)
        duty = known.get(heading.heading.line)
        if duty:
            end = _end(page, duties[position + 1 :], heading)
            lines = range(heading.heading.line + 1, end)
            yield from check_labels(page, duty, lines, body, terms)


def _body(page: Page, duty: DutyHeading, duties: Sequence[DutyHeading]) -> tuple[Block, ...]:
    ends = [each.heading for each in duties]
    ends += [each.heading for each in locate(page) if each.heading]
    ends += [h for h in page.headings if h.level <= SECTION_LEVEL]
    return between(page.blocks, duty.heading, ends)


def _end(page: Page, following: Sequence[DutyHeading], duty: DutyHeading) -> int:
    """The line after the duty's last."""
    line = duty.heading.line
    lines = [each.heading.line for each in following]
    lines += [h.line for h in page.headings if h.level <= SECTION_LEVEL and h.line > line]
    lines += [each.heading.line for each in locate(page) if each.heading]
    return min((each for each in lines if each > line), default=len(page.lines) + 1)


def _contents(page: Page, duty: DutyHeading, body: Sequence[Block]) -> Iterator[Diagnostic]:
    place = Place(page.path, duty.heading.line, 1, page.language)
    number = duty.number if duty.n else duty.name
    written = [block for block in body if _says_something(block)]
    if not written:
        yield DUTY_EMPTY.at(place, number=number)
        return
    first = next(block for block in body if block.passage.text and block.heading is None)
    if first.tag != "p" or label_of_block(first):
        at = Place(page.path, first.passage.line, 1, page.language)
        yield DUTY_PURPOSE.at(at, number=number, found=_kind(first))
    if not any(block.items for block in body):
        yield DUTY_TASKS.at(place, number=number)


def _says_something(block: Block) -> bool:
    return block.heading is None and any(char.isalnum() for char in block.passage.text)


def _kind(block: Block) -> dict[str, str]:
    text = block.passage.text
    return _KINDS.get(block.tag, {"zh": f"「{text}」", "en": f"`{text}`"})
