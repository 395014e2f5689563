"""What the files hold: what their names say, whole, and no more than the build can bear."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import TypeVar

from handbook.base import limits, located_yaml
from handbook.base.docs_files import DocsFile
from handbook.base.limits import LARGEST_RECORD, start_of
from handbook.base.source import decode
from handbook.checks.rules.drawings import check_drawing
from handbook.checks.rules.editions import edition_names
from handbook.pages import exercises
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import VOCABULARY, Reading, page_place
from handbook.pages.schema import AUTHORED, GROUPS
from handbook.site.pictures import LARGEST_SIDE, Fault, picture_fault, picture_size
from handbook.site.redirects import REDIRECTS
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

_SMALLER = {"zh": "縮小圖片後重新存檔", "en": "save a smaller version"}
_AGAIN = {"zh": "用看圖軟件打開，重新存檔", "en": "open it in an image program and save it again"}
_FAULTS: dict[Fault, tuple[dict[str, str], dict[str, str]]] = {
    "damaged": ({"zh": "檔案已損壞", "en": "a damaged file"}, _AGAIN),
    "large": ({"zh": "為 {size}", "en": "{size}"}, _SMALLER),
    "animated": (
        {"zh": "不只一幅圖", "en": "more than one picture in it"},
        {"zh": "只存其中一幅", "en": "save one of them by itself"},
    ),
    "appended": ({"zh": "圖片之後還有別的內容", "en": "something after the picture's end"}, _AGAIN),
    "located": (
        {"zh": "檔案記錄了拍攝地點", "en": "the place where it was taken"},
        {"zh": "去除位置資料後重新存檔", "en": "save it again without its location"},
    ),
}
_TEXT = {"zh": "資料檔應小於 2 MB", "en": "a data file under 2 MB"}
_PICTURE = {"zh": "圖片應小於 1 MB", "en": "a picture under 1 MB"}
_ALL_PICTURES = {
    "zh": "所有圖片合計應不超過 10 億像素",
    "en": "at most 1,000 million pixels in all pictures together",
}
_MORE = {"zh": "更多", "en": "more"}
_SPLIT = {"zh": "刪去不用的部分", "en": "delete what is no longer used"}
_FEWER = {"zh": "縮小圖片，或刪去不用的圖片", "en": "save smaller pictures or delete unused ones"}
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

    def __init__(self, reading: Reading) -> None:
        self._root = reading.root
        self._pixels = 0

    def check(self, file: DocsFile, place: Place) -> Iterator[Diagnostic]:
        """What is wrong with what a file holds; a page's own rules say more."""
        extension = posixpath.splitext(file.path)[1].lower()
        is_picture = extension in PICTURES
        if file.size > (LARGEST_PICTURE if is_picture else LARGEST_RECORD) and extension != ".md":
            what = (_PICTURE, _SMALLER) if is_picture else (_TEXT, _SPLIT)
            size = f"{file.size / 1_000_000:.1f} MB"
            yield FILE_SIZE.at(place, what=what[0], found=size, fix=what[1])
        elif is_picture or extension == ".md":
            try:
                raw = start_of(self._root / file.path, LARGEST_PICTURE)
            except FileNotFoundError:  # while an editor saves
                return
            yield from self._content(raw, extension, place)

    def _content(self, raw: bytes, extension: str, place: Place) -> Iterator[Diagnostic]:
        found = _kind(raw[:_HEAD])
        if found and extension not in found[1]:
            name = {"zh": f" {found[0]} 檔", "en": found[0]}
            yield FILE_DISGUISED.at(place, expected=extension, found=name)
        elif extension == DRAWING:
            yield from check_drawing(raw, place)
        elif extension in PICTURES and not found:
            other = {"zh": "別的內容", "en": "something else"}
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
                yield FILE_SIZE.at(place, what=_ALL_PICTURES, found=_MORE, fix=_FEWER)
        elif fault := _fault(raw, extension):
            found, fix = _FAULTS[fault]
            size = f"{width} × {height}"
            told = {language: text.format(size=size) for language, text in found.items()}
            yield FILE_PICTURE.at(place, found=told, fix=fix)


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


Item = TypeVar("Item")


_YAML = (VOCABULARY, EXERCISES, REDIRECTS)
_BYTES = {"zh": "檔案的位元組", "en": "bytes in the file"}
_PAGES = {"zh": "一種語言的頁面", "en": "pages in a language"}
_ROLES = {"zh": "崗位", "en": "roles"}
_DUTIES = {"zh": "一個崗位的職責", "en": "duties of a role"}
_TERMS = {"zh": "一組的詞條", "en": "terms in a group"}
_EXERCISES = {"zh": "練習", "en": "exercises"}
_EDITIONS = {"zh": "版本", "en": "editions"}
_ADDRESS = {"zh": "網址的字元", "en": "characters in an address"}

_UNUSED = {
    "zh": "刪去不再用的；確實需要更多，修改 hooks/handbook/base/limits.py 的上限",
    "en": "delete what is no longer used; if more is truly needed, raise the limit in "
    "hooks/handbook/base/limits.py",
}
_RESTORE = {
    "zh": "刪去不屬於這裏的內容，或從 git 還原此檔",
    "en": "delete what does not belong there, or restore the file from git",
}
_SHORTER = {"zh": "改用較短的名稱", "en": "choose a shorter name"}


def check_limits(reading: Reading) -> Iterator[Diagnostic]:
    """The size of the files that are not pages, and how many there are of each thing."""
    for file in reading.files:
        if file.path in _YAML and file.is_plain and file.size > limits.LARGEST_YAML:
            yield _problem(Place(file.path), _BYTES, limits.LARGEST_YAML, file.size, _RESTORE)
    yield from _pages(reading)
    yield from _roles(reading)
    yield from _terms(reading)
    written = exercises.read(reading.root)
    yield from _too_many(
        [*written.entries],
        limits.MOST_EXERCISES,
        _EXERCISES,
        lambda name: Place(EXERCISES, *written.yaml.place((name,))),
    )
    made = [f"{editions.FOLDER}/{name}.tsv" for name in edition_names(reading)]
    yield from _too_many(made, limits.MOST_EDITIONS, _EDITIONS, Place)


def long_address(place: Place, length: int) -> Diagnostic:
    """That the address at `place` has more characters than systems can store."""
    return _problem(place, _ADDRESS, limits.LONGEST_ADDRESS, length, _SHORTER)


def too_many_redirects(place: Place, found: int) -> Diagnostic:
    """That `docs/redirects.yml` goes on at `place`, beyond as many lines as it may have."""
    return _problem(place, {"zh": "轉址", "en": "redirects"}, limits.MOST_REDIRECTS, found, _UNUSED)


def _pages(reading: Reading) -> Iterator[Diagnostic]:
    found = [(file.path, place) for file in reading.files if (place := page_place(file.path))]
    for language in AUTHORED:
        places = [Place(path, language=of) for path, (of, _) in found if of == language]
        yield from _too_many(places, limits.MOST_PAGES, _PAGES, lambda place: place)
    for path, (language, key) in found:
        if len(key) > limits.LONGEST_ADDRESS:
            yield long_address(Place(path, language=language), len(key))


def _roles(reading: Reading) -> Iterator[Diagnostic]:
    for language in AUTHORED:
        roles = reading.handbook.roles(language)
        yield from _too_many(
            roles, limits.MOST_ROLES, _ROLES, lambda role: Place(role.path, language=role.language)
        )
        for role in roles:
            yield from _too_many(
                [Place(role.path, duty.line, 1, language) for duty in role.duties],
                limits.MOST_DUTIES,
                _DUTIES,
                lambda place: place,
            )


def _terms(reading: Reading) -> Iterator[Diagnostic]:
    def place(path: tuple[str, str]) -> Place:
        raw = (reading.root / VOCABULARY).read_bytes()
        return Place(VOCABULARY, *located_yaml.read(decode(raw)).place(path))

    for group in GROUPS:
        terms = [(group, term_id) for term_id in reading.handbook.vocabulary.group(group)]
        yield from _too_many(terms, limits.MOST_TERMS, _TERMS, place)


def _too_many(
    items: Sequence[Item], limit: int, what: dict[str, str], place: Callable[[Item], Place]
) -> Iterator[Diagnostic]:
    """One problem, at the first item beyond the limit."""
    if len(items) > limit:
        yield _problem(place(items[limit]), what, limit, len(items), _UNUSED)


def _problem(
    place: Place, what: dict[str, str], limit: int, found: int, fix: dict[str, str]
) -> Diagnostic:
    return SIZE_LIMIT.at(place, what=what, limit=f"{limit:,}", found=f"{found:,}", fix=fix)
