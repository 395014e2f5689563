"""What readers ask across the roles, answered from the model: nothing here is typed by hand.

`Views` holds every view of one language; each is worked out when a template first asks for it.
May import `versions`, `pages` and `base`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from handbook.views.abilities import AbilityRow, ability_rows, says_more
from handbook.views.collaboration import Collaboration, Piece, collaboration, drawing
from handbook.views.compare import (
    MANY_TOPICS,
    Comparison,
    Pair,
    compare,
    most_alike,
    pairs,
    pairs_of,
    related,
    sharing_topics,
)
from handbook.views.duties import DutyRow, Facet, duty_rows, facets
from handbook.views.glossary import GlossaryEntry, GlossaryGroup, glossary
from handbook.views.questions import Questions
from handbook.views.side_by_side import Column, side_by_side
from handbook.views.topics import TopicArea, TopicView, areas, topic_views

if TYPE_CHECKING:
    from handbook.pages.model import Ability, Handbook, Role


@dataclass(frozen=True)
class Views:
    """The views of `handbook` in `language` ("zh" or "en").

    `retired` has the notes on retired numbers, by language, page and part.
    """

    handbook: Handbook
    language: str
    retired: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    many_topics = MANY_TOPICS

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """The roles by the name of their page."""
        return {role.slug: role for role in self.handbook.roles(self.language)}

    @cached_property
    def abilities(self) -> tuple[AbilityRow, ...]:
        """Who needs which ability: those that most roles need first."""
        return ability_rows(self.handbook, self.language)

    @cached_property
    def duties(self) -> tuple[DutyRow, ...]:
        """All duties in the handbook's order."""
        return duty_rows(self.handbook, self.language)

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """By what the duties can be filtered."""
        return facets(self.duties, self.handbook, self.language)

    @cached_property
    def topics(self) -> tuple[TopicView, ...]:
        """Who handles what: the topics in the vocabulary's order."""
        return topic_views(self.handbook, self.language)

    @cached_property
    def areas(self) -> tuple[TopicArea, ...]:
        """The same in groups."""
        return tuple(areas(self.handbook, self.language, self.topics))

    def topic(self, topic_id: str) -> TopicView:
        """One topic."""
        return next(topic for topic in self.topics if topic.id == topic_id)

    def says_more(self, role: Role, ability: Ability) -> bool:
        """Whether the requirement of a role says more than the ability's name."""
        return says_more(self.handbook, role.slug, ability.term.id)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs of roles that have a page that compares them."""
        return pairs(self.handbook, self.language)

    @property
    def most_alike(self) -> list[Pair]:
        """The few pairs that share most."""
        return most_alike(self.pairs)

    def compare(self, first: str, second: str) -> Comparison:
        """What two roles share and what each has of its own."""
        return compare(self.roles[first], self.roles[second], self.handbook)

    def related(self, slug: str) -> list[tuple[Pair, Role]]:
        """The roles that have most in common with a role, nearest first."""
        return related(pairs_of(slug, self.pairs))

    def sharing_topics(self, slug: str) -> list[tuple[Pair, Role]]:
        """The roles that deal with many of the topics that a role deals with."""
        return sharing_topics(pairs_of(slug, self.pairs))

    @cached_property
    def collaboration(self) -> Collaboration:
        """Who works with whom, as duties name their partners."""
        return collaboration(self.handbook, self.language)

    @cached_property
    def drawing(self) -> Mapping[str, Sequence[Piece]]:
        """The same, drawn: what stands beside each role; empty if there are too many."""
        return drawing(self.collaboration, self.pairs)

    @cached_property
    def glossary(self) -> tuple[GlossaryGroup, ...]:
        """Every term with where it is used."""
        return glossary(self.handbook, self.language)

    @cached_property
    def terms(self) -> Mapping[str, tuple[GlossaryGroup, GlossaryEntry]]:
        """The same by the key of each term's page, with its group."""
        return {entry.key: (group, entry) for group in self.glossary for entry in group.entries}

    @cached_property
    def questions(self) -> Questions:
        """Questions on the handbook, with their answers."""
        return Questions.on(self.handbook)

    def side_by_side(self, slug: str) -> tuple[Column, ...]:
        """A role in this language and in the other."""
        return side_by_side(self.handbook, self.language, slug, self.retired)
