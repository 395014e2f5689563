"""The vocabulary: the names of abilities, measures and so on, and of topics, in both languages.

Read from `docs/vocabulary.yml`, the one place where a term and its translation are decided. One
word has one entry: a topic that is also a measure, a partner and so on refers to that term.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from handbook.base.folding import nearest
from handbook.pages.schema import GROUPS, Group
from handbook.pages.terms import (
    Absent,
    Area,
    Everyday,
    Term,
    TermId,
    Topic,
    TopicOfTerm,
    WrittenTopic,
)

_COLONS = ":："
_BREAKS = " \u3000，,。.；;（(—–-、/" + _COLONS
TERM_GROUPS: tuple[Group, ...] = tuple(group for group in GROUPS if group != "topics")
"""The groups whose terms a topic can be."""


if TYPE_CHECKING:

    class _Groups(BaseModel):
        abilities: dict[TermId, Term] = {}

else:  # with a field for each group of the schema
    _Groups = create_model("_Groups", **{each: (dict[TermId, Term], {}) for each in TERM_GROUPS})


class Vocabulary(_Groups):
    """All terms, by group and id. Closed: a key that is not listed here is an error."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    written_topics: dict[TermId, WrittenTopic] = Field(default={}, alias="topics")
    areas: list[Area] = Field(
        default=[], description="The groups of the topics, in their order; they are the editors'."
    )
    everyday: list[Everyday] = Field(default=[])
    absent: list[Absent] = Field(default=[])

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """The topics by id, each in full.

        Raises:
            KeyError: if a topic refers to a term that is not there.
        """
        return {
            topic_id: topic if isinstance(topic, Topic) else topic.of(self.terms[topic.term][1])
            for topic_id, topic in self.written_topics.items()
        }

    @cached_property
    def terms(self) -> dict[str, tuple[Group, Term]]:
        """What a topic can refer to: each term that is not itself a topic, and its group, by id."""
        return {
            term_id: (group, term)
            for group in TERM_GROUPS
            for term_id, term in self.group(group).items()
        }

    @cached_property
    def topic_of(self) -> dict[str, str]:
        """The topics that refer to a term, by the term's id."""
        written = self.written_topics.items()
        return {topic.term: at for at, topic in written if isinstance(topic, TopicOfTerm)}

    def group(self, group: Group) -> dict[str, Term]:
        """The terms of one group, by id."""
        terms: dict[str, Term] = getattr(self, group)
        return terms

    def entries(self, group: Group) -> dict[str, Term]:
        """The terms of one group, by id, but for topics that have their entry in another group."""
        if group != "topics":
            return self.group(group)
        referring = self.topic_of.values()
        return {at: topic for at, topic in self.topics.items() if at not in referring}

    def index(self) -> Index:
        """A look-up from names to ids; make it once and keep it."""
        return Index(self)

    def names(self) -> Iterator[tuple[Group, str, str, str]]:
        """Every (group, id, language, name) of the entries, other names included."""
        for group in GROUPS:
            for term_id, term in self.entries(group).items():
                for language in ("zh", "en"):
                    text = term.text(language)
                    for name in (text.name, *text.also):
                        yield group, term_id, language, name


def vocabulary_schema() -> dict[str, Any]:
    """The JSON Schema of `docs/vocabulary.yml`, for editors' tools."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Vocabulary.model_json_schema(),
    }


@dataclass(slots=True, eq=False)
class Index:
    """Look-up from the words on a page to the terms of a vocabulary."""

    vocabulary: Vocabulary
    _ids: dict[tuple[str, str], dict[str, str]] = field(init=False)
    _longest_first: dict[tuple[str, str], list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._ids = {}
        for group, term_id, language, name in self.vocabulary.names():
            self._ids.setdefault((group, language), {}).setdefault(_fold(name), term_id)
        self._longest_first = {
            place: sorted(names, key=len, reverse=True) for place, names in self._ids.items()
        }

    def find(self, group: Group, language: str, words: str) -> str:
        """The id of the term of `group` that `words` name, or ""."""
        return self._ids.get((group, language), {}).get(_fold(words), "")

    def leading(self, group: Group, language: str, text: str) -> tuple[str, str]:
        """The longest term name that `text` begins with, and its id; ("", "") if there is none."""
        folded = text.casefold()
        if len(folded) != len(text):  # ß and its like: compare letter by letter
            folded = text.lower() if len(text.lower()) == len(text) else text
        for name in self._longest_first.get((group, language), ()):
            if folded.startswith(name) and (len(text) == len(name) or text[len(name)] in _BREAKS):
                return text[: len(name)], self._ids[group, language][name]
        return "", ""

    def nearest(self, group: Group, language: str, words: str) -> str:
        """The term name most like `words`, or "" if none is near."""
        texts = [term.text(language) for term in self.vocabulary.group(group).values()]
        # A term's own name first: 轉化律 is nearer to 轉化率 than to its short form 轉化.
        own, other = [t.name for t in texts], [name for t in texts for name in t.also]
        return nearest(words, own, _fold) or nearest(words, other, _fold)


def _fold(name: str) -> str:
    return " ".join(name.casefold().split()).rstrip(_COLONS)
