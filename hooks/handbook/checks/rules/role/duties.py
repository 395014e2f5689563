"""The duties: numbered, named, in order, each with what it is for and its tasks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from handbook.base.words import both
from handbook.checks.rules.role.dashes import check_dashes
from handbook.checks.rules.role.labels import check_labels
from handbook.checks.rules.role.sections import (
    has_content,
    hidden_duty,
    hidden_number,
    lines_of,
    typed_level,
)
from handbook.checks.rules.shared.promises import Number, Numbers
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.model import Block, Heading, Page, Role
from handbook.pages.parsing.parser import between
from handbook.pages.parsing.structure import LOOSE_NUMBER, bare, locate
from handbook.pages.schema import DUTY_HEADING, DUTY_LEVEL, SECTION_LEVEL
from handbook.pages.vocabulary import Index

DUTY_NUMBER = rule("duty-number")
DUTY_LEVEL_RULE = rule("duty-level")
DUTY_SECTION = rule("duty-section")
DUTY_ORDER = rule("duty-order")
_AGAIN = rule("duty-order/again")
_MOVE = rule("duty-order/move")
DUTY_RETIRED = rule("duty-retired")
_RENUMBERED = rule("duty-retired/renumbered")
_TAKEN = rule("duty-retired/taken")
DUTY_NAME = rule("duty-name")
DUTY_EMPTY = rule("duty-empty")
DUTY_PURPOSE = rule("duty-purpose")
DUTY_TASKS = rule("duty-tasks")


_AT_THE_END = re.compile(r"\s*[(（]?\b\d{1,4}\.\d{1,4}[)）]?$")
_SIGNS = re.compile(r"^[-\u2010-\u2015:\uff1a.\u3002\u3001]+\s*|\s*[:\uff1a,\uff0c\u3002]+$")
"""What stands between a number and its name, or behind the name."""
_WRONG_NUMBER = re.compile(DUTY_NUMBER.words["wrong"], re.VERBOSE | re.IGNORECASE)
"""What stands for the number in front of a name, when it is not a number that can be read."""


@dataclass(frozen=True, slots=True)
class DutyHeading:
    """A heading that is or should be a duty's; the numbers are None if it has none."""

    heading: Heading
    section: int | None
    n: int | None
    name: str

    @property
    def number(self) -> str:
        """Such as `3.2`."""
        return f"{self.section}.{self.n}"


@lru_cache(maxsize=16)
def duty_headings(page: Page) -> tuple[DutyHeading, ...]:
    """The headings of the duties section that are meant as duties, whatever their flaws."""
    section = next(each for each in locate(page) if each.schema.key == "duties")
    if section.heading is None or section.flaw == "hidden":
        return ()
    starts = {each.heading for each in locate(page) if each.heading}
    found: list[DutyHeading] = []
    inside = False
    for heading in page.headings:
        if heading is section.heading:
            inside = True
        elif not inside or heading.container or not heading.text or heading in section.again:
            continue
        else:
            duty = _read(heading)
            if heading in starts or (heading.level <= SECTION_LEVEL and duty.n is None):
                break
            if heading.level == DUTY_LEVEL or duty.n is not None:
                found.append(duty)
    return tuple(found)


def _read(heading: Heading) -> DutyHeading:
    match = LOOSE_NUMBER.fullmatch(unicodedata.normalize("NFKC", heading.text))
    if not match or match["n"].strip("0") == "":
        name = _name(heading.text)
        return DutyHeading(heading, None, None, name or heading.text)
    strict = DUTY_HEADING.fullmatch(heading.text)
    name = strict["name"] if strict else match["name"]
    return DutyHeading(heading, int(match["section"]), int(match["n"]), name)


def _name(text: str) -> str:
    """The heading's text without what stands for its number."""
    match = _WRONG_NUMBER.match(text)
    return _AT_THE_END.sub("", text[match.end() :] if match else text).strip()


def _headings(page: Page, duties: Sequence[DutyHeading], numbers: Numbers) -> Iterator[Diagnostic]:
    """All headings of duties on a role page."""
    section = page.front_matter.get("section")
    if not isinstance(section, int):  # then the duties tell
        section = next((duty.section for duty in duties if duty.section), 1)
    if not duties:
        yield from _none(page, section)
        return
    numbered = {duty.section for duty in duties if duty.n is not None}
    together = len(duties) > 1 and len(numbered) == 1 and section not in numbered
    if together:
        yield _whole_section(page, section, duties)
    for position, duty in enumerate(duties, start=1):
        yield from _heading(page, duty, duty.section or section if together else section, position)
    yield from _order(page, duties, section, numbers)


def _none(page: Page, section: int) -> Iterator[Diagnostic]:
    """A section with words in it, none of them a duty's heading."""
    found = next(each for each in locate(page) if each.schema.key == "duties")
    if found.heading is None or found.flaw == "hidden" or found.again:
        return
    if not has_content(page, found.heading):
        return
    number = f"{section}.1"
    if hidden := hidden_number(page, number, found.heading.line + 1, len(page.lines)):
        yield hidden
        return
    place = page.place(found.heading.line)
    fix = both("rule.duties.sample", number=number)
    yield DUTY_NUMBER.at(place, expected=number, found=both("rule.duties.no-heading"), fix=fix)


def _whole_section(page: Page, section: int, duties: Sequence[DutyHeading]) -> Diagnostic:
    """All duties agree with each other, but not with the front matter: one of the two is wrong."""
    other = next(duty for duty in duties if duty.section)
    last, right = len(duties), f"section: {other.section}"
    return DUTY_SECTION.at(
        page.place(other.heading.line),
        what=both("rule.duties.all-first-numbers"),
        expected=section,
        found=other.section,
        fix=both("rule.duties.renumber", section=section, last=last, right=right),
    )


def _heading(page: Page, duty: DutyHeading, section: int, position: int) -> Iterator[Diagnostic]:
    heading = duty.heading
    place = page.place(heading.line)
    bare_name = _SIGNS.sub("", duty.name)
    if duty.n is None:
        expected = f"{section}.{position}"
        yield DUTY_NUMBER.at(
            place, expected=expected, found=heading.text, fix=f"{expected} {duty.name}"
        )
    elif not any(char.isalnum() for char in duty.name):
        yield DUTY_NAME.at(place, number=duty.number)
    elif not DUTY_HEADING.fullmatch(heading.text) or bare_name != duty.name:
        fix = f"{duty.number} {bare_name}"
        yield DUTY_NUMBER.at(place, expected=duty.number, found=heading.text, fix=fix)
    elif heading.level != DUTY_LEVEL:
        found, lines = typed_level(page, heading), lines_of(page, heading)
        yield DUTY_LEVEL_RULE.at(place, found=found, heading=heading.text, lines=lines)
    elif duty.section != section:
        yield DUTY_SECTION.at(
            place,
            what=both("rule.duties.first-number"),
            expected=section,
            found=duty.section,
            fix=f"### {section}.{duty.n} {duty.name}",
            mended=f"### {section}.{duty.n} {duty.name}",
        )


def _order(
    page: Page, duties: Sequence[DutyHeading], section: int, numbers: Numbers
) -> Iterator[Diagnostic]:
    """The first place where the numbers do not run 1, 2, 3 …; repeated and borrowed ones each.

    Numbers that are retired are passed over, and so are those of which `redirect-missing` tells.
    """
    seen: dict[int, DutyHeading] = {}
    misplaced: list[DutyHeading] = []
    passed = {n for of, n in numbers.retired | numbers.gone if of == section}
    expected, in_order = 1, True
    for position, duty in enumerate(duties):
        place = page.place(duty.heading.line)
        if duty.n is None:
            expected += 1
            continue
        if {*range(expected, duty.n)} <= passed:
            expected = max(expected, duty.n)
        if borrowed := _borrowed(page, duty, duties, numbers):
            yield borrowed
            misplaced.append(duty)
            in_order = False
        elif duty.n != expected and seen.get(duty.n) in misplaced:
            # Whose number it is; the new one before it has been told to move.
            seen[duty.n] = duty
            continue
        elif duty.n != expected and (before := seen.get(duty.n)):
            line = before.heading.line
            again = both("rule.duties.again", line=line)
            copied = before.name == duty.name
            yield (
                _AGAIN.at(place, name=duty.heading.text, first=line)
                if copied
                else _out_of_order(duty, f"{section}.{expected}", place, again)
            )
            in_order = False
        elif in_order and duty.n != expected:
            in_order = False
            number = f"{section}.{expected}"
            found = hidden_duty(page, number, duty.heading.line)
            later = [each.number for each in duties[position + 1 :] if (each.n or 0) < duty.n]
            if numbers.names and number in later:
                found = _MOVE.at(place, found=duty.number, last=later[-1], expected=number)
            yield found or _out_of_order(duty, number, place)
        seen.setdefault(duty.n, duty)
        expected += 1


def _borrowed(
    page: Page, duty: DutyHeading, duties: Sequence[DutyHeading], numbers: Numbers
) -> Diagnostic | None:
    """A number that is retired, or that was another's while the duty had one of its own."""
    place, own = page.place(duty.heading.line), (duty.section or 0, duty.n or 0)
    before = numbers.names.get((page.language, duty.name), own)
    taken = any((each.section, each.n) == before and each.name == duty.name for each in duties)
    if before != own and before not in numbers.retired and not taken:
        number = f"{before[0]}.{before[1]}"
        values = {"expected": number, "edition": numbers.edition, "fix": f"{number} {duty.name}"}
        return _RENUMBERED.at(place, name=duty.name, found=duty.number, **values)
    if owner := _owner(page, own, duty, duties, numbers):
        published = {n for of, n in (*numbers.names.values(), *numbers.retired) if of == own[0]}
        fix = f"{own[0]}.{max(published) + 1} {duty.name}"
        values = {"owner": owner, "edition": numbers.edition, "fix": fix}
        return _TAKEN.at(place, name=duty.name, found=duty.number, **values)
    if own not in numbers.retired:
        return None
    used = {each.n or 0 for each in duties} | {n for of, n in numbers.retired if of == own[0]}
    fix = f"{own[0]}.{max(used) + 1} {duty.name}"
    return DUTY_RETIRED.at(place, found=duty.number, fix=fix)


def _owner(
    page: Page, own: Number, duty: DutyHeading, duties: Sequence[DutyHeading], numbers: Numbers
) -> str:
    """What the number of a new duty is of, if that is there under another; "" if of nothing."""
    names = {name: number for (of, name), number in numbers.names.items() if of == page.language}
    there = {each.name for each in duties}
    new, gone = there - names.keys(), names.keys() - there
    if duty.name in names or len(new) <= len(gone):  # then it may be one that was renamed
        return ""
    return next((name for name, number in names.items() if number == own and name in there), "")


def _out_of_order(duty: DutyHeading, expected: str, place: Place, first: object = "") -> Diagnostic:
    fix = f"{expected} {duty.name}"
    return DUTY_ORDER.at(place, expected=expected, found=duty.number, first=first, fix=fix)


_KINDS = {
    "ul": "list", "ol": "list", "table": "table", "blockquote": "quotation", "div": "box-or-code",
    "details": "box", "pre": "code",
}  # fmt: skip

_SIGNED = {"ul", "ol", "blockquote", "div", "pre"}
"""Blocks that signs in front of a line, or spaces, make of it."""


def check_duties(page: Page, role: Role, terms: Index, numbers: Numbers) -> Iterator[Diagnostic]:
    """All duties of a role page."""
    duties = duty_headings(page)
    yield from _headings(page, duties, numbers)
    known = {duty.line: duty for duty in role.duties}
    ends = [each.heading for each in duties]
    ends += [each.heading for each in locate(page) if each.heading]
    ends += [h for h in page.headings if h.level <= SECTION_LEVEL]
    for heading in duties:
        body = between(page.blocks, heading.heading, ends)
        yield from _contents(page, heading, body)
        first = heading.heading.line
        duty = known.get(first)
        if duty:
            end = min((h.line for h in ends if h.line > first), default=len(page.lines) + 1)
            labels = [*check_labels(page, duty, range(first + 1, end), body, terms)]
            yield from labels or check_dashes(page, body)


def _contents(page: Page, duty: DutyHeading, body: Sequence[Block]) -> Iterator[Diagnostic]:
    place = page.place(duty.heading.line)
    number = duty.number if duty.n else duty.name
    if not any(map(str.isalnum, "".join(b.passage.text for b in body if not b.heading))):
        yield DUTY_EMPTY.at(place, number=number)
        return
    first = next(block for block in body if block.passage.text and block.heading is None)
    if first.tag != "p" or first.kind:
        at = page.place(first.passage.line)
        kind = _KINDS.get(first.tag)
        found = both(f"rule.kind.{kind}") if kind else both("rule.quoted", text=first.passage.text)
        mended = _sentence(page, first)
        fix = mended or both("rule.duties.purpose")
        yield DUTY_PURPOSE.at(at, number=number, found=found, fix=fix, mended=mended)
    if not any(block.items for block in body):
        yield DUTY_TASKS.at(place, number=number)


def _sentence(page: Page, block: Block) -> str | None:
    """The block's first line without the signs that keep it from being a sentence, if it is one."""
    line = page.lines[block.passage.line - 1]
    said = bare(line)
    is_marked = line.lstrip() != said or line.startswith("    ")
    return said if is_marked and said.endswith((".", "。")) and block.tag in _SIGNED else None
