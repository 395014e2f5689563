"""Every template writes text as text, and a page's content as the HTML that Markdown made.

MkDocs 1.6 gives templates HTML in some places and text in others, and its environment escapes
neither. Here it escapes in all templates, the theme's among them, which then print what is text
right (titles, names) and what is marked as HTML as it is: macros, `super()` and `{% set %}…` blocks
are marked by Jinja itself.
"""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape
from mkdocs.plugins import event_priority

from handbook.base.html import as_html
from handbook.pages.loader import load
from handbook.pages.schema import authored

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.toc import AnchorLink


@event_priority(100)  # before any template is compiled
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Escape in all templates, and say of each page what is HTML and what is text."""
    env.autoescape = True
    language = authored(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]
    handbook = load(Path(config.config_file_path).parent)
    for file in files.documentation_pages():
        if (page := file.page) is None:
            continue
        source = handbook.page(language, file.src_uri.partition("/")[2].removesuffix(".md"))
        page.title = source.title if source else page.title
        page.content = as_html(page.content or "")
        _mark_titles(page.toc)


def _mark_titles(entries: Iterable[AnchorLink]) -> None:
    """Python-Markdown gives the text of a heading escaped; the theme strips tags from it again."""
    for entry in entries:
        entry.title = escape(unescape(entry.title))
        _mark_titles(entry.children)
