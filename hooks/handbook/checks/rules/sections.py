"""The sections of a role page: there, once, at the right level, in the right order, not empty."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.checks.rules.hidden import hidden
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.model import Heading, Page
from handbook.pages.parser import between
from handbook.pages.schema import SECTION_LEVEL, SECTIONS
from handbook.pages.structure import Located, is_bold_list, is_numbered, locate

SECTION_MISSING = rule("section-missing")
SECTION_DUPLICATE = rule("section-duplicate")
SECTION_LEVEL_RULE = rule("section-level")
SECTION_NAME = rule("section-name")
SECTION_LANGUAGE = rule("section-language")
SECTION_ORDER = rule("section-order")
SECTION_EMPTY = rule("section-empty")

_ABOVE = {"zh": "在這一行之上加一行標題：", "en": "add this heading above the line:"}
_PASTE = {"zh": "在這裏貼上，再改寫：", "en": "paste this here and fill it in:"}


def check_sections(page: Page) -> Iterator[Diagnostic]:
    """Both sections of a role page."""
    if not page.blocks:
        return
    found = locate(page)
    for section in found:
        yield from _section(page, section)
    duties, abilities = (section.heading for section in found)
    if duties and abilities and abilities.line < duties.line:
        first, second = (section.headings[page.language] for section in SECTIONS)
        place = Place(page.path, duties.line, 1, page.language)
        yield SECTION_ORDER.at(place, first=first, second=second)


def _section(page: Page, found: Located) -> Iterator[Diagnostic]:
    name = found.schema.headings[page.language]
    sample = found.schema.sample[page.language].format(section=_number(page))
    heading = found.heading
    if heading is None:
        if found.hidden_line:
            yield hidden(page, f"## {name}", found.hidden_line)
        else:
            yield _missing(page, found, name, sample)
        return
    place = Place(page.path, heading.line, 1, page.language)
    if found.flaw == "level":
        yield SECTION_LEVEL_RULE.at(place, heading=name, found=typed_level(page, heading))
    elif found.flaw == "hidden":
        yield hidden(page, f"## {name}", heading.line, heading.container)
    elif found.flaw == "language":
        yield SECTION_LANGUAGE.at(place, heading=name, found=heading.text)
    elif found.flaw == "name":
        yield SECTION_NAME.at(place, heading=name, found=heading.text)
    for again in found.again:
        yield SECTION_DUPLICATE.at(
            Place(page.path, again.line, 1, page.language), heading=name, first=heading.line
        )
    if found.flaw != "hidden" and not found.again and not has_content(page, heading):
        yield SECTION_EMPTY.at(place, heading=name, sample=sample)


def _number(page: Page) -> object:
    return page.front_matter.get("section", "1")


def typed_level(page: Page, heading: Heading) -> object:
    """How many `#` there are, or what else made the heading."""
    if page.lines[heading.line - 1].lstrip().startswith("#"):
        return {"zh": f"有 {heading.level} 個", "en": heading.level}
    return {"zh": "是一行「=」或「-」", "en": "a line of `=` or `-` below it"}


def has_content(page: Page, heading: Heading) -> bool:
    """Whether anything stands in the section that `heading` begins."""
    ends = [
        h
        for h in page.headings
        if h.level <= SECTION_LEVEL and not h.container and not is_numbered(h)
    ]
    ends += [each.heading for each in locate(page) if each.heading]
    return any(
        block.passage.text or block.tag in {"table", "hr"}
        for block in between(page.blocks, heading, ends)
    )


def _missing(page: Page, found: Located, name: str, sample: str) -> Diagnostic:
    """The section as a whole is missing, or only its heading, with its contents there."""
    duties = found.schema.key == "duties"
    top = [h for h in page.headings if h.level >= SECTION_LEVEL and not h.container]
    contents = next((h.line for h in top if is_numbered(h)), 0) if duties else 0
    if not duties and page.blocks and is_bold_list(page.blocks[-1]):
        contents = page.blocks[-1].passage.line
    if contents:
        fix = {language: f"{text}\n## {name}" for language, text in _ABOVE.items()}
        place = Place(page.path, contents, 1, page.language)
        return SECTION_MISSING.at(place, heading=name, fix=fix)
    end = max(len(page.lines) - (page.lines[-1] == ""), 1)
    line = top[0].line if duties and top else end
    fix = {language: f"{text}\n## {name}\n\n{sample}" for language, text in _PASTE.items()}
    return SECTION_MISSING.at(Place(page.path, line, 1, page.language), heading=name, fix=fix)
