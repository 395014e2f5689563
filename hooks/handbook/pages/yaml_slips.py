"""What was meant by a line of YAML that cannot be read: the slips of people who write sentences.

A line near the place where reading ends is tried in other forms. One with which the file can be
read further is what was meant, and is what the editor is shown to paste.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from rapidfuzz import process

_BEFORE = 4
"""Lines above the one where reading ends that may be the cause."""

_HEAD = re.compile(r"(?P<head>\s*(?:- )?[\w-]+: *|\s*- *(?=[{\uff5b]))(?P<value>\S.*?)\s*")
_KEY_COLON = re.compile(r"^(\s*(?:- *)?[a-z][\w-]*) *[:\uff1a] *(?=\S)|^(\s*[a-z][\w-]*) *\uff1a$")
_KEY = re.compile(r"(?:^\s*(?:- )?|[{,] ?)([a-z_]+):(?= |$)", re.MULTILINE)
_WITHIN = re.compile(r"[{,] ?([a-z_]+):(?= |$)", re.MULTILINE)
_LIST = re.compile(r"([a-z_]+): \[")
_BETWEEN = re.compile(r" *[,\uff0c\u3001;\uff1b] *")
_OPEN, _CLOSE = "{\uff5b", "}\uff5d"
_BRACKETS = "[]\uff3b\uff3d\u3010\u3011"
_QUOTES = "\"'\u201c\u201d\u201e\u201f\uff02\u2018\u2019"
_SIGNS = re.compile(r"[:,#{}\[\]&*!|>%@`\"]|^['?-]|^(?:yes|no|on|off|null|~)$", re.IGNORECASE)
_OF_CHINESE = re.compile(
    r"[\uff5b\uff5d\uff3b\uff3d]|^\s*[a-z][\w-]* *\uff1a|[{,\uff0c] *[a-z_]+ *\uff1a"
    r"|\uff0c *[a-z_]+ *:|\[[^\]]*[\u3001\uff0c\uff1b;]"
)
_OTHER = {"zh:": "en:", "en:": "zh:"}
_HEADING = re.compile(r"\s*[\w-]+:\s*")
_PLAIN = re.compile(r"(?P<indent>\s*)(?P<name>[^\W\d_][\w -]*?) *:? *")
_DOUBTFUL = {"indent", "dash", "duplicate", "name"}
"""Kinds of slips that a mend is of only if all can be read then and its lines are right."""
_NEAR = 75
"""Likeness of two names, of 100, from which one is taken for the other misspelt."""


Reach = tuple[int, int, set[int]]
"""How far a text can be read (a line); how much of that is right (0 is all); where it is not."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Lines as they were meant, and what is wrong with them: a key of `rule.yaml-syntax`."""

    line: int
    kind: str
    meant: str
    """"" if they go."""
    lines: int = 1


def mended(text: str, slip: Slip) -> str:
    """The text with the lines as they were meant; those that go are empty, so that others stay."""
    lines, above = text.split("\n"), slip.line - 1
    meant = slip.meant or "\n" * (slip.lines - 1)
    return "\n".join([*lines[:above], meant, *lines[above + slip.lines :]])


def find(text: str, line: int, reach: Callable[[str], Reach], first: int = 0) -> Slip | None:
    """The slip that keeps `text` from being read at `line`, if it is one of those known.

    `first` is the line of a name that is there again.
    """
    lines = text.split("\n")
    names, lists = frozenset(_KEY.findall(text)), frozenset(_LIST.findall(text))
    # An id before a colon in a text is no name; of a file without braces all names may be.
    within = frozenset(_WITHIN.findall(text)) or names
    *best, wrong = reach(text)
    found = None
    for number in [line] * (first < line) if first else _near(lines, line):
        forms = (Slip(number, *form) for form in _forms(lines, number, names, within, lists))
        for slip in _again(lines, number, first) if first else chain(forms, _moved(lines, number)):
            if slip.meant == lines[number - 1]:
                continue
            *reached, left = reach(mended(text, slip))
            # Moved to and fro, nearly any line lets the next few be read, or is wrong elsewhere.
            own = range(number, number + slip.lines)
            right = reached[0] > len(lines) and left <= wrong.difference(own)
            sure = right if slip.kind in _DOUBTFUL else number not in left - wrong
            if reached > best and sure:
                best, found = reached, slip
        if found and best[0] > len(lines):
            break
    return found


def _again(lines: list[str], number: int, first: int) -> Iterator[Slip]:
    """Without what is there again; or as the other language, if that is what it is."""
    again, before = block(lines, number), block(lines, first)
    between = lines[first - 1 + len(before) : number - 1]
    if again == before:
        yield Slip(number, "duplicate", "", len(again))
    elif _HEADING.fullmatch(again[0]) and not any(map(str.strip, between)):
        yield Slip(number, "duplicate", "")
    if other := _OTHER.get(again[0].strip()):
        yield Slip(number, "duplicate", again[0].replace(again[0].strip(), other))


def _moved(lines: list[str], number: int) -> Iterator[Slip]:
    """The line with those that belong to it, up to the next heading, further in or out."""
    own = block(lines, number)
    size = next((n for n, each in enumerate(own) if n and _HEADING.fullmatch(each)), len(own))
    for width in _widths(lines, number) if size > 1 else ():
        by = width - _indent(own[0])
        meant = (" " * (_indent(each) + by) + each.lstrip() for each in own[:size])
        yield Slip(number, "indent", "\n".join(meant), size)


def block(lines: list[str], number: int) -> list[str]:
    """A line, and those below it that are further in."""
    own = _indent(lines[number - 1])
    below = enumerate(lines[number:], number)
    end = next((n for n, each in below if each.strip() and _indent(each) <= own), len(lines))
    return "\n".join(lines[number - 1 : end]).rstrip().split("\n")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _near(lines: list[str], line: int) -> Iterator[int]:
    """The lines that may be the cause, the likeliest first."""
    line = min(line, len(lines))
    yield from (n for n in range(line, max(line - 1 - _BEFORE, 0), -1) if lines[n - 1].strip())
    above = range(line - 1 - _BEFORE, 0, -1)
    yield from islice((n for n in above if lines[n - 1].count('"') % 2), 1)


def _forms(
    lines: list[str],
    number: int,
    names: frozenset[str],
    within: frozenset[str],
    lists: frozenset[str],
) -> Iterator[tuple[str, str]]:
    """A line in each form that it may have been meant in, the likeliest first."""
    line = lines[number - 1].rstrip()
    colon = _KEY_COLON.sub(lambda key: f"{key[1]}: " if key[1] else f"{key[2]}:", line)
    yield "full-width" if "\uff1a" in line else "no-space", colon
    yield from (("no-colon", form) for form in _with_colon(line, names))
    match = None if "\\" in line else _HEAD.fullmatch(colon)  # what an escape stands for stays
    pairs = _pairs(match["value"], within) if match else []
    head, value = (f"{match['head'].rstrip()} ", match["value"]) if match else ("", "")
    if len(pairs) > 1 or (pairs and (value[0] in _OPEN or value[-1] in _CLOSE)):
        yield _what(line), head + _braces(pairs, lists)
    elif value:
        if head.strip(" -:") in lists:
            yield "list" if "[" not in line else _what(line), head + _list(value)
        else:
            yield _what(line), head + _text(value)
        yield _what(line), head + _in_quotes(value.strip(_QUOTES))
    yield from _renamed(line, names)
    yield "dash", re.sub(r"^( *)- +", r"\1", line)
    yield "dash", re.sub(r"^( *)(?=\{)", r"\1- ", line)
    for width in _widths(lines, number):
        yield "tab" if "\t" in line else "indent", " " * width + line.lstrip()


def _what(line: str) -> str:
    """What is most likely wrong within a line."""
    if _OF_CHINESE.search(line):
        return "full-width"
    if re.search(r"[{,] ?[a-z_]+:[^ ]", line):
        return "no-space"
    if line.count("{") != line.count("}"):
        return "brace"
    if line.count("[") != line.count("]"):
        return "bracket"
    if line.count('"') % 2:
        return "quote"
    if any(sign in line for sign in "\u201c\u201d\u201e\uff02") or re.search(r": *'", line):
        return "quotes"
    return "colon"


def _pairs(value: str, names: frozenset[str]) -> list[tuple[str, str]]:
    """The names within braces, and what stands between each and the next."""
    inside = value.strip(f"{_OPEN}{_CLOSE} ")
    known = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    found = [*re.finditer(rf"(?:^|(?<=[\s,\uff0c]))({known}) *[:\uff1a] *|^({known}) ", inside)]
    ends = [*(each.start() for each in found), len(inside)][1:]
    return [
        (each[1] or each[2], inside[each.end() : end].strip(f" ,\uff0c{_OPEN}{_CLOSE}"))
        for each, end in zip(found, ends, strict=True)
    ]


def _braces(pairs: list[tuple[str, str]], lists: frozenset[str]) -> str:
    """All of it as it should be, pair by pair."""
    said = (f"{name}: {(_list if name in lists else _text)(value)}" for name, value in pairs)
    return f"{{{', '.join(said)}}}"


def _list(value: str) -> str:
    """A list with its brackets, and commas between what is on it."""
    items = _BETWEEN.split(value.strip(f"{_BRACKETS}{_OPEN}{_CLOSE} "))
    spaced = [each for item in items for each in re.split(r'(?<=") +(?=")', item)]
    bare = [each.strip(f"{_QUOTES}{_BRACKETS} ") for each in spaced]
    return f"[{', '.join(map(_item, dict.fromkeys(bare)))}]" if all(bare) else value


def _item(bare: str) -> str:
    return f'"{bare}"' if re.fullmatch(r"[\d.]+", bare) else _text(bare)


def _text(value: str) -> str:
    """A text, in quotes if it has a sign of YAML or had quotes, were they the wrong ones."""
    bare = value.strip(f"{_QUOTES} ")
    if bare.count('"') % 2:  # it begins or ends with words in quotes
        bare = value.strip()
    return _in_quotes(bare) if bare != value or _SIGNS.search(bare) else bare


def _in_quotes(text: str) -> str:
    return json.dumps(text.replace('\\"', '"'), ensure_ascii=False)


def _with_colon(line: str, names: frozenset[str]) -> Iterator[str]:
    """With a colon behind a name that has none."""
    if re.fullmatch(r"\s*[a-z][\w-]*", line):
        yield f"{line}:"
    known = "|".join(map(re.escape, names))
    yield re.sub(rf"(^\s*(?:- )?|[{{,] ?)({known}) (?!:)", r"\1\2: ", line)


def _renamed(line: str, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """With the name that is most like what was typed; with an id as ids are written."""
    for match in re.finditer(r"(?:^\s*(?:- )?|[{,] ?)([A-Za-z_]+)(?=: )", line):
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
    widths = [_indent(before), _indent(after)]
    return [*dict.fromkeys([*widths, widths[0] + 2, widths[0] - 2, widths[0] - 4])]
