"""Where links and pictures lead: safely, and to what exists in the reader's language."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from handbook.base.folding import fold, misspelt, nearest
from handbook.base.source import instead
from handbook.base.words import both
from handbook.checks.rules.shared.promises import Promises
from handbook.pages.diagnostics import Diagnostic, Rule, rule
from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import DOCS, VOCABULARY, Project
from handbook.pages.model import Link, Page
from handbook.pages.schema import AUTHORED
from handbook.site.layout import DERIVED

LINK_UNSAFE = rule("link-unsafe")
LINK_DEAD = rule("link-dead")
_NO_PICTURE = rule("link-dead/no-picture")
LINK_ANCHOR = rule("link-anchor")
LINK_LANGUAGE = rule("link-language")
LINK_FORM = rule("link-form")
IMAGE_REMOTE = rule("image-remote")
IMAGE_ALT = rule("image-alt")


_A_HOST = re.compile(r"www\.(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?")
_PICTURE = re.compile(r"\.(?:png|jpe?g|webp|gif|svg)$")


def _key_of(route: str, language: str, project: Project) -> str:
    """The key of the page at `route`, a path within the site or its folder; "" if there is none.

    Of a page that no one writes, such as that of a term, it is the one that lists them.
    """
    stem = re.sub(r"(?:\.html|\.md)$", "", route.rstrip("/"))
    listing = [folder.rstrip("/") for folder in DERIVED if stem.startswith(folder)]
    for key in (stem, f"{stem}/index".lstrip("/"), *listing):
        if project.handbook.page(language, key):
            return key
    return ""


def _relative(page: Page, key: str, anchor: str = "") -> str:
    """How `page` links to the page `key` of its language."""
    path = posixpath.relpath(f"{key}.md", posixpath.dirname(page.key) or ".")
    return f"{path}#{anchor}" if anchor else path


def _nearest_page(page: Page, path: str, project: Project, anchor: str = "") -> str:
    """A link to the page of which `path` is a slip, with `anchor` if it has it, or "".

    `path` is from the page, or from the language's folder if it begins with `/`.
    """
    joined = posixpath.join("/", posixpath.dirname(page.key), path)
    wanted = re.sub(r"(?:\.html|\.md)$", "", posixpath.normpath(joined)).strip("/")
    keys = [key for language, key in project.handbook.pages if language == page.language]
    near = misspelt(wanted, keys, posixpath.basename)
    alike = [key for key in keys if posixpath.basename(key) == posixpath.basename(near)]
    near = nearest(wanted, alike) or near  # of several of that name, such as `index`
    found = project.handbook.page(page.language, near)
    if found is None:
        listing = _key_of(wanted, page.language, project)
        return _relative(page, listing) if listing else ""
    return _relative(page, near, anchor if anchor in found.anchors else "")


def _nearest_picture(page: Page, path: str, project: Project) -> str:
    """A link to the picture of whose name `path` is a slip, or ""."""
    pictures = [file.path for file in project.files if _PICTURE.search(file.path)]
    near = misspelt(path, pictures, posixpath.basename)
    return posixpath.relpath(near, posixpath.dirname(page.path)) if near else ""


_SCHEMES = {"http", "https", "mailto", "tel"}
_OWN_HOSTS = {"127.0.0.1", "localhost", "0.0.0.0"}  # noqa: S104 - compared, never bound to
_AS_BROWSERS_READ = str.maketrans("", "", "".join(map(chr, range(0x21))))
"""Browsers drop control characters and white space from an address before they look at it."""
_IN_REPOSITORY = re.compile(
    r"https?://[^/]+/.+/docs/(?:zh|en)/(?P<key>[^?#]+)\.md(?:#(?P<hash>.*))?"
)


def check_links(
    page: Page, project: Project, promised: Promises, moved: frozenset[str] = frozenset()
) -> Iterator[Diagnostic]:
    """Every link and picture of a page.

    The anchors of the pages at `moved` cannot be relied on, because of problems of their own.
    """
    for link in page.links:
        if link.kind == "img" and not link.text.strip():
            yield IMAGE_ALT.at(page.place(link.line, link.target), found=link.target.strip())
        found = _gone(page, link, promised) or _link(page, link, project)
        if found and (found.rule != LINK_ANCHOR.id or _target_path(page, link) not in moved):
            yield found


def _gone(page: Page, link: Link, promised: Promises) -> Diagnostic | None:
    """That a link leads to what was published and is gone, with where its readers are led now."""
    path, _, anchor = unquote(link.target).partition("#")
    if link.kind == "img" or link.raw or path.startswith("/") or not _is_safe(link.target):
        return None
    if urlsplit(link.target).scheme:
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page.key), path))
    key = joined.removesuffix(".md") if path else page.key
    there = promised.project.handbook.page(page.language, key)
    led = promised.led(f"{key}#{anchor}") or ("" if there else promised.led(key))
    if not led or (there and anchor in there.anchors):
        return None
    to, _, place = led.partition("#")
    target = promised.project.handbook.page(page.language, to)
    if target and anchor in target.anchors:
        place = anchor
    mended = _relative(page, to, place) if target else ""
    item = re.match(r"\s*[-*+] \**\[" + re.escape(link.text), page.lines[link.line - 1])
    if to == "roles/index" and item:
        where, fix = page.place(link.line, link.target), both("rule.delete-line")
        more = "".join(page.lines[link.line : link.line + 1]).startswith(" ")
        return LINK_DEAD.at(where, found=link.target, fix=fix, mended=None if more else "")
    if there:
        return _wrong(LINK_ANCHOR, page, link, mended, on=there.path, found=anchor)
    return _wrong(LINK_DEAD, page, link, mended)


def _target_path(page: Page, link: Link) -> str:
    path = unquote(link.target.partition("#")[0])
    beside = posixpath.join(posixpath.dirname(page.path), path)
    return posixpath.normpath(beside) if path else page.path


def _link(page: Page, link: Link, project: Project) -> Diagnostic | None:
    where = page.place(link.line, link.target)
    target = link.target.strip()
    if not target and not link.raw:
        return None
    own = _own_path(target, project)
    if own is not None:
        return _form(page, link, own, project)
    if link.kind == "img" and target.lower().startswith(("http://", "https://", "//")):
        name = posixpath.basename(re.split("[?#]", target)[0]) or "picture.png"
        up = "../" * (page.key.count("/") + 1)
        return IMAGE_REMOTE.at(where, found=target, fix=f"{up}assets/{name}")
    if not _is_safe(target):
        typed, line = f"[{link.text}]({link.target})", page.lines[link.line - 1]
        mended = instead(line, typed, link.text) if link.kind == "a" else None
        return LINK_UNSAFE.at(where, found=target, mended=mended)
    return _within(page, link, target, project)


def _is_safe(target: str) -> bool:
    """Whether a browser takes the address for a page, a mail address or a whole web address."""
    read = target.translate(_AS_BROWSERS_READ)
    try:
        parts = urlsplit(read)
        scheme, host = parts.scheme.lower(), parts.hostname
    except ValueError:
        return False
    if scheme in {"http", "https"}:
        return bool(host) and parts.username is None and "\\" not in read
    return scheme in _SCHEMES | {""} and not read.startswith(("//", "\\", "/\\"))


def _within(page: Page, link: Link, target: str, project: Project) -> Diagnostic | None:
    """A safe address: checked further if it leads to this site."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    if parts.path.startswith("/"):
        return _form(page, link, parts.path.lstrip("/") + _hash(parts.fragment), project)
    path = unquote(parts.path) or (f"?{parts.query}" if parts.query else "")
    return None if link.raw else _internal(page, link, path, unquote(parts.fragment), project)


def _hash(fragment: str) -> str:
    return f"#{fragment}" if fragment else ""


def _own_path(target: str, project: Project) -> str | None:
    """The path within the site of an address copied from the browser, or None."""
    site = project.config.site_url.rstrip("/")
    if site and (target == site or target.startswith(f"{site}/")):
        return target.removeprefix(site).lstrip("/")
    typed = _IN_REPOSITORY.fullmatch(target)
    if typed and any(project.handbook.page(lang, typed["key"]) for lang in AUTHORED):
        return typed["key"] + _hash(typed["hash"] or "")
    if _is_safe(target):
        parts = urlsplit(target)
        if parts.scheme in {"http", "https"} and parts.hostname in _OWN_HOSTS:
            return parts.path.lstrip("/") + _hash(parts.fragment)
    return None


def _form(page: Page, link: Link, path: str, project: Project) -> Diagnostic:
    """An address instead of a file name: name the file."""
    route, _, anchor = path.partition("#")
    segments = [segment for segment in route.split("/") if segment]
    if segments and segments[0] in {"zh", "en", "zh-Hans"}:
        segments = segments[1:]
    key = _key_of("/".join(segments), page.language, project)
    fix = _relative(page, key, anchor) if key else _nearest_page(page, f"/{route}", project, anchor)
    return _wrong(LINK_FORM, page, link, fix)


def _internal(
    page: Page, link: Link, path: str, anchor: str, project: Project
) -> Diagnostic | None:
    if not path:
        return _anchor(page, link, page, anchor, project)
    resolved = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
    is_there = any(file.path == resolved for file in project.files)
    if link.kind == "img" and is_there and not _PICTURE.search(resolved):
        return _wrong(_NO_PICTURE, page, link, _nearest_picture(page, path, project))
    if resolved.endswith(".md"):
        return _to_page(page, link, path, resolved, anchor, project)
    if is_there and resolved not in {VOCABULARY, EXERCISES}:
        return None
    route = resolved.removeprefix(f"{DOCS}/{page.language}").lstrip("/")
    if key := _key_of(route, page.language, project):
        return _wrong(LINK_FORM, page, link, _relative(page, key, anchor))
    if link.kind == "img":
        return _wrong(LINK_DEAD, page, link, _nearest_picture(page, path, project))
    if _A_HOST.fullmatch(path):
        return _wrong(LINK_DEAD, page, link, f"https://{link.target.strip()}")
    return _wrong(LINK_DEAD, page, link, _nearest_page(page, path, project, anchor))


def _to_page(
    page: Page, link: Link, path: str, resolved: str, anchor: str, project: Project
) -> Diagnostic | None:
    own, other = (f"{DOCS}/{of}/" for of in sorted(AUTHORED, key=lambda of: of != page.language))
    if resolved.startswith(other):
        key = resolved.removeprefix(other).removesuffix(".md")
        near = project.handbook.page(page.language, key) and _relative(page, key, anchor)
        fix = near or _nearest_page(page, f"/{key}", project, anchor)
        return _wrong(LINK_LANGUAGE, page, link, fix)
    key = resolved.removeprefix(own).removesuffix(".md")
    target = project.handbook.page(page.language, key)
    if target is not None and resolved == target.path:
        return _anchor(page, link, target, anchor, project)
    there = any(project.handbook.page(language, key) for language in AUTHORED)
    if there or (page.language, key) in project.unread:  # then `page-missing` says what to do
        return None
    return _wrong(LINK_DEAD, page, link, _nearest_page(page, path, project, anchor))


def _wrong(rule: Rule, page: Page, link: Link, target: str, **values: object) -> Diagnostic:
    """The diagnostic with the whole link to paste; what to do instead if there is no target."""
    place = page.place(link.line, link.target)
    said = {"found": link.target, **values}
    if not target:
        return rule.at(place, **said, fix=both(f"rule.without.{link.kind}"))
    mark = "!" if link.kind == "img" else ""
    found, fix = (f"{mark}[{link.text}]({to})" for to in (link.target, target))
    return rule.at(place, **said, fix=fix, mended=instead(page.lines[link.line - 1], found, fix))


def _anchor(
    page: Page, link: Link, target: Page, anchor: str, project: Project
) -> Diagnostic | None:
    # Markdown makes the link back from a note; of a note without a number, signs tell.
    if not anchor or anchor in target.anchors or anchor.startswith("fnref:"):
        return None
    path = link.target.partition("#")[0]
    near = _nearest_anchor(target, anchor)
    pages = [each for each in project.handbook.pages.values() if each.language == page.language]
    others = [each.key for each in pages if anchor in each.anchors and not near]
    mended = f"{path}#{near}" if near else path
    if len(others) == 1 and not anchor.startswith("ability-"):  # which every role has of its own
        mended = _relative(page, others[0], anchor)
    return _wrong(LINK_ANCHOR, page, link, mended, on=target.path, found=anchor)


def _nearest_anchor(page: Page, anchor: str) -> str:
    """The place on a page whose number, words or letters a wrong anchor has; "" if none is near."""
    number = re.match(r"(?:duty[-_]?)?(\d{1,4})[.-](\d{1,4})(?!\d)", anchor)
    meant = [f"duty-{number[1]}-{number[2]}"] if number else []
    meant += [each.anchor for each in page.headings if fold(each.text) == fold(anchor)]
    meant.append(misspelt(anchor, page.anchors))
    own = {*anchor.split("-")}
    within = [each for each in page.anchors if own > (its := {*each.split("-")}) or own < its]
    meant += within if len(within) == 1 else []
    return next((each for each in meant if each in page.anchors), "")
