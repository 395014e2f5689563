"""Who needs which ability, and in which words."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.model import Ability, Handbook, Role
from handbook.vocabulary import TermText


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
