"""Names the link signs beside headings and footnotes in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@event_priority(-110)  # after static-i18n has put in place what this language sets
def on_config(config: MkDocsConfig) -> None:
    """Pass the titles on to the extensions that make the signs."""
    config.mdx_configs["toc"]["permalink_title"] = config.extra["permalink_title"]
    notes = config.mdx_configs.setdefault("footnotes", {})
    notes["BACKLINK_TITLE"] = config.extra["footnote_back"]  # the note's number in the place of %d
