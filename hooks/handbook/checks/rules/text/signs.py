"""What readers would see as it is typed, although it was meant as something else.

Signs that Markdown does not know, and what came along with pasted text: `signs.yml` lists them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import yaml

from handbook.base.words import both
from handbook.checks.rules.places import seen_lines, typed_lines
from handbook.checks.rules.text.blocks import HEAD, apart, check_blocks, in_rows
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Page
from handbook.pages.schema import DUTY_LEVEL

SHOWN = rule("markup-shown")

_CELL = re.compile(r"\|\s*|<br\s*/?>\s*")
_ESCAPE = re.compile(r"\\[^\w\s]|&#?\w+;")
_GAP = re.compile(
    r"(?<=\S)[ ]+(?=[ .,;:!?\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]|$)"
)
"""What a sign that was taken away leaves before a full stop, or a second space between words."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """One entry of `signs.yml`."""

    find: str
    rule: str
    say: str
    item: str
    instead: str | None
    rows: int

    @property
    def pattern(self) -> re.Pattern[str]:
        """What it looks for; compiled, which takes a while, only when one of all is found."""
        return re.compile(self.find, re.IGNORECASE if self.find.startswith("^") else 0)


@dataclass(frozen=True, slots=True)
class Found:
    """A sign on a line: which, as typed, and the line as it should be (None if unknown)."""

    sign: _Sign
    typed: str
    mended: str | None = None


@cache
def _signs(where: str) -> tuple[re.Pattern[str], re.Pattern[str], tuple[_Sign, ...]]:
    """The signs that have a pattern for `where`, and all of these patterns as two.

    One is for where a text begins, one for anywhere. Most lines have none of them.
    """
    found = []
    for each in yaml.load(Path(__file__).with_name("signs.yml").read_bytes(), yaml.CSafeLoader):
        wanted = each.get(where, [])
        for find in [wanted] if isinstance(wanted, str) else wanted:
            named = {"rule": SHOWN.id, "say": "cut", "item": "", "with": None, "rows": 1}
            found.append(_Sign(find, *(each.get(*pair) for pair in named.items())))
    begins = "|".join(f"(?:{sign.find})" for sign in found if sign.find.startswith("^"))
    others = "|".join(f"(?:{sign.find})" for sign in found if not sign.find.startswith("^"))
    return re.compile(begins, re.IGNORECASE), re.compile(others), tuple(found)


def check_signs(page: Page) -> Iterator[Diagnostic]:
    """One diagnostic for lines in a row, with the lines as they should be."""
    told: set[int] = set()
    items = {line for line, each in signs(page).items() if each.sign.item}
    for lines, diagnostic in check_blocks(page):
        told.update(lines)
        if lines[0] - 1 not in items:  # else they are items once the line above is one
            yield diagnostic
    found = {line: each for line, each in signs(page).items() if line not in told}
    shown = [line for line, each in found.items() if each.sign.rule == SHOWN.id]
    for run in in_rows(shown):
        first = found[run[0]].sign
        same = [line for line in run if found[line].sign.say == first.say]
        yield _told(page, same, found)
    for line in sorted(found.keys() - shown):
        yield _told(page, [line], found)


def _told(page: Page, lines: Sequence[int], found: Mapping[int, Found]) -> Diagnostic:
    first = found[lines[0]]
    fix: object = both(f"rule.sign.{first.sign.say}", found=first.typed.strip())
    mended = [each for line in lines if (each := found[line].mended) is not None]
    if len(mended) == len(lines):
        say = both(f"rule.sign.{first.sign.say if len(mended[0].splitlines()) == 1 else 'stuck'}")
        fix = {of: "\n".join([text, *mended]) for of, text in say.items()}
    if mended and len(lines) == 1 and not mended[0].strip(" >-*+"):
        fix, mended = both("rule.delete-line"), [""]
    place = page.place(lines[0], first.typed)
    known = "\n".join(mended) if len(mended) == len(lines) else None
    values = {"mended": known, "lines": lines[-1] - lines[0] + 1}
    return rule(first.sign.rule).at(place, found=first.typed.strip(), fix=fix, **values)


@lru_cache(maxsize=16)
def signs(page: Page) -> dict[int, Found]:
    """The first sign on each line that has one."""
    found = _at_the_beginning(page)
    for run in in_rows([line for line in found if found[line].sign.rows > 1]):
        if len(run) < found[run[0]].sign.rows and not _is_among_items(page, run):
            for line in run:
                del found[line]
    begins, every, them = _signs("seen")
    for line, text in seen_lines(page).items():
        stripped = text.lstrip().partition("\n")[0]
        if line in found or stripped[:3] in {"```", "~~~"}:
            continue
        if begins.match(stripped) or every.search(stripped):
            found.update(_seen(page, line, stripped, them))
    return found


def _at_the_beginning(page: Page) -> dict[int, Found]:
    """The signs that begin lines, items, quotations and cells."""
    found: dict[int, Found] = {}
    _, every, them = _signs("start")
    for number, typed in enumerate(typed_lines(page), start=1):
        blank = typed
        if "\\" in typed or "&" in typed:
            blank = _ESCAPE.sub(lambda escape: "\ufffc" * len(escape[0]), typed)
        head = HEAD.match(blank) if typed else None
        if head and every.match(blank, head.end()):
            sign, match = _first(them, blank, head.end())
            before = found.get(number - 1)
            found[number] = Found(sign, match[0], _begun(page, number, sign, match, before))
        elif "|" in typed or "<br" in typed:
            found.update(_in_a_cell(number, blank, page.lines[number - 1]))
    return found


def _is_among_items(page: Page, run: Sequence[int]) -> bool:
    """Whether an item stands right above or below: what says whose a quotation is stands alone."""
    beside = [*page.lines[run[0] - 2 : run[0] - 1], *page.lines[run[-1] : run[-1] + 1]]
    return any(re.match(r"[-*+] +\S", line) for line in beside)


def _first(them: Sequence[_Sign], text: str, start: int) -> tuple[_Sign, re.Match[str]]:
    """The first of the signs that begins at `start`: one does."""
    return next((sign, match) for sign in them if (match := sign.pattern.match(text, start)))


def _begun(
    page: Page, number: int, sign: _Sign, match: re.Match[str], before: Found | None
) -> str | None:
    """The line as it should be that begins with a sign; `before` is the line above, if it does."""
    line = page.lines[number - 1]
    head, rest = HEAD.match(line), line[match.end() :]
    if head is None or not (sign.item or sign.instead is not None):
        return None
    above = apart(page, number) if sign.item and not before else ""
    if sign.item == "1. ":
        last = re.match(r"[\s>]*(\d+)\. ", before.mended or "") if before else None
        value = _value(match[0]) or (int(last[1]) + 1 if last else 1)
        return f"{above}{head['quote']}{value}. {rest}"
    if sign.item:
        return f"{above}{head['quote']}{head['marker'] or sign.item}{rest}"
    levels = [heading.level for heading in page.headings if heading.line < number]
    hashes = "#" * min(levels[-1], DUTY_LEVEL) if sign.say == "heading" and levels else ""
    return line[: match.start()] + hashes + match.expand(sign.instead or "") + rest


def _value(sign: str) -> int:
    """The number that `1、`, `（2）` or `③` stands for; 0 if it is not one sign."""
    digits = re.search(r"\d+", sign)
    plain = [char for char in sign if char.isnumeric()]
    return (
        int(digits[0]) if digits else int(unicodedata.numeric(plain[0])) if len(plain) == 1 else 0
    )


def _in_a_cell(number: int, typed: str, line: str) -> dict[int, Found]:
    """A list within a table's cell, which cannot hold one; a number alone is what it says."""
    _, every, them = _signs("start")
    for cell in _CELL.finditer(typed):
        if not every.match(typed, cell.end()):
            continue
        sign, match = _first(them, typed, cell.end())
        rest = typed[match.end() :].partition("|")[0]
        again = sign.pattern.search(rest) or cell[0].startswith("<")
        if rest.strip() and (sign.item == "- " or (sign.item and again)):
            mended = None if again else line[: cell.end()] + line[match.end() :]
            return {number: Found(replace(sign, say="cell"), match[0], mended)}
    return {}


def _seen(page: Page, line: int, text: str, them: Sequence[_Sign]) -> Iterator[tuple[int, Found]]:
    """The first sign in what readers see, unless it was typed to be seen."""
    source = page.lines[line - 1]
    bare = _ESCAPE.sub("", source)
    for sign in them:
        for match in sign.pattern.finditer(text):
            shown = match[0].strip()
            if shown in bare or bare == source or shown.startswith("&"):
                yield line, Found(sign, match[0], _without(source, sign))
                return


def _without(source: str, sign: _Sign) -> str | None:
    if sign.instead is None or not sign.pattern.search(source):
        return None
    return _GAP.sub("", sign.pattern.sub(sign.instead, source))
