"""Who looks after each role's page, when it was last reviewed, and when that is due again.

A review is a change of the page, or the day in its front matter on which someone read it through
and found nothing to change.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handbook.pages.model import Handbook, Role
from handbook.pages.schema import AUTHORED


@dataclass(frozen=True, slots=True)
class Review:
    """The state of one page; None stands for what is not known."""

    role: Role
    owner: str
    changed: date | None
    """The day the page last changed."""
    read: date | None
    """The day it was last read through, from its front matter."""
    due: date | None
    """The day by which it is to be reviewed again."""
    overdue: bool

    @property
    def last(self) -> date | None:
        """The day of the last review of either kind."""
        return max(filter(None, (self.changed, self.read)), default=None)


def reviews(
    handbook: Handbook, changes: Mapping[str, date], months: int, today: date
) -> list[Review]:
    """The reviews of all role pages in all authored languages, those due first at the front.

    Args:
        handbook: the pages.
        changes: the days they last changed, by path.
        months: the period after which a page is to be reviewed; 0 for never.
        today: decides what is overdue; a review of a later day has not happened.
    """
    found = [
        _review(handbook, role, changes, months, today)
        for language in AUTHORED
        for role in handbook.roles(language)
    ]
    return sorted(found, key=lambda each: (each.due or date.max, each.role.section))


def _review(
    handbook: Handbook, role: Role, changes: Mapping[str, date], months: int, today: date
) -> Review:
    front_matter = handbook.pages[role.language, f"roles/{role.slug}"].front_matter
    written = str(front_matter.get("reviewed") or "")
    read = date.fromisoformat(written) if written else None
    if read and read > today:
        read = None
    changed = changes.get(role.path)
    last = max(filter(None, (changed, read)), default=None)
    due = _later(last, months) if last and months else None
    return Review(
        role, str(front_matter.get("owner") or ""), changed, read, due, bool(due and due < today)
    )


def _later(day: date, months: int) -> date:
    """`day` so many months on, or the last day of that month if it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
