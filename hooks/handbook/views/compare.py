"""Two roles beside each other: what they share, and what each has of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations

from handbook.pages.model import Ability, Duty, Handbook, Role
from handbook.pages.terms import TermText

MOST_PAIRS = 300
"""All pairs of 24 roles are 276. Of more roles, those pairs that share most have a page."""

MANY_TOPICS = 4
"""So many topics in common are a tie between two roles that the map draws."""

_NEAREST = 4
_FIRST = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """Two roles in the handbook's order, and how many abilities and topics they share."""

    first: Role
    second: Role
    abilities: int
    topics: int

    @property
    def shared(self) -> int:
        """How much they share."""
        return self.abilities + self.topics

    @property
    def key(self) -> str:
        """The page that compares them."""
        return f"compare/{self.first.slug}/{self.second.slug}"


@dataclass(frozen=True, slots=True)
class SharedTopic:
    """A topic that both roles' duties touch."""

    id: str
    text: TermText
    first: tuple[Duty, ...]
    second: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two roles share, and what each has of its own."""

    first: Role
    second: Role
    shared: tuple[tuple[TermText, Ability, Ability], ...]
    only_first: tuple[Ability, ...]
    only_second: tuple[Ability, ...]
    topics: tuple[SharedTopic, ...]


def pairs(handbook: Handbook, language: str) -> tuple[Pair, ...]:
    """The pairs of roles that have a page, in the handbook's order."""
    roles = handbook.roles(language)
    of = handbook.vocabulary.topics_of
    topics = {role.slug: {at for duty in role.duties for at in of(duty.number)} for role in roles}
    abilities = {role.slug: {each.term.id for each in role.abilities} - {""} for role in roles}
    every = (
        Pair(
            first,
            second,
            len(abilities[first.slug] & abilities[second.slug]),
            len(topics[first.slug] & topics[second.slug]),
        )
        for first, second in combinations(roles, 2)
    )
    if len(roles) * (len(roles) - 1) // 2 <= MOST_PAIRS:
        return tuple(every)
    kept = nlargest(MOST_PAIRS, every, key=lambda pair: pair.shared)
    return tuple(sorted(kept, key=lambda pair: (pair.first.section, pair.second.section)))


def most_alike(among: Iterable[Pair]) -> list[Pair]:
    """The few pairs that share most, those first."""
    return nlargest(_FIRST, (pair for pair in among if pair.shared), key=lambda pair: pair.shared)


def pairs_of(slug: str, among: Iterable[Pair]) -> list[tuple[Pair, Role]]:
    """The pairs that the role with this page is in, with the other role of each."""
    return [
        (pair, pair.second if slug == pair.first.slug else pair.first)
        for pair in among
        if slug in {pair.first.slug, pair.second.slug}
    ]


def compare(first: Role, second: Role, handbook: Handbook) -> Comparison:
    """What `first` and `second` share; abilities in the order of `first`."""
    theirs = {ability.term.id: ability for ability in second.abilities if ability.term.id}
    ours = {ability.term.id for ability in first.abilities}
    terms = handbook.vocabulary.abilities
    return Comparison(
        first,
        second,
        tuple(
            (terms[own.term.id].text(first.language), own, theirs[own.term.id])
            for own in first.abilities
            if own.term.id in theirs
        ),
        tuple(own for own in first.abilities if own.term.id not in theirs),
        tuple(their for their in second.abilities if their.term.id not in ours),
        tuple(_shared_topics(first, second, handbook)),
    )


def related(among: Iterable[tuple[Pair, Role]]) -> list[tuple[Pair, Role]]:
    """Of a role's pairs those few that share most, the nearest first."""
    near = (found for found in among if found[0].shared)
    return nlargest(_NEAREST, near, key=lambda found: found[0].shared)


def sharing_topics(among: Iterable[tuple[Pair, Role]]) -> list[tuple[Pair, Role]]:
    """Of a role's pairs those that share many topics, most first; if none does, the nearest."""
    near = sorted((found for found in among if found[0].topics), key=lambda found: -found[0].topics)
    return [found for found in near if found[0].topics >= MANY_TOPICS] or near[:_NEAREST]


def _shared_topics(first: Role, second: Role, handbook: Handbook) -> Iterable[SharedTopic]:
    for topic_id, topic in handbook.vocabulary.topics.items():
        ours, theirs = (
            tuple(duty for duty in role.duties if duty.number in topic.duties)
            for role in (first, second)
        )
        if ours and theirs:
            yield SharedTopic(topic_id, topic.text(first.language), ours, theirs)
