"""Keeps one 404 page a language: /404.html in the first, /en/404.html in English."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_NAME = "404.html"


@event_priority(-100)  # when the page is as it will be published
def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str | None:
    """Write a further language's page into its own folder, not over the first language's."""
    i18n: Any = config.plugins["i18n"]
    if template_name != _NAME or i18n.is_default_language_build:
        return None
    path = Path(config.site_dir, i18n.current_language, _NAME)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(output_content, encoding="utf-8")
    return ""  # MkDocs writes nothing
