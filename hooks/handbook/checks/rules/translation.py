"""No translation rots unseen: what changed in one language is translated, or declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from handbook.base.words import both, words
from handbook.checks.rules.places import line_with
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.loader import Project
from handbook.pages.model import Page
from handbook.pages.schema import AUTHORED, other
from handbook.versions import baseline
from handbook.versions.baseline import Agreement
from handbook.versions.status import (
    Status,
    changed_words,
    declarations,
    part_name,
    statuses,
)

BEHIND = rule("translation-behind")
UNEVEN = rule("translation-uneven")
UNRECORDED = rule("translation-unrecorded")
LEFTOVER = rule("translation-leftover")
TRANSLATION_FILE = rule("translation-file")
TRANSLATION_FILE_GONE = rule("translation-file/gone")


_RESTORE = both("rule.translation.restore", file=baseline.FILE)


def check_translations(
    project: Project, broken: Collection[str], published: Sequence[Agreement] = ()
) -> Iterator[Diagnostic]:
    """The sections that are neither the same in both languages nor declared to wait.

    Without a record nothing is asked. `broken` are the paths of pages with other errors, which come
    first; `published` sections that are known to agree, although no record says so.
    """
    try:
        known = baseline.read(project.root)
    except baseline.Unreadable as problem:
        yield _unreadable(problem)
        return
    # Without the record, all that waits for translation would be taken as translated.
    commit = "" if known else baseline.last_commit(project.root)
    if commit:
        place = Place(baseline.FILE)
        yield TRANSLATION_FILE_GONE.at(place, commit=commit, file=baseline.FILE)
    if commit or known is None:
        return
    unrecorded: dict[str, list[Status]] = defaultdict(list)
    every = {(s.role, s.part): s for s in statuses(project.handbook, [*known, *published])}
    for status in every.values():
        if not status.paths.isdisjoint(broken):
            continue
        if status.kind in {"ahead", "uneven"} and not status.declared:
            yield _undecided(status, project)
        elif status.kind in {"changed", "new"}:
            unrecorded[status.role].append(status)
    for found in unrecorded.values():
        yield _unrecorded(found, project)
    pages = project.handbook.pages.values()
    for page in [page for page in pages if page.is_role and page.path not in broken]:
        yield from _leftovers(page, every, project)


def _unreadable(problem: baseline.Unreadable) -> Diagnostic:
    fix = both("rule.translation.merge") if baseline.CONFLICT.match(problem.found) else _RESTORE
    return TRANSLATION_FILE.at(Place(baseline.FILE, problem.line), found=problem.found, fix=fix)


def _undecided(status: Status, project: Project) -> Diagnostic:
    own = status.sections[status.ahead]
    twin = status.sections[other(status.ahead)]
    rule = BEHIND if status.kind == "ahead" else UNEVEN
    listed = declarations(project.handbook, own.language, own.role, "translate")
    return rule.at(
        Place(own.path, own.line, 1, own.language),
        section={language: part_name(own.part, language) for language in AUTHORED},
        words=changed_words(status, own.language),
        name=own.part if own.number else f"{own.role}/{own.part}",
        path=twin.path,
        line=twin.line,
        translate=_listed("translate", [*listed, own.part]),
        same=_same([status], own.language, project),
    )


def _unrecorded(found: Sequence[Status], project: Project) -> Diagnostic:
    """Of one role; in both languages, as there is no telling which page its editor reads."""
    first = found[0].sections[AUTHORED[0]]
    return UNRECORDED.at(
        Place(first.path, first.line),
        sections={
            language: words(language)("sign.comma").join(
                part_name(status.part, language) for status in found
            )
            for language in AUTHORED
        },
        same=_same(found, first.language, project),
    )


def _same(found: Sequence[Status], language: str, project: Project) -> str:
    """The line that states that these sections agree, with what the page states already."""
    parts = {status.part for status in found}
    listed = declarations(project.handbook, language, found[0].role, "same")
    kept = [each for each in listed if each.partition(" ")[0] not in parts]
    return _listed("same", [*kept, *(baseline.statement(s.sections) for s in found)])


def _listed(key: str, items: Sequence[str]) -> str:
    return f"{key}: [{', '.join(items)}]"


def _leftovers(
    page: Page, status: dict[tuple[str, str], Status], project: Project
) -> Iterator[Diagnostic]:
    role = page.key.rpartition("/")[2]
    for key in ("translate", "same"):
        listed = declarations(project.handbook, page.language, role, key)
        needed = [
            each
            for each in listed
            if _is_needed(key, each, page.language, status.get((role, each.partition(" ")[0])))
        ]
        over = next((each for each in listed if each not in needed), None)
        if over is not None:
            line = line_with(page, f"{key}:", 1)
            fix: object = f"{key}: [{', '.join(needed)}]" if needed else both("rule.delete-line")
            yield LEFTOVER.at(page.place(line), found=over, fix=fix)


def _is_needed(key: str, item: str, language: str, status: Status | None) -> bool:
    """Whether a declaration still says something that is so and is not on file."""
    if status is None:
        return False
    if key == "translate":
        return status.kind == "ahead" and status.ahead == language
    # A statement is the agreement that the section is compared with until `fix` has filed it.
    base = status.base
    prints = item.partition(" ")[2].split("-")
    return base is not None and [base.fingerprints[of] for of in AUTHORED] == prints
