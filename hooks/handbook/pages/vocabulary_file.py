"""Reads `docs/vocabulary.yml` and says what is wrong with it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from handbook.base import located_yaml
from handbook.base.limits import start_of
from handbook.pages import yaml_file
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.schema import AUTHORED
from handbook.pages.terms import Topic, TopicOfTerm
from handbook.pages.vocabulary import TERM_GROUPS, Vocabulary

VOCABULARY = rule("vocabulary")
VOCABULARY_NAME = rule("vocabulary-name")
VOCABULARY_TOPIC = rule("vocabulary-topic")
_RENAME = {"zh": "其中一處改用別的名稱", "en": "give one of them another name"}
_RENAME_ID = {"zh": "其中一處改用別的代號", "en": "give one of them another id"}
_JOIN = {"zh": "把兩個事項合為一個", "en": "make one topic of both"}
_OWN = {
    "zh": "改正代號，或以 origin、name 和 definition 代替 term",
    "en": "correct the id, or write origin, name and definition instead of term",
}
_REFER = {
    "zh": "兩者是同一樣東西，就在 {second} 以「term: {first}」代替 "
    "origin、name、definition 和 also；不是，就改用別的名稱",
    "en": "if both are the same thing, write `term: {first}` in {second} instead of origin, name, "
    "definition and also; if not, give one of them another name",
}


def read(path: Path, shown: str) -> tuple[Vocabulary, list[Diagnostic]]:
    """The vocabulary at `path` and its problems; empty where it cannot be used.

    Args:
        path: the file.
        shown: its path as messages give it.
    """
    try:
        raw = start_of(path)
    except FileNotFoundError:
        missing = VOCABULARY.at(Place(shown), where=shown, found=yaml_file.MISSING_FILE)
        return Vocabulary(), [missing]
    vocabulary, problems = _read(raw, shown)
    return vocabulary, [*problems]


@lru_cache(maxsize=4)  # every hook of every language asks for it
def _read(raw: bytes, shown: str) -> tuple[Vocabulary, Sequence[Diagnostic]]:
    vocabulary, located, problems = yaml_file.read(raw, shown, Vocabulary, VOCABULARY)
    if vocabulary is None:
        return Vocabulary(), problems
    if not vocabulary.abilities:
        return vocabulary, [VOCABULARY.at(Place(shown), where="abilities", found=yaml_file.EMPTY)]
    if problems := [*_references(vocabulary, located, shown)]:
        return Vocabulary(), problems
    return vocabulary, [*_names(vocabulary, located, shown)]


def _references(
    vocabulary: Vocabulary, located: located_yaml.LocatedYaml, shown: str
) -> Iterator[Diagnostic]:
    """Topics that do not refer to one term of their own."""
    owners: dict[str, str] = {}
    for topic_id, topic in vocabulary.written_topics.items():
        if isinstance(topic, Topic):
            continue
        owner = owners.setdefault(topic.term, topic_id)
        if wrong := _wrong_reference(topic.term, topic_id, owner, vocabulary):
            found, fix = wrong
            place = Place(shown, *located.place(("topics", topic_id, "term")))
            yield VOCABULARY_TOPIC.at(place, topic=topic_id, found=found, fix=fix)
        else:
            yield from _shown_names(topic_id, topic, vocabulary, located, shown)


def _wrong_reference(
    term: str, topic_id: str, owner: str, vocabulary: Vocabulary
) -> tuple[dict[str, str], object] | None:
    """What `term` of a topic is instead of one term of its own, and what to do about it."""
    groups = [group for group in TERM_GROUPS if term in vocabulary.group(group)]
    if not groups:
        near = get_close_matches(term, [*vocabulary.terms], n=1)
        fix = f"term: {near[0]}" if near else _OWN
        return {"zh": f"沒有 {term}", "en": f"no `{term}`"}, fix
    if len(groups) > 1:
        zh, en = " 和 ".join(groups), " and ".join(groups)
        return {"zh": f"「{term}」同屬 {zh}", "en": f"`{term}` in both {en}"}, _RENAME_ID
    if owner != topic_id:
        return {"zh": f"「{owner}」已經取用 {term}", "en": f"`{term}` in {owner} too"}, _JOIN
    return None


def _shown_names(
    topic_id: str,
    topic: TopicOfTerm,
    vocabulary: Vocabulary,
    located: located_yaml.LocatedYaml,
    shown: str,
) -> Iterator[Diagnostic]:
    """Names that are none of the term's."""
    _, term = vocabulary.terms[topic.term]
    for language in AUTHORED:
        name, text = topic.text(language).name, term.text(language)
        if name and name not in (text.name, *text.also):
            at = located.place(("topics", topic_id, language, "name"))
            place = Place(shown, *at, language)
            found = {
                "zh": f"代號 {topic.term} 沒有「{name}」這個名稱",
                "en": f"that {topic.term} is not called `{name}`",
            }
            yield VOCABULARY_TOPIC.at(place, topic=topic_id, found=found, fix=f"name: {text.name}")


def _names(
    vocabulary: Vocabulary, located: located_yaml.LocatedYaml, shown: str
) -> Iterator[Diagnostic]:
    owners: dict[tuple[str, str], tuple[str, str]] = {}
    for group, term_id, language, name in vocabulary.names():
        first_group, first = owners.setdefault((language, name.casefold()), (group, term_id))
        if (first_group, first) == (group, term_id):
            continue
        place = Place(shown, *located.place((group, term_id, language)))
        fix = _RENAME
        if group == "topics" != first_group:
            fix = {of: text.format(first=first, second=term_id) for of, text in _REFER.items()}
        both = {"first": f"{first_group}.{first}", "second": f"{group}.{term_id}"}
        yield VOCABULARY_NAME.at(place, name=name, **both, fix=fix)
