"""What an unfinished edit leaves behind: conflict markers, placeholders, broken link syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.diagnostics import Diagnostic, Place, Rule, Wording
from handbook.model import Page
from handbook.rules.places import code_lines, place, seen_lines
from handbook.schema import SECTIONS

CONFLICT = Rule(
    "conflict-marker",
    zh=Wording(
        "應只留一個版本，實際第 {line} 至 {end} 行是兩個版本的合併衝突",
        "保留要的那一段，刪去另一段和「<<<<<<<」「=======」「>>>>>>>」三行",
    ),
    en=Wording(
        "expected one version, found a merge conflict between two on lines {line} to {end}",
        "keep the part you want; delete the other and the lines `<<<<<<<`, `=======`, `>>>>>>>`",
    ),
)
PLACEHOLDER = Rule(
    "placeholder",
    zh=Wording("應為寫好的內容，實為待填的「{found}」", "寫上內容，或刪去這一行"),
    en=Wording(
        "expected finished text, found the placeholder `{found}`",
        "fill it in or delete the line",
    ),
)

_OPENING = re.compile(r"<{7}(?!<)")
_CLOSING = re.compile(r">{7}(?!>)")
_SAMPLES = {
    line.split(" ", 1)[-1].removeprefix("{section}.1 ")
    for section in SECTIONS
    for sample in section.sample.values()
    for line in sample.split("\n")
    if line and not line.startswith("- **")
}
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBC|XXX)\b|[Ll]orem [Ii]psum|待補充?|待填|待譯|待翻譯"
)


def check_conflicts(page: Page) -> Iterator[Diagnostic]:
    """Merge conflicts anywhere but in code."""
    opened = 0
    for number, line in enumerate(page.lines, start=1):
        if _OPENING.match(line) and not _in_code(page, number):
            opened = number
        elif _CLOSING.match(line) and not _in_code(page, number):
            start = opened or number
            where = Place(page.path, start, 1, page.language)
            yield CONFLICT.at(where, line=start, end=number)
            opened = 0
    if opened:
        where = Place(page.path, opened, 1, page.language)
        yield CONFLICT.at(where, line=opened, end=len(page.lines))


def _in_code(page: Page, number: int) -> bool:
    """Fences carry no marks, so a line is in code if the nearest seen line on each side is."""
    if number < page.first_line:
        return False
    seen = seen_lines(page)
    code = code_lines(page)
    before = max((line for line in seen if line <= number), default=0)
    after = min((line for line in seen if line >= number), default=0)
    return before in code or after in code


def check_placeholders(page: Page) -> Iterator[Diagnostic]:
    """Words that stand for text still to be written."""
    for line, text in seen_lines(page).items():
        match = _PLACEHOLDER.search(text)
        words = match[0] if match else next((s for s in _SAMPLES if _is_only(text, s)), "")
        if words:
            yield PLACEHOLDER.at(place(page, line, words), found=words)


def _is_only(text: str, sample: str) -> bool:
    return (
        text.strip() == sample or re.fullmatch(rf"\d+\.\d+ {re.escape(sample)}", text) is not None
    )
