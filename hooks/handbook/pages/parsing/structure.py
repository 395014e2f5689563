"""Where a role page's sections are, also when their headings are not quite right.

A mistake in a heading is one problem. What stands below it is still read, so that the other
mistakes are found in the same run and none is reported only because of the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from handbook.base.folding import alike, fold
from handbook.pages.diagnostics import rule
from handbook.pages.model import Block, Handbook, Heading, Page, Role
from handbook.pages.parsing.parser import between, read_role
from handbook.pages.schema import SECTION_LEVEL, SECTIONS, SectionSchema
from handbook.pages.vocabulary import Index

LOOSE_NUMBER = re.compile(rule("duty-number").words["loose"])
"""The text of a heading that is meant as a duty's; folded with NFKC before."""
_MARKS = "#＃>*＊_\\`|!-<• \t\u3000\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202d\u202e\u2066"


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


def role_as_meant(page: Page, book: Handbook, terms: Index) -> Role:
    """The role, read below the headings that `locate` found."""
    known = book.role_pages.get((page.language, page.key))
    if known is not None and is_whole(page):
        return known
    found: dict[str, Heading] = {e.schema.key: e.heading for e in locate(page) if e.heading}
    return read_role(page, terms, found)


def is_whole(page: Page) -> bool:
    """Whether both sections are where they belong, so that comparing pages makes sense."""
    return all(each.heading and not each.flaw for each in locate(page))


def roles_out_of_shape(book: Handbook) -> frozenset[str]:
    """Roles with a page whose sections are not where they belong: what changed cannot be told."""
    return frozenset(
        page.key.rpartition("/")[2]
        for page in book.pages.values()
        if page.is_role and not is_whole(page)
    )


def is_numbered(heading: Heading) -> bool:
    """Whether the heading has a duty's number, or something like one."""
    return LOOSE_NUMBER.fullmatch(unicodedata.normalize("NFKC", heading.text)) is not None


def bare(line: str) -> str:
    """The words of a source line without the marks around them."""
    return line.strip(_MARKS + ":：")


def hidden_line(page: Page, wanted: str) -> int:
    """A line of the source that reads like the heading but is not rendered as one, or 0."""
    for number in range(page.first_line, len(page.lines) + 1):
        if bare(page.lines[number - 1]) == wanted:
            return number
    return 0


def _locate(page: Page, section: SectionSchema) -> Located:
    wanted = section.headings[page.language]
    same = [heading for heading in page.headings if heading.text == wanted]
    right = [h for h in same if h.level == SECTION_LEVEL and not h.container]
    if right:
        return Located(section, right[0], "", tuple(right[1:]))
    others = [text for language, text in section.headings.items() if language != page.language]
    free = [h for h in page.headings if not h.container and h.level > 1]
    unnamed = [h for h in free if not _is_section(h)]
    candidates: Sequence[tuple[str, list[Heading]]] = (
        ("level", [h for h in same if not h.container]),
        ("hidden", same),
        ("language", [h for h in free if any(fold(h.text) == fold(text) for text in others)]),
        ("name", [h for h in unnamed if alike(h.text, wanted, section.near)]),
    )
    for flaw, headings in candidates:
        if headings:
            return Located(section, headings[0], flaw)
    line = hidden_line(page, wanted)
    if not line:
        by_content = next((h for h in unnamed if _holds(page, h, section.key)), None)
        if by_content:
            return Located(section, by_content, "name")
    return Located(section, None, "", (), line)


def _is_section(heading: Heading) -> bool:
    return any(heading.text in section.headings.values() for section in SECTIONS)


def _holds(page: Page, heading: Heading, key: str) -> bool:
    """Whether what stands below a level-2 heading is, by its looks, the section `key`."""
    if heading.level != SECTION_LEVEL or is_numbered(heading):
        return False
    ends = [h for h in page.headings if h.level <= SECTION_LEVEL and not h.container]
    blocks = between(page.blocks, heading, ends)
    if key == "duties":
        return any(block.heading and is_numbered(block.heading) for block in blocks)
    return bool(blocks) and all(is_bold_list(block) for block in blocks)


def is_bold_list(block: Block) -> bool:
    """Whether it is a list whose items all begin in bold, as the abilities do."""
    return bool(block.items) and all(
        re.match(r"\s*(?:<p>)?\s*<strong>", item.html) for item in block.items
    )
