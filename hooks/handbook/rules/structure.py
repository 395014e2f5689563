"""Where a role page's sections are, also when their headings are not quite right.

A mistake in a heading is one problem. What stands below it is still read, so that the other
mistakes are found in the same run and none is reported only because of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from handbook.folding import alike, fold
from handbook.model import Heading, Page, Role
from handbook.parser import read_role
from handbook.schema import SECTION_LEVEL, SECTIONS, SectionSchema
from handbook.vocabulary import Index


@dataclass(frozen=True, slots=True)
class Located:
    """Where one section is.

    `heading` begins it ("None" if there is none, not even a similar one). `flaw` says what is wrong
    with that heading: "", "name", "language", "level", "hidden". `again` are further headings of
    the same section. `hidden_line` is a line where the heading stands in code or a comment.
    """

    schema: SectionSchema
    heading: Heading | None
    flaw: str = ""
    again: tuple[Heading, ...] = ()
    hidden_line: int = 0


@lru_cache(maxsize=16)
def locate(page: Page) -> tuple[Located, ...]:
    """Find each section of a role page, best match first."""
    return tuple(_locate(page, section) for section in SECTIONS)


def role_as_meant(page: Page, terms: Index) -> Role:
    """The role, read below the headings that `locate` found."""
    found: dict[str, Heading] = {e.schema.key: e.heading for e in locate(page) if e.heading}
    return read_role(page, terms, found)


def is_whole(page: Page) -> bool:
    """Whether both sections are where they belong, so that comparing pages makes sense."""
    return all(each.heading and not each.flaw for each in locate(page))


def _locate(page: Page, section: SectionSchema) -> Located:
    wanted = section.headings[page.language]
    same = [heading for heading in page.headings if heading.text == wanted]
    right = [h for h in same if h.level == SECTION_LEVEL and not h.container]
    if right:
        return Located(section, right[0], "", tuple(right[1:]))
    others = [text for language, text in section.headings.items() if language != page.language]
    exact = {h.text for each in SECTIONS for h in page.headings if h.text in each.headings.values()}
    free = [h for h in page.headings if not h.container and h.level > 1]
    candidates: Sequence[tuple[str, list[Heading]]] = (
        ("level", [h for h in same if not h.container]),
        ("hidden", same),
        ("language", [h for h in free if any(fold(h.text) == fold(text) for text in others)]),
        ("name", [h for h in free if h.text not in exact and alike(h.text, wanted, section.near)]),
    )
    for flaw, headings in candidates:
        if headings:
            return Located(section, headings[0], flaw)
    return Located(section, None, "", (), _line_in_source(page, wanted))


def _line_in_source(page: Page, wanted: str) -> int:
    """A line of the source that reads like the heading but is not rendered as one, or 0."""
    for number in range(page.first_line, len(page.lines) + 1):
        line = page.lines[number - 1].strip().lstrip("#>*_ \u3000").rstrip("#*_:： ")
        if line == wanted:
            return number
    return 0
