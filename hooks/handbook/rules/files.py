"""The files under `docs/`: what belongs there, under which names, holding what they say."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from handbook.diagnostics import Diagnostic, Place, Rule, Wording
from handbook.loader import DOCS, VOCABULARY, DocsFile, Reading
from handbook.schema import AUTHORED, FILE_NAME

FILE_NAME_RULE = Rule(
    "file-name",
    zh=Wording("檔名應只用小寫英文字母、數字和連字號，如 {fix}，實為「{found}」", "改名為 {fix}"),
    en=Wording(
        "expected a file name of lower-case letters, digits and hyphens, such as {fix}, found "
        "`{found}`",
        "rename it to {fix}",
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
    zh=Wording("內容應與副檔名 {expected} 相符，實為 {found}", "以正確的格式重新存檔"),
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
_ASSETS = {*_PICTURES, ".css", ".js", ".ico", ".txt", ".json", ".webmanifest"}
_AT_TOP = {VOCABULARY, f"{DOCS}/robots.txt", f"{DOCS}/CNAME"}
_LARGEST_PICTURE = 1_000_000
_BACKUP = re.compile(
    r"(~|\.(bak|orig|rej|old|tmp|swp|save)|[ _-](copy|副本)|\(\d+\))", re.IGNORECASE
)
_MAGIC: tuple[tuple[bytes, set[str], str], ...] = (
    (b"\x89PNG\r\n\x1a\n", {".png"}, "PNG"),
    (b"\xff\xd8\xff", {".jpg", ".jpeg"}, "JPEG"),
    (b"GIF8", {".gif"}, "GIF"),
    (b"%PDF", {".pdf"}, "PDF"),
    (b"PK\x03\x04", {".zip", ".docx"}, "ZIP/Word"),
    (b"\xd0\xcf\x11\xe0", {".doc"}, "Word"),
    (b"\x7fELF", set(), "ELF"),
    (b"MZ", set(), "EXE"),
    (b"{\\rtf", {".rtf"}, "RTF"),
)
_WITH_MAGIC = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
_DRAWN = {"animate", "animateTransform", "foreignObject", "script", "set", "handler", "iframe"}


def check_files(reading: Reading) -> Iterator[Diagnostic]:
    """Every file under `docs/`."""
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
    if folder in AUTHORED:
        page = extension in {".md", ".markdown", ".mdown", ".mkd"}
        return None if page or extension in _PICTURES else delete
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
    folders = file.path.split("/")[2:-1]
    pages = {".md", ".markdown", ".mdown", ".mkd"}
    right = f"{_slug(stem)}{'.md' if extension.lower() in pages else extension.lower()}"
    is_page = extension.lower() in pages
    if (is_page and not FILE_NAME.fullmatch(name)) or (not is_page and name != right):
        yield FILE_NAME_RULE.at(place, found=name, fix=right)
    for folder in folders:
        if folder != _slug(folder):
            yield FILE_NAME_RULE.at(place, found=f"{folder}/", fix=f"{_slug(folder)}/")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "name"


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
        yield FILE_DISGUISED.at(place, expected=extension, found=found[0])
    elif extension in _WITH_MAGIC and not found:
        other = {"zh": "別的內容", "en": "something else"}
        yield FILE_DISGUISED.at(place, expected=extension, found=other)
    elif extension == ".svg" and not _is_plain_drawing(reading.root / file.path):
        other = {"zh": "帶有腳本或外部內容的圖", "en": "a drawing with scripts or outside content"}
        yield FILE_DISGUISED.at(place, expected=extension, found=other)


def _kind(head: bytes) -> tuple[str, set[str]] | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP", {".webp"}
    for magic, extensions, name in _MAGIC:
        if head.startswith(magic):
            return name, extensions
    return None


def _is_plain_drawing(path: Path) -> bool:
    """An SVG that is well-formed and neither acts nor loads anything."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        if b"<!ENTITY" in path.read_bytes():
            return False
        tree = etree.parse(str(path), parser)
    except (etree.XMLSyntaxError, OSError):
        return False
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if etree.QName(element).localname in _DRAWN:
            return False
        for name, value in element.attrib.items():
            local = etree.QName(str(name)).localname.lower()
            if local.startswith("on") or (local == "href" and not str(value).startswith("#")):
                return False
            if "url(" in str(value) and "url(#" not in str(value):
                return False
    return True
