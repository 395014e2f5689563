"""The vocabulary: the names of abilities, measures, partners, tools and topics in both languages.

Read from `docs/vocabulary.yml`, the one place where a term and its translation are decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator
from rapidfuzz import fuzz, process

from handbook.schema import GROUPS, VISIBLE, Group

_COLONS = ":："
_BREAKS = " \u3000，,。.；;（(—–-、/" + _COLONS
_NEAR = 60.0
TermId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
DUTY_NUMBER = re.compile(r"[1-9][0-9]*\.[1-9][0-9]*")
Name = Annotated[str, Field(min_length=1, max_length=60)]


class TermText(BaseModel):
    """A term in one language."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: str = Field(min_length=1, max_length=60, pattern=VISIBLE)
    definition: str = Field(min_length=1, max_length=200, pattern=VISIBLE)
    also: list[str] = Field(default=[], description="Other names that a page may use.")


class Term(BaseModel):
    """A term in both languages. `role` is set on a partner that has a role page of its own."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    zh: TermText
    en: TermText
    role: str | None = None

    def text(self, language: str) -> TermText:
        """Its name and definition in `language` ("zh" or "en")."""
        return self.zh if language == "zh" else self.en


class TopicText(TermText):
    """A topic in one language, with the words that show it in a text."""

    words: list[str] = Field(min_length=1, description="Each duty of the topic has one of these.")


class Topic(Term):
    """What several duties deal with, such as complaints; `duties` are their numbers."""

    zh: TopicText
    en: TopicText
    duties: list[str] = Field(min_length=1)

    @field_validator("duties")
    @classmethod
    def _numbers(cls, duties: list[str]) -> list[str]:
        if any(not DUTY_NUMBER.fullmatch(number) for number in duties):
            raise ValueError("a duty is named by its number, such as 3.2")
        if len(set(duties)) < len(duties):
            raise ValueError("a duty is named twice")
        return duties

    def text(self, language: str) -> TopicText:
        """Its name, definition and words in `language` ("zh" or "en")."""
        return self.zh if language == "zh" else self.en


class Everyday(BaseModel):
    """What people say for what the pages say, in any language; only search looks at it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    typed: list[Name] = Field(min_length=1)
    means: list[Name] = Field(min_length=1)


class Vocabulary(BaseModel):
    """All terms, by group and id. Closed: a key that is not listed here is an error."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    abilities: dict[TermId, Term] = {}
    measures: dict[TermId, Term] = {}
    partners: dict[TermId, Term] = {}
    tools: dict[TermId, Term] = {}
    topics: dict[TermId, Topic] = {}
    everyday: list[Everyday] = []

    def group(self, group: Group) -> dict[str, Term]:
        """The terms of one group, by id."""
        terms: dict[str, Term] = getattr(self, group)
        return terms

    def index(self) -> Index:
        """A look-up from names to ids; make it once and keep it."""
        return Index(self)

    def names(self) -> Iterator[tuple[Group, str, str, str]]:
        """Every (group, id, language, name), other names included."""
        for group in GROUPS:
            for term_id, term in self.group(group).items():
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
        for names in ([t.name for t in texts], [name for t in texts for name in t.also]):
            found: Any = process.extractOne(
                _fold(words), names, scorer=fuzz.ratio, processor=_fold, score_cutoff=_NEAR
            )
            if found:
                return str(found[0])
        return ""


def _fold(name: str) -> str:
    return " ".join(name.casefold().split()).rstrip(_COLONS)
