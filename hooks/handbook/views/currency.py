"""Whether a print is still current: what the pages say otherwise than the edition it is of.

What a print holds stands as numbers in its address (see `versions.prints`); for each part there are
the numbers of today, and what to tell of a print that has those of an edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from handbook.base.words import words
from handbook.pages.redirects import roles_now
from handbook.pages.schema import AUTHORED
from handbook.versions import change_log
from handbook.versions.changes import EXERCISE, PARTS
from handbook.versions.editions import (
    MISSING,
    Edition,
    Sections,
    Snapshot,
    currency_key,
    order,
    taken,
)
from handbook.versions.parts import INTRO, PAGE, anchor_of, family, key_of, number_of, roles_of
from handbook.versions.prints import Address, number_of_quoted, numbers
from handbook.views.derived import DerivedPage
from handbook.views.questions import Questions

if TYPE_CHECKING:
    from handbook.pages.model import Handbook
    from handbook.versions.change_log import Entry, Item

Verdict = Literal["current", "wording", "changed", "unknown"]
Class = Literal["duty", "undescribed", "meaning", "wording"]
CLASSES: tuple[Class, ...] = ("duty", "undescribed", "meaning", "wording")
"""The gravest first; `undescribed` is what no entry of the log speaks of yet."""


@dataclass(frozen=True, slots=True)
class Told:
    """What to tell of prints that have a part as it was: how it changed since, and the log's words.

    `numbers` are those that such prints have; `is_new` if the part was not there.
    """

    numbers: tuple[str, ...]
    kind: Class
    said: tuple[str, ...]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class PartSince:
    """A part since an edition: the numbers of today, and what to tell by what a print has.

    `anchor` is where it stands on its page; "" if it is gone. `since` is what to tell of the
    edition itself; None if the part is the same, or not on record. `told` has the later editions'
    versions too.
    """

    part: str
    number: str
    name: str
    anchor: str
    now: tuple[str, ...]
    since: Told | None
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class PageSince:
    """What has changed on one page since an edition; `exists` tells whether there is such a page.

    `now` and `then` are the numbers of all it holds in a book, today and in the edition, `pack` of
    all that a training pack holds, `quoted` of what that has from other pages. `verdict` is
    "current" (nothing changed), "wording" (nothing else did), "changed", or "unknown" where the
    edition has no record of it.
    """

    slug: str
    key: str
    title: str
    exists: bool
    known: bool
    now: tuple[str, ...]
    then: tuple[str, ...]
    pack: tuple[str, ...]
    parts: tuple[PartSince, ...]
    quoted: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[PartSince, ...]:
        """The parts that are not as the edition has them."""
        return tuple(part for part in self.parts if part.since)

    @property
    def verdict(self) -> Verdict:
        """What to tell the reader of a print."""
        kinds = {part.since.kind for part in self.parts if part.since}
        if not self.exists or kinds - {"wording"}:
            return "changed"
        return "wording" if kinds else "current" if self.known else "unknown"

    def of(self, kind: Class) -> tuple[PartSince, ...]:
        """The changes of one class."""
        return tuple(part for part in self.parts if part.since and part.since.kind == kind)

    @property
    def printed(self) -> PageSince:
        """The same as a book has it: without the exercises, which are in the packs."""
        parts = tuple(each for each in self.parts if family(each.part) != "exercise")
        return replace(self, parts=parts, quoted=())


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed since an edition: its roles, other pages, and the roles that came after."""

    edition: Edition
    roles: tuple[PageSince, ...]
    pages: tuple[PageSince, ...]
    new: tuple[PageSince, ...]
    now: tuple[str, ...]
    whole: bool
    """Whether the edition has all parts on record."""

    @property
    def verdict(self) -> Verdict:
        """The gravest of its pages' verdicts in a book; a new role is a change too."""
        verdicts = {page.printed.verdict for page in (*self.roles, *self.pages)}
        if self.new or "changed" in verdicts:
            return "changed"
        return "wording" if "wording" in verdicts else "current"

    def role(self, slug: str) -> PageSince:
        """One role of the edition."""
        return next(role for role in self.roles if role.slug == slug)


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
        for slug, now in _roles(snapshot, handbook, language).items():
            role = _title(f"roles/{now}", slug, snapshot, handbook, language)
            title = say("derived.print-of-role", edition=name, title=role)
            yield DerivedPage(currency_key(name, slug), title, described, listed=False)


def _roles(snapshot: Snapshot, handbook: Handbook, language: str) -> dict[str, str]:
    """The roles of an edition with their names of today, in today's order, gone ones last."""
    order = {role.slug: n for n, role in enumerate(handbook.roles(language))}
    names = roles_now(handbook.moved, snapshot.roles).items()
    return dict(sorted(names, key=lambda each: (order.get(each[1], len(order)), each[0])))


def _title(key: str, slug: str, snapshot: Snapshot, handbook: Handbook, language: str) -> str:
    page = handbook.page(language, key)
    first = snapshot.kept.get((slug, INTRO)) or snapshot.kept.get((slug, PAGE))
    return page.title if page else first.names[language] if first else slug


@dataclass(frozen=True)
class Prints:
    """The editions, and the handbook of today, for prints in `language` ("zh" or "en").

    `names` are those that the edition which is asked about has for roles, by their names of today:
    its prints, and the numbers of their parts, are of those.
    """

    snapshots: Sequence[Snapshot]
    handbook: Handbook
    language: str
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _states(self) -> list[Snapshot]:
        """The editions, the oldest first, and the handbook of today as if it were one."""
        kept = sorted(self.snapshots, key=lambda each: order(each.edition.name))
        now = Snapshot(Edition("", kept[-1].edition.date), taken(self.handbook))
        return [replace(state, kept=self._called(state.kept)) for state in (*kept, now)]

    def _called(self, kept: Sections) -> Sections:
        today = roles_now(self.handbook.moved, {role for role, _ in kept})
        return {
            (self.names.get(today[role], today[role]), part): each
            for (role, part), each in kept.items()
        }

    @cached_property
    def _entries(self) -> Sequence[Entry]:
        page = self.handbook.page(self.language, change_log.KEY)
        return change_log.entries(page) if page else ()

    @cached_property
    def _versions(self) -> dict[Address, list[Snapshot]]:
        """By part, the last edition that has it as it reads there, version after version."""
        found: dict[Address, list[Snapshot]] = {}
        for state in self._states[:-1]:
            for at in state.kept:
                known = found.setdefault(at, [])
                if known and self._print(known[-1], at) == self._print(state, at):
                    known.pop()
                known.append(state)
        return found

    def since(self, name: str) -> Since:
        """What has changed since the edition `name`."""
        edition = next(each for each in self.snapshots if each.edition.name == name)
        of_today = roles_now(self.handbook.moved, edition.roles)
        if (names := {now: old for old, now in of_today.items() if old != now}) != self.names:
            return replace(self, names=names).since(name)
        snapshot = next(each for each in self._states if each.edition.name == name)
        now = self._states[-1]
        slugs = _roles(snapshot, self.handbook, self.language)
        today = roles_of(now.kept)
        others = [of for of, part in (*now.kept, *snapshot.kept) if key_of(of, part) == of]
        return Since(
            snapshot.edition,
            tuple(self._page(snapshot, f"roles/{now}", slug) for slug, now in slugs.items()),
            tuple(self._page(snapshot, key, key) for key in dict.fromkeys(others)),
            tuple(self._page(snapshot, f"roles/{s}", s) for s in today if s not in slugs),
            numbers(now.kept, ("", ""), self.language),
            snapshot.whole,
        )

    def _page(self, snapshot: Snapshot, key: str, slug: str) -> PageSince:
        now = self._states[-1]
        at_home = key if key == slug else f"roles/{slug}"
        own = [*dict.fromkeys(at for at in (*now.kept, *snapshot.kept) if key_of(*at) == at_home)]
        exists = any(at in now.kept for at in own)
        return PageSince(
            slug,
            key,
            _title(key, slug, snapshot, self.handbook, self.language),
            exists,
            snapshot.knows(own[0][1]),
            numbers(now.kept, (slug, ""), self.language),
            numbers(snapshot.kept, (slug, ""), self.language) if snapshot.knows(own[0][1]) else (),
            numbers(now.kept, (slug, "*"), self.language),
            tuple(self._part(snapshot, at) for at in sorted(own, key=_place)) if exists else (),
            self._quoted(key),
        )

    def _quoted(self, key: str) -> tuple[str, ...]:
        """The numbers of what the pack of a role has from other pages, today."""
        if (self.language, key) not in self.handbook.role_pages:
            return ()
        found = Questions.on(self.handbook).quoted(key.removeprefix("roles/"))
        both = (number_of_quoted(found, languages) for languages in ((self.language,), AUTHORED))
        return tuple(filter(None, both))

    def _part(self, snapshot: Snapshot, at: Address) -> PartSince:
        now = self._states[-1]
        since = self._told(snapshot, at) if snapshot.knows(at[1]) else None
        later = [
            state
            for state in self._versions.get(at, ())
            if order(state.edition.name) > order(snapshot.edition.name)
        ]
        told = (since, *(self._told(state, at) for state in later))
        return PartSince(
            at[1],
            number_of(at[1]),
            self._name(at, now, snapshot),
            anchor_of(at[1]) if self._print(now, at) != MISSING else "",
            numbers(now.kept, at, self.language),
            since,
            tuple(each for each in told if each),
        )

    def _name(self, at: Address, *states: Snapshot) -> str:
        """What readers call a part."""
        name = PARTS[at[1]][self.language] if at[1] in PARTS else self._named(at, *states)
        if family(at[1]) != "exercise":
            return name
        return f"{EXERCISE[self.language].capitalize()}{words(self.language)('sign.colon')}{name}"

    def _named(self, at: Address, *states: Snapshot) -> str:
        """What a part is called in the first of `states` that has it in this language."""
        had = (state.kept[at] for state in states if self._print(state, at) != MISSING)
        return next((kept.names[self.language] for kept in had), "")

    def _print(self, state: Snapshot, at: Address) -> str:
        """The fingerprint of a part in this language."""
        section = state.kept.get(at)
        return section.fingerprints[self.language] if section else MISSING

    def _told(self, state: Snapshot, at: Address) -> Told | None:
        """What to tell of a print of the edition `state`; None if the part is the same today."""
        now = self._states[-1]
        before, after = self._print(state, at), self._print(now, at)
        if before == after:
            return None
        name = self._named(at, now, state)
        items = [
            item
            for entry in self._entries
            if not entry.name or order(entry.name) > order(state.edition.name)
            for item in self._about(entry, at, name)
        ]
        return Told(
            numbers(state.kept, at, self.language),
            self._kind(at, items, name, came_or_went=MISSING in {before, after}),
            tuple(dict.fromkeys(said for item in items if (said := item.said_of(at[1], name)))),
            is_new=before == MISSING,
        )

    def _about(self, entry: Entry, at: Address, name: str) -> tuple[Item, ...]:
        """What an entry says of a part, by the name of its role then or today."""
        today = [now for now, old in self.names.items() if old == at[0]]
        return tuple(item for role in (*today, at[0]) for item in entry.about(role, at[1], name))

    def _kind(self, at: Address, items: Sequence[Item], name: str, *, came_or_went: bool) -> Class:
        if came_or_went:
            return "duty"
        *_, newest, now = self._states
        if newest.knows(at[1]) and self._print(newest, at) != self._print(now, at):
            waiting = [entry for entry in self._entries if not entry.name]
            if not any(self._about(entry, at, name) for entry in waiting):
                return "undescribed"
        kinds: list[Class] = [item.kind for item in items if item.kind]
        return min(kinds, key=CLASSES.index) if kinds else "undescribed"


def _place(at: Address) -> tuple[int, ...]:
    """Introduction, duties by number, abilities; then what else there is, in its order."""
    numbers = [int(number) for number in number_of(at[1]).split(".") if number]
    rank = 0 if at[1] in {INTRO, PAGE} else 10_000 if family(at[1]) == "role" else 20_000
    return tuple(numbers) if numbers else (rank,)
