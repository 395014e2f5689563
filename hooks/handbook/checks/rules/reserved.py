"""Anchors that the theme, the site's scripts or the templates of a page have taken already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.checks.rules.places import place
from handbook.pages.anchors import TITLE_ANCHOR
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Page, Tag
from handbook.pages.schema import GROUPS, SECTIONS

ANCHOR_RESERVED = rule("anchor-reserved")

_EVERYWHERE = r"__.*|hb-.*"
"""The theme's, which its script looks for, and ours."""

_OF_ROLES = rf"neighbours|downloads|{'|'.join(s.anchor for s in SECTIONS)}|duty-.*|ability-.*"
_OF_PAGES = {
    "abilities": r"ability-.*",
    "changes": r"prints",
    "collaboration": r"map-caption|in-words|others",
    "glossary": rf"(?:{'|'.join(GROUPS)})(?:-.*)?",
    "who-handles-what": r"topic-.*",
}
"""What the template of a page adds below its text (overrides/)."""

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def check_reserved(page: Page, roles: frozenset[str]) -> Iterator[Diagnostic]:
    """Ids that must not come from a page.

    Args:
        page: any page.
        roles: the names of all roles' pages, which are anchors where the roles are listed.
    """
    for tag in page.tags:
        name = dict(tag.attributes).get("id", "")
        if name and is_reserved(page, tag, roles):
            plain = re.sub(r"^(?:__|hb-)|[^a-z0-9-]+", "", name.casefold()).strip("-")
            other = plain if plain and plain != name else f"own-{plain or 'part'}"
            yield ANCHOR_RESERVED.at(place(page, tag.line, f"#{name}"), found=name, other=other)


def is_reserved(page: Page, tag: Tag, roles: frozenset[str] = frozenset()) -> bool:
    """Whether the id of an element is one that the site itself gives to another."""
    name = dict(tag.attributes).get("id", "")
    if re.fullmatch(_EVERYWHERE, name, re.DOTALL):
        return True
    if name == TITLE_ANCHOR:
        return tag.name != "h1"
    if page.is_role:
        given = tag.name in _HEADINGS or (tag.name == "li" and name.startswith("ability-"))
        taken = _OF_ROLES if not given else "neighbours|downloads"
        return re.fullmatch(taken, name) is not None
    if page.key == "collaboration" and name in roles:
        return True
    return re.fullmatch(_OF_PAGES.get(page.key, "(?!)"), name) is not None
