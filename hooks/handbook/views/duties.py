"""All duties in one table, and by what it can be filtered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handbook.pages.model import Duty, Handbook, Role
from handbook.pages.schema import LABELS

_LABELS = {label.key: label for label in LABELS if label.group and label.filters}


@dataclass(frozen=True, slots=True)
class Named:
    """A term or topic: its id and the words to show."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty with all that it can be found by."""

    role: Role
    duty: Duty
    topics: tuple[Named, ...]

    def ids(self, key: str) -> tuple[str, ...]:
        """What the duty answers to under one filter."""
        if key == "role":
            return (self.role.slug,)
        terms = self.topics if key == "topics" else self.duty.terms(key)
        return tuple(dict.fromkeys(term.id for term in terms if term.id))


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter and its choices.

    `label` is the name of the label it is by, `group` that of the terms behind it; "" if by none.
    """

    key: str
    label: str
    group: str
    choices: tuple[Named, ...]


def duty_rows(handbook: Handbook, language: str) -> tuple[DutyRow, ...]:
    """All duties in the handbook's order."""
    of = handbook.vocabulary
    named = {at: Named(at, topic.text(language).name) for at, topic in of.topics.items()}
    return tuple(
        DutyRow(role, duty, tuple(named[at] for at in of.topics_of(duty.number)))
        for role in handbook.roles(language)
        for duty in role.duties
    )


def facets(rows: Sequence[DutyRow], handbook: Handbook, language: str) -> tuple[Facet, ...]:
    """The filters, each with the choices that at least one duty answers to."""
    groups = {key: label.group or "" for key, label in _LABELS.items()} | {"topics": "topics"}
    choices = {"role": [Named(role.slug, role.title) for role in handbook.roles(language)]} | {
        key: [Named(i, t.text(language).name) for i, t in handbook.vocabulary.group(group).items()]
        for key, group in groups.items()
    }
    found = {key: {each for row in rows for each in row.ids(key)} for key in choices}
    return tuple(
        Facet(
            key,
            _LABELS[key].names[language] if key in _LABELS else "",
            groups.get(key, ""),
            tuple(named for named in names if named.id in found[key]),
        )
        for key, names in choices.items()
    )
