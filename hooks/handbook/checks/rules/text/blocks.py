"""Lists, tables and notes that people see in the source, and the site takes for running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from handbook.checks.rules.places import seen_lines, typed_lines
from handbook.pages.diagnostics import Diagnostic, Rule, rule
from handbook.pages.model import Page

_STUCK = rule("markup-shown/stuck")
_LEVEL = rule("markup-shown/level")
_ROWS = rule("markup-shown/rows")
_HEADLESS = rule("markup-shown/headless")
_NOTE = rule("markup-shown/note")
_MARKER = r"(?:[-*+]|\d{1,2}\.)"
HEAD = re.compile(rf"(?P<quote>\s*(?:>\s?)*)(?P<marker>{_MARKER}[ \t]+)?")
"""What may stand before a line's text: an indent, `>`, the sign of a list's item."""
_ITEM = re.compile(rf"(?P<quote>(?:>[ ]?)*)(?P<indent>\s*){_MARKER}\s+\S")
_TAIL = re.compile(_MARKER)
_BARS = (re.compile(r"(?<!\\)\|"), re.compile("[\uff5c\u2502\u2503]"), re.compile(r"\t+"))
"""Between the cells of a row: as it is typed, drawn with other signs, from a spreadsheet."""
_POINT = re.compile(
    "[^\\w\\s|]{1,2}|[oO\u00a7\u00d8\u00fc\ue000-\uf8ff]|[(\uff08]?\\d{1,2}[.)\uff09\u3001\uff0e]|[\u2460-\u249b]"
)
"""What word processors put before a list's item, with a tab after it."""
_DRAWN = {"|", "\uff5c", "\u2502", "\u2503"}
_RULING = re.compile(
    "[\\s|\uff5c\u2502\u2503:\u2014\uff0d-]*[-\u2014\uff0d][\\s|\uff5c\u2502\u2503:\u2014\uff0d-]*"
)
_NOTE_TEXT = re.compile(r"\[\^([^\]\s^]+)\]:")
_DEEPER = range(2, 4)
"""The spaces by which a list looks nested to people, and is not to the site."""

Mended = dict[int, str]
"""Lines as they should be, by their number; one with an empty line above begins with a break."""


def check_blocks(page: Page) -> Iterator[tuple[Sequence[int], Diagnostic]]:
    """Each with the lines that it is about."""
    for case, mended in blocks(page):
        line, right = page.lines[min(mended) - 1].strip(), "\n".join(mended.values())
        values = {"found": " ".join(line.split("\t")), "fix": right, "lines": len(mended)}
        known = None if case is _HEADLESS else right
        yield [*mended], case.at(page.place(min(mended), line), mended=known, **values)
    for number, name in _unused_notes(page):
        yield [number], _NOTE.at(page.place(number), found=name)


def blocks(page: Page) -> Iterator[tuple[Rule, Mended]]:
    """What is to be a table, a list or a list within a list, and is none to the site."""
    yield from _tables(page)
    deeper = _nested(page)
    for lines in in_rows(deeper):
        yield _LEVEL, {line: deeper[line] for line in lines}
    for lines in in_rows(_stuck(page)):
        yield _STUCK, {line: apart(page, line) + page.lines[line - 1] for line in lines}


def in_rows(lines: Iterable[int]) -> Iterator[list[int]]:
    """The line numbers in order, those in a row together."""
    run: list[int] = []
    for line in sorted(lines):
        if run and line != run[-1] + 1:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def apart(page: Page, number: int) -> str:
    """The empty line that must stand above a list, within a quotation that of it; "" if it does."""
    above = page.lines[number - 2].strip(" >") if number > page.first_line else ""
    if not above or _ITEM.match(above) or above.startswith("#"):
        return ""
    head = HEAD.match(page.lines[number - 1])
    return f"{head['quote'].rstrip() if head else ''}\n"


def _stuck(page: Page) -> list[int]:
    """The lines that begin with the sign of an item, which readers see.

    Signs carry no mark of their own: they end the text of the line above.
    """
    found = []
    for before, run in pairwise(page.runs):
        tail = before.text.rpartition("\n")[2].strip()
        if run.line > before.line and not before.code and _TAIL.fullmatch(tail):
            found.append(run.line)
    return [line for line in found if _ITEM.match(page.lines[line - 1].lstrip())]


def _nested(page: Page) -> dict[int, str]:
    """The lines of lists that are to be within another, and how they must be indented."""
    found: dict[int, str] = {}
    levels: list[tuple[int, int]] = []
    for number, typed in enumerate(typed_lines(page), start=1):
        item = _ITEM.match(typed)
        if item is None:
            if typed.strip() and not typed.startswith(" "):
                levels = []
            continue
        indent = len(item["indent"].expandtabs(4))
        while levels and indent < levels[-1][0]:
            levels.pop()
        if not levels or indent > levels[-1][0]:
            right = indent
            if levels:
                deeper = indent - levels[-1][0] in _DEEPER or levels[-1][0] != levels[-1][1]
                right = levels[-1][1] + (4 if deeper else indent - levels[-1][0])
            levels.append((indent, right))
        if levels[-1][1] != indent:
            rest = page.lines[number - 1][item.end("indent") :]
            found[number] = f"{item['quote']}{' ' * levels[-1][1]}{rest}"
    return found


def _tables(page: Page) -> Iterator[tuple[Rule, Mended]]:
    """Rows that are no table to the site, and the table that they should be.

    What the heading row is, only its writer knows where the first row holds figures.
    """
    rows = {
        number: cells
        for number, typed in enumerate(typed_lines(page), start=1)
        if typed.strip() and (cells := _cells(page, number, typed))
    }
    for run in in_rows(rows):
        full = [line for line in run if any(rows[line])]
        wide = {len(rows[line]) for line in full}
        drawn = page.lines[run[0] - 1].strip()[:1] in _DRAWN
        if not full or run[0] != full[0] or not (drawn or (len(full) > 1 and len(wide) == 1)):
            continue
        ruling = f"|{'---|' * len(rows[run[0]])}"
        table = {line: f"| {' | '.join(rows[line])} |" if line in full else ruling for line in run}
        if not any(line == run[0] + 1 for line in run if line not in full):
            if any(char.isdigit() for char in table[run[0]]):
                yield _HEADLESS, {line: page.lines[line - 1] for line in run}
                continue
            table[run[0]] += f"\n{ruling}"
        table[run[0]] = apart(page, run[0]) + table[run[0]]
        yield _ROWS, table


def _cells(page: Page, number: int, typed: str) -> list[str]:
    """The cells of what is typed as a row and shown as text, empty ones of a ruling; else []."""
    head = HEAD.match(typed)
    text = typed[head.end() if head else 0 :].strip(" ")
    for bar in _BARS:
        inner = bar.sub("\n", text).strip("\n ")
        if "\n" not in inner and not ("|" in text and _RULING.fullmatch(text)):
            continue
        if bar is _BARS[0] and not (text.startswith("|") and text.endswith("|")):
            continue
        if _RULING.fullmatch(text):
            return [""] * (inner.count("\n") + 1)
        seen = seen_lines(page).get(number, "")
        if bar is _BARS[0] and ("|" not in seen or "\\|" in page.lines[number - 1]):
            return []
        cells = [cell.strip() for cell in inner.split("\n")]
        return [] if bar is _BARS[2] and _POINT.fullmatch(cells[0]) else cells
    return []


def _unused_notes(page: Page) -> Iterator[tuple[int, str]]:
    """Texts of notes that nothing on the page refers to: their number leads nowhere."""
    typed = typed_lines(page)
    for number, line in enumerate(typed, start=1):
        note = _NOTE_TEXT.match(line)
        if note and not re.search(re.escape(note[0][:-1]) + "(?!:)", "\n".join(typed)):
            yield number, note[0][:-1]
