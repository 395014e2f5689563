"""The topics of the vocabulary: each leads to duties that exist and speak of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from handbook.base.limits import start_of
from handbook.base.located_yaml import LocatedYaml
from handbook.base.located_yaml import read as read_yaml
from handbook.base.source import decode
from handbook.base.word_search import finder
from handbook.checks.rules.known_duties import DutiesOfLanguage, KnownDuties
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.loader import VOCABULARY, Reading
from handbook.pages.schema import AUTHORED
from handbook.pages.terms import Topic

TOPIC_DUTY = rule("topic-duty")
TOPIC_WORDS = rule("topic-words")


@dataclass
class _Check:
    reading: Reading
    known: KnownDuties

    @cached_property
    def yaml(self) -> LocatedYaml:
        return read_yaml(decode(start_of(self.reading.root / VOCABULARY)))

    def place(self, *path: str | int, language: str = "") -> Place:
        return Place(VOCABULARY, *self.yaml.place(("topics", *path)), language)

    def topic(self, topic_id: str, topic: Topic) -> Iterator[Diagnostic]:
        names = {language: topic.text(language).name for language in AUTHORED}
        for index, number in enumerate(topic.duties):
            if self.known.lacks(number):
                place = self.place(topic_id, "duties", index)
                yield TOPIC_DUTY.at(place, name=names, found=number)
        for language, duties in self.known.duties.items():
            yield from self._words(topic_id, topic, language, duties)

    def _words(
        self, topic_id: str, topic: Topic, language: str, duties: DutiesOfLanguage
    ) -> Iterator[Diagnostic]:
        text = topic.text(language)
        pattern = finder(text.words)
        for number in topic.duties:
            path, duty = duties.by_number.get(number, ("", None))
            if duty is None or not duty.body or duty.mentions(pattern):
                continue
            yield TOPIC_WORDS.at(
                self.place(topic_id, language, "words", language=language),
                name=text.name,
                words={"zh": "、", "en": ", "}[language].join(text.words),
                number=number,
                path=path,
                line=duty.line,
            )


def check_topics(reading: Reading, known: KnownDuties) -> Iterator[Diagnostic]:
    """All topics; each message stands in the vocabulary, where it can be mended."""
    check = _Check(reading, known)
    for topic_id, topic in reading.handbook.vocabulary.topics.items():
        yield from check.topic(topic_id, topic)
