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
from handbook.pages.diagnostics import Diagnostic, Place, Rule, Wording
from handbook.pages.loader import VOCABULARY, Reading
from handbook.pages.schema import AUTHORED
from handbook.pages.terms import Topic

TOPIC_DUTY = Rule(
    "topic-duty",
    zh=Wording("事項「{name}」應指向存在的職責，實際沒有 {found}", "改正編號，或刪去 {found}"),
    en=Wording(
        "expected the topic `{name}` to lead to duties that exist, found {found}: no such duty",
        "correct the number, or delete {found}",
    ),
)
TOPIC_WORDS = Rule(
    "topic-words",
    zh=Wording(
        "事項「{name}」的詞語（{words}）應有一個出現在 {number}（{path} 第 {line} 行），實際沒有",
        "把那項職責所用的詞語補入 words，或從 duties 刪去 {number}",
    ),
    en=Wording(
        "expected one of the words of the topic `{name}` ({words}) in {number} ({path}, line "
        "{line}), found none",
        "add the word which that duty uses to `words`, or delete {number} from `duties`",
    ),
)


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
