"""The handbook's own words, as its writing rules ask for them: reminders, which refuse nothing.

What is said instead of what is in `wording.yml`. Pages about contributing quote wrong words.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handbook.base.folding import fold
from handbook.base.words import both, words
from handbook.checks.fixes.prose import mend_prose, spaced
from handbook.checks.rules.places import CODE, seen_lines, typed_lines
from handbook.pages.diagnostics import Diagnostic, Rule, rule
from handbook.pages.model import Handbook, Page, Role
from handbook.pages.schema import DUTY_HEADING

WORDING = rule("wording")
REPEATED = rule("repeated")

_ABOUT_WORDS = "contributing/"
_HAN = "\u3400-\u9fff"
_UNSPACED = re.compile(rf"[{_HAN}][A-Za-z0-9]|[A-Za-z0-9%][{_HAN}]")
_BEGINS = re.compile(r"[\s>]*(?:[-*+:]\s|[#|]|\d+[.)]\s)")
"""A line that does not go on with the paragraph above: an item, a heading, a row."""
_END = "\0"
_FEWEST_CAPITALS = 2
_LATER = r"(?<=[a-z] )[A-Z][a-z]+\b"


@dataclass(frozen=True, slots=True)
class _Word:
    """One entry: what to say, a template for what was found, or "" where only a person can say it.

    `told` is what a message calls it.
    """

    why: str
    say: str
    told: str
    find: str
    map: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        """What it looks for; compiled, which takes a while, only when one of all is found."""
        return re.compile(self.find, re.IGNORECASE)

    def instead(self, match: re.Match[str]) -> str:
        """What stands in place of what was found."""
        if self.map:
            return match[0].translate(str.maketrans(self.map[::2], self.map[1::2]))
        said = match.expand(self.say) if self.say else match[0]
        return said[:1].upper() + said[1:] if match[0][:1].isupper() else said


@cache
def _file() -> Mapping[str, Any]:
    path = Path(__file__).with_name("wording.yml")
    found: Mapping[str, Any] = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    return found


@cache
def _words(language: str, where: str) -> tuple[re.Pattern[str], tuple[_Word, ...]]:
    """The entries that look at texts or links, and all their patterns as one."""
    found = []
    for each in _file()[language]:
        find = each.get(where) or (where == "instead" and "|".join(each.get("in", "").split()))
        if find:
            say = each.get("say", "")
            told = say.strip("<>") if say.startswith("<") else ""
            map_ = each.get("map", "")
            found.append(_Word(each["why"], "" if told else say, told, find, map_))
    every = "|".join(f"(?:{word.find})" for word in found)
    return re.compile(every, re.IGNORECASE if language == "en" else 0), tuple(found)


def check_wording(page: Page, book: Handbook) -> Iterator[Diagnostic]:
    """One reminder a line, with the whole line as it should be."""
    if page.key.startswith(_ABOUT_WORDS):
        return
    of_links, (of_link,) = _words(page.language, "link")
    told = set()
    for link in page.links:
        if link.kind == "a" and not link.raw and of_links.fullmatch(link.text.strip()):
            told.add(link.line)
            name = _title(page, link.target, book) or words(page.language)("rule.wording.name")
            place, fix = page.place(link.line, link.text), f"[{name}]({link.target})"
            yield WORDING.at(place, why=of_link.why, say=of_link.told, found=link.text, fix=fix)
    every, them = _words(page.language, "instead")
    for line, text in _paired(page).items():
        if line in told:
            continue
        if every.search(text):
            yield _worded(page, line, text, them)
        elif page.language == "zh" and _UNSPACED.search(text):
            yield from _unspaced(page, line)
    if page.language == "en":
        yield from _capitals(page)


def _paired(page: Page) -> dict[int, str]:
    """The text of each line without the signs in pairs that stand on two lines of a paragraph."""
    lines = seen_lines(page)
    parts: list[list[int]] = []
    for number in sorted(lines):
        typed = page.lines[number - 1]
        if not parts or number != parts[-1][-1] + 1 or _BEGINS.match(typed):
            parts.append([])
        parts[-1].append(number)
    found = {**lines}
    for part in parts:
        text = _END.join(lines[number] for number in part)
        for opening, closing in _file()["pairs"] if len(part) > 1 else ():
            inside = f"[^{opening}{closing}]*"
            across = f"[{opening}]({inside}{_END}{inside})[{closing}]"
            text = re.sub(across, rf"{CODE}\1{CODE}", text)
        found.update(zip(part, text.split(_END), strict=True))
    return found


def _title(page: Page, target: str, book: Handbook) -> str:
    """The title of the page that a link leads to, "" if it is none of this handbook."""
    path = posixpath.join(posixpath.dirname(page.key), target.partition("#")[0].removesuffix(".md"))
    found = book.page(page.language, posixpath.normpath(path))
    return found.title if found else ""


def _worded(page: Page, line: int, text: str, them: Sequence[_Word]) -> Diagnostic:
    """The reminder of the first word on a line; the line to paste has all of them put right."""
    word, match = next((word, match) for word in them if (match := word.pattern.search(text)))
    right = "" if word.told else word.instead(match)
    source, typed = page.lines[line - 1], typed_lines(page)[line - 1]
    mended = source
    for each in them:
        if not each.told:
            mended = mend_prose(mended, mended if typed == source else typed, _replacing(each))
    known = right and mended != source
    return WORDING.at(
        page.place(line, match[0]),
        why=word.why,
        say=both("rule.quoted", text=right) if right else word.told,
        found=match[0],
        fix=mended if known else both("rule.wording.rewrite"),
        mended=mended if known else None,
    )


def wrong_words(text: str, of: str) -> Iterator[tuple[Rule, str, dict[str, object]]]:
    """The rule, the text as all of it should be and what is told, of a text that is on no page."""
    every, them = _words(of, "instead")
    right, worded = _twice(of).sub(_once, text), every.search(text)
    for each in them if worded else ():
        right = right if each.told else _replacing(each)(right)
    if worded:
        word, match = next((word, match) for word in them if (match := word.pattern.search(text)))
        say = word.told or both("rule.quoted", text=word.instead(match))
        yield WORDING, right, {"why": word.why, "say": say, "found": match[0]}
    if match := _twice(of).search(text):
        yield REPEATED, right, {"found": match[0], "first": ""}


def _once(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


def _replacing(word: _Word) -> Callable[[str], str]:
    return lambda prose: word.pattern.sub(word.instead, prose)


def _unspaced(page: Page, line: int) -> Iterator[Diagnostic]:
    """A line that `fix` would put spaces into."""
    source = page.lines[line - 1]
    mended = mend_prose(source, typed_lines(page)[line - 1], spaced)
    if mended != source and (match := _UNSPACED.search(source)):
        say, place = both("rule.wording.space"), page.place(line, match[0])
        yield WORDING.at(place, why="W-9", say=say, found=match[0], fix=mended, mended=mended)


def _capitals(page: Page) -> Iterator[Diagnostic]:
    """Headings With A Capital On Each Word; a name or two among small words may have one."""
    names = re.compile(_file()["names"])
    later = re.compile(f"{names.pattern}|{_LATER}")
    for heading in page.headings:
        said = names.sub("", heading.text.partition(" ")[2]).split()
        long = [word for word in said if word.isalpha() and len(word) > len("and")]
        long = long[1:] if DUTY_HEADING.fullmatch(heading.text) else long
        if len(long) >= _FEWEST_CAPITALS and all(map(str.istitle, long)):
            source = page.lines[heading.line - 1]
            mended = later.sub(
                lambda word: word[0] if names.match(word[0]) else word[0].lower(), source
            )
            say = both("rule.quoted", text=mended.strip("# "))
            place = page.place(heading.line)
            found = heading.text
            yield WORDING.at(place, why="W-11", say=say, found=found, fix=mended, mended=mended)


def check_repeated(page: Page, role: Role | None) -> Iterator[Diagnostic]:
    """Words typed twice, and tasks that stand on the page twice."""
    pattern = _twice(page.language)
    for line, text in seen_lines(page).items():
        found = [*pattern.finditer(text)]
        mended = page.lines[line - 1]
        for match in found:
            mended = mended.replace(match[0], _once(match), 1)
        if found:
            typed = found[0][0]
            place = page.place(line, typed)
            yield REPEATED.at(place, found=typed, first="", fix=mended, mended=mended)
    first: dict[str, int] = {}
    for task in (task for duty in role.duties for task in duty.tasks) if role else ():
        line = first.setdefault(fold(task.text), task.line)
        if line != task.line:
            told = both("rule.wording.first", line=line)
            fix, place = both("rule.delete-line"), page.place(task.line)
            more = "".join(page.lines[task.line : task.line + 1]).startswith(" ")
            values = {"found": task.text, "first": told, "fix": fix}
            yield REPEATED.at(place, **values, mended=None if more else "")


@cache
def _twice(language: str) -> re.Pattern[str]:
    return re.compile(_file()["twice"][language], re.IGNORECASE)
