"""The files under `docs/`: what belongs there, under which names, holding what they say."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Sequence

from handbook.agreements import FILE as TRANSLATIONS
from handbook.diagnostics import Diagnostic, Place, Rule, Wording
from handbook.editions import FOLDER as EDITIONS
from handbook.exercises import EXERCISES
from handbook.loader import DOCS, VOCABULARY, DocsFile, Reading
from handbook.redirects import REDIRECTS
from handbook.rules.drawings import is_plain_drawing
from handbook.schema import AUTHORED, FILE_NAME

FILE_NAME_RULE = Rule(
    "file-name",
    zh=Wording(
        "檔名應只用小寫英文字母、數字和連字號，如 {fix}，實為「{found}」",
        "改名為（或另取英文名）：\n{fix}",
    ),
    en=Wording(
        "expected a file name of lower-case letters, digits and hyphens, such as {fix}, found "
        "`{found}`",
        "rename it to this or another English name:\n{fix}",
    ),
)
FILE_STRAY = Rule(
    "file-stray",
    zh=Wording(
        "docs/ 之內的檔案都會公開，應只有頁面、圖片和 docs/assets/，實際有「{found}」", "{fix}"
    ),
    en=Wording(
        "expected only pages, pictures and docs/assets/ under docs/, where all is published, found "
        "`{found}`",
        "{fix}",
    ),
)
FILE_DISGUISED = Rule(
    "file-disguised",
    zh=Wording("內容應與副檔名 {expected} 相符，實為{found}", "以正確的格式重新存檔"),
    en=Wording(
        "expected what the name says, {expected}, found {found}",
        "save it again in the right format",
    ),
)
FILE_LINK = Rule(
    "file-symlink",
    zh=Wording("應為普通檔案，實為指向別處的連結", "刪去連結，放入檔案本身"),
    en=Wording(
        "expected a plain file, found a link to another place",
        "delete the link and put the file itself there",
    ),
)
FILE_SIZE = Rule(
    "file-size",
    zh=Wording("圖片應小於 1 MB，實為 {found} MB", "縮小圖片後重新存檔"),
    en=Wording("expected a picture under 1 MB, found {found} MB", "save a smaller version"),
)

_PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg"}
_PAGES = {".md", ".markdown", ".mdown", ".mkd"}
_ASSETS = {*_PICTURES, ".css", ".js", ".ico", ".txt", ".json", ".webmanifest"}
_SOURCES = {VOCABULARY, EXERCISES, REDIRECTS, TRANSLATIONS}
_AT_TOP = {*_SOURCES, f"{DOCS}/robots.txt", f"{DOCS}/CNAME"}
_LARGEST_PICTURE = 1_000_000
_BACKUP = re.compile(
    r"(~|\.(bak|orig|rej|old|tmp|swp|save)|[ _-](copy|副本)|\(\d+\)|^copy of|conflicted"
    r"|備份|备份|複製|复制)",
    re.IGNORECASE,
)
_WINDOWS_NAMES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows cannot store."""
_MAGIC: tuple[tuple[bytes, set[str], str], ...] = (
    (b"\x89PNG\r\n\x1a\n", {".png"}, "PNG"),
    (b"\xff\xd8\xff", {".jpg", ".jpeg"}, "JPEG"),
    (b"GIF8", {".gif"}, "GIF"),
    (b"%PDF", {".pdf"}, "PDF"),
    (b"PK\x03\x04", {".zip", ".docx"}, "ZIP/Word"),
    (b"\xd0\xcf\x11\xe0", {".doc"}, "Word"),
    (b"\x7fELF", set(), "ELF"),
    (b"MZ\x90\0", set(), "EXE"),
    (b"{\\rtf", {".rtf"}, "RTF"),
    (b"<!doctype html", {".html"}, "HTML"),
    (b"<html", {".html"}, "HTML"),
)
_WITH_MAGIC = {".png", ".jpg", ".jpeg", ".gif", ".webp"}


def check_files(reading: Reading) -> Iterator[Diagnostic]:
    """Every file under `docs/`."""
    yield from _clashes(reading.files)
    for file in reading.files:
        place = Place(file.path, 1, 1, _language(file.path))
        if file.is_link:
            yield FILE_LINK.at(place)
        elif stray := _stray(file):
            yield FILE_STRAY.at(place, found=posixpath.basename(file.path), fix=stray)
        else:
            yield from _name(file, place)
            yield from _content(file, place, reading)


def _language(path: str) -> str:
    return next((lang for lang in AUTHORED if path.startswith(f"{DOCS}/{lang}/")), "")


def _stray(file: DocsFile) -> object:
    """What to do with a file that does not belong under `docs/`, or None."""
    folder = file.path.split("/")[1] if file.path.count("/") > 1 else ""
    name = posixpath.basename(file.path)
    extension = posixpath.splitext(name)[1].lower()
    delete = {"zh": "刪去此檔", "en": "delete the file"}
    if _BACKUP.search(name):
        return delete
    if folder == "assets":
        return None if extension in _ASSETS else delete
    if folder == posixpath.basename(EDITIONS):
        return None if extension == ".tsv" else delete
    if folder in AUTHORED:
        return None if extension in _PAGES | _PICTURES else delete
    if file.path in _AT_TOP:
        return None
    if extension in _PICTURES:
        return {"zh": "移到 docs/assets/", "en": "move it to docs/assets/"}
    if extension == ".md":
        return {"zh": "移到 docs/zh/ 或 docs/en/", "en": "move it to docs/zh/ or docs/en/"}
    return delete


def _name(file: DocsFile, place: Place) -> Iterator[Diagnostic]:
    if _language(file.path) == "":
        return
    name = posixpath.basename(file.path)
    stem, extension = posixpath.splitext(name)
    right = f"{_slug(stem)}{'.md' if extension.lower() in _PAGES else extension.lower()}"
    is_page = extension.lower() in _PAGES
    wrong = not FILE_NAME.fullmatch(name) if is_page else name != right
    if wrong or _WINDOWS_NAMES.fullmatch(name):
        yield FILE_NAME_RULE.at(place, found=name, fix=right)
    for folder in file.path.split("/")[2:-1]:
        if folder != _slug(folder):
            yield FILE_NAME_RULE.at(place, found=f"{folder}/", fix=f"{_slug(folder)}/")


def _clashes(files: Sequence[DocsFile]) -> Iterator[Diagnostic]:
    """Names that differ in capitals only are one file on many systems."""
    seen: dict[str, str] = {}
    for file in files:
        first = seen.setdefault(file.path.casefold(), file.path)
        if first != file.path and not _language(file.path):
            path = first if first != first.casefold() else file.path
            name = posixpath.basename(path)
            stem, extension = posixpath.splitext(name)
            fix = f"{_slug(stem)}-2{extension.lower()}"
            yield FILE_NAME_RULE.at(Place(path), found=name, fix=fix)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.removesuffix(".md")).casefold()
    ascii_only = "".join(char for char in plain if not unicodedata.combining(char))
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "page-name"
    return f"{slug}-page" if _WINDOWS_NAMES.fullmatch(slug) else slug


def _content(file: DocsFile, place: Place, reading: Reading) -> Iterator[Diagnostic]:
    extension = posixpath.splitext(file.path)[1].lower()
    if extension in _PICTURES and file.size > _LARGEST_PICTURE:
        yield FILE_SIZE.at(place, found=f"{file.size / 1_000_000:.1f}")
    if extension not in {*_PICTURES, ".md"}:
        return
    with (reading.root / file.path).open("rb") as opened:
        head = opened.read(4096)
    found = _kind(head)
    if found and extension not in found[1]:
        name = {"zh": f" {found[0]} 檔", "en": found[0]}
        yield FILE_DISGUISED.at(place, expected=extension, found=name)
    elif extension in _WITH_MAGIC and not found:
        other = {"zh": "別的內容", "en": "something else"}
        yield FILE_DISGUISED.at(place, expected=extension, found=other)
    elif extension == ".svg" and not is_plain_drawing(reading.root / file.path):
        other = {"zh": "帶有腳本或外部內容的圖", "en": "a drawing with scripts or outside content"}
        yield FILE_DISGUISED.at(place, expected=extension, found=other)


def _kind(head: bytes) -> tuple[str, set[str]] | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP", {".webp"}
    for magic, extensions, name in _MAGIC:
        if head[: len(magic)].lower() == magic.lower():
            return name, extensions
    return None
