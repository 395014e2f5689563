"""Gives abilities the link sign that headings have, and names the signs in the page's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_ABILITY = re.compile(r'(<li id="(ability-[^"]+)"[^>]*>.*?)(?=</p>|</li>|\n<[uo]l\b)', re.DOTALL)


@event_priority(-110)  # after static-i18n has put in place what this language sets
def on_config(config: MkDocsConfig) -> None:
    """Pass the titles on to the extensions that make the signs."""
    config.mdx_configs["toc"]["permalink_title"] = config.extra["permalink_title"]
    notes = config.mdx_configs.setdefault("footnotes", {})
    notes["BACKLINK_TITLE"] = config.extra["footnote_back"]  # the note's number in the place of %d


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Add the sign at the end of each ability."""
    title = config.extra["permalink_title"]
    sign = rf'\1<a class="headerlink" href="#\2" title="{title}">&para;</a>'
    return _ABILITY.sub(sign, html)
