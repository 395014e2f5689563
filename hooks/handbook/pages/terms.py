"""Entries of the vocabulary: terms, topics, and what people say every day, in both languages."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from handbook.base.file_models import ONE_LINE, ONE_NAME, Closed, Declared, InLanguages
from handbook.base.limits import LONGEST_ID, MOST_NAMES

TermId = Annotated[str, Field(max_length=LONGEST_ID, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
DUTY_NUMBER = re.compile(r"[1-9][0-9]{0,3}\.[1-9][0-9]{0,3}")
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=ONE_LINE)]
Listed = Annotated[str, Field(min_length=1, max_length=60, pattern=ONE_NAME)]
"""One of several names."""
Origin = Literal["source", "editors"]
"""Whose word a term is."""


def _once(listed: list[str]) -> list[str]:
    if len(set(listed)) < len(listed):
        raise PydanticCustomError("twice", "the same is listed twice")
    return listed


class TermText(Closed):
    """A term in one language."""

    name: str = Field(min_length=1, max_length=60, pattern=ONE_LINE)
    definition: str = Field(min_length=1, max_length=200, pattern=ONE_LINE)
    also: Annotated[list[Listed], AfterValidator(_once)] = Field(
        default=[], max_length=MOST_NAMES, description="Other names that a page may use."
    )


class Term(Declared, InLanguages[TermText]):
    """A term in both languages. `role` is set on a partner that has a role page of its own."""

    origin: Origin = Field(
        description="Whose word it is: the source text's, or the editors'. "
        "The English names and all definitions are the editors'."
    )
    zh: TermText
    en: TermText
    role: str | None = None


def _numbers(duties: list[str]) -> list[str]:
    if any(not DUTY_NUMBER.fullmatch(number) for number in duties):
        raise PydanticCustomError("no_number", "a duty is named by its number, such as 3.2")
    return _once(duties)


Words = Annotated[
    list[Listed],
    Field(
        min_length=1, max_length=MOST_NAMES, description="Each duty of the topic has one of these."
    ),
    AfterValidator(_once),
]
Duties = Annotated[list[str], Field(min_length=1), AfterValidator(_numbers)]


class TopicText(TermText):
    """A topic in one language, with the words that show it in a text."""

    words: Words


class Topic(Term):
    """What one or more duties deal with, such as complaints; `duties` are their numbers."""

    zh: TopicText
    en: TopicText
    duties: Duties

    def text(self, language: str) -> TopicText:
        """Its name, definition and words in `language` ("zh" or "en")."""
        return self.zh if language == "zh" else self.en


class NamedText(Closed):
    """In one language, the words that show a topic which is a term of another group."""

    name: Name | None = Field(
        default=None, description="Which of the term's names the topic goes by, if not the first."
    )
    words: Words

    def of(self, text: TermText) -> TopicText:
        """All that the topic says in one language, where its term says `text`."""
        name = self.name or text.name
        also = [other for other in (text.name, *text.also) if other != name]
        return TopicText(name=name, definition=text.definition, also=also, words=self.words)


class TopicOfTerm(Declared, InLanguages[NamedText]):
    """A topic that is a term of another group: names, definition and origin are the term's."""

    term: TermId
    zh: NamedText
    en: NamedText
    duties: Duties

    def of(self, term: Term) -> Topic:
        """The topic in full, `term` being the one it refers to."""
        zh, en = self.zh.of(term.zh), self.en.of(term.en)
        return Topic(origin=term.origin, zh=zh, en=en, duties=self.duties)


def _kind(topic: object) -> str:
    refers = "term" in topic if isinstance(topic, dict) else isinstance(topic, TopicOfTerm)
    return "[of-term]" if refers else "[own]"


WrittenTopic = Annotated[
    Annotated[TopicOfTerm, Tag("[of-term]")] | Annotated[Topic, Tag("[own]")],
    Discriminator(_kind),
]
"""A topic as it is written; the tags are in brackets, so that messages leave them out."""


class Area(Closed, InLanguages[str]):
    """A group of topics, named by the editors: from the topic `begins` to where the next begins."""

    begins: TermId = Field(description="The id of its first topic, in the order of the file.")
    zh: Name
    en: Name


Why = Annotated[str, Field(min_length=1, max_length=120, pattern=ONE_LINE)]


class Everyday(Closed):
    """What people say for what the pages say, in any language; only search looks at it."""

    typed: list[Name] = Field(min_length=1, max_length=MOST_NAMES)
    means: list[Name] = Field(min_length=1, max_length=MOST_NAMES)
    same: bool = Field(
        default=False,
        description="Whether a Chinese word of `typed` as long as the first of `means` is read so, "
        "in longer words too.",
    )
    why: Why | None = Field(
        default=None, description="Why it leads there, where that is not plain from the words."
    )


class Absent(Closed, InLanguages[str]):
    """A subject that people look for and the handbook leaves out; search says so."""

    zh: Name
    en: Name
    typed: list[Name] = Field(
        min_length=1, max_length=MOST_NAMES, description="The words that ask for it."
    )
    anchor: str = Field(
        default="limits", pattern=r"^[a-z0-9-]+$", description="Where the page `about` says so."
    )
    why: Why | None = Field(default=None, description="Why the handbook leaves it out.")
