"""Which files and pages a language has, in what order, and which template makes each page."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, get_files

from engine import FIRST, LAST, i18n
from engine.context import build_of
from engine.pages import derived_file, navigation, place_derived, render_title
from handbook.pages.loader import DOCS
from handbook.site.accent import ACCENT, accent_css
from handbook.site.layout import layout
from handbook.site.navigation import Group, arrange
from handbook.views.currency import currency_pages
from handbook.views.derived import derived_pages

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


@event_priority(FIRST)
def _before_languages(files: Files, config: MkDocsConfig) -> None:
    """Leave out what must not be opened; say whether this language has pages of its own."""
    source = build_of(config).source
    for file in [*files]:
        if source.leaves_out(f"{DOCS}/{file.src_uri}"):
            files.remove(file)
    i18n.settle_fallback(config)


@event_priority(LAST)
def _add_shared(files: Files, config: MkDocsConfig) -> None:
    """Let pages of every language use the files in docs/assets/.

    Without a fallback to the default language, static-i18n drops what has no language from the
    builds of the others, and a right link to a picture would count as dead. One is made.
    """
    source = build_of(config).source
    for file in get_files(config):
        dropped = file.src_uri.startswith("assets/") and file.src_uri not in files.src_uris
        if dropped and not source.leaves_out(f"{DOCS}/{file.src_uri}"):
            files.append(file)
    files.append(File.generated(config, ACCENT, content=accent_css()))


@event_priority(LAST)
def _add_derived(files: Files, config: MkDocsConfig) -> None:
    """Add the pages that no one writes: roles compared, roles in two languages, prints checked."""
    build = build_of(config)
    for page in chain(
        derived_pages(build.handbook, build.language),
        currency_pages(build.handbook, build.source.editions, build.language),
    ):
        file = derived_file(page, build.language, config)
        files.append(file)
        if page.listed:
            i18n.tell_search_engines(config, file)


# static-i18n, which comes between, would drop the shared files, and could not read the derived.
on_files = CombinedEvent(_before_languages, _add_shared, _add_derived)


@event_priority(LAST)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Order the pages, group the roles; static-i18n only knows sections named after languages."""
    build = build_of(config)
    pages = {i18n.key_of(page.file): page for page in nav.pages}

    def title(group: Group) -> str:
        heading = build.handbook.page(build.language, group.index)
        return heading.title if heading else group.label

    made = navigation(arrange(pages.keys(), build.handbook.roles(build.language)), pages, title)
    place_derived(files, pages)
    return made


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Give each kind of page its template; one without a text needs no Markdown."""
    render_title(page, config)
    page.meta["template"], page.meta["hide"] = layout(i18n.key_of(page.file))
