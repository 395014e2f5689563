"""The mends themselves: each takes a page's lines and returns them mended, as many as they were.

None of them decides whether its result may stand: `page.mend` renders it and compares.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import opencc
from opencc import OpenCC

from handbook.checks.fixes.prose import in_prose, spaced
from handbook.checks.rules.places import fenced_lines, typed_lines
from handbook.checks.rules.role.anchors import with_anchor
from handbook.checks.rules.text.blocks import blocks
from handbook.checks.rules.text.language import is_simplified, mended_punctuation, traditional
from handbook.checks.rules.text.signs import signs
from handbook.pages.model import Page
from handbook.pages.parsing.anchors import TITLE_ANCHOR
from handbook.pages.schema import SECTION_LEVEL

Lines = tuple[str, ...]

_TYPED_ID = re.compile(r"\s*\{\s*:?\s*#[\w-]+\s*\}\s*$")
_NO_SPACE = re.compile(r"^ {0,3}(#{1,6})(?=[^#\s])")
_RULER = re.compile(r"\s*([*+_-]\s*){3,}$")
_MARKER = re.compile(r"^(\s*)[*+](?=\s+\S)")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULE_CELL = re.compile(r"\s*(:?)-+(:?)\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_DICTIONARIES = ("STPhrases.ocd2", "STPhrases_GeneratedFromRegionalPhrases.ocd2")


@dataclass(frozen=True, slots=True)
class Mend:
    """A kind of mend: its key, under which the catalogue names it, and what it does.

    `makes_blocks` tells that paragraphs may become lists or tables, whose signs are no words.
    """

    key: str
    apply: Callable[[Page, Page | None], Lines]
    makes_blocks: bool = False


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
    return in_prose(page, _mended_script) if page.language == "zh" else page.lines


def _punctuation(page: Page, _twin: Page | None) -> Lines:
    chinese = page.language == "zh"
    return in_prose(page, lambda prose: mended_punctuation(prose, chinese=chinese))


def _spacing(page: Page, _twin: Page | None) -> Lines:
    return in_prose(page, spaced) if page.language == "zh" else page.lines


def _mended_script(text: str) -> str:
    """`text` in Traditional characters; those of which there are two to choose from stay.

    发 is 發 or 髮: it is changed within a word that OpenCC knows (发展, 头发), and nowhere else.
    """
    if not any(map(is_simplified, text)):
        return text
    right, by_word = traditional(text), _by_words().convert(text)
    known = len(by_word) == len(text)
    return "".join(
        old if old in _ambiguous() and not (known and by_word[index] != old) else new
        for index, (old, new) in enumerate(zip(text, right, strict=True))
    )


@cache
def _ambiguous() -> frozenset[str]:
    """The Simplified characters that stand for more than one everyday Traditional character."""
    converter = OpenCC("t2s")
    meant: dict[str, set[str]] = defaultdict(set)
    for first in range(0xA4, 0xC7):
        for second in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            char = bytes([first, second]).decode("big5", errors="ignore")
            if len(char) == 1:
                meant[converter.convert(char)].add(char)
    return frozenset(char for char, those in meant.items() if len(those) > 1)


@cache
def _by_words() -> OpenCC:
    """OpenCC with its dictionaries of words and without that of single characters."""
    folder = Path(opencc.__file__).parent / "clib/share/opencc"
    dictionaries = [{"type": "ocd2", "file": str(folder / name)} for name in _DICTIONARIES]
    words = {"type": "group", "match_policy": "union", "dicts": dictionaries}
    settings = {"name": "words", "conversion_chain": [{"dict": words}]}
    with TemporaryDirectory() as temporary:
        path = Path(temporary, "words.json")
        path.write_text(json.dumps(settings), encoding="utf-8")
        return OpenCC(str(path))


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
        lines[number - 1] = with_anchor(lines[number - 1], anchor)
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


def _signs(page: Page, _twin: Page | None) -> Lines:
    """Signs of lists that Markdown does not know."""
    lines = list(page.lines)
    for number, found in signs(page).items():
        if found.sign.item and found.mended is not None:
            lines[number - 1] = found.mended
    return tuple(lines)


def _blocks(page: Page, _twin: Page | None) -> Lines:
    """Lists and tables that were none to the site; what stands apart begins with an empty line."""
    lines = list(page.lines)
    for _, mended in blocks(page):
        for number, line in mended.items():
            lines[number - 1] = line
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
            lines[start:end] = _table(lines[start:end], typed[start:end])
        start = end + 1
    return tuple(lines)


def _table(rows: Sequence[str], typed: Sequence[str]) -> list[str]:
    cells = [*map(_cells, rows, typed)]
    rule = [_RULE_CELL.fullmatch(cell) for cell in cells[1]]
    if not all(rule) or len({len(row) for row in cells}) > 1:
        return [*rows]
    below = "".join(f"|{match[1]}---{match[2]}" for match in rule if match) + "|"
    indent = rows[0][: len(rows[0]) - len(rows[0].lstrip())]
    texts = [f"| {' | '.join(cell.strip() for cell in row)} |" for row in cells]
    return [indent + text for text in (texts[0], below, *texts[2:])]


def _cells(row: str, typed: str) -> list[str]:
    """The cells of a row; a bar within code, which is blank as `typed`, ends none."""
    ends = [match.start() for match in _CELL_END.finditer(typed)]
    return [row[before + 1 : end] for before, end in pairwise(ends)]


MENDS = (
    Mend("space", _trailing_space),
    Mend("script", _script),
    Mend("punctuation", _punctuation),
    Mend("spacing", _spacing),
    Mend("heading", _headings),
    Mend("list", _lists),
    Mend("table", _tables),
    Mend("list", _signs, makes_blocks=True),
    Mend("list", _blocks, makes_blocks=True),
)
"""In this order: what is mended first may be what a later one needs."""
