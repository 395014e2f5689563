"""A part of a book in each of its languages, matched section by section, passage by passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]


def parallel(sides: Sequence[Row]) -> Row:
    """One part of the same part in each language; what is said in each is a list of as many."""
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
    """The sections of all sides, those with the same anchor beside each other."""
    by_label = [
        {section["label"] or n: section for n, section in enumerate(side["sections"])}
        for side in sides
    ]
    order = dict.fromkeys(label for side in by_label for label in side)
    rows = []
    for label in order:
        pair = [side.get(label) for side in by_label]
        present = next(section for section in pair if section)
        rows.append(
            {
                "level": present["level"],
                "number": present["number"],
                "label": present["label"],
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
