"""The parts of a book that are made from the model: matrix, who handles what, glossary, index."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from handbook.base.script import simplified
from handbook.pages.model import Handbook, Role
from handbook.pages.schema import authored
from handbook.site.print.words import TAGS, words
from handbook.views import Views
from handbook.views.glossary import GlossaryEntry, Use

_MOST_COLUMNS = 12
"""Roles beside each other in a table on A4; more make further tables."""


def matrix(views: Views, language: str) -> list[dict[str, Any]]:
    """Which role needs which ability: tables of as many roles as a page is wide."""
    roles = list(views.roles.values())
    tables = []
    for start in range(0, len(roles), _MOST_COLUMNS):
        end = start + _MOST_COLUMNS
        tables.append(
            {
                "roles": [_role(role, language) for role in roles[start:end]],
                "rows": [
                    {
                        "name": _capital(row.text.name),
                        "cells": [
                            _label(cell.role, cell.ability.anchor) if cell else ""
                            for cell in row.cells[start:end]
                        ],
                    }
                    for row in views.abilities
                    if any(row.cells[start:end])
                ],
            }
        )
    return tables


def topics(views: Views, language: str) -> list[dict[str, Any]]:
    """Who handles what: every topic with the duties that touch it."""
    return [
        {
            "label": f"who-handles-what#{topic.anchor}",
            "name": _capital(topic.text.name),
            "definition": topic.text.definition,
            "duties": [
                {
                    "number": angle.duty.number,
                    "name": angle.duty.name,
                    "role": angle.role.title,
                    "label": _label(angle.role, angle.duty.anchor),
                }
                for angle in topic.angles
            ],
        }
        for topic in views.topics
    ]


def glossary(views: Views, language: str) -> list[dict[str, Any]]:
    """Every term: its name in this language and the other, and what it means."""
    other = TAGS["zh" if language == "en" else "en"]
    return [
        {
            "title": group.name,
            "other": other,
            "entries": [
                {
                    "name": _capital(entry.text.name),
                    "also": _also(entry, language),
                    "other": _capital(entry.other.name),
                    "definition": entry.text.definition,
                }
                for entry in group.entries
            ],
        }
        for group in views.glossary
    ]


def _also(entry: GlossaryEntry, language: str) -> str:
    own = words(language)
    names = own["comma"].join(name for name in entry.text.also)
    return own["also"].format(names=names) if names else ""


def index(views: Views, language: str) -> list[dict[str, Any]]:
    """All terms by their first letter, with the places that use them."""
    entries = sorted(
        (entry for entry in _entries(views, language)), key=lambda entry: entry["order"]
    )
    return [
        {"letter": letter, "entries": list(of_letter)}
        for letter, of_letter in groupby(entries, key=lambda entry: entry["order"][0][:1].upper())
    ]


def _entries(views: Views, language: str) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for group in views.glossary:
        for entry in group.entries:
            places = [_place(use) for use in entry.uses]
            name = entry.text.name
            if not places or name in seen:
                continue
            seen.add(name)
            yield _entry(name, language, labels=places)
            for also in (also for also in entry.text.also):
                if also not in seen and also != name:
                    seen.add(also)
                    yield _entry(also, language, see=name)


def _entry(name: str, language: str, **where: object) -> dict[str, Any]:
    return {"name": name, "order": _order(name, language), "labels": [], "see": "", **where}


def _order(name: str, language: str) -> list[str]:
    """By letters in English, by Pinyin in Chinese, where a Latin word stands as it is spelt."""
    if authored(language) == "en":
        return [name.casefold()]
    # Read when it is needed: its dictionary takes a while.
    from pypinyin import lazy_pinyin

    return [*(syllable.casefold() for syllable in lazy_pinyin(simplified(name))), name]


def _place(use: Use) -> str:
    return _label(use.role, use.anchor)


def _label(role: Role, anchor: str) -> str:
    return f"roles/{role.slug}#{anchor}"


def _role(role: Role, language: str) -> dict[str, str]:
    return {
        "number": str(role.section),
        "title": role.title,
        "label": _label(role, ""),
    }


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def views_of(handbook: Handbook, language: str) -> Views:
    """The views of the language that `language` is, or is derived from."""
    return Views(handbook, authored(language))
