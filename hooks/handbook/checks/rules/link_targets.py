"""What a wrong link was most likely meant to lead to."""

from __future__ import annotations

import posixpath
import re

from rapidfuzz import fuzz, process

from handbook.pages.loader import Reading
from handbook.pages.model import Page

_NEAR = 60.0
_PICTURE = re.compile(r"\.(?:png|jpe?g|webp|gif|svg)$")


def key_of(route: str, language: str, reading: Reading) -> str:
    """The key of the page at `route`, a path within the site or its folder; "" if there is none."""
    stem = re.sub(r"(?:\.html|\.md)$", "", route.rstrip("/"))
    for key in (stem, f"{stem}/index".lstrip("/")):
        if reading.handbook.page(language, key):
            return key
    return ""


def relative(page: Page, key: str, anchor: str = "") -> str:
    """How `page` links to the page `key` of its language."""
    path = posixpath.relpath(f"{key}.md", posixpath.dirname(page.key) or ".")
    return f"{path}#{anchor}" if anchor else path


def nearest_page(page: Page, path: str, reading: Reading, anchor: str = "") -> str:
    """A link to the page whose name is most like `path`; "" if none is.

    Args:
        page: the page with the link.
        path: where it leads, from the page; from the language's folder if it begins with `/`.
        reading: the pages there are.
        anchor: kept if that page has it.
    """
    joined = posixpath.join("/", posixpath.dirname(page.key), path)
    wanted = re.sub(r"(?:\.html|\.md)$", "", posixpath.normpath(joined)).strip("/")
    keys = [key for language, key in reading.handbook.pages if language == page.language]
    near = process.extractOne(wanted, keys, scorer=fuzz.ratio, score_cutoff=_NEAR)
    if not near:
        return ""
    found = reading.handbook.page(page.language, near[0])
    return relative(page, near[0], anchor if found and anchor in found.anchors else "")


def nearest_anchor(page: Page, anchor: str) -> str:
    """The anchor of `page` that is most like `anchor`, or ""."""
    near = process.extractOne(anchor, page.anchors, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return str(near[0]) if near else ""


def nearest_picture(page: Page, path: str, reading: Reading) -> str:
    """A link to the picture whose name is most like `path`, or ""."""
    pictures = [file.path for file in reading.files if _PICTURE.search(file.path)]
    near = process.extractOne(
        path, pictures, scorer=fuzz.ratio, processor=posixpath.basename, score_cutoff=_NEAR
    )
    return posixpath.relpath(near[0], posixpath.dirname(page.path)) if near else ""
