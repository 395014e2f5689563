"""A duty in both languages at once, and what the handbook connects it with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from handbook.base.word_search import finder
from handbook.base.words import capital, words
from handbook.pages.model import Ability, Duty, Handbook, Role
from handbook.pages.schema import AUTHORED, LABELS, LabelSchema

Text = Mapping[str, str]
"""What is said, in each authored language."""
_Part = TypeVar("_Part", Duty, Ability)


@dataclass(frozen=True, eq=False)
class Twin:
    """A duty of the role page `role`, and the topics that it is named under."""

    role: str
    duty: Mapping[str, Duty]
    topics: frozenset[str]

    @property
    def number(self) -> str:
        """As readers see it, such as `3.2`."""
        return self.duty["zh"].number

    @property
    def name(self) -> Text:
        """What it is called."""
        return {of: each.name for of, each in self.duty.items()}

    @property
    def purpose(self) -> Text:
        """What it is for; "" where it does not say."""
        return {of: each.purpose.text if each.purpose else "" for of, each in self.duty.items()}

    @cached_property
    def tasks(self) -> list[Text]:
        """Its tasks."""
        pairs = zip(self.duty["zh"].tasks, self.duty["en"].tasks, strict=False)
        return [{"zh": chinese.text, "en": english.text} for chinese, english in pairs]

    def terms(self, label: LabelSchema) -> dict[str, Text]:
        """What it names behind a label, by id, where both languages name it."""
        named = {of: {u.id: u.words for u in d.terms(label.key)} for of, d in self.duty.items()}
        ids = [at for at in named["zh"] if at and at in named["en"]]
        return {at: {of: capital(named[of][at]) for of in AUTHORED} for at in ids}

    @cached_property
    def all_terms(self) -> frozenset[str]:
        """The ids of all that it names behind labels."""
        return frozenset(at for label in LABELS for at in self.terms(label))

    def mentions(self, said: Mapping[str, Iterable[str]]) -> bool:
        """Whether it has one of these words, given by language, in either."""
        return any(finder(names).search(self._texts[of]) for of, names in said.items())

    def says(self, said: Mapping[str, Iterable[str]]) -> bool:
        """Whether it has one of these words in both."""
        return all(finder(names).search(self._texts[of]) for of, names in said.items())

    @cached_property
    def _texts(self) -> Text:
        """All that it says; no word goes on from one passage to the next."""
        return {of: "\0".join(each.texts()) for of, each in self.duty.items()}

    def passage(self, said: Mapping[str, Iterable[str]]) -> Text:
        """Its first passage that has one of these words; its name if none of its passages has."""
        return {of: _passage(each, said[of]) for of, each in self.duty.items()}


def twins_of(each: Mapping[str, Sequence[_Part]]) -> list[dict[str, _Part]]:
    """The duties, or abilities, that both languages have."""
    english = {part.anchor: part for part in each["en"]}
    return [{"zh": p, "en": english[p.anchor]} for p in each["zh"] if p.anchor in english]


def twins(role: Mapping[str, Role], handbook: Handbook) -> Iterator[Twin]:
    """The duties that a role has in both languages."""
    for duty in twins_of({of: each.duties for of, each in role.items()}):
        touched = frozenset(handbook.vocabulary.topics_of(duty["zh"].number))
        yield Twin(role["zh"].slug, duty, touched)


def joined(key: str, texts: Iterable[Text]) -> Text:
    """`texts` as one, with a sign of the catalogue between them."""
    listed = [*texts]
    return {of: words(of)(key).join(each[of] for each in listed) for of in AUTHORED}


def _passage(duty: Duty, said: Iterable[str]) -> str:
    pattern = finder(said)
    return next((p.text for p in duty.passages() if pattern.search(p.text)), duty.name)
