"""How a page is divided: its title, its introduction, its sections, and headings gone unseen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from handbook.base import days
from handbook.base.words import both
from handbook.checks.rules.places import code_lines, line_with, seen_lines, set_apart
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Heading, Page
from handbook.pages.parsing.parser import between
from handbook.pages.parsing.structure import Located, bare, is_bold_list, is_numbered, locate
from handbook.pages.schema import INTRO_SAMPLE, SECTION_LEVEL, SECTIONS

HEADING_HIDDEN = rule("heading-hidden")
PAGE_EMPTY = rule("page-empty")
REVIEW_TO_COME = rule("front-matter-value/to-come")
TITLE = rule("title")
INTRO_MISSING = rule("intro-missing")
SECTION_MISSING = rule("section-missing")
SECTION_DUPLICATE = rule("section-duplicate")
SECTION_LEVEL_RULE = rule("section-name/level")
SECTION_NAME = rule("section-name")
SECTION_LANGUAGE = rule("section-name/language")
SECTION_ORDER = rule("section-order")
SECTION_EMPTY = rule("section-empty")


def hidden(page: Page, heading: str, line: int, container: str = "") -> Diagnostic:
    """The diagnostic for `heading`, which stands on `line` where the site does not see it.

    `heading` is the whole line as it should be, such as `## 能力要求`; `container` what it stands
    in, if the parser knows.
    """
    kind = container or _container(page, line)
    typed = page.lines[line - 1].rstrip() == heading
    kind = "html" if typed and kind == "text" else kind
    retyped = "untag" if typed else "retype"
    fix = both(f"rule.sections.{retyped if kind in {'text', 'html'} else 'move'}")
    found = both(f"rule.container.{kind}")
    mended = set_apart(page, line, heading) if kind == "text" else None
    place = page.place(line)
    return HEADING_HIDDEN.at(place, heading=heading, found=found, fix=fix, mended=mended)


def _container(page: Page, line: int) -> str:
    """What a line that the site does not take for a heading stands in, by its key."""
    if line in code_lines(page):
        return "text" if page.lines[line - 1].lstrip().startswith("`") else "code"
    return "text" if line in seen_lines(page) else "comment"


def hidden_duty(page: Page, number: str, before: int = 0) -> Diagnostic | None:
    """The diagnostic for a duty that is there, but where the site sees no heading; else None.

    It stands somewhere before the line `before`, that of the next duty, if there is one.
    """
    for heading in page.headings:
        if heading.container and heading.text.startswith(f"{number} "):
            return hidden(page, f"### {heading.text}", heading.line, heading.container)
    return hidden_number(page, number, page.first_line, before or len(page.lines) + 1)


def hidden_number(page: Page, number: str, start: int, end: int) -> Diagnostic | None:
    """The same for the first line from `start` to before `end` that is just `number` and a name."""
    for line in range(start, min(end, len(page.lines) + 1)):
        rest = bare(page.lines[line - 1])
        named = rest.startswith(number) and rest[len(number) :][:1].isspace()
        if named and not rest.endswith(("。", ".", "；", ";")):
            name = rest.removeprefix(number).strip(" #*_\u3000")
            return hidden(page, f"### {number} {name}", line)
    return None


_TITLES = both("rule.sections.titles")


def check_title(page: Page) -> Iterator[Diagnostic]:
    """One `# Title`, first of all."""
    if not page.blocks:
        yield PAGE_EMPTY.at(page.place(1), fix=_whole_page(page))
        return
    titles = [h for h in page.headings if h.level == 1 and not h.container]
    if page.is_role:
        sections = [each.heading for each in locate(page)]
        titles = [h for h in titles if h not in sections and not is_numbered(h)]
    if not titles:
        yield _untitled(page)
        return
    first = page.place(titles[0].line)
    if not titles[0].text:
        yield TITLE.at(first, found=both("rule.sections.untitled"), fix=_TITLES)
    elif page.blocks[0].heading is not titles[0]:
        yield TITLE.at(
            first,
            found=both("rule.sections.below-something"),
            fix=both("rule.sections.to-the-top"),
        )
    for title in titles[1:]:
        yield TITLE.at(
            page.place(title.line),
            found=both("rule.sections.second-title", text=title.text),
            fix=f"## {title.text}",
            mended=f"## {title.text}",
            lines=lines_of(page, title),
        )


def _untitled(page: Page) -> Diagnostic:
    """The words that the page begins with in bold or as a heading are most likely the title."""
    heading, said = page.blocks[0].heading, page.blocks[0].passage
    meant = page.lines[said.line - 1].strip() == f"**{said.text}**"
    if heading and said.text and not is_numbered(heading):
        meant = not page.is_role or heading not in [each.heading for each in locate(page)]
    place = page.place(said.line if meant else page.first_line)
    mended = f"# {said.text}" if meant else None
    return TITLE.at(place, found=both("rule.none"), fix=mended or _TITLES, mended=mended)


def check_reviewed(page: Page) -> Iterator[Diagnostic]:
    """A review on a day that is yet to come anywhere on earth."""
    day = page.front_matter.get("reviewed")
    if day is not None and str(day) > str(days.today() + timedelta(days=1)):
        place = page.place(line_with(page, "reviewed", 1), str(day))
        yield REVIEW_TO_COME.at(place, found=day, fix=both("rule.front-matter.the-day"))


def check_intro(page: Page) -> Iterator[Diagnostic]:
    """Words between the title and the first section of a role page."""
    title = next((h for h in page.headings if h.level == 1), None)
    if title is None or not page.blocks or page.blocks[0].heading is not title:
        return
    for block in page.blocks[1:]:
        if block.heading is not None and block.heading.level <= SECTION_LEVEL:
            yield INTRO_MISSING.at(page.place(title.line))
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
        yield SECTION_ORDER.at(page.place(duties.line), first=first, second=second)


def _section(page: Page, found: Located) -> Iterator[Diagnostic]:
    name = found.schema.headings[page.language]
    section = page.front_matter.get("section", "1")
    sample = found.schema.sample[page.language].format(section=section)
    heading = found.heading
    if heading is None:
        if found.hidden_line:
            yield hidden(page, f"## {name}", found.hidden_line)
        else:
            yield _missing(page, found, name, sample)
        return
    place, lines = page.place(heading.line), lines_of(page, heading)
    if found.flaw == "level":
        typed = typed_level(page, heading)
        yield SECTION_LEVEL_RULE.at(place, heading=name, found=typed, lines=lines)
    elif found.flaw == "hidden":
        yield hidden(page, f"## {name}", heading.line, heading.container)
    elif found.flaw == "language":
        yield SECTION_LANGUAGE.at(place, heading=name, found=heading.text, lines=lines)
    elif found.flaw == "name":
        yield SECTION_NAME.at(place, heading=name, found=heading.text, lines=lines)
    for again in found.again:
        yield SECTION_DUPLICATE.at(page.place(again.line), heading=name, first=heading.line)
    if found.flaw != "hidden" and not found.again and not has_content(page, heading):
        yield SECTION_EMPTY.at(place, heading=name, sample=sample)


def lines_of(page: Page, heading: Heading) -> int:
    """How many lines a heading takes: two if it is underlined."""
    return 1 if page.lines[heading.line - 1].lstrip().startswith("#") else 2


def typed_level(page: Page, heading: Heading) -> object:
    """How many `#` there are, or what else made the heading."""
    if lines_of(page, heading) == 1:
        return both("rule.sections.hashes", n=heading.level)
    return both("rule.sections.underlined")


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
        fix = both("rule.sections.above", name=name)
        mended = set_apart(page, contents, f"## {name}\n\n{page.lines[contents - 1]}").rstrip("\n")
        return SECTION_MISSING.at(page.place(contents), heading=name, fix=fix, mended=mended)
    end = max(len(page.lines) - (page.lines[-1] == ""), 1)
    line = top[0].line if duties and top else end
    fix = both("rule.sections.paste", name=name, sample=sample)
    return SECTION_MISSING.at(page.place(line), heading=name, fix=fix)
