"""What an unfinished edit leaves behind: conflict markers and placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.words import both
from handbook.checks.rules.places import code_lines, hidden_texts, seen_lines
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Page
from handbook.pages.schema import INTRO_SAMPLE, SECTIONS

CONFLICT = rule("conflict-marker")
_LONE = rule("conflict-marker/lone")
PLACEHOLDER = rule("placeholder")


_CONFLICT = re.compile(r"\s{0,3}(?:(?P<opening><{7}(?!<))|(?P<closing>>{7}(?!>))|={7}\s*\Z)")
_SAMPLES = {
    re.sub(r"^(?:- |### \{section\}\.1 )", "", line)
    for section in SECTIONS
    for sample in section.sample.values()
    for line in sample.split("\n")
    if line and not line.startswith("- **")
} | {*INTRO_SAMPLE.values(), *(text[2:] for text in both("rule.sections.titles").values())}
_ANYWHERE = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBC|TBA|XX+)\b|\btodo\b|lorem ipsum|[?？]{3,}|"
    r"\(to be (?:added|completed|confirmed|decided|written|translated)\)|"
    + PLACEHOLDER.words["anywhere"],
    re.IGNORECASE,
)
_ALONE = {
    "to be written", "to be translated", "to be confirmed", "to be added", "to be completed",
    "to follow", "translation needed", "coming soon", "under construction", "insert text here",
    "placeholder", "fill in", "n/a", "same as above", "…", "……", "...",
    *PLACEHOLDER.words["alone"].split(),
}  # fmt: skip
"""What stands for text still to be written when nothing else is on the line."""
_IN_BRACKETS = re.compile(
    r"[\[［<＜【〔][^\[\]［］<>＜＞【】〔〕]*"
    rf"(?:{PLACEHOLDER.words['within']}|fill in|insert|add text|your name)"
    r"[^\[\]［］<>＜＞【】〔〕]*[\]］>＞】〕]",
    re.IGNORECASE,
)
_HEADINGS = {*both("rule.anchors.heading").values()}
"""What hints show for the words of a heading, which a line of a text may well be."""
_NUMBER = re.compile(r"^\d+\.\d+ ")
_ITEM_SIGNS = re.compile(r"^[\s*_]+|[\s*_]+$")


def check_conflicts(page: Page) -> Iterator[Diagnostic]:
    """Merge conflicts anywhere but in code."""
    opened = middle = 0
    for number, line in enumerate(page.lines, start=1):
        sign = _CONFLICT.match(line)
        if sign is None or _in_code(page, number):
            continue
        if sign["opening"]:
            opened = number
        elif sign["closing"]:
            yield _conflict(page, opened or middle or number, number)
            opened = middle = 0
        elif opened or not _is_underline(page, number):
            middle = number
    if opened or middle:
        start = opened or middle
        yield _conflict(page, start, len(page.lines) if opened and middle else start)


def _conflict(page: Page, start: int, end: int) -> Diagnostic:
    if start == end:
        return _LONE.at(page.place(start), found=page.lines[start - 1].split()[0])
    return CONFLICT.at(page.place(start), line=start, end=end)


def _is_underline(page: Page, number: int) -> bool:
    """Whether the line makes the page's title of the line above."""
    title = next((heading.line for heading in page.headings if heading.level == 1), 0)
    return title == number - 1


def _in_code(page: Page, number: int) -> bool:
    """Fences carry no marks: the nearest seen line on either side tells, else the text itself."""
    if number < page.first_line:
        return False
    seen = seen_lines(page)
    code = code_lines(page)
    before = max((line for line in seen if line <= number), default=0)
    after = min((line for line in seen if line >= number), default=0)
    if before in code or after in code:
        return True
    line = page.lines[number - 1].strip()
    runs = [run for run in page.runs if line in run.text]
    return any(run.code for run in runs) and all(run.code for run in runs)


def check_placeholders(page: Page) -> Iterator[Diagnostic]:
    """Words that stand for text still to be written."""
    for line, text in (*seen_lines(page).items(), *hidden_texts(page)):
        words = _placeholder(text)
        if words:
            yield PLACEHOLDER.at(page.place(line, words), found=words)
    for heading in page.headings:
        if heading.text in _HEADINGS:
            yield PLACEHOLDER.at(page.place(heading.line, heading.text), found=heading.text)


def _placeholder(text: str) -> str:
    match = _ANYWHERE.search(text) or _IN_BRACKETS.search(text)
    if match:
        return match[0]
    alone = _ITEM_SIGNS.sub("", text)
    if alone.strip("。.！! （）()[]").casefold() in _ALONE or alone in _ALONE:
        return alone
    sample = _NUMBER.sub("", alone)
    return sample if sample in _SAMPLES else ""
