"""Describes every page for search engines: by its front matter, else by its first paragraph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handbook.pages.loader import load
from handbook.pages.schema import authored

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from handbook.pages.model import Page


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Set the descriptions before any page is written."""
    language = authored(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]
    handbook = load(Path(config.config_file_path).parent)
    for file in files.documentation_pages():
        key = getattr(file, "norm_src_uri", file.src_uri).removesuffix(".md")
        source = handbook.page(language, key)
        if file.page is not None and source is not None:
            text = file.page.meta.get("description") or first_paragraph(source)
            file.page.meta["description"] = str(text)


def first_paragraph(page: Page) -> str:
    """The text of the page's first paragraph, or ""."""
    return next((block.passage.text for block in page.blocks if block.tag == "p"), "")
