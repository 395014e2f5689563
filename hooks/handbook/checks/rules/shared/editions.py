"""The editions: their files as they were made, and what the change log says of them.

Only editions that were made are looked at. What is changed after the newest one waits for the next:
nobody who fixes a page is asked for an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from handbook.base.folding import nearest
from handbook.base.words import both, words
from handbook.checks.rules.shared.changes import check_numbers, check_parity
from handbook.checks.rules.text.leftovers import PLACEHOLDER
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.loader import Project
from handbook.pages.model import Page
from handbook.pages.redirects import roles_now
from handbook.pages.schema import AUTHORED
from handbook.site.addresses import FILE as ADDRESSES
from handbook.versions import change_log, edition_digests, editions
from handbook.versions.change_log import Entry, Item
from handbook.versions.changes import KINDS, UNRELEASED, Kind, came_or_went, label
from handbook.versions.edition_digests import DIGESTS
from handbook.versions.editions import Sections, Snapshot
from handbook.versions.parts import INTRO, family, roles_of, titles

EDITION_FILE = rule("edition-file")
EDITION_CHANGED = rule("edition-changed")
EDITION_DIGEST = rule("edition-digest")
EDITION_ENTRY = rule("edition-entry")
EDITION_UNKNOWN = rule("edition-unknown")
CHANGE_MISSING = rule("change-missing")
CHANGE_CLASS = rule("change-class")
_COLON = rule("change-class/colon")

_NO_COLON = re.compile(r"(\s*[-*+] +(\*\*|__)([^*_]*[^*_\s:：])\2)[ –—-]*(?=[^\s:：])")
"""An item whose kind has words behind it and no colon."""


def edition_names(project: Project) -> Iterator[str]:
    """The names of the files of editions, whether they are right or not."""
    for file in project.files:
        folder, _, name = file.path.rpartition("/")
        if folder != editions.FOLDER or file.path in {DIGESTS, ADDRESSES}:
            continue
        if name.endswith(".tsv") and file.is_plain:
            yield name.removesuffix(".tsv")


def check_edition_files(project: Project) -> Iterator[Diagnostic]:
    """Every edition: readable, and as it was made."""
    recorded, brought = edition_digests.read(project.root), edition_digests.as_brought(project.root)
    names = [*edition_names(project)]
    for name in names:
        path = f"{editions.FOLDER}/{name}.tsv"
        try:
            editions.read(project.root / path)
        except editions.SnapshotError as error:
            yield EDITION_FILE.at(Place(path, error.line), found=error.found, name=name)
        else:
            digest = edition_digests.digest((project.root / path).read_bytes())
            yield from _as_made(name, digest, recorded, brought)
    for name, (_, line) in recorded.items():
        if name not in names:
            found = both("rule.editions.none", name=name)
            fix = _restored(name, brought.get(name, ("",))[0])
            yield EDITION_DIGEST.at(Place(DIGESTS, line), found=found, fix=fix)


def _as_made(
    name: str,
    digest: str,
    recorded: Mapping[str, tuple[str, int]],
    brought: Mapping[str, tuple[str, str]],
) -> Iterator[Diagnostic]:
    """Whether the edition `name`, of this digest, is the one that was made."""
    commit, then = brought.get(name, ("", digest))
    place = Place(f"{editions.FOLDER}/{name}.tsv")
    if then != digest:
        yield EDITION_CHANGED.at(place, witness=commit, fix=_restored(name, commit))
    elif name not in recorded:
        found = both("rule.editions.no-digest", name=name)
        yield EDITION_DIGEST.at(Place(DIGESTS), found=found, fix=f"{name} {digest}")
    elif recorded[name][0] != digest:
        yield EDITION_CHANGED.at(place, witness=DIGESTS, fix=_restored(name, commit))


def _restored(name: str, commit: str) -> dict[str, str]:
    """How to bring an edition back as it was, from the history if that has it."""
    if commit:
        command = f"git checkout {commit} -- {editions.FOLDER}/{name}.tsv"
        return both("rule.editions.restore", command=command, digests=DIGESTS)
    return both("rule.editions.restore-backup", digests=DIGESTS)


def check_editions(project: Project) -> Iterator[Diagnostic]:
    """The change log in both languages, beside the editions."""
    files = frozenset(edition_names(project))
    kept = editions.snapshots(project.root)[::-1]
    snapshots = [_as_called_now(each, project) for each in kept]
    entries: dict[str, tuple[Entry, ...]] = {}
    for language in AUTHORED:
        page = project.handbook.page(language, change_log.KEY)
        if page is not None:
            entries[language] = change_log.entries(page)
            called = titles(project.handbook)
            yield from _Log(page, entries[language], snapshots, files, called).check()
            before = [each.kept for each in snapshots]
            yield from check_numbers(project, page, entries[language], before)
    if len(entries) == len(AUTHORED):
        yield from check_parity(project, entries)
    if not entries and snapshots and not project.unread:
        path = f"docs/{AUTHORED[0]}/{change_log.KEY}.md"
        name = snapshots[-1].edition.name
        place = Place(path, language=AUTHORED[0])
        yield EDITION_ENTRY.at(place, name=name, anchor=change_log.anchor(name))


def unsaid(project: Project, kept: Sections) -> list[Diagnostic]:
    """What changed since the newest edition, of which the log says nothing; `kept` is of today."""
    newest = next(iter(editions.snapshots(project.root)), None)
    if newest is None:
        return []
    before, after = _as_called_now(newest, project), replace(newest, kept=kept, whole=True)
    found: list[Diagnostic] = []
    for language in AUTHORED:
        if page := project.handbook.page(language, change_log.KEY):
            said = [each for each in change_log.entries(page) if not each.name]
            entry = said[0] if said else Entry("", page.headings[0], ())
            log = _Log(page, said, (), frozenset(), titles(project.handbook))
            found += log.missing(entry, before, after)
    return found


def _as_called_now(snapshot: Snapshot, project: Project) -> Snapshot:
    """The edition with the roles by the names that their pages have now: a rename is no removal."""
    names = roles_now(project.handbook.moved, {role for role, _ in snapshot.kept})
    kept = {(names[role], part): each for (role, part), each in snapshot.kept.items()}
    return replace(snapshot, kept=kept)


@dataclass(frozen=True, slots=True)
class _Log:
    page: Page
    entries: Sequence[Entry]
    snapshots: Sequence[Snapshot]
    files: frozenset[str]
    """The names of the editions' files, whether they can be read or not."""
    titles: Mapping[tuple[str, str], str]
    """What pages are called today, by name and language."""

    def check(self) -> Iterator[Diagnostic]:
        named = {entry.name: entry for entry in self.entries if entry.name}
        names = [snapshot.edition.name for snapshot in self.snapshots]
        newest_first = min((e.heading.line for e in self.entries if e.name), default=1)
        for name in names:
            if name not in named:
                anchor = change_log.anchor(name)
                yield EDITION_ENTRY.at(self.page.place(newest_first), name=name, anchor=anchor)
        for name, entry in named.items():
            if name not in self.files:
                yield EDITION_UNKNOWN.at(
                    self.page.place(entry.heading.line),
                    known=", ".join(names) or both("rule.editions.none-yet"),
                    found=name,
                    unreleased=UNRELEASED,
                )
        for entry in self.entries:
            yield from self._classes(entry)
        for old, new in pairwise(self.snapshots):
            if new.edition.name in named:
                yield from self.missing(named[new.edition.name], old, new)

    def _classes(self, entry: Entry) -> Iterator[Diagnostic]:
        language = self.page.language
        known = [names[language] for names in KINDS.values()]
        most = KINDS["meaning"][language]
        for item in entry.items:
            source = self.page.lines[item.line - 1]
            if item.kind and (wrong := _NO_COLON.match(source)):
                fix = wrong[1] + words(language)("sign.colon") + source[wrong.end() :]
                yield _COLON.at(self.page.place(item.line), found=wrong[3], fix=fix)
            elif item.said == (sample := words(language)("rule.editions.what")):
                yield PLACEHOLDER.at(self.page.place(item.line, sample), found=sample)
            elif item.kind is None:
                yield CHANGE_CLASS.at(
                    self.page.place(item.line),
                    known=words(language)("sign.comma").join(known),
                    found=item.found,
                    fix=_meant(item, language) or nearest(item.found, known) or most,
                    said=item.said,
                )

    def missing(self, entry: Entry, before: Snapshot, after: Snapshot) -> Iterator[Diagnostic]:
        """What is not the same in both, and the entry says nothing of."""
        old, new = before.kept, after.kept
        roles = {*roles_of(old)} ^ {*roles_of(new)}
        for role, part in sorted(old.keys() | new.keys()):
            was, now = old.get((role, part)), new.get((role, part))
            if was and now and was.fingerprints == now.fingerprints:
                continue
            if not (before.knows(part) and after.knows(part)):
                continue  # whether it changed cannot be told
            if role in roles and part != INTRO and family(part) in {"role", "exercise"}:
                continue  # the whole role came or went, which is said once
            known = now or was
            if known and not entry.about(role, part, known.names[self.page.language]):
                yield self._unsaid(entry, role, part, old, new)

    def _unsaid(
        self, entry: Entry, role: str, part: str, before: Sections, after: Sections
    ) -> Diagnostic:
        language = self.page.language
        known = {**before, **after}
        old, new = (role, part) in before, (role, part) in after
        title = self.titles.get((role, language), role)
        if (role, INTRO) in known:
            title = known[role, INTRO].names[language]
        kind: Kind = "meaning" if old and new else "duty"
        section = label(part, known[role, part].names[language], language)
        say = words(language)
        item = f"{section}{say('sign.colon')}{say('rule.editions.what')}"
        if kind == "duty" and part == INTRO:
            section = item = came_or_went(was=old)[language]
        anchor = change_log.anchor(entry.name, role)
        fix = f"- **{KINDS[kind][language]}**{say('sign.colon')}{item}"
        if anchor not in self.page.anchors:
            fix = f"### {title} {{ #{anchor} }}\n\n{fix}"
        return CHANGE_MISSING.at(
            self.page.place(entry.heading.line),
            edition=entry.name,
            role=title,
            section=section,
            fix=fix,
        )


def _meant(item: Item, language: str) -> str:
    """The kind that an item's bold words are another name for, or ""."""
    bold = item.found if item.found != item.said else ""
    named = CHANGE_CLASS.words.items()
    kind = next((kind for kind, near in named if re.search(near, bold, re.IGNORECASE)), "")
    return both(f"log.{kind}")[language] if kind else ""
