"""What the files hold: what their names say, whole, and no more than the build can bear."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from hashlib import sha256

from handbook.base import limits, located_yaml
from handbook.base.docs_files import DocsFile
from handbook.base.limits import LARGEST_RECORD, start_of
from handbook.base.source import decode
from handbook.base.words import both
from handbook.checks.rules.docs.drawings import check_drawing
from handbook.checks.rules.shared.editions import edition_names
from handbook.pages import exercises
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import VOCABULARY, Project, page_place
from handbook.pages.redirects import REDIRECTS
from handbook.pages.schema import AUTHORED, GROUPS
from handbook.site.page.pictures import LARGEST_SIDE, Fault, picture_fault, picture_size
from handbook.versions import editions

FILE_DISGUISED = rule("file-disguised")
FILE_SIZE = rule("file-size")
FILE_PICTURE = rule("file-picture")
SIZE_LIMIT = rule("size-limit")


DRAWING = ".svg"
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".gif", DRAWING}
LARGEST_PICTURE = 1_000_000
"""Bytes."""
MOST_PIXELS = 1_000_000_000
"""In all pictures together: about 500 photographs, which take some 10 s to decode."""

_MAGIC: tuple[tuple[bytes, set[str], str], ...] = (
    (b"\x89PNG\r\n\x1a\n", {".png"}, "PNG"),
    (b"\xff\xd8\xff", {".jpg", ".jpeg"}, "JPEG"),
    (b"GIF8", {".gif"}, "GIF"),
    (b"%PDF", {".pdf"}, "PDF"),
    (b"PK\x03\x04", {".zip", ".docx"}, "ZIP/Word"),
    (b"\x1f\x8b", {".gz"}, "GZIP"),
    (b"\xd0\xcf\x11\xe0", {".doc"}, "Word"),
    (b"\x7fELF", set(), "ELF"),
    (b"MZ\x90\0", set(), "EXE"),
    (b"{\\rtf", {".rtf"}, "RTF"),
    (b"<!doctype html", {".html"}, "HTML"),
    (b"<html", {".html"}, "HTML"),
)
_HEAD = 4096
_known: dict[tuple[bytes, str], Fault | None] = {}
"""Pictures already decoded in this process, by a digest of what they hold."""


class Contents:
    """Checks files, one after another; all pictures together have limits too."""

    def __init__(self, project: Project) -> None:
        self._root = project.root
        self._pixels = 0

    def check(self, file: DocsFile, place: Place) -> Iterator[Diagnostic]:
        """What is wrong with what a file holds; a page's own rules say more."""
        extension = posixpath.splitext(file.path)[1].lower()
        is_picture = extension in PICTURES
        if file.size > (LARGEST_PICTURE if is_picture else LARGEST_RECORD) and extension != ".md":
            what, fix = ("picture", "smaller") if is_picture else ("text", "split")
            size = f"{file.size / 1_000_000:.1f} MB"
            yield FILE_SIZE.at(
                place, what=both(f"rule.size.{what}"), found=size, fix=both(f"rule.size.{fix}")
            )
        elif is_picture or extension == ".md":
            try:
                raw = start_of(self._root / file.path, LARGEST_PICTURE)
            except FileNotFoundError:  # while an editor saves
                return
            yield from self._content(raw, extension, place)

    def _content(self, raw: bytes, extension: str, place: Place) -> Iterator[Diagnostic]:
        found = _kind(raw[:_HEAD])
        if found and extension not in found[1]:
            name = both("rule.contents.kind", name=found[0])
            yield FILE_DISGUISED.at(place, expected=extension, found=name)
        elif extension == DRAWING:
            yield from check_drawing(raw, place)
        elif extension in PICTURES and not found:
            other = both("rule.contents.other-kind")
            yield FILE_DISGUISED.at(place, expected=extension, found=other)
        elif extension in PICTURES:
            yield from self._picture(raw, extension, place)

    def _picture(self, raw: bytes, extension: str, place: Place) -> Iterator[Diagnostic]:
        width, height = picture_size(raw, extension) or (0, 0)
        before = self._pixels
        if max(width, height) <= LARGEST_SIDE:
            self._pixels += width * height
        if self._pixels > MOST_PIXELS:
            if before <= MOST_PIXELS:  # once, and nothing more is decoded
                what, fix = both("rule.contents.all-pictures"), both("rule.contents.fewer")
                yield FILE_SIZE.at(place, what=what, found=both("rule.more"), fix=fix)
        elif fault := _fault(raw, extension):
            told = both(f"rule.picture.{fault}", size=f"{width} × {height}")
            yield FILE_PICTURE.at(place, found=told, fix=both(f"rule.picture.{fault}-fix"))


def _fault(raw: bytes, extension: str) -> Fault | None:
    """The same as `picture_fault`; a picture is decoded once in a process."""
    key = sha256(raw).digest(), extension
    if key not in _known:
        _known[key] = picture_fault(raw, extension)
    return _known[key]


def _kind(head: bytes) -> tuple[str, set[str]] | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP", {".webp"}
    for magic, extensions, name in _MAGIC:
        if head[: len(magic)].lower() == magic.lower():
            return name, extensions
    return None


_YAML = (VOCABULARY, EXERCISES, REDIRECTS)


def check_limits(project: Project) -> Iterator[Diagnostic]:
    """The size of the files that are not pages, and how many there are of each thing."""
    for file in project.files:
        if file.path in _YAML and file.is_plain and file.size > limits.LARGEST_YAML:
            yield _problem(Place(file.path), "bytes", limits.LARGEST_YAML, file.size, "restore")
    yield from _pages(project)
    yield from _roles(project)
    yield from _terms(project)
    written = exercises.read(project.root)
    asked = [Place(EXERCISES, *written.yaml.place((name,))) for name in written.entries]
    yield from _too_many("exercises", limits.MOST_EXERCISES, asked)
    made = [Place(f"{editions.FOLDER}/{name}.tsv") for name in edition_names(project)]
    yield from _too_many("editions", limits.MOST_EDITIONS, made)


def long_address(place: Place, length: int) -> Diagnostic:
    """That the address at `place` has more characters than systems can store."""
    return _problem(place, "address", limits.LONGEST_ADDRESS, length, "shorter")


def too_many_redirects(place: Place, found: int) -> Diagnostic:
    """That `docs/redirects.yml` goes on at `place`, beyond as many lines as it may have."""
    return _problem(place, "redirects", limits.MOST_REDIRECTS, found)


def _pages(project: Project) -> Iterator[Diagnostic]:
    found = [(file.path, place) for file in project.files if (place := page_place(file.path))]
    for language in AUTHORED:
        places = [Place(path, language=of) for path, (of, _) in found if of == language]
        yield from _too_many("pages", limits.MOST_PAGES, places)
    for path, (language, key) in found:
        if len(key) > limits.LONGEST_ADDRESS:
            yield long_address(Place(path, language=language), len(key))


def _roles(project: Project) -> Iterator[Diagnostic]:
    for language in AUTHORED:
        roles = project.handbook.roles(language)
        places = [Place(role.path, language=language) for role in roles]
        yield from _too_many("roles", limits.MOST_ROLES, places)
        for role in roles:
            duties = [Place(role.path, duty.line, 1, language) for duty in role.duties]
            yield from _too_many("duties", limits.MOST_DUTIES, duties)


def _terms(project: Project) -> Iterator[Diagnostic]:
    for group in GROUPS:
        terms = [*project.handbook.vocabulary.group(group)]
        if len(terms) > limits.MOST_TERMS:
            located = located_yaml.read(decode((project.root / VOCABULARY).read_bytes()))
            place = Place(VOCABULARY, *located.place((group, terms[limits.MOST_TERMS])))
            yield _problem(place, "terms", limits.MOST_TERMS, len(terms))


def _too_many(what: str, limit: int, places: Sequence[Place]) -> Iterator[Diagnostic]:
    """One problem, at the first place beyond the limit."""
    if len(places) > limit:
        yield _problem(places[limit], what, limit, len(places))


def _problem(place: Place, what: str, limit: int, found: int, fix: str = "unused") -> Diagnostic:
    """One whose words have the keys `what` and `fix`."""
    told, mend = both(f"rule.contents.{what}"), both(f"rule.contents.{fix}")
    return SIZE_LIMIT.at(place, what=told, limit=f"{limit:,}", found=f"{found:,}", fix=mend)
