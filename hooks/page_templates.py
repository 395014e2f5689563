"""Gives each kind of page its template; front matter has no say in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

VIEWS = {
    "contributing/translation.md": "views/translation.html",
    "who-handles-what.md": "views/who-handles-what.html",
    "matrix.md": "views/matrix.html",
    "abilities.md": "views/abilities.html",
    "duties.md": "views/duties.html",
    "compare.md": "views/compare.html",
    "side-by-side.md": "views/side-by-side.html",
    "collaboration.md": "views/collaboration.html",
    "glossary.md": "views/glossary.html",
}
"""Pages whose body is made from the model, below a title and a paragraph that are written."""

DERIVED = {"compare/": "views/comparison.html", "side-by-side/": "views/role-in-both.html"}
"""Folders of pages that `hooks/derived_pages.py` adds."""


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Set the template before the page is rendered."""
    template, hidden = layout(getattr(page.file, "norm_src_uri", page.file.src_uri))
    page.meta["template"] = template
    page.meta["hide"] = hidden


def layout(source: str) -> tuple[str, list[str]]:
    """The template of a page, and the side columns that it does without."""
    if source == "index.md":
        return "home.html", ["navigation", "toc"]
    if source in VIEWS:
        return VIEWS[source], ["toc"]
    for folder, template in DERIVED.items():
        if source.startswith(folder):
            return template, ["toc"]
    if source == "roles/index.md":
        return "roles.html", ["toc"]
    if source.startswith("roles/"):
        return "role.html", []
    return "main.html", []
