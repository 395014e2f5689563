"""The whole handbook in one language or in several beside each other, as the template's tree.

What is said in each language is a list with a text for each: `names`, `titles`, `rows`.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from handbook.pages.schema import TRANSLATED, authored
from handbook.site.print import derived
from handbook.site.print.formats import Format
from handbook.site.print.parts import page_part, parallel, title
from handbook.site.print.printing import Printing
from handbook.site.print.words import told

BEFORE, AFTER = TRANSLATED[:1], TRANSLATED[1:]
"""The pages that stand before the roles and after them."""


def book(printing: Printing, *languages: str, form: Format | None = None) -> dict[str, Any]:
    """Cover, imprint, contents, overview, roles, matrix, who handles what, glossary, index.

    Args:
        printing: what is printed.
        languages: "zh", "en" or "zh-Hans"; of more than one, the first is the book's own.
        form: on which paper and how large; A4 if none is named.
    """
    handbook, first = printing.handbook, languages[0]
    of = derived.Sides(handbook, languages)
    keys = [*BEFORE, *(f"roles/{role.slug}" for role in of.roles), *AFTER]
    settings = [printing.setting(each, keys, anchors=each == first) for each in languages]
    parts = {}
    for key in keys:
        pages = [handbook.page(authored(each), key) for each in languages]
        sides = [
            page_part(page, setting, handbook.role_pages.get((page.language, key)))
            for page, setting in zip(pages, settings, strict=True)
            if page
        ]
        if len(sides) == len(languages):
            parts[key] = parallel(sides)
    for role in of.roles:
        parts[f"roles/{role.slug}"]["around"] = of.around(role)
    tree = {
        **printing.common(first, languages=[authored(each) for each in languages]),
        "kind": "book",
        "format": asdict(form or Format()),
        "title": " ".join(handbook.title(authored(each)) for each in languages),
        "sides": [_side(printing, each) for each in languages],
        "roles": of.contents(),
        "parts": [part for key, part in parts.items() if key not in AFTER],
        "matrix": of.matrix(),
        "who-handles-what": of.topics(),
        "glossary": of.glossary(),
        "index": of.index(),
        "titles": {
            key: [title(page, setting) if page else [] for page, setting in zip(
                [handbook.page(authored(each), key) for each in languages], settings, strict=True
            )]
            for key in ("matrix", "who-handles-what", "glossary")
            if handbook.page(authored(first), key)
        },
        "about": [parts[key] for key in AFTER if key in parts],
    }  # fmt: skip
    return {**told(tree, first)}


def _side(printing: Printing, language: str) -> dict[str, Any]:
    """What one language of a book says of its own: its words, its edition, its cover."""
    handbook, own = printing.handbook, authored(language)
    home, about = handbook.page(own, "index"), handbook.page(own, "about")
    setting = printing.setting(language, ())
    lead = next((b.passage.html for b in home.blocks if b.tag == "p"), "") if home else ""
    side = {
        **printing.common(language),
        "title": handbook.title(own),
        "summary": setting.nodes(lead, "index"),
        "about": title(about, setting)[0] if about else "",
    }
    return {**told(side, language)}
