"""The parts of the handbook: everything that editors write and readers hold, one after the other.

The one list from which the state of the translation, the editions, the changes and what a print
holds are made. A part has an address, `role` and `part`:

    marketing         intro, duty-3-2, abilities, exercise-marketing-holiday
    overview, about   page (what stands before the first section), section-purpose
    glossary          term-measures-roi
    who-handles-what  topic-complaints

so `role` is the name of the page where it stands. The last word of a part tells its kind from the
others': a role whose page is called `overview` is not taken for the overview.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from handbook.base.file_models import DUTY_PART
from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import VOCABULARY
from handbook.pages.schema import AUTHORED, DUTY_HEADING, GROUPS, SECTIONS, TRANSLATED
from handbook.pages.terms import Topic
from handbook.versions.fingerprints import fingerprint

if TYPE_CHECKING:
    from handbook.base.file_models import Declared
    from handbook.pages.model import Handbook, Heading, Page, Passage

INTRO, ABILITIES, PAGE = "intro", "abilities", "page"
"""The introduction and the abilities of a role, and what a page begins with."""
GLOSSARY, TOPICS = "glossary", "who-handles-what"
"""The pages that show the vocabulary."""

_DUTY = re.compile(DUTY_PART)
_FAMILIES = {"exercise", "section", "term", "topic"}
_ANCHOR = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class Section:
    """A part in one language: its name, and its texts one a paragraph or list item.

    `path` and `line` are where it begins, or the file and the `keys` to it in YAML; `lines` are
    those of the texts, where they are known. `same` and `translate` are what its editors state:
    fingerprints of words that say the same, and that the other language is to follow.
    """

    role: str
    part: str
    language: str
    name: str
    texts: tuple[str, ...]
    path: str
    line: int
    keys: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    translate: bool = False
    lines: tuple[int, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """Its name and its texts."""
        return (self.name, *self.texts)

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of its name and texts."""
        return fingerprint(*self.said)

    @property
    def number(self) -> str:
        """The number of a duty, such as `3.2`; "" for another part."""
        return number_of(self.part)


Parts = Mapping[tuple[str, str], Mapping[str, Section]]
"""Every part by its address, in the languages that have it."""


def number_of(part: str) -> str:
    """The number of the duty that `part` is (`3.2` for `duty-3-2`), or ""."""
    return part.removeprefix("duty-").replace("-", ".") if _DUTY.fullmatch(part) else ""


def family(part: str) -> str:
    """What sort of part it is: "role", "exercise", "section", "term" or "topic"."""
    first = part.partition("-")[0]
    return "section" if part == PAGE else first if first in _FAMILIES else "role"


def anchor_of(part: str) -> str:
    """Where a part stands on its page; "" for an exercise, which is in print only."""
    if part in {INTRO, PAGE}:
        return "top"
    kind, _, rest = part.partition("-")
    return {"section": rest, "term": rest, "exercise": ""}.get(kind, part)


def key_of(role: str, part: str) -> str:
    """The page where a part stands, such as `roles/marketing`."""
    return f"roles/{role}" if family(part) in {"role", "exercise"} else role


def sections(handbook: Handbook) -> Parts:
    """Every part in both languages, in the handbook's order."""
    found: dict[tuple[str, str], dict[str, Section]] = {}
    for language in AUTHORED:
        for section in _sections(handbook, language):
            found.setdefault((section.role, section.part), {})[language] = section
    return found


def _sections(handbook: Handbook, language: str) -> Iterator[Section]:
    for role in handbook.roles(language):
        if page := handbook.page(language, f"roles/{role.slug}"):
            yield from _of_page(page, role.slug, INTRO, role.title)
            yield from _exercises(handbook, role.slug, language)
    for key in TRANSLATED:
        if page := handbook.page(language, key):
            yield from _of_page(page, key, PAGE, page.title)
    yield from _terms(handbook, language)


def _of_page(page: Page, role: str, part: str, name: str) -> Iterator[Section]:
    """The parts of one page. Nothing that is written on it is left out."""
    line = next((heading.line for heading in page.headings if heading.level == 1), 1)
    found: list[tuple[str, str, int, list[Passage]]] = [(part, name, line, [])]
    for block in page.blocks:
        heading = block.heading
        following = _begins(heading, page) if heading else None
        if heading and following:
            found.append((*following, heading.line, []))
        elif not heading or (heading.level > 1 and heading.text not in _GIVEN):
            found[-1][-1].extend(block.items or (block.passage,))
    same = dict(each.split(" ", 1) for each in listed(page, "same"))
    waiting = listed(page, "translate")
    for at, called, begins, passages in found:
        yield Section(
            role,
            at,
            page.language,
            called,
            tuple(passage.text for passage in passages),
            page.path,
            begins,
            same=(same[at],) if at in same else (),
            translate=at in waiting,
            lines=tuple(passage.line for passage in passages),
        )


_GIVEN = {text for section in SECTIONS for text in section.headings.values()}


def listed(page: Page | None, key: str) -> tuple[str, ...]:
    """What is listed under `key` ("translate" or "same") at the top of a page."""
    found = page.front_matter.get(key) if page else None
    return tuple(found) if isinstance(found, list) else ()


def _begins(heading: Heading, page: Page) -> tuple[str, str] | None:
    """The part that a heading begins and its name, or None."""
    if not page.is_role:
        begins = heading.level == 2 and not heading.container and _ANCHOR.fullmatch(heading.anchor)
        return (f"section-{heading.anchor}", heading.text) if begins else None
    if heading.anchor == ABILITIES:
        return ABILITIES, heading.text
    duty = DUTY_HEADING.fullmatch(heading.text)
    if duty and _DUTY.fullmatch(heading.anchor):
        return heading.anchor, duty["name"]
    return None


def _exercises(handbook: Handbook, role: str, language: str) -> Iterator[Section]:
    for each in handbook.exercises:
        if each.role == role:
            said = each.question[language], (each.answer[language],)
            at = EXERCISES, (each.id,)
            yield _entry((role, f"exercise-{each.id}"), language, said, at, each.declared)


def _terms(handbook: Handbook, language: str) -> Iterator[Section]:
    """Definitions, then topics: what people may call them besides is for search, not to be read."""
    vocabulary = handbook.vocabulary
    for group in GROUPS:
        for name, term in vocabulary.entries(group).items() if group != "topics" else ():
            text = term.text(language)
            said, at = (text.name, (text.definition,)), (VOCABULARY, (group, name))
            yield _entry((GLOSSARY, f"term-{group}-{name}"), language, said, at, term)
    for name, topic in vocabulary.topics.items():
        text, written = topic.text(language), vocabulary.written_topics[name]
        own = (text.definition,) if isinstance(written, Topic) else ()
        said, at = (text.name, (*own, *topic.duties)), (VOCABULARY, ("topics", name))
        yield _entry((TOPICS, f"topic-{name}"), language, said, at, written)


def _entry(
    address: tuple[str, str],
    language: str,
    said: tuple[str, tuple[str, ...]],
    at: tuple[str, tuple[str, ...]],
    declared: Declared,
) -> Section:
    """An entry of a YAML file, in which both languages stand."""
    path, keys = at
    return Section(
        *address,
        language,
        *said,
        path,
        1,
        (*keys, language),
        (declared.same,) if declared.same else (),
        translate=declared.translate not in {None, language},
    )


def titles(handbook: Handbook) -> dict[tuple[str, str], str]:
    """What the pages are called on which parts stand, by `role` and language."""
    return {
        (role, language): page.title
        for role, part in sections(handbook)
        for language in AUTHORED
        if (page := handbook.page(language, key_of(role, part)))
    }


def roles_of(parts: Iterable[tuple[str, str]]) -> list[str]:
    """The roles among the addresses of parts, in their order."""
    return [role for role, part in parts if part == INTRO]
