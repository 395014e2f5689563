"""The duties of a role page: numbered, named, in order, each with its purpose and its tasks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.diagnostics import Diagnostic, Place, Rule, Wording
from handbook.folding import fold
from handbook.model import Block, Duty, Heading, Page
from handbook.parser import between, label_of_block
from handbook.rules.sections import CONTAINERS, HEADING_HIDDEN, container_of
from handbook.rules.structure import locate, role_as_meant
from handbook.schema import DUTY_HEADING, DUTY_LEVEL, LABELS, SECTION_LEVEL, Group
from handbook.vocabulary import Index

DUTY_NUMBER = Rule(
    "duty-number",
    zh=Wording("職責標題應為「### {expected} 名稱」，實為「{found}」", "### {fix}"),
    en=Wording("expected a duty heading `### {expected} name`, found `{found}`", "### {fix}"),
)
DUTY_LEVEL_RULE = Rule(
    "duty-level",
    zh=Wording("職責標題應用三個「#」，實際用了 {found} 個", "### {heading}"),
    en=Wording("expected a duty heading with three `#`, found {found}", "### {heading}"),
)
DUTY_SECTION = Rule(
    "duty-section",
    zh=Wording("本頁職責編號應以 {expected} 開頭（見頁首 section），實為 {found}", "### {fix}"),
    en=Wording(
        "expected a duty of section {expected}, as the top of the page says, found {found}",
        "### {fix}",
    ),
)
DUTY_ORDER = Rule(
    "duty-order",
    zh=Wording("這裏應為 {expected}，實為 {found}{first}", "### {fix}"),
    en=Wording("expected {expected} here, found {found}{first}", "### {fix}"),
)
DUTY_NAME = Rule(
    "duty-name",
    zh=Wording("編號 {number} 之後應有職責名稱，實際沒有", "### {number} 職責名稱"),
    en=Wording(
        "expected a name after the number {number}, found none", "### {number} Name of the duty"
    ),
)
DUTY_EMPTY = Rule(
    "duty-empty",
    zh=Wording(
        "{number} 之下應有一句目的和一個任務列表，實際是空的",
        "這項職責為了甚麼。\n\n- 做甚麼",
    ),
    en=Wording(
        "expected a sentence and a list of tasks below {number}, found nothing",
        "What the duty is for.\n\n- What to do",
    ),
)
DUTY_PURPOSE = Rule(
    "duty-purpose",
    zh=Wording(
        "{number} 之下應先有一句話，說明這項職責為了甚麼，實為{found}",
        "在標題與列表之間加一句話，上下各空一行",
    ),
    en=Wording(
        "expected {number} to begin with a sentence saying what it is for, found {found}",
        "add a sentence between the heading and the list, with an empty line on either side",
    ),
)
DUTY_TASKS = Rule(
    "duty-tasks",
    zh=Wording(
        "{number} 應有任務列表，每行以「- 」開頭，實際沒有",
        "在列表前空一行，每項任務一行：\n- 做甚麼",
    ),
    en=Wording(
        "expected {number} to have a list of tasks, each line beginning with `- `, found none",
        "leave an empty line before the list, one task a line:\n- What to do",
    ),
)
LABEL_NAME = Rule(
    "label-name",
    zh=Wording("這一行應以「**{expected}**：」開頭，實為「{found}」", "**{expected}**：{rest}"),
    en=Wording(
        "expected this line to begin with `**{expected}**:`, found `{found}`",
        "**{expected}**: {rest}",
    ),
)
LABEL_DUPLICATE = Rule(
    "label-duplicate",
    zh=Wording(
        "{number} 應只有一行「**{label}**」，實際又有一行", "把兩行合為一行，名稱之間用「、」"
    ),
    en=Wording(
        "expected one line `**{label}**` in {number}, found another",
        "join the two lines, with `, ` between the names",
    ),
)
TERM_UNKNOWN = Rule(
    "term-unknown",
    zh=Wording("應為詞彙表（docs/vocabulary.yml）中的{group}，實為「{found}」", "{fix}"),
    en=Wording(
        "expected one of the {group} in docs/vocabulary.yml, found `{found}`",
        "{fix}",
    ),
)

GROUPS = {
    "abilities": {"zh": "能力", "en": "abilities"},
    "measures": {"zh": "指標", "en": "measures"},
    "partners": {"zh": "合作對象", "en": "partners"},
    "tools": {"zh": "工具", "en": "tools"},
}

_LOOSE_NUMBER = re.compile(
    r"(?:第\s*)?(?P<section>\d{1,4})\s*[.。,、·/–—-]\s*(?P<n>\d{1,4})"
    r"\s*[.。、:)節节條条]?\s*(?P<name>.*)"
)


@dataclass(frozen=True, slots=True)
class DutyHeading:
    """A heading that is or should be a duty's; the numbers are None if it has none."""

    heading: Heading
    section: int | None
    n: int | None
    name: str

    @property
    def number(self) -> str:
        """Such as `3.2`."""
        return f"{self.section}.{self.n}"


def duty_headings(page: Page) -> tuple[DutyHeading, ...]:
    """The headings of the duties section that are meant as duties, whatever their flaws."""
    section = next(each for each in locate(page) if each.schema.key == "duties")
    if section.heading is None or section.flaw == "hidden":
        return ()
    starts = {each.heading for each in locate(page) if each.heading}
    found: list[DutyHeading] = []
    inside = False
    for heading in page.headings:
        if heading is section.heading:
            inside = True
        elif not inside or heading.container:
            continue
        else:
            duty = _read(heading)
            if heading in starts or (heading.level <= SECTION_LEVEL and duty.n is None):
                break
            if heading.level == DUTY_LEVEL or duty.n is not None:
                found.append(duty)
    return tuple(found)


def _read(heading: Heading) -> DutyHeading:
    match = _LOOSE_NUMBER.fullmatch(unicodedata.normalize("NFKC", heading.text))
    if not match:
        return DutyHeading(heading, None, None, heading.text)
    strict = DUTY_HEADING.fullmatch(heading.text)
    name = strict["name"] if strict else match["name"]
    return DutyHeading(heading, int(match["section"]), int(match["n"]), name)


def check_duties(page: Page, terms: Index) -> Iterator[Diagnostic]:
    """All duties of a role page."""
    duties = duty_headings(page)
    if not duties:
        return
    section = page.front_matter.get("section")
    if not isinstance(section, int):
        section = next((duty.section for duty in duties if duty.section), 1)
    for position, duty in enumerate(duties, start=1):
        yield from _heading(page, duty, section, position)
    yield from _order(page, duties, section)
    known = {duty.line: duty for duty in role_as_meant(page, terms).duties}
    for duty in duties:
        yield from _body(page, duty, duties, known.get(duty.heading.line), terms)


def _heading(page: Page, duty: DutyHeading, section: int, position: int) -> Iterator[Diagnostic]:
    heading = duty.heading
    place = Place(page.path, heading.line, 1, page.language)
    fix = f"{duty.number} {duty.name}".strip()
    if duty.n is None:
        expected = f"{section}.{position}"
        yield DUTY_NUMBER.at(
            place, expected=expected, found=heading.text, fix=f"{expected} {duty.name}"
        )
    elif not duty.name:
        yield DUTY_NAME.at(place, number=duty.number)
    elif not DUTY_HEADING.fullmatch(heading.text):
        yield DUTY_NUMBER.at(place, expected=duty.number, found=heading.text, fix=fix)
    elif heading.level != DUTY_LEVEL:
        yield DUTY_LEVEL_RULE.at(place, found=heading.level, heading=heading.text)
    elif duty.section != section:
        yield DUTY_SECTION.at(
            place, expected=section, found=duty.number, fix=f"{section}.{duty.n} {duty.name}"
        )


def _order(page: Page, duties: Sequence[DutyHeading], section: int) -> Iterator[Diagnostic]:
    """The first place where the numbers do not run 1, 2, 3 …; repeated numbers each."""
    lines: dict[int, int] = {}
    expected = 1
    in_order = True
    for duty in duties:
        if duty.n is None:
            expected += 1
            continue
        place = Place(page.path, duty.heading.line, 1, page.language)
        if duty.n in lines:
            line = lines[duty.n]
            again = {"zh": f"（第 {line} 行已有）", "en": f", which line {line} has already"}
            yield _out_of_order(duty, f"{section}.{expected}", place, again)
            in_order = False
        elif in_order and duty.n != expected:
            in_order = False
            yield _gap(page, duty, section, expected, place)
        lines.setdefault(duty.n, duty.heading.line)
        expected += 1


def _out_of_order(duty: DutyHeading, expected: str, place: Place, first: object = "") -> Diagnostic:
    fix = f"{expected} {duty.name}"
    return DUTY_ORDER.at(place, expected=expected, found=duty.number, first=first, fix=fix)


def _gap(page: Page, duty: DutyHeading, section: int, expected: int, place: Place) -> Diagnostic:
    """A number is missing; often it is there, but where the site does not take it for a heading."""
    number = f"{section}.{expected}"
    for heading in page.headings:
        if heading.container and heading.text.startswith(f"{number} "):
            return HEADING_HIDDEN.at(
                Place(page.path, heading.line, 1, page.language),
                heading=f"### {heading.text}",
                found=CONTAINERS[heading.container],
            )
    start = re.compile(rf"[\s>*_#\u3000-]*{re.escape(number)}[\s\u3000]+(\S.*)")
    for line in range(page.first_line, duty.heading.line):
        match = start.match(page.lines[line - 1])
        if match:
            return HEADING_HIDDEN.at(
                Place(page.path, line, 1, page.language),
                heading=f"### {number} {match[1].strip('#*_ ')}",
                found=CONTAINERS[container_of(page, line)],
            )
    return _out_of_order(duty, number, place)


def _body(
    page: Page,
    duty: DutyHeading,
    duties: Sequence[DutyHeading],
    read: Duty | None,
    terms: Index,
) -> Iterator[Diagnostic]:
    ends = [each.heading for each in duties]
    ends += [each.heading for each in locate(page) if each.heading]
    ends += [h for h in page.headings if h.level <= SECTION_LEVEL]
    body = between(page.blocks, duty.heading, ends)
    place = Place(page.path, duty.heading.line, 1, page.language)
    number = duty.number if duty.n else duty.name
    written = [block for block in body if block.passage.text or block.tag in {"table", "hr"}]
    if not written:
        yield DUTY_EMPTY.at(place, number=number)
        return
    first = written[0]
    if first.tag != "p" or _is_label(first, page.language):
        at = Place(page.path, first.passage.line, 1, page.language)
        yield DUTY_PURPOSE.at(at, number=number, found=_kind(first))
    if not any(block.items for block in body):
        yield DUTY_TASKS.at(place, number=number)
    yield from _labels(page, number, body)
    if read:
        groups: tuple[Group, ...] = ("measures", "partners", "tools")
        for group, uses in zip(groups, (read.measures, read.partners, read.tools), strict=True):
            for use in uses:
                if not use.id:
                    yield unknown_term(page, group, use.words, use.line, terms)


def unknown_term(page: Page, group: Group, words: str, line: int, terms: Index) -> Diagnostic:
    """The diagnostic for words that name no term of the vocabulary, with the nearest that does."""
    near = terms.nearest(group, page.language, words)
    fix: object = near or {
        "zh": f"在 docs/vocabulary.yml 的 {group} 之下加上這個詞條，或改用已有的名稱",
        "en": f"add the term under `{group}` in docs/vocabulary.yml, or use a name that is there",
    }
    column = page.lines[line - 1].find(words) + 1 or 1
    place = Place(page.path, line, column, page.language)
    return TERM_UNKNOWN.at(place, group=GROUPS[group], found=words, fix=fix)


def _kind(block: Block) -> dict[str, str]:
    if block.tag in {"ul", "ol"}:
        return {"zh": "列表", "en": "a list"}
    return {"zh": f"「{block.passage.text}」", "en": f"`{block.passage.text}`"}


def _bold_start(block: Block) -> tuple[str, str]:
    """The bold words before a colon that a paragraph opens with, and the rest; ("", "") if none."""
    match = re.match(r"<strong>(.*?)</strong>", block.passage.html, re.DOTALL)
    if block.tag != "p" or not match:
        return "", ""
    bold = re.sub(r"<[^>]*>", "", match[1])
    rest = block.passage.text.removeprefix(bold)
    if not (bold.rstrip().endswith((":", "：")) or rest.lstrip().startswith((":", "："))):
        return "", ""
    return bold.rstrip(" :："), rest.lstrip(" :：")


def _is_label(block: Block, language: str) -> bool:
    bold = fold(_bold_start(block)[0])
    return bool(bold) and any(
        bold in label.near or bold in {fold(name) for name in label.names.values()}
        for label in LABELS
    )


def _labels(page: Page, number: str, body: Sequence[Block]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for block in body:
        bold, rest = _bold_start(block)
        place = Place(page.path, block.passage.line, 1, page.language)
        for label in LABELS:
            name = label.names[page.language]
            names = {fold(each) for each in label.names.values()} | set(label.near)
            if bold and bold != name and fold(bold) in names:
                yield LABEL_NAME.at(place, expected=name, found=bold, rest=rest)
        key = label_of_block(block)
        if key and key in seen:
            name = next(label.names[page.language] for label in LABELS if label.key == key)
            yield LABEL_DUPLICATE.at(place, number=number, label=name)
        seen.add(key)
