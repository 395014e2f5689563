"""A built site as a visitor's browser would understand it, read from its files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "src"}
# What an address of the 404 page may look like when it is shown.
LOST = "no/such/page/"


@dataclass(frozen=True)
class Link:
    """A link or resource of a page: what it is, and where it leads."""

    element: html.HtmlElement
    tag: str
    target: str
    fragment: str


@dataclass(frozen=True)
class Built:
    """A site in `folder`, to be published at `address` (which ends in a slash)."""

    folder: Path
    address: str

    @cached_property
    def pages(self) -> dict[str, html.HtmlElement]:
        """The parsed pages by their path in the folder, such as `en/roles/marketing/index.html`."""
        return {
            path.relative_to(self.folder).as_posix(): html.fromstring(path.read_bytes())
            for path in sorted(self.folder.rglob("*.html"))
        }

    def address_of(self, page: str) -> str:
        """Where a visitor reads a page; a 404 page is shown anywhere, so take an unlikely place."""
        if page.endswith("404.html"):
            return self.address + page.removesuffix("404.html") + LOST
        return self.address + page.removesuffix("index.html")

    def links(self, page: str, within: str = "/html") -> Iterator[Link]:
        """The links and resources of a page (of the parts `within`), with absolute targets."""
        for part in self.pages[page].xpath(within):
            for element in part.iter(*LINKS):
                reference = element.get(LINKS[str(element.tag)])
                if reference is not None:
                    target, fragment = urldefrag(urljoin(self.address_of(page), reference))
                    yield Link(element, str(element.tag), target, fragment)

    def file(self, target: str) -> str | None:
        """The file behind an address of this site; "" outside the site, None if it is not there."""
        if not target.startswith(self.address):
            return ""
        path = unquote(target.removeprefix(self.address))
        if path.endswith(LOST):
            path = path.removesuffix(LOST) + "404.html"
        if path == "" or path.endswith("/"):
            path += "index.html"
        return path if (self.folder / path).is_file() else None

    def ids(self, page: str) -> set[str]:
        """Every id of a page."""
        return {str(value) for value in self.pages[page].xpath("//@id")}

    def anchors(self, page: str) -> set[str]:
        """What an address may name of a page: its ids, and a choice of its filters; or nothing."""
        choices = self.pages[page].xpath("//form//select/option[@value!='']")
        chosen = {f"{each.getparent().get('name')}={each.get('value')}" for each in choices}
        return {"", *self.ids(page), *chosen}

    def heading(self, page: str) -> str:
        """A page's main heading, without the sign that links to it."""
        (heading,) = self.pages[page].xpath("//article//h1 | //main//h1[not(ancestor::article)]")
        return text_of(heading)


def text_of(element: html.HtmlElement) -> str:
    """What is read of an element: its words without link signs, its white space folded."""
    words = element.xpath(".//text()[not(ancestor::a[contains(@class, 'headerlink')])]")
    return " ".join("".join(words).split())
