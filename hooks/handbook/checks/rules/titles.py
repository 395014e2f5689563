"""How a page begins: something on it, one title, and on a role page what the role is for."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.model import Page
from handbook.pages.schema import INTRO_SAMPLE, SECTION_LEVEL, SECTIONS
from handbook.pages.structure import is_numbered, locate

PAGE_EMPTY = rule("page-empty")
TITLE = rule("title")
INTRO_MISSING = rule("intro-missing")

_TITLES = {"zh": "# 頁面標題", "en": "# Title of the page"}


def check_title(page: Page) -> Iterator[Diagnostic]:
    """One `# Title`, first of all."""
    top = Place(page.path, 1, 1, page.language)
    if not page.blocks:
        yield PAGE_EMPTY.at(top, fix=_whole_page(page))
        return
    titles = [h for h in page.headings if h.level == 1 and not h.container]
    if page.is_role:
        sections = [each.heading for each in locate(page)]
        titles = [h for h in titles if h not in sections and not is_numbered(h)]
    if not titles:
        place = Place(page.path, page.first_line, 1, page.language)
        yield TITLE.at(place, found={"zh": "沒有", "en": "none"}, fix=_TITLES)
        return
    first = Place(page.path, titles[0].line, 1, page.language)
    if not titles[0].text:
        yield TITLE.at(
            first, found={"zh": "「#」之後沒有文字", "en": "nothing after the `#`"}, fix=_TITLES
        )
    elif page.blocks[0].heading is not titles[0]:
        yield TITLE.at(
            first,
            found={"zh": "標題之前還有別的內容", "en": "something above the title"},
            fix={"zh": "把標題移到最上面", "en": "move the title to the top"},
        )
    for title in titles[1:]:
        yield TITLE.at(
            Place(page.path, title.line, 1, page.language),
            found={"zh": f"又有「# {title.text}」", "en": f"a second one, `# {title.text}`"},
            fix=f"## {title.text}",
        )


def check_intro(page: Page) -> Iterator[Diagnostic]:
    """Words between the title and the first section of a role page."""
    title = next((h for h in page.headings if h.level == 1), None)
    if title is None or not page.blocks or page.blocks[0].heading is not title:
        return
    for block in page.blocks[1:]:
        if block.heading is not None and block.heading.level <= SECTION_LEVEL:
            yield INTRO_MISSING.at(Place(page.path, title.line, 1, page.language))
            return
        if block.passage.text and block.heading is None:
            return


def _whole_page(page: Page) -> str:
    """The least that the page must hold."""
    title = _TITLES[page.language]
    if not page.is_role:
        return title
    section = page.front_matter.get("section", 1)
    parts = [f"---\nsection: {section}\n---", title, INTRO_SAMPLE[page.language]]
    for schema in SECTIONS:
        sample = schema.sample[page.language].format(section=section)
        parts += [f"## {schema.headings[page.language]}", sample]
    return "\n\n".join(parts)
