"""The site as a folder of files: opened from the disk, without a server and without a network.

A browser that opens `file://…/roles/` shows a list of files, so every link to a page leads to its
`index.html`. Nothing in the copy names a host: what could only lead to one is left out (templates
mark such elements with `data-online`), but for the links in the text itself. So are the downloads
for training, which are two thirds of all bytes and have archives of their own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from lxml import etree
from lxml.html import HtmlElement

from handbook.base.html import written
from handbook.base.table import titles
from handbook.base.words import Told
from handbook.base.zipped import zipped
from handbook.site import downloads
from handbook.site.finished.policy import PublishingError, digest
from handbook.site.search.index import WORKER, relocated, rest_of

_UNUSED = re.compile(
    r"(.*/)?404\.html|sitemap\.xml(\.gz)?|.*\.map"
    r"|assets/javascripts/(lunr|workers)/.*|(.*/)?search/rest\.\w+\.json"
)
"""What no page of the copy can use: files for servers, what must be fetched, the theme's search."""
ICON = "assets/images/favicon.svg"
_FOR_EDITORS = {"md-content__button", "md-header__source"}
_FOR_SERVERS = {"canonical", "alternate"}
_WAYS = ("href", "src")
_REFRESH = re.compile(r"(\d+; url=)(.+)")
"""Where a page that has moved leads."""


_START = """<!doctype html>
<html lang="{tag}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head>
<body><main><h1>{title}</h1>{links}</main></body></html>
"""
"""Without a script or a style: it must open in whatever opens it."""


@dataclass(slots=True)
class OfflineCopy:
    """The offline copy of the site that is built in `folder`.

    `address` is where the site is published, "" if that is not known; `scope` is its `extra.scope`,
    as its scripts have it.
    """

    folder: Path
    address: str
    scope: str
    _pages: dict[str, bytes] = field(default_factory=dict)
    _dead: list[str] = field(default_factory=list)
    _there: dict[str, bool] = field(default_factory=dict)
    """Of the paths looked for on any page, whether the copy has them."""
    _sizes: dict[str, int] = field(default_factory=dict)
    _homes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of each language the home page: its path and its title."""

    def __post_init__(self) -> None:
        """Look at the downloads that it has: they are there before it is begun."""
        sizes = downloads.sizes(self.folder).items()
        self._sizes = {name: size for name, size in sizes if not downloads.is_apart(name)}

    def add(self, path: str, page: HtmlElement) -> None:
        """Add the page at `path` as it is published; the tree is changed."""
        if _UNUSED.fullmatch(path):
            return
        root = posixpath.relpath(".", posixpath.dirname(path) or ".")  # as the page sees it
        _rescope(page, self.scope, root)
        downloads.settle(page, self._sizes)
        for element in [*page.iter(etree.Element)]:
            if _is_left_out(element):
                element.drop_tree()
        for icon in page.xpath("//link[@rel='icon']"):
            icon.set("href", f"{root}/{ICON}")  # a server would be asked for it
        for element in [*page.iter("a", "img", "link", "meta", "script", "source")]:
            _move(element, partial(self._in_copy, path))
        self._pages[path] = written(page).encode()
        home, tag = (path, page.findtext(".//title") or ""), page.get("lang", "")
        known = self._homes.get(tag, home)  # which stands highest of all pages in its language
        self._homes[tag] = min(home, known, key=lambda each: each[0].count("/"))

    def contents(self) -> dict[str, bytes]:
        """The files of the copy, by path and in their order, once all pages are added.

        Raises:
            PublishingError: if a link of a page leads nowhere.
        """
        if self._dead:
            raise PublishingError(Told("gate.dead", links="\n".join(self._dead)))
        made = dict(self._pages)
        for file in self.folder.rglob("*"):
            path = file.relative_to(self.folder).as_posix()
            if not file.is_file() or file.is_symlink() or path.endswith(".html"):
                continue
            if path.endswith(WORKER):
                script = file.read_text(encoding="utf-8")
                name = rest_of(script)
                rest = file.with_name(name).read_text(encoding="utf-8") if name else "{}"
                made[path] = relocated(script, _as_file, rest).encode()
            elif not _is_without(path):
                made[path] = file.read_bytes()
        return dict(sorted(made.items()))

    def pack(self, day: date) -> None:
        """Put the copy into the downloads, as of `day`; all sizes are known then, and said.

        Raises:
            PublishingError: if a link of a page leads nowhere.
        """
        copied = {f"{downloads.COPY}{path}": file for path, file in self.contents().items()}
        start = {downloads.START: self._start().encode()}
        (self.folder / downloads.FOLDER / downloads.OFFLINE).write_bytes(
            zipped(start | copied, day)
        )
        downloads.settle_all(self.folder)

    def _start(self) -> str:
        """The page that leads to the home page in each language."""
        says, links = titles("page.downloads.start"), []
        for tag, said in says.items():
            path, title = self._homes[tag]
            text = f"<b>{said}</b> {escape(title)}"
            links.append(f'<p lang="{tag}"><a href="site/{path}">{text}</a></p>')
        first, title = next(iter(says)), " · ".join(says.values())
        return _START.format(tag=first, title=title, links="\n".join(links))

    def _in_copy(self, page: str, address: str) -> str:
        """An address in `page` as a file has it; what leads out of the site, or nowhere, stays."""
        own = self.address and address.startswith(self.address)
        parts = urlsplit(address.removeprefix(self.address) if own else address)
        if parts.scheme or parts.netloc or not (parts.path or own):
            return address
        folder = posixpath.dirname(page)
        path = posixpath.normpath(posixpath.join("" if own else folder, unquote(parts.path)))
        target = next((each for each in (path, f"{path}/index.html") if self._has(each)), "")
        if parts.path.startswith("/") or not target:
            self._dead.append(f"{page}: {address}")
            return address
        here = posixpath.relpath(posixpath.normpath(target), folder or ".")
        return urlunsplit(("", "", here, parts.query, parts.fragment))

    def _has(self, path: str) -> bool:
        if path not in self._there:
            left_out = path.startswith("../") or _is_without(path)
            self._there[path] = not left_out and (self.folder / path).is_file()
        return self._there[path]


def _is_without(path: str) -> bool:
    """Whether the copy does without a file."""
    folder, _, name = path.rpartition("/")
    return bool(_UNUSED.fullmatch(path)) or (
        folder == downloads.FOLDER and downloads.is_apart(name)
    )


def _is_left_out(element: HtmlElement) -> bool:
    if element.tag == "link" and not _FOR_SERVERS.isdisjoint(element.get("rel", "").split()):
        return True
    if element.get("property"):  # for whoever shows a link to the site
        return True
    classes = element.get("class", "").split()
    return element.get("data-online") is not None or not _FOR_EDITORS.isdisjoint(classes)


def _move(element: HtmlElement, in_copy: Callable[[str], str]) -> None:
    """Make an element of a page what it is in the copy; `in_copy` gives its addresses there."""
    if element.tag == "meta" and (refresh := _REFRESH.fullmatch(element.get("content", ""))):
        element.set("content", f"{refresh[1]}{in_copy(refresh[2])}")
    for name in _WAYS:
        if address := element.get(name):
            element.set(name, in_copy(address))
    leads_out = urlsplit(element.get("href", "")).netloc
    if element.tag == "a" and leads_out and next(element.iterancestors("article"), None) is None:
        element.drop_tag()


def _rescope(page: HtmlElement, scope: str, root: str) -> None:
    """Let a page's scripts keep the reader's choices for the folder it stands in.

    The policy names the scripts that it allows by their hashes, which change with them.
    """
    old, new = f'new URL("{scope}",location)', f'new URL("{root}",location)'
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']") or (None,)
    for script in page.xpath("//script[not(@src)]"):
        if old in (script.text or ""):
            before, script.text = script.text, script.text.replace(old, new)
            if policy is not None:
                allowed = policy.get("content").replace(digest(before), digest(script.text))
                policy.set("content", allowed)


def _as_file(address: str) -> str:
    """The address of a page, from the site's root, as a file has it."""
    path = address.removeprefix("./")
    return f"{path}index.html" if path.endswith("/") or not path else path
