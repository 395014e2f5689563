"""The bilingual edition: both languages beside each other, matched passage by passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handbook.pages.schema import AUTHORED, GROUPS
from handbook.site.print.book import AFTER, BEFORE, cover
from handbook.site.print.parts import page_part
from handbook.site.print.printing import Printing
from handbook.site.print.words import TAGS, told

Row = dict[str, Any]


def parallel(printing: Printing) -> dict[str, Any]:
    """Every page of the book in both authored languages, then the terms."""
    handbook = printing.handbook
    first, second = AUTHORED
    in_both = {role.slug for role in handbook.roles(second)}
    roles = [role for role in handbook.roles(first) if role.slug in in_both]
    keys = [*BEFORE, *(f"roles/{role.slug}" for role in roles), *AFTER]
    settings = [printing.setting(each, keys, anchors=each == first) for each in AUTHORED]
    parts = []
    for key in keys:
        sides = []
        for language, setting in zip(AUTHORED, settings, strict=True):
            if page := handbook.page(language, key):
                role = handbook.role_pages.get((language, key))
                sides.append(page_part(page, setting, role))
        if len(sides) == len(AUTHORED):
            parts.append(part_in_both(sides))
    covers = [cover(printing, language) for language in AUTHORED]
    tree = {
        **printing.common(first, languages=AUTHORED),
        "kind": "parallel",
        "tongues": [TAGS[language] for language in AUTHORED],
        **covers[0],
        "about-title": next(
            (part["titles"][0][0] for part in parts if part["label"] == "about#"), ""
        ),
        "sides": [
            {**printing.common(each), **own} for each, own in zip(AUTHORED, covers, strict=True)
        ],
        "parts": parts,
        "terms": [
            {
                "id": group,
                "titles": [names[each] for each in AUTHORED],
                "rows": [
                    [
                        {
                            "name": text.name[:1].upper() + text.name[1:],
                            "definition": text.definition,
                        }
                        for text in (term.text(each) for each in AUTHORED)
                    ]
                    for term in handbook.vocabulary.entries(group).values()
                ],
            }
            for group, names in GROUPS.items()
            if handbook.vocabulary.entries(group)
        ],
    }
    return {**told(tree, first)}


def part_in_both(sides: Sequence[Row]) -> Row:
    """A part of a book in two languages, passage beside passage."""
    first = sides[0]
    return {
        "kind": first["kind"],
        "number": first["number"],
        "label": first["label"],
        "titles": [side["title"] for side in sides],
        "lead": _rows([side["lead"] for side in sides]),
        "sections": _sections(sides),
    }


def _sections(sides: Sequence[Row]) -> list[Row]:
    """The sections of both sides, those with the same anchor beside each other."""
    by_label = [{section["label"]: section for section in side["sections"]} for side in sides]
    order = dict.fromkeys(label for side in by_label for label in side)
    rows = []
    for label in order:
        pair = [side.get(label) for side in by_label]
        present = next(section for section in pair if section)
        rows.append(
            {
                "level": present["level"],
                "number": present["number"],
                "label": label,
                "titles": [section["title"] if section else [] for section in pair],
                "rows": _rows([section["blocks"] if section else [] for section in pair]),
            }
        )
    return rows


def _rows(sides: Sequence[list[Any]]) -> list[list[list[Any]]]:
    """Block beside block where both sides have the same kinds of blocks, else all in one row."""
    kinds = [[block["t"] if isinstance(block, dict) else "" for block in side] for side in sides]
    if all(each == kinds[0] for each in kinds):
        return [[[block] for block in row] for row in zip(*sides, strict=True)]
    return [list(sides)]
