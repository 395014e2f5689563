"""What the change log says: of duties that there are, and the same in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handbook.base.source import instead
from handbook.base.words import both, words
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.loader import Project
from handbook.pages.model import Page, Role
from handbook.pages.redirects import retired
from handbook.pages.schema import AUTHORED
from handbook.versions import change_log
from handbook.versions.change_log import Entry
from handbook.versions.changes import KINDS, Kind, label
from handbook.versions.editions import Sections
from handbook.versions.parts import number_of, sections

PARITY_CHANGE = rule("parity-change")
_ONE_ONLY = rule("parity-change/item")
_NO_DUTY = rule("change-class/duty")


def check_parity(project: Project, entries: Mapping[str, Sequence[Entry]]) -> Iterator[Diagnostic]:
    """What one of the log's two pages says of a change, and the other otherwise or not at all."""
    yield from _kinds_differ(project, *entries.values())
    yield from _in_one_only(project, entries)


def check_numbers(
    project: Project, page: Page, entries: Sequence[Entry], before: Iterable[Sections]
) -> Iterator[Diagnostic]:
    """Items, of what is in no edition yet, on a duty that its role neither has nor had `before`."""
    book = project.handbook
    known = {*sections(book)}.union(*before)
    known |= {(role, f"duty-{section}-{n}") for role, (section, n), _ in retired(book.moved)}
    roles = {role.slug: role for role in book.roles(page.language)}
    for item in (each for entry in entries if not entry.name for each in entry.items):
        own = book.page(page.language, f"roles/{item.role}")
        # A number that stands on the page is a duty's as soon as its heading is right.
        there = "".join(own.lines) if own else ""
        for part in item.parts if item.role in roles else ():
            number = number_of(part)
            if number and (item.role, part) not in known and number not in there:
                yield _no_duty(page, item.line, number, roles[item.role])


def _no_duty(page: Page, line: int, number: str, role: Role) -> Diagnostic:
    """With the number of the duty whose name the item has, else with all that may be meant."""
    named = [duty.number for duty in role.duties if duty.name in page.lines[line - 1]]
    mended = instead(page.lines[line - 1], number, named[0]) if len(named) == 1 else None
    numbers = words(page.language)("sign.comma").join(duty.number for duty in role.duties)
    fix: object = mended or both("rule.changes.numbers", numbers=numbers)
    place = page.place(line, number)
    return _NO_DUTY.at(place, found=number, role=role.title, fix=fix, mended=mended)


def _kinds_differ(
    project: Project, chinese: Sequence[Entry], english: Sequence[Entry]
) -> Iterator[Diagnostic]:
    """The class of a section, if both languages give it one; Chinese is the source's language."""
    ours = {entry.name: _kinds(entry) for entry in chinese}
    page = project.handbook.pages["en", change_log.KEY]
    for entry in english:
        theirs = ours.get(entry.name, {})
        for (role, part), (kind, line) in _kinds(entry).items():
            expected = theirs.get((role, part), (kind, 0))[0]
            if expected != kind:
                found, right = (KINDS[each]["en"] for each in (kind, expected))
                typed = page.lines[line - 1]
                mended = instead(typed, f"**{found}**", f"**{right}**")
                yield PARITY_CHANGE.at(
                    page.place(line),
                    section=label(part, "", "en") if part else role,
                    expected=right,
                    found=found,
                    fix=mended or f"**{right}**",
                    mended=mended,
                )


def _in_one_only(project: Project, entries: Mapping[str, Sequence[Entry]]) -> Iterator[Diagnostic]:
    """Items on duties, of what is in no edition yet, that the other language lacks below a role.

    What an edition changed is asked for in each language by itself.
    """
    parts = sections(project.handbook)
    for language, other in (AUTHORED, AUTHORED[::-1]):
        page, twin = (project.handbook.pages[of, change_log.KEY] for of in (language, other))
        theirs = [entry for entry in entries[other] if not entry.name]
        own = [_kinds(entry) for entry in entries[language] if not entry.name]
        for (role, part), (kind, line) in (each for kinds in own for each in kinds.items()):
            anchor, section = change_log.anchor("", role), parts.get((role, part))
            # What is no duty may be called otherwise than we call it.
            if not section or len(section) < len(AUTHORED) or not number_of(part):
                continue
            if anchor in twin.anchors and not any(e.about(role, part, "") for e in theirs):
                say = words(other)
                named = label(part, section[other].name, other)
                item = f"{named}{say('sign.colon')}{say('rule.editions.what')}"
                yield _ONE_ONLY.at(
                    page.place(line),
                    section=label(part, section[language].name, language),
                    fix=f"- **{KINDS[kind][other]}**{say('sign.colon')}{item}",
                    path=twin.path,
                    anchor=anchor,
                )


def _kinds(entry: Entry) -> Mapping[tuple[str, str], tuple[Kind, int]]:
    return {
        (item.role, part): (item.kind, item.line)
        for item in entry.items
        if item.kind
        for part in item.parts or ("",)
        if not item.names  # which differ in the other language
    }
