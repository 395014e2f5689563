"""Every term of the vocabulary in both languages, and where the pages use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.model import Duty, Handbook, Role
from handbook.schema import AUTHORED, GROUPS, Group
from handbook.vocabulary import Term, TermText
from handbook.words import finder, stands_in


@dataclass(frozen=True, slots=True)
class Use:
    """A place that uses a term: an anchor on a role's page ("" is its introduction)."""

    role: Role
    duty: Duty | None
    anchor: str


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term in the reader's language and in the other, and where it is used."""

    id: str
    anchor: str
    text: TermText
    other: TermText
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class GlossaryGroup:
    """The terms of one group."""

    key: Group
    entries: tuple[GlossaryEntry, ...]


def glossary(handbook: Handbook, language: str) -> tuple[GlossaryGroup, ...]:
    """All groups that have terms, in the vocabulary's order."""
    other = next(each for each in AUTHORED if each != language)
    roles = handbook.roles(language)
    return tuple(
        GlossaryGroup(
            group,
            tuple(
                GlossaryEntry(
                    term_id,
                    f"{group}-{term_id}",
                    term.text(language),
                    term.text(other),
                    tuple(_uses(group, term_id, term, roles, language)),
                )
                for term_id, term in handbook.vocabulary.group(group).items()
            ),
        )
        for group in GROUPS
        if handbook.vocabulary.group(group)
    )


def _uses(
    group: Group, term_id: str, term: Term, roles: tuple[Role, ...], language: str
) -> Iterator[Use]:
    """Where labelled lines and ability items name the term; if none does, where its name stands."""
    if group == "topics":
        return
    named = [use for role in roles for use in _named(group, term_id, role)]
    yield from named or (use for role in roles for use in _mentions(term.text(language), role))


def _named(group: Group, term_id: str, role: Role) -> Iterator[Use]:
    if group == "abilities":
        for ability in role.abilities:
            if ability.term.id == term_id:
                yield Use(role, None, ability.anchor)
        return
    for duty in role.duties:
        if any(use.id == term_id for use in getattr(duty, group)):
            yield Use(role, duty, duty.anchor)


def _mentions(text: TermText, role: Role) -> Iterator[Use]:
    pattern = finder([text.name, *text.also])
    if any(pattern.search(passage.text) for passage in role.intro):
        yield Use(role, None, "")
    for duty in role.duties:
        if stands_in(duty, pattern):
            yield Use(role, duty, duty.anchor)
    for ability in role.abilities:
        if pattern.search(ability.qualification.text):
            yield Use(role, None, ability.anchor)
