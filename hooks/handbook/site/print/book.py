"""The whole handbook in one language, as the template's tree."""

from __future__ import annotations

from typing import Any

from handbook.pages.schema import TRANSLATED, authored
from handbook.site.print import derived
from handbook.site.print.parts import page_part, title
from handbook.site.print.printing import Printing
from handbook.site.print.words import told

BEFORE, AFTER = TRANSLATED[:1], TRANSLATED[1:]
"""The pages that stand before the roles and after them."""


def book(printing: Printing, language: str) -> dict[str, Any]:
    """Cover, overview, roles, matrix, who handles what, glossary, index, colophon.

    Args:
        printing: what is printed.
        language: "zh", "en" or "zh-Hans".
    """
    handbook, own = printing.handbook, authored(language)
    roles = handbook.roles(own)
    keys = [*BEFORE, *(f"roles/{role.slug}" for role in roles), *AFTER]
    setting = printing.setting(language, keys)
    by_key = {f"roles/{role.slug}": role for role in roles}
    parts = {
        key: page_part(page, setting, by_key.get(key))
        for key in keys
        if (page := handbook.page(own, key))
    }
    views = derived.views_of(handbook, language)
    tables = {
        "matrix": derived.matrix(views, language),
        "who-handles-what": derived.topics(views, language),
        "glossary": derived.glossary(views, language),
    }
    tree = {
        **printing.common(language),
        "kind": "book",
        **cover(printing, language),
        "parts": [part for key, part in parts.items() if key not in AFTER],
        "derived": [
            {
                "kind": key,
                "number": "",
                "label": f"{key}#",
                "title": title(page, setting),
                "data": data,
            }
            for key, data in tables.items()
            if (page := handbook.page(own, key))
        ],
        "index": derived.index(views, language),
        "about-title": title(about, setting)[0] if (about := handbook.page(own, "about")) else "",
        "about": [parts[key] for key in AFTER if key in parts],
    }
    return {**told(tree, language)}


def cover(printing: Printing, language: str) -> dict[str, Any]:
    """What a cover shows: the title, the handbook in a sentence, and all of its duties as tiles."""
    own = authored(language)
    home = printing.handbook.page(own, "index")
    setting = printing.setting(language, ())
    paragraphs = [b.passage.html for b in home.blocks if b.tag == "p"] if home else []
    return {
        "title": home.title if home else "",
        "title-nodes": title(home, setting) if home else [],
        "summary": [setting.nodes(html, "index") for html in paragraphs],
        "tiles": [
            {
                "number": str(role.section),
                "slug": role.slug,
                "title": role.title,
                "duties": [
                    {"number": duty.number, "marked": bool(duty.uses("partners"))}
                    for duty in role.duties
                ],
            }
            for role in printing.handbook.roles(own)
        ],
    }
