"""Which template makes a page, and what stands beside it; front matter has no say in it."""

from __future__ import annotations

VIEWS = {
    "who-handles-what": "views/who-handles-what.html",
    "duties": "views/duties.html",
    "matrix": "views/matrix.html",
    "compare": "views/compare.html",
    "collaboration": "views/collaboration.html",
    "glossary": "views/glossary.html",
    "self-test": "views/self-test.html",
}
"""What readers ask across the roles, in the order of the navigation: a group of their own. The body
of each page is made from the model, below a title and a paragraph that are written."""

UNLISTED = {
    "abilities": "views/abilities.html",
    "side-by-side": "views/side-by-side.html",
}
"""Pages that old links and prints lead to; the navigation has what took their place."""

OTHERS = {
    "contributing/reviews": "views/reviews.html",
    "downloads": "downloads.html",
    "contributing/translation": "views/translation.html",
}
"""Other pages of that kind, which stand elsewhere in the navigation."""

DERIVED = {
    "who-handles-what/": "views/topic.html",
    "glossary/": "views/term.html",
    "compare/": "views/comparison.html",
    "side-by-side/": "views/role-in-both.html",
    "e/": "views/currency.html",
}
"""Folders of pages that no one writes (see `views/derived.py`)."""


def layout(key: str) -> tuple[str, list[str]]:
    """The template of the page `key` (`roles/marketing`), and the side columns it does without."""
    if key == "index":
        return "home.html", ["navigation", "toc"]
    if made := VIEWS.get(key) or UNLISTED.get(key) or OTHERS.get(key):
        return made, ["toc"]
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
