"""The site as a folder of files: opened from the disk, without a server and without a network.

A browser that opens `file://…/roles/` shows a list of files, so every link to a page leads to its
`index.html`. Nothing in the copy names a host: what could only lead to one is left out (templates
mark such elements with `data-online`), but for the links in the text itself.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

from handbook import downloads
from handbook.policy import digest
from handbook.rewriting import DROP, Attributes, Decision, rewritten
from handbook.search_index import relocated

if TYPE_CHECKING:
    from pathlib import Path

_UNUSED = re.compile(
    r"(.*/)?404\.html|sitemap\.xml(\.gz)?|robots\.txt|CNAME|.*\.map"
    r"|assets/javascripts/(lunr|workers)/.*"
)
"""What no page of the copy can use: files for servers, and the theme's own search."""
_SEARCH = "search/worker.js"
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FOR_EDITORS = {"md-content__button", "md-header__source"}
_FOR_SERVERS = {"canonical", "alternate"}
_WAYS = ("href", "src")
_REFRESH = re.compile(r"(\d+; url=)(.+)")
"""Where a page that has moved leads."""


class OfflineError(Exception):
    """Links that lead nowhere in the copy; names each with its page."""


@dataclass(frozen=True, slots=True)
class OfflineCopy:
    """The offline copy of a built site.

    `files` are the site's files by path, without the copy itself. `address` is where the site is
    published, "" if that is not known; `scope` is its `extra.scope`, as its scripts have it.
    """

    files: Mapping[str, bytes]
    address: str
    scope: str

    def contents(self) -> dict[str, bytes]:
        """The files of the copy, by path and in their order.

        Raises:
            OfflineError: if a link of a page leads nowhere.
        """
        kept = {
            path: self.files[path] for path in sorted(self.files) if not _UNUSED.fullmatch(path)
        }
        sizes = {
            path.partition("/")[2]: len(content)
            for path, content in kept.items()
            if path.startswith(f"{downloads.FOLDER}/")
        }
        dead: list[str] = []
        made = {}
        for path, content in kept.items():
            if path.endswith(".html"):
                links = _Links(path, kept, self.address, dead)
                page = _rescoped(content.decode(), self.scope, links.root)
                made[path] = rewritten(page, partial(_decide, links, sizes)).encode()
            elif path.endswith(_SEARCH):
                made[path] = relocated(content.decode(), _as_file).encode()
            else:
                made[path] = content
        if dead:
            raise OfflineError("\n".join(dead))
        return made


@dataclass(frozen=True, slots=True)
class _Links:
    """The addresses in one page."""

    page: str
    files: Mapping[str, bytes]
    address: str
    dead: list[str]

    @property
    def root(self) -> str:
        """The copy's folder, as the page sees it."""
        return posixpath.relpath(".", posixpath.dirname(self.page) or ".")

    def in_copy(self, address: str) -> str:
        """The address as a file has it; unchanged if it leads out of the site, or nowhere."""
        own = self.address and address.startswith(self.address)
        parts = urlsplit(address.removeprefix(self.address) if own else address)
        if parts.scheme or parts.netloc or not (parts.path or own):
            return address
        folder = "" if own else posixpath.dirname(self.page)
        path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        target = path if path in self.files else posixpath.normpath(f"{path}/index.html")
        if parts.path.startswith("/") or target not in self.files:
            self.dead.append(f"{self.page}: {address}")
            return address
        here = posixpath.relpath(target, posixpath.dirname(self.page) or ".")
        return urlunsplit(("", "", here, parts.query, parts.fragment))


def _decide(
    links: _Links, sizes: Mapping[str, int], tag: str, attributes: Attributes, around: Sequence[str]
) -> Decision:
    """What becomes of an element of a page in the copy."""
    classes = (attributes.get("class") or "").split()
    if tag == "link" and not _FOR_SERVERS.isdisjoint((attributes.get("rel") or "").split()):
        return DROP
    if "data-online" in attributes or not _FOR_EDITORS.isdisjoint(classes):
        return DROP
    if tag == "meta" and (refresh := _REFRESH.fullmatch(attributes.get("content") or "")):
        return {"content": f"{refresh[1]}{links.in_copy(refresh[2])}"}
    settled = downloads.decision(attributes, sizes)
    if settled != "keep":
        return settled
    moved = {}
    for name in _WAYS:
        found = attributes.get(name)
        if found:
            moved[name] = links.in_copy(found)
    leads_out = urlsplit(moved.get("href", "")).netloc
    if tag == "a" and leads_out and "article" not in around:
        return "unwrap"
    return moved if any(attributes[name] != new for name, new in moved.items()) else "keep"


def _rescoped(page: str, scope: str, root: str) -> str:
    """The page with its scripts keeping the reader's choices for the folder it stands in.

    The policy names the scripts that it allows by their hashes, which change with them.
    """
    old, new = f'new URL("{scope}",location)', f'new URL("{root}",location)'
    for script in _SCRIPT.findall(page):
        if old in script:
            changed = script.replace(old, new)
            page = page.replace(script, changed).replace(digest(script), digest(changed))
    return page


def _as_file(address: str) -> str:
    """The address of a page, from the site's root, as a file has it."""
    path = address.removeprefix("./")
    return f"{path}index.html" if path.endswith("/") or not path else path


def read_site(folder: Path, left_out: Iterable[str] = ()) -> dict[str, bytes]:
    """The files of a built site by their path, but for some."""
    found = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    return {name: path.read_bytes() for name, path in found.items() if name not in {*left_out}}
