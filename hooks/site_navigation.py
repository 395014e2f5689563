"""Orders the site's pages and groups its roles; every title is the page's own heading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Navigation, Section

from handbook.pages.loader import load
from handbook.pages.schema import authored
from handbook.site.navigation import Entry, Group, arrange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from handbook.pages.model import Handbook


@event_priority(-110)  # after static-i18n, which knows only sections named after languages
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Replace the navigation of the language that is being built."""
    language = authored(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]
    handbook = load(Path(config.config_file_path).parent)
    pages = {_key(page): page for page in nav.pages}
    arranged = arrange(pages.keys(), handbook.roles(language))
    items, order = _items(arranged, pages, handbook, language, None)
    for page, before, after in zip(order, [None, *order], [*order[1:], None], strict=False):
        page.previous_page, page.next_page = before, after
    made = Navigation(items, order)
    made.homepage = pages.get("index")
    return made


def _key(page: Page) -> str:
    source: str = getattr(page.file, "norm_src_uri", page.file.src_uri)
    return source.removesuffix(".md")


def _items(
    arranged: Iterable[Entry | Group],
    pages: Mapping[str, Page],
    handbook: Handbook,
    language: str,
    parent: Section | None,
) -> tuple[list[Page | Section], list[Page]]:
    """The items of one level, and all pages at and below it in reading order."""
    items: list[Page | Section] = []
    order: list[Page] = []
    for node in arranged:
        if isinstance(node, Entry):
            page = pages[node.key]
            page.parent = parent
            items.append(page)
            order.append(page)
        else:
            heading = handbook.page(language, node.index)
            section = Section(heading.title if heading else node.label, [])
            section.parent = parent
            children, below = _items(node.children, pages, handbook, language, section)
            section.children = [*children]
            items.append(section)
            order += below
    return items, order
