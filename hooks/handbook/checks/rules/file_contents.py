"""What the files under `docs/` hold: what their names say, whole, and small enough to publish."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from hashlib import sha256

from handbook.base.docs_files import DocsFile
from handbook.base.limits import LARGEST_RECORD, start_of
from handbook.checks.rules.drawings import check_drawing
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.loader import Reading
from handbook.site.pictures import LARGEST_SIDE, Fault, picture_fault, picture_size

FILE_DISGUISED = rule("file-disguised")
FILE_SIZE = rule("file-size")
FILE_PICTURE = rule("file-picture")

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
