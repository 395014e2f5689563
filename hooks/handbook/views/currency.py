"""Whether a print is still current: what the pages say otherwise than the edition it is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handbook.base.words import words
from handbook.versions import change_log
from handbook.versions.change_log import Entry
from handbook.versions.changes import PARTS, Kind
from handbook.versions.editions import (
    MISSING,
    Edition,
    Kept,
    Sections,
    Snapshot,
    currency_key,
    order,
    taken,
)
from handbook.versions.fingerprints import INTRO, number_of
from handbook.views.derived import DerivedPage

if TYPE_CHECKING:
    from handbook.pages.model import Handbook

Verdict = Literal["current", "wording", "changed"]
Class = Literal["duty", "undescribed", "meaning", "wording"]
CLASSES: tuple[Class, ...] = ("duty", "undescribed", "meaning", "wording")
"""The gravest first; `undescribed` is what no entry of the log speaks of yet."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A section that is not what it was: its class, and what the log says of it since.

    `anchor` is where it stands on the role's page; "" if it is gone.
    """

    part: str
    number: str
    name: str
    kind: Class
    said: tuple[str, ...]
    anchor: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class RoleSince:
    """What has changed in one role since an edition; `exists` tells whether there is such a role.

    `verdict` is "current" (nothing changed), "wording" (nothing else did) or "changed".
    """

    slug: str
    title: str
    exists: bool
    changes: tuple[Changed, ...]

    @property
    def verdict(self) -> Verdict:
        """What to tell the reader of a print."""
        return _verdict(self.exists, [change.kind for change in self.changes])

    def of(self, kind: Class) -> tuple[Changed, ...]:
        """The changes of one class."""
        return tuple(change for change in self.changes if change.kind == kind)


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed since an edition: its roles, and the roles that came after it."""

    edition: Edition
    roles: tuple[RoleSince, ...]
    new: tuple[tuple[str, str], ...]
    """The name of the page and the title of each new role."""

    @property
    def verdict(self) -> Verdict:
        """The gravest of its roles' verdicts; a new role is a change too."""
        verdicts = {role.verdict for role in self.roles}
        if self.new or "changed" in verdicts:
            return "changed"
        return "wording" if "wording" in verdicts else "current"

    def role(self, slug: str) -> RoleSince:
        """One role of the edition."""
        return next(role for role in self.roles if role.slug == slug)


def _verdict(exists: bool, kinds: Sequence[Class]) -> Verdict:
    if not exists or any(kind != "wording" for kind in kinds):
        return "changed"
    return "wording" if kinds else "current"


def currency_pages(
    handbook: Handbook, snapshots: Sequence[Snapshot], language: str
) -> Iterator[DerivedPage]:
    """The pages that prints lead to: one an edition, and one for each of its roles."""
    say = words(language)
    for snapshot in snapshots:
        name = snapshot.edition.name
        described = say("derived.print-lead", edition=name)
        title = say("derived.print", edition=name)
        yield DerivedPage(currency_key(name), title, described, listed=False)
        for slug in _roles(snapshot.kept, handbook, language):
            role = _title(slug, snapshot, handbook, language)
            title = say("derived.print-of-role", edition=name, title=role)
            yield DerivedPage(currency_key(name, slug), title, described, listed=False)


def since(snapshots: Sequence[Snapshot], name: str, handbook: Handbook, language: str) -> Since:
    """What has changed since the edition `name`, for a print in `language` ("zh" or "en")."""
    snapshot = next(each for each in snapshots if each.edition.name == name)
    page = handbook.page(language, change_log.KEY)
    later = [
        entry
        for entry in (change_log.entries(page) if page else ())
        if not entry.name or order(entry.name) > order(name)
    ]
    newest = max(snapshots, key=lambda each: order(each.edition.name)).kept
    now = taken(handbook)
    compared = _Compared(snapshot.kept, newest, now, later, language)
    slugs = _roles(snapshot.kept, handbook, language)
    exist = {role for role, _ in now}
    roles = tuple(
        RoleSince(
            slug,
            _title(slug, snapshot, handbook, language),
            slug in exist,
            tuple(compared.changes(slug)) if slug in exist else (),
        )
        for slug in slugs
    )
    new = [(role.slug, role.title) for role in handbook.roles(language) if role.slug not in slugs]
    return Since(snapshot.edition, roles, tuple(new))


def _roles(kept: Sections, handbook: Handbook, language: str) -> list[str]:
    """The roles of an edition: in the handbook's order, those it has no longer at the end."""
    slugs = {role for role, _ in kept}
    today = [role.slug for role in handbook.roles(language)]
    return [*(slug for slug in today if slug in slugs), *sorted(slugs.difference(today))]


def _title(slug: str, snapshot: Snapshot, handbook: Handbook, language: str) -> str:
    titles = {role.slug: role.title for role in handbook.roles(language)}
    intro = snapshot.kept.get((slug, INTRO))
    return titles.get(slug) or (intro.names[language] if intro else slug)


@dataclass(frozen=True, slots=True)
class _Compared:
    """An edition, the newest edition and the pages of today, with the entries after the first."""

    old: Sections
    newest: Sections
    now: Sections
    entries: Sequence[Entry]
    language: str

    def changes(self, role: str) -> Iterator[Changed]:
        """The sections of a role that changed, in the order of its page."""
        parts = {part for of, part in (*self.old, *self.now) if of == role}
        for part in sorted(parts, key=_place):
            before, after = (self._in(state, role, part) for state in (self.old, self.now))
            if self._print(before) != self._print(after) and (known := after or before):
                items = [item for entry in self.entries for item in entry.about(role, part)]
                name = PARTS.get(part, known.names)
                yield Changed(
                    part,
                    number_of(part),
                    name[self.language],
                    self._kind(role, part, [item.kind for item in items if item.kind]),
                    tuple(dict.fromkeys(item.said for item in items if item.said)),
                    anchor=(part if part != INTRO else "top") if after else "",
                    is_new=before is None,
                )

    def _in(self, state: Sections, role: str, part: str) -> Kept | None:
        """A section in this language."""
        section = state.get((role, part))
        return section if self._print(section) != MISSING else None

    def _print(self, section: Kept | None) -> str:
        return section.fingerprints[self.language] if section else MISSING

    def _kind(self, role: str, part: str, said: Sequence[Kind]) -> Class:
        states = (self.old, self.newest, self.now)
        before, at_last, now = (self._in(state, role, part) for state in states)
        if not (before and now):
            return "duty"
        if self._print(at_last) != self._print(now):
            waiting = [entry for entry in self.entries if not entry.name]
            if not any(entry.about(role, part) for entry in waiting):
                return "undescribed"
        return min(said, key=CLASSES.index) if said else "undescribed"


def _place(part: str) -> tuple[int, ...]:
    """Introduction, duties by number, abilities."""
    numbers = [int(number) for number in number_of(part).split(".") if number]
    return tuple(numbers) if numbers else ((0,) if part == INTRO else (10_000,))
