"""No translation rots unseen: what changed in one language is translated, or declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from handbook.base import located_yaml
from handbook.base.limits import start_of
from handbook.base.source import CONFLICT, decode
from handbook.base.words import both, words
from handbook.checks.rules.places import line_with
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import Project
from handbook.pages.model import Page
from handbook.pages.schema import AUTHORED, other
from handbook.versions import baseline
from handbook.versions.baseline import Agreement
from handbook.versions.parts import Section, family, listed
from handbook.versions.status import Status, changed_words, part_name, statuses

BEHIND = rule("translation-behind")
UNEVEN = rule("translation-uneven")
UNRECORDED = rule("translation-unrecorded")
BEHIND_ENTRY = rule("translation-behind/entry")
UNEVEN_ENTRY = rule("translation-uneven/entry")
UNRECORDED_ENTRIES = rule("translation-unrecorded/entries")
LEFTOVER = rule("translation-leftover")
TRANSLATION_FILE = rule("translation-file")
TRANSLATION_FILE_GONE = rule("translation-file/gone")
_EXERCISES_GONE = rule("exercise/gone")
EXERCISE_REVIEW = rule("exercise-review")


_SAID = ("question", "answer", "name", "definition")
"""What an entry of a YAML file says, by its key."""
_RESTORE = both("rule.translation.restore", file=baseline.FILE)


def check_translations(
    project: Project, broken: Collection[str], published: Sequence[Agreement] = ()
) -> Iterator[Diagnostic]:
    """The parts that are neither the same in both languages nor declared to wait.

    Without a record nothing is asked, nor of parts of a sort that it does not have yet. `broken`
    are the paths of files with other errors, which come first; `published` parts that are known to
    agree, although no record says so.
    """
    try:
        known = baseline.read(project.root)
        # Without the record, all that waits for translation would be taken as translated.
        commit = "" if known else baseline.taken_back(project.root, project.handbook)[0]
    except baseline.Unreadable as problem:
        yield _unreadable(problem)
        return
    if commit:
        place = Place(baseline.FILE)
        yield TRANSLATION_FILE_GONE.at(place, commit=commit, file=baseline.FILE)
    if commit or known is None:
        return
    unrecorded: dict[str, list[Status]] = defaultdict(list)
    kept = {"role", *(family(each.part) for each in known)}
    yield from _file_gone(project, kept)
    found = statuses(project.handbook, [*known, *published])
    every = {(each.role, each.part): each for each in found}
    for status in every.values():
        if not status.paths.isdisjoint(broken) or status.family not in kept:
            continue
        if status.kind in {"ahead", "uneven"} and not status.declared:
            yield _undecided(status, project)
        elif status.kind in {"changed", "new"}:
            unrecorded[status.sections[AUTHORED[0]].path].append(status)
        yield from _leftover(status, project)
    for those in unrecorded.values():
        yield _unrecorded(those, project)

    pages = project.handbook.pages.values()
    for page in [page for page in pages if page.path not in broken]:
        yield from _leftovers(page, every)
    yield from _exercises(project, every, broken)


def _file_gone(project: Project, kept: Collection[str]) -> Iterator[Diagnostic]:
    """That the file of exercises is gone, which a handbook may do without, although it had some."""
    if "exercise" in kept and not (project.root / EXERCISES).exists():
        yield _EXERCISES_GONE.at(Place(EXERCISES), file=EXERCISES)


def former(project: Project) -> dict[tuple[str, str, str], str]:
    """The ids of terms by group, language and the name that is on file."""
    parts = [(each.part.split("-", 2), each.texts) for each in _on_file(project)]
    return {
        (part[1], of, said[0]): part[2]
        for part, texts in parts
        if part[0] == "term"
        for of, said in texts.items()
        if said
    }


def waiting(project: Project, published: Sequence[Agreement] = ()) -> set[tuple[str, str]]:
    """Role and part of the sections of which one language is ahead of the other, or said to be."""
    return {
        (each.role, each.part)
        for each in statuses(project.handbook, [*_on_file(project), *published])
        if each.kind in {"ahead", "uneven"} or any(of.translate for of in each.sections.values())
    }


def _on_file(project: Project) -> Sequence[Agreement]:
    """What is on record; nothing if it cannot be read, which is told elsewhere."""
    try:
        return baseline.read(project.root) or ()
    except baseline.Unreadable:
        return ()


def _unreadable(problem: baseline.Unreadable) -> Diagnostic:
    fix = both("rule.translation.merge") if CONFLICT.match(problem.found) else _RESTORE
    return TRANSLATION_FILE.at(Place(baseline.FILE, problem.line), found=problem.found, fix=fix)


def _undecided(status: Status, project: Project) -> Diagnostic:
    own = status.sections[status.ahead]
    twin = status.sections[other(status.ahead)]
    by_kind = {"ahead": (BEHIND, BEHIND_ENTRY), "uneven": (UNEVEN, UNEVEN_ENTRY)}
    waiting = listed(_page(own, project), "translate")
    place = _place(own, project, status.changed_text(own.language))
    return by_kind[status.kind][bool(own.keys)].at(
        place,
        section=_named(status),
        words={of: changed_words(status, of) for of in AUTHORED},
        ahead=both(f"language.{own.language}"),
        behind=both(f"language.{twin.language}"),
        name=own.part if own.number else f"{own.role}/{own.part}",
        path=twin.path,
        line=_place(twin, project).line,
        translate=f"translate: {twin.language}"
        if own.keys
        else _line("translate", [*waiting, own.part]),
        same=_same([status], own.language, project),
    )


def _named(status: Status) -> dict[str, str]:
    return {of: part_name(status.sections[of], of) for of in AUTHORED}


def _place(section: Section, project: Project, text: int = 0) -> Place:
    """Where a part begins, or one of what it says; an entry of a shared file is looked up."""
    if not section.keys:
        lines = (section.line, *section.lines)
        return Place(section.path, lines[min(text, len(lines) - 1)], 1, section.language)
    located = located_yaml.read(decode(start_of(project.root / section.path)))
    said = [(*section.keys, key) for key in _SAID if text]
    at = next((keys for keys in said if located.at(keys) == section.said[text]), section.keys)
    return Place(section.path, located.place(at)[0])


def _page(section: Section, project: Project) -> Page | None:
    """The page that a part stands on; None for an entry of a YAML file."""
    pages = project.handbook.pages.values()
    return next((page for page in pages if page.path == section.path), None)


def _unrecorded(found: Sequence[Status], project: Project) -> Diagnostic:
    """Of one file; in both languages, as there is no telling which page its editor reads."""
    first = found[0].sections[AUTHORED[0]]
    named = [_named(status) for status in found]
    return (UNRECORDED_ENTRIES if first.keys else UNRECORDED).at(
        replace(_place(first, project), language=""),
        sections={of: words(of)("sign.comma").join(each[of] for each in named) for of in AUTHORED},
        same=_same(found, first.language, project),
    )


def _same(found: Sequence[Status], language: str, project: Project) -> str:
    """The line that states that these parts agree, with what the page states already."""
    section = found[0].sections[language]
    if section.keys:
        return f"same: {baseline.statement(found[0].sections)}"
    parts = {status.part for status in found}
    stated = listed(_page(section, project), "same")
    kept = [each for each in stated if each.partition(" ")[0] not in parts]
    now = (f"{status.part} {baseline.statement(status.sections)}" for status in found)
    return _line("same", [*kept, *now])


def _line(key: str, items: Sequence[str]) -> str:
    return f"{key}: [{', '.join(items)}]"


def _leftovers(page: Page, status: dict[tuple[str, str], Status]) -> Iterator[Diagnostic]:
    role = page.key.rpartition("/")[2]
    for key in ("translate", "same"):
        stated = listed(page, key)
        needed = [
            each
            for each in stated
            if _is_needed(key, each, page.language, status.get((role, each.partition(" ")[0])))
        ]
        over = next((each for each in stated if each not in needed), None)
        if over is not None:
            line = line_with(page, f"{key}:", 1)
            left = f"{key}: [{', '.join(needed)}]" if needed else ""
            fix = left or both("rule.delete-line")
            yield LEFTOVER.at(page.place(line), found=over, fix=fix, mended=left)


def _is_needed(key: str, item: str, language: str, status: Status | None) -> bool:
    """Whether a declaration still says something that is so and is not on file."""
    if status is None:
        return False
    if key == "translate":
        return status.kind == "ahead" and status.ahead == language
    # A statement is the agreement that the section is compared with until `fix` has filed it.
    base = status.base
    prints = item.rpartition(" ")[2].split("-")
    return base is not None and [base.fingerprints[of] for of in AUTHORED] == prints


def _leftover(status: Status, project: Project) -> Iterator[Diagnostic]:
    """The same of an entry of a YAML file, which states at most one thing of each sort."""
    for section in status.sections.values():
        stated = [("translate", status.part)] if section.translate else []
        stated += [("same", each) for each in section.same if section.language == AUTHORED[0]]
        for key, each in stated if section.keys else ():
            if not _is_needed(key, each, section.language, status):
                at = replace(section, keys=(*section.keys[:-1], key))
                found = other(section.language) if key == "translate" else each
                place, fix = _place(at, project), both("rule.delete-line")
                yield LEFTOVER.at(place, found=f"{key}: {found}", fix=fix, mended="")


def _exercises(
    project: Project, status: dict[tuple[str, str], Status], broken: Collection[str]
) -> Iterator[Diagnostic]:
    """Exercises that were left as they are while the words of their duty changed.

    Of a page that is to be mended first it cannot be told what changed.
    """
    for exercise in project.handbook.exercises if EXERCISES not in broken else ():
        own = status.get((exercise.role, f"exercise-{exercise.id}"))
        for role, number in exercise.duties:
            of = status.get((role, f"duty-{number.replace('.', '-')}"))
            told = of and own and own.kind == "agreed" and of.paths.isdisjoint(broken)
            if of and own and told and of.kind not in {"agreed", "new"} and not of.declared:
                place = _place(own.sections[AUTHORED[0]], project)
                yield EXERCISE_REVIEW.at(place, number=number, name=exercise.id)
