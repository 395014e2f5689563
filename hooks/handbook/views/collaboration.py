"""Who works with whom: the partners that duties name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.pages.model import Duty, Handbook, Role
from handbook.pages.terms import TermText

_GROUP = "partners"


@dataclass(frozen=True, slots=True)
class Tie:
    """A role names a partner: through which duties, and which role that partner is, if any.

    A role may name its own team; `own` tells.
    """

    role: Role
    partner_id: str
    partner: TermText
    partner_role: Role | None
    duties: tuple[Duty, ...]

    @property
    def own(self) -> bool:
        """Whether the partner is the role's own team."""
        return self.partner_role is not None and self.partner_role.slug == self.role.slug


@dataclass(frozen=True, slots=True)
class Collaboration:
    """All ties; the roles in the handbook's order, the other partners in the vocabulary's."""

    roles: tuple[Role, ...]
    outside: tuple[tuple[str, TermText], ...]
    ties: tuple[Tie, ...]

    def of(self, role: Role) -> tuple[Tie, ...]:
        """The partners that `role` names."""
        return tuple(tie for tie in self.ties if tie.role.slug == role.slug)

    def naming(self, role: Role) -> tuple[Tie, ...]:
        """The ties by which other roles name `role`."""
        return tuple(
            tie
            for tie in self.ties
            if tie.partner_role and tie.partner_role.slug == role.slug and not tie.own
        )

    def with_outside(self, partner_id: str) -> tuple[Tie, ...]:
        """The ties by which roles name a partner that is no role."""
        return tuple(tie for tie in self.ties if tie.partner_id == partner_id)


def collaboration(handbook: Handbook, language: str) -> Collaboration:
    """The ties between roles and their partners in one language."""
    roles = handbook.roles(language)
    ties = tuple(tie for role in roles for tie in _ties(role, handbook))
    named = {tie.partner_id for tie in ties if tie.partner_role is None}
    outside = tuple(
        (partner_id, term.text(language))
        for partner_id, term in handbook.vocabulary.group(_GROUP).items()
        if partner_id in named
    )
    return Collaboration(roles, outside, ties)


def _ties(role: Role, handbook: Handbook) -> Iterator[Tie]:
    duties: dict[str, list[Duty]] = {}
    for duty in role.duties:
        for partner_id in dict.fromkeys(use.id for use in duty.uses(_GROUP) if use.id):
            duties.setdefault(partner_id, []).append(duty)
    by_slug = {each.slug: each for each in handbook.roles(role.language)}
    for partner_id, found in duties.items():
        term = handbook.vocabulary.group(_GROUP)[partner_id]
        partner_role = by_slug.get(term.role or "")
        yield Tie(role, partner_id, term.text(role.language), partner_role, tuple(found))
