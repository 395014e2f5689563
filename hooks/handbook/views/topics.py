"""Who handles what: the duties that touch a topic, each with its own words about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from handbook.base.word_search import finder, marked
from handbook.pages.model import Duty, Handbook, Role, TermUse, terms_of
from handbook.pages.schema import LabelSchema
from handbook.pages.terms import Origin, TopicText

FOLDER = "who-handles-what"
"""The page that lists all topics; each has a page below it."""

_NEAR = 6


@dataclass(frozen=True, slots=True)
class Angle:
    """A duty that touches a topic: what it is for, and its passages about the topic, as HTML."""

    role: Role
    duty: Duty
    purpose: Markup
    passages: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic and the duties that touch it."""

    id: str
    text: TopicText
    origin: Origin
    angles: tuple[Angle, ...]

    @property
    def key(self) -> str:
        """Its page."""
        return f"{FOLDER}/{self.id}"

    @property
    def anchor(self) -> str:
        """Its anchor on the page that lists all topics."""
        return f"topic-{self.id}"

    @property
    def roles(self) -> list[tuple[Role, list[Angle]]]:
        """The roles whose duties touch it, each with these."""
        by_role = groupby(self.angles, key=lambda angle: angle.role)
        return [(role, [*angles]) for role, angles in by_role]

    @property
    def terms(self) -> list[tuple[LabelSchema, list[TermUse]]]:
        """What its duties name behind each label of terms; none twice."""
        return [*terms_of(angle.duty for angle in self.angles)]

    def near(self, topics: Iterable[TopicView]) -> list[TopicView]:
        """Those of `topics` that share most duties with it, at most six."""
        own = {angle.duty.number for angle in self.angles}
        others = {topic.id: topic for topic in topics if topic.id != self.id}
        shared = Counter(
            {
                at: len(own.intersection(angle.duty.number for angle in topic.angles))
                for at, topic in others.items()
            }
        )
        return [others[at] for at, count in shared.most_common(_NEAR) if count]


@dataclass(frozen=True, slots=True)
class TopicArea:
    """A group of topics; its `name` is "" where the vocabulary has no groups."""

    name: str
    topics: tuple[TopicView, ...]


def areas(handbook: Handbook, language: str, topics: Sequence[TopicView]) -> Iterator[TopicArea]:
    """The topics in their groups, both in the vocabulary's order."""
    begins = {area.begins: area.text(language) for area in handbook.vocabulary.areas}
    starts = [n for n, topic in enumerate(topics) if topic.id in begins or not n]
    for start, end in pairwise([*starts, len(topics)]):
        yield TopicArea(begins.get(topics[start].id, ""), tuple(topics[start:end]))


def topic_views(handbook: Handbook, language: str) -> tuple[TopicView, ...]:
    """All topics in the vocabulary's order, their duties in the handbook's."""
    duties = [(role, duty) for role in handbook.roles(language) for duty in role.duties]
    return tuple(
        TopicView(
            topic_id,
            topic.text(language),
            topic.origin,
            tuple(
                _angle(role, duty, topic.text(language))
                for role, duty in duties
                if duty.number in topic.duties
            ),
        )
        for topic_id, topic in handbook.vocabulary.topics.items()
    )


def _angle(role: Role, duty: Duty, text: TopicText) -> Angle:
    pattern = finder(text.words)
    own = duty.purpose.text if duty.purpose else ""
    about = tuple(
        escape(label) + marked(said, pattern)
        for label, said in duty.lines()
        if said != own and pattern.search(said)
    )
    return Angle(role, duty, marked(own, pattern), about)
