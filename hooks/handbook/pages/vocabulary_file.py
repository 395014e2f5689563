"""Reads `docs/vocabulary.yml` and says what is wrong with it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from handbook.base import located_yaml
from handbook.base.limits import start_of
from handbook.base.words import both, words
from handbook.pages import yaml_file
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.schema import AUTHORED
from handbook.pages.terms import Topic, TopicOfTerm
from handbook.pages.vocabulary import TERM_GROUPS, Vocabulary

VOCABULARY = rule("vocabulary")
VOCABULARY_NAME = rule("vocabulary-name")
VOCABULARY_TOPIC = rule("vocabulary-topic")


def read(path: Path, shown: str) -> tuple[Vocabulary, list[Diagnostic]]:
    """The vocabulary at `path` and its problems; empty where it cannot be used.

    Args:
        path: the file.
        shown: its path as messages give it.
    """
    try:
        raw = start_of(path)
    except FileNotFoundError:
        missing = VOCABULARY.at(Place(shown), where=shown, found=both("rule.yaml.missing-file"))
        return Vocabulary(), [missing]
    vocabulary, problems = _read(raw, shown)
    return vocabulary, [*problems]


@lru_cache(maxsize=4)  # every hook of every language asks for it
def _read(raw: bytes, shown: str) -> tuple[Vocabulary, Sequence[Diagnostic]]:
    vocabulary, located, problems = yaml_file.read(raw, shown, Vocabulary, VOCABULARY)
    if vocabulary is None:
        return Vocabulary(), problems
    if not vocabulary.abilities:
        return vocabulary, [
            VOCABULARY.at(Place(shown), where="abilities", found=both("rule.yaml.empty"))
        ]
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
        fix = f"term: {near[0]}" if near else both("rule.vocabulary.own")
        return both("rule.vocabulary.no-term", term=term), fix
    if len(groups) > 1:
        found = {
            of: say("rule.vocabulary.in-both", term=term, groups=say("rule.and").join(groups))
            for of, say in ((of, words(of)) for of in AUTHORED)
        }
        return found, both("rule.vocabulary.rename-id")
    if owner != topic_id:
        return both("rule.vocabulary.taken", owner=owner, term=term), both("rule.vocabulary.join")
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
            found = both("rule.vocabulary.not-its-name", term=topic.term, name=name)
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
        fix = both("rule.vocabulary.rename")
        if group == "topics" != first_group:
            fix = both("rule.vocabulary.refer", first=first, second=term_id)
        those = {"first": f"{first_group}.{first}", "second": f"{group}.{term_id}"}
        yield VOCABULARY_NAME.at(place, name=name, **those, fix=fix)
