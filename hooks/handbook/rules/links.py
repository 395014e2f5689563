"""Links and pictures: they lead somewhere that exists, in the reader's language, and are safe."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from rapidfuzz import fuzz, process

from handbook.diagnostics import Diagnostic, Rule, Wording
from handbook.loader import DOCS, Reading
from handbook.model import Link, Page
from handbook.rules.places import place, seen_lines

LINK_UNSAFE = Rule(
    "link-unsafe",
    zh=Wording("連結應以 https:、mailto: 或頁面檔名開頭，實為「{found}」", "刪去連結，只留文字"),
    en=Wording(
        "expected a link to begin with https:, mailto: or a page's file name, found `{found}`",
        "delete the link and keep its text",
    ),
)
LINK_DEAD = Rule(
    "link-dead",
    zh=Wording("連結應指向存在的頁面，實際沒有「{found}」", "{fix}"),
    en=Wording("expected a link to a page that exists, found `{found}`", "{fix}"),
)
LINK_ANCHOR = Rule(
    "link-anchor",
    zh=Wording("{page} 應有錨點 #{found}，實際沒有", "{fix}"),
    en=Wording("expected {page} to have the anchor #{found}, found none", "{fix}"),
)
LINK_LANGUAGE = Rule(
    "link-language",
    zh=Wording("中文頁應連到中文頁，實為「{found}」", "{fix}"),
    en=Wording("expected a link to an English page, found `{found}`", "{fix}"),
)
LINK_FORM = Rule(
    "link-form",
    zh=Wording("站內連結應指向頁面的檔案（.md），實為網址「{found}」", "{fix}"),
    en=Wording("expected a link within the site to name the page's file, found `{found}`", "{fix}"),
)
LINK_BROKEN = Rule(
    "link-broken",
    zh=Wording("連結應寫成 [文字](頁面.md)，實為「{found}」", "{fix}"),
    en=Wording("expected a link written [text](page.md), found `{found}`", "{fix}"),
)
IMAGE_REMOTE = Rule(
    "image-remote",
    zh=Wording(
        "圖片應存放在 docs/ 之內，實為其他網站的「{found}」",
        "把圖片放到 docs/assets/，再寫：\n![圖片說明]({fix})",
    ),
    en=Wording(
        "expected a picture kept under docs/, found one on another site, `{found}`",
        "put the picture into docs/assets/ and write:\n![what it shows]({fix})",
    ),
)
IMAGE_ALT = Rule(
    "image-alt",
    zh=Wording("圖片應有文字說明，實際沒有", "![圖片說明]({found})"),
    en=Wording(
        "expected words that say what the picture shows, found none", "![what it shows]({found})"
    ),
)

_SCHEMES = {"http", "https", "mailto", "tel"}
_OWN_HOSTS = {"127.0.0.1", "localhost", "0.0.0.0"}  # noqa: S104 - compared, never bound to
_BROKEN = re.compile(
    r"\[[^\[\]]+\]\s*（[^（）]+）|\[[^\[\]]+\][ \t]+\([^()\s]+\)|【[^【】]+】\([^()\s]+\)"
    r"|\[[^\[\]]+\]\[[^\[\]]*\]"
)
_NEAR = 60.0


def check_links(
    page: Page, reading: Reading, moved: frozenset[str] = frozenset()
) -> Iterator[Diagnostic]:
    """Every link and picture of a page.

    Args:
        page: the page.
        reading: where the links lead.
        moved: paths of pages whose anchors cannot be relied on, because of problems of their own.
    """
    for link in page.links:
        for diagnostic in _link(page, link, reading):
            if diagnostic.rule != LINK_ANCHOR.id or _target_path(page, link) not in moved:
                yield diagnostic
    for line, text in seen_lines(page).items():
        match = _BROKEN.search(text)
        if match:
            yield LINK_BROKEN.at(place(page, line, match[0]), found=match[0], fix=_mended(match[0]))


def _target_path(page: Page, link: Link) -> str:
    path = unquote(link.target.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path or page.path))


def _mended(text: str) -> object:
    parts = re.fullmatch(r"[\[【](.+?)[\]】]\s*[（(](.+)[)）]", text)
    if parts:
        return f"[{parts[1]}]({parts[2]})"
    return {"zh": "[文字](頁面.md)", "en": "[text](page.md)"}


def _link(page: Page, link: Link, reading: Reading) -> Iterator[Diagnostic]:
    where = place(page, link.line, link.target)
    target = link.target.strip()
    if link.kind == "img" and not link.text.strip():
        yield IMAGE_ALT.at(where, found=target)
    try:
        parts = urlsplit(target)
    except ValueError:
        yield LINK_UNSAFE.at(where, found=target)
        return
    own = _own_path(target, reading)
    if own is not None:
        yield from _form(page, link, own, reading)
    elif (parts.scheme and parts.scheme.lower() not in _SCHEMES) or target.startswith(("//", "\\")):
        yield LINK_UNSAFE.at(where, found=target)
    elif parts.scheme or parts.netloc:
        if link.kind == "img":
            name = posixpath.basename(parts.path) or "picture.png"
            up = "../" * (page.key.count("/") + 1)
            yield IMAGE_REMOTE.at(where, found=target, fix=f"{up}assets/{name}")
    elif parts.path.startswith("/"):
        yield from _form(page, link, parts.path.lstrip("/") + _hash(parts.fragment), reading)
    elif not link.raw:
        yield from _internal(page, link, unquote(parts.path), unquote(parts.fragment), reading)


def _hash(fragment: str) -> str:
    return f"#{fragment}" if fragment else ""


def _own_path(target: str, reading: Reading) -> str | None:
    """The path within the site of an address copied from the browser, or None."""
    site = reading.config.site_url.rstrip("/")
    if site and (target == site or target.startswith(f"{site}/")):
        return target.removeprefix(site).lstrip("/")
    parts = urlsplit(target)
    if parts.scheme in {"http", "https"} and parts.hostname in _OWN_HOSTS:
        return parts.path.lstrip("/") + _hash(parts.fragment)
    return None


def _form(page: Page, link: Link, path: str, reading: Reading) -> Iterator[Diagnostic]:
    """An address instead of a file name: name the file."""
    route, _, anchor = path.partition("#")
    segments = [segment for segment in route.split("/") if segment]
    if segments and segments[0] in {"zh", "en", "zh-Hans"}:
        segments = segments[1:]
    key = _key("/".join(segments), page.language, reading)
    fix: object = _relative(page, key, anchor) if key else _nearest(page, route, reading)
    yield LINK_FORM.at(place(page, link.line, link.target), found=link.target, fix=fix)


def _key(route: str, language: str, reading: Reading) -> str:
    stem = re.sub(r"(?:\.html|\.md)$", "", route.rstrip("/"))
    for key in (stem, f"{stem}/index".lstrip("/")):
        if reading.handbook.page(language, key):
            return key
    return ""


def _relative(page: Page, key: str, anchor: str = "") -> str:
    path = posixpath.relpath(f"{key}.md", posixpath.dirname(page.key) or ".")
    return f"{path}#{anchor}" if anchor else path


def _internal(
    page: Page, link: Link, path: str, anchor: str, reading: Reading
) -> Iterator[Diagnostic]:
    where = place(page, link.line, link.target)
    if not path:
        yield from _anchor(page, link, page, anchor, reading)
        return
    folder = posixpath.dirname(page.path)
    resolved = posixpath.normpath(posixpath.join(folder, path))
    other = {f"{DOCS}/zh": "en", f"{DOCS}/en": "zh"}
    language = next((lang for start, lang in other.items() if resolved.startswith(f"{start}/")), "")
    if language and language == page.language and resolved.endswith(".md"):
        key = resolved.split("/", 2)[2].removesuffix(".md")
        fix: object = _relative(page, key, anchor)
        if not reading.handbook.page(page.language, key):
            fix = _nearest(page, path, reading)
        yield LINK_LANGUAGE.at(where, found=link.target, fix=fix)
        return
    if resolved.endswith(".md"):
        key = resolved.removeprefix(f"{DOCS}/{page.language}/").removesuffix(".md")
        target = reading.handbook.page(page.language, key)
        if target is not None and resolved == target.path:
            yield from _anchor(page, link, target, anchor, reading)
        elif (page.language, key) not in reading.unread:
            yield LINK_DEAD.at(where, found=link.target, fix=_nearest(page, path, reading))
        return
    if any(file.path == resolved for file in reading.files):
        return
    route = resolved.removeprefix(f"{DOCS}/{page.language}").lstrip("/")
    key = _key(route, page.language, reading)
    if key:
        yield LINK_FORM.at(where, found=link.target, fix=_relative(page, key, anchor))
    elif link.kind == "img":
        yield LINK_DEAD.at(where, found=link.target, fix=_nearest_picture(page, path, reading))
    else:
        yield LINK_DEAD.at(where, found=link.target, fix=_nearest(page, path, reading))


def _anchor(
    page: Page, link: Link, target: Page, anchor: str, reading: Reading
) -> Iterator[Diagnostic]:
    if not anchor or anchor in target.anchors:
        return
    near = process.extractOne(anchor, target.anchors, scorer=fuzz.ratio, score_cutoff=_NEAR)
    path = link.target.partition("#")[0]
    fix: object = {"zh": "刪去「#」及其後的部分", "en": "delete the `#` and what follows"}
    if near:
        fix = f"{path}#{near[0]}"
    where = place(page, link.line, link.target)
    yield LINK_ANCHOR.at(where, page=target.path, found=anchor, fix=fix)


def _nearest_picture(page: Page, path: str, reading: Reading) -> object:
    pictures = [file.path for file in reading.files if re.search(r"\.\w+$", file.path)]
    pictures = [each for each in pictures if not each.endswith((".md", ".css", ".js", ".yml"))]
    near = process.extractOne(
        path, pictures, scorer=fuzz.ratio, processor=posixpath.basename, score_cutoff=_NEAR
    )
    if near:
        return posixpath.relpath(near[0], posixpath.dirname(page.path))
    return {"zh": "把圖片放到 docs/assets/", "en": "put the picture into docs/assets/"}


def _nearest(page: Page, path: str, reading: Reading) -> object:
    folder = posixpath.dirname(page.key)
    wanted = re.sub(r"(?:\.html|\.md)$", "", posixpath.normpath(posixpath.join(folder, path)))
    keys = [key for language, key in reading.handbook.pages if language == page.language]
    near = process.extractOne(wanted, keys, scorer=fuzz.ratio, score_cutoff=_NEAR)
    if near:
        return _relative(page, near[0])
    return {"zh": "刪去連結，只留文字", "en": "delete the link and keep its text"}
