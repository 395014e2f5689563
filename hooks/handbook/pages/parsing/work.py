"""What a page may cost: a budget that its signs are counted against before it is rendered.

Markdown looks for the end of a link at every `[`, for that of a tag at every `<`, and compares each
heading's and each note's name with those before: its time grows with the square of their number,
and a page of 30 KB could take minutes. Bounded here is what grows so; all else grows with the size
of the page, which is bounded too. Together they keep any page to about two seconds of a slow
processor, and an honest one far from every bound: `tests/unit/test_work.py` has the measures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from handbook.base.limits import (
    FURTHEST_CODE,
    FURTHEST_LINKS,
    FURTHEST_TAGS,
    LONGEST_BLOCK,
    LONGEST_HEADING,
    MOST_COPIED,
    MOST_FENCES,
    MOST_HEADINGS,
    MOST_LINES,
    MOST_NOTES,
)
from handbook.base.words import both

_HEADING = re.compile(r"^[ >]*(?:#|(?:=+|-+)[ ]*$)")
_FENCE = re.compile(r"^[ >]*(?:`{3}|~{3})")
_OPENING = re.compile(r"(`{3,}|~{3,}) *[\w+.#-]* *")
_CLOSING = re.compile(r"(?:`{3,}|~{3,})\s*")
_NOTE = re.compile(r"\[\^")
_BRACKET = re.compile(r"[\[\]()]")
_SIGN = re.compile(r"[*_`\[<&\\]")
_BACKTICKS = re.compile(r"`+")
_TAG = re.compile(r"[<>]")


@dataclass(frozen=True, slots=True)
class Excess:
    """What is too much, from which line on, and what to do about it; words by language."""

    line: int
    found: dict[str, str]
    fix: dict[str, str]


_Sought = tuple[Sequence[tuple[int, int]], int]
"""Signs of a block that nothing closes: where each stands, and how many characters Markdown reads
for it in vain; and how often it does so again."""


def excess(lines: Sequence[str], first_line: int) -> Excess | None:
    """What of a page would keep Markdown busy for too long; None if nothing does."""
    return next(_all(lines, first_line), None)


def _all(lines: Sequence[str], first_line: int) -> Iterator[Excess]:
    if len(lines) > MOST_LINES:
        yield excessive(first_line + MOST_LINES, "lines", most=MOST_LINES)
    yield from _counted(lines, _FENCE, MOST_FENCES, "fences", first_line)
    read = _without_code(lines)
    yield from _counted(read, _HEADING, MOST_HEADINGS, "headings", first_line)
    for number, text in enumerate(read, start=first_line):
        if len(text) > LONGEST_HEADING and _HEADING.match(text):
            yield excessive(number, "long-heading", "shorten", most=LONGEST_HEADING)
    yield from _counted(read, _NOTE, MOST_NOTES, "notes", first_line)
    yield from _far_tags(read, first_line)
    far = [0 for _ in _SOUGHT]
    for line, block in _blocks(read, first_line):
        if len(block) > LONGEST_BLOCK:
            yield excessive(line, "long-block", "empty-lines", most=LONGEST_BLOCK)
        for index, (look, most, *told) in enumerate(_SOUGHT):
            places, again = look(block)
            far[index] += sum(distance for _, distance in places) * (again + 1)
            if far[index] > most:
                yield excessive(line + block.count("\n", 0, places[0][0]), *told)


def _without_code(lines: Sequence[str]) -> Sequence[str]:
    """The lines with those between ``` emptied: Markdown puts them aside before all else."""
    closings: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if _CLOSING.fullmatch(line):
            closings.setdefault(line.rstrip(), []).append(number)
    kept, number = [*lines], 0
    while number < len(lines):
        opening = _OPENING.fullmatch(lines[number])
        ends = closings.get(opening[1], []) if opening else []
        index = bisect_right(ends, number)
        if index < len(ends):
            kept[number : ends[index] + 1] = [""] * (ends[index] + 1 - number)
            number = ends[index]
        number += 1
    return kept


def _counted(
    lines: Sequence[str], sign: re.Pattern[str], most: int, what: str, first_line: int
) -> Iterator[Excess]:
    found = 0
    for number, line in enumerate(lines, start=first_line):
        found += len(sign.findall(line))
        if found > most:
            yield excessive(number, what, most=most)


def _far_tags(lines: Sequence[str], first_line: int) -> Iterator[Excess]:
    """HTML may run over empty lines, so what is looked at is the page."""
    text, far = "\n".join(lines), 0
    opened: list[int] = []
    for sign in _TAG.finditer(text):
        if sign[0] == "<":
            opened.append(sign.start())
        else:
            far += sum(sign.start() - start for start in opened)
            opened.clear()
    far += sum(len(text) - start for start in opened)
    if far > FURTHEST_TAGS:
        place = (opened or [text.find("<")])[0]
        yield excessive(first_line + text.count("\n", 0, place), "tags", "tags-fix")


def _blocks(lines: Sequence[str], first_line: int) -> Iterator[tuple[int, str]]:
    """What stands between empty lines, with the number of its first line."""
    numbered = enumerate(lines, start=first_line)
    for blank, block in groupby(numbered, key=lambda each: not each[1].strip()):
        if not blank:
            found = [*block]
            yield found[0][0], "\n".join(line for _, line in found)


def _links(block: str) -> _Sought:
    """Each `[` and `](` of a block that makes no link, and how many links there are.

    After each link that it has made, Markdown looks at the others from the first one again.
    """
    opened: dict[str, list[int]] = {"]": [], ")": []}
    far: list[tuple[int, int]] = []
    links = 0
    for sign in _BRACKET.finditer(block):
        start = sign.start()
        if sign[0] == "[":
            opened["]"].append(start)
        elif sign[0] == "(":
            if start and block[start - 1] == "]":
                opened[")"].append(start)
        elif opened[sign[0]]:
            begun = opened[sign[0]].pop()
            if sign[0] == ")" or block[start + 1 : start + 2] == "[":
                links += 1
            elif block[start + 1 : start + 2] != "(":
                far.append((begun, start - begun))
    far += [(begun, len(block) - begun) for places in opened.values() for begun in places]
    return far, links


def _nested(block: str) -> _Sought:
    """Each `[` that is closed: Markdown reads to its end for a reference, whatever follows."""
    opened: list[int] = []
    read = []
    for sign in _BRACKET.finditer(block):
        if sign[0] == "[":
            opened.append(sign.start())
        elif sign[0] == "]" and opened:
            begun = opened.pop()
            read.append((begun, sign.start() - begun))
    return read, 0


def _signs(block: str) -> _Sought:
    """Every sign of a block that Markdown may make something of: it then copies the block."""
    return [(0, len(block))], len(_SIGN.findall(block))


def _code(block: str) -> _Sought:
    """Each run of backticks that is closed by none, and how many are.

    Markdown looks for as many backticks as the run has, then for one less, from each of them.
    """
    runs = [(run.start(), len(run[0])) for run in _BACKTICKS.finditer(block)]
    last: dict[int, int] = {length: place for place, length in runs}
    far: list[tuple[int, int]] = []
    spans, length_sought = 0, 0
    for place, length in runs:
        if length_sought:
            length_sought = 0 if length == length_sought else length_sought
        elif last[length] > place:
            spans, length_sought = spans + 1, length
        else:
            far.append((place, length * length * (len(block) - place)))
    return far, spans


_SOUGHT = (
    (_links, FURTHEST_LINKS, "links", "links-fix"),
    (_nested, FURTHEST_LINKS, "nested", "nested-fix"),
    (_code, FURTHEST_CODE, "code", "code-fix"),
    (_signs, MOST_COPIED, "signs", "empty-lines"),
)


def excessive(line: int, what: str, fix: str = "split", **values: object) -> Excess:
    """What is too much and what to do about it, by their keys in the catalogue."""
    return Excess(line, both(f"rule.page.{what}", **values), both(f"rule.page.{fix}"))
