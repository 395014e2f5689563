"""Pages as MkDocs 1.6.1 keeps them: those that no file stands behind, and their navigation."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.toc import TableOfContents

from engine import i18n
from handbook.site.navigation import Group, above, series

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from handbook.views.derived import DerivedPage


def derived_file(page: DerivedPage, written: str, config: MkDocsConfig) -> File:
    """A page that is not in the navigation; found by readers through links, not by the search.

    static-i18n cannot read such a page: it comes after it, as it would leave it (1.3.1, folder.py).

    Args:
        page: what it is.
        written: the authored language that it shows.
        config: the site's, with the language that is built.
    """
    alternates = {
        each.locale: _file(page, written, each.locale, config) for each in i18n.languages(config)
    }
    own = alternates[i18n.current(config)]
    i18n.place(own, written, page.key, alternates)
    return own


def render_title(page: Page, config: MkDocsConfig) -> None:
    """Let a page of `derived_file`, which has but a title, be rendered without Markdown.

    It would set up a parser for each (1.6.1, structure/pages.py:263, `Page.render`).
    """
    if page.file.inclusion is not InclusionLevel.NOT_IN_NAV:
        return

    def render(config: MkDocsConfig, files: Files) -> None:
        page.content = f'<h1 id="title">{escape(page.meta["title"])}</h1>'
        page.toc, page.present_anchor_ids = TableOfContents([]), {"title"}

    page.render = render  # type: ignore[method-assign]


def _file(page: DerivedPage, written: str, locale: str, config: MkDocsConfig) -> File:
    front_matter = {
        "title": page.title,
        "description": page.description,
        "search": {"exclude": True},
    }
    content = f"---\n{json.dumps(front_matter)}\n---\n"
    source = f"{written}/{page.key}.md"
    file = File.generated(config, source, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
    file.dest_uri = page_file(page.key, locale, config).dest_uri
    return file


def page_file(key: str, locale: str, config: MkDocsConfig) -> File:
    """The file that the page `key` is, or would be, in a language; it has no source."""
    file = File(f"{key}.md", None, config.site_dir, config.use_directory_urls)
    file.dest_uri = f"{i18n.folder(config, locale)}{file.dest_uri}"
    return file


def navigation(
    arranged: Iterable[str | Group], pages: Mapping[str, Page], title: Callable[[Group], str]
) -> Navigation:
    """The navigation, with each page knowing what stands above, before and after it.

    `get_navigation` sets the same attributes (1.6.1, structure/nav.py:243, :251).

    Args:
        arranged: the order of the pages.
        pages: the pages by key.
        title: what a group is called.
    """
    for page in pages.values():
        page.previous_page = page.next_page = page.parent = None
    items, order = _items(arranged, pages, title, None)
    _follow(order)
    placed = {page.file.src_uri for page in order}
    for key, page in pages.items():
        if page.file.src_uri not in placed and (nearest := _place_below(page, key, pages)):
            page.previous_page, page.next_page = nearest, nearest.next_page
    made = Navigation(items, order)
    made.homepage = pages.get("index")
    return made


def place_derived(files: Files, pages: Mapping[str, Page]) -> None:
    """Let pages that are not in the navigation know what they stand below, before and after.

    Args:
        files: all files, in the order in which such pages are read.
        pages: the pages of the navigation by key.
    """
    in_series: dict[str, list[Page]] = {}
    for file in files.documentation_pages(inclusion=InclusionLevel.is_not_in_nav):
        if (page := file.page) is not None:
            key = i18n.key_of(file)
            in_series.setdefault(series(key), []).append(page)
            _place_below(page, key, pages)
    for each in in_series.values():
        _follow(each)


def _place_below(page: Page, key: str, pages: Mapping[str, Page]) -> Page | None:
    """The page of the navigation that a page stands below, whose place there is then its own."""
    nearest = next((pages[each] for each in reversed(above(key, pages))), None)
    page.parent = nearest.parent if nearest else None
    return nearest


def _follow(order: Sequence[Page]) -> None:
    for page, before, after in zip(order, [None, *order], [*order[1:], None], strict=False):
        page.previous_page, page.next_page = before, after


def _items(
    arranged: Iterable[str | Group],
    pages: Mapping[str, Page],
    title: Callable[[Group], str],
    parent: Section | None,
) -> tuple[list[Page | Section], list[Page]]:
    """The items of one level, and all pages at and below it in reading order."""
    items: list[Page | Section] = []
    order: list[Page] = []
    for node in arranged:
        if isinstance(node, str):
            page = pages[node]
            page.parent = parent
            items.append(page)
            order.append(page)
        else:
            section = Section(title(node), [])
            section.parent = parent
            children, below = _items(node.children, pages, title, section)
            section.children = [*children]
            items.append(section)
            order += below
    return items, order
