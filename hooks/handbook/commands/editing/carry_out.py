"""Shows what a plan would change, or changes it, all or nothing; says what a person must do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.base.git import is_kept
from handbook.base.words import Words
from handbook.checks import rules
from handbook.checks.fix import Fixed, as_diff, write
from handbook.checks.formats.text import as_text
from handbook.commands.editing.change_note import write_notes
from handbook.commands.editing.plan import Plan, Section
from handbook.pages import loader
from handbook.pages.diagnostics import Diagnostic
from handbook.pages.loader import DOCS, Project
from handbook.versions import baseline
from handbook.versions.baseline import Agreement
from handbook.versions.parts import Parts, family, sections
from handbook.versions.status import statuses

Files = dict[str, tuple[bytes | None, bytes | None]]


def carry_out(plan: Plan, say: Words, *, dry_run: bool) -> Iterator[str]:
    """Write the files, unless it is a dry run; yields what is to be printed.

    Raises:
        fix.NotWritten: if a file cannot be written; then none is changed.
        baseline.Unreadable: if the record of translations cannot be read.
    """
    root = plan.project.root
    files = plan.files()
    with TemporaryDirectory() as name:
        copy = Path(name)
        shutil.copytree(root / DOCS, copy / DOCS)
        shutil.copy(root / "mkdocs.yml", copy)
        write(Fixed(files, (), False), copy)
        after = loader.read(copy)
        write_notes(plan, after.handbook)
        log = {path: each for path, each in plan.files().items() if each != files.get(path)}
        write(Fixed(log, (), False), copy)
        files |= log | _record(plan, after, copy)
        left = _new_problems(plan.project, loader.read(copy))
    fixed = Fixed(files, (), False)
    if dry_run:
        yield as_diff(fixed).rstrip("\n")
        yield say("edit.nothing-written", n=len(files))
    else:
        write(fixed, root)
        yield say("edit.written", n=len(files))
        yield from (f"  {path}" for path in sorted(files))
    yield from _to_do(plan, left, say)
    if not dry_run and is_kept(root):
        yield say("edit.undo")


def _record(plan: Plan, after: Project, copy: Path) -> Files:
    """The record of translations as it should be, written to the copy too.

    A section that agreed in both languages does so again, whatever the command changed in both.
    """
    root = plan.project.root
    known = baseline.read(root)
    if not known:
        return {}
    agreed = {
        (status.role, status.part)
        for status in statuses(plan.project.handbook, known)
        if status.kind == "agreed"
    }
    now = sections(after.handbook)
    kept = []
    for each in known:
        place: Section = each.role, each.part
        role = plan.roles.get(each.role, each.role)
        new = plan.sections.get(place, (role, each.part))
        gone = new is None or not new[0] or (family(new[1]) != "role" and new not in now)
        if new and not gone:
            kept.append(_kept(each, new, now, agreed=place in agreed))
    kept += _added({(each.role, each.part) for each in kept}, now)
    old, text = (root / baseline.FILE).read_bytes(), baseline.write(kept).encode()
    (copy / baseline.FILE).write_bytes(text)
    return {} if text == old else {baseline.FILE: (old, text)}


def _added(known: set[Section], now: Parts) -> Iterator[Agreement]:
    """Entries that are new beside what is on record: a command writes them in both languages."""
    on_record = {family(part) for _, part in known}
    for place, said in now.items():
        if place not in known and len(said) > 1 and family(place[1]) in on_record - {"role"}:
            yield baseline.agreement(*place, said)


def _kept(known: Agreement, place: Section, now: Parts, *, agreed: bool) -> Agreement:
    said = now.get(place, {})
    if agreed and len(said) > 1 and not all(map(known.fits, said.values())):
        return baseline.agreement(*place, said)
    return replace(known, role=place[0], part=place[1])


def _new_problems(before: Project, after: Project) -> list[Diagnostic]:
    """What is wrong after the change and was not before it."""
    known = {(each.path, each.rule, each.message) for each in rules.check(before)}
    return [d for d in rules.check(after) if (d.path, d.rule, d.message) not in known]


def _to_do(plan: Plan, left: list[Diagnostic], say: Words) -> Iterator[str]:
    if left:
        yield say("edit.to-fill")
        yield from (as_text(each.told_in(say.language)) for each in left)
    if left_to_read := plan.to_read():
        yield say("edit.to-read")
        yield from (f"  {path}:{line}" for path, line in left_to_read)
