"""Every term of the vocabulary in both languages, and where the pages use it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from handbook.base.word_search import finder
from handbook.pages.model import Ability, Duty, Handbook, Role
from handbook.pages.schema import GROUPS, LABELS, Group, other
from handbook.pages.terms import Origin, Term, TermText

FOLDER = "glossary"
"""The page that lists all terms; each has one below it, but for topics, which have their own."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place that uses a term: an anchor on a role's page ("" is its introduction)."""

    role: Role
    duty: Duty | None
    anchor: str
    ability: Ability | None = None


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term in the reader's language and in the other, whose word it is, and where it is used.

    `topic` is the topic that it is, if any: who handles it. `role` is the role that a partner is.
    `facet` is the filter of the table of duties that finds those which name it, or "".
    """

    id: str
    anchor: str
    origin: Origin
    text: TermText
    other: TermText
    uses: tuple[Use, ...]
    topic: str
    role: Role | None
    facet: str

    @property
    def key(self) -> str:
        """Its page."""
        return term_key(self.anchor)

    @property
    def by_role(self) -> list[tuple[Role, list[Use]]]:
        """Where it is used, role by role."""
        return [(role, [*uses]) for role, uses in groupby(self.uses, key=lambda use: use.role)]


def term_key(anchor: str) -> str:
    """The page of a term, by its anchor on the page that lists all, such as `measures-roi`."""
    return f"{FOLDER}/{anchor}"


@dataclass(frozen=True, slots=True)
class GlossaryGroup:
    """The terms of one group, and what readers call it."""

    key: Group
    name: str
    entries: tuple[GlossaryEntry, ...]


def glossary(handbook: Handbook, language: str) -> tuple[GlossaryGroup, ...]:
    """All groups that have terms, in the vocabulary's order."""
    return tuple(
        GlossaryGroup(
            group,
            names[language],
            tuple(_entry(group, *named, handbook, language) for named in entries.items()),
        )
        for group, names in GROUPS.items()
        if (entries := handbook.vocabulary.entries(group))
    )


def _entry(
    group: Group, term_id: str, term: Term, handbook: Handbook, language: str
) -> GlossaryEntry:
    vocabulary = handbook.vocabulary
    topic_id = term_id if group == "topics" else vocabulary.topic_of.get(term_id, "")
    numbers = vocabulary.topics[topic_id].duties if topic_id else ()
    roles = handbook.roles(language)
    named = tuple(use for role in roles for use in _named(group, term_id, numbers, role))
    text = term.text(language)
    return GlossaryEntry(
        term_id,
        f"{group}-{term_id}",
        term.origin,
        text,
        term.text(other(language)),
        # If nothing is about the term, where its name stands.
        named or tuple(use for role in roles for use in _mentions(text, role)),
        topic_id,
        next((role for role in roles if role.slug == term.role), None),
        _facet(group, term_id, roles),
    )


def _facet(group: Group, term_id: str, roles: Iterable[Role]) -> str:
    """The label behind which duties name the term, where the table of duties filters by it."""
    for label in LABELS:
        named = (use.id for role in roles for duty in role.duties for use in duty.terms(label.key))
        if label.group == group and label.filters and term_id in named:
            return label.key
    return ""


def _named(group: Group, term_id: str, numbers: Container[str], role: Role) -> Iterator[Use]:
    """What names the term: ability items, labelled lines, or its topic, by duties' `numbers`."""
    if group == "abilities":
        for ability in role.abilities:
            if ability.term.id == term_id:
                yield Use(role, None, ability.anchor, ability)
    for duty in role.duties:
        if duty.number in numbers or any(use.id == term_id for use in duty.uses(group)):
            yield Use(role, duty, duty.anchor)


def _mentions(text: TermText, role: Role) -> Iterator[Use]:
    pattern = finder([text.name, *text.also])
    if any(pattern.search(passage.text) for passage in role.intro):
        yield Use(role, None, "")
    for duty in role.duties:
        if duty.mentions(pattern):
            yield Use(role, duty, duty.anchor)
    for ability in role.abilities:
        if pattern.search(ability.qualification.text):
            yield Use(role, None, ability.anchor, ability)
