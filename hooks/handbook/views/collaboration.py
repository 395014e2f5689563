"""Who works with whom: the partners that duties name, and a drawing of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handbook.pages.model import Duty, Handbook, Role
from handbook.pages.terms import TermText
from handbook.views.compare import MANY_TOPICS, Pair

_GROUP = "partners"
MOST_DRAWN = 12
"""Lines between more roles cannot be told apart."""
_ABOVE, _BELOW = 42, 58
"""Where a line meets a role, of 100: what duties say above what is only shared."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A role names a partner: through which duties, and which role that partner is, if any.

    A role may name its own team.
    """

    role: Role
    partner_id: str
    partner: TermText
    partner_role: Role | None
    duties: tuple[Duty, ...]

    @property
    def ends(self) -> set[str]:
        """The pages of the roles at both ends; empty if the partner is no role."""
        return {self.role.slug, self.partner_role.slug} if self.partner_role else set()


@dataclass(frozen=True, slots=True)
class Collaboration:
    """All ties; the roles in the handbook's order, the other partners in the vocabulary's."""

    roles: tuple[Role, ...]
    outside: tuple[tuple[str, TermText], ...]
    ties: tuple[Tie, ...]

    def of(self, role: Role) -> tuple[Tie, ...]:
        """The partners that `role` names and that are no roles."""
        return tuple(tie for tie in self.ties if tie.role.slug == role.slug and not tie.ends)

    def between(self, role: Role) -> Iterator[tuple[Role, list[Tie]]]:
        """The roles that `role` names or that name it, itself too, and through which ties."""
        own = [tie for tie in self.ties if role.slug in tie.ends]
        met = {slug for tie in own for slug in tie.ends}
        for other in self.roles:
            ends = {role.slug, other.slug}
            if other.slug in met and (ties := [tie for tie in own if tie.ends == ends]):
                yield other, ties


@dataclass(frozen=True, slots=True)
class Piece:
    """What is drawn of a line beside one role: an SVG path, and whether duties say what it shows.

    Beside each role is a field of 100 by 100, as high as what is said of the role; it stands at the
    field's right. So the drawing fits the text, however large that is.
    """

    path: str
    named: bool


def drawing(it: Collaboration, pairs: Iterable[Pair]) -> dict[str, list[Piece]]:
    """The lines between roles of which a duty names the other, or which share many topics.

    Empty if there are more roles than `MOST_DRAWN`.
    """
    if len(it.roles) > MOST_DRAWN:
        return {}
    row = {role.slug: n for n, role in enumerate(it.roles)}
    lines = []
    for pair in pairs:
        rows = range(row[pair.first.slug], row[pair.second.slug] + 1)
        if any(tie.ends == {pair.first.slug, pair.second.slug} for tie in it.ties):
            lines.append((rows, True))
        if pair.topics >= MANY_TOPICS:
            lines.append((rows, False))
    lanes = _lanes([rows for rows, _ in lines])
    step = 100 / (max(lanes, default=0) + 2)
    pieces: dict[str, list[Piece]] = {role.slug: [] for role in it.roles}
    for (rows, named), lane in zip(lines, lanes, strict=True):
        x, y = round(100 - step * (lane + 1)), _ABOVE if named else _BELOW
        paths = {rows[0]: f"M100 {y}Q{x} {y} {x} 100", rows[-1]: f"M{x} 0Q{x} {y} 100 {y}"}
        for n in rows:
            pieces[it.roles[n].slug].append(Piece(paths.get(n, f"M{x} 0V100"), named))
    return pieces


def _lanes(lines: Sequence[range]) -> list[int]:
    """Which lane each line takes: the longer, the farther out; no two touch in one."""
    lanes, taken = [0] * len(lines), list[set[int]]()
    for n in sorted(range(len(lines)), key=lambda n: len(lines[n])):
        free = (lane for lane, rows in enumerate(taken) if rows.isdisjoint(lines[n]))
        lanes[n] = next(free, len(taken))
        if lanes[n] == len(taken):
            taken.append(set())
        taken[lanes[n]].update(lines[n])
    return lanes


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
    for partner_id, found in duties.items():
        term = handbook.vocabulary.group(_GROUP)[partner_id]
        partner_role = handbook.role_pages.get((role.language, f"roles/{term.role}"))
        yield Tie(role, partner_id, term.text(role.language), partner_role, tuple(found))
