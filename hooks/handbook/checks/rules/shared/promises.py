"""Numbers and anchors are never reused: what an edition published is there, or has its line.

Two things can be compared with: the record that `handbook edition` keeps, and with `--since` the
pages as they were at a commit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.loader import DOCS, VOCABULARY, Project, page_place
from handbook.pages.model import Handbook, Role
from handbook.pages.redirects import REDIRECTS, page_of, retired
from handbook.pages.schema import AUTHORED
from handbook.site.addresses import addresses, recorded, vanished
from handbook.versions.editions import snapshots, taken
from handbook.versions.parts import ABILITIES, number_of
from handbook.views.glossary import FOLDER as GLOSSARY
from handbook.views.topics import FOLDER as TOPICS

REDIRECT_MISSING = rule("redirect-missing")
_DUTY = rule("redirect-missing/duty")
_PLACE = rule("redirect-missing/place")
_HOME, _ABILITY = "index", "ability-"
_MADE = (f"{TOPICS}/", f"{GLOSSARY}/")
"""Where pages stand that follow from the vocabulary."""

Number = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is promised of a role's numbers.

    `retired` are used no more; `gone` were published and have vanished without a line. `names` has
    the number that each name stood for, by language, in `edition`.
    """

    retired: frozenset[Number] = frozenset()
    gone: frozenset[Number] = frozenset()
    names: Mapping[tuple[str, str], Number] = field(default_factory=dict)
    edition: str = ""


@dataclass(frozen=True)
class Promises:
    """What was published: each address, where from; and what every duty was called, by language.

    `renamed` is what git takes pages to have been renamed to, by their keys.
    """

    project: Project
    published: Mapping[str, str]
    names: Mapping[tuple[str, str], Mapping[str, str]]
    edition: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)

    def numbers(self, role: Role) -> Numbers:
        """Those of a role."""
        book = self.project.handbook
        former = (role.slug, *book.former(role.slug))
        own = {
            part: names
            for (slug, part), names in self.names.items()
            if slug in former and number_of(part)
        }
        named = [
            (of, name, _number(part)) for part, names in own.items() for of, name in names.items()
        ]
        often = Counter((of, name) for of, name, _ in named)
        vanished = (at.partition("#") for at in self._vanished)
        return Numbers(
            frozenset(
                number
                for slug, number, _ in retired(book.moved)
                if slug == role.slug
                and "roles/{}#duty-{}-{}".format(slug, *number) not in self.kept
            ),
            frozenset(
                _number(anchor)
                for page, _, anchor in vanished
                if page == f"roles/{role.slug}" and number_of(anchor)
            ),
            {
                (of, name): number
                for of, name, number in named
                if often[of, name] == 1 and number[0] == role.section
            },
            self.edition,
        )

    @cached_property
    def kept(self) -> frozenset[str]:
        """Where duties are by the numbers and names that they were published with."""
        return frozenset(
            at
            for role in self.project.handbook.role_pages.values()
            for duty in role.duties
            if self._names(at := f"roles/{role.slug}#{duty.anchor}").get(role.language) == duty.name
        )

    @cached_property
    def _vanished(self) -> list[str]:
        return [*vanished(self.project.handbook, self.published)]

    def check(self, unclear: Collection[str] = ()) -> Iterator[Diagnostic]:
        """What was published and is gone without a word; not of the pages at paths `unclear`."""
        unread = {key for _, key in self.project.unread}
        unread |= {place[1] for path in unclear if (place := page_place(path))}
        no_terms = any(each.path == VOCABULARY for each in self.project.problems)
        for at in self._vanished:
            page, _, anchor = at.partition("#")
            if page in unread or (no_terms and page.startswith(_MADE)):
                continue
            values: dict[str, object] = {"fix": f"{at}: {self.successor(at)}"}
            if not anchor and not page.startswith(_MADE):
                found = f"{DOCS}/{AUTHORED[0]}/{page}.md"
                yield REDIRECT_MISSING.at(Place(REDIRECTS), found=found, **values)
            elif number := number_of(anchor):
                names = self._names(at) or dict.fromkeys(AUTHORED, "")
                told = {of: f"{number} {name}".rstrip() for of, name in names.items()}
                yield _DUTY.at(Place(REDIRECTS), duty=told, since=self.published[at], **values)
            else:
                yield _PLACE.at(Place(REDIRECTS), found=at, since=self.published[at], **values)

    def led(self, at: str) -> str:
        """Where the readers of an address that was published and is gone are led; "" for others."""
        moved = self.project.handbook.moved
        return moved.get(at) or (self.successor(at) if at in self._vanished else "")

    def without_a_word(self, duty: str) -> bool:
        """Whether the duty of this number is gone, and the line that says so is still missing."""
        anchor = f"#duty-{duty.replace('.', '-')}"
        roles = {at.partition("#")[0] for at in self.published if at.endswith(anchor)}
        return any(f"{role}{anchor}" in self._vanished or role in self._vanished for role in roles)

    def _names(self, at: str) -> Mapping[str, str]:
        page, _, part = at.partition("#")
        return self.names.get((page.removeprefix("roles/"), part), {})

    def successor(self, at: str) -> str:
        """What most likely took the place of `at`; else the page or list that it stood on."""
        page, _, anchor = at.partition("#")
        there = addresses(self.project.handbook)
        if number_of(anchor):
            return self._moved_duty(at) or page
        if anchor or page.startswith(_MADE):
            new = [each for each in there - self.published.keys() if _beside(each, at)]
            lost = [each for each in self._vanished if _beside(each, at)]
            if len(new) == len(lost) == 1:
                return new[0]
            ability = anchor.startswith(_ABILITY)
            listed = page if anchor else page.partition("/")[0]
            return f"{page}#{ABILITIES}" if ability else listed
        folder = page.rpartition("/")[0]
        found = self.renamed.get(page) or self._renamed_role(page) or self._renamed_page(page)
        return found or next((at for at in (f"{folder}/index", folder) if at in there), _HOME)

    def _moved_duty(self, at: str) -> str:
        """Where a duty of the same name stands now that was not published, "" for none."""
        names = self._names(at)
        for role in self.project.handbook.role_pages.values():
            for duty in role.duties:
                there = f"roles/{role.slug}#{duty.anchor}"
                if duty.name == names.get(role.language) and there not in self.published:
                    return there
        return ""

    def _renamed_role(self, page: str) -> str:
        """The role's page, not published yet, that has most duties of `page` by their names."""
        slug = page.removeprefix("roles/")
        lost = {
            names[of] for (role, _), names in self.names.items() if role == slug for of in names
        }
        new = {
            role.slug: sum(duty.name in lost for duty in role.duties)
            for role in self.project.handbook.role_pages.values()
            if f"roles/{role.slug}" not in self.published
        }
        best = max(new, key=lambda each: new[each], default="")
        return f"roles/{best}" if new.get(best) else ""

    def _renamed_page(self, page: str) -> str:
        """The page, not published yet, that has most of the headings of `page` by their anchors."""
        lost = [at.partition("#")[2] for at in self.published if at.startswith(f"{page}#")]
        new = {
            key: sum(anchor in each.anchors for anchor in lost)
            for (_, key), each in self.project.handbook.pages.items()
            if key not in self.published
        }
        best = max(new, key=lambda each: new[each], default="")
        return best if lost and 2 * new.get(best, 0) > len(lost) else ""


def on_record(project: Project) -> Promises:
    """What editions promised."""
    kept = snapshots(project.root)
    names: dict[tuple[str, str], Mapping[str, str]] = {}
    for snapshot in reversed(kept):
        names |= {place: section.names for place, section in snapshot.kept.items()}
    edition = kept[0].edition.name if kept else ""
    return Promises(project, recorded(project.root), names, edition)


def since(project: Project, commit: str, before: Handbook, gone: Mapping[str, str]) -> Promises:
    """The same with what `before`, the pages of `commit`, had; `gone` as git tells it."""
    made = on_record(project)
    places = [(page_place(old), page_place(new)) for old, new in gone.items() if new]
    return replace(
        made,
        published=dict.fromkeys(addresses(before), commit) | dict(made.published),
        names={place: section.names for place, section in taken(before).items()} | dict(made.names),
        renamed={old[1]: new[1] for old, new in places if old and new},
    )


def _number(part: str) -> Number:
    section, _, n = number_of(part).partition(".")
    return int(section), int(n)


def _beside(one: str, other: str) -> bool:
    """Whether two addresses are of one kind: headings or abilities of one page, terms, topics."""
    (page, _, anchor), (_, _, there) = one.partition("#"), other.partition("#")
    if number_of(anchor) or bool(anchor) != bool(there):
        return False
    alike = anchor.startswith(_ABILITY) == there.startswith(_ABILITY)
    if anchor:
        return page == page_of(other) and alike
    return page.partition("/")[0] == other.partition("/")[0] and page.startswith(_MADE)
