"""Makes the Simplified site from docs/zh/: each page is converted when it is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority

from engine import session
from handbook.base.script import simplified_html
from handbook.pages.schema import DERIVED

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


@event_priority(100)  # before static-i18n chooses the files of the language that is being built
def on_files(files: Files, config: MkDocsConfig) -> None:
    """Let a derived language fall back to the pages it is derived from; an authored one never."""
    i18n: Any = config.plugins["i18n"]
    i18n.config.fallback_to_default = i18n.current_language in DERIVED


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str | None:
    """Convert the page while serving; a page that is published is converted when it is finished."""
    return simplified_html(output) if session.serving else None


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str | None:
    """Convert the pages without a source: 404."""
    if session.serving and template_name.endswith(".html"):
        return simplified_html(output_content)
    return None
