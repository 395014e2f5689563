"""Who needs which ability, and in which words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handbook.base.words import words
from handbook.pages.model import Ability, Handbook, Role
from handbook.pages.schema import AUTHORED
from handbook.pages.terms import TermText


@dataclass(frozen=True, slots=True)
class Asked:
    """An ability as one role asks for it."""

    role: Role
    ability: Ability


@dataclass(frozen=True, slots=True)
class AbilityRow:
    """An ability and, for each role in the handbook's order, how it asks for it, if it does."""

    id: str
    text: TermText
    cells: tuple[Asked | None, ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The roles that ask for it."""
        return tuple(cell for cell in self.cells if cell)

    @property
    def shared(self) -> bool:
        """Whether several roles ask for it."""
        return len(self.asked) > 1


_STEM = 4
"""Letters that tell an English word from others: `communicating` is of `communication`."""


def says_more(handbook: Handbook, role: str, ability: str) -> bool:
    """Whether what a role asks for says more than the ability's name, in one language at least.

    `Communication: good at communicating` does not; the two languages are shown alike.
    """
    return any(
        _left_over(each, of)
        for of in AUTHORED
        for page in handbook.roles(of)
        for each in page.abilities
        if (page.slug, each.term.id) == (role, ability)
    )


def _left_over(ability: Ability, language: str) -> set[str]:
    known = f"{ability.term.words} {words(language)('ability.no-more')}"
    return _pieces(ability.qualification.text, language) - _pieces(known, language)


def _pieces(text: str, language: str) -> set[str]:
    """The characters of Chinese; the words of English, cut to their stems."""
    if language == "zh":
        return set(re.findall(r"\w", text))
    return {word[:_STEM] for word in re.findall(r"[a-z]+", text.lower())}


def ability_rows(handbook: Handbook, language: str) -> tuple[AbilityRow, ...]:
    """The abilities that roles ask for: most roles first, then in the vocabulary's order."""
    roles = handbook.roles(language)
    asked = [
        {ability.term.id: Asked(role, ability) for ability in role.abilities} for role in roles
    ]
    rows = [
        AbilityRow(term_id, term.text(language), tuple(of.get(term_id) for of in asked))
        for term_id, term in handbook.vocabulary.abilities.items()
    ]
    return tuple(
        sorted((row for row in rows if row.asked), key=lambda row: len(row.asked), reverse=True)
    )
