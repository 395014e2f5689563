"""The sections of a role page: there, once, at the right level, in the right order, not empty."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import Diagnostic, Place, Rule, Wording
from handbook.model import Heading, Page
from handbook.parser import between
from handbook.rules.places import code_lines, seen_lines
from handbook.rules.structure import Located, locate
from handbook.schema import SECTION_LEVEL, SECTIONS

TITLE = Rule(
    "title",
    zh=Wording("頁面應以一個「# 標題」開頭，全頁只有一個，實際{found}", "{fix}"),
    en=Wording("expected the page to begin with its one `# Title`, found {found}", "{fix}"),
)
INTRO_MISSING = Rule(
    "intro-missing",
    zh=Wording("標題之下應有一段話，說明這個崗位為了甚麼，實際沒有", "在標題之下加一段話"),
    en=Wording(
        "expected a paragraph below the title that says what the role is for, found none",
        "add a paragraph below the title",
    ),
)
SECTION_MISSING = Rule(
    "section-missing",
    zh=Wording("應有一節「## {heading}」，本頁沒有", "在這裏貼上：\n{sample}"),
    en=Wording("expected a section `## {heading}`, found none", "paste here:\n{sample}"),
)
SECTION_DUPLICATE = Rule(
    "section-duplicate",
    zh=Wording(
        "「## {heading}」應只有一節，實際在第 {first} 行已有一節",
        "把兩節的內容合在一起，刪去這一行",
    ),
    en=Wording(
        "expected one section `## {heading}`, found another; the first is on line {first}",
        "join the contents of the two and delete this line",
    ),
)
SECTION_LEVEL_RULE = Rule(
    "section-level",
    zh=Wording("這一節的標題應用兩個「#」，實際用了 {found} 個", "## {heading}"),
    en=Wording("expected this section's heading with two `#`, found {found}", "## {heading}"),
)
SECTION_NAME = Rule(
    "section-name",
    zh=Wording("這一節的標題應為「{heading}」，實為「{found}」", "## {heading}"),
    en=Wording("expected the section heading `{heading}`, found `{found}`", "## {heading}"),
)
SECTION_LANGUAGE = Rule(
    "section-language",
    zh=Wording("中文頁的標題應為「{heading}」，實為英文「{found}」", "## {heading}"),
    en=Wording(
        "expected the English heading `{heading}` on an English page, found `{found}`",
        "## {heading}",
    ),
)
HEADING_HIDDEN = Rule(
    "heading-hidden",
    zh=Wording(
        "「{heading}」應為獨立的標題，實際寫在{found}之內，網站不會把它當作標題",
        "把這一行移出來，上下各空一行：\n{heading}",
    ),
    en=Wording(
        "expected `{heading}` as a heading of its own, found it inside {found}",
        "move the line out, with an empty line above and below:\n{heading}",
    ),
)
SECTION_ORDER = Rule(
    "section-order",
    zh=Wording(
        "「## {first}」一節應在「## {second}」之前，實際在其後",
        "把「## {second}」整節剪下，貼到頁末",
    ),
    en=Wording(
        "expected the section `## {first}` before `## {second}`, found it after",
        "cut the whole section `## {second}` and paste it at the end of the page",
    ),
)
SECTION_EMPTY = Rule(
    "section-empty",
    zh=Wording("「## {heading}」一節應有內容，實際是空的", "在下面貼上，再改寫：\n{sample}"),
    en=Wording(
        "expected something in the section `## {heading}`, found it empty",
        "paste this below it and fill it in:\n{sample}",
    ),
)

CONTAINERS = {
    "quote": {"zh": "引用（>）", "en": "a quotation (`>`)"},
    "list": {"zh": "列表項", "en": "a list item"},
    "box": {"zh": "提示框", "en": "a box"},
    "html": {"zh": "HTML 標籤", "en": "an HTML tag"},
    "code": {"zh": "代碼框", "en": "a code block"},
    "comment": {"zh": "註解（<!-- -->）", "en": "a comment (`<!-- -->`)"},
    "text": {"zh": "普通文字", "en": "ordinary text"},
}


def container_of(page: Page, line: int) -> str:
    """What a line that the site does not take for a heading stands in, as a key of CONTAINERS."""
    if line in code_lines(page):
        return "code"
    return "text" if line in seen_lines(page) else "comment"


def check_title(page: Page) -> Iterator[Diagnostic]:
    """One `# Title`, first of all."""
    titles = [h for h in page.headings if h.level == 1 and not h.container]
    if page.is_role:
        sections = [each.heading for each in locate(page)]
        titles = [title for title in titles if title not in sections]
    top = Place(page.path, page.first_line, 1, page.language)
    if not titles:
        name = {"zh": "# 頁面標題", "en": "# Title of the page"}
        yield TITLE.at(top, found={"zh": "沒有", "en": "none"}, fix=name)
        return
    if page.blocks[0].heading is not titles[0]:
        yield TITLE.at(
            Place(page.path, titles[0].line, 1, page.language),
            found={"zh": "標題之前還有別的內容", "en": "something above the title"},
            fix={"zh": "把標題移到最上面", "en": "move the title to the top"},
        )
    for title in titles[1:]:
        yield TITLE.at(
            Place(page.path, title.line, 1, page.language),
            found={"zh": f"又有「# {title.text}」", "en": f"a second one, `# {title.text}`"},
            fix=f"## {title.text}",
        )


def check_sections(page: Page) -> Iterator[Diagnostic]:
    """Both sections of a role page."""
    title = next((h for h in page.headings if h.level == 1), None)
    if title and page.blocks[0].heading is title and len(page.blocks) > 1:
        after = page.blocks[1]
        if after.heading is not None and after.heading.level == SECTION_LEVEL:
            yield INTRO_MISSING.at(Place(page.path, title.line, 1, page.language))
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
    number = page.front_matter.get("section", "1")
    sample = found.schema.sample[page.language].format(section=number)
    heading = found.heading
    if heading is None:
        if found.hidden_line:
            place = Place(page.path, found.hidden_line, 1, page.language)
            container = CONTAINERS[container_of(page, found.hidden_line)]
            yield HEADING_HIDDEN.at(place, heading=f"## {name}", found=container)
        else:
            place = Place(page.path, _where_missing(page, found), 1, page.language)
            yield SECTION_MISSING.at(place, heading=name, sample=f"## {name}\n\n{sample}")
        return
    place = Place(page.path, heading.line, 1, page.language)
    if found.flaw == "level":
        yield SECTION_LEVEL_RULE.at(place, heading=name, found=heading.level)
    elif found.flaw == "hidden":
        yield HEADING_HIDDEN.at(place, heading=f"## {name}", found=CONTAINERS[heading.container])
    elif found.flaw == "language":
        yield SECTION_LANGUAGE.at(place, heading=name, found=heading.text)
    elif found.flaw == "name":
        yield SECTION_NAME.at(place, heading=name, found=heading.text)
    for again in found.again:
        yield SECTION_DUPLICATE.at(
            Place(page.path, again.line, 1, page.language), heading=name, first=heading.line
        )
    if found.flaw != "hidden" and not has_content(page, heading):
        yield SECTION_EMPTY.at(place, heading=name, sample=sample)


def has_content(page: Page, heading: Heading) -> bool:
    """Whether anything stands in the section that `heading` begins."""
    ends = [h for h in page.headings if h.level <= SECTION_LEVEL and not h.container]
    ends += [each.heading for each in locate(page) if each.heading]
    return any(
        block.passage.text or block.tag in {"table", "hr"}
        for block in between(page.blocks, heading, ends)
    )


def _where_missing(page: Page, found: Located) -> int:
    """The line where the section belongs: duties before the abilities, abilities at the end."""
    if found.schema.key == "duties":
        for heading in page.headings:
            if heading.level >= SECTION_LEVEL and not heading.container:
                return heading.line
    return max(len(page.lines) - (page.lines[-1] == ""), 1)
