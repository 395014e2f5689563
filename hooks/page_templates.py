"""Gives each kind of page its template; front matter has no say in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Set the template before the page is rendered."""
    template, hidden = layout(getattr(page.file, "norm_src_uri", page.file.src_uri))
    page.meta["template"] = template
    page.meta["hide"] = hidden


def layout(source: str) -> tuple[str, list[str]]:
    """The template of a page, and the side columns that it does without."""
    if source == "index.md":
        return "home.html", ["navigation", "toc"]
    if source == "roles/index.md":
        return "roles.html", ["toc"]
    if source.startswith("roles/"):
        return "role.html", []
    return "main.html", []
