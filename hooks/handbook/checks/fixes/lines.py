"""The mends themselves: each takes a page's lines and returns them mended, as many as they were.

None of them decides whether its result may stand: `page.mend` renders it and compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import autocorrect_py

from handbook.checks.fixes.prose import mend_prose
from handbook.checks.fixes.script import mended_script
from handbook.checks.rules.language import HAN, mended_punctuation
from handbook.checks.rules.places import fenced_lines, typed_lines
from handbook.pages.anchors import TITLE_ANCHOR
from handbook.pages.model import Page
from handbook.pages.schema import SECTION_LEVEL

Lines = tuple[str, ...]

_TYPED_ID = re.compile(r"\s*\{\s*:?\s*#[\w-]+\s*\}\s*$")
_NO_SPACE = re.compile(r"^ {0,3}(#{1,6})(?=[^#\s])")
_RULER = re.compile(r"\s*([*+_-]\s*){3,}$")
_MARKER = re.compile(r"^(\s*)[*+](?=\s+\S)")
_SIGN = re.compile(rf"^(\s*)(?:[•●▪◦‣－][ \t\u00a0\u3000]*(?=\S)|-(?=[{HAN}]))")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.])\s")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULE_CELL = re.compile(r"\s*(:?)-+(:?)\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)")
_SPACES_ONLY = (
    '{"rules": {"space-word": 1, "space-punctuation": 0, "space-bracket": 0, "space-dash": 0, '
    '"space-backticks": 0, "space-dollar": 0, "fullwidth": 0, "halfwidth-word": 0, '
    '"halfwidth-punctuation": 0, "no-space-fullwidth": 0, "no-space-fullwidth-quote": 0, '
    '"spellcheck": 0}}'
)
"""AutoCorrect as it comes also changes what our own rules decide."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A kind of mend: its key, under which the catalogue names it, and what it does.

    `may_make_lists` tells that paragraphs may become lists.
    """

    key: str
    apply: Callable[[Page, Page | None], Lines]
    may_make_lists: bool = False


def _trailing_space(page: Page, _twin: Page | None) -> Lines:
    """Two spaces before more text break the line on purpose; code keeps all of its own."""
    code = fenced_lines(page)
    lines = []
    for number, (line, after) in enumerate(pairwise([*page.lines, ""]), start=1):
        bare = line.rstrip()
        breaks = line.endswith("  ") and bare and after.strip()
        kept = number < page.first_line or number in code or breaks
        lines.append(line if kept else bare)
    return tuple(lines)


def _script(page: Page, _twin: Page | None) -> Lines:
    return _in_prose(page, mended_script) if page.language == "zh" else page.lines


def _punctuation(page: Page, _twin: Page | None) -> Lines:
    chinese = page.language == "zh"
    return _in_prose(page, lambda prose: mended_punctuation(prose, chinese=chinese))


def _spacing(page: Page, _twin: Page | None) -> Lines:
    return _in_prose(page, _spaced) if page.language == "zh" else page.lines


def _in_prose(page: Page, mend: Callable[[str], str]) -> Lines:
    pairs = zip(page.lines, typed_lines(page), strict=True)
    return tuple(_ending_as(line, mend_prose(line, typed, mend)) for line, typed in pairs)


def _ending_as(line: str, mended: str) -> str:
    """With the spaces that the line ends in: two of them break it."""
    return mended.rstrip(" ") + line[len(line.rstrip(" ")) :]


@cache
def _spacer() -> Callable[[str], str]:
    autocorrect_py.load_config(_SPACES_ONLY)  # type: ignore[attr-defined]
    spacer: Callable[[str], str] = autocorrect_py.format
    return spacer


def _spaced(prose: str) -> str:
    indent = prose[: len(prose) - len(prose.lstrip())]
    return indent + _spacer()(prose[len(indent) :])


def _headings(page: Page, twin: Page | None) -> Lines:
    """A space behind the `#`; ids that the build gives go, those that the twin has come."""
    lines = list(page.lines)
    for heading in page.headings:
        line = lines[heading.line - 1]
        if not heading.container and heading.text and typed_lines(page)[heading.line - 1].strip():
            line = _NO_SPACE.sub(r"\1 ", line)
            if heading.typed_anchor and heading.typed_anchor != TITLE_ANCHOR:
                line = _TYPED_ID.sub("", line)
            lines[heading.line - 1] = line
    for number, anchor in _ids_of_twin(page, twin):
        lines[number - 1] = f"{lines[number - 1].rstrip().rstrip('#').rstrip()} {{ #{anchor} }}"
    return tuple(lines)


def _ids_of_twin(page: Page, twin: Page | None) -> Iterable[tuple[int, str]]:
    """(line, id) of headings without an id whose counterparts have one, if all are counterparts."""
    if twin is None or page.is_role:
        return
    if [h.level for h in page.headings] != [h.level for h in twin.headings]:
        return
    for own, its in zip(page.headings, twin.headings, strict=True):
        here = typed_lines(page)[own.line - 1]
        plain = not own.container and own.level >= SECTION_LEVEL and here.lstrip().startswith("#")
        if plain and not own.anchor and its.anchor and its.anchor not in page.anchors:
            yield own.line, its.anchor


def _lists(page: Page, _twin: Page | None) -> Lines:
    """`*` and `+` begin list items as `-` does."""
    return tuple(
        line if _RULER.match(typed) or not typed.strip() else _MARKER.sub(r"\1-", line)
        for line, typed in zip(page.lines, typed_lines(page), strict=True)
    )


def _bullets(page: Page, _twin: Page | None) -> Lines:
    """`•`, `－` or a `-` without its space at the beginning of lines that stand by themselves."""
    lines: list[str] = []
    for line, typed in zip(page.lines, typed_lines(page), strict=True):
        begins = not lines or not lines[-1].strip() or _ITEM.match(lines[-1])
        lines.append(_SIGN.sub(r"\1- ", line) if begins and _SIGN.match(typed) else line)
    return tuple(lines)


def _tables(page: Page, _twin: Page | None) -> Lines:
    """`| a | b |`: one space beside each bar, and `|---|` below the heading."""
    lines, typed = list(page.lines), typed_lines(page)
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _ROW.match(typed[end]):
            end += 1
        if end - start > 1:
            lines[start:end] = _table(lines[start:end])
        start = end + 1
    return tuple(lines)


def _table(rows: Sequence[str]) -> list[str]:
    cells = [_cells(row) for row in rows]
    rule = [_RULE_CELL.fullmatch(cell) for cell in cells[1]]
    if not all(rule) or len({len(row) for row in cells}) > 1:
        return [*rows]
    below = "".join(f"|{match[1]}---{match[2]}" for match in rule if match) + "|"
    indent = rows[0][: len(rows[0]) - len(rows[0].lstrip())]
    texts = [f"| {' | '.join(cell.strip() for cell in row)} |" for row in cells]
    return [indent + text for text in (texts[0], below, *texts[2:])]


def _cells(row: str) -> list[str]:
    """The cells of a row; a bar within code ends none."""
    blanked = _CODE.sub(lambda match: " " * len(match[0]), row)
    ends = [match.start() for match in _CELL_END.finditer(blanked)]
    return [row[before + 1 : end] for before, end in pairwise(ends)]


MENDS = (
    Mend("space", _trailing_space),
    Mend("script", _script),
    Mend("punctuation", _punctuation),
    Mend("spacing", _spacing),
    Mend("heading", _headings),
    Mend("list", _lists),
    Mend("list", _bullets, may_make_lists=True),
    Mend("table", _tables),
)
"""In this order: what is mended first may be what a later one needs."""
