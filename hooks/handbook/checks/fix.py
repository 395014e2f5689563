"""`handbook fix`: fixes the pages and brings the record of translations up to date."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.base import days
from handbook.base.job_log import inert
from handbook.base.words import Told, Words, words
from handbook.checks import rules
from handbook.checks.fixes.page import Change, Mended, mend
from handbook.pages import loader
from handbook.pages.diagnostics import has_errors, visible
from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import Project
from handbook.pages.parsing.page_parser import PageFile, PageParser
from handbook.pages.schema import AUTHORED, other
from handbook.versions import baseline
from handbook.versions.parts import sections
from handbook.versions.recording import Recording, label, record
from handbook.versions.status import Status, part_name

_MOST_NAMES = 8


class UnknownSection(Told):
    """A section that no role has; says so."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What the files hold and what they should, by path, None for no file; what is said of it."""

    files: Mapping[str, tuple[bytes | None, bytes | None]]
    lines: tuple[str, ...]
    undecided: bool


def fix(
    root: Path,
    within: Sequence[str] = (),
    same: Sequence[str] = (),
    translate: Sequence[str] = (),
    language: str = "en",
) -> Fixed:
    """Work out what to write; nothing is written here.

    Args:
        root: the repository.
        within: paths from the repository root: fix these pages only; all without.
        same: sections that mean the same although only one language changed.
        translate: sections of which the other language is to follow.
        language: of what is said, unless it is about a page: then it is the page's.

    Raises:
        baseline.Unreadable: if the record of translations cannot be read.
        UnknownSection: if `same` or `translate` name what no role has.
        site_config.ConfigError: if `mkdocs.yml` cannot be read.
    """
    project = loader.read(root)
    known = baseline.read(project.root, unmerged=True)
    taken_from = ""
    if not known:
        taken_from, known = baseline.taken_back(project.root, project.handbook)
    mended, project = mended_pages(project, within)
    broken = rules.broken_pages(rules.check_pages(project))
    _refuse_unknown([*same, *translate], project)
    recording = record(project.handbook, known or (), days.today(), same, translate, broken)
    files: dict[str, tuple[bytes | None, bytes | None]] = {
        path: (old, page.raw) for path, (old, page) in mended.items() if old != page.raw
    }
    path = project.root / baseline.FILE
    before = path.read_bytes() if path.exists() else b""
    if recording.text.encode() != before:
        files[baseline.FILE] = before, recording.text.encode()
    lines = [
        line for path, (_, page) in mended.items() for each in page.changes
        for line in _change(path, each)
    ]  # fmt: skip
    say = words(language)
    if taken_from:
        lines.append(say("fix.taken-back", file=baseline.FILE, commit=taken_from))
    lines += _told(recording, say)
    lines += _asked(recording, project, say)
    left = rules.check(project) if not files.get(baseline.FILE) else rules.check_pages(project)
    if has_errors(left):
        lines.append(say("fix.left", n=len(left)))
    told = tuple(inert(visible(line)) for line in lines)
    return Fixed(files, told, bool(recording.undecided))


class NotWritten(Told):
    """A file could not be written; tells which ones were before it."""

    def __init__(self, path: str, error: OSError, written: Sequence[str]) -> None:
        before = Told("fix.written-nothing")
        if written:
            before = Told("fix.written-before", paths=", ".join(written))
        super().__init__("fix.not-written", path=path, reason=error, before=before)


def write(fixed: Fixed, root: Path) -> None:
    """Write the files that changed, and delete those that should not be: all, or none.

    Raises:
        NotWritten: if one cannot be written; what was written before is as it was again, as far as
            the disk allows.
    """
    with TemporaryDirectory(dir=root, prefix=".fix-") as folder:
        path, done = "", list[str]()
        try:
            for number, (path, (_, new)) in enumerate(fixed.files.items()):
                (Path(folder) / str(number)).write_bytes(new or b"")
                if (root / path).exists():
                    shutil.copymode(root / path, Path(folder) / str(number))
            for number, (path, (_, new)) in enumerate(fixed.files.items()):
                if new is None:
                    (root / path).unlink()
                else:
                    (root / path).parent.mkdir(parents=True, exist_ok=True)
                    (Path(folder) / str(number)).replace(root / path)
                done.append(path)
        except OSError as error:
            raise NotWritten(path, error, _undone(done, fixed, root)) from error


def _undone(done: Sequence[str], fixed: Fixed, root: Path) -> list[str]:
    """Put back what was written; returns the paths where that was not possible."""
    left = []
    for path in done:
        old = fixed.files[path][0]
        try:
            if old is None:
                (root / path).unlink()
            else:
                (root / path).write_bytes(old)
        except OSError:
            left.append(path)
    return left


def as_diff(fixed: Fixed) -> str:
    """What would be written, as a unified diff."""
    return "".join(
        inert("\t".join(map(visible, line.split("\t"))))
        for path, (old, new) in sorted(fixed.files.items())
        for line in difflib.unified_diff(
            _lines(old or b""),
            _lines(new or b""),
            "/dev/null" if old is None else f"a/{path}",
            "/dev/null" if new is None else f"b/{path}",
        )
    )


def _lines(raw: bytes) -> list[str]:
    return raw.decode(errors="replace").splitlines(keepends=True)


def mended_pages(
    project: Project, within: Sequence[str] = ()
) -> tuple[dict[str, tuple[bytes, Mended]], Project]:
    """Every page's bytes with what they should be, and the handbook as it would then be."""
    parser = PageParser(project.config, project.handbook.vocabulary)
    pages, roles = dict(project.handbook.pages), dict(project.handbook.role_pages)
    mended = {}
    for place, page in sorted(project.handbook.pages.items(), key=lambda item: item[1].path):
        if within and not any(is_within(page.path, path) for path in within):
            continue
        raw = (project.root / page.path).read_bytes()
        file = PageFile(page.path, *place, raw=raw)
        done = mend(file, parser.parse, project.handbook.twin(page))
        mended[page.path] = raw, done
        if done.raw != raw:
            result = parser.parse(replace(file, raw=done.raw))
            pages[place] = result.page or page
            if result.role:
                roles[place] = result.role
    book = replace(project.handbook, pages=pages, role_pages=roles)
    return mended, replace(project, handbook=book)


def _refuse_unknown(names: Sequence[str], project: Project) -> None:
    known = {name for role, part in sections(project.handbook) for name in (part, f"{role}/{part}")}
    if unknown := [name for name in names if name not in known]:
        raise UnknownSection("fix.no-section", name=unknown[0])


def is_within(path: str, folder: str) -> bool:
    """Whether a file is `folder`, or stands below it."""
    return folder == "." or path == folder or path.startswith(f"{folder}/")


def from_root(path: str, root: Path) -> str:
    """A path as typed, from the repository root."""
    absolute = Path(path).resolve()
    inside = absolute.is_relative_to(root)
    return absolute.relative_to(root).as_posix() if inside else Path(path).as_posix()


def _change(path: str, change: Change) -> Iterator[str]:
    yield f"{path}:{change.line}: {change.how}"
    if change.keys:
        yield f"  - {change.before}"
        yield from (f"  + {line}" for line in change.after.split("\n"))


def _told(recording: Recording, say: Words) -> Iterator[str]:
    if recording.agreed:
        yield say("fix.agreed", file=baseline.FILE, names=_names(recording.agreed, say))
    for status in recording.waiting:
        language = say(f"language.{other(status.ahead)}")
        yield say("fix.waiting", file=baseline.FILE, name=_name(status, say), language=language)
    if recording.waiting:
        yield say("fix.paste")
        yield from (f"  {label(status)}" for status in recording.waiting)
        names = " ".join(f"{s.role}/{s.part}" for s in recording.waiting)
        yield say("fix.no-translation", names=names)
    for status in recording.undecided:
        yield from _choice(status, words(status.ahead))


def _asked(recording: Recording, project: Project, say: Words) -> Iterator[str]:
    """Whether exercises still hold that are left as they are while their duty has changed."""
    changed = {
        (status.role, status.sections[AUTHORED[0]].number)
        for status in (*recording.agreed, *recording.waiting, *recording.undecided)
        if status.kind != "new"
    }
    anew = {(status.role, status.part) for status in recording.agreed}
    for each in project.handbook.exercises:
        for role, number in each.duties:
            if (role, number) in changed and (each.role, f"exercise-{each.id}") not in anew:
                yield say("fix.exercise", number=number, file=EXERCISES, name=each.id)


def _choice(status: Status, say: Words) -> Iterator[str]:
    """Asks what a person must decide, with the two commands to choose from."""
    more, less = (say(f"language.{of}") for of in (status.ahead, other(status.ahead)))
    section = status.sections[status.ahead]
    name = f"{status.role}/{status.part}"
    yield say("fix.undecided", place=f"{section.path}:{section.line}", more=more, less=less)
    yield say("fix.choose-same", name=name)
    yield say("fix.choose-translate", name=name, language=less)


def _names(found: Sequence[Status], say: Words) -> str:
    """What the parts are called; many of one page are only counted, as when first recorded."""
    by_page: dict[str, list[Status]] = {}
    for status in found:
        by_page.setdefault(f"{status.role} {status.family}", []).append(status)
    names = (
        [say("fix.many", page=own[0].role, n=len(own))]
        if len(own) > _MOST_NAMES
        else [_name(status, say) for status in own]
        for own in by_page.values()
    )
    return ", ".join(name for own in names for name in own)


def _name(status: Status, say: Words) -> str:
    part = part_name(status.sections[say.language], say.language)
    return part if status.sections[AUTHORED[0]].number else f"{status.role} ({part})"
