"""The parts of a book that are made from the model: matrix, who handles what, glossary, index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from handbook.base.script import pinyin, simplified
from handbook.base.table import TAGS
from handbook.base.words import capital
from handbook.pages.model import Ability, Duty, Handbook, Role
from handbook.pages.schema import GROUPS, authored
from handbook.pages.terms import Term
from handbook.site.print.words import told, words
from handbook.views import Views
from handbook.views.glossary import GlossaryEntry

_MANY_DUTIES = 4
"""Other duties of a topic that a role's page still names; of more it would be a list of all."""


class Sides:
    """The views of a handbook in the languages of a book, side by side.

    Args:
        handbook: the model.
        languages: "zh", "en" or "zh-Hans".
    """

    def __init__(self, handbook: Handbook, languages: Sequence[str]) -> None:
        self._languages = languages
        self._views = [Views(handbook, authored(each)) for each in languages]
        self._vocabulary = handbook.vocabulary

    @cached_property
    def roles(self) -> list[Role]:
        """The roles that there are in all languages, in the first."""
        first, *others = self._views
        return [role for role in first.roles.values() if all(role.slug in v.roles for v in others)]

    def contents(self) -> list[dict[str, Any]]:
        """Every role with its duties."""
        return [
            {**self._role(role), "duties": [self._duty(role, duty) for duty in role.duties]}
            for role in self.roles
        ]

    def around(self, role: Role) -> dict[str, Any]:
        """What a role's leaf says beside its page: who else, and what its words mean."""
        return {
            "abilities": {
                _label(role, cell.ability.anchor): [
                    str(each.role.section) for each in row.asked if each != cell
                ]
                for row in self._views[0].abilities
                for cell in row.asked
                if cell.role.slug == role.slug and row.shared
            },
            "words": [*self._words_of(role)],
            "topics": [*self._topics_of(role)],
        }

    def _words_of(self, role: Role) -> Iterator[dict[str, Any]]:
        for label, uses in role.terms():
            terms = self._vocabulary.entries(label.group) if label.group else {}
            yield from (self._term(terms[use.id]) for use in uses if use.id in terms)

    def _topics_of(self, role: Role) -> Iterator[dict[str, Any]]:
        for topic in self._views[0].topics:
            own = [angle.duty for angle in topic.angles if angle.role.slug == role.slug]
            others = [angle for angle in topic.angles if angle.role.slug != role.slug]
            if own and 0 < len(others) <= _MANY_DUTIES:
                yield {
                    "names": self._term(self._vocabulary.topics[topic.id])["names"],
                    "own": [duty.number for duty in own],
                    "others": [
                        self._duty(each.role, each.duty)
                        for each in others
                        if each.role in self.roles
                    ],
                }

    def matrix(self) -> dict[str, Any]:
        """Which role needs which ability: those of several as rows, those of one role by role."""
        shared, single = [], dict[str, list[dict[str, Any]]]()
        for row in self._views[0].abilities:
            names = self._term(self._vocabulary.abilities[row.id])["names"]
            asked = [cell for cell in row.asked if cell.role in self.roles]
            labels = {cell.role.slug: _label(cell.role, cell.ability.anchor) for cell in asked}
            if len(asked) == 1:
                ((slug, label),) = labels.items()
                says = self._says(asked[0].role, asked[0].ability)
                row_of_one = {"label": label, "names": names, "says": says}
                single.setdefault(slug, []).append(row_of_one)
            elif asked:
                cells = [labels.get(role.slug, "") for role in self.roles]
                shared.append({"names": names, "cells": cells})
        return {
            "shared": shared,
            "single": [
                {**self._role(role), "rows": single[role.slug]}
                for role in self.roles
                if role.slug in single
            ],
        }

    def _says(self, role: Role, ability: Ability) -> list[str]:
        """What a role asks for, if that is more than the ability's name."""
        if not self._views[0].says_more(role, ability):
            return ["" for _ in self._views]
        return [
            next((a.qualification.text for a in twin.abilities if a.term.id == ability.term.id), "")
            for twin in self._twins(role)
        ]

    def topics(self) -> list[dict[str, Any]]:
        """Who handles what: every topic with the duties that touch it."""
        return [
            {
                **self._term(self._vocabulary.topics[topic.id]),
                "label": f"who-handles-what#{topic.anchor}",
                "duties": [
                    {
                        **self._duty(angle.role, angle.duty),
                        "roles": [each.title for each in self._twins(angle.role)],
                    }
                    for angle in topic.angles
                    if angle.role in self.roles
                ],
            }
            for topic in self._views[0].topics
        ]

    def glossary(self) -> list[dict[str, Any]]:
        """Every term: its names and what it means; in a book of one language, the other's too."""
        alone = len(self._views) == 1
        return [
            {
                "titles": [GROUPS[group.key][view.language] for view in self._views],
                "other": TAGS["zh" if self._languages[0] == "en" else "en"] if alone else "",
                "entries": [
                    {
                        **self._term(term),
                        "label": _term_label(entry),
                        "also": [_also(term, language) for language in self._languages],
                        "other": capital(entry.other.name),
                    }
                    for entry in group.entries
                    for term in [self._vocabulary.entries(group.key)[entry.id]]
                ],
            }
            for group in self._views[0].glossary
        ]

    def index(self) -> list[list[dict[str, Any]]]:
        """For each language, all terms by their first letter, with the places that use them."""
        return [
            told(_index(view, language, {role.slug for role in self.roles}), language)
            for view, language in zip(self._views, self._languages, strict=True)
        ]

    def _term(self, term: Term) -> dict[str, list[str]]:
        texts = [term.text(view.language) for view in self._views]
        names = [capital(text.name) for text in texts]
        return {"names": names, "definitions": [text.definition for text in texts]}

    def _twins(self, role: Role) -> list[Role]:
        return [view.roles[role.slug] for view in self._views]

    def _role(self, role: Role) -> dict[str, Any]:
        titles = [each.title for each in self._twins(role)]
        return {"number": str(role.section), "label": _label(role, ""), "titles": titles}

    def _duty(self, role: Role, duty: Duty) -> dict[str, Any]:
        twins = [{each.number: each for each in twin.duties} for twin in self._twins(role)]
        names = [of[duty.number].name if duty.number in of else "" for of in twins]
        return {"number": duty.number, "label": _label(role, duty.anchor), "names": names}


def _also(term: Term, language: str) -> str:
    own = words(language)
    names = own["comma"].join(term.text(authored(language)).also)
    return own["also"].format(names=names) if names else ""


def _index(views: Views, language: str, roles: set[str]) -> list[dict[str, Any]]:
    entries = sorted(_entries(views, language, roles), key=lambda entry: entry["order"])
    return [
        {"letter": letter, "entries": list(of_letter)}
        for letter, of_letter in groupby(entries, key=lambda each: each["order"][0][0][:1].upper())
    ]


def _entries(views: Views, language: str, roles: set[str]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for group in views.glossary:
        for entry in group.entries:
            places = [_label(use.role, use.anchor) for use in entry.uses if use.role.slug in roles]
            name = entry.text.name
            if not places or name in seen:
                continue
            seen.add(name)
            yield _entry(name, language, labels=places, main=_term_label(entry))
            for also in entry.text.also:
                if also not in seen and also != name:
                    seen.add(also)
                    yield _entry(also, language, see=name)


def _entry(name: str, language: str, **where: object) -> dict[str, Any]:
    order = _order(name, language)
    return {"name": name, "order": order, "labels": [], "main": "", "see": "", **where}


def _order(name: str, language: str) -> tuple[list[str], str]:
    """By letters in English, by Pinyin in Chinese, where a Latin word stands as it is spelt.

    A term stands before those that go on from it.
    """
    if authored(language) == "en":
        return [name.casefold()], name
    return [syllable.casefold() for syllable in pinyin()(simplified(name))], name


def _term_label(entry: GlossaryEntry) -> str:
    return f"glossary#{entry.anchor}"


def _label(role: Role, anchor: str) -> str:
    return f"roles/{role.slug}#{anchor}"
