"""What was meant by a line of YAML that cannot be read: the slips of people who write sentences.

A line near the place where reading ends is tried in other forms. One with which the file can be
read further is what was meant, and is what the editor is shown to paste.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import process

_BEFORE = 4
"""Lines above the one where reading ends that may be the cause."""

_HEAD = re.compile(r"(?P<head>\s*(?:- )?(?P<name>[\w-]+): +)(?P<value>.*\S)\s*")
_FULL_WIDTH = re.compile(r"(?P<before>^\s*(?:- *)?|[{,\uff0c] *)(?P<name>[a-z][\w-]*) *[:\uff1a] *")
_COMMA = re.compile(r"\uff0c *(?=[a-z][\w-]*: )")
_CURLY = re.compile("[\u201c\u201d\u201e\u201f\uff02]")
_KEY = re.compile(r"\s*(?:- )?([a-z_]+):(?= |$)")
_WITHIN = re.compile(r", (?=[a-z_]+: )")
_PLAIN = re.compile(r"(?P<indent>\s*)(?P<name>[^\W\d_][\w -]*?) *:? *")
_NEAR = 75
"""Likeness of two names, of 100, from which one is taken for the other misspelt."""


Reach = tuple[int, int, set[int]]
"""How far a text can be read (a line); how much of that is right (0 is all); where it is not."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A line as it was meant, and what is wrong with it: a key of `rule.yaml-syntax`."""

    line: int
    kind: str
    meant: str


def mended(text: str, slip: Slip) -> str:
    """The text with the line as it was meant."""
    lines = text.split("\n")
    return "\n".join([*lines[: slip.line - 1], slip.meant, *lines[slip.line :]])


def find(text: str, line: int, reach: Callable[[str], Reach]) -> Slip | None:
    """The slip that keeps `text` from being read at `line`, if it is one of those known."""
    lines = text.split("\n")
    names = set(_KEY.findall(text))
    *best, wrong = reach(text)
    found = None
    for number in _near(lines, line):
        for kind, meant in _forms(lines, number, names):
            if meant == lines[number - 1]:
                continue
            slip = Slip(number, kind, meant)
            *reached, left = reach(mended(text, slip))
            # Moved to and fro, nearly any line lets the next few be read.
            sure = kind != "indent" or reached[0] > len(lines)
            if reached > best and sure and number not in left - wrong:
                best, found = reached, slip
        if found and best[0] > len(lines):
            break
    return found


def _near(lines: list[str], line: int) -> Iterator[int]:
    """The lines that may be the cause, the likeliest first."""
    line = min(line, len(lines))
    yield from (n for n in range(line, max(line - 1 - _BEFORE, 0), -1) if lines[n - 1].strip())
    above = range(line - 1 - _BEFORE, 0, -1)
    yield from islice((n for n in above if lines[n - 1].count('"') % 2), 1)


def _forms(lines: list[str], number: int, names: set[str]) -> Iterator[tuple[str, str]]:
    """A line in each form that it may have been meant in, the likeliest first."""
    line = lines[number - 1]
    straight = _COMMA.sub(", ", _FULL_WIDTH.sub(r"\g<before>\g<name>: ", line)).rstrip()
    if "\uff1a" in line or "\uff0c" in line:
        yield "full-width", straight
    yield "no-space", straight
    yield "quotes", _CURLY.sub('"', line)
    yield from (("brace", form) for form in _in_braces(line))
    yield from (("quote", form) for form in _closed(line))
    yield from (("colon", form) for form in _quoted(line))
    yield from (("no-colon", form) for form in _with_colon(line, names))
    yield from _renamed(line, names)
    for width in _widths(lines, number):
        yield "tab" if "\t" in line else "indent", " " * width + line.lstrip()


def _in_braces(line: str) -> Iterator[str]:
    """With the brace that is lacking."""
    match = _HEAD.fullmatch(line)
    if match and match["value"].startswith("{") != match["value"].endswith("}"):
        yield f"{match['head']}{{{match['value'].strip('{}')}}}"


def _closed(line: str) -> Iterator[str]:
    """With the quotation mark that is lacking."""
    match = _HEAD.fullmatch(line)
    if match and line.count('"') % 2:
        yield match["head"] + json.dumps(match["value"].strip('"'), ensure_ascii=False)
        yield re.sub(r"\}?$", lambda end: f'"{end[0]}', line.rstrip(), count=1)


def _quoted(line: str) -> Iterator[str]:
    """With quotation marks around each text that has a sign of YAML in it."""
    match = _HEAD.fullmatch(line)
    if not match or match["value"].startswith('"'):
        return
    if not match["value"].startswith("{"):
        yield match["head"] + json.dumps(match["value"], ensure_ascii=False)
        return
    pairs = [part.partition(": ") for part in _WITHIN.split(match["value"].strip("{}"))]
    quoted = [f"{name}: {_in_quotes(value)}" for name, _, value in pairs]
    yield f"{match['head']}{{{', '.join(quoted)}}}"


def _in_quotes(value: str) -> str:
    plain = not re.search(r"[:,#\"{}\[\]]", value) or value[0] in '"['
    return value if plain else json.dumps(value, ensure_ascii=False)


def _with_colon(line: str, names: set[str]) -> Iterator[str]:
    """With a colon behind a name that has none."""
    if re.fullmatch(r"\s*[a-z][\w-]*", line):
        yield f"{line}:"
    known = "|".join(map(re.escape, names))
    yield re.sub(rf"(^\s*(?:- )?|[{{,] )({known}) (?!:)", r"\1\2: ", line)


def _renamed(line: str, names: set[str]) -> Iterator[tuple[str, str]]:
    """With the name that is most like what was typed; with an id as ids are written."""
    for match in re.finditer(r"(?:^\s*(?:- )?|[{,] )([A-Za-z_]+)(?=: )", line):
        near = process.extract(match[1], names - {match[1]}, limit=3, score_cutoff=_NEAR)
        for name, *_ in near:
            yield "name", line[: match.start(1)] + name + line[match.end(1) :]
    if plain := _PLAIN.fullmatch(line):
        words = re.sub(r"[\W_]+", "-", plain["name"].lower()).strip("-")
        yield "id", f"{plain['indent']}{words}:"


def _widths(lines: list[str], number: int) -> list[int]:
    """How far the lines around one are indented, and a step further, the nearest first."""
    before = next((each for each in reversed(lines[: number - 1]) if each.strip()), "")
    after = next((each for each in lines[number:] if each.strip()), "")
    widths = [len(each) - len(each.lstrip(" ")) for each in (before, after)]
    return [*dict.fromkeys([*widths, widths[0] + 2, widths[0] - 2, widths[0] - 4])]
