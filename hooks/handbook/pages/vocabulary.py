"""The vocabulary: the names of abilities, measures and so on, and of topics, in both languages.

Read from `docs/vocabulary.yml`, the one place where a term and its translation are decided. One
word has one entry: a topic that is also a measure, a partner and so on refers to that term.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

from pydantic import Field, create_model

from handbook.base.file_models import Closed
from handbook.base.folding import nearest
from handbook.base.limits import start_of
from handbook.base.located_yaml import LocatedYaml
from handbook.base.words import both
from handbook.pages import yaml_file
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.schema import AUTHORED, GROUPS, Group
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

_WRONG = rule("vocabulary")
_WRONG_NAME = rule("vocabulary-name")
_WRONG_TOPIC = rule("vocabulary-topic")

_FORMS = {"topics", "topics-of-term", "areas", "everyday", "absent"}
"""Groups of other entries than terms."""
_COLONS = ":："
_BREAKS = " \u3000，,。.；;（(—–-、/" + _COLONS
TERM_GROUPS: tuple[Group, ...] = tuple(group for group in GROUPS if group != "topics")
"""The groups whose terms a topic can be."""


if TYPE_CHECKING:

    class _Groups(Closed):
        abilities: dict[TermId, Term] = Field(default={})

else:  # with a field for each group of the schema
    _FIELDS = {each: (dict[TermId, Term], {}) for each in TERM_GROUPS}
    _Groups = create_model("_Groups", __base__=Closed, **_FIELDS)


class Vocabulary(_Groups):
    """All terms, by group and id. Closed: a key that is not listed here is an error."""

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

    def topics_of(self, number: str) -> list[str]:
        """The ids of the topics that name a duty by its number, in the vocabulary's order."""
        return [at for at, topic in self.topics.items() if number in topic.duties]

    def names(self) -> Iterator[tuple[Group, str, str, str]]:
        """Every (group, id, language, name) of the entries, other names included."""
        for group in GROUPS:
            for term_id, term in self.entries(group).items():
                for language in ("zh", "en"):
                    text = term.text(language)
                    for name in (text.name, *text.also):
                        yield group, term_id, language, name


@dataclass(slots=True, eq=False)
class Index:
    """Look-up from the words on a page to the terms of a vocabulary; make it once and keep it.

    `former` has the ids of terms by group, language and a name that they had before.
    """

    vocabulary: Vocabulary
    former: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
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

    def renamed(self, group: Group, language: str, words: str) -> str:
        """What the term is called now that was called `words` before; "" if there is none."""
        term_id = self.former.get((group, language, words), "")
        term = self.vocabulary.group(group).get(term_id)
        return term.text(language).name if term else ""

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


def read(path: Path, shown: str) -> tuple[Vocabulary, list[Diagnostic]]:
    """The vocabulary at `path`, empty where it cannot be used, and its problems.

    `shown` is the path as messages give it.
    """
    try:
        raw = start_of(path)
    except FileNotFoundError:
        found = both("rule.yaml.missing-file")
        return Vocabulary(), [_WRONG.at(Place(shown), where=shown, found=found, form=_begun())]
    vocabulary, problems = _read(raw, shown)
    return vocabulary, [*problems]


@lru_cache(maxsize=4)  # every hook of every language asks for it
def _read(raw: bytes, shown: str) -> tuple[Vocabulary, Sequence[Diagnostic]]:
    vocabulary, located, problems = yaml_file.read(raw, shown, Vocabulary, _WRONG, _form)
    if vocabulary is None:
        return Vocabulary(), problems
    if not vocabulary.abilities:
        return vocabulary, [
            _WRONG.at(Place(shown), where="abilities", found=both("rule.yaml.empty"), form=_begun())
        ]
    if problems := [*_references(vocabulary, located, shown)]:
        return Vocabulary(), problems
    return vocabulary, [*_names(vocabulary, located, shown)]


def _form(group: str) -> dict[str, str]:
    """How an entry of a group of the vocabulary is written."""
    return both(f"rule.vocabulary.form.{group if group in _FORMS else 'terms'}")


def _begun() -> dict[str, str]:
    """How the file begins."""
    return {of: f"abilities:\n{indent(text, '  ')}" for of, text in _form("").items()}


def _references(vocabulary: Vocabulary, located: LocatedYaml, shown: str) -> Iterator[Diagnostic]:
    """Topics that do not refer to one term of their own."""
    owners: dict[str, str] = {}
    for topic_id, topic in vocabulary.written_topics.items():
        if isinstance(topic, Topic):
            continue
        owner = owners.setdefault(topic.term, topic_id)
        if wrong := _wrong_reference(topic.term, topic_id, owner, vocabulary):
            found, fix = wrong
            place = Place(shown, *located.place(("topics", topic_id, "term")))
            yield _WRONG_TOPIC.at(place, topic=topic_id, found=found, fix=fix)
        else:
            yield from _shown_names(topic_id, topic, vocabulary, located, shown)


def _wrong_reference(
    term: str, topic_id: str, owner: str, vocabulary: Vocabulary
) -> tuple[dict[str, str], object] | None:
    """What `term` of a topic is instead of one term of its own, and what to do about it."""
    groups = [group for group in TERM_GROUPS if term in vocabulary.group(group)]
    if not groups:
        near = nearest(term, [*vocabulary.terms])
        fix = f"term: {near}" if near else both("rule.vocabulary.own")
        return both("rule.vocabulary.no-term", term=term), fix
    if len(groups) > 1:
        listed = {of: sign.join(groups) for of, sign in both("rule.and").items()}
        found = both("rule.vocabulary.in-both", term=term, groups=listed)
        return found, both("rule.vocabulary.rename-id")
    if owner != topic_id:
        return both("rule.vocabulary.taken", owner=owner, term=term), both("rule.vocabulary.join")
    return None


def _shown_names(
    topic_id: str,
    topic: TopicOfTerm,
    vocabulary: Vocabulary,
    located: LocatedYaml,
    shown: str,
) -> Iterator[Diagnostic]:
    """Names that are none of the term's."""
    _, term = vocabulary.terms[topic.term]
    for language in AUTHORED:
        name, text = topic.text(language).name, term.text(language)
        if name and name not in (text.name, *text.also):
            at = located.place(("topics", topic_id, language, "name"))
            place = Place(shown, *at)
            found = both("rule.vocabulary.not-its-name", term=topic.term, name=name)
            yield _WRONG_TOPIC.at(place, topic=topic_id, found=found, fix=f"name: {text.name}")


def _names(vocabulary: Vocabulary, located: LocatedYaml, shown: str) -> Iterator[Diagnostic]:
    owners: dict[tuple[str, str], tuple[str, str]] = {}
    for group, term_id, language, name in vocabulary.names():
        first_group, first = owners.setdefault((language, name.casefold()), (group, term_id))
        if (first_group, first) == (group, term_id):
            continue
        place = Place(shown, *located.place((group, term_id, language)))
        fix = both("rule.vocabulary.rename")
        if group == "topics" != first_group:
            fix = both("rule.vocabulary.refer", first=first, second=term_id)
        those = {"first": f"{first_group}.{first}", "second": f"{group}.{term_id}"}
        yield _WRONG_NAME.at(place, name=name, **those, fix=fix)
