"""The pages that no one writes: each topic and term, pair of roles, role in two languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.base.words import capital, words
from handbook.pages.model import Handbook
from handbook.pages.schema import GROUPS, SECTIONS
from handbook.views.compare import pairs
from handbook.views.glossary import FOLDER as GLOSSARY
from handbook.views.glossary import term_key
from handbook.views.topics import FOLDER

SIDE_BY_SIDE = "side-by-side"


@dataclass(frozen=True, slots=True)
class DerivedPage:
    """A page made from the model: its key, as those of authored pages, its title and summary.

    `listed`: whether search engines are told of it.
    """

    key: str
    title: str
    description: str
    listed: bool = True


def derived_pages(handbook: Handbook, language: str) -> Iterator[DerivedPage]:
    """The derived pages that exist in every language, in the words of `language`."""
    everywhere = {role["zh"].slug for role in handbook.in_both}
    say = words(language)
    for pair in pairs(handbook, language):
        if {pair.first.slug, pair.second.slug} <= everywhere:
            names = {"first": pair.first.title, "second": pair.second.title}
            yield DerivedPage(
                pair.key, say("derived.compare", **names), say("derived.compare-lead", **names)
            )
    sections = {each.key: each.headings[language].lower() for each in SECTIONS}
    for role in handbook.roles(language):
        if role.slug in everywhere:
            yield DerivedPage(
                f"{SIDE_BY_SIDE}/{role.slug}",
                say("derived.both", title=role.title),
                say("derived.both-lead", title=role.title, **sections),
            )
    for topic_id, topic in handbook.vocabulary.topics.items():
        text = topic.text(language)
        name = capital(text.name)
        yield DerivedPage(
            f"{FOLDER}/{topic_id}",
            say("derived.topic", name=name),
            say("derived.topic-lead", name=name, definition=capital(text.definition)),
        )
    yield from _terms(handbook, language)


def _terms(handbook: Handbook, language: str) -> Iterator[DerivedPage]:
    """Each term but the topics, which have pages already."""
    for group in GROUPS:
        if group != "topics" and handbook.page(language, GLOSSARY):
            for term_id, term in handbook.vocabulary.entries(group).items():
                text = term.text(language)
                yield DerivedPage(
                    term_key(f"{group}-{term_id}"), capital(text.name), capital(text.definition)
                )
