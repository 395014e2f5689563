"""Writes what a plan says of its changes into the change log, under what is in no edition yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.commands.editing.plan import Note, Plan
from handbook.pages.model import Handbook, Page
from handbook.pages.schema import AUTHORED
from handbook.versions import change_log
from handbook.versions.changes import UNRELEASED, compare, description, item
from handbook.versions.parts import INTRO, family, titles


def write_notes(plan: Plan, after: Handbook) -> None:
    """Add every note of the plan, in both languages; a handbook without a change log has none."""
    by_role: dict[str, list[Note]] = {}
    for note in (*plan.notes, *_beside(plan, after)) if plan.notes else ():
        by_role.setdefault(note.role, []).append(note)
    for page in plan.pages(change_log.KEY):
        _write(plan, page, by_role, titles(plan.project.handbook) | titles(after))


def _beside(plan: Plan, after: Handbook) -> Iterator[Note]:
    """What changed beside the roles, in links, terms, topics and exercises: an edition asks for it.

    A command that only renames changes no meaning; exercises of a role that goes, go unsaid.
    """
    found = compare(plan.project.handbook, after)
    whole = {each.role for each in found if each.part == INTRO and each.kind == "duty"}
    renames = {note.kind for note in plan.notes} == {"wording"}
    for each in found:
        sort = family(each.part)
        if sort != "role" and not (sort == "exercise" and each.role in whole):
            kind = "wording" if renames and each.kind == "meaning" else each.kind
            yield Note(each.role, kind, {of: description(each, of) for of in AUTHORED})


def _write(
    plan: Plan,
    page: Page,
    by_role: Mapping[str, list[Note]],
    called: Mapping[tuple[str, str], str],
) -> None:
    language, path = page.language, page.path
    entry = next((each for each in change_log.entries(page) if not each.name), None)
    new = []
    for role, notes in by_role.items():
        items = "\n".join(item(note.kind, note.said[language], language) for note in notes)
        former = (old for old, now in plan.roles.items() if now == role)
        names = {change_log.anchor("", each) for each in (role, *former)}
        lines = (heading.line for heading in page.headings if heading.anchor in names)
        there = next(lines, 0) if entry else 0
        if there:
            plan.after(path, _last(page, there), items)
        else:
            anchor = change_log.anchor("", role)
            title = called.get((role, language), role)
            new.append(f"### {title} {{ #{anchor} }}\n\n{items}")
    if new and entry:
        plan.after(path, _last(page, entry.heading.line, deepest=2), "\n" + "\n\n".join(new))
    elif new:
        heading = f"## {UNRELEASED[language]} {{ #{change_log.UNRELEASED} }}"
        first = next((h.line for h in page.headings if h.anchor.startswith("edition-")), 0)
        text = "\n\n".join([heading, *new])
        plan.after(path, first - 1 if first else len(page.lines), f"{text}\n")


def _last(page: Page, line: int, deepest: int = 3) -> int:
    """The last line with something on it before the next heading of a level up to `deepest`."""
    ends = [h.line for h in page.headings if h.line > line and h.level <= deepest]
    last = min(ends, default=len(page.lines) + 1) - 1
    while last > line and not page.lines[last - 1].strip():
        last -= 1
    return last
