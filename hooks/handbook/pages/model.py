"""The values that everything else works on: what the authored pages say, and where they say it.

`Handbook → Page → Role → Duty, Ability`. They are made once, by `loader.load`; the rules, the
site's templates and every derived page or file read them. All values are immutable.
Lines count from 1 in the file as the editor sees it, front matter included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from handbook.base.file_models import Declared
from handbook.pages.diagnostics import Place
from handbook.pages.schema import AUTHORED, LABELS, Group, LabelSchema, other

if TYPE_CHECKING:
    from handbook.pages.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a page: its words, the HTML they render to, and the line they start on."""

    text: str
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as the site renders it.

    `anchor` is the id it is published with; `typed_anchor` the one the editor typed, if that
    differs. `container` says what it is wrapped in ("quote", "list", "box", "html"), else "".
    """

    level: int
    text: str
    line: int
    anchor: str = ""
    typed_anchor: str = ""
    container: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link (`kind` "a") or an image ("img"); `raw` if it was typed as HTML."""

    kind: str
    target: str
    text: str
    line: int
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """An HTML element of the rendered page; `raw` if it was typed as HTML, not made by Markdown."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    line: int
    raw: bool


PLAIN = Tag("", (), 0, raw=False)
"""Stands for every paragraph, list, heading and the like that Markdown made without attributes."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Words of one source line that readers see; `language` where the page marks one, else ""."""

    text: str
    line: int
    code: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block of the rendered page: paragraph, list, table, heading, box and so on.

    `kind` is the key of the label that a paragraph begins with; in the body of a duty, the sentence
    on what it is for is "purpose" and the list of its tasks "tasks". All else has none ("").
    """

    tag: str
    passage: Passage
    items: tuple[Passage, ...] = ()
    heading: Heading | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TermUse:
    """A vocabulary term that a page names: the words used, and the term's id ("" if unknown)."""

    words: str
    id: str
    line: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a duty says behind a label, and the terms it names there if the label has a group."""

    passage: Passage
    uses: tuple[TermUse, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: what it is for, its tasks, and its labelled lines by the label's key.

    `labelled` has the labels that are there, in the schema's order.
    """

    section: int
    n: int
    name: str
    line: int
    purpose: Passage | None
    tasks: tuple[Passage, ...]
    labelled: Mapping[str, Labelled] = field(hash=False)
    body: tuple[Block, ...]

    @property
    def number(self) -> str:
        """As readers see it, such as `3.2`."""
        return f"{self.section}.{self.n}"

    @property
    def anchor(self) -> str:
        """The public anchor, such as `duty-3-2`."""
        return f"duty-{self.section}-{self.n}"

    def terms(self, key: str) -> tuple[TermUse, ...]:
        """The terms that it names behind the label `key`."""
        labelled = self.labelled.get(key)
        return labelled.uses if labelled else ()

    def uses(self, group: Group) -> tuple[TermUse, ...]:
        """The terms of a group that it names, behind whichever label."""
        return tuple(
            use for label in LABELS if label.group == group for use in self.terms(label.key)
        )

    def passages(self) -> Iterator[Passage]:
        """What is below its heading: paragraphs, and the items of its lists."""
        for block in self.body:
            yield from block.items or (block.passage,)

    def mentions(self, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern` finds something in its name or below it."""
        return any(map(pattern.search, self.texts()))

    def texts(self) -> Iterator[str]:
        """Its name, and what is said below it: a label is no word of the duty."""
        yield self.name
        yield from (said for _, said in self.lines())

    def lines(self) -> Iterator[tuple[str, str]]:
        """The texts below its heading: the label that one begins with, or "", and what it says."""
        for block in self.body:
            if labelled := self.labelled.get(block.kind):
                said = labelled.passage.text
                yield block.passage.text.removesuffix(said), said
            else:
                yield from (("", passage.text) for passage in block.items or (block.passage,))


@dataclass(frozen=True, slots=True)
class Ability:
    """One ability item: the vocabulary term it begins with, and the page's own qualification."""

    term: TermUse
    qualification: Passage
    line: int

    @property
    def anchor(self) -> str:
        """The public anchor, such as `ability-data-analysis`."""
        return f"ability-{self.term.id}"


@dataclass(frozen=True, slots=True)
class Role:
    """What a role page says, in one language."""

    slug: str
    language: str
    path: str
    section: int
    title: str
    intro: tuple[Passage, ...]
    duties: tuple[Duty, ...]
    abilities: tuple[Ability, ...]

    def terms(self) -> Iterator[tuple[LabelSchema, list[TermUse]]]:
        """What its duties name, by label: each term once, in their order."""
        return terms_of(self.duties)


def terms_of(duties: Iterable[Duty]) -> Iterator[tuple[LabelSchema, list[TermUse]]]:
    """What `duties` name, by label: each term once, in their order."""
    named = [*duties]
    for label in LABELS:
        first: dict[str, TermUse] = {}
        for duty in named:
            for term in duty.terms(label.key):
                first.setdefault(term.id or term.words, term)
        if first:
            yield label, [*first.values()]


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise on the duty with the number `duty`, of the role page `role`, by language.

    `also` is the second duty that it is about, if it has one, with that duty's role page.
    """

    id: str
    role: str
    duty: str
    question: Mapping[str, str]
    answer: Mapping[str, str]
    declared: Declared = field(default=Declared(), compare=False)
    also: tuple[tuple[str, str], ...] = ()

    @property
    def duties(self) -> tuple[tuple[str, str], ...]:
        """Role page and number of each duty whose words are in it."""
        return ((self.role, self.duty), *self.also)


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """An authored page: its place, its front matter and everything on it that the rules look at.

    `path` is relative to the repository (`docs/zh/roles/marketing.md`), `key` is the same in every
    language (`roles/marketing`). `lines` are those of the file; its Markdown
    begins on `first_line`.
    """

    path: str
    language: str
    key: str
    front_matter: Mapping[str, object]
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    anchors: tuple[str, ...]
    links: tuple[Link, ...]
    tags: tuple[Tag, ...]
    runs: tuple[TextRun, ...]
    first_line: int = 1

    @property
    def title(self) -> str:
        """The text of the first top-level `#` heading, or ""."""
        return next((h.text for h in self.headings if h.level == 1 and not h.container), "")

    @property
    def is_role(self) -> bool:
        """Whether this is the page of one role."""
        return self.key.startswith("roles/") and self.key != "roles/index"

    def place(self, line: int, words: str = "") -> Place:
        """The place of `words` on `line`, of the line itself if they are not found there."""
        column = 1
        if words and 0 < line <= len(self.lines):
            column = self.lines[line - 1].find(words) + 1 or 1
        return Place(self.path, line, column, self.language)


@dataclass(frozen=True, eq=False)
class Handbook:
    """All authored pages of all languages, and the vocabulary and the exercises they share."""

    vocabulary: Vocabulary
    pages: Mapping[tuple[str, str], Page]
    role_pages: Mapping[tuple[str, str], Role] = field(default_factory=dict)
    exercises: tuple[Exercise, ...] = ()
    """Those on duties that there are, in the order of the duties."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """What was at an address (`roles/marketing#duty-3-3`), and where it is now."""

    def page(self, language: str, key: str) -> Page | None:
        """The page `key` in `language`, or None if there is none."""
        return self.pages.get((language, key))

    def title(self, language: str, key: str = "index") -> str:
        """What the page `key` is called, "" if there is none; the home page like the handbook."""
        page = self.page(language, key)
        return page.title if page else ""

    def twin(self, page: Page) -> Page | None:
        """The same page in the other language, or None if there is none."""
        return self.page(other(page.language), page.key)

    def roles(self, language: str) -> tuple[Role, ...]:
        """The roles of `language` in the handbook's order (by their section number)."""
        return self._roles.get(language, ())

    @cached_property
    def _roles(self) -> dict[str, tuple[Role, ...]]:
        roles = sorted(self.role_pages.values(), key=lambda role: (role.section, role.slug))
        return {of: tuple(role for role in roles if role.language == of) for of in AUTHORED}

    @cached_property
    def in_both(self) -> list[dict[str, Role]]:
        """The roles that both languages have, each by language, in the handbook's order."""
        there = {role.slug: role for role in self.roles("en")}
        return [{"zh": r, "en": there[r.slug]} for r in self.roles("zh") if r.slug in there]

    def former(self, slug: str) -> Iterator[str]:
        """The names that a role's page had before."""
        for old, target in self.moved.items():
            if target == f"roles/{slug}" and old.startswith("roles/") and "#" not in old:
                yield old.removeprefix("roles/")
