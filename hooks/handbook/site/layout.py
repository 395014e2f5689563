"""Which template makes a page, and what stands beside it; front matter has no say in it."""

from __future__ import annotations

VIEWS = {
    "who-handles-what": "views/who-handles-what.html",
    "matrix": "views/matrix.html",
    "abilities": "views/abilities.html",
    "duties": "views/duties.html",
    "compare": "views/compare.html",
    "side-by-side": "views/side-by-side.html",
    "collaboration": "views/collaboration.html",
    "glossary": "views/glossary.html",
    "contributing/reviews": "views/reviews.html",
    "downloads": "downloads.html",
    "contributing/translation": "views/translation.html",
}
"""Pages whose body is made from the model, below a title and a paragraph that are written."""

DERIVED = {
    "who-handles-what/": "views/topic.html",
    "compare/": "views/comparison.html",
    "side-by-side/": "views/role-in-both.html",
    "e/": "views/currency.html",
}
"""Folders of pages that no one writes (see `views/derived.py`)."""


def layout(key: str) -> tuple[str, list[str]]:
    """The template of the page `key` (`roles/marketing`), and the side columns it does without."""
    if key == "index":
        return "home.html", ["navigation", "toc"]
    if key in VIEWS:
        return VIEWS[key], ["toc"]
    for folder, template in DERIVED.items():
        if key.startswith(folder):
            return template, ["toc"]
    if key == "changes":
        return "changes.html", []
    if key == "roles/index":
        return "roles.html", ["toc"]
    if key.startswith("roles/"):
        return "role.html", []
    return "main.html", []
