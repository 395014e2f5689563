"""Names the link sign beside a heading in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@event_priority(-110)  # after static-i18n has put in place what this language sets
def on_config(config: MkDocsConfig) -> None:
    """Pass the title on to the extension that makes the signs."""
    config.mdx_configs["toc"]["permalink_title"] = config.extra["permalink_title"]
