"""Who handles what: the duties that touch a topic, each with its own words about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from handbook.base.word_search import finder, marked
from handbook.pages.model import Duty, Handbook, Role
from handbook.pages.terms import TopicText


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
    angles: tuple[Angle, ...]

    @property
    def anchor(self) -> str:
        """Its anchor on the page that lists all topics."""
        return f"topic-{self.id}"


def topic_views(handbook: Handbook, language: str) -> tuple[TopicView, ...]:
    """All topics in the vocabulary's order, their duties in the handbook's."""
    duties = [(role, duty) for role in handbook.roles(language) for duty in role.duties]
    return tuple(
        TopicView(
            topic_id,
            topic.text(language),
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

    def about() -> Iterator[Markup]:
        for passage in duty.passages():
            if passage != duty.purpose and pattern.search(passage.text):
                yield marked(passage.text, pattern)

    purpose = marked(duty.purpose.text, pattern) if duty.purpose else Markup()
    return Angle(role, duty, purpose, tuple(about()))
